//! What a learner answered.

use std::collections::{BTreeMap, BTreeSet};

use crate::discussion::Score;
use crate::exercise::CodeResult;
use crate::json::json_variants;
use crate::role::Role;
use crate::rule::Code;

/// An answer to a question. It may be incomplete: what is missing counts as wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The chosen options, as indexes in the author's order.
    Choice {
        /// The indexes.
        chosen: BTreeSet<usize>,
    },
    /// What the program is said to do.
    Predict(Prediction),
    /// The tapped line of each role, from 1.
    Spot {
        /// The lines.
        lines: BTreeMap<Role, u32>,
    },
    /// What stands in each slot.
    Fill {
        /// The index of a choice for each slot, in the order of the slots.
        picks: Vec<usize>,
    },
    /// The lines in the gaps.
    Order {
        /// The indexes of movable lines, in the order in which they fill the gaps.
        lines: Vec<usize>,
    },
    /// A program, and what became of it.
    Write {
        /// The program.
        code: String,
        /// What the compiler and the tests found, or what the learner says.
        result: CodeResult,
        /// How often it was run before, since the question was asked or handed in.
        runs: u32,
    },
    /// What was said is gone; there are notes of it, and how the learner scored it.
    Discuss {
        /// The notes; they may be empty.
        notes: String,
        /// The score of each row of the rubric, in its order.
        scores: Vec<Score>,
    },
    /// The learner does not know, and wants the answer.
    Unknown,
}

impl Answer {
    /// Whether only the learner judged it.
    pub fn is_self_assessed(&self) -> bool {
        matches!(self, Answer::Write { result: CodeResult::SelfAssessed(_), .. } | Answer::Discuss { .. })
    }
}

json_variants!(Answer, "an answer" {
    "fill" => Fill { picks },
    "choice" => Choice { chosen },
    "predict" => Predict(prediction),
    "spot" => Spot { lines },
    "order" => Order { lines },
    "write" => Write { code, result, runs },
    "discuss" => Discuss { notes, scores },
    "unknown" => Unknown,
});

/// What a program is said to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// It runs and prints this.
    Prints {
        /// The output as typed.
        stdout: String,
    },
    /// It does not compile.
    Error {
        /// The line at which the compiler stops, from 1.
        line: Option<u32>,
        /// The rule that is broken.
        rule: Option<Code>,
    },
    /// It panics.
    Panics {
        /// The line at which it panics, from 1.
        line: Option<u32>,
    },
    /// Its behaviour is undefined.
    Undefined {
        /// The line at which the rules are broken, from 1.
        line: Option<u32>,
    },
}

json_variants!(Prediction, "prints, error, panics or undefined" {
    "prints" => Prints { stdout },
    "error" => Error { line, rule },
    "panics" => Panics { line },
    "undefined" => Undefined { line },
});
