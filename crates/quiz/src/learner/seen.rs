//! An attempt that counts, as the rest of what is derived from the log sees it.

use super::calendar::Day;
use crate::attempt::Attempt;
use crate::grading::Mark;

/// An attempt that counts.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The problem's index in the catalog.
    pub problem: usize,
    /// The day.
    pub day: Day,
    /// The attempt.
    pub attempt: &'a Attempt,
}

impl Seen<'_> {
    /// Whether it was right in all its parts.
    pub fn is_right(&self) -> bool {
        self.attempt.mark == Mark::Right
    }
}
