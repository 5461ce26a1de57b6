//! The registries beside the topics: concepts, misconceptions, retired slugs, the titles of references, the syllabus.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use quiz::catalog;
use quiz::learner::misconceptions::Belief;
use quiz::problem::{Slug, Topic};
use toml::de::DeTable;

use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::names;
use crate::read::syllabus;
use crate::read::table::{self, Table};
use crate::source::{Source, Spanned, shown};
use crate::spelling::{enumeration, nearest};

/// The names of the registries' files.
pub(crate) const FILES: [&str; 5] = [CONCEPTS, MISCONCEPTIONS, RETIRED, REFERENCES, syllabus::FILE];
const CONCEPTS: &str = "concepts.toml";
const MISCONCEPTIONS: &str = "misconceptions.toml";
const RETIRED: &str = "retired.toml";
const REFERENCES: &str = "references.toml";

/// What the registries say.
#[derive(Debug, Default)]
pub(crate) struct Registries {
    pub(crate) concepts: BTreeMap<String, catalog::Concept>,
    pub(crate) misconceptions: BTreeMap<String, Belief>,
    pub(crate) retired: BTreeMap<String, Retired>,
    /// The titles of the pages that problems refer to, by their addresses; a folder may do without.
    pub(crate) references: Option<BTreeMap<String, String>>,
    /// What candidates are asked, in the order of the file; a folder may do without.
    pub(crate) syllabus: Option<Vec<syllabus::Row>>,
}

/// Where a slug was laid to rest.
#[derive(Debug)]
pub(crate) struct Retired {
    /// File and line.
    pub(crate) place: String,
}

impl Registries {
    /// Reads the files of a folder. `topics` are the topics that a concept may belong to.
    pub(crate) fn read(folder: &Path, topics: &[String], mistakes: &mut Vec<Mistake>) -> Registries {
        let concepts = document(&folder.join(CONCEPTS), mistakes, |table, mistakes| concepts(table, topics, mistakes));
        let misconceptions = document(&folder.join(MISCONCEPTIONS), mistakes, |table, mistakes| {
            misconceptions(table, &concepts, mistakes)
        });
        let retired = document(&folder.join(RETIRED), mistakes, retired);
        let path = folder.join(REFERENCES);
        let references = path.exists().then(|| document(&path, mistakes, references));
        let path = folder.join(syllabus::FILE);
        let syllabus = path.exists().then(|| document(&path, mistakes, syllabus::rows));
        Registries { concepts, misconceptions, retired, references, syllabus }
    }

    /// The retired slugs.
    pub(crate) fn retired_slugs(&self) -> Vec<Slug> {
        self.retired.keys().map(|slug| Slug(slug.as_str().into())).collect()
    }
}

fn document<T: Default>(
    path: &Path,
    mistakes: &mut Vec<Mistake>,
    read: impl FnOnce(&Table<'_>, &mut Vec<Mistake>) -> T,
) -> T {
    let source = match Source::read(path) {
        Ok(source) => source,
        Err(error) => {
            mistakes.push(unreadable(path, &error));
            return T::default();
        }
    };
    let all = 0..source.text.len();
    let what = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match table::parse(&source, all, &format!("`{what}`")) {
        Ok(document) => {
            let document: &DeTable<'_> = document.get_ref();
            read(&Table::new(&source, 0, &format!("`{what}`"), document, 0..0), mistakes)
        }
        Err(errors) => {
            mistakes.extend(errors);
            T::default()
        }
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Mistake {
    let shown = shown(path);
    match error.kind() {
        io::ErrorKind::NotFound => {
            Mistake::in_file(&shown, "a registry is missing").help("create the file; it may be empty")
        }
        _ => Mistake::in_file(&shown, format!("a registry cannot be read: {error}")),
    }
}

fn concepts(
    document: &Table<'_>,
    topics: &[String],
    mistakes: &mut Vec<Mistake>,
) -> BTreeMap<String, catalog::Concept> {
    let mut concepts = BTreeMap::new();
    for name in document.keys() {
        bad_name(document, &name, mistakes);
        let Some(table) = document.table(&name.value, &format!("the concept `{}`", name.value), mistakes) else {
            continue;
        };
        table.only(&["topic", "meaning"], mistakes);
        let topic = table.required_string("topic", "topic = \"…\"", mistakes);
        let meaning = table.required_string("meaning", "meaning = \"…\"", mistakes);
        if let Some(topic) = &topic {
            known_topic(document, topic, topics, mistakes);
        }
        // A concept with a mistake of its own is still known, lest every problem that names it is blamed.
        let topic = Topic(topic.map_or_else(String::new, |topic| topic.value));
        let meaning = meaning.map_or_else(String::new, |meaning| meaning.value);
        concepts.insert(name.value, catalog::Concept { topic, meaning });
    }
    concepts
}

fn known_topic(document: &Table<'_>, topic: &Spanned<String>, topics: &[String], mistakes: &mut Vec<Mistake>) {
    if topics.contains(&topic.value) {
        return;
    }
    let names = || topics.iter().map(String::as_str);
    let remedy = match nearest(&topic.value, names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the topics are {}", enumeration(names())),
    };
    mistakes.push(
        document.mistake(topic.span.clone(), format!("unknown topic `{}`", topic.value), "no such topic").help(remedy),
    );
}

fn misconceptions(
    document: &Table<'_>,
    concepts: &BTreeMap<String, catalog::Concept>,
    mistakes: &mut Vec<Mistake>,
) -> BTreeMap<String, Belief> {
    let mut misconceptions = BTreeMap::new();
    for id in document.keys() {
        bad_name(document, &id, mistakes);
        let Some(table) = document.table(&id.value, &format!("the misconception `{}`", id.value), mistakes) else {
            continue;
        };
        table.only(&["belief", "truth", "concept"], mistakes);
        let belief = table.required_string("belief", "belief = \"…\"", mistakes);
        let truth = table.required_string("truth", "truth = \"…\"", mistakes);
        let concept = table.required_string("concept", "concept = \"…\"", mistakes);
        if let Some(concept) = &concept {
            known_concept(document, concept, concepts, mistakes);
        }
        let [belief, truth, concept] =
            [belief, truth, concept].map(|text| text.map_or_else(String::new, |text| text.value));
        misconceptions.insert(id.value, Belief { belief, truth, concept });
    }
    misconceptions
}

/// Reports a concept that is in no registry.
pub(crate) fn known_concept(
    table: &Table<'_>,
    concept: &Spanned<String>,
    concepts: &BTreeMap<String, catalog::Concept>,
    mistakes: &mut Vec<Mistake>,
) {
    if concepts.contains_key(&concept.value) {
        return;
    }
    let remedy = match nearest(&concept.value, concepts.keys().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("add `[{}]` with its topic and its meaning to {CONCEPTS}", concept.value),
    };
    let title = format!("unknown concept `{}`", concept.value);
    mistakes.push(table.mistake(concept.span.clone(), title, format!("not in {CONCEPTS}")).help(remedy));
}

fn retired(document: &Table<'_>, mistakes: &mut Vec<Mistake>) -> BTreeMap<String, Retired> {
    document.only(&["retired"], mistakes);
    let mut slugs = BTreeMap::new();
    for slug in document.strings("retired", mistakes).unwrap_or_default() {
        if let Some(problem) = names::slug_problem(&slug.value) {
            let title = format!("`{}` cannot be a slug", slug.value);
            mistakes.push(document.mistake(slug.span.clone(), title, problem));
        }
        let source = document.source();
        let place = format!("{}:{}", source.path, source.line_at(slug.span.start));
        slugs.insert(slug.value, Retired { place });
    }
    slugs
}

fn references(document: &Table<'_>, mistakes: &mut Vec<Mistake>) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    for address in document.keys() {
        if let Some(title) = document.required_string(&address.value, "\"https://…\" = \"…\"", mistakes) {
            titles.insert(address.value, title.value);
        }
    }
    titles
}

/// Breaks a house rule if a page has no title, where pages have titles at all.
pub(crate) fn titled_reference(
    table: &Table<'_>,
    address: &Spanned<String>,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) {
    if registries.references.as_ref().is_none_or(|titles| titles.contains_key(&address.value)) {
        return;
    }
    let mistake = table.mistake(address.span.clone(), "a reference has no title", format!("not in {REFERENCES}"));
    mistakes.push(
        mistake
            .lint(Lint::UntitledReference)
            .help(format!("add `\"{}\" = \"…\"` with the title of the page to {REFERENCES}", address.value)),
    );
}

fn bad_name(document: &Table<'_>, name: &Spanned<String>, mistakes: &mut Vec<Mistake>) {
    if let Some(problem) = names::word_problem(&name.value) {
        let title = format!("`{}` cannot be a name", name.value);
        mistakes.push(document.mistake(name.span.clone(), title, problem));
    }
}
