//! Three lines that the learner writes about an interview. The second one is shown before the next.

use leptos::prelude::*;
use quiz::interview::KeptInterview;
use quiz::interview::machine::{NOTES_LIMIT, Reflection};
use quiz::problem::Slug;

use crate::browser::page;
use crate::state::AppState;

/// The page part. What is written is kept when a field is left, and when the page is: not while one writes, since each version has the
/// whole interview.
#[component]
pub(super) fn ReflectionForm(
    app: AppState,
    name: StoredValue<Slug>,
    kept: Memo<Option<KeptInterview>>,
    /// What is written so far.
    written: RwSignal<Reflection>,
) -> impl IntoView {
    let keep = move || {
        let (Some(written), Some(Some(kept))) = (written.try_get_untracked(), kept.try_get_untracked()) else { return };
        if kept.interview.reflection.clone().unwrap_or_default() != written {
            app.interviews.reflect(&name.get_value(), &kept, written);
        }
    };
    page::on_visibility_change(keep);
    on_cleanup(keep);
    let field = move |id: &'static str, label: &'static str, of: fn(&mut Reflection) -> &mut String| {
        let now = move || of(&mut written.get()).clone();
        let text = untrack(now);
        view! {
            <div class="note-field" class:not-printed=move || now().trim().is_empty()>
                <label for=id>{label}</label>
                <textarea
                    id=id
                    data-testid=id
                    rows="2"
                    maxlength=NOTES_LIMIT
                    prop:value=text
                    on:input=move |event| written.update(|written| *of(written) = event_target_value(&event))
                    on:blur=move |_| keep()
                ></textarea>
                // A field shows two lines on paper, whatever is in it.
                <p class="own-words only-printed" aria-hidden="true">{now}</p>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="reflection" class:not-printed=move || written.get() == Reflection::default() data-testid="reflection">
            <h2>"Look back"</h2>
            {field("went-well", "What went well?", |written| &mut written.went_well)}
            {field("next-time", "What will you do next time? You see it before your next interview.", |written| &mut written.next)}
            {field("surprised", "What surprised you?", |written| &mut written.surprised)}
        </section>
    }
}
