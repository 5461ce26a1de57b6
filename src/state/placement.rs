//! The placement of this tab, kept over a reload: a signal over [`quiz::placement`].

use leptos::prelude::*;
use quiz::attempt::{AttemptId, Mode};
use quiz::catalog::Catalog;
use quiz::json;
use quiz::placement::{self, Placement};

use quiz::problem::Slug;

use super::{AppState, draft};
use crate::browser::{random, storage};

const KEY: &str = "borrowed-time/placement";

/// The placement.
#[derive(Clone, Copy)]
pub struct Placements {
    current: RwSignal<Option<Placement>>,
}

impl Placements {
    /// The placement that this tab had before it was reloaded, if any.
    pub fn remembered() -> Placements {
        let placement = storage::remembered(KEY).and_then(|text| json::read(&text).ok());
        Placements { current: RwSignal::new(placement) }
    }

    /// The placement under way, or what is left of it at its end.
    pub fn current(self) -> RwSignal<Option<Placement>> {
        self.current
    }

    /// Asks the first question.
    pub fn start(self, app: AppState, catalog: &Catalog) {
        let next = next(app, catalog, &Placement::default());
        self.keep(app, catalog, Placement::default().with_next(next));
    }

    /// Goes on from the answer to the current question. Without one it is the end.
    pub fn advance(self, app: AppState, catalog: &Catalog, attempt: Option<AttemptId>) {
        let Some(placement) = self.current.get_untracked() else { return };
        self.go_on(app, catalog, attempt, next(app, catalog, &placement));
    }

    /// Ends it. The answer to the current question counts if there is one.
    pub fn end(self, app: AppState, catalog: &Catalog, attempt: Option<AttemptId>) {
        self.go_on(app, catalog, attempt, None);
    }

    fn go_on(self, app: AppState, catalog: &Catalog, attempt: Option<AttemptId>, next: Option<Slug>) {
        let Some(mut placement) = self.current.get_untracked() else { return };
        if let Some(slug) = placement.current() {
            draft::forget(Mode::Practice, slug);
        }
        placement.advance(attempt, next);
        self.keep(app, catalog, placement);
    }

    /// Lets go of it.
    pub fn leave(self) {
        storage::forget(KEY);
        self.current.set(None);
    }

    fn keep(self, app: AppState, catalog: &Catalog, placement: Placement) {
        match placement.current() {
            // It is asked from the beginning.
            Some(slug) => draft::forget(Mode::Practice, slug),
            None => set_level(app, catalog, &placement),
        }
        storage::remember(KEY, &serde_json::to_string(&placement).expect("a placement has no failing serialisers"));
        self.current.set(Some(placement));
    }
}

/// The level that was found is the one to practise at, until the learner says otherwise. Who has named the level of their interview has
/// said so already.
fn set_level(app: AppState, catalog: &Catalog, placement: &Placement) {
    let log = app.progress.log();
    let placed = untrack(|| app.learner(catalog, |learner| placement.result(learner, &log.read())));
    let is_named = app.settings.chosen().with_untracked(|chosen| chosen.target.is_some() && chosen.level.is_some());
    if let Some(level) = placed.level.filter(|_| !is_named) {
        app.settings.change(|chosen| chosen.level = Some(level));
    }
}

fn next(app: AppState, catalog: &Catalog, placement: &Placement) -> Option<Slug> {
    untrack(|| app.learner(catalog, |learner| placement::next(learner, placement, random::bits())))
}
