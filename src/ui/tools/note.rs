//! The field for a learner's note on a problem.
//!
//! What is written is kept when the field loses the focus, when the page or the question goes away, at a pause, and when it is much.

use leptos::prelude::*;
use quiz::attempt::NOTE_LIMIT;
use quiz::remarks::{PAUSE_TO_KEEP, is_much};

use super::Opened;
use crate::browser::page;
use crate::state::sitting::Sitting;
use crate::ui::button::Button;

/// The field, with what was written so far.
#[component]
pub(super) fn NoteField(sitting: Sitting, opened: Opened) -> impl IntoView {
    let before = untrack(|| sitting.note());
    let written = RwSignal::new(before.clone());
    // Only what was written here is kept: in another tab there may be a newer note.
    let kept = StoredValue::new(before.clone());
    let keep = move || {
        let Some(written) = written.try_get_untracked() else { return };
        if kept.try_get_value().is_some_and(|kept| kept != written) {
            kept.set_value(written.clone());
            sitting.write_note(&written);
        }
    };
    page::on_visibility_change(keep);
    on_cleanup(keep);
    let mut keep_soon = debounce(PAUSE_TO_KEEP, move |()| keep());
    let save = move || {
        keep();
        opened.close("#tool-note");
    };
    view! {
        <div class="note-field">
            <label for="note-text">"Your note on this problem"</label>
            <textarea
                id="note-text"
                data-testid="note-text"
                rows="3"
                maxlength=NOTE_LIMIT
                prop:value=before
                on:input=move |event| {
                    written.set(event_target_value(&event));
                    if kept.with_value(|kept| is_much(kept, &written.read_untracked())) {
                        keep();
                    }
                    keep_soon(());
                }
                on:blur=move |_| keep()
                on:keydown=move |event| {
                    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                        event.prevent_default();
                        save();
                    }
                }
            ></textarea>
            <Button class="plain" test_id="note-save" label="Save" on_press=save />
            <p class="note">"Your note stays in this browser and in your exports. You see it each time you see this problem."</p>
        </div>
    }
}
