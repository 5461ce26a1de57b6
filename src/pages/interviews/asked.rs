//! A round that runs: its questions, in whatever order the learner takes them, their own questions, and notes.

use leptos::prelude::*;
use quiz::attempt::Mode;
use quiz::interview::Event;
use quiz::interview::machine::{AskedQuestion, MOST_OWN_QUESTIONS, NOTES_LIMIT, OWN_QUESTION_LIMIT, Round, View};
use quiz::problem::Slug;

use super::material::Material;
use crate::browser::page;
use crate::pages::gate::{gone, with_problem};
use crate::routes;
use crate::state::AppState;
use crate::state::sitting::Sitting;
use crate::ui::question::QuestionView;
use crate::ui::receipt::Toolchain;
use crate::ui::recording::Recorder;
use quiz::interview::clock_face;

/// The page part.
#[component]
pub(super) fn Asked(app: AppState, material: StoredValue<Material>, round: usize) -> impl IntoView {
    let view = Memo::new(move |_| app.interviews.of_round(|_, round| round.view));
    let part = move || match view.get() {
        Some(View::Question(place)) => view! { <Question app material place /> }.into_any(),
        Some(View::OwnQuestions) => view! { <OwnQuestions app /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <Steps app view />
        {move || part()}
        <Notes app />
        <Recorder recordings=app.recordings interview=Signal::derive(move || name(app)) round=round />
    }
}

/// The name of the interview under way, which its recordings have as well.
fn name(app: AppState) -> String {
    let current = app.interviews.current().read_untracked();
    current.as_ref().map(|(name, _)| name.to_string()).unwrap_or_default()
}

/// Goes somewhere within the round.
fn look(app: AppState, view: View) {
    app.interviews.send(Event::Look(view));
    page::begin();
}

/// The questions of the round, each one tap away.
#[component]
fn Steps(app: AppState, view: Memo<Option<View>>) -> impl IntoView {
    let asked = Memo::new(move |_| {
        let state = |asked: &AskedQuestion| (asked.answer.is_some(), asked.is_flagged);
        app.interviews.of_round(|_, round| round.questions.iter().map(state).collect::<Vec<_>>()).unwrap_or_default()
    });
    let step = move |(place, (is_done, is_flagged)): (usize, (bool, bool))| {
        let own = View::Question(place);
        let flagged = if is_flagged { ", flagged" } else { "" };
        let done = if is_done { ", handed in" } else { "" };
        view! {
            <button
                type="button"
                data-testid="step"
                class:done=is_done
                class:flagged=is_flagged
                aria-label=format!("Question {}{done}{flagged}", place + 1)
                aria-current=move || (view.get() == Some(own)).then_some("step")
                on:click=move |_| look(app, own)
            >
                {place + 1}
            </button>
        }
        .into_any()
    };
    let steps = move || asked.get().into_iter().enumerate().map(step).collect_view();
    view! {
        <nav class="round-steps" aria-label="Questions of this round">
            {move || steps()}
            <button
                type="button"
                data-testid="step-own"
                aria-label="Yours: what you ask them"
                aria-current=move || (view.get() == Some(View::OwnQuestions)).then_some("step")
                on:click=move |_| look(app, View::OwnQuestions)
            >
                "Yours"
            </button>
        </nav>
    }
}

#[component]
fn Question(app: AppState, material: StoredValue<Material>, place: usize) -> impl IntoView {
    let slug: Option<Slug> =
        untrack(|| app.interviews.of_round(|_, round| Some(round.questions.get(place)?.slug.clone()))).flatten();
    let next = Callback::new(move |()| {
        let of_round = |_, round: &Round| {
            material.with_value(|material| round.next_view(place, |asked| material.is_spoken(asked)))
        };
        let next = untrack(|| app.interviews.of_round(of_round));
        next.into_iter().for_each(|view| look(app, view));
    });
    let toolchain = material.with_value(|material| Toolchain::of(&material.catalog));
    let shown = slug.map(|slug| {
        with_problem(
            slug,
            move |problem| {
                let sitting = Sitting::start(problem, app, Mode::Interview);
                on_cleanup(move || {
                    // What another tab goes on with, or what was erased, is not this one's to write.
                    if app.interviews.is_run_here() {
                        sitting.remember();
                    }
                });
                sitting.begin();
                view! { <QuestionView sitting toolchain=toolchain.clone() next=("Next question", next) /> }.into_any()
            },
            move || gone("Go on", next),
        )
    });
    view! { <Budget app place /> {shown} }
}

/// How long the question may take, how long it has taken, and a flag to find it by.
#[component]
fn Budget(app: AppState, place: usize) -> impl IntoView {
    let asked = Memo::new(move |_| {
        app.interviews.of_round(|_, round| {
            let asked = round.questions.get(place)?;
            Some((asked.spent_ms / 1000 * 1000, asked.budget_ms, asked.is_flagged, round.questions.len()))
        })
    });
    let shown = move || asked.get().flatten();
    let time = move || {
        shown()
            .map(|(spent, budget, ..)| format!("{} of {}", clock_face(spent), clock_face(budget)))
            .unwrap_or_default()
    };
    let count = move || shown().map_or(0, |(.., count)| count);
    let is_flagged = Memo::new(move |_| shown().is_some_and(|(_, _, is_flagged, _)| is_flagged));
    view! {
        <p class="eyebrow budget">
            <span>{move || format!("Question {} of {}", place + 1, count())}</span>
            <span class="clock" translate="no" role="timer" aria-live="off">{move || time()}</span>
            <button type="button" class="quiet" data-testid="flag" aria-pressed=move || is_flagged.get().to_string() on:click=move |_| app.interviews.send(Event::Flag(place))>
                "Flag"
            </button>
        </p>
    }
}

/// The learner's own questions to the interviewer.
#[component]
fn OwnQuestions(app: AppState) -> impl IntoView {
    let written = RwSignal::new(String::new());
    let asked = Memo::new(move |_| app.interviews.of_round(|_, round| round.own_questions.clone()).unwrap_or_default());
    let add = move || {
        app.interviews.send(Event::OwnQuestion(written.get_untracked()));
        written.set(String::new());
        page::focus("#own-question");
    };
    // Who looks elsewhere, or whose time runs out, has asked what stands in the field.
    on_cleanup(move || {
        if let Some(written) = written.try_get_untracked() {
            app.interviews.send(Event::OwnQuestion(written));
        }
    });
    let row = move |(place, question): (usize, String)| {
        let name = format!("Remove: {question}");
        view! {
            <li>
                <span>{question}</span>
                <button type="button" class="quiet" aria-label=name on:click=move |_| app.interviews.send(Event::DropOwnQuestion(place))>"Remove"</button>
            </li>
        }
        .into_any()
    };
    let rows = move || asked.get().into_iter().enumerate().map(row).collect_view();
    let is_full = move || asked.read().len() >= MOST_OWN_QUESTIONS;
    view! {
        <section data-testid="own-questions">
            <h1 tabindex="-1">"Your questions"</h1>
            <p class="lede">"What do you want to know of them? Two or three good questions say more about you than an answer does. Ask them aloud, and write them down."</p>
            <ol class="own-list">{move || rows()}</ol>
            <form class="own-form" on:submit=move |event| { event.prevent_default(); add(); }>
                <label for="own-question">"A question"</label>
                <input id="own-question" data-testid="own-question" maxlength=OWN_QUESTION_LIMIT prop:disabled=is_full prop:value=move || written.get() on:input=move |event| written.set(event_target_value(&event)) />
                <button type="submit" class="plain" data-testid="add-own">"Add"</button>
            </form>
            <p class="note"><a href=routes::GUIDE>"The guide"</a> " has questions worth asking, and so does the report. In the room you will have neither."</p>
        </section>
    }
}

#[component]
fn Notes(app: AppState) -> impl IntoView {
    let notes = untrack(|| app.interviews.of_round(|_, round| round.notes.clone())).unwrap_or_default();
    let is_open = !notes.is_empty();
    view! {
        <details class="turn round-notes" data-testid="round-notes" open=is_open>
            <summary>"Notes about the round"</summary>
            <div class="note-field">
                <label for="round-notes">"For yourself, whatever the question is: what to come back to, what to ask them. No part of any answer."</label>
                <textarea
                    id="round-notes"
                    data-testid="round-notes-text"
                    rows="4"
                    maxlength=NOTES_LIMIT
                    prop:value=notes
                    on:input=move |event| app.interviews.send(Event::Note(event_target_value(&event)))
                ></textarea>
            </div>
        </details>
    }
}
