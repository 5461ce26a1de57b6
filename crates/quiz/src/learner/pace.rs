//! Speed against the time that a problem should need.

use super::{Learner, Seen, median};
use crate::answer::Answer;
use crate::catalog::Entry;

/// What comes after so many answers is how fast a learner is now.
const RECENT: usize = 50;
/// Fewer answers say nothing about how fast a learner is.
pub const ENOUGH: usize = 10;

/// Where one bar of [`Pace::bars`] ends and the next begins, as a multiple of the time that a problem should need.
pub const BOUNDS: [f32; 4] = [0.5, 1.0, 1.5, 2.0];

/// Speed against the time that problems should need.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    /// How many answers took up to half, once, one and a half times, twice the time, and longer.
    pub bars: [usize; 5],
    /// How many of each were right.
    pub right: [usize; 5],
    /// The median of the latest answers, as a multiple. `None` if there are none.
    pub median: Option<f32>,
}

/// How long an answer took, as a multiple of what its problem should need.
fn multiple(learner: &Learner<'_>, seen: &Seen<'_>) -> f32 {
    let should = learner.entry(seen.problem).minutes.max(1) as f32 * 60_000.0;
    seen.attempt.elapsed_ms as f32 / should
}

/// The answers whose time says something: what only the learner judges takes the time that it is given, and who does not know gives
/// none.
fn timed<'a>(learner: &'a Learner<'_>) -> impl DoubleEndedIterator<Item = &'a Seen<'a>> {
    let is_timed = |seen: &&Seen<'_>| {
        let answer = &seen.attempt.answer;
        learner.entry(seen.problem).kind.is_proven() && !answer.is_self_assessed() && *answer != Answer::Unknown
    };
    learner.seen.iter().filter(is_timed)
}

/// The pace over all answers.
pub fn pace(learner: &Learner<'_>) -> Pace {
    let mut pace = Pace { bars: [0; 5], right: [0; 5], median: None };
    for seen in timed(learner) {
        let multiple = multiple(learner, seen);
        let bar = BOUNDS.iter().filter(|bound| multiple > **bound).count();
        pace.bars[bar] += 1;
        pace.right[bar] += usize::from(seen.is_right());
    }
    let recent = timed(learner).rev().take(RECENT);
    let thousandths = recent.map(|seen| (multiple(learner, seen) * 1000.0) as u64).collect();
    pace.median = median(thousandths).map(|thousandths| thousandths as f32 / 1000.0);
    pace
}

/// The learner's usual multiple of the time that problems should need, for plans: 1 until something is known, and never
/// so small that a plan promises miracles.
pub fn usual(learner: &Learner<'_>) -> f32 {
    if timed(learner).count() < ENOUGH {
        return 1.0;
    }
    pace(learner).median.unwrap_or(1.0).clamp(0.3, 1.5)
}

/// The minutes that a problem should take at a [usual](usual) pace. Who is quick at short questions does not write a program in a third
/// of its time.
pub fn minutes(usual: f32, entry: &Entry) -> f32 {
    entry.minutes as f32 * if entry.kind.is_by_choice() { usual.max(1.0) } else { usual }
}
