//! Today: what to do next, in one glance and one tap; for who has named the day of their interview, the plan to it.

mod begin;
mod forecast;
mod plan;
mod target;
mod tasks;

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::learner::Learner;
use quiz::learner::mastery::{self, Mastery};
use quiz::placement::QUESTIONS;
use quiz::practice;
use quiz::problem::Slug;
use quiz::session::SESSION_LENGTH;

use crate::browser::{clock, language, page};
use crate::pages::gate::with_catalog;
use crate::pages::settings::data::{HasArrived, YOUR_DATA};
use crate::pages::start::{Starter, length_in_words, on_concept, practise_button};
use crate::routes;
use crate::state::draft;
use crate::state::offline::Readiness;
use crate::state::{AppState, use_app};
use crate::ui::chart;
use crate::ui::later::later;
use crate::ui::notices::BackupNotice;
use crate::ui::row::{ProblemRow, State};
use crate::ui::words::FIND_LEVEL;
use begin::Begin;
use forecast::two_weeks;
use target::InterviewDay;
use tasks::{Tasks, next_task};

/// How many rows of problems are shown.
const ROWS: usize = 5;
/// How many concepts are offered for practice.
const WEAKEST: usize = 3;
/// After so many answers nobody is asked to find their level any more.
const ANSWERS_THAT_TELL: usize = 60;

/// The page.
#[component]
pub fn TodayPage() -> impl IntoView {
    page::set_title("Today");
    let app = use_app();
    view! {
        <main id="main" data-testid="page-today">
            <p class="eyebrow dated">
                <span>{move || language::whole_day(app.day.get())}</span>
                <span class="clock" data-testid="offline-status">{move || readiness_in_words(&app.offline.readiness().read())}</span>
            </p>
            {move || why_not_offline(app)}
            {with_catalog(move |catalog| view! { <Overview app catalog /> }.into_any())}
        </main>
    }
}

/// How far the app is with working offline, in a few words.
pub fn readiness_in_words(readiness: &Readiness) -> String {
    match readiness {
        Readiness::Unknown => String::new(),
        Readiness::Storing { done, total } => format!("Offline: {done} of {total} files"),
        Readiness::Ready => "Works offline".to_owned(),
        Readiness::Failed(_) => "Not stored for offline use".to_owned(),
    }
}

/// What stopped the app from being stored: said where it happens, since it will not work without a network.
fn why_not_offline(app: AppState) -> Option<AnyView> {
    let Readiness::Failed(why) = app.offline.readiness().get() else { return None };
    let said = view! {
        <p class="note" data-testid="why-not-offline">"The app could not be stored, so it needs a network: " {why} "."</p>
    };
    Some(said.into_any())
}

#[component]
fn Overview(app: AppState, catalog: Arc<Catalog>) -> impl IntoView {
    let (has_guide, has_interviews) = (!catalog.guide.is_empty(), !catalog.interviews.is_empty());
    let catalog = StoredValue::new(catalog);
    let today = Memo::new(move |_| app.learner(&catalog.get_value(), practice::today));
    // What is under way is gone on with, so it is what comes next.
    let rest = Memo::new(move |_| app.sessions.rest());
    let upcoming = Memo::new(move |_| app.learner(&catalog.get_value(), |learner| upcoming(learner, rest.get())));
    let is_done = Memo::new(move |_| today.read().is_done());
    let plan = plan::planned(app, catalog);
    let ahead = Memo::new(move |_| plan::ahead(app));
    let headline = move || {
        plan::headline(ahead.get()).unwrap_or_else(|| match app.sessions.is_under_way() && today.read().is_done() {
            true => "A session is under way".to_owned(),
            false => headline(&today.read()),
        })
    };
    let lede = move || {
        plan::lede(app, ahead.get(), plan.read().as_ref()).unwrap_or_else(|| lede(&today.read(), has_interviews))
    };
    // A plan says what comes first.
    let rows = move || {
        // When all is done, what follows is every other problem.
        let is_counted = !is_done.get() || app.sessions.is_under_way();
        (!ahead.get().has_plan()).then(|| up_next(&catalog.get_value(), &upcoming.read(), is_counted))
    };
    let below = move || {
        view! {
            <InterviewDay app has_interviews has_guide />
            <section>
                {begun(&catalog.get_value())}
                {move || rows()}
                <p class="note links"><a href=routes::PROBLEMS>"All problems"</a> <a href=routes::SCRATCHPAD>"Scratchpad"</a> {has_guide.then(|| view! { <a href=routes::GUIDE data-testid="to-guide">"Guide to the interview"</a> }.into_any())} <a href=routes::STORIES data-testid="to-stories">"Your stories"</a></p>
            </section>
            {move || from_elsewhere(app)}
            <Weakest app catalog />
            {move || two_weeks(&today.read(), clock::today())}
        }
        .into_any()
    };
    view! {
        <h1 class="big" tabindex="-1" data-testid="headline">{move || headline()}</h1>
        <p class="lede" data-testid="lede">{move || lede()}</p>
        <Tasks app catalog plan />
        <Begin app catalog upcoming ahead is_done has_task=Memo::new(move |_| next_task(app, plan.read().as_ref()).is_some()) />
        <FindLevel app />
        <BackupNotice
            without=Memo::new(move |_| app.keeping.wants_backup())
            on_export=Callback::new(move |()| {
                if app.keeping.export().is_ok() {
                    app.keeping.offered();
                }
            })
            on_later=Callback::new(move |()| app.keeping.backed_up())
        />
        <HasArrived app />
        {later(below)}
    }
}

/// Who has answers in another browser may not know that this one is empty: an app on a home screen has a storage of its own.
fn from_elsewhere(app: AppState) -> Option<AnyView> {
    let is_empty = app.progress.log().read().is_empty();
    let to_import = format!("{}#{YOUR_DATA}", routes::SETTINGS);
    is_empty.then(|| {
        view! {
            <p class="note" data-testid="from-elsewhere">
                "Have you practised in another browser, or before you put the app on your home screen? "
                <a href=to_import>"Import those answers"</a> "."
            </p>
        }
        .into_any()
    })
}

/// Leads to the placement, until a level is found; who has answered a lot has shown it.
#[component]
fn FindLevel(app: AppState) -> impl IntoView {
    let wants_level = move || {
        (app.settings.chosen().read().level.is_none() || app.progress.log().read().is_empty())
            && app.progress.log().read().len() < ANSWERS_THAT_TELL
    };
    let label = move || match app.placements.current().read().as_ref().filter(|placement| !placement.is_ended) {
        Some(placement) => format!("Go on finding your level: {} of {QUESTIONS}", placement.asked.len()),
        None => FIND_LEVEL.to_owned(),
    };
    move || {
        wants_level().then(|| {
            view! { <p class="note links"><a href=routes::PLACEMENT data-testid="find-level">{label()}</a></p> }
                .into_any()
        })
    }
}

/// What the learner has begun to write and not handed in.
fn begun(catalog: &Catalog) -> Option<AnyView> {
    let row = |slug: Slug| {
        let entry = catalog.entry(&slug)?.clone();
        Some(view! { <ProblemRow entry state=State::Begun /> }.into_any())
    };
    let rows: Vec<AnyView> = draft::begun().into_iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        let title = if rows.len() == 1 { "You have begun this" } else { "You have begun these" };
        view! { <div data-testid="begun"><h2>{title}</h2> {rows}</div> }.into_any()
    })
}

/// The first problems of what comes next, and how many more there are if that is to be said.
fn up_next(catalog: &Catalog, upcoming: &[(Slug, State)], is_counted: bool) -> Option<AnyView> {
    let row = |(slug, state): &(Slug, State)| {
        let (entry, state) = (catalog.entry(slug)?.clone(), state.clone());
        Some(view! { <ProblemRow entry state /> }.into_any())
    };
    (!upcoming.is_empty()).then(|| {
        let rows = upcoming.iter().take(ROWS).filter_map(row).collect_view();
        let more = if is_counted { upcoming.len().saturating_sub(ROWS) } else { 0 };
        let more = (more > 0).then(|| view! { <p class="note">{format!("And {more} more.")}</p> }.into_any());
        view! { <h2>"Up next"</h2> {rows} {more} }.into_any()
    })
}

fn is_first_day(today: &practice::Today) -> bool {
    today.answered == 0 && today.streak == 0 && today.due.is_empty() && !today.new.is_empty()
}

fn headline(today: &practice::Today) -> String {
    match (today.due.len(), today.new.len()) {
        (0, 0) => "Done for today".to_owned(),
        (0, _) if is_first_day(today) => "Practise for your Rust interview".to_owned(),
        (0, new) => format!("{new} new"),
        (due, 0) => format!("{due} due"),
        (due, new) => format!("{due} due, {new} new"),
    }
}

/// What there is to do, and what is there for it.
fn lede(today: &practice::Today, has_interviews: bool) -> String {
    let count = today.due.len() + today.new.len();
    if is_first_day(today) {
        let rehearse = if has_interviews { " Rehearse: a whole interview, by the clock." } else { "" };
        let first = format!("Start with {count} questions. They take about {} minutes.", today.minutes);
        return format!(
            "Practise: short questions, every answer proven by the real compiler.{rehearse} No account, no server. It works offline. {first}"
        );
    }
    let mut parts = vec![match today.minutes {
        0 => "You can still practise more.".to_owned(),
        1 => "About a minute.".to_owned(),
        minutes => format!("About {minutes} minutes."),
    }];
    if count > SESSION_LENGTH {
        parts.push(length_in_words());
    }
    parts.extend(match today.confident_misses {
        0 => None,
        1 => Some("You were certain and wrong once. That comes first.".to_owned()),
        many => Some(format!("You were certain and wrong {many} times. Those come first.")),
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

/// The concepts that are mastered least, each one tap from its practice.
#[component]
fn Weakest(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let starter = Starter::here(app, catalog);
    let weakest = Memo::new(move |_| app.learner(&catalog.get_value(), |learner| mastery::weakest(learner, WEAKEST)));
    let row = move |weak: &Mastery| {
        let label = weak.concept.replace('-', " ");
        let name = view! { <span class="name">{label.clone()}</span> }.into_any();
        view! {
            <div class="measure" data-testid="weak-concept" data-name=weak.concept.clone()>
                {chart::gauge(name, chart::share(weak.now(), None), chart::percent(weak.now()))}
                {practise_button(starter, "Practise", &label, on_concept(&weak.concept))}
            </div>
        }
        .into_any()
    };
    move || {
        let weakest = weakest.read();
        (!weakest.is_empty()).then(|| {
            let rows = weakest.iter().map(row).collect_view();
            let (title, early) = match weakest.iter().all(Mastery::is_known) {
                true => ("Your weakest concepts", ""),
                false => ("Concepts to practise", " It is too early to say which are your weakest."),
            };
            view! {
                <section data-testid="weakest">
                    <h2>{title}</h2>
                    <p class="note">"How much you understand and still remember of what you have seen." {early}</p>
                    <div class="measures">{rows}</div>
                </section>
            }
            .into_any()
        })
    }
}

/// The rest of the session under way, else today's queue, and what is said of each problem in it.
fn upcoming(learner: &Learner<'_>, rest: Option<Vec<Slug>>) -> Vec<(Slug, State)> {
    let standings = learner.standings();
    let state = |slug: &Slug| {
        let place = learner.catalog.problems.place(slug)?;
        let card = &learner.cards[place];
        Some(match card.due {
            _ if card.is_new() => State::New,
            Some(due) if due > learner.today => State::from(standings[place]),
            _ => State::Due,
        })
    };
    let queue = rest.unwrap_or_else(|| practice::todays_queue(learner, practice::seed_of(learner.today)));
    queue.into_iter().filter_map(|slug| Some((slug.clone(), state(&slug)?))).collect()
}
