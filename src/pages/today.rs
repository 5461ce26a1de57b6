//! Today: what to do next, in one glance and one tap.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use quiz::catalog::{Catalog, Entry};
use quiz::log::Standing;
use quiz::practice::{self, Filter};

use crate::browser::{clock, keyboard, page};
use crate::live::Live;
use crate::pages::gate::with_catalog;
use crate::routes;
use crate::state::offline::Readiness;
use crate::state::session::SESSION_LENGTH;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::dynamic::{dynamic, dynamic_text, list};
use crate::ui::row::ProblemRow;

/// How many rows of problems are shown.
const ROWS: usize = 5;

/// The page.
#[component]
pub fn TodayPage() -> impl IntoView {
    page::set_title("Today");
    let app = use_app();
    view! {
        <main id="main" data-testid="page-today">
            <p class="eyebrow">
                <span>{clock::today_in_words()}</span>
                <span class="clock" data-testid="offline-status">{dynamic_text(move || readiness_in_words(&app.offline.readiness().read()))}</span>
            </p>
            {with_catalog(move |catalog| view! { <Overview app catalog /> }.into_any())}
        </main>
    }
}

/// How far the app is with working offline, in a few words.
pub fn readiness_in_words(readiness: &Readiness) -> String {
    match readiness {
        Readiness::Unknown => String::new(),
        Readiness::Storing { done, total } => format!("Storing for offline use: {done} of {total}"),
        Readiness::Ready => "Ready to work offline".to_owned(),
        Readiness::Failed(_) => "Not stored for offline use".to_owned(),
    }
}

#[component]
fn Overview(app: AppState, catalog: Arc<Catalog>) -> impl IntoView {
    let catalog = StoredValue::new(catalog);
    let log = app.progress.log();
    let today = Live::derived(move || practice::today(&catalog.get_value(), &log.read(), clock::midnight()));
    let navigate = use_navigate();
    let go = move || navigate(&routes::to_navigate(routes::PRACTICE), Default::default());
    let short_go = go.clone();
    let key_go = go.clone();
    let start = move || app.sessions.start(&catalog.get_value(), &log.read_untracked(), Filter::default());
    let start_short = move || app.sessions.start_short(&catalog.get_value(), &log.read_untracked(), 10);
    let is_under_way = move || {
        app.sessions.current().read().as_ref().is_some_and(|session| session.place > 0 && session.current().is_some())
    };
    let begin = move || is_under_way() || start();
    keyboard::listen(move |press| {
        let starts = press.key == "Enter" && press.focus == keyboard::Focus::Page && untrack(begin);
        if starts {
            key_go();
        }
        starts
    });
    let headline = dynamic_text(move || headline(&today.read()));
    let lede = dynamic_text(move || lede(&catalog.get_value(), &today.read()));
    let label = dynamic_text(move || if is_under_way() { "Go on" } else { "Start" }.to_owned());
    let over_rows = move || if today.read().not_yet.is_empty() { "Up next" } else { "Worth another look" };
    let rows = dynamic(move || {
        let entries = worth_a_look(&catalog.get_value(), &today.read());
        list(entries.into_iter().map(|(entry, standing)| view! { <ProblemRow entry standing /> }))
    });
    view! {
        <h1 class="big" tabindex="-1">{headline}</h1>
        <p class="lede">{lede}</p>
        <div class="actions">
            <button type="button" class="go" data-testid="start" on:click=move |_| if untrack(begin) { go() }>{label}</button>
            <Button class="quiet" test_id="start-short" label="Ten minutes only" on_press=move || {
                if start_short() {
                    short_go();
                }
            } />
            <kbd>"Enter"</kbd>
        </div>
        <section>
            <h2>{dynamic_text(move || over_rows().to_owned())}</h2>
            {rows}
            <p class="note"><a href=routes::PROBLEMS>"All problems"</a></p>
        </section>
    }
}

fn headline(today: &practice::Today) -> String {
    match (today.not_yet.len(), today.new.len()) {
        (0, 0) => "All answered right".to_owned(),
        (0, new) => format!("{new} new"),
        (again, 0) => format!("{again} to try again"),
        (again, new) => format!("{again} to try again, {new} new"),
    }
}

fn lede(catalog: &Catalog, today: &practice::Today) -> String {
    let next: Vec<_> = today.not_yet.iter().chain(&today.new).take(SESSION_LENGTH).collect();
    let minutes: u32 = next.iter().filter_map(|slug| catalog.entry(slug)).map(|entry| entry.minutes).sum();
    let answered = match today.answered_today {
        0 if today.right == 0 && today.not_yet.is_empty() => {
            "Every answer, right or wrong, is proven by the real compiler. No account; it works offline."
        }
        0 => "Nothing answered yet today.",
        1 => "One answer today.",
        many => return format!("{many} answers today. {}", plan(next.len(), minutes)),
    };
    format!("{} {answered}", plan(next.len(), minutes))
}

fn plan(count: usize, minutes: u32) -> String {
    match count {
        0 => "Nothing is open; a second look keeps it fresh.".to_owned(),
        1 => format!("The next question takes about {minutes} minutes."),
        many => format!("The next {many} questions take about {minutes} minutes."),
    }
}

fn worth_a_look(catalog: &Catalog, today: &practice::Today) -> Vec<(Entry, Standing)> {
    let again = today.not_yet.iter().map(|slug| (slug, Standing::NotYet));
    let new = today.new.iter().map(|slug| (slug, Standing::New));
    again.chain(new).filter_map(|(slug, standing)| Some((catalog.entry(slug)?.clone(), standing))).take(ROWS).collect()
}
