//! What-ifs as their author wrote them: named edits of one line of the prompt's first program.
//!
//! It must not know the programs that they make, as an edit of an answer's program needs all of its answers.

use quiz::rule::Code;

use crate::lint::Lint;
use crate::mistake::{self, Mistake};
use crate::read::blocks::COLUMNS;
use crate::read::keys::{CODE, ERROR, error, line};
use crate::read::table::Table;
use crate::source::Spanned;
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
    pub(crate) name: Spanned<String>,
    /// Of the program as it is shown, from 1.
    pub(crate) line: Spanned<u32>,
    pub(crate) replace: Spanned<String>,
    pub(crate) outcome: Spanned<StatedOutcome>,
}

/// What the author says comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StatedOutcome {
    Prints,
    Error(Code),
    Panics,
    Undefined,
}

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
