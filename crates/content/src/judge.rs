//! Whether the proofs of a problem's programs bear out what its author says, and both sides where they do not.
//!
//! It is the only place that compares the two. It must not know where a proof comes from: a compiler that has just run,
//! or a committed verdict file.

pub(crate) mod answers;
pub(crate) mod notes;

mod block;
mod exercise;
mod what_ifs;

use quiz::problem::Outcomes;

use crate::mistake::Mistake;
use crate::plan::Plan;
use crate::proof::{Failure, Proof, TestProof};
use crate::read::problem::ProblemFile;

/// What is known of the programs of a problem.
#[derive(Debug, Default)]
pub(crate) struct Evidence<'a> {
    /// Of each block; `None` for one that is not proven by itself.
    pub(crate) blocks: Vec<Option<&'a Proof>>,
    /// What becomes of each answer that has a verdict.
    pub(crate) outcomes: Outcomes,
    /// The answers that have none, by their ranks.
    pub(crate) failures: Vec<(usize, &'a Failure)>,
    /// Of each program of a `write`, in the order of its plan.
    pub(crate) exercise: Vec<&'a TestProof>,
    /// Of each what-if.
    pub(crate) what_ifs: Vec<&'a Proof>,
}

/// Every contradiction between what the author of a problem says and what is known of its programs.
pub(crate) fn problem(file: &ProblemFile, plan: &Plan, known: &Evidence<'_>) -> Vec<Mistake> {
    let blocks = known.blocks.iter().enumerate().filter_map(|(block, proof)| Some((block, (*proof)?)));
    let of_blocks = blocks.flat_map(|(block, proof)| block::judge(file, block, proof));
    let of_answers = plan.answers.iter().flat_map(|set| answers::judge(file, set, &known.outcomes, &known.failures));
    let edits = plan.edits.iter().zip(&known.what_ifs);
    let of_edits = edits.filter_map(|(edit, proof)| what_ifs::judge(&file.source, edit, proof));
    let of_exercise = exercise::judge(file, &known.exercise);
    of_blocks.chain(of_answers).chain(of_exercise).chain(of_edits).collect()
}
