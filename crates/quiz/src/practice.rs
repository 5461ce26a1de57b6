//! Which problems come next.

use serde::Serialize;

use crate::catalog::{Catalog, Entry};
use crate::json::read_struct;
use crate::log::{AttemptLog, Standing};
use crate::problem::{Kind, Level, Slug, Topic};
use crate::shuffle::{Shuffle, sorted_by_key};

/// Which problems are wanted; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Only this topic.
    pub topic: Option<Topic>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this level.
    pub level: Option<Level>,
}

impl Filter {
    /// Whether `entry` is wanted.
    pub fn accepts(&self, entry: &Entry) -> bool {
        self.topic.as_ref().is_none_or(|topic| entry.topic == *topic)
            && self.kind.is_none_or(|kind| entry.kind == kind)
            && self.level.is_none_or(|level| entry.level == level)
    }
}

/// A learner's queue: what is asked, in which order.
///
/// First what was not right the last time, longest ago first; then new problems, easier levels first; then what was
/// right, longest ago first. Two neighbours do not share a concept where that can be avoided.
pub fn queue(catalog: &Catalog, log: &AttemptLog, filter: &Filter, seed: u64) -> Vec<Slug> {
    let wanted: Vec<&Entry> = catalog.problems.iter().filter(|entry| filter.accepts(entry)).collect();
    let latest = log.latest();
    let of_standing = |which: Standing| -> Vec<&Entry> {
        wanted.iter().copied().filter(|entry| latest.standing(entry) == which).collect()
    };

    let by_time = |entry: &&Entry| latest.time(&entry.slug);
    let not_yet = sorted_by_key(of_standing(Standing::NotYet), by_time);
    let new = of_standing(Standing::New);
    let new: Vec<&Entry> = Shuffle::new(seed).order(new.len()).into_iter().map(|index| new[index]).collect();
    let new = sorted_by_key(new, |entry| entry.level as u64);
    let right = sorted_by_key(of_standing(Standing::Right), by_time);

    let mut queue = spread(not_yet);
    queue.extend(spread(new));
    queue.extend(spread(right));
    queue.into_iter().map(|entry| entry.slug.clone()).collect()
}

/// Keeps the order but takes the next entry of the same level that shares no concept with the one before, if any.
fn spread(entries: Vec<&Entry>) -> Vec<&Entry> {
    let mut waiting = entries;
    let mut spread: Vec<&Entry> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let level = waiting[0].level;
        let next = waiting
            .iter()
            .take_while(|entry| entry.level == level)
            .position(|entry| spread.last().is_none_or(|last| !shares_concept(last, entry)))
            .unwrap_or(0);
        spread.push(waiting.remove(next));
    }
    spread
}

fn shares_concept(one: &Entry, other: &Entry) -> bool {
    one.concepts.iter().any(|concept| other.concepts.contains(concept))
}

/// The front of `queue` that fits into `minutes`, at least one problem.
pub fn fitting(catalog: &Catalog, queue: &[Slug], minutes: u32) -> Vec<Slug> {
    let mut spent = 0;
    queue
        .iter()
        .enumerate()
        .take_while(|(place, slug)| {
            spent += catalog.entry(slug).map_or(0, |entry| entry.minutes);
            *place == 0 || spent <= minutes
        })
        .map(|(_, slug)| slug.clone())
        .collect()
}

/// What there is to do, for one glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Today {
    /// Problems whose last answer was not right, longest ago first.
    pub not_yet: Vec<Slug>,
    /// Problems never answered.
    pub new: Vec<Slug>,
    /// How many problems were right the last time.
    pub right: usize,
    /// How many answers that count were given since `midnight`.
    pub answered_today: usize,
}

/// What there is to do. `midnight` is the start of the learner's day, in ms since 1970.
pub fn today(catalog: &Catalog, log: &AttemptLog, midnight: u64) -> Today {
    let latest = log.latest();
    let mut today = Today {
        answered_today: log.first_tries().rev().take_while(|attempt| attempt.at >= midnight).count(),
        ..Today::default()
    };
    for entry in &catalog.problems {
        match latest.standing(entry) {
            Standing::New => today.new.push(entry.slug.clone()),
            Standing::NotYet => today.not_yet.push(entry.slug.clone()),
            Standing::Right => today.right += 1,
        }
    }
    today.not_yet = sorted_by_key(today.not_yet, |slug| latest.time(slug));
    today
}

/// A run through a queue, kept over a reload of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Session {
    /// What was asked for.
    pub filter: Filter,
    /// The problems in order.
    pub queue: Vec<Slug>,
    /// The index of the current problem; the queue's length when all are done.
    pub place: usize,
    /// When it was started, in ms since 1970.
    pub started: u64,
}

impl Session {
    /// The current problem, or `None` when all are done.
    pub fn current(&self) -> Option<&Slug> {
        self.queue.get(self.place)
    }

    /// Leaves out problems that the catalog no longer has.
    pub fn without_missing(mut self, catalog: &Catalog) -> Session {
        let is_known = |slug: &Slug| catalog.entry(slug).is_some();
        let gone_before = self.queue[..self.place.min(self.queue.len())].iter().filter(|slug| !is_known(slug));
        self.place = self.place.saturating_sub(gone_before.count());
        self.queue.retain(is_known);
        self
    }
}

read_struct!(Filter { topic, kind, level });
read_struct!(Session { filter, queue, place, started });
