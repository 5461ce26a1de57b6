//! How well a concept is mastered: whether it was understood, times whether it is still remembered.
//!
//! *Understood* is Bayesian knowledge tracing: Corbett and Anderson, "Knowledge tracing: modeling the acquisition of
//! procedural knowledge" (User Modeling and User-Adapted Interaction 4, 1995), which knows no forgetting. *Remembered* is
//! the mean recall, by FSRS, of the concept's problems that were answered, 0 for those missed the last time. A topic's mastery is the mean over all of its
//! concepts, those that were never met with 0.

use super::calendar::Day;
use super::{Learner, Seen};
use crate::attempt::Confidence;
use crate::catalog::{Catalog, Concept};
use crate::places;
use crate::problem::{Kind, Topic};

/// The probability that a concept is known before its first problem,
const KNOWN_BEFORE: f32 = 0.2;
/// that it is learnt by one problem with its explanation,
const LEARNT: f32 = 0.15;
/// that a problem is missed in spite of it,
const SLIP: f32 = 0.1;
/// and that a stated guess is right without it.
const LUCKY_GUESS: f32 = 0.5;

/// Fewer problems say little about a concept.
const ENOUGH: usize = 2;
/// From here on a concept needs no practice of its own.
const MASTERED: f32 = 0.9;

/// How well a concept is mastered.
#[derive(Clone, Debug, PartialEq)]
pub struct Mastery {
    /// The concept.
    pub concept: String,
    /// Its topic.
    pub topic: Topic,
    /// How many problems ask for it,
    pub problems: usize,
    /// and how many of them were answered.
    pub met: usize,
    /// The mastery on each of the days that were asked for, from 0 to 1.
    pub over_time: Vec<f32>,
}

impl Mastery {
    /// Whether enough was answered to compare it with other concepts: two of its problems, or the only one.
    pub fn is_known(&self) -> bool {
        self.met >= ENOUGH.min(self.problems)
    }

    /// The mastery on the last of the days.
    pub fn now(&self) -> f32 {
        self.over_time.last().copied().unwrap_or(0.0)
    }
}

/// The mastery of every concept that a problem asks for, on each of `days`, which are in their order.
pub fn of_concepts(learner: &Learner<'_>, days: &[Day]) -> Vec<Mastery> {
    let understood = understood(learner, days);
    let of_concept = |(index, (name, concept)): (usize, (&String, &Concept))| {
        let asks =
            |problem: &usize| learner.entry(*problem).kind.is_proven() && learner.concepts[*problem].contains(&index);
        let problems: Vec<usize> = (0..learner.concepts.len()).filter(asks).collect();
        let over_time = days.iter().zip(&understood);
        let over_time = over_time.map(|(day, understood)| understood[index] * remembered(learner, &problems, *day));
        Mastery {
            concept: name.clone(),
            topic: concept.topic.clone(),
            met: problems.iter().filter(|problem| !learner.proven_card(**problem).is_new()).count(),
            problems: problems.len(),
            over_time: over_time.collect(),
        }
    };
    let concepts = learner.catalog.concepts.iter().enumerate();
    concepts.map(of_concept).filter(|mastery| mastery.problems > 0).collect()
}

/// For each day, how probably each concept is understood.
fn understood(learner: &Learner<'_>, days: &[Day]) -> Vec<Vec<f32>> {
    let mut known = vec![KNOWN_BEFORE; learner.catalog.concepts.len()];
    let mut rest = learner.seen.iter().peekable();
    let mut over_time = Vec::new();
    for day in days {
        while let Some(seen) = rest.next_if(|seen| seen.day <= *day) {
            // What only the learner has judged proves nothing.
            if seen.attempt.answer.is_self_assessed() {
                continue;
            }
            let guess = lucky_guess(learner, seen);
            for concept in &learner.concepts[seen.problem] {
                known[*concept] = traced(known[*concept], seen.is_right(), guess);
            }
        }
        over_time.push(known.clone());
    }
    over_time
}

/// What an answer says about what was known, and then what was learnt from it.
fn traced(known: f32, right: bool, guess: f32) -> f32 {
    let (if_known, if_not) = if right { (1.0 - SLIP, guess) } else { (SLIP, 1.0 - guess) };
    let known = known * if_known / (known * if_known + (1.0 - known) * if_not);
    known + (1.0 - known) * LEARNT
}

/// The probability that such a question is answered right by luck.
fn lucky_guess(learner: &Learner<'_>, seen: &Seen<'_>) -> f32 {
    if seen.attempt.confidence == Some(Confidence::Guess) {
        return LUCKY_GUESS;
    }
    match learner.entry(seen.problem).kind {
        Kind::Choice => 0.25,
        Kind::Fill => 0.15,
        Kind::Predict => 0.1,
        Kind::Spot | Kind::Order => 0.05,
        Kind::Write | Kind::Discuss => 0.0,
    }
}

/// The mean recall of those problems that were answered; 0 if none was.
fn remembered(learner: &Learner<'_>, problems: &[usize], day: Day) -> f32 {
    let recalls =
        problems.iter().filter_map(|problem| learner.proven_card(*problem).recall_of_right(learner.scheduler, day));
    mean(recalls)
}

/// The weakest first, and what was never met behind all others.
pub fn weakest_first<'a>(masteries: impl Iterator<Item = &'a Mastery>) -> Vec<&'a Mastery> {
    let mut weakest: Vec<&Mastery> = masteries.collect();
    places::sort_by(&mut weakest, |one, other| {
        (one.met == 0).cmp(&(other.met == 0)).then(one.now().total_cmp(&other.now()))
    });
    weakest
}

/// The concepts that were met and are mastered least, the weakest first; those that are mastered well are left out.
pub fn weakest(learner: &Learner<'_>, count: usize) -> Vec<Mastery> {
    let masteries = of_concepts(learner, &[learner.today]);
    let is_weak = |mastery: &&&Mastery| mastery.met > 0 && mastery.now() < MASTERED;
    weakest_first(masteries.iter()).iter().filter(is_weak).take(count).map(|mastery| Mastery::clone(mastery)).collect()
}

/// The mastery of each topic on each day, in the order of the course.
pub fn of_topics(catalog: &Catalog, masteries: &[Mastery]) -> Vec<(Topic, Vec<f32>)> {
    let has_concepts = |topic: &Topic| masteries.iter().any(|mastery| mastery.topic == *topic);
    let topics = catalog.topics.iter().map(|pack| pack.topic.clone()).filter(has_concepts);
    let over_time = |topic: Topic| {
        let of_topic = || masteries.iter().filter(|mastery| mastery.topic == topic);
        let days = of_topic().map(|mastery| mastery.over_time.len()).max().unwrap_or(0);
        let over_time = (0..days).map(|day| mean(of_topic().map(|mastery| mastery.over_time[day]))).collect();
        (topic, over_time)
    };
    topics.map(over_time).collect()
}

/// The mean of some numbers; 0 of none.
pub(crate) fn mean(numbers: impl Iterator<Item = f32>) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0);
    for number in numbers {
        sum += number;
        count += 1.0;
    }
    if count == 0.0 { 0.0 } else { sum / count }
}
