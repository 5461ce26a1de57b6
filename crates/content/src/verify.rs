//! `cargo xtask verify`: reads every problem, proves every program, compares with the committed verdicts.
//!
//! It writes verdict files only when it is asked to bless, and never beside a problem that has a mistake.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

use quiz::verdict::Verdict;
use tempfile::NamedTempFile;
use thiserror::Error;

use crate::job::Job;
use crate::judge::block;
use crate::mistake::{self, Mistake};
use crate::plan::answers::{self, AnswerSet};
use crate::proof::Proof;
use crate::prove::cache::{Cache, Key, Verdicts as Remembered};
use crate::prove::miri::{FindMiri, NoMiri};
use crate::prove::package::{CompileCrates, Package};
use crate::prove::toolchain::Toolchain;
pub use crate::prove::toolchain::ToolchainError;
use crate::prove::{self, Proofs, Tools};
use crate::read::folder::{self, Folder, Found};
use crate::read::what_if::Edit;
use crate::spelling::count;
use crate::verdict_file::{self, VerdictFile, Verdicts};

/// What to verify and how.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The folder of problems.
    pub problems: PathBuf,
    /// A folder for verdicts on programs that did not change; it is created.
    pub cache: PathBuf,
    /// The `rust-toolchain.toml` that pins the compiler.
    pub toolchain_file: PathBuf,
    /// The folder of the package that names the crates that programs may use.
    pub crates: PathBuf,
    /// Compiles them; called only if a program needs them.
    pub compile_crates: CompileCrates,
    /// Finds Miri, or installs it; called only if a program has to run under it.
    pub find_miri: FindMiri,
    /// Whether to write what the compiler says into the verdict files.
    pub bless: bool,
    /// Whether what breaks a house rule must be put right as well.
    pub deny_warnings: bool,
}

/// Why nothing could be verified.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// The folder of problems cannot be read.
    #[error("cannot read the problems in {path}: {source}")]
    Problems {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There is no compiler to judge them.
    #[error(transparent)]
    Toolchain(#[from] ToolchainError),
    /// The cache cannot be used.
    #[error("cannot use the cache in {path}: {source}")]
    Cache {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// No program could be compiled or run, which is nobody's mistake in a problem.
    #[error("cannot compile and run programs: {0}")]
    Prove(#[source] io::Error),
    /// A verdict file cannot be written or removed.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// What came out.
#[derive(Debug)]
pub struct Report {
    /// How many problems there are.
    pub problems: usize,
    /// How many Rust blocks they have.
    pub programs: usize,
    /// How many answers there are whose programs are assembled.
    pub answers: usize,
    /// How many programs were compiled; the others were found in the cache.
    pub compiled: usize,
    /// How many programs ran under Miri; what it finds in the others was in the cache.
    pub under_miri: usize,
    /// How many programs should have run under Miri, if there is none, and why there is none.
    pub unchecked: Option<(usize, NoMiri)>,
    /// How many verdict files were written or removed.
    pub blessed: usize,
    /// Everything that has to be put right, by file and line.
    pub mistakes: Vec<Mistake>,
    /// What breaks a house rule, by file and line; none if warnings are denied.
    pub warnings: Vec<Mistake>,
    /// How long it took.
    pub elapsed: Duration,
}

/// Verifies a folder of problems. An error means that it could not be tried; mistakes are in the report.
pub fn verify(options: &VerifyOptions) -> Result<Report, VerifyError> {
    let start = Instant::now();
    let folder = folder::read(&options.problems)
        .map_err(|source| VerifyError::Problems { path: options.problems.clone(), source })?;
    let toolchain = Toolchain::find(&options.toolchain_file)?;
    let package = Package::read(&options.crates, &toolchain);
    let cache = Cache::open(&options.cache, &toolchain, &package)
        .map_err(|source| VerifyError::Cache { path: options.cache.clone(), source })?;
    let mut work = Work::of(&folder, &cache);
    let (compile_crates, find_miri) = (options.compile_crates, options.find_miri);
    let tools = Tools { toolchain: &toolchain, cache: &cache, package: &package, compile_crates, find_miri };
    let proofs = prove::prove_all(&tools, &work.jobs).map_err(VerifyError::Prove)?;
    work.remember_answers(&proofs, &cache).map_err(VerifyError::Prove)?;

    let mut mistakes = folder.all_mistakes();
    let mut blessed = 0;
    for (problem, found) in folder.problems.iter().enumerate() {
        let contradictions = work.contradictions(problem, found, &proofs);
        if !contradictions.is_empty() || found.has_errors() {
            mistakes.extend(contradictions);
            continue;
        }
        if work.is_unknown(problem, &proofs) {
            continue;
        }
        let now = work.verdict_file(problem, found, &proofs, &toolchain);
        if let Some(difference) = verdict_file::compare(&found.verdict_path(), &found.file, &now) {
            if options.bless && verdict_file::may_bless(&found.verdict_path()) {
                write(&found.verdict_path(), &now.text())?;
                blessed += 1;
            } else {
                mistakes.push(difference);
            }
        }
    }
    blessed += orphans(&folder, options.bless, &mut mistakes)?;
    if options.deny_warnings {
        mistakes = mistakes.into_iter().map(Mistake::denied).collect();
    }
    mistake::sort(&mut mistakes);
    let (warnings, mistakes) = mistakes.into_iter().partition(Mistake::is_warning);
    Ok(Report {
        problems: folder.problems.len(),
        programs: folder.problems.iter().map(|found| found.file.blocks.len()).sum(),
        answers: folder.problems.iter().filter_map(|found| found.file.answers.as_ref()).map(AnswerSet::len).sum(),
        compiled: proofs.compiled,
        under_miri: proofs.under_miri,
        unchecked: proofs.unchecked,
        blessed,
        mistakes,
        warnings,
        elapsed: start.elapsed(),
    })
}

/// The programs of a folder that have to be proven.
struct Work {
    jobs: Vec<Job>,
    /// For each problem, for each of its blocks, the index of its job.
    places: Vec<Vec<Option<usize>>>,
    /// For each problem with answers that make programs, what is known of them.
    answers: Vec<Option<Answers>>,
    /// For each problem, the jobs of its what-ifs.
    edits: Vec<Range<usize>>,
}

/// What is known of the answers to a problem.
enum Answers {
    Known(Remembered),
    /// Their jobs, and under which name they are remembered.
    Open(Range<usize>, Key),
    /// They have been tried, and not all of them have a verdict.
    Failed(Range<usize>),
}

impl Work {
    fn of(folder: &Folder, cache: &Cache) -> Work {
        let mut work = Work { jobs: Vec::new(), places: Vec::new(), answers: Vec::new(), edits: Vec::new() };
        for found in &folder.problems {
            let places = (0..found.file.blocks.len()).map(|block| work.add(block::job(&found.file, block)));
            let places = places.collect();
            work.places.push(places);
            let answers = found.file.answers.as_ref().map(|set| work.add_answers(set, cache));
            work.answers.push(answers);
            let start = work.jobs.len();
            work.jobs.extend(found.file.edits.iter().map(Edit::job));
            work.edits.push(start..work.jobs.len());
        }
        work
    }

    fn add(&mut self, job: Option<Job>) -> Option<usize> {
        self.jobs.push(job?);
        Some(self.jobs.len() - 1)
    }

    fn add_answers(&mut self, set: &AnswerSet, cache: &Cache) -> Answers {
        let key = cache.key_of_all(&set.digest, set.edition(), set.mode(), set.crates());
        if let Some(verdicts) = cache.get_all(&key) {
            return Answers::Known(verdicts);
        }
        let start = self.jobs.len();
        self.jobs.extend(set.jobs());
        Answers::Open(start..self.jobs.len(), key)
    }

    /// Remembers the answers to each problem in one piece, so that the next run has to open one file only.
    fn remember_answers(&mut self, proofs: &Proofs, cache: &Cache) -> io::Result<()> {
        for answers in self.answers.iter_mut().flatten() {
            let Answers::Open(jobs, key) = answers else { continue };
            *answers = match verdicts(jobs.clone(), proofs) {
                Some(verdicts) => {
                    if proofs.unchecked.is_none() {
                        cache.put_all(key, &verdicts)?;
                    }
                    Answers::Known(verdicts)
                }
                None => Answers::Failed(jobs.clone()),
            };
        }
        Ok(())
    }

    fn contradictions(&self, problem: usize, found: &Found, proofs: &Proofs) -> Vec<Mistake> {
        let blocks = self.places[problem].iter().enumerate();
        let proven = blocks.filter_map(|(block, job)| Some((block, proofs.of((*job)?))));
        let of_blocks = proven.flat_map(|(block, proof)| block::judge(&found.file, block, proof));
        let edits = found.file.edits.iter().zip(self.edits[problem].clone());
        let of_edits = edits.filter_map(|(edit, job)| edit.judge(&found.file.source, proofs.of(job)));
        of_blocks.chain(self.contradictions_of_answers(problem, found, proofs)).chain(of_edits).collect()
    }

    fn contradictions_of_answers(&self, problem: usize, found: &Found, proofs: &Proofs) -> Vec<Mistake> {
        let Some(set) = &found.file.answers else { return Vec::new() };
        match &self.answers[problem] {
            Some(Answers::Known(verdicts)) => answers::judge_outcomes(&found.file, set, &set.outcomes(verdicts.iter())),
            Some(Answers::Open(jobs, _) | Answers::Failed(jobs)) => {
                let proofs: Vec<&Proof> = jobs.clone().map(|job| proofs.of(job)).collect();
                answers::judge(&found.file, set, &proofs)
            }
            None => Vec::new(),
        }
    }

    /// Whether nothing is known of a program because there is no Miri.
    fn is_unknown(&self, problem: usize, proofs: &Proofs) -> bool {
        let mut jobs = self.places[problem].iter().copied().flatten().chain(self.edits[problem].clone());
        jobs.any(|job| matches!(proofs.of(job), Proof::Unknown))
    }

    /// Only for a problem without contradictions.
    fn verdict_file(&self, problem: usize, found: &Found, proofs: &Proofs, toolchain: &Toolchain) -> VerdictFile {
        let outcomes = match (&found.file.answers, &self.answers[problem]) {
            (Some(set), Some(Answers::Known(verdicts))) => Some(set.outcomes(verdicts.iter())),
            _ => None,
        };
        let edits = self.edits[problem].clone().filter_map(|job| match proofs.of(job) {
            Proof::Judged(verdict) => Some(verdict.clone()),
            Proof::Failed(_) | Proof::Unknown => None,
        });
        let verdicts =
            Verdicts { programs: self.verdicts(problem, found, proofs), what_ifs: edits.collect(), outcomes };
        VerdictFile::new(&found.file, &toolchain.name, verdicts)
    }

    /// Those on the blocks that are proven by themselves.
    fn verdicts(&self, problem: usize, found: &Found, proofs: &Proofs) -> Vec<Verdict> {
        let verdict = |(block, job): (usize, &Option<usize>)| match job.map(|job| proofs.of(job)) {
            Some(Proof::Judged(verdict)) => verdict.clone(),
            Some(Proof::Failed(_) | Proof::Unknown) | None => verdict_file::ignored(&found.file.blocks[block].claim),
        };
        self.places[problem].iter().enumerate().map(verdict).collect()
    }
}

/// The verdicts on the answers with these jobs, if all of them have one.
fn verdicts(mut jobs: Range<usize>, proofs: &Proofs) -> Option<Remembered> {
    let mut verdicts = Remembered::default();
    jobs.try_for_each(|job| match proofs.of(job) {
        Proof::Judged(verdict) => {
            verdicts.push(answers::first_error(verdict));
            Some(())
        }
        Proof::Failed(_) | Proof::Unknown => None,
    })?;
    Some(verdicts)
}

/// Removes or reports verdict files without a problem; says how many were removed.
fn orphans(folder: &Folder, bless: bool, mistakes: &mut Vec<Mistake>) -> Result<usize, VerifyError> {
    if !bless {
        mistakes.extend(folder.orphans.iter().map(|path| folder::orphan(path)));
        return Ok(0);
    }
    for path in &folder.orphans {
        fs::remove_file(path).map_err(|source| VerifyError::Write { path: path.clone(), source })?;
    }
    Ok(folder.orphans.len())
}

/// Either all of the file is there afterwards or what was there before.
fn write(path: &Path, text: &str) -> Result<(), VerifyError> {
    let try_write = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = NamedTempFile::new_in(folder)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        readable_by_all(file.as_file())?;
        file.persist(path)?;
        Ok(())
    };
    try_write().map_err(|source| VerifyError::Write { path: path.to_owned(), source })
}

/// Temporary files are private; a committed file is not.
#[cfg(unix)]
fn readable_by_all(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &fs::File) -> io::Result<()> {
    Ok(())
}

impl Report {
    /// Whether there is nothing to put right.
    pub fn is_ok(&self) -> bool {
        self.mistakes.is_empty()
    }

    /// All warnings and mistakes, by file and line.
    pub fn messages(&self) -> Vec<Mistake> {
        let mut all: Vec<Mistake> = self.warnings.iter().chain(&self.mistakes).cloned().collect();
        mistake::sort(&mut all);
        all
    }

    /// All of them as rustc would print them, then a line that sums up.
    pub fn render(&self, color: bool) -> String {
        mistake::render_all(&self.messages(), color) + &self.summary()
    }

    fn summary(&self) -> String {
        let verified = format!(
            "{}, {} ({}) in {:.1} s",
            count(self.problems, "problem"),
            match self.answers {
                0 => count(self.programs, "program"),
                answers => format!("{} and {}", count(self.programs, "program"), count(answers, "answer")),
            },
            self.done(),
            self.elapsed.as_secs_f64()
        );
        let blessed = match self.blessed {
            0 => String::new(),
            number => format!("; {} written", count(number, "verdict file")),
        };
        let unchecked = match &self.unchecked {
            Some((number, why)) => format!("{} did not run under Miri: {why}\n", count(*number, "program")),
            None => String::new(),
        };
        let warnings = match self.warnings.len() {
            0 => String::new(),
            number => format!("; {}", count(number, "warning")),
        };
        if self.is_ok() {
            return format!("verified: {verified}{blessed}{warnings}\n{unchecked}");
        }
        let files: BTreeSet<&str> = self.mistakes.iter().map(Mistake::file).collect();
        let (mistakes, files) = (count(self.mistakes.len(), "mistake"), count(files.len(), "file"));
        format!("error: {mistakes} in {files}{warnings}; {verified}{blessed}\n{unchecked}")
    }

    /// What could not be taken from the cache.
    fn done(&self) -> String {
        match self.under_miri {
            0 => format!("{} compiled", self.compiled),
            number => format!("{} compiled, {number} run under Miri", self.compiled),
        }
    }

    /// The report for other programs.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "ok": self.is_ok(),
            "problems": self.problems,
            "programs": self.programs,
            "answers": self.answers,
            "compiled": self.compiled,
            "under_miri": self.under_miri,
            "unchecked": self.unchecked.as_ref().map_or(0, |(number, _)| *number),
            "blessed": self.blessed,
            "seconds": self.elapsed.as_secs_f64(),
            "mistakes": self.mistakes.iter().map(Mistake::to_json).collect::<Vec<_>>(),
            "warnings": self.warnings.iter().map(Mistake::to_json).collect::<Vec<_>>(),
        })
    }
}
