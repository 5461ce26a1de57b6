//! `cargo xtask test`: everything that can fail, in parts that can be run alone.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use content::verify::Turn;

use crate::bench;
use crate::cache::Cache;
use crate::deny;
use crate::device::{self, Extent};
use crate::memory;
use crate::process;
use crate::public_url::PublicUrl;
use crate::size::Figures;
use crate::step::{say, spoken};
use crate::tools::browser::{Browser, Browsers};
use crate::tools::{self, rust};
use crate::trunk::{Profile, Trunk};
use crate::verify::{self, Manner};
use crate::workspace::Workspace;

/// Runs all tests, and installs what they need
#[derive(Args)]
pub struct Test {
    /// Run this part, and what it needs; may be given several times
    #[arg(long, value_name = "PART")]
    only: Vec<Part>,
    /// The browsers for the browser tests [default: engines; chromium for the tests that are named]
    #[arg(long)]
    browser: Option<Browsers>,
    /// Prove again only a sixth of the problems that stand as they were proven, another one with another commit; those
    /// that were changed since are proven in any case. Of the tools, start a sixth as well
    #[arg(long)]
    by_turns: bool,
    /// For the native and the browser tests: names of tests to run, and arguments of their runner
    #[arg(last = true, value_name = "FILTER")]
    filter: Vec<String>,
}

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting
    Fmt,
    /// Clippy, with warnings denied
    Clippy,
    /// What the crates are that are used, by cargo-deny; left out where that is not installed, unless it is asked for
    Deny,
    /// Native tests of the crates
    Native,
    /// Every program of the problems, by the compiler
    Content,
    /// Every program without crates, by the compiler for the learner's device
    Device,
    /// The release build, at the top of a host and under a path
    Build,
    /// What a first visit costs, by its budget
    Size,
    /// Tests in real browsers
    E2e,
    /// The programs that measure and take pictures, each once: what only people start is broken before anyone sees it
    Tools,
}

impl Part {
    const ALL: [Part; 10] = [
        Part::Fmt,
        Part::Clippy,
        Part::Deny,
        Part::Native,
        Part::Content,
        Part::Device,
        Part::Build,
        Part::Size,
        Part::E2e,
        Part::Tools,
    ];

    fn name(self) -> &'static str {
        match self {
            Part::Fmt => "fmt",
            Part::Clippy => "clippy",
            Part::Deny => "deny",
            Part::Native => "native",
            Part::Content => "content",
            Part::Device => "device",
            Part::Build => "build",
            Part::Size => "size",
            Part::E2e => "e2e",
            Part::Tools => "tools",
        }
    }

    /// The part without whose success this one means nothing.
    fn needs(self) -> Option<Part> {
        match self {
            Part::Size | Part::E2e | Part::Tools => Some(Part::Build),
            Part::Fmt | Part::Clippy | Part::Deny | Part::Native | Part::Content | Part::Device | Part::Build => None,
        }
    }

    fn about(self) -> &'static str {
        match self {
            Part::Fmt => "seconds",
            Part::Clippy => "about 3 minutes the first time",
            Part::Deny => "seconds, 5 minutes more where cargo-deny is missing",
            Part::Native => "about 10 minutes the first time",
            Part::Content => "about half an hour the first time, five minutes by turns",
            Part::Device => "about a minute",
            Part::Build => "about 4 minutes the first time, 8 more where Trunk is missing",
            Part::Size => "seconds",
            Part::E2e => "about 20 minutes, 4 more where geckodriver is missing",
            Part::Tools => "about 4 minutes, one by turns",
        }
    }
}

/// How a part ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PartResult {
    Passed,
    Failed,
    /// Not run, because that part failed.
    Skipped(Part),
    /// Not run, because its tool takes minutes to install and nobody asked for it.
    LeftOut,
}

struct Line {
    part: Part,
    outcome: PartResult,
    took: Duration,
}

impl Test {
    /// Runs the parts. A part that fails keeps only those that need it from running.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::here();
        let is_deny_at_hand = tools::cargo_deny::is_at_hand(&Cache::of_user()?);
        let mut lines: Vec<Line> = Vec::new();
        for part in plan(&self.only) {
            let start = Instant::now();
            let outcome = match missing(part, &lines) {
                Some(needed) => PartResult::Skipped(needed),
                None if is_left_out(part, &self.only, is_deny_at_hand) => {
                    say("deny is left out, since cargo-deny is not installed: `--only deny` installs and runs it");
                    PartResult::LeftOut
                }
                None => self.run_part(part, &workspace),
            };
            lines.push(Line { part, outcome, took: start.elapsed() });
        }
        println!("\n{}", summary(&lines));
        let passed = |line: &Line| matches!(line.outcome, PartResult::Passed | PartResult::LeftOut);
        Ok(if lines.iter().all(passed) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn run_part(&self, part: Part, workspace: &Workspace) -> PartResult {
        say(&format!("{}, {}", part.name(), part.about()));
        let run = match part {
            Part::Fmt => fmt(workspace),
            Part::Clippy => clippy(workspace),
            Part::Deny => deny::check(workspace),
            Part::Native => native(workspace, &self.filter),
            Part::Content => self.turn(workspace).and_then(|turn| content(workspace, turn)),
            Part::Device => device(workspace),
            Part::Build => Releases::of(workspace).build(workspace),
            Part::Size => size(Releases::of(workspace).root()),
            Part::E2e => e2e(workspace, self.browsers(), &self.filter),
            Part::Tools => self.turn(workspace).and_then(|turn| bench::start_each(workspace, turn)),
        };
        match run {
            Ok(()) => PartResult::Passed,
            Err(error) => {
                eprintln!("error: {}: {}", part.name(), crate::told(&error));
                PartResult::Failed
            }
        }
    }

    /// The browsers for the browser tests.
    fn browsers(&self) -> Browsers {
        let usual = if self.filter.is_empty() { Browsers::Engines } else { Browsers::Chromium };
        self.browser.unwrap_or(usual)
    }

    /// Whose turn it is, if it goes by turns.
    fn turn(&self, workspace: &Workspace) -> anyhow::Result<Option<Turn>> {
        self.by_turns.then(|| verify::turn_of_commit(workspace)).transpose()
    }
}

/// The parts to run, in order, with those that they need.
fn plan(only: &[Part]) -> Vec<Part> {
    let wanted = |part: Part| only.is_empty() || only.contains(&part);
    let needed = |part: Part| Part::ALL.iter().any(|other| wanted(*other) && other.needs() == Some(part));
    Part::ALL.into_iter().filter(|part| wanted(*part) || needed(*part)).collect()
}

/// Whether this part is for those only who ask for it, or who have its tool.
fn is_left_out(part: Part, only: &[Part], is_deny_at_hand: bool) -> bool {
    part == Part::Deny && only.is_empty() && !is_deny_at_hand
}

/// The part that `part` needs and that did not pass.
fn missing(part: Part, lines: &[Line]) -> Option<Part> {
    let needed = part.needs()?;
    let passed = lines.iter().any(|line| line.part == needed && line.outcome == PartResult::Passed);
    (!passed).then_some(needed)
}

fn summary(lines: &[Line]) -> String {
    let mut table = format!("{:<9}{:<24}{:>12}\n", "part", "result", "time");
    for Line { part, outcome, took } in lines {
        let result = match outcome {
            PartResult::Passed => "passed".to_owned(),
            PartResult::Failed => "FAILED".to_owned(),
            PartResult::Skipped(needed) => format!("skipped, needs {}", needed.name()),
            PartResult::LeftOut => "left out, see above".to_owned(),
        };
        writeln!(table, "{:<9}{result:<24}{:>12}", part.name(), spoken(*took)).expect("a string takes all");
    }
    let count = |wanted: fn(&PartResult) -> bool| lines.iter().filter(|line| wanted(&line.outcome)).count();
    let passed = count(|outcome| *outcome == PartResult::Passed);
    let failed = count(|outcome| *outcome == PartResult::Failed);
    let skipped = count(|outcome| matches!(outcome, PartResult::Skipped(_) | PartResult::LeftOut));
    let total = spoken(lines.iter().map(|line| line.took).sum());
    writeln!(table, "{:<33}{total:>12}", "all").expect("a string takes all");
    write!(table, "parts: {passed} passed, {failed} failed, {skipped} skipped").expect("a string takes all");
    table
}

/// The pictures beside shared links, which a build has only where it needs them.
const PREVIEWS: &str = "xtask/previews";

fn fmt(workspace: &Workspace) -> anyhow::Result<()> {
    rust::need_component(workspace, "rustfmt", "fmt")?;
    process::run(process::cargo(&workspace.root).args(["fmt", "--all", "--", "--check"]))
}

fn clippy(workspace: &Workspace) -> anyhow::Result<()> {
    rust::need_component(workspace, "clippy", "clippy")?;
    rust::need_wasm_target(workspace)?;
    let clippy = |arguments: &[&str]| {
        process::run(process::cargo(&workspace.root).arg("clippy").args(arguments).args(["--", "--deny", "warnings"]))
    };
    let native = clippy(&["--workspace", "--exclude", "borrowed-time", "--all-targets", "--features", PREVIEWS]);
    let app = clippy(&["--package", "borrowed-time", "--target", "wasm32-unknown-unknown"]);
    native.and(app)
}

/// The crates that have native tests: all but the app, and `e2e` with its journeys.
const NATIVE: [&str; 8] = ["quiz", "content", "trainer", "unpacker", "packer", "painter", "xtask", "start"];

fn native(workspace: &Workspace, filter: &[String]) -> anyhow::Result<()> {
    tools::miri::need_toolchain().context("the tests of the problems' proofs run Miri")?;
    let packages: Vec<&str> = NATIVE.iter().flat_map(|package| ["--package", package]).collect();
    let test = |arguments: &[&str], filter: &[String]| {
        let mut test = process::cargo(&workspace.root);
        process::run(test.args(["test", "--no-fail-fast"]).args(arguments).arg("--").args(filter))
    };
    let all = test(&packages, filter);
    // The tests of the library only: a program that is made anew could not take the place of this one everywhere.
    let of_the_pictures = ["previews::".to_owned()];
    let filter = if filter.is_empty() { &of_the_pictures } else { filter };
    let pictures = test(&["--package", "xtask", "--lib", "--features", PREVIEWS], filter);
    all.and(pictures)
}

fn content(workspace: &Workspace, turn: Option<Turn>) -> anyhow::Result<()> {
    if let Some(Turn { number, of }) = turn {
        say(&format!("of what stands as it was proven, part {} of {of}", number + 1));
    }
    // Our own problems keep the house rules.
    let manner = Manner { deny_warnings: true, turn, ..Manner::default() };
    let report = verify::verify(workspace, workspace.problems(), &[], manner)?;
    verify::print(&report);
    match verify::passes(&report) {
        true => Ok(()),
        false if report.is_ok() => bail!("not all programs ran under Miri"),
        false => bail!("the problems have mistakes"),
    }
}

fn device(workspace: &Workspace) -> anyhow::Result<()> {
    match tools::compiler::packed(&Cache::of_user()?) {
        Ok(compiler) => device::compare(workspace, &compiler, Extent::Unrecorded, false),
        Err(error) if std::env::var_os("CI").is_some() => {
            Err(error.context("the compiler for the learner's device cannot be had"))
        }
        Err(error) => {
            say(&format!("no program is compiled as on a learner's device: {error:#}"));
            Ok(())
        }
    }
}

fn size(release: &Path) -> anyhow::Result<()> {
    let figures = Figures::of(release)?;
    println!("{}", figures.table());
    match figures.within_budget {
        true => Ok(()),
        false => bail!("a first visit, or the editor, costs more than its budget"),
    }
}

/// So many bytes the profiles and sites of the journeys take at most, with room to spare.
const OF_JOURNEYS: u64 = 4 << 30;

/// What is tested in every browser even where time is short: by the names of the journeys' files.
const OF_THE_ENGINE: [&str; 6] = ["storage::", "offline::", "two_tabs::", "update::", "first_visit::", "failures::"];

fn e2e(workspace: &Workspace, browsers: Browsers, filter: &[String]) -> anyhow::Result<()> {
    let releases = Releases::of(workspace);
    tools::browser::install_what_is_welcome(browsers);
    let mut failed = Vec::new();
    for browser in browsers.each() {
        let is_whole = browsers != Browsers::Engines || *browser == Browser::Chromium;
        let mut test = process::cargo(&workspace.root);
        test.args(["test", "--package", "e2e", "--no-fail-fast", "--"]).args(filter);
        if !is_whole && filter.is_empty() {
            test.args(OF_THE_ENGINE);
        }
        if let (None, Some(folder)) = (std::env::var_os("TMPDIR"), memory::folder(OF_JOURNEYS)) {
            test.env("TMPDIR", folder);
        }
        match releases.hand_over(&mut test, *browser) {
            Err(error) if !is_whole && std::env::var_os("CI").is_none() => {
                say(&format!("no journeys in {browser}: {error:#}"));
                continue;
            }
            handed_over => handed_over?,
        }
        let which = if is_whole { "the journeys" } else { "the journeys that depend most on the engine" };
        say(&format!("{which} in {browser}"));
        if let Err(error) = process::run(&mut test) {
            eprintln!("error: {}", crate::told(&error));
            failed.push(browser.to_string());
        }
    }
    if !failed.is_empty() {
        bail!("tests failed in {}", failed.join(" and "));
    }
    Ok(())
}

/// The release builds that the browser tests and measurements are given.
pub struct Releases {
    root: PathBuf,
    sub: PathBuf,
}

impl Releases {
    /// Where they are.
    pub fn of(workspace: &Workspace) -> Releases {
        let folder = workspace.target().join("e2e");
        Releases { root: folder.join("root"), sub: folder.join("sub") }
    }

    /// Where the one for the top of a host is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Builds the one for the top of a host.
    pub fn build_root(&self, workspace: &Workspace) -> anyhow::Result<()> {
        Trunk::ready(workspace, Profile::Release)?.build(&PublicUrl::root(), &self.root, None)
    }

    /// Builds both; the second takes over what the first compiled.
    pub fn build(&self, workspace: &Workspace) -> anyhow::Result<()> {
        self.build_root(workspace)?;
        let trunk = Trunk::ready(workspace, Profile::Release)?;
        let host = "https://drills.example".parse().map_err(anyhow::Error::msg)?;
        trunk.build(&"/drills/rust/".parse().map_err(anyhow::Error::msg)?, &self.sub, Some(&host))
    }

    /// Tells a command of `e2e/` where the releases are and which browser to drive, and sees to it that it can.
    pub fn hand_over(&self, command: &mut Command, browser: Browser) -> anyhow::Result<()> {
        let driver = browser.need(&Cache::of_user()?)?;
        command.env("PATH", tools::path_with(driver.as_slice())?);
        command.env("E2E_DIST_ROOT", &self.root).env("E2E_DIST_SUB", &self.sub);
        command.env("E2E_BROWSER", browser.to_string());
        match tools::axe::script(&Cache::of_user()?) {
            Ok(script) => _ = command.env("E2E_AXE", script),
            Err(error) if std::env::var_os("CI").is_some() => return Err(error.context("axe-core cannot be had")),
            Err(error) => say(&format!("no page is looked at by axe-core: {error:#}")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(part: Part, outcome: PartResult) -> Line {
        Line { part, outcome, took: Duration::from_secs(65) }
    }

    #[test]
    fn without_a_choice_everything_runs() {
        assert_eq!(plan(&[]), Part::ALL);
    }

    #[test]
    fn a_choice_runs_in_order_with_what_it_needs() {
        assert_eq!(plan(&[Part::E2e]), [Part::Build, Part::E2e]);
        assert_eq!(plan(&[Part::Size]), [Part::Build, Part::Size]);
        assert_eq!(plan(&[Part::Native, Part::Fmt, Part::Fmt]), [Part::Fmt, Part::Native]);
    }

    #[test]
    fn only_what_needs_a_failed_part_is_skipped() {
        let lines = [line(Part::Clippy, PartResult::Failed), line(Part::Build, PartResult::Failed)];
        assert_eq!(missing(Part::E2e, &lines), Some(Part::Build));
        assert_eq!(missing(Part::Native, &lines), None);
        assert_eq!(missing(Part::E2e, &[line(Part::Build, PartResult::Passed)]), None);
    }

    #[test]
    fn only_what_takes_minutes_to_install_and_is_not_asked_for_is_left_out() {
        let left_out = |only: &[Part], is_deny_at_hand| {
            let parts = plan(only).into_iter();
            parts.filter(|part| is_left_out(*part, only, is_deny_at_hand)).collect::<Vec<_>>()
        };
        assert_eq!(left_out(&[], false), [Part::Deny]);
        assert_eq!(left_out(&[], true), []);
        assert_eq!(left_out(&[Part::Deny], false), []);
    }

    #[test]
    fn the_tests_of_every_crate_are_run() {
        let manifest = std::fs::read_to_string(Workspace::here().root.join("Cargo.toml")).expect("a manifest");
        let manifest: toml::Table = manifest.parse().expect("TOML");
        let members = manifest["workspace"]["members"].as_array().expect("a list").iter().map(|member| {
            let folder = member.as_str().expect("a folder");
            folder.rsplit_once('/').map_or(folder, |(_, name)| name)
        });
        let mut members: Vec<&str> = members.filter(|name| *name != "e2e").collect();
        let mut native = NATIVE.to_vec();
        members.sort_unstable();
        native.sort_unstable();
        assert_eq!(native, members);
    }

    #[test]
    fn the_summary_tells_each_part() {
        let lines = [
            line(Part::Fmt, PartResult::Passed),
            line(Part::Deny, PartResult::LeftOut),
            line(Part::Build, PartResult::Failed),
            line(Part::E2e, PartResult::Skipped(Part::Build)),
        ];
        let expected = "\
part     result                          time
fmt      passed                     1 min 5 s
deny     left out, see above        1 min 5 s
build    FAILED                     1 min 5 s
e2e      skipped, needs build       1 min 5 s
all                                4 min 20 s
parts: 1 passed, 1 failed, 2 skipped";
        assert_eq!(summary(&lines), expected);
    }
}
