//! Search finds what one types; a session has an end and survives a release.

mod common;

use common::{catalog, entry};
use quiz::catalog::Catalog;
use quiz::problem::Level;
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
        .filter_map(|entry| Some((search::index_entry(entry, &catalog).score(query)?, &*entry.slug.0)))
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
