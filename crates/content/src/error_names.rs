//! What rustc's errors are called: by a code of rustc's own index, or, where they have none, by the first words of their
//! message.
//!
//! The index beside it is what `rustc --explain` of the pinned toolchain says; `tests/error_index.rs` makes it and notices
//! when it is out of date. Nothing here knows what an author says, nor which programs there are.

use quiz::rule::{self, Code};
use quiz::verdict::Diagnostic;

const INDEX: &str = include_str!("error_index.txt");
/// Fewer words could begin too many messages.
const FEWEST_WORDS: usize = 2;

/// Whether an error can be called so: by a code that rustc still emits, or by enough words.
pub(crate) fn exists(name: &Code) -> bool {
    match name.is_code() {
        true => rule::sentence(name).is_some() || title(&name.0).is_some(),
        false => has_enough_words(&name.0),
    }
}

/// Whether these are words enough to tell an error by.
pub(crate) fn has_enough_words(text: &str) -> bool {
    text.split_whitespace().count() >= FEWEST_WORDS
}

/// Whether this error is called so. One with a code goes by its code only; the name of a lint is none.
pub(crate) fn is_called(error: &Diagnostic, name: &Code) -> bool {
    if name.is_code() || has_code(error) {
        return error.code.as_ref() == Some(name);
    }
    let rest = error.message.strip_prefix(&name.0);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether an error has a code, which lints and errors of the parser have not.
pub(crate) fn has_code(error: &Diagnostic) -> bool {
    error.code.as_ref().is_some_and(Code::is_code)
}

/// What an error is called: where it has no code, by its message up to the first name of the program.
pub(crate) fn of(error: &Diagnostic) -> Code {
    if let Some(code) = error.code.as_ref().filter(|code| code.is_code()) {
        return code.clone();
    }
    let general = error.message.split('`').next().unwrap_or_default().trim_end_matches([' ', ':', ',']);
    Code::from(if has_enough_words(general) { general } else { error.message.as_str() })
}

/// A name as messages show it.
pub(crate) fn quoted(name: &Code) -> String {
    if name.is_code() { name.0.clone() } else { format!("`{name}`") }
}

/// A rule in rustc's words, for one that the app has no sentence for.
pub(crate) fn in_rustcs_words(name: &Code) -> Option<String> {
    if rule::sentence(name).is_some() {
        return None;
    }
    if name.is_code() {
        return title(&name.0).map(str::to_owned);
    }
    let mut letters = name.0.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// The first sentence of what rustc explains about a code, without its full stop; `None` if rustc has no such code, or
/// does not emit it any more.
fn title(code: &str) -> Option<&'static str> {
    INDEX.lines().find_map(|line| line.strip_prefix(code)?.strip_prefix(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: Option<&str>, message: &str) -> Diagnostic {
        Diagnostic {
            code: code.map(Code::from),
            message: message.to_owned(),
            spans: Vec::new(),
            rendered: String::new(),
        }
    }

    #[test]
    fn names_are_codes_of_the_index_or_words() {
        let exists = |name: &str| exists(&Code::from(name));
        assert!(exists("E0382") && exists("E0700") && exists("lifetime may not live long enough"));
        assert!(!exists("E9999") && !exists("E038") && !exists("lifetime"));
        assert!(!exists("E0001"), "rustc does not emit it any more");
    }

    #[test]
    fn an_error_is_called_by_its_code_or_by_whole_words() {
        let is_called = |error: &Diagnostic, name: &str| is_called(error, &Code::from(name));
        let coded = error(Some("E0499"), "cannot borrow `x` as mutable more than once at a time");
        assert!(is_called(&coded, "E0499") && !is_called(&coded, "E0502") && !is_called(&coded, "cannot borrow"));
        let bare = error(None, "lifetime may not live long enough");
        assert!(is_called(&bare, "lifetime may not live") && is_called(&bare, "lifetime may not live long enough"));
        assert!(!is_called(&bare, "lifetime may not li") && !is_called(&bare, "E0499"));
        let lint = error(Some("arithmetic_overflow"), "this arithmetic operation will overflow");
        assert!(is_called(&lint, "this arithmetic operation") && !is_called(&lint, "arithmetic_overflow"));
    }

    #[test]
    fn an_error_without_a_code_is_called_by_what_is_not_about_one_program() {
        let of = |code, message| of(&error(code, message)).0;
        assert_eq!(of(Some("E0499"), "cannot borrow"), "E0499");
        assert_eq!(of(None, "implementation of `FnOnce` is not general enough"), "implementation of");
        assert_eq!(of(None, "expected one of `;`"), "expected one of");
        assert_eq!(of(None, "mismatched `;`"), "mismatched `;`");
        assert_eq!(of(Some("unconditional_panic"), "this operation will panic: at"), "this operation will panic: at");
    }

    #[test]
    fn rules_are_worded_by_the_app_or_else_by_rustc() {
        let words = |name: &str| in_rustcs_words(&Code::from(name));
        assert_eq!(words("E0382"), None, "the app has a sentence for it");
        let captured = "The `impl Trait` return type captures lifetime parameters that do not appear within the `impl Trait` itself";
        assert_eq!(words("E0700").as_deref(), Some(captured));
        assert_eq!(words("higher-ranked lifetime error").as_deref(), Some("Higher-ranked lifetime error"));
    }
}
