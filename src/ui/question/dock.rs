//! The dock: what is asked now, and what can be done about it. On a phone it holds the lower edge, in reach of the thumb.

use leptos::prelude::*;
use quiz::answering::PredictedOutcome;
use quiz::attempt::{Confidence, Mode};
use quiz::interview::HINT_COSTS;
use quiz::problem::Kind;

use crate::browser::language::counted;
use crate::browser::page;
use crate::state::runner::Purpose;
use crate::state::sitting::Sitting;
use crate::ui::button::Button;
use crate::ui::discuss::Discussed;
use crate::ui::fill::SlotPicker;
use crate::ui::hints::{NEXT_HINT, next_hint};
use crate::ui::options::OptionPicker;
use crate::ui::order::{LiftedActions, LinePool};
use crate::ui::prediction::PredictionPicker;
use crate::ui::roles::RoleSteps;
use crate::ui::unknown::Unknown;
use crate::ui::write::ProgramWriter;

/// How sure those are who press Enter.
pub const USUAL: Confidence = Confidence::FairlySure;

/// What is asked, until it is answered, and the buttons below it.
#[component]
pub fn Dock(
    sitting: Sitting,
    next: (&'static str, Callback<()>),
    /// Whether the choices for a slot that has one are shown, where there is little room.
    slot_is_open: RwSignal<bool>,
) -> impl IntoView {
    // Where there is little room it is folded away to read the program.
    let is_folded = RwSignal::new(false);
    let is_complete = Memo::new(move |_| !sitting.is_closed() && sitting.can_be_handed_in());
    // The buttons that hand it in come to the window's edge then, over what was there.
    Effect::new(move || {
        if is_complete.get() {
            page::once_drawn(page::keep_control_in_sight);
        }
    });
    let asked = move || {
        (!sitting.is_closed()).then(|| {
            view! {
                {asking(sitting, slot_is_open)}
                <Tools sitting is_folded />
            }
            .into_any()
        })
    };
    view! {
        <div
            class="dock"
            data-testid="dock"
            data-folded=move || (is_folded.get() && !sitting.is_closed()).then_some("")
            data-complete=move || is_complete.get().then_some("")
        >
            {move || asked()}
            <Actions sitting next is_complete />
        </div>
    }
}

fn asking(sitting: Sitting, slot_is_open: RwSignal<bool>) -> AnyView {
    let kind = sitting.problem().question.kind();
    let parts = match kind {
        Kind::Choice => view! { <OptionPicker sitting /> }.into_any(),
        Kind::Predict => view! { <PredictionPicker sitting /> }.into_any(),
        Kind::Spot => view! { <RoleSteps sitting /> }.into_any(),
        Kind::Fill => view! { <SlotPicker sitting open=slot_is_open /> }.into_any(),
        Kind::Order => view! { <LinePool sitting /> }.into_any(),
        Kind::Write => view! { <ProgramWriter sitting /> }.into_any(),
        Kind::Discuss => view! { <Discussed sitting /> }.into_any(),
    };
    view! {
        <div id="asking" class="asking" data-kind=kind.name() role="group" aria-label="Your answer" tabindex="-1" data-keeps-focus>
            {parts}
        </div>
    }
    .into_any()
}

/// What helps to answer: the next hint, and, on a phone, room to read.
#[component]
fn Tools(sitting: Sitting, is_folded: RwSignal<bool>) -> impl IntoView {
    // Where there is a report, it counts.
    let is_of_interview = sitting.is_of_interview();
    let cost = if is_of_interview { format!(", takes {HINT_COSTS} of 100 points") } else { String::new() };
    // The same, where there is no room for words.
    let short =
        move || is_of_interview.then(|| view! { <span class="cost">{format!(" −{HINT_COSTS}")}</span> }.into_any());
    let hint = move || {
        next_hint(sitting).map(|(number, count)| {
            view! {
                <button type="button" class="quiet" id=NEXT_HINT data-testid="hint-button" on:click=move |_| sitting.open_hint()>
                    "Hint" <span class="of">{format!(" {number} of {count}{cost}")}</span> {short()}
                </button>
            }
            .into_any()
        })
    };
    let label = move || if is_folded.get() { "Show" } else { "Hide" };
    view! {
        <div class="dock-tools">
            {move || hint()}
            <button
                type="button"
                class="quiet fold"
                data-testid="fold"
                aria-controls="asking"
                aria-expanded=move || (!is_folded.get()).to_string()
                on:click=move |_| is_folded.update(|is_folded| *is_folded = !*is_folded)
            >
                {move || label().to_owned()}
            </button>
        </div>
    }
}

#[component]
fn Actions(sitting: Sitting, next: (&'static str, Callback<()>), is_complete: Memo<bool>) -> impl IntoView {
    let (label, on_next) = next;
    let give_up = move || {
        sitting.tried().map(|_| {
            view! { <Button class="quiet" test_id="give-up" label="Show the answer" on_press=move || sitting.give_up() /> }.into_any()
        })
    };
    // Only an answer that is there can be sure or not.
    let is_sure_asked = Memo::new(move |_| sitting.asks_confidence() && is_complete.get());
    let buttons = move || {
        match sitting.is_closed() {
        true => view! {
            {sitting.is_held().then(|| view! { <p class="note held" role="status" data-testid="held">"Handed in. You see what became of it when the interview is over."</p> })}
            <Button class="go" test_id="next" label on_press=move || on_next.run(()) />
            {(sitting.mode() == Mode::Single && sitting.may_be_begun_anew()).then(|| view! { <TryAgain sitting /> })}
            <kbd>"Enter"</kbd>
        }
        .into_any(),
        false => view! {
            {move || match (is_sure_asked.get(), sitting.is_scored_later()) {
                (_, true) => view! { <Button class="go" test_id="next" label on_press=move || on_next.run(()) /> }.into_any(),
                (true, false) => how_sure(sitting),
                (false, false) => just_submit(sitting),
            }}
            <Unknown sitting />
            {move || give_up()}
            {move || submit_key(sitting).map(|key| view! { <kbd>{key}</kbd> })}
        }
        .into_any(),
    }
    };
    view! {
        <div class="actions">
            <LiftedActions sitting />
            <p class="nudge" role="alert">{move || sitting.nudge().unwrap_or_default().to_owned()}</p>
            {move || buttons()}
        </div>
    }
}

fn just_submit(sitting: Sitting) -> AnyView {
    if sitting.problem().question.kind() == Kind::Write {
        return view! { <HandIn sitting /> }.into_any();
    }
    if sitting.problem().question.kind() == Kind::Discuss && !sitting.is_said() {
        return view! { <Button class="go" test_id="finish" label="I have said it: show the rubric" on_press=move || sitting.finish_saying() /> }
            .into_any();
    }
    let label = if sitting.is_of_interview() { "Hand in" } else { "Submit" };
    view! { <Button class="go" test_id="submit" label on_press=move || sitting.submit(USUAL) /> }.into_any()
}

/// Hands a program in. Its tests take seconds, so they are said to run.
#[component]
fn HandIn(sitting: Sitting) -> impl IntoView {
    let runner = sitting.runner();
    let is_busy = Memo::new(move |_| runner.doing().get().is_some());
    let state = move || is_busy.get().then_some("true");
    // Said once; how far it is can be seen.
    let said = move || match (runner.doing().get(), runner.progress()) {
        (Some(Purpose::HandIn), (_, of)) => format!("Running {}…", counted(of, "test run")),
        _ => String::new(),
    };
    let seen = move || match (runner.doing().get(), runner.progress()) {
        (Some(Purpose::HandIn), (done @ 1.., _)) => format!(" {done} done."),
        _ => String::new(),
    };
    view! {
        // Not disabled: it would lose the focus.
        <button type="button" class="go" data-testid="submit" aria-disabled=state on:click=move |_| sitting.hand_in()>"Hand in"</button>
        <p class="note running" data-testid="handing-in"><span role="status">{move || said()}</span><span aria-hidden="true">{move || seen()}</span></p>
    }
}

/// Submits in one tap, which says how sure the learner is.
fn how_sure(sitting: Sitting) -> AnyView {
    let buttons = Confidence::ALL.map(|sure| {
        let test_id = match sure {
            Confidence::Guess => "submit-guess",
            USUAL => "submit",
            Confidence::Certain => "submit-certain",
        };
        let on_press = move || sitting.submit(sure);
        view! { <Button class="sure" test_id label=sure.label() on_press /> }
    });
    view! {
        <div class="how-sure" role="group" aria-label="Submit. How sure are you?">
            <span class="ask" aria-hidden="true">"Submit. How sure are you?"</span>
            {buttons}
        </div>
    }
    .into_any()
}

/// The key that submits.
fn submit_key(sitting: Sitting) -> Option<&'static str> {
    let is_typed = sitting.outcome() == Some(PredictedOutcome::Prints);
    match sitting.problem().question.kind() {
        // The key runs the tests.
        Kind::Write => (!sitting.has_compiler()).then_some("Ctrl Enter"),
        // In the notes, Enter begins a line.
        Kind::Discuss => Some("Ctrl Enter"),
        Kind::Choice | Kind::Predict | Kind::Spot | Kind::Fill | Kind::Order => {
            Some(if is_typed { "Ctrl Enter" } else { "Enter" })
        }
    }
}

#[component]
fn TryAgain(sitting: Sitting) -> impl IntoView {
    view! { <Button class="quiet" test_id="try-again" label="Try again" on_press=move || sitting.ask_anew() /> }
}
