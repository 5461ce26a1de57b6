//! axe-core, which finds what keeps people with disabilities from using a page.

use std::path::PathBuf;

use anyhow::ensure;

use crate::cache::Cache;

use super::npm;

const VERSION: &str = "4.14.1";

/// Its script, installed if it is not yet.
///
/// # Errors
/// If npm is missing or cannot have it.
pub fn script(cache: &Cache) -> anyhow::Result<PathBuf> {
    let script = |tool: &std::path::Path| tool.join("node_modules").join("axe-core").join("axe.min.js");
    let tool = npm::package(cache, "axe-core", VERSION, |tool| {
        ensure!(script(tool).is_file(), "npm's axe-core has no script");
        Ok(())
    })?;
    Ok(script(&tool))
}
