//! A release on a host: where its files are, at which address it is, and what can happen to it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::host::{Faults, Host};

/// The path for which the second release is built.
pub const SUB_PATH: &str = "/drills/rust/";

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

    /// Someone deploys a newer release, whose page differs by one element. Returns the new release's id.
    ///
    /// # Errors
    /// If the files cannot be changed.
    pub fn deploys_an_update(&self) -> Result<String> {
        let index = self.folder().join("index.html");
        let html = fs::read_to_string(&index)?;
        let newer = html.replacen("</head>", "<meta name=\"newer\" content=\"yes\"></head>", 1);
        ensure!(newer != html, "index.html has no </head>");
        fs::write(&index, newer)?;
        xtask::release::stamp(self.folder())
    }

    /// The id of the release that the host serves.
    ///
    /// # Errors
    /// If the page has none.
    pub fn release(&self) -> Result<String> {
        let html = fs::read_to_string(self.folder().join("index.html"))?;
        let place = xtask::pages::RELEASE;
        let id = html.split_once(place.before).and_then(|(_, rest)| rest.split_once(place.after));
        Ok(id.context("index.html names no release")?.0.to_owned())
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot list {}", from.display()))? {
        let (source, target) = { let entry = entry?; (entry.path(), to.join(entry.file_name())) };
        if source.is_dir() {
            copy(&source, &target)?;
        } else {
            fs::copy(&source, &target).with_context(|| format!("cannot copy {}", source.display()))?;
        }
    }
    Ok(())
}
