//! The truth about the problems of a release, and answers that are right, partly right or wrong.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use quiz::answer::Answer;
use quiz::catalog::{Catalog, Pack};
use quiz::exercise::{CodeResult, SelfAssessment};
use quiz::grading::Mark;
use quiz::interview::Blueprint;
use quiz::problem::{ExpectedOutcome, Kind, Problem, Question, Slug};
use xtask::scale::answers::{self, lines_of};

/// All problems of a release.
pub struct Problems {
    /// The index that the app loads.
    pub catalog: Catalog,
    /// The whole problems, in the catalog's order.
    all: Vec<Problem>,
    /// What interviews consist of.
    pub blueprints: Vec<Blueprint>,
}

impl Problems {
    /// Reads the packs of a release.
    ///
    /// # Errors
    /// If there are none, or they are not what the app could read.
    pub fn of_release(folder: &Path) -> Result<Problems> {
        let catalog: Catalog = read(&folder.join(catalog_address(folder)?))?;
        let mut all = Vec::new();
        for file in catalog.packs() {
            let pack: Pack = read(&folder.join(&file.address))?;
            all.extend(pack.problems);
        }
        let blueprints = read(&folder.join(&catalog.interviews))?;
        Ok(Problems { catalog, all, blueprints })
    }

    /// The problem of this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn problem(&self, slug: &Slug) -> Result<&Problem> {
        self.all.iter().find(|problem| problem.slug == *slug).with_context(|| format!("the packs have no {slug}"))
    }

    /// What an interview consists of.
    ///
    /// # Errors
    /// If there is none of this name.
    pub fn blueprint(&self, name: &str) -> Result<&Blueprint> {
        self.blueprints
            .iter()
            .find(|blueprint| blueprint.name == name)
            .with_context(|| format!("no interview is {name}"))
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

    /// The same of a problem whose program fills a phone's screen, if there is one of the kind.
    ///
    /// # Errors
    /// If there is none at all.
    pub fn long_to_be_marked(&self, kind: Kind, mark: Mark) -> Result<(Problem, Answer)> {
        const LINES: u32 = 14;
        let is_long = |problem: &&Problem| problem.question.kind() == kind && lines_of(problem) >= LINES;
        let mut long = self.all.iter().filter(is_long);
        let found = long.find_map(|problem| Some((problem.clone(), answer_marked(problem, mark)?)));
        found.map_or_else(|| self.to_be_marked(kind, mark), Ok)
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

/// A complete answer that is graded so, if there is one. How a program went is what the learner says.
pub fn answer_marked(problem: &Problem, mark: Mark) -> Option<Answer> {
    let said = match mark {
        Mark::Wrong => SelfAssessment::Failed,
        Mark::Partly => SelfAssessment::SomePassed,
        Mark::Right => SelfAssessment::AllPassed,
    };
    match answers::answer_marked(problem, mark)? {
        Answer::Write { code, .. } => Some(Answer::Write { code, result: CodeResult::SelfAssessed(said), runs: 0 }),
        answer @ (Answer::Choice { .. }
        | Answer::Predict(_)
        | Answer::Spot { .. }
        | Answer::Fill { .. }
        | Answer::Order { .. }
        | Answer::Discuss { .. }
        | Answer::Unknown) => Some(answer),
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
