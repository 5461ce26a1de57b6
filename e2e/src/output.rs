//! Where these programs find one another and leave what they made: all below Cargo's target folder.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result};

/// The folder of the binaries of this build, such as `target/debug`.
fn binaries() -> Result<PathBuf> {
    let program = env::current_exe().context("this program does not know where it is")?;
    let folder = program.parent().context("this program lies in no folder")?;
    // Tests lie one deeper than binaries.
    let is_deps = folder.file_name().is_some_and(|name| name == "deps");
    Ok(if is_deps { folder.parent().unwrap_or(folder) } else { folder }.to_owned())
}

/// The program of this package of that name.
///
/// # Errors
/// If it was not built.
pub fn binary(name: &str) -> Result<PathBuf> {
    let path = binaries()?.join(format!("{name}{}", env::consts::EXE_SUFFIX));
    anyhow::ensure!(path.exists(), "{name} is not built: run `cargo build --package e2e --bins` first");
    Ok(path)
}

/// Where a failed journey leaves its screenshot and its page.
///
/// # Errors
/// If this program lies in no folder.
pub fn failures() -> Result<PathBuf> {
    let target = binaries()?.parent().context("the binaries lie in no target folder")?.to_owned();
    Ok(target.join("e2e").join("failures"))
}
