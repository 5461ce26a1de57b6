//! The compiler for the learner's device: whether it is here, getting it, and removing it.
//!
//! A worker of its own does the work (`xtask/src/compiler/download.js`): a page that goes away stops it, and what came until then
//! is kept.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use quiz::device::download::{Errand, Here, Request, Told};
use quiz::device::manifest::Manifest;

use crate::browser::language::megabytes;
use crate::browser::worker::{RawMessage, Script, Worker};
use crate::browser::{fetch, page};

/// How much of the compiler is on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Nobody has looked yet, or looking is not done.
    Unknown,
    /// The release has none, or what it says of it could not be read.
    NotOffered,
    /// It is not here, or only a part of it.
    Absent(Here),
    /// It is being downloaded, and so many bytes are here.
    Downloading(u32),
    /// It is here.
    Here,
}

/// So long is waited until it is known whether the compiler is here; usually that takes a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(3);

/// The compiler for this device.
#[derive(Clone, Copy)]
pub struct Device {
    manifest: RwSignal<Option<Arc<Manifest>>>,
    presence: RwSignal<Presence>,
    /// What went wrong last, in words for the learner.
    trouble: RwSignal<Option<String>>,
    is_looked_for: StoredValue<bool>,
    /// Whether it has been looked for so long that nobody should wait for it.
    is_late: RwSignal<bool>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
}

impl Device {
    /// Nothing is known yet.
    pub fn unknown() -> Device {
        Device {
            manifest: RwSignal::new(None),
            presence: RwSignal::new(Presence::Unknown),
            trouble: RwSignal::new(None),
            is_looked_for: StoredValue::new(false),
            is_late: RwSignal::new(false),
            worker: StoredValue::new_local(None),
        }
    }

    /// Looks whether it is here, once a page.
    pub fn look(self) {
        if self.is_looked_for.get_value() {
            return;
        }
        self.is_looked_for.set_value(true);
        set_timeout(move || self.is_late.set(true), PATIENCE);
        let Some(address) = page::meta("compiler") else { return self.presence.set(Presence::NotOffered) };
        spawn_local(async move {
            match fetch::json::<Manifest>(&address).await {
                Ok(manifest) => {
                    self.manifest.set(Some(Arc::new(manifest)));
                    self.act(Errand::Look);
                }
                Err(_) => {
                    self.is_looked_for.set_value(false);
                    self.presence.set(Presence::NotOffered);
                }
            }
        });
    }

    /// How much of it is here.
    pub fn presence(self) -> RwSignal<Presence> {
        self.presence
    }

    /// Whether it is here; none as long as that is looked for: what is drawn before would be pushed away by what is offered. A slow
    /// network is not waited for.
    pub fn is_here(self) -> Option<bool> {
        match self.presence.get() {
            Presence::Unknown if !self.is_late.get() => None,
            presence => Some(presence == Presence::Here),
        }
    }

    /// What the release says of it, once it was looked for.
    pub fn manifest(self) -> Option<Arc<Manifest>> {
        self.manifest.get()
    }

    /// What went wrong last.
    pub fn trouble(self) -> RwSignal<Option<String>> {
        self.trouble
    }

    /// Fetches what is missing.
    pub fn download(self) {
        let bytes = match self.presence.get_untracked() {
            Presence::Absent(here) => here.bytes,
            _ => 0,
        };
        self.presence.set(Presence::Downloading(bytes));
        self.act(Errand::Download);
    }

    /// Stops fetching. What is here is kept.
    pub fn cancel(self) {
        self.act(Errand::Look);
    }

    /// Removes it.
    pub fn remove(self) {
        self.act(Errand::Remove);
    }

    fn act(self, what: Errand) {
        let Some(manifest) = self.manifest.get_untracked() else { return };
        self.trouble.set(None);
        // In whatever the one before was busy, it is over.
        self.worker.set_value(None);
        let address = page::meta("compiler").unwrap_or_default();
        let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = format!("{}/{folder}/", page::base_path());
        let request = Request { what, folder, manifest: (*manifest).clone() };
        let hear = move |heard| self.hear(heard);
        match Worker::start(&manifest.downloader(), Script::Classic, &request.to_text(), hear) {
            Ok(worker) => self.worker.set_value(Some(worker)),
            Err(why) => self.fail(why),
        }
    }

    fn hear(self, heard: RawMessage) {
        let told = heard.and_then(|text| Told::from_text(&text).map_err(|error| error.to_string()));
        match told {
            Ok(Told::Progress { bytes }) => self.presence.set(Presence::Downloading(bytes)),
            Ok(Told::Here(here)) => {
                self.worker.set_value(None);
                self.presence.set(if here.complete { Presence::Here } else { Presence::Absent(here) });
            }
            Ok(Told::NoRoom { needed, free }) => self.fail(format!(
                "There is too little room. It needs {}, and the browser has {} left for this site.",
                megabytes(u64::from(needed)),
                megabytes(u64::from(free))
            )),
            Ok(Told::Failed(why)) | Err(why) => self.fail(why),
        }
    }

    fn fail(self, why: String) {
        // Where nothing can be looked for either, this is what is known.
        let (here, is_downloading) = match self.presence.get_untracked() {
            Presence::Downloading(bytes) => (Here { bytes, ..Here::default() }, true),
            _ => (Here::default(), false),
        };
        self.presence.set(Presence::Absent(here));
        if is_downloading {
            // What came until then is here.
            self.act(Errand::Look);
        }
        self.trouble.set(Some(why));
    }
}
