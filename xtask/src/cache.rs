//! The per-user folder in which installed tools are kept, shared by all clones.
//!
//! `tools/<name>-<version>/` exists only if that installation was finished: it is made elsewhere and renamed. `previews/` has
//! pictures that were painted.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::step::say;

/// The folder of installed tools.
#[derive(Clone, Debug)]
pub struct Cache {
    root: PathBuf,
}

/// Where an installation is made.
pub struct Staging {
    /// Becomes the tool's folder.
    pub tool: PathBuf,
    /// Room for build products, thrown away at the end.
    pub scratch: PathBuf,
}

impl Cache {
    /// The user's cache.
    pub fn of_user() -> anyhow::Result<Cache> {
        let folder = folder(|name| std::env::var_os(name), dirs::cache_dir());
        let folder = folder.context("found no folder for tools: set BORROWED_TIME_CACHE to one")?;
        Ok(Cache { root: std::path::absolute(folder)? })
    }

    /// Where preview pictures are remembered.
    pub fn previews(&self) -> PathBuf {
        self.root.join("previews")
    }

    /// A tool that was installed before.
    pub fn installed(&self, name: &str, version: &str) -> Option<PathBuf> {
        Some(self.tool(name, version)).filter(|tool| tool.is_dir())
    }

    /// Where a tool is, or will be.
    pub fn tool(&self, name: &str, version: &str) -> PathBuf {
        self.root.join("tools").join(format!("{name}-{version}"))
    }

    /// Installs a tool, unless another clone just did. Fails without a trace if `install` does.
    pub fn install(
        &self,
        name: &str,
        version: &str,
        install: impl FnOnce(&Staging) -> anyhow::Result<()>,
    ) -> anyhow::Result<PathBuf> {
        let tool = self.tool(name, version);
        let tools = self.root.join("tools");
        fs::create_dir_all(&tools).with_context(|| format!("could not create {}", tools.display()))?;
        let _lock = lock(&tools.join(format!(".{name}-{version}.lock")))?;
        if tool.is_dir() {
            return Ok(tool);
        }
        // The lock is ours, so what lies here was left by an installation that was interrupted.
        let temporary = self.root.join("tmp").join(format!("{name}-{version}"));
        remove(&temporary)?;
        let staging = Staging { tool: temporary.join("tool"), scratch: temporary.join("scratch") };
        fs::create_dir_all(&staging.tool)?;
        fs::create_dir_all(&staging.scratch)?;
        let installed =
            install(&staging).and_then(|()| fs::rename(&staging.tool, &tool).context("could not keep the tool"));
        remove(&temporary)?;
        installed.map(|()| tool)
    }
}

/// `$BORROWED_TIME_CACHE`, or `borrowed-time` in `$XDG_CACHE_HOME` or in the platform's cache folder.
fn folder(variable: impl Fn(&str) -> Option<OsString>, platform: Option<PathBuf>) -> Option<PathBuf> {
    let set = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let shared = || set("XDG_CACHE_HOME").filter(|folder| folder.is_absolute()).or(platform);
    set("BORROWED_TIME_CACHE").or_else(|| Some(shared()?.join("borrowed-time")))
}

fn lock(path: &Path) -> anyhow::Result<File> {
    let file = File::create(path).with_context(|| format!("could not create {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            say("another clone is installing the same tool; waiting for it");
            file.lock()?;
        }
        // Some network file systems have no locks: then two clones may do the same work.
        Err(TryLockError::Error(_)) => {}
    }
    Ok(file)
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache { root: folder.path().join("cache") };
        (folder, cache)
    }

    fn check_folder(variables: &[(&str, &str)], platform: Option<&str>, expected: Option<&str>) {
        let variable = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into());
        assert_eq!(folder(variable, platform.map(PathBuf::from)), expected.map(PathBuf::from), "{variables:?}");
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_is_the_users_choice_then_the_platforms() {
        check_folder(&[("BORROWED_TIME_CACHE", "/b"), ("XDG_CACHE_HOME", "/x")], Some("/p"), Some("/b"));
        check_folder(&[("XDG_CACHE_HOME", "/x")], Some("/p"), Some("/x/borrowed-time"));
        check_folder(&[("BORROWED_TIME_CACHE", ""), ("XDG_CACHE_HOME", "")], Some("/p"), Some("/p/borrowed-time"));
        check_folder(&[("XDG_CACHE_HOME", "relative")], Some("/p"), Some("/p/borrowed-time"));
        check_folder(&[], None, None);
    }

    #[test]
    fn an_installation_is_there_for_the_next_clone() {
        let (_folder, cache) = cache();
        let install = |staging: &Staging| Ok(fs::write(staging.tool.join("drill"), "")?);
        let tool = cache.install("drill", "1.0.0", install).unwrap();
        assert!(tool.ends_with("tools/drill-1.0.0") && tool.join("drill").is_file());
        assert_eq!(cache.installed("drill", "1.0.0"), Some(tool.clone()));
        assert_eq!(cache.installed("drill", "1.0.1"), None);
        let again = cache.install("drill", "1.0.0", |_| panic!("installed twice"));
        assert_eq!(again.unwrap(), tool);
        assert_eq!(fs::read_dir(cache.root.join("tmp")).unwrap().count(), 0, "scratch space was left behind");
    }

    #[test]
    fn a_failed_or_interrupted_installation_does_not_count() {
        let (_folder, cache) = cache();
        let failed = cache.install("drill", "1.0.0", |staging| {
            fs::write(staging.tool.join("half"), "")?;
            anyhow::bail!("no network")
        });
        assert_eq!(failed.unwrap_err().to_string(), "no network");
        assert_eq!(cache.installed("drill", "1.0.0"), None);

        let left = cache.root.join("tmp/drill-1.0.0/tool");
        fs::create_dir_all(&left).unwrap();
        fs::write(left.join("half"), "").unwrap();
        assert_eq!(cache.installed("drill", "1.0.0"), None);
        let tool = cache.install("drill", "1.0.0", |_| Ok(())).unwrap();
        assert!(!tool.join("half").exists(), "the leftover of an interrupted installation was kept");
    }
}
