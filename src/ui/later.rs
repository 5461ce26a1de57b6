//! Parts of a page that can wait.

use std::time::Duration;

use leptos::prelude::*;

/// What draws a part: in a box, so that the waiting is compiled once.
type Draw = Box<dyn Fn() -> AnyView + Send>;

/// A part of the page that is drawn in a task of its own: a tap in between is heard.
pub fn next(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let is_time = RwSignal::new(false);
    set_timeout(move || come(is_time), Duration::ZERO);
    once(is_time, Box::new(view))
}

/// A part of the page that is drawn once what is drawn now is on the screen: what is looked at first need not wait for it.
pub fn later(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let is_time = RwSignal::new(false);
    request_animation_frame(move || set_timeout(move || come(is_time), Duration::ZERO));
    // A page that nobody looks at is never drawn.
    set_timeout(move || come(is_time), Duration::from_millis(300));
    once(is_time, Box::new(view))
}

fn come(is_time: RwSignal<bool>) {
    if is_time.try_get_untracked() == Some(false) {
        is_time.set(true);
    }
}

fn once(is_time: RwSignal<bool>, draw: Draw) -> AnyView {
    let shown = move || match is_time.get() {
        true => draw(),
        // The page is not whole before: boot.mjs waits for it.
        false => view! { <i hidden data-loading></i> }.into_any(),
    };
    view! { {move || shown()} }.into_any()
}
