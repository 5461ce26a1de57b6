//! One Markdown file: what it says, and every mistake that can be seen without a compiler.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::HeadingLevel;
use quiz::problem::{Edition, Kind, Problem, Slug, Topic};
use quiz::program;

use crate::job::Mode;
use crate::lint::Lint;
use crate::mistake::{self, Mistake};
use crate::plan::answers::{self, AnswerSet};
use crate::read::blocks::{self, Block, Claim};
use crate::read::fill;
use crate::read::front_matter::{self, FrontMatter, Miri};
use crate::read::markers::Marked;
use crate::read::options::{self, WrittenOption};
use crate::read::order;
use crate::read::outline::{self, Outline};
use crate::read::registry::Registries;
use crate::read::statement::{StatedAnswer, StatedPrediction};
use crate::read::what_if::{self, Edit};
use crate::source::{Source, Spanned};
use crate::spelling::{count, nearest, with_article};

const EXPLANATION_WORDS: std::ops::RangeInclusive<usize> = 60..=160;
const MOST_HINTS: usize = 3;
const HOW_TO_CHECK: &str = "add one ```` ```rust ```` block with asserts";
const ONLY_CHECKED: &str = "only a `fill` and an `order` have a check";
const ONLY_LET_THROUGH: &str = "only a `choice` and a `predict` may have it";
const TWIN: &str =
    "add one ```` ```rust,undefined ```` block: the rejected program with raw pointers for its references";
const PLACEHOLDER: &str = "TODO";

/// A file that was read. Mistakes have been reported; what they hit is missing here.
#[derive(Debug)]
pub(crate) struct ProblemFile {
    pub(crate) source: Arc<Source>,
    pub(crate) topic: Topic,
    pub(crate) slug: Slug,
    pub(crate) front: FrontMatter,
    pub(crate) prompt: Text,
    pub(crate) options: Vec<WrittenOption>,
    pub(crate) hints: Vec<Text>,
    pub(crate) explanation: Text,
    /// What would happen if the compiler accepted the program.
    pub(crate) let_through: Option<Text>,
    pub(crate) interview: Text,
    /// Every Rust block in the order of the file, but for the check.
    pub(crate) blocks: Vec<Block>,
    /// The block of `## Check`.
    pub(crate) check: Option<Block>,
    /// Whether there is such a section, but no block that could be read; that has been reported.
    check_is_missing: bool,
    /// All answers to a `fill` or an `order` whose program has no mistake.
    pub(crate) answers: Option<AnswerSet>,
    /// The what-ifs that have no mistake.
    pub(crate) edits: Vec<Edit>,
}

/// A stretch of Markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) span: Range<usize>,
    pub(crate) markdown: String,
}

impl ProblemFile {
    /// Reads a file, with the mistakes in it.
    pub(crate) fn read(
        source: Arc<Source>,
        topic: Topic,
        slug: Slug,
        registries: &Registries,
    ) -> (ProblemFile, Vec<Mistake>) {
        let mut mistakes = Vec::new();
        let (front, body) = front_and_body(&source, registries, &mut mistakes);
        let outline = outline::outline(&source.text, body);
        let sections = sections(&source, body, &outline, &mut mistakes);
        let mut reader = Reader { source: &source, outline: &outline, sections: &sections, mistakes: &mut mistakes };
        reader.check_sections(front.kind);
        reader.check_html();
        let options = reader.options(&front, registries);
        let (blocks, check) = reader.blocks();
        reader.check_let_through(&front, &blocks);
        let mut file = ProblemFile {
            topic,
            slug,
            prompt: reader.text(Section::Prompt),
            hints: reader.texts(Section::Hint),
            explanation: reader.explanation(),
            let_through: reader.texts(Section::LetThrough).into_iter().next(),
            interview: reader.text(Section::Interview),
            options,
            blocks,
            check_is_missing: check.is_none() && !reader.all(Section::Check).is_empty(),
            check,
            front,
            source: Arc::clone(&source),
            answers: None,
            edits: Vec::new(),
        };
        let before = mistake::errors(&mistakes);
        file.check_program(&mut mistakes);
        if mistake::errors(&mistakes) == before && !file.check_is_missing {
            file.answers = AnswerSet::of(&file);
        }
        file.edits = what_if::edits(&file, &mut mistakes);
        (file, placeholders(&source, mistakes))
    }

    /// The edition in which a block is compiled.
    pub(crate) fn edition(&self, block: &Block) -> Edition {
        block.edition.unwrap_or(self.front.edition)
    }

    /// The program of a block that is compiled; for the one of a `fill` or an `order` it is the first right answer's.
    pub(crate) fn compiled(&self, block: usize) -> String {
        match self.answers.as_ref().filter(|_| self.program() == Some(block)) {
            Some(set) => set.compiled(set.first()),
            None => self.blocks[block].compiled(),
        }
    }

    /// The block that a question of any kind but `choice` is about, by its index in `blocks`.
    pub(crate) fn program(&self) -> Option<usize> {
        let mut in_prompt = self.blocks.iter().enumerate().filter(|(_, block)| block.place == Section::PROMPT);
        let (index, _) = in_prompt.next().filter(|_| self.front.kind.is_some_and(asks_about_a_program))?;
        in_prompt.next().is_none().then_some(index)
    }

    /// How a program of this problem is proven that is to run.
    pub(crate) fn run_mode(&self) -> Mode {
        match self.front.miri {
            Miri::Looks => Mode::Run,
            Miri::Ignored => Mode::RunOnly,
        }
    }

    /// The first program of the prompt, which what-ifs edit.
    pub(crate) fn first_program(&self) -> Option<&Block> {
        self.blocks.iter().find(|block| block.place == Section::PROMPT)
    }

    /// Whether a block is, or would be, a program that an answer makes whole. It need not compile by itself.
    pub(crate) fn is_template(&self, block: usize) -> bool {
        self.is_assembled() && self.blocks[block].place == Section::PROMPT
    }

    /// Whether the answers are programs.
    pub(crate) fn is_assembled(&self) -> bool {
        matches!(self.front.kind, Some(Kind::Fill | Kind::Order))
    }

    /// How many Rust blocks begin before this offset.
    pub(crate) fn blocks_before(&self, offset: usize) -> usize {
        self.blocks.iter().filter(|block| block.span.start < offset).count()
    }

    /// All kinds but `choice` are about one program.
    fn check_program(&self, mistakes: &mut Vec<Mistake>) {
        let Some(kind) = self.front.kind.filter(|kind| asks_about_a_program(*kind)) else { return };
        let in_prompt: Vec<&Block> = self.blocks.iter().filter(|block| block.place == Section::PROMPT).collect();
        match in_prompt.as_slice() {
            [] => {
                let text = &self.source.text[self.prompt.span.clone()];
                let start = self.prompt.span.start + text.len() - text.trim_start().len();
                let start = self.source.line_around(start);
                let title = format!("the prompt of {} has no program", with_article(kind));
                mistakes.push(
                    Mistake::at(&self.source, start, title, "the prompt begins here")
                        .help("add one ```` ```rust ```` block with a whole program"),
                );
            }
            [block] => {
                self.check_plain(block, "program", kind, mistakes);
                match kind {
                    Kind::Choice | Kind::Predict | Kind::Spot => self.check_whole(block, kind, mistakes),
                    Kind::Fill | Kind::Order => self.check_assembled(block, kind, mistakes),
                }
            }
            [first, second, ..] => {
                let title = format!("the prompt of {} has {} programs", with_article(kind), in_prompt.len());
                mistakes.push(
                    Mistake::at(&self.source, second.fence.clone(), title, "a further one")
                        .and(&self.source, first.fence.clone(), "the first one")
                        .help("keep the one that is asked about"),
                );
            }
        }
    }

    fn check_plain(&self, block: &Block, what: &str, kind: Kind, mistakes: &mut Vec<Mistake>) {
        let mut wrong = |title: String, remedy: &str| {
            mistakes.push(Mistake::at(&self.source, block.fence.clone(), title, "").help(remedy));
        };
        let kind = with_article(kind);
        if block.has_attributes {
            let title = format!("the {what} of {kind} has attributes");
            wrong(title, "remove them: what happens is stated in the front matter, and so is the edition");
        }
        if program::has_hidden_lines(&block.code) {
            let title = format!("the {what} of {kind} has hidden lines");
            wrong(title, "show every line: the learner counts them");
        }
    }

    fn check_whole(&self, block: &Block, kind: Kind, mistakes: &mut Vec<Mistake>) {
        if !program::has_main(&block.code) {
            mistakes.push(self.no_main(block, kind, "write a whole program"));
        }
        self.check_lines(block, mistakes);
    }

    fn no_main(&self, block: &Block, kind: Kind, remedy: &str) -> Mistake {
        let title = format!("the program of {} has no `fn main`", with_article(kind));
        Mistake::at(&self.source, block.fence.clone(), title, "").help(remedy)
    }

    /// A program that is assembled from an answer, and what its output or its check says of it.
    fn check_assembled(&self, block: &Block, kind: Kind, mistakes: &mut Vec<Mistake>) {
        let before = mistake::errors(mistakes);
        match &self.front.answer {
            Some(StatedAnswer::Fill { slots, .. }) => fill::check_markers(&self.source, block, slots, mistakes),
            Some(StatedAnswer::Order { also, .. }) => {
                order::check_markers(&self.source, block, mistakes);
                if mistake::errors(mistakes) == before {
                    order::check_also(&self.source, &Marked::read(&block.code), also, mistakes);
                }
            }
            _ => {}
        }
        if mistake::errors(mistakes) == before {
            mistakes.extend(answers::too_many(self));
        }
        self.check_check(block, kind, mistakes);
    }

    fn check_check(&self, block: &Block, kind: Kind, mistakes: &mut Vec<Mistake>) {
        let stdout = self.front.answer.as_ref().and_then(StatedAnswer::stdout);
        match (&self.check, stdout) {
            (Some(check), Some(stdout)) => mistakes.push(
                Mistake::at(&self.source, stdout.span.clone(), "two checks", "the output is one")
                    .and(&self.source, check.fence.clone(), "and this is another")
                    .help("keep one of the two"),
            ),
            (Some(check), None) => {
                self.check_plain(check, "check", kind, mistakes);
                self.check_main(block, check, kind, mistakes);
            }
            (None, Some(_)) if !program::has_main(&block.code) => {
                mistakes.push(self.no_main(block, kind, "write a whole program, or a `## Check` that has it"));
            }
            (None, Some(_)) => {}
            // If the front matter could not be read, it may well be there.
            (None, None) if self.front.answer.is_none() || self.check_is_missing => {}
            (None, None) => mistakes.push(
                Mistake::at(&self.source, block.fence.clone(), "nothing checks this program", "what must it do?")
                    .help("add `stdout` below `[answer]`, or a section `## Check` with asserts"),
            ),
        }
    }

    fn check_main(&self, block: &Block, check: &Block, kind: Kind, mistakes: &mut Vec<Mistake>) {
        match (program::has_main(&block.code), program::has_main(&check.code)) {
            (true, true) => mistakes.push(
                Mistake::at(&self.source, check.fence.clone(), "a second `fn main`", "has one")
                    .and(&self.source, block.fence.clone(), "has one as well")
                    .help("take it out of the program: the asserts stand in the check's"),
            ),
            (false, false) => mistakes.push(self.no_main(block, kind, "write one here or in the check")),
            _ => {}
        }
    }

    fn check_lines(&self, block: &Block, mistakes: &mut Vec<Mistake>) {
        let length = block.code.lines().count();
        let too_far = stated_lines(self.front.answer.as_ref()).into_iter().filter(|line| line.value as usize > length);
        for line in too_far {
            let label = format!("the program has {} only", count(length, "line"));
            let title = format!("there is no line {} in the program", line.value);
            let mistake = Mistake::at(&self.source, line.span, title, label);
            mistakes.push(mistake.and(&self.source, block.fence.clone(), "line 1 is the one below"));
        }
    }
}

fn asks_about_a_program(kind: Kind) -> bool {
    match kind {
        Kind::Choice => false,
        Kind::Predict | Kind::Spot | Kind::Fill | Kind::Order => true,
    }
}

fn stated_lines(answer: Option<&StatedAnswer>) -> Vec<Spanned<u32>> {
    match answer {
        Some(StatedAnswer::Predict { prediction, .. }) => match prediction {
            StatedPrediction::Error { line, .. }
            | StatedPrediction::Panics { line, .. }
            | StatedPrediction::Undefined { line, .. } => {
                vec![line.clone()]
            }
            StatedPrediction::Prints { .. } => Vec::new(),
        },
        Some(StatedAnswer::Spot { roles, .. }) => roles.iter().map(|(_, line)| line.clone()).collect(),
        _ => Vec::new(),
    }
}

fn front_and_body(source: &Arc<Source>, registries: &Registries, mistakes: &mut Vec<Mistake>) -> (FrontMatter, usize) {
    match front_matter::split(source) {
        Some((range, body)) => (front_matter::read(source, range, registries, mistakes), body),
        None => {
            mistakes.push(no_front_matter(source));
            (FrontMatter::default(), 0)
        }
    }
}

fn no_front_matter(source: &Arc<Source>) -> Mistake {
    let first = source.line(1);
    if source.text[first.clone()].starts_with("+++") {
        return Mistake::at(source, first, "the front matter is never closed", "opened here")
            .help("close it with a second line `+++`");
    }
    Mistake::at(source, first, "the front matter is missing", "expected `+++`")
        .help("begin the file with TOML between two lines `+++`; problems/README.md lists the keys")
}

/// A placeholder of a template is one mistake a line; what else is wrong with that line follows from it.
fn placeholders(source: &Arc<Source>, mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    let lines = source.text.lines().enumerate().filter(|(_, line)| has_placeholder(line));
    let lines: Vec<usize> = lines.map(|(index, _)| index + 1).collect();
    mistakes.retain(|mistake| !lines.iter().any(|line| mistake.marks_line(*line)));
    mistakes.extend(lines.iter().map(|line| {
        Mistake::at(source, source.line(*line), "a placeholder is left", "fill this in")
            .help("write what the line asks for, and remove the word `TODO`")
    }));
    mistakes
}

fn has_placeholder(line: &str) -> bool {
    // Most lines are done with after the first question, which is the cheap one.
    line.contains(PLACEHOLDER) && line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == PLACEHOLDER)
}

/// The parts of a problem, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Prompt,
    Options,
    Check,
    Hint,
    Explanation,
    LetThrough,
    Interview,
}

impl Section {
    /// How verdict files call the prompt.
    const PROMPT: &'static str = "prompt";
    const CHECK: &'static str = "check";
    const LET_THROUGH: &'static str = "if it were let through";
    const WITH_HEADING: [Section; 6] = [
        Section::Options,
        Section::Check,
        Section::Hint,
        Section::Explanation,
        Section::LetThrough,
        Section::Interview,
    ];

    fn heading(self) -> &'static str {
        match self {
            Section::Prompt => "",
            Section::Options => "Options",
            Section::Check => "Check",
            Section::Hint => "Hint",
            Section::Explanation => "Explanation",
            Section::LetThrough => "If it were let through",
            Section::Interview => "In an interview",
        }
    }

    fn from_heading(text: &str) -> Option<Section> {
        Section::WITH_HEADING.into_iter().find(|section| section.heading() == text)
    }
}

/// A section where it stands.
#[derive(Debug)]
struct Found {
    section: Section,
    heading: Range<usize>,
    content: Range<usize>,
}

fn sections(source: &Arc<Source>, body: usize, outline: &Outline, mistakes: &mut Vec<Mistake>) -> Vec<Found> {
    let headings: Vec<_> = outline.headings.iter().filter(|heading| heading.level <= HeadingLevel::H2).collect();
    let end_of = |index: usize| headings.get(index).map_or(source.text.len(), |next| next.span.start);
    let mut found = vec![Found { section: Section::Prompt, heading: body..body, content: body..end_of(0) }];
    for (index, heading) in headings.iter().enumerate() {
        let span = source.line_around(heading.span.start);
        let section = Section::from_heading(heading.text.trim());
        if let Some(section) = section.filter(|_| heading.level == HeadingLevel::H2) {
            found.push(Found { section, heading: span, content: heading.span.end..end_of(index + 1) });
        } else {
            mistakes.push(unknown_section(source, span, heading.text.trim(), heading.level));
        }
    }
    found
}

fn unknown_section(source: &Arc<Source>, span: Range<usize>, text: &str, level: HeadingLevel) -> Mistake {
    if level == HeadingLevel::H1 {
        let mistake = Mistake::at(source, span, "a heading of level 1", "no section begins like this");
        return mistake.help("sections begin with `## `; the title stands in the front matter");
    }
    let names = || Section::WITH_HEADING.into_iter().map(Section::heading);
    let remedy = match nearest(text, names()) {
        Some(meant) => format!("did you mean `## {meant}`?"),
        None => "the sections are `## Options`, `## Check`, `## Hint`, `## Explanation`, \
                 `## If it were let through` and `## In an interview`; use `###` for a heading of your own"
            .to_owned(),
    };
    Mistake::at(source, span, format!("unknown section `{text}`"), "not a section").help(remedy)
}

/// Reads the parts of one file.
struct Reader<'a> {
    source: &'a Arc<Source>,
    outline: &'a Outline,
    sections: &'a [Found],
    mistakes: &'a mut Vec<Mistake>,
}

impl Reader<'_> {
    fn mistake(&mut self, span: Range<usize>, title: impl Into<String>, label: &str, remedy: &str) {
        let mistake = Mistake::at(self.source, span, title, label);
        self.mistakes.push(if remedy.is_empty() { mistake } else { mistake.help(remedy) });
    }

    fn all(&self, section: Section) -> Vec<&Found> {
        self.sections.iter().filter(|found| found.section == section).collect()
    }

    fn check_sections(&mut self, kind: Option<Kind>) {
        self.check_order();
        self.check_number(kind);
        self.check_empty();
    }

    fn check_order(&mut self) {
        for pair in self.sections.windows(2) {
            let [earlier, later] = pair else { continue };
            if later.section < earlier.section {
                let title =
                    format!("`## {}` stands behind `## {}`", later.section.heading(), earlier.section.heading());
                let order =
                    "the order is: prompt, options, check, hints, explanation, if it were let through, interview";
                let mistake = Mistake::at(self.source, later.heading.clone(), title, "must come earlier");
                let mistake = mistake.and(self.source, earlier.heading.clone(), "than this");
                self.mistakes.push(mistake.lint(Lint::SectionOrder).help(order));
            }
        }
    }

    fn check_number(&mut self, kind: Option<Kind>) {
        for section in Section::WITH_HEADING {
            let found: Vec<Range<usize>> = self.all(section).iter().map(|found| found.heading.clone()).collect();
            let wanted = match (section, kind) {
                (Section::Options, Some(Kind::Choice)) => 1..=1,
                (Section::Check, Some(Kind::Fill | Kind::Order)) | (Section::Options | Section::Check, None) => 0..=1,
                (Section::LetThrough, Some(Kind::Choice | Kind::Predict) | None) => 0..=1,
                (Section::Options | Section::Check | Section::LetThrough, Some(_)) => 0..=0,
                (Section::Hint, _) => 1..=MOST_HINTS,
                _ => 1..=1,
            };
            let heading = section.heading();
            if found.len() < *wanted.start() {
                let last_line = self.source.line_around(self.source.text.trim_end().len());
                let remedy = format!("add `## {heading}`");
                self.mistake(last_line, format!("the section `{heading}` is missing"), "not in this file", &remedy);
            }
            for extra in found.iter().skip(*wanted.end()) {
                let (title, remedy) = match (section, *wanted.end()) {
                    (Section::Check, 0) => {
                        (format!("`## {heading}` in a problem without a program to assemble"), ONLY_CHECKED)
                    }
                    (Section::LetThrough, 0) => {
                        (format!("`## {heading}` in a problem of another kind"), ONLY_LET_THROUGH)
                    }
                    (_, 0) => (format!("`## {heading}` in a problem without options"), "only a `choice` has options"),
                    (Section::Hint, _) => ("too many hints".to_owned(), "keep the three that lead best"),
                    _ => (format!("a second `## {heading}`"), "make one of the two"),
                };
                let mistake = Mistake::at(self.source, extra.clone(), title, "").help(remedy);
                self.mistakes.push(match section {
                    Section::Hint => mistake.lint(Lint::ManyHints),
                    _ => mistake,
                });
            }
        }
    }

    fn check_empty(&mut self) {
        for found in self.sections {
            let text = &self.source.text[found.content.clone()];
            if !text.trim().is_empty() {
                continue;
            }
            match found.section {
                Section::Prompt => {
                    let first = self.source.line_around(found.content.start);
                    self.mistake(first, "the prompt is empty", "", "say what the learner sees and what is asked");
                }
                section => {
                    let title = format!("the section `{}` is empty", section.heading());
                    self.mistake(
                        found.heading.clone(),
                        title,
                        "nothing stands below",
                        "write it, or remove the heading",
                    );
                }
            }
        }
    }

    fn check_html(&mut self) {
        for span in &self.outline.html {
            let remedy = "the app shows no HTML; put code such as `Vec<T>` between backticks";
            self.mistake(span.clone(), "HTML in the text", "would not be shown", remedy);
        }
    }

    fn options(&mut self, front: &FrontMatter, registries: &Registries) -> Vec<WrittenOption> {
        let Some(section) =
            self.all(Section::Options).first().map(|found| (found.heading.clone(), found.content.clone()))
        else {
            return Vec::new();
        };
        let (heading, content) = section;
        self.check_stray_text(&content);
        let mut lists = self.outline.lists.iter().filter(|list| content.contains(&list.span.start));
        let Some(list) = lists.next() else {
            if !self.source.text[content].trim().is_empty() {
                self.mistake(heading, "no options", "no task list stands below", "write each option as `- [ ] …`");
            }
            return Vec::new();
        };
        if let Some(second) = lists.next() {
            let span = self.source.line_around(second.span.start);
            self.mistake(
                span,
                "the options are two lists",
                "a new list begins here",
                "use the same marker `-` for all",
            );
        }
        let options = options::read(self.source, list, registries, self.mistakes);
        // An option without a box has been reported; the others cannot be judged as a whole then.
        if options.len() == list.items.len() {
            let several = matches!(front.answer, Some(StatedAnswer::Choice { several: true }));
            options::check_all(self.source, heading, &options, several, self.mistakes);
        }
        options
    }

    fn check_stray_text(&mut self, content: &Range<usize>) {
        let stray: Vec<_> =
            self.outline.others.iter().filter(|other| content.contains(&other.start)).cloned().collect();
        for other in stray {
            let span = self.source.line_around(other.start);
            let remedy = "move a question to the prompt; indent what belongs to an option by two blanks";
            self.mistake(span, "text that belongs to no option", "outside of the list", remedy);
        }
    }

    /// Every Rust block, and the check apart from the others.
    fn blocks(&mut self) -> (Vec<Block>, Option<Block>) {
        let mut blocks = Vec::new();
        for block in &self.outline.blocks {
            let place = self.place(&block.span);
            blocks.extend(blocks::read(self.source, block, &place, self.mistakes));
        }
        let (check, blocks) = blocks.into_iter().partition(|block| block.place == Section::CHECK);
        (blocks, self.check(check))
    }

    /// The check is one block and nothing else.
    fn check(&mut self, blocks: Vec<Block>) -> Option<Block> {
        let found = *self.all(Section::Check).first()?;
        let (heading, content) = (found.heading.clone(), found.content.clone());
        if blocks.is_empty() && !self.source.text[content.clone()].trim().is_empty() {
            self.mistake(heading, "the check has no program", "nothing to compile", HOW_TO_CHECK);
        }
        let mut blocks = blocks.into_iter();
        let check = blocks.next();
        if let Some(second) = blocks.next() {
            self.mistake(second.fence, "a second block in the check", "one too many", "make one of the two");
        }
        let lists = self.outline.lists.iter().map(|list| &list.span);
        let others: Vec<_> = lists.chain(&self.outline.others).filter(|other| content.contains(&other.start)).collect();
        let is_block = |other: &Range<usize>| self.outline.blocks.iter().any(|block| block.span.start == other.start);
        if let Some(other) = others.into_iter().find(|other| !is_block(other)) {
            let place = self.source.line_around(other.start);
            let remedy = "a learner sees the check's code only: write comments into it, or move the text";
            self.mistake(place, "text in the check", "would not be shown", remedy);
        }
        check
    }

    /// One unsafe twin of the rejected program, and no other block anywhere is said to be undefined.
    fn check_let_through(&mut self, front: &FrontMatter, blocks: &[Block]) {
        let (inside, outside): (Vec<&Block>, Vec<&Block>) =
            blocks.iter().partition(|block| block.place == Section::LET_THROUGH);
        for block in outside.into_iter().filter(|block| block.claim == Claim::Undefined) {
            let remedy =
                "only `## If it were let through` shows such a program; a `predict` asks about one by `outcome`";
            self.mistake(block.fence.clone(), "a program that is undefined in another section", "", remedy);
        }
        let Some(heading) = self.all(Section::LetThrough).first().map(|found| found.heading.clone()) else { return };
        if let Some(StatedAnswer::Predict { prediction, .. }) = &front.answer
            && !matches!(prediction, StatedPrediction::Error { .. })
        {
            let remedy = "remove the section, or ask about a program that the compiler rejects";
            self.mistake(heading.clone(), "nothing is let through here", "the program is not rejected", remedy);
        }
        match inside.as_slice() {
            [] => self.mistake(heading, "no program is let through", "nothing to run", TWIN),
            [twin] if twin.claim != Claim::Undefined => {
                let remedy = "write `rust,undefined`: Miri must say what is wrong with it";
                self.mistake(twin.fence.clone(), "the program that is let through is not undefined", "", remedy);
            }
            [_] => {}
            [_, second, ..] => {
                let remedy = "keep the one that shows what would happen";
                self.mistake(second.fence.clone(), "a second program is let through", "one too many", remedy);
            }
        }
    }

    /// Where a block stands, as verdict files say it.
    fn place(&self, block: &Range<usize>) -> String {
        let found = self.sections.iter().rev().find(|found| found.content.start <= block.start);
        let section = found.map_or(Section::Prompt, |found| found.section);
        match section {
            Section::Prompt => Section::PROMPT.to_owned(),
            Section::Options => format!("option {}", self.number_of_option(block)),
            Section::Hint => {
                let hints = self.all(Section::Hint);
                format!("hint {}", hints.iter().filter(|hint| hint.heading.start < block.start).count())
            }
            section => section.heading().to_lowercase(),
        }
    }

    fn number_of_option(&self, block: &Range<usize>) -> usize {
        let list = self.outline.lists.iter().rev().find(|list| list.span.start <= block.start);
        list.map_or(0, |list| list.items.iter().filter(|item| item.span.start <= block.start).count())
    }

    fn texts(&self, section: Section) -> Vec<Text> {
        let text = |found: &&Found| Text {
            span: found.content.clone(),
            markdown: self.source.text[found.content.clone()].trim_matches('\n').trim_end().to_owned(),
        };
        self.all(section).iter().map(text).collect()
    }

    fn text(&self, section: Section) -> Text {
        self.texts(section).into_iter().next().unwrap_or_default()
    }

    fn explanation(&mut self) -> Text {
        let text = self.text(Section::Explanation);
        let heading = self.all(Section::Explanation).first().map(|found| found.heading.clone());
        let words = self.outline.words.iter().filter(|word| text.span.contains(word)).count();
        let unfinished = text.markdown.lines().any(has_placeholder);
        if let Some(heading) = heading.filter(|_| words > 0 && !unfinished && !EXPLANATION_WORDS.contains(&words)) {
            let title = format!("the explanation has {}", count(words, "word"));
            let label = format!("{} to {} are good", EXPLANATION_WORDS.start(), EXPLANATION_WORDS.end());
            let remedy = if words < *EXPLANATION_WORDS.start() {
                "say what would go wrong at run time, and which fix is good when"
            } else {
                "one idea a problem: a second one is a second problem; code blocks do not count"
            };
            let mistake = Mistake::at(self.source, heading, title, label).help(remedy);
            self.mistakes.push(mistake.lint(Lint::ExplanationLength));
        }
        text
    }
}

/// Which problems are the same kind of work for a learner; used to keep a topic mixed.
pub(crate) fn predicts_an_error(file: &ProblemFile) -> bool {
    matches!(&file.front.answer, Some(StatedAnswer::Predict { prediction: StatedPrediction::Error { .. }, .. }))
}

/// The order of problems in a topic: by level, then by slug.
pub(crate) fn course_order(problem: &Problem) -> (quiz::problem::Level, Slug) {
    (problem.level, problem.slug.clone())
}
