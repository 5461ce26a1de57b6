//! The hints: one by one before the answer, all of them afterwards.

use leptos::prelude::*;

use super::prose::Prose;
use crate::state::sitting::Sitting;

/// The hints that are open.
#[component]
pub fn OpenHints(sitting: Sitting) -> impl IntoView {
    let hints = move || {
        let problem = sitting.problem();
        let open = sitting.hints() as usize;
        (1..)
            .zip(problem.hints.iter().take(open).cloned())
            .map(|(number, text)| {
                let problem = problem.clone();
                view! {
                    <div class="hint" data-testid="hint">
                        <p class="label">"Hint " {number}</p>
                        <Prose problem text />
                    </div>
                }
                .into_any()
            })
            .collect_view()
    };
    view! { <div class="hints" aria-live="polite">{move || hints()}</div> }
}

/// All hints, folded away.
#[component]
pub fn AllHints(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let hints = problem
        .hints
        .iter()
        .cloned()
        .map(|text| view! { <li><Prose problem=problem.clone() text /></li> }.into_any())
        .collect_view();
    view! { <details class="all-hints"><summary>"The hints again"</summary><ol>{hints}</ol></details> }
}

/// The label of the button that opens the next hint, or `None` when all are open.
pub fn hint_label(sitting: Sitting) -> Option<String> {
    let count = sitting.problem().hints.len();
    let open = sitting.hints() as usize;
    (open < count).then(|| format!("Hint {} of {count}", open + 1))
}
