//! Dragging something over places that take it.
//!
//! It reports what the pointer is over while it moves; there is no picture of what is dragged, since the page shows it in its
//! new place at once. A mouse drags from anywhere on the thing, a finger by its handle (`data-handle`), so that the
//! page can still be scrolled. The handle must have `touch-action: none`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

use super::{clock, document};

/// What the pointer is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// A gap (`data-gap`).
    Gap(usize),
    /// The pool (`data-pool`).
    Pool,
    /// Nothing any more: the browser has taken the pointer for something else.
    Cancelled,
}

/// How far, in CSS pixels, a pointer goes before it is not a tap any more.
const THRESHOLD: i32 = 6;
/// How long, in ms, after a drag a click is the drag's own.
const CLICK: f64 = 80.0;

thread_local! {
    /// The listeners of the drag that is under way.
    static RUNNING: RefCell<Vec<WindowListenerHandle>> = const { RefCell::new(Vec::new()) };
    static ENDED: Cell<f64> = const { Cell::new(f64::NEG_INFINITY) };
}

/// Whether a drag has ended just now: the click that browsers make of it is none.
pub fn has_just_ended() -> bool {
    clock::ticks() - ENDED.get() < CLICK
}

/// Ends the drag that is under way, if there is one. A page that goes away with what is dragged must do so.
pub fn cancel() {
    let listeners = RUNNING.take();
    listeners.into_iter().for_each(WindowListenerHandle::remove);
}

/// Follows the pointer that `event` has put down until it is lifted.
pub fn begin(event: &PointerEvent, on_over: impl Fn(Over) + 'static) {
    if event.button() != 0 || (event.pointer_type() != "mouse" && !is_on_handle(event)) {
        return;
    }
    cancel();
    let (id, x, y) = (event.pointer_id(), event.client_x(), event.client_y());
    let dragging = Rc::new(Cell::new(false));
    let on_over: Rc<dyn Fn(Over)> = Rc::new(on_over);

    let moves = window_event_listener(ev::pointermove, {
        let (dragging, on_over) = (Rc::clone(&dragging), Rc::clone(&on_over));
        move |event: PointerEvent| {
            if event.pointer_id() != id {
                return;
            }
            // Some browsers tell of no end where a menu has opened meanwhile.
            if event.buttons() & 1 == 0 {
                return cancel();
            }
            let far = (event.client_x() - x).abs().max((event.client_y() - y).abs()) >= THRESHOLD;
            if !(dragging.get() || far) {
                return;
            }
            dragging.set(true);
            event.prevent_default();
            if let Some(over) = over(&event) {
                on_over(over);
            }
        }
    });
    let up = window_event_listener(ev::pointerup, move |event: PointerEvent| {
        if event.pointer_id() == id {
            if dragging.get() {
                ENDED.set(clock::ticks());
            }
            cancel();
        }
    });
    let cancelled = window_event_listener(ev::pointercancel, move |event: PointerEvent| {
        if event.pointer_id() == id {
            on_over(Over::Cancelled);
            cancel();
        }
    });
    RUNNING.set(vec![moves, up, cancelled]);
}

fn is_on_handle(event: &PointerEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("[data-handle]").ok().flatten().is_some())
}

fn over(event: &PointerEvent) -> Option<Over> {
    let element = document().element_from_point(event.client_x() as f32, event.client_y() as f32)?;
    if let Some(gap) = element.closest("[data-gap]").ok().flatten() {
        return gap.get_attribute("data-gap")?.parse().ok().map(Over::Gap);
    }
    element.closest("[data-pool]").ok().flatten().map(|_| Over::Pool)
}
