//! The roles of a `spot` question: which line plays each.

use leptos::prelude::*;
use quiz::problem::RoleLine;

use crate::state::sitting::Sitting;

/// The roles as steps; tapping a line of the program fills the current one.
#[component]
pub fn RoleSteps(sitting: Sitting) -> impl IntoView {
    let steps = sitting
        .roles()
        .into_iter()
        .enumerate()
        .map(|(step, asked)| view! { <RoleStep sitting step asked /> }.into_any())
        .collect_view();
    view! {
        <p class="ask">"Tap the line that answers each question."</p>
        <ol class="steps">{steps}</ol>
    }
}

#[component]
fn RoleStep(sitting: Sitting, step: usize, asked: RoleLine) -> impl IntoView {
    let words = move || sitting.line_of(asked.role).map_or_else(|| "–".to_owned(), |line| format!("line {line}"));
    view! {
        <li>
            <button
                type="button"
                class="step"
                data-answer="role"
                data-testid="role"
                data-role=asked.role.name()
                aria-current=move || (sitting.step() == step).then_some("step")
                on:click=move |_| sitting.go_to_step(step)
            >
                <span class="question-of">{asked.role.question()}</span>
                <span class="short">{asked.role.label()}</span>
                <span class="picked-line">{words}</span>
            </button>
        </li>
    }
}
