//! What the log says about a learner: memory, ability, mastery, pace.
//!
//! Everything here is derived by replaying the attempts that count; nothing of it is ever stored as truth. A page makes
//! a [`Learner`] of the log when it needs one, and asks it.

pub mod ability;
pub mod activity;
pub mod calendar;
pub mod calibration;
pub mod fitting;
pub mod mastery;
pub mod memory;
pub mod misconceptions;
pub mod pace;
pub mod readiness;
mod seen;

use std::cmp::Reverse;

use crate::attempt::Attempt;
use crate::catalog::{Catalog, Entry};
use crate::log::AttemptLog;
use crate::problem::Slug;

use ability::Ability;
use calendar::{Calendar, Day};
use memory::{Card, Review, Scheduler};

pub use seen::Seen;

/// When it is asked, and by which memory model.
#[derive(Clone, Debug)]
pub struct ReviewContext {
    /// Now, in ms since 1970.
    pub now: u64,
    /// Where the learner's days begin.
    pub calendar: Calendar,
    /// The memory model.
    pub scheduler: Scheduler,
}

/// A learner, as their log shows them on a day.
pub struct Learner<'a> {
    /// The problems there are. What follows goes by their indexes.
    pub catalog: &'a Catalog,
    /// The day it is.
    pub today: Day,
    /// The memory model.
    pub scheduler: &'a Scheduler,
    /// The attempts that count, oldest first: those at problems of the catalog, in their present revision.
    pub seen: Vec<Seen<'a>>,
    /// The day of every attempt that counts, oldest first, whatever became of its problem.
    pub days: Vec<Day>,
    /// For each problem the concepts that it asks for, as indexes into the catalog's in the order of their names.
    pub concepts: Vec<Vec<usize>>,
    /// What is remembered of each problem.
    pub cards: Vec<Card>,
    /// What the learner can be expected to answer right.
    pub ability: Ability,
}

impl<'a> Learner<'a> {
    /// Replays the log.
    pub fn of(catalog: &'a Catalog, log: &'a AttemptLog, context: &'a ReviewContext) -> Learner<'a> {
        let mut seen: Vec<Seen<'a>> = Vec::new();
        let mut reviews: Vec<Vec<Review>> = catalog.problems.iter().map(|_| Vec::new()).collect();
        let mut days = Vec::new();
        let today = context.calendar.day(context.now);
        for attempt in log.first_tries() {
            let Some(day) = context.calendar.counted_day(attempt.answered_at_ms, today) else { continue };
            days.push(day);
            let Some(problem) = catalog.problems.place(&attempt.slug) else { continue };
            if attempt.revision < catalog.problems[problem].revision {
                continue;
            }
            reviews[problem].push(Review { day, rating: memory::rating(attempt) });
            seen.push(Seen { problem, day, attempt });
        }
        let cards: Vec<Card> = reviews.into_iter().map(|reviews| context.scheduler.card(reviews)).collect();
        let ability = Ability::of(catalog, &seen);
        let names: Vec<&String> = catalog.concepts.keys().collect();
        let place = |concept: &String| names.binary_search(&concept).ok();
        let places = |entry: &Entry| entry.concepts.iter().filter_map(place).collect();
        Learner {
            catalog,
            today,
            scheduler: &context.scheduler,
            concepts: catalog.problems.iter().map(places).collect(),
            seen,
            days,
            cards,
            ability,
        }
    }

    /// The problem at an index.
    pub fn entry(&self, problem: usize) -> &'a Entry {
        &self.catalog.problems[problem]
    }

    /// How probably a problem is answered right today: by memory where it was met, by ability where it is new.
    ///
    /// What was missed the last time is no better known than its like.
    pub fn chance(&self, problem: usize) -> f32 {
        let card = &self.cards[problem];
        let by_ability = self.ability.chance(self.entry(problem));
        match card.recall(self.scheduler, self.today) {
            Some(recall) if card.was_right() => recall,
            Some(recall) => recall.min(by_ability),
            None => by_ability,
        }
    }

    /// The last attempt at each problem, as indexes into `seen`.
    pub(crate) fn last_seen(&self) -> Vec<Option<usize>> {
        let mut last = vec![None; self.cards.len()];
        for (index, seen) in self.seen.iter().enumerate() {
            last[seen.problem] = Some(index);
        }
        last
    }
}

/// What is remembered of one problem, in its present revision, without replaying all others.
pub fn card_of(log: &AttemptLog, slug: &Slug, revision: u32, context: &ReviewContext) -> Card {
    let today = context.calendar.day(context.now);
    let own = log.first_tries().filter(|attempt| attempt.slug == *slug && attempt.revision >= revision);
    let review = |attempt: &Attempt| {
        let day = context.calendar.counted_day(attempt.answered_at_ms, today)?;
        Some(Review { day, rating: memory::rating(attempt) })
    };
    context.scheduler.card(own.filter_map(review).collect())
}

/// The problems that are hardest for a learner, among those that were missed, by FSRS' difficulty.
pub fn hardest(learner: &Learner<'_>, count: usize) -> Vec<usize> {
    let hardness = |problem: &usize| (learner.cards[*problem].difficulty().unwrap_or(0.0) * 1000.0) as u64;
    let mut hardest: Vec<usize> =
        (0..learner.cards.len()).filter(|problem| learner.cards[*problem].misses() > 0).collect();
    hardest.sort_by_key(|problem| Reverse(hardness(problem)));
    hardest.truncate(count);
    hardest
}

/// The middle one of some numbers; of an even count the upper one.
pub(crate) fn median(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort();
    numbers.get(numbers.len() / 2).copied()
}

/// A share as a key to sort by.
pub(crate) fn key(share: f32) -> u64 {
    (share.clamp(0.0, 1.0) * 1e6) as u64
}
