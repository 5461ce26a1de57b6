//! What-ifs: named edits of one line of the prompt's first program, each with what the author says comes of it. That of
//! a `fill` or an `order` is edited as the author's first right answer makes it.

use std::ops::Range;
use std::sync::Arc;

use quiz::problem::{Edition, WhatIf};
use quiz::program;
use quiz::rule::Code;
use quiz::verdict::Verdict;

use crate::crates::Crates;
use crate::error_names;
use crate::highlight::snippet;
use crate::job::{Job, Mode};
use crate::judge::block::{notes_on, remedy_for};
use crate::lint::Lint;
use crate::mistake::{self, Mistake};
use crate::proof::Proof;
use crate::read::blocks::{Block, COLUMNS, Claim};
use crate::read::keys::{CODE, ERROR, error, line};
use crate::read::problem::ProblemFile;
use crate::read::table::Table;
use crate::source::{Source, Spanned};
use crate::spelling::count;

/// The key of the front matter.
pub(crate) const KEY: &str = "what_if";
/// More would be a second problem.
const MOST: usize = 4;
/// What fits on a button of a phone.
const NAME_LENGTH: usize = 40;
const FIELDS: [&str; 6] = ["name", "line", "replace", "outcome", CODE, ERROR];

/// An edit as its author wrote it.
#[derive(Clone, Debug)]
pub(crate) struct WrittenEdit {
    name: Spanned<String>,
    /// Of the program as it is shown, from 1.
    line: Spanned<u32>,
    replace: Spanned<String>,
    outcome: Spanned<StatedOutcome>,
}

/// What the author says comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum StatedOutcome {
    Prints,
    Error(Code),
    Panics,
    Undefined,
}

/// An edit without a mistake, and the program that it makes.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    written: WrittenEdit,
    /// The program that is compiled.
    pub(crate) compiled: String,
    /// Whether that is what a learner sees: nothing is hidden and nothing was wrapped around it.
    is_whole: bool,
    /// The edition of the program that is edited.
    pub(crate) edition: Edition,
    mode: Mode,
    crates: Crates,
}

// The front matter.

/// Reads every `[[what_if]]`.
pub(crate) fn read(front: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Vec<WrittenEdit> {
    let Some(span) = front.key(KEY) else { return Vec::new() };
    let tables = front.tables(KEY, "a what-if", mistakes);
    if tables.len() > MOST {
        let title = format!("a problem with {}", count(tables.len(), "what-if"));
        let mistake = front.mistake(span, title, format!("at most {MOST} are good"));
        mistakes.push(mistake.lint(Lint::ManyWhatIfs).help("keep those that teach most"));
    }
    let written: Vec<WrittenEdit> = tables.iter().filter_map(|table| read_one(table, mistakes)).collect();
    distinct_names(front, &written, mistakes);
    written
}

fn read_one(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<WrittenEdit> {
    table.only(&FIELDS, mistakes);
    let name = table.required_string("name", "name = \"Borrow in the loop\"", mistakes);
    let line = line(table, mistakes);
    let replace = table.required_string("replace", "replace = \"…\"", mistakes);
    let outcome = outcome(table, mistakes);
    let (name, replace) = (name?, replace?);
    let before = mistake::errors(mistakes);
    check_name(table, &name, mistakes);
    check_replacement(table, &replace, mistakes);
    let written = WrittenEdit { name, line: line?, replace, outcome: outcome? };
    (mistake::errors(mistakes) == before).then_some(written)
}

fn outcome(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<StatedOutcome>> {
    const WORDS: [&str; 4] = ["prints", "error", "panics", "undefined"];
    let known = |word: &str| WORDS.into_iter().find(|known| *known == word);
    let word = table.required_word("outcome", &WORDS, known, mistakes)?;
    let outcome = match word.value {
        "error" => StatedOutcome::Error(error(table, mistakes)?.value),
        "panics" => StatedOutcome::Panics,
        "undefined" => StatedOutcome::Undefined,
        _ => StatedOutcome::Prints,
    };
    let named = [CODE, ERROR].into_iter().filter_map(|key| Some((key, table.key(key)?)));
    for (key, span) in named.filter(|_| !matches!(outcome, StatedOutcome::Error(_))) {
        let title = if key == CODE { "a `code` without an error" } else { "words of a message without an error" };
        let mistake = table.mistake(span, title, "what fails with it?");
        mistakes.push(mistake.help("remove it, or write `outcome = \"error\"`"));
    }
    Some(Spanned { value: outcome, span: word.span })
}

fn check_name(table: &Table<'_>, name: &Spanned<String>, mistakes: &mut Vec<Mistake>) {
    let length = name.value.chars().count();
    if name.value.trim().is_empty() {
        mistakes.push(table.mistake(name.span.clone(), "the name of a what-if is empty", "say what is changed"));
    } else if length > NAME_LENGTH {
        let label = format!("{length} characters, at most {NAME_LENGTH} fit on a button");
        let mistake = table.mistake(name.span.clone(), "the name of a what-if is too long", label);
        mistakes.push(mistake.lint(Lint::LongName));
    }
}

fn check_replacement(table: &Table<'_>, replace: &Spanned<String>, mistakes: &mut Vec<Mistake>) {
    let columns = replace.value.chars().count();
    if replace.value.contains('\n') {
        let mistake = table.mistake(replace.span.clone(), "a replacement of several lines", "must be one line");
        mistakes.push(mistake.help("write it in one line, or choose a smaller edit"));
    } else if columns > COLUMNS {
        let title = format!("a line of code is {columns} columns wide");
        let mistake = table.mistake(replace.span.clone(), title, format!("at most {COLUMNS} fit on a phone"));
        mistakes.push(mistake.lint(Lint::WideLine));
    }
}

fn distinct_names(table: &Table<'_>, written: &[WrittenEdit], mistakes: &mut Vec<Mistake>) {
    for (index, edit) in written.iter().enumerate() {
        if let Some(first) = written[..index].iter().find(|first| first.name.value == edit.name.value) {
            let title = format!("two what-ifs are called `{}`", edit.name.value);
            let mistake = table.mistake(edit.name.span.clone(), title, "again here");
            mistakes.push(mistake.and(table.source(), first.name.span.clone(), "first here").help("rename one"));
        }
    }
}

// The program.

/// The edits of a problem's program; those with a mistake are reported and left out.
pub(crate) fn edits(file: &ProblemFile, mistakes: &mut Vec<Mistake>) -> Vec<Edit> {
    let written = &file.front.what_ifs;
    let Some(first) = written.first() else { return Vec::new() };
    let Some(block) = file.first_program() else {
        let title = "a what-if without a program";
        let mistake = Mistake::at(&file.source, first.name.span.clone(), title, "nothing to edit");
        mistakes.push(mistake.help("add a ```` ```rust ```` block to the prompt"));
        return Vec::new();
    };
    if let Claim::Ignored(_) = block.claim {
        let title = "a what-if of a program that is not looked at";
        let mistake = Mistake::at(&file.source, first.name.span.clone(), title, "nothing can be proven of it");
        mistakes.push(mistake.and(&file.source, block.fence.clone(), "ignored here").help("let it be compiled"));
        return Vec::new();
    }
    let original = match &file.answers {
        Some(set) => set.program(set.first()),
        // What is wrong with its answers has been reported.
        None if file.is_assembled() => return Vec::new(),
        None => block.code.clone(),
    };
    written.iter().filter_map(|written| edit(file, block, &original, written, mistakes)).collect()
}

fn edit(
    file: &ProblemFile,
    block: &Block,
    original: &str,
    written: &WrittenEdit,
    mistakes: &mut Vec<Mistake>,
) -> Option<Edit> {
    let Some(index) = code_line(original, written.line.value) else {
        let length = program::shown(original).lines().count();
        let title = format!("there is no line {} in the program", written.line.value);
        let label = format!("the program has {} only", count(length, "line"));
        let mistake = Mistake::at(&file.source, written.line.span.clone(), title, label);
        mistakes.push(and_original(file, block, original, mistake));
        return None;
    };
    let mut lines: Vec<&str> = original.lines().collect();
    if lines[index].trim() == written.replace.value.trim() {
        let title = "a what-if changes nothing";
        let mistake = Mistake::at(&file.source, written.replace.span.clone(), title, "the line as it is");
        let mistake = match file.answers {
            Some(_) => and_original(file, block, original, mistake),
            None => mistake.and(&file.source, block.line(&file.source, index as u32 + 1), "this line"),
        };
        mistakes.push(mistake.help("write another line, or correct `line`"));
        return None;
    }
    lines[index] = &written.replace.value;
    let code: String = lines.into_iter().flat_map(|line| [line, "\n"]).collect();
    let (compiled, shown) = match &file.answers {
        Some(set) => (set.with_check(code.clone()), code),
        None => (program::compiled(&code), program::shown(&code)),
    };
    Some(Edit {
        is_whole: compiled == shown,
        compiled,
        edition: file.edition(block),
        mode: if written.outcome.value == StatedOutcome::Undefined { Mode::Undefined } else { file.run_mode() },
        crates: file.front.crates.clone(),
        written: written.clone(),
    })
}

/// Shows the program that is edited; one that is assembled stands nowhere in the file.
fn and_original(file: &ProblemFile, block: &Block, original: &str, mistake: Mistake) -> Mistake {
    let mistake = mistake.and(&file.source, block.fence.clone(), "the program");
    match file.answers {
        Some(_) => mistake.note(format!("as the first right answer makes it, it is\n{}", original.trim_end())),
        None => mistake,
    }
}

/// The index of the line of the code that is shown as this one.
fn code_line(code: &str, shown: u32) -> Option<usize> {
    let lines = code.lines().enumerate().filter(|(_, line)| !program::has_hidden_lines(line));
    lines.map(|(index, _)| index).nth((shown as usize).checked_sub(1)?)
}

impl Edit {
    /// How verdict files call it.
    pub(crate) fn place(&self) -> String {
        format!("what if: {}", self.written.name.value)
    }

    /// What has to be proven.
    pub(crate) fn job(&self) -> Job {
        let (source, crates) = (self.compiled.clone(), self.crates.clone());
        Job { source, edition: self.edition, mode: self.mode, crates }
    }

    /// The edit as the app knows it.
    pub(crate) fn what_if(&self, verdict: Verdict) -> WhatIf {
        let WrittenEdit { name, line, replace, .. } = &self.written;
        let compiled = (!self.is_whole).then(|| self.compiled.clone());
        WhatIf { name: name.value.clone(), line: line.value, replacement: snippet(&replace.value), compiled, verdict }
    }

    /// The contradiction between what is stated and what the compiler says.
    pub(crate) fn judge(&self, source: &Arc<Source>, proof: &Proof) -> Option<Mistake> {
        let verdict = match proof {
            Proof::Judged(verdict) => verdict,
            Proof::Unknown => return None,
            Proof::Failed(failure) => {
                let mistake = Mistake::at(source, self.name(), failure.to_string(), "with this edit");
                let mistake = mistake.note(self.shown());
                return Some(notes_on(failure, mistake).help(remedy_for(failure)));
            }
        };
        if self.written.outcome.value.is(verdict) {
            return None;
        }
        let stated = &self.written.outcome;
        let title = format!("{} contradicts a what-if", stated.value.judge(verdict));
        let mistake = Mistake::at(source, stated.span.clone(), title, stated.value.told());
        let mistake = mistake.note(self.shown());
        Some(and_verdict(mistake, verdict).help("correct the outcome, or the edit"))
    }

    fn name(&self) -> Range<usize> {
        self.written.name.span.clone()
    }

    fn shown(&self) -> String {
        format!("the edited program is\n{}", self.compiled.trim_end())
    }
}

impl StatedOutcome {
    /// Whether this is what happened.
    fn is(&self, verdict: &Verdict) -> bool {
        match (self, verdict) {
            (StatedOutcome::Prints, Verdict::Prints { .. })
            | (StatedOutcome::Panics, Verdict::Panics { .. })
            | (StatedOutcome::Undefined, Verdict::Undefined { .. }) => true,
            (StatedOutcome::Error(code), Verdict::Error { errors }) => {
                errors.iter().all(|error| error_names::is_called(error, code))
            }
            _ => false,
        }
    }

    /// Who says that something else happened.
    fn judge(&self, verdict: &Verdict) -> &'static str {
        match (self, verdict) {
            (StatedOutcome::Undefined, Verdict::Prints { .. } | Verdict::Panics { .. })
            | (_, Verdict::Undefined { .. }) => "Miri",
            _ => "the compiler",
        }
    }

    fn told(&self) -> String {
        match self {
            StatedOutcome::Prints => "stated: it prints something".to_owned(),
            StatedOutcome::Error(code) => format!("stated: it is rejected with {}", error_names::quoted(code)),
            StatedOutcome::Panics => "stated: it panics".to_owned(),
            StatedOutcome::Undefined => "stated: it is undefined behaviour".to_owned(),
        }
    }
}

fn and_verdict(mistake: Mistake, verdict: &Verdict) -> Mistake {
    match verdict {
        Verdict::Error { errors } => errors
            .iter()
            .fold(mistake, |mistake, error| mistake.note(format!("rustc says:\n{}", error.rendered.trim_end()))),
        Verdict::Panics { line, message, .. } => mistake.note(format!("it panics in line {line} with: {message}")),
        Verdict::Prints { stdout } if stdout.is_empty() => mistake.note("it runs to its end and prints nothing"),
        Verdict::Prints { stdout } => mistake.note(format!("it prints:\n{}", stdout.trim_end())),
        Verdict::Undefined { rendered, .. } => mistake.note(format!("Miri says:\n{}", rendered.trim_end())),
        Verdict::Compiles | Verdict::Ignored { .. } => mistake.note("it has not been run"),
    }
}
