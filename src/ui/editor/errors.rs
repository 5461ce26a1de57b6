//! The errors of a program that is being written, by their lines: each leads there.

use leptos::prelude::*;
use quiz::diagnostics::proposed_import;
use quiz::places;
use quiz::verdict::Diagnostic;

use crate::ui::button::Button;

/// So many are listed: what comes behind them often follows from them.
const MOST: usize = 3;

/// The list; nothing, where none is known.
#[component]
pub fn Errors(
    errors: RwSignal<Vec<Diagnostic>>,
    /// Goes to a line and a column, from 1.
    on_pick: Callback<(u32, u32)>,
    /// Writes an import to the beginning.
    on_import: Callback<String>,
) -> impl IntoView {
    let row = move |error: &Diagnostic| {
        let code = error.code.as_ref().map(|code| format!(" ({code})"));
        let said = error.message.clone();
        match error.primary().map(|span| (span.line, span.column)) {
            Some(place) => view! {
                <li>
                    <button type="button" class="quiet" data-testid="code-error" on:click=move |_| on_pick.run(place)>
                        <span class="strong">{format!("Line {}: ", place.0)}</span>
                        {said}
                        {code}
                    </button>
                </li>
            }
            .into_any(),
            None => view! { <li>{said} {code}</li> }.into_any(),
        }
    };
    let shown = move || {
        let errors = errors.read();
        let more = errors.len().saturating_sub(MOST);
        let imports = places::set(errors.iter().filter_map(|error| proposed_import(&error.rendered)));
        let import = |import: &str| {
            let (label, import) = (format!("Add {import}"), import.to_owned());
            let on_press = move || on_import.run(import.clone());
            view! { <li><Button class="plain" test_id="add-import" label on_press /></li> }.into_any()
        };
        (!errors.is_empty()).then(|| {
            view! {
                <ul class="code-errors" translate="no" data-testid="code-errors" aria-label="Errors">
                    {errors.iter().take(MOST).map(row).collect_view()}
                    {(more > 0).then(|| view! { <li>{format!("And {more} more.")}</li> })}
                    {imports.into_iter().take(MOST).map(import).collect_view()}
                </ul>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}
