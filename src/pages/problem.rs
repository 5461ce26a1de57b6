//! One problem at its own address.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use quiz::attempt::Mode;
use quiz::catalog::Catalog;
use quiz::practice;
use quiz::problem::{Problem, Slug};

use crate::browser::page;
use crate::pages::gate::{with_catalog, with_problem};
use crate::routes;
use crate::state::sitting::Sitting;
use crate::state::{AppState, draft, use_app};
use crate::ui::empty::Empty;
use crate::ui::question::QuestionView;
use crate::ui::receipt::Toolchain;

/// The page.
#[component]
pub fn ProblemPage() -> impl IntoView {
    let app = use_app();
    let params = use_params_map();
    let slug = Memo::new(move |_| Slug(params.read().get("slug").unwrap_or_default().into()));
    view! {
        <main id="main" data-testid="page-problem">
            {with_catalog(move |catalog| {
                let catalog = StoredValue::new(catalog);
                view! { {move || view! { <One app catalog slug=slug.get() /> }.into_any()} }.into_any()
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
            // Coming by a link means answering anew; by the browser's Back, or a reload, looking at the answer again.
            if !page::is_at_mark(&slug.0) {
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
        move || view! { <NoSuchProblem is_retired /> }.into_any(),
    )
}

/// The page of the problem to go on with, or the list behind the last one.
fn next_after(app: AppState, catalog: &Catalog, slug: &Slug) -> String {
    let next = app.learner(catalog, |learner| practice::next_by_itself(learner, slug));
    let entry = next.and_then(|place| catalog.problems.get(place));
    entry.map_or_else(|| routes::PROBLEMS.to_owned(), |entry| routes::problem(&entry.slug))
}

#[component]
fn NoSuchProblem(is_retired: bool) -> impl IntoView {
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
}
