//! The recordings of this browser, in an IndexedDB of their own. They are in no export and never leave the device by themselves.
//!
//! A recording is an entry in `recordings` (JSON under its id) and its pieces in `pieces` (bytes under the id and a number), written
//! in one transaction with each piece: what is listed can be played, however the page went away. The version of that format is the
//! database's own. Pieces are buffers and not blobs, which some browsers do not store in private windows.

use gloo_file::{Blob, ObjectUrl};
use js_sys::Array;
use quiz::json::{self, FromJson, Json};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BlobPropertyBag, IdbKeyRange};

use super::database::{Database, DatabaseError, answer, done};
use super::recorder::Piece;

const NAME: &str = "borrowed-time-recordings";
const RECORDINGS: &str = "recordings";
const PIECES: &str = "pieces";

/// What is known of a recording without listening to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recording {
    /// Its unique name, which sorts by the time at which it began.
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

impl From<DatabaseError> for StoreError {
    fn from(error: DatabaseError) -> StoreError {
        match error {
            DatabaseError::Full => StoreError::Full,
            DatabaseError::Failed(why) => StoreError::Failed(why),
        }
    }
}

impl From<JsValue> for StoreError {
    fn from(error: JsValue) -> StoreError {
        DatabaseError::from(error).into()
    }
}

/// Stores a piece of a recording, the how-manieth is `number`, together with what is known of the whole by now.
///
/// # Errors
/// When it is not stored. What was stored before stays.
pub async fn append(recording: &Recording, number: u32, piece: &Piece) -> Result<(), StoreError> {
    let bytes = JsFuture::from(piece.blob.array_buffer()).await?;
    let id = JsValue::from(&recording.id);
    let entry = serde_json::to_string(recording).expect("a recording is plain data");
    let opened = opened().await?;
    let (writing, [recordings, pieces]) = opened.write()?;
    if number > 0 && answer(&recordings.count_with_key(&id)?).await? == 0.0 {
        return Err(StoreError::Gone);
    }
    recordings.put_with_key(&entry.into(), &id)?;
    pieces.put_with_key(&bytes, &Array::of2(&id, &number.into()))?;
    Ok(done(&writing).await?)
}

/// All recordings, the oldest first.
///
/// # Errors
/// When the browser gives no access to them.
pub async fn list() -> Result<Vec<Recording>, StoreError> {
    let opened = opened().await?;
    let [recordings, _] = opened.read()?;
    // They come in the order of their names, which begin with the time.
    let entries: Array = answer(&recordings.get_all()?).await?.unchecked_into();
    // What cannot be read is passed over and stays where it is, until all recordings are deleted.
    let read = |entry: JsValue| json::read::<Recording>(&entry.as_string()?).ok();
    Ok(entries.iter().filter_map(read).collect())
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
    let opened = opened().await?;
    let [_, pieces] = opened.read()?;
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
    let opened = opened().await?;
    let (writing, [recordings, pieces]) = opened.write()?;
    for id in ids {
        recordings.delete(&id.into())?;
        pieces.delete(&pieces_of(id)?)?;
    }
    Ok(done(&writing).await?)
}

/// Deletes all recordings, and whatever could not be read.
///
/// # Errors
/// When they could not be deleted. Then all of them are still there.
pub async fn delete_all() -> Result<(), StoreError> {
    let opened = opened().await?;
    let (writing, stores) = opened.write()?;
    for store in stores {
        store.clear()?;
    }
    Ok(done(&writing).await?)
}

/// The keys of all pieces of a recording: a list sorts behind every number.
fn pieces_of(id: &str) -> Result<JsValue, JsValue> {
    let range = IdbKeyRange::bound(&Array::of1(&id.into()), &Array::of2(&id.into(), &Array::new()))?;
    Ok(range.into())
}

async fn opened() -> Result<Database<2>, StoreError> {
    Ok(Database::open(NAME, [RECORDINGS, PIECES]).await?)
}
