//! `cargo xtask verify`: reads every problem, proves every program, compares with the committed verdicts.
//!
//! It writes verdict files only when it is asked to bless, and never beside a problem that has a mistake.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

use tempfile::NamedTempFile;
use thiserror::Error;

use crate::digest::digest;
use crate::job::{Job, TestJob};
use crate::judge::{self, Evidence, answers};
use crate::mistake::{self, Mistake};
use crate::names;
use crate::plan::answers::AnswerSet;
use crate::plan::what_ifs::Edit;
use crate::plan::{self, Plan, Planned};
use crate::proof::{Proof, TestProof};
use crate::proof_lock::{self, ProofLock};
use crate::prove::cache::{Cache, Key, Verdicts as Remembered};
use crate::prove::miri::{FindMiri, NoMiri};
use crate::prove::package::{CompileCrates, Package};
use crate::prove::testing::{self, TestProofs};
use crate::prove::toolchain::Toolchain;
pub use crate::prove::toolchain::ToolchainError;
use crate::prove::{self, Proofs, Tools};
pub use crate::prove::{Progress, Stage};
use crate::read::blocks::Block;
use crate::read::folder::{self, Folder};
use crate::read::problem::ProblemFile;
use crate::spelling::{self, count};
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
    /// The only problems whose programs are proven, by their addresses; all of them if there is none. What shows without
    /// a compiler is told of all problems.
    pub only: Vec<String>,
    /// Whether `proofs.lock` in the folder of problems says which of them were proven as they stand; blessing writes it.
    pub lock: bool,
    /// Which of the problems that were proven as they stand are proven again: all, if there is no turn. Those that were
    /// changed since are always proven.
    pub turn: Option<Turn>,
    /// Called with what shows without a compiler, before it is asked, if anything of that has to be put right. The report has it too.
    pub read: fn(&[Mistake]),
    /// Called at the begin of each stage and after each program, from several threads.
    pub progress: fn(Progress),
}

/// One of several parts of all problems, about equally large, of which each problem belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which one, from 0.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Turn {
    /// Whether it is this problem's turn.
    fn is_of(self, slug: &str) -> bool {
        let drawn = u32::from_str_radix(&digest(slug)[..8], 16).expect("a digest has hexadecimal digits");
        drawn % self.of == self.number
    }
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
    /// A problem that is asked for is not in the folder.
    #[error("there is no problem `{slug}` in {path}{}", near.as_ref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    NoSuchProblem {
        /// What was asked for.
        slug: String,
        /// The folder.
        path: PathBuf,
        /// The address of a problem that is spelled nearly so.
        near: Option<String>,
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
    /// How many problems were not proven again, since they stand as they were proven and it was not their turn.
    pub as_proven: usize,
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
    let problems = plan::plan(&folder);
    let mut mistakes = plan::all_mistakes(&folder, &problems);
    let slugs: BTreeSet<&str> = folder.problems.iter().map(|found| &*found.file.slug.0).collect();
    let problems = chosen(problems, options)?;
    let chosen = problems.len();
    let mut lock = read_lock(options, &mut mistakes);
    let problems = due(problems, options.turn, lock.as_ref(), &cache);
    let mut work = Work::of(&problems, &cache);
    let (compile_crates, find_miri) = (options.compile_crates, options.find_miri);
    let tools = Tools {
        toolchain: &toolchain,
        cache: &cache,
        package: &package,
        compile_crates,
        find_miri,
        progress: options.progress,
    };
    if mistake::errors(&mistakes) > 0 {
        (options.read)(&mistakes);
    }
    let proofs = prove::prove_all(&tools, &work.jobs).map_err(VerifyError::Prove)?;
    work.remember_answers(&proofs, &cache).map_err(VerifyError::Prove)?;
    let tested = testing::test_all(&tools, &work.trials).map_err(VerifyError::Prove)?;

    let all_checked = proofs.unchecked.is_none() && tested.unchecked.is_none();
    let mut blessed = 0;
    for (problem, places) in problems.iter().zip(&work.places) {
        let (file, plan, path) = (&problem.found.file, &problem.plan, problem.found.verdict_path());
        let known = places.evidence(plan, &proofs, &tested);
        let contradictions = judge::problem(file, plan, &known);
        if !contradictions.is_empty() || problem.has_errors() {
            mistakes.extend(contradictions);
            continue;
        }
        if is_unknown(&known) {
            continue;
        }
        let now = VerdictFile::new(file, plan, &toolchain.name, verdicts(file, plan, known));
        if let Some(difference) = verdict_file::compare(&path, file, plan, &now) {
            if options.bless && verdict_file::may_bless(&path) {
                write(&path, &now.text())?;
                blessed += 1;
            } else {
                mistakes.push(difference);
                continue;
            }
        }
        let seal = proof_lock::seal(file, plan, &path, &cache).filter(|_| all_checked);
        if let (Some(lock), Some(seal)) = (&mut lock, seal) {
            match options.bless {
                true => lock.set(&file.slug, seal),
                false => mistakes.extend(lock.unsealed(&file.slug, &seal)),
            }
        }
    }
    // Who blesses one problem of a folder without a lock does not say anything of the others.
    let is_kept = |lock: &&mut ProofLock| options.bless && (lock.is_there() || options.only.is_empty());
    if let Some(lock) = lock.as_mut().filter(is_kept) {
        lock.keep_only(&slugs);
        write_lock(lock)?;
    }
    blessed += orphans(&folder, options.bless && options.only.is_empty(), &mut mistakes)?;
    if options.deny_warnings {
        mistakes = mistakes.into_iter().map(Mistake::denied).collect();
    }
    mistake::sort(&mut mistakes);
    let (warnings, mistakes) = mistakes.into_iter().partition(Mistake::is_warning);
    Ok(Report {
        problems: chosen,
        as_proven: chosen - problems.len(),
        programs: problems.iter().map(|problem| problem.found.file.blocks.len()).sum(),
        answers: problems.iter().filter_map(|problem| problem.plan.answers.as_ref()).map(AnswerSet::len).sum(),
        compiled: proofs.compiled + tested.tested,
        under_miri: proofs.under_miri + tested.tested,
        unchecked: unchecked(proofs, tested),
        blessed,
        mistakes,
        warnings,
        elapsed: start.elapsed(),
    })
}

/// The problems that are asked for.
fn chosen<'a>(mut problems: Vec<Planned<'a>>, options: &VerifyOptions) -> Result<Vec<Planned<'a>>, VerifyError> {
    let slug_of = |problem: &Planned<'a>| &*problem.found.file.slug.0;
    for slug in &options.only {
        let mut slugs = problems.iter().map(slug_of);
        if !slugs.any(|known| known == slug) {
            let near = spelling::nearest(slug, problems.iter().map(slug_of)).map(str::to_owned);
            return Err(VerifyError::NoSuchProblem { slug: slug.clone(), path: options.problems.clone(), near });
        }
    }
    if !options.only.is_empty() {
        problems.retain(|problem| options.only.iter().any(|slug| slug == slug_of(problem)));
    }
    Ok(problems)
}

/// The lock of the folder, if one is wanted and can be read.
fn read_lock(options: &VerifyOptions, mistakes: &mut Vec<Mistake>) -> Option<ProofLock> {
    let read = options.lock.then(|| ProofLock::read(&options.problems.join(names::PROOF_LOCK)))?;
    read.map_err(|mistake| mistakes.push(*mistake)).ok()
}

/// Without those that were proven as they stand and whose turn it is not.
fn due<'a>(
    mut problems: Vec<Planned<'a>>,
    turn: Option<Turn>,
    lock: Option<&ProofLock>,
    cache: &Cache,
) -> Vec<Planned<'a>> {
    let (Some(turn), Some(lock)) = (turn, lock) else { return problems };
    problems.retain(|Planned { found, plan, .. }| {
        let is_proven = || {
            let seal = proof_lock::seal(&found.file, plan, &found.verdict_path(), cache);
            seal.is_some_and(|seal| lock.holds(&found.file.slug, &seal))
        };
        turn.is_of(&found.file.slug.0) || !is_proven()
    });
    problems
}

/// Writes the lock if it is another one than before.
fn write_lock(lock: &ProofLock) -> Result<(), VerifyError> {
    let text = lock.text();
    match fs::read_to_string(lock.path()) {
        Ok(before) if before.replace("\r\n", "\n") == text => Ok(()),
        _ => write(lock.path(), &text),
    }
}

/// The programs of a folder that have to be proven.
struct Work<'a> {
    jobs: Vec<Job>,
    /// Those with tests.
    trials: Vec<&'a TestJob>,
    /// By problem.
    places: Vec<Places>,
}

/// Where the jobs of a problem are among all jobs.
struct Places {
    /// Of each block; `None` if it is not proven by itself.
    blocks: Vec<Option<usize>>,
    /// If there are answers that make programs.
    answers: Option<Answers>,
    what_ifs: Range<usize>,
    /// Among those with tests.
    trials: Range<usize>,
}

/// What is known of the answers to a problem.
enum Answers {
    Known(Remembered),
    /// Their jobs, and under which name they are remembered.
    Open(Range<usize>, Key),
    /// They have been tried, and not all of them have a verdict.
    Failed(Range<usize>),
}

impl<'a> Work<'a> {
    fn of(problems: &'a [Planned<'_>], cache: &Cache) -> Work<'a> {
        let mut work = Work { jobs: Vec::new(), trials: Vec::new(), places: Vec::new() };
        for Planned { plan, .. } in problems {
            let blocks = plan.blocks.iter().map(|job| work.add(job.clone())).collect();
            let answers = plan.answers.as_ref().map(|set| work.add_answers(set, cache));
            let start = work.jobs.len();
            work.jobs.extend(plan.edits.iter().map(Edit::job));
            let what_ifs = start..work.jobs.len();
            let start = work.trials.len();
            work.trials.extend(plan.exercise.iter().flat_map(|exercise| &exercise.trials).map(|trial| &trial.job));
            let trials = start..work.trials.len();
            work.places.push(Places { blocks, answers, what_ifs, trials });
        }
        work
    }

    fn add(&mut self, job: Option<Job>) -> Option<usize> {
        self.jobs.push(job?);
        Some(self.jobs.len() - 1)
    }

    fn add_answers(&mut self, set: &AnswerSet, cache: &Cache) -> Answers {
        let key = cache.key_of_all(&set.digest, set.edition, set.mode, &set.crates);
        if let Some(verdicts) = cache.get_all(&key) {
            return Answers::Known(verdicts);
        }
        let start = self.jobs.len();
        self.jobs.extend(set.jobs());
        Answers::Open(start..self.jobs.len(), key)
    }

    /// Remembers the answers to each problem in one piece, so that the next run has to open one file only.
    fn remember_answers(&mut self, proofs: &Proofs, cache: &Cache) -> io::Result<()> {
        for answers in self.places.iter_mut().filter_map(|places| places.answers.as_mut()) {
            let Answers::Open(jobs, key) = answers else { continue };
            *answers = match remembered(jobs.clone(), proofs) {
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
}

impl Places {
    fn evidence<'a>(&self, plan: &Plan, proofs: &'a Proofs, tested: &'a TestProofs) -> Evidence<'a> {
        let (outcomes, failures) = match (&plan.answers, &self.answers) {
            (Some(set), Some(Answers::Known(verdicts))) => (answers::outcomes(set, verdicts.iter()), Vec::new()),
            (Some(set), Some(Answers::Open(jobs, _) | Answers::Failed(jobs))) => {
                let proofs: Vec<&Proof> = jobs.clone().map(|job| proofs.of(job)).collect();
                let failed = proofs.iter().enumerate().filter_map(|(rank, proof)| Some((rank, proof.failure()?)));
                (answers::outcomes(set, proofs.iter().map(|proof| proof.verdict())), failed.collect())
            }
            (None, _) | (_, None) => Default::default(),
        };
        Evidence {
            blocks: self.blocks.iter().map(|job| job.map(|job| proofs.of(job))).collect(),
            outcomes,
            failures,
            exercise: self.trials.clone().map(|trial| tested.of(trial)).collect(),
            what_ifs: self.what_ifs.clone().map(|job| proofs.of(job)).collect(),
        }
    }
}

/// How many programs Miri did not look at, and why.
fn unchecked(proofs: Proofs, tested: TestProofs) -> Option<(usize, NoMiri)> {
    match (proofs.unchecked, tested.unchecked) {
        (Some((number, why)), Some((further, _))) => Some((number + further, why)),
        (unchecked, None) | (None, unchecked) => unchecked,
    }
}

/// Whether nothing is known of a program because there is no Miri.
fn is_unknown(known: &Evidence<'_>) -> bool {
    let mut proofs = known.blocks.iter().copied().flatten().chain(known.what_ifs.iter().copied());
    let of_exercise = known.exercise.iter().any(|proof| matches!(proof, TestProof::Unknown));
    of_exercise || proofs.any(|proof| matches!(proof, Proof::Unknown))
}

/// What a verdict file says. Only for a problem without contradictions.
fn verdicts(file: &ProblemFile, plan: &Plan, known: Evidence<'_>) -> Verdicts {
    let blocks = file.blocks.iter().zip(&known.blocks);
    let of_block = |(block, proof): (&Block, &Option<&Proof>)| {
        proof.and_then(Proof::verdict).cloned().unwrap_or_else(|| verdict_file::ignored(&block.claim))
    };
    Verdicts {
        programs: blocks.map(of_block).collect(),
        what_ifs: known.what_ifs.iter().filter_map(|proof| proof.verdict().cloned()).collect(),
        trials: known.exercise.iter().filter_map(|proof| proof.verdict().cloned()).collect(),
        outcomes: plan.answers.is_some().then_some(known.outcomes),
    }
}

/// The verdicts on the answers with these jobs, if all of them have one.
fn remembered(mut jobs: Range<usize>, proofs: &Proofs) -> Option<Remembered> {
    let mut verdicts = Remembered::default();
    jobs.try_for_each(|job| {
        verdicts.push(answers::first_error(proofs.of(job).verdict()?));
        Some(())
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
        let as_proven = match self.as_proven {
            0 => String::new(),
            number => format!("; {} as they were proven, and not proven again", count(number, "problem")),
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
            return format!("verified: {verified}{as_proven}{blessed}{warnings}\n{unchecked}");
        }
        let files: BTreeSet<&str> = self.mistakes.iter().map(Mistake::file).collect();
        let (mistakes, files) = (count(self.mistakes.len(), "mistake"), count(files.len(), "file"));
        format!("error: {mistakes} in {files}{warnings}; {verified}{as_proven}{blessed}\n{unchecked}")
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
            "as_proven": self.as_proven,
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
