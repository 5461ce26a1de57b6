//! What an author states in the front matter: the answer, and what is needed to make its programs.
//!
//! These are values only; the modules of the kinds read them, and whoever plans or judges looks at them.

use std::ops::Range;

use quiz::discussion::Round;
use quiz::exercise::Complexity;
use quiz::problem::Slot;
use quiz::role::Role;
use quiz::rule::Code;

use crate::highlight::snippet;
use crate::read::markers::slot_marker;
use crate::source::Spanned;

/// What the author says is right.
#[derive(Clone, Debug)]
pub(crate) enum StatedAnswer {
    /// Pick options.
    Choice { several: bool },
    /// Predict the program.
    Predict { prediction: StatedPrediction, rules: Option<Vec<Code>> },
    /// Tap its lines.
    Spot { code: Spanned<Code>, roles: Vec<(Spanned<Role>, Spanned<u32>)> },
    /// Fill its slots. `accepted` has the picks of each combination, `at` is where they are stated.
    Fill {
        slots: Vec<WrittenSlot>,
        accepted: Vec<Spanned<Vec<usize>>>,
        at: Range<usize>,
        stdout: Option<Spanned<String>>,
    },
    /// Put its lines in order. `also` has the numbers of movable lines from 1, `at` is where they are or would be stated.
    Order { also: Vec<Spanned<Vec<u32>>>, at: Range<usize>, stdout: Option<Spanned<String>> },
    /// Write a program. Its tests run under so many schedules of threads, from 1.
    Write { schedules: u32, complexity: Complexity },
    /// Talk about it, in this round of an interview.
    Discuss { round: Round },
}

impl StatedAnswer {
    /// The output that is the check, if it is stated.
    pub(crate) fn stdout(&self) -> Option<&Spanned<String>> {
        match self {
            StatedAnswer::Fill { stdout, .. } | StatedAnswer::Order { stdout, .. } => stdout.as_ref(),
            StatedAnswer::Choice { .. }
            | StatedAnswer::Predict { .. }
            | StatedAnswer::Spot { .. }
            | StatedAnswer::Write { .. }
            | StatedAnswer::Discuss { .. } => None,
        }
    }
}

/// What the author says that the program does.
#[derive(Clone, Debug)]
pub(crate) enum StatedPrediction {
    /// It prints this.
    Prints { outcome: Range<usize>, stdout: Spanned<String> },
    /// It is rejected.
    Error { outcome: Range<usize>, code: Spanned<Code>, line: Spanned<u32> },
    /// It panics.
    Panics { outcome: Range<usize>, line: Spanned<u32> },
    /// What it does is undefined.
    Undefined { outcome: Range<usize>, line: Spanned<u32> },
}

impl StatedPrediction {
    /// Where the author wrote the outcome.
    pub(crate) fn outcome(&self) -> Range<usize> {
        match self {
            StatedPrediction::Prints { outcome, .. }
            | StatedPrediction::Error { outcome, .. }
            | StatedPrediction::Panics { outcome, .. }
            | StatedPrediction::Undefined { outcome, .. } => outcome.clone(),
        }
    }
}

/// A slot as its author wrote it.
#[derive(Clone, Debug)]
pub(crate) struct WrittenSlot {
    pub(crate) name: Spanned<String>,
    pub(crate) choices: Vec<Spanned<String>>,
    /// For each choice the id of the misconception behind it, if one is named.
    pub(crate) misconceptions: Vec<Option<String>>,
}

impl WrittenSlot {
    /// The slot as the app knows it, but for the beliefs behind its choices.
    pub(crate) fn slot(&self) -> Slot {
        let choice = |choice: &Spanned<String>| snippet(&choice.value);
        Slot { name: self.name.value.clone(), choices: self.choices.iter().map(choice).collect(), beliefs: Vec::new() }
    }

    /// How the slot stands in the program.
    pub(crate) fn marker(&self) -> String {
        slot_marker(&self.name.value)
    }
}

/// A choice as messages show it; an empty one needs a name.
pub(crate) fn quoted(choice: &str) -> String {
    if choice.is_empty() { "`` (nothing)".to_owned() } else { format!("`{choice}`") }
}
