//! Wrong beliefs that a learner's answers show.

use std::cmp::Reverse;

use serde::Serialize;

use super::{Learner, Seen};
use crate::answer::Answer;
use crate::attempt::Confidence;
use crate::json::read_struct;
use crate::places;
use crate::problem::Slug;

/// So many answers in a row that avoid a belief show that it is given up.
const GIVEN_UP: usize = 2;
/// So many answers show that a belief is held.
const SHOWN: usize = 2;

/// Which wrong options and choices stand for which beliefs: a file of its own, since only a look at one's progress needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Beliefs {
    /// The beliefs that options or choices stand for.
    pub beliefs: Vec<Belief>,
    /// The problems of which any do.
    pub problems: Vec<Exposed>,
}

/// A wrong belief.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Belief {
    /// The belief in the learner's own words.
    pub belief: String,
    /// The truth in a sentence.
    pub truth: String,
    /// The concept that it is about.
    pub concept: String,
}

/// A problem of which what can be chosen stands for beliefs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exposed {
    /// The problem.
    pub slug: Slug,
    /// For each slot of a `fill` what each of its choices stands for, by the index of the belief, in the author's order. The
    /// options of a `choice` are as one slot.
    pub choices: Vec<Vec<Option<usize>>>,
}

read_struct!(Beliefs { beliefs, problems });
read_struct!(Belief { belief, truth, concept });
read_struct!(Exposed { slug, choices });

/// A belief that a learner seems to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The belief.
    pub belief: Belief,
    /// How many answers showed it since it was last given up.
    pub times: usize,
}

/// The beliefs that a learner holds, those shown most often first.
///
/// An answer shows a belief if it chose an option that stands for it, or filled a slot so. A belief is held that was shown twice, or once by a
/// learner who was certain: once may be a slip. It is given up when the last two answers to problems that offer it have
/// avoided it.
pub fn held(learner: &Learner<'_>, beliefs: &Beliefs) -> Vec<Held> {
    let mut exposed: Vec<Option<&Exposed>> = vec![None; learner.catalog.problems.len()];
    for problem in &beliefs.problems {
        if let Some(place) = learner.catalog.problems.place(&problem.slug) {
            exposed[place] = Some(problem);
        }
    }
    let mut tallies: Vec<Tally> = beliefs.beliefs.iter().map(|_| Tally::default()).collect();
    for seen in &learner.seen {
        if let Some(exposed) = exposed[seen.problem] {
            tell(&mut tallies, exposed, seen);
        }
    }
    let held = beliefs.beliefs.iter().zip(tallies).filter(|(_, tally)| tally.is_held());
    let mut held: Vec<Held> = held.map(|(belief, tally)| Held { belief: belief.clone(), times: tally.times }).collect();
    places::sort_by_key(&mut held, |held| Reverse(held.times));
    held
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    times: usize,
    certain: usize,
    avoided: usize,
}

impl Tally {
    fn is_held(&self) -> bool {
        self.times >= SHOWN || self.certain > 0
    }
}

fn tell(tallies: &mut [Tally], exposed: &Exposed, seen: &Seen<'_>) {
    let stands_for = |(slot, choice): (usize, &usize)| exposed.choices.get(slot)?.get(*choice).copied().flatten();
    let shown: Vec<usize> = match &seen.attempt.answer {
        Answer::Choice { chosen } => chosen.iter().map(|option| (0, option)).filter_map(stands_for).collect(),
        Answer::Fill { picks } => picks.iter().enumerate().filter_map(stands_for).collect(),
        Answer::Predict(_)
        | Answer::Spot { .. }
        | Answer::Order { .. }
        | Answer::Write { .. }
        | Answer::Discuss { .. }
        | Answer::Unknown => return,
    };
    for belief in places::set(exposed.choices.iter().flatten().copied().flatten()) {
        let Some(tally) = tallies.get_mut(belief) else { continue };
        if shown.contains(&belief) {
            let certain = usize::from(seen.attempt.confidence == Some(Confidence::Certain));
            *tally = Tally { times: tally.times + 1, certain: tally.certain + certain, avoided: 0 };
        } else {
            tally.avoided += 1;
            if tally.avoided >= GIVEN_UP {
                *tally = Tally::default();
            }
        }
    }
}
