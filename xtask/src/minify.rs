//! The scripts that a first visit waits for, made small by esbuild: names, spaces and comments are for whoever reads the source.
//!
//! The style sheet and the pages stay as they are: beyond their comments there is little to gain.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::boot;
use crate::files::all_files;

/// What the service worker is called, at the site's root.
const SERVICE_WORKER: &str = "sw.js";
/// What all browsers know that can run the app.
const TARGET: &str = "--target=es2022";

/// Makes the scripts small that every page has. `esbuild` is its program.
///
/// # Errors
/// If esbuild does not run, or one of them is not a script.
pub fn scripts_of_pages(site: &Path, esbuild: &Path) -> Result<()> {
    all_files(site)?.iter().filter(|file| boot::is_of_every_page(file)).try_for_each(|file| minify(site, file, esbuild))
}

/// Makes the service worker of a release small.
///
/// # Errors
/// As [`scripts_of_pages`].
pub fn service_worker(site: &Path, esbuild: &Path) -> Result<()> {
    minify(site, SERVICE_WORKER, esbuild)
}

fn minify(site: &Path, file: &str, esbuild: &Path) -> Result<()> {
    let path = site.join(file);
    let mut command = Command::new(esbuild);
    command.arg(&path).args(["--minify", TARGET, "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
    // What a classic script declares is known to the whole page, and keeps its name. A module's own names are its own.
    let is_classic = file == SERVICE_WORKER || file.starts_with("start-");
    if !is_classic {
        command.arg("--format=esm");
    }
    let output = command.output().with_context(|| format!("could not run {}", esbuild.display()))?;
    ensure!(output.status.success(), "esbuild refuses {file}:\n{}", String::from_utf8_lossy(&output.stderr));
    std::fs::write(&path, output.stdout).with_context(|| format!("cannot write {}", path.display()))
}
