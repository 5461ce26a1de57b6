//! The list of keys, behind `?`.

use leptos::prelude::*;

use super::button::Button;
use crate::browser::keyboard;
use crate::browser::page;

const DIALOG: &str = "#keys-help";

/// The dialog that lists the keys, and the key that opens it.
#[component]
pub fn KeysHelp() -> impl IntoView {
    const KEYS: [(&str, &str); 14] = [
        (
            "1 – 9",
            "choose an option, a rule, what goes into the slot, or the next line. In “spot the line”: go to that question",
        ),
        ("p  e  x  u", "it prints, it does not compile, it panics, undefined behaviour"),
        ("j  k  ↓  ↑", "pick the line below or above"),
        ("a – g", "go to that slot"),
        ("Space", "lift a line or drop it. Arrows move it, Esc puts it back"),
        ("Backspace", "take the lowest line out"),
        ("Enter", "submit, fairly sure. After that, go on"),
        ("–  +", "submit as a guess, or certain"),
        ("Ctrl Enter", "submit from anywhere; run the program that you write"),
        ("Tab", "in a program that you write: indent. After Esc it leaves the field"),
        ("h", "open the next hint"),
        ("/", "search the problems"),
        ("?", "show this list"),
        ("Esc", "close this list"),
    ];
    keyboard::listen(|press| {
        let asks = press.key == "?" && !press.focus.takes_text();
        if asks {
            page::show_dialog(DIALOG);
        }
        asks
    });
    let rows = KEYS.map(|(key, meaning)| view! { <dt><kbd>{key}</kbd></dt><dd>{meaning}</dd> }.into_any());
    view! {
        <dialog id="keys-help" class="keys-help" data-testid="keys-help" aria-labelledby="keys-help-title">
            <h2 id="keys-help-title">"Keys"</h2>
            <dl>{rows}</dl>
            <div class="actions">
                <Button class="go" label="Close" on_press=|| page::close_dialog(DIALOG) />
            </div>
        </dialog>
    }
}
