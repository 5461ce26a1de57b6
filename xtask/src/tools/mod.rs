//! The tools that a build or a test needs: found on PATH in a fitting version, or in the user's cache, or installed there.

pub mod axe;
pub mod browser;
pub mod cargo_deny;
mod cargo_install;
pub mod compiler;
pub mod crates;
pub mod editor;
pub mod esbuild;
pub mod lighthouse;
pub mod miri;
pub mod npm;
pub mod rust;
pub mod trunk;
pub mod wasm_bindgen;
pub mod wasm_opt;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use semver::Version;

use crate::process;
use crate::step::say;

/// A program on PATH, if its version fits.
fn on_path(program: &str, fits: impl FnOnce(&str) -> bool) -> Option<PathBuf> {
    let path = which::which(program).ok()?;
    let version = process::output(Command::new(&path).arg("--version"))?;
    fits(&version).then_some(path)
}

/// The version that a program says it has: the first word that is one.
fn version_in(output: &str) -> Option<Version> {
    output.split_whitespace().find_map(|word| Version::parse(word.trim_start_matches('v')).ok())
}

/// What a build can do without. If it cannot be had, why not is said, and what becomes of it, `without`; with `CI` set, that is an error.
fn if_it_can_be_had(what: &str, had: anyhow::Result<PathBuf>, without: &str) -> anyhow::Result<Option<PathBuf>> {
    match had {
        Ok(path) => Ok(Some(path)),
        Err(error) if env::var_os("CI").is_some_and(|value| !value.is_empty()) => {
            Err(error.context(format!("{what} cannot be had")))
        }
        Err(error) => {
            say(&format!("{without}, {what} cannot be had: {error:#}"));
            Ok(None)
        }
    }
}

/// PATH with these folders before all others.
pub fn path_with(folders: &[PathBuf]) -> anyhow::Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(folders.iter().cloned().chain(env::split_paths(&path)))?)
}

/// A program's file name on this platform.
fn executable(name: &str) -> String {
    format!("{name}{}", env::consts::EXE_SUFFIX)
}

/// A folder as one would type it.
fn shown(folder: &Path) -> String {
    let below_home = dirs::home_dir().and_then(|home| folder.strip_prefix(home).ok().map(PathBuf::from));
    match below_home {
        Some(rest) if cfg!(unix) => format!("~/{}", rest.display()),
        _ => folder.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_found_in_what_a_program_says() {
        for (output, version) in [
            ("trunk 0.21.14", Some("0.21.14")),
            ("wasm-bindgen 0.2.129 (a1b2c3d)\n", Some("0.2.129")),
            ("geckodriver 0.36.0 (a3d508507022 2025-02-24 15:57 +0000)\nThe source code of…", Some("0.36.0")),
            ("v20.20.2\n", Some("20.20.2")),
            ("trunk 0.22.0-beta.1", Some("0.22.0-beta.1")),
            ("command not found", None),
            ("", None),
        ] {
            assert_eq!(version_in(output).map(|version| version.to_string()).as_deref(), version, "{output}");
        }
    }

    #[test]
    fn added_folders_come_first() {
        let path = path_with(&[PathBuf::from("first"), PathBuf::from("second")]).unwrap();
        let folders: Vec<PathBuf> = env::split_paths(&path).take(2).collect();
        assert_eq!(folders, ["first", "second"].map(PathBuf::from));
    }
}
