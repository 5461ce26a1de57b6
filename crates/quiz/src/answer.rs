//! What a learner answered.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::json::{FromJson, Json};
use crate::role::Role;
use crate::rule::Code;

/// An answer to a question. It may be incomplete: what is missing counts as wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
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
}

/// What a program is said to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
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

impl FromJson for Answer {
    fn from_json(json: Json<'_>) -> Answer {
        let (name, data) = json.variant();
        match name.as_str() {
            "choice" => Answer::Choice { chosen: data.fields().take("chosen") },
            "predict" => Answer::Predict(Prediction::from_json(data)),
            "spot" => Answer::Spot { lines: data.fields().take("lines") },
            "fill" => Answer::Fill { picks: data.fields().take("picks") },
            "order" => Answer::Order { lines: data.fields().take("lines") },
            _ => {
                data.refuse("an answer");
                Answer::Fill { picks: Vec::new() }
            }
        }
    }
}

impl FromJson for Prediction {
    fn from_json(json: Json<'_>) -> Prediction {
        let (name, data) = json.variant();
        if !["prints", "error", "panics", "undefined"].contains(&name.as_str()) {
            data.refuse("prints, error, panics or undefined");
        }
        let mut fields = data.fields();
        match name.as_str() {
            "error" => Prediction::Error { line: fields.take("line"), rule: fields.take("rule") },
            "panics" => Prediction::Panics { line: fields.take("line") },
            "undefined" => Prediction::Undefined { line: fields.take("line") },
            _ => Prediction::Prints { stdout: fields.take("stdout") },
        }
    }
}
