//! Packages of the npm registry, in the cache of the user: one in a pinned version, or all that a lock file pins.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use sha2::{Digest, Sha256};
use xtask::files::hexadecimal;

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
            let mut npm = npm(&staging.tool)?;
            npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]);
            npm.arg("--prefix").arg(&staging.tool).arg(format!("{package}@{version}"));
            process::run(&mut npm)?;
            works(&staging.tool)
        })
    })
}

/// What says which packages there are, and how npm is to install them.
const PACKAGE_FILES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
/// Hexadecimal digits of a hash that name what was made.
const NAME_DIGITS: usize = 16;

/// All that something is made of: paths within a folder, and contents.
pub struct Sources(Vec<(String, Vec<u8>)>);

impl Sources {
    /// [`PACKAGE_FILES`] and these files of a folder.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn of(folder: &Path, own: impl IntoIterator<Item = String>) -> anyhow::Result<Sources> {
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
    pub fn version(&self) -> String {
        let mut all = Sha256::new();
        for (file, content) in &self.0 {
            all.update(format!("{file}\0{}\n", hexadecimal(&Sha256::digest(content))));
        }
        hexadecimal(&all.finalize())[..NAME_DIGITS].to_owned()
    }

    /// Writes them into `folder`, with the packages that they pin beside them.
    ///
    /// # Errors
    /// If there is no npm, or it cannot have the packages.
    pub fn install(&self, folder: &Path) -> anyhow::Result<()> {
        for (file, content) in &self.0 {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().context("a file lies in a folder")?)?;
            fs::write(&path, content).with_context(|| format!("could not write {}", path.display()))?;
        }
        let mut install = npm(folder)?;
        install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel", "error"]);
        // Whoever is offline should not have to wait for a minute, each time, to go on without.
        install.args(["--fetch-retries", "1", "--fetch-retry-mintimeout", "1000"]);
        process::run(&mut install)
    }
}

/// npm, in `folder`.
///
/// # Errors
/// If there is none.
pub fn npm(folder: &Path) -> anyhow::Result<Command> {
    let mut npm = Command::new(which::which("npm").context("there is no npm")?);
    npm.current_dir(folder);
    Ok(npm)
}

/// What a package is called in the cache, where no name leads into a folder.
pub fn name_of(package: &str) -> String {
    format!("{}-npm", package.trim_start_matches('@').replace('/', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

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
    fn the_lock_files_pin_what_they_are_and_name_no_host() {
        for folder in ["editor", "e2e/lighthouse"] {
            let sources = Sources::of(&Workspace::here().root.join(folder), []).unwrap();
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
            let kinds = ["dependencies", "devDependencies", "overrides"].map(|kind| package[kind].as_object());
            for (name, version) in kinds.into_iter().flatten().flatten() {
                let is_exact = version.as_str().is_some_and(|version| semver::Version::parse(version).is_ok());
                assert!(is_exact, "{name}: {version} is not one version");
            }
        }
    }
}
