//! The TOML between the `+++` lines at the top of a problem: each of its keys, but for those of the answer.
//!
//! It must not know the rest of the file, so what can only be said of both together is said elsewhere.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use quiz::problem::{Edition, Kind, Level};
use quiz::web_address::WebAddress;

use crate::crates::Crates;
use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::read::answer;
use crate::read::crates;
use crate::read::fill::{MISCONCEPTIONS, SLOTS};
use crate::read::keys::ignore_reason;
use crate::read::registry::{self, Registries};
use crate::read::statement::StatedAnswer;
use crate::read::syllabus;
use crate::read::table::{self, Table};
use crate::read::what_if;
use crate::read::write::COMPLEXITY;
use crate::source::{Source, Spanned};
use crate::spelling::with_article;

const FENCE: &str = "+++";
const KEYS: [&str; 16] = [
    "title",
    "kind",
    "level",
    "minutes",
    "revision",
    "edition",
    "concepts",
    "references",
    syllabus::KEY,
    "answer",
    SLOTS,
    MISCONCEPTIONS,
    COMPLEXITY,
    MIRI,
    crates::KEY,
    what_if::KEY,
];
const MIRI: &str = "miri";
const TITLE_LENGTH: usize = 60;
/// More is two problems.
const MINUTES: u32 = 15;
/// A program from a blank page, or a design, takes as long as a round of an interview.
const MINUTES_OF_A_ROUND: u32 = 45;
/// How many concepts a problem is about, and how many references support it, at most.
const NAMED: usize = 4;

/// What the front matter says; what is missing or wrong is `None` and has been reported.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<Spanned<String>>,
    pub(crate) kind: Option<Kind>,
    pub(crate) level: Option<Level>,
    pub(crate) minutes: Option<u32>,
    pub(crate) revision: u32,
    pub(crate) edition: Edition,
    pub(crate) concepts: Vec<String>,
    pub(crate) references: Vec<WebAddress>,
    /// The ids of the rows of the syllabus that it covers.
    pub(crate) syllabus: Vec<String>,
    pub(crate) answer: Option<StatedAnswer>,
    pub(crate) what_ifs: Vec<what_if::WrittenEdit>,
    /// Whether its programs run under Miri as well.
    pub(crate) miri: Miri,
    /// The crates that its programs use.
    pub(crate) crates: Crates,
}

/// Whether Miri looks at what runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Miri {
    /// It does, and finds nothing.
    #[default]
    Looks,
    /// It cannot, for a reason that the author gives.
    Ignored,
}

/// Splits a file into its front matter and the place where the body begins.
pub(crate) fn split(source: &Source) -> Option<(Range<usize>, usize)> {
    let text = &source.text;
    let start = FENCE.len() + 1;
    if !text.starts_with("+++\n") {
        return None;
    }
    let mut line_start = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Some((start..line_start, line_start + line.len()));
        }
        line_start += line.len();
    }
    None
}

/// Reads the front matter of a file.
pub(crate) fn read(
    source: &Arc<Source>,
    range: Range<usize>,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) -> FrontMatter {
    let opening = 0..FENCE.len();
    match table::parse(source, range.clone(), "the front matter") {
        Ok(document) => {
            let table = Table::new(source, range.start, "the front matter", document.get_ref(), opening);
            from_table(&table, registries, mistakes)
        }
        Err(errors) => {
            mistakes.extend(errors);
            FrontMatter::default()
        }
    }
}

fn from_table(table: &Table<'_>, registries: &Registries, mistakes: &mut Vec<Mistake>) -> FrontMatter {
    table.only(&KEYS, mistakes);
    let kinds = Kind::ALL.map(Kind::name);
    let levels = Level::ALL.map(Level::name);
    let years = Edition::ALL.map(Edition::year);
    let title = title(table, mistakes);
    let kind = table.required_word("kind", &kinds, Kind::from_name, mistakes).map(|kind| kind.value);
    let level = table.required_word("level", &levels, Level::from_name, mistakes).map(|level| level.value);
    let minutes = minutes(table, kind, mistakes);
    belongs_to(table, kind, SLOTS, Kind::Fill, mistakes);
    belongs_to(table, kind, MISCONCEPTIONS, Kind::Fill, mistakes);
    belongs_to(table, kind, COMPLEXITY, Kind::Write, mistakes);
    is_of_one_edition(table, kind, mistakes);
    let revision = table.number("revision", 1..=u32::MAX, mistakes).map_or(1, |revision| revision.value);
    let edition = table.word("edition", &years, Edition::from_year, mistakes);
    FrontMatter {
        title,
        kind,
        level,
        minutes,
        revision,
        edition: edition.map_or_else(Edition::default, |edition| edition.value),
        concepts: concepts(table, registries, mistakes),
        references: references(table, kind, registries, mistakes),
        syllabus: syllabus::covered(table, registries.syllabus.as_deref(), mistakes),
        answer: kind.and_then(|kind| answer::read(table, kind, registries, mistakes)),
        miri: miri(table, mistakes),
        crates: crates::read(table, mistakes),
        what_ifs: what_if::read(table, mistakes),
    }
}

fn minutes(table: &Table<'_>, kind: Option<Kind>, mistakes: &mut Vec<Mistake>) -> Option<u32> {
    let most = if kind.is_some_and(Kind::is_by_choice) { MINUTES_OF_A_ROUND } else { MINUTES };
    if table.key("minutes").is_none() {
        table.missing("minutes", "minutes = 2", mistakes);
    }
    let minutes = table.number("minutes", 1..=u32::MAX, mistakes)?;
    if minutes.value > most {
        let title = format!("the problem takes {} minutes", minutes.value);
        let mistake = table.mistake(minutes.span, title, format!("at most {most} fit into an interview"));
        mistakes.push(mistake.lint(Lint::LongProblem).help("make two problems of it"));
    }
    Some(minutes.value)
}

/// Reports an edition of a `write`: a learner writes in the one that the app offers.
fn is_of_one_edition(table: &Table<'_>, kind: Option<Kind>, mistakes: &mut Vec<Mistake>) {
    if let Some(span) = table.key("edition").filter(|_| kind == Some(Kind::Write)) {
        let title = format!("`edition` in {}", with_article(Kind::Write));
        let remedy = format!("remove it: learners write in edition {}", Edition::default().year());
        mistakes.push(table.mistake(span, title, "not a key here").help(remedy));
    }
}

/// Reports a key that belongs to another kind.
fn belongs_to(table: &Table<'_>, kind: Option<Kind>, key: &str, owner: Kind, mistakes: &mut Vec<Mistake>) {
    let Some(kind) = kind.filter(|kind| *kind != owner) else { return };
    if let Some(span) = table.key(key) {
        let title = format!("`[{key}]` in {}", with_article(kind));
        let remedy = match key {
            SLOTS => format!("only {} has slots", with_article(owner)),
            MISCONCEPTIONS => {
                "an option and a wrong turn name theirs in their text: Misconception: `for-borrows`".to_owned()
            }
            _ => format!("only {} has it", with_article(owner)),
        };
        mistakes.push(table.mistake(span, title, "not a key here").help(remedy));
    }
}

fn miri(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Miri {
    let Some(written) = table.string(MIRI, mistakes) else { return Miri::Looks };
    let mistake = match ignore_reason(written.value.trim()) {
        Some("") => {
            table.mistake(written.span, "`miri` is ignored without a reason", "why?").lint(Lint::IgnoreWithoutReason)
        }
        Some(_) => return Miri::Ignored,
        None => table.mistake(written.span, "`miri` can only be ignored", "not understood"),
    };
    mistakes.push(mistake.help("say why Miri cannot run the programs: `miri = \"ignore (opens a file)\"`"));
    Miri::Ignored
}

fn title(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<String>> {
    let title = table.required_string("title", "title = \"…\"", mistakes)?;
    let length = title.value.chars().count();
    if title.value.trim().is_empty() {
        mistakes.push(table.mistake(title.span.clone(), "the title is empty", "write a few words"));
    }
    if length > TITLE_LENGTH {
        let label = format!("{length} characters, at most {TITLE_LENGTH} fit on a phone");
        mistakes.push(table.mistake(title.span.clone(), "the title is too long", label).lint(Lint::LongTitle));
    }
    if title.value.contains('`') {
        let remedy = "titles are plain text on every page: remove the backticks";
        mistakes.push(table.mistake(title.span.clone(), "the title has backticks", "shown as they are").help(remedy));
    }
    if title.value.ends_with('.') {
        let remedy = "a title is not a sentence: remove the full stop";
        let mistake = table.mistake(title.span.clone(), "the title ends with a full stop", "");
        mistakes.push(mistake.lint(Lint::TitleFullStop).help(remedy));
    }
    Some(title)
}

fn concepts(table: &Table<'_>, registries: &Registries, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let concepts = several(table, "concepts", "concepts = [\"move\"]", Lint::ManyConcepts, mistakes);
    for concept in &concepts {
        registry::known_concept(table, concept, &registries.concepts, mistakes);
    }
    concepts.into_iter().map(|concept| concept.value).collect()
}

/// What is said aloud may have no page that supports it.
fn references(
    table: &Table<'_>,
    kind: Option<Kind>,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) -> Vec<WebAddress> {
    if kind == Some(Kind::Discuss) && table.key("references").is_none() {
        return Vec::new();
    }
    let example = "references = [\"https://doc.rust-lang.org/…\"]";
    let references = several(table, "references", example, Lint::ManyReferences, mistakes);
    let mut addresses = Vec::new();
    for reference in &references {
        let Some(address) = WebAddress::parse(&reference.value) else {
            let label = "must be a whole `https://` address";
            mistakes.push(table.mistake(reference.span.clone(), "a reference is not an https address", label));
            continue;
        };
        addresses.push(address);
        registry::titled_reference(table, reference, registries, mistakes);
    }
    addresses
}

/// One or more different strings; too many break a house rule.
fn several(
    table: &Table<'_>,
    key: &str,
    example: &str,
    too_many: Lint,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Spanned<String>> {
    let Some(span) = table.key(key) else {
        table.missing(key, example, mistakes);
        return Vec::new();
    };
    let before = mistakes.len();
    let Some(values) = table.strings(key, mistakes) else { return Vec::new() };
    let all_are_strings = mistakes.len() == before;
    if all_are_strings && (values.is_empty() || values.len() > NAMED) {
        let title = format!("`{key}` has {} entries", values.len());
        mistakes.push(match values.is_empty() {
            true => table.mistake(span, title, "must have at least one"),
            false => table.mistake(span, title, format!("1 to {NAMED} are good")).lint(too_many),
        });
    }
    let mut seen = BTreeSet::new();
    for value in &values {
        if !seen.insert(&value.value) {
            let title = format!("`{}` is named twice in `{key}`", value.value);
            mistakes.push(table.mistake(value.span.clone(), title, "named before").help("remove one of the two"));
        }
    }
    values
}
