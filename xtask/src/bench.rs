//! `cargo xtask bench`: the figures that need a browser. What is measured, and how, is in `e2e/`.

use std::process::ExitCode;

use clap::Args;
use xtask::scale::{self, PROBLEMS};

use crate::process;
use crate::step::step;
use crate::test::Releases;
use crate::tools::browser::Browser;
use crate::workspace::Workspace;

/// Measures a release build in Chromium: answer to feedback, offline start
#[derive(Args)]
pub struct Bench {
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
    /// Measure with 1,000 problems and 100,000 answers: start to a question, a keystroke in the search, the queue made
    #[arg(long)]
    scale: bool,
    /// Measure the compiler on the learner's device: the first run, later runs, and what memory they take
    #[arg(long, conflicts_with = "scale")]
    device: bool,
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
        if self.device {
            bench.arg("--device");
        }
        releases.hand_over(&mut bench, Browser::Chromium)?;
        if self.scale {
            let grown = workspace.target().join("e2e").join("scale");
            let what = format!("making a release of {PROBLEMS} problems in {}", grown.display());
            step(&what, "seconds", || scale::release::grow(releases.root(), &grown, PROBLEMS))?;
            bench.arg("--scale").env("E2E_DIST_ROOT", grown);
        }
        process::run(&mut bench)?;
        Ok(ExitCode::SUCCESS)
    }
}
