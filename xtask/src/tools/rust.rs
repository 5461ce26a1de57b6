//! The parts of the Rust toolchain that are not in every installation.

use std::path::{Path, PathBuf};
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

/// The environment variable with Cargo's flags for the app's target, beside those of `.cargo/config.toml`.
pub const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Flags after which what is compiled names no folder of this machine: a panic says where in a crate it was, not whose home that lay in;
/// and the bytes are the same wherever they were made.
pub fn flags_without_folders(workspace: &Workspace) -> String {
    let sysroot = process::output(Command::new("rustc").current_dir(&workspace.root).args(["--print", "sysroot"]));
    let std = sysroot.map(|sysroot| Path::new(sysroot.trim()).join("lib").join("rustlib").join("src").join("rust"));
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(dirs::home_dir()?.join(".cargo")));
    let registries = home.and_then(|home| home.join("registry").join("src").read_dir().ok());
    let registries = registries.into_iter().flatten().flatten().map(|registry| registry.path());
    let mut folders: Vec<String> =
        registries.chain(std).filter_map(|folder| folder.into_os_string().into_string().ok()).collect();
    folders.sort();
    remapped(&folders)
}

/// Cargo splits its flags at spaces, so a folder with one in its name stays as it is.
fn remapped(folders: &[String]) -> String {
    let flag = |folder: &String| format!("--remap-path-prefix={folder}=");
    let flags: Vec<String> = folders.iter().filter(|folder| !folder.contains(char::is_whitespace)).map(flag).collect();
    flags.join(" ")
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

#[cfg(test)]
mod tests {
    use super::remapped;

    #[test]
    fn folders_with_spaces_are_left_to_stand() {
        let folders = ["/home/a/.cargo/registry/src/index", "/home/b c/.cargo/registry/src/index"].map(str::to_owned);
        assert_eq!(remapped(&folders), "--remap-path-prefix=/home/a/.cargo/registry/src/index=");
    }
}
