//! A prepared text about a fault, for the learner to copy and to send: the app sends nothing.

use leptos::prelude::*;

use crate::state::sitting::Sitting;
use crate::ui::copy::{CopyButton, CopyWords};

const COPY: CopyWords = CopyWords {
    label: "Copy",
    test_id: "report-copy",
    said_id: "report-said",
    copied: "Copied.",
    by_hand: "The browser did not copy it. Select the text and copy it yourself.",
    is_shown: false,
};

/// The text, which may be added to.
#[component]
pub(super) fn ReportText(sitting: Sitting) -> impl IntoView {
    let prepared = untrack(|| sitting.report());
    let text = RwSignal::new(prepared.clone());
    view! {
        <div class="note-field">
            <label for="report-text">"Your report. Write what is wrong."</label>
            <textarea
                id="report-text"
                data-testid="report-text"
                rows="8"
                spellcheck="false"
                prop:value=prepared
                on:input=move |event| text.set(event_target_value(&event))
            ></textarea>
            <CopyButton text words=COPY />
            <p class="note">"Nothing is sent. Copy the text and send it to the authors yourself."</p>
        </div>
    }
}
