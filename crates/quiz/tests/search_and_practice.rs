//! Search finds what one types; a session has an end and survives a release.

mod common;

use common::{catalog, entry};
use quiz::catalog::Catalog;
use quiz::problem::Level;
use quiz::search::{Index, Texts};

fn library() -> Catalog {
    catalog(vec![
        entry("gone-after-the-loop", Level::Junior, &["move", "into-iterator"]),
        entry("two-loans-one-vector", Level::Mid, &["mutable-borrow"]),
        entry("the-loop-that-kept-a-loan", Level::Senior, &["shared-borrow"]),
    ])
}

fn check_search(query: &str, expected: &[&str]) {
    check_search_in(&Texts::default(), query, expected);
}

fn check_search_in(texts: &Texts, query: &str, expected: &[&str]) {
    let catalog = library();
    let found = Index::of(&catalog, texts).find(query, |_| true);
    let found: Vec<&str> = found.into_iter().map(|problem| &*catalog.problems[problem].slug.0).collect();
    assert_eq!(found, expected, "for {query:?}");
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

#[test]
fn search_finds_what_a_problem_says_once_its_text_is_there() {
    check_search("telegraph", &[]);
    let texts = ["the clerk counts", "a telegraph office keeps its loop", "telegraphy"].map(str::to_owned);
    let texts = Texts { problems: texts.to_vec() };
    check_search_in(&texts, "Telegraph", &["two-loans-one-vector", "the-loop-that-kept-a-loan"]);
    check_search_in(&texts, "graph", &["two-loans-one-vector", "the-loop-that-kept-a-loan"]);
    check_search_in(&texts, "telegraph clerk", &[]);
    let title_before_text = ["gone-after-the-loop", "the-loop-that-kept-a-loan", "two-loans-one-vector"];
    check_search_in(&texts, "loop", &title_before_text);
}

#[test]
fn search_looks_only_where_it_is_wanted() {
    let catalog = library();
    assert_eq!(Index::of(&catalog, &Texts::default()).find("loop", |problem| problem != 0), [2]);
}
