//! `cargo xtask device`: compares the compiler on the learner's device with the pinned one, program by program.
//!
//! What the pinned one says stands in the verdict files. All programs without crates are compared: those of texts, what-ifs, the
//! accepted answers of a `fill` and an `order`, and the programs of a `write` with their tests. `xtask/device.toml` lists the
//! programs that may differ, each with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use clap::Args;
use quiz::assemble;
use quiz::catalog::{Catalog, Pack};
use quiz::device::manifest::Manifest;
use quiz::device::message::{Request, Way, WorkerMessage};
use quiz::device::outcome::{Outcome, outcome};
use quiz::device::trial::{Judged, Ran, Schedules, Trial, way_of};
use quiz::exercise::{CodeResult, Exercise, FailureKind, TestFailure};
use quiz::json;
use quiz::problem::{Edition, Problem, Question};
use quiz::verdict::Verdict;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use xtask::compiler::{NODE, PROGRAM, names};
use xtask::files::hexadecimal;

use crate::cache::Cache;
use crate::step::say;
use crate::tools;
use crate::workspace::Workspace;

/// The list of differences.
const LIST: &str = "device.toml";
/// The keys of the programs that are judged alike.
const RECORD: &str = "device.lock";
/// Hexadecimal digits of a key: half of them tell any two programs apart.
const KEY_DIGITS: usize = 16;
/// So many seconds of processor time a program gets.
const SECONDS: u32 = 60;
/// So many ms all tests of a solution should take together, under one schedule, on a machine of today.
const TESTS_MS: u32 = 2_000;
/// So many times that is a mistake: a learner waits for it, on a phone for longer.
const MOST: u32 = 2;
/// At least so many per cent of all programs must be judged alike.
const AGREEMENT: f64 = 95.0;

/// Compares the compiler on the learner's device with the pinned one, over all programs without crates
#[derive(Args)]
pub struct Device {
    /// Compare only programs whose names contain this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Compare only programs that are not recorded as judged alike, and the day's sixteenth of the others
    #[arg(long, conflicts_with = "only")]
    unrecorded: bool,
    /// Record which programs are judged alike: tests then run the others and a few of these
    #[arg(long)]
    bless: bool,
}

/// A program that is compared.
struct Compared<'a> {
    /// `ownership/the-slug: solution 1`
    name: String,
    subject: Subject<'a>,
}

enum Subject<'a> {
    /// A program, and what the pinned compiler says of it.
    Program { source: String, edition: Edition, expected: Verdict },
    /// A program of a `write`, and what became of it; `None` if nothing is known but that some test fails.
    Trial { exercise: &'a Exercise, code: &'a str, expected: Option<CodeResult> },
}

#[derive(Deserialize)]
struct Difference {
    /// Why they differ.
    reason: String,
}

/// Which programs are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent<'a> {
    /// All.
    All,
    /// Those whose names contain this.
    Named(&'a str),
    /// Those that are not recorded as judged alike, and of the others a sixteenth, every day another one.
    Unrecorded,
}

impl Device {
    /// Fails if a program is judged otherwise that is not listed, or one that is listed is not.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::here();
        let compiler = tools::compiler::packed(&Cache::of_user()?)?;
        let extent = match (self.only.as_deref(), self.unrecorded) {
            (Some(text), _) => Extent::Named(text),
            (None, true) => Extent::Unrecorded,
            (None, false) => Extent::All,
        };
        compare(&workspace, &compiler, extent, self.bless).map(|()| ExitCode::SUCCESS)
    }
}

/// Compares the programs; `bless` then records which are judged alike.
///
/// # Errors
/// If a program is judged otherwise that is not listed, one that is listed is not, or too few are judged alike.
pub fn compare(workspace: &Workspace, compiler: &Path, extent: Extent<'_>, bless: bool) -> anyhow::Result<()> {
    let begun = Instant::now();
    let scratch = tempfile::tempdir()?;
    let problems = problems(&workspace.problems(), scratch.path())?;
    let version = Manifest::from_text(&fs::read_to_string(compiler.join(names::MANIFEST))?)?.version;
    let all: Vec<Compared<'_>> = problems.iter().flat_map(programs).collect();
    let listed = listed(&workspace.root.join("xtask").join(LIST))?;
    let path = workspace.root.join("xtask").join(RECORD);
    let recorded = recorded(&path)?;
    let sixteenth = format!("{:x}", SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / 86_400 % 16);
    let is_taken = |compared: &&Compared<'_>| match extent {
        Extent::All => true,
        Extent::Named(text) => compared.name.contains(text),
        Extent::Unrecorded => {
            let key = compared.key(&version);
            key.starts_with(&sixteenth) || !recorded.contains(&key)
        }
    };
    let compared: Vec<&Compared<'_>> = all.iter().filter(is_taken).collect();
    say(&format!("comparing {} of {} programs", compared.len(), all.len()));
    let node = scratch.path().join("node");
    place_scripts(&node, compiler)?;
    let found = judge_all(&compared, &node, compiler)?;
    let (same, differing): (Vec<_>, Vec<_>) = found.iter().partition(|(_, difference)| difference.is_empty());
    let name = |(index, _): &&(usize, String)| compared[*index].name.as_str();
    let mut wrong = Vec::new();
    for one in &differing {
        match listed.get(name(one)) {
            Some(Difference { reason }) => say(&format!("{}: differs, as listed: {reason}", name(one))),
            None => wrong.push(format!("{}: {}", name(one), one.1)),
        }
    }
    let listed_as_same = same.iter().map(name).filter(|name| listed.contains_key(*name));
    wrong.extend(listed_as_same.map(|name| format!("{name}: is listed and does not differ")));
    let is_gone = |name: &&String| !all.iter().any(|compared| compared.name == **name);
    wrong.extend(listed.keys().filter(is_gone).map(|name| format!("{name}: is listed and not there")));
    let of = if extent == Extent::Unrecorded { all.len() } else { compared.len() };
    let share = 100.0 * (of - differing.len()) as f64 / of.max(1) as f64;
    say(&format!(
        "the device judges {} of {of} programs as the pinned compiler does: {share:.1} %, in {} s",
        of - differing.len(),
        begun.elapsed().as_secs()
    ));
    if bless {
        let mut keys: BTreeSet<String> = same.iter().map(|(index, _)| compared[*index].key(&version)).collect();
        if extent != Extent::All {
            let known: BTreeSet<String> = all.iter().map(|compared| compared.key(&version)).collect();
            keys.extend(recorded.into_iter().filter(|key| known.contains(key)));
        }
        let lines: String = keys.iter().map(|key| format!("{key}\n")).collect();
        fs::write(&path, lines).with_context(|| format!("cannot write {}", path.display()))?;
    }
    if !wrong.is_empty() {
        bail!("{} (xtask/{LIST} lists differences with their reasons)", wrong.join("\n"));
    }
    // Of a few programs the share says nothing.
    if share < AGREEMENT && !matches!(extent, Extent::Named(_)) {
        bail!("only {share:.1} % are judged alike, {AGREEMENT} % must be");
    }
    Ok(())
}

/// The keys of the programs that were judged alike.
fn recorded(path: &Path) -> anyhow::Result<BTreeSet<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

impl Compared<'_> {
    /// Stands for all that the comparison depends on: the compiler, the program, and what is expected of it.
    fn key(&self, version: &str) -> String {
        let subject = match &self.subject {
            Subject::Program { source, edition, expected } => serde_json::json!([source, edition, expected]),
            Subject::Trial { exercise, code, expected } => {
                let program = exercise.test_program(code, 0);
                serde_json::json!([program, exercise.schedules, way_of(exercise) == Way::Check, expected])
            }
        };
        let text = format!("{version}\0{}\0{subject}", self.name);
        hexadecimal(&Sha256::digest(text.as_bytes()))[..KEY_DIGITS].to_owned()
    }
}

/// All problems, packed from their files and verdicts.
fn problems(folder: &Path, scratch: &Path) -> anyhow::Result<Vec<Problem>> {
    let packed = content::pack::pack(folder, &scratch.join("packs"), "packs/")?;
    let catalog: Catalog = read(&scratch.join("packs").join(packed.catalog))?;
    let packs = catalog.packs().map(|pack| Ok(read::<Pack>(&scratch.join(&pack.address))?.problems));
    Ok(packs.collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn read<T: json::FromJson>(path: &Path) -> anyhow::Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    json::read(&text).with_context(|| format!("{} cannot be understood", path.display()))
}

fn listed(path: &Path) -> anyhow::Result<BTreeMap<String, Difference>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(toml::from_str(&text)?)
}

/// The programs of a problem.
fn programs(problem: &Problem) -> Vec<Compared<'_>> {
    if !problem.crates.is_empty() {
        return Vec::new();
    }
    let name = |what: String| format!("{}/{}: {what}", problem.topic.0, problem.slug);
    let mut all = Vec::new();
    let mut add = |what: String, source: &str, edition, verdict: &Verdict| {
        if !matches!(verdict, Verdict::Ignored { .. }) {
            let subject = Subject::Program { source: source.to_owned(), edition, expected: verdict.clone() };
            all.push(Compared { name: name(what), subject });
        }
    };
    let is_assembled = matches!(problem.question, Question::Fill { .. } | Question::Order { .. });
    for (index, program) in problem.programs.iter().enumerate() {
        // The first of an assembled one has no answer in it.
        if !(is_assembled && index == 0) {
            add(format!("program {}", index + 1), program.compiled_source(), program.edition, &program.verdict);
        }
    }
    for (index, answer) in assemble::accepted(&problem.question).iter().enumerate().filter(|_| is_assembled) {
        if let Some(program) = assemble::tried(problem, answer) {
            add(format!("answer {}", index + 1), program.compiled_source(), program.edition, &program.verdict);
        }
    }
    if let Some(original) = assemble::original(problem) {
        for what_if in &problem.what_ifs {
            let edited = assemble::edited(&original, what_if);
            add(format!("what if: {}", what_if.name), edited.compiled_source(), edited.edition, &edited.verdict);
        }
    }
    if let Question::Write(exercise) = &problem.question {
        all.extend(trials(exercise).map(|(what, subject)| Compared { name: name(what), subject }));
    }
    all
}

fn trials(exercise: &Exercise) -> impl Iterator<Item = (String, Subject<'_>)> {
    let trial = move |code, expected| Subject::Trial { exercise, code, expected };
    let start = ("start".to_owned(), trial(exercise.start.text.as_str(), None));
    let solutions = (1..).zip(&exercise.solutions).map(move |(number, solution)| {
        (format!("solution {number}"), trial(solution.program.text.as_str(), Some(passes(exercise))))
    });
    let wrong_turns = (1..).zip(&exercise.wrong_turns).map(move |(number, wrong_turn)| {
        (format!("wrong turn {number}"), trial(wrong_turn.program.text.as_str(), Some(wrong_turn.result.clone())))
    });
    std::iter::once(start).chain(solutions).chain(wrong_turns)
}

/// Judges all programs on all cores; says of each in what it differs, or nothing.
fn judge_all(compared: &[&Compared<'_>], node: &Path, compiler: &Path) -> anyhow::Result<Vec<(usize, String)>> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    let failed = Mutex::new(None);
    let cores = thread::available_parallelism().map_or(1, usize::from).min(compared.len().max(1));
    let work = || -> anyhow::Result<()> {
        let mut judge = Judge::start(node, compiler)?;
        while let Some(index) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < compared.len()) {
            if index % 100 == 99 {
                say(&format!("{} of {} programs", index + 1, compared.len()));
            }
            let difference = judge.difference(compared[index])?;
            found.lock().expect("no thread panics while it holds the lock").push((index, difference));
        }
        judge.stop()
    };
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                if let Err(error) = work() {
                    *failed.lock().expect("no thread panics while it holds the lock") = Some(error);
                }
            });
        }
    });
    if let Some(error) = failed.into_inner().expect("all threads have ended") {
        return Err(error);
    }
    let mut found = found.into_inner().expect("all threads have ended");
    found.sort();
    Ok(found)
}

/// The scripts that Node.js runs, beside the shim that they import.
fn place_scripts(folder: &Path, compiler: &Path) -> anyhow::Result<()> {
    let shim = folder.join(names::SHIM);
    fs::create_dir_all(&shim)?;
    fs::write(folder.join("package.json"), r#"{ "type": "module" }"#)?;
    fs::write(folder.join("node.mjs"), NODE)?;
    fs::write(folder.join("program.js"), PROGRAM)?;
    for file in fs::read_dir(compiler.join(names::SHIM))? {
        let file = file?;
        fs::copy(file.path(), shim.join(file.file_name()))?;
    }
    Ok(())
}

/// The compiler under Node.js.
struct Judge {
    node: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Judge {
    fn start(node: &Path, compiler: &Path) -> anyhow::Result<Judge> {
        let program = which::which("node").context("the compiler of the device runs under Node.js here")?;
        let mut node = Command::new(program)
            .arg(node.join("node.mjs"))
            .arg(compiler)
            .arg(SECONDS.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let requests = node.stdin.take().context("its input is a pipe")?;
        let answers = BufReader::new(node.stdout.take().context("its output is a pipe")?);
        Ok(Judge { node, requests, answers })
    }

    fn stop(mut self) -> anyhow::Result<()> {
        drop(self.requests);
        self.node.wait()?;
        Ok(())
    }

    /// What the compiler says; nothing if the program takes too long.
    fn ask(&mut self, request: &Request) -> anyhow::Result<Option<quiz::device::message::Finished>> {
        writeln!(self.requests, "{}", request.to_text())?;
        self.requests.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        if line.trim() == "\"timeout\"" {
            return Ok(None);
        }
        match WorkerMessage::from_text(&line).with_context(|| format!("Node.js answered {line:?}"))? {
            WorkerMessage::Done(finished) => Ok(Some(finished)),
            other => bail!("Node.js answered {other:?}"),
        }
    }

    /// What becomes of the program of a `write` under all schedules, and how many ms the longest run takes; nothing if it takes too long.
    fn tried(&mut self, exercise: &Exercise, code: &str) -> anyhow::Result<Option<(Judged, u32)>> {
        let mut trial = Trial::new(exercise.clone(), code.to_owned(), way_of(exercise), Schedules::All);
        let mut ms = 0;
        loop {
            let Some(finished) = self.ask(&trial.request())? else { return Ok(None) };
            ms = finished.ms.max(ms);
            if let Some(judged) = trial.take_in(Ran::Finished(finished)) {
                return Ok(Some((judged, ms)));
            }
        }
    }

    /// What there is to say of a solution whose tests took `ms`. The first run of a compiler is slow, and so is any on a busy machine:
    /// the quickest of three counts.
    fn takes_too_long(&mut self, name: &str, exercise: &Exercise, code: &str, mut ms: u32) -> anyhow::Result<String> {
        for _ in 0..2 {
            if ms > TESTS_MS {
                ms = self.tried(exercise, code)?.map_or(ms, |(_, again)| ms.min(again));
            }
        }
        let told = format!("its tests take {ms} ms, {TESTS_MS} should do");
        Ok(match ms {
            0..=TESTS_MS => String::new(),
            ms if ms <= MOST * TESTS_MS => {
                say(&format!("{name}: {told}"));
                String::new()
            }
            _ => told,
        })
    }

    fn difference(&mut self, compared: &Compared<'_>) -> anyhow::Result<String> {
        match &compared.subject {
            Subject::Program { source, edition, expected } => self.of_program(source, *edition, expected),
            Subject::Trial { exercise, code, expected } => {
                self.of_trial(&compared.name, exercise, code, expected.as_ref())
            }
        }
    }

    fn of_program(&mut self, source: &str, edition: Edition, expected: &Verdict) -> anyhow::Result<String> {
        let way = match expected {
            Verdict::Error { .. } | Verdict::Compiles => Way::Look,
            Verdict::Prints { .. } | Verdict::Panics { .. } => Way::Run,
            Verdict::Undefined { .. } | Verdict::Ignored { .. } => Way::Check,
        };
        let Some(finished) = self.ask(&Request::new(0, way, source.to_owned(), edition))? else {
            return Ok(format!("takes more than {SECONDS} s"));
        };
        let found = outcome(way, finished);
        Ok(if agrees(expected, &found) {
            String::new()
        } else {
            format!("expected {}, found {}", brief(expected), told(&found))
        })
    }

    fn of_trial(
        &mut self,
        name: &str,
        exercise: &Exercise,
        code: &str,
        expected: Option<&CodeResult>,
    ) -> anyhow::Result<String> {
        let Some((judged, ms)) = self.tried(exercise, code)? else {
            return Ok(format!("takes more than {SECONDS} s"));
        };
        Ok(match (expected, &judged.result) {
            (None, found) if *found != passes(exercise) => String::new(),
            (Some(expected), found) if is_alike(expected, found) => match *expected == passes(exercise) {
                true => self.takes_too_long(name, exercise, code, ms)?,
                false => String::new(),
            },
            (_, CodeResult::Rejected(_)) => {
                format!("is rejected: {}", judged.errors.first().map_or("", |error| &*error.rendered))
            }
            (_, found) => format!("expected {expected:?}, found {found:?}"),
        })
    }
}

/// What becomes of a program that passes.
fn passes(exercise: &Exercise) -> CodeResult {
    CodeResult::Tested { failures: Vec::new(), tests: exercise.names().count() as u32 }
}

/// Whether the same tests fail in the same way, or the same rule is broken. The words of messages change.
fn is_alike(expected: &CodeResult, found: &CodeResult) -> bool {
    match (expected, found) {
        (CodeResult::Rejected(expected), CodeResult::Rejected(found)) => expected.code == found.code,
        (CodeResult::Tested { failures: expected, .. }, CodeResult::Tested { failures: found, .. }) => {
            let of = |failures: &[TestFailure]| -> Vec<(String, FailureKind)> {
                failures.iter().map(|failure| (failure.test.clone(), failure.how)).collect()
            };
            of(expected) == of(found)
        }
        _ => false,
    }
}

/// Whether the device says the same. The words of messages change from one compiler to the next.
fn agrees(expected: &Verdict, found: &Outcome) -> bool {
    match (expected, found) {
        (Verdict::Prints { stdout }, Outcome::Judged(Verdict::Prints { stdout: found })) => stdout == found,
        (Verdict::Compiles, Outcome::Judged(Verdict::Compiles)) => true,
        (
            Verdict::Panics { line, stdout, .. },
            Outcome::Judged(Verdict::Panics { line: found, stdout: printed, .. }),
        ) => (line, stdout) == (found, printed),
        (Verdict::Undefined { line, .. }, Outcome::Judged(Verdict::Undefined { line: found, .. })) => line == found,
        (Verdict::Error { errors }, Outcome::Judged(Verdict::Error { errors: found })) => {
            let (Some(error), Some(found)) = (errors.first(), found.first()) else { return false };
            // Captions have no places.
            let line = |of: &quiz::verdict::Diagnostic| of.primary().map(|span| span.line);
            error.code == found.code && (error.spans.is_empty() || line(error) == line(found))
        }
        _ => false,
    }
}

fn brief(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Error { errors } => format!("{:?}", errors.first().map(|error| (&error.code, &error.message))),
        other => format!("{other:?}"),
    }
}

fn told(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Judged(verdict) => brief(verdict),
        other => format!("{other:?}"),
    }
}
