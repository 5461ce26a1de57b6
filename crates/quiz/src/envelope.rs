//! The versioned wrapping of everything that is stored or exported.
//!
//! A reader learns from the envelope alone whether it may touch the value: what is newer than this program, or not
//! its own, stays as it is.

use serde::Serialize;
use serde_json::Value;

use crate::json::{self, DecodeError, FromJson, Json};

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
    seal_beside(format, "", data)
}

/// Wraps `data`, and with it the envelope of what the learner set.
pub fn seal_with_settings(format: Format, settings: &str, data: &impl Serialize) -> String {
    seal_beside(format, &format!(r#""settings":{settings},"#), data)
}

fn seal_beside(format: Format, beside: &str, data: &impl Serialize) -> String {
    let data = serde_json::to_string(data).expect("our own types have string keys and no failing serialisers");
    format!(r#"{{"app":"{APP}","kind":"{}","version":{},{beside}"data":{data}}}"#, format.kind, format.version)
}

/// Unwraps an envelope.
///
/// # Errors
/// [`EnvelopeError::Newer`] for a version that this program does not know, [`EnvelopeError::Unreadable`] for all else.
pub fn open(format: Format, text: &str) -> Result<Opened, EnvelopeError> {
    open_value(format, json::parse(text).map_err(foreign)?)
}

/// Unwraps an envelope that is JSON already.
///
/// # Errors
/// As [`open`].
pub fn open_value(format: Format, envelope: Value) -> Result<Opened, EnvelopeError> {
    let unreadable = |why: String| EnvelopeError::Unreadable(why);
    let Envelope { app, kind, version, settings, data } = json::from_value(envelope).map_err(foreign)?;
    if app != APP {
        return Err(unreadable("it was not written by Borrowed Time".to_owned()));
    }
    if kind != format.kind {
        return Err(unreadable(format!("it holds “{kind}” where “{}” was expected", format.kind)));
    }
    match (version, data) {
        (version, _) if version > u64::from(format.version) => Err(EnvelopeError::Newer(version)),
        (0, _) => Err(unreadable("it has no version".to_owned())),
        (_, Value::Null) => Err(unreadable("it has no data".to_owned())),
        (_, data) => Ok(Opened { data, settings }),
    }
}

fn foreign(error: DecodeError) -> EnvelopeError {
    EnvelopeError::Unreadable(format!("it is not in a format of Borrowed Time: {error}"))
}

/// What an envelope holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// What it is for.
    pub data: Value,
    /// The envelope of what the learner had set; null if there is none.
    pub settings: Value,
}

struct Envelope {
    app: String,
    kind: String,
    version: u64,
    settings: Value,
    data: Value,
}

impl FromJson for Envelope {
    fn from_json(json: Json<'_>) -> Envelope {
        let mut fields = json.fields();
        Envelope {
            app: fields.take_or_default("app"),
            kind: fields.take_or_default("kind"),
            version: fields.take_or_default("version"),
            settings: fields.take_or_default("settings"),
            data: fields.take("data"),
        }
    }
}
