//! Signals over the pure model. These are the only writers: views read the signals and call these functions.
//!
//! All of it is created once, by the app, so it outlives every page.

pub mod compiler;
pub mod device;
pub mod draft;
pub mod interviews;
pub mod keeping;
pub mod library;
pub mod offline;
pub mod placement;
pub mod progress;
pub mod recording;
pub mod runner;
pub mod scratch;
pub mod session;
pub mod settings;
pub mod sitting;
pub mod stopwatch;
pub mod training;
pub mod unfolded;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::learner::calendar::Day;
use quiz::learner::{Learner, Replay, ReviewContext};

use crate::browser::{clock, page, storage};
use crate::state::library::Load;

pub use compiler::Compiler;
pub use device::Device;
pub use interviews::Interviews;
pub use keeping::Keeping;
pub use library::Library;
pub use offline::Offline;
pub use placement::Placements;
pub use progress::Progress;
pub use recording::Recordings;
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
    /// The placement that is under way.
    pub placements: Placements,
    /// The interview that is under way.
    pub interviews: Interviews,
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
    /// The compiler for this device.
    pub device: Device,
    /// The compiler at work.
    pub compiler: Compiler,
    /// What the learner recorded while thinking aloud.
    pub recordings: Recordings,
    /// What the log says, while it stays the same; nothing before the catalog is here.
    replay: Memo<Option<Arc<Replay>>>,
}

/// What the rest of the state is made from.
#[derive(Clone, Copy)]
pub struct Sources {
    library: Library,
    progress: Progress,
    settings: Settings,
}

impl Sources {
    /// Starts to load them.
    pub fn load() -> Sources {
        storage::outlive_the_tab();
        Sources { library: Library::load(), progress: Progress::load(), settings: Settings::load() }
    }
}

impl AppState {
    /// Creates the state.
    pub fn of(Sources { progress, settings, library }: Sources) -> AppState {
        let day = RwSignal::new(clock::today());
        let placements = Placements::remembered();
        let interviews = Interviews::remembered(progress);
        let replayed = move || {
            day.track();
            let Load::Ready(catalog) = library.catalog().get() else { return None };
            let context = context(progress, settings, placements, interviews);
            Some(Arc::new(Replay::of(&catalog, &progress.log().read(), &context)))
        };
        let replay = Memo::new_with_compare(move |_| replayed(), |_, _| true);
        let look_at_the_clock = move || {
            if *day.read_untracked() != clock::today() {
                day.set(clock::today());
            }
        };
        // Who practises past midnight leaves the page in sight.
        let _ = set_interval_with_handle(look_at_the_clock, Duration::from_secs(60));
        page::on_visibility_change(move || {
            look_at_the_clock();
            if page::is_visible() {
                // A slow phone goes through a long past for longer than a tap on Start should wait; but what is to be seen
                // comes first.
                request_animation_frame(move || set_timeout(move || replay.with_untracked(|_| ()), Duration::ZERO));
            }
        });
        let sessions = Sessions::remembered();
        // What was under way has lost its answers, in every tab.
        Effect::new(move |before: Option<()>| {
            progress.erased().track();
            if before.is_some() {
                sessions.end();
                placements.leave();
            }
        });
        let device = Device::unknown();
        AppState {
            library,
            progress,
            sessions,
            placements,
            interviews,
            settings,
            day,
            keeping: Keeping::watch(progress, settings),
            offline: Offline::register(),
            training: Training::idle(),
            device,
            compiler: Compiler::of(device),
            recordings: Recordings::idle(),
            replay,
        }
    }
}

impl AppState {
    /// Asks what the log says about the learner now; tracked.
    pub fn learner<R>(self, catalog: &Catalog, ask: impl FnOnce(&Learner<'_>) -> R) -> R {
        let replay = self.replay_of_now(catalog);
        ask(&replay.learner(catalog, &self.progress.log().read()))
    }

    fn replay_of_now(self, catalog: &Catalog) -> Arc<Replay> {
        // A page that stays open over midnight may ask before it is told of the new day.
        let kept = self.replay.get().filter(|replay| replay.today() == clock::today());
        kept.unwrap_or_else(|| {
            let context = context(self.progress, self.settings, self.placements, self.interviews);
            Arc::new(Replay::of(catalog, &self.progress.log().read(), &context))
        })
    }
}

/// What the learner set. New problems that a placement has just asked are none of today's, and an interview is not judged before
/// its end.
fn context(progress: Progress, settings: Settings, placements: Placements, interviews: Interviews) -> ReviewContext {
    let context = settings.chosen().read().review_context(clock::now(), clock::calendar());
    let placement = placements.current().read();
    let (log, calendar) = (progress.log().read(), clock::calendar());
    let attempts =
        placement.iter().flat_map(|placement| &placement.asked).filter_map(|asked| log.attempt(asked.attempt?));
    let of_today = attempts.filter(|attempt| calendar.day(attempt.answered_at_ms) == clock::today()).count();
    let withheld = interviews.withheld().get();
    ReviewContext { new_a_day: context.new_a_day + of_today, withheld, ..context }
}

/// The app's state, for pages.
pub fn use_app() -> AppState {
    use_context().expect("the app provides its state to all pages")
}
