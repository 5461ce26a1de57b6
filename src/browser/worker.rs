//! A worker: work that would hold the page up, done beside it.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Event, MessageEvent, WorkerOptions, WorkerType};

use super::said;

/// What a worker has said, as text, or why it is lost.
pub type RawMessage = Result<String, String>;

/// How the script of a worker is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// It is one file.
    Classic,
    /// It imports others.
    Module,
}

/// A running worker. It ends with this.
pub struct Worker {
    worker: web_sys::Worker,
    _listeners: [EventListener; 2],
}

impl Drop for Worker {
    fn drop(&mut self) {
        // What it has said already finds nobody: the listeners go with this as well.
        self.worker.terminate();
    }
}

impl Worker {
    /// Starts the worker whose script is at `address`, relative to the site's root, and sends it `message`. `hear` is called
    /// with whatever it says.
    ///
    /// # Errors
    /// What the browser said, if it would not.
    pub fn start(
        address: &str,
        script: Script,
        message: &str,
        hear: impl Fn(RawMessage) + 'static,
    ) -> Result<Worker, String> {
        Worker::start_boxed(address, script, message, Rc::new(hear))
    }

    fn start_boxed(
        address: &str,
        script: Script,
        message: &str,
        hear: Rc<dyn Fn(RawMessage)>,
    ) -> Result<Worker, String> {
        let options = WorkerOptions::new();
        if script == Script::Module {
            options.set_type(WorkerType::Module);
        }
        let worker = web_sys::Worker::new_with_options(address, &options).map_err(|error| said(&error))?;
        let _listeners = ["message", "error"].map(|kind| {
            let hear = Rc::clone(&hear);
            EventListener::new(&worker, kind, move |event| hear(said_by(event)))
        });
        let worker = Worker { worker, _listeners };
        worker.send(message);
        Ok(worker)
    }

    /// Sends a message.
    pub fn send(&self, message: &str) {
        // Text can always be sent.
        let _ = self.worker.post_message(&message.into());
    }
}

/// What a message holds. Errors come without any when the script could not be loaded.
fn said_by(event: &Event) -> RawMessage {
    let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
    text.ok_or_else(|| "A file of the app could not be loaded.".to_owned())
}
