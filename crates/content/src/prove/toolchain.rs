//! Finds the compiler that judges the problems: the one that `rust-toolchain.toml` pins, and no other.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use tempfile::TempDir;
use thiserror::Error;

/// The pinned compiler.
#[derive(Debug)]
pub(crate) struct Toolchain {
    /// The program itself, not rustup's stand-in for it.
    pub(crate) rustc: PathBuf,
    /// The channel in the file that pins it.
    pub(crate) channel: String,
    /// What `rustc -vV` says.
    pub(crate) details: String,
    /// The first line of that: `rustc 1.95.0 (59807616e 2026-04-14)`.
    pub(crate) name: String,
    /// A sysroot without the library's source, for toolchains that have it.
    bare_sysroot: Option<TempDir>,
}

/// Why there is no compiler to judge the problems.
#[derive(Debug, Error)]
pub enum ToolchainError {
    /// The file that pins the toolchain cannot be read.
    #[error("cannot read {path}: {source}")]
    NoFile {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file names no toolchain.
    #[error("{path} names no `channel` below `[toolchain]`")]
    NoChannel {
        /// The file.
        path: PathBuf,
    },
    /// There is no rustc.
    #[error("cannot run rustc: {0}; install Rust from https://rustup.rs")]
    NoRustc(#[source] io::Error),
    /// There is one, but it does not answer.
    #[error("rustc {channel} does not answer; try `rustup toolchain install {channel}`. It said:\n{stderr}")]
    NotInstalled {
        /// The toolchain that was asked for.
        channel: String,
        /// What it wrote.
        stderr: String,
    },
    /// It is another version.
    #[error("the problems are judged by rustc {channel}, but the one found is {found}; install it with rustup")]
    WrongVersion {
        /// The pinned toolchain.
        channel: String,
        /// The version that answered.
        found: String,
    },
    /// The stand-in for the sysroot could not be made.
    #[error("cannot prepare a folder for rustc: {0}")]
    Sysroot(#[source] io::Error),
}

impl Toolchain {
    /// Finds the compiler that `file` pins.
    pub(crate) fn find(file: &Path) -> Result<Toolchain, ToolchainError> {
        let channel = channel(file)?;
        let sysroot = sysroot_of(&channel)?;
        let rustc = sysroot.join("bin").join(format!("rustc{}", std::env::consts::EXE_SUFFIX));
        let rustc = if rustc.is_file() { rustc } else { PathBuf::from("rustc") };
        let details = ask(&rustc, &channel, &["-vV"])?;
        let name = details.lines().next().unwrap_or_default().to_owned();
        check_version(&channel, &details, &name)?;
        let bare_sysroot = bare_sysroot(&sysroot).map_err(ToolchainError::Sysroot)?;
        Ok(Toolchain { rustc, channel, details, name, bare_sysroot })
    }

    /// The arguments that make rustc's messages the same on every machine.
    pub(crate) fn sysroot_arguments(&self) -> Vec<&Path> {
        self.bare_sysroot.as_ref().map_or_else(Vec::new, |sysroot| vec![Path::new("--sysroot"), sysroot.path()])
    }
}

/// The folder of the toolchain that `file` pins.
pub(crate) fn sysroot(file: &Path) -> Result<PathBuf, ToolchainError> {
    sysroot_of(&channel(file)?)
}

fn sysroot_of(channel: &str) -> Result<PathBuf, ToolchainError> {
    Ok(PathBuf::from(ask(Path::new("rustc"), channel, &["--print", "sysroot"])?.trim()))
}

fn channel(file: &Path) -> Result<String, ToolchainError> {
    let text = fs::read_to_string(file).map_err(|source| ToolchainError::NoFile { path: file.to_owned(), source })?;
    let table: Option<toml::Table> = toml::from_str(&text).ok();
    let channel = table.as_ref().and_then(|table| table.get("toolchain")?.get("channel")?.as_str());
    channel.map(str::to_owned).ok_or_else(|| ToolchainError::NoChannel { path: file.to_owned() })
}

fn ask(rustc: &Path, channel: &str, arguments: &[&str]) -> Result<String, ToolchainError> {
    let output = Command::new(rustc)
        .args(arguments)
        .env("RUSTUP_TOOLCHAIN", channel)
        .output()
        .map_err(ToolchainError::NoRustc)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    Err(ToolchainError::NotInstalled { channel: channel.to_owned(), stderr: text(&output.stderr) })
}

/// A channel such as `1.95.0` names its release; `stable` and `nightly` may be anything.
fn check_version(channel: &str, details: &str, name: &str) -> Result<(), ToolchainError> {
    let release = details.lines().find_map(|line| line.strip_prefix("release: ")).unwrap_or_default();
    let is_version = channel.starts_with(|c: char| c.is_ascii_digit());
    let version = channel.split('-').next().unwrap_or(channel);
    if !is_version || release == version || release.starts_with(&format!("{version}.")) {
        return Ok(());
    }
    Err(ToolchainError::WrongVersion { channel: channel.to_owned(), found: name.to_owned() })
}

/// With the component `rust-src`, rustc quotes the library in its messages, and verdicts would depend on who has it.
/// So it is given a sysroot that has everything but that.
fn bare_sysroot(sysroot: &Path) -> io::Result<Option<TempDir>> {
    let libraries = sysroot.join("lib").join("rustlib");
    if !libraries.join("src").is_dir() {
        return Ok(None);
    }
    let bare = tempfile::tempdir()?;
    let rustlib = bare.path().join("lib").join("rustlib");
    fs::create_dir_all(&rustlib)?;
    for entry in fs::read_dir(libraries)? {
        let entry = entry?;
        if entry.file_name() != "src" && entry.file_type()?.is_dir() {
            link_folder(&entry.path(), &rustlib.join(entry.file_name()))?;
        }
    }
    Ok(Some(bare))
}

#[cfg(unix)]
fn link_folder(original: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(original, link)
}

#[cfg(windows)]
fn link_folder(original: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(original, link)
}
