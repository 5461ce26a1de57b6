//! Packs problems for the browser: a catalog of all, and files with a few each, named by their content.
//!
//! Compiles nothing. It trusts the committed verdicts, but only where they belong to the very programs that are there
//! and agree with what the author says of them.

mod beliefs;
mod catalog;
mod guide;
mod problem;
pub mod prose;
mod references;

use std::path::{Path, PathBuf};
use std::{fs, io};

pub use catalog::{packs, topics};
use quiz::catalog::{Catalog, Entry};
use quiz::guide::Guide;
use quiz::interview::Blueprint;
use quiz::problem::Problem;
use quiz::search::Texts;
use serde::Serialize;
use thiserror::Error;

use crate::digest::digest;
use crate::judge::notes::BLESS;
use crate::judge::{self, Evidence};
use crate::mistake::{self, Mistake};
use crate::plan::{self, Planned};
use crate::proof::{Proof, TestProof};
use crate::read::folder::{self, Folder, Found};
use crate::source::shown;
use crate::spelling::count;
use crate::verdict_file::{self, VerdictFile};

const HASH_LENGTH: usize = 12;

/// What was written.
#[derive(Debug)]
pub struct Packed {
    /// The name of the catalog's file.
    pub catalog: String,
    /// The catalog.
    pub index: Catalog,
    /// All problems, in the catalog's order.
    pub problems: Vec<Problem>,
    /// The handbook; without sections if there is none.
    pub guide: Guide,
    /// The interviews that can be rehearsed.
    pub interviews: Vec<Blueprint>,
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
    catalog::sort(&mut problems);
    let entries: Vec<Entry> = problems.iter().map(Entry::from).collect();

    let beliefs = beliefs::beliefs(&problems, &folder);
    let texts = Texts::of(&problems);

    fs::create_dir_all(out).map_err(|source| PackError::Write { path: out.to_owned(), source })?;
    let mut files = Vec::new();
    let topics = topics(&packs(problems.clone()), |pack| {
        Ok(format!("{prefix}{}", write(out, &pack.topic.0, pack, &mut files)?))
    })?;
    let beliefs = write(out, "beliefs", &beliefs, &mut files)?;
    let texts = write(out, "texts", &texts, &mut files)?;
    let handbook = guide::guide(&folder.guide);
    let guide = match handbook.sections.is_empty() {
        true => String::new(),
        false => format!("{prefix}{}", write(out, "guide", &handbook, &mut files)?),
    };
    let blueprints: Vec<Blueprint> = folder.interviews.iter().map(|written| written.blueprint.clone()).collect();
    let interviews = match blueprints.is_empty() {
        true => String::new(),
        false => format!("{prefix}{}", write(out, "interviews", &blueprints, &mut files)?),
    };
    let index = Catalog {
        toolchain,
        miri,
        topics,
        beliefs: format!("{prefix}{beliefs}"),
        texts: format!("{prefix}{texts}"),
        guide,
        interviews,
        concepts: catalog::named_concepts(&folder.registries, &entries),
        problems: entries.into(),
        retired: folder.registries.retired_slugs(),
    };
    let catalog = write(out, "catalog", &index, &mut files)?;
    Ok(Packed { catalog, index, problems, guide: handbook, interviews: blueprints, files })
}

/// Writes a file of a release into `out`, named by its content, and returns its name: `catalog-0123456789ab.json`.
///
/// # Errors
/// If it cannot be written.
pub fn write(out: &Path, name: &str, content: &impl Serialize, files: &mut Vec<PathBuf>) -> Result<String, PackError> {
    let json = serde_json::to_string(content).expect("packs have text keys only");
    let file = format!("{name}-{}.json", &digest(&json)[..HASH_LENGTH]);
    let path = out.join(&file);
    fs::write(&path, json).map_err(|source| PackError::Write { path: path.clone(), source })?;
    files.push(path);
    Ok(file)
}

/// All problems, the compiler and the Miri that judged them, or every mistake.
fn problems_of(folder: &Folder) -> Result<(Vec<Problem>, String, Option<String>), PackError> {
    let planned = plan::plan(folder);
    let mut mistakes = plan::all_mistakes(folder, &planned);
    mistakes.extend(folder.orphans.iter().map(|path| folder::orphan(path)));
    let mut problems = Vec::new();
    let mut toolchain: Option<String> = None;
    let mut miri: Option<String> = None;
    for planned in planned.iter().filter(|planned| !planned.has_errors()) {
        let Planned { found, plan, .. } = planned;
        let verdicts = match current_verdicts(planned) {
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
        problems.extend(problem::problem(&found.file, plan, verdicts, &folder.registries));
    }
    mistakes.retain(|mistake| !mistake.is_warning());
    mistake::sort(&mut mistakes);
    if !mistakes.is_empty() {
        return Err(PackError::Mistakes(mistakes));
    }
    Ok((problems, toolchain.unwrap_or_default(), miri))
}

/// The committed verdicts of a problem, if they belong to its programs and bear out what it says.
fn current_verdicts(planned: &Planned<'_>) -> Result<VerdictFile, Vec<Mistake>> {
    let Planned { found, plan, .. } = planned;
    let path = found.verdict_path();
    let verdicts = VerdictFile::read(&path).map_err(|mistake| vec![*mistake])?;
    let stale = verdicts.stale(&found.file, plan);
    if !stale.is_empty() {
        let mistake = Mistake::in_file(&shown(&path), "the verdict file is out of date");
        return Err(vec![stale.into_iter().fold(mistake, Mistake::note).help(BLESS)]);
    }
    let (blocks, what_ifs) = (proofs(&verdicts.programs), proofs(&verdicts.what_ifs));
    let trials: Vec<TestProof> = verdicts.trials().into_iter().map(TestProof::Judged).collect();
    let known = Evidence {
        blocks: blocks.iter().map(Some).collect(),
        outcomes: plan.answers.as_ref().map(|set| verdicts.outcomes(set)).unwrap_or_default(),
        failures: Vec::new(),
        exercise: trials.iter().collect(),
        what_ifs: what_ifs.iter().collect(),
    };
    let contradictions = judge::problem(&found.file, plan, &known);
    if contradictions.is_empty() { Ok(verdicts) } else { Err(contradictions) }
}

fn proofs(entries: &[verdict_file::Entry]) -> Vec<Proof> {
    entries.iter().map(|entry| Proof::Judged(entry.verdict.clone())).collect()
}

fn two_toolchains(found: &Found, first: &str, other: &str) -> Mistake {
    Mistake::in_file(&shown(&found.verdict_path()), "the verdicts come from two compilers")
        .note(format!("here {other}, elsewhere {first}"))
        .help(BLESS)
}
