//! A worker: work that would hold the page up, done beside it. There is one at a time.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, MessageEvent, Worker};

use super::said;

/// What a worker has said, as text, or why it is lost.
pub type RawMessage = Result<String, String>;

/// A worker and what hears it.
struct Running {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Drop for Running {
    fn drop(&mut self) {
        // What it has said already finds nobody: the listeners go with this as well.
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
    let hear: Rc<dyn Fn(RawMessage)> = Rc::from(hear);
    let _listeners = ["message", "error"].map(|kind| {
        let hear = Rc::clone(&hear);
        EventListener::new(&worker, kind, move |event| hear(said_by(event)))
    });
    let _ = worker.post_message(&message.into());
    RUNNING.set(Some(Running { worker, _listeners }));
}

/// What a message holds. Errors come without any when the script could not be loaded.
fn said_by(event: &Event) -> RawMessage {
    let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
    text.ok_or_else(|| "A file of the app could not be loaded.".to_owned())
}

/// Stops the worker at once, if there is one.
pub fn stop() {
    RUNNING.set(None);
}
