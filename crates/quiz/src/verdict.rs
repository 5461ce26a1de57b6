//! What the compiler said of a program, and what the program did when it ran.

use serde::{Deserialize, Serialize};

use crate::json::{deserialize, json_variants, read_struct};
use crate::rule::Code;

/// The judgement on one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It compiled, ran and ended normally.
    Prints {
        /// The standard output.
        stdout: String,
    },
    /// It did not compile.
    Error {
        /// The errors in rustc's order, without the closing summary. Never empty.
        errors: Vec<Diagnostic>,
    },
    /// It compiled, ran and panicked.
    Panics {
        /// The line, from 1, that the panic message names.
        line: u32,
        /// The panic's message.
        message: String,
        /// What it had printed until then.
        stdout: String,
    },
    /// It compiled, and Miri found that its behaviour is undefined.
    Undefined {
        /// The line, from 1, of the program that Miri points at: the innermost one, if it points into a library.
        line: u32,
        /// What is wrong, in a line.
        message: String,
        /// The whole message as Miri prints it, without the library's frames and without paths of a machine.
        rendered: String,
    },
    /// It compiled and was not run.
    Compiles,
    /// Nobody looked at it.
    Ignored {
        /// Why not.
        reason: String,
    },
}

json_variants!(Verdict, "a verdict" {
    "prints" => Prints { stdout },
    "error" => Error { errors },
    "panics" => Panics { line, message, stdout },
    "undefined" => Undefined { line, message, rendered },
    "compiles" => Compiles,
    "ignored" => Ignored { reason },
});

/// One message of rustc, as its JSON format gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The error's code; some errors, such as those of the parser, have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// The message's first line.
    pub message: String,
    /// The labelled places, in rustc's order.
    pub spans: Vec<Span>,
    /// The whole message as rustc prints it, without colours and with the file's name taken out.
    pub rendered: String,
}

impl Diagnostic {
    /// The place the message is about.
    pub fn primary(&self) -> Option<&Span> {
        self.spans.iter().find(|span| span.primary)
    }

    /// The same for whoever wrote only the first `lines` lines of the program: what the parser misses at the end of all is missing where
    /// it says that it began. Other errors may well be about what stands behind.
    pub fn within(mut self, lines: u32) -> Diagnostic {
        let is_behind = self.code.is_none() && self.primary().is_some_and(|span| span.line > lines);
        if is_behind && self.spans.iter().any(|span| span.line <= lines) {
            self.spans.retain(|span| span.line <= lines);
            self.spans[0].primary = true;
        }
        self
    }
}

/// A labelled place in a program. Lines and columns count from 1; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The line on which it starts.
    pub line: u32,
    /// The column of its first character.
    pub column: u32,
    /// The line on which it ends.
    pub end_line: u32,
    /// The column behind its last character.
    pub end_column: u32,
    /// Whether the message is about this place.
    pub primary: bool,
    /// What rustc wrote beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

read_struct!(Diagnostic { code, message, spans, rendered });
read_struct!(Span { line, column, end_line, end_column, primary, label });

deserialize!(Verdict);
