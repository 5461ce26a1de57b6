//! Calling Trunk with all its tools at hand, so that it has nothing to download.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cache::Cache;
use crate::hook::{ADDRESS, COMPILER, EDITOR, ESBUILD};
use crate::process;
use crate::public_url::{Host, PublicUrl};
use crate::step::step;
use crate::tools::{self, rust};
use crate::workspace::Workspace;

/// How the app is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Soon ready, and with messages for a developer.
    Debug,
    /// Small and fast.
    Release,
}

/// Trunk, and what it needs.
pub struct Trunk {
    workspace: Workspace,
    profile: Profile,
    folders: Vec<PathBuf>,
    /// The packed compiler for the learner's device, if the release has one.
    compiler: Option<PathBuf>,
    /// The code editor's script, if it could be had.
    editor: Option<PathBuf>,
    /// What makes the scripts of a release small, if it could be had.
    esbuild: Option<PathBuf>,
}

impl Trunk {
    /// Finds what Trunk needs for such a build, and installs what is missing.
    pub fn ready(workspace: &Workspace, profile: Profile) -> anyhow::Result<Trunk> {
        rust::need_wasm_target(workspace)?;
        let cache = Cache::of_user()?;
        let trunk = tools::trunk::folder(&cache)?;
        let wasm_bindgen = tools::wasm_bindgen::folder(&cache, &workspace.wasm_bindgen_version()?)?;
        let (wasm_opt, compiler, esbuild) = match profile {
            Profile::Debug => (None, None, None),
            Profile::Release => (
                tools::wasm_opt::folder(workspace, &cache)?,
                tools::compiler::if_possible(&cache),
                tools::esbuild::if_possible(workspace, &cache)?,
            ),
        };
        let editor = tools::editor::if_possible(workspace, &cache)?;
        let folders = [trunk, wasm_bindgen, wasm_opt].into_iter().flatten().collect();
        Ok(Trunk { workspace: workspace.clone(), profile, folders, compiler, editor, esbuild })
    }

    /// `trunk build` or `trunk serve` for this public URL and folder.
    pub fn command(&self, what: &str, public_url: &PublicUrl, dist: Option<&Path>) -> anyhow::Result<Command> {
        let path = tools::path_with(&self.folders)?;
        // Looked up here, because not every platform looks into the PATH that the child will have.
        let mut command = Command::new(which::which_in("trunk", Some(&path), &self.workspace.root)?);
        command.current_dir(&self.workspace.root).env("PATH", path).arg(what);
        command.env("TRUNK_SKIP_VERSION_CHECK", "true");
        // Of a build that fails, the compiler's messages count, not where in Trunk they were noticed.
        command.env("RUST_LIB_BACKTRACE", "0");
        // Trunk takes no value of NO_COLOR but `true` and `false`.
        if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
            command.env("TRUNK_COLOR", "never");
        }
        command.env_remove("NO_COLOR");
        for (name, path) in [(COMPILER, &self.compiler), (EDITOR, &self.editor), (ESBUILD, &self.esbuild)] {
            match path {
                Some(path) => command.env(name, path),
                None => command.env_remove(name),
            };
        }
        if self.profile == Profile::Release {
            command.arg("--release").env(rust::FLAGS, rust::flags_without_folders(&self.workspace));
        }
        command.args(["--public-url", public_url.as_str()]);
        if let Some(dist) = dist {
            command.arg("--dist").arg(dist);
        }
        Ok(command)
    }

    /// Builds the app into a folder. `host` is the scheme and name of the host that will serve it, if that is known.
    pub fn build(&self, public_url: &PublicUrl, dist: &Path, host: Option<&Host>) -> anyhow::Result<()> {
        let what = format!("building the app for {public_url} into {}", dist.display());
        step(&what, "about 3 minutes the first time, under one later", || {
            let mut build = self.command("build", public_url, Some(dist))?;
            match host {
                Some(host) => build.env(ADDRESS, format!("{host}{public_url}")),
                None => build.env_remove(ADDRESS),
            };
            process::run(&mut build)
        })
    }
}
