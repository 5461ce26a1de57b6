//! What the catalog says of all problems together: their order, their topics and the concepts that they name.

use std::collections::BTreeMap;

use quiz::catalog::{Concept, Entry, Pack, TOPIC_ORDER};
use quiz::problem::{Level, Problem, Slug, Topic};

use crate::read::registry::Registries;

/// Puts problems in the order of the course: by topic, by level, then by slug.
pub(crate) fn sort(problems: &mut [Problem]) {
    problems.sort_by_key(course_order);
}

fn course_order(problem: &Problem) -> ((usize, Topic), Level, Slug) {
    (topic_order(&problem.topic), problem.level, problem.slug.clone())
}

fn topic_order(topic: &Topic) -> (usize, Topic) {
    let place = TOPIC_ORDER.iter().position(|listed| *listed == topic.0);
    (place.unwrap_or(TOPIC_ORDER.len()), topic.clone())
}

/// One pack a topic; the problems are in their order.
pub(crate) fn packs(problems: Vec<Problem>) -> Vec<Pack> {
    let mut packs: Vec<Pack> = Vec::new();
    for problem in problems {
        match packs.last_mut().filter(|pack| pack.topic == problem.topic) {
            Some(pack) => pack.problems.push(problem),
            None => packs.push(Pack { topic: problem.topic.clone(), problems: vec![problem] }),
        }
    }
    packs
}

/// The concepts that problems name, with what the registry says of them.
pub(crate) fn named_concepts(registries: &Registries, entries: &[Entry]) -> BTreeMap<String, Concept> {
    let named = entries.iter().flat_map(|entry| &entry.concepts);
    named.filter_map(|name| Some((name.clone(), registries.concepts.get(name)?.clone()))).collect()
}
