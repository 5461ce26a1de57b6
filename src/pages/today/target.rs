//! What the learner prepares for: asked for, shown, and changed.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use quiz::learner::calendar::{day_of_iso, iso};
use quiz::plan::{Job, REFLECTING, Target};
use quiz::problem::Slug;

use super::plan::{Ahead, ahead, target};
use crate::browser::language::{counted, whole_day};
use crate::browser::page;
use crate::pages::placement::LevelChoice;
use crate::routes;
use crate::state::AppState;
use crate::ui::button::Button;
use crate::ui::words::OWN_LEVEL;

/// How much time a day is offered, in minutes.
const MINUTES: [u32; 8] = [10, 15, 20, 30, 45, 60, 90, 120];
/// What is chosen until the learner says otherwise.
const USUAL_MINUTES: u32 = 20;

/// Asks for the day of the interview; once there is one, shows it and lets it be changed.
#[component]
pub fn InterviewDay(app: AppState, has_interviews: bool, has_guide: bool) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let open = Callback::new(move |()| {
        is_asked.set(true);
        page::focus_soon("#interview-day");
    });
    let close = Callback::new(move |()| {
        is_asked.set(false);
        focus_button();
    });
    let ahead = Memo::new(move |_| ahead(app));
    move || match (is_asked.get(), ahead.get()) {
        (true, _) => view! { <TargetForm app on_close=close /> }.into_any(),
        (false, Ahead::Unknown) => no_day(has_interviews, open),
        (false, Ahead::Days(_)) => named_day(app, open),
        (false, Ahead::Passed) => passed_day(app, has_guide, open),
    }
}

fn no_day(has_interviews: bool, open: Callback<()>) -> AnyView {
    let rehearse = has_interviews.then(|| {
        view! { <a class="quiet" href=routes::INTERVIEWS data-testid="to-interviews">"Rehearse an interview now"</a> }
            .into_any()
    });
    view! {
        <section data-testid="no-day">
            <h2>"When is your interview?"</h2>
            <p class="note">"Name the day, and this page becomes your plan: what to practise, what to rehearse, and when."</p>
            <div class="actions">
                <Button class="plain" id="name-day" test_id="name-day" label="Name the day" on_press=move || open.run(()) />
                {rehearse}
            </div>
        </section>
    }
    .into_any()
}

/// The day, the level, the job and the time, in a line.
fn named_day(app: AppState, open: Callback<()>) -> AnyView {
    let words = move || {
        let Some(target) = target(app) else { return String::new() };
        let level = app.settings.chosen().read().level;
        let mut parts = vec![whole_day(target.day)];
        parts.extend(level.map(|level| level.label().to_owned()));
        parts.extend((target.job != Job::Any).then(|| target.job.label().to_owned()));
        parts.push(format!("{} a day", counted(target.minutes() as usize, "minute")));
        parts.join(" · ")
    };
    view! {
        <section data-testid="named-day">
            <h2>"Your interview"</h2>
            <p class="note" data-testid="target">{words}</p>
            <div class="actions">
                <Button class="quiet" id="change-day" test_id="change-day" label="Change the plan" on_press=move || open.run(()) />
            </div>
        </section>
    }
    .into_any()
}

fn passed_day(app: AppState, has_guide: bool, open: Callback<()>) -> AnyView {
    let guide = has_guide.then(|| {
        let address = routes::guide(&Slug(REFLECTING.into()));
        view! { <a class="quiet" href=address data-testid="to-reflection">"What to do after an interview"</a> }
            .into_any()
    });
    view! {
        <section data-testid="passed-day">
            <h2>"Is there another interview?"</h2>
            <div class="actions">
                <Button class="plain" id="name-day" test_id="name-day" label="Name the day" on_press=move || open.run(()) />
                <Button class="quiet" test_id="remove-day" label="No, remove the date" on_press=move || remove(app) />
                {guide}
            </div>
        </section>
    }
    .into_any()
}

fn remove(app: AppState) {
    app.settings.change(|chosen| chosen.target = None);
    focus_button();
}

/// The focus goes to the button that opens the form.
fn focus_button() {
    page::focus_soon("#name-day, #change-day");
}

/// The form: the day, the level, the kind of job, and how much time there is.
#[component]
fn TargetForm(app: AppState, on_close: Callback<()>) -> impl IntoView {
    let before = untrack(|| target(app));
    let today = app.day.get_untracked();
    // A day that has passed is not named again.
    let day = before.map(|target| target.day).filter(|day| *day >= today).map(iso).unwrap_or_default();
    let (day, job) = (RwSignal::new(day), RwSignal::new(before.map(|target| target.job).unwrap_or_default()));
    let minutes = RwSignal::new(before.map_or(USUAL_MINUTES, |target| target.minutes_a_day));
    let level = app.settings.chosen().read_untracked().level;
    let cancel = move || {
        app.settings.change(|chosen| chosen.level = level);
        on_close.run(());
    };
    let lacks_day = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(day) = day_of_iso(&day.get_untracked()) else {
            lacks_day.set(true);
            page::focus_in_sight("#interview-day");
            return;
        };
        let target = Target { day, job: job.get_untracked(), minutes_a_day: minutes.get_untracked() };
        app.settings.change(|chosen| chosen.target = Some(target));
        on_close.run(());
        // What was asked for stands at the top.
        page::begin();
    };
    let nudge = move || if lacks_day.get() { "Choose the day first." } else { "" };
    let take_off = move || {
        app.settings.change(|chosen| chosen.target = None);
        on_close.run(());
    };
    let remove = before.map(|_| {
        view! { <Button class="quiet" test_id="remove-day" label="Remove the date" on_press=take_off /> }.into_any()
    });
    view! {
        <form class="target" data-testid="target-form" on:submit=submit>
            <h2>"Your interview"</h2>
            <label class="select">
                <span>"Day"</span>
                <input type="date" id="interview-day" data-testid="interview-day" min=iso(today) prop:value=move || day.get() on:input=move |event| { day.set(event_target_value(&event)); lacks_day.set(false); } />
            </label>
            <p class="nudge" role="status" data-testid="nudge">{nudge}</p>
            <p class="ask">{OWN_LEVEL}</p>
            <LevelChoice app />
            {job_choice(job)}
            {minutes_choice(minutes)}
            <div class="actions">
                <button type="submit" class="go" data-testid="save-day">"Make the plan"</button>
                <Button class="quiet" test_id="cancel-day" label="Cancel" on_press=cancel />
                {remove}
            </div>
        </form>
    }
}

fn job_choice(job: RwSignal<Job>) -> AnyView {
    let option = |one: Job| {
        view! { <option value=one.name() selected=job.get_untracked() == one>{one.label()}</option> }.into_any()
    };
    let choose = move |event| job.set(Job::from_name(&event_target_value(&event)).unwrap_or_default());
    view! {
        <label class="select">
            <span>"Kind of job"</span>
            <select data-testid="job" on:change=choose>{Job::ALL.map(option).into_iter().collect_view()}</select>
        </label>
    }
    .into_any()
}

fn minutes_choice(minutes: RwSignal<u32>) -> AnyView {
    let own = minutes.get_untracked();
    let mut offered = MINUTES.to_vec();
    if !offered.contains(&own) {
        offered.push(own);
    }
    let option = |count: u32| {
        view! { <option value=count.to_string() selected=count == own>{counted(count as usize, "minute")}</option> }
            .into_any()
    };
    let choose = move |event| {
        if let Ok(count) = event_target_value(&event).parse() {
            minutes.set(count);
        }
    };
    view! {
        <label class="select">
            <span>"Time a day"</span>
            <select data-testid="minutes-a-day" on:change=choose>{offered.into_iter().map(option).collect_view()}</select>
        </label>
    }
    .into_any()
}
