//! What a learner did, entry by entry: answers, takings back, beginnings anew, remarks on problems. It is the only thing
//! about a learner that is stored as truth.
//!
//! No entry is ever changed. Of several that say opposite things about one matter the newest by id holds, so it does not
//! matter in what order they are met.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::answer::Answer;
use crate::grading::Mark;
use crate::json::{Fields, FromJson, Json, deserialize, json_variants};
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
    /// In an interview that is rehearsed.
    Interview,
}

json_names!(Mode { Single = "single", Practice = "practice", Interview = "interview" });

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

/// The taking back of an attempt: it no longer counts, but stays in the log. A [`Recount`] takes an undo back.
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

/// The taking back of an [`Undo`]: the attempt counts again. Of all undos and recounts of an attempt the newest by id holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Recount {
    /// Its own unique name.
    pub id: AttemptId,
    /// When it was made, in ms since 1970 by the learner's clock.
    #[serde(rename = "at")]
    pub recounted_at_ms: u64,
    /// The attempt. It may be one that this log has not met yet.
    #[serde(rename = "recounts")]
    pub of: AttemptId,
}

/// A problem begun anew: attempts at it with an older id no longer count, but stay in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reset {
    /// Its own unique name.
    pub id: AttemptId,
    /// When it was made, in ms since 1970 by the learner's clock.
    #[serde(rename = "at")]
    pub reset_at_ms: u64,
    /// The problem.
    #[serde(rename = "resets")]
    pub slug: Slug,
}

/// Something that a learner keeps about a problem. Of all remarks on one matter the newest by id holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Its own unique name.
    pub id: AttemptId,
    /// When it was made, in ms since 1970 by the learner's clock.
    #[serde(rename = "at")]
    pub made_at_ms: u64,
    /// The problem, the section of the handbook, the story, or the interview.
    #[serde(rename = "remarks")]
    pub slug: Slug,
    /// What is kept.
    pub what: RemarkKind,
}

/// What a remark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// The problem has a bookmark.
    Bookmarked,
    /// It has none any more.
    NotBookmarked,
    /// It is not asked any more.
    Suspended,
    /// It is asked again.
    Resumed,
    /// The learner's own words about it; none if empty.
    Note(String),
    /// Something to do in a section of the handbook is done: the item of this id.
    Done(u32),
    /// It is not done any more.
    NotDone(u32),
    /// A story of the learner's own work, which the slug names; it is gone if empty.
    Story(String),
    /// An interview that was rehearsed, which the slug names, as it was then: the JSON of a
    /// [`KeptInterview`](crate::interview::KeptInterview).
    Interview(String),
}

json_variants!(RemarkKind, "a remark" {
    "bookmarked" => Bookmarked,
    "not-bookmarked" => NotBookmarked,
    "suspended" => Suspended,
    "resumed" => Resumed,
    "note" => Note(text),
    "done" => Done(item),
    "not-done" => NotDone(item),
    "story" => Story(text),
    "interview" => Interview(json),
});

/// A note has so many characters at most. It limits what is written, not what is read.
pub const NOTE_LIMIT: usize = 2_000;

/// A story has so many characters at most. It limits what is written, not what is read.
pub const STORY_LIMIT: usize = 6_000;

impl RemarkKind {
    /// A note of what a learner wrote: without the space around it, and cut at the [limit](NOTE_LIMIT).
    pub fn note(written: &str) -> RemarkKind {
        let kept: String = written.trim().chars().take(NOTE_LIMIT).collect();
        RemarkKind::Note(kept)
    }

    /// A story as a learner wrote it: without the space around it, and cut at the [limit](STORY_LIMIT).
    pub fn story(written: &str) -> RemarkKind {
        RemarkKind::Story(written.trim().chars().take(STORY_LIMIT).collect())
    }
}

/// An entry in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Record {
    /// A graded answer.
    Attempt(Attempt),
    /// The taking back of one.
    Undo(Undo),
    /// The taking back of an undo.
    Recount(Recount),
    /// A problem begun anew.
    Reset(Reset),
    /// Something kept about a problem.
    Remark(Remark),
}

impl Record {
    /// Its unique name.
    pub fn id(&self) -> AttemptId {
        match self {
            Record::Attempt(attempt) => attempt.id,
            Record::Undo(undo) => undo.id,
            Record::Recount(recount) => recount.id,
            Record::Reset(reset) => reset.id,
            Record::Remark(remark) => remark.id,
        }
    }

    /// When it was made, in ms since 1970 by the learner's clock.
    pub fn made_at_ms(&self) -> u64 {
        match self {
            Record::Attempt(attempt) => attempt.answered_at_ms,
            Record::Undo(undo) => undo.undone_at_ms,
            Record::Recount(recount) => recount.recounted_at_ms,
            Record::Reset(reset) => reset.reset_at_ms,
            Record::Remark(remark) => remark.made_at_ms,
        }
    }

    /// The attempt, if it is one.
    pub fn attempt(&self) -> Option<&Attempt> {
        match self {
            Record::Attempt(attempt) => Some(attempt),
            Record::Undo(_) | Record::Recount(_) | Record::Reset(_) | Record::Remark(_) => None,
        }
    }

    /// The undo, if it is one.
    pub fn undo(&self) -> Option<&Undo> {
        match self {
            Record::Undo(undo) => Some(undo),
            Record::Attempt(_) | Record::Recount(_) | Record::Reset(_) | Record::Remark(_) => None,
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

impl From<Recount> for Record {
    fn from(recount: Recount) -> Record {
        Record::Recount(recount)
    }
}

impl From<Reset> for Record {
    fn from(reset: Reset) -> Record {
        Record::Reset(reset)
    }
}

impl From<Remark> for Record {
    fn from(remark: Remark) -> Record {
        Record::Remark(remark)
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
        if fields.has("recounts") {
            let (id, recounted_at_ms) = (fields.take("id"), fields.take("at"));
            return Record::Recount(Recount { id, recounted_at_ms, of: fields.take("recounts") });
        }
        if fields.has("resets") {
            let (id, reset_at_ms) = (fields.take("id"), fields.take("at"));
            return Record::Reset(Reset { id, reset_at_ms, slug: fields.take("resets") });
        }
        if fields.has("remarks") {
            let (id, made_at_ms) = (fields.take("id"), fields.take("at"));
            return Record::Remark(Remark { id, made_at_ms, slug: fields.take("remarks"), what: fields.take("what") });
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
