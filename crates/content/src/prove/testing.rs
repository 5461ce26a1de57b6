//! Runs the tests of a program from a blank page: compiled by rustc, and under Miri, which finds deadlocks and races.
//!
//! Nothing can catch a panic on a learner's device, so nothing does here either: all is compiled with `panic = "abort"`, and
//! after a test that failed the next run goes on behind it ([`Testing`]). It knows programs and tests, not problems.

use std::ffi::OsString;
use std::io;
use std::process::Command;

use quiz::exercise::{CodeResult, FailureKind, Next, RunEnd, TestFailure, Testing};

use crate::crates::Crates;
use crate::job::{Job, Mode, TestJob, Until};
use crate::proof::{Failure, TestProof, TestVerdict};
use crate::prove::compile::{self, Compiled};
use crate::prove::miri::{Miri, NoMiri};
use crate::prove::process;
use crate::prove::run::{self, LIMITS, RUNS};
use crate::prove::toolchain::Toolchain;
use crate::prove::{Stage, Tools, on_all_cores};

/// How the device compiles as well.
const ABORT: [&str; 2] = ["-C", "panic=abort"];

/// The proofs of some programs with tests, and how many of them could not be taken from the cache.
#[derive(Debug, Default)]
pub(crate) struct TestProofs {
    proofs: Vec<TestProof>,
    pub(crate) tested: usize,
    /// How many programs were not tested, and why there is no Miri.
    pub(crate) unchecked: Option<(usize, NoMiri)>,
}

impl TestProofs {
    /// The proof of the job with this index.
    pub(crate) fn of(&self, job: usize) -> &TestProof {
        &self.proofs[job]
    }
}

/// Runs the tests of all programs. An error means that no compiler could be started, or the like.
pub(crate) fn test_all(tools: &Tools<'_>, jobs: &[&TestJob]) -> io::Result<TestProofs> {
    let keys: Vec<_> = jobs.iter().map(|job| tools.cache.key_of_tests(job)).collect();
    let mut proofs: Vec<TestProof> =
        keys.iter().map(|key| tools.cache.get_tests(key).map_or(TestProof::Unknown, TestProof::Judged)).collect();
    let is_open = |index: &usize| matches!(proofs[*index], TestProof::Unknown);
    let open: Vec<usize> = (0..jobs.len()).filter(is_open).collect();
    if open.is_empty() {
        return Ok(TestProofs { proofs, ..TestProofs::default() });
    }
    let miri = match (tools.find_miri)() {
        Ok(miri) => miri,
        Err(why) => return Ok(TestProofs { proofs, tested: 0, unchecked: Some((open.len(), why)) }),
    };
    // Remembered one by one: who stops it half-way goes on from there.
    let test_new = |index: &usize| -> io::Result<TestProof> {
        Ok(match test(tools.toolchain, &miri, jobs[*index])? {
            Ok(verdict) => {
                tools.cache.put_tests(&keys[*index], &verdict)?;
                TestProof::Judged(verdict)
            }
            Err(failure) => TestProof::Failed(failure),
        })
    };
    for (index, proof) in on_all_cores(tools, Stage::Test, &open, test_new) {
        proofs[*index] = proof?;
    }
    Ok(TestProofs { proofs, tested: open.len(), unchecked: None })
}

fn test(toolchain: &Toolchain, miri: &Miri, job: &TestJob) -> io::Result<Result<TestVerdict, Failure>> {
    let native = Native { toolchain, job };
    let first = match native.compile(0)? {
        Ok(program) => program,
        Err(Compiled::Rejected(errors)) => return Ok(Ok(TestVerdict::Rejected(errors))),
        Err(Compiled::Failed(failure)) => return Ok(Err(failure)),
        Err(Compiled::Program(_)) => unreachable!("a program is no error"),
    };
    let failures = match under_miri(miri, job)? {
        Ok(failures) => failures,
        Err(failure) => return Ok(Err(failure)),
    };
    // What hangs, races or is undefined may do anything when it runs by itself; and what fails under some schedules fails
    // other tests under others.
    let always_the_same =
        job.exercise.schedules == 1 && failures.iter().all(|failure| failure.how == FailureKind::Panic);
    if failures.is_empty() || always_the_same {
        let runs = match native.failures(first)? {
            Ok(runs) => runs,
            Err(other) => return Ok(Err(other)),
        };
        let names =
            |failures: &[TestFailure]| -> Vec<String> { failures.iter().map(|failure| failure.test.clone()).collect() };
        let of_miri = names(&failures);
        if let Some(run) = runs.iter().find(|run| names(run) != of_miri) {
            let told = |names: Vec<String>| match names.as_slice() {
                [] => "passes all tests".to_owned(),
                names => format!("fails {}", names.join(", ")),
            };
            return Ok(Err(Failure::OtherUnderMiri { native: told(names(run)), miri: told(of_miri) }));
        }
    }
    Ok(Ok(TestVerdict::Tested(failures)))
}

/// All tests that fail under some schedule, in the order of the tests.
fn under_miri(miri: &Miri, job: &TestJob) -> io::Result<Result<Vec<TestFailure>, Failure>> {
    let mut found: Vec<TestFailure> = Vec::new();
    for seed in 0..job.exercise.schedules {
        let run = |from: usize| {
            let source = job.source(from);
            let (edition, crates) = (job.edition, Crates::default());
            let scratch = tempfile::tempdir()?;
            miri.run_tests(&Job { source, edition, mode: Mode::Run, crates }, &ABORT, seed, scratch.path())
        };
        match testing(job, run)? {
            Ok(failures) => found.extend(failures),
            Err(failure) => return Ok(Err(failure)),
        }
        if job.until == Until::FirstFailure && !found.is_empty() {
            break;
        }
    }
    let place = |failure: &TestFailure| job.exercise.names().position(|name| name == failure.test);
    found.sort_by_key(place);
    found.dedup_by(|later, first| later.test == first.test);
    Ok(Ok(found))
}

/// Runs the tests, as far as the job wants.
fn testing(
    job: &TestJob,
    mut run: impl FnMut(usize) -> io::Result<Result<(String, RunEnd), Failure>>,
) -> io::Result<Result<Vec<TestFailure>, Failure>> {
    let mut testing = Testing::new(&job.exercise, &job.code);
    let mut from = 0;
    loop {
        let (stdout, end) = match run(from)? {
            Ok(run) => run,
            Err(failure) => return Ok(Err(failure)),
        };
        match testing.take_in(&stdout, end) {
            Next::RunFrom(_) if job.until == Until::FirstFailure => return Ok(Ok(testing.failures().to_vec())),
            Next::RunFrom(next) => from = next,
            Next::Done(CodeResult::Tested { failures, .. }) => return Ok(Ok(failures)),
            Next::Done(CodeResult::Rejected(_) | CodeResult::SelfAssessed(_)) => return Ok(Ok(Vec::new())),
        }
    }
}

/// The tests as rustc compiles them.
struct Native<'a> {
    toolchain: &'a Toolchain,
    job: &'a TestJob,
}

/// A compiled program in a folder that lasts as long.
struct Program {
    path: std::path::PathBuf,
    scratch: tempfile::TempDir,
}

impl Native<'_> {
    fn compile(&self, from: usize) -> io::Result<Result<Program, Compiled>> {
        let scratch = tempfile::tempdir()?;
        let arguments = ABORT.map(OsString::from);
        let compiled =
            compile::compile(self.toolchain, &self.job.source(from), self.job.edition, &arguments, scratch.path())?;
        Ok(match compiled {
            Compiled::Program(path) => Ok(Program { path, scratch }),
            other => Err(other),
        })
    }

    /// The tests that fail in each of several runs; in one run, if any does.
    fn failures(&self, first: Program) -> io::Result<Result<Vec<Vec<TestFailure>>, Failure>> {
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            let run = |from: usize| {
                if from == 0 {
                    return run_once(&first);
                }
                match self.compile(from)? {
                    Ok(program) => run_once(&program),
                    Err(Compiled::Failed(failure)) => Ok(Err(failure)),
                    Err(other) => Err(io::Error::other(format!("a program that compiled does not: {other:?}"))),
                }
            };
            match testing(self.job, run)? {
                Ok(failures) => runs.push(failures),
                Err(failure) => return Ok(Err(failure)),
            }
            if runs.last().is_some_and(|failures| !failures.is_empty()) {
                break;
            }
        }
        Ok(Ok(runs))
    }
}

fn run_once(program: &Program) -> io::Result<Result<(String, RunEnd), Failure>> {
    let scratch = program.scratch.path();
    let finished = process::run(Command::new(&program.path).env_clear().current_dir(scratch), scratch, LIMITS)?;
    Ok(run::ended(finished))
}
