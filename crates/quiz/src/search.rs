//! Search over problems as one types: by whole words, or by how words begin, and never by what is inside of one.
//!
//! Titles, concepts, topics, kinds and levels are in the catalog. What else is searched is an index that is made when
//! problems are packed, a [file of its own](Texts): a keystroke looks its words up and reads no text.
//!
//! A word that no problem has is taken for the nearest one that some have, and [said so](Index::respelt).
//!
//! That a program has an error is the answer to many a question: the codes of its errors find a problem only once it was answered.

mod groups;
mod lexicon;
mod spelling;
mod texts;
mod words;

use crate::catalog::Catalog;
use crate::places;

use groups::Groups;
pub use lexicon::Lexicon;
pub use texts::Texts;
use words::words;

/// So many words of a query count. Nobody remembers more of a problem.
const MOST_WORDS: usize = 12;

/// What of a problem is searched, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Title,
    Concept,
    /// Topic, kind and level.
    Label,
    Crate,
    /// The codes of errors that its programs have.
    Error,
    Code,
    Text,
    /// The codes of errors that a learner chooses from.
    Choice,
}

const FIELDS: [Field; 8] =
    [Field::Title, Field::Concept, Field::Label, Field::Crate, Field::Error, Field::Code, Field::Text, Field::Choice];

/// How well a word of a query fits a word of a problem, the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
}

/// Where a word of a query was found, the better place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    fit: Fit,
    field: Field,
    /// The index of the word, or of the group, in its field.
    at: usize,
}

/// A problem that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its index in the catalog.
    pub problem: usize,
    /// How many words of the query it does not have, if no problem has them all.
    pub lacks: usize,
    /// The best place of each word of the query that it has.
    matches: Vec<Match>,
}

/// What is searched of the catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    problems: usize,
    titles: Lexicon,
    concepts: Groups,
    labels: Groups,
}

impl Index {
    /// The index of a catalog.
    pub fn of(catalog: &Catalog) -> Index {
        let titles = catalog.problems.iter().enumerate();
        let titles = titles.flat_map(|(problem, entry)| words(&entry.title).map(move |word| (word, problem)));
        Index {
            problems: catalog.problems.len(),
            titles: Lexicon::of(titles.collect()),
            concepts: Groups::concepts(catalog),
            labels: Groups::labels(catalog),
        }
    }

    /// The problems that have all words of `query` and are wanted, the best first; of equals in the catalog's order. If none has them
    /// all, those that have the most of them, and more than half.
    ///
    /// A whole word is better than the beginning of one, wherever either is; of two such the weightier field is better.
    /// Without a query all that are wanted are found. `is_answered` tells of which problems the errors may be told.
    pub fn find(
        &self,
        texts: &Texts,
        query: &str,
        is_wanted: impl Fn(usize) -> bool,
        is_answered: impl Fn(usize) -> bool,
    ) -> Vec<Hit> {
        let words = words_of_query(query);
        if words.is_empty() && !query.trim().is_empty() {
            // Signs alone are in no index.
            return Vec::new();
        }
        let best_of = |word: String| self.matches(texts, &self.meant(texts, &word).unwrap_or(word), &is_answered);
        let best: Vec<Vec<Option<Match>>> = words.into_iter().map(best_of).collect();
        let hit = |problem: usize| {
            let matches: Vec<Match> = best.iter().filter_map(|best| best[problem]).collect();
            Hit { problem, lacks: best.len() - matches.len(), matches }
        };
        let mut hits: Vec<Hit> = (0..self.problems).filter(|problem| is_wanted(*problem)).map(hit).collect();
        let least = hits.iter().map(|hit| hit.lacks).min().unwrap_or(0);
        hits.retain(|hit| hit.lacks == least && (least == 0 || 2 * least < best.len()));
        places::sort_by_key(&mut hits, Hit::cost);
        hits
    }

    /// The words of `query` that no problem has, in lower case, each with the nearest one that some have: it is searched instead.
    pub fn respelt(&self, texts: &Texts, query: &str) -> Vec<(String, String)> {
        let words = words_of_query(query).into_iter();
        words.filter_map(|typed| self.meant(texts, &typed).map(|meant| (typed, meant))).collect()
    }

    /// What a word was meant to be, if none begins with it and one is near to it. As long as the texts are not there it may be in
    /// them. No error of a program is ever meant, since that would tell of it.
    fn meant(&self, texts: &Texts, word: &str) -> Option<String> {
        let is_known = |field: &Field| self.lexicon(texts, *field).beginning_with(word).next().is_some();
        if texts.text.is_empty() || FIELDS.iter().any(is_known) {
            return None;
        }
        // The first letter is nearly always right, and spares most comparisons.
        let first = word.get(..1)?;
        let mut nearest = None;
        for field in FIELDS.into_iter().filter(|field| *field != Field::Error) {
            let lexicon = self.lexicon(texts, field);
            for other in lexicon.beginning_with(first).map(|at| lexicon.word(at)) {
                let Some(distance) = spelling::distance(word, other) else { continue };
                if nearest.is_none_or(|(least, _)| distance < least) {
                    nearest = Some((distance, other));
                }
            }
        }
        nearest.map(|(_, meant)| meant.to_owned())
    }

    /// Where a word is found best in each problem.
    fn matches(&self, texts: &Texts, word: &str, is_answered: &impl Fn(usize) -> bool) -> Vec<Option<Match>> {
        let mut best = vec![None; self.problems];
        let mut add = |problem: usize, found: Match| {
            if let Some(best) = best.get_mut(problem) {
                *best = Some(best.map_or(found, |known: Match| known.min(found)));
            }
        };
        for field in [Field::Title, Field::Crate, Field::Error, Field::Code, Field::Text, Field::Choice] {
            let lexicon = self.lexicon(texts, field);
            for at in lexicon.beginning_with(word) {
                let found = Match { fit: fit(lexicon, at, word), field, at };
                let may_tell = |problem: &usize| field != Field::Error || is_answered(*problem);
                lexicon.places(at).filter(may_tell).for_each(|problem| add(problem, found));
            }
        }
        for (field, groups) in [(Field::Concept, &self.concepts), (Field::Label, &self.labels)] {
            for at in groups.words.beginning_with(word) {
                let fit = fit(&groups.words, at, word);
                for group in groups.words.places(at).filter(|group| *group < groups.all.len()) {
                    let found = Match { fit, field, at: group };
                    groups.all[group].problems.iter().for_each(|problem| add(*problem, found));
                }
            }
        }
        best
    }

    fn lexicon<'a>(&'a self, texts: &'a Texts, field: Field) -> &'a Lexicon {
        match field {
            Field::Title => &self.titles,
            Field::Concept => &self.concepts.words,
            Field::Label => &self.labels.words,
            Field::Crate => &texts.crates,
            Field::Error => &texts.errors,
            Field::Code => &texts.code,
            Field::Text => &texts.text,
            Field::Choice => &texts.choices,
        }
    }

    /// Where the query was found, each place once, with code between backticks: `in the code: …`. Nothing if it is all in the title.
    ///
    /// `texts` must be those that the problem was found by.
    pub fn places(&self, texts: &Texts, hit: &Hit) -> String {
        let mut places: Vec<(&str, Vec<String>)> = Vec::new();
        for Match { field, at, .. } in &hit.matches {
            let (place, word) = match field {
                Field::Title => continue,
                Field::Concept => ("", self.concepts.all[*at].name.clone()),
                Field::Label => ("", self.labels.all[*at].name.clone()),
                Field::Crate => ("crate ", format!("`{}`", texts.crates.word(*at))),
                Field::Error => ("error ", texts.errors.word(*at).to_owned()),
                Field::Code => ("in the code: ", format!("`{}`", texts.code.word(*at))),
                Field::Text => ("in the text: ", texts.text.word(*at).to_owned()),
                Field::Choice => ("to choose from: ", texts.choices.word(*at).to_owned()),
            };
            match places.iter_mut().find(|(known, _)| *known == place) {
                Some((_, words)) if words.contains(&word) => {}
                Some((_, words)) => words.push(word),
                None => places.push((place, vec![word])),
            }
        }
        let in_words = |(place, words): &(&str, Vec<String>)| {
            // Concepts and labels say themselves what they are.
            format!("{place}{}", words.join(if place.is_empty() { " · " } else { ", " }))
        };
        places.iter().map(in_words).collect::<Vec<_>>().join(" · ")
    }
}

impl Hit {
    fn cost(&self) -> usize {
        self.matches.iter().map(|found| found.fit as usize * FIELDS.len() + found.field as usize).sum()
    }
}

fn fit(lexicon: &Lexicon, at: usize, word: &str) -> Fit {
    if lexicon.word(at).len() == word.len() { Fit::Whole } else { Fit::Beginning }
}

/// The different words of a query, in lower case.
fn words_of_query(query: &str) -> Vec<String> {
    let mut different: Vec<String> = Vec::new();
    for word in words(query) {
        let mut word = word.to_ascii_lowercase();
        // The code of an error, without its letter.
        if word.len() == 4 && word.starts_with('0') && word.bytes().all(|byte| byte.is_ascii_digit()) {
            word.insert(0, 'e');
        }
        if different.len() < MOST_WORDS && !different.contains(&word) {
            different.push(word);
        }
    }
    different
}
