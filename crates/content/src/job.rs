//! What has to be proven: a program, and how far to go with it.
//!
//! It knows nothing of the problem that the program belongs to, nor how it is proven.

use quiz::problem::Edition;

use crate::crates::Crates;

/// A program to prove.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) source: String,
    pub(crate) edition: Edition,
    pub(crate) mode: Mode,
    pub(crate) crates: Crates,
}

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Compile it.
    Compile,
    /// Compile it, run it, and let Miri look at it.
    Run,
    /// Compile it and run it.
    RunOnly,
    /// Compile it, and let Miri look at it: what it does otherwise could be anything.
    Undefined,
}

impl Mode {
    /// What is asked of the compiler and the machine, for the names of cache entries.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Mode::Compile | Mode::Undefined => "Compile",
            Mode::Run | Mode::RunOnly => "Run",
        }
    }
}
