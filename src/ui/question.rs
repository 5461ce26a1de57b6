//! A question on the screen: the prompt with its program, the answer's parts, then the feedback.

use leptos::prelude::*;
use quiz::answering::PredictedOutcome;
use quiz::answering::draft::{Direction, OrderEdit};
use quiz::attempt::{Confidence, Mode};
use quiz::grading::{Aspect, Graded};
use quiz::problem::{ExpectedOutcome, Kind, Question};
use quiz::verdict::Verdict;

use super::button::Button;
use super::code_block::{LineMark, MarkedLine, PickableCode};
use super::feedback::Feedback;
use super::fill::{FillProgram, SlotPicker, choose_for_slot};
use super::hints::{OpenHints, hint_label};
use super::options::OptionPicker;
use super::order::{LiftedActions, LinePool, OrderProgram, left, move_lifted, put_back};
use super::prediction::PredictionPicker;
use super::prose::ProseAround;
use super::receipt::Toolchain;
use super::roles::RoleSteps;
use super::tools::QuestionTools;
use super::trial::Trial;
use crate::browser::clock;
use crate::browser::keyboard::{self, Focus, KeyPress};
use crate::browser::page::{self, Place};
use crate::state::sitting::Sitting;
use crate::state::stopwatch::clock_face;

/// A question and all that belongs to answering it.
#[component]
pub fn QuestionView(
    sitting: Sitting,
    /// Where the learner is in a queue: `4 of 12`.
    #[prop(optional, into)]
    place: Option<String>,
    /// The compiler that judged the program.
    toolchain: Toolchain,
    /// What comes after the feedback: its label, and what to do.
    next: (&'static str, Callback<()>),
) -> impl IntoView {
    let problem = sitting.problem();
    let state = move || if sitting.is_answered() { "answered" } else { "asking" };
    let on_next = next.1;
    let answered_at = StoredValue::new(0.0);
    Effect::new(move || {
        if sitting.is_answered() {
            answered_at.set_value(clock::ticks());
        }
    });
    let go_on = Callback::new(move |()| {
        if clock::ticks() - answered_at.get_value() > LOOK_MS {
            on_next.run(());
        }
    });
    keyboard::listen(move |press| press_key(sitting, go_on, &press));
    let answering = move || match sitting.graded() {
        Some(graded) => view! { <Feedback sitting graded toolchain=toolchain.clone() /> }.into_any(),
        None => view! { <BeforeAnswer sitting toolchain=toolchain.clone() /> }.into_any(),
    };
    view! {
        <article
            class="question"
            data-testid="question"
            data-slug=problem.slug.to_string()
            data-kind=problem.question.kind().name()
            data-state=state
        >
            <div class="subject">
                <p class="eyebrow">
                    <span>{problem.topic.label()}</span>
                    <span>{problem.level.label()}</span>
                    {place.map(|place| view! { <span>{place}</span> })}
                    <Clock sitting minutes=problem.minutes />
                </p>
                <h1 tabindex="-1">{problem.title.clone()}</h1>
                <Prompt sitting />
                <QuestionTools sitting />
            </div>
            <div class="answering">
                {move || answering()}
                <div class="dock">
                    {move || (!sitting.is_answered()).then(|| asking(sitting))}
                    <Actions sitting next />
                </div>
            </div>
        </article>
    }
}

#[component]
fn Clock(sitting: Sitting, minutes: u32) -> impl IntoView {
    view! {
        <span class="clock" translate="no" role="timer" aria-live="off">
            {move || clock_face(sitting.seconds().get() * 1000)} " of " {clock_face(u64::from(minutes) * 60_000)}
        </span>
    }
}

#[component]
fn Prompt(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let text = problem.prompt.clone();
    let marks = Memo::new(move |_| marks(sitting));
    let program = move || match (sitting.problem().question.kind(), sitting.problem().main_program()) {
        (Kind::Fill, _) => view! { <FillProgram sitting marks /> }.into_any(),
        (Kind::Order, _) => view! { <OrderProgram sitting marks /> }.into_any(),
        (_, Some(program)) => view! {
            <PickableCode
                program=program.clone()
                marks
                asks=Memo::new(move |_| sitting.asks_line())
                cursor=Memo::new(move |_| sitting.cursor())
                on_pick=Callback::new(move |line| sitting.pick(line))
            />
        }
        .into_any(),
        (_, None) => ().into_any(),
    };
    view! { <ProseAround problem text program proofs=Memo::new(move |_| sitting.is_answered()) /> }
}

/// What is asked: on a phone in the dock at the lower edge, where the thumb is; options, which may be long, below the program.
fn asking(sitting: Sitting) -> AnyView {
    let kind = sitting.problem().question.kind();
    let parts = match kind {
        Kind::Choice => view! { <OptionPicker sitting /> }.into_any(),
        Kind::Predict => view! { <PredictionPicker sitting /> }.into_any(),
        Kind::Spot => view! { <RoleSteps sitting /> }.into_any(),
        Kind::Fill => view! { <SlotPicker sitting /> }.into_any(),
        Kind::Order => view! { <LinePool sitting /> }.into_any(),
    };
    view! { <div class="asking" data-kind=kind.name()>{parts}</div> }.into_any()
}

#[component]
fn BeforeAnswer(sitting: Sitting, toolchain: Toolchain) -> impl IntoView {
    view! {
        <Trial sitting toolchain />
        <OpenHints sitting />
    }
}

#[component]
fn Actions(sitting: Sitting, next: (&'static str, Callback<()>)) -> impl IntoView {
    let (label, on_next) = next;
    let hint = move || {
        hint_label(sitting).map(|label| {
            view! {
                <Button class="quiet" test_id="hint-button" label on_press=move || sitting.open_hint() />
            }
            .into_any()
        })
    };
    let give_up = move || {
        sitting.tried().map(|_| {
            view! { <Button class="quiet" test_id="give-up" label="Show the answer" on_press=move || sitting.give_up() /> }.into_any()
        })
    };
    // Only an answer that is there can be sure or not.
    let is_sure_asked = Memo::new(move |_| sitting.asks_confidence() && sitting.missing().is_none());
    let buttons = move || match sitting.is_answered() {
        true => view! {
            <Button class="go" test_id="next" label on_press=move || on_next.run(()) />
            {(sitting.mode() == Mode::Single).then(|| view! { <TryAgain sitting /> })}
            <kbd>"Enter"</kbd>
        }
        .into_any(),
        false => view! {
            {move || if is_sure_asked.get() { how_sure(sitting) } else { just_submit(sitting) }}
            {move || hint()}
            {move || give_up()}
            <kbd>{move || submit_key(sitting).to_owned()}</kbd>
        }
        .into_any(),
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
    view! { <Button class="go" test_id="submit" label="Submit" on_press=move || sitting.submit(USUAL) /> }.into_any()
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

/// How many ms feedback must have been on the screen before a key leads on: whoever presses Enter twice has not seen it.
const LOOK_MS: f64 = 700.0;

/// How sure those are who press Enter.
const USUAL: Confidence = Confidence::FairlySure;

/// The key that submits.
fn submit_key(sitting: Sitting) -> &'static str {
    if sitting.outcome() == Some(PredictedOutcome::Prints) { "Ctrl Enter" } else { "Enter" }
}

#[component]
fn TryAgain(sitting: Sitting) -> impl IntoView {
    view! { <Button class="quiet" test_id="try-again" label="Try again" on_press=move || sitting.ask_anew() /> }
}

/// How the lines of the program are marked: what is picked, and after the answer what is true.
fn marks(sitting: Sitting) -> Vec<MarkedLine> {
    match sitting.graded() {
        Some(graded) => marks_of_truth(sitting, &graded),
        None => marks_of_picks(sitting),
    }
}

fn marks_of_picks(sitting: Sitting) -> Vec<MarkedLine> {
    let roles = sitting.roles().into_iter();
    let of_roles =
        roles.filter_map(|asked| Some((sitting.line_of(asked.role)?, LineMark::Picked(asked.role.label().to_owned()))));
    let of_outcome = sitting.line().filter(|_| sitting.asks_line());
    of_roles
        .chain(of_outcome.map(|line| (line, LineMark::Picked(String::new()))))
        .chain(marks_of_try(sitting))
        .collect()
}

fn marks_of_truth(sitting: Sitting, graded: &Graded) -> Vec<MarkedLine> {
    match &sitting.problem().question {
        Question::Spot { roles } => {
            let right = roles.iter().map(|asked| (asked.line, LineMark::Right(asked.role.label().to_owned())));
            let wrong = roles.iter().filter_map(|asked| {
                let line = sitting.line_of(asked.role).filter(|line| *line != asked.line)?;
                Some((line, LineMark::Wrong(format!("you: {}", asked.role.label().to_ascii_lowercase()))))
            });
            right.chain(wrong).collect()
        }
        Question::Predict { expected, .. } => {
            let stop = match expected {
                ExpectedOutcome::Prints { .. } => None,
                ExpectedOutcome::Error { line, .. } => {
                    Some((*line, LineMark::Stop("the compiler stops here".to_owned())))
                }
                ExpectedOutcome::Panics { line } => Some((*line, LineMark::Stop("it panics here".to_owned()))),
                ExpectedOutcome::Undefined { line } => {
                    Some((*line, LineMark::Stop("undefined behaviour here".to_owned())))
                }
            };
            let missed = graded.is_right(Aspect::Line) == Some(false);
            let picked = sitting.line().filter(|_| missed).map(|line| (line, LineMark::Wrong("your line".to_owned())));
            stop.into_iter().chain(picked).collect()
        }
        Question::Choice { .. } => marks_of_verdict(sitting),
        Question::Fill { .. } | Question::Order { .. } => marks_of_try(sitting),
    }
}

/// Where the last try stops, as long as the program is the one that was tried.
fn marks_of_try(sitting: Sitting) -> Vec<MarkedLine> {
    match sitting.tried_program() {
        Some((program, false)) if sitting.is_as_tried() => marks_of(&program.verdict),
        _ => Vec::new(),
    }
}

fn marks_of_verdict(sitting: Sitting) -> Vec<MarkedLine> {
    let problem = sitting.problem();
    let Some(program) = problem.main_program().filter(|program| program.compiled.is_none()) else {
        return Vec::new();
    };
    marks_of(&program.verdict)
}

fn marks_of(verdict: &Verdict) -> Vec<MarkedLine> {
    match verdict {
        Verdict::Error { errors } => errors
            .iter()
            .filter_map(|error| Some((error.primary()?.line, LineMark::Stop("the compiler stops here".to_owned()))))
            .collect(),
        Verdict::Panics { line, .. } => vec![(*line, LineMark::Stop("it panics here".to_owned()))],
        Verdict::Undefined { line, .. } => vec![(*line, LineMark::Stop("undefined behaviour here".to_owned()))],
        Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. } => Vec::new(),
    }
}

/// Keys while a question is on the screen. Tells whether the key was used.
fn press_key(sitting: Sitting, on_next: Callback<()>, press: &KeyPress) -> bool {
    let submits = press.key == "Enter"
        && match press.focus {
            _ if press.command => true,
            Focus::Text | Focus::Control | Focus::Answer => false,
            Focus::Settled | Focus::Page => true,
        };
    if submits {
        match untrack(|| sitting.is_answered()) {
            true => on_next.run(()),
            false if untrack(|| sitting.grabbed().is_some()) => sitting.reorder(OrderEdit::PutDown),
            false => sitting.submit(USUAL),
        }
        return true;
    }
    if press.focus == Focus::Text || press.command || untrack(|| sitting.is_answered()) {
        return false;
    }
    untrack(|| press_answer_key(sitting, &press.key))
}

fn press_answer_key(sitting: Sitting, key: &str) -> bool {
    let is_predict = sitting.problem().question.kind() == Kind::Predict;
    if sitting.grabbed().is_some() {
        return press_key_of_lifted(sitting, key);
    }
    match key {
        "-" if sitting.asks_confidence() => sitting.submit(Confidence::Guess),
        "+" | "=" if sitting.asks_confidence() => sitting.submit(Confidence::Certain),
        "h" => sitting.open_hint(),
        "p" if is_predict => say(sitting, PredictedOutcome::Prints),
        "e" if is_predict => say(sitting, PredictedOutcome::Error),
        "x" if is_predict => say(sitting, PredictedOutcome::Panics),
        "u" if is_predict => say(sitting, PredictedOutcome::Undefined),
        "j" | "ArrowDown" if sitting.asks_line() => move_cursor(sitting, 1),
        "k" | "ArrowUp" if sitting.asks_line() => move_cursor(sitting, -1),
        "Backspace" if sitting.problem().question.kind() == Kind::Order => sitting.reorder(OrderEdit::TakeOutLast),
        letter if press_letter(sitting, letter) => {}
        digit => return digit.parse().is_ok_and(|number: usize| press_number(sitting, number)),
    }
    true
}

/// Keys while a line is lifted. Space is a click on the line, which drops it.
fn press_key_of_lifted(sitting: Sitting, key: &str) -> bool {
    match key {
        "j" | "ArrowDown" => move_lifted(sitting, Direction::Down),
        "k" | "ArrowUp" => move_lifted(sitting, Direction::Up),
        "Escape" => put_back(sitting),
        _ => return false,
    }
    true
}

fn say(sitting: Sitting, outcome: PredictedOutcome) {
    sitting.say(outcome);
    if outcome == PredictedOutcome::Prints {
        request_animation_frame(|| page::focus("#stdout"));
    }
}

fn move_cursor(sitting: Sitting, by: i32) {
    sitting.move_cursor(by);
    let line = untrack(|| sitting.cursor());
    page::reveal(&format!("[data-line='{line}']"), Place::Nearest);
}

/// Asks for the slot of this name, if there is one.
fn press_letter(sitting: Sitting, letter: &str) -> bool {
    let problem = sitting.problem();
    let step = problem.question.slots().iter().position(|slot| slot.name == letter);
    step.map(|step| sitting.go_to_step(step)).is_some()
}

/// Chooses what stands at this number on the screen.
fn press_number(sitting: Sitting, number: usize) -> bool {
    let problem = sitting.problem();
    let shown_at = |count: usize| number.checked_sub(1).and_then(|place| sitting.order(count).get(place).copied());
    match &problem.question {
        Question::Choice { options, .. } => shown_at(options.len()).map(|index| sitting.choose(index)),
        Question::Predict { rules, .. } if sitting.outcome() == Some(PredictedOutcome::Error) => {
            shown_at(rules.len()).map(|index| sitting.choose_rule(rules[index].clone()))
        }
        Question::Predict { .. } => None,
        Question::Spot { roles } => (1..=roles.len()).contains(&number).then(|| sitting.go_to_step(number - 1)),
        Question::Fill { slots, .. } => {
            let choices = slots.get(sitting.step()).map_or(0, |slot| slot.choices.len());
            shown_at(choices).map(|index| choose_for_slot(sitting, index))
        }
        Question::Order { lines, .. } => {
            let line = shown_at(lines.len()).filter(|line| left(sitting).contains(line));
            line.map(|line| sitting.reorder(OrderEdit::PutFirst(line)))
        }
    }
    .is_some()
}
