//! Files that a learner takes out of the app and brings into it.
//!
//! What is taken out is the log as JSON ([`write`]) or as a table for spreadsheets ([`csv::write`]); either holds
//! all of it, and the JSON what the learner set as well. Bringing in is a union, and what it would add is told before:
//! this module never changes a log.

pub mod csv;
mod refused;

use serde_json::Value;

use crate::attempt::{Record, Remark, RemarkKind};
use crate::envelope::EnvelopeError;
use crate::json;
use crate::learner::calendar::Day;
use crate::log::{self, AttemptLog, Read};
use crate::settings::{self, Chosen};

use refused::BYTE_ORDER_MARK;
pub use refused::Refused;

/// What a file would add to a log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// How many attempts are new.
    pub new: usize,
    /// How many attempts are in the log already.
    pub known: usize,
    /// How many undos and recounts are new.
    pub undos: usize,
    /// How many times a problem was newly begun anew.
    pub resets: usize,
    /// How many remarks are new: bookmarks, notes and the like, set or removed.
    pub remarks: usize,
    /// How many records could not be read. The file should be kept while this is not 0.
    pub damaged: usize,
    /// What is wrong with the first of the damaged, and in a table also where it is: `row 7: …`.
    pub first_damage: Option<String>,
    /// When the first of the new ones was made, in ms since 1970.
    pub first: Option<u64>,
    /// When the last of the new ones was made, in ms since 1970.
    pub last: Option<u64>,
    /// The new records, in the order of their ids.
    pub records: Vec<Record>,
    /// What was set where the file was written, if it says.
    pub chosen: Option<Chosen>,
    /// Why its settings could not be read.
    pub unread_settings: Option<String>,
}

impl Preview {
    /// Whether nothing of the file would be new to `chosen` or to the log that it was compared with.
    pub fn is_known(&self, chosen: &Chosen, today: Day) -> bool {
        self.records.is_empty() && self.would_set(chosen, today).is_empty()
    }

    /// What the file would set, by its names in a sentence.
    pub fn would_set(&self, chosen: &Chosen, today: Day) -> Vec<&'static str> {
        self.chosen.as_ref().map(|theirs| chosen.clone().take_over(theirs, today)).unwrap_or_default()
    }
}

/// Whether a file has something that is not here, or that only a newer release can read: to write it over would lose that.
pub fn has_more(log: &AttemptLog, chosen: &Chosen, text: &str, today: Day) -> bool {
    match preview(log, text) {
        Ok(found) => found.damaged > 0 || found.unread_settings.is_some() || !found.is_known(chosen, today),
        Err(refused) => matches!(refused, Refused::Newer(_)),
    }
}

/// All of `log` and what is chosen, as JSON.
pub fn write(log: &AttemptLog, chosen: &Chosen) -> String {
    log::write_with_settings(log.records(), &settings::write(&chosen.portable()))
}

/// What the exported file `text` would add to `log`. Of records of one name that say different things all but one were tampered
/// with: that of the log stays, else the one that any union keeps, and the others count as damaged.
///
/// # Errors
/// When the file as a whole is none that can be brought in.
pub fn preview(log: &AttemptLog, text: &str) -> Result<Preview, Refused> {
    let Read { mut records, mut damaged, settings, .. } = read(text)?;
    let (chosen, unread_settings) = match settings {
        Value::Null => (None, None),
        envelope => match settings::from_file(envelope) {
            Ok(chosen) => (Some(chosen), None),
            Err(why) => (None, Some(why.to_string())),
        },
    };
    records.retain(|record| {
        let why = unfit(record);
        damaged.extend(why.map(|why| format!("{} {why}", record.id())));
        why.is_none()
    });
    let (mut others, records): (Vec<Record>, Vec<Record>) =
        records.into_iter().partition(|record| log.contradicts(record));
    let theirs: AttemptLog = records.iter().cloned().collect();
    others.extend(records.into_iter().filter(|record| theirs.contradicts(record)));
    damaged.extend(others.iter().map(|record| format!("another record has the same name, {}", record.id())));
    let records = log.missing(theirs.records().to_vec());
    let times = || records.iter().map(Record::made_at_ms);
    let mut preview = Preview {
        damaged: damaged.len(),
        first: times().min(),
        last: times().max(),
        first_damage: damaged.into_iter().next(),
        chosen,
        unread_settings,
        ..Preview::default()
    };
    for record in &records {
        match record {
            Record::Attempt(_) => preview.new += 1,
            Record::Undo(_) | Record::Recount(_) => preview.undos += 1,
            Record::Reset(_) => preview.resets += 1,
            Record::Remark(_) => preview.remarks += 1,
        }
    }
    Ok(Preview { known: theirs.len() - preview.new, records, ..preview })
}

/// Why a record that can be read is not brought in.
fn unfit(record: &Record) -> Option<&'static str> {
    match record {
        // All that is made later would have to be named after it.
        record if record.id().time >= csv::YEAR_10000 => Some("is named after a time that never comes"),
        // A program for spreadsheets cuts what is longer than its cells.
        Record::Remark(Remark { what: RemarkKind::Interview(text), .. }) if json::parse(text).is_err() => {
            Some("is an interview that was cut off")
        }
        _ => None,
    }
}

/// Reads an exported file, whichever of the two it is.
fn read(text: &str) -> Result<Read, Refused> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    match text.trim_start().chars().next() {
        None => Err(Refused::Empty),
        Some('{' | '[') => log::read(text).map_err(|why| match why {
            EnvelopeError::Newer(version) => Refused::Newer(version),
            EnvelopeError::Unreadable(why) => Refused::Unreadable(why),
        }),
        Some(_) => csv::read(text),
    }
}
