//! Walks a problems folder: which files are there, which do not belong, which names are taken.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use quiz::catalog::TOPIC_ORDER;
use quiz::problem::{Slug, Topic};

use crate::crates;
use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::names::{self, VERDICT_SUFFIX};
use crate::read::guide::{self, WrittenSection};
use crate::read::interviews::{self, WrittenBlueprint};
use crate::read::placeholder::has_placeholder;
use crate::read::problem::ProblemFile;
use crate::read::registry::{self, Registries};
use crate::source::{Source, shown};

const README: &str = "README.md";

/// A folder of problems that was read.
#[derive(Debug)]
pub(crate) struct Folder {
    /// The topics that a problem may belong to: those of a course and those that have a folder.
    pub(crate) topics: Vec<String>,
    pub(crate) registries: Registries,
    /// The sections of the handbook, in their order.
    pub(crate) guide: Vec<WrittenSection>,
    /// The blueprints of interviews, by name.
    pub(crate) interviews: Vec<WrittenBlueprint>,
    /// Every problem with its mistakes, by path.
    pub(crate) problems: Vec<Found>,
    /// Verdict files without a problem.
    pub(crate) orphans: Vec<PathBuf>,
    /// Mistakes that belong to no single problem.
    pub(crate) mistakes: Vec<Mistake>,
}

/// A problem where it was found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) path: PathBuf,
    pub(crate) file: ProblemFile,
    pub(crate) mistakes: Vec<Mistake>,
}

impl Found {
    /// The path of its verdict file.
    pub(crate) fn verdict_path(&self) -> PathBuf {
        self.path.with_file_name(names::verdict_file(&self.file.slug.0))
    }
}

/// Reads everything below `folder`. An error means that the folder itself could not be read.
pub(crate) fn read(folder: &Path) -> io::Result<Folder> {
    let mut mistakes = Vec::new();
    let paths = Paths::walk(folder, &mut mistakes)?;
    let topics = paths.known_topics();
    let registries = Registries::read(folder, &topics, &mut mistakes);
    let mut problems = Vec::new();
    for path in &paths.problems {
        match Source::read(path) {
            Ok(source) => {
                let (topic, slug) = (Topic(parent_name(path)), Slug(stem(path).into()));
                let (file, mistakes) = ProblemFile::read(source, topic, slug, &registries);
                problems.push(Found { path: path.clone(), file, mistakes });
            }
            Err(error) => {
                let title = format!("a problem cannot be read: {error}");
                mistakes.push(Mistake::in_file(&shown(path), title));
            }
        }
    }
    let mut sections = Vec::new();
    for path in &paths.guide {
        match Source::read(path) {
            Ok(source) => {
                sections.extend(guide::read(path, &source, &topics, registries.syllabus.as_deref(), &mut mistakes))
            }
            Err(error) => {
                let title = format!("a section of the handbook cannot be read: {error}");
                mistakes.push(Mistake::in_file(&shown(path), title));
            }
        }
    }
    for section in &sections {
        if let Some(found) = problems.iter().find(|found| found.file.slug == section.slug) {
            let title = format!("a section of the handbook has the name of a problem, `{}`", section.slug);
            mistakes.push(Mistake::in_file(&shown(&found.path), title).help("rename the section"));
        }
    }
    let mut blueprints = Vec::new();
    for path in &paths.interviews {
        match Source::read(path) {
            Ok(source) => blueprints.extend(interviews::read(path, source, &topics, &mut mistakes)),
            Err(error) => {
                mistakes.push(Mistake::in_file(&shown(path), format!("a blueprint cannot be read: {error}")));
            }
        }
    }
    let files = problems.iter().map(|found| &found.file);
    interviews::check(&blueprints, files, registries.retired_slugs(), &mut mistakes);
    check_slugs(&mut problems, &registries);
    check_titles(&mut problems);
    too_many_errors(&problems, &mut mistakes);
    Ok(Folder {
        topics,
        registries,
        guide: sections,
        interviews: blueprints,
        problems,
        orphans: paths.orphans(),
        mistakes,
    })
}

/// The mistake of a verdict file without a problem.
pub(crate) fn orphan(path: &Path) -> Mistake {
    Mistake::in_file(&shown(path), "a verdict file without a problem")
        .lint(Lint::OrphanVerdict)
        .help("remove it, or let `cargo xtask verify --bless` do it")
}

#[derive(Default)]
struct Paths {
    topics: Vec<String>,
    problems: Vec<PathBuf>,
    verdicts: Vec<PathBuf>,
    guide: Vec<PathBuf>,
    interviews: Vec<PathBuf>,
}

impl Paths {
    fn walk(folder: &Path, mistakes: &mut Vec<Mistake>) -> io::Result<Paths> {
        let mut paths = Paths::default();
        for entry in sorted(folder)? {
            let name = file_name(&entry);
            if entry.is_dir() && name == crates::FOLDER {
                stray_in_package(&entry, mistakes)?;
            } else if entry.is_dir() && name == guide::FOLDER {
                paths.guide = files(&entry, ".md", mistakes)?;
            } else if entry.is_dir() && name == interviews::FOLDER {
                paths.interviews = files(&entry, ".toml", mistakes)?;
            } else if entry.is_dir() {
                paths.topic(&entry, &name, mistakes)?;
            } else if name != README && name != names::PROOF_LOCK && !registry::FILES.contains(&name.as_str()) {
                mistakes.push(stray(&entry));
            }
        }
        Ok(paths)
    }

    fn topic(&mut self, folder: &Path, name: &str, mistakes: &mut Vec<Mistake>) -> io::Result<()> {
        if let Some(problem) = names::word_problem(name) {
            let title = format!("`{name}` cannot be the name of a topic: {problem}");
            mistakes.push(Mistake::in_file(&shown(folder), title).help("rename the folder"));
        }
        self.topics.push(name.to_owned());
        for entry in sorted(folder)? {
            let name = file_name(&entry);
            if entry.is_dir() {
                mistakes.push(stray(&entry));
            } else if name.ends_with(VERDICT_SUFFIX) {
                self.verdicts.push(entry);
            } else if name.ends_with(".md") && name != README {
                self.problems.push(entry);
            } else {
                mistakes.push(stray(&entry));
            }
        }
        Ok(())
    }

    fn known_topics(&self) -> Vec<String> {
        let listed = TOPIC_ORDER.iter().map(|topic| (*topic).to_owned());
        let new = self.topics.iter().filter(|topic| !TOPIC_ORDER.contains(&topic.as_str())).cloned();
        listed.chain(new).collect()
    }

    fn orphans(&self) -> Vec<PathBuf> {
        let has_problem = |verdict: &&PathBuf| {
            let name = file_name(verdict);
            let slug = name.strip_suffix(VERDICT_SUFFIX).unwrap_or(&name);
            self.problems.contains(&verdict.with_file_name(names::markdown_file(slug)))
        };
        self.verdicts.iter().filter(|verdict| !has_problem(verdict)).cloned().collect()
    }
}

/// The files of a folder that has nothing but files of one sort.
fn files(folder: &Path, ending: &str, mistakes: &mut Vec<Mistake>) -> io::Result<Vec<PathBuf>> {
    let (files, others): (Vec<PathBuf>, Vec<PathBuf>) = sorted(folder)?.into_iter().partition(|entry| {
        let name = file_name(entry);
        !entry.is_dir() && name.ends_with(ending) && name != README
    });
    mistakes.extend(others.iter().map(|other| stray(other)));
    Ok(files)
}

/// The package of crates has these files and no others; what Cargo builds lies elsewhere.
fn stray_in_package(folder: &Path, mistakes: &mut Vec<Mistake>) -> io::Result<()> {
    for entry in
        sorted(folder)?.iter().filter(|entry| !["Cargo.toml", "Cargo.lock", "src"].contains(&&*file_name(entry)))
    {
        let mistake = Mistake::in_file(&shown(entry), "a stray file in the package of crates").lint(Lint::StrayFile);
        mistakes.push(mistake.help("it has a Cargo.toml, a Cargo.lock and an empty library: move it or remove it"));
    }
    Ok(())
}

fn stray(path: &Path) -> Mistake {
    Mistake::in_file(&shown(path), "a stray file: it is neither a problem nor a verdict").lint(Lint::StrayFile).help(
        "only README.md, the registries, proofs.lock, <topic>/<slug>.md and <topic>/<slug>.verdict.json belong here: \
         move it or remove it",
    )
}

fn check_slugs(problems: &mut [Found], registries: &Registries) {
    let mut taken: BTreeMap<String, PathBuf> = BTreeMap::new();
    for found in problems {
        let slug = found.file.slug.to_string();
        let path = shown(&found.path);
        if let Some(problem) = names::slug_problem(&slug) {
            let title = format!("`{slug}` cannot be a slug: {problem}");
            found.mistakes.push(Mistake::in_file(&path, title).help("rename the file"));
        }
        if let Some(retired) = registries.retired.get(&slug) {
            found.mistakes.push(
                Mistake::in_file(&path, format!("the slug `{slug}` is retired"))
                    .note(format!("{} says so: a learner's history belongs to the old problem", retired.place))
                    .help("choose another slug: none is ever used again"),
            );
        }
        if let Some(first) = taken.get(&slug) {
            found.mistakes.push(
                Mistake::in_file(&path, format!("the slug `{slug}` is used twice"))
                    .note(format!("the other one is {}", shown(first)))
                    .help("rename one of the two: a slug is unique over all topics"),
            );
        }
        taken.entry(slug).or_insert_with(|| found.path.clone());
    }
}

/// Lists and searches show titles: of two that are the same nobody knows which is meant.
fn check_titles(problems: &mut [Found]) {
    let mut taken: BTreeMap<String, (Arc<Source>, Range<usize>)> = BTreeMap::new();
    for Found { file, mistakes, .. } in problems {
        let Some(title) = &file.front.title else { continue };
        let words = title.value.trim().to_lowercase();
        if words.is_empty() || has_placeholder(&title.value) {
            continue;
        }
        if let Some((source, first)) = taken.get(&words) {
            mistakes.push(
                Mistake::at(&file.source, title.span.clone(), "two problems have the same title", "again here")
                    .and(source, first.clone(), "first here")
                    .help("give one of them a title of its own: learners find a problem by it"),
            );
        }
        taken.entry(words).or_insert_with(|| (Arc::clone(&file.source), title.span.clone()));
    }
}

/// "Does not compile" must not become the answer to guess: at most a third of a topic, or one.
fn too_many_errors(problems: &[Found], mistakes: &mut Vec<Mistake>) {
    let mut by_topic: BTreeMap<&Topic, Vec<&Found>> = BTreeMap::new();
    for found in problems {
        by_topic.entry(&found.file.topic).or_default().push(found);
    }
    for (topic, problems) in by_topic {
        let errors: Vec<&&Found> = problems.iter().filter(|found| found.file.predicts_an_error()).collect();
        let allowed = (problems.len() / 3).max(1);
        if errors.len() > allowed {
            let list = errors.iter().map(|found| format!("\n{}", shown(&found.path))).collect::<String>();
            let title =
                format!("{} of {} problems of `{}` are predictions of an error", errors.len(), problems.len(), topic.0);
            let folder = errors[0].path.parent().unwrap_or(&errors[0].path);
            mistakes.push(
                Mistake::in_file(&shown(folder), title)
                    .lint(Lint::MostlyErrors)
                    .note(format!("they are:{list}"))
                    .help(format!("at most a third is good, here {allowed}: make some of them a `spot` or a `choice`")),
            );
        }
    }
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn parent_name(path: &Path) -> String {
    path.parent().map(file_name).unwrap_or_default()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
