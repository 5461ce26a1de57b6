//! What is remembered of a problem, and when it should come again.
//!
//! FSRS-6 by its official crate. A problem's memory state is what comes of replaying its attempts; it is never stored.

use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, MemoryState};

use super::calendar::Day;
use crate::attempt::{Attempt, Confidence};
use crate::grading::Mark;

/// How many parameters the model has.
pub const PARAMETERS: usize = 21;

/// The share of due problems that a learner wants to know, and its bounds.
pub const RETENTION: f32 = 0.9;
/// The least that may be asked for.
pub const LEAST_RETENTION: f32 = 0.8;
/// The most that may be asked for.
pub const MOST_RETENTION: f32 = 0.97;

/// What the memory model is told of an answer. The names are those of FSRS and of Anki's buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// It was not right.
    Again = 1,
    /// It was right, with trouble.
    Hard = 2,
    /// It was right.
    Good = 3,
    /// It was right, without thinking.
    Easy = 4,
}

impl Rating {
    /// The number that FSRS knows it by, from 1 for *again* to 4 for *easy*.
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The rating of this [number](Rating::number).
    pub fn from_number(number: u32) -> Option<Rating> {
        [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy].into_iter().find(|rating| rating.number() == number)
    }
}

/// One answer, as the memory model sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review {
    /// The day.
    pub day: Day,
    /// How well it went.
    pub rating: Rating,
}

/// How the memory model is told of an attempt: what was not right in all its parts is *again*; right answers are *hard*,
/// *good* or *easy* by the stated confidence, and no better than *hard* with a hint.
pub fn rating(attempt: &Attempt) -> Rating {
    if attempt.mark != Mark::Right {
        return Rating::Again;
    }
    match attempt.confidence {
        _ if attempt.hints > 0 => Rating::Hard,
        Some(Confidence::Guess) => Rating::Hard,
        Some(Confidence::FairlySure) | None => Rating::Good,
        Some(Confidence::Certain) => Rating::Easy,
    }
}

/// The memory model with a learner's parameters.
#[derive(Clone, Debug)]
pub struct Scheduler {
    model: FSRS,
    /// The exponent of the forgetting curve.
    decay: f32,
    retention: f32,
}

impl Scheduler {
    /// A model with these parameters, or with the default ones if they are none. `retention` is how probably a problem
    /// should still be known when it comes again.
    pub fn new(parameters: &[f32], retention: f32) -> Scheduler {
        let own = Some(parameters).filter(|own| own.len() == PARAMETERS && own.iter().all(|value| value.is_finite()));
        let (model, parameters) = match own.and_then(|own| Some((FSRS::new(own).ok()?, own))) {
            Some(found) => found,
            None => (FSRS::default(), &DEFAULT_PARAMETERS[..]),
        };
        let decay = parameters[PARAMETERS - 1];
        Scheduler { model, decay, retention: retention.clamp(LEAST_RETENTION, MOST_RETENTION) }
    }

    /// Replays the answers to a problem, oldest first. A day that goes back, as after a clock was set back, is taken for the
    /// one before.
    pub fn card(&self, mut reviews: Vec<Review>) -> Card {
        let mut latest = 0;
        for review in &mut reviews {
            latest = review.day.max(latest);
            review.day = latest;
        }
        let mut last = None;
        let of_model = reviews.iter().map(|review| {
            let delta_t = review.day - last.replace(review.day).unwrap_or(review.day);
            FSRSReview { rating: review.rating.number(), delta_t }
        });
        let item = FSRSItem { reviews: of_model.collect() };
        let states = self.model.historical_memory_states(item, None).unwrap_or_default();
        let due = reviews
            .last()
            .zip(states.last())
            .map(|(review, state)| review.day.saturating_add(self.interval(state.stability)));
        Card { reviews, states, due }
    }

    /// After how many days a memory of this stability should be tested: at least one, for an answer that was just read
    /// says nothing about memory.
    pub fn interval(&self, stability: f32) -> u32 {
        let days = self.model.next_interval(Some(stability), self.retention, Rating::Good.number());
        days.round().clamp(1.0, 36_500.0) as u32
    }

    fn recall(&self, state: MemoryState, days: Day) -> f32 {
        fsrs::current_retrievability(state, days as f32, self.decay)
    }
}

/// What is remembered of a problem.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// The answers that count, oldest first.
    pub reviews: Vec<Review>,
    /// The memory state after each of them.
    states: Vec<MemoryState>,
    /// The day on which it should come again.
    pub due: Option<Day>,
}

impl Card {
    /// Whether it was never answered.
    pub fn is_new(&self) -> bool {
        self.reviews.is_empty()
    }

    /// Whether the last answer was right.
    pub fn was_right(&self) -> bool {
        self.reviews.last().is_some_and(|review| review.rating > Rating::Again)
    }

    /// The day of the last answer.
    pub fn last(&self) -> Option<Day> {
        self.reviews.last().map(|review| review.day)
    }

    /// How many of the answers were not right.
    pub fn misses(&self) -> usize {
        self.reviews.iter().filter(|review| review.rating == Rating::Again).count()
    }

    /// How hard the model holds it for this learner, from 1 to 10.
    pub fn difficulty(&self) -> Option<f32> {
        self.states.last().map(|state| state.difficulty)
    }

    /// For how many days it is remembered with a probability of nine tenths.
    pub fn stability(&self) -> Option<f32> {
        self.states.last().map(|state| state.stability)
    }

    /// How probably it is remembered on a day, by the answers given until then. `None` if there were none.
    pub fn recall(&self, scheduler: &Scheduler, day: Day) -> Option<f32> {
        let known = self.reviews.partition_point(|review| review.day <= day).checked_sub(1)?;
        Some(scheduler.recall(*self.states.get(known)?, day - self.reviews[known].day))
    }

    /// The same for what was answered right the last time; what was missed has been read since, but not recalled: 0.
    pub fn recall_of_right(&self, scheduler: &Scheduler, day: Day) -> Option<f32> {
        let known = self.reviews.partition_point(|review| review.day <= day).checked_sub(1)?;
        if self.reviews[known].rating == Rating::Again { Some(0.0) } else { self.recall(scheduler, day) }
    }
}
