//! The code editor: CodeMirror, from npm, and our scripts around it, as one file. A release can do without: programs are
//! then written in a plain field.
//!
//! Which versions it is made of, and how, is said in `editor/`. How it gets into a release is in `xtask/src/editor.rs`.

use std::path::PathBuf;

use xtask::files::all_files;

use crate::cache::{Cache, Staging};
use crate::process;
use crate::step::step;
use crate::workspace::Workspace;

use super::if_it_can_be_had;
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

/// The script, if it can be had; otherwise the app is built without.
///
/// # Errors
/// If it cannot be had, with `CI` set.
pub fn if_possible(workspace: &Workspace, cache: &Cache) -> anyhow::Result<Option<PathBuf>> {
    if_it_can_be_had("the code editor", script(workspace, cache), "programs are written in a plain field")
}

fn make(sources: &Sources, staging: &Staging) -> anyhow::Result<()> {
    sources.install(&staging.scratch)?;
    let mut build = npm(&staging.scratch)?;
    build.args(["run", "--silent", "build", "--"]);
    build.arg(format!("--outfile={}", staging.tool.join(SCRIPT).display()));
    process::run(&mut build)
}
