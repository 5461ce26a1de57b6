//! How the attempt log lies in a key-value storage that several tabs share.
//!
//! Each tab appends only to segments of its own, so no tab overwrites another's; they are lists that people can read.
//! Segments of tabs that are gone are merged into [packed](crate::packed) ones: what is new is written, read back and
//! found to be the same before what is old is removed. A value that could not be read completely is never written to
//! and never removed.
//!
//! Nothing here trusts the storage further than it can be seen: what was written counts as stored when it was read back.

use std::collections::BTreeSet;

use crate::attempt::Record;
use crate::envelope::EnvelopeError;
use crate::log::{self, AttemptLog, Read};
use crate::places;

/// Every key of a segment starts so.
pub const SEGMENT_PREFIX: &str = "borrowed-time/attempts/";

/// A tab's open segment is closed when it holds so many attempts: each answer writes the open segment anew.
const SEGMENT_LIMIT: usize = 50;

/// A merged segment is full when it holds so many records, and none is made with more, so that one bad write
/// can never touch a whole history. Fewer would cost room: each segment has the names of its problems.
pub const MERGED_LIMIT: usize = 5000;

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
    #[error("this browser does not let the page store anything")]
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
pub struct Quarantined {
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
    pub quarantined: Vec<Quarantined>,
    /// The keys of segments that were read completely.
    pub readable: Vec<String>,
    /// Those of them that a merge could do something about.
    pub loose: Vec<String>,
}

impl Found {
    /// Whether a storage has the segments that were found, by their keys, and no others.
    ///
    /// # Errors
    /// When the storage cannot be read.
    pub fn is_all_of(&self, storage: &impl Storage) -> Result<bool, StorageError> {
        let is_known = |key: &String| {
            self.readable.contains(key) || self.quarantined.iter().any(|quarantined| quarantined.key == *key)
        };
        let mut segments = storage.keys()?;
        segments.retain(|key| key.starts_with(SEGMENT_PREFIX));
        Ok(segments.len() == self.readable.len() + self.quarantined.len() && segments.iter().all(is_known))
    }
}

/// Reads all segments.
///
/// # Errors
/// When the storage cannot be read at all. A single value that cannot be got is set aside.
pub fn load(storage: &impl Storage) -> Result<Found, StorageError> {
    let mut found = Found::default();
    let mut segments = Vec::new();
    let mut seen = BTreeSet::new();
    // Another tab may be moving attempts to segments that were not there when the keys were listed.
    for _ in 0..ROUNDS {
        let mut keys = BTreeSet::new();
        let is_new = |key: &String| key.starts_with(SEGMENT_PREFIX) && !seen.contains(key);
        keys.extend(storage.keys()?.into_iter().filter(is_new));
        if keys.is_empty() {
            break;
        }
        for key in &keys {
            segments.extend(read_segment(storage, &mut found, key)?);
        }
        seen.extend(keys);
    }
    // In the order of time each union only appends.
    places::sort_by_key(&mut segments, |records| records.first().map_or(0, |record| record.id().time));
    found.log.reserve(segments.iter().map(Vec::len).sum());
    for records in segments {
        found.log.union(records);
    }
    Ok(found)
}

/// So often a storage is looked at again for segments that have come.
const ROUNDS: usize = 8;

fn read_segment(storage: &impl Storage, found: &mut Found, key: &str) -> Result<Option<Vec<Record>>, StorageError> {
    let raw = match storage.get(key) {
        Ok(Some(raw)) => raw,
        Ok(None) => return Ok(None),
        Err(StorageError::Denied) => return Err(StorageError::Denied),
        Err(why) => {
            let why = EnvelopeError::Unreadable(why.to_string());
            found.quarantined.push(Quarantined { key: key.to_owned(), why, raw: String::new() });
            return Ok(None);
        }
    };
    let read = match log::read(&raw) {
        Ok(read) => read,
        Err(why) => {
            found.quarantined.push(Quarantined { key: key.to_owned(), why, raw });
            return Ok(None);
        }
    };
    match read.damaged.first() {
        None => {
            found.readable.push(key.to_owned());
            if !is_full(&read) {
                found.loose.push(key.to_owned());
            }
        }
        Some(first) => {
            let why = format!("{} of its attempts are damaged: {first}", read.damaged.len());
            found.quarantined.push(Quarantined { key: key.to_owned(), why: EnvelopeError::Unreadable(why), raw });
        }
    }
    Ok(Some(read.records))
}

/// Whether a merge leaves it as it is.
fn is_full(read: &Read) -> bool {
    read.is_packed && read.records.len() >= MERGED_LIMIT
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

    /// How many records are in memory only, because the storage did not take them.
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// The records that are in memory only.
    pub fn unsaved(&self) -> &[Record] {
        &self.open[self.open.len() - self.waiting..]
    }

    /// Appends a record, together with those that an earlier failure left waiting.
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
    /// When the storage did not take it. Nothing is lost by that: it stays in memory. If what was written does not read
    /// back as it was, all of this tab's open segment counts as waiting again.
    pub fn flush(&mut self, storage: &impl Storage) -> Result<(), StorageError> {
        if self.waiting == 0 {
            return Ok(());
        }
        let (key, value) = (self.key(), log::write(&self.open));
        storage.set(&key, &value)?;
        let stored = storage.get(&key);
        if matches!(&stored, Ok(Some(stored)) if *stored == value) {
            self.waiting = 0;
            return Ok(());
        }
        self.waiting = self.open.len();
        Err(stored.err().unwrap_or_else(reads_back_differently))
    }

    /// The key of the segment that was written last, if it has something and the storage took it.
    pub fn last_written(&self) -> Option<String> {
        (self.waiting < self.open.len()).then(|| self.key())
    }

    fn key(&self) -> String {
        format!("{SEGMENT_PREFIX}{}-{}", self.tab, self.segment)
    }
}

fn reads_back_differently() -> StorageError {
    StorageError::Failed("what was written reads back differently".to_owned())
}

/// Stores records that came from elsewhere as closed segments of the name `imported`: all of them or none.
///
/// # Errors
/// When the storage did not take all. Then what it took is removed again.
pub fn import(storage: &impl Storage, records: &[Record], imported: &str) -> Result<(), StorageError> {
    write_segments(storage, records, imported, &mut 0)
}

/// Merges the closed segments `keys` into packed segments of the name `merged`, and tells how many it removed.
///
/// The caller holds a lock, so that no two merges run at once, and names only segments that nobody writes any more.
/// Segments that cannot be read completely stay as they are, and so do full ones that are packed.
///
/// # Errors
/// When the storage fails on the way. Whatever happens, each attempt is in at least one segment at every moment.
pub fn merge(storage: &impl Storage, keys: &[String], merged: &str) -> Result<usize, StorageError> {
    let mut merge = Merge { storage, merged, written: 0, removed: 0 };
    let mut batch = Vec::new();
    let mut count = 0;
    for key in keys {
        let Some(raw) = storage.get(key)? else { continue };
        let Ok(read) = log::read(&raw) else { continue };
        if !read.damaged.is_empty() || is_full(&read) {
            continue;
        }
        count += read.records.len();
        batch.push(Source { key: key.clone(), raw, read });
        if count >= MERGED_LIMIT {
            merge.put_together(std::mem::take(&mut batch))?;
            count = 0;
        }
    }
    merge.put_together(batch)?;
    Ok(merge.removed)
}

/// A segment to be merged.
struct Source {
    key: String,
    raw: String,
    read: Read,
}

struct Merge<'a, S> {
    storage: &'a S,
    merged: &'a str,
    written: u32,
    removed: usize,
}

impl<S: Storage> Merge<'_, S> {
    /// Merges a batch. If there is no room to write it, it makes some: lists become small when they are packed, so they
    /// are merged without those that are packed already.
    fn put_together(&mut self, batch: Vec<Source>) -> Result<(), StorageError> {
        match self.replace(&batch) {
            Err(StorageError::Full) => {
                let lists: Vec<Source> = batch.into_iter().filter(|source| !source.read.is_packed).collect();
                self.replace(&lists)
            }
            done => done,
        }
    }

    /// Writes the new segments, then removes the old ones.
    fn replace(&mut self, batch: &[Source]) -> Result<(), StorageError> {
        if batch.len() < 2 && batch.iter().all(|source| source.read.is_packed) {
            return Ok(());
        }
        let mut log = AttemptLog::default();
        for source in batch {
            log.union(source.read.records.clone());
        }
        write_segments(self.storage, log.records(), self.merged, &mut self.written)?;
        for Source { key, raw, .. } in batch {
            // What is not what was merged any more has something new in it.
            if self.storage.get(key)?.as_ref() == Some(raw) {
                self.storage.remove(key)?;
                self.removed += 1;
            }
        }
        Ok(())
    }
}

/// Writes packed segments and reads them back. If one fails, they are all removed again.
fn write_segments(
    storage: &impl Storage,
    records: &[Record],
    name: &str,
    written: &mut u32,
) -> Result<(), StorageError> {
    let mut keys = Vec::new();
    for records in records.chunks(MERGED_LIMIT) {
        let key = free_key(storage, name, written)?;
        keys.push(key.clone());
        if let Err(why) = write_segment(storage, &key, records) {
            // They are copies: removing them loses nothing, and if that fails too they do no harm.
            keys.iter().for_each(|key| _ = storage.remove(key));
            return Err(why);
        }
    }
    Ok(())
}

/// A key of the name `name` that nothing is stored at.
fn free_key(storage: &impl Storage, name: &str, written: &mut u32) -> Result<String, StorageError> {
    loop {
        let key = format!("{SEGMENT_PREFIX}{name}-{written}");
        *written += 1;
        if storage.get(&key)?.is_none() {
            return Ok(key);
        }
    }
}

fn write_segment(storage: &impl Storage, key: &str, records: &[Record]) -> Result<(), StorageError> {
    let value = log::write_packed(records);
    storage.set(key, &value)?;
    let is_same = storage.get(key)?.is_some_and(|stored| {
        stored == value && log::read(&stored).is_ok_and(|read| read.damaged.is_empty() && read.records == records)
    });
    if is_same { Ok(()) } else { Err(reads_back_differently()) }
}

/// The segments among `keys` whose tabs are neither `own` nor in `alive`.
pub fn closed_segments(keys: &[String], own: &str, alive: &BTreeSet<String>) -> Vec<String> {
    keys.iter().filter(|key| tab_of(key).is_some_and(|tab| tab != own && !alive.contains(tab))).cloned().collect()
}
