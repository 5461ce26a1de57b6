//! A release and a past of the size that the app must bear: a thousand problems, a hundred thousand answers.
//!
//! The problems are made of the real ones, with other names and other words, and a learner who answers them at random. So
//! nothing has to be compiled or proven, and every answer has the mark that the app would give it. For measuring only.

pub mod answers;
pub mod past;
pub mod release;

/// So many problems.
pub const PROBLEMS: usize = 1_000;
/// So many answers,
pub const ANSWERS: usize = 100_000;
/// given in so many days.
pub const DAYS: u64 = 900;
