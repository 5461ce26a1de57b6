//! Search over problems as one types.

use crate::catalog::{Catalog, Entry};
use crate::problem::{Problem, Question};

/// What is searched of one problem, in lower case. Texts are English: the tables for other scripts would be 4 kB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indexed {
    title: String,
    concepts: String,
    text: String,
}

/// What can be searched before the problem itself is loaded: title, concepts, topic, kind and level.
pub fn index_entry(entry: &Entry, catalog: &Catalog) -> Indexed {
    let meanings = entry.concepts.iter().map(|name| {
        let meaning = catalog.concepts.get(name).map_or("", |concept| &concept.meaning);
        format!("{} {meaning} ", name.replace('-', " "))
    });
    Indexed {
        title: entry.title.to_ascii_lowercase(),
        concepts: meanings.collect::<String>().to_ascii_lowercase(),
        text: format!("{} {} {}", entry.topic.label(), entry.kind.label(), entry.level.label()).to_ascii_lowercase(),
    }
}

impl Indexed {
    /// Adds the texts of the problem that a learner sees before answering: hints and explanations would give it away.
    pub fn add_text(&mut self, problem: &Problem) {
        self.text.push(' ');
        self.text.push_str(&problem.prompt.words().to_ascii_lowercase());
        if let Question::Choice { options, .. } = &problem.question {
            for option in options {
                self.text.push(' ');
                self.text.push_str(&option.text.words().to_ascii_lowercase());
            }
        }
    }

    /// How well the problem fits `query`, higher is better; `None` if a word of the query occurs nowhere.
    ///
    /// Words at the start of a word count more than inside one, titles more than concepts, concepts more than text.
    pub fn score(&self, query: &str) -> Option<u32> {
        query.to_ascii_lowercase().split_whitespace().map(|word| self.score_word(word)).sum()
    }

    fn score_word(&self, word: &str) -> Option<u32> {
        [(&self.title, 100), (&self.concepts, 10), (&self.text, 1)]
            .into_iter()
            .filter_map(|(field, weight)| Some(weight * hit(field, word)?))
            .max()
    }
}

/// 2 if `word` starts a word of `field`, 1 if it is inside one.
fn hit(field: &str, word: &str) -> Option<u32> {
    let starts_word = |at: usize| !field[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
    let mut hits = field.match_indices(word).map(|(at, _)| if starts_word(at) { 2 } else { 1 });
    hits.clone().find(|value| *value == 2).or_else(|| hits.next())
}
