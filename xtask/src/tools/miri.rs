//! Miri, which finds undefined behaviour: a nightly toolchain by rustup, and the standard library compiled for it.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;
use content::prove::miri::{self, COMPONENTS, Miri, NoMiri, TOOLCHAIN};

use crate::cache::Cache;
use crate::process;
use crate::step::step;

use super::shown;

const LIBRARY: &str = "miri-library";

/// The pinned Miri; installs what is missing of it.
pub fn find() -> Result<Miri, NoMiri> {
    find_or_install().map_err(|error| NoMiri(crate::told(&error)))
}

fn find_or_install() -> anyhow::Result<Miri> {
    let toolchain = need_toolchain()?;
    let cache = Cache::of_user()?;
    let library = match cache.installed(LIBRARY, TOOLCHAIN) {
        Some(library) => library,
        None => compile_library(&cache)?,
    };
    Ok(Miri::new(&toolchain, &library))
}

/// The folder of the toolchain that Miri belongs to; installs it where that is needed.
pub fn need_toolchain() -> anyhow::Result<PathBuf> {
    if let Some(folder) = miri::toolchain_folder() {
        return Ok(folder);
    }
    step(&format!("installing {TOOLCHAIN} with Miri by rustup"), "about half a minute", || {
        let mut rustup = Command::new("rustup");
        rustup.args(["toolchain", "install", TOOLCHAIN, "--profile", "minimal", "--component", COMPONENTS]);
        process::run(rustup.arg("--no-self-update"))
    })?;
    miri::toolchain_folder().context("rustup installed no Miri")
}

fn compile_library(cache: &Cache) -> anyhow::Result<PathBuf> {
    let what = format!("compiling the standard library for Miri into {}", shown(&cache.tool(LIBRARY, TOOLCHAIN)));
    step(&what, "about half a minute", || cache.install(LIBRARY, TOOLCHAIN, |staging| Ok(miri::set_up(&staging.tool)?)))
}
