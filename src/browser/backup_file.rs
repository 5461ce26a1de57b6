//! A file on the learner's device that backups go to by themselves, chosen once (the File System Access API, in Chromium's browsers).
//!
//! The browser hands out the file as an object that IndexedDB can keep. After a restart it may want to hear from the learner again
//! before it lets the page write.

use gloo_file::File;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::database::{Database, DatabaseError, answer, done};
use super::files::text_of;
use super::{name_of, said, window};

const NAME: &str = "borrowed-time-backup";
const FILES: &str = "files";
const KEY: &str = "chosen";

/// Whether this browser lets a page write to a file that was chosen before.
pub fn is_possible() -> bool {
    Reflect::get(&window(), &"showSaveFilePicker".into()).is_ok_and(|picker| picker.is_function())
}

/// How writing to the file ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// The file has all.
    Done,
    /// The browser wants the learner's word first, by a tap.
    NeedsPermission,
    /// It has something that is not here. The file is as it was.
    HasMore,
    /// It did not work, in the browser's words. The file is as it was.
    Failed(String),
}

/// Lets the learner choose a file, and tells its name; nothing if they closed the dialog. To be called by a tap.
///
/// # Errors
/// What the browser said, if it would not.
pub async fn choose(suggested: &str) -> Result<Option<String>, String> {
    let options = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&options, &name.into(), value);
    set("suggestedName", &suggested.into()).map_err(|error| said(&error))?;
    let file = match call(&window(), "showSaveFilePicker", &options).await {
        Ok(file) => file,
        Err(error) if name_of(&error) == "AbortError" => return Ok(None),
        Err(error) => return Err(said(&error)),
    };
    let name = name_of(&file);
    keep(Some(file)).await.map_err(in_words)?;
    Ok(Some(name))
}

/// The name of the file that was chosen, if there is one.
pub async fn chosen() -> Option<String> {
    kept().await.ok().flatten().map(|file| name_of(&file))
}

/// What is in the file; nothing where there is none, or where the browser wants the learner's word first.
pub async fn read() -> Option<String> {
    let file = kept().await.ok()??;
    let file = call(&file, "getFile", &JsValue::UNDEFINED).await.ok()?;
    text_of(&File::from(file.unchecked_into::<web_sys::File>())).await.ok()
}

/// Writes all of the file anew.
pub async fn write(text: &str) -> Written {
    match try_write(text).await {
        Ok(written) => written,
        Err(error) => Written::Failed(said(&error)),
    }
}

/// Asks the learner whether the page may write to the file. To be called by a tap.
pub async fn ask() -> bool {
    match kept().await {
        Ok(Some(file)) => permission(&file, "requestPermission").await.is_ok_and(|answer| answer == "granted"),
        _ => false,
    }
}

/// Lets go of the file. It stays where it is.
///
/// # Errors
/// What the browser said, if it would not.
pub async fn forget() -> Result<(), String> {
    keep(None).await.map_err(in_words)
}

async fn try_write(text: &str) -> Result<Written, JsValue> {
    let file = match kept().await {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(Written::Failed("no file is chosen".to_owned())),
        Err(error) => return Ok(Written::Failed(in_words(error))),
    };
    if permission(&file, "queryPermission").await? != "granted" {
        return Ok(Written::NeedsPermission);
    }
    // What is written goes into a new file that takes the place of the old one when it is closed.
    let writing = call(&file, "createWritable", &JsValue::UNDEFINED).await?;
    call(&writing, "write", &text.into()).await?;
    call(&writing, "close", &JsValue::UNDEFINED).await?;
    Ok(Written::Done)
}

async fn permission(file: &JsValue, method: &str) -> Result<String, JsValue> {
    let mode = Object::new();
    Reflect::set(&mode, &"mode".into(), &"readwrite".into())?;
    let answer = call(file, method, &mode).await?;
    Ok(answer.as_string().unwrap_or_default())
}

/// Calls a method that web-sys has only behind an unstable flag.
async fn call(of: &JsValue, method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    JsFuture::from(method.call1(of, argument)?.unchecked_into::<Promise>()).await
}

async fn opened() -> Result<Database<1>, DatabaseError> {
    Database::open(NAME, [FILES]).await
}

async fn kept() -> Result<Option<JsValue>, DatabaseError> {
    let database = opened().await?;
    let [files] = database.read()?;
    let file = answer(&files.get(&KEY.into())?).await?;
    Ok((!file.is_undefined()).then_some(file))
}

async fn keep(file: Option<JsValue>) -> Result<(), DatabaseError> {
    let database = opened().await?;
    let (writing, [files]) = database.write()?;
    match file {
        Some(file) => _ = files.put_with_key(&file, &KEY.into())?,
        None => _ = files.delete(&KEY.into())?,
    }
    done(&writing).await
}

fn in_words(error: DatabaseError) -> String {
    match error {
        DatabaseError::Full => "there is no room left".to_owned(),
        DatabaseError::Failed(why) => why,
    }
}
