//! Bringing back the code that an exercise begins with.

use leptos::prelude::*;

use crate::browser::page;
use crate::state::sitting::Sitting;
use crate::ui::button::Button;

/// Brings back the beginning, after asking.
#[component]
pub fn Reset(sitting: Sitting, is_too_long: RwSignal<bool>, restores: RwSignal<u32>) -> impl IntoView {
    let is_asked = RwSignal::new(false);
    let start = sitting.exercise().map(|exercise| exercise.start.text);
    let is_begun =
        Memo::new(move |_| start.as_ref().is_some_and(|start| *start != sitting.code()) || is_too_long.get());
    let reset = move || {
        is_asked.set(false);
        is_too_long.set(false);
        sitting.reset_code();
        // What was too long was never taken, so nothing may have changed but the field.
        restores.update(|restores| *restores += 1);
        page::once_drawn(|| page::focus("#code"));
    };
    let keep = move || {
        is_asked.set(false);
        page::once_drawn(|| page::focus_in_sight("#code-reset"));
    };
    let ask = move || {
        is_asked.set(true);
        page::once_drawn(|| page::focus_in_sight("#code-keep"));
    };
    let shown = move || match (is_asked.get(), is_begun.get()) {
        (true, _) => view! {
            <div class="notice" role="alert">
                <p>"Your program goes away, and the code you began with comes back."</p>
                <div class="actions">
                    <Button class="plain danger" test_id="code-reset-really" label="Reset" on_press=reset />
                    <Button class="plain" id="code-keep" test_id="code-keep" label="Keep my program" on_press=keep />
                </div>
            </div>
        }
        .into_any(),
        (false, true) => {
            view! { <Button class="quiet" id="code-reset" test_id="code-reset" label="Reset…" on_press=ask /> }
                .into_any()
        }
        (false, false) => ().into_any(),
    };
    view! { {move || shown()} }
}
