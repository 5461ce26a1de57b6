//! What a learner prepares for: the day, the kind of job, and how much time there is.

use std::ops::RangeInclusive;

use serde::Serialize;

use crate::json::read_struct;
use crate::json_names;
use crate::learner::calendar::Day;
use crate::problem::{Level, Topic};

/// The least and the most minutes a day that a plan asks for.
pub const MINUTES_A_DAY: RangeInclusive<u32> = 5..=480;

/// What a learner prepares for. The level is that at which they practise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// The day of the interview.
    pub day: Day,
    /// The kind of job.
    pub job: Job,
    /// How many minutes a day the learner has; [`minutes`](Target::minutes) keeps them within what makes sense.
    pub minutes_a_day: u32,
}

impl Target {
    /// How many minutes a day are planned.
    pub fn minutes(&self) -> u32 {
        self.minutes_a_day.clamp(*MINUTES_A_DAY.start(), *MINUTES_A_DAY.end())
    }
}

/// A kind of job that is done in Rust. Lines of a program have roles, people have jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Job {
    /// Any, or not known yet.
    #[default]
    Any,
    /// Services behind an interface.
    Backend,
    /// Databases, runtimes, kernels, tools.
    Systems,
    /// Devices without an operating system, or next to none.
    Embedded,
    /// Pages and what runs in them.
    Web,
    /// Pipelines, storage, the machines below.
    Data,
}

json_names!(Job {
    Any = "any",
    Backend = "backend",
    Systems = "systems",
    Embedded = "embedded",
    Web = "web",
    Data = "data",
});

/// What an interview asks of everybody.
const USUAL: u32 = 2;
/// What a job is about.
const CORE: u32 = 3;
/// What it seldom asks.
const RARE: u32 = 1;

impl Job {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Job; 6] = [Job::Any, Job::Backend, Job::Systems, Job::Embedded, Job::Web, Job::Data];

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Job::Any => "Any",
            Job::Backend => "Backend",
            Job::Systems => "Systems",
            Job::Embedded => "Embedded",
            Job::Web => "Web and Wasm",
            Job::Data => "Data and infrastructure",
        }
    }

    /// How much a topic counts for it at a level: from 1 for what is seldom asked to 3 for what the job is about.
    pub fn weight(self, topic: &Topic, level: Option<Level>) -> u32 {
        let named = |names: &[&str]| names.contains(&topic.0.as_str());
        if named(&["system-design"]) {
            return match level {
                Some(Level::Junior) => RARE,
                Some(Level::Mid) | None => USUAL,
                Some(Level::Senior | Level::Staff) => CORE,
            };
        }
        let (core, rare): (&[&str], &[&str]) = match self {
            Job::Any => (&["ownership", "borrowing"], &[]),
            Job::Backend => (&["async", "concurrency", "error-handling"], &["unsafe"]),
            Job::Systems => (&["concurrency", "unsafe", "lifetimes", "smart-pointers-and-drop"], &[]),
            Job::Embedded => (&["unsafe", "ownership", "enums-and-patterns"], &["collections-and-complexity"]),
            Job::Web => (&["async", "closures-and-iterators", "strings-and-slices"], &["unsafe"]),
            Job::Data => (&["collections-and-complexity", "concurrency", "closures-and-iterators"], &["unsafe"]),
        };
        match (named(core), named(rare)) {
            (true, _) => CORE,
            (false, true) => RARE,
            (false, false) => USUAL,
        }
    }
}

read_struct!(Target { day, job, minutes_a_day });
