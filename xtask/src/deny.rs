//! What the crates are that the project is made with, by cargo-deny: their licences, where they come from, which of them
//! there are twice, and what is known against them. `deny.toml` says what they may be.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::cache::Cache;
use crate::process;
use crate::step::say;
use crate::tools::{self, cargo_deny};
use crate::workspace::Workspace;

/// What needs nothing but the crates themselves.
const OF_THE_CRATES: [&str; 3] = ["licenses", "sources", "bans"];
/// What needs the database of advisories, which lies on GitHub.
const ADVISORIES: &str = "advisories";
/// `deny.toml` is for both workspaces, and neither has all that it names.
const OF_ONE_OF_BOTH: [&str; 6] =
    ["--allow", "unmatched-skip", "--allow", "unmatched-skip-root", "--allow", "license-not-encountered"];

/// Checks the crates of this workspace and those that problems may use.
///
/// # Errors
/// If cargo-deny cannot be installed, or one of the crates is not as it may be.
pub fn check(workspace: &Workspace) -> anyhow::Result<()> {
    let deny = Deny::ready(workspace)?;
    let has_advisories = deny.fetches_advisories();
    let mut what = OF_THE_CRATES.to_vec();
    what.extend(has_advisories.then_some(ADVISORIES));
    let own = process::run(deny.command(&workspace.root).args(["check", "--hide-inclusion-graph"]).args(&what))
        .context("a crate of this workspace is not as deny.toml has it");
    let mut of_problems = deny.command(&workspace.problems().join("crates"));
    of_problems.args(["check", "--hide-inclusion-graph"]).args(OF_ONE_OF_BOTH).args(&what);
    let of_problems = process::run(&mut of_problems).context("a crate for problems is not as deny.toml has it");
    own.and(of_problems)?;
    if !has_advisories {
        say(
            "licences, sources and duplicates were checked. ADVISORIES WERE NOT: their database cannot be had from GitHub.",
        );
        say("where it can, `cargo xtask test --only deny` checks them as well");
    }
    Ok(())
}

/// cargo-deny, ready to run.
struct Deny<'a> {
    workspace: &'a Workspace,
    /// PATH with its folder.
    path: std::ffi::OsString,
}

impl Deny<'_> {
    fn ready(workspace: &Workspace) -> anyhow::Result<Deny<'_>> {
        let folder = cargo_deny::folder(&Cache::of_user()?)?;
        Ok(Deny { workspace, path: tools::path_with(folder.as_slice())? })
    }

    /// cargo-deny for the workspace in `folder`.
    fn command(&self, folder: &Path) -> Command {
        let mut deny = process::cargo(folder);
        deny.env("PATH", &self.path).args(["deny", "--workspace", "--config"]);
        deny.arg(self.workspace.root.join("deny.toml"));
        deny
    }

    /// Whether the database of advisories is there, and as new as it can be.
    fn fetches_advisories(&self) -> bool {
        process::succeeds(self.command(&self.workspace.root).args(["fetch", "db"]))
    }
}
