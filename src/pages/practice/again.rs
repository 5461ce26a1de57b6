//! Looking again at an answer of the session, at an address of its own: Back leads back to the question or the end.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use quiz::problem::Slug;

use crate::browser::page;
use crate::pages::gate::{no_answer, with_problem};
use crate::routes;
use crate::state::AppState;
use crate::state::sitting::Sitting;
use crate::ui::question::QuestionView;
use crate::ui::receipt::Toolchain;

/// The problem whose answer the address asks to look at, if it was answered in the session under way.
pub fn again_of_query(app: AppState) -> Memo<Option<Slug>> {
    let query = use_query_map();
    let session = app.sessions.current();
    let again = Memo::new(move |_| {
        let slug = Slug(query.read().get("again")?.into());
        session.read().as_ref()?.attempt_at(&slug).map(|_| slug)
    });
    Effect::new(move |before: Option<Option<Slug>>| {
        let now = again.get();
        if let (Some(Some(seen)), None) = (before, &now) {
            // At the end of a session; a question takes the focus by itself.
            page::go_back_to(format!("#{}", link_id(&seen)));
        }
        now
    });
    again
}

/// The id of the link that leads to an answer, here and in a report.
pub fn link_id(slug: &Slug) -> String {
    format!("look-again-{slug}")
}

/// The way from a question to the one that was answered before it.
#[component]
pub fn LastAnswer(app: AppState) -> impl IntoView {
    let session = app.sessions.current();
    let last = Memo::new(move |_| session.read().as_ref()?.last_answered().cloned());
    move || {
        last.get().map(|slug| {
            let address = routes::look_again(&slug);
            view! { <p class="last-answer"><a class="quiet" data-testid="last-answer" href=address>"Last answer"</a></p> }
                .into_any()
        })
    }
}

/// An answered question as it was.
#[component]
pub fn Again(app: AppState, slug: Slug, toolchain: Toolchain) -> impl IntoView {
    let navigate = use_navigate();
    let back = Callback::new(move |()| {
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&routes::to_navigate(routes::PRACTICE), options);
    });
    let shown = with_problem(
        slug,
        move |problem| {
            let session = app.sessions.current();
            let first = session.read_untracked().as_ref().and_then(|session| session.attempt_at(&problem.slug));
            let sitting = first.and_then(|first| Sitting::look_again(problem, app, first));
            let Some(sitting) = sitting else { return no_answer("Back", back) };
            sitting.begin();
            view! { <QuestionView sitting place="Your answer" toolchain=toolchain.clone() next=("Back", back) /> }
                .into_any()
        },
        move || no_answer("Back", back),
    );
    view! { <div data-testid="looked-at">{shown}</div> }
}
