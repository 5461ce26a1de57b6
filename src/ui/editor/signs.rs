//! Signs that Rust is full of and that the keyboard of a phone hides, in a row of their own. What is needed most stands first; the
//! rest comes by a swipe.

use leptos::prelude::*;

use super::STEP;
use crate::browser::page;

/// Each sign, and how it is called aloud.
const SIGNS: [(&str, &str); 20] = [
    ("{", "opening brace"),
    ("}", "closing brace"),
    ("(", "opening parenthesis"),
    (")", "closing parenthesis"),
    ("&", "ampersand"),
    (";", "semicolon"),
    ("_", "underscore"),
    (":", "colon"),
    ("<", "less than"),
    (">", "greater than"),
    ("[", "opening bracket"),
    ("]", "closing bracket"),
    ("->", "thin arrow"),
    ("=>", "arrow"),
    ("|", "vertical bar"),
    ("!", "exclamation mark"),
    ("*", "asterisk"),
    ("'", "single quote"),
    ("\"", "double quote"),
    ("=", "equals"),
];

/// The row, where a finger types.
#[component]
pub fn Signs(on_sign: Callback<&'static str>) -> impl IntoView {
    if !page::is_touched() {
        return ().into_any();
    }
    let sign = |typed: &'static str, shown: &'static str, name: &'static str| {
        view! {
            <button
                type="button"
                data-testid="sign"
                data-sign=typed
                aria-label=name
                // The keyboard stays: the field keeps the focus.
                on:pointerdown=|event| event.prevent_default()
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| on_sign.run(typed)
            >
                {shown}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="signs" data-signs="" role="group" aria-label="Signs to type" translate="no">
            {sign(STEP, "⇥", "four spaces")}
            {SIGNS.map(|(typed, name)| sign(typed, typed, name))}
        </div>
    }
    .into_any()
}
