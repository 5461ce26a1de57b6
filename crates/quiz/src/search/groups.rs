//! What many problems have in common, each searched once for all of them: concepts, topics, kinds and levels.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Entry};
use crate::problem::{Kind, Level};

use super::lexicon::Lexicon;
use super::words::words;

/// Groups of problems, and the words that each is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Groups {
    /// The places are indexes of `all`.
    pub(super) words: Lexicon,
    pub(super) all: Vec<Group>,
}

/// Problems that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// What it is, for a learner: `concept: shared borrow`.
    pub(super) name: String,
    /// Their indexes.
    pub(super) problems: Vec<usize>,
}

impl Groups {
    /// The concepts that problems ask for, by their names and by what they mean.
    pub(super) fn concepts(catalog: &Catalog) -> Groups {
        let mut on_concept: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (problem, entry) in catalog.problems.iter().enumerate() {
            for concept in &entry.concepts {
                on_concept.entry(concept).or_default().push(problem);
            }
        }
        let mut groups = Grouping::default();
        for (name, problems) in on_concept {
            let meaning = catalog.concepts.get(name).map_or("", |concept| &concept.meaning);
            groups.add(format!("concept: {}", name.replace('-', " ")), &[name, meaning], problems);
        }
        groups.done()
    }

    /// Topics, kinds and levels, by what they are called.
    pub(super) fn labels(catalog: &Catalog) -> Groups {
        let with = |has: &dyn Fn(&Entry) -> bool| {
            let problems = catalog.problems.iter().enumerate();
            problems.filter(|(_, entry)| has(entry)).map(|(problem, _)| problem).collect()
        };
        let mut groups = Grouping::default();
        for topic in catalog.topics.iter().map(|packs| &packs.topic) {
            groups.add(format!("topic: {}", topic.label()), &[&topic.0], with(&|entry| entry.topic == *topic));
        }
        for kind in Kind::ALL {
            groups.add(format!("kind: {}", kind.label()), &[kind.label()], with(&|entry| entry.kind == kind));
        }
        for level in Level::ALL {
            groups.add(format!("level: {}", level.label()), &[level.label()], with(&|entry| entry.level == level));
        }
        groups.done()
    }
}

#[derive(Default)]
struct Grouping {
    found: Vec<(String, usize)>,
    all: Vec<Group>,
}

impl Grouping {
    fn add(&mut self, name: String, texts: &[&str], problems: Vec<usize>) {
        let place = self.all.len();
        self.found.extend(texts.iter().flat_map(|text| words(text)).map(|word| (word.to_owned(), place)));
        self.all.push(Group { name, problems });
    }

    fn done(self) -> Groups {
        Groups { words: Lexicon::of(self.found), all: self.all }
    }
}
