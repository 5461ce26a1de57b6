//! What a failed check says, read out of an assertion and of the words of its panic.

use crate::problem::Program;
use crate::verdict::Verdict;

/// A check that a program did not stand up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedCheck {
    /// What was looked at, as code: `slowest(day, 1)`.
    pub looked_at: String,
    /// What should have come out, as `{:?}` writes it.
    pub expected: String,
    /// What did.
    pub got: String,
}

/// The check in which `program` failed. `None` if it did not fail in a check, or if the check's words are its own.
///
/// A check asserts what it looks at first: `assert_eq!(got, expected)`, `assert!(holds)`.
pub fn failed_check(program: &Program) -> Option<FailedCheck> {
    if !program.fails_check() {
        return None;
    }
    let Verdict::Panics { line, message, .. } = &program.verdict else { return None };
    let assertion = statement(program.compiled_source(), *line as usize);
    if let Some(condition) = message.strip_prefix("assertion failed: ") {
        let looked_at = condition.trim().to_owned();
        return Some(FailedCheck { looked_at, expected: "true".to_owned(), got: "false".to_owned() });
    }
    let (_, sides) = message.split_once("\n  left: ")?;
    let (got, expected) = sides.split_once("\n right: ")?;
    let looked_at = first_argument(assertion.trim().strip_prefix("assert_eq!(")?)?.trim().to_owned();
    Some(FailedCheck { looked_at, expected: expected.to_owned(), got: got.to_owned() })
}

/// The source from a line on, from 1, up to the end of the statement that begins there.
fn statement(source: &str, line: usize) -> &str {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &source[start..];
    rest.find(";\n").map_or(rest, |end| &rest[..end])
}

/// The text before the first comma that is in no brackets and in no string.
fn first_argument(arguments: &str) -> Option<&str> {
    let mut depth = 0;
    let mut is_string = false;
    let mut is_escaped = false;
    for (at, c) in arguments.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_string => is_escaped = true,
            '"' => is_string = !is_string,
            _ if is_string => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => return Some(&arguments[..at]),
            _ => {}
        }
    }
    None
}
