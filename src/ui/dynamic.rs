//! Parts of a page that are drawn anew when what they read changes.
//!
//! Leptos compiles its machinery once more for every type of view and of closure. These few functions give all of them
//! one type; without them the wasm file was a tenth larger.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

/// A part of the page that is drawn once what is drawn now is on the screen: what is looked at first need not wait for it.
pub fn later(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let is_time = RwSignal::new(false);
    let come = move || {
        if is_time.try_read_untracked().is_some_and(|is_time| !*is_time) {
            is_time.set(true);
        }
    };
    request_animation_frame(move || set_timeout(come, Duration::ZERO));
    // A page that nobody looks at is never drawn.
    set_timeout(come, Duration::from_millis(300));
    (move || is_time.get().then(&view)).into_any()
}

/// A list of views.
pub fn list<V: IntoView + 'static>(views: impl IntoIterator<Item = V>) -> AnyView {
    views.into_iter().map(IntoAny::into_any).collect::<Vec<_>>().into_any()
}

/// An element of this name and class: as `view!` would make it, but compiled once for all of its kind.
pub fn tag(name: &'static str, class: &'static str, inside: AnyView) -> AnyView {
    html::custom(name).class(class).child(inside).into_any()
}

/// An element with words in it.
pub fn words(name: &'static str, class: &'static str, words: impl Into<String>) -> AnyView {
    tag(name, class, words.into().into_any())
}

/// A heading of the second level, for screen readers and eyes alike.
pub fn heading(title: &'static str) -> AnyView {
    words("h2", "", title)
}

/// A block of text as it is, which can be scrolled by key.
pub fn verbatim(class: &'static str, text: impl Into<String>) -> AnyView {
    html::custom("pre").class(class).attr("tabindex", "0").child(text.into().into_any()).into_any()
}
