//! A release on a host: where its files are, at which address it is, and what can happen to it.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, ensure};
use quiz::catalog::Catalog;
use tempfile::TempDir;

use crate::host::{Faults, Host};
use crate::problems;

/// The path for which the second release is built.
pub const SUB_PATH: &str = "/drills/rust/";

/// A file that has the same name in every release, but not the same content.
pub const SAME_NAME: &str = "manifest.webmanifest";

/// Which of the two releases, and so at which path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the top of a host.
    Root,
    /// Under [`SUB_PATH`].
    SubPath,
    /// One at the top and one under [`SUB_PATH`], on the same host.
    Both,
}

impl Place {
    fn base(self) -> &'static str {
        match self {
            Place::Root | Place::Both => "/",
            Place::SubPath => SUB_PATH,
        }
    }
}

/// The folder with the release that was built for `/` or for [`SUB_PATH`].
///
/// # Errors
/// If nobody built it, saying how that is done.
pub fn dist(place: Place) -> Result<PathBuf> {
    let variable = if place == Place::SubPath { "E2E_DIST_SUB" } else { "E2E_DIST_ROOT" };
    const REMEDY: &str = "these tests need release builds: run `cargo xtask test --only e2e`";
    let folder = env::var_os(variable).with_context(|| format!("{variable} is not set; {REMEDY}"))?;
    let folder = PathBuf::from(folder);
    ensure!(folder.join("sw.js").is_file(), "{variable} is {}, where no release is; {REMEDY}", folder.display());
    Ok(folder)
}

/// A release of its own on a running host.
pub struct Site {
    folder: TempDir,
    place: Place,
    faults: Faults,
    host: Option<Host>,
    port: u16,
}

impl Site {
    /// Copies the release, so that it can be changed, and serves it.
    ///
    /// # Errors
    /// If there is no release or the host does not start.
    pub async fn open(place: Place, faults: Faults) -> Result<Site> {
        let folder = TempDir::new().context("no temporary folder")?;
        copy(&dist(place)?, folder.path())?;
        if place == Place::Both {
            copy(&dist(Place::SubPath)?, &folder.path().join(SUB_PATH.trim_matches('/')))?;
        }
        make_old(folder.path())?;
        let host = Host::start(folder.path(), place.base(), None, &faults).await?;
        let port = host.port();
        Ok(Site { folder, place, faults, host: Some(host), port })
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The origin of all its pages.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The address of a path in the app, such as `problems/gone-after-the-loop`.
    pub fn address(&self, path: &str) -> String {
        format!("{}{}{}", self.origin(), self.place.base(), path.trim_start_matches('/'))
    }

    /// The host dies.
    ///
    /// # Errors
    /// If it cannot be killed.
    pub async fn goes_down(&mut self) -> Result<()> {
        match self.host.take() {
            Some(host) => host.stop().await,
            None => Ok(()),
        }
    }

    /// The host is back, at the same address.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn comes_back(&mut self) -> Result<()> {
        self.goes_down().await?;
        self.host = Some(Host::start(self.folder(), self.place.base(), Some(self.port), &self.faults).await?);
        Ok(())
    }

    /// The host is back with other faults.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn comes_back_with(&mut self, faults: Faults) -> Result<()> {
        self.faults = faults;
        self.comes_back().await
    }

    /// Someone deploys a newer release: other packs under other names, a page that names them, nothing left of the old
    /// ones, and [a file](SAME_NAME) that is another one under its old name. Returns the new release's id.
    ///
    /// # Errors
    /// If the files cannot be changed.
    pub fn deploys_an_update(&self) -> Result<String> {
        let old_address = problems::catalog_address(self.folder())?;
        let mut catalog: Catalog = serde_json::from_str(&fs::read_to_string(self.folder().join(&old_address))?)?;
        for pack in catalog.topics.iter_mut().flat_map(|topic| &mut topic.packs) {
            pack.address = self.renames(&pack.address)?;
        }
        let new_address = self.renames(&old_address)?;
        fs::write(self.folder().join(&new_address), serde_json::to_string(&catalog)?)?;
        replace_in_pages(self.folder(), &old_address, &new_address)?;
        self.spoils(SAME_NAME)?;
        if self.place != Place::Both {
            return xtask::release::stamp(self.folder());
        }
        // Who builds the copy at the top knows nothing of the one below it.
        let (below, aside) = (self.folder().join(SUB_PATH.trim_matches('/')), TempDir::new()?);
        let aside = aside.path().join("below");
        fs::rename(&below, &aside)?;
        let id = xtask::release::stamp(self.folder())?;
        fs::rename(&aside, &below)?;
        Ok(id)
    }

    /// Adds a space to a file that the service worker knows, so that it is not the one that belongs to the release.
    ///
    /// # Errors
    /// If there is no such file.
    pub fn spoils(&self, path: &str) -> Result<()> {
        let path = self.folder().join(path);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::write(&path, text + " ").with_context(|| format!("cannot write {}", path.display()))
    }

    /// Where the packs are that the service worker fetches in one file.
    ///
    /// # Errors
    /// If there is no such file.
    pub fn bundle(&self) -> Result<PathBuf> {
        let packs = fs::read_dir(self.folder().join("packs"))?.filter_map(|entry| Some(entry.ok()?.path()));
        let is_bundle =
            |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("bundle-"));
        packs.into_iter().find(is_bundle).context("the release has no bundle")
    }

    /// Gives a pack another name, and a space more.
    fn renames(&self, pack: &str) -> Result<String> {
        let newer = pack.replace(".json", "-newer.json");
        let text = fs::read_to_string(self.folder().join(pack))?;
        fs::write(self.folder().join(&newer), text + " ")?;
        fs::remove_file(self.folder().join(pack))?;
        Ok(newer)
    }

    /// Someone deploys what `other` serves in place of this.
    ///
    /// # Errors
    /// If the files cannot be changed.
    pub fn deploys(&self, other: &Path) -> Result<()> {
        fs::remove_dir_all(self.folder())?;
        copy(other, self.folder())
    }
}

/// Lets the files look a year old: browsers then take them from their own cache for weeks without asking.
fn make_old(folder: &Path) -> Result<()> {
    const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            make_old(&path)?;
        } else {
            File::options().write(true).open(&path)?.set_modified(SystemTime::now() - YEAR)?;
        }
    }
    Ok(())
}

fn replace_in_pages(folder: &Path, old: &str, new: &str) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            replace_in_pages(&path, old, new)?;
        } else if path.extension().is_some_and(|extension| extension == "html") {
            fs::write(&path, fs::read_to_string(&path)?.replace(old, new))?;
        }
    }
    Ok(())
}

/// The compiler for the device is 33 MB. Its files are shared by all sites: who wants another one in its place removes it first.
fn is_large(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == xtask::compiler::names::PACKED)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let (source, target) = {
            let entry = entry?;
            (entry.path(), to.join(entry.file_name()))
        };
        if source.is_dir() {
            copy(&source, &target)?;
        } else if !(is_large(&source) && fs::hard_link(&source, &target).is_ok()) {
            fs::copy(&source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(())
}
