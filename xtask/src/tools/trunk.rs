//! Trunk, which builds the app and serves it.

use std::path::PathBuf;

use semver::VersionReq;

use crate::cache::Cache;

use super::cargo_install::Crate;
use super::{on_path, version_in};

const VERSION: &str = "0.21.14";

/// The folder to add to PATH, if Trunk is not on it already.
pub fn folder(cache: &Cache) -> anyhow::Result<Option<PathBuf>> {
    if on_path("trunk", fits).is_some() {
        return Ok(None);
    }
    let trunk = Crate {
        name: "trunk",
        version: VERSION,
        // Without what it needs only to download other tools: they are installed here.
        arguments: &["--no-default-features"],
        opt_level: "0",
        about: "about 4 minutes",
    };
    trunk.folder(cache).map(Some)
}

/// Whether this is a Trunk that understands our `Trunk.toml`.
fn fits(output: &str) -> bool {
    let required = VersionReq::parse("~0.21").expect("it is one");
    version_in(output).is_some_and(|version| required.matches(&version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_trunk_of_the_same_series_fits() {
        for (output, expected) in [
            (format!("trunk {VERSION}"), true),
            ("trunk 0.21.0".to_owned(), true),
            ("trunk 0.20.3".to_owned(), false),
            ("trunk 0.22.0".to_owned(), false),
            ("trunk 0.22.0-beta.1".to_owned(), false),
            ("trunk".to_owned(), false),
        ] {
            assert_eq!(fits(&output), expected, "{output}");
        }
    }
}
