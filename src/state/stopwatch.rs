//! The time a question takes, without the time the page was hidden.

use leptos::prelude::*;
use std::time::Duration;

use crate::browser::{clock, page};

/// A running stopwatch.
#[derive(Clone, Copy)]
pub struct Stopwatch {
    before: RwSignal<f64>,
    since: RwSignal<Option<f64>>,
    seconds: RwSignal<u64>,
    stopped: RwSignal<bool>,
}

impl Stopwatch {
    /// Starts at `took` ms. It belongs to the current owner and ends with it.
    pub fn start(took: u64) -> Stopwatch {
        let watch = Stopwatch {
            before: RwSignal::new(took as f64),
            since: RwSignal::new(page::is_visible().then(clock::ticks)),
            seconds: RwSignal::new(took / 1000),
            stopped: RwSignal::new(false),
        };
        page::on_visibility_change(move || watch.set_running(page::is_visible()));
        let ticking = set_interval_with_handle(move || watch.tick(), Duration::from_secs(1));
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
        watch
    }

    fn set_running(self, running: bool) {
        let running = running && !self.stopped.try_get_untracked().unwrap_or(true);
        let took = self.took() as f64;
        let _ = self.before.try_set(took);
        let _ = self.since.try_set(running.then(clock::ticks));
    }

    fn tick(self) {
        let _ = self.seconds.try_set(self.took() / 1000);
    }

    /// The time so far, in ms.
    pub fn took(self) -> u64 {
        let before = self.before.try_get_untracked().unwrap_or(0.0);
        let since = self.since.try_get_untracked().flatten();
        (before + since.map_or(0.0, |since| clock::ticks() - since)) as u64
    }

    /// The time so far in whole seconds, as a signal.
    pub fn seconds(self) -> Signal<u64> {
        self.seconds.into()
    }

    /// Stops, until it is started [anew](Stopwatch::restart).
    pub fn stop(self) {
        let _ = self.stopped.try_set(true);
        self.set_running(false);
        self.tick();
    }

    /// Starts anew from zero.
    pub fn restart(self) {
        let _ = self.stopped.try_set(false);
        let _ = self.since.try_set(page::is_visible().then(clock::ticks));
        let _ = self.before.try_set(0.0);
        self.tick();
    }
}

/// A time as `0:42`.
pub fn clock_face(ms: u64) -> String {
    let seconds = ms / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
