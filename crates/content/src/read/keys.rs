//! Keys and values that more than one kind of question has in its front matter.

use std::ops::Range;

use quiz::rule::{self, Code};

use crate::error_names;
use crate::mistake::Mistake;
use crate::read::table::Table;
use crate::source::Spanned;
use crate::spelling::nearest;

/// A line of a program, from 1.
pub(crate) fn line(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<u32>> {
    if table.key("line").is_none() {
        table.missing("line", "line = 1", mistakes);
    }
    table.number("line", 1..=u32::MAX, mistakes)
}

/// The keys by which an error of rustc is named, of which one is there.
pub(crate) const CODE: &str = "code";
pub(crate) const ERROR: &str = "error";

/// An error of rustc: by its `code`, or, where it has none, by the first words of its message as `error`.
pub(crate) fn error(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<Code>> {
    match (table.key(CODE), table.key(ERROR)) {
        (Some(code), Some(error)) => {
            let mistake = table.mistake(error, "an error by code and by words", "its message begins so");
            let mistake = mistake.and(table.source(), code, "and this is its code");
            mistakes.push(mistake.help("keep one: the words are for errors that have no code"));
            None
        }
        (None, Some(_)) => words(table, mistakes),
        (Some(_) | None, None) => code(table, mistakes),
    }
}

fn code(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<Code>> {
    let written = table.required_string(CODE, "code = \"E0382\"", mistakes)?;
    let code = Code(written.value);
    if !code.is_code() {
        let title = format!("`{code}` is not an error code");
        mistakes.push(table.mistake(written.span, title, "a code is an `E` and four digits, as in `E0382`"));
        return None;
    }
    known_error(table, &code, written.span.clone(), mistakes);
    Some(Spanned { value: code, span: written.span })
}

fn words(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<Code>> {
    let written = table.string(ERROR, mistakes)?;
    let words = Code(written.value.trim().to_owned());
    if words.is_code() {
        let mistake = table.mistake(written.span, "a code as the words of a message", "this is a code");
        mistakes.push(mistake.help(format!("write `{CODE} = \"{words}\"`")));
        return None;
    }
    if !error_names::has_enough_words(&words.0) {
        let mistake = table.mistake(written.span, "too few words to tell an error by", "many messages begin so");
        mistakes.push(mistake.help("write the first words of rustc's message: `lifetime may not live long enough`"));
        return None;
    }
    Some(Spanned { value: words, span: written.span })
}

/// Reports an error that rustc does not have.
pub(crate) fn known_error(table: &Table<'_>, error: &Code, span: Range<usize>, mistakes: &mut Vec<Mistake>) {
    if error_names::exists(error) {
        return;
    }
    let known: Vec<Code> = rule::known_codes().filter(Code::is_code).collect();
    let meant = nearest(&error.0, known.iter().map(|code| code.0.as_str()));
    let remedy = meant.map(|meant| format!("did you mean `{meant}`?"));
    let label = "neither a code that it emits nor words of a message";
    mistakes.push(table.mistake(span, format!("rustc has no error `{error}`"), label).maybe_help(remedy));
}

/// Reports an answer that is stated a second time.
pub(crate) fn stated_once<T: PartialEq>(table: &Table<'_>, stated: &[Spanned<T>], mistakes: &mut Vec<Mistake>) {
    for (index, answer) in stated.iter().enumerate() {
        if let Some(first) = stated[..index].iter().find(|first| first.value == answer.value) {
            let mistake = table.mistake(answer.span.clone(), "an answer is stated twice", "again here");
            let mistake = mistake.and(table.source(), first.span.clone(), "first here");
            mistakes.push(mistake.help("remove one of the two"));
        }
    }
}

/// The reason of an `ignore`, empty if it has none; `None` if the word is another one.
pub(crate) fn ignore_reason(word: &str) -> Option<&str> {
    let after = word.strip_prefix("ignore")?.trim();
    if after.is_empty() { Some("") } else { Some(after.strip_prefix('(')?.trim_end_matches(')').trim()) }
}
