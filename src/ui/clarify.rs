//! What is worth asking before one answers.

use leptos::prelude::*;
use quiz::answering::draft::NOTES_LIMIT;
use quiz::problem::{Problem, Question};
use quiz::prose;

use super::prose::Prose;
use crate::state::sitting::Sitting;

/// The questions worth asking, folded away: the learner's own come first. Nothing where the problem names none.
#[component]
pub fn Clarify(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let asks = |text: prose::Prose| match problem.question {
        Question::Write(_) => view! { <AskFirst sitting text /> }.into_any(),
        // There the notes are the place for them.
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Fill { .. }
        | Question::Order { .. }
        | Question::Discuss(_) => compare("Which questions would you ask first? Compare", sitting, text),
    };
    worth_asking(&problem).map(asks)
}

fn worth_asking(problem: &Problem) -> Option<prose::Prose> {
    match &problem.question {
        Question::Write(exercise) => exercise.clarify.as_deref().cloned(),
        Question::Discuss(discussion) => discussion.clarify.clone(),
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Fill { .. }
        | Question::Order { .. } => None,
    }
}

/// Room for the learner's own questions, and what there is to compare them with.
#[component]
fn AskFirst(sitting: Sitting, text: prose::Prose) -> impl IntoView {
    let questions = untrack(|| sitting.questions());
    let is_open = !questions.is_empty();
    view! {
        <details class="turn" data-testid="ask-first" open=is_open>
            <summary>"Which questions would you ask first?"</summary>
            <div class="note-field">
                <label for="ask-first">"Your questions, before you look"</label>
                <textarea
                    id="ask-first"
                    data-testid="questions"
                    rows="3"
                    maxlength=NOTES_LIMIT
                    prop:value=questions
                    prop:readonly=move || sitting.is_closed()
                    on:input=move |event| sitting.ask_first(event_target_value(&event))
                ></textarea>
            </div>
            {compare("Compare: worth asking, and what you would hear", sitting, text)}
        </details>
    }
}

fn compare(summary: &'static str, sitting: Sitting, text: prose::Prose) -> AnyView {
    let problem = sitting.problem();
    view! {
        <details class="turn" data-testid="clarify">
            <summary>{summary}</summary>
            <Prose problem text />
        </details>
    }
    .into_any()
}
