//! Signals over the pure model. These are the only writers: views read the signals and call these functions.
//!
//! All of it is created once, by the app, so it outlives every page.

pub mod draft;
pub mod keeping;
pub mod library;
pub mod offline;
pub mod progress;
pub mod session;
pub mod settings;
pub mod sitting;
pub mod stopwatch;
pub mod training;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::learner::Learner;
use quiz::learner::calendar::Day;

use crate::browser::{clock, page};

pub use keeping::Keeping;
pub use library::Library;
pub use offline::Offline;
pub use progress::Progress;
pub use session::Sessions;
pub use settings::Settings;
pub use training::Training;

/// Everything the pages read, provided to them as a context.
#[derive(Clone, Copy)]
pub struct AppState {
    /// The catalog and the packs.
    pub library: Library,
    /// The learner's log.
    pub progress: Progress,
    /// The practice queue that is under way.
    pub sessions: Sessions,
    /// What the learner set.
    pub settings: Settings,
    /// How safely the answers are kept.
    pub keeping: Keeping,
    /// The service worker's news.
    pub offline: Offline,
    /// The learner's day: it may end while the page is open.
    pub day: RwSignal<Day>,
    /// Fitting the memory model to the learner.
    pub training: Training,
}

impl AppState {
    /// Creates the state and starts to load what it needs.
    pub fn start() -> AppState {
        let day = RwSignal::new(clock::today());
        page::on_visibility_change(move || {
            if *day.read_untracked() != clock::today() {
                day.set(clock::today());
            }
        });
        let (progress, settings) = (Progress::load(), Settings::load());
        AppState {
            library: Library::load(),
            progress,
            sessions: Sessions::remembered(),
            settings,
            day,
            keeping: Keeping::watch(progress, settings),
            offline: Offline::register(),
            training: Training::idle(),
        }
    }
}

impl AppState {
    /// Asks what the log says about the learner now; tracked.
    pub fn learner<R>(self, catalog: &Catalog, ask: impl FnOnce(&Learner<'_>) -> R) -> R {
        self.day.track();
        let log = self.progress.log().read();
        let context = self.settings.chosen().read().review_context();
        ask(&Learner::of(catalog, &log, &context))
    }
}

/// The app's state, for pages.
pub fn use_app() -> AppState {
    use_context().expect("the app provides its state to all pages")
}
