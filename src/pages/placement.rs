//! Placement: ten short questions that find the level to begin at. It can be left at any point.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::attempt::Mode;
use quiz::catalog::Catalog;
use quiz::placement::{self, MarkedAnswer, Placed, QUESTIONS};
use quiz::practice::Filter;
use quiz::problem::{Level, Slug};

use crate::browser::page;
use crate::pages::gate::{gone, with_catalog, with_problem};
use crate::pages::start::Starter;
use crate::routes;
use crate::state::sitting::Sitting;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::question::QuestionView;
use crate::ui::radio::tab_stop;
use crate::ui::receipt::Toolchain;
use crate::ui::words::{OWN_LEVEL, marked};

/// It takes about so many minutes.
const MINUTES: usize = 20;

/// The page.
#[component]
pub fn PlacementPage() -> impl IntoView {
    page::set_title("Find your level");
    let app = use_app();
    let placement = app.placements.current();
    let stage = Memo::new(move |_| match &*placement.read() {
        None => Stage::Offered,
        Some(placement) => match placement.current() {
            Some(slug) => Stage::Asked(slug.clone(), placement.asked.len()),
            None => Stage::Ended,
        },
    });
    view! {
        <main id="main" data-testid="page-placement">
            {with_catalog(move |catalog| {
                let catalog = StoredValue::new(catalog);
                let shown = move || match stage.get() {
                    Stage::Offered => view! { <Offer app catalog /> }.into_any(),
                    Stage::Asked(slug, number) => view! { <Current app catalog slug number /> }.into_any(),
                    Stage::Ended => view! { <Ended app catalog /> }.into_any(),
                };
                view! { {move || shown()} }.into_any()
            })}
        </main>
    }
}

/// How far the page is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing was asked yet.
    Offered,
    /// A problem is asked, the how-manieth from 1.
    Asked(Slug, usize),
    /// There is a result.
    Ended,
}

#[component]
fn Offer(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let start = move || {
        app.placements.start(app, &catalog.get_value());
        page::begin();
    };
    view! {
        <h1 tabindex="-1">"Find your level"</h1>
        <p class="lede">
            {format!("You get {QUESTIONS} questions from many topics, which take about {MINUTES} minutes in all. Your answers decide which question comes next. You can stop at any time.")}
        </p>
        <div class="actions">
            <Button class="go" test_id="start-placement" label="Start" on_press=start />
            <a class="quiet" data-testid="skip-placement" href=routes::TODAY>"Skip this"</a>
        </div>
    }
}

#[component]
fn Current(app: AppState, catalog: StoredValue<Arc<Catalog>>, slug: Slug, number: usize) -> impl IntoView {
    let place = format!("{number} of {QUESTIONS}");
    let toolchain = Toolchain::of(&catalog.get_value());
    let advance = move |attempt| {
        app.placements.advance(app, &catalog.get_value(), attempt);
        page::begin();
    };
    let current = StoredValue::new(None::<Sitting>);
    let end = move || {
        if current.get_value().is_some_and(Sitting::is_storing) {
            return;
        }
        let attempt = current.get_value().filter(|sitting| untrack(|| sitting.is_answered()));
        let attempt = attempt.and_then(|sitting| untrack(|| sitting.attempt()));
        app.placements.end(app, &catalog.get_value(), attempt.map(|attempt| attempt.id));
        page::begin();
    };
    view! {
        <progress class="hair" aria-label="Questions done" value=number - 1 max=QUESTIONS></progress>
        {with_problem(
            slug,
            move |problem| {
                let sitting = Sitting::start(problem, app, Mode::Practice);
                current.set_value(Some(sitting));
                sitting.begin();
                let next = Callback::new(move |()| advance(untrack(|| sitting.attempt()).map(|attempt| attempt.id)));
                view! { <QuestionView sitting place=place.clone() toolchain=toolchain.clone() next=(if number < QUESTIONS { "Next" } else { "See the result" }, next) /> }.into_any()
            },
            move || gone("See the result", Callback::new(move |()| advance(None))),
        )}
        // The last one leads there anyway.
        {(number < QUESTIONS).then(|| view! {
            <p class="note leave">
                <Button class="quiet" test_id="end-placement" label="Stop here and see the result" on_press=end />
            </p>
        })}
    }
}

/// The level that was found, what to begin with, and the way there.
#[component]
fn Ended(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let log = app.progress.log();
    let Some(placement) = app.placements.current().get_untracked() else { return ().into_any() };
    // Answers that a browser lost come back after the page has begun.
    let placed =
        Memo::new(move |_| app.learner(&catalog.get_value(), |learner| placement.result(learner, &log.read())));
    let starter = Starter::here(app, catalog);
    let start = move || {
        let missed = placed.read_untracked().missed.clone();
        let queue = untrack(|| app.learner(&catalog.get_value(), |learner| placement::first_queue(learner, &missed)));
        starter.begin(Filter::default(), queue);
    };
    let again = move || {
        app.placements.leave();
        page::begin();
    };
    view! {
        <div data-testid="placement-result">
            <h1 class="big" tabindex="-1">{move || headline(&placed.read())}</h1>
            <p class="lede">{move || in_words(&placed.read(), app.settings.chosen().read().level)}</p>
            <LevelChoice app />
            <div class="actions">
                <Button class="go" test_id="start" label="Start the first session" on_press=start />
                <a class="quiet" href=routes::TODAY>"Today"</a>
                <Button class="quiet" test_id="again" label="Find my level again" on_press=again />
            </div>
            {move || begin_with(&placed.read())}
            {move || all_asked(&catalog.get_value(), &placed.read())}
        </div>
    }
    .into_any()
}

fn headline(placed: &Placed) -> String {
    match placed.level {
        Some(level) => format!("Your level: {}", level.label()),
        None => "Too early to say".to_owned(),
    }
}

/// What the result rests on. `own` is the level at which the learner practises.
fn in_words(placed: &Placed, own: Option<Level>) -> String {
    let Placed { answered, right, .. } = placed;
    match (answered, placed.level) {
        (0, _) => "You have not answered any question. Choose a level yourself, or come back later.".to_owned(),
        (_, None) => format!(
            "{right} of {answered} right. At least three answers are needed. Choose a level yourself, or find your level again."
        ),
        (_, Some(found)) if own.is_some_and(|own| own != found) => format!(
            "{right} of {answered} right; a guess counts half. You practise at another level, and that stays as it is. Change it here or in the settings."
        ),
        (_, Some(_)) => format!(
            "{right} of {answered} right; a guess counts half. New questions will be near this level. If it feels wrong, change it here or in the settings."
        ),
    }
}

/// Every question with its level and what came of it: the grounds of the judgement.
fn all_asked(catalog: &Catalog, placed: &Placed) -> Option<AnyView> {
    let row = |answer: &MarkedAnswer| {
        let MarkedAnswer { slug, level, attempt, mark } = answer;
        let entry = catalog.entry(slug)?;
        let (class, sign, label) = marked(*mark);
        let title = entry.title.clone();
        let address = routes::answer(slug, *attempt);
        Some(
            view! { <li><a href=address>{title}</a> " · " {level.label()} " · " <span class=class><span aria-hidden="true">{sign}</span> " " {label}</span></li> }
                .into_any(),
        )
    };
    let rows: Vec<AnyView> = placed.marks.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        view! { <section data-testid="placement-asked"><h2>"What you were asked"</h2><ol class="links">{rows}</ol></section> }
            .into_any()
    })
}

/// The topics of what was missed.
fn begin_with(placed: &Placed) -> Option<AnyView> {
    if placed.missed.is_empty() {
        return None;
    }
    let link = |topic: &quiz::problem::Topic| {
        let filter = Filter { topic: Some(topic.clone()), ..Filter::default() };
        let address = format!("{}{}", routes::PRACTICE, routes::query(&filter, &[]));
        view! { <li><a href=address>{topic.label()}</a></li> }.into_any()
    };
    let links = placed.missed.iter().map(link).collect_view();
    Some(
        view! { <section data-testid="begin-with"><h2>"Start with what you missed"</h2><ul class="links">{links}</ul></section> }
            .into_any(),
    )
}

/// The level at which the learner practises, to be changed.
#[component]
pub fn LevelChoice(app: AppState) -> impl IntoView {
    let level = Memo::new(move |_| app.settings.chosen().read().level);
    let buttons = Level::ALL.map(|own| {
        view! {
            <button
                type="button"
                role="radio"
                data-testid=format!("level-{}", own.name())
                aria-checked=move || (level.get() == Some(own)).to_string()
                tabindex=move || tab_stop(level.get() == Some(own), level.get().is_none() && own == Level::ALL[0])
                on:click=move |_| app.settings.change(|chosen| chosen.level = Some(own))
            >
                {own.label()}
            </button>
        }
        .into_any()
    });
    view! { <div class="segments" role="radiogroup" aria-label=OWN_LEVEL>{buttons}</div> }
}
