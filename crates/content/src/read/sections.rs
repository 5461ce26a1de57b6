//! The sections of a problem: which there are, in which order, and what their text is.
//!
//! What a section must say is decided elsewhere.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use pulldown_cmark::HeadingLevel;
use quiz::problem::Kind;

use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::read::outline::Outline;
use crate::source::Source;
use crate::spelling::nearest;

const MOST_HINTS: usize = 3;
const SOLUTIONS: RangeInclusive<usize> = 1..=3;
const WRONG_TURNS: RangeInclusive<usize> = 2..=5;
const REMARKS: RangeInclusive<usize> = 2..=5;
const ONLY_CHECKED: &str = "only a `fill` and an `order` have a check";
const ONLY_LET_THROUGH: &str = "only a `choice` and a `predict` may have it";

/// The parts of a problem, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    Prompt,
    Options,
    Check,
    Start,
    Tests,
    HiddenTests,
    Solution,
    WrongTurn,
    Clarify,
    Rubric,
    ModelAnswer,
    FollowUp,
    Mistake,
    Hint,
    Explanation,
    LetThrough,
    Interview,
}

impl Section {
    /// How verdict files call the prompt.
    pub(crate) const PROMPT: &'static str = "prompt";
    /// And the check.
    pub(crate) const CHECK: &'static str = "check";
    /// And what would happen if the compiler accepted the program.
    pub(crate) const LET_THROUGH: &'static str = "if it were let through";
    const WITH_HEADING: [Section; 16] = [
        Section::Options,
        Section::Check,
        Section::Start,
        Section::Tests,
        Section::HiddenTests,
        Section::Solution,
        Section::WrongTurn,
        Section::Clarify,
        Section::Rubric,
        Section::ModelAnswer,
        Section::FollowUp,
        Section::Mistake,
        Section::Hint,
        Section::Explanation,
        Section::LetThrough,
        Section::Interview,
    ];

    /// What its heading says.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Section::Prompt => "",
            Section::Options => "Options",
            Section::Check => "Check",
            Section::Start => "Start",
            Section::Tests => "Tests",
            Section::HiddenTests => "Hidden tests",
            Section::Solution => "Solution",
            Section::WrongTurn => "Wrong turn",
            Section::Clarify => "Clarify",
            Section::Rubric => "Rubric",
            Section::ModelAnswer => "Model answer",
            Section::FollowUp => "Follow-up",
            Section::Mistake => "Mistake",
            Section::Hint => "Hint",
            Section::Explanation => "Explanation",
            Section::LetThrough => "If it were let through",
            Section::Interview => "In an interview",
        }
    }

    /// Whether it holds programs that a `write` runs its tests on, or the tests.
    pub(crate) fn is_of_exercise(self) -> bool {
        match self {
            Section::Start | Section::Tests | Section::HiddenTests | Section::Solution | Section::WrongTurn => true,
            Section::Prompt
            | Section::Options
            | Section::Check
            | Section::Clarify
            | Section::Rubric
            | Section::ModelAnswer
            | Section::FollowUp
            | Section::Mistake
            | Section::Hint
            | Section::Explanation
            | Section::LetThrough
            | Section::Interview => false,
        }
    }

    /// Whether it belongs to what is said aloud and scored.
    fn is_of_discussion(self) -> bool {
        (Section::Clarify..=Section::Mistake).contains(&self)
    }

    fn from_heading(text: &str) -> Option<Section> {
        Section::WITH_HEADING.into_iter().find(|section| section.heading() == text)
    }
}

/// A stretch of Markdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) span: Range<usize>,
    pub(crate) markdown: String,
}

/// A section where it stands.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) section: Section,
    pub(crate) heading: Range<usize>,
    pub(crate) content: Range<usize>,
}

/// The sections of a file, in its order; the first one is the prompt.
#[derive(Debug)]
pub(crate) struct Sections {
    source: Arc<Source>,
    parts: Vec<Part>,
}

impl Sections {
    /// Finds the sections of a file whose body begins at `body`.
    pub(crate) fn find(source: &Arc<Source>, body: usize, outline: &Outline, mistakes: &mut Vec<Mistake>) -> Sections {
        let headings: Vec<_> = outline.headings.iter().filter(|heading| heading.level <= HeadingLevel::H2).collect();
        let end_of = |index: usize| headings.get(index).map_or(source.text.len(), |next| next.span.start);
        let mut found = vec![Part { section: Section::Prompt, heading: body..body, content: body..end_of(0) }];
        for (index, heading) in headings.iter().enumerate() {
            let span = source.line_around(heading.span.start);
            let section = Section::from_heading(heading.text.trim());
            if let Some(section) = section.filter(|_| heading.level == HeadingLevel::H2) {
                found.push(Part { section, heading: span, content: heading.span.end..end_of(index + 1) });
            } else {
                mistakes.push(unknown_section(source, span, heading.text.trim(), heading.level));
            }
        }
        Sections { source: Arc::clone(source), parts: found }
    }

    /// Reports sections that are missing, empty, too many or in the wrong place.
    pub(crate) fn check(&self, kind: Option<Kind>, mistakes: &mut Vec<Mistake>) {
        self.check_order(mistakes);
        self.check_number(kind, mistakes);
        self.check_empty(mistakes);
    }

    /// All sections of this name.
    pub(crate) fn all(&self, section: Section) -> Vec<&Part> {
        self.parts.iter().filter(|found| found.section == section).collect()
    }

    /// The section in which this offset is.
    pub(crate) fn around(&self, offset: usize) -> Section {
        let found = self.parts.iter().rev().find(|found| found.content.start <= offset);
        found.map_or(Section::Prompt, |found| found.section)
    }

    /// The texts of all sections of this name.
    pub(crate) fn texts(&self, section: Section) -> Vec<Text> {
        let text = |found: &&Part| Text {
            span: found.content.clone(),
            markdown: self.source.text[found.content.clone()].trim_matches('\n').trim_end().to_owned(),
        };
        self.all(section).iter().map(text).collect()
    }

    /// The text of the first one.
    pub(crate) fn text(&self, section: Section) -> Text {
        self.texts(section).into_iter().next().unwrap_or_default()
    }

    fn check_order(&self, mistakes: &mut Vec<Mistake>) {
        for pair in self.parts.windows(2) {
            let [earlier, later] = pair else { continue };
            if later.section < earlier.section {
                let title =
                    format!("`## {}` stands behind `## {}`", later.section.heading(), earlier.section.heading());
                let order = "the order is: prompt, options, check, start, tests, hidden tests, solutions, wrong turns, \
                     clarify, rubric, model answer, follow-ups, mistakes, hints, \
                     explanation, if it were let through, interview";
                let mistake = Mistake::at(&self.source, later.heading.clone(), title, "must come earlier");
                let mistake = mistake.and(&self.source, earlier.heading.clone(), "than this");
                mistakes.push(mistake.lint(Lint::SectionOrder).help(order));
            }
        }
    }

    fn check_number(&self, kind: Option<Kind>, mistakes: &mut Vec<Mistake>) {
        for section in Section::WITH_HEADING {
            let found: Vec<Range<usize>> = self.all(section).iter().map(|found| found.heading.clone()).collect();
            let wanted = match (section, kind) {
                (Section::Options, Some(Kind::Choice)) => 1..=1,
                (Section::Check, Some(Kind::Fill | Kind::Order)) | (Section::Options | Section::Check, None) => 0..=1,
                (Section::LetThrough, Some(Kind::Choice | Kind::Predict) | None) => 0..=1,
                (Section::Options | Section::Check | Section::LetThrough, Some(_)) => 0..=0,
                (Section::Solution, Some(Kind::Write)) => SOLUTIONS,
                (Section::WrongTurn, Some(Kind::Write)) => WRONG_TURNS,
                (Section::Clarify, Some(Kind::Discuss | Kind::Write)) => 0..=1,
                (Section::FollowUp | Section::Mistake, Some(Kind::Discuss)) => REMARKS,
                (Section::Rubric | Section::ModelAnswer, Some(Kind::Discuss)) => 1..=1,
                (Section::Hint | Section::Explanation | Section::Interview, Some(Kind::Discuss)) => 0..=0,
                (section, Some(_)) if section.is_of_discussion() => 0..=0,
                (section, None) if section.is_of_exercise() || section.is_of_discussion() => 0..=usize::MAX,
                (section, Some(kind)) if section.is_of_exercise() && kind != Kind::Write => 0..=0,
                (Section::Hint, _) => 1..=MOST_HINTS,
                _ => 1..=1,
            };
            let heading = section.heading();
            if found.len() < *wanted.start() {
                let last_line = self.source.line_around(self.source.text.trim_end().len());
                let remedy = format!("add `## {heading}`");
                let title = match found.len() {
                    0 => format!("the section `{heading}` is missing"),
                    there => format!("{there} of `## {heading}`, at least {} are needed", wanted.start()),
                };
                mistakes.push(Mistake::at(&self.source, last_line, title, "not in this file").help(remedy));
            }
            for extra in found.iter().skip(*wanted.end()) {
                let (title, remedy) = match (section, *wanted.end()) {
                    (Section::Check, 0) => {
                        (format!("`## {heading}` in a problem without a program to assemble"), ONLY_CHECKED)
                    }
                    (section, 0) if section.is_of_exercise() => {
                        (format!("`## {heading}` in a problem of another kind"), "only a `write` has it")
                    }
                    (Section::Clarify, 0) => {
                        (format!("`## {heading}` in a problem of another kind"), "only a `discuss` or a `write` has it")
                    }
                    (section, 0) if section.is_of_discussion() => {
                        (format!("`## {heading}` in a problem of another kind"), "only a `discuss` has it")
                    }
                    (Section::Hint | Section::Explanation | Section::Interview, 0) => {
                        (format!("`## {heading}` in a `discuss`"), "its model answer says what a strong candidate says")
                    }
                    (Section::Solution | Section::WrongTurn | Section::FollowUp | Section::Mistake, _) => {
                        (format!("more than {} of `## {heading}`", wanted.end()), "keep those that teach most")
                    }
                    (Section::LetThrough, 0) => {
                        (format!("`## {heading}` in a problem of another kind"), ONLY_LET_THROUGH)
                    }
                    (_, 0) => (format!("`## {heading}` in a problem without options"), "only a `choice` has options"),
                    (Section::Hint, _) => ("too many hints".to_owned(), "keep the three that lead best"),
                    _ => (format!("a second `## {heading}`"), "make one of the two"),
                };
                let mistake = Mistake::at(&self.source, extra.clone(), title, "").help(remedy);
                mistakes.push(match section {
                    Section::Hint if *wanted.end() > 0 => mistake.lint(Lint::ManyHints),
                    _ => mistake,
                });
            }
        }
    }

    fn check_empty(&self, mistakes: &mut Vec<Mistake>) {
        for found in &self.parts {
            let text = &self.source.text[found.content.clone()];
            if !text.trim().is_empty() {
                continue;
            }
            match found.section {
                Section::Prompt => {
                    let first = self.source.line_around(found.content.start);
                    let remedy = "say what the learner sees and what is asked";
                    mistakes.push(Mistake::at(&self.source, first, "the prompt is empty", "").help(remedy));
                }
                section => {
                    let title = format!("the section `{}` is empty", section.heading());
                    let mistake = Mistake::at(&self.source, found.heading.clone(), title, "nothing stands below");
                    mistakes.push(mistake.help("write it, or remove the heading"));
                }
            }
        }
    }
}

fn unknown_section(source: &Arc<Source>, span: Range<usize>, text: &str, level: HeadingLevel) -> Mistake {
    if level == HeadingLevel::H1 {
        let mistake = Mistake::at(source, span, "a heading of level 1", "no section begins like this");
        return mistake.help("sections begin with `## `; the title stands in the front matter");
    }
    let names = || Section::WITH_HEADING.into_iter().map(Section::heading);
    let remedy = match nearest(text, names()) {
        Some(meant) => format!("did you mean `## {meant}`?"),
        None => "the sections are `## Options`, `## Check`, those of a `write` and of a `discuss` (problems/README.md has them), `## Hint`, `## Explanation`, \
                 `## If it were let through` and `## In an interview`; use `###` for a heading of your own"
            .to_owned(),
    };
    Mistake::at(source, span, format!("unknown section `{text}`"), "not a section").help(remedy)
}
