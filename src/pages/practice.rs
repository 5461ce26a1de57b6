//! Practice: a queue by topic, kind and level, one question a screen.

mod again;
mod finished;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use quiz::attempt::Mode;
use quiz::catalog::{Catalog, Entry};
use quiz::listing::Conditions;
use quiz::practice::{self, Filter};
use quiz::problem::Slug;
use quiz::session::SESSION_LENGTH;

use crate::browser::page;
use crate::pages::conditions;
use crate::pages::gate::{gone, with_catalog, with_problem};
use crate::pages::start::{length_in_words, start};
use crate::routes;
use crate::state::sitting::Sitting;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::chips::{self, Chips};
use crate::ui::question::QuestionView;
use crate::ui::receipt::Toolchain;
use crate::ui::words::that_fit;
pub use again::link_id;
use again::{Again, LastAnswer, again_of_query};
use finished::Finished;

/// The page.
#[component]
pub fn PracticePage() -> impl IntoView {
    page::set_title("Practice");
    let app = use_app();
    view! {
        <main id="main" data-testid="page-practice">
            {with_catalog(move |catalog| {
                app.sessions.keep_known(&catalog);
                on_cleanup(move || app.sessions.leave());
                let catalog = StoredValue::new(catalog);
                let has_session = Memo::new(move |_| app.sessions.current().read().is_some());
                view! {
                    <Show when=move || has_session.get() fallback=move || view! { <Chooser app catalog /> }>
                        <Running app catalog />
                    </Show>
                }
                .into_any()
            })}
        </main>
    }
}

/// The filter that an address asks for.
pub fn filter_of_query() -> Memo<Filter> {
    let conditions = conditions::of_query();
    Memo::new(move |_| conditions.read().filter.clone())
}

#[component]
fn Chooser(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let filter = filter_of_query();
    let navigate = use_navigate();
    let change = Callback::new(move |conditions: Conditions| {
        let query = routes::query(&conditions.filter, &[]);
        let address = format!("{}{query}", routes::to_navigate(routes::PRACTICE));
        navigate(&address, leptos_router::NavigateOptions { replace: true, scroll: false, ..Default::default() });
    });
    let count = Memo::new(move |_| {
        let (filter, remarks) = (filter.read(), app.progress.remarks().read());
        let is_asked = |entry: &&Entry| !remarks.is_suspended(&entry.slug);
        practice::count_asked(&filter, catalog.get_value().problems.iter().filter(is_asked))
    });
    let start = move |_| start(app, &catalog.get_value(), filter.get_untracked());
    let summary = move || {
        let (count, left_out) = count.get();
        let mut words = that_fit(count);
        if count == 0 {
            words += " Remove a filter.";
        } else if count > SESSION_LENGTH {
            words = words + " " + &length_in_words();
        }
        if left_out > 0 {
            words += " Programs to write and questions to talk about come if you choose their kind.";
        }
        words
    };
    view! {
        <h1 tabindex="-1">"Practice"</h1>
        <p class="lede">"You get problems that are due and new ones, mixed. Two in a row are about different concepts where possible."</p>
        <Chips
            menus=chips::OF_CATALOG
            catalog
            texts=app.library.texts()
            conditions=Memo::new(move |_| Conditions { filter: filter.get(), ..Conditions::default() })
            on_open=Callback::new(|()| ())
            on_change=change
        />
        <p class="note" role="status">{move || summary()}</p>
        <div class="actions">
            <button type="button" class="go" data-testid="start" disabled=move || count.get().0 == 0 on:click=start>"Start"</button>
        </div>
    }
}

#[component]
fn Running(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let session = app.sessions.current();
    let current = Memo::new(move |_| {
        session.read().as_ref().map(|session| (session.place, session.queue.len(), session.current().cloned()))
    });
    let width = move || {
        let (place, count) = current.get().map_or((0, 1), |(place, count, _)| (place, count.max(1)));
        (place, count)
    };
    let toolchain = Toolchain::of(&catalog.get_value());
    let again = again_of_query(app);
    let body = move || match (again.get(), current.get()) {
        (_, None) => ().into_any(),
        (Some(slug), Some(_)) => view! { <Again app slug toolchain=toolchain.clone() /> }.into_any(),
        (None, Some((_, _, None))) => view! { <Finished app catalog /> }.into_any(),
        (None, Some((place, count, Some(slug)))) => {
            view! { <Current app slug place count toolchain=toolchain.clone() /> }.into_any()
        }
    };
    let is_asking =
        move || again.read().is_none() && session.read().as_ref().is_some_and(|session| !session.is_finished());
    let leave = move || {
        is_asking().then(|| {
            view! {
                <p class="note leave">
                    <Button class="quiet" test_id="end-session" label="End this session" on_press=move || {
                        app.sessions.stop();
                        page::begin();
                    } />
                </p>
            }
            .into_any()
        })
    };
    view! {
        <OtherSession app catalog />
        <progress class="hair" aria-label="Questions done" value=move || width().0 max=move || width().1></progress>
        {move || is_asking().then(|| view! { <LastAnswer app /> }.into_any())}
        {move || body()}
        {move || leave()}
    }
}

/// Another session than the one under way is asked for, by a button elsewhere or by the address.
#[component]
fn OtherSession(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let session = app.sessions.current();
    let of_address = filter_of_query();
    let other = move || {
        let wanted = app.sessions.wanted().get();
        let (filter, queue) = match wanted {
            Some(wanted) => (wanted.filter, Some(wanted.queue)),
            None => (of_address.get(), None),
        };
        let is_other = |filter: &Filter| {
            let session = session.read();
            session.as_ref().is_some_and(|session| queue.is_some() || session.filter != *filter)
        };
        let is_asked =
            app.sessions.is_under_way() && is_other(&filter) && (queue.is_some() || filter != Filter::default());
        is_asked.then(|| {
            let filter = filter.clone();
            let label = match (&filter.concept, &filter.topic, &queue) {
                (Some(concept), _, _) => format!("End it and practise “{}”", concept.replace('-', " ")),
                (None, Some(topic), _) => format!("End it and practise “{}”", topic.label()),
                (None, None, Some(_)) => "End it and start the other one".to_owned(),
                (None, None, None) => "End it and choose again".to_owned(),
            };
            let begin = move || {
                app.sessions.end();
                match &queue {
                    Some(queue) => _ = app.sessions.start(filter.clone(), queue.clone()),
                    None if filter.concept.is_some() || filter.topic.is_some() => {
                        start(app, &catalog.get_value(), filter.clone());
                    }
                    None => {}
                }
                page::begin();
            };
            view! {
                <div class="notice update" role="status" data-testid="other-session">
                    <p>"You are in the middle of another session."</p>
                    <div class="actions"><Button class="plain" test_id="end-for-other" label on_press=begin /></div>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || other()} }
}

#[component]
fn Current(app: AppState, slug: Slug, place: usize, count: usize, toolchain: Toolchain) -> impl IntoView {
    let label = if place + 1 < count { "Next" } else { "See the result" };
    let place = format!("{} of {count}", place + 1);
    let next = Callback::new(move |()| {
        app.sessions.advance();
        page::begin();
    });
    with_problem(
        slug,
        move |problem| {
            let slug = problem.slug.clone();
            let sitting = Sitting::start(problem, app, Mode::Practice);
            on_cleanup(move || {
                // Who looks at an older answer comes back to this question.
                if app.sessions.is_at(&slug) {
                    sitting.remember();
                }
            });
            sitting.begin();
            view! { <QuestionView sitting place=place.clone() toolchain=toolchain.clone() next=(label, next) /> }
                .into_any()
        },
        move || gone("Go on", next),
    )
}
