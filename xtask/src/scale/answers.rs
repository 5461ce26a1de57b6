//! Answers to a problem that are right, partly right or wrong.

use std::collections::BTreeMap;

use quiz::answer::{Answer, Prediction};
use quiz::assemble;
use quiz::discussion::Score;
use quiz::exercise::{CodeResult, Exercise, FailureKind, TestFailure};
use quiz::grading::{Mark, grade};
use quiz::problem::{ExpectedOutcome, Problem, Question, RoleLine};
use quiz::rule::Code;

/// A complete answer that is graded so, if there is one.
pub fn answer_marked(problem: &Problem, mark: Mark) -> Option<Answer> {
    answers(problem).into_iter().find(|answer| grade(&problem.question, answer).mark == mark)
}

/// Answers that a learner could give to it, among them every way of being right or wrong.
fn answers(problem: &Problem) -> Vec<Answer> {
    match &problem.question {
        Question::Choice { several, options } => choices(*several, options.len()),
        Question::Predict { expected, rules, .. } => predictions(expected, rules, lines_of(problem)),
        Question::Spot { roles } => spottings(roles, lines_of(problem)),
        question @ (Question::Fill { .. } | Question::Order { .. }) => {
            (0..assemble::count(question)).filter_map(|rank| assemble::answer_at(question, rank)).collect()
        }
        Question::Write(exercise) => programs(exercise),
        Question::Discuss(discussion) => scored(discussion.rubric.len()),
    }
}

/// Its solution, a program that fails its first test, and one that fails all.
fn programs(exercise: &Exercise) -> Vec<Answer> {
    let names: Vec<&str> = exercise.names().collect();
    let failure = |name: &&str| TestFailure {
        test: (*name).to_owned(),
        how: FailureKind::Panic,
        message: "assertion failed".to_owned(),
        line: None,
    };
    let code = exercise.solutions.first().map_or(&exercise.start, |solution| &solution.program).text.clone();
    let answer = |failed: usize| Answer::Write {
        code: code.clone(),
        result: CodeResult::Tested {
            failures: names.iter().take(failed).map(failure).collect(),
            tests: names.len() as u32,
        },
        runs: 1,
    };
    [0, 1, names.len()].map(answer).into()
}

/// All rows scored alike, in each way.
fn scored(rows: usize) -> Vec<Answer> {
    Score::ALL.map(|score| Answer::Discuss { notes: "First, then.".to_owned(), scores: vec![score; rows] }).into()
}

/// How many lines its program has.
pub fn lines_of(problem: &Problem) -> u32 {
    problem.main_program().map_or(0, |program| program.source.lines().count() as u32)
}

fn choices(several: bool, options: usize) -> Vec<Answer> {
    let sets = 1_usize..1 << options;
    sets.filter(|set| several || set.count_ones() == 1)
        .map(|set| Answer::Choice { chosen: (0..options).filter(|option| set & (1 << option) != 0).collect() })
        .collect()
}

fn predictions(expected: &ExpectedOutcome, rules: &[Code], lines: u32) -> Vec<Answer> {
    let mut predictions = vec![Prediction::Prints { stdout: "something else".to_owned() }];
    if let ExpectedOutcome::Prints { stdout } = expected {
        predictions.push(Prediction::Prints { stdout: stdout.clone() });
    }
    for line in 1..=lines {
        predictions.push(Prediction::Panics { line: Some(line) });
        predictions.push(Prediction::Undefined { line: Some(line) });
        for rule in rules {
            predictions.push(Prediction::Error { line: Some(line), rule: Some(rule.clone()) });
        }
    }
    predictions.into_iter().map(Answer::Predict).collect()
}

/// All roles right, all but the first wrong, and all wrong.
fn spottings(roles: &[RoleLine], lines: u32) -> Vec<Answer> {
    let played: Vec<u32> = roles.iter().map(|role| role.line).collect();
    let elsewhere: Vec<u32> = (1..=lines).filter(|line| !played.contains(line)).collect();
    (0..=roles.len())
        .rev()
        .map(|right| {
            let wrong = elsewhere.iter().copied().cycle();
            let lines = roles.iter().enumerate().zip(wrong);
            let lines = lines.map(|((at, role), wrong)| (role.role, if at < right { role.line } else { wrong }));
            Answer::Spot { lines: lines.collect::<BTreeMap<_, _>>() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_one_is_made_once() {
        assert_eq!(choices(false, 3).len(), 3);
        assert_eq!(choices(true, 3).len(), 7);
    }

    #[test]
    fn predictions_are_right_partly_right_and_wrong() {
        let expected = ExpectedOutcome::Error { code: Code::from("E0382"), line: 2 };
        let rules = [Code::from("E0382"), Code::from("E0502")];
        let question = Question::Predict { expected: expected.clone(), rules: rules.to_vec(), titles: BTreeMap::new() };
        let marks: Vec<Mark> =
            predictions(&expected, &rules, 3).iter().map(|answer| grade(&question, answer).mark).collect();
        for mark in [Mark::Right, Mark::Partly, Mark::Wrong] {
            assert!(marks.contains(&mark), "{mark:?}");
        }
    }
}
