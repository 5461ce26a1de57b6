//! What is worth asking before one answers.

use leptos::prelude::*;
use quiz::problem::Question;

use super::prose::Prose;
use crate::state::sitting::Sitting;

/// The questions worth asking, folded away: the learner's own come first. Nothing where the problem names none.
#[component]
pub fn Clarify(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let text = match &problem.question {
        Question::Write(exercise) => exercise.clarify.as_deref().cloned(),
        Question::Discuss(discussion) => discussion.clarify.clone(),
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Fill { .. }
        | Question::Order { .. } => None,
    };
    text.map(|text| {
        view! {
            <details class="turn" data-testid="clarify">
                <summary>"Which questions would you ask first? Compare"</summary>
                <Prose problem text />
            </details>
        }
        .into_any()
    })
}
