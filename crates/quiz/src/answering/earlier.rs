//! What was handed in before: a learner may look at an answer again, or go on from a program.

use std::collections::BTreeSet;

use crate::answer::Answer;
use crate::attempt::{Attempt, AttemptId, Confidence};
use crate::grading::Mark;
use crate::log::AttemptLog;
use crate::problem::{Problem, Slug};

/// So many answers are listed; older ones stand in the exports.
pub const MOST_ANSWERS: usize = 10;

/// An answer that was given, as a list names it. Further tries of its sitting belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EarlierAnswer {
    /// The first try.
    pub first: AttemptId,
    /// When it was handed in, in ms since 1970.
    pub answered_at_ms: u64,
    /// How it was judged.
    pub mark: Mark,
    /// How sure the learner was, if they said so.
    pub confidence: Option<Confidence>,
    /// Whether it was taken back, or the problem begun anew since.
    pub has_lapsed: bool,
    /// Whether it can be looked at: the problem was not revised since.
    pub can_be_shown: bool,
}

/// Answers of an interview under way, of which nothing is said before its end.
pub type Withheld = BTreeSet<AttemptId>;

/// The answers that were given to a problem, the newest first, [`MOST_ANSWERS`] at most; and how many there are in all.
pub fn earlier_answers(log: &AttemptLog, problem: &Problem, withheld: &Withheld) -> (Vec<EarlierAnswer>, usize) {
    let is_listed =
        |attempt: &&Attempt| attempt.is_first_try() && attempt.slug == problem.slug && !withheld.contains(&attempt.id);
    let given = || log.iter().rev().filter(is_listed);
    let listed = |attempt: &Attempt| EarlierAnswer {
        first: attempt.id,
        answered_at_ms: attempt.answered_at_ms,
        mark: attempt.mark,
        confidence: attempt.confidence,
        has_lapsed: log.has_lapsed(attempt.id),
        can_be_shown: log.last_try(attempt).revision == problem.revision,
    };
    (given().take(MOST_ANSWERS).map(listed).collect(), given().count())
}

/// A learner may go on from so many; older ones stand in the exports.
pub const MOST_EARLIER: usize = 6;

/// A program that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierProgram {
    /// When, in ms since 1970.
    pub answered_at_ms: u64,
    /// How it was judged then.
    pub mark: Mark,
    /// Whether only the learner judged it.
    pub is_self_assessed: bool,
    /// The program.
    pub code: String,
}

/// The programs that were handed in for a problem, the newest first, each once; of a program that was handed in many times the
/// newest, with what was proven of it if anything was. What no longer counts was written all the same.
pub fn earlier_programs(log: &AttemptLog, slug: &Slug, withheld: &Withheld) -> Vec<EarlierProgram> {
    let mut programs: Vec<EarlierProgram> = Vec::new();
    let is_listed = |attempt: &&Attempt| attempt.slug == *slug && !withheld.contains(&attempt.id);
    for Attempt { answered_at_ms, mark, answer, .. } in log.iter().rev().filter(is_listed) {
        let Answer::Write { code, .. } = answer else { continue };
        let is_self_assessed = answer.is_self_assessed();
        let has_room = programs.len() < MOST_EARLIER;
        match programs.iter_mut().find(|known| known.code == *code) {
            Some(known) if known.is_self_assessed && !is_self_assessed => {
                (known.mark, known.is_self_assessed) = (*mark, false);
            }
            Some(_) => {}
            None if has_room => {
                let (answered_at_ms, mark, code) = (*answered_at_ms, *mark, code.clone());
                programs.push(EarlierProgram { answered_at_ms, mark, is_self_assessed, code });
            }
            None => {}
        }
    }
    programs
}
