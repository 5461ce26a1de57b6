//! Addresses of pages elsewhere: the only ones that a link in a text may have.
//!
//! Whoever wrote a pack, no link of it leads to a script or a file: what is no `https` address does not become one of these.

use std::fmt;

use serde::Serialize;

use crate::json::{FromJson, Json};

/// A whole `https` address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct WebAddress(String);

impl WebAddress {
    /// The address that this text is, if it is one: `https://`, a host with a dot in its name, no blanks.
    pub fn parse(text: &str) -> Option<WebAddress> {
        let host = text.strip_prefix("https://")?.split(['/', '?', '#']).next()?;
        let is_whole = host.contains('.') && !text.contains(|char: char| char.is_whitespace() || char.is_control());
        is_whole.then(|| WebAddress(text.to_owned()))
    }

    /// As it stands in a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromJson for WebAddress {
    fn from_json(json: Json<'_>) -> WebAddress {
        json.named(WebAddress::parse, WebAddress(String::new()))
    }
}
