//! A mistake in somebody's file, told in the way rustc tells one: what is wrong, where, and what to do about it.
//!
//! It knows no problem. What breaks a house rule only is a mistake as well, but a warning until warnings are denied.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::lint::Lint;
use crate::source::Source;

/// Something that its author has to put right.
#[derive(Clone, Debug)]
pub struct Mistake {
    title: String,
    file: String,
    marks: Vec<MarkedPlace>,
    notes: Vec<String>,
    remedies: Vec<String>,
    level: Severity,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Severity {
    /// It makes an answer wrong or a page fail.
    Error,
    /// It breaks a house rule.
    Warning(Lint),
    /// It breaks a house rule, and all of these must hold.
    Denied(Lint),
}

/// A place that a mistake is about.
#[derive(Clone, Debug)]
struct MarkedPlace {
    source: Arc<Source>,
    span: Range<usize>,
    label: String,
}

impl Mistake {
    /// A mistake at a place in a file.
    pub(crate) fn at(
        source: &Arc<Source>,
        span: Range<usize>,
        title: impl Into<String>,
        label: impl Into<String>,
    ) -> Mistake {
        let mistake = Mistake::in_file(&source.path, title);
        mistake.and(source, span, label)
    }

    /// A mistake about a whole file, or about one that is not there.
    pub(crate) fn in_file(path: &str, title: impl Into<String>) -> Mistake {
        Mistake {
            title: title.into(),
            file: path.to_owned(),
            marks: Vec::new(),
            notes: Vec::new(),
            remedies: Vec::new(),
            level: Severity::Error,
        }
    }

    /// Makes it a matter of taste: it breaks this house rule and nothing else.
    pub(crate) fn lint(mut self, lint: Lint) -> Mistake {
        self.level = Severity::Warning(lint);
        self
    }

    /// Makes a warning an error.
    pub(crate) fn denied(mut self) -> Mistake {
        if let Severity::Warning(lint) = self.level {
            self.level = Severity::Denied(lint);
        }
        self
    }

    /// Whether its author may leave it.
    pub fn is_warning(&self) -> bool {
        matches!(self.level, Severity::Warning(_))
    }

    /// The house rule that it breaks; none if it is more than a matter of taste.
    pub fn house_rule(&self) -> Option<Lint> {
        match self.level {
            Severity::Error => None,
            Severity::Warning(lint) | Severity::Denied(lint) => Some(lint),
        }
    }

    /// Shows another place as well.
    pub(crate) fn and(mut self, source: &Arc<Source>, span: Range<usize>, label: impl Into<String>) -> Mistake {
        self.marks.push(MarkedPlace { source: Arc::clone(source), span, label: label.into() });
        self
    }

    /// Adds a fact.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Mistake {
        self.notes.push(note.into());
        self
    }

    /// Adds what to do.
    pub(crate) fn help(mut self, remedy: impl Into<String>) -> Mistake {
        self.remedies.push(remedy.into());
        self
    }

    /// Adds what to do, if there is something to say.
    pub(crate) fn maybe_help(self, remedy: Option<String>) -> Mistake {
        match remedy {
            Some(remedy) => self.help(remedy),
            None => self,
        }
    }

    /// What is wrong, in a line.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The file it is in.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line, from 1, or `None` if the whole file is meant.
    pub fn line(&self) -> Option<usize> {
        self.marks.first().map(|mark| mark.source.line_at(mark.span.start))
    }

    /// What to do about it.
    pub fn remedies(&self) -> &[String] {
        &self.remedies
    }

    fn place(&self) -> (&str, Option<usize>, &str) {
        (&self.file, self.marks.first().map(|mark| mark.span.start), &self.title)
    }

    /// Whether one of its places is on this line of its file.
    pub(crate) fn marks_line(&self, line: usize) -> bool {
        self.marks
            .iter()
            .any(|mark| (mark.source.line_at(mark.span.start)..=mark.source.line_at(mark.span.end)).contains(&line))
    }

    /// The whole message, as rustc would print it.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let level = if self.is_warning() { Level::WARNING } else { Level::ERROR };
        let group = level.primary_title(&self.title).elements(self.elements());
        let message = renderer.render(&[group]);
        // Without a line number the renderer leaves no margin; rustc leaves one column.
        if self.marks.is_empty() { message.replace('\n', "\n ") } else { message }
    }

    fn elements(&self) -> Vec<Element<'_>> {
        let mut elements: Vec<Element<'_>> = self.snippets();
        elements.extend(self.notes.iter().map(|note| Level::NOTE.message(note).into()));
        let why = match self.level {
            Severity::Error => None,
            Severity::Warning(lint) => Some(format!("`{}` is a warning by default", lint.name())),
            Severity::Denied(lint) => Some(format!("`{}` is denied by `--deny-warnings`", lint.name())),
        };
        elements.extend(why.map(|why| Level::NOTE.message(why).into()));
        elements.extend(self.remedies.iter().map(|remedy| Level::HELP.message(remedy).into()));
        elements
    }

    fn snippets(&self) -> Vec<Element<'_>> {
        if self.marks.is_empty() {
            return vec![Origin::path(&self.file).into()];
        }
        let mut snippets: Vec<Element<'_>> = Vec::new();
        for marks in self.marks.chunk_by(|one, other| Arc::ptr_eq(&one.source, &other.source)) {
            let source = &marks[0].source;
            let snippet = Snippet::source(&source.text).path(&source.path);
            snippets.push(snippet.annotations(marks.iter().map(|mark| self.annotation(mark))).into());
        }
        snippets
    }

    fn annotation<'a>(&'a self, mark: &'a MarkedPlace) -> Annotation<'a> {
        let first = self.marks.first().is_some_and(|first| std::ptr::eq(first, mark));
        let kind = if first { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(mark.span.clone());
        if mark.label.is_empty() { annotation } else { annotation.label(&mark.label) }
    }

    /// The message for other programs.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "level": if self.is_warning() { "warning" } else { "error" },
            "rule": self.house_rule().map(Lint::name),
            "message": self.title,
            "file": self.file,
            "line": self.line(),
            "marks": self.marks.iter().map(MarkedPlace::to_json).collect::<Vec<_>>(),
            "notes": self.notes,
            "help": self.remedies,
            "rendered": self.render(false),
        })
    }
}

impl MarkedPlace {
    fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "file": self.source.path,
            "line": self.source.line_at(self.span.start),
            "label": self.label,
        })
    }
}

/// Puts mistakes in the order of files and lines, and drops repetitions.
pub(crate) fn sort(mistakes: &mut Vec<Mistake>) {
    mistakes.sort_by(|a, b| a.place().cmp(&b.place()));
    mistakes.dedup_by(|a, b| a.place() == b.place());
}

/// How many of them must be put right.
pub(crate) fn errors(mistakes: &[Mistake]) -> usize {
    mistakes.iter().filter(|mistake| !mistake.is_warning()).count()
}

/// All messages one after the other.
pub(crate) fn render_all(mistakes: &[Mistake], color: bool) -> String {
    mistakes.iter().map(|mistake| mistake.render(color) + "\n\n").collect()
}
