//! What has to be proven: a program, and how far to go with it.
//!
//! It knows nothing of the problem that the program belongs to, nor how it is proven.

use std::sync::Arc;

use quiz::exercise::Exercise;
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

/// A program from a blank page whose tests have to be run.
#[derive(Clone, Debug)]
pub(crate) struct TestJob {
    pub(crate) code: String,
    /// Whose tests are run.
    pub(crate) exercise: Arc<Exercise>,
    /// How far.
    pub(crate) until: Until,
    pub(crate) edition: Edition,
}

/// How far the tests of a program are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Until {
    /// To the first one that fails: nothing more is asked of the program.
    FirstFailure,
    /// To the last one.
    End,
}

impl TestJob {
    /// The program that runs the tests, from the one with this index on.
    pub(crate) fn source(&self, from: usize) -> String {
        self.exercise.test_program(&self.code, from)
    }
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
