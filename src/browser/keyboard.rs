//! Keys pressed anywhere on the page.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Where the focus was when a key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// In a field that takes text.
    Text,
    /// On something that a key press works by itself: a button, a link, a list.
    Control,
    /// On a part of the answer, such as an option or a line.
    Answer,
    /// Elsewhere.
    Page,
}

/// A key press.
pub struct KeyPress {
    /// The key as the browser names it: `"a"`, `"Enter"`, `"ArrowDown"`.
    pub key: String,
    /// Whether Control or Command is held.
    pub command: bool,
    /// Where the focus was.
    pub focus: Focus,
}

/// Calls `on_key` for each key press until the current owner is cleaned up. If it returns true, the key is used up.
///
/// Keys that belong to the browser or to an open dialog, or that repeat, do not come through.
pub fn listen(on_key: impl Fn(KeyPress) -> bool + 'static) {
    listen_boxed(Box::new(on_key));
}

/// Boxed, so that the machinery of listening is there once.
fn listen_boxed(on_key: Box<dyn Fn(KeyPress) -> bool>) {
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if event.default_prevented() || event.alt_key() || event.is_composing() || event.repeat() {
            return;
        }
        if super::document().query_selector("dialog[open]").ok().flatten().is_some() {
            return;
        }
        let press = KeyPress {
            key: event.key(),
            command: event.ctrl_key() || event.meta_key(),
            focus: target.map_or(Focus::Page, |target| focus_of(&target)),
        };
        if on_key(press) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

fn focus_of(target: &Element) -> Focus {
    let within = |selector: &str| target.closest(selector).ok().flatten().is_some();
    if within("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=file])") {
        Focus::Text
    } else if within("[data-answer]") {
        Focus::Answer
    } else if within("button, a, summary, input") {
        Focus::Control
    } else {
        Focus::Page
    }
}
