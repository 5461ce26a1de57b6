//! The crates that programs may use: the ones that `problems/crates` names, in the versions that its lock file pins.
//!
//! They are compiled once by the toolchain that judges the problems and once for Miri, and handed to every program that
//! names them. It knows nothing of where the compiled ones are kept.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use thiserror::Error;

use crate::crates::Crates;
use crate::digest::digest;
use crate::prove::miri;
use crate::prove::toolchain::Toolchain;

/// The compiled crates.
#[derive(Clone, Debug)]
pub struct Compiled {
    folder: PathBuf,
}

/// Compiles the crates of a package, or finds those that were compiled before.
pub type CompileCrates = fn(&Package) -> Result<Compiled, NoCrates>;

/// Why the crates cannot be had.
#[derive(Clone, Debug, Error)]
#[error("{0}")]
pub struct NoCrates(pub String);

/// A package that names crates, and what compiles them.
#[derive(Clone, Debug)]
pub struct Package {
    folder: PathBuf,
    compiler: Compiler,
    /// Changes with everything that the compiled crates depend on.
    pub version: String,
}

#[derive(Clone, Debug)]
enum Compiler {
    /// The one of this channel.
    Rustc { channel: String },
    /// Miri's, with the standard library in this folder.
    Miri { library: PathBuf },
}

impl Package {
    /// The package in `folder`; one that is not there has no crates.
    pub(crate) fn read(folder: &Path, toolchain: &Toolchain) -> Package {
        Package::of(folder, Compiler::Rustc { channel: toolchain.channel.clone() }, &toolchain.details)
    }

    /// The same one for Miri, which needs crates that were compiled against its own standard library.
    pub(crate) fn for_miri(&self, library: &Path) -> Package {
        Package::of(&self.folder, Compiler::Miri { library: library.to_owned() }, &miri::name())
    }

    fn of(folder: &Path, compiler: Compiler, details: &str) -> Package {
        let file = |name| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let text = format!("{details}\n{}\n{}", file("Cargo.toml"), file("Cargo.lock"));
        let version = digest(&text)[..16].to_owned();
        Package { folder: folder.to_owned(), compiler, version }
    }

    /// What the compiled crates are called where they are kept.
    pub fn name(&self) -> &'static str {
        match self.compiler {
            Compiler::Rustc { .. } => "problem-crates",
            Compiler::Miri { .. } => "problem-crates-for-miri",
        }
    }

    /// Compiles the crates into `folder`. `scratch` has room for what else comes of it.
    ///
    /// # Errors
    /// When Cargo cannot be run, or fails; then with what it wrote.
    pub fn compile(&self, folder: &Path, scratch: &Path) -> io::Result<()> {
        // The sources first: where they lie is to be kept out of the messages.
        run(self.cargo(&["fetch"], scratch))?;
        let flags: Vec<String> =
            sources()?.iter().map(|path| format!("--remap-path-prefix={}=crates", path.display())).collect();
        fs::create_dir_all(folder)?;
        let compiled = match &self.compiler {
            Compiler::Rustc { .. } => {
                run_with(self.cargo(&["build"], scratch), &flags)?;
                scratch.to_owned()
            }
            Compiler::Miri { library } => {
                // There is no `cargo miri build`.
                let mut cargo = self.cargo(&["miri", "test", "--no-run"], scratch);
                cargo.env("MIRI_SYSROOT", library);
                run_with(cargo, &flags)?;
                // Macros run in the compiler, so they are compiled for this machine, together with what they use.
                let of_miri = scratch.join("miri");
                copy(&of_miri, folder, |extension| extension == env::consts::DLL_EXTENSION)?;
                target(&of_miri)?
            }
        };
        copy(&compiled, folder, |extension| extension != "d")
    }

    fn cargo(&self, command: &[&str], scratch: &Path) -> Command {
        let mut cargo = Command::new("cargo");
        for variable in ["CARGO", "RUSTC", "RUSTFLAGS", "CARGO_BUILD_TARGET", "LD_LIBRARY_PATH"] {
            cargo.env_remove(variable);
        }
        let toolchain = match &self.compiler {
            Compiler::Rustc { channel } => channel,
            Compiler::Miri { .. } => miri::TOOLCHAIN,
        };
        cargo.env("RUSTUP_TOOLCHAIN", toolchain).env("CARGO_TARGET_DIR", scratch);
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
        // In the package's own folder, so that no configuration of the app's is read for it.
        cargo.args(command).args(["--locked", "--quiet", "--manifest-path"]).arg(self.folder.join("Cargo.toml"));
        cargo
    }
}

/// Copies the compiled crates whose files have such an extension.
fn copy(compiled: &Path, folder: &Path, wanted: impl Fn(&OsStr) -> bool) -> io::Result<()> {
    for entry in fs::read_dir(dependencies(compiled))? {
        let path = entry?.path();
        if path.extension().is_some_and(&wanted)
            && let Some(name) = path.file_name()
        {
            fs::copy(&path, folder.join(name))?;
        }
    }
    Ok(())
}

fn dependencies(compiled: &Path) -> PathBuf {
    compiled.join("debug").join("deps")
}

/// Where Cargo put what it compiled for the machine that Miri plays: a folder with the name of that machine.
fn target(compiled: &Path) -> io::Result<PathBuf> {
    let folders: io::Result<Vec<PathBuf>> = fs::read_dir(compiled)?.map(|entry| Ok(entry?.path())).collect();
    let found = folders?.into_iter().find(|folder| dependencies(folder).is_dir());
    found.ok_or_else(|| io::Error::other(format!("cargo compiled nothing for Miri in {}", compiled.display())))
}

fn run(cargo: Command) -> io::Result<()> {
    run_with(cargo, &[])
}

fn run_with(mut cargo: Command, flags: &[String]) -> io::Result<()> {
    let output = cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f")).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("cargo failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end())))
}

/// The folders in which Cargo keeps the sources of crates, one a registry.
fn sources() -> io::Result<Vec<PathBuf>> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let Some(home) = home else { return Ok(Vec::new()) };
    fs::read_dir(home.join("registry").join("src"))?.map(|entry| Ok(entry?.path())).collect()
}

impl Compiled {
    /// The crates that [`Package::compile`] put into this folder.
    pub fn new(folder: &Path) -> Compiled {
        Compiled { folder: folder.to_owned() }
    }

    /// What rustc needs to find them.
    pub(crate) fn arguments(&self, crates: &Crates) -> io::Result<Vec<OsString>> {
        let mut dependencies = OsString::from("dependency=");
        dependencies.push(&self.folder);
        let mut arguments = vec![OsString::from("-L"), dependencies];
        for name in crates.externs() {
            let mut argument = OsString::from(format!("{name}="));
            argument.push(self.library(name)?);
            arguments.extend([OsString::from("--extern"), argument]);
        }
        Ok(arguments)
    }

    fn library(&self, name: &str) -> io::Result<PathBuf> {
        let prefix = format!("lib{name}-");
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let file = entry.file_name().to_string_lossy().into_owned();
            if file.starts_with(&prefix) && file.ends_with(".rlib") {
                return Ok(entry.path());
            }
        }
        Err(io::Error::new(io::ErrorKind::NotFound, format!("the crate `{name}` is not in {}", self.folder.display())))
    }
}
