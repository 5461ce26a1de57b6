//! Placement: a few short questions that find out where a learner stands.
//!
//! An adaptive test by the Rasch model: what is asked next is what tells most about the learner's ability, a problem that
//! they would answer right about every other time (Lord, "Applications of Item Response Theory to Practical Testing Problems",
//! 1980, chapter 10), each from a topic that was asked least. Answers are answers like all others: the log has them, and the
//! ability is estimated from the log.

use serde::Serialize;

use crate::attempt::{Attempt, AttemptId, Confidence};
use crate::grading::Mark;
use crate::json::read_struct;
use crate::learner::Learner;
use crate::log::AttemptLog;
use crate::practice::{self, Filter};
use crate::problem::{Level, Slug, Topic};
use crate::shuffle::Shuffle;

/// So many questions make a placement.
pub const QUESTIONS: usize = 10;
/// None of them should take longer, in minutes, at a level: hard questions are not asked shortly.
pub fn most_minutes(level: Level) -> u32 {
    match level {
        Level::Junior | Level::Mid => 3,
        Level::Senior | Level::Staff => 4,
    }
}

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

/// An answer of a placement, and how it was graded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedAnswer {
    /// The problem.
    pub slug: Slug,
    /// The problem's level.
    pub level: Level,
    /// The answer.
    pub attempt: AttemptId,
    /// How it was graded.
    pub mark: Mark,
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
    /// Each answer that counts.
    pub marks: Vec<MarkedAnswer>,
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
        let given = self.asked.iter().filter_map(|asked| {
            let attempt = log.attempt(asked.attempt?).filter(|attempt| !log.has_lapsed(attempt.id))?;
            Some((learner.catalog.entry(&asked.slug)?, attempt))
        });
        let (mut right, mut missed, mut marks) = (0, Vec::new(), Vec::new());
        let mut known = Vec::new();
        for (entry, &Attempt { id, mark, confidence, .. }) in given {
            marks.push(MarkedAnswer { slug: entry.slug.clone(), level: entry.level, attempt: id, mark });
            // Who guesses right may know half of it.
            let is_guess = confidence == Some(Confidence::Guess) && mark == Mark::Right;
            known.push((entry.level, if is_guess { Mark::Partly } else { mark }));
            match mark {
                Mark::Right => right += 1,
                Mark::Partly | Mark::Wrong if missed.contains(&entry.topic) => {}
                Mark::Partly | Mark::Wrong => missed.push(entry.topic.clone()),
            }
        }
        let answered = marks.len();
        Placed { level: (answered >= ENOUGH).then(|| level(&known)), answered, right, marks, missed }
    }
}

/// The highest level whose problems would be answered right more often than not, by the answers of a placement alone: the mode of
/// the posterior of the Rasch model, with most people at *mid* (Swaminathan and Gifford, "Bayesian estimation in the Rasch
/// model", Journal of Educational Statistics 7, 1982).
///
/// A level is given only to who was asked at it, or above, and was right there at least every other time; *junior* to everybody.
fn level(marks: &[(Level, Mark)]) -> Level {
    let difficulty = |level: Level| level as u32 as f32 - Level::Mid as u32 as f32;
    // Ten factors at most.
    let posterior = |ability: f32| {
        let of_answer = |(level, mark): &(Level, Mark)| {
            let right = 1.0 / (1.0 + (difficulty(*level) - ability).exp());
            match mark {
                Mark::Right => right,
                Mark::Partly => (right * (1.0 - right)).sqrt(),
                Mark::Wrong => 1.0 - right,
            }
        };
        marks.iter().map(of_answer).product::<f32>() * (-ability * ability / (2.0 * SPREAD * SPREAD)).exp()
    };
    // A grid is fine enough for four levels.
    let abilities = (-40_i16..=60).map(|step| f32::from(step) / 20.0);
    let best = abilities.max_by(|a, b| posterior(*a).total_cmp(&posterior(*b))).unwrap_or(0.0);
    let is_reached = |level: &Level| best - difficulty(*level) >= CLEARLY;
    let is_shown = |level: &Level| {
        let there = marks.iter().filter(|(asked, _)| asked >= level);
        let (right, all) =
            there.fold((0, 0), |(right, all), (_, mark)| (right + usize::from(*mark == Mark::Right), all + 1));
        *level == Level::Junior || all > 0 && right * 2 >= all
    };
    Level::ALL.into_iter().filter(is_shown).rev().find(is_reached).unwrap_or(Level::Junior)
}

/// How far an ability has to be above a level, in logits: problems of the level are then answered right eleven times of twenty. Who
/// is right every other time there is better off one level below.
const CLEARLY: f32 = 0.2;

/// How far abilities are spread over the levels, as a standard deviation in levels.
const SPREAD: f32 = 1.2;

/// So many questions at the beginning are from the first half of the course: nobody shall meet Rust by its rarest parts.
const FIRST: usize = 3;

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
        let is_short = entry.minutes <= most_minutes(entry.level) && !entry.kind.is_by_choice();
        is_short && !learner.suspended[*problem] && !was_asked(&entry.slug)
    };
    let how_little_it_tells = |problem: &usize| {
        let entry = learner.entry(*problem);
        let off_even = ((learner.ability.chance(entry) - 0.5).abs() * 1000.0) as u32;
        let topics = &learner.catalog.topics;
        let place = topics.iter().position(|pack| pack.topic == entry.topic).unwrap_or(topics.len());
        let is_late = placement.asked.len() < FIRST && place >= topics.len().div_ceil(2);
        (!learner.cards[*problem].is_new(), is_late, asked_of(&entry.topic), off_even, lot[*problem])
    };
    let best = (0..learner.cards.len()).filter(fits).min_by_key(how_little_it_tells)?;
    Some(learner.entry(best).slug.clone())
}

/// What the first session after a placement asks: as many questions as today has, of the topics that were `missed`, by turns, or of all
/// topics if none was.
pub fn first_queue(learner: &Learner<'_>, missed: &[Topic]) -> Vec<Slug> {
    let seed = practice::seed_of(learner.today);
    let of_today = practice::todays_queue(learner, seed);
    let of_topic =
        |topic: &Topic| practice::queue(learner, &Filter { topic: Some(topic.clone()), ..Filter::default() }, seed);
    let mut by_topic: Vec<_> = missed.iter().map(|topic| of_topic(topic).into_iter()).collect();
    let mut queue = Vec::new();
    while queue.len() < of_today.len() {
        let before = queue.len();
        queue.extend(by_topic.iter_mut().filter_map(Iterator::next));
        if queue.len() == before {
            break;
        }
    }
    queue.truncate(of_today.len());
    if queue.is_empty() { of_today } else { queue }
}

read_struct!(Asked { slug, attempt });
read_struct!(Placement { asked, is_ended });
