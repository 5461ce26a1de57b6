//! Keys pressed anywhere on the page.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, KeyboardEvent};

/// Where the focus was when a key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// In a field that takes text and is no part of the answer, such as a note.
    Text,
    /// In a field that takes a part of the answer as text.
    AnswerText,
    /// On something that a key press works by itself: a button, a link, a list.
    Control,
    /// On a part of the answer, such as an option or a line, that Enter would change.
    Answer,
    /// On a part of the answer that Enter would not change: a radio button that is chosen, a check box.
    Settled,
    /// Elsewhere.
    Page,
}

impl Focus {
    /// Whether what is pressed there is typed.
    pub fn takes_text(self) -> bool {
        matches!(self, Focus::Text | Focus::AnswerText)
    }
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

thread_local! {
    static SINGLE_KEYS: Cell<bool> = const { Cell::new(true) };
}

/// Says whether keys with a letter, a digit or a sign come through without Control. Who speaks to the computer, or whose hands
/// shake, may not want them (WCAG 2.1.4).
pub fn allow_single_keys(are_allowed: bool) {
    SINGLE_KEYS.set(are_allowed);
}

fn is_single(event: &KeyboardEvent) -> bool {
    let has_command = event.ctrl_key() || event.meta_key();
    event.key().chars().count() == 1 && event.key() != " " && !has_command
}

/// Lets arrow keys choose among radio buttons and among tabs, as the ARIA Authoring Practices have it; lines of programs have a
/// cursor of their own.
pub fn choose_by_arrows() {
    listen(|press| match press.key.as_str() {
        _ if press.command => false,
        "ArrowDown" => choose_next(RADIOS, 1),
        "ArrowUp" => choose_next(RADIOS, -1),
        "ArrowRight" => choose_next(RADIOS, 1) || choose_next(TABS, 1),
        "ArrowLeft" => choose_next(RADIOS, -1) || choose_next(TABS, -1),
        _ => false,
    });
}

/// A group of which one member is chosen, and its members.
type Group = (&'static str, &'static str);

const RADIOS: Group = ("[role=radiogroup]:not(pre)", "[role=radio]:not(:disabled)");
const TABS: Group = ("[role=tablist]", "[role=tab]");

/// Moves the focus by so many members within the group that has it, and chooses where it lands.
fn choose_next((group, members): Group, by: i32) -> bool {
    let Some(focused) = super::document().active_element() else { return false };
    let Some(group) = focused.closest(group).ok().flatten() else { return false };
    let Ok(found) = group.query_selector_all(members) else { return false };
    let members: Vec<HtmlElement> = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
    let Some(place) = members.iter().position(|member| member.is_same_node(Some(&focused))) else { return false };
    let next = (place as i32 + by).rem_euclid(members.len() as i32) as usize;
    super::focus::give(&members[next], &FocusOptions::new());
    members[next].click();
    true
}

/// Boxed, so that the machinery of listening is there once.
fn listen_boxed(on_key: Box<dyn Fn(KeyPress) -> bool>) {
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if is_single(&event) && !SINGLE_KEYS.get() {
            return;
        }
        if event.default_prevented() || event.alt_key() || event.is_composing() || event.repeat() {
            return;
        }
        let is_covered = super::document().query_selector("dialog[open]").ok().flatten().is_some();
        if is_covered || super::page::is_behind() {
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
        if within("[data-answer]") { Focus::AnswerText } else { Focus::Text }
    } else if within("[data-answer][role=radio][aria-checked=true], [data-answer][role=checkbox]") {
        Focus::Settled
    } else if within("[data-answer]") {
        Focus::Answer
    } else if within("button, a, summary, input") {
        Focus::Control
    } else {
        Focus::Page
    }
}
