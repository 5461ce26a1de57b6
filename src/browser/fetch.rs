//! Loading the release's own files.

use gloo_net::http::Request;
use quiz::json::{self, FromJson};

use super::clock;

/// Loads and reads a JSON file. `address` is relative to the site's root.
///
/// # Errors
/// In words for the learner: what went wrong.
pub async fn json<T: FromJson>(address: &str) -> Result<T, String> {
    let unreachable = |_| "The file could not be reached. You may be offline, or the site may be down.".to_owned();
    let response = Request::get(address).send().await.map_err(unreachable)?;
    if !response.ok() {
        return Err(format!("The site answered with status {}.", response.status()));
    }
    let text = response.text().await.map_err(|_| "The connection was lost.".to_owned())?;
    // A slow phone reads the catalog, and then draws from it, for longer than a tap should wait: not both in one go.
    let read = json::read(&text).map_err(|error| format!("The file is not what it should be: {error}."));
    clock::pause().await;
    read
}
