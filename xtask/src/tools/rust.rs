//! The parts of the Rust toolchain that are not in every installation.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::process;
use crate::step::step;
use crate::workspace::Workspace;

const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that the app can be compiled for the browser.
pub fn need_wasm_target(workspace: &Workspace) -> anyhow::Result<()> {
    let libraries = process::output(Command::new("rustc").current_dir(&workspace.root).args([
        "--print",
        "target-libdir",
        "--target",
        WASM,
    ]));
    if libraries.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    step(&format!("adding the target {WASM} to the Rust toolchain"), "under a minute", || {
        rustup(workspace, &["target", "add", WASM])
    })
}

/// Makes sure that a component such as `clippy` is there; `probe` is the Cargo command that it brings.
pub fn need_component(workspace: &Workspace, component: &str, probe: &str) -> anyhow::Result<()> {
    if process::succeeds(process::cargo(&workspace.root).args([probe, "--version"])) {
        return Ok(());
    }
    step(&format!("adding {component} to the Rust toolchain"), "under a minute", || {
        rustup(workspace, &["component", "add", component])
    })
}

fn rustup(workspace: &Workspace, arguments: &[&str]) -> anyhow::Result<()> {
    // Under `cargo xtask`, RUSTUP_TOOLCHAIN names the toolchain that runs: the pinned one, unless someone chose another.
    let toolchain = match std::env::var("RUSTUP_TOOLCHAIN") {
        Ok(toolchain) => toolchain,
        Err(_) => workspace.pinned_channel()?,
    };
    let mut rustup = Command::new("rustup");
    process::run(rustup.current_dir(&workspace.root).args(arguments).args(["--toolchain", &toolchain])).context(
        "the Rust toolchain lacks a part of the app's build; with a Rust that is not rustup's, install it by its means",
    )
}
