//! Reads what rustc and Miri say with `--error-format=json`; <https://doc.rust-lang.org/rustc/json.html>.
//!
//! The verifier and the compiler on the learner's device are both understood by this.

use crate::json::{self, read_struct};
use crate::rule::Code;
use crate::verdict::{Diagnostic, Span};

/// The name under which a program is compiled; messages and panics name it.
pub const FILE: &str = "main.rs";

/// The errors among the messages, one a line, without the closing summary; `tidy` takes out of their text what differs
/// between machines.
pub fn errors(stderr: &str, tidy: impl Fn(&str) -> String) -> Vec<Diagnostic> {
    messages(stderr)
        .filter(|message| message.level.starts_with("error") && !message.message.starts_with("aborting due to"))
        .map(|message| diagnostic(message, &tidy))
        .collect()
}

/// How Miri begins the note of a frame: "inside `main`".
const FRAME: &str = "inside ";

/// How a message begins. What a program wrote without an end of the line may stand before it: threads that panic at once
/// write into each other's lines.
const MESSAGE: &str = "{\"$message_type\"";

/// What is no message of the compiler: the program's own standard error.
pub fn without_messages(stderr: &str) -> String {
    let own = |line: &'_ str| match read(line) {
        Some(_) => line.find(MESSAGE).filter(|start| *start > 0).map(|start| format!("{}\n", &line[..start])),
        None => Some(line.to_owned()),
    };
    stderr.split_inclusive('\n').filter_map(own).collect()
}

/// The line of the program that led to an error within the library: the innermost frame of the program's own, as the notes
/// of the first error tell them. Other notes say where memory came from, and where it went.
pub fn line_in_notes(stderr: &str) -> Option<u32> {
    let error = messages(stderr).find(|message| message.level.starts_with("error"))?;
    let frames = error.children.into_iter().filter(|note| note.message.starts_with(FRAME));
    let notes = frames.flat_map(|note| note.spans);
    notes.filter_map(span).map(|span| span.line).next()
}

fn messages(stderr: &str) -> impl Iterator<Item = Message> {
    stderr.lines().filter_map(read)
}

fn read(line: &str) -> Option<Message> {
    json::read(&line[line.find(MESSAGE)?..]).ok()
}

/// The part of a message that is needed.
struct Message {
    message: String,
    code: Option<MessageCode>,
    level: String,
    spans: Vec<MessageSpan>,
    rendered: Option<String>,
    children: Vec<Note>,
}
read_struct!(Message { message, code, level, spans, rendered; children });

struct Note {
    message: String,
    spans: Vec<MessageSpan>,
}
read_struct!(Note { message, spans });

struct MessageCode {
    code: String,
}
read_struct!(MessageCode { code });

struct MessageSpan {
    file_name: String,
    line_start: u32,
    line_end: u32,
    column_start: u32,
    column_end: u32,
    is_primary: bool,
    label: Option<String>,
    expansion: Option<Box<Expansion>>,
}
read_struct!(MessageSpan { file_name, line_start, line_end, column_start, column_end, is_primary, label, expansion });

struct Expansion {
    span: MessageSpan,
}
read_struct!(Expansion { span });

fn diagnostic(message: Message, tidy: impl Fn(&str) -> String) -> Diagnostic {
    let rendered = message.rendered.unwrap_or_default();
    Diagnostic {
        code: message.code.map(|code| Code(code.code)),
        message: message.message,
        spans: message.spans.into_iter().filter_map(span).collect(),
        rendered: tidy(&rendered),
    }
}

/// A span inside of a macro of the library stands for the place where the macro is called.
fn span(span: MessageSpan) -> Option<Span> {
    let (primary, label) = (span.is_primary, span.label);
    let mut place = (span.file_name, span.line_start, span.column_start, span.line_end, span.column_end);
    let mut expansion = span.expansion;
    while place.0 != FILE {
        let outer = expansion?.span;
        place = (outer.file_name, outer.line_start, outer.column_start, outer.line_end, outer.column_end);
        expansion = outer.expansion;
    }
    let (_, line, column, end_line, end_column) = place;
    Some(Span { line, column, end_line, end_column, primary, label })
}

/// The import that rustc proposes in a message, the first of several: `use std::collections::HashMap;`.
pub fn proposed_import(rendered: &str) -> Option<&str> {
    let (_, proposal) = rendered.split_once("help: consider importing")?;
    let mut added = proposal.lines().filter_map(|line| Some(line.split_once("+ ")?.1.trim()));
    added.find(|added| added.starts_with("use ") && added.ends_with(';'))
}

/// A program with an import at its beginning, behind what is said of the program as a whole.
pub fn with_import(program: &str, import: &str) -> String {
    let is_of_all = |line: &&str| line.trim().is_empty() || line.starts_with("//!") || line.starts_with("#![");
    let head: usize = program.split_inclusive('\n').take_while(is_of_all).map(str::len).sum();
    let (head, rest) = program.split_at(head);
    format!("{head}{import}\n{rest}")
}
