//! Records packed into few characters: a hundred thousand attempts must fit into the 5 MB of a browser's localStorage.
//!
//! A packed list is a text in base64 (`+` and `/`, no padding) of these bytes. *Number* means an unsigned LEB128 varint,
//! *text* means a number of bytes and then the bytes in UTF-8, *wide* means eight bytes and *narrow* four, the lowest
//! first.
//!
//! ```text
//! packed   = 4 (the format), the FNV-1a hash of the format and the body (wide), body
//! body     = slugs, texts, the number of records, records
//! slugs    = their number, a text each; a slug is told by its place here
//! texts    = the same for outputs that were typed, error codes, notes, written programs and what was said of them
//! record   = head, unusual if the head's highest bit is set, time, random, then the rest by the kind of the record
//! head     = the lower seven bits: 120 for an undo, 121 for a recount, 122 for a reset, 123 for a remark, 124 for an attempt whose
//!            answer is that the learner does not know, else an attempt: answer × 12 + mark × 4 + confidence
//!            mark: 0 wrong, 1 partly, 2 right; confidence: 0 none, 1 guess, 2 fairly sure, 3 certain
//! unusual  = bits 0 and 1: mode, 0 practice, 1 single, 2 interview; bit 2: `at` is not the id's time; bit 3: the id's random bits are
//!            wide; bit 4: the revision is not 1; bit 5: there are hints; bit 6: it is not the first try; bit 7: the
//!            random bits of the attempt that is undone or counted again are wide
//! time     = the number of ms since the record before, or since 1970; it wraps at 64 bits
//! random   = the id's random bits, narrow or wide
//! attempt  = `at` if unusual, slug, revision if unusual, took, hints if unusual, try if unusual, answer: all numbers
//! undo     = `at` if unusual, by how many ms the undone attempt's id is older (wrapping), its random bits
//! recount  = the same
//! reset    = `at` if unusual, slug
//! remark   = `at` if unusual, slug, what: 0 bookmarked, 1 not bookmarked, 2 suspended, 3 resumed, 4 and a text: a note,
//!            5 or 6 and a number: done or not, 7 and a text: a story, 8 and a text: an interview
//! unknown  = mark × 4 + confidence, a number; it stands where other attempts have an answer
//! answer 0 = choice: twice a number whose bits are the indexes chosen; or 1 and a list, if one of them is above 62
//! answer 1 = prints: text
//! answer 2 = error: line + 1 or 0, text + 1 or 0
//! answer 3 = panics: line + 1 or 0
//! answer 4 = undefined: line + 1 or 0
//! answer 5 = spot: a number whose bits are the places of the roles in `Role::ALL`, then a line each
//! answer 6 = fill: list
//! answer 7 = order: list
//! answer 8 = write: text, the number of runs, result
//! answer 9 = discuss: text, the number of scores, the place of each in `Score::ALL`
//! result   = 0, text + 1 or 0, text, line + 1 or 0: rejected with this code and message; 1, the number of tests, the number of
//!            failures, a text, a kind, a text and a line + 1 or 0 each: tested; 2, a place in `SELF_ASSESSED`
//! list     = twice the length, then half bytes, the lower one first, if all are below 16; else twice the length + 1, then
//!            numbers
//! ```
//!
//! In format 3 nobody could say that they do not know. In format 2 there were no written programs and nothing discussed; in format 1 no recounts, resets and remarks either, and the hash was that of the
//! body only.
//!
//! Packing loses nothing, whatever the values. Unpacking believes nothing: a text that is torn or altered is refused as
//! a whole, no text makes it panic, and no number in it is taken for a length that the text does not have.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::answer::{Answer, Prediction};
use crate::attempt::{Attempt, AttemptId, Confidence, Mode, Record, Recount, Remark, RemarkKind, Reset, Undo};
use crate::discussion::Score;
use crate::exercise::{CodeResult, FailureKind, Rejection, SelfAssessment, TestFailure};
use crate::grading::Mark;
use crate::problem::Slug;
use crate::role::Role;
use crate::rule::Code;
use crate::shuffle::{FNV_START, fnv1a};

const FORMAT: u8 = 4;
/// The first one. All since can be read.
const FIRST_FORMAT: u8 = 1;

/// Format and hash stand before the body.
const BODY: usize = 9;

/// What a head is in front of: an undo and so on; all below are attempts.
const UNDO: u8 = 120;
const RECOUNT: u8 = 121;
const RESET: u8 = 122;
const REMARK: u8 = 123;
/// An attempt whose answer is that the learner does not know: all heads below are taken.
const UNKNOWN: u8 = 124;
const MORE: u8 = 0x80;

/// What an attempt's answer is, by its number in the head. A new one comes last.
#[derive(Clone, Copy)]
enum AnswerTag {
    Choice,
    Prints,
    Error,
    Panics,
    Undefined,
    Spot,
    Fill,
    Order,
    Write,
    Discuss,
}

impl AnswerTag {
    /// All, each at the place of its number.
    const ALL: [AnswerTag; 10] = [
        AnswerTag::Choice,
        AnswerTag::Prints,
        AnswerTag::Error,
        AnswerTag::Panics,
        AnswerTag::Undefined,
        AnswerTag::Spot,
        AnswerTag::Fill,
        AnswerTag::Order,
        AnswerTag::Write,
        AnswerTag::Discuss,
    ];
}

/// An attempt's head is made of its answer, its mark and its confidence.
const HEADS_OF_AN_ANSWER: u8 = 12;
const HEADS_OF_A_MARK: u8 = 4;

const _: () = {
    let mut number = 0;
    while number < AnswerTag::ALL.len() {
        assert!(AnswerTag::ALL[number] as usize == number, "an answer's number is its place");
        number += 1;
    }
    assert!(
        AnswerTag::ALL.len() * HEADS_OF_AN_ANSWER as usize <= UNDO as usize,
        "an attempt's head would be an undo's"
    );
    assert!(MARKS.len() as u8 * HEADS_OF_A_MARK == HEADS_OF_AN_ANSWER, "a mark more needs heads of its own");
    assert!(Confidence::ALL.len() as u8 + 1 == HEADS_OF_A_MARK, "a confidence more needs heads of its own");
    assert!(MODES.len() <= MODE_BITS as usize + 1, "a mode more needs bits of its own");
};

/// What a remark is.
const BOOKMARKED: u64 = 0;
const NOT_BOOKMARKED: u64 = 1;
const SUSPENDED: u64 = 2;
const RESUMED: u64 = 3;
const NOTE: u64 = 4;
const DONE: u64 = 5;
const NOT_DONE: u64 = 6;
const STORY: u64 = 7;
const INTERVIEW: u64 = 8;

/// What became of a written program.
const REJECTED: u64 = 0;
const TESTED: u64 = 1;
const ASSESSED: u64 = 2;

const MODE_BITS: u8 = 0b11;
const OTHER_AT: u8 = 1 << 2;
const WIDE: u8 = 1 << 3;
const REVISION: u8 = 1 << 4;
const HINTS: u8 = 1 << 5;
const TRIES: u8 = 1 << 6;
const UNDONE_WIDE: u8 = 1 << 7;

const SELF_ASSESSED: [SelfAssessment; 3] =
    [SelfAssessment::Failed, SelfAssessment::SomePassed, SelfAssessment::AllPassed];

/// Modes, by their numbers.
const MODES: [Mode; 3] = [Mode::Practice, Mode::Single, Mode::Interview];

/// Marks, by their numbers.
const MARKS: [Mark; 3] = [Mark::Wrong, Mark::Partly, Mark::Right];

/// Indexes up to this one are bits.
const LAST_BIT: usize = 62;

/// Why a packed text could not be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// It has other characters than base64, or too few.
    #[error("it is not packed attempts")]
    NotPacked,
    /// It was packed by a way that this program does not know.
    #[error("its attempts are packed in a newer way")]
    Newer,
    /// The checksum is wrong: characters were lost or altered.
    #[error("it is torn or was altered: its checksum is wrong")]
    Altered,
    /// The checksum is right, but what it protects makes no sense.
    #[error("its attempts are packed wrongly")]
    Nonsense,
}

/// Packs records. They take the least room in the order of their ids.
pub fn pack(records: &[Record]) -> String {
    let mut packer = Packer::default();
    records.iter().for_each(|record| packer.record(record));
    let mut body = Vec::new();
    packer.slugs.write(&mut body);
    packer.texts.write(&mut body);
    number(&mut body, records.len() as u64);
    body.extend(packer.records);
    seal(&body)
}

/// A packed text of these bytes, which must be a body. [`pack`] writes it.
pub fn seal(body: &[u8]) -> String {
    let mut bytes = vec![FORMAT];
    wide(&mut bytes, checksum(FORMAT, body));
    bytes.extend(body);
    to_base64(&bytes)
}

/// Unpacks records.
///
/// # Errors
/// When the text is not exactly what [`pack`] wrote.
pub fn unpack(text: &str) -> Result<Vec<Record>, UnpackError> {
    let bytes = from_base64(text).ok_or(UnpackError::NotPacked)?;
    let (Some(format), Some(body)) = (bytes.first(), bytes.get(BODY..)) else { return Err(UnpackError::NotPacked) };
    if !(FIRST_FORMAT..=FORMAT).contains(format) {
        return Err(UnpackError::Newer);
    }
    let mut hash = Bytes::of(&bytes[1..BODY]);
    if hash.wide() != checksum(*format, body) {
        return Err(UnpackError::Altered);
    }
    let mut unpacker = Unpacker { bytes: Bytes::of(body), slugs: Vec::new(), texts: Vec::new(), time: 0 };
    let records = unpacker.records();
    if unpacker.bytes.is_broken || !unpacker.bytes.rest.is_empty() {
        return Err(UnpackError::Nonsense);
    }
    Ok(records)
}

fn checksum(format: u8, body: &[u8]) -> u64 {
    let start = if format == FIRST_FORMAT { FNV_START } else { fnv1a(FNV_START, &[format]) };
    fnv1a(start, body)
}

#[derive(Default)]
struct Packer<'a> {
    slugs: Dictionary<'a>,
    texts: Dictionary<'a>,
    records: Vec<u8>,
    time: u64,
}

impl<'a> Packer<'a> {
    fn record(&mut self, record: &'a Record) {
        match record {
            Record::Attempt(attempt) => self.attempt(attempt),
            Record::Undo(undo) => self.turn(UNDO, undo.id, undo.undone_at_ms, undo.of),
            Record::Recount(recount) => self.turn(RECOUNT, recount.id, recount.recounted_at_ms, recount.of),
            Record::Reset(reset) => {
                self.start(RESET, 0, reset.id, reset.reset_at_ms);
                self.slug(&reset.slug);
            }
            Record::Remark(remark) => self.remark(remark),
        }
    }

    /// An undo or a recount.
    fn turn(&mut self, head: u8, id: AttemptId, at: u64, of: AttemptId) {
        self.start(head, flag(UNDONE_WIDE, is_wide(of.random)), id, at);
        self.number(id.time.wrapping_sub(of.time));
        self.random(of.random);
    }

    fn remark(&mut self, remark: &'a Remark) {
        self.start(REMARK, 0, remark.id, remark.made_at_ms);
        self.slug(&remark.slug);
        match &remark.what {
            RemarkKind::Bookmarked => self.number(BOOKMARKED),
            RemarkKind::NotBookmarked => self.number(NOT_BOOKMARKED),
            RemarkKind::Suspended => self.number(SUSPENDED),
            RemarkKind::Resumed => self.number(RESUMED),
            RemarkKind::Note(note) => {
                self.number(NOTE);
                self.text(note);
            }
            RemarkKind::Done(item) => {
                self.number(DONE);
                self.number((*item).into());
            }
            RemarkKind::NotDone(item) => {
                self.number(NOT_DONE);
                self.number((*item).into());
            }
            RemarkKind::Story(story) => {
                self.number(STORY);
                self.text(story);
            }
            RemarkKind::Interview(interview) => {
                self.number(INTERVIEW);
                self.text(interview);
            }
        }
    }

    fn attempt(&mut self, attempt: &'a Attempt) {
        let tag = match &attempt.answer {
            Answer::Choice { .. } => Some(AnswerTag::Choice),
            Answer::Predict(Prediction::Prints { .. }) => Some(AnswerTag::Prints),
            Answer::Predict(Prediction::Error { .. }) => Some(AnswerTag::Error),
            Answer::Predict(Prediction::Panics { .. }) => Some(AnswerTag::Panics),
            Answer::Predict(Prediction::Undefined { .. }) => Some(AnswerTag::Undefined),
            Answer::Spot { .. } => Some(AnswerTag::Spot),
            Answer::Fill { .. } => Some(AnswerTag::Fill),
            Answer::Order { .. } => Some(AnswerTag::Order),
            Answer::Write { .. } => Some(AnswerTag::Write),
            Answer::Discuss { .. } => Some(AnswerTag::Discuss),
            Answer::Unknown => None,
        };
        // Not by their places in a list: a new one must not compile before it has a number.
        let mark = match attempt.mark {
            Mark::Wrong => 0,
            Mark::Partly => 1,
            Mark::Right => 2,
        };
        let confidence = match attempt.confidence {
            None => 0,
            Some(Confidence::Guess) => 1,
            Some(Confidence::FairlySure) => 2,
            Some(Confidence::Certain) => 3,
        };
        let mode = match attempt.mode {
            Mode::Practice => 0,
            Mode::Single => 1,
            Mode::Interview => 2,
        };
        let judged = mark * HEADS_OF_A_MARK + confidence;
        let head = tag.map_or(UNKNOWN, |tag| tag as u8 * HEADS_OF_AN_ANSWER + judged);
        let unusual = mode
            | flag(REVISION, attempt.revision != 1)
            | flag(HINTS, attempt.hints != 0)
            | flag(TRIES, attempt.try_number != 1);
        self.start(head, unusual, attempt.id, attempt.answered_at_ms);
        self.slug(&attempt.slug);
        if unusual & REVISION != 0 {
            self.number(attempt.revision.into());
        }
        self.number(attempt.elapsed_ms);
        if unusual & HINTS != 0 {
            self.number(attempt.hints.into());
        }
        if unusual & TRIES != 0 {
            self.number(attempt.try_number.into());
        }
        self.answer(&attempt.answer, judged);
    }

    fn slug(&mut self, slug: &'a Slug) {
        let place = self.slugs.place(&slug.0);
        self.number(place);
    }

    /// What all records begin with.
    fn start(&mut self, head: u8, unusual: u8, id: AttemptId, at: u64) {
        let unusual = unusual | flag(OTHER_AT, at != id.time) | flag(WIDE, is_wide(id.random));
        if unusual == 0 {
            self.records.push(head);
        } else {
            self.records.extend([head | MORE, unusual]);
        }
        self.number(id.time.wrapping_sub(self.time));
        self.time = id.time;
        self.random(id.random);
        if at != id.time {
            self.number(at);
        }
    }

    /// `judged` is the mark and the confidence, where the head does not have them.
    fn answer(&mut self, answer: &'a Answer, judged: u8) {
        match answer {
            Answer::Choice { chosen } if chosen.last().is_none_or(|last| *last <= LAST_BIT) => {
                self.number(chosen.iter().fold(0, |bits, index| bits | 2 << index));
            }
            Answer::Choice { chosen } => {
                self.number(1);
                self.list(&chosen.iter().copied().collect::<Vec<_>>());
            }
            Answer::Predict(Prediction::Prints { stdout }) => self.text(stdout),
            Answer::Predict(Prediction::Error { line, rule }) => {
                self.line(*line);
                let text = rule.as_ref().map_or(0, |rule| self.texts.place(&rule.0) + 1);
                self.number(text);
            }
            Answer::Predict(Prediction::Panics { line } | Prediction::Undefined { line }) => self.line(*line),
            Answer::Spot { lines } => {
                let played = Role::ALL.iter().enumerate().filter(|(_, role)| lines.contains_key(role));
                self.number(played.fold(0, |bits, (place, _)| bits | 1 << place));
                Role::ALL.iter().filter_map(|role| lines.get(role)).for_each(|line| self.number((*line).into()));
            }
            Answer::Fill { picks: list } | Answer::Order { lines: list } => self.list(list),
            Answer::Write { code, result, runs } => {
                self.text(code);
                self.number((*runs).into());
                self.result(result);
            }
            Answer::Discuss { notes, scores } => {
                self.text(notes);
                self.number(scores.len() as u64);
                scores.iter().for_each(|score| self.place(&Score::ALL, *score));
            }
            Answer::Unknown => self.number(judged.into()),
        }
    }

    fn result(&mut self, result: &'a CodeResult) {
        match result {
            CodeResult::Rejected(Rejection { code, message, line }) => {
                self.number(REJECTED);
                let code = code.as_ref().map_or(0, |code| self.texts.place(&code.0) + 1);
                self.number(code);
                self.text(message);
                self.line(*line);
            }
            CodeResult::Tested { failures, tests } => {
                self.number(TESTED);
                self.number((*tests).into());
                self.number(failures.len() as u64);
                for failure in failures {
                    self.text(&failure.test);
                    self.place(&FailureKind::ALL, failure.how);
                    self.text(&failure.message);
                    self.line(failure.line);
                }
            }
            CodeResult::SelfAssessed(said) => {
                self.number(ASSESSED);
                self.place(&SELF_ASSESSED, *said);
            }
        }
    }

    fn text(&mut self, text: &'a str) {
        let place = self.texts.place(text);
        self.number(place);
    }

    fn place<T: PartialEq>(&mut self, all: &[T], one: T) {
        self.number(place(all, one) as u64);
    }

    fn line(&mut self, line: Option<u32>) {
        self.number(line.map_or(0, |line| u64::from(line) + 1));
    }

    fn list(&mut self, list: &[usize]) {
        let are_small = list.iter().all(|item| *item < 16);
        self.number(list.len() as u64 * 2 + u64::from(!are_small));
        if are_small {
            let halves = |pair: &[usize]| (pair[0] | pair.get(1).unwrap_or(&0) << 4) as u8;
            self.records.extend(list.chunks(2).map(halves));
        } else {
            list.iter().for_each(|item| self.number(*item as u64));
        }
    }

    fn random(&mut self, random: u64) {
        if is_wide(random) {
            wide(&mut self.records, random);
        } else {
            self.records.extend((random as u32).to_le_bytes());
        }
    }

    fn number(&mut self, value: u64) {
        number(&mut self.records, value);
    }
}

/// Where one stands among all.
fn place<T: PartialEq>(all: &[T], one: T) -> usize {
    all.iter().position(|known| *known == one).unwrap_or(0)
}

fn flag(bit: u8, is_set: bool) -> u8 {
    if is_set { bit } else { 0 }
}

fn is_wide(random: u64) -> bool {
    random > u32::MAX.into()
}

fn number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

fn wide(bytes: &mut Vec<u8>, value: u64) {
    bytes.extend(value.to_le_bytes());
}

/// Texts that are written once.
#[derive(Default)]
struct Dictionary<'a> {
    texts: Vec<&'a str>,
    /// Where each text is.
    places: HashMap<&'a str, u64>,
}

impl<'a> Dictionary<'a> {
    fn place(&mut self, text: &'a str) -> u64 {
        *self.places.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() as u64 - 1
        })
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        number(bytes, self.texts.len() as u64);
        for text in &self.texts {
            number(bytes, text.len() as u64);
            bytes.extend(text.as_bytes());
        }
    }
}

/// Bytes to be taken one by one. Reading never stops half-way: what is missing is read as 0, and the whole is refused.
struct Bytes<'a> {
    rest: &'a [u8],
    is_broken: bool,
}

impl<'a> Bytes<'a> {
    fn of(rest: &'a [u8]) -> Bytes<'a> {
        Bytes { rest, is_broken: false }
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.rest.split_first() else {
            self.is_broken = true;
            return 0;
        };
        self.rest = rest;
        *first
    }

    fn number(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            let bits = u64::from(byte & 0x7f);
            self.is_broken |= (bits << shift) >> shift != bits;
            value |= bits << shift;
            if byte < 0x80 {
                return value;
            }
        }
        self.is_broken = true;
        value
    }

    fn small(&mut self) -> u32 {
        let value = self.number();
        u32::try_from(value).unwrap_or_else(|_| self.broken())
    }

    /// How many things follow, of which two at the most share a byte.
    fn count(&mut self, count: u64) -> usize {
        match usize::try_from(count) {
            Ok(count) if count <= self.rest.len().saturating_mul(2) => count,
            _ => self.broken(),
        }
    }

    fn narrow(&mut self) -> u64 {
        (0..4).fold(0, |value, place| value | u64::from(self.byte()) << (8 * place))
    }

    fn wide(&mut self) -> u64 {
        (0..8).fold(0, |value, place| value | u64::from(self.byte()) << (8 * place))
    }

    fn text(&mut self) -> &'a str {
        let length = self.number();
        let found = usize::try_from(length).ok().and_then(|length| self.rest.split_at_checked(length));
        let Some((text, rest)) = found else { return self.broken() };
        self.rest = rest;
        std::str::from_utf8(text).unwrap_or_else(|_| self.broken())
    }

    fn broken<T: Default>(&mut self) -> T {
        self.is_broken = true;
        T::default()
    }
}

struct Unpacker<'a> {
    bytes: Bytes<'a>,
    slugs: Vec<Slug>,
    texts: Vec<&'a str>,
    time: u64,
}

impl Unpacker<'_> {
    fn records(&mut self) -> Vec<Record> {
        let slugs = self.bytes.number();
        for _ in 0..self.bytes.count(slugs) {
            self.slugs.push(Slug(self.bytes.text().into()));
        }
        let texts = self.bytes.number();
        for _ in 0..self.bytes.count(texts) {
            self.texts.push(self.bytes.text());
        }
        let count = self.bytes.number();
        // A record has seven bytes at the least.
        let mut records = Vec::with_capacity(self.bytes.count(count).min(self.bytes.rest.len() / 7));
        while (records.len() as u64) < count && !self.bytes.is_broken {
            records.push(self.record());
        }
        records
    }

    fn record(&mut self) -> Record {
        let head = self.bytes.byte();
        let unusual = if head & MORE != 0 { self.bytes.byte() } else { 0 };
        let is_unusual = |bit: u8| unusual & bit != 0;
        self.time = self.time.wrapping_add(self.bytes.number());
        let id = AttemptId { time: self.time, random: self.random(is_unusual(WIDE)) };
        let at = if is_unusual(OTHER_AT) { self.bytes.number() } else { id.time };
        match head & !MORE {
            UNDO => Record::Undo(Undo { id, undone_at_ms: at, of: self.turned(id, unusual) }),
            RECOUNT => Record::Recount(Recount { id, recounted_at_ms: at, of: self.turned(id, unusual) }),
            RESET => Record::Reset(Reset { id, reset_at_ms: at, slug: self.slug() }),
            REMARK => Record::Remark(Remark { id, made_at_ms: at, slug: self.slug(), what: self.remark() }),
            head => Record::Attempt(self.attempt(head, unusual, id, at)),
        }
    }

    /// The attempt that an undo or a recount is about.
    fn turned(&mut self, id: AttemptId, unusual: u8) -> AttemptId {
        let time = id.time.wrapping_sub(self.bytes.number());
        AttemptId { time, random: self.random(unusual & UNDONE_WIDE != 0) }
    }

    fn remark(&mut self) -> RemarkKind {
        match self.bytes.number() {
            BOOKMARKED => RemarkKind::Bookmarked,
            NOT_BOOKMARKED => RemarkKind::NotBookmarked,
            SUSPENDED => RemarkKind::Suspended,
            RESUMED => RemarkKind::Resumed,
            NOTE => RemarkKind::Note(self.next_text()),
            DONE => RemarkKind::Done(self.bytes.small()),
            NOT_DONE => RemarkKind::NotDone(self.bytes.small()),
            STORY => RemarkKind::Story(self.next_text()),
            INTERVIEW => RemarkKind::Interview(self.next_text()),
            _ => {
                self.bytes.is_broken = true;
                RemarkKind::Bookmarked
            }
        }
    }

    fn slug(&mut self) -> Slug {
        let place = usize::try_from(self.bytes.number()).ok();
        let slug = place.and_then(|place| self.slugs.get(place)).cloned();
        slug.unwrap_or_else(|| Slug(self.bytes.broken::<String>().into()))
    }

    fn attempt(&mut self, head: u8, unusual: u8, id: AttemptId, at: u64) -> Attempt {
        let is_unusual = |bit: u8| unusual & bit != 0;
        let mut attempt = Attempt {
            id,
            answered_at_ms: at,
            slug: self.slug(),
            revision: if is_unusual(REVISION) { self.bytes.small() } else { 1 },
            elapsed_ms: self.bytes.number(),
            hints: if is_unusual(HINTS) { self.bytes.small() } else { 0 },
            try_number: if is_unusual(TRIES) { self.bytes.small() } else { 1 },
            answer: Answer::Unknown,
            mark: Mark::Wrong,
            confidence: None,
            mode: self.mode(unusual & MODE_BITS),
        };
        let judged = match head {
            UNKNOWN => self.bytes.number(),
            head => {
                attempt.answer = self.answer(head / HEADS_OF_AN_ANSWER);
                u64::from(head % HEADS_OF_AN_ANSWER)
            }
        };
        attempt.mark = self.known(&MARKS, judged / u64::from(HEADS_OF_A_MARK));
        let confidence = (judged % u64::from(HEADS_OF_A_MARK)) as usize;
        attempt.confidence = confidence.checked_sub(1).map(|place| Confidence::ALL[place]);
        attempt
    }

    fn mode(&mut self, mode: u8) -> Mode {
        self.known(&MODES, mode.into())
    }

    fn answer(&mut self, answer: u8) -> Answer {
        match self.known(&AnswerTag::ALL, answer.into()) {
            AnswerTag::Choice => Answer::Choice { chosen: self.chosen() },
            AnswerTag::Prints => Answer::Predict(Prediction::Prints { stdout: self.next_text() }),
            AnswerTag::Error => {
                let (line, text) = (self.line(), self.bytes.number());
                let rule = text.checked_sub(1).map(|text| Code(self.text(text)));
                Answer::Predict(Prediction::Error { line, rule })
            }
            AnswerTag::Panics => Answer::Predict(Prediction::Panics { line: self.line() }),
            AnswerTag::Undefined => Answer::Predict(Prediction::Undefined { line: self.line() }),
            AnswerTag::Spot => Answer::Spot { lines: self.lines() },
            AnswerTag::Fill => Answer::Fill { picks: self.list() },
            AnswerTag::Order => Answer::Order { lines: self.list() },
            AnswerTag::Write => {
                Answer::Write { code: self.next_text(), runs: self.bytes.small(), result: self.result() }
            }
            AnswerTag::Discuss => Answer::Discuss { notes: self.next_text(), scores: self.scores() },
        }
    }

    fn scores(&mut self) -> Vec<Score> {
        let count = self.bytes.number();
        (0..self.bytes.count(count)).map(|_| self.one_of(&Score::ALL)).collect()
    }

    fn result(&mut self) -> CodeResult {
        match self.bytes.number() {
            REJECTED => {
                let code = self.bytes.number().checked_sub(1).map(|code| Code(self.text(code)));
                CodeResult::Rejected(Rejection { code, message: self.next_text(), line: self.line() })
            }
            TESTED => {
                let (tests, failures) = (self.bytes.small(), self.bytes.number());
                let failures = (0..self.bytes.count(failures)).map(|_| self.failure()).collect();
                CodeResult::Tested { failures, tests }
            }
            ASSESSED => CodeResult::SelfAssessed(self.one_of(&SELF_ASSESSED)),
            _ => {
                self.bytes.is_broken = true;
                CodeResult::Rejected(Rejection::default())
            }
        }
    }

    fn failure(&mut self) -> TestFailure {
        TestFailure {
            test: self.next_text(),
            how: self.one_of(&FailureKind::ALL),
            message: self.next_text(),
            line: self.line(),
        }
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let place = self.bytes.number();
        self.known(all, place)
    }

    fn known<T: Copy>(&mut self, all: &[T], place: u64) -> T {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        all.get(place).copied().unwrap_or_else(|| {
            self.bytes.is_broken = true;
            all[0]
        })
    }

    fn next_text(&mut self) -> String {
        let place = self.bytes.number();
        self.text(place)
    }

    fn chosen(&mut self) -> BTreeSet<usize> {
        let mut chosen = BTreeSet::new();
        match self.bytes.number() {
            1 => chosen.extend(self.list()),
            bits => {
                self.bytes.is_broken |= bits & 1 != 0;
                chosen.extend((0..=LAST_BIT).filter(|index| bits & 2 << index != 0));
            }
        }
        chosen
    }

    fn lines(&mut self) -> BTreeMap<Role, u32> {
        let bits = self.bytes.number();
        self.bytes.is_broken |= bits >> Role::ALL.len() != 0;
        let mut lines = BTreeMap::new();
        for (place, role) in Role::ALL.into_iter().enumerate() {
            if bits & 1 << place != 0 {
                lines.insert(role, self.bytes.small());
            }
        }
        lines
    }

    fn list(&mut self) -> Vec<usize> {
        let length = self.bytes.number();
        let count = self.bytes.count(length / 2);
        let mut list = Vec::with_capacity(count);
        if length & 1 != 0 {
            for _ in 0..count {
                let item = self.bytes.number();
                list.push(usize::try_from(item).unwrap_or_else(|_| self.bytes.broken()));
            }
            return list;
        }
        while list.len() < count {
            let pair = usize::from(self.bytes.byte());
            list.push(pair & 15);
            if list.len() < count {
                list.push(pair >> 4);
            }
        }
        list
    }

    fn line(&mut self) -> Option<u32> {
        let line = self.bytes.number().checked_sub(1)?;
        Some(u32::try_from(line).unwrap_or_else(|_| self.bytes.broken()))
    }

    fn text(&mut self, place: u64) -> String {
        match usize::try_from(place).ok().and_then(|place| self.texts.get(place)) {
            Some(text) => (*text).to_owned(),
            None => self.bytes.broken(),
        }
    }

    fn random(&mut self, is_wide: bool) -> u64 {
        if is_wide { self.bytes.wide() } else { self.bytes.narrow() }
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const NO_DIGIT: u8 = 64;

/// The value of each character as a digit.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 64 {
        values[DIGITS[value] as usize] = value as u8;
        value += 1;
    }
    values
};

fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for digit in 0..=three.len() {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]));
        }
    }
    text
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        let mut seen = 0;
        for character in four {
            let value = VALUES[usize::from(*character)];
            seen |= value;
            bits = bits << 6 | u32::from(value);
        }
        bits <<= 6 * (4 - four.len());
        let count = four.len() - 1;
        // What is left over behind the last byte must be 0, so that each text stands for other bytes.
        if seen & NO_DIGIT != 0 || count == 0 || bits.trailing_zeros() < 8 * (3 - count as u32) {
            return None;
        }
        bytes.extend_from_slice(&bits.to_be_bytes()[1..=count]);
    }
    Some(bytes)
}
