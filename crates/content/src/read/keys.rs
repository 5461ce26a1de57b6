//! Keys and values that more than one kind of question has in its front matter.

use quiz::rule::Code;

use crate::mistake::Mistake;
use crate::read::table::Table;
use crate::source::Spanned;

/// A line of a program, from 1.
pub(crate) fn line(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<u32>> {
    if table.key("line").is_none() {
        table.missing("line", "line = 1", mistakes);
    }
    table.number("line", 1..=u32::MAX, mistakes)
}

/// An error code of rustc.
pub(crate) fn code(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<Code>> {
    let code = table.required_string("code", "code = \"E0382\"", mistakes)?;
    if !is_code(&code.value) {
        let title = format!("`{}` is not an error code", code.value);
        mistakes.push(table.mistake(code.span, title, "a code is an `E` and four digits, as in `E0382`"));
        return None;
    }
    Some(Spanned { value: Code(code.value), span: code.span })
}

/// Whether this looks like an error code of rustc.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == 5 && text.starts_with('E') && text[1..].bytes().all(|byte| byte.is_ascii_digit())
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
