//! The roles of a `spot` question: which line plays each.

use leptos::prelude::*;
use quiz::problem::RoleLine;

use crate::state::sitting::Sitting;

/// The roles as steps; tapping a line of the program fills the current one.
#[component]
pub fn RoleSteps(sitting: Sitting) -> impl IntoView {
    let roles = sitting.roles();
    // On a phone so many stand in two columns and in short words; what is asked now is then said above them.
    let is_many = roles.len() > 3;
    let asked: Vec<&str> = roles.iter().map(|asked| asked.role.question()).collect();
    let now = Memo::new(move |_| asked.get(sitting.step()).copied().unwrap_or_default());
    let steps = roles
        .into_iter()
        .enumerate()
        .map(|(step, asked)| view! { <RoleStep sitting step asked /> }.into_any())
        .collect_view();
    view! {
        <p class="ask">
            <span class="of-all">"Tap the line that answers each question."</span>
            <span class="of-step">{move || now.get()}</span>
        </p>
        <ol class="steps" data-many=is_many.then_some("")>{steps}</ol>
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
