//! What a learner sees when the app itself fails.
//!
//! After a panic the wasm code cannot go on, so the static page takes over: index.html has the screen ready and shows
//! it when it is told. An answer is stored before its feedback is drawn, so nothing is lost by a reload.

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;

use super::window;

/// Shows the screen on a panic, and puts the message on the console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| show(&info.to_string())));
}

fn show(message: &str) {
    let show = Reflect::get(&window(), &"showPanicScreen".into());
    if let Ok(Ok(show)) = show.map(|show| show.dyn_into::<Function>()) {
        let _ = show.call1(&window(), &message.into());
    }
}
