//! Search finds what one types: whole words before beginnings, weighty fields before others, nothing inside a word.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::common::questions::{choice, problem, rejected};
use crate::common::{catalog, entry};
use proptest::prelude::*;
use quiz::catalog::Catalog;
use quiz::highlights::{Highlights, TokenKind};
use quiz::json;
use quiz::problem::{Level, Problem, Question};
use quiz::prose::{Node, Prose};
use quiz::rule::Code;
use quiz::search::{Index, Texts};
use quiz::verdict::{Diagnostic, Verdict};

fn library() -> Catalog {
    catalog(vec![
        entry("gone-after-the-loop", Level::Junior, &["move", "into-iterator"]),
        entry("two-loans-one-vector", Level::Mid, &["mutable-borrow"]),
        entry("the-loop-that-kept-a-loan", Level::Senior, &["shared-borrow"]),
    ])
}

/// A problem with this prompt, this program and these crates.
fn written(question: Question, prompt: &str, code: &str, crates: &[&str]) -> Problem {
    let mut problem = Arc::unwrap_or_clone(problem(question));
    problem.prompt = Prose(vec![Node::Text(prompt.to_owned()), Node::Program(0)]);
    problem.programs[0].source = code.to_owned();
    problem.programs[0].highlights = Highlights::of_runs([(TokenKind::Plain, code.len())]);
    problem.crates = crates.iter().map(|name| (*name).to_owned()).collect();
    problem
}

/// Texts for the library, as the browser gets them.
fn texts() -> Texts {
    let texts = Texts::of(&[
        written(choice(false), "The clerk’s search: “telegraph” it", "let mutex = Arc::new(1);", &[]),
        written(choice(false), "A telegraphy office", "let jobs = Mutex::new(unwrap_all()?);", &["tokio"]),
        written(rejected(), "In the archive", "spawn(jobs.unwrap())", &[]),
    ]);
    json::read(&serde_json::to_string(&texts).unwrap()).unwrap()
}

fn found(texts: &Texts, query: &str) -> Vec<(String, String)> {
    let (catalog, index) = (library(), Index::of(&library()));
    let named = |hit: &quiz::search::Hit| (catalog.problems[hit.problem].slug.to_string(), index.places(texts, hit));
    index.find(texts, query, |_| true, |_| true).iter().map(named).collect()
}

fn check(query: &str, expected: &[&str]) {
    check_in(&Texts::default(), query, expected);
}

fn check_in(texts: &Texts, query: &str, expected: &[&str]) {
    let found = found(texts, query);
    assert_eq!(found.iter().map(|(slug, _)| slug.as_str()).collect::<Vec<_>>(), expected, "for {query:?}");
}

fn check_places(query: &str, expected: &[(&str, &str)]) {
    let found = found(&texts(), query);
    let found: Vec<(&str, &str)> = found.iter().map(|(slug, place)| (slug.as_str(), place.as_str())).collect();
    assert_eq!(found, expected, "for {query:?}");
}

const GONE: &str = "gone-after-the-loop";
const TWO: &str = "two-loans-one-vector";
const KEPT: &str = "the-loop-that-kept-a-loan";

#[test]
fn without_texts_titles_concepts_and_labels_are_found() {
    check("", &[GONE, TWO, KEPT]);
    check("  ", &[GONE, TWO, KEPT]);
    check("LOOP", &[GONE, KEPT]);
    check("borrow", &[TWO, KEPT]);
    check("loan loop", &[KEPT]);
    check("  vec ", &[TWO]);
    check("junior", &[GONE]);
    check("ownership", &[GONE, TWO, KEPT]);
    check("telegraph", &[]);
}

#[test]
fn a_whole_word_comes_before_a_beginning() {
    check("loan", &[KEPT, TWO]);
    check_in(&texts(), "telegraph", &[GONE, TWO]);
    check_in(&texts(), "unwrap", &[KEPT, TWO]);
}

#[test]
fn nothing_is_found_inside_a_word() {
    check("oop", &[]);
    check_in(&texts(), "arc", &[GONE, KEPT]);
    check_in(&texts(), "graph", &[]);
    check_in(&texts(), "all", &[]);
}

#[test]
fn weightier_fields_come_first() {
    // Of the whole word: a title before a concept; a crate before text.
    let catalog = catalog(vec![entry("one", Level::Mid, &["drop"]), entry("drop", Level::Mid, &[])]);
    let index = Index::of(&catalog);
    let order = |query| {
        index.find(&Texts::default(), query, |_| true, |_| true).iter().map(|hit| hit.problem).collect::<Vec<_>>()
    };
    assert_eq!(order("drop"), [1, 0]);
    // What has an error comes before what only offers it.
    let texts = Texts::of(&[
        written(crate::common::questions::predict(prints()), "", "", &[]),
        written(rejected(), "", "", &[]),
    ]);
    let hits = index.find(&texts, "e0382", |_| true, |_| true);
    assert_eq!(
        hits.iter().map(|hit| index.places(&texts, hit)).collect::<Vec<_>>(),
        ["error E0382", "to choose from: E0382"]
    );
}

fn prints() -> quiz::problem::ExpectedOutcome {
    quiz::problem::ExpectedOutcome::Prints { stdout: String::new() }
}

#[test]
fn all_words_must_be_there() {
    check_in(&texts(), "telegraph clerk", &[GONE]);
    check_in(&texts(), "Arc<Mutex", &[GONE]);
    check_in(&texts(), "loop loop loop", &[GONE, KEPT]);
}

#[test]
fn those_with_most_of_the_words_are_found_where_none_has_them_all() {
    let (texts, index) = (texts(), Index::of(&library()));
    let lacks = |query: &str| {
        let hits = index.find(&texts, query, |_| true, |_| true);
        hits.iter().map(|hit| (hit.problem, hit.lacks)).collect::<Vec<_>>()
    };
    assert_eq!(lacks("telegraph clerk"), [(0, 0)]);
    assert_eq!(lacks("telegraphy clerk"), []);
    assert_eq!(lacks("telegraphy clerk mutex"), [(0, 1), (1, 1)]);
    // What a compiler says, as it was copied.
    assert_eq!(lacks("error[E0382]: moved in the archive"), [(2, 2)]);
    // No more than half is there.
    assert_eq!(lacks("telegraph zebra zebras"), []);
    // Nothing is found of what is not wanted.
    assert_eq!(index.find(&texts, "telegraphy clerk mutex", |problem| problem == 2, |_| true), []);
}

#[test]
fn it_says_where_unless_it_is_the_title() {
    check_places("loop", &[(GONE, ""), (KEPT, "")]);
    check_places("MUTEX", &[(GONE, "in the code: `mutex`"), (TWO, "in the code: `Mutex`")]);
    check_places("tok", &[(TWO, "crate `tokio`")]);
    for code in ["e0382", "0382"] {
        check_places(code, &[(KEPT, "error E0382")]);
    }
    check_places("iterator", &[(GONE, "concept: into iterator")]);
    check_places("telegraph loop", &[(GONE, "in the text: telegraph")]);
    check_places("clerk mutex", &[(GONE, "in the text: clerk · in the code: `mutex`")]);
    check_places("clerk telegraph mutex", &[(GONE, "in the text: clerk, telegraph · in the code: `mutex`")]);
    check_places("clerk mutex telegraph cler", &[(GONE, "in the text: clerk, telegraph · in the code: `mutex`")]);
    check_places("senior unwrap", &[(KEPT, "level: Senior · in the code: `unwrap`")]);
}

#[test]
fn an_error_finds_only_what_was_answered() {
    let texts = Texts::of(&[
        written(rejected(), "", "", &[]),
        written(rejected(), "", "", &[]),
        written(choice(false), "What is E0382?", "", &[]),
    ]);
    let index = Index::of(&library());
    let found = |query: &str| {
        let hits = index.find(&texts, query, |_| true, |problem| problem == 1);
        hits.iter().map(|hit| (hit.problem, index.places(&texts, hit))).collect::<Vec<_>>()
    };
    // What was not answered is found by what it says and offers, and not by what its program does.
    let expected = [(1, "error E0382"), (2, "in the text: e0382"), (0, "to choose from: E0382")];
    assert_eq!(found("E0382"), expected.map(|(problem, place)| (problem, place.to_owned())));
}

#[test]
fn only_what_is_wanted_is_found() {
    let hits = Index::of(&library()).find(&Texts::default(), "loop", |problem| problem != 0, |_| true);
    assert_eq!(hits.iter().map(|hit| hit.problem).collect::<Vec<_>>(), [2]);
}

#[test]
fn hostile_queries_find_nothing_and_break_nothing() {
    for query in ["🦀", "ſtraße", "%", "<script>alert(1)</script>", "\0", "%F0%9F", "'\" --", "\u{202e}pool", "*"] {
        check_in(&texts(), query, &[]);
    }
    check_in(&texts(), &"loop ".repeat(100_000), &[GONE, KEPT]);
    check_in(&texts(), &"l".repeat(1_000_000), &[]);
    check_in(&texts(), "¿loop?", &[GONE, KEPT]);
    check_in(&texts(), "loop 🦀", &[]);
}

#[test]
fn a_file_that_is_no_index_breaks_nothing() {
    for text in [
        r#"{"words":"a loop","places":"|"}"#,
        r#"{"words":"loop loop","places":"\u0000 ###### é"}"#,
        r#"{"words":"  ","places":""}"#,
    ] {
        let whole = format!(r#"{{"crates":{text},"errors":{text},"code":{text},"text":{text},"choices":{text}}}"#);
        let texts: Texts = json::read(&whole).unwrap();
        found(&texts, "loop");
        found(&texts, "a");
    }
    assert!(json::read::<Texts>("{}").is_err());
}

#[test]
fn a_crate_or_a_code_leads_to_its_problems() {
    let texts = texts();
    assert_eq!(texts.crates.all().collect::<Vec<_>>(), ["tokio"]);
    assert_eq!(texts.errors.all().collect::<Vec<_>>(), ["E0382"]);
    assert_eq!(texts.crates.places_of("Tokio").collect::<Vec<_>>(), [1]);
    assert_eq!(texts.crates.places_of("tok").count(), 0);
    assert_eq!(texts.errors.places_of("E0382").collect::<Vec<_>>(), [2]);
}

proptest! {
    /// What is found is what has, for each word, a word that begins with it, or for most; said by a search that knows no index.
    #[test]
    fn finds_what_a_plain_search_finds(
        titles in proptest::collection::vec(proptest::collection::vec("[abAB]{1,3}", 1..4), 1..40),
        query in proptest::collection::vec("[abAB]{1,3}", 1..4),
    ) {
        let named = |(number, title): (usize, &Vec<String>)| {
            let mut entry = entry(&format!("slug-{number}"), Level::Mid, &[]);
            entry.title = title.join(" ");
            entry
        };
        let catalog = catalog(titles.iter().enumerate().map(named).collect());
        let hits = Index::of(&catalog).find(&Texts::default(), &query.join(" "), |_| true, |_| true);
        let mut found: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.problem, hit.lacks)).collect();
        found.sort_unstable();
        let lower = |word: &String| word.to_ascii_lowercase();
        let words: BTreeSet<String> = query.iter().map(lower).collect();
        let lacks = |title: &Vec<String>| {
            words.iter().filter(|word| !title.iter().any(|own| lower(own).starts_with(*word))).count()
        };
        // Those with the most of the words, of which more than half must be there.
        let least = titles.iter().map(lacks).min().unwrap();
        let is_enough = least == 0 || 2 * least < words.len();
        let with_most = titles.iter().enumerate().filter(|(_, title)| is_enough && lacks(title) == least);
        let expected: Vec<(usize, usize)> = with_most.map(|(problem, _)| (problem, least)).collect();
        prop_assert_eq!(found, expected);
    }

    /// Whatever is typed, a search comes back.
    #[test]
    fn any_query_is_answered(query in any::<String>()) {
        found(&texts(), &query);
    }
}

fn check_respelt(query: &str, expected: &[(&str, &str)]) {
    let respelt = Index::of(&library()).respelt(&texts(), query);
    let respelt: Vec<(&str, &str)> = respelt.iter().map(|(typed, meant)| (typed.as_str(), meant.as_str())).collect();
    assert_eq!(respelt, expected, "for {query:?}");
}

#[test]
fn a_misspelt_word_is_taken_for_the_nearest() {
    // A letter left out, added, mistaken, exchanged; two of them in a long word; one of which only the beginning is there.
    for typed in ["mutx", "muteex", "mutez", "mtuex", "Mutx"] {
        check_respelt(typed, &[(&typed.to_lowercase(), "Mutex")]);
        let expected: Vec<_> = found(&texts(), "mutex").into_iter().map(|(slug, _)| slug).collect();
        let slugs: Vec<_> = found(&texts(), typed).into_iter().map(|(slug, _)| slug).collect();
        assert!(!slugs.is_empty());
        assert_eq!(slugs, expected, "for {typed:?}");
    }
    check_respelt("telgrafh", &[("telgrafh", "telegraph")]);
    check_respelt("archve telagra", &[("archve", "archive"), ("telagra", "telegraph")]);
}

#[test]
fn a_word_of_three_letters_is_meant_by_no_other() {
    let mut entry = entry("what-it-was", Level::Mid, &[]);
    entry.title = "What it was".to_owned();
    assert_eq!(Index::of(&catalog(vec![entry])).respelt(&texts(), "wasm"), []);
}

#[test]
fn what_some_problem_has_stays_as_it_was_typed() {
    for query in ["mute", "telegraphy", "loop", "", "?!", "jobs arc"] {
        check_respelt(query, &[]);
    }
}

#[test]
fn a_word_that_is_near_to_none_is_found_nowhere() {
    // Too short; another first letter; too far; beyond what is read as letters.
    for query in ["arx", "kutex", "mattock", "mütéxx", "éclair"] {
        check_respelt(query, &[]);
        check_places(query, &[]);
    }
}

#[test]
fn nothing_is_respelt_without_the_texts_that_may_have_it() {
    let index = Index::of(&library());
    assert_eq!(index.respelt(&Texts::default(), "lopo"), []);
    check("lopo", &[]);
}

#[test]
fn no_error_of_a_program_is_meant() {
    let mut problem = written(choice(false), "of a", "", &[]);
    let (message, spans, rendered) = (String::new(), Vec::new(), String::new());
    let error = Diagnostic { code: Some(Code::from("E0499")), message, spans, rendered };
    problem.programs[0].verdict = Verdict::Error { errors: vec![error] };
    let respelt = |texts: &Texts| Index::of(&library()).respelt(texts, "E499");
    assert_eq!(respelt(&Texts::of(&[problem.clone()])), []);
    // Where a learner reads the code it may be meant.
    problem.prompt = Prose(vec![Node::Text("What is E0499?".to_owned())]);
    assert_eq!(respelt(&Texts::of(&[problem])), [("e499".to_owned(), "e0499".to_owned())]);
}
