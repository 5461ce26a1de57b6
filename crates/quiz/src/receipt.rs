//! What a receipt says of a program, from top to bottom, for whoever draws it: the app, and the pages that are readable without it.

use crate::problem::{Problem, Program};
use crate::verdict::{Diagnostic, Span, Verdict};

/// What a program has to stand up to besides the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckedBy {
    /// Its output is what is asked for.
    Output,
    /// Hidden tests, which it ran into or passed.
    Tests,
    /// Hidden tests, in which it failed.
    FailedTests,
}

impl CheckedBy {
    /// How an answer to `problem` was checked, `failed` if it was in the hidden tests that it failed.
    pub fn of(problem: &Problem, failed: bool) -> CheckedBy {
        match (&problem.check, failed) {
            (None, _) => CheckedBy::Output,
            (Some(_), false) => CheckedBy::Tests,
            (Some(_), true) => CheckedBy::FailedTests,
        }
    }
}

/// A part of a receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Something good, in a sentence.
    Good(String),
    /// Something bad, in a sentence.
    Bad(String),
    /// A sentence.
    Plain(String),
    /// What the program printed.
    Output(String),
    /// The message of a panic.
    Message(String),
    /// What Miri printed.
    Rendered(String),
    /// An error of the compiler.
    Error {
        /// Its code in brackets: `error[E0382]`, or `error` if it has none.
        code: String,
        /// Its message.
        message: String,
        /// The lines it is about.
        excerpts: Vec<Excerpt>,
        /// The whole message as rustc prints it.
        rendered: String,
    },
}

/// A line that an error is about, and what the compiler wrote beneath.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Its number, from 1.
    pub line: u32,
    /// The line, without its indentation; cut at its front where the labels would be out of sight.
    pub shown: String,
    /// The labels beneath, in rustc's order.
    pub labels: Vec<Label>,
}

/// What the compiler wrote beneath a part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Signs beneath the part, spaces before them.
    pub signs: String,
    /// The words; they may be empty.
    pub words: String,
    /// Whether the message is about this part.
    pub is_primary: bool,
}

/// What the compiler said, in a few words.
pub fn in_a_few_words(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Prints { .. } => "Compiled and run".to_owned(),
        Verdict::Compiles => "Compiled".to_owned(),
        Verdict::Panics { line, .. } => format!("Compiled. It panics at line {line}"),
        Verdict::Undefined { line, .. } => format!("Compiled. Undefined behaviour at line {line}"),
        Verdict::Ignored { reason } => format!("Not compiled: {reason}"),
        Verdict::Error { errors } => {
            let code = errors.first().and_then(|error| error.code.as_ref());
            code.map_or_else(|| "Does not compile".to_owned(), |code| format!("Does not compile: {code}"))
        }
    }
}

/// What is said of a program.
pub fn parts(program: &Program, by: CheckedBy) -> Vec<Part> {
    match &program.verdict {
        Verdict::Prints { stdout } if by != CheckedBy::Output => {
            with_output(Part::Good("Compiled, ran, and passed the check.".to_owned()), stdout)
        }
        Verdict::Prints { stdout } => {
            let what = if stdout.is_empty() { " nothing." } else { ":" };
            with_output(Part::Good(format!("Compiled, ran, and printed{what}")), stdout)
        }
        Verdict::Panics { message, .. } if by == CheckedBy::FailedTests => {
            vec![Part::Bad("Compiled, ran, and failed the check:".to_owned()), Part::Message(message.clone())]
        }
        Verdict::Panics { line, message, stdout } => {
            let mut parts = vec![
                Part::Bad(format!("Compiled, ran, and panicked {}:", at_line(program, *line))),
                Part::Message(message.clone()),
            ];
            if !stdout.is_empty() {
                parts.extend(with_output(Part::Plain("Before that it printed:".to_owned()), stdout));
            }
            parts
        }
        Verdict::Compiles => vec![Part::Good("Compiled. Not run.".to_owned())],
        Verdict::Ignored { reason } => vec![Part::Plain(format!("Not compiled: {reason}"))],
        Verdict::Undefined { line, rendered, .. } => vec![
            Part::Bad(format!("Compiled. Miri found undefined behaviour {}:", at_line(program, *line))),
            Part::Rendered(rendered.trim_end().to_owned()),
        ],
        Verdict::Error { errors } => errors.iter().map(|error| of_error(error, program.compiled_source())).collect(),
    }
}

fn with_output(said: Part, stdout: &str) -> Vec<Part> {
    let stdout = stdout.trim_end_matches('\n');
    match stdout.is_empty() {
        true => vec![said],
        false => vec![said, Part::Output(stdout.to_owned())],
    }
}

/// Where something is in the program as it is shown: the check stands behind its last line.
fn at_line(program: &Program, line: u32) -> String {
    match line as usize > program.source.lines().count() {
        true => "in the check".to_owned(),
        false => format!("at line {line}"),
    }
}

fn of_error(error: &Diagnostic, source: &str) -> Part {
    Part::Error {
        code: error.code.as_ref().map_or_else(|| "error".to_owned(), |code| format!("error[{code}]")),
        message: error.message.clone(),
        excerpts: excerpts(error, source),
        rendered: error.rendered.trim_end().to_owned(),
    }
}

/// The columns that a receipt has room for on a phone.
const WIDTH: usize = 36;

/// The labelled lines in the program's order.
fn excerpts(error: &Diagnostic, source: &str) -> Vec<Excerpt> {
    let excerpt = |(line, text): (u32, &str)| {
        let spans: Vec<&Span> = error.spans.iter().filter(|span| span.line == line).collect();
        if spans.is_empty() {
            return None;
        }
        let cut = columns_to_cut(text, &spans);
        let shown: String = text.chars().skip(cut).collect();
        let shown = if cut > indent_of(text) { format!("…{shown}") } else { format!(" {shown}") };
        let length = shown.chars().count();
        Some(Excerpt { line, labels: spans.into_iter().map(|span| label(span, cut, length)).collect(), shown })
    };
    (1..).zip(source.lines()).filter_map(excerpt).collect()
}

/// How much of a line's front is left out: its indentation, and more where the labels would be out of sight.
fn columns_to_cut(text: &str, spans: &[&Span]) -> usize {
    let first = spans.iter().map(|span| span.column as usize - 1).min().unwrap_or(0);
    let last = spans.iter().filter(|span| span.end_line == span.line).map(|span| span.end_column as usize).max();
    match last {
        Some(last) if last > indent_of(text) + WIDTH => first.saturating_sub(6).max(indent_of(text)),
        _ => indent_of(text),
    }
}

fn indent_of(line: &str) -> usize {
    line.chars().take_while(|c| *c == ' ').count()
}

/// The signs beneath a labelled place, one column in from the cut, and the label.
fn label(span: &Span, cut: usize, line_length: usize) -> Label {
    let column = |column: u32| (column as usize).saturating_sub(cut);
    let start = column(span.column);
    let end = if span.end_line == span.line { column(span.end_column) } else { line_length };
    let sign = if span.primary { "^" } else { "-" };
    Label {
        signs: format!("{}{}", " ".repeat(start), sign.repeat(end.saturating_sub(start).max(1))),
        words: span.label.clone().unwrap_or_default(),
        is_primary: span.primary,
    }
}
