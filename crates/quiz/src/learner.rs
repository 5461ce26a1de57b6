//! What the log says about a learner: memory, ability, mastery, pace.
//!
//! Everything here is derived by replaying the attempts that count; nothing of it is ever stored as truth. A [`Replay`]
//! costs time in proportion to the log, so it is kept while the log stays the same; pages ask the [`Learner`] that it shows.

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
use std::collections::BTreeSet;

use crate::attempt::{Attempt, AttemptId};
use crate::catalog::{Catalog, Entry};
use crate::log::{AttemptLog, ProblemStatus};
use crate::places;
use crate::problem::{Level, Slug};
use crate::remarks::Remarks;

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
    /// How many problems that were never met are asked on a day.
    pub new_a_day: usize,
    /// The level at which the learner practises, if it is known: by a placement, or by what they said.
    pub level: Option<Level>,
    /// Answers that say nothing yet, since the interview that they belong to is under way. The problems are not asked meanwhile.
    pub withheld: BTreeSet<AttemptId>,
}

/// What replaying a log gave: all that takes long to find out about a learner.
#[derive(Clone, Debug)]
pub struct Replay {
    today: Day,
    scheduler: Scheduler,
    new_a_day: usize,
    level: Option<Level>,
    /// The problem, the day and the place in the log of each attempt that counts, oldest first.
    seen: Vec<(usize, Day, usize)>,
    days: Vec<Day>,
    concepts: Vec<Vec<usize>>,
    cards: Vec<Card>,
    proven: Vec<(usize, Card)>,
    suspended: Vec<bool>,
    ability: Ability,
}

/// A learner, as their log shows them on a day.
pub struct Learner<'a> {
    /// The problems there are. What follows goes by their indexes.
    pub catalog: &'a Catalog,
    /// The day it is.
    pub today: Day,
    /// The memory model.
    pub scheduler: &'a Scheduler,
    /// How many problems that were never met are asked on a day.
    pub new_a_day: usize,
    /// The level at which the learner practises, if it is known: by a placement, or by what they said.
    pub level: Option<Level>,
    /// The attempts that count, oldest first: those at problems of the catalog, in their present revision, and not withheld.
    pub seen: Vec<Seen<'a>>,
    /// The day of every first try that was not undone, oldest first, whatever became of its problem: a problem begun anew
    /// was practised all the same.
    pub days: &'a [Day],
    /// For each problem the concepts that it asks for, as indexes into the catalog's in the order of their names.
    pub concepts: &'a [Vec<usize>],
    /// What is remembered of each problem: when it comes again.
    pub cards: &'a [Card],
    /// The same by proven answers only, of problems where a learner has judged some themself.
    proven: &'a [(usize, Card)],
    /// Of each problem whether it is not asked: the learner does not want it to be, or has answered it in an interview that is
    /// under way.
    pub suspended: &'a [bool],
    /// What the learner can be expected to answer right.
    pub ability: &'a Ability,
}

impl Replay {
    /// Replays a log.
    pub fn of(catalog: &Catalog, log: &AttemptLog, context: &ReviewContext) -> Replay {
        let (mut seen, mut marks) = (Vec::new(), Vec::new());
        let mut reviews: Vec<Vec<Review>> = catalog.problems.iter().map(|_| Vec::new()).collect();
        let mut days = Vec::new();
        let (mut suspended, mut self_assessed) = (suspended(catalog, log), vec![false; catalog.problems.len()]);
        let today = context.calendar.day(context.now);
        for (place, attempt) in log.places_of_given() {
            let Some(day) = context.calendar.counted_day(attempt.answered_at_ms, today) else { continue };
            days.push(day);
            if log.is_reset(attempt) {
                continue;
            }
            let Some(problem) = catalog.problems.place(&attempt.slug) else { continue };
            if attempt.revision < catalog.problems[problem].revision {
                continue;
            }
            if context.withheld.contains(&attempt.id) {
                suspended[problem] = true;
                continue;
            }
            reviews[problem].push(Review { day, rating: memory::rating(attempt) });
            seen.push((problem, day, place));
            match attempt.answer.is_self_assessed() {
                true => self_assessed[problem] = true,
                false => marks.push((problem, attempt.mark)),
            }
        }
        // A clock may have been wrong in between.
        if !days.is_sorted() {
            places::sort_by(&mut days, Ord::cmp);
        }
        let mut proven: Vec<(usize, Vec<Review>)> = Vec::new();
        proven.extend(
            (0..self_assessed.len()).filter(|problem| self_assessed[*problem]).map(|problem| (problem, Vec::new())),
        );
        for (of, day, place) in seen.iter().filter(|(problem, ..)| self_assessed[*problem]) {
            let attempt = log.at(*place).filter(|attempt| !attempt.answer.is_self_assessed());
            let own = proven.binary_search_by_key(of, |(problem, _)| *problem);
            if let (Some(attempt), Ok(own)) = (attempt, own) {
                proven[own].1.push(Review { day: *day, rating: memory::rating(attempt) });
            }
        }
        let proven = proven.into_iter().map(|(problem, reviews)| (problem, context.scheduler.card(reviews))).collect();
        let cards: Vec<Card> = reviews.into_iter().map(|reviews| context.scheduler.card(reviews)).collect();
        let ability = Ability::of(catalog, marks);
        let names: Vec<&String> = catalog.concepts.keys().collect();
        let place = |concept: &String| names.binary_search(&concept).ok();
        let places = |entry: &Entry| entry.concepts.iter().filter_map(place).collect();
        Replay {
            today,
            scheduler: context.scheduler.clone(),
            new_a_day: context.new_a_day,
            level: context.level,
            concepts: catalog.problems.iter().map(places).collect(),
            suspended,
            seen,
            days,
            cards,
            proven,
            ability,
        }
    }

    /// The day it was made for.
    pub fn today(&self) -> Day {
        self.today
    }

    /// The learner that it shows, by the very catalog and log that it was made of.
    pub fn learner<'a>(&'a self, catalog: &'a Catalog, log: &'a AttemptLog) -> Learner<'a> {
        let seen = |(problem, day, place): &(usize, Day, usize)| {
            Some(Seen { problem: *problem, day: *day, attempt: log.at(*place)? })
        };
        Learner {
            catalog,
            today: self.today,
            scheduler: &self.scheduler,
            new_a_day: self.new_a_day,
            level: self.level,
            seen: self.seen.iter().filter_map(seen).collect(),
            days: &self.days,
            concepts: &self.concepts,
            cards: &self.cards,
            proven: &self.proven,
            suspended: &self.suspended,
            ability: &self.ability,
        }
    }
}

impl<'a> Learner<'a> {
    /// The problem at an index.
    pub fn entry(&self, problem: usize) -> &'a Entry {
        &self.catalog.problems[problem]
    }

    /// What is remembered of a problem, as far as it was proven.
    pub fn proven_card(&self, problem: usize) -> &'a Card {
        self.proven.iter().find(|(of, _)| *of == problem).map_or(&self.cards[problem], |(_, card)| card)
    }

    /// How probably a problem is answered right today: by memory where it was met, by ability where it is new.
    ///
    /// What was missed the last time is no better known than its like.
    pub fn chance(&self, problem: usize) -> f32 {
        let card = self.proven_card(problem);
        let by_ability = self.ability.chance(self.entry(problem));
        match card.recall(self.scheduler, self.today) {
            Some(recall) if card.was_right() => recall,
            Some(recall) => recall.min(by_ability),
            None => by_ability,
        }
    }

    /// Where the learner stands with each problem.
    pub fn standings(&self) -> Vec<ProblemStatus> {
        let mut standings = vec![ProblemStatus::New; self.cards.len()];
        for seen in &self.seen {
            standings[seen.problem] = ProblemStatus::from(seen.attempt.mark);
        }
        standings
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

/// Of each problem of the catalog whether it is suspended.
fn suspended(catalog: &Catalog, log: &AttemptLog) -> Vec<bool> {
    let mut suspended = vec![false; catalog.problems.len()];
    for slug in Remarks::of(log).suspended() {
        if let Some(problem) = catalog.problems.place(slug) {
            suspended[problem] = true;
        }
    }
    suspended
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

/// So many answers to a problem say whether it is hard for a learner. Who has missed it once may not have met it before.
pub const ANSWERS_THAT_TELL: usize = 2;

/// The problems that are hardest for a learner, among those that were missed, by FSRS' difficulty; those with too few answers to tell
/// come behind the others, and those that were right at last come last.
pub fn hardest(learner: &Learner<'_>, count: usize) -> Vec<usize> {
    let hardness = |problem: &usize| {
        let card = learner.proven_card(*problem);
        (!card.was_right(), card.reviews.len() >= ANSWERS_THAT_TELL, (card.difficulty().unwrap_or(0.0) * 1000.0) as u64)
    };
    let is_missed =
        |problem: &usize| learner.proven_card(*problem).misses() > 0 && learner.entry(*problem).kind.is_proven();
    let mut hardest: Vec<usize> = (0..learner.cards.len()).filter(|problem| is_missed(problem)).collect();
    places::sort_by_key(&mut hardest, |problem| Reverse(hardness(problem)));
    hardest.truncate(count);
    hardest
}

/// The middle one of some numbers; of an even count the upper one.
pub(crate) fn median(mut numbers: Vec<u64>) -> Option<u64> {
    places::sort_by(&mut numbers, u64::cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// A share as a key to sort by.
pub(crate) fn key(share: f32) -> u64 {
    (share.clamp(0.0, 1.0) * 1e6) as u64
}
