//! Programs that were handed in before: a learner may go on from one of them.

use crate::answer::Answer;
use crate::attempt::Attempt;
use crate::grading::Mark;
use crate::log::AttemptLog;
use crate::problem::Slug;

/// A learner may go on from so many; older ones stand in the exports.
pub const MOST_EARLIER: usize = 6;

/// A program that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierProgram {
    /// When, in ms since 1970.
    pub answered_at_ms: u64,
    /// How it was judged then.
    pub mark: Mark,
    /// The program.
    pub code: String,
}

/// The programs that were handed in for a problem, the newest first, each once; of a program that was handed in many times the
/// newest. What no longer counts was written all the same.
pub fn earlier_programs(log: &AttemptLog, slug: &Slug) -> Vec<EarlierProgram> {
    let mut programs: Vec<EarlierProgram> = Vec::new();
    for Attempt { answered_at_ms, mark, answer, .. } in log.iter().rev().filter(|attempt| attempt.slug == *slug) {
        let Answer::Write { code, .. } = answer else { continue };
        if programs.iter().all(|known| known.code != *code) {
            programs.push(EarlierProgram { answered_at_ms: *answered_at_ms, mark: *mark, code: code.clone() });
        }
        if programs.len() == MOST_EARLIER {
            break;
        }
    }
    programs
}
