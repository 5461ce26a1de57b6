//! What the browser loads: a catalog of all problems, and packs of a few whole problems of a topic.
//!
//! Everyone waits for the catalog, so it travels as [columns](columns), at no more than 60 bytes a problem.

mod columns;

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;

use serde::Serialize;

use crate::json::{deserialize, read_struct};
use crate::problem::{Kind, Level, Problem, Slug, Topic};

/// The index of a release: enough to list, filter and queue problems without their texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The compiler that judged every program, as `rustc --version` says it.
    pub toolchain: String,
    /// The Miri that judged undefined behaviour, if there is any: `miri nightly-<date>`.
    pub miri: Option<String>,
    /// The topics that have problems, in the order of a course, with the packs of each.
    pub topics: Vec<TopicPacks>,
    /// The address of the [`Beliefs`](crate::learner::misconceptions::Beliefs), relative to the site's root.
    pub beliefs: String,
    /// The address of the [`Texts`](crate::search::Texts) for a search, relative to the site's root.
    pub texts: String,
    /// The address of the [`Guide`](crate::guide::Guide), relative to the site's root; empty if there is none.
    pub guide: String,
    /// The address of the list of [`Blueprint`](crate::interview::Blueprint)s, relative to the site's root; empty if there are none.
    pub interviews: String,
    /// The concepts that problems name.
    pub concepts: BTreeMap<String, Concept>,
    /// All problems, by topic and then by level.
    pub problems: Entries,
    /// The slugs of problems that were removed, so that an old link can say so.
    pub retired: Vec<Slug>,
}

/// Where the problems of a topic are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicPacks {
    /// The topic.
    pub topic: Topic,
    /// Its packs; together they hold its problems in the catalog's order.
    pub packs: Vec<PackFile>,
}

/// A file with a few problems: small, since whoever opens one of them waits for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackFile {
    /// Its address, relative to the site's root.
    pub address: String,
    /// How many problems it holds.
    pub problems: usize,
}

/// Something a learner can know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The topic it belongs to.
    pub topic: Topic,
    /// Its meaning in a line of Markdown.
    pub meaning: String,
}

/// A problem in the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its permanent name.
    pub slug: Slug,
    /// Its topic.
    pub topic: Topic,
    /// Its title.
    pub title: String,
    /// How it is asked.
    pub kind: Kind,
    /// The candidate it is for.
    pub level: Level,
    /// The minutes it should take.
    pub minutes: u32,
    /// Raised when the question changed its meaning: older answers no longer count.
    pub revision: u32,
    /// Names of concepts.
    pub concepts: Vec<String>,
}

impl From<&Problem> for Entry {
    fn from(problem: &Problem) -> Entry {
        Entry {
            slug: problem.slug.clone(),
            topic: problem.topic.clone(),
            title: problem.title.clone(),
            kind: problem.question.kind(),
            level: problem.level,
            minutes: problem.minutes,
            revision: problem.revision,
            concepts: problem.concepts.clone(),
        }
    }
}

/// Problems in an order, each of which is found by its name without looking at the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    list: Vec<Entry>,
    /// The index of each; of two of one name the first.
    places: HashMap<Slug, usize>,
}

impl Entries {
    /// The index of the problem of this name.
    pub fn place(&self, slug: &Slug) -> Option<usize> {
        self.places.get(slug).copied()
    }
}

impl From<Vec<Entry>> for Entries {
    fn from(list: Vec<Entry>) -> Entries {
        let mut places = HashMap::with_capacity(list.len());
        for (place, entry) in list.iter().enumerate() {
            places.entry(entry.slug.clone()).or_insert(place);
        }
        Entries { list, places }
    }
}

impl FromIterator<Entry> for Entries {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Entries {
        Entries::from(Vec::from_iter(entries))
    }
}

impl Deref for Entries {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.list
    }
}

impl Catalog {
    /// The problem of this name.
    pub fn entry(&self, slug: &Slug) -> Option<&Entry> {
        self.problems.place(slug).map(|place| &self.problems[place])
    }

    /// The pack in which the problem of this name is.
    pub fn pack_of(&self, slug: &Slug) -> Option<&PackFile> {
        let topic = &self.entry(slug)?.topic;
        let place = self.problems.iter().filter(|entry| entry.topic == *topic).position(|entry| entry.slug == *slug)?;
        let of_topic = self.topics.iter().find(|packs| packs.topic == *topic)?;
        let mut last = 0;
        of_topic.packs.iter().find(|pack| {
            last += pack.problems;
            place < last
        })
    }

    /// All packs, in the catalog's order.
    pub fn packs(&self) -> impl Iterator<Item = &PackFile> {
        self.topics.iter().flat_map(|topic| &topic.packs)
    }
}

/// A few problems of a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pack {
    /// The topic.
    pub topic: Topic,
    /// Some of its problems, in the catalog's order.
    pub problems: Vec<Problem>,
}

/// The order of topics in a course; a topic that is not listed comes after those that are, by name.
#[rustfmt::skip]
pub const TOPIC_ORDER: [&str; 18] = [
    "ownership", "borrowing", "lifetimes", "strings-and-slices", "smart-pointers-and-drop", "closures-and-iterators",
    "enums-and-patterns", "error-handling", "traits-and-generics", "collections-and-complexity", "concurrency", "async",
    "unsafe", "macros", "cargo-and-modules", "testing-and-tooling", "system-design", "behavioural",
];

read_struct!(TopicPacks { topic, packs });
read_struct!(PackFile { address, problems });
read_struct!(Pack { topic, problems });

deserialize!(Catalog);
deserialize!(Pack);
