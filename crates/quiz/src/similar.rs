//! Which problems are like another one.

use std::cmp::Reverse;

use crate::catalog::{Catalog, Entry};
use crate::places;
use crate::problem::{Level, Slug};

/// Up to `count` problems that are like the one of the name `slug`, the most similar first: those that share most of its
/// concepts, then those of its topic, then those of the nearest level. What shares neither concept nor topic is not similar.
pub fn similar<'catalog>(catalog: &'catalog Catalog, slug: &Slug, count: usize) -> Vec<&'catalog Entry> {
    let Some(own) = catalog.entry(slug) else { return Vec::new() };
    let mut ranked = Vec::new();
    for (place, entry) in catalog.problems.iter().enumerate() {
        let shared = entry.concepts.iter().filter(|concept| own.concepts.contains(concept)).count();
        let is_of_topic = entry.topic == own.topic;
        if entry.slug != own.slug && (shared > 0 || is_of_topic) {
            ranked.push((Reverse(shared), Reverse(is_of_topic), steps(entry.level, own.level), place));
        }
    }
    places::sort_by(&mut ranked, Ord::cmp);
    ranked.into_iter().take(count).map(|(_, _, _, place)| &catalog.problems[place]).collect()
}

/// How many levels lie between two.
fn steps(one: Level, other: Level) -> usize {
    let place = |level| Level::ALL.iter().position(|known| *known == level).unwrap_or(0);
    place(one).abs_diff(place(other))
}
