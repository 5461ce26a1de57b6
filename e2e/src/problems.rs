//! The truth about the problems of a release, and answers that are right, partly right or wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use quiz::answer::{Answer, Prediction};
use quiz::assemble;
use quiz::catalog::{Catalog, Pack};
use quiz::grading::{Mark, grade};
use quiz::problem::{ExpectedOutcome, Kind, Problem, Question, RoleLine, Slug};
use quiz::rule::Code;

/// All problems of a release.
pub struct Problems {
    /// The index that the app loads.
    pub catalog: Catalog,
    /// The whole problems, in the catalog's order.
    all: Vec<Problem>,
}

impl Problems {
    /// Reads the packs of a release.
    ///
    /// # Errors
    /// If there are none, or they are not what the app could read.
    pub fn of_release(folder: &Path) -> Result<Problems> {
        let catalog: Catalog = read(&folder.join(catalog_address(folder)?))?;
        let mut all = Vec::new();
        for topic in &catalog.topics {
            let pack: Pack = read(&folder.join(&topic.pack))?;
            all.extend(pack.problems);
        }
        Ok(Problems { catalog, all })
    }

    /// The problem of this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn problem(&self, slug: &Slug) -> Result<&Problem> {
        self.all.iter().find(|problem| problem.slug == *slug).with_context(|| format!("the packs have no {slug}"))
    }

    /// All problems, in the catalog's order.
    pub fn all(&self) -> &[Problem] {
        &self.all
    }

    /// The first problem of this kind for which there is an answer with this mark, and that answer.
    ///
    /// # Errors
    /// If there is none.
    pub fn to_be_marked(&self, kind: Kind, mark: Mark) -> Result<(Problem, Answer)> {
        self.all
            .iter()
            .filter(|problem| problem.question.kind() == kind)
            .find_map(|problem| Some((problem.clone(), answer_marked(problem, mark)?)))
            .with_context(|| format!("no {} problem can be answered {mark:?}", kind.name()))
    }

    /// The problem with the longest program.
    pub fn longest(&self) -> Option<&Problem> {
        self.all.iter().max_by_key(|problem| lines_of(problem))
    }

    /// The first problem whose program does this.
    ///
    /// # Errors
    /// If there is none.
    pub fn predict(&self, wanted: impl Fn(&ExpectedOutcome) -> bool) -> Result<&Problem> {
        self.all
            .iter()
            .find(|problem| matches!(&problem.question, Question::Predict { expected, .. } if wanted(expected)))
            .context("no program does that")
    }
}

/// Where the catalog of a release is, from its root.
///
/// # Errors
/// If its page names none.
pub fn catalog_address(folder: &Path) -> Result<String> {
    let index = fs::read_to_string(folder.join("index.html")).context("the release has no index.html")?;
    let named = index.split_once("<meta name=\"catalog\" content=\"").and_then(|(_, rest)| rest.split_once('"'));
    Ok(named.context("the page names no catalog")?.0.to_owned())
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("cannot understand {}", path.display()))
}

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
    }
}

fn lines_of(problem: &Problem) -> u32 {
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
