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

/// Where tabs that are closed leave what they had under way.
const LEFT: &str = "borrowed-time/left";
/// Stands between the parts of what one tab left: no value has it.
const BETWEEN: char = '\u{1f}';
/// Stands between what tabs have left, the last one first.
const BETWEEN_TABS: char = '\u{1e}';

/// What a tab had under way when it was closed.
struct Left {
    /// When that was, in ms since 1970.
    at: u64,
    /// The values with their keys.
    values: Vec<(String, String)>,
}

/// Takes up what tabs that were closed had under way, if this one has nothing, and leaves it behind in the same way at its end.
pub fn outlive_the_tab() {
    let own = session_values();
    if own.is_empty() {
        // The last one has the last word.
        left().iter().rev().flat_map(|left| &left.values).for_each(|(key, value)| remember(key, value));
        forget_left();
    } else {
        // Before it was loaded anew this tab has left its own.
        leave(left_without(&own));
    }
    window_event_listener(ev::pagehide, |_| {
        let own = session_values();
        if own.is_empty() {
            return;
        }
        let mut all = left_without(&own);
        all.insert(0, Left { at: clock::now(), values: own });
        leave(all);
    });
}

/// What tabs that were closed have left, unless that is too long ago.
fn left() -> Vec<Left> {
    let Ok(Some(text)) = LocalStorage.get(LEFT) else { return Vec::new() };
    let mut all = Vec::new();
    for text in text.split(BETWEEN_TABS) {
        let mut parts = text.split(BETWEEN).map(str::to_owned);
        let at: u64 = parts.next().and_then(|at| at.parse().ok()).unwrap_or_default();
        let mut values = Vec::new();
        while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
            values.push((key, value));
        }
        if clock::now().abs_diff(at) <= SITTING_MS {
            all.push(Left { at, values });
        }
    }
    all
}

/// The same, without what this tab has itself.
fn left_without(own: &[(String, String)]) -> Vec<Left> {
    let mut all = left();
    all.iter_mut().for_each(|left| left.values.retain(|(key, _)| own.iter().all(|(own, _)| own != key)));
    all.retain(|left| !left.values.is_empty());
    all
}

fn leave(all: Vec<Left>) {
    if all.is_empty() {
        return forget_left();
    }
    let mut text = String::new();
    for Left { at, values } in all {
        if !text.is_empty() {
            text.push(BETWEEN_TABS);
        }
        text += &at.to_string();
        for part in values.iter().flat_map(|(key, value)| [key, value]) {
            text.push(BETWEEN);
            text += part;
        }
    }
    // Without room it is lost, as it was in a tab before.
    let _ = LocalStorage.set(LEFT, &text);
}

/// Lets go of what tabs that were closed have left.
pub fn forget_left() {
    let _ = LocalStorage.remove(LEFT);
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

/// Lets this tab forget every key that begins like this.
pub fn forget_all(prefix: &str) {
    session_values().iter().filter(|(key, _)| key.starts_with(prefix)).for_each(|(key, _)| forget(key));
}

/// Calls `on_change` with the key, or `None` when all was cleared, whenever another tab changed the localStorage.
pub fn on_change_elsewhere(on_change: impl Fn(Option<String>) + 'static) {
    let handle = window_event_listener(ev::storage, move |event| on_change(event.key()));
    on_cleanup(move || handle.remove());
}
