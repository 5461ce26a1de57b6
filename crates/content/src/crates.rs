//! The crates that programs may use: the ones that `problems/crates` names, in the versions that its lock file pins.
//!
//! They are compiled once, by the toolchain that judges the problems, and handed to every program that names them. It
//! knows nothing of where the compiled ones are kept.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use thiserror::Error;

use crate::cache::digest;
use crate::mistake::Mistake;
use crate::spelling::{enumeration, nearest};
use crate::table::Table;
use crate::toolchain::Toolchain;

/// The folder of their package, beside the topics.
pub(crate) const FOLDER: &str = "crates";
/// The key of the front matter.
pub(crate) const KEY: &str = "crates";
/// What may be named, and what a program can use then.
const ALLOWED: [(&str, &[&str]); 7] = [
    ("anyhow", &["anyhow"]),
    ("crossbeam", &["crossbeam"]),
    ("futures", &["futures"]),
    ("rayon", &["rayon"]),
    ("serde", &["serde", "serde_json"]),
    ("thiserror", &["thiserror"]),
    ("tokio", &["tokio"]),
];

/// Crates that a problem names, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Crates(Vec<&'static str>);

impl Crates {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their names in one text.
    pub(crate) fn names(&self) -> String {
        self.0.join(" ")
    }

    fn externs(&self) -> impl Iterator<Item = &'static str> {
        ALLOWED.into_iter().filter(|(name, _)| self.0.contains(name)).flat_map(|(_, externs)| externs).copied()
    }
}

/// Reads the key of the front matter.
pub(crate) fn read(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Crates {
    let mut crates = Vec::new();
    if table.key(KEY).is_none() {
        return Crates(crates);
    }
    for written in table.strings(KEY, mistakes).unwrap_or_default() {
        let names = ALLOWED.map(|(name, _)| name);
        match names.into_iter().find(|name| *name == written.value) {
            Some(name) if crates.contains(&name) => {
                let title = format!("`{name}` is named twice in `{KEY}`");
                mistakes.push(table.mistake(written.span, title, "named before").help("remove one of the two"));
            }
            Some(name) => crates.push(name),
            None => {
                let remedy = match nearest(&written.value, names) {
                    _ if written.value == "serde_json" => "write `serde`: it gives both".to_owned(),
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("the crates are {}", enumeration(names)),
                };
                let title = format!("programs cannot use the crate `{}`", written.value);
                mistakes.push(table.mistake(written.span, title, "not among those that are there").help(remedy));
            }
        }
    }
    crates.sort_unstable();
    Crates(crates)
}

// Compiling them.

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

/// A package that names crates, and the toolchain for them.
#[derive(Clone, Debug)]
pub struct Package {
    folder: PathBuf,
    channel: String,
    /// Changes with everything that the compiled crates depend on.
    pub version: String,
}

impl Package {
    /// The package in `folder`; one that is not there has no crates.
    pub(crate) fn read(folder: &Path, toolchain: &Toolchain) -> Package {
        let file = |name| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let text = format!("{}\n{}\n{}", toolchain.details, file("Cargo.toml"), file("Cargo.lock"));
        let version = digest(&text)[..16].to_owned();
        Package { folder: folder.to_owned(), channel: toolchain.channel.clone(), version }
    }

    /// Compiles the crates into `folder`. `scratch` has room for what else comes of it.
    ///
    /// # Errors
    /// When Cargo cannot be run, or fails; then with what it wrote.
    pub fn compile(&self, folder: &Path, scratch: &Path) -> io::Result<()> {
        // The sources first: where they lie is to be kept out of the messages.
        run(self.cargo("fetch", scratch))?;
        let flags: Vec<String> =
            sources()?.iter().map(|path| format!("--remap-path-prefix={}=crates", path.display())).collect();
        let mut build = self.cargo("build", scratch);
        run_with(&mut build, &flags)?;
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(scratch.join("debug").join("deps"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension != "d")
                && let Some(name) = path.file_name()
            {
                fs::copy(&path, folder.join(name))?;
            }
        }
        Ok(())
    }

    fn cargo(&self, command: &str, scratch: &Path) -> Command {
        let mut cargo = Command::new("cargo");
        for variable in ["CARGO", "RUSTC", "RUSTFLAGS", "CARGO_BUILD_TARGET", "LD_LIBRARY_PATH"] {
            cargo.env_remove(variable);
        }
        cargo.env("RUSTUP_TOOLCHAIN", &self.channel).env("CARGO_TARGET_DIR", scratch);
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
        // In the package's own folder, so that no configuration of the app's is read for it.
        cargo.args([command, "--locked", "--quiet", "--manifest-path"]).arg(self.folder.join("Cargo.toml"));
        cargo
    }
}

fn run(mut cargo: Command) -> io::Result<()> {
    run_with(&mut cargo, &[])
}

fn run_with(cargo: &mut Command, flags: &[String]) -> io::Result<()> {
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
