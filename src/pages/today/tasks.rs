//! The tasks of a plan: today's, each one tap from its beginning, and those of the days to come.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::plan::{self, Plan, Planned, PlannedDay, Task};
use quiz::practice::Filter;

use crate::browser::language::{self, counted};
use crate::pages::start::Starter;
use crate::routes;
use crate::state::AppState;

/// The id of what begins the next task: Enter does as well.
pub const NEXT_TASK: &str = "next-task";

/// Which of today's tasks is next, if there is one; what is under way comes before it. Tracked.
pub fn next_task(app: AppState, plan: Option<&Plan>) -> Option<usize> {
    let is_open = |planned: &Planned| !planned.is_done && planned.task != Task::Rest;
    let next = plan?.days.first()?.tasks.iter().position(is_open);
    next.filter(|_| !app.sessions.is_under_way())
}

/// What is planned for today, and for the days to come.
#[component]
pub fn Tasks(app: AppState, catalog: StoredValue<Arc<Catalog>>, plan: Memo<Option<Plan>>) -> impl IntoView {
    let starter = Starter::here(app, catalog);
    let begin = Callback::new(move |planned: Planned| {
        let filter = match &planned.task {
            Task::Practise(filter) => filter.clone(),
            _ => Filter::default(),
        };
        let asked = untrack(|| app.learner(&catalog.get_value(), |learner| plan::questions(learner, &planned)));
        starter.begin(filter, asked);
    });
    move || {
        let plan = plan.read();
        let (today, coming) = plan.as_ref()?.days.split_first()?;
        let next = next_task(app, plan.as_ref());
        let rows = today.tasks.iter().enumerate();
        let rows = rows.map(|(place, planned)| row(planned, Some(place) == next, begin)).collect_view();
        let is_last = |day: &PlannedDay| plan.as_ref().and_then(|plan| plan.days_left) == Some(day.day - today.day);
        let days = coming.iter().map(|day| coming_day(day, is_last(day))).collect_view();
        let reads = |day: &PlannedDay| day.tasks.iter().any(|planned| matches!(planned.task, Task::Read { .. }));
        let how_read = (reads(today) || coming.iter().any(reads))
            .then_some(" A section of the guide counts as read when you tick something off in it.");
        let days = (!coming.is_empty()).then(|| {
            view! {
                <details class="coming" data-testid="coming-days">
                    <summary>"The days to come"</summary>
                    <ol class="coming-days">{days}</ol>
                    <p class="note">"The plan is made anew each day from what you have done." {how_read}</p>
                </details>
            }
            .into_any()
        });
        Some(view! { <ol class="plan" data-testid="plan">{rows}</ol> {days} }.into_any())
    }
}

/// A task of today.
fn row(planned: &Planned, is_next: bool, begin: Callback<Planned>) -> AnyView {
    let label = planned.task.label();
    let key = is_next.then(|| view! { <kbd>"Enter"</kbd> }.into_any());
    let takes = (planned.minutes > 0).then(|| {
        view! { <span class="about">{counted(planned.minutes as usize, "minute")} " " {key}</span> }.into_any()
    });
    let way = match planned.is_done {
        true => view! { <span class="done"><span aria-hidden="true">"✓ "</span>"done"</span> }.into_any(),
        false => way_in(planned, &label, is_next, begin),
    };
    view! {
        <li class="task" data-testid="task" data-done=planned.is_done.to_string()>
            <span class="title">{label}</span> {takes} {way}
        </li>
    }
    .into_any()
}

/// How a task begins: by a session, or on the page that it leads to.
fn way_in(planned: &Planned, label: &str, is_next: bool, begin: Callback<Planned>) -> AnyView {
    let (class, id) = if is_next { ("go", Some(NEXT_TASK)) } else { ("plain", None) };
    let (address, verb) = match &planned.task {
        Task::Review | Task::Practise(_) | Task::WarmUp => {
            let (planned, name) = (planned.clone(), format!("Start: {label}"));
            return view! {
                <button type="button" id=id class=class data-testid="begin-task" aria-label=name on:click=move |_| begin.run(planned.clone())>"Start"</button>
            }
            .into_any();
        }
        Task::Rehearse { blueprint, .. } => (routes::interview(blueprint), "Rehearse"),
        Task::Read { section, .. } => (routes::guide(section), "Read"),
        Task::ChooseQuestions(section) => (routes::guide(section), "Choose"),
        Task::WriteStory | Task::ImproveStory => (routes::STORIES.to_owned(), "Write"),
        Task::Rest => return ().into_any(),
    };
    let name = format!("{verb}: {label}");
    view! { <a id=id class=class href=address data-testid="open-task" aria-label=name>{verb}</a> }.into_any()
}

/// A day to come; the last one is that of the interview.
fn coming_day(day: &PlannedDay, is_last: bool) -> AnyView {
    let task = |planned: &Planned| {
        let label = planned.task.label();
        let takes = if planned.minutes > 0 { format!(" · {} min", planned.minutes) } else { String::new() };
        view! { <li>{label} <span class="note">{takes}</span></li> }.into_any()
    };
    let tasks = day.tasks.iter().map(task).collect_view();
    view! { <li data-testid="coming-day"><p>{language::whole_day(day.day)} {is_last.then_some(" · your interview")}</p> <ul>{tasks}</ul></li> }.into_any()
}
