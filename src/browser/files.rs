//! Files that go to the learner's device and come from it: as downloads, through the system's share sheet, picked or
//! dropped.

use std::future::Future;
use std::pin::Pin;

use gloo_file::futures::read_as_text;
use gloo_file::{Blob, File, FileList, ObjectUrl};
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlAnchorElement, HtmlInputElement};

use super::{document, name_of, said, window};

/// The text of a file that is being read, or in words why there is none.
pub type Text = Pin<Box<dyn Future<Output = Result<String, String>>>>;

/// Offers `text` as a download of this name.
///
/// # Errors
/// What the browser said, if it would not.
pub fn download(name: &str, mime: &str, text: &str) -> Result<(), String> {
    try_download(name, mime, text).map_err(|error| said(&error))
}

fn try_download(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let address = ObjectUrl::from(Blob::new_with_options(text, Some(mime)));
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Ok(())
}

/// Whether the system has a share sheet that takes files.
pub fn can_share() -> bool {
    shareable("answers.txt", "text/plain", "").is_some_and(|data| accepts(&data))
}

/// How sharing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The system took the file.
    Done,
    /// The learner closed the share sheet.
    Cancelled,
}

/// Hands `text` to the system's share sheet as a file of this name. Browsers demand that it is called from a tap or a
/// key, so the sheet is asked for at once, not when the future is first polled.
///
/// Some browsers share no JSON: there the file is called `<name>.txt`.
///
/// # Errors
/// What the browser said, if it would not.
pub fn share(name: &str, mime: &str, text: &str) -> impl Future<Output = Result<Shared, String>> + use<> {
    let data = shareable(name, mime, text)
        .filter(accepts)
        .or_else(|| shareable(&format!("{name}.txt"), "text/plain", text))
        .filter(accepts);
    let sharing = data.map(|data| ask_navigator("share", &data));
    async move {
        let promise: Promise = match sharing {
            None | Some(None) => return Err("this browser cannot share files".to_owned()),
            Some(Some(result)) => result.map_err(|error| said(&error))?.unchecked_into(),
        };
        match JsFuture::from(promise).await {
            Ok(_) => Ok(Shared::Done),
            Err(error) if name_of(&error) == "AbortError" => Ok(Shared::Cancelled),
            Err(error) => Err(said(&error)),
        }
    }
}

/// What `navigator.share` takes: `{files: [file]}`.
fn shareable(name: &str, mime: &str, text: &str) -> Option<Object> {
    let file = File::new_with_options(name, text, Some(mime), None);
    let data = Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(AsRef::<web_sys::File>::as_ref(&file))).ok()?;
    Some(data)
}

fn accepts(data: &Object) -> bool {
    ask_navigator("canShare", data).is_some_and(|answer| answer.is_ok_and(|answer| answer.is_truthy()))
}

/// Calls a method that not every browser has.
fn ask_navigator(method: &str, data: &Object) -> Option<Result<JsValue, JsValue>> {
    let navigator = window().navigator();
    let method: Function = Reflect::get(&navigator, &method.into()).ok()?.dyn_into().ok()?;
    Some(method.call1(&navigator, data))
}

/// The text of the file that the learner picked in the input that `event` came from, and empties the input.
///
/// # Errors
/// In words, when there is no file or it cannot be read.
pub async fn picked(event: leptos::ev::Event) -> Result<String, String> {
    let input: HtmlInputElement =
        event.target().and_then(|target| target.dyn_into().ok()).ok_or("The file could not be found.")?;
    let file = input.files().and_then(first).ok_or("No file was picked.")?;
    let text = text_of(&file).await;
    input.set_value("");
    text
}

/// Whether a file is being dragged, not a text or a link. Then the place that takes it says so to the browser, which
/// would open the file otherwise: call it in `dragenter` and `dragover` as well.
pub fn drags_file(event: &leptos::ev::DragEvent) -> bool {
    let drags = event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
    if drags {
        event.prevent_default();
    }
    drags
}

/// The text of the first file that was dropped. The file is taken from `event` at once, since browsers empty it.
///
/// # Errors
/// In words, when no file was dropped or it cannot be read.
pub fn dropped(event: &leptos::ev::DragEvent) -> impl Future<Output = Result<String, String>> + use<> {
    event.prevent_default();
    let file = event.data_transfer().and_then(|data| data.files()).and_then(first);
    async move {
        match file {
            Some(file) => text_of(&file).await,
            None => Err("No file was dropped.".to_owned()),
        }
    }
}

fn first(files: web_sys::FileList) -> Option<File> {
    FileList::from(files).first().cloned()
}

/// All of a file.
///
/// # Errors
/// In words, when it cannot be read as text.
pub(super) async fn text_of(file: &File) -> Result<String, String> {
    read_as_text(file).await.map_err(|_| "The file could not be read as text.".to_owned())
}
