//! The plain field: text, as high as what stands in it.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use quiz::exercise::indentation_after;

use super::{FIELD, KEYS, LABEL, STEP, Written};
use crate::browser::{page, text_field};

/// So many lines are shown at least.
const LEAST_LINES: usize = 12;

/// The field.
#[component]
pub fn CodeField(written: Written) -> impl IntoView {
    let Written { text, on_text, restores, .. } = written;
    Effect::new(move |_| {
        restores.track();
        text_field::replace_text(FIELD, &text.get_untracked());
    });
    // Not a standard attribute, but the one that keeps phones from correcting code.
    let no_correction = leptos::attr::custom::custom_attribute("autocorrect", "off");
    // After Escape the next Tab leaves the field, as everywhere else.
    let leaves = StoredValue::new(false);
    let press = move |event: KeyboardEvent| {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        let leaves_now = leaves.get_value();
        leaves.set_value(event.key() == "Escape");
        let is_typed = match event.key().as_str() {
            _ if has_modifier || event.is_composing() => false,
            "Tab" if !leaves_now => text_field::type_into(FIELD, STEP),
            "Enter" => {
                let before = text_field::before_caret(FIELD);
                text_field::type_into(FIELD, &format!("\n{}", indentation_after(&before)))
            }
            _ => false,
        };
        // Else the key does what it does in any field.
        if is_typed {
            event.prevent_default();
        }
    };
    let has_keyboard = !page::is_touched();
    view! {
        // What stands in the field is drawn behind it as well, unseen: that makes it as high.
        <div class="grows" data-text=move || text.get()>
            <textarea
                id=FIELD
                class="code-field"
                data-answer="code"
                data-testid="code"
                translate="no"
                rows=LEAST_LINES
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                aria-label=LABEL
                aria-describedby=has_keyboard.then_some(KEYS)
                {..no_correction}
                prop:value=move || text.get()
                on:keydown=press
                on:input=move |event| on_text.run(event_target_value(&event))
            ></textarea>
        </div>
    }
}
