//! Files that go to the learner's device and come from it.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

use super::{document, said};

/// Offers `text` as a download of this name.
///
/// # Errors
/// What the browser said, if it would not.
pub fn download(name: &str, text: &str) -> Result<(), String> {
    try_download(name, text).map_err(|error| said(&error))
}

fn try_download(name: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// The text of the file that the learner picked in the input that `event` came from, and empties the input.
///
/// # Errors
/// In words, when there is no file or it cannot be read.
pub async fn picked(event: leptos::ev::Event) -> Result<String, String> {
    let input: HtmlInputElement =
        event.target().and_then(|target| target.dyn_into().ok()).ok_or("The file could not be found.")?;
    let file = input.files().and_then(|files| files.get(0)).ok_or("No file was picked.")?;
    let text = JsFuture::from(file.text()).await;
    input.set_value("");
    text.ok().and_then(|text| text.as_string()).ok_or_else(|| "The file could not be read as text.".to_owned())
}
