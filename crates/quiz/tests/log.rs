//! The log is a set: merging is a union. What cannot be read is kept, named and never written over.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::common::attempt;
use crate::common::records::any_remark;
use proptest::prelude::*;
use quiz::answer::{Answer, Prediction};
use quiz::attempt::{Attempt, AttemptId, NOTE_LIMIT, Record, Recount, Remark, RemarkKind, Reset, Undo};
use quiz::envelope::EnvelopeError;
use quiz::exercise::{CodeResult, FailureKind, SelfAssessment};
use quiz::grading::Mark;
use quiz::journal::{self, Journal, SEGMENT_PREFIX, Storage, StorageError};
use quiz::learner::Replay;
use quiz::log::{self, AttemptLog, ProblemStatus};
use quiz::problem::Level;
use quiz::remarks::{Remarks, is_much};
use quiz::shuffle::Shuffle;

/// A storage with a limit on the number of writes.
#[derive(Default)]
struct Memory {
    values: RefCell<BTreeMap<String, String>>,
    writes_left: RefCell<Option<usize>>,
}

impl Storage for Memory {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.values.borrow().keys().cloned().collect())
    }
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.values.borrow().get(key).cloned())
    }
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        if let Some(left) = &mut *self.writes_left.borrow_mut() {
            *left = left.checked_sub(1).ok_or(StorageError::Full)?;
        }
        self.values.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.values.borrow_mut().remove(key);
        Ok(())
    }
}

fn attempts(times: &[u64]) -> Vec<Attempt> {
    times.iter().map(|at| attempt(*at, "gone", Mark::Right)).collect()
}

/// The last answer to a problem that counts.
fn last<'log>(log: &'log AttemptLog, name: &str) -> Option<&'log Attempt> {
    log.first_tries().rfind(|attempt| *attempt.slug.0 == *name)
}

/// When that was, in ms since 1970; 0 for never.
fn time_of_last(log: &AttemptLog, name: &str) -> u64 {
    last(log, name).map_or(0, |attempt| attempt.answered_at_ms)
}

fn records(times: &[u64]) -> Vec<Record> {
    attempts(times).into_iter().map(Record::Attempt).collect()
}

/// The attempts that a text holds, all of it readable.
fn read_whole(text: &str) -> Vec<Attempt> {
    let read = log::read(text).expect("a known format");
    assert_eq!(read.damaged, Vec::<String>::new());
    read.records.iter().filter_map(Record::attempt).cloned().collect()
}

/// The undo, at `at`, of the attempt made at `of`.
fn undo(at: u64, of: u64) -> Undo {
    Undo { id: AttemptId::new(at, 1), undone_at_ms: at, of: attempt(of, "gone", Mark::Right).id }
}

/// The recount, at `at`, of the attempt made at `of`.
fn recount(at: u64, of: u64) -> Recount {
    Recount { id: AttemptId::new(at, 2), recounted_at_ms: at, of: attempt(of, "gone", Mark::Right).id }
}

/// The reset of the problem `name` at `at`.
fn reset(at: u64, name: &str) -> Reset {
    Reset { id: AttemptId::new(at, 3), reset_at_ms: at, slug: crate::common::slug(name) }
}

fn remark(at: u64, name: &str, what: RemarkKind) -> Remark {
    Remark { id: AttemptId::new(at, 4), made_at_ms: at, slug: crate::common::slug(name), what }
}

fn log_of(times: &[u64]) -> AttemptLog {
    attempts(times).into_iter().collect()
}

#[test]
fn a_log_survives_writing_and_reading() {
    let mut records = records(&[1, 2, 3]);
    records.push(undo(4, 2).into());
    let read = log::read(&log::write(&records)).expect("our own format");
    assert_eq!((read.records, read.damaged), (records, Vec::new()));
}

// Fixtures of released formats are never edited: what they hold is in the browsers of learners.

/// The format as release 0.1 wrote it: this text must be readable for ever.
#[test]
fn the_first_format_still_loads() {
    let attempts = read_whole(include_str!("data/attempts-v1.json"));
    let marks: Vec<Mark> = attempts.iter().map(|attempt| attempt.mark).collect();
    assert_eq!(marks, [Mark::Right, Mark::Partly, Mark::Wrong, Mark::Right, Mark::Partly]);
}

/// The format with answers to `fill` and `order`, and with further tries.
#[test]
fn the_second_format_still_loads() {
    let attempts = read_whole(include_str!("data/attempts-v2.json"));
    let tries: Vec<u32> = attempts.iter().map(|attempt| attempt.try_number).collect();
    assert_eq!(tries, [1, 1, 2]);
    let log: AttemptLog = attempts.into_iter().collect();
    assert_eq!(read_whole(&log::write(log.records())).len(), 3);
    assert_eq!(log.sittings(&crate::common::slug("lines-of-a-lock")), 1);
    let mark = last(&log, "lines-of-a-lock").map(|attempt| attempt.mark);
    assert_eq!(mark, Some(Mark::Wrong), "the second try had seen the outcome of the first");
}

/// The format with predictions of undefined behaviour.
#[test]
fn the_third_format_still_loads() {
    let attempts = read_whole(include_str!("data/attempts-v3.json"));
    let answers: Vec<Answer> = attempts.into_iter().map(|attempt| attempt.answer).collect();
    let undefined = |line| Answer::Predict(Prediction::Undefined { line });
    assert_eq!(answers, [undefined(Some(4)), undefined(None)]);
}

/// The format with undos.
#[test]
fn the_fourth_format_still_loads() {
    let read = log::read(include_str!("data/attempts-v4.json")).expect("the fourth format");
    assert_eq!(read.damaged, Vec::<String>::new());
    let log: AttemptLog = read.records.into_iter().collect();
    assert_eq!((log.len(), log.undos().count(), log.first_tries().count()), (2, 2, 1));
    let mark = last(&log, "two-halves-of-a-slice").map(|attempt| attempt.mark);
    assert_eq!(mark, Some(Mark::Right), "the wrong answer was undone");
}

/// The format with recounts, resets and remarks.
#[test]
fn the_fifth_format_still_loads() {
    let read = log::read(include_str!("data/attempts-v5.json")).expect("the fifth format");
    assert_eq!(read.damaged, Vec::<String>::new());
    let log: AttemptLog = read.records.into_iter().collect();
    assert_eq!((log.len(), log.undos().count(), log.first_tries().count()), (2, 1, 1));
    let mark = |name| last(&log, name).map(|attempt| attempt.mark);
    assert_eq!(mark("two-halves-of-a-slice"), Some(Mark::Right), "its undo was taken back");
    assert_eq!(mark("lines-of-a-lock"), None, "it was begun anew");
    let (remarks, slug) = (Remarks::of(&log), crate::common::slug("two-halves-of-a-slice"));
    assert!(remarks.is_bookmarked(&slug) && !remarks.is_suspended(&slug));
    assert_eq!(remarks.note(&slug), Some("split_at_mut:\n“two halves”, never overlapping 🦀"));
}

/// The format with written programs.
#[test]
fn the_sixth_format_still_loads() {
    let attempts = read_whole(include_str!("data/attempts-v6.json"));
    let results: Vec<CodeResult> = attempts
        .into_iter()
        .map(|attempt| match attempt.answer {
            Answer::Write { result, .. } => result,
            other => panic!("{other:?}"),
        })
        .collect();
    let [CodeResult::Rejected(why), CodeResult::Tested { failures, tests: 7 }, CodeResult::SelfAssessed(said)] =
        &results[..]
    else {
        panic!("{results:?}")
    };
    assert_eq!((why.code.as_ref().map(|code| &*code.0), why.line), (Some("E0382"), Some(4)));
    let how: Vec<FailureKind> = failures.iter().map(|failure| failure.how).collect();
    assert_eq!((how, *said), (vec![FailureKind::Panic, FailureKind::DataRace], SelfAssessment::AllPassed));
}

#[test]
fn an_undo_can_be_taken_back_and_made_again() {
    let mut log = log_of(&[1, 2]);
    let counting = |log: &AttemptLog| log.first_tries().count();
    log.insert(undo(3, 2));
    assert_eq!(counting(&log), 1);
    log.insert(recount(5, 2));
    assert_eq!((counting(&log), log.standing(), time_of_last(&log, "gone")), (2, 2, 2));
    assert!(!log.has_lapsed(attempts(&[2])[0].id));
    log.insert(undo(4, 2));
    assert_eq!(counting(&log), 2, "it is older than the recount");
    log.insert(undo(6, 2));
    assert_eq!((counting(&log), log.len()), (1, 2));
    assert!(log.has_lapsed(attempts(&[2])[0].id));
}

#[test]
fn what_was_before_a_reset_does_not_count_but_stays() {
    let mut log = log_of(&[1, 3]);
    log.insert(attempt(2, "kept", Mark::Right));
    let (gone, kept) = (crate::common::slug("gone"), crate::common::slug("kept"));
    log.insert(reset(4, "gone"));
    log.insert(reset(2, "gone"));
    let times: Vec<u64> = log.first_tries().map(|attempt| attempt.answered_at_ms).collect();
    assert_eq!(times, [2], "only that at the other problem is left");
    assert_eq!((time_of_last(&log, "gone"), time_of_last(&log, "kept")), (0, 2));
    assert_eq!((log.len(), log.standing(), log.sittings(&gone)), (3, 1, 2));
    assert_eq!((log.standing_at(|slug| *slug == gone), log.standing_at(|slug| *slug == kept)), (0, 1));
    assert!(log.has_lapsed(attempts(&[1])[0].id));
    log.insert(attempt(5, "gone", Mark::Wrong));
    assert_eq!((time_of_last(&log, "gone"), log.standing()), (5, 2), "what comes after it counts");
    log.insert(recount(9, 1));
    assert_eq!(log.standing(), 2, "a recount brings no answer back over a reset");
}

#[test]
fn the_newest_remark_holds() {
    let slug = crate::common::slug("gone");
    let mut log = AttemptLog::default();
    log.insert(remark(5, "gone", RemarkKind::note("second")));
    log.insert(remark(3, "gone", RemarkKind::Bookmarked));
    log.insert(remark(4, "gone", RemarkKind::note("first")));
    log.insert(remark(6, "kept", RemarkKind::Suspended));
    let remarks = Remarks::of(&log);
    assert_eq!((remarks.is_bookmarked(&slug), remarks.is_suspended(&slug)), (true, false));
    assert_eq!(remarks.notes().collect::<Vec<_>>(), [(&slug, "second")]);
    assert_eq!(remarks.suspended().collect::<Vec<_>>(), [&crate::common::slug("kept")]);
    assert_eq!(remarks.bookmarked().collect::<Vec<_>>(), [&slug]);
    log.insert(remark(7, "gone", RemarkKind::NotBookmarked));
    log.insert(remark(8, "gone", RemarkKind::note(" \n")));
    log.insert(remark(9, "kept", RemarkKind::Resumed));
    let remarks = Remarks::of(&log);
    assert_eq!((remarks.is_bookmarked(&slug), remarks.note(&slug)), (false, None));
    assert_eq!(remarks.suspended().next(), None);
    assert!(log.is_empty(), "remarks are no answers");
    for (at, what) in [(10, RemarkKind::Done(7)), (11, RemarkKind::Done(8)), (12, RemarkKind::NotDone(7))] {
        log.insert(remark(at, "how-to-prepare", what));
    }
    log.insert(remark(13, "story-2", RemarkKind::Story("second".to_owned())));
    log.insert(remark(14, "story-1", RemarkKind::Story("first".to_owned())));
    log.insert(remark(15, "story-1", RemarkKind::Story(String::new())));
    assert_eq!(Remarks::of(&log).stories().collect::<Vec<_>>(), [(&crate::common::slug("story-2"), "second")]);
    let section = crate::common::slug("how-to-prepare");
    assert_eq!([7, 8].map(|item| Remarks::of(&log).is_done(&section, item)), [false, true]);
}

#[test]
fn a_note_has_a_limit_where_it_is_made_and_none_where_it_is_read() {
    let long = "🦀".repeat(NOTE_LIMIT + 5);
    let RemarkKind::Note(made) = RemarkKind::note(&format!("  {long} ")) else { panic!("a note") };
    assert_eq!(made.chars().count(), NOTE_LIMIT);
    let read = log::read(&log::write(&[remark(1, "gone", RemarkKind::Note(long.clone())).into()])).expect("our own");
    assert_eq!(read.records, [remark(1, "gone", RemarkKind::Note(long)).into()]);
}

/// So a learner's last word holds, even if the clock was put back.
#[test]
fn a_new_id_comes_after_all_others() {
    let mut log = AttemptLog::default();
    assert_eq!(log.next_id(5, 7), AttemptId::new(5, 7));
    log.insert(attempt(10, "gone", Mark::Right));
    assert_eq!(log.next_id(5, 7), AttemptId::new(11, 7));
    assert_eq!(log.next_id(20, 7), AttemptId::new(20, 7));
    log.insert(attempt(u64::MAX, "gone", Mark::Right));
    assert_eq!(log.next_id(20, 7), AttemptId::new(u64::MAX, 7));
}

#[test]
fn an_undone_attempt_does_not_count_but_stays() {
    let mut log = log_of(&[1, 2, 3]);
    let slug = crate::common::slug("gone");
    assert!(log.insert(undo(4, 3)));
    assert!(!log.insert(undo(4, 3)), "it was there already");
    log.insert(undo(5, 3));
    assert_eq!((log.len(), log.first_tries().count(), time_of_last(&log, "gone")), (3, 2, 2));
    assert_eq!(log.sittings(&slug), 3, "what was undone was met all the same");
    assert!(log.is_undone(attempts(&[3])[0].id));
    assert!(!log.is_undone(attempts(&[2])[0].id));
}

#[test]
fn an_undo_may_come_before_its_attempt() {
    let mut log: AttemptLog = [undo(4, 3)].into_iter().collect();
    assert!(log.is_empty(), "an undo is no answer");
    log.union(records(&[2, 3]));
    assert_eq!((log.len(), log.first_tries().count()), (2, 1));
    let again = log::read(&log::write(log.records())).expect("our own format");
    assert_eq!(again.records.into_iter().collect::<AttemptLog>(), log);
}

#[test]
fn an_id_has_one_text() {
    for (time, random) in [(0, 0), (1_732_250_000_001, 0x8f3a_21c4), (u64::MAX, u64::MAX)] {
        let id = AttemptId::new(time, random);
        assert_eq!(AttemptId::parse(&id.to_string()), Some(id));
    }
    let bad = [
        "",
        "-",
        "0192a0000001",
        "0192a0000001-1",
        "0192A0000001-0000000000000001",
        "192a0000001-0000000000000001",
        "00192a0000001-0000000000000001",
        "0192a0000001-0000000000000001-",
        "+192a0000001-0000000000000001",
        "10000000000000000-0000000000000001",
    ];
    for text in bad {
        assert_eq!(AttemptId::parse(text), None, "{text}");
    }
}

#[test]
fn one_damaged_attempt_does_not_spoil_the_others() {
    let text = log::write(&records(&[1, 2])).replacen("\"at\":1", "\"at\":\"soon\"", 1);
    let read = log::read(&text).expect("the envelope is whole");
    assert_eq!((read.records.len(), read.damaged.len()), (1, 1));
}

#[test]
fn foreign_values_are_named() {
    let check = |text: &str, said: &str| {
        let error = log::read(text).expect_err("must not be read");
        assert!(error.to_string().contains(said), "{text} gave {error}");
    };
    check("", "not in a format");
    check("garbage", "not in a format");
    check("[1, 2]", "not in a format");
    check("null", "not in a format");
    check("{}", "not written by Borrowed Time");
    check(r#"{"app":"other","kind":"attempts","version":1,"data":[]}"#, "not written by Borrowed Time");
    check(r#"{"app":"borrowed-time","kind":"settings","version":1,"data":{}}"#, "settings");
    check(r#"{"app":"borrowed-time","kind":"attempts","data":[]}"#, "no version");
    check(r#"{"app":"borrowed-time","kind":"attempts","version":0,"data":[]}"#, "no version");
    check(r#"{"app":"borrowed-time","kind":"attempts","version":1}"#, "no data");
    check(r#"{"app":"borrowed-time","kind":"attempts","version":1,"data":{}}"#, "no list");
    check(r#"{"app":"borrowed-time","kind":"attempts","version":9,"data":{"any":1}}"#, "newer version");
}

#[test]
fn what_cannot_be_read_stays_and_the_rest_is_loaded() {
    let storage = Memory::default();
    let newer = r#"{"app":"borrowed-time","kind":"attempts","version":9,"data":{}}"#;
    storage.set(&format!("{SEGMENT_PREFIX}a-0"), "garbage").expect("room");
    storage.set(&format!("{SEGMENT_PREFIX}b-0"), newer).expect("room");
    storage.set(&format!("{SEGMENT_PREFIX}c-0"), &log::write_packed(&records(&[5]))).expect("room");
    let damaged = log::write(&records(&[6, 7])).replacen("\"at\":6", "\"at\":\"soon\"", 1);
    storage.set(&format!("{SEGMENT_PREFIX}d-0"), &damaged).expect("room");
    storage.set("somebody-elses", "value").expect("room");
    let found = journal::load(&storage).expect("it can be read");
    assert_eq!(found.log, log_of(&[5, 7]));
    assert_eq!(found.quarantined.len(), 3);
    assert_eq!(found.quarantined[0].raw, "garbage");
    assert_eq!(found.quarantined[1].why, EnvelopeError::Newer(9));

    let before = storage.values.borrow().clone();
    let all: Vec<String> = storage.keys().expect("keys");
    journal::merge(&storage, &all, "merged").expect("room");
    assert_eq!(*storage.values.borrow(), before, "a merge touched what it could not read, or had nothing to do");
}

#[test]
fn a_full_storage_keeps_answers_in_memory_until_there_is_room() {
    let storage = Memory::default();
    let mut journal = Journal::new("tab".to_owned());
    storage.writes_left.replace(Some(1));
    let [first, second, third] = attempts(&[1, 2, 3]).try_into().expect("three");
    assert_eq!(journal.append(&storage, first), Ok(()));
    assert_eq!(journal.append(&storage, second), Err(StorageError::Full));
    assert_eq!(journal.append(&storage, third), Err(StorageError::Full));
    assert_eq!(journal.waiting(), 2);
    storage.writes_left.replace(None);
    assert_eq!(journal.flush(&storage), Ok(()));
    assert_eq!(journal.waiting(), 0);
    assert_eq!(journal::load(&storage).expect("it can be read").log, log_of(&[1, 2, 3]));
}

#[test]
fn two_tabs_never_write_to_one_segment() {
    let storage = Memory::default();
    let mut tabs = [Journal::new("one".to_owned()), Journal::new("two".to_owned())];
    for at in 0..200 {
        tabs[at as usize % 2].append(&storage, attempt(at, "gone", Mark::Right)).expect("room");
    }
    let found = journal::load(&storage).expect("it can be read");
    assert_eq!(found.log, log_of(&(0..200).collect::<Vec<_>>()));
    let names: BTreeSet<_> = found.readable.iter().filter_map(|key| journal::tab_of(key)).collect();
    assert_eq!(names, BTreeSet::from(["one", "two"]));
    assert!(found.readable.len() >= 4, "segments are closed when they are full");
}

#[test]
fn only_segments_of_tabs_that_are_gone_are_closed() {
    let key = |tab: &str| format!("{SEGMENT_PREFIX}{tab}-0");
    let readable = [key("mine"), key("alive"), key("gone")];
    let closed = journal::closed_segments(&readable, "mine", &BTreeSet::from(["alive".to_owned()]));
    assert_eq!(closed, [key("gone")]);
}

#[test]
fn a_merge_is_complete_at_every_step() {
    for writes in 0..4 {
        let storage = Memory::default();
        for (tab, times) in [("a", [1, 2]), ("b", [3, 4]), ("c", [5, 6])] {
            storage.set(&format!("{SEGMENT_PREFIX}{tab}-0"), &log::write(&records(&times))).expect("room");
        }
        storage.writes_left.replace(Some(writes));
        let keys = storage.keys().expect("keys");
        let _ = journal::merge(&storage, &keys, "merged");
        let found = journal::load(&storage).expect("it can be read");
        assert_eq!(found.log, log_of(&[1, 2, 3, 4, 5, 6]), "after {writes} writes");
        assert_eq!(found.readable.len(), if writes == 0 { 3 } else { 1 });
    }
}

#[test]
fn a_merge_packs_even_a_single_list_and_then_has_nothing_to_do() {
    let storage = Memory::default();
    storage.set(&format!("{SEGMENT_PREFIX}a-0"), &log::write(&records(&[1, 2]))).expect("room");
    let keys = || storage.keys().expect("keys");
    assert_eq!(journal::merge(&storage, &keys(), "merged"), Ok(1));
    assert_eq!(keys(), [format!("{SEGMENT_PREFIX}merged-0")]);
    let packed = storage.get(&keys()[0]).expect("it can be read").expect("it is there");
    assert!(log::read(&packed).expect("our own format").is_packed);
    assert_eq!(journal::merge(&storage, &keys(), "again"), Ok(0));
    assert_eq!(journal::load(&storage).expect("it can be read").log, log_of(&[1, 2]));
}

#[test]
fn a_full_packed_segment_is_left_alone() {
    let storage = Memory::default();
    let many: Vec<u64> = (0..journal::MERGED_LIMIT as u64 + 3).collect();
    journal::import(&storage, &records(&many), "imported").expect("room");
    storage.set(&format!("{SEGMENT_PREFIX}a-0"), &log::write(&records(&[9_000, 9_001]))).expect("room");
    let found = journal::load(&storage).expect("it can be read");
    assert_eq!((found.readable.len(), found.loose.len()), (3, 2));
    let full = found.readable.iter().find(|key| !found.loose.contains(key)).expect("one is full");
    let before = storage.get(full);
    assert_eq!(journal::merge(&storage, &found.readable, "merged"), Ok(2));
    assert_eq!(storage.get(full), before);
    assert_eq!(journal::load(&storage).expect("it can be read").log, found.log);
}

#[test]
fn an_import_is_stored_completely_or_not_at_all() {
    let many: Vec<u64> = (0..2 * journal::MERGED_LIMIT as u64 + 3).collect();
    for writes in 0..3 {
        let storage = Memory::default();
        storage.writes_left.replace(Some(writes));
        assert_eq!(journal::import(&storage, &records(&many), "imported"), Err(StorageError::Full));
        assert_eq!(storage.keys(), Ok(Vec::new()), "after {writes} writes");
    }
}

#[test]
fn the_last_answer_to_the_current_revision_decides_the_standing() {
    let entry = crate::common::entry("gone", Level::Junior, &[]);
    let standing = |attempts: Vec<Attempt>, revision| {
        let log: AttemptLog = attempts.into_iter().collect();
        let catalog = crate::common::catalog(vec![quiz::catalog::Entry { revision, ..entry.clone() }]);
        let replay = Replay::of(&catalog, &log, &crate::common::noon(1));
        replay.learner(&catalog, &log).standings()[0]
    };
    assert_eq!(standing(Vec::new(), 1), ProblemStatus::New);
    assert_eq!(
        standing(vec![attempt(1, "gone", Mark::Right), attempt(2, "gone", Mark::Partly)], 1),
        ProblemStatus::Partly
    );
    assert_eq!(
        standing(vec![attempt(2, "gone", Mark::Right), attempt(1, "gone", Mark::Wrong)], 1),
        ProblemStatus::Right
    );
    assert_eq!(standing(vec![attempt(1, "gone", Mark::Right)], 2), ProblemStatus::New);
}

/// Records of all kinds, some with the same id but not the same content.
fn any_log() -> impl Strategy<Value = AttemptLog> {
    let marks = prop_oneof![4 => Just(Mark::Right), 1 => Just(Mark::Wrong)];
    let attempt = (0..30u64, marks).prop_map(|(at, mark)| Record::from(attempt(at, "gone", mark)));
    let undo = (20..40u64, 0..30u64).prop_map(|(at, of)| Record::from(undo(at, of)));
    let recount = (20..40u64, 0..30u64).prop_map(|(at, of)| Record::from(recount(at, of)));
    let name = || proptest::sample::select(&["gone", "kept"][..]);
    let reset = (0..40u64, name()).prop_map(|(at, name)| Record::from(reset(at, name)));
    let remark = (0..40u64, name(), any_remark()).prop_map(|(at, name, what)| Record::from(remark(at, name, what)));
    let record = prop_oneof![6 => attempt, 2 => undo, 2 => recount, 1 => reset, 2 => remark];
    proptest::collection::vec(record, 0..20).prop_map(|records| records.into_iter().collect())
}

/// Which attempts count, and what is kept about problems, found out by looking at all records for each.
fn check_defined(log: &AttemptLog) {
    let newest = |is_it: &dyn Fn(&Record) -> bool| log.records().iter().rev().find(|record| is_it(record));
    let counts = |attempt: &&Attempt| {
        let turns = |record: &Record| match record {
            Record::Undo(undo) => undo.of == attempt.id,
            Record::Recount(recount) => recount.of == attempt.id,
            _ => false,
        };
        let resets = |record: &Record| matches!(record, Record::Reset(reset) if reset.slug == attempt.slug);
        !matches!(newest(&turns), Some(Record::Undo(_))) && newest(&resets).is_none_or(|reset| reset.id() < attempt.id)
    };
    let defined: Vec<&Attempt> = log.iter().filter(counts).collect();
    assert_eq!(log.first_tries().collect::<Vec<_>>(), defined);
    assert_eq!((log.standing(), log.len()), (defined.len(), log.iter().count()));
    let remarks = Remarks::of(log);
    for slug in ["gone", "kept"].map(crate::common::slug) {
        let says = |yes: RemarkKind, no: RemarkKind| {
            let is_one = |record: &Record| match record {
                Record::Remark(remark) => remark.slug == slug && (remark.what == yes || remark.what == no),
                _ => false,
            };
            matches!(newest(&is_one), Some(Record::Remark(remark)) if remark.what == yes)
        };
        assert_eq!(remarks.is_bookmarked(&slug), says(RemarkKind::Bookmarked, RemarkKind::NotBookmarked));
        assert_eq!(remarks.is_suspended(&slug), says(RemarkKind::Suspended, RemarkKind::Resumed));
        let mut notes = log.records().iter().filter_map(|record| match record {
            Record::Remark(Remark { slug: of, what: RemarkKind::Note(note), .. }) if *of == slug => Some(note.as_str()),
            _ => None,
        });
        assert_eq!(remarks.note(&slug), notes.next_back().filter(|note| !note.is_empty()));
    }
}

fn union(one: &AttemptLog, other: &AttemptLog) -> AttemptLog {
    let mut union = one.clone();
    let missing = one.missing(other.records().to_vec()).len();
    assert_eq!(union.union(other.records().to_vec()), missing);
    union
}

proptest! {
    #[test]
    fn merging_is_commutative_associative_and_idempotent(a in any_log(), b in any_log(), c in any_log()) {
        prop_assert_eq!(union(&a, &b), union(&b, &a));
        prop_assert_eq!(union(&union(&a, &b), &c), union(&a, &union(&b, &c)));
        prop_assert_eq!(union(&union(&a, &b), &b), union(&a, &b));
        check_defined(&a);
        check_defined(&union(&union(&c, &a), &b));
    }

    #[test]
    fn adding_one_by_one_in_any_order_gives_the_same_log(log in any_log(), seed in any::<u64>()) {
        let order = Shuffle::new(seed).order(log.records().len());
        let mut other = AttemptLog::default();
        for place in order {
            prop_assert!(other.insert(log.records()[place].clone()));
        }
        prop_assert_eq!(other, log);
    }

    #[test]
    fn no_text_makes_reading_panic(text in any::<String>(), version in any::<u64>()) {
        let _ = log::read(&text);
        let _ = log::read(&format!(r#"{{"app":"borrowed-time","kind":"attempts","version":{version},"data":{text:?}}}"#));
    }
}

/// What is typed over counts, what is taken away does not, wherever it stands.
#[test]
fn much_is_what_is_new_in_a_text() {
    let (few, many, other) = ("a".repeat(199), "a".repeat(200), "b".repeat(200));
    let story = |middle: &str| format!("At first. {middle} In the end é.");
    for (kept, written, expected) in [
        (String::new(), few.clone(), false),
        (String::new(), many.clone(), true),
        (story(""), story(&few), false),
        (story(""), story(&many), true),
        (story(&other), story(&many), true),
        (story(&many), story(""), false),
        (story(&many), "T".to_owned(), false),
        (many.clone(), many.clone() + &few, false),
        (many.clone(), many.clone() + &many, true),
        ("é".to_owned(), "è".to_owned(), false),
    ] {
        assert_eq!(is_much(&kept, &written), expected, "{kept:?}, {written:?}");
    }
}
