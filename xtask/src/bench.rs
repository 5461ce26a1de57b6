//! `cargo xtask bench`: the figures that need a browser. What is measured, and how, is in `e2e/`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use content::verify::Turn;
use xtask::scale::{self, PROBLEMS};

use crate::cache::Cache;
use crate::process;
use crate::step::{say, step};
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
    Effort,
    Pictures,
}

/// All of them.
const EACH: [Measure; 8] = [
    Measure::Usual,
    Measure::Scale,
    Measure::Device,
    Measure::Memory,
    Measure::Lighthouse,
    Measure::Killed(Browser::Chromium),
    Measure::Effort,
    Measure::Pictures,
];

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
            Measure::Effort => ("effort", &[]),
            Measure::Pictures => ("screenshots", &[]),
        }
    }

    /// What lets it do everything once.
    fn once(self) -> &'static [&'static str] {
        match self {
            Measure::Lighthouse | Measure::Killed(_) => &["--runs", "1"],
            Measure::Usual
            | Measure::Scale
            | Measure::Device
            | Measure::Memory
            | Measure::Effort
            | Measure::Pictures => &["--once"],
        }
    }

    /// Whether it takes what comes from npm.
    fn needs_npm(self) -> bool {
        matches!(self, Measure::Lighthouse | Measure::Device)
    }

    fn browser(self) -> Browser {
        match self {
            Measure::Killed(browser) => browser,
            Measure::Usual
            | Measure::Scale
            | Measure::Device
            | Measure::Memory
            | Measure::Lighthouse
            | Measure::Effort
            | Measure::Pictures => Browser::Chromium,
        }
    }

    /// Runs it with a release, and with these arguments besides its own.
    fn run(self, workspace: &Workspace, release: &Path, arguments: &[String]) -> anyhow::Result<()> {
        let (program, own) = self.program();
        let mut run = process::cargo(&workspace.root);
        run.args(["run", "--quiet", "--package", "e2e", "--bin", program, "--"]).args(own).args(arguments);
        Releases::of(workspace).hand_over(&mut run, self.browser())?;
        run.env("E2E_DIST_ROOT", release);
        match self {
            Measure::Lighthouse => {
                let script = tools::lighthouse::script(workspace, &Cache::of_user()?);
                run.env("E2E_LIGHTHOUSE", script.context("Lighthouse cannot be had")?);
            }
            Measure::Scale => {
                let grown = workspace.target().join("e2e").join("scale");
                let what = format!("making a release of {PROBLEMS} problems in {}", grown.display());
                step(&what, "seconds", || scale::release::grow(release, &grown, PROBLEMS))?;
                run.env("E2E_DIST_ROOT", grown);
            }
            Measure::Pictures => _ = run.arg(workspace.target().join("e2e").join("pictures")),
            Measure::Usual | Measure::Device | Measure::Memory | Measure::Killed(_) | Measure::Effort => {}
        }
        process::run(&mut run)
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
        build(&workspace)?;
        let arguments = self.arguments();
        let measured = self.subject.measures(self.browser).into_iter();
        let measured: Vec<anyhow::Result<()>> =
            measured.map(|measure| measure.run(&workspace, &release, &arguments)).collect();
        measured.into_iter().collect::<anyhow::Result<()>>()?;
        Ok(ExitCode::SUCCESS)
    }

    /// What the programs are told of what was asked for.
    fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        arguments.extend(self.json.then(|| "--json".to_owned()));
        arguments.extend(self.runs.map(|runs| format!("--runs={runs}")));
        arguments.extend(self.after.map(|after| format!("--after={after}")));
        arguments
    }
}

/// All the programs, because one starts another.
fn build(workspace: &Workspace) -> anyhow::Result<()> {
    process::run(process::cargo(&workspace.root).args(["build", "--quiet", "--package", "e2e", "--bins"]))
}

/// Lets each program do everything once, or those only whose turn it is: that shows whether they can, and no more.
///
/// # Errors
/// If one of them cannot.
pub fn start_each(workspace: &Workspace, turn: Option<Turn>) -> anyhow::Result<()> {
    build(workspace)?;
    let releases = Releases::of(workspace);
    let has_npm = std::env::var_os("CI").is_some() || which::which("npm").is_ok();
    let mut failed = Vec::new();
    for measure in of_turn(turn) {
        let (program, own) = measure.program();
        let name = [&[program], own].concat().join(" ");
        if measure.needs_npm() && !has_npm {
            say(&format!("{name} is left out, since there is no npm"));
            continue;
        }
        say(&format!("{name}, once"));
        let once: Vec<String> = measure.once().iter().map(|&argument| argument.to_owned()).collect();
        if let Err(error) = measure.run(workspace, releases.root(), &once) {
            eprintln!("error: {name}: {}", crate::told(&error));
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("{} did not come to an end", failed.join(" and "));
    }
    Ok(())
}

/// Those whose turn it is: each has one.
fn of_turn(turn: Option<Turn>) -> impl Iterator<Item = Measure> {
    let is_its_turn = move |place: u32| turn.is_none_or(|turn| place % turn.of == turn.number);
    (0..).zip(EACH).filter(move |(place, _)| is_its_turn(*place)).map(|(_, measure)| measure)
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

    #[test]
    fn each_has_one_turn() {
        let of = 6;
        let turns: Vec<Vec<Measure>> = (0..of).map(|number| of_turn(Some(Turn { number, of })).collect()).collect();
        assert!(turns.iter().all(|turn| (1..=2).contains(&turn.len())), "{turns:?}");
        let started = |measure: &Measure| turns.iter().flatten().filter(|started| *started == measure).count();
        assert!(EACH.iter().all(|measure| started(measure) == 1), "{turns:?}");
        assert_eq!(of_turn(None).collect::<Vec<_>>(), EACH);
    }
}
