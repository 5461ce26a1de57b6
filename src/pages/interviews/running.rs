//! The interview under way: its clock, and what there is to do now.

use leptos::prelude::*;
use quiz::interview::machine::{Phase, Round};
use quiz::interview::{Event, Warning};

use super::asked::Asked;
use super::handing_in::HandingIn;
use super::material::{Material, blueprint_name};
use super::waiting::Waiting;
use crate::state::AppState;
use crate::state::interviews::Runner;
use crate::ui::button::Button;
use quiz::interview::clock_face;

/// How far the interview is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Now {
    /// This round waits for the learner.
    Waits(usize),
    /// This round runs.
    Runs(usize),
    /// What is filled in in this round is handed in.
    HandsIn(usize),
}

/// The page part.
#[component]
pub(super) fn Running(app: AppState, material: StoredValue<Material>) -> impl IntoView {
    let now = Memo::new(move |_| app.interviews.of_round(now));
    let runner = app.interviews.runner();
    let part = move || match (runner.get(), now.get()) {
        (Runner::AnotherTab, _) => view! { <Elsewhere app material how=LOCKED /> }.into_any(),
        (Runner::AnotherTabWithoutLock, _) => view! { <Elsewhere app material how=WITHOUT_LOCK /> }.into_any(),
        (_, None) => ().into_any(),
        (_, Some(Now::Waits(place))) => view! { <Waiting app material place /> }.into_any(),
        (_, Some(Now::Runs(place))) => {
            view! { <Bar app material place /> <Asked app material round=place /> }.into_any()
        }
        (_, Some(Now::HandsIn(_))) => view! { <HandingIn app /> }.into_any(),
    };
    view! { {move || part()} }
}

fn now(place: usize, round: &Round) -> Now {
    match round.phase {
        Phase::NotBegun | Phase::OnBreak { .. } | Phase::Ended { .. } => Now::Waits(place),
        Phase::Running { .. } => Now::Runs(place),
        Phase::HandingIn { .. } => Now::HandsIn(place),
    }
}

/// Which round it is, the clock, and the way to its end.
#[component]
fn Bar(app: AppState, material: StoredValue<Material>, place: usize) -> impl IntoView {
    let title = untrack(|| material.with_value(|material| material.round_title(&blueprint_name(app), place)));
    let left =
        Memo::new(move |_| app.interviews.of_round(|_, round| round.left_ms().div_ceil(1000)).unwrap_or_default());
    let is_hidden = Memo::new(move |_| {
        app.interviews.current().read().as_ref().is_some_and(|(_, interview)| interview.stored().hides_clock)
    });
    let clock = move || match is_hidden.get() {
        true => String::new(),
        false => format!("{} left", clock_face(left.get() * 1000)),
    };
    let label = move || if is_hidden.get() { ("Show", "Show the clock") } else { ("Hide", "Hide the clock") };
    let is_time_for_own =
        Memo::new(move |_| app.interviews.of_round(|_, round| round.is_time_for_own_questions()).unwrap_or_default());
    let said = move || match (app.interviews.warning().get(), is_time_for_own.get()) {
        (Some(Warning::OneMinute), _) => "One minute is left. What is filled in will be handed in for you.",
        (_, true) => "The rest of the time is for what you ask them, under “Yours”.",
        (Some(Warning::FiveMinutes), false) => "Five minutes are left.",
        (Some(Warning::Half), false) => "Half of the time has passed.",
        (None, false) => "",
    };
    view! {
        <div class="interview-bar" data-testid="interview-bar">
            <span class="round">{title}</span>
            <span class="left" translate="no" role="timer" aria-live="off" data-testid="time-left">{move || clock()}</span>
            <button type="button" class="quiet" data-testid="hide-clock" aria-label=move || label().1.to_owned() on:click=move |_| app.interviews.send(Event::HideClock(!is_hidden.get_untracked()))>{move || label().0.to_owned()}</button>
            <EndRound app material />
            <p class="warning" role="status" data-testid="warning">{move || said().to_owned()}</p>
        </div>
    }
}

/// Ends the round, after a second tap: nothing can be changed then.
#[component]
fn EndRound(app: AppState, material: StoredValue<Material>) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let open = Memo::new(move |_| {
        app.interviews.of_round(|_, round| {
            let to_hand_in = material.with_value(|material| material.to_hand_in(round));
            to_hand_in.iter().filter(|asked| asked.answer.is_none()).count()
        })
    });
    let buttons = move || {
        match is_asked.get() {
        false => view! { <Button class="quiet" test_id="end-round" label="End the round" on_press=move || is_asked.set(true) /> }.into_any(),
        true => {
            let label = match open.get() {
                None | Some(0) => "End it now".to_owned(),
                Some(1) => "End it and hand in 1 as it is".to_owned(),
                Some(open) => format!("End it and hand in {open} as they are"),
            };
            view! {
                <Button class="plain" test_id="end-round-now" label on_press=move || app.interviews.send(Event::EndRound) />
                <Button class="quiet" label="Go on" on_press=move || is_asked.set(false) />
            }
            .into_any()
        }
    }
    };
    view! { {move || buttons()} }
}

const LOCKED: &str =
    "This interview runs in another tab. Here you can only look. Close the other tab to go on in this one.";
const WITHOUT_LOCK: &str = "This interview runs in another tab. Here you can only look. To go on in this one, close the other tab and reload this page.";

/// In a tab that does not run it.
#[component]
fn Elsewhere(app: AppState, material: StoredValue<Material>, how: &'static str) -> impl IntoView {
    let title = move || material.with_value(|material| material.title(&blueprint_name(app)));
    let state = move || {
        let of_round = |place: usize, round: &Round| {
            let to_hand_in = material.with_value(|material| material.to_hand_in(round));
            let done = to_hand_in.iter().filter(|asked| asked.answer.is_some()).count();
            let name = blueprint_name(app);
            let title = material.with_value(|material| material.round_title(&name, place));
            match to_hand_in.len() {
                // All of it is spoken.
                0 => format!("{title}."),
                count => format!("{title}: {done} of {count} handed in."),
            }
        };
        app.interviews.of_round(of_round).unwrap_or_default()
    };
    view! {
        <h1 tabindex="-1">{move || title()}</h1>
        <p class="lede" data-testid="elsewhere">{how}</p>
        <p>{move || state()}</p>
    }
}
