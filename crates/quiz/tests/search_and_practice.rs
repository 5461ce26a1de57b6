//! Search finds what one types; the queue brings back what was missed.

mod common;

use common::{attempt, catalog, entry, slug};
use quiz::catalog::Catalog;
use quiz::grading::Mark;
use quiz::log::AttemptLog;
use quiz::practice::{self, Filter, Session};
use quiz::problem::{Level, Slug};
use quiz::search;

fn library() -> Catalog {
    catalog(vec![
        entry("gone-after-the-loop", Level::Junior, &["move", "into-iterator"]),
        entry("two-loans-one-vector", Level::Mid, &["mutable-borrow"]),
        entry("the-loop-that-kept-a-loan", Level::Senior, &["shared-borrow"]),
    ])
}

fn check_search(query: &str, expected: &[&str]) {
    let catalog = library();
    let mut hits: Vec<(u32, &str)> = catalog
        .problems
        .iter()
        .filter_map(|entry| Some((search::index_entry(entry, &catalog).score(query)?, entry.slug.0.as_str())))
        .collect();
    hits.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    assert_eq!(hits.into_iter().map(|(_, slug)| slug).collect::<Vec<_>>(), expected, "for {query:?}");
}

#[test]
fn search_ranks_titles_before_concepts() {
    check_search("", &["gone-after-the-loop", "two-loans-one-vector", "the-loop-that-kept-a-loan"]);
    check_search("LOOP", &["gone-after-the-loop", "the-loop-that-kept-a-loan"]);
    check_search("borrow", &["two-loans-one-vector", "the-loop-that-kept-a-loan"]);
    check_search("loan loop", &["the-loop-that-kept-a-loan"]);
    check_search("  vec ", &["two-loans-one-vector"]);
    check_search("junior", &["gone-after-the-loop"]);
    check_search("xyzzy", &[]);
    check_search("ſtraße 🦀", &[]);
}

fn log(attempts: &[(u64, &str, Mark)]) -> AttemptLog {
    attempts.iter().map(|(at, name, mark)| attempt(*at, name, *mark)).collect()
}

#[test]
fn what_was_missed_comes_first_and_what_was_right_last() {
    let log = log(&[(10, "gone-after-the-loop", Mark::Right), (20, "the-loop-that-kept-a-loan", Mark::Partly)]);
    let queue = practice::queue(&library(), &log, &Filter::default(), 1);
    let expected = ["the-loop-that-kept-a-loan", "two-loans-one-vector", "gone-after-the-loop"];
    assert_eq!(queue, expected.map(slug));
}

#[test]
fn a_queue_obeys_its_filter_and_its_seed() {
    let filter = Filter { level: Some(Level::Mid), ..Filter::default() };
    assert_eq!(practice::queue(&library(), &AttemptLog::default(), &filter, 1), [slug("two-loans-one-vector")]);
    let queue = |seed| practice::queue(&library(), &AttemptLog::default(), &Filter::default(), seed);
    assert_eq!(queue(3), queue(3));
}

#[test]
fn neighbours_do_not_share_a_concept_if_that_can_be_avoided() {
    let entries =
        ["a", "b", "c", "d"].map(|name| entry(name, Level::Mid, if name < "c" { &["move"] } else { &["copy"] }));
    let catalog = catalog(entries.to_vec());
    for seed in 0..50 {
        let queue = practice::queue(&catalog, &AttemptLog::default(), &Filter::default(), seed);
        let concept = |slug: &Slug| catalog.entry(slug).map(|entry| entry.concepts.clone());
        let clashes = queue.windows(2).filter(|pair| concept(&pair[0]) == concept(&pair[1])).count();
        assert_eq!(clashes, 0, "{queue:?}");
    }
}

#[test]
fn ten_minutes_are_ten_minutes_but_never_nothing() {
    let catalog = library();
    let queue: Vec<Slug> = catalog.problems.iter().map(|entry| entry.slug.clone()).collect();
    assert_eq!(practice::fitting(&catalog, &queue, 10).len(), 3);
    assert_eq!(practice::fitting(&catalog, &queue, 7).len(), 2);
    assert_eq!(practice::fitting(&catalog, &queue, 1).len(), 1);
    assert_eq!(practice::fitting(&catalog, &[], 10).len(), 0);
}

#[test]
fn today_counts_what_there_is_to_do() {
    let log = log(&[
        (10, "gone-after-the-loop", Mark::Right),
        (90, "the-loop-that-kept-a-loan", Mark::Wrong),
        (95, "a-problem-that-is-gone", Mark::Wrong),
    ]);
    let today = practice::today(&library(), &log, 50);
    assert_eq!(today.not_yet, [slug("the-loop-that-kept-a-loan")]);
    assert_eq!(today.new, [slug("two-loans-one-vector")]);
    assert_eq!((today.right, today.answered_today), (1, 2));
}

#[test]
fn a_session_goes_on_when_a_release_dropped_problems() {
    let queue = ["gone-after-the-loop", "dropped", "two-loans-one-vector", "dropped-too"].map(slug).to_vec();
    let session = Session { queue, place: 2, ..Session::default() }.without_missing(&library());
    assert_eq!(session.queue, ["gone-after-the-loop", "two-loans-one-vector"].map(slug));
    assert_eq!(session.current(), Some(&slug("two-loans-one-vector")));
}
