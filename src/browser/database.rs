//! IndexedDB, as far as this app needs it: a few stores of one database, read and written in transactions.
//!
//! `idb` and `rexie` would bring wrappers for cursors, indexes and all events. Five kinds of request are needed here, and a promise
//! takes the handlers of a request as they are, so web-sys alone is smaller than either, and not longer.

use gloo_events::EventListener;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

use super::{name_of, said, window};

/// Why a database does not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseError {
    /// There is no more room.
    Full,
    /// Something else, in the browser's words.
    Failed(String),
}

impl From<JsValue> for DatabaseError {
    fn from(error: JsValue) -> DatabaseError {
        match name_of(&error).as_str() {
            "QuotaExceededError" => DatabaseError::Full,
            _ => DatabaseError::Failed(said(&error)),
        }
    }
}

impl From<Option<DomException>> for DatabaseError {
    fn from(error: Option<DomException>) -> DatabaseError {
        JsValue::from(error).into()
    }
}

/// An open database. It is closed with this, as soon as what was asked of it is done. Whoever keeps it open must let go of it
/// [when it is asked for](Database::on_farewell), so that nothing stands in the way of a later format.
pub struct Database<const STORES: usize> {
    opened: IdbDatabase,
    stores: [&'static str; STORES],
}

impl<const STORES: usize> Drop for Database<STORES> {
    fn drop(&mut self) {
        self.opened.close();
    }
}

impl<const STORES: usize> Database<STORES> {
    /// Opens a database in its first version, and makes it with these stores if it is not there.
    pub async fn open(name: &str, stores: [&'static str; STORES]) -> Result<Self, DatabaseError> {
        let none = || DatabaseError::Failed("this browser has no room for it".to_owned());
        let request: IdbOpenDbRequest = window().indexed_db()?.ok_or_else(none)?.open_with_u32(name, 1)?;
        let made = request.clone();
        let _making = EventListener::once(&request, "upgradeneeded", move |_| {
            if let Ok(database) = made.result().map(JsCast::unchecked_into::<IdbDatabase>) {
                for store in stores {
                    let _ = database.create_object_store(store);
                }
            }
        });
        Ok(Database { opened: answer_within(&request, Some(OPENING_MS)).await?.unchecked_into(), stores })
    }

    /// Calls `let_go` when another page wants to change or remove the database, or the browser has closed it.
    pub fn on_farewell(&self, let_go: impl Fn() + Copy + 'static) {
        for event in ["versionchange", "close"] {
            // It lives as long as the database, which may go by it.
            EventListener::new(&self.opened, event, move |_| spawn_local(async move { let_go() })).forget();
        }
    }

    /// Begins to read.
    pub fn read(&self) -> Result<[IdbObjectStore; STORES], DatabaseError> {
        self.begin(IdbTransactionMode::Readonly).map(|(_, stores)| stores)
    }

    /// Begins to write. All is written or nothing, and it is on the disk once it is [`done`].
    pub fn write(&self) -> Result<(IdbTransaction, [IdbObjectStore; STORES]), DatabaseError> {
        self.begin(IdbTransactionMode::Readwrite)
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, [IdbObjectStore; STORES]), DatabaseError> {
        let names: Array = self.stores.iter().map(|store| JsValue::from(*store)).collect();
        // web-sys has the third argument only behind an unstable flag. Without it some browsers say that a transaction is complete
        // when the operating system has it; whatever kills the browser, or the machine, then takes it.
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: Function = Reflect::get(&self.opened, &"transaction".into())?.unchecked_into();
        let transaction: IdbTransaction =
            begin.call3(&self.opened, &names, &JsValue::from(mode), &options)?.unchecked_into();
        let mut stores = Vec::with_capacity(STORES);
        for store in self.stores {
            stores.push(transaction.object_store(store)?);
        }
        let stores = stores.try_into().unwrap_or_else(|_| unreachable!("there is one for each"));
        Ok((transaction, stores))
    }
}

/// A database that has not opened after so many ms does not open: some browsers let a page wait for ever.
const OPENING_MS: i32 = 10_000;
/// So too with what is written; a piece of a recording takes a slow disk a while.
const WRITING_MS: i32 = 20_000;

/// What a request has found.
pub async fn answer(request: &IdbRequest) -> Result<JsValue, DatabaseError> {
    answer_within(request, None).await
}

async fn answer_within(request: &IdbRequest, ms: Option<i32>) -> Result<JsValue, DatabaseError> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        if let Some(ms) = ms {
            let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&reject, ms);
        }
    });
    match JsFuture::from(settled).await {
        Ok(_) => Ok(request.result()?),
        // One that is still pending has no error, and says so by throwing.
        Err(_) => Err(request.error()?.into()),
    }
}

/// Waits until what was written is there. A storage that is full says so only here; one that says nothing has failed.
pub async fn done(writing: &IdbTransaction) -> Result<(), DatabaseError> {
    let settled = Promise::new(&mut |resolve, reject| {
        writing.set_oncomplete(Some(&resolve));
        writing.set_onabort(Some(&reject));
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&reject, WRITING_MS);
    });
    JsFuture::from(settled).await.map(|_| ()).map_err(|_| writing.error().into())
}
