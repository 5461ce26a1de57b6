//! What a learner can be expected to answer right without having met it.
//!
//! The Rasch model, estimated answer by answer like a chess rating: Pelánek, "Applications of the Elo rating system in
//! adaptive educational systems" (Computers & Education 98, 2016). Only the first answer to each problem counts; later
//! ones are a matter of memory. The problems' difficulties are given by their levels, since no learner's answers leave
//! their device.

use crate::catalog::{Catalog, Entry};
use crate::grading::Mark;
use crate::problem::Level;

/// How fast the estimate moves at first, in logits,
const STEP: f32 = 0.8;
/// how much of that goes into the topic's own part,
const STEP_OF_TOPIC: f32 = 0.4;
/// and how fast the steps shrink with the number of answers. Pelánek, section 3.2.
const SLOWDOWN: f32 = 0.05;

/// An estimate of ability, in logits: 0 answers half of the problems for [`Level::Mid`] right.
#[derive(Clone, Debug, Default)]
pub struct Ability {
    overall: Estimate,
    /// What a topic adds, in the order of the catalog's topics.
    topics: Vec<Estimate>,
    /// The name of each topic.
    names: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Estimate {
    logits: f32,
    answers: f32,
}

impl Estimate {
    fn learn(&mut self, step: f32, surprise: f32) {
        self.logits += step / (1.0 + SLOWDOWN * self.answers) * surprise;
        self.answers += 1.0;
    }
}

impl Ability {
    /// By the mark of each answer that counts at a problem, oldest first.
    pub(crate) fn of(catalog: &Catalog, marks: impl IntoIterator<Item = (usize, Mark)>) -> Ability {
        let names: Vec<String> = catalog.topics.iter().map(|pack| pack.topic.0.clone()).collect();
        let topics = names.iter().map(|_| Estimate::default()).collect();
        let mut ability = Ability { overall: Estimate::default(), topics, names };
        let mut is_met = vec![false; catalog.problems.len()];
        for (problem, mark) in marks {
            if !std::mem::replace(&mut is_met[problem], true) {
                ability.learn(&catalog.problems[problem], mark);
            }
        }
        ability
    }

    fn learn(&mut self, entry: &Entry, mark: Mark) {
        let outcome = match mark {
            Mark::Right => 1.0,
            Mark::Partly => 0.5,
            Mark::Wrong => 0.0,
        };
        let surprise = outcome - self.chance(entry);
        self.overall.learn(STEP, surprise);
        if let Some(topic) = self.topic(entry) {
            self.topics[topic].learn(STEP_OF_TOPIC, surprise);
        }
    }

    fn topic(&self, entry: &Entry) -> Option<usize> {
        self.names.iter().position(|name| *name == entry.topic.0)
    }

    /// How probably a problem that was never met is answered right.
    pub fn chance(&self, entry: &Entry) -> f32 {
        let of_topic = self.topic(entry).map_or(0.0, |topic| self.topics[topic].logits);
        logistic(self.overall.logits + of_topic - difficulty(entry.level))
    }
}

/// The difficulty of a level, in logits.
fn difficulty(level: Level) -> f32 {
    level as u32 as f32 - 1.0
}

fn logistic(logits: f32) -> f32 {
    1.0 / (1.0 + (-logits).exp())
}
