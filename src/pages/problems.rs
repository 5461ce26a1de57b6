//! All problems: filters, and search as one types.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use quiz::catalog::Catalog;
use quiz::log::ProblemStatus;
use quiz::practice::Filter;
use quiz::search::{Index, Texts};

use crate::browser::page;
use crate::pages::gate::with_catalog;
use crate::pages::practice::filter_of_query;
use crate::routes;
use crate::state::library::Load;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::filters::FilterBar;
use crate::ui::row::ProblemRow;

/// So many rows are drawn, until a learner asks for the others: a thousand take longer to draw than to type a letter.
const ROWS: usize = 100;

/// How long after the last letter the address is told: browsers take a while to write it.
const PAUSE: Duration = Duration::from_millis(300);

/// The page.
#[component]
pub fn ProblemsPage() -> impl IntoView {
    page::set_title("Problems");
    let app = use_app();
    view! {
        <main id="main" data-testid="page-problems">
            <h1 tabindex="-1">"Problems"</h1>
            {with_catalog(move |catalog| view! { <Browser app catalog=StoredValue::new(catalog) /> }.into_any())}
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
    let pathname = use_location().pathname;
    let own = pathname.get_untracked();
    let keep_address = move |()| {
        // Whoever has gone to another page meanwhile is not called back.
        if *pathname.read_untracked() == own {
            show.run((filter.get_untracked(), only_not_yet.get_untracked(), typed.get_untracked()));
        }
    };
    let mut keep_address_soon = debounce(PAUSE, keep_address.clone());
    let mut on_type = move |text: String| {
        app.library.want_texts();
        typed.set(text);
        keep_address_soon(());
    };
    if !typed.read_untracked().is_empty() {
        app.library.want_texts();
    }
    let on_not_yet = move |not_yet| show.run((filter.get_untracked(), not_yet, typed.get_untracked()));
    let index = Memo::new(move |_| match &*app.library.texts().read() {
        Some(Load::Ready(texts)) => Index::of(&catalog.get_value(), texts),
        _ => Index::of(&catalog.get_value(), &Texts::default()),
    });
    let standings = Memo::new(move |_| {
        let log = app.progress.log();
        let log = log.read();
        let latest = log.latest();
        catalog.get_value().problems.iter().map(|entry| latest.standing(entry)).collect::<Vec<_>>()
    });
    let found = Memo::new(move |_| {
        let (catalog, standings) = (catalog.get_value(), standings.read());
        let (filter, only_not_yet) = (filter.read(), only_not_yet.get());
        index.read().find(&typed.read(), |problem| {
            let is_wanted = !only_not_yet || standings[problem] != ProblemStatus::Right;
            is_wanted && filter.accepts(&catalog.problems[problem])
        })
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
                on:focus=move |_| app.library.want_texts()
                on:input=move |event| on_type(event_target_value(&event))
                on:change=move |_| keep_address(())
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
        <Found catalog found standings on_clear=Callback::new(move |()| {
            typed.set(String::new());
            show.run((Filter::default(), false, String::new()));
        }) />
    }
}

/// What was found, as indexes of problems, the best first.
#[component]
fn Found(
    catalog: StoredValue<Arc<Catalog>>,
    found: Memo<Vec<usize>>,
    standings: Memo<Vec<ProblemStatus>>,
    on_clear: Callback<()>,
) -> impl IntoView {
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
            .into_any()
        })
    };
    let shows_all = RwSignal::new(false);
    let rows = move || {
        let (catalog, found, standings) = (catalog.get_value(), found.read(), standings.read());
        let most = if shows_all.get() { found.len() } else { ROWS };
        let row = |problem: &usize| (catalog.problems[*problem].clone(), standings[*problem]);
        found.iter().take(most).map(row).collect::<Vec<_>>()
    };
    let more = move || {
        let more = found.read().len().saturating_sub(ROWS);
        (more > 0 && !shows_all.get()).then(|| {
            let label = format!("Show {more} more");
            view! {
                <div class="actions">
                    <Button class="quiet" test_id="show-all" label on_press=move || shows_all.set(true) />
                </div>
            }
            .into_any()
        })
    };
    view! {
        <p class="note" role="status" data-testid="found">{move || count()}</p>
        {move || nothing()}
        <For each=rows key=|(entry, standing)| (entry.slug.clone(), *standing) let:((entry, standing))>
            <ProblemRow entry state=standing />
        </For>
        {move || more()}
    }
}
