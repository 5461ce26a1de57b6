//! Similar problems: by shared concepts, then by topic, then by level.

use crate::common::{catalog, entry, slug};
use quiz::catalog::{Catalog, Entry};
use quiz::problem::{Level, Slug, Topic};
use quiz::similar::similar;

fn check(catalog: &Catalog, of: &str, count: usize, expected: &[&str]) {
    let found: Vec<Slug> = similar(catalog, &slug(of), count).into_iter().map(|entry| entry.slug.clone()).collect();
    assert_eq!(found, expected.iter().map(|name| slug(name)).collect::<Vec<_>>());
}

fn of_topic(topic: &str, entry: Entry) -> Entry {
    Entry { topic: Topic(topic.to_owned()), ..entry }
}

#[test]
fn what_shares_most_concepts_comes_first_then_the_topic_then_the_nearest_level() {
    let catalog = catalog(vec![
        entry("own", Level::Mid, &["a", "b"]),
        entry("topic-staff", Level::Staff, &["z"]),
        entry("topic-mid", Level::Mid, &[]),
        of_topic("other", entry("far", Level::Mid, &["z"])),
        of_topic("other", entry("one-shared-elsewhere", Level::Mid, &["a"])),
        entry("one-shared-senior", Level::Staff, &["b"]),
        entry("one-shared-mid", Level::Mid, &["a", "z"]),
        of_topic("other", entry("both-shared", Level::Staff, &["b", "a", "z"])),
    ]);
    let all =
        ["both-shared", "one-shared-mid", "one-shared-senior", "one-shared-elsewhere", "topic-mid", "topic-staff"];
    check(&catalog, "own", 9, &all);
    check(&catalog, "own", 2, &all[..2]);
    check(&catalog, "own", 0, &[]);
    check(&catalog, "gone", 5, &[]);
}

#[test]
fn a_problem_that_is_like_no_other_has_none() {
    let catalog = catalog(vec![entry("own", Level::Mid, &[]), of_topic("other", entry("far", Level::Mid, &["z"]))]);
    check(&catalog, "own", 5, &[]);
}
