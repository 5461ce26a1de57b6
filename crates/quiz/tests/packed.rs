//! Packed segments: nothing is lost, nothing is believed, and a hundred thousand answers fit.

mod common;

use std::time::Instant;

use common::records::{any_record, years_of_answers};
use proptest::prelude::*;
use quiz::attempt::Record;
use quiz::log::{self, AttemptLog};
use quiz::packed::{UnpackError, pack, unpack};

/// Fixtures of released formats are never edited: what they hold is in the browsers of learners.
#[test]
fn the_first_packed_format_still_loads() {
    let packed = log::read(include_str!("data/attempts-v4-packed.json")).expect("the packed format");
    let listed = log::read(include_str!("data/attempts-v4.json")).expect("the same as a list");
    assert!(packed.is_packed && !listed.is_packed);
    assert_eq!(packed.records, listed.records);
}

#[test]
fn all_released_formats_can_be_packed() {
    for text in [
        include_str!("data/attempts-v1.json"),
        include_str!("data/attempts-v2.json"),
        include_str!("data/attempts-v3.json"),
        include_str!("data/attempts-v4.json"),
    ] {
        let read = log::read(text).expect("a released format");
        let packed = log::read(&log::write_packed(&read.records)).expect("our own format");
        assert_eq!(packed.records, read.records);
    }
}

#[test]
fn a_torn_or_altered_text_is_refused_as_a_whole() {
    let text = pack(&years_of_answers(40, 20));
    for end in 0..text.len() {
        assert!(unpack(&text[..end]).is_err(), "the first {end} characters were taken for the whole");
    }
    for (place, character) in text.char_indices() {
        for other in ['A', '/', 'b', '=', '\u{e9}'].into_iter().filter(|other| *other != character) {
            let altered = format!("{}{other}{}", &text[..place], &text[place + 1..]);
            assert!(unpack(&altered).is_err(), "{other} in place of {character} at {place} went unnoticed");
        }
    }
    let newer = format!("Ag{}", &text[2..]);
    assert_eq!(unpack(&newer), Err(UnpackError::Newer));
}

#[test]
fn a_hundred_thousand_answers_fit_into_the_storage_and_are_fast() {
    const SEGMENT: usize = quiz::journal::MERGED_LIMIT;
    let records = years_of_answers(100_000, 300);
    let timed = |what: &str, start: Instant| println!("{what}: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);

    let start = Instant::now();
    let segments: Vec<String> = records.chunks(SEGMENT).map(log::write_packed).collect();
    timed("pack", start);
    let size: usize = segments.iter().map(String::len).sum();
    println!("{} segments, {size} characters, {:.1} a record", segments.len(), size as f64 / records.len() as f64);

    let start = Instant::now();
    let read: Vec<Vec<Record>> = segments.iter().map(|text| log::read(text).expect("our own format").records).collect();
    timed("unpack", start);
    let start = Instant::now();
    let mut log = AttemptLog::default();
    for records in read {
        log.union(records);
    }
    timed("union of all segments", start);
    assert!(log.records() == records);

    let start = Instant::now();
    assert_eq!(
        log.latest().standing(&common::entry("nowhere", quiz::problem::Level::Mid, &[])),
        quiz::log::ProblemStatus::New
    );
    timed("latest", start);
    let start = Instant::now();
    assert!(log.sittings(&common::slug("problem-number-0007")) > 100);
    timed("tries", start);
    let mut other: AttemptLog = records.iter().step_by(2).cloned().collect();
    let half: Vec<Record> = records.iter().skip(1).step_by(2).cloned().collect();
    let start = Instant::now();
    assert_eq!(other.union(half), records.len() / 2);
    timed("union of two halves, interleaved", start);
    let copy = records.clone();
    let start = Instant::now();
    assert_eq!(log.missing(copy), []);
    timed("a union that brings nothing", start);
    let start = Instant::now();
    let list = log::write(log.records());
    timed("list", start);
    println!("as a list: {} characters, {:.1} a record", list.len(), list.len() as f64 / records.len() as f64);
    let start = Instant::now();
    assert_eq!(log::read(&list).expect("our own format").records.len(), records.len());
    timed("read the list", start);

    assert!(size < 2_500_000, "{size} characters, which take 5 MB where one takes two bytes");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn packing_loses_nothing(records in prop::collection::vec(any_record(), 0..12)) {
        prop_assert_eq!(unpack(&pack(&records)), Ok(records));
    }

    #[test]
    fn a_list_loses_nothing_either(records in prop::collection::vec(any_record(), 0..12)) {
        let read = log::read(&log::write(&records)).expect("our own format");
        prop_assert_eq!((read.records, read.damaged), (records, Vec::new()));
    }

    #[test]
    fn no_text_makes_unpacking_panic(text in "[A-Za-z0-9+/=]{0,200}", any in any::<String>()) {
        prop_assert!(unpack(&text).is_err());
        prop_assert!(unpack(&any).is_err());
    }

    /// Garbage with a right checksum comes past the gate.
    #[test]
    fn no_bytes_make_unpacking_panic(body in prop::collection::vec(prop_oneof![0..4u8, any::<u8>()], 0..200)) {
        if let Ok(records) = unpack(&quiz::packed::seal(&body)) {
            prop_assert_eq!(unpack(&pack(&records)), Ok(records));
        }
    }
}
