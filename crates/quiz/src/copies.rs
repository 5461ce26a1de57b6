//! The second copy of the log: the same segments in another store of the browser, one that answers late but has what it took even if
//! the browser is killed. Either store may lose all or a part; at a start both are united.
//!
//! The copy follows the first store, change by change in their order; all that a page has told by then is done at once or not at all. At
//! a start nothing is taken out of it that is not elsewhere in it.

use crate::attempt::Record;
use crate::journal::{self, Found, SEGMENT_PREFIX, Storage, StorageError};
use crate::log::{self, AttemptLog};
use crate::places;

/// Something that is to be done to the copies, after all that was told before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A segment was written.
    Put(String, String),
    /// A segment may differ.
    Refresh(String),
    /// A segment was removed.
    Remove(String),
}

impl Change {
    /// What is to be done to the copies when it is this one's turn, `first` being what the first store has by then: the key and its new
    /// value, or none if it goes; nothing if all stays as it is. What cannot be read does not replace a copy.
    pub fn now(self, first: impl FnOnce(&str) -> Option<String>) -> Option<(String, Option<String>)> {
        match self {
            Change::Put(key, value) => Some((key, Some(value))),
            Change::Refresh(key) => {
                let now = first(&key).filter(|now| is_whole(now))?;
                Some((key, Some(now)))
            }
            Change::Remove(key) => Some((key, None)),
        }
    }
}

/// Whether all of a segment can be read.
pub fn is_whole(segment: &str) -> bool {
    log::read(segment).is_ok_and(|read| read.damaged.is_empty())
}

/// The first store, which tells of every segment that is written to it or removed.
#[derive(Clone, Copy, Debug)]
pub struct Copied<S, T> {
    /// The first store.
    pub first: S,
    /// Who is told.
    pub tell: T,
}

impl<S: Storage, T: Fn(Change)> Storage for Copied<S, T> {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.first.keys()
    }

    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.first.get(key)
    }

    /// A segment that the first store does not take, for it is full, may still find room in the copy.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        if key.starts_with(SEGMENT_PREFIX) {
            (self.tell)(Change::Put(key.to_owned(), value.to_owned()));
        }
        self.first.set(key, value)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.first.remove(key)?;
        if key.starts_with(SEGMENT_PREFIX) {
            (self.tell)(Change::Remove(key.to_owned()));
        }
        Ok(())
    }
}

/// What has to be done so that both stores have all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciliation {
    /// Records that only the copy has: they belong into the first store, as an import. Until they are there, the copy stays as it is.
    pub missing: Vec<Record>,
    /// What is to be done to the copies then: segments of which they have none or another one are put; those that the first store has
    /// no more are removed, if all of their records are in other copies.
    pub changes: Vec<Change>,
    /// The segments of the first store that a merge could do something about.
    pub loose: Vec<String>,
}

/// Changes whenever all answers are erased: the time, in ms since 1970. It stands in both stores.
pub const ERASED_KEY: &str = "borrowed-time/erased";

/// Compares the copies with the first store. `found` is what was found there when the page was opened, and `log` is its log, with what
/// was added since: a long one takes a slow phone a while to read, so it is read anew only where something seems to have changed.
///
/// What cannot be read completely, in either store, is never written over. After an erasure of which the copies have not heard, what only
/// they have is let go of.
///
/// # Errors
/// When the first store cannot be read.
pub fn reconcile(
    storage: &impl Storage,
    found: Found,
    log: &AttemptLog,
    copies: &[(String, String)],
) -> Result<Reconciliation, StorageError> {
    if found.is_all_of(storage)? {
        let needed = compare(storage, &found.readable, log, copies)?;
        // What seems to be missing, another tab may have written since.
        if needed.missing.is_empty() {
            return Ok(Reconciliation { loose: found.loose, ..needed });
        }
    }
    let found = journal::load(storage)?;
    let needed = compare(storage, &found.readable, &found.log, copies)?;
    Ok(Reconciliation { loose: found.loose, ..needed })
}

fn compare(
    storage: &impl Storage,
    readable: &[String],
    log: &AttemptLog,
    copies: &[(String, String)],
) -> Result<Reconciliation, StorageError> {
    let mut to_put = places::set(readable.iter().cloned());
    let mut needed = Reconciliation::default();
    let erased = storage.get(ERASED_KEY)?;
    let is_news = time_of(erased.as_deref())
        > time_of(copies.iter().find(|(key, _)| key == ERASED_KEY).map(|(_, at)| at.as_str()));
    let mut only_copied = AttemptLog::default();
    let (mut kept, mut left_over) = (Vec::new(), Vec::new());
    for (key, copy) in copies.iter().filter(|(key, _)| key != ERASED_KEY) {
        let own = storage.get(key)?;
        if own.as_ref() == Some(copy) {
            to_put.remove(key);
            kept.push(copy);
            continue;
        }
        let Ok(read) = log::read(copy) else {
            to_put.remove(key);
            continue;
        };
        if is_news {
            if own.is_none() {
                needed.changes.push(Change::Remove(key.clone()));
            }
            continue;
        }
        let is_whole = read.damaged.is_empty();
        if !is_whole {
            to_put.remove(key);
        }
        let missing = only_copied.missing(log.missing(read.records));
        only_copied.union(missing.clone());
        needed.missing.extend(missing);
        match own {
            None if is_whole => left_over.push((key, copy)),
            _ => kept.push(copy),
        }
    }
    needed.changes.extend(to_put.into_iter().map(Change::Refresh));
    needed.changes.extend(superfluous(&kept, left_over).map(Change::Remove));
    if let Some(erased) = erased.filter(|_| is_news) {
        needed.changes.push(Change::Put(ERASED_KEY.to_owned(), erased));
    }
    Ok(needed)
}

fn time_of(erased: Option<&str>) -> u64 {
    erased.and_then(|at| at.parse().ok()).unwrap_or_default()
}

/// The keys of those copies whose records are all in others that stay: whatever becomes of the first store meanwhile.
fn superfluous(kept: &[&String], left_over: Vec<(&String, &String)>) -> impl Iterator<Item = String> {
    let mut log = AttemptLog::default();
    if !left_over.is_empty() {
        kept.iter().filter_map(|copy| log::read(copy).ok()).for_each(|read| _ = log.union(read.records));
    }
    let is_elsewhere = move |copy: &str| log::read(copy).is_ok_and(|read| log.missing(read.records).is_empty());
    left_over.into_iter().filter(move |(_, copy)| is_elsewhere(copy)).map(|(key, _)| key.clone())
}
