//! The second copy of the log's segments, in an IndexedDB: browsers write localStorage to the disk seconds after a page did, and
//! this at once.
//!
//! What is to be done stands in a queue; all that is in it goes into one transaction, in its order. Whoever writes need not wait, and
//! [can](when_written).

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Array;
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use quiz::copies::{self, Change, Copied};
use quiz::journal::Storage;
use quiz::log;
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
    /// Who waits until all is written.
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
    /// It stays open: opening it takes longer than writing does.
    static OPENED: RefCell<Option<Rc<Database<1>>>> = const { RefCell::new(None) };
    /// Whether the copies could not be read: what they have and nothing else has must not be removed then.
    static IS_OUT_OF_REACH: Cell<bool> = const { Cell::new(false) };
}

/// Does something to the copies, soon.
pub fn change(change: Change) {
    if IS_OUT_OF_REACH.get() {
        return;
    }
    QUEUE.with_borrow_mut(|queue| queue.push_back(change));
    if !IS_WRITING.replace(true) {
        spawn_local(async {
            // It may have been closed from outside. Where there is none, localStorage alone has to do.
            if write_all().await.is_err() && OPENED.take().is_some() {
                let _ = write_all().await;
            }
            QUEUE.with_borrow_mut(VecDeque::clear);
            IS_WRITING.set(false);
            WAITING.take().iter().for_each(go_on);
        });
    }
}

/// What is to be done once, by whoever comes first.
type Waiting = Rc<Cell<Option<Box<dyn FnOnce()>>>>;

fn go_on(waiting: &Waiting) {
    if let Some(then) = waiting.take() {
        then();
    }
}

/// A disk that takes longer than this is not waited for.
const PATIENCE: Duration = Duration::from_millis(300);

/// Goes on with `then` as soon as all that was told to the copies is on the disk: at once, if it is.
pub fn when_written(then: Box<dyn FnOnce()>) {
    if !IS_WRITING.get() {
        return then();
    }
    let waiting: Waiting = Rc::new(Cell::new(Some(then)));
    WAITING.with_borrow_mut(|all| all.push(Rc::clone(&waiting)));
    set_timeout(move || go_on(&waiting), PATIENCE);
}

/// What could not be written stays in the queue.
async fn write_all() -> Result<(), DatabaseError> {
    let database = opened().await?;
    loop {
        let changes = QUEUE.with_borrow(VecDeque::clone);
        if changes.is_empty() {
            return Ok(());
        }
        let count = changes.len();
        let (writing, [segments]) = database.write()?;
        for change in changes {
            match change.now(|key| LocalStorage.get(key).ok().flatten()) {
                Some((key, Some(value))) => _ = segments.put_with_key(&value.into(), &key.into())?,
                Some((key, None)) => _ = segments.delete(&key.into())?,
                None => {}
            }
        }
        done(&writing).await?;
        QUEUE.with_borrow_mut(|queue| _ = queue.drain(..count));
    }
}

async fn opened() -> Result<Rc<Database<1>>, DatabaseError> {
    if let Some(database) = OPENED.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let database = Rc::new(Database::open(NAME, [SEGMENTS]).await?);
    database.on_farewell(|| _ = OPENED.take());
    OPENED.set(Some(Rc::clone(&database)));
    Ok(database)
}

/// All copies, by their keys. Nothing where the browser gives no access to them; then nothing is written to them either, as long as the
/// page lives.
pub async fn all() -> Option<Vec<(String, String)>> {
    let mut copies = try_all().await;
    // It may have been closed from outside.
    if copies.is_err() && OPENED.take().is_some() {
        copies = try_all().await;
    }
    IS_OUT_OF_REACH.set(copies.is_err());
    copies.ok()
}

async fn try_all() -> Result<Vec<(String, String)>, DatabaseError> {
    let database = opened().await?;
    let [segments] = database.read()?;
    let (keys, values) = (segments.get_all_keys()?, segments.get_all()?);
    let keys: Array = answer(&keys).await?.unchecked_into();
    let values: Array = answer(&values).await?.unchecked_into();
    let text = |value: JsValue| value.as_string();
    Ok(keys.iter().zip(values.iter()).filter_map(|(key, value)| Some((text(key)?, text(value)?))).collect())
}

/// Removes all copies that can be read at least in parts, and remembers when that was.
pub async fn erase(at: String) {
    for (key, copy) in all().await.unwrap_or_default() {
        if log::read(&copy).is_ok() {
            change(Change::Remove(key));
        }
    }
    change(Change::Put(copies::ERASED_KEY.to_owned(), at));
}
