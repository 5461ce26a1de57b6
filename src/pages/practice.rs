//! Practice: a queue by topic, kind and level, one question a screen.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use quiz::attempt::Mode;
use quiz::catalog::{Catalog, Entry};
use quiz::grading::Mark;
use quiz::listing::Conditions;
use quiz::log::ProblemStatus;
use quiz::practice::{self, Filter};
use quiz::problem::Slug;
use quiz::session::{SESSION_LENGTH, Session};

use crate::browser::{page, random};
use crate::pages::conditions;
use crate::pages::gate::{with_catalog, with_problem};
use crate::routes;
use crate::state::sitting::Sitting;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::chips::{self, Chips};
use crate::ui::empty::Empty;
use crate::ui::question::QuestionView;
use crate::ui::receipt::Toolchain;
use crate::ui::row::ProblemRow;

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
        let fits = |entry: &&Entry| filter.accepts(entry) && !remarks.is_suspended(&entry.slug);
        catalog.get_value().problems.iter().filter(fits).count()
    });
    let start = move |_| start(app, &catalog.get_value(), filter.get_untracked());
    let summary = move || match count.get() {
        0 => "No problem fits. Choose fewer conditions.".to_owned(),
        1 => "One problem fits.".to_owned(),
        many if many <= SESSION_LENGTH => format!("{many} problems fit."),
        many => format!("{many} problems fit; {SESSION_LENGTH} make a session."),
    };
    view! {
        <h1 tabindex="-1">"Practice"</h1>
        <p class="lede">"What is due and what is new, mixed; no two in a row on the same concept while there are others."</p>
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
            <button type="button" class="go" data-testid="start" disabled=move || count.get() == 0 on:click=start>"Start"</button>
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
    let body = move || match current.get() {
        None => ().into_any(),
        Some((_, _, None)) => view! { <Finished app catalog /> }.into_any(),
        Some((place, count, Some(slug))) => {
            view! { <Current app slug place=format!("{} of {count}", place + 1) toolchain=toolchain.clone() /> }
                .into_any()
        }
    };
    let filter = filter_of_query();
    let other = move || {
        let wanted = filter.read().concept.clone();
        let asks_other =
            session.read().as_ref().is_some_and(|session| !session.is_finished() && session.filter.concept != wanted);
        wanted.filter(|_| asks_other).map(|concept| {
            let label = format!("End it and practise “{}”", concept.replace('-', " "));
            view! {
                <div class="notice update" role="status" data-testid="other-session">
                    <p>"Another session is under way."</p>
                    <div class="actions"><Button class="plain" test_id="end-for-other" label on_press=move || app.sessions.end() /></div>
                </div>
            }
            .into_any()
        })
    };
    let leave = move || {
        (!session.read().as_ref().is_none_or(Session::is_finished)).then(|| {
            view! {
                <p class="note leave">
                    <Button class="quiet" test_id="end-session" label="End this session" on_press=move || app.sessions.end() />
                </p>
            }
            .into_any()
        })
    };
    view! {
        {move || other()}
        <progress class="hair" aria-label="Questions done" value=move || width().0 max=move || width().1></progress>
        {move || body()}
        {move || leave()}
    }
}

#[component]
fn Current(app: AppState, slug: Slug, place: String, toolchain: Toolchain) -> impl IntoView {
    let next = Callback::new(move |()| {
        app.sessions.advance();
        request_animation_frame(page::begin);
    });
    with_problem(
        slug,
        move |problem| {
            let sitting = Sitting::start(problem, app, Mode::Practice);
            request_animation_frame(page::begin);
            view! { <QuestionView sitting place=place.clone() toolchain=toolchain.clone() next=("Next", next) /> }
                .into_any()
        },
        move || {
            view! {
                <Empty title="This problem is gone." text="It is not in this release any more.">
                    <Button class="go" label="Go on" on_press=move || next.run(()) />
                </Empty>
            }
            .into_any()
        },
    )
}

/// Starts a session of what `filter` accepts.
fn start(app: AppState, catalog: &Catalog, filter: Filter) {
    let queue = untrack(|| app.learner(catalog, |learner| practice::queue(learner, &filter, random::bits())));
    app.sessions.start(filter, queue);
}

/// What came of a session.
#[component]
fn Finished(app: AppState, catalog: StoredValue<Arc<Catalog>>) -> impl IntoView {
    let Some(session) = app.sessions.current().get_untracked() else { return ().into_any() };
    let marks = session.marks(&app.progress.log().read_untracked());
    let right = marks.iter().filter(|(_, mark)| *mark == Mark::Right).count();
    let missed = marks.iter().filter(|(_, mark)| *mark != Mark::Right);
    let missed: Vec<_> = missed.filter_map(|(slug, _)| catalog.get_value().entry(slug).cloned()).collect();
    let worth_another_look = (!missed.is_empty()).then(|| {
        let rows = missed
            .into_iter()
            .map(|entry| view! { <ProblemRow entry state=ProblemStatus::NotYet /> }.into_any())
            .collect_view();
        view! { <section><h2>"Missed"</h2>{rows}</section> }
    });
    let again = move || start(app, &catalog.get_value(), session.filter.clone());
    view! {
        <div data-testid="session-finished">
            <h1 class="big" tabindex="-1">{format!("{right} of {} right", marks.len())}</h1>
            <p class="lede">"What was not right comes again from tomorrow on."</p>
            <div class="actions">
                <Button class="go" test_id="again" label="Another session" on_press=again />
                <a class="quiet" href=routes::TODAY on:click=move |_| app.sessions.end()>"Back to today"</a>
            </div>
            {worth_another_look}
        </div>
    }
    .into_any()
}
