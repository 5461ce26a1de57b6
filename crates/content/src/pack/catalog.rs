//! What the catalog says of all problems together: their order, their topics and the concepts that they name.

use std::collections::BTreeMap;

use quiz::catalog::{Concept, Entry, Pack, PackFile, TOPIC_ORDER, TopicPacks};
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

/// How many bytes of JSON a pack should have at most; a problem is not cut, however large it is. By brotli that is a quarter.
const PACK_BYTES: usize = 32_000;

/// Problems as packs: each holds problems of one topic, in their order, and is light enough to be waited for.
pub fn packs(problems: Vec<Problem>) -> Vec<Pack> {
    let mut packs: Vec<Pack> = Vec::new();
    let mut filled = 0;
    for problem in problems {
        let bytes = serde_json::to_string(&problem).map_or(0, |json| json.len());
        match packs.last_mut().filter(|pack| pack.topic == problem.topic && filled + bytes <= PACK_BYTES) {
            Some(pack) => pack.problems.push(problem),
            None => {
                packs.push(Pack { topic: problem.topic.clone(), problems: vec![problem] });
                filled = 0;
            }
        }
        filled += bytes;
    }
    packs
}

/// The topics of packs, with the address of each pack.
pub fn topics<E>(packs: &[Pack], mut address: impl FnMut(&Pack) -> Result<String, E>) -> Result<Vec<TopicPacks>, E> {
    let mut topics: Vec<TopicPacks> = Vec::new();
    for pack in packs {
        let file = PackFile { address: address(pack)?, problems: pack.problems.len() };
        match topics.last_mut().filter(|topic| topic.topic == pack.topic) {
            Some(topic) => topic.packs.push(file),
            None => topics.push(TopicPacks { topic: pack.topic.clone(), packs: vec![file] }),
        }
    }
    Ok(topics)
}

/// The concepts that problems name, with what the registry says of them.
pub(crate) fn named_concepts(registries: &Registries, entries: &[Entry]) -> BTreeMap<String, Concept> {
    let named = entries.iter().flat_map(|entry| &entry.concepts);
    named.filter_map(|name| Some((name.clone(), registries.concepts.get(name)?.clone()))).collect()
}
