//! The TOML between the `+++` lines at the top of a problem.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use quiz::problem::{Edition, Kind, Level};
use quiz::role::Role;
use quiz::rule::{self, Code, RULES_OFFERED};

use crate::crates::Crates;
use crate::mistake::Mistake;
use crate::read::blocks::ignore_reason;
use crate::read::crates;
use crate::read::fill::{self, WrittenSlot};
use crate::read::order;
use crate::read::registry::{self, Registries};
use crate::read::table::{self, Table};
use crate::read::what_if;
use crate::source::{Source, Spanned};
use crate::spelling::{count, nearest, with_article};

const FENCE: &str = "+++";
const KEYS: [&str; 13] = [
    "title",
    "kind",
    "level",
    "minutes",
    "revision",
    "edition",
    "concepts",
    "references",
    "answer",
    SLOTS,
    MIRI,
    crates::KEY,
    what_if::KEY,
];
const SLOTS: &str = "slots";
const MIRI: &str = "miri";
const TITLE_LENGTH: usize = 60;
const MINUTES: std::ops::RangeInclusive<u32> = 1..=15;
const NAMED: std::ops::RangeInclusive<usize> = 1..=4;
const ROLES: std::ops::RangeInclusive<usize> = 2..=4;

/// What the front matter says; what is missing or wrong is `None` and has been reported.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) level: Option<Level>,
    pub(crate) minutes: Option<u32>,
    pub(crate) revision: u32,
    pub(crate) edition: Edition,
    pub(crate) concepts: Vec<String>,
    pub(crate) references: Vec<String>,
    pub(crate) answer: Option<StatedAnswer>,
    pub(crate) what_ifs: Vec<what_if::Written>,
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

/// What the author says is right.
#[derive(Clone, Debug)]
pub(crate) enum StatedAnswer {
    /// Pick options.
    Choice { several: bool },
    /// Predict the program.
    Predict { prediction: StatedPrediction, rules: Option<Vec<Code>> },
    /// Tap its lines.
    Spot { code: Spanned<Code>, roles: Vec<(Spanned<Role>, Spanned<u32>)> },
    /// Fill its slots. `accepted` has the picks of each combination, `at` is where they are stated.
    Fill {
        slots: Vec<WrittenSlot>,
        accepted: Vec<Spanned<Vec<usize>>>,
        at: Range<usize>,
        stdout: Option<Spanned<String>>,
    },
    /// Put its lines in order. `also` has the numbers of movable lines from 1, `at` is where they are or would be stated.
    Order { also: Vec<Spanned<Vec<u32>>>, at: Range<usize>, stdout: Option<Spanned<String>> },
}

impl StatedAnswer {
    /// The output that is the check, if it is stated.
    pub(crate) fn stdout(&self) -> Option<&Spanned<String>> {
        match self {
            StatedAnswer::Fill { stdout, .. } | StatedAnswer::Order { stdout, .. } => stdout.as_ref(),
            StatedAnswer::Choice { .. } | StatedAnswer::Predict { .. } | StatedAnswer::Spot { .. } => None,
        }
    }
}

/// What the author says that the program does.
#[derive(Clone, Debug)]
pub(crate) enum StatedPrediction {
    /// It prints this.
    Prints { outcome: Range<usize>, stdout: Spanned<String> },
    /// It is rejected.
    Error { outcome: Range<usize>, code: Spanned<Code>, line: Spanned<u32> },
    /// It panics.
    Panics { outcome: Range<usize>, line: Spanned<u32> },
    /// What it does is undefined.
    Undefined { outcome: Range<usize>, line: Spanned<u32> },
}

impl StatedPrediction {
    /// Where the author wrote the outcome.
    pub(crate) fn outcome(&self) -> Range<usize> {
        match self {
            StatedPrediction::Prints { outcome, .. }
            | StatedPrediction::Error { outcome, .. }
            | StatedPrediction::Panics { outcome, .. }
            | StatedPrediction::Undefined { outcome, .. } => outcome.clone(),
        }
    }
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
    if table.key("minutes").is_none() {
        table.missing("minutes", "minutes = 2", mistakes);
    }
    let minutes = table.number("minutes", MINUTES, mistakes).map(|minutes| minutes.value);
    slots_belong_to_a_fill(table, kind, mistakes);
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
        references: references(table, mistakes),
        answer: kind.and_then(|kind| answer(table, kind, mistakes)),
        miri: miri(table, mistakes),
        crates: crates::read(table, mistakes),
        what_ifs: what_if::read(table, mistakes),
    }
}

fn slots_belong_to_a_fill(table: &Table<'_>, kind: Option<Kind>, mistakes: &mut Vec<Mistake>) {
    let Some(kind) = kind.filter(|kind| *kind != Kind::Fill) else { return };
    if let Some(span) = table.key(SLOTS) {
        let title = format!("`[slots]` in {}", with_article(kind));
        mistakes.push(table.mistake(span, title, "not a key here").help("only a `fill` has slots"));
    }
}

fn miri(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Miri {
    let Some(written) = table.string(MIRI, mistakes) else { return Miri::Looks };
    let (title, label) = match ignore_reason(written.value.trim()) {
        Some("") => ("`miri` is ignored without a reason", "why?"),
        Some(_) => return Miri::Ignored,
        None => ("`miri` can only be ignored", "not understood"),
    };
    let remedy = "say why Miri cannot run the programs: `miri = \"ignore (opens a file)\"`";
    mistakes.push(table.mistake(written.span, title, label).help(remedy));
    Miri::Ignored
}

fn title(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<String> {
    let title = table.required_string("title", "title = \"…\"", mistakes)?;
    let length = title.value.chars().count();
    if title.value.trim().is_empty() {
        mistakes.push(table.mistake(title.span.clone(), "the title is empty", "write a few words"));
    }
    if length > TITLE_LENGTH {
        let label = format!("{length} characters, at most {TITLE_LENGTH} fit on a phone");
        mistakes.push(table.mistake(title.span.clone(), "the title is too long", label));
    }
    if title.value.ends_with('.') {
        let remedy = "a title is not a sentence: remove the full stop";
        mistakes.push(table.mistake(title.span.clone(), "the title ends with a full stop", "").help(remedy));
    }
    Some(title.value)
}

fn concepts(table: &Table<'_>, registries: &Registries, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let concepts = several(table, "concepts", "concepts = [\"move\"]", mistakes);
    for concept in &concepts {
        registry::known_concept(table, concept, &registries.concepts, mistakes);
    }
    concepts.into_iter().map(|concept| concept.value).collect()
}

fn references(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let example = "references = [\"https://doc.rust-lang.org/…\"]";
    let references = several(table, "references", example, mistakes);
    for reference in &references {
        if !is_https(&reference.value) {
            let label = "must be a whole `https://` address";
            mistakes.push(table.mistake(reference.span.clone(), "a reference is not an https address", label));
        }
    }
    references.into_iter().map(|reference| reference.value).collect()
}

fn is_https(address: &str) -> bool {
    let host = address.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| host.contains('.')) && !address.contains(char::is_whitespace)
}

/// One to four different strings.
fn several(table: &Table<'_>, key: &str, example: &str, mistakes: &mut Vec<Mistake>) -> Vec<Spanned<String>> {
    let Some(span) = table.key(key) else {
        table.missing(key, example, mistakes);
        return Vec::new();
    };
    let before = mistakes.len();
    let Some(values) = table.strings(key, mistakes) else { return Vec::new() };
    let all_are_strings = mistakes.len() == before;
    if all_are_strings && !NAMED.contains(&values.len()) {
        let title = format!("`{key}` has {} entries", values.len());
        let label = format!("must have {} to {}", NAMED.start(), NAMED.end());
        mistakes.push(table.mistake(span, title, label));
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

fn answer(front: &Table<'_>, kind: Kind, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    if front.key("answer").is_none() {
        match kind {
            Kind::Choice => return Some(StatedAnswer::Choice { several: false }),
            // Its check may be a section, and its right order is the block's.
            Kind::Order => return Some(StatedAnswer::Order { also: Vec::new(), at: front.span(), stdout: None }),
            Kind::Predict | Kind::Spot | Kind::Fill => {}
        }
        mistakes.push(
            front
                .mistake(
                    front.span(),
                    "`[answer]` is missing",
                    format!("{} states its answer here", with_article(kind)),
                )
                .help(answer_example(kind)),
        );
    }
    let table = front.table("answer", &format!("the answer of {}", with_article(kind)), mistakes)?;
    match kind {
        Kind::Choice => choice(&table, mistakes),
        Kind::Predict => predict(&table, mistakes),
        Kind::Spot => spot(&table, mistakes),
        Kind::Fill => fill::read(front, &table, mistakes),
        Kind::Order => order::read(&table, mistakes),
    }
}

fn answer_example(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => "add `[answer]` and `select = \"several\"`",
        Kind::Predict => "add `[answer]` and `outcome = \"prints\"`, `\"error\"`, `\"panics\"` or `\"undefined\"`",
        Kind::Spot => "add `[answer]` with `code` and two to four `[[answer.roles]]`",
        Kind::Fill => "add `[answer]` with `accepted` and, unless there is a `## Check`, `stdout`",
        Kind::Order => "add `[answer]` with `stdout`, unless there is a `## Check`",
    }
}

fn choice(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    table.only(&["select"], mistakes);
    let several = |word: &str| match word {
        "one" => Some(false),
        "several" => Some(true),
        _ => None,
    };
    let select = table.word("select", &["one", "several"], several, mistakes);
    Some(StatedAnswer::Choice { several: select.is_some_and(|select| select.value) })
}

#[derive(Clone, Copy)]
enum OutcomeName {
    Prints,
    Error,
    Panics,
    Undefined,
}

fn predict(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    let meaning = |word: &str| match word {
        "prints" => Some(OutcomeName::Prints),
        "error" => Some(OutcomeName::Error),
        "panics" => Some(OutcomeName::Panics),
        "undefined" => Some(OutcomeName::Undefined),
        _ => None,
    };
    let words = ["prints", "error", "panics", "undefined"];
    let outcome = table.required_word("outcome", &words, meaning, mistakes)?;
    let prediction = match outcome.value {
        OutcomeName::Prints => {
            table.only(&["outcome", "stdout", "rules"], mistakes);
            let stdout = table.required_string("stdout", "stdout = \"…\\n\"", mistakes)?;
            StatedPrediction::Prints { outcome: outcome.span, stdout }
        }
        OutcomeName::Error => {
            table.only(&["outcome", "code", "line", "rules"], mistakes);
            let (code, line) = (code(table, mistakes), line(table, mistakes));
            StatedPrediction::Error { outcome: outcome.span, code: code?, line: line? }
        }
        OutcomeName::Panics => {
            table.only(&["outcome", "line", "rules"], mistakes);
            StatedPrediction::Panics { outcome: outcome.span, line: line(table, mistakes)? }
        }
        OutcomeName::Undefined => {
            table.only(&["outcome", "line", "rules"], mistakes);
            StatedPrediction::Undefined { outcome: outcome.span, line: line(table, mistakes)? }
        }
    };
    let right = match &prediction {
        StatedPrediction::Error { code, .. } => Some(code),
        StatedPrediction::Prints { .. } | StatedPrediction::Panics { .. } | StatedPrediction::Undefined { .. } => None,
    };
    if let Some(code) = right {
        known_rule(table, &code.value, code.span.clone(), mistakes);
    }
    let rules = rules(table, right, mistakes);
    Some(StatedAnswer::Predict { prediction, rules })
}

/// A line of a program, from 1.
pub(crate) fn line(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<u32>> {
    if table.key("line").is_none() {
        table.missing("line", "line = 1", mistakes);
    }
    table.number("line", 1..=u32::MAX, mistakes)
}

/// An error code of rustc.
pub(crate) fn code(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Spanned<Code>> {
    let code = table.required_string("code", "code = \"E0382\"", mistakes)?;
    if !is_code(&code.value) {
        let title = format!("`{}` is not an error code", code.value);
        mistakes.push(table.mistake(code.span, title, "a code is an `E` and four digits, as in `E0382`"));
        return None;
    }
    Some(Spanned { value: Code(code.value), span: code.span })
}

/// Whether this looks like an error code of rustc.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == 5 && text.starts_with('E') && text[1..].bytes().all(|byte| byte.is_ascii_digit())
}

fn known_rule(table: &Table<'_>, code: &Code, span: Range<usize>, mistakes: &mut Vec<Mistake>) {
    if rule::sentence(code).is_some() {
        return;
    }
    let known: Vec<Code> = rule::known_codes().collect();
    let meant = nearest(&code.0, known.iter().map(|code| code.0.as_str()));
    let remedy = meant.map(|meant| format!("did you mean `{meant}`? The rules are listed in problems/README.md"));
    let title = format!("there is no rule for `{code}`");
    mistakes.push(table.mistake(span, title, "a learner could not choose it").maybe_help(remedy));
}

fn rules(table: &Table<'_>, right: Option<&Spanned<Code>>, mistakes: &mut Vec<Mistake>) -> Option<Vec<Code>> {
    let span = table.key("rules")?;
    let rules = table.strings("rules", mistakes)?;
    for rule in &rules {
        known_rule(table, &Code(rule.value.clone()), rule.span.clone(), mistakes);
    }
    let distinct: BTreeSet<&str> = rules.iter().map(|rule| rule.value.as_str()).collect();
    if rules.len() != RULES_OFFERED || distinct.len() != rules.len() {
        let label = format!("{}, {} of them different", count(rules.len(), "rule"), distinct.len());
        let title = format!("`rules` must name {RULES_OFFERED} different rules");
        mistakes.push(table.mistake(span.clone(), title, label));
    }
    if let Some(right) = right.filter(|right| !distinct.contains(right.value.0.as_str())) {
        let mistake =
            table.mistake(span, "`rules` lacks the right one", format!("`{}` is not among them", right.value));
        mistakes.push(mistake.and(table.source(), right.span.clone(), "the right one"));
    }
    Some(rules.into_iter().map(|rule| Code(rule.value)).collect())
}

fn spot(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    table.only(&["code", "roles"], mistakes);
    let code = code(table, mistakes);
    let Some(span) = table.key("roles") else {
        mistakes.push(
            table
                .mistake(table.span(), "`roles` is missing", "a `spot` asks for lines")
                .help("add two to four `[[answer.roles]]`, each with a `role` and a `line`"),
        );
        return None;
    };
    let tables = table.tables("roles", "a role", mistakes);
    let stated = tables.len();
    if !ROLES.contains(&stated) {
        let label = format!("must be {} to {}", ROLES.start(), ROLES.end());
        mistakes.push(table.mistake(span, format!("`spot` asks for {}", count(stated, "line")), label));
    }
    let roles: Vec<_> = tables.iter().filter_map(|role| role_line(role, mistakes)).collect();
    distinct_roles(table, &roles, mistakes);
    // With a role left out, comparing the others would still be right, but the answer as a whole is not known.
    (roles.len() == stated).then_some(StatedAnswer::Spot { code: code?, roles })
}

fn role_line(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<(Spanned<Role>, Spanned<u32>)> {
    table.only(&["role", "line"], mistakes);
    let names = Role::ALL.map(Role::name);
    let role = table.required_word("role", &names, Role::from_name, mistakes);
    let line = line(table, mistakes);
    Some((role?, line?))
}

fn distinct_roles(table: &Table<'_>, roles: &[(Spanned<Role>, Spanned<u32>)], mistakes: &mut Vec<Mistake>) {
    for (index, (role, line)) in roles.iter().enumerate() {
        let earlier = &roles[..index];
        if let Some((first, _)) = earlier.iter().find(|(other, _)| other.value == role.value) {
            let title = format!("the role `{}` is asked for twice", role.value.name());
            mistakes.push(table.mistake(role.span.clone(), title, "again here").and(
                table.source(),
                first.span.clone(),
                "first here",
            ));
        }
        if let Some((_, first)) = earlier.iter().find(|(_, other)| other.value == line.value) {
            let title = format!("line {} plays two roles", line.value);
            mistakes.push(
                table
                    .mistake(line.span.clone(), title, "again here")
                    .and(table.source(), first.span.clone(), "first here")
                    .help("each role needs a line of its own: leave one out, or split the line of the program"),
            );
        }
    }
}
