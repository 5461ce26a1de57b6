//! Every answer has a rank and every rank an answer; programs are assembled the same way everywhere.

use std::collections::BTreeSet;

use crate::common::snippet;
use proptest::prelude::*;
use quiz::answer::Answer;
use quiz::assemble::{self, Piece};
use quiz::highlights::{Highlights, Snippet};
use quiz::json;
use quiz::problem::{Outcome, Outcomes, Question, Row, Slot};
use quiz::verdict::Verdict;

fn slots(choices: &[(&str, &[&str])]) -> Vec<Slot> {
    choices.iter().map(|(name, choices)| Slot { name: (*name).to_owned(), ..crate::common::slot(choices) }).collect()
}

fn fill(sizes: &[usize]) -> Question {
    let slot = |(place, size): (usize, &usize)| {
        let name = char::from(b'a' + place as u8).to_string();
        Slot { name, choices: (0..*size).map(|choice| snippet(&choice.to_string())).collect(), beliefs: Vec::new() }
    };
    Question::Fill { slots: sizes.iter().enumerate().map(slot).collect(), outcomes: Outcomes::default() }
}

fn order(places: usize, lines: usize) -> Question {
    let lines = (0..lines).map(|line| snippet(&format!("line({line});"))).collect();
    Question::Order { rows: vec![Row::Gap; places], lines, outcomes: Outcomes::default() }
}

fn check_filled(template: &str, picks: &[usize], expected: Option<&str>) {
    let slots = slots(&[("a", &["&jobs", "", "/*b*/"]), ("b", &["len", "capacity"])]);
    assert_eq!(assemble::filled(template, &slots, picks).as_deref(), expected, "{template:?} {picks:?}");
}

#[test]
fn slots_are_filled() {
    check_filled("f(/*a*/, jobs./*b*/());", &[0, 1], Some("f(&jobs, jobs.capacity());"));
    check_filled("/*b*//*a*/", &[1, 0], Some("len"));
    check_filled("/* a */ /*c*/ /*é", &[0, 0], Some("/* a */ /*c*/ /*é"));
    check_filled("no slot", &[1, 1], Some("no slot"));
}

#[test]
fn the_beliefs_behind_an_answer_are_those_of_its_choices() {
    let Question::Fill { mut slots, outcomes } = fill(&[2, 3, 2]) else { return };
    let (one, other) = (Some("by value".to_owned()), Some("by address".to_owned()));
    slots[0].beliefs = vec![None, one.clone()];
    slots[1].beliefs = vec![None, one, other];
    let question = Question::Fill { slots, outcomes };
    let beliefs = |picks: &[usize]| assemble::beliefs(&question, &Answer::Fill { picks: picks.to_vec() });
    assert_eq!(beliefs(&[0, 0, 1]), [""; 0]);
    assert_eq!(beliefs(&[1, 2, 0]), ["by value", "by address"]);
    assert_eq!(beliefs(&[1, 1, 0]), ["by value"], "each is told once");
    assert_eq!(beliefs(&[9, 9, 9, 9]), [""; 0]);
    assert_eq!(assemble::beliefs(&question, &Answer::Order { lines: vec![1] }), [""; 0]);
}

/// A question of which the answers with these parts are accepted.
fn accepting(question: Question, accepted: &[&[usize]]) -> Question {
    let answers = (0..assemble::count(&question)).filter_map(|rank| assemble::answer_at(&question, rank));
    let of = answers
        .map(|answer| match answer {
            Answer::Fill { picks: parts } | Answer::Order { lines: parts } => accepted.contains(&&parts[..]) as usize,
            other => panic!("{other:?}"),
        })
        .collect();
    let outcome = |accepted| Outcome { accepted, verdict: Verdict::Compiles, checked: false };
    let told = Outcomes { outcomes: vec![outcome(false), outcome(true)], of };
    match question {
        Question::Fill { slots, .. } => Question::Fill { slots, outcomes: told },
        Question::Order { rows, lines, .. } => Question::Order { rows, lines, outcomes: told },
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_answer_is_told_from_the_right_one_that_is_most_like_it() {
    let told = |question: &Question, answer: Answer| {
        let differences = assemble::differences(question, &answer).into_iter();
        differences.map(|at| format!("{}: {}, not {}", at.place, at.right, at.given)).collect::<Vec<_>>()
    };
    let question = accepting(fill(&[2, 3, 2]), &[&[0, 0, 0], &[1, 2, 1]]);
    let filled = |picks: &[usize]| told(&question, Answer::Fill { picks: picks.to_vec() });
    assert_eq!(filled(&[1, 2, 0]), ["Slot c: 1, not 0"]);
    assert_eq!(filled(&[1, 0, 0]), ["Slot a: 0, not 1"]);
    assert_eq!(filled(&[0, 1, 1]), ["Slot b: 0, not 1", "Slot c: 0, not 1"], "of equals the first, and every slot");
    assert_eq!(filled(&[1, 2, 1]), [""; 0], "it is right itself");
    assert_eq!(filled(&[1]), [""; 0], "it has no other part");
    let question = accepting(order(2, 3), &[&[2, 1]]);
    let ordered = |lines: &[usize]| told(&question, Answer::Order { lines: lines.to_vec() });
    assert_eq!(ordered(&[2, 0]), ["Place 2: line(1);, not line(0);"]);
    assert_eq!(ordered(&[1, 2]), ["Place 1: line(2);, not line(1);"], "the first place only");
    assert_eq!(told(&question, Answer::Choice { chosen: BTreeSet::new() }), [""; 0]);
    assert_eq!(told(&accepting(fill(&[2]), &[]), Answer::Fill { picks: vec![0] }), [""; 0], "nothing is right");
}

#[test]
fn what_is_filled_in_is_no_template() {
    check_filled("/*a*/ /*b*/", &[2, 0], Some("/*b*/ len"));
}

#[test]
fn an_incomplete_answer_makes_no_program() {
    check_filled("/*a*/ /*b*/", &[0], None);
    check_filled("/*a*/ /*b*/", &[0, 2], None);
    check_filled("/*a*/ /*b*/", &[0, 0, 0], None);
    let rows = [Row::Gap, Row::Gap];
    let lines = ["a", "b"].map(snippet);
    for order in [&[0][..], &[0, 0], &[0, 2], &[0, 1, 0]] {
        assert_eq!(assemble::ordered(&rows, &lines, order), None, "{order:?}");
    }
}

#[test]
fn a_template_is_cut_at_its_slots() {
    let slots = slots(&[("a", &["x"])]);
    let expected = vec![Piece::Text("f("), Piece::Slot(0), Piece::Text(") /*b*/")];
    assert_eq!(assemble::pieces("f(/*a*/) /*b*/", &slots), expected);
}

#[test]
fn lines_fill_the_gaps_and_are_indented() {
    let rows = [
        Row::Fixed(snippet("fn main() {")),
        Row::Gap,
        Row::Gap,
        Row::Fixed(snippet("    }")),
        Row::Gap,
        Row::Fixed(snippet("}")),
    ];
    let lines = ["let mut sum = 0;", "for job in 0..3 {", "println!(\"{sum}\");", "sum += job;"].map(snippet);
    let program = assemble::ordered(&rows, &lines, &[1, 3, 2]);
    let expected = "fn main() {\n    for job in 0..3 {\n        sum += job;\n    }\n    println!(\"{sum}\");\n}\n";
    assert_eq!(program.as_deref(), Some(expected));
}

#[test]
fn what_is_arranged_so_far_is_indented_with_its_colours() {
    let coloured =
        |text: &str, highlights: &str| Snippet { text: text.to_owned(), highlights: Highlights(highlights.to_owned()) };
    let rows = [
        Row::Fixed(coloured("fn main() {", "2k")),
        Row::Gap,
        Row::Gap,
        Row::Fixed(coloured("    let x = 1;", "4.3k5.1n")),
    ];
    let lines = [coloured("if go() {", "2k"), coloured("} // so", "2.5c")];
    let arranged = assemble::arranged(&rows, &lines, &[Some(0), None]);
    let texts: Vec<&str> = arranged.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["fn main() {", "    if go() {", "        …", "        let x = 1;"]);
    let highlights: Vec<&str> = arranged.iter().map(|line| line.highlights.0.as_str()).collect();
    assert_eq!(highlights, ["2k", "4.2k", "", "8.3k5.1n"]);
}

/// The expected text is indented already: taking its indentation away and indenting it anew must give the same.
fn check_indented(expected: &str) {
    let lines: Vec<&str> = expected.lines().collect();
    let flat: Vec<&str> = lines.iter().map(|line| line.trim_start()).collect();
    assert_eq!(assemble::indented(&lines), expected);
    assert_eq!(assemble::indented(&flat), expected);
}

#[test]
fn indentation_follows_the_brackets() {
    check_indented(
        "fn main() {\n    if ready {\n        go();\n    } else {\n        wait();\n    }\n\n    end();\n}\n",
    );
    check_indented(
        "thread::spawn(move || {\n    work(vec![\n        1,\n    ]);\n})\n.join();\n"
            .replace("\n.", "\n    .")
            .as_str(),
    );
    check_indented("let n = jobs\n    .iter()\n    .sum();\nlet all = Jobs {\n    n,\n    ..Jobs::default()\n};\n");
}

#[test]
fn brackets_in_texts_characters_and_comments_do_not_count() {
    check_indented(
        "f(\"{\");\ng('{', '\\'', '\\u{7b}');\nh::<'a>(); // {\ni(); /* { /* ( */ [ */\nj(r#\"{\"\"#, br\"(\");\nk();\n",
    );
    check_indented("f(b'{', b\"{\", \"\\\"{\", \"\\\\\");\nlet 'é' = c else {\n    return;\n};\n");
}

#[test]
fn a_text_of_several_lines_stays_as_it_is() {
    let lines = ["{", "f(\"{", "  two", "\");", "g();", "}"];
    assert_eq!(assemble::indented(&lines), "{\n    f(\"{\n  two\n\");\n    g();\n}\n");
}

#[test]
fn answers_are_counted() {
    assert_eq!(assemble::count(&fill(&[4, 2])), 8);
    assert_eq!(assemble::count(&fill(&[6; 26])), usize::MAX);
    assert_eq!(assemble::count(&order(2, 3)), 6);
    assert_eq!(assemble::count(&order(3, 2)), 0);
    assert_eq!(assemble::count(&order(90, 99)), usize::MAX);
}

/// Every rank has an answer of its own, and with that rank, and the answers come in order.
fn check_ranks(question: &Question) {
    let count = assemble::count(question);
    let mut seen = BTreeSet::new();
    for rank in 0..count {
        let answer = assemble::answer_at(question, rank).expect("a rank below the count");
        assert_eq!(assemble::rank(question, &answer), Some(rank), "{answer:?}");
        let digits = match answer {
            Answer::Fill { picks } => picks,
            Answer::Order { lines } => lines,
            other => panic!("{other:?}"),
        };
        assert!(seen.last().is_none_or(|last| *last < digits), "{digits:?} comes too late");
        seen.insert(digits);
    }
    assert_eq!(seen.len(), count);
    assert_eq!(assemble::answer_at(question, count), None);
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let row = prop_oneof![any_code().prop_map(Row::Fixed), Just(Row::Gap)];
    proptest::collection::vec(row, 0..8)
}

fn any_code() -> impl Strategy<Value = Snippet> {
    proptest::string::string_regex("[a-c{}()\\[\\]\"'\\\\/*r#.é \n]{0,12}")
        .expect("a regex")
        .prop_map(|text| snippet(&text))
}

proptest! {
    #[test]
    fn every_combination_has_a_rank(sizes in proptest::collection::vec(0..5usize, 0..5)) {
        check_ranks(&fill(&sizes));
    }

    #[test]
    fn every_arrangement_has_a_rank(places in 0..5usize, lines in 0..6usize) {
        check_ranks(&order(places, lines));
    }

    #[test]
    fn no_answer_makes_assembling_panic(
        template in "[a-c/*é ]{0,20}",
        rows in any_rows(),
        lines in proptest::collection::vec(any_code(), 0..5),
        picks in proptest::collection::vec(0..4usize, 0..4),
        rank in any::<usize>(),
    ) {
        let slots = slots(&[("a", &["x", ""]), ("b", &["y"])]);
        let _ = assemble::filled(&template, &slots, &picks);
        let program = assemble::ordered(&rows, &lines, &picks);
        let question = Question::Order { rows, lines, outcomes: Outcomes::default() };
        let answer = Answer::Order { lines: picks };
        prop_assert_eq!(program.is_some(), assemble::rank(&question, &answer).is_some());
        let _ = assemble::answer_at(&question, rank);
        let _ = assemble::answer_at(&fill(&[3; 40]), rank);
        let _ = assemble::answer_at(&order_of_many(), rank);
    }

    #[test]
    fn indenting_twice_changes_nothing(lines in proptest::collection::vec("[a-c{}()\\[\\]\"'/*r#. ]{0,12}", 0..8)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let once = assemble::indented(&lines);
        let again: Vec<&str> = once.lines().collect();
        prop_assert_eq!(assemble::indented(&again), once);
    }

    #[test]
    fn a_question_survives_its_journey(rows in any_rows(), lines in proptest::collection::vec(any_code(), 0..5)) {
        let question = Question::Order { rows, lines, outcomes: Outcomes::default() };
        let text = serde_json::to_string(&question).expect("questions are JSON");
        prop_assert_eq!(json::read::<Question>(&text), Ok(question));
    }
}

fn order_of_many() -> Question {
    order(40, 50)
}
