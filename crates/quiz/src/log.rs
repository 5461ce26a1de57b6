//! The attempt log: a grow-only set of attempts, from which everything about a learner is derived.
//!
//! Merging two logs is a union, so it is commutative, associative and idempotent: two devices, two tabs and the same
//! file imported twice all come out right.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::attempt::{Attempt, AttemptId};
use crate::catalog::Entry;
use crate::envelope::{self, EnvelopeError, Format};
use crate::grading::Mark;
use crate::json;
use crate::problem::Slug;

/// How attempts are stored and exported. Version 2 has answers to `fill` and `order`, and further tries; version 3 has
/// predictions of undefined behaviour.
pub const ATTEMPTS: Format = Format { kind: "attempts", version: 3 };

/// A set of attempts, in the order of their ids, which is the order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptLog {
    attempts: BTreeMap<AttemptId, Attempt>,
}

/// Where a learner stands with a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Never answered.
    New,
    /// The last answer was not right in all its parts.
    NotYet,
    /// The last answer was right.
    Right,
}

/// What a text with attempts gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The attempts that could be read.
    pub attempts: Vec<Attempt>,
    /// What was wrong with the others. The text must be kept while this is not empty.
    pub damaged: Vec<String>,
}

/// Reads an envelope of attempts. One bad attempt does not spoil the others.
///
/// # Errors
/// When the envelope as a whole cannot be opened.
pub fn read(text: &str) -> Result<Read, EnvelopeError> {
    let Value::Array(items) = envelope::open(ATTEMPTS, text)? else {
        return Err(EnvelopeError::Unreadable("it holds no list of attempts".to_owned()));
    };
    let mut read = Read::default();
    for item in items {
        match json::from_value::<Attempt>(item) {
            Ok(attempt) => read.attempts.push(attempt),
            Err(misfit) => read.damaged.push(misfit.to_string()),
        }
    }
    Ok(read)
}

/// Writes an envelope of attempts.
pub fn write<'a>(attempts: impl IntoIterator<Item = &'a Attempt>) -> String {
    envelope::seal(ATTEMPTS, &attempts.into_iter().collect::<Vec<_>>())
}

impl AttemptLog {
    /// Adds an attempt; tells whether it is new. The first one of an id stays.
    pub fn insert(&mut self, attempt: Attempt) -> bool {
        let is_new = !self.attempts.contains_key(&attempt.id);
        self.attempts.entry(attempt.id.clone()).or_insert(attempt);
        is_new
    }

    /// Adds all of `attempts`; tells how many are new.
    pub fn union(&mut self, attempts: impl IntoIterator<Item = Attempt>) -> usize {
        attempts.into_iter().map(|attempt| usize::from(self.insert(attempt))).sum()
    }

    /// All attempts, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.attempts.values()
    }

    /// How many attempts there are.
    pub fn len(&self) -> usize {
        self.attempts.len()
    }

    /// Whether nothing was ever answered.
    pub fn is_empty(&self) -> bool {
        self.attempts.is_empty()
    }

    /// The attempts that count: the first try of each sitting, oldest first.
    pub fn first_tries(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.iter().filter(|attempt| attempt.is_first_try())
    }

    /// How many times a problem was answered; further tries within a sitting do not count.
    pub fn tries(&self, slug: &Slug) -> usize {
        self.first_tries().filter(|attempt| attempt.slug == *slug).count()
    }

    /// The latest attempt that counts at each problem that was ever answered.
    pub fn latest(&self) -> Latest<'_> {
        let mut latest = Latest { attempts: Vec::new() };
        for attempt in self.first_tries() {
            match latest.place(&attempt.slug) {
                Ok(place) => latest.attempts[place] = attempt,
                Err(place) => latest.attempts.insert(place, attempt),
            }
        }
        latest
    }
}

/// The latest attempt that counts at each problem.
#[derive(Clone, Debug)]
pub struct Latest<'log> {
    /// One a problem, by the problems' names.
    attempts: Vec<&'log Attempt>,
}

impl<'log> Latest<'log> {
    /// Where the attempt at a problem is, or would be.
    fn place(&self, slug: &Slug) -> Result<usize, usize> {
        self.attempts.binary_search_by(|attempt| attempt.slug.0.as_str().cmp(&slug.0))
    }

    fn at(&self, slug: &Slug) -> Option<&'log Attempt> {
        self.place(slug).ok().map(|place| self.attempts[place])
    }

    /// Where the learner stands with a problem. An answer to an earlier revision asked something else: it is new again.
    pub fn standing(&self, entry: &Entry) -> Standing {
        match self.at(&entry.slug) {
            Some(attempt) if attempt.revision >= entry.revision => match attempt.mark {
                Mark::Right => Standing::Right,
                Mark::Partly | Mark::Wrong => Standing::NotYet,
            },
            _ => Standing::New,
        }
    }

    /// When a problem was last answered, in ms since 1970; 0 for never.
    pub fn time(&self, slug: &Slug) -> u64 {
        self.at(slug).map_or(0, |attempt| attempt.at)
    }
}

impl FromIterator<Attempt> for AttemptLog {
    fn from_iter<I: IntoIterator<Item = Attempt>>(attempts: I) -> AttemptLog {
        let mut log = AttemptLog::default();
        log.union(attempts);
        log
    }
}
