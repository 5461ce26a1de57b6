//! What has to be proven of the Rust blocks of a problem.

use crate::job::{Job, Mode};
use crate::read::blocks::Claim;
use crate::read::front_matter::Miri;
use crate::read::problem::ProblemFile;
use crate::read::statement::{StatedAnswer, StatedPrediction};

/// What has to be proven of a block; `None` if nothing can be, or nothing is to be.
pub(crate) fn job(file: &ProblemFile, block: usize) -> Option<Job> {
    if file.is_template(block) {
        return None;
    }
    let mode = if file.program() == Some(block) {
        match file.front.answer.as_ref()? {
            StatedAnswer::Predict { prediction: StatedPrediction::Undefined { .. }, .. } => Mode::Undefined,
            StatedAnswer::Predict { .. } => run_mode(file),
            StatedAnswer::Spot { .. } | StatedAnswer::Choice { .. } => Mode::Compile,
            StatedAnswer::Fill { .. }
            | StatedAnswer::Order { .. }
            | StatedAnswer::Write { .. }
            | StatedAnswer::Discuss { .. } => return None,
        }
    } else {
        match file.blocks[block].claim {
            Claim::Runs | Claim::Panics => run_mode(file),
            Claim::Rejected(_) | Claim::Compiles => Mode::Compile,
            Claim::Undefined => Mode::Undefined,
            Claim::Ignored(_) => return None,
        }
    };
    let block = &file.blocks[block];
    Some(Job { source: block.compiled(), edition: file.edition(block), mode, crates: file.front.crates.clone() })
}

/// How a program of a problem is proven that is to run.
pub(crate) fn run_mode(file: &ProblemFile) -> Mode {
    match file.front.miri {
        Miri::Looks => Mode::Run,
        Miri::Ignored => Mode::RunOnly,
    }
}
