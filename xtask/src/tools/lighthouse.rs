//! Lighthouse, which measures what a visitor of a page waits for. Which version, and of what it is made, is said in
//! `e2e/lighthouse/`; what is measured by it, in `e2e/src/bin/lighthouse.rs`.

use std::path::{Path, PathBuf};

use anyhow::ensure;

use crate::cache::{Cache, Staging};
use crate::step::step;
use crate::workspace::Workspace;

use super::npm::Sources;
use super::shown;

const NAME: &str = "lighthouse-npm";

/// Its script for Node.js, installed if it is not yet.
///
/// # Errors
/// If there is no npm, or it cannot have the packages.
pub fn script(workspace: &Workspace, cache: &Cache) -> anyhow::Result<PathBuf> {
    let sources = Sources::of(&workspace.root.join("e2e").join("lighthouse"), [])?;
    let version = sources.version();
    let tool = match cache.installed(NAME, &version) {
        Some(tool) => tool,
        None => {
            let what = format!("installing npm's Lighthouse into {}", shown(&cache.tool(NAME, &version)));
            step(&what, "about a minute", || cache.install(NAME, &version, |staging| install(&sources, staging)))?
        }
    };
    Ok(script_in(&tool))
}

fn install(sources: &Sources, staging: &Staging) -> anyhow::Result<()> {
    sources.install(&staging.tool)?;
    ensure!(script_in(&staging.tool).is_file(), "npm's Lighthouse has no script");
    Ok(())
}

fn script_in(tool: &Path) -> PathBuf {
    tool.join("node_modules").join("lighthouse").join("cli").join("index.js")
}
