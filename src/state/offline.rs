//! Whether the app works without a network, and whether a newer release waits.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::service_worker::{self, Event};
use crate::browser::{clock, page};

/// How far the app is with being installed for offline use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Nothing is known yet.
    Unknown,
    /// Files are being stored.
    Storing {
        /// Files stored.
        done: u32,
        /// Files in all.
        total: u32,
    },
    /// All is there.
    Ready,
    /// It did not work; why.
    Failed(String),
}

/// How often a page that is shown again looks for a newer release at most, in ms.
const LOOK_MS: u64 = 3_600_000;

/// Looks for a newer release when the page is shown again.
fn look_for_updates() {
    // By the clock on the wall: the other one stands while a phone sleeps.
    let looked_at = StoredValue::new(clock::now());
    page::on_visibility_change(move || {
        if page::is_visible() && clock::now().abs_diff(looked_at.get_value()) > LOOK_MS {
            looked_at.set_value(clock::now());
            spawn_local(service_worker::look_for_update());
        }
    });
}

/// The service worker's news.
#[derive(Clone, Copy)]
pub struct Offline {
    readiness: RwSignal<Readiness>,
    update_waits: RwSignal<bool>,
}

impl Offline {
    /// Registers the service worker. A debug build, which changes with every save, has none.
    pub fn register() -> Offline {
        let offline = Offline { readiness: RwSignal::new(Readiness::Unknown), update_waits: RwSignal::new(false) };
        if !cfg!(debug_assertions) {
            spawn_local(service_worker::register(move |event| offline.take(event)));
            look_for_updates();
        }
        offline
    }

    fn take(self, event: Event) {
        let is_ready = *self.readiness.read_untracked() == Readiness::Ready;
        match event {
            Event::Progress { done, total } if !is_ready => self.readiness.set(Readiness::Storing { done, total }),
            Event::Failed(why) if !is_ready => self.readiness.set(Readiness::Failed(why)),
            Event::Progress { .. } | Event::Failed(_) => {}
            Event::Ready => self.readiness.set(Readiness::Ready),
            Event::UpdateWaiting => self.update_waits.set(true),
        }
    }

    /// How far it is.
    pub fn readiness(self) -> RwSignal<Readiness> {
        self.readiness
    }

    /// Whether a newer release waits to be let in.
    pub fn update_waits(self) -> RwSignal<bool> {
        self.update_waits
    }

    /// Lets the newer release in; the page reloads.
    pub fn update(self) {
        service_worker::let_update_in();
    }
}
