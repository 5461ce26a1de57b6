//! `<slug>.verdict.json`: what the compiler said, committed beside the problem and reviewed like code.
//!
//! It must not decide whether an author is right; it knows which programs a verdict belongs to.

use std::ops::Not;
use std::path::Path;
use std::{fs, io};

use quiz::exercise::{FailureKind, TestFailure};
use quiz::problem::{Edition, Outcome, Outcomes};
use quiz::verdict::{Diagnostic, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::digest::digest;
use crate::judge::answers;
use crate::judge::notes::BLESS;
use crate::mistake::Mistake;
use crate::plan::Plan;
use crate::plan::answers::AnswerSet;
use crate::plan::exercise::{ExercisePlan, Trial};
use crate::plan::what_ifs::Edit;
use crate::proof::TestVerdict;
use crate::prove::miri;
use crate::read::blocks::Claim;
use crate::read::problem::ProblemFile;
use crate::source::shown;
use crate::spelling::count;

/// The version of the format; a file of a newer one is left alone.
const FORMAT: u64 = 1;

/// The verdicts on the programs of one problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VerdictFile {
    pub(crate) format: u64,
    /// As `rustc --version` says it.
    pub(crate) toolchain: String,
    /// The Miri that judged, if there is undefined behaviour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) miri: Option<String>,
    /// The edition of all programs that name no other.
    pub(crate) edition: Edition,
    pub(crate) programs: Vec<Entry>,
    /// What becomes of every answer to a `fill` or an `order`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answers: Option<Answers>,
    /// The programs of a `write` with their tests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    trials: Vec<TrialEntry>,
    /// The programs that what-ifs make.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) what_ifs: Vec<Entry>,
}

/// The verdicts on the programs of a problem.
pub(crate) struct Verdicts {
    /// Those on its blocks, in order.
    pub(crate) programs: Vec<Verdict>,
    /// Those on its what-ifs, in order.
    pub(crate) what_ifs: Vec<Verdict>,
    /// Those on the programs of a `write`, in order.
    pub(crate) trials: Vec<TestVerdict>,
    /// What becomes of its answers, of which the first right one stands for the program that is asked about.
    pub(crate) outcomes: Option<Outcomes>,
}

/// What becomes of every answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Answers {
    /// Of the programs of all answers.
    sha256: String,
    /// The different outcomes.
    outcomes: Vec<AnswerOutcome>,
    /// The index of the outcome of each answer, by its rank: the choice of the last slot and the line in the last
    /// gap change fastest. One text, so that it is one line.
    of: String,
}

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct AnswerOutcome {
    accepted: bool,
    #[serde(default, skip_serializing_if = "Not::not")]
    checked: bool,
    #[serde(flatten, with = "WrittenVerdict")]
    verdict: Verdict,
}

impl Answers {
    fn new(set: &AnswerSet, outcomes: Outcomes) -> Answers {
        let indexes: Vec<String> = outcomes.of.iter().map(usize::to_string).collect();
        let written = |outcome: Outcome| AnswerOutcome {
            accepted: outcome.accepted,
            checked: outcome.checked,
            verdict: outcome.verdict,
        };
        Answers {
            sha256: set.digest.clone(),
            outcomes: outcomes.outcomes.into_iter().map(written).collect(),
            of: indexes.join(" "),
        }
    }

    /// The verdict on each answer; `None` where the file does not say it.
    fn verdicts(&self) -> impl Iterator<Item = Option<&Verdict>> {
        self.of.split(' ').map(|index| Some(&self.outcomes.get(index.parse::<usize>().ok()?)?.verdict))
    }
}

/// The verdict on one program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    #[serde(rename = "where")]
    pub(crate) place: String,
    /// Of the text that was compiled.
    pub(crate) sha256: String,
    /// If it is another one than the file's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) edition: Option<Edition>,
    #[serde(flatten, with = "WrittenVerdict")]
    pub(crate) verdict: Verdict,
}

/// How a verdict is written here. The app's own form may change with the app; committed files must not.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Verdict", tag = "verdict", rename_all = "kebab-case")]
enum WrittenVerdict {
    Prints { stdout: String },
    Error { errors: Vec<Diagnostic> },
    Panics { line: u32, message: String, stdout: String },
    Undefined { line: u32, message: String, rendered: String },
    Compiles,
    Ignored { reason: String },
}

/// What becomes of a program of a `write`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TrialEntry {
    #[serde(rename = "where")]
    place: String,
    /// Of the program with its tests.
    sha256: String,
    #[serde(flatten)]
    became: WrittenTestVerdict,
}

/// How that is written here; the app's own form may change with the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
enum WrittenTestVerdict {
    Error { errors: Vec<Diagnostic> },
    Passes,
    Fails { tests: Vec<WrittenFailure> },
}

/// How a test failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct WrittenFailure {
    test: String,
    /// As authors write it.
    how: String,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

impl WrittenTestVerdict {
    fn of(verdict: TestVerdict) -> WrittenTestVerdict {
        let written = |failure: TestFailure| WrittenFailure {
            test: failure.test,
            how: failure.how.label().to_owned(),
            message: failure.message,
            line: failure.line,
        };
        match verdict {
            TestVerdict::Rejected(errors) => WrittenTestVerdict::Error { errors },
            TestVerdict::Tested(failures) if failures.is_empty() => WrittenTestVerdict::Passes,
            TestVerdict::Tested(failures) => {
                WrittenTestVerdict::Fails { tests: failures.into_iter().map(written).collect() }
            }
        }
    }

    fn verdict(&self) -> TestVerdict {
        let failure = |written: &WrittenFailure| TestFailure {
            test: written.test.clone(),
            how: FailureKind::from_label(&written.how).unwrap_or(FailureKind::Other),
            message: written.message.clone(),
            line: written.line,
        };
        match self {
            WrittenTestVerdict::Error { errors } => TestVerdict::Rejected(errors.clone()),
            WrittenTestVerdict::Passes => TestVerdict::Tested(Vec::new()),
            WrittenTestVerdict::Fails { tests } => TestVerdict::Tested(tests.iter().map(failure).collect()),
        }
    }
}

impl VerdictFile {
    /// The file that belongs to a problem.
    pub(crate) fn new(file: &ProblemFile, plan: &Plan, toolchain: &str, verdicts: Verdicts) -> VerdictFile {
        let Verdicts { programs: mut verdicts, what_ifs, trials, outcomes } = verdicts;
        let planned = plan.exercise.iter().flat_map(|plan| &plan.trials);
        let trials: Vec<TrialEntry> = planned.zip(trials).map(|(trial, verdict)| trial_entry(trial, verdict)).collect();
        let answers = plan.answers.as_ref().zip(outcomes).map(|(set, outcomes)| {
            let shown = file.program().and_then(|program| verdicts.get_mut(program));
            if let (Some(shown), Some(first)) = (shown, outcomes.of_rank(set.first())) {
                *shown = first.verdict.clone();
            }
            Answers::new(set, outcomes)
        });
        let edits = plan.edits.iter().map(|edit| edited_entry(file, edit));
        let entry = |(index, verdict): (usize, Verdict)| Entry { verdict, ..expected_entry(file, plan, index) };
        VerdictFile {
            format: FORMAT,
            toolchain: toolchain.to_owned(),
            miri: (!trials.is_empty() || verdicts.iter().chain(&what_ifs).any(is_undefined)).then(miri::name),
            edition: file.front.edition,
            programs: verdicts.into_iter().enumerate().map(entry).collect(),
            answers,
            trials,
            what_ifs: edits.zip(what_ifs).map(|(entry, verdict)| Entry { verdict, ..entry }).collect(),
        }
    }

    /// What becomes of every answer, by the verdicts of this file.
    pub(crate) fn outcomes(&self, set: &AnswerSet) -> Outcomes {
        self.answers.as_ref().map_or_else(Outcomes::default, |answers| answers::outcomes(set, answers.verdicts()))
    }

    /// What became of the programs of a `write`, in their order.
    pub(crate) fn trials(&self) -> Vec<TestVerdict> {
        self.trials.iter().map(|entry| entry.became.verdict()).collect()
    }

    /// The file's text, the same whenever the verdicts are.
    pub(crate) fn text(&self) -> String {
        let json = serde_json::to_string_pretty(self).expect("a verdict file has text keys only");
        json + "\n"
    }

    /// Reads the file beside a problem.
    pub(crate) fn read(path: &Path) -> Result<VerdictFile, Box<Mistake>> {
        let wrong = |title: String, remedy: &str| Box::new(Mistake::in_file(&shown(path), title).help(remedy));
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(wrong("the verdict file is missing".to_owned(), BLESS));
            }
            Err(error) => return Err(wrong(format!("the verdict file cannot be read: {error}"), BLESS)),
        };
        let unreadable = |error: serde_json::Error| wrong(format!("this is not a verdict file: {error}"), BLESS);
        let json: Value = serde_json::from_str(&text).map_err(unreadable)?;
        if let Some(newer) = newer_format(&json) {
            let title = format!("the verdict file has format {newer}, this program knows formats up to {FORMAT}");
            return Err(wrong(title, "update this checkout; the file was written by a newer version"));
        }
        serde_json::from_value(json).map_err(unreadable)
    }

    /// How the programs of the problem differ from those that were judged, one line each.
    pub(crate) fn stale(&self, file: &ProblemFile, plan: &Plan) -> Vec<String> {
        let expected: Vec<Entry> = (0..file.blocks.len()).map(|index| expected_entry(file, plan, index)).collect();
        let mut differences = Vec::new();
        if self.edition != file.front.edition {
            let (judged, now) = (self.edition.year(), file.front.edition.year());
            differences.push(format!("judged in edition {judged}, now in edition {now}"));
        }
        differences.extend(stale_entries(&self.programs, &expected, "program"));
        let edited: Vec<Entry> = plan.edits.iter().map(|edit| edited_entry(file, edit)).collect();
        differences.extend(stale_entries(&self.what_ifs, &edited, "what-if"));
        differences.extend(stale_trials(&self.trials, plan.exercise.as_ref()));
        if differences.is_empty() {
            differences.extend(self.stale_answers(plan));
        }
        differences
    }

    fn stale_answers(&self, plan: &Plan) -> Option<String> {
        let judged = self.answers.as_ref().map(|answers| answers.sha256.as_str());
        let now = plan.answers.as_ref().map(|set| set.digest.as_str());
        let complete = |set: &AnswerSet| {
            let outcomes = self.outcomes(set);
            outcomes.of.len() == set.len() && (0..set.len()).all(|rank| outcomes.of_rank(rank).is_some())
        };
        match plan.answers.as_ref() {
            _ if judged != now => Some("answers: their programs were changed after they were judged".to_owned()),
            Some(set) if !complete(set) => Some("answers: not all of them were judged".to_owned()),
            _ => None,
        }
    }
}

/// How programs differ from those that were judged, one line each.
fn stale_entries(judged: &[Entry], now: &[Entry], noun: &str) -> Vec<String> {
    let mut differences = Vec::new();
    if judged.len() != now.len() {
        differences.push(format!("judged: {}; there now: {}", count(judged.len(), noun), now.len()));
    }
    for (judged, now) in judged.iter().zip(now) {
        if judged.place != now.place {
            differences.push(format!("{}: judged was a program in {}", now.place, judged.place));
        } else if judged.sha256 != now.sha256 {
            differences.push(format!("{}: the program was changed after it was judged", now.place));
        } else if judged.edition != now.edition {
            differences.push(format!("{}: the edition was changed after it was judged", now.place));
        }
    }
    differences
}

fn stale_trials(judged: &[TrialEntry], plan: Option<&ExercisePlan>) -> Option<String> {
    let now = plan.map_or(&[][..], |plan| &plan.trials);
    if judged.len() != now.len() {
        return Some(format!("judged with tests: {}; there now: {}", count(judged.len(), "program"), now.len()));
    }
    let mut pairs = judged.iter().zip(now);
    let changed = pairs.find(|(judged, now)| judged.place != now.place || judged.sha256 != now.digest);
    changed.map(|(_, now)| format!("{}: the program or its tests were changed after they were judged", now.place))
}

/// Whether a file may be overwritten: not if a newer version of this program wrote it.
pub(crate) fn may_bless(path: &Path) -> bool {
    let json = fs::read_to_string(path).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    json.is_none_or(|json| newer_format(&json).is_none())
}

fn newer_format(json: &Value) -> Option<u64> {
    json["format"].as_u64().filter(|format| *format > FORMAT)
}

/// How a committed file differs from what the compiler says now.
pub(crate) fn compare(path: &Path, file: &ProblemFile, plan: &Plan, now: &VerdictFile) -> Option<Mistake> {
    // Git may have changed the line ends of a checkout; nothing else may differ.
    if fs::read_to_string(path).is_ok_and(|text| text.replace("\r\n", "\n") == now.text()) {
        return None;
    }
    let committed = match VerdictFile::read(path) {
        Ok(committed) => committed,
        Err(mistake) => return Some(*mistake),
    };
    let shown = shown(path);
    let stale = committed.stale(file, plan);
    if !stale.is_empty() {
        let mistake = Mistake::in_file(&shown, "the verdict file is out of date");
        return Some(stale.into_iter().fold(mistake, Mistake::note).help(BLESS));
    }
    if committed != *now {
        let mistake = Mistake::in_file(&shown, "the compiler says something else than the verdict file");
        return Some(differences(&committed, now).into_iter().fold(mistake, Mistake::note).help(BLESS));
    }
    Some(Mistake::in_file(&shown, "the verdict file was edited by hand").help(BLESS))
}

fn differences(committed: &VerdictFile, now: &VerdictFile) -> Vec<String> {
    let mut differences = Vec::new();
    if committed.toolchain != now.toolchain {
        differences.push(format!("committed: {}\nnow:       {}", committed.toolchain, now.toolchain));
    }
    if committed.miri != now.miri {
        let named = |file: &VerdictFile| file.miri.clone().unwrap_or_else(|| "no Miri".to_owned());
        differences.push(format!("committed: {}\nnow:       {}", named(committed), named(now)));
    }
    let of = |file: &VerdictFile| file.programs.iter().chain(&file.what_ifs).cloned().collect::<Vec<_>>();
    for (old, new) in of(committed).iter().zip(&of(now)).filter(|(old, new)| old != new) {
        differences.push(format!(
            "{}\ncommitted: {}\nnow:       {}",
            new.place,
            short(&old.verdict, &new.verdict),
            short(&new.verdict, &old.verdict)
        ));
    }
    for (old, new) in committed.trials.iter().zip(&now.trials).filter(|(old, new)| old != new) {
        let json = |entry: &TrialEntry| serde_json::to_value(&entry.became).unwrap_or(Value::Null);
        let (committed, now) = (json(old), json(new));
        let (committed, now) = (differing_part(&committed, &now), differing_part(&now, &committed));
        differences.push(format!("{}\ncommitted: {committed}\nnow:       {now}", new.place));
    }
    if committed.programs == now.programs && committed.answers != now.answers {
        differences.push(differing_answers(committed, now));
    }
    differences
}

fn differing_answers(committed: &VerdictFile, now: &VerdictFile) -> String {
    let json = |file: &VerdictFile| serde_json::to_value(&file.answers).unwrap_or(Value::Null);
    let (old, new) = (json(committed), json(now));
    format!("answers\ncommitted: {}\nnow:       {}", differing_part(&old, &new), differing_part(&new, &old))
}

/// The part of a verdict that differs from another one.
fn short(verdict: &Verdict, other: &Verdict) -> String {
    let json = |verdict| WrittenVerdict::serialize(verdict, serde_json::value::Serializer).unwrap_or(Value::Null);
    differing_part(&json(verdict), &json(other))
}

fn differing_part(value: &Value, other: &Value) -> String {
    match (value, other) {
        (Value::Object(fields), Value::Object(others)) if fields.keys().eq(others.keys()) => {
            let differing = fields.iter().filter(|(key, value)| others.get(*key) != Some(value));
            let parts = differing.map(|(key, value)| {
                format!(
                    "{key}: {}",
                    others.get(key).map_or_else(|| value.to_string(), |other| differing_part(value, other))
                )
            });
            parts.collect::<Vec<_>>().join(", ")
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            let differing = items.iter().zip(others).filter(|(item, other)| item != other);
            differing.map(|(item, other)| differing_part(item, other)).collect::<Vec<_>>().join(", ")
        }
        _ => value.to_string(),
    }
}

fn is_undefined(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Undefined { .. })
}

/// The entry of a block, but for its verdict.
fn expected_entry(file: &ProblemFile, plan: &Plan, index: usize) -> Entry {
    let block = &file.blocks[index];
    Entry {
        place: block.place.clone(),
        sha256: digest(&plan.compiled[index]),
        edition: block.edition.filter(|edition| *edition != file.front.edition),
        verdict: ignored(&block.claim),
    }
}

/// The entry of a program of a `write`.
fn trial_entry(trial: &Trial, verdict: TestVerdict) -> TrialEntry {
    TrialEntry { place: trial.place.clone(), sha256: trial.digest.clone(), became: WrittenTestVerdict::of(verdict) }
}

/// The entry of an edited program, but for its verdict.
fn edited_entry(file: &ProblemFile, edit: &Edit) -> Entry {
    Entry {
        place: edit.place(),
        sha256: digest(&edit.compiled),
        edition: Some(edit.edition).filter(|edition| *edition != file.front.edition),
        verdict: Verdict::Compiles,
    }
}

/// The verdict on a block that nobody looks at.
pub(crate) fn ignored(claim: &Claim) -> Verdict {
    let reason = match claim {
        Claim::Ignored(reason) => reason.clone(),
        _ => String::new(),
    };
    Verdict::Ignored { reason }
}
