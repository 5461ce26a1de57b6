//! The code editor: CodeMirror, from npm, and our scripts around it, as one file. A release can do without: programs are
//! then written in a plain field.
//!
//! Which versions it is made of, and how, is said in `editor/`. How it gets into a release is in `xtask/src/editor.rs`.

use std::env;
use std::path::PathBuf;

use xtask::files::all_files;

use crate::cache::{Cache, Staging};
use crate::process;
use crate::step::{say, step};
use crate::workspace::Workspace;

use super::npm::{Sources, npm};

/// The folder of our own scripts.
const SOURCES: &str = "src";
const SCRIPT: &str = "editor.js";

/// The script, made if it is not there yet.
///
/// # Errors
/// If npm is missing or cannot have the packages, or if the scripts are wrong.
fn script(workspace: &Workspace, cache: &Cache) -> anyhow::Result<PathBuf> {
    let folder = workspace.root.join("editor");
    let own = all_files(&folder.join(SOURCES))?.into_iter().map(|file| format!("{SOURCES}/{file}"));
    let sources = Sources::of(&folder, own)?;
    let version = sources.version();
    let made = match cache.installed("editor", &version) {
        Some(made) => made,
        None => step("making the code editor of npm's CodeMirror", "about 10 seconds, once", || {
            cache.install("editor", &version, |staging| make(&sources, staging))
        })?,
    };
    Ok(made.join(SCRIPT))
}

/// The script, if it can be had; if not, why not is said, and the app is built without. With `CI` set, that is an error.
///
/// # Errors
/// If it cannot be had, with `CI` set.
pub fn if_possible(workspace: &Workspace, cache: &Cache) -> anyhow::Result<Option<PathBuf>> {
    match script(workspace, cache) {
        Ok(script) => Ok(Some(script)),
        Err(error) if env::var_os("CI").is_some_and(|value| !value.is_empty()) => {
            Err(error.context("the code editor cannot be had"))
        }
        Err(error) => {
            say(&format!("programs are written in a plain field, the code editor cannot be had: {error:#}"));
            Ok(None)
        }
    }
}

fn make(sources: &Sources, staging: &Staging) -> anyhow::Result<()> {
    sources.install(&staging.scratch)?;
    let mut build = npm(&staging.scratch)?;
    build.args(["run", "--silent", "build", "--"]);
    build.arg(format!("--outfile={}", staging.tool.join(SCRIPT).display()));
    process::run(&mut build)
}
