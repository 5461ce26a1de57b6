//! What an interview consists of, as data: rounds by the clock, and in each of them parts with so many problems.

use serde::Serialize;

use crate::catalog::Entry;
use crate::json::{deserialize, read_struct};
use crate::problem::{Kind, Level, Topic};

/// An interview has no more rounds than this.
pub const MOST_ROUNDS: usize = 8;
/// A round asks no more than this: an address names them all.
pub const MOST_QUESTIONS: usize = 30;
/// A round takes no longer, in minutes.
pub const MOST_MINUTES: u32 = 180;
/// A round with time for the candidate's own questions suggests so many at least,
pub const FEWEST_WORTH_ASKING: usize = 6;
/// and so many at most.
pub const MOST_WORTH_ASKING: usize = 10;

/// What an interview consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blueprint {
    /// Its permanent name in addresses and stored interviews: small letters, digits and hyphens.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// What is judged, each in a few words.
    pub judged: Vec<String>,
    /// The candidates it is for; all of them if empty.
    pub levels: Vec<Level>,
    /// Its rounds in their order.
    pub rounds: Vec<RoundPlan>,
}

/// What a round consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundPlan {
    /// Its title.
    pub title: String,
    /// How long it is, in minutes, with the time for the candidate's own questions.
    pub minutes: u32,
    /// The break before it, in minutes.
    pub break_minutes_before: u32,
    /// The last minutes of it, which are for the candidate's own questions.
    pub own_questions_minutes: u32,
    /// What is asked, in this order.
    pub parts: Vec<Part>,
    /// What a candidate may ask in it, as they would say it.
    pub worth_asking: Vec<String>,
}

/// A few problems of one sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// How they are asked: one of these.
    pub kinds: Vec<Kind>,
    /// What they are about: one of these, or anything if empty.
    pub topics: Vec<Topic>,
    /// How many.
    pub count: usize,
    /// The minutes that each of them is given.
    pub minutes_each: u32,
}

/// What is wrong with a blueprint by itself, whatever problems there are. Rounds and parts are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Its name would not fit into an address.
    #[error("the name “{0}” has other characters than small letters, digits and hyphens, or too many")]
    Name(String),
    /// It has no round, or too many.
    #[error("it has {0} rounds; 1 to {MOST_ROUNDS} are possible")]
    Rounds(usize),
    /// A round asks nothing, or too much.
    #[error("round {} asks {questions} questions; 1 to {MOST_QUESTIONS} are possible", .round + 1)]
    Questions {
        /// The round.
        round: usize,
        /// How many it asks.
        questions: usize,
    },
    /// A round has no time, or too much of it.
    #[error("round {} has {minutes} minutes; 1 to {MOST_MINUTES} are possible", .round + 1)]
    Minutes {
        /// The round.
        round: usize,
        /// How many it has.
        minutes: u32,
    },
    /// What is asked does not fit into the round.
    #[error("round {} has {minutes} minutes, but its questions and the candidate's own need {needed}", .round + 1)]
    TooShort {
        /// The round.
        round: usize,
        /// How many minutes it has,
        minutes: u32,
        /// and how many it needs.
        needed: u32,
    },
    /// It has time for the candidate's own questions, but too few or too many of them are suggested.
    #[error("round {} has {count} of the questions in `worth_asking`; {FEWEST_WORTH_ASKING} to {MOST_WORTH_ASKING} are wanted", .round + 1)]
    WorthAsking {
        /// The round.
        round: usize,
        /// How many it suggests.
        count: usize,
    },
    /// A part says no kind, no number or no time.
    #[error("part {} of round {} needs a kind, a count and minutes", .part + 1, .round + 1)]
    Part {
        /// The round.
        round: usize,
        /// The part.
        part: usize,
    },
}

/// Whether a text can be the name of a blueprint.
pub(crate) fn is_name(name: &str) -> bool {
    let is_fit = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=60).contains(&name.len()) && name.bytes().all(is_fit)
}

impl Blueprint {
    /// Whether it is for candidates of this level.
    pub fn is_for(&self, level: Level) -> bool {
        self.levels.is_empty() || self.levels.contains(&level)
    }

    /// How long it takes, in minutes, with its breaks.
    pub fn minutes(&self) -> u32 {
        self.rounds.iter().map(|round| round.minutes + round.break_minutes_before).sum()
    }

    /// Everything that is wrong with it by itself. Whether there are problems enough is told by
    /// [`shortfalls`](super::draw::shortfalls).
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if !is_name(&self.name) {
            flaws.push(Flaw::Name(self.name.clone()));
        }
        if !(1..=MOST_ROUNDS).contains(&self.rounds.len()) {
            flaws.push(Flaw::Rounds(self.rounds.len()));
        }
        for (round, plan) in self.rounds.iter().enumerate() {
            plan.add_flaws(round, &mut flaws);
        }
        flaws
    }
}

impl RoundPlan {
    /// How many questions it asks.
    pub fn questions(&self) -> usize {
        self.parts.iter().map(|part| part.count).fold(0, usize::saturating_add)
    }

    fn add_flaws(&self, round: usize, flaws: &mut Vec<Flaw>) {
        let (questions, minutes) = (self.questions(), self.minutes);
        if !(1..=MOST_QUESTIONS).contains(&questions) {
            flaws.push(Flaw::Questions { round, questions });
        }
        if !(1..=MOST_MINUTES).contains(&minutes) {
            flaws.push(Flaw::Minutes { round, minutes });
        }
        let of_part = |part: &Part| part.minutes_each.saturating_mul(u32::try_from(part.count).unwrap_or(u32::MAX));
        let needed = self.parts.iter().map(of_part).fold(self.own_questions_minutes, u32::saturating_add);
        if needed > minutes {
            flaws.push(Flaw::TooShort { round, minutes, needed });
        }
        let count = self.worth_asking.len();
        if self.own_questions_minutes > 0 && !(FEWEST_WORTH_ASKING..=MOST_WORTH_ASKING).contains(&count) {
            flaws.push(Flaw::WorthAsking { round, count });
        }
        let lacks = |part: &Part| part.kinds.is_empty() || part.count == 0 || part.minutes_each == 0;
        let lacking = self.parts.iter().enumerate().filter(|(_, part)| lacks(part));
        flaws.extend(lacking.map(|(part, _)| Flaw::Part { round, part }));
    }
}

impl Part {
    /// Whether a problem can be asked in it of a candidate of this level.
    pub fn accepts(&self, entry: &Entry, candidate: Level) -> bool {
        self.is_of(entry) && fits(entry.level, candidate)
    }

    /// Whether a problem is easier than those that it [accepts](Part::accepts), and else like them: it can be asked in place of one
    /// that the candidate answered lately.
    pub fn falls_back_on(&self, entry: &Entry, candidate: Level) -> bool {
        self.is_of(entry) && entry.level < candidate && !fits(entry.level, candidate)
    }

    /// Whether a problem is of its sort, whatever its level.
    fn is_of(&self, entry: &Entry) -> bool {
        self.kinds.contains(&entry.kind) && (self.topics.is_empty() || self.topics.contains(&entry.topic))
    }
}

/// Whether a problem of a level is asked of a candidate of a level: of the same, or one below it.
pub fn fits(problem: Level, candidate: Level) -> bool {
    problem == candidate || problem as u32 + 1 == candidate as u32
}

read_struct!(Blueprint { name, title, description, judged, rounds; levels });
read_struct!(RoundPlan { title, minutes, parts; break_minutes_before, own_questions_minutes, worth_asking });
read_struct!(Part { kinds, count, minutes_each; topics });

deserialize!(Blueprint);
