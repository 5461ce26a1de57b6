//! Filling slots and putting lines in order. Both may be tried again.

use leptos::prelude::*;
use quiz::arrangement::Arrangement;
use quiz::assemble;
use quiz::problem::{Program, Question};

use super::Sitting;

/// Whether a wrong answer is not the end: the compiler says what is wrong, and the learner goes on.
pub(super) fn may_be_tried_again(question: &Question) -> bool {
    matches!(question, Question::Fill { .. } | Question::Order { .. })
}

/// A line that the keyboard or the buttons move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrabbedLine {
    /// The line, by its index among the movable ones.
    pub line: usize,
    /// The arrangement before it was lifted, to go back to.
    before: Arrangement,
}

/// Which way a lifted line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the gap above.
    Up,
    /// To the gap below.
    Down,
}

/// Slots.
impl Sitting {
    /// What is chosen for a slot, or the line in a gap.
    pub fn place(self, at: usize) -> Option<usize> {
        self.filled.read().places.get(at).copied().flatten()
    }

    /// Chooses for the slot that is asked for; the next open one is asked for then.
    pub fn choose_for_slot(self, choice: usize) {
        let step = self.step.get_untracked();
        self.fill(|filled| {
            if let Some(place) = filled.places.get_mut(step) {
                *place = Some(choice);
            }
        });
        self.step.set(self.first_open_step_after_current());
    }

    /// The program of the last try, with what became of it, and whether it failed in the hidden check.
    pub fn tried_program(self) -> Option<(Program, bool)> {
        let (problem, tried) = (self.problem(), self.tried()?);
        let checked = assemble::outcome(&problem.question, &tried.answer)?.checked;
        Some((assemble::tried(&problem, &tried.answer)?, checked))
    }

    /// Whether what is filled in is what was tried last.
    pub fn is_as_tried(self) -> bool {
        let answer = self.filled.read().answer(&self.problem().question);
        self.tried().is_some_and(|tried| Some(tried.answer) == answer)
    }
}

/// Lines in order.
impl Sitting {
    /// Which line is in which gap.
    pub fn arrangement(self) -> Arrangement {
        Arrangement::of(self.filled.read().places.iter().copied())
    }

    /// The line that is lifted.
    pub fn lifted(self) -> Option<usize> {
        self.lifted.read().as_ref().map(|lifted| lifted.line)
    }

    /// Arranges the lines like this.
    pub fn arrange(self, arrangement: Arrangement) {
        self.rearrange(|current| *current = arrangement);
    }

    /// Puts a line into a gap.
    pub fn put(self, line: usize, gap: usize) {
        self.rearrange(|arrangement| arrangement.put(line, gap));
    }

    /// Takes a line out of the program.
    pub fn take_out(self, line: usize) {
        self.rearrange(|arrangement| arrangement.take_out(line));
    }

    /// Takes the lowest line out of the program.
    pub fn take_out_last(self) {
        if let Some(line) = self.arrangement().gaps().iter().rev().copied().flatten().next() {
            self.take_out(line);
        }
    }

    /// Puts a line from the pool into the first empty gap. Tells whether there was one.
    pub fn put_first(self, line: usize) -> bool {
        let gap = self.arrangement().first_empty();
        if let Some(gap) = gap {
            self.put(line, gap);
        }
        gap.is_some()
    }

    /// Lifts a line, or drops the one that is lifted.
    pub fn lift_or_drop(self, line: usize) {
        let is_lifted = self.lifted() == Some(line);
        let before = self.arrangement();
        self.lifted.set((!is_lifted).then_some(GrabbedLine { line, before }));
    }

    /// Drops what is lifted where it is.
    pub fn drop_line(self) {
        if self.lifted.read_untracked().is_some() {
            self.lifted.set(None);
        }
    }

    /// Puts what is lifted back to where it came from.
    pub fn put_back(self) {
        if let Some(lifted) = self.lifted.get_untracked() {
            self.arrange(lifted.before);
            self.lifted.set(None);
        }
    }

    /// Moves what is lifted by one gap, as far as there are gaps. From the pool it comes into the first empty one.
    pub fn move_lifted(self, direction: Direction) {
        let Some(line) = self.lifted() else { return };
        let arrangement = self.arrangement();
        let gap = match (arrangement.gap_of(line), direction) {
            (None, _) => arrangement.first_empty().unwrap_or(0),
            (Some(gap), Direction::Up) => gap.saturating_sub(1),
            (Some(gap), Direction::Down) => (gap + 1).min(arrangement.gaps().len().saturating_sub(1)),
        };
        self.put(line, gap);
    }

    fn rearrange(self, change: impl FnOnce(&mut Arrangement)) {
        self.fill(|filled| {
            let mut arrangement = Arrangement::of(filled.places.iter().copied());
            change(&mut arrangement);
            filled.places = arrangement.gaps().to_vec();
        });
    }
}
