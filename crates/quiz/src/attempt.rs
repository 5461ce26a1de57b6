//! One graded answer, and the taking back of one: the only things about a learner that are stored as truth.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::answer::Answer;
use crate::grading::Mark;
use crate::json::{Fields, FromJson, Json, deserialize};
use crate::json_names;
use crate::problem::Slug;

/// A unique name of an entry in the log: a time and random bits.
///
/// Ids sort by time. Two devices that never met make different ones. As text it is both numbers in hexadecimal,
/// `0192a0000001-000000008f3a21c4`; no other text is an id, so an id has one text only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttemptId {
    /// When it was made, in ms since 1970.
    pub time: u64,
    /// What tells it from others of that time.
    pub random: u64,
}

impl AttemptId {
    /// The id of an entry made at `now` (ms since 1970) with random bits from the caller. 32 of them are enough: two
    /// devices must hit the same millisecond and the same bits to collide.
    pub fn new(now: u64, random: u64) -> AttemptId {
        AttemptId { time: now, random }
    }

    /// The id that this text stands for, if it is one.
    pub fn parse(text: &str) -> Option<AttemptId> {
        let (time, random) = text.split_once('-')?;
        let is_canonical = time.len() == 12 || (time.len() > 12 && !time.starts_with('0'));
        if !is_canonical || random.len() != 16 {
            return None;
        }
        Some(AttemptId { time: hexadecimal(time)?, random: hexadecimal(random)? })
    }
}

/// A number written in small hexadecimal digits, and nothing else.
fn hexadecimal(text: &str) -> Option<u64> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if !text.bytes().all(is_digit) {
        return None;
    }
    u64::from_str_radix(text, 16).ok()
}

impl fmt::Display for AttemptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}-{:016x}", self.time, self.random)
    }
}

impl Serialize for AttemptId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How sure the learner said they were, before they saw whether they were right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A guess.
    Guess,
    /// Fairly sure.
    FairlySure,
    /// Certain.
    Certain,
}

json_names!(Confidence { Guess = "guess", FairlySure = "fairly-sure", Certain = "certain" });

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// In a practice queue.
    Practice,
    /// On the problem's own page.
    Single,
}

json_names!(Mode { Single = "single", Practice = "practice" });

/// One graded answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// Its unique name.
    pub id: AttemptId,
    /// When it was submitted, in ms since 1970 by the learner's clock.
    #[serde(rename = "at")]
    pub answered_at_ms: u64,
    /// The problem.
    pub slug: Slug,
    /// The problem's revision at that time.
    pub revision: u32,
    /// What was answered.
    pub answer: Answer,
    /// How it was graded at that time.
    pub mark: Mark,
    /// The time it took, in ms, without the time the page was hidden.
    #[serde(rename = "took")]
    pub elapsed_ms: u64,
    /// How many hints were opened before answering.
    pub hints: u32,
    /// The stated confidence, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Where it was met.
    pub mode: Mode,
    /// The how-manieth try within one sitting, from 1. Only the first one says where the learner stands: later ones
    /// have seen what became of it.
    #[serde(rename = "try", skip_serializing_if = "is_one")]
    pub try_number: u32,
}

impl Attempt {
    /// Whether it is the first try of its sitting.
    pub fn is_first_try(&self) -> bool {
        self.try_number <= 1
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_one(try_number: &u32) -> bool {
    *try_number == 1
}

/// The taking back of an attempt: it no longer counts, but stays in the log. Nothing takes an undo back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Undo {
    /// Its own unique name.
    pub id: AttemptId,
    /// When it was made, in ms since 1970 by the learner's clock.
    #[serde(rename = "at")]
    pub undone_at_ms: u64,
    /// The attempt. It may be one that this log has not met yet.
    #[serde(rename = "undoes")]
    pub of: AttemptId,
}

/// An entry in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Record {
    /// A graded answer.
    Attempt(Attempt),
    /// The taking back of one.
    Undo(Undo),
}

impl Record {
    /// Its unique name.
    pub fn id(&self) -> AttemptId {
        match self {
            Record::Attempt(attempt) => attempt.id,
            Record::Undo(undo) => undo.id,
        }
    }

    /// When it was made, in ms since 1970 by the learner's clock.
    pub fn made_at_ms(&self) -> u64 {
        match self {
            Record::Attempt(attempt) => attempt.answered_at_ms,
            Record::Undo(undo) => undo.undone_at_ms,
        }
    }

    /// The attempt, if it is one.
    pub fn attempt(&self) -> Option<&Attempt> {
        match self {
            Record::Attempt(attempt) => Some(attempt),
            Record::Undo(_) => None,
        }
    }

    /// The undo, if it is one.
    pub fn undo(&self) -> Option<&Undo> {
        match self {
            Record::Attempt(_) => None,
            Record::Undo(undo) => Some(undo),
        }
    }
}

impl From<Attempt> for Record {
    fn from(attempt: Attempt) -> Record {
        Record::Attempt(attempt)
    }
}

impl From<Undo> for Record {
    fn from(undo: Undo) -> Record {
        Record::Undo(undo)
    }
}

impl FromJson for AttemptId {
    fn from_json(json: Json<'_>) -> AttemptId {
        json.named(AttemptId::parse, AttemptId { time: 0, random: 0 })
    }
}

impl FromJson for Record {
    fn from_json(json: Json<'_>) -> Record {
        let mut fields = json.fields();
        if fields.has("undoes") {
            let undo = Undo { id: fields.take("id"), undone_at_ms: fields.take("at"), of: fields.take("undoes") };
            return Record::Undo(undo);
        }
        Record::Attempt(read_attempt(&mut fields))
    }
}

impl FromJson for Attempt {
    fn from_json(json: Json<'_>) -> Attempt {
        read_attempt(&mut json.fields())
    }
}

fn read_attempt(fields: &mut Fields<'_>) -> Attempt {
    Attempt {
        id: fields.take("id"),
        answered_at_ms: fields.take("at"),
        slug: fields.take("slug"),
        revision: fields.take("revision"),
        answer: fields.take("answer"),
        mark: fields.take("mark"),
        elapsed_ms: fields.take("took"),
        hints: fields.take_or_default("hints"),
        confidence: fields.take("confidence"),
        mode: fields.take("mode"),
        try_number: fields.take::<Option<u32>>("try").unwrap_or(1),
    }
}

deserialize!(Attempt);
