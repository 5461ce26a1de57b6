//! How an interview at a level would go today: the share of its problems that would be answered right.
//!
//! The expected score over all problems of the level: by FSRS' recall for those that were met, by the Rasch model for
//! the others ([`Learner::chance`]). Questions that nobody but their learner can judge are left out.

use super::Learner;
use super::mastery::mean;
use crate::problem::Level;

/// So many problems of a level must have been met to say something, or half of it.
const ENOUGH: usize = 10;

/// How an interview at a level would go.
#[derive(Clone, Debug, PartialEq)]
pub struct Readiness {
    /// The level.
    pub level: Level,
    /// The expected share of right answers, from 0 to 1.
    pub share: f32,
    /// How many problems the level has,
    pub problems: usize,
    /// and how many of them were answered.
    pub met: usize,
}

impl Readiness {
    /// Whether enough was met to say something.
    pub fn is_known(&self) -> bool {
        self.met >= ENOUGH.min(self.problems.div_ceil(2))
    }
}

/// The readiness for each level that has problems, easiest first.
pub fn by_level(learner: &Learner<'_>) -> Vec<Readiness> {
    let of_level = |level| {
        let is_of_level = |problem: &usize| {
            let entry = learner.entry(*problem);
            entry.level == level && entry.kind.is_proven()
        };
        let problems: Vec<usize> = (0..learner.cards.len()).filter(is_of_level).collect();
        Readiness {
            level,
            share: mean(problems.iter().map(|problem| learner.chance(*problem))),
            met: problems.iter().filter(|problem| !learner.proven_card(**problem).is_new()).count(),
            problems: problems.len(),
        }
    };
    Level::ALL.into_iter().map(of_level).filter(|readiness| readiness.problems > 0).collect()
}
