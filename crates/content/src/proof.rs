//! What is known of a program: the verdict on it, or why there is none.
//!
//! It knows neither how that is found out nor what an author thinks of it.

use quiz::exercise::TestFailure;
use quiz::verdict::{Diagnostic, Verdict};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is known of a program.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    Judged(Verdict),
    Failed(Failure),
    /// It is said to be undefined, and there is no Miri.
    Unknown,
}

impl Proof {
    /// The verdict, if there is one.
    pub(crate) fn verdict(&self) -> Option<&Verdict> {
        match self {
            Proof::Judged(verdict) => Some(verdict),
            Proof::Failed(_) | Proof::Unknown => None,
        }
    }

    /// Why there is none, if it is the program's fault.
    pub(crate) fn failure(&self) -> Option<&Failure> {
        match self {
            Proof::Failed(failure) => Some(failure),
            Proof::Judged(_) | Proof::Unknown => None,
        }
    }
}

/// What is known of a program with tests.
#[derive(Clone, Debug)]
pub(crate) enum TestProof {
    Judged(TestVerdict),
    Failed(Failure),
    /// There is no Miri, or nothing was run yet.
    Unknown,
}

impl TestProof {
    /// The verdict, if there is one.
    pub(crate) fn verdict(&self) -> Option<&TestVerdict> {
        match self {
            TestProof::Judged(verdict) => Some(verdict),
            TestProof::Failed(_) | TestProof::Unknown => None,
        }
    }
}

/// What became of a program with tests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TestVerdict {
    /// The compiler rejected it.
    Rejected(Vec<Diagnostic>),
    /// All tests were run; these failed.
    Tested(Vec<TestFailure>),
}

/// Why there is no verdict.
#[derive(Clone, Debug, Error)]
pub(crate) enum Failure {
    #[error("rustc does not finish within {seconds} seconds")]
    CompilerTimedOut { seconds: u64 },
    #[error("rustc writes more messages than anybody would read")]
    CompilerFlooded,
    #[error("rustc fails without a word about the program")]
    CompilerCrashed { message: String },
    #[error("the program does not end within {seconds} seconds")]
    TimedOut { seconds: u64 },
    #[error("the program prints more than {} KiB", bytes >> 10)]
    Flooded { bytes: u64 },
    #[error("the program prints something that is not UTF-8")]
    NotText,
    #[error("the program ends before a process that it started")]
    LeftProcesses,
    #[error("the program does not always do the same")]
    Varies { first: String, other: String, run: usize },
    #[error("the program {how}")]
    Stopped { how: String, stderr: String },
    #[error("the program panics at a place outside of itself, {location}")]
    PanicElsewhere { location: String, message: String },
    #[error("the program has undefined behaviour")]
    Undefined { rendered: String },
    #[error("the program has undefined behaviour, but at a place outside of itself")]
    UndefinedElsewhere { rendered: String },
    #[error("Miri cannot run the program")]
    Unsupported { message: String },
    #[error("Miri does not finish the program within {seconds} seconds")]
    MiriTimedOut { seconds: u64 },
    #[error("Miri stops at the program")]
    MiriStopped { message: String },
    #[error("the program does something else under Miri")]
    OtherUnderMiri { native: String, miri: String },
}

impl Failure {
    /// Whether it is Miri that cannot judge, or does not like, what rustc accepts.
    pub(crate) fn is_of_miri(&self) -> bool {
        match self {
            Failure::Undefined { .. }
            | Failure::UndefinedElsewhere { .. }
            | Failure::Unsupported { .. }
            | Failure::MiriTimedOut { .. }
            | Failure::MiriStopped { .. }
            | Failure::OtherUnderMiri { .. } => true,
            Failure::CompilerTimedOut { .. }
            | Failure::CompilerFlooded
            | Failure::CompilerCrashed { .. }
            | Failure::TimedOut { .. }
            | Failure::Flooded { .. }
            | Failure::NotText
            | Failure::LeftProcesses
            | Failure::Varies { .. }
            | Failure::Stopped { .. }
            | Failure::PanicElsewhere { .. } => false,
        }
    }
}
