//! What was recorded of an interview: to be listened to, saved and deleted.

use leptos::prelude::*;

use super::{Deleting, extent, trouble_in_words};
use crate::browser::page;
use crate::browser::recorder::find_length;
use crate::browser::recordings::{Address, Recording};
use crate::state::Recordings;

/// The recordings of an interview, the oldest first, once they were looked for. Nothing, if there are none.
#[component]
pub fn RecordingList(
    recordings: Recordings,
    /// The key under which they were made.
    #[prop(into)]
    interview: Signal<String>,
    /// How a round is called, by its number from 0.
    #[prop(into)]
    name_of: Callback<usize, String>,
) -> impl IntoView {
    let own = Memo::new(move |_| {
        let interview = interview.read();
        recordings.stored().get().into_iter().filter(|of| of.interview == *interview).collect::<Vec<_>>()
    });
    let several = Memo::new(move |_| own.read().len() > 1);
    let delete_own = move || recordings.delete(own.read_untracked().iter().map(|of| of.id.clone()).collect());
    let deleting = move || {
        several.get().then(|| {
            view! {
                <Deleting
                    id="own-recordings"
                    label="Delete all of these"
                    question="Delete all of these recordings? You cannot undo it."
                    on_delete=delete_own
                />
            }
            .into_any()
        })
    };
    view! {
        <ul class="plain-list recordings" data-testid="recordings">
            <For each=move || own.get() key=|of| (of.id.clone(), of.bytes) let:recording>
                <Row recordings name=name_of.run(recording.round) recording />
            </For>
        </ul>
        {move || deleting()}
        <p class="note" role="status" data-testid="recordings-trouble">
            {move || recordings.trouble().read().as_ref().map(trouble_in_words)}
        </p>
    }
}

/// A recording. Its pieces are put together when it is wanted: those of a whole interview would fill a small device.
#[component]
fn Row(recordings: Recordings, recording: Recording, name: String) -> impl IntoView {
    // It goes with the row, and what it leads to is let go.
    let address = RwSignal::new_local(None::<Address>);
    let player_id = format!("player-{}", recording.id);
    let (id, file) = (recording.id.clone(), file_name(&recording));
    let title = format!("{name}, {}", extent(recording.ms, recording.bytes));
    let about = format!(" ({title})");
    let delete = move || recordings.delete(vec![id.clone()]);
    let deleting_id = format!("recording-{}", recording.id);
    let recording = StoredValue::new(recording);
    let listen = {
        let selector = format!("#{player_id}");
        move |_| {
            let selector = selector.clone();
            recordings.play(recording.get_value(), move |ready| {
                // The row may be gone by now.
                if address.try_set(Some(ready)).is_none() {
                    request_animation_frame(move || page::focus(&selector));
                }
            });
        }
    };
    let (titled, told) = (title.clone(), about.clone());
    let shown = move || match address.get() {
        None => view! {
            <button type="button" class="plain" data-testid="listen" on:click=listen.clone()>
                "Listen" <span class="hidden">{about.clone()}</span>
            </button>
        }
        .into_any(),
        Some(address) => view! {
            <audio
                id=player_id.clone()
                data-testid="player"
                controls
                preload="metadata"
                aria-label=title.clone()
                src=address.text()
                on:loadedmetadata=|event| find_length(&event)
            ></audio>
            <a class="plain" data-testid="save-recording" download=file.clone() href=address.text()>
                "Save" <span class="hidden">{about.clone()}</span>
            </a>
        }
        .into_any(),
    };
    view! {
        <li data-testid="recording">
            <p>{titled}</p>
            <div class="actions">
                {move || shown()}
                <Deleting id=deleting_id label="Delete" about=told question="Delete this recording? You cannot undo it." on_delete=delete />
            </div>
        </li>
    }
}

/// What a saved recording is called.
fn file_name(recording: &Recording) -> String {
    let kinds = [("webm", "webm"), ("mp4", "m4a"), ("ogg", "ogg")];
    let extension = kinds.iter().find(|(mime, _)| recording.mime.contains(mime)).map_or("audio", |(_, name)| name);
    format!("borrowed-time-{}-round-{}.{extension}", recording.started_at_ms / 1000, recording.round + 1)
}
