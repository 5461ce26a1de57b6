//! Search over problems as one types.

use std::cmp::Reverse;

use serde::Serialize;

use crate::catalog::{Catalog, Entry};
use crate::json::read_struct;
use crate::problem::{Problem, Question};

/// What a learner reads of each problem before answering: a file of its own, since only a search needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Texts {
    /// In the catalog's order, in lower case.
    pub problems: Vec<String>,
}

read_struct!(Texts { problems });

impl Texts {
    /// The texts of problems that are in the catalog's order.
    pub fn of(problems: &[Problem]) -> Texts {
        Texts { problems: problems.iter().map(text).collect() }
    }
}

/// Hints and explanations are not searched: they would give the problem away.
fn text(problem: &Problem) -> String {
    let mut text = problem.prompt.words();
    if let Question::Choice { options, .. } = &problem.question {
        for option in options {
            text.push(' ');
            text.push_str(&option.text.words());
        }
    }
    // Texts are English: the tables for other scripts would be 4 kB of the wasm file.
    text.to_ascii_lowercase()
}

/// What is searched of all problems, in the catalog's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index(Vec<Indexed>);

/// What is searched of one problem, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Indexed {
    title: String,
    concepts: String,
    text: String,
}

impl Index {
    /// Titles, concepts, topics, kinds and levels, and what is known of the texts.
    pub fn of(catalog: &Catalog, texts: &Texts) -> Index {
        let mut texts = texts.problems.iter();
        Index(catalog.problems.iter().map(|entry| Indexed::of(entry, catalog, texts.next())).collect())
    }

    /// The indexes of the problems that fit `query` and that are wanted, best first; of equals in the catalog's order.
    ///
    /// Words at the start of a word count more than inside one, titles more than concepts, concepts more than text.
    pub fn find(&self, query: &str, is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let query = query.to_ascii_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut hits = Vec::new();
        for (problem, indexed) in self.0.iter().enumerate().filter(|(problem, _)| is_wanted(*problem)) {
            if let Some(score) = indexed.score(&words) {
                hits.push((score, problem));
            }
        }
        hits.sort_by_key(|(score, _)| Reverse(*score));
        hits.into_iter().map(|(_, problem)| problem).collect()
    }
}

impl Indexed {
    fn of(entry: &Entry, catalog: &Catalog, text: Option<&String>) -> Indexed {
        let mut concepts = String::new();
        for name in &entry.concepts {
            let meaning = catalog.concepts.get(name).map_or("", |concept| &concept.meaning);
            concepts.push_str(&format!("{} {meaning} ", name.replace('-', " ")));
        }
        let mut about = format!("{} {} {} ", entry.topic.label(), entry.kind.label(), entry.level.label());
        about.make_ascii_lowercase();
        concepts.make_ascii_lowercase();
        about.push_str(text.map_or("", String::as_str));
        Indexed { title: entry.title.to_ascii_lowercase(), concepts, text: about }
    }

    /// How well the problem fits, higher is better; `None` if one of the words occurs nowhere.
    fn score(&self, words: &[&str]) -> Option<u64> {
        words.iter().map(|word| self.score_word(word)).sum()
    }

    /// By the weightiest field that has the word: no hit in a lighter one counts as much.
    fn score_word(&self, word: &str) -> Option<u64> {
        let fields = [(&self.title, 100), (&self.concepts, 10), (&self.text, 1)];
        fields.into_iter().find_map(|(field, weight)| Some(weight * hit(field, word)?))
    }
}

/// 2 if `word` starts a word of `field`, 1 if it is inside one.
fn hit(field: &str, word: &str) -> Option<u64> {
    let starts_word = |at: usize| !field[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
    let mut best = None;
    for (at, _) in field.match_indices(word) {
        if starts_word(at) {
            return Some(2);
        }
        best = Some(1);
    }
    best
}
