//! Installing a tool from crates.io into the cache.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::process;
use crate::step::step;

use super::shown;

/// A tool that is a crate.
pub struct Crate<'a> {
    /// Its name on crates.io, and the name of its folder in the cache.
    pub name: &'a str,
    /// Its version, to the digit.
    pub version: &'a str,
    /// Arguments such as `--no-default-features`.
    pub arguments: &'a [&'a str],
    /// How well to optimise it: tools that work for a second need not be compiled for ten minutes.
    pub opt_level: &'a str,
    /// Roughly how long that takes on two cores.
    pub about: &'a str,
}

impl Crate<'_> {
    /// The folder of its programs; installs it first where that is needed.
    pub fn folder(&self, cache: &Cache) -> anyhow::Result<PathBuf> {
        match self.installed(cache) {
            Some(folder) => Ok(folder),
            None => Ok(programs(&self.install(cache)?)),
        }
    }

    /// The folder of its programs, if it was installed before.
    pub fn installed(&self, cache: &Cache) -> Option<PathBuf> {
        cache.installed(self.name, self.version).map(|tool| programs(&tool))
    }

    fn install(&self, cache: &Cache) -> anyhow::Result<PathBuf> {
        let Crate { name, version, .. } = self;
        let what = format!("installing {name} {version} into {}", shown(&cache.tool(name, version)));
        step(&what, self.about, || {
            cache.install(name, version, |staging| {
                // Not in the clone, whose .cargo/config.toml and rust-toolchain.toml are for the app. Under
                // `cargo xtask`, RUSTUP_TOOLCHAIN says which toolchain to use.
                let mut cargo = process::cargo(&staging.scratch);
                cargo.args(["install", "--locked", name, "--version", version, "--root"]).arg(&staging.tool);
                cargo.args(self.arguments);
                if !std::io::stderr().is_terminal() {
                    cargo.arg("--quiet");
                }
                cargo.env("CARGO_TARGET_DIR", staging.scratch.join("target"));
                cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level);
                cargo.env("CARGO_PROFILE_RELEASE_LTO", "off");
                cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
                // A target or flags that someone set for a build of the app are not meant for the tool.
                for variable in ["CARGO_BUILD_TARGET", "CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "CARGO_INSTALL_ROOT"] {
                    cargo.env_remove(variable);
                }
                process::run(&mut cargo)
            })
        })
    }
}

fn programs(tool: &Path) -> PathBuf {
    tool.join("bin")
}
