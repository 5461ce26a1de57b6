//! The syllabus, what candidates are asked, and the key by which a problem or a section of the guide says which of its rows
//! it covers.
//!
//! It is for authors: nothing of it gets into a pack.

use quiz::problem::{Kind, Level, Topic};

use crate::mistake::Mistake;
use crate::names;
use crate::read::table::Table;
use crate::source::Spanned;
use crate::spelling::nearest;

/// The registry's file.
pub(crate) const FILE: &str = "syllabus.toml";
/// The key of the front matter.
pub(crate) const KEY: &str = "syllabus";
const KEYS: [&str; 5] = ["topic", "label", "level", "frequency", "kind"];
/// In how many of the sources a row occurs.
const FREQUENCIES: [&str; 3] = ["1", "2-3", "4+"];

/// Something that candidates are asked.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    /// A topic that may have no problems yet.
    pub(crate) topic: Topic,
    pub(crate) label: String,
    pub(crate) level: Option<Level>,
    /// In how many of the sources it occurs.
    pub(crate) frequency: String,
    /// The kind of problem that trains it best.
    pub(crate) kind: Option<Kind>,
}

/// The rows in the order of the file.
pub(crate) fn rows(document: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Vec<Row> {
    document.keys().into_iter().filter_map(|id| row(document, id, mistakes)).collect()
}

/// A row with a mistake of its own is still known, lest every problem that names it is blamed.
fn row(document: &Table<'_>, id: Spanned<String>, mistakes: &mut Vec<Mistake>) -> Option<Row> {
    if let Some(problem) = names::word_problem(&id.value) {
        let title = format!("`{}` cannot be the id of a row", id.value);
        mistakes.push(document.mistake(id.span.clone(), title, problem));
    }
    let table = document.table(&id.value, &format!("the row `{}`", id.value), mistakes)?;
    table.only(&KEYS, mistakes);
    let topic = table.required_string("topic", "topic = \"ownership\"", mistakes);
    if let Some((topic, problem)) = topic.as_ref().and_then(|topic| Some((topic, names::word_problem(&topic.value)?))) {
        let title = format!("`{}` cannot be the name of a topic", topic.value);
        mistakes.push(table.mistake(topic.span.clone(), title, problem));
    }
    let label = table.required_string("label", "label = \"…\"", mistakes);
    let levels = Level::ALL.map(Level::name);
    let level = table.required_word("level", &levels, Level::from_name, mistakes);
    let known = |word: &str| FREQUENCIES.contains(&word).then(|| word.to_owned());
    let frequency = table.required_word("frequency", &FREQUENCIES, known, mistakes);
    let kind = table.required_word("kind", &Kind::ALL.map(Kind::name), Kind::from_name, mistakes);
    Some(Row {
        id: id.value,
        topic: Topic(topic.map_or_else(String::new, |topic| topic.value)),
        label: label.map_or_else(String::new, |label| label.value),
        level: level.map(|level| level.value),
        frequency: frequency.map_or_else(String::new, |frequency| frequency.value),
        kind: kind.map(|kind| kind.value),
    })
}

/// The ids that a problem or a section names; `rows` are those of the syllabus, if the folder has one.
pub(crate) fn covered(table: &Table<'_>, rows: Option<&[Row]>, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let Some(key) = table.key(KEY) else { return Vec::new() };
    let Some(ids) = table.strings(KEY, mistakes) else { return Vec::new() };
    let Some(rows) = rows else {
        let mistake = table.mistake(key, "there is no syllabus", "names rows of one");
        mistakes.push(mistake.help(format!("remove the key, or write the rows into {FILE}")));
        return Vec::new();
    };
    if ids.is_empty() {
        mistakes.push(table.mistake(key, format!("`{KEY}` has 0 entries"), "must have at least one"));
    }
    for (index, id) in ids.iter().enumerate() {
        if ids[..index].iter().any(|first| first.value == id.value) {
            let title = format!("`{}` is named twice in `{KEY}`", id.value);
            mistakes.push(table.mistake(id.span.clone(), title, "named before").help("remove one of the two"));
        }
        if !rows.iter().any(|row| row.id == id.value) {
            let remedy = match nearest(&id.value, rows.iter().map(|row| row.id.as_str())) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add `[{}]` with its {} to {FILE}", id.value, KEYS.join(", ")),
            };
            let title = format!("the syllabus has no row `{}`", id.value);
            mistakes.push(table.mistake(id.span.clone(), title, format!("not in {FILE}")).help(remedy));
        }
    }
    ids.into_iter().map(|id| id.value).collect()
}
