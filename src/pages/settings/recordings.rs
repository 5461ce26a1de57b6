//! Recordings: trying the microphone, how many there are, and deleting all of them.

use leptos::prelude::*;

use crate::browser::language::{counted, megabytes};
use crate::browser::page;
use crate::state::AppState;
use crate::ui::recording::{Deleting, Recorder, RecordingList};

/// What belongs to no interview.
const TRIAL: &str = "trial";

/// The section.
#[component]
pub(super) fn RecordYourself(app: AppState) -> impl IntoView {
    let recordings = app.recordings;
    let total = move || {
        let all = recordings.stored().read();
        match all.len() {
            0 => "No recordings are stored on this device.".to_owned(),
            count => {
                let bytes = all.iter().map(|recording| recording.bytes).sum();
                format!("Stored here: {}, {} in all.", counted(count, "recording"), megabytes(bytes))
            }
        }
    };
    let delete = move || {
        recordings.delete_all();
        page::focus("#recordings");
    };
    let has_any = Memo::new(move |_| !recordings.stored().read().is_empty());
    let deleting = move || {
        has_any.get().then(|| {
            view! {
                <Deleting
                    id="all-recordings"
                    label="Delete all recordings"
                    question="Delete all recordings on this device? You cannot undo it."
                    on_delete=delete
                />
            }
            .into_any()
        })
    };
    view! {
        <section data-testid="record-yourself">
            <h2 id="recordings" tabindex="-1">"Record yourself"</h2>
            <p class="note">
                "Recordings are stored in this browser and nowhere else. They are in no export. You can save each one as a file."
            </p>
            <p class="ask">"Try the microphone"</p>
            <Recorder recordings interview=TRIAL.to_owned() round=0 />
            <RecordingList recordings interview=TRIAL.to_owned() name_of=|_| "Trial".to_owned() />
            <p role="status" data-testid="recordings-total">{move || total()}</p>
            {move || deleting()}
        </section>
    }
}
