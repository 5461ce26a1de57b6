//! Packs problems for the browser: a catalog of all, and one file a topic, each named by its content.
//!
//! Compiles nothing. It trusts the committed verdicts, but only where they belong to the very programs that are there
//! and agree with what the author says of them.

mod prose;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use quiz::catalog::{Catalog, Entry, Pack, TOPIC_ORDER, TopicPack};
use quiz::learner::misconceptions::{Belief, Beliefs, Exposed};
use quiz::problem::{ChoiceOption, Misconception, Problem, Program, Question, RoleLine, Topic, WhatIf};
use quiz::rule::Code;
use quiz::verdict::{Diagnostic, Verdict};
use quiz::{program, rule, shuffle};
use serde::Serialize;
use thiserror::Error;

use crate::digest::digest;
use crate::error_names;
use crate::highlight;
use crate::judge::block::{self as judge, BLESS};
use crate::mistake::{self, Mistake};
use crate::plan::answers;
use crate::proof::Proof;
use crate::read::folder::{self, Folder, Found};
use crate::read::options::WrittenOption;
use crate::read::problem::{self as problem_file, ProblemFile, Text};
use crate::read::registry::Registries;
use crate::read::statement::StatedAnswer;
use crate::read::what_if::Edit;
use crate::source::shown;
use crate::spelling::count;
use crate::verdict_file::{self, VerdictFile};

const HASH_LENGTH: usize = 12;

/// What was written.
#[derive(Debug)]
pub struct Packed {
    /// The name of the catalog's file.
    pub catalog: String,
    /// All problems, in the catalog's order.
    pub entries: Vec<Entry>,
    /// The files that were written, the catalog last.
    pub files: Vec<PathBuf>,
}

/// Why nothing was packed.
#[derive(Debug, Error)]
pub enum PackError {
    /// The folder of problems cannot be read.
    #[error("cannot read the problems in {path}: {source}")]
    Problems {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The problems have mistakes.
    #[error("{}cannot pack: {} in the problems", mistake::render_all(.0, false), count(.0.len(), "mistake"))]
    Mistakes(Vec<Mistake>),
    /// A file cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// Packs the folder `problems` into `out`. `prefix` is where `out` will lie below the site's root, such as `packs/`.
pub fn pack(problems: &Path, out: &Path, prefix: &str) -> Result<Packed, PackError> {
    let folder = folder::read(problems).map_err(|source| PackError::Problems { path: problems.to_owned(), source })?;
    let (mut problems, toolchain, miri) = problems_of(&folder)?;
    problems.sort_by_key(|problem| (topic_order(&problem.topic), problem_file::course_order(problem)));
    let entries: Vec<Entry> = problems.iter().map(Entry::from).collect();

    let beliefs = beliefs(&problems, &folder.registries);

    fs::create_dir_all(out).map_err(|source| PackError::Write { path: out.to_owned(), source })?;
    let mut files = Vec::new();
    let mut topics = Vec::new();
    for pack in packs(problems) {
        let name = write(out, &pack.topic.0, &pack, &mut files)?;
        topics.push(TopicPack { topic: pack.topic, pack: format!("{prefix}{name}") });
    }
    let beliefs = write(out, "beliefs", &beliefs, &mut files)?;
    let catalog = Catalog {
        toolchain,
        miri,
        topics,
        beliefs: format!("{prefix}{beliefs}"),
        concepts: named_concepts(&folder.registries, &entries),
        problems: entries.clone(),
        retired: folder.registries.retired_slugs(),
    };
    let catalog = write(out, "catalog", &catalog, &mut files)?;
    Ok(Packed { catalog, entries, files })
}

fn topic_order(topic: &Topic) -> (usize, Topic) {
    let place = TOPIC_ORDER.iter().position(|listed| *listed == topic.0);
    (place.unwrap_or(TOPIC_ORDER.len()), topic.clone())
}

fn packs(problems: Vec<Problem>) -> Vec<Pack> {
    let mut packs: Vec<Pack> = Vec::new();
    for problem in problems {
        match packs.last_mut().filter(|pack| pack.topic == problem.topic) {
            Some(pack) => pack.problems.push(problem),
            None => packs.push(Pack { topic: problem.topic.clone(), problems: vec![problem] }),
        }
    }
    packs
}

/// Which options stand for which beliefs.
fn beliefs(problems: &[Problem], registries: &Registries) -> Beliefs {
    let mut known: Vec<&String> = Vec::new();
    let mut exposed = Vec::new();
    for problem in problems {
        let Question::Choice { options, .. } = &problem.question else { continue };
        let mut place = |option: &ChoiceOption| {
            let id = &option.misconception.as_ref()?.id;
            let (id, _) = registries.misconceptions.get_key_value(id)?;
            let place = known.iter().position(|known| *known == id);
            Some(place.unwrap_or_else(|| {
                known.push(id);
                known.len() - 1
            }))
        };
        let options: Vec<Option<usize>> = options.iter().map(&mut place).collect();
        if options.iter().any(Option::is_some) {
            exposed.push(Exposed { slug: problem.slug.clone(), options });
        }
    }
    let beliefs = known.into_iter().map(|id| registries.misconceptions[id].clone()).collect();
    Beliefs { beliefs, problems: exposed }
}

fn named_concepts(registries: &Registries, entries: &[Entry]) -> BTreeMap<String, quiz::catalog::Concept> {
    let named = entries.iter().flat_map(|entry| &entry.concepts);
    named.filter_map(|name| Some((name.clone(), registries.concepts.get(name)?.clone()))).collect()
}

fn write(out: &Path, name: &str, content: &impl Serialize, files: &mut Vec<PathBuf>) -> Result<String, PackError> {
    let json = serde_json::to_string(content).expect("packs have text keys only");
    let file = format!("{name}-{}.json", &digest(&json)[..HASH_LENGTH]);
    let path = out.join(&file);
    fs::write(&path, json).map_err(|source| PackError::Write { path: path.clone(), source })?;
    files.push(path);
    Ok(file)
}

/// All problems, the compiler and the Miri that judged them, or every mistake.
fn problems_of(folder: &Folder) -> Result<(Vec<Problem>, String, Option<String>), PackError> {
    let mut mistakes = folder.all_mistakes();
    mistakes.extend(folder.orphans.iter().map(|path| folder::orphan(path)));
    let mut problems = Vec::new();
    let mut toolchain: Option<String> = None;
    let mut miri: Option<String> = None;
    for found in folder.problems.iter().filter(|found| !found.has_errors()) {
        let verdicts = match current_verdicts(found) {
            Ok(verdicts) => verdicts,
            Err(wrong) => {
                mistakes.extend(wrong);
                continue;
            }
        };
        let first = toolchain.get_or_insert_with(|| verdicts.toolchain.clone());
        if *first != verdicts.toolchain {
            mistakes.push(two_toolchains(found, first, &verdicts.toolchain));
        }
        if let Some(named) = &verdicts.miri {
            let first = miri.get_or_insert_with(|| named.clone());
            if first != named {
                mistakes.push(two_toolchains(found, first, named));
            }
        }
        problems.extend(problem(&found.file, verdicts, &folder.registries));
    }
    mistakes.retain(|mistake| !mistake.is_warning());
    mistake::sort(&mut mistakes);
    if !mistakes.is_empty() {
        return Err(PackError::Mistakes(mistakes));
    }
    Ok((problems, toolchain.unwrap_or_default(), miri))
}

/// The committed verdicts of a problem, if they belong to its programs and bear out what it says.
fn current_verdicts(found: &Found) -> Result<VerdictFile, Vec<Mistake>> {
    let path = found.verdict_path();
    let verdicts = VerdictFile::read(&path).map_err(|mistake| vec![mistake])?;
    let stale = verdicts.stale(&found.file);
    if !stale.is_empty() {
        let mistake = Mistake::in_file(&shown(&path), "the verdict file is out of date");
        return Err(vec![stale.into_iter().fold(mistake, Mistake::note).help(BLESS)]);
    }
    let judged = verdicts.programs.iter().map(|entry| Proof::Judged(entry.verdict.clone())).enumerate();
    let mut contradictions: Vec<Mistake> =
        judged.flat_map(|(block, proof)| judge::judge(&found.file, block, &proof)).collect();
    let edited = found.file.edits.iter().zip(&verdicts.what_ifs);
    let judge_edit = |(edit, entry): (&Edit, &verdict_file::Entry)| {
        edit.judge(&found.file.source, &Proof::Judged(entry.verdict.clone()))
    };
    contradictions.extend(edited.filter_map(judge_edit));
    if let Some(set) = &found.file.answers {
        contradictions.extend(answers::judge_outcomes(&found.file, set, &verdicts.outcomes(set)));
    }
    if contradictions.is_empty() { Ok(verdicts) } else { Err(contradictions) }
}

fn two_toolchains(found: &Found, first: &str, other: &str) -> Mistake {
    Mistake::in_file(&shown(&found.verdict_path()), "the verdicts come from two compilers")
        .note(format!("here {other}, elsewhere {first}"))
        .help(BLESS)
}

/// The problem as the app knows it; `None` if something of it is missing, which has been reported then.
fn problem(file: &ProblemFile, verdicts: VerdictFile, registries: &Registries) -> Option<Problem> {
    let front = &file.front;
    Some(Problem {
        slug: file.slug.clone(),
        topic: file.topic.clone(),
        title: front.title.clone()?,
        level: front.level?,
        minutes: front.minutes?,
        revision: front.revision,
        concepts: front.concepts.clone(),
        references: front.references.clone(),
        prompt: prose_of(file, &file.prompt),
        question: question(file, &verdicts, registries)?,
        hints: file.hints.iter().map(|hint| prose_of(file, hint)).collect(),
        explanation: prose_of(file, &file.explanation),
        let_through: file.let_through.as_ref().map(|text| prose_of(file, text)),
        interview: prose_of(file, &file.interview),
        check: check(file, &verdicts),
        what_ifs: what_ifs(file, &verdicts),
        programs: programs(file, verdicts),
    })
}

fn prose_of(file: &ProblemFile, text: &Text) -> quiz::prose::Prose {
    prose::parse(&text.markdown, file.blocks_before(text.span.start))
}

fn programs(file: &ProblemFile, verdicts: VerdictFile) -> Vec<Program> {
    let in_prompt = file.blocks_before(file.prompt.span.end);
    let judged = file.blocks.iter().zip(verdicts.programs).enumerate();
    let program = judged.map(|(index, (block, entry))| {
        let template = file.answers.as_ref().filter(|_| file.program() == Some(index)).map(|set| set.template.clone());
        let source = template.unwrap_or_else(|| program::shown(&block.code));
        let compiled = Some(file.compiled(index)).filter(|compiled| *compiled != source);
        let highlights = highlight::highlights(&source);
        let verdict = if index < in_prompt { entry.verdict } else { caption(entry.verdict) };
        Program { source, highlights, compiled, edition: file.edition(block), verdict }
    });
    program.collect()
}

/// What a caption says of a verdict: an error's code and message. Only the programs of a prompt have a receipt, and unsafe
/// twins, in which there are no errors; without the rest of all the others a pack is a tenth smaller.
fn caption(verdict: Verdict) -> Verdict {
    let brief = |error: Diagnostic| Diagnostic { spans: Vec::new(), rendered: String::new(), ..error };
    match verdict {
        Verdict::Error { errors } => Verdict::Error { errors: errors.into_iter().map(brief).collect() },
        verdict => verdict,
    }
}

/// The hidden tests, with the verdict on the program that they were compiled with.
fn check(file: &ProblemFile, verdicts: &VerdictFile) -> Option<Program> {
    let check = file.check.as_ref()?;
    Some(Program {
        source: check.code.clone(),
        highlights: highlight::highlights(&check.code),
        compiled: None,
        edition: file.front.edition,
        verdict: verdicts.programs.get(file.program()?)?.verdict.clone(),
    })
}

fn what_ifs(file: &ProblemFile, verdicts: &VerdictFile) -> Vec<WhatIf> {
    let judged = file.edits.iter().zip(&verdicts.what_ifs);
    judged.map(|(edit, entry)| edit.what_if(entry.verdict.clone())).collect()
}

fn question(file: &ProblemFile, verdicts: &VerdictFile, registries: &Registries) -> Option<Question> {
    Some(match file.front.answer.as_ref()? {
        StatedAnswer::Choice { several } => Question::Choice {
            several: *several,
            options: file.options.iter().map(|option| choice_option(file, option, registries)).collect(),
        },
        StatedAnswer::Predict { prediction, rules } => {
            let expected = judge::expected(prediction);
            let right = match &expected {
                quiz::problem::ExpectedOutcome::Error { code, .. } => Some(code),
                _ => None,
            };
            let seed = shuffle::seed_of(&file.slug.0, u64::from(file.front.revision));
            let rules = rules.clone().unwrap_or_else(|| rule::offer(right, seed));
            let title = |rule: &Code| Some((rule.clone(), error_names::in_rustcs_words(rule)?));
            let titles = rules.iter().filter_map(title).collect();
            Question::Predict { expected, rules, titles }
        }
        StatedAnswer::Spot { roles, .. } => Question::Spot {
            roles: roles.iter().map(|(role, line)| RoleLine { role: role.value, line: line.value }).collect(),
        },
        StatedAnswer::Fill { .. } | StatedAnswer::Order { .. } => {
            let set = file.answers.as_ref()?;
            set.question(verdicts.outcomes(set))
        }
    })
}

fn choice_option(file: &ProblemFile, option: &WrittenOption, registries: &Registries) -> ChoiceOption {
    let first_program = file.blocks_before(option.span.start);
    let misconception = option.misconception.as_ref().and_then(|id| {
        let Belief { belief, truth, .. } = registries.misconceptions.get(id)?.clone();
        Some(Misconception { id: id.clone(), belief, truth })
    });
    ChoiceOption {
        text: prose::parse(&option.text, first_program),
        rationale: prose::parse(&option.rationale, first_program),
        right: option.right,
        misconception,
    }
}
