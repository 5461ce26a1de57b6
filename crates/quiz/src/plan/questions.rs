//! Which problems a task asks, in the minutes that it has.

use super::task::{Planned, Task};
use crate::learner::{Learner, key, pace};
use crate::places;
use crate::practice::{self, seed_of};
use crate::problem::Slug;
use crate::session::SESSION_LENGTH;

/// The problems to begin with for a task: those of its queue that fit into its minutes, or the first one if none does.
/// None for what is no practice.
pub fn questions(learner: &Learner<'_>, planned: &Planned) -> Vec<Slug> {
    let seed = seed_of(learner.today);
    let queue = match &planned.task {
        Task::Review => practice::due_queue(learner, seed),
        Task::Practise(filter) => practice::queue(learner, filter, seed),
        Task::WarmUp => best_known(learner),
        Task::Rehearse { .. }
        | Task::Read { .. }
        | Task::WriteStory
        | Task::ImproveStory
        | Task::ChooseQuestions(_)
        | Task::Rest => return Vec::new(),
    };
    fitting(learner, queue, planned.minutes)
}

/// What fits is taken, and what is too long for the rest of the time is passed over.
fn fitting(learner: &Learner<'_>, queue: Vec<Slug>, minutes: u32) -> Vec<Slug> {
    let pace = pace::usual(learner);
    let mut rest = minutes as f32;
    let mut taken = Vec::new();
    for slug in &queue {
        let takes = learner.catalog.entry(slug).map_or(0.0, |entry| pace::minutes(pace, entry));
        if takes <= rest && taken.len() < SESSION_LENGTH {
            rest -= takes;
            taken.push(slug.clone());
        }
    }
    if taken.is_empty() { queue.into_iter().take(1).collect() } else { taken }
}

/// Short questions, those that are most probably answered right first.
fn best_known(learner: &Learner<'_>) -> Vec<Slug> {
    let is_short = |problem: &usize| !learner.suspended[*problem] && !learner.entry(*problem).kind.is_by_choice();
    let mut known: Vec<usize> = (0..learner.cards.len()).filter(is_short).collect();
    places::sort_by_cached_key(&mut known, |problem| key(1.0 - learner.chance(*problem)));
    known.into_iter().map(|problem| learner.entry(problem).slug.clone()).collect()
}
