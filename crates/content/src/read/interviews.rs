//! The blueprints of interviews: `interviews/<name>.toml`, and whether there are problems enough for them.

use std::path::Path;
use std::sync::Arc;

use quiz::catalog::{Catalog, Entry};
use quiz::interview::blueprint::{MOST_MINUTES, MOST_QUESTIONS};
use quiz::interview::draw::{clashes, shortfalls};
use quiz::interview::{Blueprint, Heading, Part, RoundPlan};
use quiz::problem::{Kind, Level, Slug, Topic};

use crate::mistake::Mistake;
use crate::read::problem::ProblemFile;
use crate::read::table::{self, Table};
use crate::source::Source;
use crate::spelling::alternatives;

/// The folder of the blueprints within that of the problems.
pub(crate) const FOLDER: &str = "interviews";

/// A blueprint where it was written.
#[derive(Clone, Debug)]
pub(crate) struct WrittenBlueprint {
    source: Arc<Source>,
    pub(crate) blueprint: Blueprint,
}

/// Reads a blueprint. `None` if it has a mistake, which has been reported.
pub(crate) fn read(
    path: &Path,
    source: Arc<Source>,
    topics: &[String],
    mistakes: &mut Vec<Mistake>,
) -> Option<WrittenBlueprint> {
    let before = mistakes.len();
    let blueprint = blueprint(path, &source, topics, mistakes)?;
    // What cannot be read is not there, and would be missed a second time.
    let flaws = if mistakes.len() == before { blueprint.flaws() } else { Vec::new() };
    for flaw in flaws {
        mistakes.push(Mistake::at(&source, source.line(1), flaw.to_string(), ""));
    }
    (mistakes.len() == before).then_some(WrittenBlueprint { source, blueprint })
}

/// Reports blueprints for which there are too few problems at a level, and problems that addresses cannot tell apart.
pub(crate) fn check<'a>(
    blueprints: &[WrittenBlueprint],
    problems: impl Iterator<Item = &'a ProblemFile>,
    retired: Vec<Slug>,
    mistakes: &mut Vec<Mistake>,
) {
    let catalog = catalog(problems, retired);
    for WrittenBlueprint { source, blueprint } in blueprints {
        for shortfall in shortfalls(blueprint, &catalog) {
            let remedy = "write more, ask for fewer, or leave the level out: `levels = [\"mid\", \"senior\"]`";
            mistakes.push(Mistake::at(source, source.line(1), shortfall.to_string(), "").help(remedy));
        }
    }
    for (one, other) in clashes(&catalog).into_iter().filter(|_| !blueprints.is_empty()) {
        let title = format!("an address of an interview cannot tell `{one}` from `{other}`");
        mistakes.push(Mistake::in_file(&one.to_string(), title).help("rename the newer one before it is released"));
    }
}

/// The problems as far as they are drawn.
pub(crate) fn catalog<'a>(problems: impl Iterator<Item = &'a ProblemFile>, retired: Vec<Slug>) -> Catalog {
    Catalog { problems: problems.filter_map(entry).collect(), retired, ..Catalog::default() }
}

/// A problem as it is drawn; none if its front matter has a mistake.
fn entry(file: &ProblemFile) -> Option<Entry> {
    Some(Entry {
        slug: file.slug.clone(),
        topic: file.topic.clone(),
        title: file.front.title.as_ref()?.value.clone(),
        kind: file.front.kind?,
        level: file.front.level?,
        minutes: file.front.minutes?,
        revision: file.front.revision,
        concepts: file.front.concepts.clone(),
    })
}

fn blueprint(path: &Path, source: &Arc<Source>, topics: &[String], mistakes: &mut Vec<Mistake>) -> Option<Blueprint> {
    let whole = 0..source.text.len();
    let document = match table::parse(source, whole, "the blueprint") {
        Ok(document) => document,
        Err(errors) => {
            mistakes.extend(errors);
            return None;
        }
    };
    let table = Table::new(source, 0, "the blueprint", document.get_ref(), source.line(1));
    table.only(&["title", "description", "levels", "rounds"], mistakes);
    let title = table.required_string("title", "title = \"…\"", mistakes);
    let description = table.required_string("description", "description = \"…\"", mistakes);
    let levels = words(&table, "levels", &Level::ALL.map(Level::name), Level::from_name, mistakes);
    let rounds = table.tables("rounds", "a round", mistakes);
    let rounds: Vec<Option<RoundPlan>> = rounds.iter().map(|round| self::round(round, topics, mistakes)).collect();
    Some(Blueprint {
        name: path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        title: title?.value,
        description: description?.value,
        judged: judged(&rounds),
        levels,
        rounds: rounds.into_iter().collect::<Option<_>>()?,
    })
}

/// What the report will judge, in a few words each: that follows from what is asked.
fn judged(rounds: &[Option<RoundPlan>]) -> Vec<String> {
    let parts = rounds.iter().flatten().flat_map(|round| &round.parts);
    let kinds: Vec<Kind> = parts.flat_map(|part| part.kinds.iter().copied()).collect();
    Heading::of_kinds(&kinds).into_iter().map(|heading| heading.label().to_lowercase()).collect()
}

fn round(table: &Table<'_>, topics: &[String], mistakes: &mut Vec<Mistake>) -> Option<RoundPlan> {
    table.only(&["title", "minutes", "break_before", "own_questions", "worth_asking", "parts"], mistakes);
    let title = table.required_string("title", "title = \"Core coding\"", mistakes);
    let mut minutes = |key| table.number(key, 0..=MOST_MINUTES, mistakes).map(|minutes| minutes.value);
    let (long, break_before, own_questions) = (minutes("minutes"), minutes("break_before"), minutes("own_questions"));
    let worth_asking = match table.key("worth_asking") {
        None => Vec::new(),
        Some(_) => table.strings("worth_asking", mistakes).unwrap_or_default(),
    };
    let parts = table.tables("parts", "a part of a round", mistakes);
    let parts: Vec<Option<Part>> = parts.iter().map(|part| self::part(part, topics, mistakes)).collect();
    Some(RoundPlan {
        title: title?.value,
        minutes: long.unwrap_or_default(),
        break_minutes_before: break_before.unwrap_or_default(),
        own_questions_minutes: own_questions.unwrap_or_default(),
        parts: parts.into_iter().collect::<Option<_>>()?,
        worth_asking: worth_asking.into_iter().map(|question| question.value).collect(),
    })
}

fn part(table: &Table<'_>, topics: &[String], mistakes: &mut Vec<Mistake>) -> Option<Part> {
    table.only(&["kinds", "topics", "count", "minutes_each"], mistakes);
    let kinds = words(table, "kinds", &Kind::ALL.map(Kind::name), Kind::from_name, mistakes);
    let known: Vec<&str> = topics.iter().map(String::as_str).collect();
    let topic = |name: &str| known.contains(&name).then(|| Topic(name.to_owned()));
    let topics = words(table, "topics", &known, topic, mistakes);
    let count = table.number("count", 1..=MOST_QUESTIONS as u32, mistakes);
    let minutes_each = table.number("minutes_each", 1..=MOST_MINUTES, mistakes);
    Some(Part {
        kinds,
        topics,
        count: count.map_or(0, |count| count.value as usize),
        minutes_each: minutes_each.map_or(0, |minutes| minutes.value),
    })
}

/// A list of words, each of which must be known; none if the key is missing.
fn words<T>(
    table: &Table<'_>,
    key: &str,
    known: &[&str],
    from_name: impl Fn(&str) -> Option<T>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<T> {
    if table.key(key).is_none() {
        return Vec::new();
    }
    let written = table.strings(key, mistakes).unwrap_or_default();
    let mut words = Vec::new();
    for word in written {
        match from_name(&word.value) {
            Some(value) => words.push(value),
            None => {
                let title = format!("`{}` in `{key}`", word.value);
                let remedy = format!("write {}", alternatives(known.iter().copied()));
                mistakes.push(table.mistake(word.span, title, "not known").help(remedy));
            }
        }
    }
    words
}
