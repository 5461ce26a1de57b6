//! A question that is talked about: notes first, then the rubric to score oneself by.

pub mod afterwards;
pub mod rubric;

use leptos::prelude::*;
use quiz::answering::draft::NOTES_LIMIT;

use self::rubric::Rubric;
use crate::state::sitting::Sitting;
use crate::ui::clarify::Clarify;

/// Everything that such a question is answered with.
#[component]
pub fn Discussed(sitting: Sitting) -> impl IntoView {
    let is_said = Memo::new(move |_| sitting.is_said());
    let shown = move || match is_said.get() {
        true => view! { <Rubric sitting /> }.into_any(),
        false => view! { <Notes sitting /> }.into_any(),
    };
    view! { {move || shown()} }
}

/// What is worth asking first, and room for notes.
#[component]
fn Notes(sitting: Sitting) -> impl IntoView {
    view! {
        <p class="ask">"Answer aloud, as in the room"</p>
        <Clarify sitting />
        <div class="note-field">
            <label for="notes">"Notes for this answer"</label>
            <textarea
                id="notes"
                data-testid="notes"
                data-answer="notes"
                rows="8"
                maxlength=NOTES_LIMIT
                prop:value=untrack(|| sitting.notes())
                on:input=move |event| sitting.type_notes(event_target_value(&event))
            ></textarea>
            <p class="note">"They stay in this browser and in your exports. You can also leave them empty."</p>
        </div>
    }
}
