//! The attempt log: a grow-only set of [records](Record), from which everything about a learner is derived.
//!
//! Merging two logs is a union, so it is commutative, associative and idempotent: two devices, two tabs and the same
//! file imported twice all come out right. Nothing is ever taken out: an undo is one more entry, and an undone attempt
//! stays in the log without counting. So do attempts at a problem that was begun anew.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::attempt::{Attempt, AttemptId, Record, Reset, Undo};
use crate::envelope::{self, EnvelopeError, Format, Opened};
use crate::grading::Mark;
use crate::json;
use crate::packed::{self, UnpackError};
use crate::problem::Slug;

/// How the log is stored and exported. Version 2 has answers to `fill` and `order`, and further tries; version 3 has
/// predictions of undefined behaviour; version 4 has undos, and segments that are packed; version 5 has recounts, resets
/// and remarks; version 6 has written programs, questions to talk about, stories, and
/// interviews; version 7 has attempts of who did not know.
pub const ATTEMPTS: Format = Format { kind: "attempts", version: 7 };

/// A set of records, in the order of their ids, which is the order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptLog {
    /// By id, each id once.
    records: Vec<Record>,
    /// How many of them are attempts.
    attempts: usize,
    /// For each attempt that was ever undone or counted again, what holds.
    turns: BTreeMap<AttemptId, Turn>,
    /// For each problem that was begun anew, the newest reset.
    resets: BTreeMap<Slug, AttemptId>,
}

/// What the newest undo or recount of an attempt says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    newest: AttemptId,
    counting: Counting,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counting {
    Undone,
    Recounted,
}

/// Where a learner stands with a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemStatus {
    /// Never answered.
    New,
    /// The last answer was wrong.
    Wrong,
    /// The last answer was right in some of its parts.
    Partly,
    /// The last answer was right.
    Right,
}

impl ProblemStatus {
    /// Whether it was answered, and not right in all parts.
    pub fn is_missed(self) -> bool {
        matches!(self, ProblemStatus::Wrong | ProblemStatus::Partly)
    }
}

impl From<Mark> for ProblemStatus {
    fn from(mark: Mark) -> ProblemStatus {
        match mark {
            Mark::Right => ProblemStatus::Right,
            Mark::Partly => ProblemStatus::Partly,
            Mark::Wrong => ProblemStatus::Wrong,
        }
    }
}

/// What a text with attempts gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The records that could be read.
    pub records: Vec<Record>,
    /// What was wrong with the others. The text must be kept while this is not empty.
    pub damaged: Vec<String>,
    /// Whether they were [packed](crate::packed).
    pub is_packed: bool,
    /// The envelope of what the learner had set, which an export holds beside them; else null.
    pub settings: Value,
}

/// Reads an envelope of attempts. One bad attempt does not spoil the others.
///
/// # Errors
/// When the envelope as a whole cannot be opened.
pub fn read(text: &str) -> Result<Read, EnvelopeError> {
    let Opened { data, settings } = envelope::open(ATTEMPTS, text)?;
    let mut read = Read { settings, ..Read::default() };
    let items = match data {
        Value::Array(items) => items,
        Value::String(data) => {
            let unreadable = |why: UnpackError| EnvelopeError::Unreadable(why.to_string());
            return Ok(Read { records: packed::unpack(&data).map_err(unreadable)?, is_packed: true, ..read });
        }
        _ => return Err(EnvelopeError::Unreadable("it holds no list of attempts".to_owned())),
    };
    for item in items {
        match json::from_value::<Record>(item) {
            Ok(record) => read.records.push(record),
            Err(error) => read.damaged.push(error.to_string()),
        }
    }
    Ok(read)
}

/// Writes an envelope of records, as a list that people can read.
pub fn write<'a>(records: impl IntoIterator<Item = &'a Record>) -> String {
    envelope::seal(ATTEMPTS, &records.into_iter().collect::<Vec<_>>())
}

/// Writes the envelope of an export: records as a list that people can read, and the envelope of what the learner set.
pub fn write_with_settings(records: &[Record], settings: &str) -> String {
    envelope::seal_with_settings(ATTEMPTS, settings, &records.iter().collect::<Vec<_>>())
}

/// Writes an envelope of records, [packed](crate::packed).
pub fn write_packed(records: &[Record]) -> String {
    envelope::seal(ATTEMPTS, &packed::pack(records))
}

impl AttemptLog {
    /// Adds a record; tells whether it is new.
    pub fn insert(&mut self, record: impl Into<Record>) -> bool {
        self.union(vec![record.into()]) == 1
    }

    /// Adds all of `records`; tells how many are new.
    ///
    /// Two different records never share an id, unless a file was tampered with. Then every order of merging keeps
    /// the same one: the one whose JSON comes first.
    ///
    /// What is newer than the log is appended; else only the part of the log that is newer than the oldest of
    /// `records` is touched.
    pub fn union(&mut self, records: Vec<Record>) -> usize {
        let records = in_order(records);
        let Some(first) = records.first() else { return 0 };
        if self.records.last().is_none_or(|last| last.id() < first.id()) {
            return self.append(records);
        }
        let place = self.records.partition_point(|record| record.id() < first.id());
        let mut tail = self.records.split_off(place).into_iter().peekable();
        self.records.reserve(tail.len() + records.len());
        let (mut new, mut replaced) = (0, false);
        for record in records {
            while let Some(known) = tail.next_if(|known| known.id() < record.id()) {
                self.records.push(known);
            }
            match tail.next_if(|known| known.id() == record.id()) {
                Some(known) if !comes_first(&record, &known) => self.records.push(known),
                known => {
                    new += 1;
                    replaced |= known.is_some();
                    self.take_in(&record);
                    self.records.push(record);
                }
            }
        }
        self.records.extend(tail);
        if replaced {
            self.take_all_in_anew();
        }
        new
    }

    /// Makes room for so many more records at once.
    pub fn reserve(&mut self, records: usize) {
        self.records.reserve(records);
    }

    /// Adds records that are all newer than those of the log.
    fn append(&mut self, records: Vec<Record>) -> usize {
        for record in &records {
            self.take_in(record);
        }
        let new = records.len();
        self.records.extend(records);
        new
    }

    /// The records that [`AttemptLog::union`] would call new.
    pub fn missing(&self, records: Vec<Record>) -> Vec<Record> {
        let mut missing = Vec::new();
        let records = in_order(records);
        let first = records.first().map_or(AttemptId { time: 0, random: 0 }, Record::id);
        let mut place = self.records.partition_point(|record| record.id() < first);
        for record in records {
            while self.records.get(place).is_some_and(|known| known.id() < record.id()) {
                place += 1;
            }
            let known = self.records.get(place).filter(|known| known.id() == record.id());
            if known.is_none_or(|known| comes_first(&record, known)) {
                missing.push(record);
            }
        }
        missing
    }

    /// Whether another record of this name is in the log.
    pub fn contradicts(&self, record: &Record) -> bool {
        let place = self.records.binary_search_by_key(&record.id(), Record::id);
        place.is_ok_and(|place| self.records[place] != *record)
    }

    /// Everything that is in the log, oldest first.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// All attempts, oldest first, those that were undone too.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.records.iter().filter_map(Record::attempt)
    }

    /// All undos, oldest first.
    pub fn undos(&self) -> impl DoubleEndedIterator<Item = &Undo> {
        self.records.iter().filter_map(Record::undo)
    }

    /// How many attempts there are, those that were undone too.
    pub fn len(&self) -> usize {
        self.attempts
    }

    /// How many attempts stand, further tries too: those that were not taken back, and whose problem was not begun anew
    /// since.
    pub fn standing(&self) -> usize {
        self.iter().filter(|attempt| !self.is_undone(attempt.id) && !self.is_reset(attempt)).count()
    }

    /// How many answers count at the problems that are asked for: so many a reset of these takes out of the count.
    pub fn standing_at(&self, is_asked_for: impl Fn(&Slug) -> bool) -> usize {
        self.first_tries().filter(|attempt| is_asked_for(&attempt.slug)).count()
    }

    /// Whether nothing was ever answered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether an attempt was taken back, and was not counted again since.
    pub fn is_undone(&self, id: AttemptId) -> bool {
        self.turns.get(&id).is_some_and(|turn| turn.counting == Counting::Undone)
    }

    /// Whether an attempt's problem was begun anew since.
    pub fn is_reset(&self, attempt: &Attempt) -> bool {
        self.resets.get(&attempt.slug).is_some_and(|reset| attempt.id < *reset)
    }

    /// Whether an attempt no longer counts: it was taken back, or its problem was begun anew.
    pub fn has_lapsed(&self, id: AttemptId) -> bool {
        self.is_undone(id) || self.attempt(id).is_some_and(|attempt| self.is_reset(attempt))
    }

    /// A name for a new record that is made at `now` (ms since 1970): it comes after all that are known here, even if a
    /// clock went back. So the last word of a learner is the newest.
    pub fn next_id(&self, now: u64, random: u64) -> AttemptId {
        let after = self.records.last().map_or(0, |last| last.id().time.saturating_add(1));
        AttemptId::new(now.max(after), random)
    }

    /// The attempts that count: the first try of each sitting, unless it was undone or its problem begun anew, oldest first.
    pub fn first_tries(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.places_of_given().map(|(_, attempt)| attempt).filter(|attempt| !self.is_reset(attempt))
    }

    /// The first try of each sitting, unless it was undone, each with its place among the records, oldest first. It was
    /// given whatever became of its problem; whether it counts, [`AttemptLog::is_reset`] tells.
    pub fn places_of_given(&self) -> impl DoubleEndedIterator<Item = (usize, &Attempt)> {
        let attempts = self.records.iter().enumerate().filter_map(|(place, record)| Some((place, record.attempt()?)));
        attempts.filter(|(_, attempt)| attempt.is_first_try() && !self.is_undone(attempt.id))
    }

    /// The attempt at a place among the records.
    pub fn at(&self, place: usize) -> Option<&Attempt> {
        self.records.get(place)?.attempt()
    }

    /// How many times a problem was met: further tries within a sitting do not count, what was undone does, and so does
    /// what was before a reset.
    pub fn sittings(&self, slug: &Slug) -> usize {
        self.iter().filter(|attempt| attempt.is_first_try() && attempt.slug == *slug).count()
    }

    /// In how many sittings the problem of an attempt was met before the sitting that the attempt began.
    pub fn sittings_before(&self, first: &Attempt) -> usize {
        let before = self.iter().filter(|attempt| attempt.id < first.id && attempt.slug == first.slug);
        before.filter(|attempt| attempt.is_first_try()).count()
    }

    /// The last try of the sitting that `first` began: itself, if it was the only one.
    pub fn last_try<'a>(&'a self, first: &'a Attempt) -> &'a Attempt {
        let start = self.records.partition_point(|record| record.id() <= first.id);
        let later = self.records[start..].iter().filter_map(Record::attempt);
        let of_problem = later.filter(|attempt| attempt.slug == first.slug);
        of_problem.take_while(|attempt| !attempt.is_first_try()).last().unwrap_or(first)
    }

    /// An attempt.
    pub fn attempt(&self, id: AttemptId) -> Option<&Attempt> {
        let place = self.records.binary_search_by(|record| record.id().cmp(&id)).ok()?;
        self.records[place].attempt()
    }

    /// Notes what a record says about which attempts count.
    fn take_in(&mut self, record: &Record) {
        match record {
            Record::Attempt(_) => self.attempts += 1,
            Record::Undo(undo) => self.turn(undo.of, Turn { newest: undo.id, counting: Counting::Undone }),
            Record::Recount(recount) => {
                self.turn(recount.of, Turn { newest: recount.id, counting: Counting::Recounted });
            }
            Record::Reset(reset) => self.reset(reset),
            Record::Remark(_) => {}
        }
    }

    fn turn(&mut self, of: AttemptId, turn: Turn) {
        let known = self.turns.entry(of).or_insert(turn);
        if known.newest < turn.newest {
            *known = turn;
        }
    }

    fn reset(&mut self, reset: &Reset) {
        let known = self.resets.entry(reset.slug.clone()).or_insert(reset.id);
        *known = reset.id.max(*known);
    }

    /// Forgets what records said that are not there any more.
    fn take_all_in_anew(&mut self) {
        let records = std::mem::take(&mut self.records);
        *self = AttemptLog::default();
        for record in &records {
            self.take_in(record);
        }
        self.records = records;
    }
}

/// Records by id, each id once. They nearly always are so already.
fn in_order(mut records: Vec<Record>) -> Vec<Record> {
    if records.is_sorted_by(|one, next| one.id() < next.id()) {
        return records;
    }
    records.sort_by_key(Record::id);
    records.dedup_by(|next, kept| {
        let is_same = next.id() == kept.id();
        if is_same && comes_first(next, kept) {
            std::mem::swap(next, kept);
        }
        is_same
    });
    records
}

/// Which of two records with one id stays.
fn comes_first(record: &Record, known: &Record) -> bool {
    let text = |record| serde_json::to_string(record).unwrap_or_default();
    record != known && text(record) < text(known)
}

impl<R: Into<Record>> FromIterator<R> for AttemptLog {
    fn from_iter<I: IntoIterator<Item = R>>(records: I) -> AttemptLog {
        let mut log = AttemptLog::default();
        log.union(records.into_iter().map(Into::into).collect());
        log
    }
}
