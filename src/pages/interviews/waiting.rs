//! Before a round, and in the break before it.

use leptos::prelude::*;
use quiz::interview::Event;
use quiz::interview::machine::Phase;

use super::material::{Material, blueprint_name};
use crate::browser::language::counted;
use crate::browser::page;
use crate::routes;
use crate::state::AppState;
use crate::ui::button::Button;
use quiz::interview::clock_face;

const DURING_BREAK: &str = "Stand up, drink something. You can also go on another day: everything is kept.";
const BREAK_IS_OVER: &str = "The break is over. Begin the next round when you are ready.";

/// The page part.
#[component]
pub(super) fn Waiting(app: AppState, material: StoredValue<Material>, place: usize) -> impl IntoView {
    let name = untrack(|| blueprint_name(app));
    let (title, rounds) = material.with_value(|material| {
        let rounds = material.blueprint(&name).map_or(1, |blueprint| blueprint.rounds.len());
        (material.round_title(&name, place), rounds)
    });
    let about = untrack(|| {
        app.interviews.of_round(|_, round| {
            let [minutes, own] = [round.limit_ms, round.own_questions_ms].map(|ms| ms / 60_000);
            let questions = counted(round.questions.len(), "question");
            let own = match own {
                0 => String::new(),
                own => format!(" In the last {own} minutes you ask them, under “Yours”."),
            };
            format!("{minutes} minutes with {questions}.{own} The clock starts when you begin.")
        })
    });
    let rested = Memo::new(move |_| {
        app.interviews.of_round(|_, round| match round.phase {
            Phase::OnBreak { .. } if round.is_break_over() => Some(BREAK_IS_OVER.to_owned()),
            Phase::OnBreak { elapsed_ms } => {
                let [rested, planned] = [elapsed_ms, round.break_ms].map(clock_face);
                Some(format!("Break: {rested} of {planned}. {DURING_BREAK}"))
            }
            Phase::NotBegun | Phase::Running { .. } | Phase::HandingIn { .. } | Phase::Ended { .. } => None,
        })
    });
    let rest = move || {
        let words = rested.get().flatten();
        words.map(|words| view! { <p class="note" data-testid="break">{words}</p> }.into_any())
    };
    let begin = move || {
        app.interviews.send(Event::BeginRound);
        page::begin();
    };
    view! {
        <p class="eyebrow"><span>{material.with_value(|material| material.title(&name))}</span> <span>{format!("Round {} of {rounds}", place + 1)}</span></p>
        <h1 tabindex="-1">{title}</h1>
        <p class="lede">{about}</p>
        {move || rest()}
        <div class="actions">
            <Button class="go" test_id="begin-round" label="Begin the round" on_press=begin />
            <a class="quiet" href=routes::TODAY>"Later"</a>
            <a class="quiet" href=routes::ALL_INTERVIEWS data-testid="all-interviews">"All interviews and reports"</a>
        </div>
        <GiveUp app />
    }
}

#[component]
fn GiveUp(app: AppState) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let leave = move || {
        app.interviews.leave();
        page::begin();
    };
    let shown = move || {
        match is_asked.get() {
        false => view! { <Button class="quiet" test_id="leave-interview" label="Leave this interview" on_press=move || is_asked.set(true) /> }.into_any(),
        true => view! {
            <p>"What you handed in stays in your log. You find the interview in the list as “not finished”, and can go on there."</p>
            <Button class="plain" test_id="leave-now" label="Leave it" on_press=leave />
            <Button class="quiet" label="Stay" on_press=move || is_asked.set(false) />
        }
        .into_any(),
    }
    };
    view! { <div class="note leave">{move || shown()}</div> }
}
