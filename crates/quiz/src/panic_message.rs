//! Reads what the standard library's hook says of a panic.

use crate::diagnostics::FILE;

/// A panic, as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panic {
    /// Where it was, by file, line and column.
    pub location: String,
    /// The line of the program; `None` if the message names a place outside of it.
    pub line: Option<u32>,
    /// The panic's message, which may have several lines.
    pub message: String,
}

/// Of which thread a panic counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thread {
    /// Only the main one: by it the program ends with an error.
    Main,
    /// Any: where nothing can unwind, each ends the program.
    Any,
}

/// The last panic that standard error tells of.
pub fn last(stderr: &str, of: Thread) -> Option<Panic> {
    let beginning = match of {
        Thread::Main => "thread 'main' ",
        Thread::Any => "thread '",
    };
    stderr.rmatch_indices(beginning).find_map(|(start, _)| told(&stderr[start..]))
}

/// What follows a message.
const ENDS: [&str; 4] =
    ["\nnote: run with `RUST_BACKTRACE=1`", "\nnote: in Miri", "\n\nthread '", "\n{\"$message_type\""];

fn told(text: &str) -> Option<Panic> {
    let (header, rest) = text.split_once(":\n")?;
    let location = header.split_once("panicked at ")?.1;
    let end = ENDS.iter().filter_map(|mark| rest.find(mark)).min();
    let message = rest[..end.unwrap_or(rest.len())].trim_end().to_owned();
    let line = location.strip_prefix(FILE).and_then(|place| place.split(':').nth(1)?.parse().ok());
    // The library's path says in which build of rustc it lay; that is of no interest.
    let location = location.find("library/").map_or(location, |start| &location[start..]).to_owned();
    Some(Panic { location, line, message })
}
