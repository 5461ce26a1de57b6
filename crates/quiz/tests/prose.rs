//! What a text begins with, and what is to be remembered of a problem.

use std::sync::Arc;

use crate::common::questions::{self, problem};
use quiz::problem::Problem;
use quiz::prose::{Element, Node, Prose};

fn text(words: &str) -> Node {
    Node::Text(words.to_owned())
}

fn code(words: &str) -> Node {
    Node::Element(Element::Code, vec![text(words)])
}

fn paragraph(inside: Vec<Node>) -> Node {
    Node::Element(Element::Paragraph, inside)
}

#[track_caller]
fn check_first_sentence(words: &str, expected: &str) {
    let prose = Prose(vec![paragraph(vec![text(words)])]);
    assert_eq!(prose.first_sentence(), Prose(vec![text(expected)]));
}

#[test]
fn a_sentence_ends_with_its_mark() {
    check_first_sentence("A move empties. The rest follows.", "A move empties.");
    check_first_sentence("Why? Because.", "Why?");
    check_first_sentence("One only.", "One only.");
    check_first_sentence("It says \"no.\" Then it stops.", "It says \"no.\"");
    check_first_sentence("It moves (as always.) Then it stops.", "It moves (as always.)");
}

#[test]
fn abbreviations_numbers_and_ranges_end_nothing() {
    check_first_sentence("Some, e.g. two, of 1.5 go. Others stay.", "Some, e.g. two, of 1.5 go.");
    check_first_sentence("From a .. to ... b. Then c.", "From a .. to ... b.");
    check_first_sentence("No end at all", "No end at all");
}

#[test]
fn code_is_kept_whole() {
    let prose = Prose(vec![paragraph(vec![code("a. B"), text(" moves into "), code("c"), text(". Then "), code("d")])]);
    let expected = Prose(vec![code("a. B"), text(" moves into "), code("c"), text(".")]);
    assert_eq!(prose.first_sentence(), expected);
}

#[test]
fn a_sentence_may_end_within_what_is_stressed() {
    let stressed = |words| Node::Element(Element::Emphasis, vec![text(words)]);
    let prose = Prose(vec![paragraph(vec![text("It is "), stressed("so. Truly"), text(" so.")])]);
    assert_eq!(prose.first_sentence(), Prose(vec![text("It is "), stressed("so.")]));
}

#[test]
fn programs_before_the_first_paragraph_are_passed_over() {
    let prose = Prose(vec![Node::Program(0), paragraph(vec![text("One. Two.")]), paragraph(vec![text("Three.")])]);
    assert_eq!(prose.first_sentence(), Prose(vec![text("One.")]));
    assert_eq!(Prose::default().first_sentence(), Prose::default());
}

#[test]
fn plain_is_one_line_without_marks() {
    let prose = Prose(vec![paragraph(vec![
        text("Names "),
        code("dyn Iterator"),
        text(", or\na "),
        code("collect"),
        text("."),
    ])]);
    assert_eq!(prose.plain(), "Names dyn Iterator, or a collect.");
}

#[test]
fn what_is_left_is_the_first_sentence_of_its_explanation() {
    for question in
        [questions::rejected(), questions::choice(false), questions::spot(), questions::fill(), questions::order()]
    {
        let problem = Problem {
            explanation: Prose(vec![paragraph(vec![code("a"), text(" moves. So "), code("b"), text(" is gone.")])]),
            ..Arc::unwrap_or_clone(problem(question))
        };
        assert_eq!(problem.takeaway(), Prose(vec![code("a"), text(" moves.")]));
    }
}
