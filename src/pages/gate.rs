//! Waiting for what a page needs: the catalog, a problem, or whatever else would push it about when it comes late.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::problem::{Problem, Slug};

use crate::browser::page;
use crate::state::library::Load;
use crate::state::use_app;
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::loading::{LoadFailed, Loading};

/// What is shown of something once it is here.
type Page<T> = Box<dyn Fn(Arc<T>) -> AnyView + Send>;
/// What is shown in place of something.
type Other = Box<dyn Fn() -> AnyView + Send>;

/// So long a page waits for what may come late.
const PATIENCE: Duration = Duration::from_secs(3);

/// Shows `page` once all that it depends on is known, or did not come for some seconds. What is drawn earlier would be pushed away by
/// what comes late, and whoever presses it then presses something else.
pub fn once_known(
    is_known: impl Fn() -> bool + Send + Sync + 'static,
    page: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    known_gate(Box::new(is_known), Box::new(page))
}

/// Shows `page` once the catalog is here.
pub fn with_catalog(page: impl Fn(Arc<Catalog>) -> AnyView + Send + 'static) -> AnyView {
    catalog_gate(Box::new(page))
}

/// Shows `page` once the problem's pack is here; `missing` if the release has no such problem.
pub fn with_problem(
    slug: Slug,
    page: impl Fn(Arc<Problem>) -> AnyView + Send + 'static,
    missing: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    with_problem_or(slug, page, missing, || ().into_any())
}

/// The same, with a `way_around` below the word that the pack could not be loaded.
pub fn with_problem_or(
    slug: Slug,
    page: impl Fn(Arc<Problem>) -> AnyView + Send + 'static,
    missing: impl Fn() -> AnyView + Send + 'static,
    way_around: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    problem_gate(slug, Box::new(page), Box::new(missing), Box::new(way_around))
}

// What waits is the same for all pages. Compiled anew for each of them it would weigh some kB more.

fn known_gate(is_known: Box<dyn Fn() -> bool + Send + Sync>, view: Other) -> AnyView {
    let is_late = RwSignal::new(false);
    set_timeout(move || _ = is_late.try_set(true), PATIENCE);
    let is_shown = Memo::new(move |before| before == Some(&true) || is_late.get() || is_known());
    let shown = move || match is_shown.get() {
        true => view(),
        false => view! { <div class="awaited"></div> }.into_any(),
    };
    Effect::new(move |before: Option<bool>| {
        let is_shown = is_shown.get();
        if is_shown && before == Some(false) {
            page::go_to_fragment();
        }
        is_shown
    });
    shown.into_any()
}

fn catalog_gate(page: Page<Catalog>) -> AnyView {
    let app = use_app();
    let library = app.library;
    let shown = move || match library.catalog().get() {
        Load::Loading => view! { <Loading what="Loading the problems…" /> }.into_any(),
        Load::Failed(why) => {
            let on_retry = Callback::new(move |()| library.retry());
            view! { <LoadFailed what="The list of problems could not be loaded." why saving=app.progress.saving() on_retry /> }.into_any()
        }
        Load::Ready(catalog) => page(catalog),
    };
    shown.into_any()
}

fn problem_gate(slug: Slug, page: Page<Problem>, missing: Other, way_around: Other) -> AnyView {
    let app = use_app();
    let library = app.library;
    let wanted = slug.clone();
    let loaded = Memo::new(move |_| library.problem(&slug));
    Effect::new(move || library.want(&wanted));
    let shown = move || match loaded.get() {
        Load::Loading => view! { <Loading what="Loading the problem…" /> }.into_any(),
        Load::Failed(why) => {
            let on_retry = Callback::new(move |()| library.retry());
            view! {
                <LoadFailed what="This problem could not be loaded." why saving=app.progress.saving() on_retry />
                {way_around()}
            }
            .into_any()
        }
        Load::Ready(Some(problem)) => page(problem),
        Load::Ready(None) => missing(),
    };
    shown.into_any()
}

/// In place of a question whose problem is in this release no more: the way on, and what it is called.
pub fn gone(label: &'static str, on_next: Callback<()>) -> AnyView {
    view! {
        <Empty title="This problem is gone." text="This version of the app does not have it any more. Your answers are still stored.">
            <Button class="go" label on_press=move || on_next.run(()) />
        </Empty>
    }
    .into_any()
}

/// In place of an answer that is to be looked at: the way back, and what it is called.
pub fn no_answer(label: &'static str, on_back: Callback<()>) -> AnyView {
    page::begin();
    view! {
        <Empty title="This answer cannot be shown." text="The question has changed since you answered it, or the answer is not in this browser.">
            <Button class="go" label on_press=move || on_back.run(()) />
        </Empty>
    }
    .into_any()
}
