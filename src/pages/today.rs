//! Today: what to do next, in one glance and one tap; for who has named the day of their interview, the plan to it.

mod plan;
mod target;
mod tasks;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use quiz::catalog::Catalog;
use quiz::learner::Learner;
use quiz::learner::calendar::{Day, date};
use quiz::learner::mastery::{self, Mastery};
use quiz::log::ProblemStatus;
use quiz::placement::QUESTIONS;
use quiz::practice::{self, FORECAST, Filter};
use quiz::problem::Slug;
use quiz::session::SESSION_LENGTH;

use crate::browser::{clock, keyboard, language, page};
use crate::pages::gate::with_catalog;
use crate::pages::start::{Starter, length_in_words, on_concept, practise_button};
use crate::routes;
use crate::state::offline::Readiness;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::chart;
use crate::ui::later::later;
use crate::ui::notices::BackupNotice;
use crate::ui::row::{ProblemRow, State};
use crate::ui::words::FIND_LEVEL;
use plan::Ahead;
use target::InterviewDay;
use tasks::Tasks;

/// How many rows of problems are shown.
const ROWS: usize = 5;
/// How many concepts are offered for practice.
const WEAKEST: usize = 3;
/// After so many answers nobody is asked to find their level any more.
const ANSWERS_THAT_TELL: usize = 60;
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
                <span>{move || language::whole_day(app.day.get())}</span>
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
    let (has_guide, has_interviews) = (!catalog.guide.is_empty(), !catalog.interviews.is_empty());
    let catalog = StoredValue::new(catalog);
    let today = Memo::new(move |_| app.learner(&catalog.get_value(), practice::today));
    let upcoming = Memo::new(move |_| app.learner(&catalog.get_value(), upcoming));
    let plan = plan::planned(app, catalog);
    let ahead = Memo::new(move |_| plan::ahead(app));
    let headline = move || {
        plan::headline(ahead.get()).unwrap_or_else(|| match app.sessions.is_under_way() && today.read().is_done() {
            true => "A session is under way".to_owned(),
            false => headline(&today.read()),
        })
    };
    let lede =
        move || plan::lede(ahead.get(), plan.read().as_ref()).unwrap_or_else(|| lede(&today.read(), has_interviews));
    // A plan says what comes first.
    let rows = move || (!has_plan(ahead.get())).then(|| up_next(&catalog.get_value(), &today.read(), &upcoming.read()));
    view! {
        <h1 class="big" tabindex="-1" data-testid="headline">{move || headline()}</h1>
        <p class="lede" data-testid="lede">{move || lede()}</p>
        <Tasks app catalog plan />
        <Begin app catalog upcoming ahead />
        <FindLevel app />
        <BackupNotice
            without=Memo::new(move |_| app.keeping.wants_backup())
            on_export=Callback::new(move |()| {
                if app.progress.export().is_ok() {
                    app.keeping.backed_up();
                }
            })
            on_later=Callback::new(move |()| app.keeping.backed_up())
        />
        <InterviewDay app has_interviews has_guide />
        <section>
            {move || rows()}
            <p class="note"><a href=routes::PROBLEMS>"All problems"</a> " · " <a href=routes::SCRATCHPAD>"Scratchpad"</a> {has_guide.then(|| view! { " · " <a href=routes::GUIDE data-testid="to-guide">"Guide to the interview"</a> }.into_any())} " · " <a href=routes::STORIES data-testid="to-stories">"Your stories"</a></p>
        </section>
        {later(move || view! { <Weakest app catalog /> }.into_any())}
        {move || two_weeks(&today.read(), clock::today())}
    }
}

/// Whether there is a plan for today, or will be once all is loaded.
fn has_plan(ahead: Ahead) -> bool {
    matches!(ahead, Ahead::Days(_))
}

/// What begins a session of today's queue, or goes on with the one that is under way.
#[component]
fn Begin(
    app: AppState,
    catalog: StoredValue<Arc<Catalog>>,
    upcoming: Memo<Vec<(Slug, State)>>,
    ahead: Memo<Ahead>,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = move || navigate(&routes::to_navigate(routes::PRACTICE), Default::default());
    let short_go = go.clone();
    let key_go = go.clone();
    let queue = move || upcoming.read_untracked().iter().map(|(slug, _)| slug.clone()).collect::<Vec<_>>();
    let short_queue =
        move || untrack(|| app.learner(&catalog.get_value(), |learner| practice::fitting(learner, &queue(), SHORT)));
    let start_short = move || app.sessions.start(Filter::default(), short_queue());
    // A short session is offered where it is shorter, and where no plan says how long today is.
    let is_long =
        Memo::new(move |_| !has_plan(ahead.get()) && upcoming.read().len().min(SESSION_LENGTH) > short_queue().len());
    let short = move || {
        is_long.get().then(|| {
            let go = short_go.clone();
            view! {
                <Button class="quiet" test_id="start-short" label="Practise for ten minutes" on_press=move || {
                    if start_short() {
                        go();
                    }
                } />
            }
            .into_any()
        })
    };
    let is_under_way = move || app.sessions.is_under_way();
    let begin = move || is_under_way() || app.sessions.start(Filter::default(), queue());
    keyboard::listen(move |press| {
        let starts = press.key == "Enter" && press.focus == keyboard::Focus::Page && untrack(begin);
        if starts {
            key_go();
        }
        starts
    });
    let (class, label) = (
        move || if has_plan(ahead.get()) && !is_under_way() { "quiet" } else { "go" },
        move || match (is_under_way(), has_plan(ahead.get())) {
            (true, _) => "Go on",
            (false, true) => "Practise what is due and new",
            (false, false) => "Start",
        },
    );
    view! {
        <div class="actions">
            <button type="button" class=class data-testid="start" on:click=move |_| if untrack(begin) { go() }>{move || label().to_owned()}</button>
            {move || short()}
            <kbd>"Enter"</kbd>
        </div>
    }
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
            view! { <p class="note"><a href=routes::PLACEMENT data-testid="find-level">{label()}</a></p> }.into_any()
        })
    }
}

/// The first problems of today's queue.
fn up_next(catalog: &Catalog, today: &practice::Today, upcoming: &[(Slug, State)]) -> Option<AnyView> {
    let row = |(slug, state): &(Slug, State)| {
        let (entry, state) = (catalog.entry(slug)?.clone(), state.clone());
        Some(view! { <ProblemRow entry state /> }.into_any())
    };
    (!upcoming.is_empty()).then(|| {
        let rows = upcoming.iter().take(ROWS).filter_map(row).collect_view();
        // When all is done, what follows is every other problem.
        let more = if today.is_done() { 0 } else { upcoming.len().saturating_sub(ROWS) };
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

/// What nobody else promises.
const PROMISE: &str = "Every answer, right or wrong, is proven by the real compiler.";

fn lede(today: &practice::Today, has_interviews: bool) -> String {
    let count = today.due.len() + today.new.len();
    if is_first_day(today) {
        let first = format!("Start with {count} questions. They take about {} minutes.", today.minutes);
        let rehearse = if has_interviews { " Rehearse a whole interview by the clock." } else { "" };
        return format!(
            "Practise short questions. {PROMISE}{rehearse} No account, no server. It works offline. {first}"
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

/// What comes due in the next two weeks, day by day. Nothing, as long as nothing was answered.
fn two_weeks(today: &practice::Today, day: Day) -> Option<AnyView> {
    let most = today.forecast.iter().copied().max().filter(|most| *most > 0)?;
    let columns = (day..).zip(today.forecast).map(|(on, due)| column(on, day, due, most)).collect_view();
    let last = day + FORECAST as Day - 1;
    let axis = chart::axis(vec!["today".to_owned(), language::day(last, day)]);
    Some(view! { <section data-testid="forecast"><h2>"Due in the next two weeks"</h2> <ol class="forecast">{columns}</ol> {axis}</section> }.into_any())
}

/// How much is due on a day, as a number above its column.
fn column(on: Day, today: Day, due: u32, most: u32) -> AnyView {
    let class = if on == today { "first" } else { "rest" };
    view! {
        <li class=class data-testid="due-on" data-due=due>
            <span class="hidden">{language::day(on, today)} ": "</span>
            <span class="count">{due}</span>
            {chart::column(due, most)}
            <span class="day" aria-hidden="true">{date(on).day}</span>
        </li>
    }
    .into_any()
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
            view! {
                <section>
                    <h2>"Your weakest concepts"</h2>
                    <p class="note">"How much you understand and still remember of what you have seen."</p>
                    <div class="measures">{rows}</div>
                </section>
            }
            .into_any()
        })
    }
}

/// Today's queue, and what is said of each problem in it.
fn upcoming(learner: &Learner<'_>) -> Vec<(Slug, State)> {
    let state = |slug: &Slug| {
        let card = &learner.cards[learner.catalog.problems.place(slug)?];
        Some(match card.due {
            _ if card.is_new() => State::New,
            Some(due) if due > learner.today => State::from(match card.was_right() {
                true => ProblemStatus::Right,
                false => ProblemStatus::NotYet,
            }),
            _ => State::Due,
        })
    };
    let queue = practice::todays_queue(learner, practice::seed_of(learner.today));
    queue.into_iter().filter_map(|slug| Some((slug.clone(), state(&slug)?))).collect()
}
