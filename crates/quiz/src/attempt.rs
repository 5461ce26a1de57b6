//! One graded answer, the only thing about a learner that is stored as truth.

use std::fmt;

use serde::Serialize;

use crate::answer::Answer;
use crate::grading::Mark;
use crate::json::{FromJson, Json, read_text};
use crate::problem::Slug;

/// A unique name of an attempt: milliseconds since 1970 and random bits, both in hexadecimal.
///
/// Ids sort by time. Two devices that never met make different ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct AttemptId(pub String);

impl AttemptId {
    /// The id of an attempt at `now` (ms since 1970) with 64 random bits from the caller.
    pub fn new(now: u64, random: u64) -> AttemptId {
        AttemptId(format!("{now:012x}-{random:016x}"))
    }
}

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How sure the learner said they were, before they saw whether they were right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A guess.
    Guess,
    /// Fairly sure.
    FairlySure,
    /// Certain.
    Certain,
}

impl Confidence {
    /// All of them, the least first.
    pub const ALL: [Confidence; 3] = [Confidence::Guess, Confidence::FairlySure, Confidence::Certain];

    /// The name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Confidence::Guess => "Guess",
            Confidence::FairlySure => "Fairly sure",
            Confidence::Certain => "Certain",
        }
    }
}

/// Where the question was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// In a practice queue.
    Practice,
    /// On the problem's own page.
    Single,
}

/// One graded answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// Its unique name.
    pub id: AttemptId,
    /// When it was submitted, in ms since 1970 by the learner's clock.
    pub at: u64,
    /// The problem.
    pub slug: Slug,
    /// The problem's revision at that time.
    pub revision: u32,
    /// What was answered.
    pub answer: Answer,
    /// How it was graded at that time.
    pub mark: Mark,
    /// The time it took, in ms, without the time the page was hidden.
    pub took: u64,
    /// How many hints were opened before answering.
    pub hints: u32,
    /// The stated confidence, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Where it was met.
    pub mode: Mode,
    /// The how-manieth try within one sitting, from 1. Only the first one says where the learner stands: later ones
    /// have seen what became of it.
    #[serde(rename = "try", skip_serializing_if = "is_first")]
    pub tries: u32,
}

impl Attempt {
    /// Whether it is the first try of its sitting.
    pub fn is_first_try(&self) -> bool {
        is_first(&self.tries)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_first(tries: &u32) -> bool {
    *tries <= 1
}

read_text!(AttemptId);

impl FromJson for Attempt {
    fn from_json(json: Json<'_>) -> Attempt {
        let mut fields = json.fields();
        Attempt {
            id: fields.take("id"),
            at: fields.take("at"),
            slug: fields.take("slug"),
            revision: fields.take("revision"),
            answer: fields.take("answer"),
            mark: fields.take("mark"),
            took: fields.take("took"),
            hints: fields.take_or_default("hints"),
            confidence: fields.take("confidence"),
            mode: fields.take("mode"),
            tries: fields.take::<Option<u32>>("try").unwrap_or(1),
        }
    }
}

impl FromJson for Confidence {
    fn from_json(json: Json<'_>) -> Confidence {
        let from_name = |name: &str| match name {
            "guess" => Some(Confidence::Guess),
            "fairly-sure" => Some(Confidence::FairlySure),
            "certain" => Some(Confidence::Certain),
            _ => None,
        };
        json.named(from_name, Confidence::Guess)
    }
}

impl FromJson for Mode {
    fn from_json(json: Json<'_>) -> Mode {
        let from_name = |name: &str| match name {
            "practice" => Some(Mode::Practice),
            "single" => Some(Mode::Single),
            _ => None,
        };
        json.named(from_name, Mode::Single)
    }
}
