//! The Rust blocks of a problem: their attributes, which are rustdoc's, and what may stand in them.

use std::ops::Range;
use std::sync::Arc;

use quiz::problem::Edition;
use quiz::program;
use quiz::rule::Code;

use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::read::keys::ignore_reason;
use crate::read::markers::without_marker;
use crate::read::outline::CodeBlock;
use crate::source::Source;
use crate::spelling::nearest;

/// How wide code may be.
pub(crate) const COLUMNS: usize = 60;
const ATTRIBUTES: [&str; 9] = [
    "compile_fail",
    "should_panic",
    "no_run",
    "undefined",
    "ignore",
    "edition2015",
    "edition2018",
    "edition2021",
    "edition2024",
];

/// A Rust block and what its author claims of it.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Where it stands, as verdict files say it: `prompt`, `option 2`, `hint 1`, `explanation`, `in an interview`.
    pub(crate) place: String,
    /// The whole block.
    pub(crate) span: Range<usize>,
    /// The opening fence.
    pub(crate) fence: Range<usize>,
    /// The line of the file, from 1, on which its code begins.
    pub(crate) first_line: usize,
    /// Its code as written.
    pub(crate) code: String,
    /// What must be true of it.
    pub(crate) claim: Claim,
    /// The edition that its fence names.
    pub(crate) edition: Option<Edition>,
    /// Whether its fence names anything but `rust`.
    pub(crate) has_attributes: bool,
}

/// What the fence says must be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// It compiles, runs and ends normally.
    Runs,
    /// It is rejected with this code, or without any, as some errors have none.
    Rejected(Option<Code>),
    /// It compiles, and panics when it runs.
    Panics,
    /// It compiles.
    Compiles,
    /// It compiles, and Miri finds that its behaviour is undefined.
    Undefined,
    /// Nobody looks at it.
    Ignored(String),
}

impl Block {
    /// The program that is compiled.
    pub(crate) fn compiled(&self) -> String {
        program::compiled(&self.code)
    }

    /// The place in the file of a line of the code as written, from 1.
    pub(crate) fn line(&self, source: &Source, line: u32) -> Range<usize> {
        source.line(self.first_line + (line as usize).saturating_sub(1))
    }

    /// The place in the file of a line of the *compiled* program: `None` for the wrapper's own lines.
    pub(crate) fn compiled_line(&self, source: &Source, line: u32) -> Option<Range<usize>> {
        let wrapper = u32::from(self.compiled().lines().count() > self.code.lines().count());
        let line = line.checked_sub(wrapper).filter(|line| *line >= 1)?;
        (line as usize <= self.code.lines().count()).then(|| self.line(source, line))
    }
}

/// Reads one code block; `None` if it is in another language. Wrong ones are reported.
pub(crate) fn read(source: &Arc<Source>, block: &CodeBlock, place: &str, mistakes: &mut Vec<Mistake>) -> Option<Block> {
    let fence = fence_span(source, block);
    let Some(info) = &block.info else {
        let title = "a code block is made by indentation";
        mistakes.push(
            Mistake::at(source, fence, title, "four blanks make this code")
                .help("put it between ```` ``` ```` fences that name the language"),
        );
        return None;
    };
    unclosed(source, block, &fence, mistakes);
    let (language, attributes) = split_info(info);
    if language.is_empty() {
        mistakes.push(
            Mistake::at(source, fence, "a fence without a language", "which language is this?")
                .help("write ```` ```rust ````, or ```` ```text ```` for what is no language"),
        );
        return None;
    }
    if ATTRIBUTES.contains(&language) || nearest(language, ["rust"]).is_some_and(|meant| meant != language) {
        mistakes.push(
            Mistake::at(source, fence, format!("unknown language `{language}`"), "not a language")
                .help("the first word of a fence is its language: write `rust` and then the attributes"),
        );
        return None;
    }
    if language != "rust" {
        return None;
    }
    too_wide(source, block, mistakes);
    let attributes = read_attributes(source, &fence, attributes, mistakes);
    Some(Block {
        place: place.to_owned(),
        span: block.span.clone(),
        first_line: source.line_at(fence.start) + 1,
        fence,
        code: block.code.clone(),
        claim: attributes.claim,
        edition: attributes.edition,
        has_attributes: attributes.any,
    })
}

fn fence_span(source: &Source, block: &CodeBlock) -> Range<usize> {
    let line = source.line_around(block.span.start);
    block.span.start..line.end.max(block.span.start)
}

fn unclosed(source: &Arc<Source>, block: &CodeBlock, fence: &Range<usize>, mistakes: &mut Vec<Mistake>) {
    let last = source.text[block.span.clone()].lines().last().unwrap_or("").trim();
    let closed = last.len() >= 3 && last.chars().all(|c| matches!(c, '`' | '~')) && block.span.end > fence.end;
    if !closed {
        mistakes.push(
            Mistake::at(source, fence.clone(), "a code block is never closed", "opened here")
                .help("close it with the same fence on a line of its own"),
        );
    }
}

fn split_info(info: &str) -> (&str, &str) {
    let info = info.trim();
    let end = info.find([',', ' ', '\t']).unwrap_or(info.len());
    (&info[..end], info[end..].trim_start_matches([',', ' ', '\t']))
}

fn too_wide(source: &Arc<Source>, block: &CodeBlock, mistakes: &mut Vec<Mistake>) {
    let first_line = source.line_at(block.span.start) + 1;
    for (index, line) in block.code.lines().enumerate() {
        let shown = line.trim_start().strip_prefix("# ").unwrap_or(without_marker(line));
        let columns = shown.chars().count();
        if columns > COLUMNS {
            let span = source.line(first_line + index);
            let title = format!("a line of code is {columns} columns wide");
            let mistake = Mistake::at(source, span, title, format!("at most {COLUMNS} fit on a phone"));
            mistakes.push(mistake.lint(Lint::WideLine).help("break the line"));
        }
    }
}

/// What a fence says behind its language.
struct Attributes {
    claim: Claim,
    edition: Option<Edition>,
    any: bool,
}

/// One word of it.
enum Attribute<'a> {
    CompileFail,
    Code(Code),
    ShouldPanic,
    NoRun,
    Undefined,
    Ignore(&'a str),
    Edition(Edition),
    Unknown(&'a str),
}

fn attribute(word: &str) -> Attribute<'_> {
    match word {
        "compile_fail" => Attribute::CompileFail,
        "should_panic" => Attribute::ShouldPanic,
        "no_run" => Attribute::NoRun,
        "undefined" => Attribute::Undefined,
        _ if Code::from(word).is_code() => Attribute::Code(Code::from(word)),
        _ => {
            let edition = word.strip_prefix("edition").and_then(Edition::from_year).map(Attribute::Edition);
            let ignore = ignore_reason(word).map(Attribute::Ignore);
            edition.or(ignore).unwrap_or(Attribute::Unknown(word))
        }
    }
}

fn read_attributes(
    source: &Arc<Source>,
    fence: &Range<usize>,
    mut rest: &str,
    mistakes: &mut Vec<Mistake>,
) -> Attributes {
    let mut words = Vec::new();
    while !rest.is_empty() {
        let (word, after) = next_attribute(rest);
        words.push(attribute(word));
        rest = after;
    }
    let wrong = |title: &str, label: &str, remedy: &str| Mistake::at(source, fence.clone(), title, label).help(remedy);
    check_attributes(&words, wrong, mistakes);
    let edition = words.iter().find_map(|word| match word {
        Attribute::Edition(edition) => Some(*edition),
        _ => None,
    });
    Attributes { claim: claim(&words), edition, any: !words.is_empty() }
}

/// Reports what is wrong with the attributes of a fence; `wrong` makes a mistake of title, label and remedy.
fn check_attributes(words: &[Attribute<'_>], wrong: impl Fn(&str, &str, &str) -> Mistake, mistakes: &mut Vec<Mistake>) {
    let mut known = true;
    for word in words {
        match word {
            Attribute::Unknown(word) => {
                known = false;
                mistakes.push(wrong(&format!("unknown attribute `{word}`"), "not an attribute", &did_you_mean(word)));
            }
            Attribute::Ignore("") => {
                let remedy = "say why the compiler must not see it: `rust,ignore (needs the crate tokio)`";
                mistakes.push(wrong("`ignore` without a reason", "why?", remedy).lint(Lint::IgnoreWithoutReason));
            }
            _ => {}
        }
    }
    let fails = words.iter().any(|word| matches!(word, Attribute::CompileFail));
    // Beside an unknown word it is most likely a misspelt `compile_fail`.
    if let Some(code) = code(words).filter(|_| known && !fails) {
        let remedy = format!("write `rust,compile_fail,{code}`");
        mistakes.push(wrong(&format!("`{code}` without `compile_fail`"), "", &remedy));
    }
    if words.iter().filter(|word| is_claim(word)).count() > 1 {
        let remedy = "keep one of `compile_fail`, `should_panic`, `no_run`, `undefined` and `ignore`";
        mistakes.push(wrong("attributes that contradict each other", "", remedy));
    }
}

fn is_claim(word: &Attribute<'_>) -> bool {
    !matches!(word, Attribute::Code(_) | Attribute::Edition(_) | Attribute::Unknown(_))
}

fn code(words: &[Attribute<'_>]) -> Option<Code> {
    words.iter().find_map(|word| match word {
        Attribute::Code(code) => Some(code.clone()),
        _ => None,
    })
}

fn claim(words: &[Attribute<'_>]) -> Claim {
    match words.iter().find(|word| is_claim(word)) {
        Some(Attribute::CompileFail) => Claim::Rejected(code(words)),
        Some(Attribute::ShouldPanic) => Claim::Panics,
        Some(Attribute::NoRun) => Claim::Compiles,
        Some(Attribute::Undefined) => Claim::Undefined,
        Some(Attribute::Ignore(reason)) => Claim::Ignored((*reason).to_owned()),
        _ => Claim::Runs,
    }
}

fn did_you_mean(word: &str) -> String {
    match nearest(word, ATTRIBUTES) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "the attributes are `compile_fail,E…`, `should_panic`, `no_run`, `ignore (why)` and `edition2021`"
            .to_owned(),
    }
}

/// The next attribute and what comes after it. A reason in parentheses belongs to its `ignore`.
fn next_attribute(rest: &str) -> (&str, &str) {
    let separator = |c: char| c == ',' || c.is_whitespace();
    let end = match rest.strip_prefix("ignore").map(str::trim_start).filter(|after| after.starts_with('(')) {
        Some(after) => rest.len() - after.len() + after.find(')').map_or(after.len(), |close| close + 1),
        None => rest.find(separator).unwrap_or(rest.len()),
    };
    (&rest[..end], rest[end..].trim_start_matches(separator))
}
