//! How the attempt log lies in a key-value storage that several tabs share.
//!
//! Each tab appends only to segments of its own, so no tab overwrites another's. Segments of tabs that are gone are
//! merged: the new one is written before the old ones are removed. A value that could not be read completely is never
//! written to and never removed.

use std::collections::BTreeSet;

use crate::attempt::Record;
use crate::envelope::EnvelopeError;
use crate::log::{self, AttemptLog};

/// Every key of a segment starts so.
pub const SEGMENT_PREFIX: &str = "borrowed-time/attempts/";

/// A tab's open segment is closed when it holds so many attempts: each answer writes the open segment anew.
const SEGMENT_LIMIT: usize = 50;

/// A merged segment holds no more attempts than this, so that one bad write can never touch a whole history.
const MERGED_LIMIT: usize = 1000;

/// A key-value storage such as a browser's localStorage. Writing one value is atomic.
pub trait Storage {
    /// All keys.
    fn keys(&self) -> Result<Vec<String>, StorageError>;
    /// The value of a key, if there is one.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;
    /// Writes a value.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;
    /// Removes a value.
    fn remove(&self, key: &str) -> Result<(), StorageError>;
}

/// Why a storage did not do as it was told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser gives this page no storage.
    #[error("this browser lets the page store nothing")]
    Denied,
    /// There is no room left.
    #[error("the storage is full")]
    Full,
    /// Anything else.
    #[error("the storage failed: {0}")]
    Failed(String),
}

/// A stored value that could not be read, or not completely. It is still where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Its key.
    pub key: String,
    /// Why it could not be read.
    pub why: EnvelopeError,
    /// The value as it is stored.
    pub raw: String,
}

/// What was found in a storage.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// All attempts that could be read.
    pub log: AttemptLog,
    /// The values that could not be read, or not completely.
    pub set_aside: Vec<SetAside>,
    /// The keys of segments that were read completely.
    pub readable: Vec<String>,
}

/// Reads all segments.
///
/// # Errors
/// When the storage cannot be read at all.
pub fn load(storage: &impl Storage) -> Result<Found, StorageError> {
    let mut found = Found::default();
    let mut keys = BTreeSet::new();
    keys.extend(storage.keys()?.into_iter().filter(|key| key.starts_with(SEGMENT_PREFIX)));
    for key in keys {
        if let Some(raw) = storage.get(&key)? {
            read_segment(&mut found, key, raw);
        }
    }
    Ok(found)
}

fn read_segment(found: &mut Found, key: String, raw: String) {
    let why = match log::read(&raw) {
        Ok(read) => {
            found.log.union(read.records);
            match read.damaged.first() {
                None => {
                    found.readable.push(key);
                    return;
                }
                Some(first) => {
                    EnvelopeError::Unreadable(format!("{} of its attempts are damaged: {first}", read.damaged.len()))
                }
            }
        }
        Err(why) => why,
    };
    found.set_aside.push(SetAside { key, why, raw });
}

/// The tab that wrote a segment, from the segment's key.
pub fn tab_of(key: &str) -> Option<&str> {
    key.strip_prefix(SEGMENT_PREFIX)?.rsplit_once('-').map(|(tab, _)| tab)
}

/// One tab's place to append to.
#[derive(Clone, Debug)]
pub struct Journal {
    tab: String,
    segment: u32,
    open: Vec<Record>,
    waiting: usize,
}

impl Journal {
    /// A journal for a tab. No two tabs, nor two loads of one tab, may share a name.
    pub fn new(tab: String) -> Journal {
        Journal { tab, segment: 0, open: Vec::new(), waiting: 0 }
    }

    /// How many attempts and undos are in memory only, because the storage did not take them.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Appends an attempt or an undo, together with those that an earlier failure left waiting.
    ///
    /// # Errors
    /// When the storage did not take it. It stays in memory and is tried again by the next call.
    pub fn append(&mut self, storage: &impl Storage, record: impl Into<Record>) -> Result<(), StorageError> {
        if self.open.len() >= SEGMENT_LIMIT && self.waiting == 0 {
            self.segment += 1;
            self.open.clear();
        }
        self.open.push(record.into());
        self.waiting += 1;
        self.flush(storage)
    }

    /// Writes what is waiting.
    ///
    /// # Errors
    /// When the storage did not take it. Nothing is lost by that: it stays in memory.
    pub fn flush(&mut self, storage: &impl Storage) -> Result<(), StorageError> {
        if self.waiting == 0 {
            return Ok(());
        }
        storage.set(&self.key(), &log::write(&self.open))?;
        self.waiting = 0;
        Ok(())
    }

    fn key(&self) -> String {
        format!("{SEGMENT_PREFIX}{}-{}", self.tab, self.segment)
    }
}

/// Merges the closed segments `keys` into segments of the name `merged`, and tells how many it removed.
///
/// The caller holds a lock, so that no two merges run at once, and names only segments that nobody writes any more.
/// Segments that cannot be read completely stay as they are.
///
/// # Errors
/// When the storage fails on the way. Whatever happens, each attempt is in at least one segment at every moment.
pub fn merge(storage: &impl Storage, keys: &[String], merged: &str) -> Result<usize, StorageError> {
    let mut batch = Batch::default();
    let mut removed = 0;
    for key in keys {
        let Some(raw) = storage.get(key)? else { continue };
        let Ok(read) = log::read(&raw) else { continue };
        if !read.damaged.is_empty() || read.records.len() >= MERGED_LIMIT {
            continue;
        }
        if batch.log.records().len() + read.records.len() > MERGED_LIMIT {
            removed += batch.write(storage, merged)?;
        }
        batch.log.union(read.records);
        batch.from.push(key.clone());
    }
    Ok(removed + batch.write(storage, merged)?)
}

#[derive(Default)]
struct Batch {
    log: AttemptLog,
    from: Vec<String>,
    written: u32,
}

impl Batch {
    /// Writes the new segment, then removes the old ones.
    fn write(&mut self, storage: &impl Storage, merged: &str) -> Result<usize, StorageError> {
        let from = std::mem::take(&mut self.from);
        let log = std::mem::take(&mut self.log);
        if from.len() < 2 {
            return Ok(0);
        }
        storage.set(&format!("{SEGMENT_PREFIX}{merged}-{}", self.written), &log::write(log.records()))?;
        self.written += 1;
        for key in &from {
            storage.remove(key)?;
        }
        Ok(from.len())
    }
}

/// The segments among `readable` whose tabs are neither `own` nor in `alive`.
pub fn closed_segments(readable: &[String], own: &str, alive: &BTreeSet<String>) -> Vec<String> {
    readable.iter().filter(|key| tab_of(key).is_some_and(|tab| tab != own && !alive.contains(tab))).cloned().collect()
}
