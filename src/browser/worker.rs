//! A worker: work that would hold the page up, done beside it. There is one at a time.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use super::said;

/// What a worker has said, as text, or why it is lost.
pub type RawMessage = Result<String, String>;

/// A worker and what hears it.
struct Running {
    worker: Worker,
    _hears: Closure<dyn Fn(JsValue)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // What it has said already must find nobody.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// Starts the worker whose script is at `address`, relative to the site's root, and sends it `message`. `hear` is called
/// with whatever it says until it is [stopped](stop).
pub fn start(address: &str, message: &str, hear: impl Fn(RawMessage) + 'static) {
    start_boxed(address, message, Box::new(hear));
}

fn start_boxed(address: &str, message: &str, hear: Box<dyn Fn(RawMessage)>) {
    stop();
    let worker = match Worker::new(address) {
        Ok(worker) => worker,
        Err(error) => return hear(Err(said(&error))),
    };
    // Errors come without a message when the script could not be loaded.
    let hears = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        let data = event.unchecked_ref::<MessageEvent>().data();
        hear(data.as_string().ok_or_else(|| "A file of the app could not be loaded.".to_owned()));
    });
    worker.set_onmessage(Some(hears.as_ref().unchecked_ref()));
    worker.set_onerror(Some(hears.as_ref().unchecked_ref()));
    let _ = worker.post_message(&message.into());
    RUNNING.set(Some(Running { worker, _hears: hears }));
}

/// Stops the worker at once, if there is one.
pub fn stop() {
    RUNNING.set(None);
}
