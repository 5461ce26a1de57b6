//! What a program did on the learner's device.

use crate::diagnostics::{self, FILE};
use crate::panic_message::{self, Panic, Thread};
use crate::verdict::{Diagnostic, Verdict};

use super::message::{End, Finished, Way};

const UNDEFINED: &str = "Undefined Behavior: ";
const DEADLOCK: &str = "deadlock: ";
const UNSUPPORTED: &str = "unsupported operation: ";
/// What cannot be called to unwind: every panic ends in it.
const UNWINDING: &str = "_Unwind_RaiseException";
/// What begins a message about a run; all others are about the program's text.
const OF_A_RUN: [&str; 5] = [UNDEFINED, DEADLOCK, UNSUPPORTED, "abnormal termination: ", "resource exhaustion: "];

/// What a program did. That it took too long is known to the page only, which then ends the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What can be said of it as of any program.
    Judged(Verdict),
    /// All its threads wait for each other.
    Deadlocks {
        /// A line of the program in which one of them waits.
        line: Option<u32>,
        /// What it had printed until then.
        stdout: String,
    },
    /// It ended with an error of its own, by `exit` or by what `main` returned.
    Exits {
        /// Its status.
        status: u32,
        /// What it had printed.
        stdout: String,
        /// What it wrote to standard error.
        stderr: String,
    },
    /// It printed more than it may.
    Floods {
        /// What it had printed until then.
        stdout: String,
    },
    /// It did what this compiler cannot do, such as opening a connection, or it aborted.
    Stops {
        /// A line of the program that led there.
        line: Option<u32>,
        /// What it was, in a line.
        message: String,
        /// What it had printed until then.
        stdout: String,
    },
    /// The compiler itself failed.
    Fails {
        /// What it said.
        message: String,
    },
}

/// Understands how the compiler ended, when it was asked in this `way`.
pub fn outcome(way: Way, finished: Finished) -> Outcome {
    let Finished { end, stdout, stderr, .. } = finished;
    if end == End::Flooded {
        return Outcome::Floods { stdout };
    }
    let errors = diagnostics::errors(&stderr, tidy);
    let Some(first) = errors.first() else { return ended(way, end, stdout, &stderr) };
    if !OF_A_RUN.iter().any(|start| first.message.starts_with(start)) {
        return Outcome::Judged(Verdict::Error { errors });
    }
    of_a_run(first, stdout, &stderr)
}

fn ended(way: Way, end: End, stdout: String, stderr: &str) -> Outcome {
    match end {
        End::Exited(0) => Outcome::Judged(match way {
            Way::Look => Verdict::Compiles,
            Way::Run | Way::Check => Verdict::Prints { stdout },
        }),
        End::Exited(status) => Outcome::Exits { status, stdout, stderr: diagnostics::without_messages(stderr) },
        End::Trapped(why) => Outcome::Fails { message: format!("{why}\n{stderr}").trim_end().to_owned() },
        End::Flooded => Outcome::Floods { stdout },
    }
}

fn of_a_run(error: &Diagnostic, stdout: String, stderr: &str) -> Outcome {
    let line = error.primary().map(|span| span.line).or_else(|| diagnostics::line_in_notes(stderr));
    if let Some(message) = error.message.strip_prefix(UNDEFINED) {
        return match line {
            Some(line) => Outcome::Judged(Verdict::Undefined {
                line,
                message: message.to_owned(),
                rendered: error.rendered.clone(),
            }),
            None => Outcome::Stops { line, message: error.message.clone(), stdout },
        };
    }
    if error.message.starts_with(DEADLOCK) {
        return Outcome::Deadlocks { line, stdout };
    }
    match panic_message::last(&diagnostics::without_messages(stderr), Thread::Any) {
        Some(panic) if error.message.contains(UNWINDING) => panicked(panic, line, stdout),
        _ => Outcome::Stops { line, message: error.message.clone(), stdout },
    }
}

fn panicked(panic: Panic, led_there: Option<u32>, stdout: String) -> Outcome {
    let Panic { location, line, message } = panic;
    match line.or(led_there) {
        Some(line) => Outcome::Judged(Verdict::Panics { line, message, stdout }),
        None => Outcome::Stops { line: None, message: format!("{message} ({location})"), stdout },
    }
}

/// A message without what happens inside of the library: the builder's paths say nothing to a learner.
fn tidy(rendered: &str) -> String {
    let kept = rendered.lines().filter(|line| {
        let of_the_library = line.contains("/library/") && !line.contains(FILE);
        !(of_the_library || line.contains("= note: BACKTRACE") || line.contains("this error originates in the macro"))
    });
    kept.collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n"
}
