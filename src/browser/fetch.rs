//! Loading the release's own files.

use gloo_net::http::Request;
use quiz::json::{self, DecodeError, FromJson};
use serde_json::Value;

use super::clock;

/// Loads and reads a JSON file. `address` is relative to the site's root.
///
/// # Errors
/// In words for the learner: what went wrong.
pub async fn json<T: FromJson>(address: &str) -> Result<T, String> {
    // A slow phone parses the catalog, reads it, and draws from it for longer than a tap should wait: not all in one go.
    let parsed = parsed(address).await?;
    clock::pause().await;
    let read = json::from_value(parsed).map_err(unfit);
    clock::pause().await;
    read
}

async fn parsed(address: &str) -> Result<Value, String> {
    let unreachable = |_| "The file could not be reached. You may be offline, or the site may be down.".to_owned();
    let response = Request::get(address).send().await.map_err(unreachable)?;
    if !response.ok() {
        return Err(format!("The site answered with status {}.", response.status()));
    }
    let text = response.text().await.map_err(|_| "The connection was lost.".to_owned())?;
    json::parse(&text).map_err(unfit)
}

fn unfit(error: DecodeError) -> String {
    format!("The file is not what it should be: {error}.")
}
