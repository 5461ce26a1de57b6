//! Miri: runs programs step by step and finds the undefined behaviour that rustc takes on trust.
//!
//! It belongs to a nightly toolchain of its own, which is pinned here and nowhere else. It knows nothing of problems;
//! whether undefined behaviour is what an author wants is judged elsewhere. Leaks are none: safe code may leak.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs, io};

use quiz::diagnostics::{self, FILE};
use quiz::exercise::{FailureKind, RunEnd};
use quiz::verdict::{Diagnostic, Verdict};
use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::crates::Crates;
use crate::job::Job;
use crate::proof::{Failure, Proof};
use crate::prove::process::{self, End, Finished, Limits, Resources};
use crate::prove::run;

/// The toolchain whose Miri looks at the programs: raise it here, and bless.
pub const TOOLCHAIN: &str = "nightly-2026-05-20";
/// The parts of that toolchain that are needed.
pub const COMPONENTS: &str = "miri,rust-src";
const FLAGS: [&str; 2] = ["-Zmiri-ignore-leaks", "-Zmiri-deterministic-floats"];
/// How many schedules a program with threads is run in.
const SEEDS: u32 = 4;
/// Crates that start threads for a program.
const THREADED: [&str; 3] = ["crossbeam", "rayon", "tokio"];
/// They start one for each processor. On the single one that Miri has otherwise there would be one worker, and no race.
const PROCESSORS: &str = "-Zmiri-num-cpus=2";
/// Crates that stand on crossbeam-epoch, which goes from a reference to a field to all of the struct. Stacked Borrows
/// forbid that, so all programs with these crates would be undefined; Tree Borrows allow it, and its authors test by
/// them (<https://github.com/crossbeam-rs/crossbeam/issues/545>).
const ON_EPOCH: [&str; 2] = ["crossbeam", "rayon"];
const TREE_BORROWS: &str = "-Zmiri-tree-borrows";
/// Of Miri with the program in it: it is slower by far, needs more, and writes what it found as JSON.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(40),
    output: 1 << 20,
    resources: Some(Resources { memory: 16 << 30, file: 4 << 20, processes: 1024 }),
};
const UNDEFINED: &str = "Undefined Behavior: ";
const BACKTRACE: &str = "= note: stack backtrace:";
const UNSUPPORTED: &str = "unsupported operation: ";

/// A Miri that can be run.
#[derive(Clone, Debug)]
pub struct Miri {
    driver: PathBuf,
    /// The folder of the standard library that was compiled for Miri.
    sysroot: PathBuf,
    /// What the paths of the library's source begin with.
    library: String,
}

/// Finds Miri, or installs it.
pub type FindMiri = fn() -> Result<Miri, NoMiri>;

/// Why there is no Miri.
#[derive(Clone, Debug, Error)]
#[error("{0}")]
pub struct NoMiri(pub String);

impl Miri {
    /// The Miri of the toolchain in a folder, with the library that [`set_up`] made in `sysroot`.
    pub fn new(toolchain: &Path, sysroot: &Path) -> Miri {
        let library = toolchain.join("lib").join("rustlib").join("src").join("rust");
        Miri { driver: driver(toolchain), sysroot: sysroot.to_owned(), library: format!("{}/", library.display()) }
    }
}

/// The folder of the pinned toolchain, if it is installed and has Miri.
pub fn toolchain_folder() -> Option<PathBuf> {
    let output = of_toolchain("rustc").args(["--print", "sysroot"]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    (output.status.success() && driver(&folder).is_file()).then_some(folder)
}

/// Compiles the standard library for Miri into `sysroot`, which takes half a minute.
///
/// # Errors
/// When Cargo cannot be run, or fails; then with what it wrote.
pub fn set_up(sysroot: &Path) -> io::Result<()> {
    let output = of_toolchain("cargo").args(["miri", "setup"]).env("MIRI_SYSROOT", sysroot).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(io::Error::other(format!("`cargo miri setup` failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end())))
}

/// A program of the pinned toolchain, by rustup. What Cargo told us is about another toolchain.
fn of_toolchain(program: &str) -> Command {
    let mut command = Command::new(program);
    for variable in ["CARGO", "RUSTC", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "LD_LIBRARY_PATH"]
    {
        command.env_remove(variable);
    }
    command.env("RUSTUP_TOOLCHAIN", TOOLCHAIN);
    command
}

fn driver(toolchain: &Path) -> PathBuf {
    toolchain.join("bin").join(format!("miri{}", env::consts::EXE_SUFFIX))
}

/// The pinned Miri as verdict files name it.
pub(crate) fn name() -> String {
    format!("miri {TOOLCHAIN}")
}

/// All that a finding depends on besides the program and the versions of its crates.
pub(crate) fn key(crates: &Crates) -> String {
    format!("{} {} {SEEDS}", name(), flags(crates).join(" "))
}

fn flags(crates: &Crates) -> Vec<&'static str> {
    let of_threads = crates.any_of(&THREADED).then_some(PROCESSORS);
    let of_epoch = crates.any_of(&ON_EPOCH).then_some(TREE_BORROWS);
    FLAGS.into_iter().chain(of_threads).chain(of_epoch).collect()
}

/// What Miri finds in a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Finding {
    /// Nothing is wrong; this is what the program did in its different runs.
    Clean(Vec<Verdict>),
    /// Its behaviour is undefined.
    Undefined(Verdict),
    /// It is undefined, but not because of a line of the program.
    Elsewhere { message: String, rendered: String },
    /// The program does what Miri cannot.
    Unsupported(String),
}

/// Under which schedules of its threads a program runs.
#[derive(Clone, Copy, Debug)]
enum Schedules {
    /// The one with this seed.
    One(u32),
    /// Those of the first seeds, one after the other in one process: the program is read and checked once.
    First(u32),
}

impl Schedules {
    fn flags(self) -> Vec<String> {
        match self {
            Schedules::One(seed) => vec![format!("-Zmiri-seed={seed}")],
            // Runs side by side would mix their outputs.
            Schedules::First(seeds) => vec![
                format!("-Zmiri-many-seeds=0..{seeds}"),
                "-Zmiri-many-seeds-keep-going".to_owned(),
                "-Zthreads=1".to_owned(),
            ],
        }
    }
}

impl Miri {
    /// The folder of the standard library that was compiled for it.
    pub(crate) fn sysroot(&self) -> &Path {
        &self.sysroot
    }

    /// Runs a program in the folder `scratch`, which must be empty; one with threads several times. Its crates are
    /// found by `externs`.
    pub(crate) fn look(&self, job: &Job, externs: &[OsString], scratch: &Path) -> io::Result<Result<Finding, Failure>> {
        let run = |source: &str, seed| {
            fs::write(scratch.join(FILE), source)?;
            process::run(self.command(job, Schedules::One(seed), scratch).args(externs), scratch, LIMITS)
        };
        let seeds = if has_threads(job) { SEEDS } else { 1 };
        if seeds > 1 {
            fs::write(scratch.join(FILE), &job.source)?;
            let finished =
                process::run(self.command(job, Schedules::First(seeds), scratch).args(externs), scratch, LIMITS)?;
            if let Some(finding) = self.alike_in_all(finished, seeds) {
                return Ok(Ok(finding));
            }
        }
        let mut runs = Vec::new();
        for seed in 0..seeds {
            match self.finding(run(&job.source, seed)?) {
                Ok(Finding::Clean(run)) => runs.extend(run),
                Ok(Finding::Elsewhere { message, rendered }) => {
                    let traced = run(&without_printing(&job.source), seed)?;
                    return Ok(Ok(self.traced(traced, message, rendered)));
                }
                other => return Ok(other),
            }
        }
        runs.dedup();
        Ok(Ok(Finding::Clean(runs)))
    }

    /// What a program does if it did the same under all schedules of one process, whether it ended well or panicked; or
    /// what is undefined under the first. Otherwise they are looked at one by one.
    fn alike_in_all(&self, finished: Finished, schedules: u32) -> Option<Finding> {
        let stdout = one_of_alike(&finished.stdout, schedules as usize)?;
        let runs = split_by_schedule(&finished.stderr, schedules)?;
        let mut findings = runs.into_iter().map(|stderr| {
            self.finding(Finished {
                end: finished.end,
                left_processes: finished.left_processes,
                stdout: stdout.to_vec(),
                stderr,
            })
            .ok()
        });
        let first = findings.next()??;
        match first {
            Finding::Undefined(_) => Some(first),
            Finding::Clean(_) => findings.all(|other| other.as_ref() == Some(&first)).then_some(first),
            Finding::Elsewhere { .. } | Finding::Unsupported(_) => None,
        }
    }

    /// What is undefined within `println!` has no line, as the calls that the macro makes stand in the library. So the
    /// program is run again with calls of its own in their place, only to learn the line.
    fn traced(&self, again: Finished, message: String, rendered: String) -> Finding {
        match self.finding(again) {
            Ok(Finding::Undefined(Verdict::Undefined { line, .. })) => {
                let rendered = rendered.replace(BACKTRACE, &format!("= note: reached from {FILE}:{line}"));
                Finding::Undefined(Verdict::Undefined { line, message, rendered })
            }
            _ => Finding::Elsewhere { message, rendered: without_backtrace(&rendered) },
        }
    }

    /// Runs a program of tests under one schedule. What nothing catches ends it.
    pub(crate) fn run_tests(
        &self,
        job: &Job,
        arguments: &[&str],
        seed: u32,
        scratch: &Path,
    ) -> io::Result<Result<(String, RunEnd), Failure>> {
        fs::write(scratch.join(FILE), &job.source)?;
        let finished = process::run(self.command(job, Schedules::One(seed), scratch).args(arguments), scratch, LIMITS)?;
        if finished.end == End::TimedOut {
            return Ok(Err(Failure::MiriTimedOut { seconds: LIMITS.time.as_secs() }));
        }
        let stderr = String::from_utf8_lossy(&finished.stderr).into_owned();
        let errors = diagnostics::errors(&stderr, |rendered| self.tidy(rendered));
        let Some((error, how)) = errors.iter().find_map(|error| Some((error, kind_of_failure(&error.message)?))) else {
            return Ok(match errors.iter().find(|error| is_unforeseen(error, &stderr)) {
                Some(error) => Err(match error.message.strip_prefix(UNSUPPORTED) {
                    Some(message) => Failure::Unsupported { message: message.to_owned() },
                    None => Failure::MiriStopped { message: error.rendered.clone() },
                }),
                None => run::ended(finished),
            });
        };
        let message = error.message.strip_prefix(UNDEFINED).unwrap_or(&error.message).to_owned();
        let stdout = String::from_utf8_lossy(&finished.stdout).into_owned();
        Ok(Ok((stdout, RunEnd::Stopped { how, message, line: line(error) })))
    }

    fn command(&self, job: &Job, schedules: Schedules, scratch: &Path) -> Command {
        let mut command = Command::new(&self.driver);
        command
            .current_dir(scratch)
            .env_clear()
            .env("TMPDIR", scratch)
            .args(flags(&job.crates))
            .args(schedules.flags())
            .arg("--sysroot")
            .arg(&self.sysroot)
            .args(["--crate-name", "main", "--crate-type", "bin", "--edition", job.edition.year()])
            .args(["--error-format=json", "-A", "warnings", FILE]);
        command
    }

    fn finding(&self, finished: Finished) -> Result<Finding, Failure> {
        if finished.end == End::TimedOut {
            return Err(Failure::MiriTimedOut { seconds: LIMITS.time.as_secs() });
        }
        let stderr = String::from_utf8_lossy(&finished.stderr).into_owned();
        let Some(error) = diagnostics::errors(&stderr, |rendered| self.tidy(rendered)).into_iter().next() else {
            return match run::judge(finished) {
                Proof::Judged(verdict) => Ok(Finding::Clean(vec![verdict])),
                Proof::Failed(failure) => Err(failure),
                Proof::Unknown => Err(Failure::MiriStopped { message: stderr }),
            };
        };
        if let Some(message) = error.message.strip_prefix(UNDEFINED) {
            let rendered = error.rendered.clone();
            return Ok(match line(&error) {
                Some(line) => Finding::Undefined(Verdict::Undefined { line, message: message.to_owned(), rendered }),
                None => Finding::Elsewhere { message: message.to_owned(), rendered },
            });
        }
        match error.message.strip_prefix(UNSUPPORTED) {
            Some(message) => Ok(Finding::Unsupported(message.to_owned())),
            None => Err(Failure::MiriStopped { message: error.rendered }),
        }
    }

    /// A message without paths of this machine, and without what happens inside of the library.
    fn tidy(&self, rendered: &str) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut rest = rendered.lines().map(|line| line.replace(&self.library, "")).peekable();
        while let Some(line) = rest.next() {
            let place = rest.peek().and_then(|next| next.trim_start().strip_prefix("at ")).map(str::to_owned);
            match place {
                // A frame of the backtrace: the function, and below it the place.
                Some(place) if !is_in_program(&place) => drop(rest.next()),
                _ if line.contains("this error originates in the macro") => {}
                _ => lines.push(line),
            }
        }
        lines.join("\n").trim_end().to_owned() + "\n"
    }
}

/// What a message of Miri says of a test; `None` if it says another thing.
fn kind_of_failure(message: &str) -> Option<FailureKind> {
    match message.strip_prefix(UNDEFINED) {
        Some(what) if what.contains("Data race detected") => Some(FailureKind::DataRace),
        Some(_) => Some(FailureKind::Undefined),
        None => message.contains("deadlock").then_some(FailureKind::Deadlock),
    }
}

/// Whether a message is about something else than the abort that follows a panic.
fn is_unforeseen(error: &Diagnostic, stderr: &str) -> bool {
    !(stderr.contains("panicked at ") && error.message.contains("abnormal termination"))
}

/// What each of so many runs wrote, if each wrote the same.
fn one_of_alike(all: &[u8], runs: usize) -> Option<&[u8]> {
    let one = all.get(..all.len() / runs)?;
    (one.repeat(runs) == all).then_some(one)
}

/// What Miri says before each run of a process with several.
const NEXT_SCHEDULE: &str = "Trying seed: ";

/// The errors of each run of a process, in their order.
fn split_by_schedule(stderr: &[u8], schedules: u32) -> Option<Vec<Vec<u8>>> {
    let text = std::str::from_utf8(stderr).ok()?;
    let mut rest = text.strip_prefix(&format!("{NEXT_SCHEDULE}0\n"))?;
    let mut runs = Vec::new();
    for next in 1..schedules {
        let (run, later) = rest.split_once(&format!("\n{NEXT_SCHEDULE}{next}\n"))?;
        runs.push(run.as_bytes().to_vec());
        rest = later;
    }
    runs.push(rest.as_bytes().to_vec());
    Some(runs)
}

fn has_threads(job: &Job) -> bool {
    job.source.contains("thread") || job.crates.any_of(&THREADED)
}

/// The program with each `println!` and `print!` formatting only, by a call of the program itself.
fn without_printing(source: &str) -> String {
    let mut rewritten = String::new();
    let mut rest = source;
    while let Some((start, inside)) = next_print(rest) {
        let end = inside + closing(&rest[inside..]);
        rewritten.push_str(&rest[..start]);
        rewritten.push_str("::std::mem::drop(::std::fmt::format(::std::format_args!(");
        rewritten.push_str(&rest[inside..end]);
        rewritten.push_str("))");
        rest = &rest[end..];
    }
    rewritten + rest
}

/// Where the next macro begins that prints something, and where its arguments begin.
fn next_print(source: &str) -> Option<(usize, usize)> {
    let found = ["println!(\"", "print!(\""].map(|call| source.find(call).map(|start| (start, start + call.len() - 1)));
    found.into_iter().flatten().min()
}

/// The length of the arguments before the parenthesis that closes them.
fn closing(arguments: &str) -> usize {
    let (mut depth, mut length) = (0, 0);
    for token in tokenize(arguments, FrontmatterAllowed::No) {
        match token.kind {
            TokenKind::OpenParen => depth += 1,
            TokenKind::CloseParen if depth == 0 => break,
            TokenKind::CloseParen => depth -= 1,
            _ => {}
        }
        length += token.len as usize;
    }
    length
}

fn without_backtrace(rendered: &str) -> String {
    rendered.split_inclusive('\n').filter(|line| !line.contains(BACKTRACE)).collect()
}

fn is_in_program(place: &str) -> bool {
    place.starts_with(FILE)
}

/// The line of the program that a message points at: the innermost one, if it points into the library.
fn line(error: &Diagnostic) -> Option<u32> {
    let in_frame = || {
        let place = error.rendered.lines().find_map(|line| line.trim_start().strip_prefix("at "))?;
        place.strip_prefix(FILE)?.split(':').nth(1)?.parse().ok()
    };
    error.primary().map(|span| span.line).or_else(in_frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        let call = "::std::mem::drop(::std::fmt::format(::std::format_args!";
        assert_eq!(without_printing(source), expected.replace("CALL", call));
    }

    #[test]
    fn what_prints_becomes_a_call_in_the_same_line() {
        check("println!(\"{} :-)\", f(1));\nlet a = 2;\n", "CALL(\"{} :-)\", f(1))));\nlet a = 2;\n");
        check("|x| print!(\"{x}\\n\"), println!(\"a\")", "|x| CALL(\"{x}\\n\"))), CALL(\"a\")))");
        check("println!();\nprintln!(\"open", "println!();\nCALL(\"open))");
    }
}
