//! Placement: a few short questions that find out where a learner stands.
//!
//! An adaptive test by the Rasch model: what is asked next is what tells most about the learner's ability, a problem that
//! they would answer right about every other time (Lord, "Applications of Item Response Theory to Practical Testing Problems",
//! 1980, chapter 10), each from a topic that was asked least. Answers are answers like all others: the log has them, and the
//! ability is estimated from the log.

use serde::Serialize;

use crate::attempt::AttemptId;
use crate::grading::Mark;
use crate::json::read_struct;
use crate::learner::Learner;
use crate::log::AttemptLog;
use crate::problem::{Level, Slug, Topic};
use crate::shuffle::Shuffle;

/// So many questions make a placement.
pub const QUESTIONS: usize = 10;
/// None of them should take longer, in minutes.
pub const MINUTES: u32 = 2;
/// Fewer answers say nothing about a level.
const ENOUGH: usize = 3;

/// How far a placement is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Placement {
    /// What was asked, in order; the last one is asked now, as long as it has no attempt.
    pub asked: Vec<Asked>,
    /// Whether it is over: all was asked, or the learner has ended it.
    pub is_ended: bool,
}

/// A question of a placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The problem.
    pub slug: Slug,
    /// The answer, once the learner has gone on from it.
    pub attempt: Option<AttemptId>,
}

/// What came of a placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The level to practise at; none after too few answers.
    pub level: Option<Level>,
    /// How many questions were answered.
    pub answered: usize,
    /// How many of them were right in all parts.
    pub right: usize,
    /// The topics of which a question was missed, in the order in which they were asked: what to begin with.
    pub missed: Vec<Topic>,
}

impl Placement {
    /// The problem that is asked now; none at the end.
    pub fn current(&self) -> Option<&Slug> {
        let last = self.asked.last().filter(|asked| asked.attempt.is_none() && !self.is_ended)?;
        Some(&last.slug)
    }

    /// With a question more, if there is one; else it is at its end.
    pub fn with_next(mut self, next: Option<Slug>) -> Placement {
        match next {
            Some(slug) => self.asked.push(Asked { slug, attempt: None }),
            None => self.is_ended = true,
        }
        self
    }

    /// Takes in the answer to the current question, and asks the next one if there is one: without either it is over.
    pub fn advance(&mut self, attempt: Option<AttemptId>, next: Option<Slug>) {
        if let Some(last) = self.asked.last_mut() {
            last.attempt = attempt;
        }
        let next = next.filter(|_| attempt.is_some() && self.asked.len() < QUESTIONS);
        *self = std::mem::take(self).with_next(next);
    }

    /// What came of it.
    pub fn result(&self, learner: &Learner<'_>, log: &AttemptLog) -> Placed {
        let marks = self.asked.iter().filter_map(|asked| {
            let attempt = log.attempt(asked.attempt?).filter(|attempt| !log.has_lapsed(attempt.id))?;
            Some((learner.catalog.entry(&asked.slug)?, attempt.mark))
        });
        let (mut answered, mut right, mut missed) = (0, 0, Vec::new());
        for (entry, mark) in marks {
            answered += 1;
            match mark {
                Mark::Right => right += 1,
                Mark::Partly | Mark::Wrong if missed.contains(&entry.topic) => {}
                Mark::Partly | Mark::Wrong => missed.push(entry.topic.clone()),
            }
        }
        Placed { level: (answered >= ENOUGH).then(|| learner.ability.level()), answered, right, missed }
    }
}

/// What to ask next. None when all was asked, or when nothing short is left.
pub fn next(learner: &Learner<'_>, placement: &Placement, seed: u64) -> Option<Slug> {
    if placement.asked.len() >= QUESTIONS {
        return None;
    }
    let was_asked = |slug: &Slug| placement.asked.iter().any(|asked| asked.slug == *slug);
    let asked_of = |topic: &Topic| {
        let topics = placement.asked.iter().filter_map(|asked| learner.catalog.entry(&asked.slug));
        topics.filter(|entry| entry.topic == *topic).count()
    };
    let lot = Shuffle::new(seed).order(learner.cards.len());
    let fits = |problem: &usize| {
        let entry = learner.entry(*problem);
        entry.minutes <= MINUTES && !learner.suspended[*problem] && !was_asked(&entry.slug)
    };
    let how_little_it_tells = |problem: &usize| {
        let entry = learner.entry(*problem);
        let off_even = ((learner.ability.chance(entry) - 0.5).abs() * 1000.0) as u32;
        (!learner.cards[*problem].is_new(), asked_of(&entry.topic), off_even, lot[*problem])
    };
    let best = (0..learner.cards.len()).filter(fits).min_by_key(how_little_it_tells)?;
    Some(learner.entry(best).slug.clone())
}

read_struct!(Asked { slug, attempt });
read_struct!(Placement { asked, is_ended });
