//! wasm-opt, which makes the released wasm file smaller. The one tool that a build can do without.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, ensure};

use crate::cache::Cache;
use crate::process;
use crate::step::{say, step};
use crate::workspace::Workspace;

use super::{executable, npm, on_path, shown};

/// Older ones do not know all that the pinned rustc emits; Debian's is one of those.
const OLDEST: u32 = 123;
/// Binaryen in the npm registry: wasm-opt compiled to JavaScript.
const NPM_PACKAGE: &str = "binaryen";
const NPM_VERSION: &str = "132.0.0";
/// Binaryen's own release, compiled for the platform: the one that Trunk downloads by default.
const RELEASE: &str = "version_123";
const STAND_IN: &str = "wasm-opt";

/// The folder to add to PATH, if a fitting wasm-opt is not on it already. Whichever can be had: from the cache, from
/// Trunk's downloads, from npm, from Binaryen's release; at last a stand-in that leaves the file as it is.
pub fn folder(workspace: &Workspace, cache: &Cache) -> anyhow::Result<Option<PathBuf>> {
    if on_path("wasm-opt", fits).is_some() {
        return Ok(None);
    }
    let found = cached(cache).or_else(trunks_download).map(Ok);
    let found =
        found.or_else(|| attempt("npm", || from_npm(cache))).or_else(|| attempt("curl", || from_release(cache)));
    match found {
        Some(folder) => folder.map(Some),
        None => without(workspace).map(Some),
    }
}

fn cached(cache: &Cache) -> Option<PathBuf> {
    let from_npm = cache.installed(&npm::name_of(NPM_PACKAGE), NPM_VERSION).map(|tool| npm_programs(&tool));
    let from_release = || cache.installed("binaryen", RELEASE).map(|tool| tool.join("bin"));
    // npm's needs Node.js to run, which may be gone since.
    from_npm.into_iter().chain(from_release()).find(|folder| works(folder))
}

/// What a Trunk that may download did download, here or for another project.
fn trunks_download() -> Option<PathBuf> {
    let folder = match () {
        () if cfg!(target_os = "macos") => "dev.trunkrs.trunk",
        () if cfg!(windows) => "trunkrs/trunk/cache",
        () => "trunk",
    };
    let folder = dirs::cache_dir()?.join(folder).join(format!("wasm-opt-{RELEASE}")).join("bin");
    works(&folder).then_some(folder)
}

/// One way to get it: `None` if it leads nowhere, so that the next is tried.
fn attempt(program: &str, install: impl FnOnce() -> anyhow::Result<PathBuf>) -> Option<anyhow::Result<PathBuf>> {
    which::which(program).ok()?;
    match install() {
        Ok(folder) => Some(Ok(folder)),
        Err(error) => {
            say(&format!("could not install wasm-opt by {program}: {error:#}"));
            None
        }
    }
}

fn from_npm(cache: &Cache) -> anyhow::Result<PathBuf> {
    let tool = npm::package(cache, NPM_PACKAGE, NPM_VERSION, |tool| {
        ensure!(works(&npm_programs(tool)), "what npm installed does not run");
        Ok(())
    })?;
    Ok(npm_programs(&tool))
}

fn npm_programs(tool: &Path) -> PathBuf {
    tool.join("node_modules").join(".bin")
}

fn from_release(cache: &Cache) -> anyhow::Result<PathBuf> {
    let archive = format!("binaryen-{RELEASE}-{}.tar.gz", platform().context("there is none for this platform")?);
    let what = format!("installing wasm-opt ({archive}) into {}", shown(&cache.tool("binaryen", RELEASE)));
    let tool = step(&what, "under a minute", || {
        cache.install("binaryen", RELEASE, |staging| {
            let url = format!("https://github.com/WebAssembly/binaryen/releases/download/{RELEASE}/{archive}");
            let file = staging.scratch.join(&archive);
            let mut curl = Command::new("curl");
            curl.args(["--fail", "--silent", "--show-error", "--location", "--connect-timeout", "10", "--output"]);
            process::run(curl.arg(&file).arg(url))?;
            let mut tar = Command::new("tar");
            process::run(tar.arg("-xzf").arg(&file).args(["--strip-components", "1", "-C"]).arg(&staging.tool))?;
            ensure!(works(&staging.tool.join("bin")), "what was downloaded does not run");
            Ok(())
        })
    })?;
    Ok(tool.join("bin"))
}

/// This platform, in the words of Binaryen's releases.
fn platform() -> Option<&'static str> {
    Some(match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => "x86_64-linux",
        ("linux", "aarch64") => "aarch64-linux",
        ("macos", "x86_64") => "x86_64-macos",
        ("macos", "aarch64") => "arm64-macos",
        ("windows", "x86_64") => "x86_64-windows",
        _ => return None,
    })
}

/// A folder with a stand-in for wasm-opt. Trunk calls wasm-opt because `index.html` asks for it and has no switch
/// against that; so this program is put in its place, and copies the file.
fn without(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    say("no wasm-opt to be had: going on without it, which leaves the wasm file larger than it need be");
    eprintln!("    (install Node.js with npm, or Binaryen {OLDEST} or newer, and build again)");
    let own = env::current_exe().context("this program does not know where it is")?;
    let folder = workspace.target().join("stand-in");
    fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    let stand_in = folder.join(executable(STAND_IN));
    fs::copy(&own, &stand_in).with_context(|| format!("could not write {}", stand_in.display()))?;
    Ok(folder)
}

/// Whether this program was started under wasm-opt's name.
pub fn called_as_stand_in() -> bool {
    env::args_os().next().is_some_and(|name| Path::new(&name).file_stem() == Some(STAND_IN.as_ref()))
}

/// Does what Trunk expects of wasm-opt, except for the optimisation.
pub fn stand_in() -> anyhow::Result<ExitCode> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--version") {
        println!("wasm-opt version 0 (a stand-in)");
        return Ok(ExitCode::SUCCESS);
    }
    let (input, output) = copied(&arguments).context("expected `--output=FILE` and an input")?;
    fs::copy(&input, &output).with_context(|| format!("could not copy {}", input.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn copied(arguments: &[OsString]) -> Option<(PathBuf, PathBuf)> {
    let texts = || arguments.iter().filter_map(|argument| argument.to_str());
    let output = texts().find_map(|argument| argument.strip_prefix("--output="))?;
    let input = texts().find(|argument| !argument.starts_with('-'))?;
    Some((input.into(), output.into()))
}

/// Whether the wasm-opt in this folder runs, and fits.
fn works(folder: &Path) -> bool {
    let Ok(program) = which::which_in("wasm-opt", Some(folder), folder) else { return false };
    process::output(Command::new(program).arg("--version")).is_some_and(|output| fits(&output))
}

fn fits(output: &str) -> bool {
    version_in(output).is_some_and(|version| version >= OLDEST)
}

/// Binaryen counts its versions: `wasm-opt version 123 (version_123)`.
fn version_in(output: &str) -> Option<u32> {
    let word = output.split_whitespace().skip_while(|word| *word != "version").nth(1)?;
    let digits = word.trim_start_matches("version_").split(|char: char| !char.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_new_enough_wasm_opt_fits() {
        for (output, expected) in [
            ("wasm-opt version 132 (version_132)\n", true),
            ("wasm-opt version 123 (version_123)", true),
            ("wasm-opt version 124-12-gabc (version_124-12-gabc)", true),
            ("wasm-opt version version_125", true),
            ("wasm-opt version 108", false),
            ("wasm-opt version 0 (a stand-in)", false),
            ("wasm-opt", false),
            ("", false),
        ] {
            assert_eq!(fits(output), expected, "{output}");
        }
    }

    #[test]
    fn the_stand_in_copies_what_trunk_asks_for() {
        let arguments = ["--output=target/out.wasm", "-Oz", "dist/.stage/in.wasm", "--enable-bulk-memory"];
        let arguments = arguments.map(OsString::from);
        assert_eq!(copied(&arguments), Some(("dist/.stage/in.wasm".into(), "target/out.wasm".into())));
        assert_eq!(copied(&arguments[1..]), None);
    }
}
