//! What the page and the worker that downloads the compiler say to each other, as JSON. The worker is
//! `xtask/src/compiler/download.js`.

use serde::Serialize;

use super::manifest::Manifest;
use crate::json::{self, DecodeError, json_variants, read_struct};

/// What is to be done with the compiler's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// What.
    pub what: Errand,
    /// The address of the folder that has them.
    pub folder: String,
    /// Which they are.
    pub manifest: Manifest,
}
read_struct!(Request { what, folder, manifest });

/// What the worker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Says how much is here.
    Look,
    /// Fetches what is missing.
    Download,
    /// Removes all of it.
    Remove,
}

crate::json_names!(Errand { Look = "look", Download = "download", Remove = "remove" });

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// How much is here, at the end of each errand.
    Here(Here),
    /// How far a download is.
    Progress {
        /// The bytes that are here.
        bytes: u32,
    },
    /// There is too little room; nothing was fetched.
    NoRoom {
        /// The bytes that are missing.
        needed: u32,
        /// The bytes that the browser would give.
        free: u32,
    },
    /// It did not work, in words for the learner. What came before is kept.
    Failed(String),
}

json_variants!(Told, "a message about the compiler's files" {
    "here" => Here(here),
    "progress" => Progress { bytes },
    "no-room" => NoRoom { needed, free },
    "failed" => Failed(why),
});

/// How much of the compiler is on this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Here {
    /// The bytes of its files that are here.
    pub bytes: u32,
    /// Whether nothing is missing.
    pub complete: bool,
    /// Whether the compiler of another release is here.
    pub other: bool,
}
read_struct!(Here { bytes, complete, other });

impl Request {
    /// As a message.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a request is JSON")
    }
}

impl Told {
    /// Reads a message.
    ///
    /// # Errors
    /// When it is of another form.
    pub fn from_text(text: &str) -> Result<Told, DecodeError> {
        json::read(text)
    }
}
