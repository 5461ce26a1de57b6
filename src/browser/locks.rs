//! Web Locks: which tabs are alive, and one tab at a time for a piece of work.
//!
//! web-sys has them behind a compiler flag only, so the few functions are declared here. A browser without them, or a
//! page without a secure context, gets `None`: then nothing is merged and nothing is lost.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::window;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = LockManager)]
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, callback: &Function) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<Promise, JsValue>;
}

fn manager() -> Option<LockManager> {
    let locks = Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

/// Holds the lock `name` for as long as this page lives.
pub fn hold_for_life(name: &str) {
    let forever = Closure::once_into_js(|| Promise::new(&mut |_, _| {}));
    if let Some(locks) = manager() {
        settle(locks.request(name, &js_sys::Object::new(), forever.unchecked_ref()));
    }
}

/// A lock that this page holds.
pub struct Held(Option<Function>);

impl Held {
    /// Whether the browser keeps other pages from holding it: not where there are no locks.
    pub fn is_exclusive(&self) -> bool {
        self.0.is_some()
    }

    /// Lets go of it.
    pub fn release(self) {
        if let Some(resolve) = self.0 {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Tries to hold the lock `name`, and tells `on_answer` the lock, or nothing if another page holds it. Without locks this page has it.
pub fn hold_if_free(name: &str, on_answer: impl FnOnce(Option<Held>) + 'static) {
    request(name, true, Box::new(on_answer));
}

/// Waits until no other page holds the lock `name`, and tells `on_held`.
pub fn hold_when_free(name: &str, on_held: impl FnOnce(Held) + 'static) {
    let on_answer = |held: Option<Held>| {
        if let Some(held) = held {
            on_held(held);
        }
    };
    request(name, false, Box::new(on_answer));
}

/// Boxed, so that the asking is compiled once.
fn request(name: &str, if_available: bool, on_answer: Box<dyn FnOnce(Option<Held>)>) {
    let Some(locks) = manager() else { return on_answer(Some(Held(None))) };
    let options = js_sys::Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &if_available.into());
    let on_answer = Rc::new(Cell::new(Some(on_answer)));
    let waiting = Rc::clone(&on_answer);
    let callback = Closure::once_into_js(move |lock: JsValue| {
        let mut resolve = None;
        let until_released = Promise::new(&mut |done, _| resolve = Some(done));
        let is_held = !lock.is_null();
        if let Some(waiting) = waiting.take() {
            waiting(is_held.then_some(Held(resolve)));
        }
        if is_held { until_released.into() } else { JsValue::UNDEFINED }
    });
    let request = locks.request(name, &options, callback.unchecked_ref());
    spawn_local(async move {
        // Where storage is denied, locks are too: it is as if there were none.
        let is_denied = match request {
            Ok(request) => JsFuture::from(request).await.is_err(),
            Err(_) => true,
        };
        if let Some(on_answer) = on_answer.take().filter(|_| is_denied) {
            on_answer(Some(Held(None)));
        }
    });
}

/// The names of all locks that any tab of this origin holds, or `None` if the browser cannot tell.
pub async fn held() -> Option<Vec<String>> {
    let snapshot = JsFuture::from(manager()?.query().ok()?).await.ok()?;
    let held = Reflect::get(&snapshot, &"held".into()).ok()?;
    let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    Some(Array::from(&held).iter().filter_map(name).collect())
}

/// Does `work` while this page holds the lock `name`; not at all if another page holds it, or there are no locks.
pub fn if_free(name: &str, work: impl FnOnce() + 'static) {
    let Some(locks) = manager() else { return };
    let options = js_sys::Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    let callback = Closure::once_into_js(move |lock: JsValue| {
        if !lock.is_null() {
            work();
        }
    });
    settle(locks.request(name, &options, callback.unchecked_ref()));
}

/// Where storage is denied, locks are too, by a promise that fails: nobody waits for it, but somebody must hear it.
fn settle(request: Result<Promise, JsValue>) {
    if let Ok(request) = request {
        spawn_local(async move {
            let _ = JsFuture::from(request).await;
        });
    }
}
