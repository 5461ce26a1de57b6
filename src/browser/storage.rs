//! localStorage for what must last, sessionStorage for what one tab has under way.

use leptos::ev;
use leptos::prelude::*;
use quiz::journal::{Storage, StorageError};
use wasm_bindgen::{JsCast, JsValue};

use super::{said, window};

/// This site's localStorage. Every call asks the browser anew, so a storage that is taken away is noticed.
#[derive(Clone, Copy, Debug)]
pub struct LocalStorage;

impl Storage for LocalStorage {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let storage = local()?;
        let count = storage.length().map_err(failed)?;
        Ok((0..count).filter_map(|index| storage.key(index).ok().flatten()).collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        local()?.get_item(key).map_err(failed)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        local()?.set_item(key, value).map_err(failed)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        local()?.remove_item(key).map_err(failed)
    }
}

/// How many bytes this app's values take.
pub fn taken() -> usize {
    let keys = LocalStorage.keys().unwrap_or_default();
    let own = keys.iter().filter(|key| key.starts_with("borrowed-time/"));
    own.map(|key| key.len() + LocalStorage.get(key).ok().flatten().map_or(0, |value| value.len())).sum()
}

fn local() -> Result<web_sys::Storage, StorageError> {
    window().local_storage().ok().flatten().ok_or(StorageError::Denied)
}

fn failed(error: JsValue) -> StorageError {
    let name = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.name()));
    let name = name.or_else(|| js_sys::Reflect::get(&error, &"name".into()).ok()?.as_string()).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => StorageError::Full,
        "SecurityError" => StorageError::Denied,
        _ => StorageError::Failed(said(&error)),
    }
}

/// What this tab remembers under `key` over a reload. Without a sessionStorage it remembers nothing.
pub fn remembered(key: &str) -> Option<String> {
    window().session_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Lets this tab remember `value` over a reload, if the browser allows it: it is a convenience, not the log.
pub fn remember(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Lets this tab forget `key`.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(key);
    }
}

/// Calls `on_change` with the key, or `None` when all was cleared, whenever another tab changed the localStorage.
pub fn on_change_elsewhere(on_change: impl Fn(Option<String>) + 'static) {
    let handle = window_event_listener(ev::storage, move |event| on_change(event.key()));
    on_cleanup(move || handle.remove());
}
