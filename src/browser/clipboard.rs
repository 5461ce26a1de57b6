//! The system's clipboard: texts that the learner copies.

use std::future::Future;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{said, window};

/// Copies `text`. Browsers demand that it is called from a tap or a key, so they are asked at once, not when the future is
/// first polled.
///
/// # Errors
/// What the browser said, if it would not.
pub fn copy(text: &str) -> impl Future<Output = Result<(), String>> + use<> {
    let copying = ask_clipboard(text);
    async move {
        let promise: Promise = match copying {
            None => return Err("this browser does not let the page copy anything".to_owned()),
            Some(result) => result.map_err(|error| said(&error))?.unchecked_into(),
        };
        JsFuture::from(promise).await.map(|_| ()).map_err(|error| said(&error))
    }
}

/// Calls `navigator.clipboard.writeText`, which pages without a secure connection do not have.
fn ask_clipboard(text: &str) -> Option<Result<JsValue, JsValue>> {
    let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
    Some(write.call1(&clipboard, &text.into()))
}
