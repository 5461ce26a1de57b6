//! `cargo xtask verify`: lets the compiler judge the problems.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;
use content::mistake::Mistake;
use content::references::{self, Documentation};
use content::verify::{Progress, Report, Stage, Turn, VerifyOptions};

use crate::process;
use crate::step::say;
use crate::tools::{crates, miri};
use crate::workspace::{self, Workspace};

/// Compiles and runs every program of the problems, and compares with what was committed
#[derive(Args)]
pub struct Verify {
    /// Prove only these problems: their addresses, or their files [default: all]
    #[arg(value_name = "PROBLEM")]
    only: Vec<PathBuf>,
    #[command(flatten)]
    manner: Manner,
    /// The folder of problems [default: problems in the clone]
    #[arg(long, value_name = "DIR")]
    problems: Option<PathBuf>,
    /// Print the results for a machine
    #[arg(long)]
    json: bool,
    /// Follow all links into the documentation of the toolchain as well
    #[arg(long)]
    references: bool,
    /// Print what all problems together cover, give away and demand as well
    #[arg(long, conflicts_with = "json")]
    report: bool,
}

/// What comes of what is found.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Manner {
    /// Keep what the compiler says as the new verdicts
    #[arg(long)]
    pub bless: bool,
    /// Let what breaks a house rule fail as well
    #[arg(long)]
    pub deny_warnings: bool,
    /// Of the problems that stand as they were proven, prove again only this part, as the first of four: `1/4`
    #[arg(long, value_name = "PART/PARTS", value_parser = turn)]
    pub turn: Option<Turn>,
}

impl Verify {
    /// Fails if there is a mistake.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::here();
        let problems = match &self.problems {
            Some(problems) => workspace::absolute(problems)?,
            None => workspace.problems(),
        };
        let mut report = verify(&workspace, problems.clone(), &self.only, self.manner)?;
        if self.references {
            report.mistakes.extend(lost_links(&workspace, &problems)?);
        }
        if self.json {
            println!("{:#}", report.to_json());
        } else {
            print(&report);
        }
        if self.report {
            let figures = content::report::report(&problems).context("cannot report on the problems")?;
            println!("\n{}", content::report::render(&figures).trim_end());
        }
        Ok(if passes(&report) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// The links that lead nowhere in the documentation of the pinned toolchain.
fn lost_links(workspace: &Workspace, problems: &Path) -> anyhow::Result<Vec<Mistake>> {
    let documentation = Documentation::find(&workspace.toolchain_file())?
        .context("the documentation of the toolchain is not installed: `rustup component add rust-docs` does it")?;
    references::lost(problems, &documentation).context("cannot follow the links of the problems")
}

/// Verifies the problems in a folder, or only some of them.
pub fn verify(workspace: &Workspace, problems: PathBuf, only: &[PathBuf], manner: Manner) -> anyhow::Result<Report> {
    let cache = workspace.target().join("verdicts");
    let toolchain_file = workspace.toolchain_file();
    let options = VerifyOptions {
        problems,
        cache,
        toolchain_file,
        crates: workspace.problems().join("crates"),
        compile_crates: crates::compile,
        find_miri: miri::find,
        bless: manner.bless,
        deny_warnings: manner.deny_warnings,
        only: only.iter().map(|problem| slug(problem)).collect(),
        lock: true,
        turn: manner.turn,
        read: if only.is_empty() { name_read } else { |_| {} },
        progress: tell,
    };
    Ok(content::verify::verify(&options)?)
}

/// A turn as it is written: the second of four is `2/4`.
fn turn(written: &str) -> Result<Turn, String> {
    let numbers = written.split_once('/').and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
    match numbers {
        Some((part, parts)) if (1..=parts).contains(&part) => Ok(Turn { number: part - 1, of: parts }),
        _ => Err("a part of all is written as in `2/4`".to_owned()),
    }
}

/// In how many parts the problems are proven again that stand as they were proven.
const PARTS: u32 = 6;

/// The part whose turn it is with the commit that is checked out: another one with another commit, the same for everybody.
pub fn turn_of_commit(workspace: &Workspace) -> anyhow::Result<Turn> {
    let mut ask = Command::new("git");
    let commit = process::output(ask.current_dir(&workspace.root).args(["rev-parse", "HEAD"]));
    let first = commit.and_then(|commit| u32::from_str_radix(commit.get(..8)?, 16).ok());
    let first = first.context("whose turn it is goes by the commit, but `git rev-parse HEAD` names none")?;
    Ok(Turn { number: first % PARTS, of: PARTS })
}

/// The address of a problem that is named by it or by one of its files.
fn slug(problem: &Path) -> String {
    let name = problem.file_name().unwrap_or_default().to_string_lossy();
    let slug = [".verdict.json", ".md"].iter().find_map(|end| name.strip_suffix(end));
    slug.unwrap_or(&name).to_owned()
}

/// So many mistakes are named before the compiler is asked.
const NAMED: usize = 10;

/// Names what shows without a compiler: with all problems it may be minutes until everything can be told.
fn name_read(mistakes: &[Mistake]) {
    let errors: Vec<&Mistake> = mistakes.iter().filter(|mistake| !mistake.is_warning()).collect();
    say("to be put right, as shows without a compiler (all is told at the end):");
    for mistake in errors.iter().take(NAMED) {
        let line = mistake.line().map(|line| format!(":{line}")).unwrap_or_default();
        eprintln!("    {}{line}: {}", mistake.file(), mistake.title());
    }
    if errors.len() > NAMED {
        eprintln!("    and {} more", errors.len() - NAMED);
    }
}

/// How long somebody waits for a word.
const SILENCE: Duration = Duration::from_secs(20);

/// Says what is done with how many programs, and from time to time how many are done.
fn tell(progress: Progress) {
    static LAST: Mutex<Option<Instant>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let Progress { stage, done, of } = progress;
    if done == 0 {
        let programs = if of == 1 { "1 program".to_owned() } else { format!("{of} programs") };
        say(&match stage {
            Stage::Compile => format!("compiling {programs}, and running what compiles"),
            Stage::Miri => format!("running {programs} under Miri"),
            Stage::Test => format!("running the tests of {programs}, by themselves and under Miri"),
        });
    } else if done == of || last.is_none_or(|last| last.elapsed() < SILENCE) {
        return;
    } else {
        eprintln!("    {done} of {of}");
    }
    *last = Some(Instant::now());
}

/// Whether there is no mistake. Where nobody looks at what is printed, every program must have run under Miri too.
pub fn passes(report: &Report) -> bool {
    let watched = match std::env::var_os("CI").is_some_and(|value| !value.is_empty()) {
        true => Watched::ByNobody,
        false => Watched::BySomebody,
    };
    report.is_ok() && is_enough(report.unchecked.is_none(), watched)
}

/// Whether anybody reads what is printed.
#[derive(Clone, Copy)]
enum Watched {
    BySomebody,
    ByNobody,
}

fn is_enough(all_are_checked: bool, watched: Watched) -> bool {
    match watched {
        Watched::BySomebody => true,
        Watched::ByNobody => all_are_checked,
    }
}

/// Prints a report for a person.
pub fn print(report: &Report) {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let color = std::io::stdout().is_terminal() && !plain;
    println!("{}", report.render(color).trim_end());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_named_by_its_address_or_by_a_file() {
        for name in ["a-lock", "a-lock.md", "problems/locks/a-lock.md", "/x/locks/a-lock.verdict.json"] {
            assert_eq!(slug(Path::new(name)), "a-lock");
        }
    }

    #[test]
    fn a_turn_is_one_of_several_parts() {
        assert_eq!(turn("1/4"), Ok(Turn { number: 0, of: 4 }));
        assert_eq!(turn("4/4"), Ok(Turn { number: 3, of: 4 }));
        for wrong in ["0/4", "5/4", "1/0", "0/0", "1", "-1/4", "a/b", ""] {
            assert!(turn(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn unchecked_programs_pass_only_where_somebody_reads_of_them() {
        assert!(is_enough(true, Watched::ByNobody) && is_enough(true, Watched::BySomebody));
        assert!(is_enough(false, Watched::BySomebody) && !is_enough(false, Watched::ByNobody));
    }
}
