//! The versioned wrapping of everything that is stored or exported.
//!
//! A reader learns from the envelope alone whether it may touch the value: what is newer than this program, or not
//! its own, stays as it is.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Says that a value is this app's.
pub const APP: &str = "borrowed-time";

/// What is inside an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    /// The name of what is inside.
    pub kind: &'static str,
    /// The version that this program writes, and the newest it can read.
    pub version: u32,
}

/// Why a stored text could not be opened. The text itself must be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Not an envelope of this app.
    #[error("{0}")]
    Unreadable(String),
    /// Written by a newer release.
    #[error("it was written by a newer version of Borrowed Time (format {0})")]
    Newer(u64),
}

/// Wraps `data`.
pub fn seal(format: Format, data: &impl Serialize) -> String {
    let data = serde_json::to_string(data).expect("our own types have string keys and no failing serialisers");
    format!(r#"{{"app":"{APP}","kind":"{}","version":{},"data":{data}}}"#, format.kind, format.version)
}

#[derive(Deserialize)]
struct Envelope {
    app: Option<String>,
    kind: Option<String>,
    version: Option<u64>,
    data: Option<Box<RawValue>>,
}

/// Unwraps the data of an envelope, as JSON text.
///
/// # Errors
/// [`EnvelopeError::Newer`] for a version that this program does not know, [`EnvelopeError::Unreadable`] for all else.
pub fn open(format: Format, text: &str) -> Result<Box<RawValue>, EnvelopeError> {
    let unreadable = |why: String| EnvelopeError::Unreadable(why);
    let envelope: Envelope = serde_json::from_str(text)
        .map_err(|error| unreadable(format!("it is not in a format of Borrowed Time: {error}")))?;
    if envelope.app.as_deref() != Some(APP) {
        return Err(unreadable("it was not written by Borrowed Time".to_owned()));
    }
    let kind = envelope.kind.unwrap_or_default();
    if kind != format.kind {
        return Err(unreadable(format!("it holds {kind:?} where {:?} was expected", format.kind)));
    }
    match (envelope.version, envelope.data) {
        (Some(version), _) if version > u64::from(format.version) => Err(EnvelopeError::Newer(version)),
        (None | Some(0), _) => Err(unreadable("it has no version".to_owned())),
        (_, None) => Err(unreadable("it has no data".to_owned())),
        (_, Some(data)) => Ok(data),
    }
}
