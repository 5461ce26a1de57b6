//! The focus is never lost: where what had it goes away, what stands in its place has it next.
//!
//! Whoever knows a better place moves the focus there; this looks only afterwards, and does nothing if anything has it.

use std::cell::{Cell, RefCell};

use gloo_events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusOptions, HtmlElement, NodeList};

use super::document;

/// What can have the focus.
const FOCUSABLE: &str = "a[href], button:not(:disabled), input, select, textarea, summary, [tabindex]";

/// What keeps the focus where something within it was tapped and is gone. The next button is none that they went to: Enter, which
/// submits from anywhere, would press it, and it may be the one for a hint.
const KEEPER: &str = "[data-keeps-focus]";

/// What had the focus.
#[derive(Clone)]
struct Focused {
    element: HtmlElement,
    /// The path of the page that it was on; none for what is on every page. The element of a page may be that of the next one too.
    page: Option<String>,
    /// All that could have the focus then, in the order of the page.
    others: NodeList,
    /// What keeps the focus of who tapped, if it was within such a thing.
    keeper: Option<HtmlElement>,
}

thread_local! {
    static LAST: RefCell<Option<Focused>> = const { RefCell::new(None) };
    static BY_KEYS: Cell<bool> = const { Cell::new(false) };
}

/// Gives the focus to an element, and shows it to who uses keys: WebKit would not, after a click and a key that the app used up.
pub fn give(element: &HtmlElement, options: &FocusOptions) {
    if BY_KEYS.get() {
        options.set_focus_visible(true);
    }
    let _ = element.focus_with_options(options);
}

/// Keeps the focus as long as the app runs, whatever a key or a click takes away.
pub fn keep() {
    let looks = || request_animation_frame(|| request_animation_frame(restore));
    hear("focusin", |event| {
        let element = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        LAST.set(element.zip(focusable()).map(|(element, others)| {
            let page = element.closest("main").ok().flatten().and_then(|_| path());
            let keeper = element.closest(KEEPER).ok().flatten().and_then(|keeper| keeper.dyn_into().ok());
            Focused { element, page, others, keeper }
        }));
    });
    hear("keydown", move |_| {
        BY_KEYS.set(true);
        looks();
    });
    hear("pointerdown", |_| BY_KEYS.set(false));
    hear("click", move |_| looks());
}

/// Hears of an event before all that moves the focus, for as long as the app runs.
fn hear(event: &'static str, act: impl Fn(&Event) + 'static) {
    let capture = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&window(), event, capture, move |event| act(event)).forget();
}

fn focusable() -> Option<NodeList> {
    document().query_selector_all(FOCUSABLE).ok()
}

fn path() -> Option<String> {
    window().location().pathname().ok()
}

fn elements(list: &NodeList) -> impl Iterator<Item = HtmlElement> {
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok())
}

/// Whether it is on the page, drawn, and of a kind that takes the focus.
fn can_have_focus(element: &HtmlElement) -> bool {
    element.offset_width() > 0 && element.matches(FOCUSABLE).unwrap_or(false)
}

/// Gives a lost focus to what follows the nearest thing before it that is still there, or to what keeps it.
fn restore() {
    let last = LAST.with_borrow(Clone::clone).filter(|last| !can_have_focus(&last.element));
    let Some(Focused { element: lost, page, others: before, keeper }) = last else { return };
    // Chromium takes the focus from what is hidden a while later.
    let is_hidden = |active: &Element| active.is_same_node(Some(&lost)) && lost.offset_width() == 0;
    let has_focus = |active: &Element| active.local_name() != "body" && !is_hidden(active);
    if document().active_element().is_some_and(|active| has_focus(&active)) {
        return;
    }
    if let Some(keeper) = keeper.filter(|keeper| !BY_KEYS.get() && can_have_focus(keeper)) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        return give(&keeper, &options);
    }
    let Some(now) = focusable().filter(|_| page.is_none() || page == path()) else {
        // Another page: its heading takes the focus.
        return;
    };
    let is_other = |element: &HtmlElement| !element.is_same_node(Some(&lost));
    let anchor = elements(&before).take_while(is_other).filter(can_have_focus).last();
    let follows = |element: &HtmlElement| anchor.as_ref().is_some_and(|anchor| !element.is_same_node(Some(anchor)));
    let mut rest = elements(&now).skip_while(follows).skip(1);
    let next = rest.find(|element| element.tab_index() >= 0 && can_have_focus(element));
    if let Some(next) = next.or(anchor) {
        give(&next, &FocusOptions::new());
    }
}
