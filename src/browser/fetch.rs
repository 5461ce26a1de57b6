//! Loading the release's own files.

use quiz::json::{self, FromJson};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::window;

/// Loads and reads a JSON file. `address` is relative to the site's root.
///
/// # Errors
/// In words for the learner: what went wrong.
pub async fn json<T: FromJson>(address: &str) -> Result<T, String> {
    let unreachable = |_| "The file could not be reached. You may be offline, or the site may be down.".to_owned();
    let response = JsFuture::from(window().fetch_with_str(address)).await.map_err(unreachable)?;
    let response: Response = response.unchecked_into();
    if !response.ok() {
        return Err(format!("The site answered with status {}.", response.status()));
    }
    let text = text_of(&response).await.ok_or("The connection broke off.")?;
    json::read(&text).map_err(|error| format!("The file is not what it should be: {error}."))
}

async fn text_of(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
