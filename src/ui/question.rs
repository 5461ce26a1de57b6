//! A question on the screen: the prompt with its program, the answer's parts, then the feedback.

mod dock;
mod handed_in;
mod keys;
mod marks;

use leptos::prelude::*;
use quiz::attempt::Mode;
use quiz::interview::clock_face;
use quiz::problem::Kind;

use self::dock::Dock;
use self::handed_in::handed_in;
use self::keys::press_key;
use self::marks::marks;
use super::clarify::Clarify;
use super::code_block::PickableCode;
use super::feedback::Feedback;
use super::fill::FillProgram;
use super::hints::OpenHints;
use super::order::OrderProgram;
use super::prose::{Prose, ProseAround};
use super::receipt::Toolchain;
use super::tools::QuestionTools;
use super::trial::Trial;
use super::write::tests::ShownTests;
use crate::browser::{clock, keyboard};
use crate::routes;
use crate::state::sitting::Sitting;

/// How many ms feedback must have been on the screen before a key leads on: whoever presses Enter twice has not seen it.
const LOOK_MS: f64 = 700.0;

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
    let state = move || match (sitting.is_answered(), sitting.is_held()) {
        (true, _) => "answered",
        (false, true) => "held",
        (false, false) => "asking",
    };
    let slot_is_open = RwSignal::new(false);
    let on_next = next.1;
    let answered_at = StoredValue::new(0.0);
    Effect::new(move || {
        if sitting.is_closed() {
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
                {(!sitting.is_of_interview()).then(|| view! { <Eyebrow sitting place /> })}
                <h1 tabindex="-1">{problem.title.clone()}</h1>
                <Prompt sitting slot_is_open />
                {(!sitting.is_of_interview()).then(|| view! { <QuestionTools sitting /> })}
            </div>
            <div class="answering">
                {move || answering()}
                <Dock sitting next slot_is_open />
            </div>
        </article>
    }
}

/// What the question is about. In an interview nobody says so.
#[component]
fn Eyebrow(sitting: Sitting, place: Option<String>) -> impl IntoView {
    let problem = sitting.problem();
    let topic = problem.topic.label();
    // The way back: while a question is asked, nothing else on a phone leads to others.
    let topic = match sitting.mode() {
        Mode::Single => view! { <a data-testid="to-topic" href=routes::topic(&problem.topic)>{topic}</a> }.into_any(),
        Mode::Practice | Mode::Interview => topic.into_any(),
    };
    view! {
        <p class="eyebrow">
            <span>{topic}</span>
            <span>{problem.level.label()}</span>
            {place.map(|place| view! { <span>{place}</span> })}
            // An answer of an interview took the time that the report names.
            {(sitting.mode() != Mode::Interview || sitting.is_of_interview()).then(|| view! { <Clock sitting minutes=problem.minutes /> })}
        </p>
    }
}

#[component]
fn Clock(sitting: Sitting, minutes: u32) -> impl IntoView {
    // An interview gives a question a time of its own, which its report names.
    let of = (!sitting.is_of_interview()).then(|| format!(" of {}", clock_face(u64::from(minutes) * 60_000)));
    view! {
        <span class="clock" translate="no" role="timer" aria-live="off">
            <span>{move || clock_face(sitting.seconds().get() * 1000)}</span> {of}
        </span>
    }
}

#[component]
fn Prompt(sitting: Sitting, slot_is_open: RwSignal<bool>) -> impl IntoView {
    let problem = sitting.problem();
    let text = problem.prompt.clone();
    if problem.question.kind() == Kind::Write {
        return view! { <Prose problem text /> <Clarify sitting /> <ShownTests sitting /> }.into_any();
    }
    if problem.question.kind() == Kind::Discuss {
        return view! { <Prose problem text /> }.into_any();
    }
    let marks = Memo::new(move |_| marks(sitting));
    let program = move || match (sitting.problem().question.kind(), sitting.problem().main_program()) {
        (Kind::Fill, _) => view! { <FillProgram sitting marks open=slot_is_open /> }.into_any(),
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
    let is_answered = Memo::new(move |_| sitting.is_answered());
    // The question of a choice stands right above its options.
    let has_end = Memo::new(move |_| sitting.problem().question.kind() != Kind::Choice || is_answered.get());
    let is_task_first = problem.question.kind().is_worked_at();
    view! { <ProseAround problem text program proofs=is_answered has_end is_task_first /> }.into_any()
}

#[component]
fn BeforeAnswer(sitting: Sitting, toolchain: Toolchain) -> impl IntoView {
    let held = move || sitting.is_held().then(|| untrack(|| handed_in(sitting)));
    view! {
        {move || held()}
        <Trial sitting toolchain />
        <OpenHints sitting />
    }
}
