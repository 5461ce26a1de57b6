//! wasm-bindgen's command-line tool, which must be of exactly the library's version.

use std::path::PathBuf;

use semver::Version;

use crate::cache::Cache;

use super::cargo_install::Crate;
use super::{on_path, version_in};

/// The folder to add to PATH, if wasm-bindgen `version` is not on it already.
pub fn folder(cache: &Cache, version: &Version) -> anyhow::Result<Option<PathBuf>> {
    if on_path("wasm-bindgen", |output| version_in(output).as_ref() == Some(version)).is_some() {
        return Ok(None);
    }
    let tool = Crate {
        name: "wasm-bindgen-cli",
        version: &version.to_string(),
        arguments: &[],
        opt_level: "1",
        about: "about 3 minutes",
    };
    tool.folder(cache).map(Some)
}
