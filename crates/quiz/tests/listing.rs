//! A list is narrowed by conditions, and stands in shelves by topic.

use std::sync::Arc;

use crate::common::questions::{problem, rejected};
use crate::common::{catalog, entry};
use quiz::catalog::Catalog;
use quiz::listing::{Conditions, Facet, Known, Standing, shelves};
use quiz::log::ProblemStatus;
use quiz::problem::{Level, Topic};
use quiz::search::Texts;

fn library() -> Catalog {
    let mut entries = vec![
        entry("one", Level::Junior, &["move"]),
        entry("two", Level::Mid, &["move"]),
        entry("three", Level::Mid, &[]),
        entry("four", Level::Mid, &[]),
    ];
    entries[3].topic = Topic("borrowing".to_owned());
    catalog(entries)
}

fn known() -> Vec<Known> {
    let known = |status| Known { status, is_due: false, is_bookmarked: false, is_suspended: false, has_note: false };
    vec![
        known(ProblemStatus::Right),
        Known { is_bookmarked: true, ..known(ProblemStatus::Partly) },
        Known { is_due: true, ..known(ProblemStatus::Right) },
        Known { is_suspended: true, ..known(ProblemStatus::New) },
    ]
}

fn check(choices: &[(Facet, &str)], expected: &[usize]) {
    let (catalog, known) = (library(), known());
    let mut conditions = Conditions::default();
    for (facet, choice) in choices {
        conditions.choose(*facet, Some(choice));
    }
    let accepts = conditions.accepted(&catalog, &Texts::default(), &known);
    assert_eq!((0..9).filter(|problem| accepts(*problem)).collect::<Vec<_>>(), expected, "for {choices:?}");
}

#[test]
fn conditions_hold_together() {
    check(&[], &[0, 1, 2, 3]);
    check(&[(Facet::Topic, "ownership"), (Facet::Level, "mid")], &[1, 2]);
    check(&[(Facet::Concept, "move")], &[0, 1]);
    check(&[(Facet::Topic, "no-such-topic")], &[]);
    check(&[(Facet::Crate, "tokio")], &[]);
    check(&[(Facet::Code, "E0382")], &[]);
}

#[test]
fn a_code_lists_only_what_was_answered() {
    // All four have the error; the last one was never answered.
    let texts = Texts::of(&[(); 4].map(|()| Arc::unwrap_or_clone(problem(rejected()))));
    let (catalog, known) = (library(), known());
    let conditions = Conditions { code: Some("E0382".to_owned()), ..Conditions::default() };
    let accepts = conditions.accepted(&catalog, &texts, &known);
    assert_eq!((0..9).filter(|problem| accepts(*problem)).collect::<Vec<_>>(), [0, 1, 2]);
}

/// What is right in some of its parts only was missed as well, though it is called by its name.
#[test]
fn what_is_missed_is_wrong_or_partly_right() {
    let catalog = library();
    let conditions = Conditions { standing: Some(Standing::Missed), ..Conditions::default() };
    let [new, wrong, partly, right] =
        [ProblemStatus::New, ProblemStatus::Wrong, ProblemStatus::Partly, ProblemStatus::Right];
    let known: Vec<Known> = [new, wrong, partly, right].map(|status| Known { status, ..known()[0] }).to_vec();
    let accepts = conditions.accepted(&catalog, &Texts::default(), &known);
    assert_eq!((0..4).filter(|problem| accepts(*problem)).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_standing_is_one_of_some() {
    check(&[(Facet::Standing, "missed")], &[1]);
    check(&[(Facet::Standing, "new")], &[3]);
    check(&[(Facet::Standing, "due")], &[2]);
    check(&[(Facet::Standing, "right")], &[0, 2]);
    check(&[(Facet::Standing, "bookmarked")], &[1]);
    check(&[(Facet::Standing, "suspended")], &[3]);
    // As old links have it.
    check(&[(Facet::Standing, "not-yet")], &[1, 3]);
}

#[test]
fn what_is_no_choice_counts_as_nothing() {
    for facet in [Facet::Kind, Facet::Level, Facet::Standing] {
        check(&[(facet, "<script>")], &[0, 1, 2, 3]);
    }
    for facet in Facet::ALL {
        check(&[(facet, "")], &[0, 1, 2, 3]);
    }
}

#[test]
fn every_choice_is_kept_as_it_was_made() {
    for facet in Facet::ALL {
        for choice in facet.choices(&library(), &Texts::default(), &[]) {
            let mut conditions = Conditions::default();
            conditions.choose(facet, Some(&choice));
            assert_eq!(conditions.chosen(facet), Some(choice.as_str()));
            assert!(!facet.label_of(&choice).is_empty());
            conditions.choose(facet, None);
            assert_eq!(conditions, Conditions::default());
        }
    }
    assert_eq!(Standing::ALL.map(|standing| Standing::from_name(standing.name())), Standing::ALL.map(Some));
}

#[test]
fn shelves_hold_every_problem_once_and_count_what_is_right() {
    let all = shelves(&library(), &known(), |_| true);
    let shown: Vec<_> = all.iter().map(|shelf| (&*shelf.topic.0, shelf.problems.clone(), shelf.right)).collect();
    assert_eq!(shown, [("ownership", vec![0, 1, 2], 2), ("borrowing", vec![3], 0)]);
    assert!(all.iter().all(|shelf| !shelf.is_finished()));
    let some = shelves(&library(), &known(), |problem| problem == 2);
    assert_eq!((some.len(), some[0].is_finished()), (1, true));
}
