//! All problems: a search as one types, conditions, and the list of what fits.

mod found;
mod list;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use quiz::catalog::Catalog;
use quiz::listing::Conditions;

use crate::browser::page;
use crate::pages::conditions;
use crate::pages::gate::with_catalog;
use crate::routes;
use crate::state::{AppState, use_app};
use crate::ui::chips::{self, Chips};

use found::Found;
use list::List;

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
    let conditions = conditions::of_query();
    let typed = RwSignal::new(use_query_map().read_untracked().get("q").unwrap_or_default());
    let query = use_query_map();
    // What was written to the address by this page is no news to it: meanwhile more may have been typed.
    let written = StoredValue::new(typed.get_untracked().trim().to_owned());
    Effect::new(move || {
        let searched = query.read().get("q").unwrap_or_default();
        if searched != written.get_value() {
            written.set_value(searched.clone());
            typed.set(searched);
        }
    });
    let navigate = use_navigate();
    let show = Callback::new(move |(conditions, typed): (Conditions, String)| {
        written.set_value(typed.trim().to_owned());
        let query = routes::conditions(&conditions, &typed);
        let address = format!("{}{query}", routes::to_navigate(routes::PROBLEMS));
        navigate(&address, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let want_texts = Callback::new(move |()| app.library.want_texts());
    if !typed.read_untracked().is_empty() || conditions.read_untracked().need_texts() {
        want_texts.run(());
    }
    let found = Found::among(app, catalog, conditions, typed);
    let prepare = Callback::new(move |()| {
        want_texts.run(());
        found.prepare();
    });
    view! {
        <SearchField typed conditions show on_focus=prepare />
        <Chips
            menus=chips::ALL
            catalog
            texts=app.library.texts()
            known=found.known
            conditions
            on_open=want_texts
            on_change=Callback::new(move |conditions| show.run((conditions, typed.get_untracked())))
        />
        <List catalog found on_retry=want_texts on_clear=Callback::new(move |()| {
            typed.set(String::new());
            show.run((Conditions::default(), String::new()));
            page::focus("#search");
        }) />
    }
}

/// The field for what is searched. What is typed is found at once, and in the address a little later.
#[component]
fn SearchField(
    typed: RwSignal<String>,
    conditions: Memo<Conditions>,
    show: Callback<(Conditions, String)>,
    on_focus: Callback<()>,
) -> impl IntoView {
    let pathname = use_location().pathname;
    let own = pathname.get_untracked();
    let keep_address = move |()| {
        // Whoever has gone to another page meanwhile is not called back.
        if *pathname.read_untracked() == own {
            let now = conditions.try_get_untracked().zip(typed.try_get_untracked());
            now.into_iter().for_each(|now| show.run(now));
        }
    };
    let mut keep_address_soon = debounce(PAUSE, keep_address.clone());
    let mut on_type = move |text: String| {
        typed.set(text);
        keep_address_soon(());
    };
    view! {
        <div class="search" role="search">
            <label class="hidden" for="search">"Search titles, concepts, code, errors and crates"</label>
            <input
                id="search"
                data-testid="search"
                type="search"
                placeholder="Search: mutex, E0382, tokio…"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                prop:value=move || typed.get()
                on:focus=move |_| on_focus.run(())
                on:input=move |event| on_type(event_target_value(&event))
                on:change=move |_| keep_address(())
            />
        </div>
    }
}
