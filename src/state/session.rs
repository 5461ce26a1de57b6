//! The practice session of this tab: a signal over its state machine in [`quiz::session`].

use leptos::prelude::*;
use quiz::attempt::{AttemptId, Mode};
use quiz::catalog::Catalog;
use quiz::json;
use quiz::practice::Filter;
use quiz::problem::Slug;
use quiz::session::{self, Session, SessionEffect, SessionEvent};

use super::draft;
use crate::browser::storage;

const KEY: &str = "borrowed-time/session";

/// The practice session.
#[derive(Clone, Copy)]
pub struct Sessions {
    current: RwSignal<Option<Session>>,
    /// Another one that is asked for while one is under way: its learner says which is meant.
    wanted: RwSignal<Option<Session>>,
}

impl Sessions {
    /// The session that this tab had before it was reloaded, if any.
    pub fn remembered() -> Sessions {
        let session = storage::remembered(KEY).and_then(|text| json::read(&text).ok());
        Sessions { current: RwSignal::new(session), wanted: RwSignal::new(None) }
    }

    /// The session under way.
    pub fn current(self) -> RwSignal<Option<Session>> {
        self.current
    }

    /// Whether this problem is asked now.
    pub fn is_at(self, slug: &Slug) -> bool {
        self.current.read_untracked().as_ref().and_then(Session::current) == Some(slug)
    }

    /// Whether one is under way that is not at its end; tracked.
    pub fn is_under_way(self) -> bool {
        self.current.read().as_ref().is_some_and(|session| !session.is_finished())
    }

    /// What is still to be answered in one that is under way; tracked.
    pub fn rest(self) -> Option<Vec<Slug>> {
        let current = self.current.read();
        let under_way = current.as_ref().filter(|session| !session.is_finished());
        under_way.map(|session| session.rest(is_closed(session)).to_vec())
    }

    /// Another one that is asked for while one is under way.
    pub fn wanted(self) -> RwSignal<Option<Session>> {
        self.wanted
    }

    /// Asks for another one while one is under way.
    pub fn want(self, filter: Filter, queue: Vec<Slug>) {
        self.wanted.set(Some(Session { filter, queue, ..Session::default() }));
    }

    /// Starts with the front of `queue`, and tells whether there is anything in it.
    pub fn start(self, filter: Filter, queue: Vec<Slug>) -> bool {
        let starts = !queue.is_empty();
        self.wanted.set(None);
        self.send(SessionEvent::Start { filter, queue });
        starts
    }

    /// The answer to the current problem that counts was handed in.
    pub fn answered(self, slug: Slug, attempt: AttemptId) {
        self.send(SessionEvent::Answered { slug, attempt });
    }

    /// Goes on to the next problem.
    pub fn advance(self) {
        self.send(SessionEvent::Advance);
    }

    /// Goes on with it from elsewhere: to the next problem, if the current one is answered and may not be tried again.
    pub fn go_on(self) {
        if self.current.with_untracked(|current| current.as_ref().is_some_and(is_closed)) {
            self.advance();
        }
    }

    /// How far it is, if there is one; tracked.
    pub fn progress(self) -> Option<session::Progress> {
        self.current.read().as_ref().map(|session| session.progress(is_closed(session)))
    }

    /// Leaves out problems that this release no longer has.
    pub fn keep_known(self, catalog: &Catalog) {
        self.change(|current| session::keep_known(current, catalog));
    }

    /// The page is left: what is finished ends.
    pub fn leave(self) {
        self.wanted.set(None);
        self.send(SessionEvent::Leave);
    }

    /// Stops before the end: what came of it is shown, if anything was answered.
    pub fn stop(self) {
        self.send(SessionEvent::Stop);
    }

    /// Ends it.
    pub fn end(self) {
        self.wanted.set(None);
        self.send(SessionEvent::End);
    }

    fn send(self, event: SessionEvent) {
        self.change(|current| session::update(current, event));
    }

    fn change(self, change: impl FnOnce(&mut Option<Session>) -> Vec<SessionEffect>) {
        let effects = self.current.try_maybe_update(|current| {
            let effects = change(current);
            (!effects.is_empty(), effects)
        });
        effects.into_iter().flatten().for_each(run);
    }
}

/// Whether the current problem is answered and may not be tried again.
fn is_closed(session: &Session) -> bool {
    session.current().and_then(|slug| draft::remembered(Mode::Practice, slug)).is_some_and(|stored| stored.is_closed)
}

fn run(effect: SessionEffect) {
    match effect {
        SessionEffect::ForgetDraft(slug) => draft::forget(Mode::Practice, &slug),
        SessionEffect::Remember(session) => {
            let text = serde_json::to_string(&session).expect("a session has no failing serialisers");
            storage::remember(KEY, &text);
        }
        SessionEffect::Forget => storage::forget(KEY),
    }
}
