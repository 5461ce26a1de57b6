//! localStorage for what must last, sessionStorage for what one tab has under way.

use leptos::ev;
use leptos::prelude::*;
use quiz::answering::stored::SITTING_MS;
use quiz::journal::{Storage, StorageError};
use wasm_bindgen::JsValue;

use super::{clock, name_of, said, window};

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
    match name_of(&error).as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => StorageError::Full,
        "SecurityError" => StorageError::Denied,
        _ => StorageError::Failed(said(&error)),
    }
}

/// What this tab remembers under `key` over a reload. Without a sessionStorage it remembers nothing.
pub fn remembered(key: &str) -> Option<String> {
    window().session_storage().ok().flatten()?.get_item(key).ok().flatten()
}

/// Lets this tab remember `value` over a reload, if the browser allows it. Nobody is told if it does not: a reload then loses
/// what is filled in and where a session was, but no answer, and a browser that stores nothing has been reported already.
pub fn remember(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Where a tab that is closed leaves what it had under way.
const LEFT: &str = "borrowed-time/left";
/// Stands between the parts of that: no value has it.
const BETWEEN: char = '\u{1f}';
/// Takes up what tabs that were closed had under way, if this one has nothing, and leaves it behind in the same way at its end.
pub fn outlive_the_tab() {
    let own = session_values();
    if own.is_empty() {
        left().iter().for_each(|(key, value)| remember(key, value));
        let _ = LocalStorage.remove(LEFT);
    } else {
        // Before it was loaded anew this tab has left its own.
        leave(without(left(), &own));
    }
    window_event_listener(ev::pagehide, |_| {
        let own = session_values();
        if own.is_empty() {
            return;
        }
        let others = without(left(), &own);
        leave(own.into_iter().chain(others).collect());
    });
}

fn without(mut values: Vec<(String, String)>, own: &[(String, String)]) -> Vec<(String, String)> {
    values.retain(|(key, _)| own.iter().all(|(own, _)| own != key));
    values
}

/// What tabs that were closed have left, unless that is too long ago.
fn left() -> Vec<(String, String)> {
    let Ok(Some(left)) = LocalStorage.get(LEFT) else { return Vec::new() };
    let mut parts = left.split(BETWEEN).map(str::to_owned);
    let left_at: u64 = parts.next().and_then(|at| at.parse().ok()).unwrap_or_default();
    let mut values = Vec::new();
    if clock::now().abs_diff(left_at) <= SITTING_MS {
        while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
            values.push((key, value));
        }
    }
    values
}

fn leave(values: Vec<(String, String)>) {
    if values.is_empty() {
        let _ = LocalStorage.remove(LEFT);
        return;
    }
    let mut left = clock::now().to_string();
    for (key, value) in values {
        left.extend([BETWEEN]);
        left.push_str(&key);
        left.extend([BETWEEN]);
        left.push_str(&value);
    }
    // Without room it is lost, as it was in a tab before.
    let _ = LocalStorage.set(LEFT, &left);
}

/// What this tab remembers, with the keys.
fn session_values() -> Vec<(String, String)> {
    let Ok(Some(storage)) = window().session_storage() else { return Vec::new() };
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok().flatten());
    let own = keys.filter(|key| key.starts_with("borrowed-time/"));
    own.filter_map(|key| Some((key.clone(), storage.get_item(&key).ok().flatten()?))).collect()
}

/// Lets this tab forget `key`.
pub fn forget(key: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.remove_item(key);
    }
}

/// Lets this tab forget every key that begins like this, and lets go of what closed tabs have left.
pub fn forget_all(prefix: &str) {
    let _ = LocalStorage.remove(LEFT);
    session_values().iter().filter(|(key, _)| key.starts_with(prefix)).for_each(|(key, _)| forget(key));
}

/// Calls `on_change` with the key, or `None` when all was cleared, whenever another tab changed the localStorage.
pub fn on_change_elsewhere(on_change: impl Fn(Option<String>) + 'static) {
    let handle = window_event_listener(ev::storage, move |event| on_change(event.key()));
    on_cleanup(move || handle.remove());
}
