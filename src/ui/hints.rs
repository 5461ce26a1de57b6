//! The hints: one by one before the answer, all of them afterwards.

use std::time::Duration;

use leptos::prelude::*;

use super::button::Button;
use super::prose::Prose;
use crate::browser::page;
use crate::state::sitting::Sitting;

/// The id of the button that opens the next hint.
pub const NEXT_HINT: &str = "next-hint";

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
                let is_newest = number == open;
                view! {
                    <div class="hint" data-testid="hint">
                        <p class="label">"Hint " {number} " " {is_newest.then(|| take_back(sitting))}</p>
                        <Prose problem text />
                    </div>
                }
                .into_any()
            })
            .collect_view()
    };
    view! { <div class="hints" aria-live="polite">{move || hints()}</div> }
}

/// For those who did not mean to open the hint, as long as it can hardly have been read.
fn take_back(sitting: Sitting) -> AnyView {
    let left_ms = untrack(|| sitting.hint_can_be_taken_back_ms());
    let is_offered = RwSignal::new(left_ms > 0);
    let end = move || _ = is_offered.try_set(false);
    if left_ms > 0 {
        set_timeout(end, Duration::from_millis(left_ms));
    }
    let press = move || {
        sitting.take_back_hint();
        // What had the focus is gone with the hint.
        page::once_drawn(|| page::focus(&format!("#{NEXT_HINT}")));
    };
    let button = move || {
        is_offered.get().then(|| {
            view! {
                <Button class="quiet" test_id="take-back-hint" label="Take this hint back" on_press=press />
            }
            .into_any()
        })
    };
    view! { {move || button()} }.into_any()
}

/// All hints, folded away.
#[component]
pub fn AllHints(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let summary = untrack(|| if sitting.hints() > 0 { "Show the hints again" } else { "Show the hints" });
    let hints = problem
        .hints
        .iter()
        .cloned()
        .map(|text| view! { <li><Prose problem=problem.clone() text /></li> }.into_any())
        .collect_view();
    view! { <details class="all-hints"><summary>{summary}</summary><ol>{hints}</ol></details> }
}

/// The number of the next hint, and how many there are; `None` when all are open.
pub fn next_hint(sitting: Sitting) -> Option<(usize, usize)> {
    let count = sitting.problem().hints.len();
    let open = sitting.hints() as usize;
    (open < count).then_some((open + 1, count))
}
