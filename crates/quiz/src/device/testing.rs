//! What a run of an exercise's tests says, when the compiler on the device ran them.

use crate::exercise::{FailureKind, RunEnd};
use crate::verdict::{Diagnostic, Verdict};

use super::message::{Finished, Way};
use super::outcome::{Outcome, outcome};

/// Miri's words for it.
const DATA_RACE: &str = "Data race detected";

/// What came of a run of a test program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TestRun {
    /// The compiler rejected it.
    Rejected(Vec<Diagnostic>),
    /// It ran.
    Ran {
        /// What it printed, marks and all.
        stdout: String,
        /// How it ended.
        end: RunEnd,
    },
}

/// Understands a run of a program of [`Exercise::test_program`](crate::exercise::Exercise::test_program).
pub fn test_run(way: Way, finished: Finished) -> TestRun {
    let printed = finished.stdout.clone();
    let stopped = |how, message, line| RunEnd::Stopped { how, message, line };
    let end = match outcome(way, finished) {
        Outcome::Judged(Verdict::Error { errors }) => return TestRun::Rejected(errors),
        Outcome::Judged(Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. }) => RunEnd::Ended,
        Outcome::Judged(Verdict::Panics { line, message, .. }) => stopped(FailureKind::Panic, message, Some(line)),
        Outcome::Judged(Verdict::Undefined { line, message, .. }) => {
            let is_race = message.contains(DATA_RACE);
            stopped(if is_race { FailureKind::DataRace } else { FailureKind::Undefined }, message, Some(line))
        }
        Outcome::Deadlocks { line, .. } => {
            stopped(FailureKind::Deadlock, "all threads wait for each other".to_owned(), line)
        }
        Outcome::Exits { status, .. } => {
            stopped(FailureKind::Other, format!("the program ended itself with {status}"), None)
        }
        Outcome::Floods { .. } => stopped(FailureKind::Other, "the program printed too much".to_owned(), None),
        Outcome::Stops { line, message, .. } => stopped(FailureKind::Other, message, line),
        Outcome::Fails { message } => stopped(FailureKind::Other, message, None),
    };
    TestRun::Ran { stdout: printed, end }
}
