//! Packed segments: nothing is lost, nothing is believed, and a hundred thousand answers fit.

use crate::common::check_proportion;
use crate::common::records::{any_record, years_of_answers};
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
fn the_second_packed_format_still_loads() {
    let packed = log::read(include_str!("data/attempts-v5-packed.json")).expect("the packed format");
    let listed = log::read(include_str!("data/attempts-v5.json")).expect("the same as a list");
    assert!(packed.is_packed && !listed.is_packed);
    assert_eq!(packed.records, listed.records);
}

#[test]
fn the_third_packed_format_still_loads() {
    let packed = log::read(include_str!("data/attempts-v6-packed.json")).expect("the packed format");
    let listed = log::read(include_str!("data/attempts-v6.json")).expect("the same as a list");
    assert!(packed.is_packed && !listed.is_packed);
    assert_eq!(packed.records, listed.records);
}

#[test]
fn the_fourth_packed_format_still_loads() {
    let packed = log::read(include_str!("data/attempts-v7-packed.json")).expect("the packed format");
    let listed = log::read(include_str!("data/attempts-v7.json")).expect("the same as a list");
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
        include_str!("data/attempts-v5.json"),
        include_str!("data/attempts-v6.json"),
        include_str!("data/attempts-v7.json"),
    ] {
        let read = log::read(text).expect("a released format");
        let packed = log::read(&log::write_packed(&read.records)).expect("our own format");
        assert_eq!(packed.records, read.records);
    }
}

#[test]
fn a_torn_or_altered_text_is_refused_as_a_whole() {
    let mut records = years_of_answers(40, 20);
    records.extend(log::read(include_str!("data/attempts-v6.json")).expect("the sixth format").records);
    records.extend(log::read(include_str!("data/attempts-v7.json")).expect("the seventh format").records);
    let text = pack(&records);
    for end in 0..text.len() {
        assert!(unpack(&text[..end]).is_err(), "the first {end} characters were taken for the whole");
    }
    for (place, character) in text.char_indices() {
        for other in ['A', '/', 'b', '=', '\u{e9}'].into_iter().filter(|other| *other != character) {
            let altered = format!("{}{other}{}", &text[..place], &text[place + 1..]);
            assert!(unpack(&altered).is_err(), "{other} in place of {character} at {place} went unnoticed");
        }
    }
    let newer = format!("BQ{}", &text[2..]);
    assert_eq!(unpack(&newer), Err(UnpackError::Newer));
}

#[test]
fn a_hundred_thousand_answers_fit_into_the_storage() {
    const SEGMENT: usize = quiz::journal::MERGED_LIMIT;
    let records = years_of_answers(100_000, 300);
    let segments: Vec<String> = records.chunks(SEGMENT).map(log::write_packed).collect();
    let size: usize = segments.iter().map(String::len).sum();
    println!("{} segments, {size} characters, {:.1} a record", segments.len(), size as f64 / records.len() as f64);

    let mut log = AttemptLog::default();
    for text in &segments {
        log.union(log::read(text).expect("our own format").records);
    }
    assert!(log.records() == records, "something was lost");
    assert!(size < 2_500_000, "{size} characters, which take 5 MB where one takes two bytes");
}

/// A log that is ten times as long takes ten times as long to work with, not a hundred times.
#[test]
fn a_long_past_takes_its_time_in_proportion() {
    let records = years_of_answers(20_000, 300);
    let log: AttemptLog = records.iter().cloned().collect();
    let check = |what, work: fn(&AttemptLog, &[Record]) -> usize| {
        check_proportion(what, records.len(), |count| work(&log, &records[..count]));
    };
    check("packing", |_, records| log::write_packed(records).len());
    check("unpacking", |_, records| log::read(&log::write_packed(records)).map_or(0, |read| read.records.len()));
    check("a list written and read", |_, records| log::read(&log::write(records)).map_or(0, |read| read.records.len()));
    check("a union of two halves, interleaved", |_, records| {
        let mut half: AttemptLog = records.iter().step_by(2).cloned().collect();
        half.union(records.iter().skip(1).step_by(2).cloned().collect())
    });
    check("a union that brings nothing", |log, records| log.missing(records.to_vec()).len());
    check("an answer after the other", |_, records| {
        let mut log = AttemptLog::default();
        records.iter().filter(|record| log.insert((*record).clone())).count()
    });
    check("the sittings of a problem", |_, records| {
        let log: AttemptLog = records.iter().cloned().collect();
        log.sittings(&crate::common::slug("problem-number-0007"))
    });
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
