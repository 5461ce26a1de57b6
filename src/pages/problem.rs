//! One problem at its own address.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};
use quiz::attempt::{AttemptId, Mode};
use quiz::catalog::Catalog;
use quiz::practice;
use quiz::problem::{Problem, Slug};

use crate::browser::{clock, language, page};
use crate::pages::gate::{no_answer, with_catalog, with_problem};
use crate::routes;
use crate::state::sitting::Sitting;
use crate::state::{AppState, draft, use_app};
use crate::ui::empty::Empty;
use crate::ui::question::QuestionView;
use crate::ui::receipt::Toolchain;

/// Leads from an answer that was given to the question.
const ANSWER_ANEW: &str = "Answer it again";

/// The page.
#[component]
pub fn ProblemPage() -> impl IntoView {
    let app = use_app();
    // Of a page that goes on, the router changes the parameters only: the query is read from where the browser is. That changes first.
    let (params, location) = (use_params_map(), use_location());
    let asked = Memo::new(move |before: Option<&(Slug, Option<String>)>| {
        let slug = Slug(params.read().get("slug").unwrap_or_default().into());
        let is_here = location.pathname.read().trim_end_matches('/').ends_with(&format!("/{slug}"));
        match before.filter(|_| !is_here) {
            Some(before) => before.clone(),
            None => (slug, location.query.read().get("answer")),
        }
    });
    view! {
        <main id="main" data-testid="page-problem">
            {with_catalog(move |catalog| {
                let catalog = StoredValue::new(catalog);
                let shown = move || match asked.get() {
                    (slug, None) => view! { <One app catalog slug /> }.into_any(),
                    (slug, Some(answer)) => view! { <Again app catalog slug answer /> }.into_any(),
                };
                view! { {move || shown()} }.into_any()
            })}
        </main>
    }
}

#[component]
fn One(app: AppState, catalog: StoredValue<Arc<Catalog>>, slug: Slug) -> impl IntoView {
    let navigate = use_navigate();
    let catalog = catalog.get_value();
    let here = (catalog.clone(), slug.clone());
    let on_next = Callback::new(move |()| {
        let next_address = untrack(|| next_after(app, &here.0, &here.1));
        navigate(&routes::to_navigate(&next_address), Default::default());
        request_animation_frame(|| page::focus("main h1"));
    });
    let toolchain = Toolchain::of(&catalog);
    let is_retired = catalog.retired.contains(&slug);
    with_problem(
        slug,
        move |problem: Arc<Problem>| {
            page::set_title(&problem.title);
            let slug = problem.slug.clone();
            // Coming by a link means answering anew; by the browser's Back, or a reload, looking at the answer again. The answer to what
            // a session asks now is the session's.
            if !page::is_at_mark(&slug.0) && !app.sessions.is_at(&slug) {
                draft::forget_if_answered(&slug);
            }
            let sitting = Sitting::start(problem, app, Mode::Single);
            Effect::new(move || {
                if sitting.is_closed() {
                    page::mark_place(&slug.0);
                }
            });
            view! { <QuestionView sitting toolchain=toolchain.clone() next=("Next problem", on_next) /> }.into_any()
        },
        move || no_such_problem(is_retired),
    )
}

/// An answer that was given, as it was.
#[component]
fn Again(app: AppState, catalog: StoredValue<Arc<Catalog>>, slug: Slug, answer: String) -> impl IntoView {
    let navigate = use_navigate();
    let address = routes::to_navigate(&routes::problem(&slug));
    let ask = Callback::new(move |()| navigate(&address, Default::default()));
    let (toolchain, is_retired) =
        catalog.with_value(|catalog| (Toolchain::of(catalog), catalog.retired.contains(&slug)));
    let log = app.progress.log();
    let first = AttemptId::parse(&answer);
    // What a browser lost comes back after the page has begun.
    let given_at_ms = Memo::new(move |_| log.read().attempt(first?).map(|first| first.answered_at_ms));
    with_problem(
        slug,
        move |problem: Arc<Problem>| {
            page::set_title(&problem.title);
            let sitting = given_at_ms.get().and(first).and_then(|first| Sitting::look_again(problem, app, first));
            let (Some(sitting), Some(given_at_ms)) = (sitting, given_at_ms.get()) else {
                return no_answer(ANSWER_ANEW, ask);
            };
            sitting.begin();
            let place = format!("Your answer of {}", language::day(clock::calendar().day(given_at_ms), clock::today()));
            view! { <QuestionView sitting place toolchain=toolchain.clone() next=(ANSWER_ANEW, ask) /> }.into_any()
        },
        move || no_such_problem(is_retired),
    )
}

/// The page of the problem to go on with, or the list behind the last one.
fn next_after(app: AppState, catalog: &Catalog, slug: &Slug) -> String {
    let next = app.learner(catalog, |learner| practice::next_by_itself(learner, slug));
    let entry = next.and_then(|place| catalog.problems.get(place));
    entry.map_or_else(|| routes::PROBLEMS.to_owned(), |entry| routes::problem(&entry.slug))
}

fn no_such_problem(is_retired: bool) -> AnyView {
    page::set_title("No such problem");
    let (title, text) = match is_retired {
        true => ("This problem was retired.", "It is not asked any more. Your answers to it are still stored."),
        false => (
            "There is no such problem.",
            "There may be a mistake in the link, or it belongs to another version of the app. Your answers are safe.",
        ),
    };
    view! {
        <div data-testid="page-not-found">
            <Empty title text>
                <a class="go" href=routes::PROBLEMS>"All problems"</a>
                <a class="quiet" href=routes::TODAY>"Today"</a>
            </Empty>
        </div>
    }
    .into_any()
}
