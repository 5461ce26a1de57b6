//! A small problem of each kind, and several ways to answer it.

use std::collections::BTreeMap;
use std::sync::Arc;

use quiz::discussion::{Criterion, Discussion, Round, RubricRow, TitledText};
use quiz::exercise::{Complexity, Exercise, TestBlock};
use quiz::highlights::Highlights;
use quiz::problem::{
    Edition, ExpectedOutcome, Level, Outcome, Outcomes, Problem, Program, Question, RoleLine, Row, Topic,
};
use quiz::prose::{Node, Prose};
use quiz::role::Role;
use quiz::rule::Code;
use quiz::verdict::Verdict;

use super::{option, slot, slug, snippet};

/// A problem of five lines that asks `question`, with two hints.
pub fn problem(question: Question) -> Arc<Problem> {
    let program = Program {
        source: "one\ntwo\nthree\nfour\nfive\n".to_owned(),
        highlights: Highlights::default(),
        compiled: None,
        edition: Edition::E2024,
        verdict: Verdict::Compiles,
    };
    Arc::new(Problem {
        slug: slug("the-problem"),
        topic: Topic("ownership".to_owned()),
        title: "The problem".to_owned(),
        level: Level::Mid,
        minutes: 2,
        revision: 3,
        concepts: Vec::new(),
        references: Vec::new(),
        crates: Vec::new(),
        prompt: Prose(vec![Node::Program(0)]),
        question,
        hints: vec![Prose::default(), Prose::default()],
        explanation: Prose::default(),
        let_through: None,
        interview: Prose::default(),
        programs: vec![program],
        check: None,
        what_ifs: Vec::new(),
    })
}

/// Three options, the second of them right; or the first two, where several may be.
pub fn choice(several: bool) -> Question {
    Question::Choice { several, options: vec![option(several), option(true), option(false)] }
}

/// A program that does this.
pub fn predict(expected: ExpectedOutcome) -> Question {
    Question::Predict { expected, rules: ["E0382", "E0502"].map(Code::from).to_vec(), titles: BTreeMap::new() }
}

/// A program that is rejected in line 4.
pub fn rejected() -> Question {
    predict(ExpectedOutcome::Error { code: Code::from("E0382"), line: 4 })
}

/// Something is moved in line 3 and used in line 4.
pub fn spot() -> Question {
    let role = |role, line| RoleLine { role, line };
    Question::Spot { roles: vec![role(Role::Moved, 3), role(Role::UsedAfterMove, 4)] }
}

fn outcomes(of: Vec<usize>) -> Outcomes {
    let outcome = |accepted| Outcome { accepted, verdict: Verdict::Compiles, checked: false };
    Outcomes { outcomes: vec![outcome(false), outcome(true)], of }
}

/// Two slots of two choices each; 1 and 0 are right.
pub fn fill() -> Question {
    let choices = ["a", "b"];
    Question::Fill { slots: vec![slot(&choices), slot(&choices)], outcomes: outcomes(vec![0, 0, 1, 0]) }
}

/// Two gaps for three lines; 1 and then 0 is right.
pub fn order() -> Question {
    let lines = ["a", "b", "decoy"].map(snippet).to_vec();
    // By rank: 01, 02, 10, 12, 20, 21.
    Question::Order {
        rows: vec![Row::Gap, Row::Fixed(snippet("x")), Row::Gap],
        lines,
        outcomes: outcomes(vec![0, 0, 1, 0, 0, 0]),
    }
}

/// A function that must pass two tests that are shown and one that is not.
pub fn write() -> Question {
    let block = |names: &[&str]| TestBlock {
        code: snippet(&names.iter().map(|name| format!("#[test]\nfn {name}() {{}}\n")).collect::<String>()),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    Question::Write(Exercise {
        start: snippet("fn longest() { todo!() }\n"),
        tests: block(&["of_one", "of_two"]),
        hidden_tests: block(&["of_none"]),
        solutions: Vec::new(),
        wrong_turns: Vec::new(),
        complexity: Complexity::default(),
        schedules: 1,
        clarify: None,
    })
}

/// A question with two rows to score oneself by.
pub fn discuss() -> Question {
    let row = |criterion, text| RubricRow { criterion, text: Prose::line(text) };
    let titled = |title, text| TitledText { title: Prose::line(title), text: Prose::line(text) };
    Question::Discuss(Discussion {
        round: Round::TradeOff,
        clarify: None,
        rubric: vec![row(Criterion::Reasoning, "Says why."), row(Criterion::TradeOffs, "Says what it costs.")],
        follow_ups: vec![titled("And `then`?", "So.")],
        mistakes: vec![titled("Says nothing", "Say something.")],
    })
}

/// A question of each kind, and of each outcome of a prediction.
pub fn all() -> Vec<Question> {
    vec![
        choice(false),
        choice(true),
        predict(ExpectedOutcome::Prints { stdout: "4\n".to_owned() }),
        rejected(),
        predict(ExpectedOutcome::Panics { line: 2 }),
        predict(ExpectedOutcome::Undefined { line: 2 }),
        spot(),
        fill(),
        order(),
        write(),
        discuss(),
    ]
}
