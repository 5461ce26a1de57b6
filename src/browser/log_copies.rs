//! The second copy of the log's segments, in an IndexedDB: browsers write localStorage to the disk seconds after a page did, and
//! this at once.
//!
//! Whoever writes does not wait. What is to be done stands in a queue; all that is in it goes into one transaction, in its order.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use js_sys::Array;
use leptos::task::spawn_local;
use quiz::copies::{self, Change, Copied};
use quiz::journal::Storage;
use wasm_bindgen::{JsCast, JsValue};

use super::database::{Database, DatabaseError, answer, done};
use super::storage::LocalStorage;

const NAME: &str = "borrowed-time-log";
/// Segments, as in localStorage: text by its key.
const SEGMENTS: &str = "segments";

/// This site's localStorage, and behind it the second copy of all segments.
pub const STORAGE: Copied<LocalStorage, fn(Change)> = Copied { first: LocalStorage, tell: change };

thread_local! {
    static QUEUE: RefCell<VecDeque<Change>> = const { RefCell::new(VecDeque::new()) };
    static IS_WRITING: Cell<bool> = const { Cell::new(false) };
}

/// Does something to the copies, soon.
pub fn change(change: Change) {
    QUEUE.with_borrow_mut(|queue| queue.push_back(change));
    if !IS_WRITING.replace(true) {
        spawn_local(async {
            // Where there is no database, localStorage alone has to do.
            let _ = write_all().await;
            QUEUE.with_borrow_mut(VecDeque::clear);
            IS_WRITING.set(false);
        });
    }
}

async fn write_all() -> Result<(), DatabaseError> {
    let database = opened().await?;
    loop {
        let changes = QUEUE.take();
        if changes.is_empty() {
            return Ok(());
        }
        let (writing, [segments]) = database.write()?;
        for change in changes {
            match change.now(|key| LocalStorage.get(key).ok().flatten()) {
                Some((key, Some(value))) => _ = segments.put_with_key(&value.into(), &key.into())?,
                Some((key, None)) => _ = segments.delete(&key.into())?,
                None => {}
            }
        }
        done(&writing).await?;
    }
}

async fn opened() -> Result<Database<1>, DatabaseError> {
    Database::open(NAME, [SEGMENTS]).await
}

/// All copies, by their keys; nothing where the browser gives no access to them.
pub async fn all() -> Option<Vec<(String, String)>> {
    let database = opened().await.ok()?;
    let [segments] = database.read().ok()?;
    let (keys, values) = (segments.get_all_keys().ok()?, segments.get_all().ok()?);
    let keys: Array = answer(&keys).await.ok()?.unchecked_into();
    let values: Array = answer(&values).await.ok()?.unchecked_into();
    let text = |value: JsValue| value.as_string();
    Some(keys.iter().zip(values.iter()).filter_map(|(key, value)| Some((text(key)?, text(value)?))).collect())
}

/// Removes all copies that can be read, those included that localStorage has no more.
pub async fn erase() {
    for (key, copy) in all().await.unwrap_or_default() {
        if copies::is_whole(&copy) {
            change(Change::Remove(key));
        }
    }
}
