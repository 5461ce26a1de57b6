//! What begins today's practice.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use quiz::catalog::Catalog;
use quiz::practice::{self, Filter};
use quiz::problem::Slug;
use quiz::session::{Progress, SESSION_LENGTH};

use super::plan::Ahead;
use super::tasks::NEXT_TASK;
use crate::browser::{keyboard, page};
use crate::routes;
use crate::state::AppState;
use crate::ui::button::Button;
use crate::ui::row::State;

/// How many minutes a short session takes.
const SHORT: u32 = 10;

/// What begins a session of today's queue, or goes on with the one that is under way.
#[component]
pub fn Begin(
    app: AppState,
    catalog: StoredValue<Arc<Catalog>>,
    /// Today's queue, or the rest of the session under way, and what is said of each problem in it.
    upcoming: Memo<Vec<(Slug, State)>>,
    ahead: Memo<Ahead>,
    /// Whether nothing is due or new any more.
    is_done: Memo<bool>,
    /// Whether a plan has a task that is next.
    has_task: Memo<bool>,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = move || navigate(&routes::to_navigate(routes::PRACTICE), Default::default());
    let short_go = go.clone();
    let key_go = go.clone();
    let queue = move || upcoming.read_untracked().iter().map(|(slug, _)| slug.clone()).collect::<Vec<_>>();
    let short_queue =
        move || untrack(|| app.learner(&catalog.get_value(), |learner| practice::fitting(learner, &queue(), SHORT)));
    let start_short = move || app.sessions.start(Filter::default(), short_queue());
    let is_under_way = move || app.sessions.is_under_way();
    // A short session is offered where it is shorter, where no plan says how long today is, and where it throws none away.
    let is_long = Memo::new(move |_| {
        let is_free = !ahead.get().has_plan() && !is_under_way();
        is_free && upcoming.read().len().min(SESSION_LENGTH) > short_queue().len()
    });
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
    let begin = move || match is_under_way() {
        true => {
            app.sessions.go_on();
            true
        }
        false => app.sessions.start(Filter::default(), queue()),
    };
    keyboard::listen(move |press| {
        if press.key != "Enter" || press.focus != keyboard::Focus::Page {
            return false;
        }
        // A plan says what comes first.
        if has_task.get_untracked() && page::press(&format!("#{NEXT_TASK}")) {
            return true;
        }
        let starts = untrack(begin);
        if starts {
            key_go();
        }
        starts
    });
    let (class, label) = (
        move || if (ahead.get().has_plan() || is_done.get()) && !is_under_way() { "quiet" } else { "go" },
        move || match app.sessions.progress() {
            Some(Progress::At { place, count }) => format!("Go on: {} of {count}", place + 1),
            Some(Progress::Answered) => "See the result".to_owned(),
            Some(Progress::Finished) | None if is_done.get() => "Practise more".to_owned(),
            Some(Progress::Finished) | None if ahead.get().has_plan() => "Practise what is due and new".to_owned(),
            Some(Progress::Finished) | None => "Start".to_owned(),
        },
    );
    view! {
        <div class="actions">
            <button type="button" class=class data-testid="start" on:click=move |_| if untrack(begin) { go() }>{move || label()}</button>
            {move || short()}
            {move || (!has_task.get()).then(|| view! { <kbd>"Enter"</kbd> })}
        </div>
    }
}
