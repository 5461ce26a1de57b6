//! Today: what to do next, in one glance and one tap.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use quiz::catalog::{Catalog, Entry};
use quiz::learner::calendar::{Day, short};
use quiz::practice::{self, FORECAST, Filter};
use quiz::session::SESSION_LENGTH;

use crate::browser::{clock, keyboard, page, random};
use crate::pages::gate::with_catalog;
use crate::routes;
use crate::state::offline::Readiness;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::chart;
use crate::ui::notices::BackupNotice;
use crate::ui::row::{ProblemRow, State};

/// How many rows of problems are shown.
const ROWS: usize = 5;
/// How many minutes a short session takes.
const SHORT: u32 = 10;

/// The page.
#[component]
pub fn TodayPage() -> impl IntoView {
    page::set_title("Today");
    let app = use_app();
    view! {
        <main id="main" data-testid="page-today">
            <p class="eyebrow">
                <span>{move || { app.day.track(); clock::today_in_words() }}</span>
                <span class="clock" data-testid="offline-status">{move || readiness_in_words(&app.offline.readiness().read())}</span>
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
    let today = Memo::new(move |_| app.learner(&catalog.get_value(), practice::today));
    let navigate = use_navigate();
    let go = move || navigate(&routes::to_navigate(routes::PRACTICE), Default::default());
    let short_go = go.clone();
    let key_go = go.clone();
    let queue = move || {
        untrack(|| app.learner(&catalog.get_value(), |learner| practice::todays_queue(learner, random::bits())))
    };
    let start = move || app.sessions.start(Filter::default(), queue());
    let short_queue =
        move || untrack(|| app.learner(&catalog.get_value(), |learner| practice::fitting(learner, &queue(), SHORT)));
    let start_short = move || app.sessions.start(Filter::default(), short_queue());
    let is_under_way = move || app.sessions.current().read().as_ref().is_some_and(|session| !session.is_finished());
    let begin = move || is_under_way() || start();
    keyboard::listen(move |press| {
        let starts = press.key == "Enter" && press.focus == keyboard::Focus::Page && untrack(begin);
        if starts {
            key_go();
        }
        starts
    });
    let headline = move || headline(&today.read());
    let lede = move || lede(&today.read());
    let rows = move || {
        let today = today.read();
        let entries = worth_a_look(&catalog.get_value(), &today);
        let title = if today.due.is_empty() { "Up next" } else { "Worth another look" };
        (!entries.is_empty()).then(|| {
            let rows = entries
                .into_iter()
                .map(|(entry, state)| view! { <ProblemRow entry state /> }.into_any())
                .collect_view();
            let more = (today.due.len() + today.new.len()).saturating_sub(ROWS);
            let more = (more > 0).then(|| view! { <p class="note">{format!("and {more} more")}</p> }.into_any());
            view! { <h2>{title}</h2> {rows} {more} }
        })
    };
    view! {
        <h1 class="big" tabindex="-1" data-testid="headline">{move || headline()}</h1>
        <p class="lede" data-testid="lede">{move || lede()}</p>
        <div class="actions">
            <button type="button" class="go" data-testid="start" on:click=move |_| if untrack(begin) { go() }>{move || if is_under_way() { "Go on" } else { "Start" }.to_owned()}</button>
            <Button class="quiet" test_id="start-short" label="Ten minutes only" on_press=move || {
                if start_short() {
                    short_go();
                }
            } />
            <kbd>"Enter"</kbd>
        </div>
        <BackupNotice
            without=Memo::new(move |_| app.keeping.wants_backup())
            on_export=Callback::new(move |()| {
                if app.progress.export().is_ok() {
                    app.keeping.backed_up();
                }
            })
            on_later=Callback::new(move |()| app.keeping.backed_up())
        />
        {move || two_weeks(&today.read(), clock::today())}
        <section>
            {move || rows()}
            <p class="note"><a href=routes::PROBLEMS>"All problems"</a></p>
        </section>
    }
}

fn headline(today: &practice::Today) -> String {
    match (today.due.len(), today.new.len()) {
        (0, 0) => "Done for today".to_owned(),
        (0, new) => format!("{new} new"),
        (due, 0) => format!("{due} due"),
        (due, new) => format!("{due} due, {new} new"),
    }
}

fn lede(today: &practice::Today) -> String {
    let is_first_day = today.answered == 0 && today.streak == 0 && today.due.is_empty() && !today.new.is_empty();
    let count = today.due.len() + today.new.len();
    let mut parts = vec![match today.minutes {
        0 => "More practice does no harm.".to_owned(),
        1 => "About a minute.".to_owned(),
        minutes => format!("About {minutes} minutes."),
    }];
    if count > SESSION_LENGTH {
        parts.push(format!("A session has {SESSION_LENGTH} of them."));
    }
    if is_first_day {
        parts.push(
            "Every answer, right or wrong, is proven by the real compiler. No account; it works offline.".to_owned(),
        );
    }
    parts.extend(match today.confident_misses {
        0 => None,
        1 => Some("You were certain and wrong once; that comes first.".to_owned()),
        many => Some(format!("You were certain and wrong {many} times; those come first.")),
    });
    parts.extend(match today.answered {
        0 => None,
        1 => Some("One answer so far today.".to_owned()),
        many => Some(format!("{many} answers so far today.")),
    });
    if today.streak > 1 {
        parts.push(format!("{} days in a row.", today.streak));
    }
    parts.join(" ")
}

/// What comes due in the next two weeks. Nothing, as long as nothing was answered.
fn two_weeks(today: &practice::Today, day: Day) -> Option<AnyView> {
    let forecast = today.forecast;
    let sum: u32 = forecast.iter().sum();
    if sum == 0 {
        return None;
    }
    let last = day + FORECAST as Day - 1;
    let says = format!("{sum} problems come due until {}, {} of them today.", short(last, day), forecast[0]);
    let rows = (0..).zip(forecast).map(|(ahead, due)| vec![short(day + ahead, day), due.to_string()]).collect();
    let picture = chart::bars(&forecast, says);
    let axis = chart::axis(vec!["today".to_owned(), short(last, day)]);
    let table = chart::table("Problems that come due", vec!["Day".to_owned(), "Due".to_owned()], rows);
    Some(view! { <section><h2>"Due in the next two weeks"</h2> {picture} {axis} {table}</section> }.into_any())
}

fn worth_a_look(catalog: &Catalog, today: &practice::Today) -> Vec<(Entry, State)> {
    let due = today.due.iter().map(|slug| (slug, State::Due));
    let new = today.new.iter().map(|slug| (slug, State::New));
    due.chain(new).filter_map(|(slug, state)| Some((catalog.entry(slug)?.clone(), state))).take(ROWS).collect()
}
