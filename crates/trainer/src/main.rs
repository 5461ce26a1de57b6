//! The worker's wasm file. Its script, which `cargo xtask hook` writes, calls [`work`] with what the page said.
//!
//! It must not do more than carry messages: what is done is in the library.

use js_sys::Function;
use quiz::learner::fitting::{Task, WorkerMessage};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsValue, UnwrapThrowExt};

/// Does the task that the page has sent, and tells `hear` of all that there is to tell.
#[wasm_bindgen]
pub fn work(task: &str, hear: &Function) {
    let tell = |news: WorkerMessage| {
        hear.call1(&JsValue::UNDEFINED, &news.to_text().into()).expect_throw("the page hears");
    };
    let task = Task::from_text(task).map_err(|error| format!("The answers could not be read: {error}."));
    let fit = task.and_then(|task| {
        let progress = |share| tell(WorkerMessage::Progress(share));
        trainer::fit(&task, progress).map_err(|error| error.to_string())
    });
    tell(fit.map_or_else(WorkerMessage::Failed, WorkerMessage::Done));
}

fn main() {}
