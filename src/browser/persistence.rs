//! Whether the browser promises to keep what this site stores.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::window;

/// Whether the browser has promised to keep what is stored. `None` if it cannot tell.
pub async fn is_promised() -> Option<bool> {
    ask("persisted").await
}

/// Asks the browser to keep what is stored; some ask the learner.
pub async fn ask_to_keep() -> Option<bool> {
    ask("persist").await
}

async fn ask(method: &str) -> Option<bool> {
    let manager = Reflect::get(&window().navigator(), &"storage".into()).ok()?;
    let method: Function = Reflect::get(&manager, &method.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = method.call0(&manager).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok().and_then(|answer: JsValue| answer.as_bool())
}
