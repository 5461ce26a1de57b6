//! Proves programs: compiles each, runs it if it should run, on all cores, and remembers what came out.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{io, thread};

use quiz::problem::Edition;
use quiz::verdict::Verdict;
use thiserror::Error;

use crate::cache::{Cache, Key};
use crate::compile::{self, Compiled};
use crate::run;
use crate::toolchain::Toolchain;

/// A program to prove.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) source: String,
    pub(crate) edition: Edition,
    pub(crate) mode: Mode,
}

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Compile,
    Run,
}

/// What is known of a program.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    Judged(Verdict),
    Failed(Failure),
}

/// Why there is no verdict.
#[derive(Clone, Debug, Error)]
pub(crate) enum Failure {
    #[error("rustc does not finish within {seconds} seconds")]
    CompilerTimedOut { seconds: u64 },
    #[error("rustc writes more messages than anybody would read")]
    CompilerFlooded,
    #[error("rustc fails without a word about the program")]
    CompilerCrashed { message: String },
    #[error("the program does not end within {seconds} seconds")]
    TimedOut { seconds: u64 },
    #[error("the program prints more than {} KiB", bytes >> 10)]
    Flooded { bytes: u64 },
    #[error("the program prints something that is not UTF-8")]
    NotText,
    #[error("the program ends before a process that it started")]
    LeftProcesses,
    #[error("the program does not always do the same")]
    Varies { first: String, other: String, run: usize },
    #[error("the program {how}")]
    Stopped { how: String, stderr: String },
    #[error("the program panics at a place outside of itself, {location}")]
    PanicElsewhere { location: String, message: String },
}

/// The proofs of some jobs, and how many of them had to be compiled.
#[derive(Debug)]
pub(crate) struct Proofs {
    proofs: BTreeMap<Key, Proof>,
    keys: Vec<Key>,
    pub(crate) compiled: usize,
}

impl Proofs {
    /// The proof of the job with this index.
    pub(crate) fn of(&self, job: usize) -> &Proof {
        &self.proofs[&self.keys[job]]
    }
}

/// Proves all jobs. Equal ones are proven once. An error means that no compiler could be started, or the like.
pub(crate) fn prove_all(toolchain: &Toolchain, cache: &Cache, jobs: &[Job]) -> io::Result<Proofs> {
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
    for (key, proof) in on_all_cores(&open, |(key, job)| prove_new(toolchain, cache, key, job)) {
        proofs.insert(key.0.clone(), proof?);
    }
    Ok(Proofs { proofs, compiled: open.len(), keys })
}

fn prove_new(toolchain: &Toolchain, cache: &Cache, key: &Key, job: &Job) -> io::Result<Proof> {
    let proof = prove(toolchain, job)?;
    if let Proof::Judged(verdict) = &proof {
        cache.put(key, verdict)?;
    }
    Ok(proof)
}

fn prove(toolchain: &Toolchain, job: &Job) -> io::Result<Proof> {
    let scratch = tempfile::tempdir()?;
    Ok(match compile::compile(toolchain, &job.source, job.edition, scratch.path())? {
        Compiled::Rejected(errors) => Proof::Judged(Verdict::Error { errors }),
        Compiled::Failed(failure) => Proof::Failed(failure),
        Compiled::Program(_) if job.mode == Mode::Compile => Proof::Judged(Verdict::Compiles),
        Compiled::Program(program) => run::run(&program, scratch.path())?,
    })
}

/// Does `work` on all items, each core taking the next one when it is free.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<(&T, R)> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    let cores = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(item);
                    results.lock().expect("no worker panics while it holds the lock").push((item, result));
                }
            });
        }
    });
    results.into_inner().expect("no worker panics while it holds the lock")
}
