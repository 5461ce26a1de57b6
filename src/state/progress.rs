//! The learner's attempts: loaded from the storage, appended to it, shared with other tabs.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use quiz::attempt::{AttemptId, Record, Remark, RemarkKind, Reset};
use quiz::catalog::Catalog;
use quiz::copies::{self, ERASED_KEY};
use quiz::exchange::{self, Preview, csv};
use quiz::journal::{self, Found, Journal, Quarantined, Storage, StorageError};
use quiz::log::{self, AttemptLog};
use quiz::places;
use quiz::problem::Slug;
use quiz::remarks::Remarks;
use quiz::settings::Chosen;

use crate::browser::storage::LocalStorage;
use crate::browser::{clock, files, locks, log_copies, page, random, storage};
use crate::state::draft;

/// Another tab holds this while it merges segments.
const MERGE_LOCK: &str = "borrowed-time/merge";

/// Each tab holds a lock of this prefix and its name for as long as it lives.
const TAB_LOCK_PREFIX: &str = "borrowed-time/tab/";

/// Whether answers reach the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// They do.
    Works,
    /// They do not. They stay in memory.
    Fails {
        /// Why not.
        why: StorageError,
        /// How many wait.
        waiting: usize,
    },
}

/// A file to download or to share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its name: `borrowed-time-2026-03-01.json`.
    pub name: String,
    /// Its type, as browsers name it.
    pub mime: &'static str,
    /// What is in it.
    pub text: String,
}

/// The learner's log.
#[derive(Clone, Copy)]
pub struct Progress {
    log: RwSignal<AttemptLog>,
    remarks: Memo<Remarks>,
    saving: RwSignal<Saving>,
    quarantined: RwSignal<Vec<Quarantined>>,
    journal: RwSignal<Journal>,
    /// How many records were found in the second copy, or in memory, when the storage had lost them.
    recovered: RwSignal<usize>,
    /// The last erasure of all answers that this tab knows of.
    erased: RwSignal<Option<String>>,
}

impl Progress {
    /// Loads the log, follows other tabs and tidies up what closed tabs left.
    pub fn load() -> Progress {
        let tab = new_tab();
        let log = RwSignal::new(AttemptLog::default());
        let progress = Progress {
            log,
            remarks: Memo::new(move |_| Remarks::of(&log.read())),
            saving: RwSignal::new(Saving::Works),
            quarantined: RwSignal::new(Vec::new()),
            journal: RwSignal::new(Journal::new(tab.clone())),
            recovered: RwSignal::new(0),
            erased: RwSignal::new(last_erasure()),
        };
        let found = journal::load(&log_copies::STORAGE);
        if let Err(why) = found.as_ref().map_err(StorageError::clone).and_then(|_| can_write()) {
            progress.saving.set(Saving::Fails { why, waiting: 0 });
        }
        let found = progress.take_in(found.unwrap_or_default());
        Effect::new(move || page::mark_unsaved(matches!(&*progress.saving.read(), Saving::Fails { waiting: 1.., .. })));
        storage::on_change_elsewhere(move |key| progress.changed_elsewhere(key.as_deref()));
        page::on_visibility_change(move || progress.look_after_the_storage());
        // What is to be seen comes first, unless only the copies may have it.
        let may_be_lost = found.readable.is_empty();
        let unite = move || spawn_local(progress.unite_with_copies(tab, found));
        if may_be_lost {
            unite()
        } else {
            page::once_shown(unite)
        }
        progress
    }

    /// Takes from the second copy what the storage has lost, gives the copy what it lacks, and tidies up behind tabs that are gone.
    /// `found` is what was found in the storage at the start; its log is the log of this tab by now.
    async fn unite_with_copies(self, tab: String, found: Found) {
        // Where there is no second store, or none that can be read, there is nothing to unite, and nothing is told to it.
        let copies = log_copies::all().await.unwrap_or_default();
        let needed = self.log.with_untracked(|log| copies::reconcile(&log_copies::STORAGE, found, log, &copies));
        let Ok(needed) = needed else { return };
        let (is_stored, is_known) = (self.put_back(&needed.missing), needed.missing.is_empty());
        if !is_known {
            self.recovered.update(|count| *count += needed.missing.len());
            self.log.update(|log| _ = log.union(needed.missing));
        }
        // Until the storage has what only the copy had, the copy stays as it is, and nothing is merged that would be removed from it.
        if is_stored {
            needed.changes.into_iter().for_each(log_copies::change);
            merge_closed_segments(needed.loose, tab);
        }
    }

    /// Stores records once more that the storage has lost, and tells whether it took them.
    fn put_back(self, records: &[Record]) -> bool {
        let name = format!("again{:x}{:x}", clock::now(), random::bits());
        records.is_empty() || journal::import(&log_copies::STORAGE, records, &name).is_ok()
    }

    /// Notices that the storage was emptied while the page was open, by another page of this host or by the browser, and writes
    /// again what this page knows.
    fn look_after_the_storage(self) {
        let erased = last_erasure();
        if erased.is_some() && erased != self.erased.get_untracked() {
            // Another tab did that on purpose, and this one has not heard of it.
            return self.forget();
        }
        if self.is_as_this_tab_left_it() {
            return;
        }
        let Ok(found) = journal::load(&log_copies::STORAGE) else { return };
        // What is waiting has not been there yet.
        let waiting = places::set(self.journal.read_untracked().unsaved().iter().map(Record::id));
        let known = self.log.read_untracked().records().to_vec();
        let lost: Vec<Record> =
            found.log.missing(known).into_iter().filter(|record| !waiting.contains(&record.id())).collect();
        if !lost.is_empty() && self.put_back(&lost) {
            self.recovered.update(|count| *count += lost.len());
        }
    }

    /// Whether something is stored, if there is something to store, and what this tab wrote last is still there.
    fn is_as_this_tab_left_it(self) -> bool {
        let Ok(keys) = LocalStorage.keys() else { return true };
        let last = self.journal.read_untracked().last_written();
        let has_some = keys.iter().any(|key| key.starts_with(journal::SEGMENT_PREFIX));
        let is_empty = self.log.read_untracked().is_empty() || *self.saving.read_untracked() != Saving::Works;
        (has_some || is_empty) && last.is_none_or(|last| keys.contains(&last))
    }

    /// How many answers the storage had lost that are there again, since the page was opened.
    pub fn recovered(self) -> RwSignal<usize> {
        self.recovered
    }

    /// Makes the log of what was found this tab's, and leaves the rest.
    fn take_in(self, mut found: Found) -> Found {
        self.log.set(std::mem::take(&mut found.log));
        self.quarantined.set(found.quarantined.clone());
        found
    }

    /// All attempts.
    pub fn log(self) -> RwSignal<AttemptLog> {
        self.log
    }

    /// What the learner keeps about problems.
    pub fn remarks(self) -> Memo<Remarks> {
        self.remarks
    }

    /// Whether answers reach the storage.
    pub fn saving(self) -> RwSignal<Saving> {
        self.saving
    }

    /// Stored values that could not be read. They are untouched.
    pub fn quarantined(self) -> RwSignal<Vec<Quarantined>> {
        self.quarantined
    }

    /// Appends to the log, and to the storage first: before anybody sees what came of it.
    pub fn record(self, record: Record) {
        self.write(|journal| journal.append(&log_copies::STORAGE, record.clone()));
        self.log.update(|log| _ = log.insert(record));
    }

    /// Keeps something about a problem.
    pub fn remark(self, slug: Slug, what: RemarkKind) {
        self.record(Remark { id: self.next_id(), made_at_ms: clock::now(), slug, what }.into());
    }

    /// Begins problems anew: answers to them that are here by now no longer count.
    pub fn begin_anew(self, slugs: Vec<Slug>) {
        let mut records: Vec<Record> = Vec::new();
        for slug in slugs {
            records.push(Reset { id: self.next_id(), reset_at_ms: clock::now(), slug }.into());
        }
        for record in &records {
            self.write(|journal| journal.append(&log_copies::STORAGE, record.clone()));
        }
        self.log.update(|log| _ = log.union(records));
    }

    fn next_id(self) -> AttemptId {
        self.log.read_untracked().next_id(clock::now(), random::bits() >> 32)
    }

    /// Tries again to store what is in memory only.
    pub fn save_again(self) {
        self.write(|journal| journal.flush(&log_copies::STORAGE));
        if *self.saving.read_untracked() != Saving::Works && can_write().is_ok() {
            self.saving.set(Saving::Works);
        }
    }

    fn write(self, write: impl FnOnce(&mut Journal) -> Result<(), StorageError>) {
        let (result, waiting) = self
            .journal
            .try_update(|journal| (write(journal), journal.waiting()))
            .expect("the journal lives as long as the app");
        let saving = match result {
            Ok(()) if waiting == 0 && *self.saving.read_untracked() == Saving::Works => return,
            Ok(()) => Saving::Works,
            Err(why) => Saving::Fails { why, waiting },
        };
        self.saving.set(saving);
    }

    fn changed_elsewhere(self, key: Option<&str>) {
        if key == Some(ERASED_KEY) {
            return self.forget();
        }
        if key.is_none() {
            return self.look_after_the_storage();
        }
        let Some(key) = key.filter(|key| key.starts_with(journal::SEGMENT_PREFIX)) else { return };
        let Ok(Some(raw)) = LocalStorage.get(key) else { return };
        let Ok(read) = log::read(&raw) else { return };
        // Nobody is told of a merge, which moves what is known already.
        let missing = self.log.read_untracked().missing(read.records);
        if !missing.is_empty() {
            self.log.update(|log| _ = log.union(missing));
        }
    }

    /// The whole log as JSON with what is chosen, for another browser or for programs. `docs/data.md` tells what it holds.
    pub fn export_json(self, chosen: &Chosen) -> Export {
        let text = exchange::write(&self.log.read_untracked(), chosen);
        Export { name: format!("borrowed-time-{}.json", clock::day()), mime: "application/json", text }
    }

    /// The whole log as a table for spreadsheets; it can be imported as well.
    pub fn export_csv(self, catalog: &Catalog) -> Export {
        let text = csv::write(&self.log.read_untracked(), catalog);
        Export { name: format!("borrowed-time-{}.csv", clock::day()), mime: "text/csv", text }
    }

    /// Offers what could not be read as a file, exactly as it is stored.
    ///
    /// # Errors
    /// What the browser said, if it would not.
    pub fn export_quarantined(self) -> Result<(), String> {
        let values = self.quarantined.read_untracked();
        let raw: Vec<(&str, &str)> = values.iter().map(|value| (&*value.key, &*value.raw)).collect();
        let text = serde_json::to_string(&raw).expect("pairs of strings are JSON");
        files::download(&format!("borrowed-time-unread-{}.json", clock::day()), "application/json", &text)
    }

    /// What importing an exported file would add. Nothing is changed yet.
    ///
    /// # Errors
    /// In words for the learner, when the file cannot be imported.
    pub fn preview_import(self, text: &str) -> Result<Preview, String> {
        exchange::preview(&self.log.read_untracked(), text).map_err(|why| why.to_string())
    }

    /// Adds what a preview showed. What is there already stays as it is.
    ///
    /// # Errors
    /// In words for the learner, when they cannot be stored. Then nothing has changed.
    pub fn import(self, preview: Preview) -> Result<(), String> {
        // By the storage: what this tab knows of may be there no more.
        let stored = journal::load(&log_copies::STORAGE).map(|found| found.log);
        let fresh = stored.as_ref().unwrap_or(&self.log.read_untracked()).missing(preview.records);
        if !fresh.is_empty() {
            let name = format!("import{:x}{:x}", clock::now(), random::bits());
            journal::import(&log_copies::STORAGE, &fresh, &name)
                .map_err(|why| format!("The file was not imported: {why}. Nothing was changed."))?;
        }
        self.log.update(|log| _ = log.union(fresh));
        Ok(())
    }

    /// Erases all attempts, here, in the storage and in other tabs, and what is begun. What could not be read is left where it is.
    ///
    /// # Errors
    /// When the storage refuses; then what is left is here as well.
    pub fn erase(self) -> Result<(), StorageError> {
        let found = journal::load(&log_copies::STORAGE)?;
        let erased = found.readable.iter().try_for_each(|key| log_copies::STORAGE.remove(key));
        draft::forget_kept();
        let at = clock::now().to_string();
        spawn_local(log_copies::erase(at.clone()));
        // Other tabs hear of it by a value that is another one each time.
        let told = LocalStorage.set(ERASED_KEY, &at);
        self.forget();
        erased.and(told)
    }

    /// Takes the storage's word for what there is, and lets go of all else.
    fn forget(self) {
        self.journal.set(Journal::new(new_tab()));
        draft::forget_of_tab();
        self.saving.set(Saving::Works);
        let found = journal::load(&log_copies::STORAGE).unwrap_or_default();
        self.quarantined.set(found.quarantined);
        self.log.set(found.log);
        self.erased.set(last_erasure());
    }

    /// Changes whenever all answers are erased, be it by another tab.
    pub fn erased(self) -> RwSignal<Option<String>> {
        self.erased
    }
}

fn last_erasure() -> Option<String> {
    LocalStorage.get(ERASED_KEY).ok().flatten()
}

/// A name for the segments of this tab, which it holds as long as it lives.
fn new_tab() -> String {
    let tab = format!("{:x}{:x}", clock::now(), random::bits());
    locks::hold_for_life(&format!("{TAB_LOCK_PREFIX}{tab}"));
    tab
}

/// Some browsers hand out a storage that takes nothing. Better to know before the first answer.
fn can_write() -> Result<(), StorageError> {
    const PROBE: &str = "borrowed-time/probe";
    LocalStorage.set(PROBE, "1")?;
    LocalStorage.remove(PROBE)
}

/// Merges what tabs that are gone have left. Only a browser that can tell which tabs live is trusted with it.
fn merge_closed_segments(loose: Vec<String>, own: String) {
    spawn_local(async move {
        let Some(held) = locks::held().await else { return };
        let mut alive = BTreeSet::new();
        alive.extend(held.iter().filter_map(|name| name.strip_prefix(TAB_LOCK_PREFIX)).map(str::to_owned));
        let closed = journal::closed_segments(&loose, &own, &alive);
        if closed.is_empty() {
            return;
        }
        locks::if_free(MERGE_LOCK, move || {
            let merged = format!("merged{:x}{:x}", clock::now(), random::bits());
            // A merge that fails half-way has removed nothing that is not in the new segment.
            let _ = journal::merge(&log_copies::STORAGE, &closed, &merged);
        });
    });
}
