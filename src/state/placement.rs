//! The placement of this tab, kept over a reload: a signal over [`quiz::placement`].

use leptos::prelude::*;
use quiz::attempt::AttemptId;
use quiz::catalog::Catalog;
use quiz::json;
use quiz::placement::{self, Placement};

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
        self.keep(Placement::default().with_next(next(app, catalog, &Placement::default())));
    }

    /// Goes on from the answer to the current question. Without one it is the end.
    pub fn advance(self, app: AppState, catalog: &Catalog, attempt: Option<AttemptId>) {
        let Some(mut placement) = self.current.get_untracked() else { return };
        let next = next(app, catalog, &placement);
        if let Some(slug) = placement.current() {
            draft::forget(slug);
        }
        placement.advance(attempt, next);
        self.keep(placement);
    }

    /// Lets go of it.
    pub fn leave(self) {
        storage::forget(KEY);
        self.current.set(None);
    }

    fn keep(self, placement: Placement) {
        storage::remember(KEY, &serde_json::to_string(&placement).expect("a placement has no failing serialisers"));
        self.current.set(Some(placement));
    }
}

fn next(app: AppState, catalog: &Catalog, placement: &Placement) -> Option<quiz::problem::Slug> {
    untrack(|| app.learner(catalog, |learner| placement::next(learner, placement, random::bits())))
}
