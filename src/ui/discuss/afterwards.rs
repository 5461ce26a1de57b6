//! What there is to read once an answer is scored: what a strong candidate says, what is asked next, what goes wrong.

use leptos::prelude::*;
use quiz::answer::Answer;
use quiz::discussion::{RubricRow, Score, TitledText};

use crate::state::sitting::Sitting;
use crate::ui::prose::{Prose, Words};
use crate::ui::references::References;
use crate::ui::tabs::Tab;

/// What the model answer is called.
pub const STRONG_ANSWER: &str = "What a strong candidate says";

/// The parts of the feedback.
pub fn parts(sitting: Sitting) -> Vec<Tab> {
    let Some(discussion) = sitting.discussion() else { return Vec::new() };
    let (rubric, follow_ups, mistakes) = (discussion.rubric, discussion.follow_ups, discussion.mistakes);
    vec![
        Tab::new("model", "Model", move || model(sitting)),
        Tab::new("follow-ups", "Follow-ups", move || folded(sitting, "Answer each before you open it", &follow_ups)),
        Tab::new("mistakes", "Mistakes", move || folded(sitting, "What candidates do", &mistakes)),
        Tab::new("scores", "Yours", move || scores(sitting, &rubric)),
    ]
}

fn model(sitting: Sitting) -> AnyView {
    let problem = sitting.problem();
    let text = problem.explanation.clone();
    view! {
        <section data-testid="explanation">
            <h2>{STRONG_ANSWER}</h2>
            <Prose problem=problem.clone() text />
        </section>
        <References references=problem.references.clone() />
    }
    .into_any()
}

fn folded(sitting: Sitting, heading: &'static str, texts: &[TitledText]) -> AnyView {
    let one = |text: &TitledText| {
        view! {
            <details class="turn">
                <summary><Words text=text.title.clone() /></summary>
                <Prose problem=sitting.problem() text=text.text.clone() />
            </details>
        }
        .into_any()
    };
    let all = texts.iter().map(one).collect_view();
    view! { <section><h2>{heading}</h2> {all}</section> }.into_any()
}

fn scores(sitting: Sitting, rubric: &[RubricRow]) -> AnyView {
    let given = match sitting.last_answer() {
        Some(Answer::Discuss { scores, .. }) => scores,
        _ => Vec::new(),
    };
    let row = |(row, asked): (usize, &RubricRow)| {
        let score = given.get(row).copied().unwrap_or(Score::No);
        view! {
            <li>
                <p><strong>{asked.criterion.label()}"."</strong> " " <Words text=asked.text.clone() /></p>
                <p class="note">"You said: "{score.label()}</p>
            </li>
        }
        .into_any()
    };
    let rows = rubric.iter().enumerate().map(row).collect_view();
    view! {
        <section>
            <h2>"Your answer"</h2>
            <OwnNotes sitting />
            <ol class="rubric">{rows}</ol>
            <p class="note">"Nobody but you has judged this answer. It does not count in what you are said to master."</p>
        </section>
    }
    .into_any()
}

/// The notes as they were when all was said.
#[component]
pub fn OwnNotes(sitting: Sitting) -> impl IntoView {
    let notes = sitting.notes();
    match notes.trim().is_empty() {
        true => ().into_any(),
        false => view! {
            <details class="turn" open data-testid="own-notes">
                <summary>"Your notes"</summary>
                <p class="own-notes">{notes}</p>
            </details>
        }
        .into_any(),
    }
}
