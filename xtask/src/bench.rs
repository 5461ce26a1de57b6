//! `cargo xtask bench`: the figures that need a browser. What is measured, and how, is in `e2e/`.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Context;
use clap::Args;
use xtask::scale::{self, PROBLEMS};

use crate::cache::Cache;
use crate::process;
use crate::step::step;
use crate::test::Releases;
use crate::tools;
use crate::tools::browser::Browser;
use crate::workspace::{self, Workspace};

/// Measures a release build in a browser: answer to feedback, offline start, memory; or something else
#[derive(Args)]
pub struct Bench {
    #[command(flatten)]
    subject: Subject,
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
    /// A release that lies there, for the top of a host [default: it is built first]
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
    // Clap forgets what an option requires where that conflicts with another one.
    /// With --lighthouse: how often each page is loaded [default: 5]; with --killed: how often the browser dies [default: 20]
    #[arg(long, requires = "repeated", conflicts_with_all = ["scale", "device", "memory", "all"])]
    runs: Option<u16>,
    /// With --killed: how long after the judgement [default: 0]
    #[arg(long, value_name = "MS", requires = "killed", conflicts_with_all = ["scale", "device", "memory", "lighthouse", "all"])]
    after: Option<u64>,
    /// With --killed: the browser that dies
    #[arg(long, value_enum, default_value_t, requires = "killed", conflicts_with_all = ["scale", "device", "memory", "lighthouse", "all"])]
    browser: Browser,
}

/// What is measured, if not the usual.
#[derive(Args)]
#[group(multiple = false)]
struct Subject {
    /// Measure with 1,000 problems and 100,000 answers: start to a question, a keystroke in the search, the queue made
    #[arg(long)]
    scale: bool,
    /// Measure the compiler on the learner's device: the first run, later runs, and what memory they take
    #[arg(long)]
    device: bool,
    /// Measure only what one tab takes after 20 and after 200 answers
    #[arg(long)]
    memory: bool,
    /// Measure what a visitor with a phone waits for, by Lighthouse: the first page, a problem, and that as plain HTML
    #[arg(long, group = "repeated")]
    lighthouse: bool,
    /// Kill the browser right after an answer was judged, again and again, and count the answers that are lost
    #[arg(long, group = "repeated")]
    killed: bool,
    /// One after the other: the usual, --lighthouse, and --killed in Chromium and in Firefox
    #[arg(long)]
    all: bool,
}

/// A program of `e2e/` that measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Usual,
    Scale,
    Device,
    Memory,
    Lighthouse,
    Killed(Browser),
}

impl Subject {
    fn measures(&self, browser: Browser) -> Vec<Measure> {
        use Measure::{Device, Killed, Lighthouse, Memory, Scale, Usual};
        match self {
            Subject { all: true, .. } => vec![Usual, Lighthouse, Killed(Browser::Chromium), Killed(Browser::Firefox)],
            Subject { scale: true, .. } => vec![Scale],
            Subject { device: true, .. } => vec![Device],
            Subject { memory: true, .. } => vec![Memory],
            Subject { lighthouse: true, .. } => vec![Lighthouse],
            Subject { killed: true, .. } => vec![Killed(browser)],
            Subject { .. } => vec![Usual],
        }
    }
}

impl Measure {
    /// The program and what tells it what to measure.
    fn program(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Measure::Usual => ("bench", &[]),
            Measure::Scale => ("bench", &["--scale"]),
            Measure::Device => ("bench", &["--device"]),
            Measure::Memory => ("bench", &["--memory"]),
            Measure::Lighthouse => ("lighthouse", &[]),
            Measure::Killed(_) => ("killed", &[]),
        }
    }

    fn browser(self) -> Browser {
        match self {
            Measure::Killed(browser) => browser,
            Measure::Usual | Measure::Scale | Measure::Device | Measure::Memory | Measure::Lighthouse => {
                Browser::Chromium
            }
        }
    }
}

impl Bench {
    /// Builds what is measured, unless it lies there, and measures it: all that is asked for, whatever fails.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::here();
        let releases = Releases::of(&workspace);
        let release = match &self.dist {
            Some(dist) => workspace::absolute(dist)?,
            None => {
                releases.build_root(&workspace)?;
                releases.root().to_owned()
            }
        };
        // All of them, because one starts another.
        process::run(process::cargo(&workspace.root).args(["build", "--quiet", "--package", "e2e", "--bins"]))?;
        let measured = self.subject.measures(self.browser).into_iter().map(|measure| {
            let mut bench = self.command(&workspace, measure)?;
            releases.hand_over(&mut bench, measure.browser())?;
            bench.env("E2E_DIST_ROOT", &release);
            if measure == Measure::Scale {
                let grown = workspace.target().join("e2e").join("scale");
                let what = format!("making a release of {PROBLEMS} problems in {}", grown.display());
                step(&what, "seconds", || scale::release::grow(&release, &grown, PROBLEMS))?;
                bench.env("E2E_DIST_ROOT", grown);
            }
            process::run(&mut bench)
        });
        let measured: Vec<anyhow::Result<()>> = measured.collect();
        measured.into_iter().collect::<anyhow::Result<()>>()?;
        Ok(ExitCode::SUCCESS)
    }

    /// The program that measures, with its arguments.
    fn command(&self, workspace: &Workspace, measure: Measure) -> anyhow::Result<Command> {
        let (program, arguments) = measure.program();
        let mut bench = process::cargo(&workspace.root);
        bench.args(["run", "--quiet", "--package", "e2e", "--bin", program, "--"]).args(arguments);
        if self.json {
            bench.arg("--json");
        }
        if let Some(runs) = self.runs {
            bench.args(["--runs", &runs.to_string()]);
        }
        if let Some(after) = self.after {
            bench.args(["--after", &after.to_string()]);
        }
        if measure == Measure::Lighthouse {
            let script = tools::lighthouse::script(workspace, &Cache::of_user()?);
            bench.env("E2E_LIGHTHOUSE", script.context("Lighthouse cannot be had")?);
        }
        Ok(bench)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        _bench: Bench,
    }

    #[test]
    fn an_option_goes_with_what_it_is_for_only() {
        let is_understood = |options: &str| Command::try_parse_from(options.split_whitespace()).is_ok();
        for options in [
            "bench",
            "bench --json --dist a",
            "bench --scale",
            "bench --all",
            "bench --lighthouse --runs 1",
            "bench --killed --runs 2 --after 3 --browser firefox",
        ] {
            assert!(is_understood(options), "{options}");
        }
        for options in [
            "bench --scale --killed",
            "bench --all --runs 1",
            "bench --all --memory",
            "bench --runs 1",
            "bench --memory --runs 1",
            "bench --after 3",
            "bench --lighthouse --after 3",
            "bench --device --browser firefox",
            "bench --browser firefox",
        ] {
            assert!(!is_understood(options), "{options}");
        }
    }
}
