//! All problems: filters, and search as one types.

use std::cmp::Reverse;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use quiz::catalog::{Catalog, Entry};
use quiz::log::ProblemStatus;
use quiz::practice::Filter;
use quiz::search::{self, Indexed};

use crate::browser::page;
use crate::pages::gate::with_catalog;
use crate::pages::practice::filter_of_query;
use crate::routes;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::filters::FilterBar;
use crate::ui::row::ProblemRow;

/// The page.
#[component]
pub fn ProblemsPage() -> impl IntoView {
    page::set_title("Problems");
    let app = use_app();
    view! {
        <main id="main" data-testid="page-problems">
            <h1 tabindex="-1">"Problems"</h1>
            {with_catalog(move |catalog| {
                app.library.want_all();
                view! { <Browser app catalog=StoredValue::new(catalog) /> }.into_any()
            })}
        </main>
    }
}

#[component]
fn Browser(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let filter = filter_of_query();
    let query = use_query_map();
    let only_not_yet = Memo::new(move |_| query.read().get("standing").as_deref() == Some("not-yet"));
    let typed = RwSignal::new(query.read_untracked().get("q").unwrap_or_default());
    let navigate = use_navigate();
    let show = Callback::new(move |(filter, not_yet, typed): (Filter, bool, String)| {
        let more = [("standing", if not_yet { "not-yet" } else { "" }), ("q", typed.trim())];
        let address = format!("{}{}", routes::to_navigate(routes::PROBLEMS), routes::query(&filter, &more));
        navigate(&address, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let on_filter =
        Callback::new(move |filter| show.run((filter, only_not_yet.get_untracked(), typed.get_untracked())));
    let on_type = move |text: String| {
        typed.set(text.clone());
        show.run((filter.get_untracked(), only_not_yet.get_untracked(), text));
    };
    let on_not_yet = move |not_yet| show.run((filter.get_untracked(), not_yet, typed.get_untracked()));
    let index = Memo::new(move |_| index(&catalog.get_value(), app));
    let found = Memo::new(move |_| {
        let log = app.progress.log();
        let log = log.read();
        let latest = log.latest();
        let fits = |entry: &Entry| {
            let standing = latest.standing(entry);
            let wanted = !only_not_yet.get() || standing != ProblemStatus::Right;
            (wanted && filter.read().accepts(entry)).then_some(standing)
        };
        find(&catalog.get_value(), &index.read(), &typed.read(), fits)
    });
    view! {
        <div class="search">
            <label class="hidden" for="search">"Search titles, concepts and texts"</label>
            <input
                id="search"
                data-testid="search"
                type="search"
                placeholder="Search titles, concepts and texts"
                autocomplete="off"
                prop:value=move || typed.get()
                on:input=move |event| on_type(event_target_value(&event))
            />
        </div>
        <FilterBar catalog filter on_change=on_filter />
        <label class="check">
            <input
                type="checkbox"
                data-testid="filter-not-yet"
                prop:checked=move || only_not_yet.get()
                on:change=move |event| on_not_yet(event_target_checked(&event))
            />
            <span>"Not yet right"</span>
        </label>
        <Found found on_clear=Callback::new(move |()| {
            typed.set(String::new());
            show.run((Filter::default(), false, String::new()));
        }) />
    }
}

type Hits = Vec<(Entry, ProblemStatus)>;

#[component]
fn Found(found: Memo<Hits>, on_clear: Callback<()>) -> impl IntoView {
    let count = move || match found.read().len() {
        0 => "No problem fits.".to_owned(),
        1 => "1 problem".to_owned(),
        many => format!("{many} problems"),
    };
    let nothing = move || {
        found.read().is_empty().then(|| {
            view! {
                <div class="actions">
                    <Button class="quiet" test_id="clear" label="Clear search and filters" on_press=move || on_clear.run(()) />
                </div>
            }
        })
    };
    view! {
        <p class="note" role="status" data-testid="found">{count}</p>
        {nothing}
        // Where the learner stands with a problem is said in its row.
        <For
            each=move || found.get()
            key=|(entry, standing)| (entry.slug.clone(), *standing)
            children=|(entry, standing)| view! { <ProblemRow entry state=standing /> }
        />
    }
}

fn index(catalog: &Catalog, app: AppState) -> Vec<Indexed> {
    let problems = app.library.loaded_problems();
    catalog
        .problems
        .iter()
        .map(|entry| {
            let mut indexed = search::index_entry(entry, catalog);
            if let Some(problem) = problems.iter().find(|problem| problem.slug == entry.slug) {
                indexed.add_text(problem);
            }
            indexed
        })
        .collect()
}

/// The problems that fit, best first; in the catalog's order while nothing is searched for.
fn find(catalog: &Catalog, index: &[Indexed], query: &str, fits: impl Fn(&Entry) -> Option<ProblemStatus>) -> Hits {
    let mut hits: Vec<(u32, Entry, ProblemStatus)> = catalog
        .problems
        .iter()
        .zip(index)
        .filter_map(|(entry, indexed)| Some((indexed.score(query)?, entry.clone(), fits(entry)?)))
        .collect();
    hits.sort_by_key(|(score, ..)| Reverse(*score));
    hits.into_iter().map(|(_, entry, standing)| (entry, standing)).collect()
}
