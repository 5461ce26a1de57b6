//! One problem at its own address.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};
use quiz::attempt::Mode;
use quiz::catalog::Catalog;
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
    let next_address = next_after(&catalog, &slug);
    let on_next = Callback::new(move |()| {
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
            let sitting = Sitting::start(problem, app, Mode::Single);
            on_cleanup(move || {
                // Coming back later means answering anew; a reload does not come through here.
                draft::forget_if_answered(&slug);
            });
            view! { <QuestionView sitting toolchain=toolchain.clone() next=("Next problem", on_next) /> }.into_any()
        },
        move || view! { <NoSuchProblem is_retired /> }.into_any(),
    )
}

/// The page of the problem that follows in the catalog, or the list after the last one.
fn next_after(catalog: &Catalog, slug: &Slug) -> String {
    let place = catalog.problems.iter().position(|entry| entry.slug == *slug);
    let next = place.and_then(|place| catalog.problems.get(place + 1));
    next.map_or_else(|| routes::PROBLEMS.to_owned(), |entry| routes::problem(&entry.slug))
}

#[component]
fn NoSuchProblem(is_retired: bool) -> impl IntoView {
    page::set_title("No such problem");
    let (title, text) = match is_retired {
        true => ("This problem was retired.", "It is not asked any more. Your answers to it are kept in your log."),
        false => (
            "There is no such problem.",
            "The link may be mistyped, or for another release. Your answers are not touched.",
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
