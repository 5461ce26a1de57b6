//! Parts of a page that can wait.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock;

/// A part of the page that is drawn in a task of its own: a tap in between is heard.
pub fn next(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let is_time = RwSignal::new(false);
    spawn_local(async move {
        clock::pause().await;
        let _ = is_time.try_set(true);
    });
    let shown = move || is_time.get().then(&view);
    view! { {move || shown()} }.into_any()
}

/// A part of the page that is drawn once what is drawn now is on the screen: what is looked at first need not wait for it.
pub fn later(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let is_time = RwSignal::new(false);
    let come = move || {
        if is_time.try_get_untracked() == Some(false) {
            is_time.set(true);
        }
    };
    request_animation_frame(move || set_timeout(come, Duration::ZERO));
    // A page that nobody looks at is never drawn.
    set_timeout(come, Duration::from_millis(300));
    let shown = move || match is_time.get() {
        true => view(),
        // The page is not whole before: boot.mjs waits for it.
        false => view! { <i hidden data-loading></i> }.into_any(),
    };
    view! { {move || shown()} }.into_any()
}
