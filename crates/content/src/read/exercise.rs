//! The sections of a `write`: what the learner begins with, the tests, programs that pass and programs that do not.
//!
//! It reads what an author says of these programs. What becomes of them is found out elsewhere.

use std::ops::Range;

use quiz::exercise::FailureKind;
use quiz::problem::Kind;
use quiz::program;

use crate::mistake::{self, Mistake};
use crate::read::blocks::{Block, Claim};
use crate::read::body::Reader;
use crate::read::misconception::Named;
use crate::read::registry::Registries;
use crate::read::sections::{Section, Text};
use crate::source::Spanned;
use crate::spelling::{alternatives, enumeration, nearest};

/// What begins the line that says which tests a wrong turn fails.
const FAILS: &str = "Fails:";
const TEST: &str = "#[test]";
/// What no test can have, as nothing catches a panic on a learner's device.
const NOT_IN_TESTS: [&str; 4] = ["should_panic", "catch_unwind", "fn main(", "use super::"];

/// The programs of a `write`.
#[derive(Clone, Debug)]
pub(crate) struct WrittenExercise {
    /// What the learner begins with.
    pub(crate) start: Block,
    pub(crate) tests: WrittenTests,
    pub(crate) hidden_tests: WrittenTests,
    pub(crate) solutions: Vec<WrittenProgram>,
    pub(crate) wrong_turns: Vec<WrittenProgram>,
    /// What is worth asking before one writes.
    pub(crate) clarify: Option<Text>,
}

/// Tests as their author wrote them.
#[derive(Clone, Debug)]
pub(crate) struct WrittenTests {
    pub(crate) block: Block,
    pub(crate) names: Vec<Spanned<String>>,
}

/// A program with a name and what is to be said of it.
#[derive(Clone, Debug)]
pub(crate) struct WrittenProgram {
    pub(crate) name: Spanned<String>,
    pub(crate) block: Block,
    /// The tests that it fails, and how; none if it passes or does not compile.
    pub(crate) fails: Vec<(Spanned<String>, FailureKind)>,
    /// The id of the misconception behind a wrong turn, if one is named.
    pub(crate) misconception: Option<String>,
    /// What it trades, or what is wrong with it.
    pub(crate) text: Text,
}

impl WrittenExercise {
    /// The names of all tests.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.tests.names.iter().chain(&self.hidden_tests.names)
    }

    /// All whole programs, in the order of the file.
    pub(crate) fn programs(&self) -> impl Iterator<Item = &Block> {
        let named = self.solutions.iter().chain(&self.wrong_turns).map(|program| &program.block);
        std::iter::once(&self.start).chain(named)
    }
}

impl Reader<'_> {
    /// The programs of a `write`; `blocks` are those of its sections. `None` if something is wrong with them, which has
    /// been reported.
    pub(crate) fn exercise(
        &mut self,
        kind: Option<Kind>,
        blocks: &[Block],
        registries: &Registries,
    ) -> Option<WrittenExercise> {
        if kind != Some(Kind::Write) {
            return None;
        }
        let before = mistake::errors(self.mistakes);
        let mut programs = |section| self.programs(section, blocks, registries);
        let (start, tests, hidden) =
            (programs(Section::Start), programs(Section::Tests), programs(Section::HiddenTests));
        let (solutions, wrong_turns) = (programs(Section::Solution), programs(Section::WrongTurn));
        let exercise = WrittenExercise {
            start: start.into_iter().next()?.block,
            tests: self.tests(tests.into_iter().next()?.block),
            hidden_tests: self.tests(hidden.into_iter().next()?.block),
            solutions,
            wrong_turns,
            clarify: self.sections.texts(Section::Clarify).into_iter().next(),
        };
        self.check_names(&exercise);
        self.check_imports(&exercise);
        self.check_claims(&exercise);
        for wrong_turn in &exercise.wrong_turns {
            self.check_fails(wrong_turn, &exercise);
        }
        (mistake::errors(self.mistakes) == before).then_some(exercise)
    }

    /// The programs of all sections of one name.
    fn programs(&mut self, section: Section, blocks: &[Block], registries: &Registries) -> Vec<WrittenProgram> {
        let parts = self.sections.all(section).into_iter();
        let parts: Vec<_> = parts.map(|part| (part.heading.clone(), part.content.clone())).collect();
        let program = |(heading, content)| self.program(section, heading, &content, blocks, registries);
        parts.into_iter().filter_map(program).collect()
    }

    fn program(
        &mut self,
        section: Section,
        heading: Range<usize>,
        content: &Range<usize>,
        blocks: &[Block],
        registries: &Registries,
    ) -> Option<WrittenProgram> {
        let inside: Vec<&Block> = blocks.iter().filter(|block| content.contains(&block.span.start)).collect();
        let block = match inside.as_slice() {
            [] => {
                let title = format!("`## {}` has no program", section.heading());
                self.wrong(heading, &title, "nothing to compile", "add one ```` ```rust ```` block");
                return None;
            }
            [block] => (*block).clone(),
            [_, second, ..] => {
                let title = format!("`## {}` has a second program", section.heading());
                self.wrong(second.fence.clone(), &title, "one too many", "keep one of them");
                return None;
            }
        };
        if program::has_hidden_lines(&block.code) {
            let title = "a program to be written has hidden lines";
            self.wrong(block.fence.clone(), title, "", "show every line: the learner reads and edits them");
        }
        let names: Vec<Spanned<String>> = self
            .outline
            .headings
            .iter()
            .filter(|found| content.contains(&found.span.start))
            .map(|found| Spanned {
                value: found.text.trim().to_owned(),
                span: self.source.line_around(found.span.start),
            })
            .collect();
        let is_named = matches!(section, Section::Solution | Section::WrongTurn);
        let begins = names.first().filter(|_| is_named).map_or(content.start, |name| name.span.end);
        if let Some(stray) = self.text_in(begins..block.span.start, &block).filter(|_| is_named) {
            let title = format!("text before the program of `## {}`", section.heading());
            self.wrong(stray, &title, "", "let it stand behind the program");
        }
        if !is_named {
            for found in names.iter().map(|name| name.span.clone()).chain(self.text_in(content.clone(), &block)) {
                let title = format!("text in `## {}`", section.heading());
                let place = self.source.line_around(found.start);
                self.wrong(place, &title, "would not be shown", "write comments into the program, or move the text");
            }
            return Some(WrittenProgram {
                name: Spanned { value: String::new(), span: heading },
                block,
                fails: Vec::new(),
                misconception: None,
                text: Text::default(),
            });
        }
        let [name] = names.as_slice() else {
            let title = format!("`## {}` needs one name", section.heading());
            let remedy = "begin it with a heading of level 3: `### A map and a list`";
            let span = names.get(1).map_or(heading, |second| second.span.clone());
            self.wrong(span, &title, "", remedy);
            return None;
        };
        let (fails, mut text) = self.said(section, block.span.end..content.end);
        let misconception = match section {
            Section::WrongTurn => self.misconception(&mut text, registries),
            _ => None,
        };
        if text.markdown.is_empty() {
            let remedy = match section {
                Section::Solution => "say in a sentence or two what it trades",
                _ => "say to somebody who wrote it what is wrong with it, and why",
            };
            self.wrong(name.span.clone(), "a program without a word about it", "nothing stands below", remedy);
        }
        Some(WrittenProgram { name: name.clone(), block, fails, misconception, text })
    }

    /// A thing that is neither the block nor a heading.
    fn text_in(&self, range: Range<usize>, block: &Block) -> Option<Range<usize>> {
        let lists = self.outline.lists.iter().map(|list| &list.span);
        let mut all = lists.chain(&self.outline.others).filter(|other| range.contains(&other.start));
        all.find(|other| other.start != block.span.start).map(|other| self.source.line_around(other.start))
    }

    /// What is said behind a program: which tests it fails, and the rest.
    fn said(&mut self, section: Section, range: Range<usize>) -> (Vec<(Spanned<String>, FailureKind)>, Text) {
        let mut fails = Vec::new();
        let mut start = range.start;
        let mut offset = range.start;
        for line in self.source.text[range.clone()].to_owned().split_inclusive('\n') {
            let span = offset..offset + line.trim_end().len();
            offset += line.len();
            if line.trim().is_empty() {
                continue;
            }
            if let Some(list) = line.strip_prefix(FAILS).filter(|_| section == Section::WrongTurn) {
                fails = self.failures(list, &span);
                start = offset;
            }
            break;
        }
        let markdown = self.source.text[start..range.end].trim_matches('\n').trim_end().to_owned();
        (fails, Text { span: start..range.end, markdown })
    }

    /// The misconception that a text names; the line is taken out of it.
    fn misconception(&mut self, text: &mut Text, registries: &Registries) -> Option<String> {
        let named = Named::find(self.source, &text.span, &self.outline.others)?;
        named.check(self.source, registries, self.mistakes);
        text.markdown = named.cut_from(self.source, &text.span).trim_matches('\n').trim_end().to_owned();
        named.id
    }

    /// Reads `` `evicts_the_oldest`, `ends` (deadlock) ``.
    fn failures(&mut self, list: &str, line: &Range<usize>) -> Vec<(Spanned<String>, FailureKind)> {
        let mut failures = Vec::new();
        let begins = line.start + FAILS.len();
        let mut rest = list;
        while let Some(open) = rest.find('`') {
            let Some(length) = rest[open + 1..].find('`') else { break };
            let place = begins + (list.len() - rest.len()) + open + 1;
            let name = Spanned { value: rest[open + 1..open + 1 + length].to_owned(), span: place..place + length };
            rest = &rest[open + length + 2..];
            let how = rest.trim_start().strip_prefix('(').and_then(|after| after.split_once(')'));
            let kind = match how {
                None => FailureKind::Panic,
                Some((how, after)) => {
                    rest = after;
                    FailureKind::from_label(how.trim()).unwrap_or_else(|| {
                        let kinds = alternatives(FailureKind::ALL.into_iter().map(FailureKind::label));
                        let title = format!("a test cannot fail by `{how}`");
                        self.wrong(name.span.clone(), &title, "", &format!("write {kinds}"));
                        FailureKind::Other
                    })
                }
            };
            failures.push((name, kind));
        }
        if failures.is_empty() {
            let remedy = "name each test that fails: `` Fails: `evicts_the_oldest`, `ends` (deadlock) ``";
            self.wrong(line.clone(), "no test is named", "", remedy);
        }
        failures
    }

    /// The tests of a block.
    fn tests(&mut self, block: Block) -> WrittenTests {
        if block.has_attributes {
            self.wrong(block.fence.clone(), "tests have attributes", "", "write just `rust`");
        }
        let mut names = Vec::new();
        let mut is_test = false;
        for (index, line) in block.code.lines().enumerate() {
            let span = block.line(self.source, index as u32 + 1);
            if let Some(word) = NOT_IN_TESTS.into_iter().find(|word| line.contains(word)) {
                let title = format!("`{word}` in the tests");
                let remedy = "each test is a function by itself that panics or not; nothing catches a panic on a phone";
                self.wrong(span.clone(), &title, "", remedy);
            }
            if is_test {
                let name = line.trim_start().strip_prefix("fn ").and_then(|rest| rest.strip_suffix("() {"));
                match name {
                    Some(name) => names.push(Spanned { value: name.to_owned(), span }),
                    None => self.wrong(span, "a test is no function", "", "write `fn name() {` in the next line"),
                }
            } else if line.contains(TEST) && line.trim() != TEST {
                self.wrong(span, "`#[test]` with something beside it", "", "give it a line of its own");
            }
            is_test = line.trim() == TEST;
        }
        if names.is_empty() {
            self.wrong(block.fence.clone(), "no test", "nothing is tested", "add a function below `#[test]`");
        }
        WrittenTests { block, names }
    }

    fn check_names(&mut self, exercise: &WrittenExercise) {
        let names: Vec<&Spanned<String>> = exercise.names().collect();
        for (index, name) in names.iter().enumerate() {
            if let Some(first) = names[..index].iter().find(|first| first.value == name.value) {
                let title = format!("two tests are called `{}`", name.value);
                let mistake = Mistake::at(self.source, name.span.clone(), title, "again here");
                let mistake = mistake.and(self.source, first.span.clone(), "first here");
                self.mistakes.push(mistake.help("give one another name"));
            }
        }
    }

    /// What tests use they import: a learner's program may do without what the author's imports.
    fn check_imports(&mut self, exercise: &WrittenExercise) {
        let tests = [&exercise.tests.block, &exercise.hidden_tests.block];
        let own: Vec<&str> = tests.iter().flat_map(|block| imported(&block.code)).collect();
        let of_programs = exercise.programs().flat_map(|block| imported(&block.code));
        let mut lacking: Vec<&str> = of_programs.filter(|name| !own.contains(name)).collect();
        lacking.sort_unstable();
        lacking.dedup();
        for name in lacking {
            let used = tests.iter().find_map(|block| Some((*block, line_that_uses(&block.code, name)?)));
            if let Some((block, line)) = used {
                let span = block.line(self.source, line);
                let title = format!("the tests use `{name}`, which only the programs import");
                let remedy = "import it in the tests as well: a learner's program may do without it";
                self.wrong(span, &title, "", remedy);
            }
        }
    }

    /// Only what stands on a fence of these programs can be proven of them.
    fn check_claims(&mut self, exercise: &WrittenExercise) {
        let may_be_rejected = exercise.wrong_turns.iter().map(|program| &program.block).chain([&exercise.start]);
        for block in may_be_rejected {
            if !matches!(block.claim, Claim::Runs | Claim::Rejected(Some(_))) {
                let remedy = "write `rust`, or `rust,compile_fail,E…` if the compiler rejects it";
                self.wrong(block.fence.clone(), "tests decide what becomes of this program", "", remedy);
            }
        }
        for solution in exercise.solutions.iter().filter(|program| program.block.has_attributes) {
            let remedy = "write just `rust`: a solution passes all tests";
            self.wrong(solution.block.fence.clone(), "a solution has attributes", "", remedy);
        }
        for block in exercise.programs().filter(|block| block.edition.is_some()) {
            let remedy = "remove it: learners write in one edition";
            self.wrong(block.fence.clone(), "one program in an edition of its own", "", remedy);
        }
    }

    fn check_fails(&mut self, program: &WrittenProgram, exercise: &WrittenExercise) {
        match (&program.block.claim, program.fails.as_slice()) {
            (Claim::Runs, []) => {
                let remedy = "say which tests fail, in a line behind the program: `` Fails: `evicts_the_oldest` ``";
                self.wrong(program.name.span.clone(), "a wrong turn that fails no test", "", remedy);
            }
            (Claim::Rejected(_), [(test, _), ..]) => {
                let remedy = "remove the line: no test runs of a program that does not compile";
                self.wrong(test.span.clone(), "a test that cannot run", "", remedy);
            }
            _ => {}
        }
        for (index, (test, _)) in program.fails.iter().enumerate() {
            // That there are no tests at all has been reported.
            let has_tests = exercise.names().next().is_some();
            if has_tests && !exercise.names().any(|name| name.value == test.value) {
                let known = || exercise.names().map(|name| name.value.as_str());
                let remedy = match nearest(&test.value, known()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("the tests are {}", enumeration(known())),
                };
                self.wrong(test.span.clone(), &format!("there is no test `{}`", test.value), "", &remedy);
            }
            if program.fails[..index].iter().any(|(first, _)| first.value == test.value) {
                let title = format!("`{}` is named twice", test.value);
                self.wrong(test.span.clone(), &title, "", "remove one of the two");
            }
        }
    }

    fn wrong(&mut self, span: Range<usize>, title: &str, label: &str, remedy: &str) {
        self.mistakes.push(Mistake::at(self.source, span, title, label).help(remedy));
    }
}

/// The names that a program imports: `HashMap` and `Entry` of `use std::collections::{HashMap, hash_map::Entry};`.
fn imported(code: &str) -> impl Iterator<Item = &str> {
    let uses = code.split(';').filter_map(|statement| statement.rsplit_once("use ").map(|(_, path)| path));
    let leaves = uses.flat_map(|path| path.split([',', '{', '}']));
    leaves.filter_map(|leaf| leaf.rsplit("::").next().and_then(|leaf| leaf.rsplit(" as ").next())).filter_map(|name| {
        let name = name.trim();
        let is_name = !name.is_empty() && name != "self" && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        is_name.then_some(name)
    })
}

/// The first line, from 1, that uses a name by itself: not behind a path, in a `use` or an attribute.
fn line_that_uses(code: &str, name: &str) -> Option<u32> {
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let uses = |line: &str| {
        let trimmed = line.trim_start();
        let is_apart = ["use ", "#[", "//"].into_iter().any(|start| trimmed.starts_with(start));
        !is_apart
            && line.match_indices(name).any(|(start, _)| {
                let (before, after) = (&line[..start], &line[start + name.len()..]);
                !before.ends_with(is_of_name) && !before.ends_with([':', '.']) && !after.starts_with(is_of_name)
            })
    };
    (1..).zip(code.lines()).find(|(_, line)| uses(line)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_imported_by_any_path() {
        let names = |code| imported(code).collect::<Vec<_>>();
        assert_eq!(
            names("use std::hash::Hash;\nuse std::ops::{Add, Sub as Minus};\nfn f() {}"),
            ["Hash", "Add", "Minus"]
        );
        assert_eq!(names("use std::collections::{self, hash_map::{Entry, HashMap}};"), ["Entry", "HashMap"]);
        assert_eq!(names("fn use_it() { reuse(); }"), [""; 0]);
    }

    #[test]
    fn a_name_is_used_where_it_stands_by_itself() {
        assert_eq!(
            line_that_uses("use std::hash::Hash;\n#[derive(Hash)]\nimpl std::hash::Hash for A {}", "Hash"),
            None
        );
        assert_eq!(line_that_uses("// Hash\nstruct Hashes;\nimpl Hash for A {}", "Hash"), Some(3));
        assert_eq!(line_that_uses("let a = Range { start: 1 };", "Range"), Some(1));
    }
}
