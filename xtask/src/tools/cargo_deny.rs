//! cargo-deny, which knows what the crates that we use are: their licences, where they come from, what is known against them.

use std::path::PathBuf;

use semver::VersionReq;

use crate::cache::Cache;

use super::cargo_install::Crate;
use super::{on_path, version_in};

const CARGO_DENY: Crate =
    Crate { name: "cargo-deny", version: "0.20.2", arguments: &[], opt_level: "0", about: "about 5 minutes" };

/// Whether it is there without being installed first.
pub fn is_at_hand(cache: &Cache) -> bool {
    is_on_path() || CARGO_DENY.installed(cache).is_some()
}

/// The folder to add to PATH, if it is not on it already; installs it first where that is needed.
pub fn folder(cache: &Cache) -> anyhow::Result<Option<PathBuf>> {
    match is_on_path() {
        true => Ok(None),
        false => CARGO_DENY.folder(cache).map(Some),
    }
}

fn is_on_path() -> bool {
    on_path("cargo-deny", fits).is_some()
}

/// Whether this is one that reads our `deny.toml`.
fn fits(output: &str) -> bool {
    let required = VersionReq::parse("~0.20").expect("it is one");
    version_in(output).is_some_and(|version| required.matches(&version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_one_of_the_same_series_fits() {
        for (output, expected) in [
            (format!("cargo-deny {}", CARGO_DENY.version), true),
            ("cargo-deny 0.20.0".to_owned(), true),
            ("cargo-deny 0.19.9".to_owned(), false),
            ("cargo-deny 0.21.0".to_owned(), false),
            ("error: no such command: `deny`".to_owned(), false),
        ] {
            assert_eq!(fits(&output), expected, "{output}");
        }
    }
}
