//! Starting a session, from whichever page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use quiz::catalog::Catalog;
use quiz::practice::{self, Filter};
use quiz::problem::Slug;
use quiz::session::SESSION_LENGTH;

use crate::routes;
use crate::state::AppState;

/// Starts a session of what `filter` accepts, on the page of practice itself.
pub fn start(app: AppState, catalog: &Catalog, filter: Filter) {
    let queue = queue(app, catalog, &filter);
    app.sessions.start(filter, queue);
}

fn queue(app: AppState, catalog: &Catalog, filter: &Filter) -> Vec<Slug> {
    untrack(|| app.learner(catalog, |learner| practice::queue(learner, filter, practice::seed_of(learner.today))))
}

/// Starts a session and leads to it, in one tap.
#[derive(Clone, Copy)]
pub struct Starter {
    app: AppState,
    catalog: StoredValue<Arc<Catalog>>,
    go: Callback<String>,
}

impl Starter {
    /// For the page that is being made.
    pub fn here(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> Starter {
        let navigate = use_navigate();
        let go = Callback::new(move |address: String| navigate(&routes::to_navigate(&address), Default::default()));
        Starter { app, catalog, go }
    }

    /// A session of what `filter` accepts. While another one is under way, its page asks which of the two is meant.
    pub fn practise(self, filter: Filter) {
        let queue = queue(self.app, &self.catalog.get_value(), &filter);
        self.begin(filter, queue);
    }

    /// A session of these problems, which `filter` accepts. While one on something else is under way, its page asks which is meant.
    pub fn begin(self, filter: Filter, queue: Vec<Slug>) {
        let current = self.app.sessions.current();
        let is_this =
            current.with_untracked(|session| session.as_ref().is_some_and(|session| session.filter == filter));
        self.begin_or_ask(filter, queue, is_this);
    }

    /// A session of just these problems. While any is under way, its page asks which is meant.
    pub fn practise_these(self, queue: Vec<Slug>) {
        self.begin_or_ask(Filter::default(), queue, false);
    }

    fn begin_or_ask(self, filter: Filter, queue: Vec<Slug>, is_under_way: bool) {
        let address = format!("{}{}", routes::PRACTICE, routes::query(&filter, &[]));
        match untrack(|| self.app.sessions.is_under_way()) {
            false => _ = self.app.sessions.start(filter, queue),
            true if !is_under_way && !queue.is_empty() => self.app.sessions.want(filter, queue),
            true => {}
        }
        self.go.run(address);
    }
}

/// How long a session is, beside a longer list.
pub fn length_in_words() -> String {
    format!("A session has {SESSION_LENGTH} of them.")
}

/// What practises a concept.
pub fn on_concept(concept: &str) -> Filter {
    Filter { concept: Some(concept.to_owned()), ..Filter::default() }
}

/// A button that starts a session at once. `on` is what the session is on, for those who hear the button without its row.
pub fn practise_button(starter: Starter, label: &'static str, on: &str, filter: Filter) -> AnyView {
    let name = format!("{label}: {on}");
    view! {
        <button type="button" class="quiet next-step" data-testid="practise" aria-label=name on:click=move |_| starter.practise(filter.clone())>
            {label}
        </button>
    }
    .into_any()
}
