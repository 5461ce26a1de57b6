//! Small problems, entries and attempts to test with.
#![allow(missing_docs)]

pub mod mutations;
pub mod questions;
pub mod records;

use std::collections::BTreeSet;

use cpu_time::ThreadTime;
use quiz::answer::Answer;
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode};
use quiz::catalog::{Catalog, Concept, Entry, TopicPacks};
use quiz::grading::Mark;
use quiz::highlights::Snippet;
use quiz::learner::ReviewContext;
use quiz::learner::calendar::Calendar;
use quiz::learner::memory::{RETENTION, Scheduler};
use quiz::practice::NEW_A_DAY;
use quiz::problem::{ChoiceOption, Kind, Level, Slot, Slug, Topic};
use quiz::prose::Prose;
use quiz::shuffle::seed_of;

pub fn slug(name: &str) -> Slug {
    Slug(name.into())
}

pub fn option(right: bool) -> ChoiceOption {
    ChoiceOption { text: Prose::default(), rationale: Prose::default(), right, misconception: None }
}

pub fn snippet(text: &str) -> Snippet {
    Snippet { text: text.to_owned(), ..Snippet::default() }
}

/// A slot named `a`.
pub fn slot(choices: &[&str]) -> Slot {
    Slot { name: "a".to_owned(), choices: choices.iter().map(|text| snippet(text)).collect(), beliefs: Vec::new() }
}

pub fn attempt(at: u64, name: &str, mark: Mark) -> Attempt {
    Attempt {
        id: AttemptId::new(at, at.wrapping_mul(0x9e37_79b9)),
        answered_at_ms: at,
        slug: slug(name),
        revision: 1,
        answer: Answer::Choice { chosen: [0].into() },
        mark,
        elapsed_ms: 1000,
        hints: 0,
        confidence: None,
        mode: Mode::Practice,
        try_number: 1,
    }
}

pub fn entry(name: &str, level: Level, concepts: &[&str]) -> Entry {
    Entry {
        slug: slug(name),
        topic: Topic("ownership".to_owned()),
        title: name.replace('-', " "),
        kind: Kind::Predict,
        level,
        minutes: 3,
        revision: 1,
        concepts: concepts.iter().map(|name| (*name).to_owned()).collect(),
    }
}

pub fn catalog(problems: Vec<Entry>) -> Catalog {
    let names = problems.iter().flat_map(|entry| entry.concepts.clone());
    let concepts = names
        .map(|name| {
            let meaning = format!("The meaning of {name}.");
            (name, Concept { topic: Topic("ownership".to_owned()), meaning })
        })
        .collect();
    let topics = vec![TopicPacks { topic: Topic("ownership".to_owned()), packs: Vec::new() }];
    Catalog { problems: problems.into(), concepts, topics, ..Catalog::default() }
}

pub const DAY: u64 = 24 * 60 * 60 * 1000;

/// An attempt on a day, with a stated confidence.
pub fn on_day(day: u64, name: &str, mark: Mark, confidence: Option<Confidence>) -> Attempt {
    let at = day * DAY + 1000;
    Attempt { id: AttemptId::new(at, seed_of(name, 0) >> 32), confidence, ..attempt(at, name, mark) }
}

/// A day's noon, in UTC, with the default parameters.
pub fn noon(day: u64) -> ReviewContext {
    let scheduler = Scheduler::new(&[], RETENTION);
    ReviewContext {
        now: day * DAY + DAY / 2,
        calendar: Calendar::default(),
        scheduler,
        new_a_day: NEW_A_DAY,
        level: None,
        withheld: BTreeSet::new(),
    }
}

/// Sees that `work` on ten times as much takes ten times as long, not a hundred times. `most` is the greater amount.
pub fn check_proportion<R>(what: &str, most: usize, work: impl Fn(usize) -> R) {
    let time = |count: usize| {
        // Of the processor, not of the clock on the wall: a machine may be busy with other things.
        let start = ThreadTime::now();
        std::hint::black_box(work(count));
        start.elapsed().as_secs_f64() * 1000.0
    };
    // The best of some: others empty the caches of the processor.
    let best = |count: usize| (0..5).map(|_| time(count)).fold(f64::INFINITY, f64::min);
    let (short, long) = (best(most / 10), best(most));
    println!("{what}: {short:.1} ms, of ten times as much {long:.1} ms");
    // What takes next to no time has no proportions; what is quadratic takes seconds.
    assert!(long < 35.0 * short.max(4.0), "{what}: {short:.1} ms, but of ten times as much {long:.1} ms");
}
