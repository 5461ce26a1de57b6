//! Proves programs: compiles each, runs it if it should run, lets Miri look at what ran, on all cores, and remembers
//! what came out.
//!
//! It knows programs, not problems: nothing of `read` or `plan` but the names of crates.

pub mod miri;
pub mod package;

pub(crate) mod cache;
mod compile;
mod process;
mod run;
pub(crate) mod testing;
pub(crate) mod toolchain;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, thread};

use quiz::verdict::Verdict;

use self::cache::{Cache, Key};
use self::compile::Compiled;
use self::miri::{FindMiri, Finding, Miri, NoMiri};
use self::package::{CompileCrates, NoCrates, Package};
use self::toolchain::Toolchain;
use crate::job::{Job, Mode};
use crate::proof::{Failure, Proof};

/// What it takes to prove programs.
#[derive(Clone, Copy)]
pub(crate) struct Tools<'a> {
    pub(crate) toolchain: &'a Toolchain,
    pub(crate) cache: &'a Cache,
    pub(crate) package: &'a Package,
    pub(crate) compile_crates: CompileCrates,
    pub(crate) find_miri: FindMiri,
    pub(crate) progress: fn(Progress),
}

/// How far the proof of all programs is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is done with them.
    pub stage: Stage,
    /// How many are done.
    pub done: usize,
    /// How many there are to do: those that are remembered are not among them.
    pub of: usize,
}

/// What is done with programs, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// They are compiled, and run if they can be.
    Compile,
    /// They run under Miri.
    Miri,
    /// The tests of exercises run, by themselves and under Miri.
    Test,
}

/// The proofs of some jobs, and how many of them could not be taken from the cache.
#[derive(Debug)]
pub(crate) struct Proofs {
    proofs: Vec<Proof>,
    pub(crate) compiled: usize,
    pub(crate) under_miri: usize,
    /// How many programs should have run under Miri, and why there is none.
    pub(crate) unchecked: Option<(usize, NoMiri)>,
}

impl Proofs {
    /// The proof of the job with this index.
    pub(crate) fn of(&self, job: usize) -> &Proof {
        &self.proofs[job]
    }
}

/// Proves all jobs. Equal ones are proven once. An error means that no compiler could be started, or the like.
pub(crate) fn prove_all(tools: &Tools<'_>, jobs: &[Job]) -> io::Result<Proofs> {
    let (proofs, compiled) = compile_all(tools, jobs)?;
    let mut proofs = Proofs { proofs, compiled, under_miri: 0, unchecked: None };
    look_at_all(tools, jobs, &mut proofs)?;
    Ok(proofs)
}

/// Compiles and runs; says how many it compiled.
fn compile_all(tools: &Tools<'_>, jobs: &[Job]) -> io::Result<(Vec<Proof>, usize)> {
    let cache = tools.cache;
    let keys: Vec<Key> = jobs.iter().map(|job| cache.key(job)).collect();
    let mut proofs = BTreeMap::new();
    let mut open: BTreeMap<&Key, &Job> = BTreeMap::new();
    for (key, job) in keys.iter().zip(jobs) {
        if proofs.contains_key(key) || open.contains_key(key) {
            continue;
        }
        match cache.get(key) {
            Some(verdict) => {
                proofs.insert(key.clone(), Proof::Judged(verdict));
            }
            None => {
                open.insert(key, job);
            }
        }
    }
    let open: Vec<(&Key, &Job)> = open.into_iter().collect();
    let crates = crates_of(&open, tools.package, tools.compile_crates).map_err(io::Error::other)?;
    for (key, proof) in
        on_all_cores(tools, Stage::Compile, &open, |(key, job)| prove_new(tools, crates.as_ref(), key, job))
    {
        proofs.insert(key.0.clone(), proof?);
    }
    Ok((keys.iter().map(|key| proofs[key].clone()).collect(), open.len()))
}

/// Lets Miri look at what ran, and at what is said to be undefined.
fn look_at_all(tools: &Tools<'_>, jobs: &[Job], proofs: &mut Proofs) -> io::Result<()> {
    let cache = tools.cache;
    let due: Vec<(usize, Key)> = (0..jobs.len())
        .filter(|job| is_for_miri(&jobs[*job], &proofs.proofs[*job]))
        .map(|job| (job, cache.key_of_finding(&jobs[job])))
        .collect();
    let mut findings: BTreeMap<&Key, Result<Finding, Failure>> = BTreeMap::new();
    let mut open: BTreeMap<&Key, &Job> = BTreeMap::new();
    for (job, key) in &due {
        if findings.contains_key(key) || open.contains_key(key) {
            continue;
        }
        match cache.get_finding(key) {
            Some(finding) => drop(findings.insert(key, Ok(finding))),
            None => drop(open.insert(key, &jobs[*job])),
        }
    }
    if !open.is_empty() {
        let open: Vec<(&Key, &Job)> = open.into_iter().collect();
        match miri_with_crates(tools, &open) {
            Ok((miri, crates)) => {
                let look = |(key, job): &(&Key, &Job)| look_at(&miri, crates.as_ref(), cache, key, job);
                for ((key, _), finding) in on_all_cores(tools, Stage::Miri, &open, look) {
                    findings.insert(key, finding?);
                }
                proofs.under_miri = open.len();
            }
            Err(why) => proofs.unchecked = Some((open.len(), why)),
        }
    }
    for (job, key) in &due {
        let native = proofs.proofs[*job].clone();
        proofs.proofs[*job] = with_finding(jobs[*job].mode, native, findings.get(key));
    }
    Ok(())
}

fn is_for_miri(job: &Job, proof: &Proof) -> bool {
    match (job.mode, proof) {
        (Mode::Run, Proof::Judged(verdict)) => matches!(verdict, Verdict::Prints { .. } | Verdict::Panics { .. }),
        (Mode::Undefined, Proof::Judged(verdict)) => matches!(verdict, Verdict::Compiles),
        _ => false,
    }
}

/// Miri without the crates that a program needs is as good as none.
fn miri_with_crates(tools: &Tools<'_>, jobs: &[(&Key, &Job)]) -> Result<(Miri, Option<package::Compiled>), NoMiri> {
    let miri = (tools.find_miri)()?;
    let package = tools.package.for_miri(miri.sysroot());
    let crates = crates_of(jobs, &package, tools.compile_crates).map_err(|NoCrates(why)| NoMiri(why))?;
    Ok((miri, crates))
}

fn look_at(
    miri: &Miri,
    crates: Option<&package::Compiled>,
    cache: &Cache,
    key: &Key,
    job: &Job,
) -> io::Result<Result<Finding, Failure>> {
    let scratch = tempfile::tempdir()?;
    let finding = miri.look(job, &externs(crates, job)?, scratch.path())?;
    if let Ok(finding) = &finding {
        cache.put_finding(key, finding)?;
    }
    Ok(finding)
}

/// What is known of a program in the end; without a finding there is no Miri.
fn with_finding(mode: Mode, native: Proof, finding: Option<&Result<Finding, Failure>>) -> Proof {
    match (mode, finding) {
        (Mode::Undefined, None) => Proof::Unknown,
        (_, None) => native,
        (_, Some(Err(failure))) => Proof::Failed(failure.clone()),
        (_, Some(Ok(Finding::Unsupported(message)))) => {
            Proof::Failed(Failure::Unsupported { message: message.clone() })
        }
        (_, Some(Ok(Finding::Elsewhere { rendered, .. }))) => {
            Proof::Failed(Failure::UndefinedElsewhere { rendered: rendered.clone() })
        }
        (Mode::Undefined, Some(Ok(Finding::Undefined(verdict)))) => Proof::Judged(verdict.clone()),
        (_, Some(Ok(Finding::Undefined(verdict)))) => {
            let rendered = match verdict {
                Verdict::Undefined { rendered, .. } => rendered.clone(),
                _ => String::new(),
            };
            Proof::Failed(Failure::Undefined { rendered })
        }
        (mode, Some(Ok(Finding::Clean(runs)))) => agreed(mode, native, runs),
    }
}

/// A program without threads runs once under Miri, and what it does there must be what it does elsewhere. Panics are
/// worded anew from one release to the next, so their messages are not compared.
fn agreed(mode: Mode, native: Proof, runs: &[Verdict]) -> Proof {
    let Proof::Judged(verdict) = &native else { return native };
    let first = runs.first().unwrap_or(verdict);
    let expected = if mode == Mode::Undefined { first } else { verdict };
    let same = |run: &&Verdict| match (expected, run) {
        (Verdict::Panics { line, stdout, .. }, Verdict::Panics { line: other, stdout: printed, .. }) => {
            (line, stdout) == (other, printed)
        }
        _ => expected == *run,
    };
    match runs.iter().find(|run| !same(run)) {
        Some(other) => Proof::Failed(Failure::OtherUnderMiri { native: run::tell(expected), miri: run::tell(other) }),
        None => Proof::Judged(expected.clone()),
    }
}

/// The compiled crates of a package, if one of these programs uses any.
fn crates_of(
    jobs: &[(&Key, &Job)],
    package: &Package,
    compile: CompileCrates,
) -> Result<Option<package::Compiled>, NoCrates> {
    let wanted = jobs.iter().any(|(_, job)| !job.crates.is_empty());
    wanted.then(|| compile(package)).transpose()
}

/// What a compiler needs to find the crates of a program.
fn externs(crates: Option<&package::Compiled>, job: &Job) -> io::Result<Vec<OsString>> {
    match crates.filter(|_| !job.crates.is_empty()) {
        Some(crates) => crates.arguments(&job.crates),
        None => Ok(Vec::new()),
    }
}

fn prove_new(tools: &Tools<'_>, crates: Option<&package::Compiled>, key: &Key, job: &Job) -> io::Result<Proof> {
    let proof = prove(tools.toolchain, job, &externs(crates, job)?)?;
    if let Proof::Judged(verdict) = &proof {
        tools.cache.put(key, verdict)?;
    }
    Ok(proof)
}

fn prove(toolchain: &Toolchain, job: &Job, externs: &[OsString]) -> io::Result<Proof> {
    let scratch = tempfile::tempdir()?;
    Ok(match compile::compile(toolchain, &job.source, job.edition, externs, scratch.path())? {
        Compiled::Rejected(errors) => Proof::Judged(Verdict::Error { errors }),
        Compiled::Failed(failure) => Proof::Failed(failure),
        Compiled::Program(_) if matches!(job.mode, Mode::Compile | Mode::Undefined) => Proof::Judged(Verdict::Compiles),
        Compiled::Program(program) => run::run(&program, scratch.path())?,
    })
}

/// Does `work` on all items, each core taking the next one when it is free, and tells how far it is.
fn on_all_cores<'a, T: Sync, R: Send>(
    tools: &Tools<'_>,
    stage: Stage,
    items: &'a [T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<(&'a T, R)> {
    let next = AtomicUsize::new(0);
    let tell = |done| (tools.progress)(Progress { stage, done, of: items.len() });
    if !items.is_empty() {
        tell(0);
    }
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let cores = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(item);
                    let mut results = results.lock().expect("no worker panics while it holds the lock");
                    results.push((item, result));
                    tell(results.len());
                }
            });
        }
    });
    results.into_inner().expect("no worker panics while it holds the lock")
}
