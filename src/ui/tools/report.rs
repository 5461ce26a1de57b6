//! A prepared text about a fault, for the learner to copy and to send: the app sends nothing.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clipboard;
use crate::state::sitting::Sitting;
use crate::ui::button::Button;

/// The text, which may be added to.
#[component]
pub(super) fn ReportText(sitting: Sitting) -> impl IntoView {
    let prepared = untrack(|| sitting.report());
    let text = RwSignal::new(prepared.clone());
    let said = RwSignal::new("");
    let copy = move || {
        let copying = clipboard::copy(&text.read_untracked());
        spawn_local(async move {
            let words = match copying.await {
                Ok(()) => "Copied.",
                Err(_) => "The browser did not copy it. Select the text and copy it yourself.",
            };
            // The panel may be closed by now.
            let _ = said.try_set(words);
        });
    };
    view! {
        <div class="note-field">
            <label for="report-text">"The report. Add what is wrong."</label>
            <textarea
                id="report-text"
                data-testid="report-text"
                rows="8"
                spellcheck="false"
                prop:value=prepared
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <Button class="plain" test_id="report-copy" label="Copy" on_press=copy />
            <p class="note">"Nothing is sent anywhere: copy the text and send it to the authors yourself."</p>
            <p class="note" role="status" data-testid="report-said">{move || said.get().to_owned()}</p>
        </div>
    }
}
