//! The practice queue that is under way in this tab.

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::json;
use quiz::practice::{Filter, Session};
use quiz::problem::Slug;

use crate::browser::{clock, storage};
use crate::state::Draft;

const KEY: &str = "borrowed-time/session";

/// A queue is no longer than this: a session should have an end in sight.
pub const SESSION_LENGTH: usize = 10;

/// The practice queue.
#[derive(Clone, Copy)]
pub struct Sessions {
    current: RwSignal<Option<Session>>,
}

impl Sessions {
    /// The queue that this tab had before it was reloaded, if any.
    pub fn remembered() -> Sessions {
        let session = storage::remembered(KEY).and_then(|text| json::read(&text).ok());
        Sessions { current: RwSignal::new(session) }
    }

    /// The queue under way.
    pub fn current(self) -> RwSignal<Option<Session>> {
        self.current
    }

    /// Starts with the front of `queue`, and tells whether there is anything in it.
    pub fn start(self, filter: Filter, mut queue: Vec<Slug>) -> bool {
        queue.truncate(SESSION_LENGTH);
        if queue.is_empty() {
            return false;
        }
        queue.iter().for_each(Draft::forget);
        self.set(Some(Session { filter, queue, place: 0, started: clock::now() }));
        true
    }

    /// Goes on to the next problem.
    pub fn advance(self) {
        let mut session = self.current.get_untracked();
        if let Some(session) = &mut session {
            if let Some(slug) = session.current() {
                Draft::forget(slug);
            }
            session.place += 1;
        }
        self.set(session);
    }

    /// Leaves out problems that this release no longer has.
    pub fn keep_known(self, catalog: &Catalog) {
        let session = self.current.get_untracked();
        let kept = session.clone().map(|session| session.without_missing(catalog));
        if kept != session {
            self.set(kept);
        }
    }

    /// Ends it if all its questions are done.
    pub fn end_if_finished(self) {
        if self.current.try_read_untracked().is_some_and(|session| session.as_ref().is_some_and(Session::is_finished)) {
            self.end();
        }
    }

    /// Ends it.
    pub fn end(self) {
        self.set(None);
    }

    fn set(self, session: Option<Session>) {
        match &session {
            Some(session) => {
                let text = serde_json::to_string(session).expect("a session has no failing serialisers");
                storage::remember(KEY, &text);
            }
            None => storage::forget(KEY),
        }
        self.current.set(session);
    }
}
