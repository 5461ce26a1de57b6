//! The sections of the handbook: `guide/<number>-<name>.md`.
//!
//! They hold words only: what is claimed about a program belongs into a problem, where it is proven.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use quiz::practice::Filter;
use quiz::problem::{Kind, Slug, Topic};

use crate::mistake::Mistake;
use crate::names;
use crate::read::front_matter;
use crate::read::outline;
use crate::read::syllabus::{self, Row};
use crate::read::table::{self, Table};
use crate::source::Source;

/// The folder of the handbook within that of the problems.
pub(crate) const FOLDER: &str = "guide";
const CHECKLIST: &str = "Checklist";

/// A section as it was written.
#[derive(Clone, Debug)]
pub(crate) struct WrittenSection {
    pub(crate) slug: Slug,
    pub(crate) title: String,
    pub(crate) practice: Vec<Filter>,
    /// The ids of the rows of the syllabus that it answers.
    pub(crate) syllabus: Vec<String>,
    pub(crate) text: String,
    /// The items of the list at its end.
    pub(crate) checklist: Vec<String>,
}

/// Reads a section. `None` if it has a mistake, which has been reported.
pub(crate) fn read(
    path: &Path,
    source: &Arc<Source>,
    topics: &[String],
    rows: Option<&[Row]>,
    mistakes: &mut Vec<Mistake>,
) -> Option<WrittenSection> {
    let before = mistakes.len();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = stem.split_once('-').filter(|(number, _)| number.parse::<u32>().is_ok()).map(|(_, name)| name);
    if name.is_none_or(|name| names::word_problem(name).is_some()) {
        let mistake = Mistake::in_file(&crate::source::shown(path), "a section of the handbook without a number");
        mistakes.push(mistake.help("call it `03-how-to-prepare.md`: its place, and its name in an address"));
    }
    let Some((range, body)) = front_matter::split(source) else {
        let first = source.line(1);
        mistakes.push(Mistake::at(source, first, "the front matter is missing", "expected `+++`"));
        return None;
    };
    let front = front(source, range, topics, rows, mistakes);
    let outline = outline::outline(&source.text, body);
    outline.check_depth(source, mistakes);
    for block in &outline.blocks {
        if block.info.as_deref().is_some_and(|info| info.starts_with("rust")) {
            let place = source.line_around(block.span.start);
            let mistake = Mistake::at(source, place, "a program in the handbook", "nobody proves it");
            mistakes.push(mistake.help("make a problem of it, or say it in words"));
        }
    }
    let Some(heading) = outline.headings.iter().find(|heading| heading.text.trim() == CHECKLIST) else {
        let last = source.line_around(source.text.trim_end().len());
        let mistake = Mistake::at(source, last, "the checklist is missing", "not in this file");
        mistakes.push(mistake.help("add `## Checklist` with a list of what there is to do"));
        return None;
    };
    let items: Vec<Range<usize>> = outline
        .lists
        .iter()
        .filter(|list| list.span.start > heading.span.start)
        .flat_map(|list| list.items.iter().map(|item| item.span.clone()))
        .collect();
    if items.is_empty() {
        let place = source.line_around(heading.span.start);
        let mistake = Mistake::at(source, place, "the checklist is empty", "nothing to do");
        mistakes.push(mistake.help("write each thing to do as `- …`"));
    }
    let words = |item: &Range<usize>| source.text[item.clone()].trim().trim_start_matches("- ").to_owned();
    let Front { title, practice, syllabus } = front?;
    let section = WrittenSection {
        slug: Slug(name.unwrap_or_default().into()),
        title,
        practice,
        syllabus,
        text: source.text[body..heading.span.start].trim().to_owned(),
        checklist: items.iter().map(words).collect(),
    };
    (mistakes.len() == before).then_some(section)
}

/// What stands above the text of a section.
struct Front {
    title: String,
    practice: Vec<Filter>,
    syllabus: Vec<String>,
}

fn front(
    source: &Arc<Source>,
    range: Range<usize>,
    topics: &[String],
    rows: Option<&[Row]>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Front> {
    let document = match table::parse(source, range.clone(), "the front matter") {
        Ok(document) => document,
        Err(errors) => {
            mistakes.extend(errors);
            return None;
        }
    };
    let table = Table::new(source, range.start, "the front matter", document.get_ref(), 0..3);
    table.only(&["title", "practice", syllabus::KEY], mistakes);
    let title = table.required_string("title", "title = \"…\"", mistakes);
    let syllabus = syllabus::covered(&table, rows, mistakes);
    let mut practice = Vec::new();
    for wanted in table.tables("practice", "what to practise", mistakes) {
        wanted.only(&["topic", "kind"], mistakes);
        let kinds = Kind::ALL.map(Kind::name);
        let kind = wanted.word("kind", &kinds, Kind::from_name, mistakes).map(|kind| kind.value);
        let topic = wanted.string("topic", mistakes);
        if let Some(topic) = topic.as_ref().filter(|topic| !topics.contains(&topic.value)) {
            let title = format!("there is no topic `{}`", topic.value);
            mistakes.push(wanted.mistake(topic.span.clone(), title, "not a folder of problems"));
        }
        practice.push(Filter { topic: topic.map(|topic| Topic(topic.value)), kind, ..Filter::default() });
    }
    Some(Front { title: title?.value, practice, syllabus })
}
