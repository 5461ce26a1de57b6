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
    let queue =
        untrack(|| app.learner(catalog, |learner| practice::queue(learner, &filter, practice::seed_of(learner.today))));
    app.sessions.start(filter, queue);
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
        self.start_by(filter, |filter| start(self.app, &self.catalog.get_value(), filter));
    }

    /// A session of these problems, which `filter` accepts. While another one is under way, its page asks which is meant.
    pub fn begin(self, filter: Filter, queue: Vec<Slug>) {
        self.start_by(filter, |filter| _ = self.app.sessions.start(filter, queue));
    }

    fn start_by(self, filter: Filter, start: impl FnOnce(Filter)) {
        let address = format!("{}{}", routes::PRACTICE, routes::query(&filter, &[]));
        if !untrack(|| self.app.sessions.is_under_way()) {
            start(filter);
        }
        self.go.run(address);
    }

    /// A session of these problems.
    pub fn practise_these(self, queue: Vec<Slug>) {
        if self.app.sessions.start(Filter::default(), queue) {
            self.go.run(routes::PRACTICE.to_owned());
        }
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
