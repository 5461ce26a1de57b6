//! The time a question takes, without the time the page was hidden.

use leptos::prelude::*;
use std::time::Duration;

use crate::browser::{clock, page};

/// A running stopwatch.
#[derive(Clone, Copy)]
pub struct Stopwatch {
    hands: RwSignal<Hands>,
    seconds: RwSignal<u64>,
}

/// Where a stopwatch stands, in ms.
#[derive(Clone, Copy, Default)]
struct Hands {
    before: f64,
    since: Option<f64>,
    stopped: bool,
}

impl Hands {
    fn elapsed_ms(self) -> f64 {
        self.before + self.since.map_or(0.0, |since| clock::ticks() - since)
    }

    fn turned(self, running: bool) -> Hands {
        let running = running && !self.stopped;
        Hands { before: self.elapsed_ms(), since: running.then(clock::ticks), stopped: self.stopped }
    }
}

impl Stopwatch {
    /// Starts at `elapsed_ms` ms. It belongs to the current owner and ends with it.
    pub fn start(elapsed_ms: u64) -> Stopwatch {
        let hands = Hands { before: elapsed_ms as f64, ..Hands::default() }.turned(page::is_visible());
        let watch = Stopwatch { hands: RwSignal::new(hands), seconds: RwSignal::new(elapsed_ms / 1000) };
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
        self.turn(|hands| hands.turned(running));
    }

    fn turn(self, change: impl FnOnce(Hands) -> Hands) {
        self.hands.update(|hands| *hands = change(*hands));
    }

    fn tick(self) {
        self.seconds.set(self.elapsed_ms() / 1000);
    }

    /// The time so far, in ms.
    pub fn elapsed_ms(self) -> u64 {
        self.hands.try_read_untracked().map_or(0, |hands| hands.elapsed_ms() as u64)
    }

    /// The time so far in whole seconds, as a signal.
    pub fn seconds(self) -> RwSignal<u64> {
        self.seconds
    }

    /// Stops, until it is started [anew](Stopwatch::restart).
    pub fn stop(self) {
        self.turn(|hands| Hands { stopped: true, ..hands }.turned(false));
        self.tick();
    }

    /// Starts anew from zero.
    pub fn restart(self) {
        self.turn(|_| Hands::default().turned(page::is_visible()));
        self.tick();
    }
}
