//! Packages of the npm registry, each in a pinned version, in the cache of the user.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cache::Cache;
use crate::process;
use crate::step::step;

use super::shown;

/// The folder that has `package` in its `node_modules`, installed if it is not yet; it is kept only if `works`.
///
/// # Errors
/// If there is no npm, or it cannot have the package, or what it installed does not work.
pub fn package(
    cache: &Cache,
    package: &str,
    version: &str,
    works: impl Fn(&Path) -> anyhow::Result<()>,
) -> anyhow::Result<PathBuf> {
    let name = name_of(package);
    if let Some(tool) = cache.installed(&name, version) {
        return Ok(tool);
    }
    let what = format!("installing npm's {package} {version} into {}", shown(&cache.tool(&name, version)));
    step(&what, "about 10 seconds", || {
        cache.install(&name, version, |staging| {
            let mut npm = Command::new(which::which("npm")?);
            npm.current_dir(&staging.tool);
            npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]);
            npm.arg("--prefix").arg(&staging.tool).arg(format!("{package}@{version}"));
            process::run(&mut npm)?;
            works(&staging.tool)
        })
    })
}

/// What a package is called in the cache, where no name leads into a folder.
pub fn name_of(package: &str) -> String {
    format!("{}-npm", package.trim_start_matches('@').replace('/', "-"))
}
