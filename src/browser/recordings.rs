//! The recordings of this browser, in an IndexedDB of their own. They are in no export and never leave the device by themselves.
//!
//! A recording is an entry in `recordings` (JSON under its id) and its pieces in `pieces` (bytes under the id and a number), written
//! in one transaction with each piece: what is listed can be played, however the page went away. The version of that format is the
//! database's own. Pieces are buffers and not blobs, which some browsers do not store in private windows.
//!
//! `idb` and `rexie` would bring wrappers for cursors, indexes and all events. Five kinds of request are needed here, and a promise
//! takes the handlers of a request as they are, so web-sys alone is smaller than either, and not longer.

use gloo_events::EventListener;
use gloo_file::{Blob, ObjectUrl};
use js_sys::{Array, Promise};
use quiz::json::{self, FromJson, Json};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    BlobPropertyBag, DomException, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

use super::recorder::Piece;
use super::{name_of, said, window};

const NAME: &str = "borrowed-time-recordings";
const VERSION: u32 = 1;
const RECORDINGS: &str = "recordings";
const PIECES: &str = "pieces";

/// What is known of a recording without listening to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recording {
    /// Its unique name.
    pub id: String,
    /// What it belongs to.
    pub interview: String,
    /// The round of it, from 0.
    pub round: usize,
    /// When it began, in ms since 1970.
    pub started_at_ms: u64,
    /// What kind of file it is.
    pub mime: String,
    /// How much room it takes.
    pub bytes: u64,
    /// How long it is, in ms.
    pub ms: u64,
}

impl FromJson for Recording {
    fn from_json(json: Json<'_>) -> Recording {
        let mut fields = json.fields();
        Recording {
            id: fields.take("id"),
            interview: fields.take("interview"),
            round: fields.take("round"),
            started_at_ms: fields.take("started_at_ms"),
            mime: fields.take("mime"),
            bytes: fields.take("bytes"),
            ms: fields.take("ms"),
        }
    }
}

/// Why the store does not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// There is no more room.
    Full,
    /// The recording was deleted while it was being made.
    Gone,
    /// Something else, in the browser's words.
    Failed(String),
}

impl From<JsValue> for StoreError {
    fn from(error: JsValue) -> StoreError {
        match name_of(&error).as_str() {
            "QuotaExceededError" => StoreError::Full,
            _ => StoreError::Failed(said(&error)),
        }
    }
}

impl From<Option<DomException>> for StoreError {
    fn from(error: Option<DomException>) -> StoreError {
        JsValue::from(error).into()
    }
}

/// Stores a piece of a recording, the how-manieth is `number`, together with what is known of the whole by now.
///
/// # Errors
/// When it is not stored. What was stored before stays.
pub async fn append(recording: &Recording, number: u32, piece: &Piece) -> Result<(), StoreError> {
    let bytes = JsFuture::from(piece.0.array_buffer()).await?;
    let id = JsValue::from(&recording.id);
    let entry = serde_json::to_string(recording).expect("a recording is plain data");
    let opened = Opened::new().await?;
    let (writing, [recordings, pieces]) = opened.begin(IdbTransactionMode::Readwrite)?;
    if number > 0 && answer(&recordings.count_with_key(&id)?).await? == 0.0 {
        return Err(StoreError::Gone);
    }
    recordings.put_with_key(&entry.into(), &id)?;
    pieces.put_with_key(&bytes, &Array::of2(&id, &number.into()))?;
    done(&writing).await
}

/// All recordings, the oldest first.
///
/// # Errors
/// When the browser gives no access to them.
pub async fn list() -> Result<Vec<Recording>, StoreError> {
    let opened = Opened::new().await?;
    let (_, [recordings, _]) = opened.begin(IdbTransactionMode::Readonly)?;
    let entries: Array = answer(&recordings.get_all()?).await?.unchecked_into();
    // What cannot be read is passed over and stays where it is, until all recordings are deleted.
    let read = |entry: JsValue| json::read::<Recording>(&entry.as_string()?).ok();
    let mut all: Vec<Recording> = entries.iter().filter_map(read).collect();
    all.sort_by_key(|recording| recording.started_at_ms);
    Ok(all)
}

/// An address at which the page can play a recording. It leads nowhere when this is gone.
#[derive(Clone)]
pub struct Address(ObjectUrl);

impl Address {
    /// The address.
    pub fn text(&self) -> String {
        (*self.0).to_owned()
    }
}

/// Puts the pieces of a recording together.
///
/// # Errors
/// When the browser gives no access to them.
pub async fn assemble(recording: &Recording) -> Result<Address, StoreError> {
    let opened = Opened::new().await?;
    let (_, [_, pieces]) = opened.begin(IdbTransactionMode::Readonly)?;
    let all = answer(&pieces.get_all_with_key(&pieces_of(&recording.id)?)?).await?;
    let kind = BlobPropertyBag::new();
    kind.set_type(&recording.mime);
    let whole = web_sys::Blob::new_with_buffer_source_sequence_and_options(&all, &kind)?;
    Ok(Address(ObjectUrl::from(Blob::from(whole))))
}

/// Deletes recordings.
///
/// # Errors
/// When they could not be deleted. Then all of them are still there.
pub async fn delete(ids: &[String]) -> Result<(), StoreError> {
    let opened = Opened::new().await?;
    let (writing, [recordings, pieces]) = opened.begin(IdbTransactionMode::Readwrite)?;
    for id in ids {
        recordings.delete(&id.into())?;
        pieces.delete(&pieces_of(id)?)?;
    }
    done(&writing).await
}

/// Deletes all recordings, and whatever could not be read.
///
/// # Errors
/// When they could not be deleted. Then all of them are still there.
pub async fn delete_all() -> Result<(), StoreError> {
    let opened = Opened::new().await?;
    let (writing, stores) = opened.begin(IdbTransactionMode::Readwrite)?;
    for store in stores {
        store.clear()?;
    }
    done(&writing).await
}

/// The keys of all pieces of a recording: a list sorts behind every number.
fn pieces_of(id: &str) -> Result<JsValue, JsValue> {
    let range = IdbKeyRange::bound(&Array::of1(&id.into()), &Array::of2(&id.into(), &Array::new()))?;
    Ok(range.into())
}

/// The open database. It is closed with this, as soon as what was asked of it is done: nothing stands in the way of a later format.
struct Opened(IdbDatabase);

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Opened {
    async fn new() -> Result<Opened, StoreError> {
        let none = || StoreError::Failed("this browser has no room for recordings".to_owned());
        let request: IdbOpenDbRequest = window().indexed_db()?.ok_or_else(none)?.open_with_u32(NAME, VERSION)?;
        let made = request.clone();
        let _making = EventListener::once(&request, "upgradeneeded", move |_| {
            if let Ok(database) = made.result().map(JsCast::unchecked_into::<IdbDatabase>) {
                for store in [RECORDINGS, PIECES] {
                    let _ = database.create_object_store(store);
                }
            }
        });
        Ok(Opened(answer(&request).await?.unchecked_into()))
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, [IdbObjectStore; 2]), StoreError> {
        let names = Array::of2(&RECORDINGS.into(), &PIECES.into());
        let transaction = self.0.transaction_with_str_sequence_and_mode(&names, mode)?;
        let stores = [transaction.object_store(RECORDINGS)?, transaction.object_store(PIECES)?];
        Ok((transaction, stores))
    }
}

/// What a request has found.
async fn answer(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(settled).await {
        Ok(_) => Ok(request.result()?),
        Err(_) => Err(request.error()?.into()),
    }
}

/// Waits until what was written is there. A storage that is full says so only here.
async fn done(writing: &IdbTransaction) -> Result<(), StoreError> {
    let settled = Promise::new(&mut |resolve, reject| {
        writing.set_oncomplete(Some(&resolve));
        writing.set_onabort(Some(&reject));
    });
    JsFuture::from(settled).await.map(|_| ()).map_err(|_| writing.error().into())
}
