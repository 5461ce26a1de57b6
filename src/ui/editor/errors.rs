//! The errors of a program that is being written, by their lines.

use leptos::prelude::*;
use quiz::verdict::Diagnostic;

/// So many are listed: what comes behind them often follows from them.
const MOST: usize = 3;

/// The list; nothing, where none is known.
#[component]
pub fn Errors(errors: RwSignal<Vec<Diagnostic>>) -> impl IntoView {
    let row = |error: &Diagnostic| {
        let at = error.primary().map(|span| format!("Line {}: ", span.line));
        let code = error.code.as_ref().map(|code| format!(" ({code})"));
        view! { <li><span class="strong">{at}</span> {error.message.clone()} {code}</li> }.into_any()
    };
    let shown = move || {
        let errors = errors.read();
        let more = errors.len().saturating_sub(MOST);
        (!errors.is_empty()).then(|| {
            view! {
                <ul class="code-errors" translate="no" data-testid="code-errors" aria-label="Errors">
                    {errors.iter().take(MOST).map(row).collect_view()}
                    {(more > 0).then(|| view! { <li>{format!("And {more} more.")}</li> })}
                </ul>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}
