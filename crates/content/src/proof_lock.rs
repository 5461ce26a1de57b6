//! `proofs.lock`: which problems were proven just as they are now, committed beside them.
//!
//! A problem's seal is a digest of its text, of its verdict file and of everything that these verdicts depend on: each
//! program, the compiler, Miri, the crates, and how programs are proven. So whatever was changed after the proof, by hand or
//! by another compiler, has no seal any more. It says that the proof was made, not that it would come out again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use quiz::problem::Slug;
use serde::{Deserialize, Serialize};

use crate::digest::digest;
use crate::job::{Job, Mode};
use crate::judge::notes::BLESS;
use crate::mistake::Mistake;
use crate::plan::Plan;
use crate::plan::what_ifs::Edit;
use crate::prove::cache::Cache;
use crate::read::problem::ProblemFile;
use crate::source::shown;

/// The version of the format.
const FORMAT: u32 = 1;
/// What the file is for, for who opens it.
const HEAD: &str = "# Which problems were proven as they stand: `cargo xtask verify --bless` writes this file.\n";

/// The lock of a folder.
#[derive(Debug)]
pub(crate) struct ProofLock {
    path: PathBuf,
    /// Whether there was one.
    is_there: bool,
    /// By problem.
    seals: BTreeMap<String, String>,
}

/// How it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: u32,
    seals: BTreeMap<String, String>,
}

impl ProofLock {
    /// Reads the lock at `path`; an empty one if there is none.
    ///
    /// # Errors
    /// When it is not such a file, or a newer program wrote it.
    pub(crate) fn read(path: &Path) -> Result<ProofLock, Box<Mistake>> {
        let empty = ProofLock { path: path.to_owned(), is_there: false, seals: BTreeMap::new() };
        let wrong = |title: String| Box::new(Mistake::in_file(&shown(path), title));
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(empty),
            Err(error) => return Err(wrong(format!("the lock of the proofs cannot be read: {error}"))),
        };
        let written: Written = toml::from_str(&text).map_err(|error| {
            let remedy = "remove it, and prove all problems with `cargo xtask verify --bless`";
            Box::new(wrong(format!("this is no lock of proofs: {}", error.message())).help(remedy))
        })?;
        if written.format != FORMAT {
            let title =
                format!("the lock of the proofs has format {}, this program knows format {FORMAT}", written.format);
            return Err(Box::new(wrong(title).help("update this checkout; the file was written by another version")));
        }
        Ok(ProofLock { is_there: true, seals: written.seals, ..empty })
    }

    /// Whether the folder has had a lock.
    pub(crate) fn is_there(&self) -> bool {
        self.is_there
    }

    /// Whether the problem was proven with this seal.
    pub(crate) fn holds(&self, slug: &Slug, seal: &str) -> bool {
        self.seals.get(&*slug.0).is_some_and(|known| known == seal)
    }

    /// Remembers that the problem was proven with this seal.
    pub(crate) fn set(&mut self, slug: &Slug, seal: String) {
        self.seals.insert(slug.0.to_string(), seal);
    }

    /// Forgets all problems but these.
    pub(crate) fn keep_only(&mut self, slugs: &BTreeSet<&str>) {
        self.seals.retain(|slug, _| slugs.contains(slug.as_str()));
    }

    /// What is wrong if a problem that was proven has no seal here. A folder without a lock needs none.
    pub(crate) fn unsealed(&self, slug: &Slug, seal: &str) -> Option<Mistake> {
        if !self.is_there || self.holds(slug, seal) {
            return None;
        }
        let title = match self.seals.contains_key(&*slug.0) {
            true => format!("`{}` was changed after it was sealed", slug.0),
            false => format!("`{}` has no seal", slug.0),
        };
        let mistake = Mistake::in_file(&shown(&self.path), title);
        Some(mistake.note("as it stands now it is proven, and its seal would say so").help(BLESS))
    }

    /// Where it is written.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Its text, the same whenever the seals are.
    pub(crate) fn text(&self) -> String {
        let written = Written { format: FORMAT, seals: self.seals.clone() };
        HEAD.to_owned() + &toml::to_string(&written).expect("texts and numbers can be written")
    }
}

/// The seal of a problem with what it was found to be; `None` without a verdict file.
pub(crate) fn seal(file: &ProblemFile, plan: &Plan, verdict_file: &Path, cache: &Cache) -> Option<String> {
    let verdicts = fs::read_to_string(verdict_file).ok()?;
    let mut all = vec![file.source.text.replace("\r\n", "\n"), verdicts.replace("\r\n", "\n")];
    let mut add = |job: &Job| {
        all.push(format!("{:?} {}", job.mode, cache.key(job)));
        // What Miri finds is remembered apart.
        if matches!(job.mode, Mode::Run | Mode::Undefined) {
            all.push(cache.key_of_finding(job).to_string());
        }
    };
    plan.blocks.iter().flatten().for_each(&mut add);
    plan.edits.iter().map(Edit::job).for_each(|job| add(&job));
    if let Some(set) = &plan.answers {
        all.push(format!("{:?} {}", set.mode, cache.key_of_all(&set.digest, set.edition, set.mode, &set.crates)));
    }
    let trials = plan.exercise.iter().flat_map(|exercise| &exercise.trials);
    all.extend(trials.map(|trial| cache.key_of_tests(&trial.job).to_string()));
    // Each by its digest, so that no text can pass for two.
    Some(digest(&all.iter().map(|text| digest(text)).collect::<String>()))
}
