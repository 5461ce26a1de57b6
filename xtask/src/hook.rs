//! The hook that Trunk runs when its own files are in the staging folder: it packs the problems and makes the folder
//! a site that works on any file host and offline.
//!
//! It must not touch anything outside the staging folder and the user's cache, and it does not compile or verify problems.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xtask::{boot, compiler, editor, hosting, minify, pages, release, styles, trainer};

use crate::cache::Cache;
use crate::process;
use crate::step::say;
use crate::workspace::Workspace;

/// Where the packs go, from the site's root.
const PACKS: &str = "packs/";

/// The variable by which a build hands over the packed compiler.
pub const COMPILER: &str = "BORROWED_TIME_COMPILER";
/// The variable by which a build hands over the code editor's script.
pub const EDITOR: &str = "BORROWED_TIME_EDITOR";
/// The variable by which a build hands over what makes the scripts of a release small.
pub const ESBUILD: &str = "BORROWED_TIME_ESBUILD";
/// The variable by which a build says at which address the site will be.
pub const ADDRESS: &str = "BORROWED_TIME_ADDRESS";

/// Runs the hook.
///
/// # Errors
/// If Trunk's variables are missing, the problems cannot be packed, or `index.html` lacks a place that is filled in.
pub fn run() -> Result<()> {
    let build = TrunkBuild::from_environment()?;
    let packed = content::pack::pack(&build.problems, &build.staging.join(PACKS), PACKS)?;
    styles::bundle(&build.staging)?;
    boot::place(&build.staging)?;
    if let Some(esbuild) = &build.esbuild {
        minify::scripts_of_pages(&build.staging, esbuild)?;
    }
    trainer::place(&build.staging)?;
    compiler::place(&build.staging, build.compiler.as_deref())?;
    editor::place(&build.staging, build.editor.as_deref())?;
    let known = pages::Known { address: build.address.clone(), has_policy: build.is_release };
    pages::write(&build.staging, &format!("{PACKS}{}", packed.catalog), &packed, &known)?;
    if build.address.is_some() {
        build.paint_previews()?;
    }
    hosting::write(&build.staging)?;
    if build.is_release {
        release::stamp(&build.staging)?;
        build.esbuild.as_deref().map_or(Ok(()), |esbuild| minify::service_worker(&build.staging, esbuild))
    } else {
        release::write_debug_worker(&build.staging)
    }
}

/// What Trunk says about the build that it has just made.
struct TrunkBuild {
    staging: PathBuf,
    problems: PathBuf,
    is_release: bool,
    /// The folder of the packed compiler for the learner's device, if there is one.
    compiler: Option<PathBuf>,
    /// The code editor's script, if there is one.
    editor: Option<PathBuf>,
    /// What makes scripts small, if it is there and this is a release.
    esbuild: Option<PathBuf>,
    /// The site's address, if it is known.
    address: Option<String>,
}

impl TrunkBuild {
    /// By a program of its own, which is compiled only here.
    fn paint_previews(&self) -> Result<()> {
        say("painting the pictures for shared links, some minutes the first time");
        let mut paint = process::cargo(&Workspace::here().root);
        paint.args(["run", "--quiet", "--package", "xtask", "--features", "previews", "--bin", "previews", "--"]);
        paint.args([&self.problems, &self.staging]);
        if let Ok(cache) = Cache::of_user() {
            paint.arg(cache.previews());
        }
        process::run(&mut paint)
    }

    fn from_environment() -> Result<TrunkBuild> {
        let problems = match env::var_os("BORROWED_TIME_PROBLEMS") {
            Some(folder) => PathBuf::from(folder),
            None => Path::new(&variable("TRUNK_SOURCE_DIR")?).join("problems"),
        };
        Ok(TrunkBuild {
            staging: PathBuf::from(variable("TRUNK_STAGING_DIR")?),
            problems,
            is_release: variable("TRUNK_PROFILE")? == "release",
            compiler: env::var_os(COMPILER).map(PathBuf::from),
            editor: env::var_os(EDITOR).map(PathBuf::from),
            esbuild: env::var_os(ESBUILD).map(PathBuf::from),
            address: env::var(ADDRESS).ok().filter(|address| !address.is_empty()),
        })
    }
}

fn variable(name: &str) -> Result<String> {
    env::var(name).with_context(|| format!("{name} is not set: this command is run by Trunk, as its post_build hook"))
}
