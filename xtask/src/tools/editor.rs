//! The code editor: CodeMirror, from npm, and our scripts around it, as one file. A release can do without: programs are
//! then written in a plain field.
//!
//! Which versions it is made of, and how, is said in `editor/`. How it gets into a release is in `xtask/src/editor.rs`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use sha2::{Digest, Sha256};
use xtask::files::{all_files, hexadecimal};

use crate::cache::{Cache, Staging};
use crate::process;
use crate::step::{say, step};
use crate::workspace::Workspace;

/// What says which packages it is made of, and how; beside `SOURCES`.
const PACKAGE_FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
/// The folder of our own scripts.
const SOURCES: &str = "src";
const SCRIPT: &str = "editor.js";
/// Hexadecimal digits of a hash that name what was made.
const NAME_DIGITS: usize = 16;

/// The script, made if it is not there yet.
///
/// # Errors
/// If npm is missing or cannot have the packages, or if the scripts are wrong.
fn script(workspace: &Workspace, cache: &Cache) -> anyhow::Result<PathBuf> {
    let sources = Sources::of(&workspace.root.join("editor"))?;
    let version = sources.version();
    let made = match cache.installed("editor", &version) {
        Some(made) => made,
        None => step("making the code editor of npm's CodeMirror", "about 10 seconds, once", || {
            cache.install("editor", &version, |staging| make(&sources, staging))
        })?,
    };
    Ok(made.join(SCRIPT))
}

/// The script, if it can be had; if not, why not is said, and the app is built without. With `CI` set, that is an error.
///
/// # Errors
/// If it cannot be had, with `CI` set.
pub fn if_possible(workspace: &Workspace, cache: &Cache) -> anyhow::Result<Option<PathBuf>> {
    match script(workspace, cache) {
        Ok(script) => Ok(Some(script)),
        Err(error) if env::var_os("CI").is_some_and(|value| !value.is_empty()) => {
            Err(error.context("the code editor cannot be had"))
        }
        Err(error) => {
            say(&format!("programs are written in a plain field, the code editor cannot be had: {error:#}"));
            Ok(None)
        }
    }
}

/// All that it is made of: paths within the folder, and contents.
struct Sources(Vec<(String, Vec<u8>)>);

impl Sources {
    fn of(folder: &Path) -> anyhow::Result<Sources> {
        let own = all_files(&folder.join(SOURCES))?.into_iter().map(|file| format!("{SOURCES}/{file}"));
        let mut files: Vec<String> = PACKAGE_FILES.map(str::to_owned).into_iter().chain(own).collect();
        files.sort();
        let read = |file: String| {
            let path = folder.join(&file);
            let content = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
            Ok((file, content))
        };
        Ok(Sources(files.into_iter().map(read).collect::<anyhow::Result<_>>()?))
    }

    /// Another one for other sources.
    fn version(&self) -> String {
        let mut all = Sha256::new();
        for (file, content) in &self.0 {
            all.update(format!("{file}\0{}\n", hexadecimal(&Sha256::digest(content))));
        }
        hexadecimal(&all.finalize())[..NAME_DIGITS].to_owned()
    }

    fn write_to(&self, folder: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(folder.join(SOURCES))?;
        for (file, content) in &self.0 {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs::write(&path, content).with_context(|| format!("could not write {}", path.display()))?;
        }
        Ok(())
    }
}

fn make(sources: &Sources, staging: &Staging) -> anyhow::Result<()> {
    sources.write_to(&staging.scratch)?;
    let mut install = npm(&staging.scratch)?;
    install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel", "error"]);
    // Whoever is offline should not have to wait for a minute, each time, to build without it.
    install.args(["--fetch-retries", "1", "--fetch-retry-mintimeout", "1000"]);
    process::run(&mut install)?;
    let mut build = npm(&staging.scratch)?;
    build.args(["run", "--silent", "build", "--"]);
    build.arg(format!("--outfile={}", staging.tool.join(SCRIPT).display()));
    process::run(&mut build)
}

fn npm(folder: &Path) -> anyhow::Result<Command> {
    let mut npm = Command::new(which::which("npm").context("there is no npm")?);
    npm.current_dir(folder);
    Ok(npm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sources_are_another_version() {
        let sources = |files: &[(&str, &str)]| {
            let files = files.iter().map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec()));
            Sources(files.collect()).version()
        };
        let first = sources(&[("package.json", "{}"), ("src/main.js", "a")]);
        assert_eq!(first, sources(&[("package.json", "{}"), ("src/main.js", "a")]));
        for other in [
            [("package.json", "{}"), ("src/main.js", "b")],
            [("package.json", "{ }"), ("src/main.js", "a")],
            [("package.json", "{}"), ("src/other.js", "a")],
        ] {
            assert_ne!(first, sources(&other), "{other:?}");
        }
    }

    #[test]
    fn the_lock_file_pins_what_it_is_and_names_no_host() {
        let sources = Sources::of(&Workspace::here().root.join("editor")).unwrap();
        let text = |name: &str| {
            let (_, content) = sources.0.iter().find(|(file, _)| file == name).unwrap();
            String::from_utf8(content.clone()).unwrap()
        };
        let lock: serde_json::Value = serde_json::from_str(&text("package-lock.json")).unwrap();
        for (path, package) in lock["packages"].as_object().unwrap().iter().filter(|(path, _)| !path.is_empty()) {
            assert!(package["integrity"].is_string(), "{path}: npm would take whatever it gets");
            assert!(package["resolved"].is_null(), "{path}: keep `omit-lockfile-registry-resolved` in .npmrc");
        }
        let package: serde_json::Value = serde_json::from_str(&text("package.json")).unwrap();
        for kind in ["dependencies", "devDependencies"] {
            for (name, version) in package[kind].as_object().unwrap() {
                let is_exact = version.as_str().is_some_and(|version| semver::Version::parse(version).is_ok());
                assert!(is_exact, "{name}: {version} is not one version");
            }
        }
    }
}
