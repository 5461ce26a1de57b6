//! The rubric: row by row what a strong answer has, and whether the learner's own had it.

use leptos::prelude::*;
use quiz::discussion::{RubricRow, Score};

use super::afterwards::{OwnNotes, STRONG_ANSWER};
use crate::state::sitting::Sitting;
use crate::ui::prose::{Prose, Words};
use crate::ui::radio::tab_stop;

/// Asks for the score of each row.
#[component]
pub fn Rubric(sitting: Sitting) -> impl IntoView {
    let rows = sitting.discussion().map(|discussion| discussion.rubric).unwrap_or_default();
    let rows = rows.into_iter().enumerate().map(|(row, asked)| one(sitting, row, asked)).collect_view();
    view! {
        <h2 id="rubric" tabindex="-1">"Did your answer have it?"</h2>
        <p class="note">"Be strict: an interviewer judges what you said, not what you know."</p>
        <OwnNotes sitting />
        {(!sitting.is_of_interview()).then(|| model(sitting))}
        <ol class="rubric">{rows}</ol>
    }
}

/// The model answer, to hold one's own against. In an interview it comes with the report.
fn model(sitting: Sitting) -> AnyView {
    let problem = sitting.problem();
    let text = problem.explanation.clone();
    view! {
        <details class="turn" data-testid="strong-answer">
            <summary>{STRONG_ANSWER}</summary>
            <Prose problem text />
        </details>
    }
    .into_any()
}

fn one(sitting: Sitting, row: usize, RubricRow { criterion, text }: RubricRow) -> AnyView {
    let id = format!("rubric-{row}");
    let buttons = Score::ALL.map(|score| {
        let is_first = score == Score::No;
        view! {
            <button
                type="button"
                role="radio"
                data-answer="score"
                data-testid=format!("score-{row}-{}", score.name())
                aria-checked=move || (sitting.score(row) == Some(score)).to_string()
                tabindex=move || tab_stop(sitting.score(row) == Some(score), is_first && sitting.score(row).is_none())
                on:click=move |_| sitting.give_score(row, score)
            >
                {score.label()}
            </button>
        }
        .into_any()
    });
    view! {
        <li>
            <p id=id.clone()><strong>{criterion.label()}"."</strong> " " <Words text /></p>
            <div class="segments" role="radiogroup" aria-labelledby=id>{buttons}</div>
        </li>
    }
    .into_any()
}
