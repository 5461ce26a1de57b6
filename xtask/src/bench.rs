//! `cargo xtask bench`: the figures that need a browser. What is measured, and how, is in `e2e/`.

use std::process::ExitCode;

use clap::Args;

use crate::process;
use crate::test::Releases;
use crate::tools::browser::Browser;
use crate::workspace::Workspace;

/// Measures a release build in Chromium: answer to feedback, offline start
#[derive(Args)]
pub struct Bench {
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
}

impl Bench {
    /// Builds what is measured, and measures it.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::here();
        let releases = Releases::of(&workspace);
        releases.build(&workspace)?;
        let mut bench = process::cargo(&workspace.root);
        bench.args(["run", "--quiet", "--package", "e2e", "--bin", "bench", "--"]);
        if self.json {
            bench.arg("--json");
        }
        releases.hand_over(&mut bench, Browser::Chromium)?;
        process::run(&mut bench)?;
        Ok(ExitCode::SUCCESS)
    }
}
