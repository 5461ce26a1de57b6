//! How something wrong names the belief behind it: by a line of its own in a text, or by an id in the front matter.
//!
//! It must not know what is wrong: whoever reads that asks here.

use std::ops::Range;
use std::sync::Arc;

use crate::mistake::Mistake;
use crate::read::registry::Registries;
use crate::source::Source;
use crate::spelling::nearest;

const MARKER: &str = "Misconception:";

/// The line that names a misconception.
pub(crate) struct Named {
    pub(crate) span: Range<usize>,
    pub(crate) id: Option<String>,
    stands_alone: bool,
}

impl Named {
    /// The first such line in a stretch of a file, whose paragraphs are these.
    pub(crate) fn find(source: &Source, stretch: &Range<usize>, paragraphs: &[Range<usize>]) -> Option<Named> {
        let mut start = stretch.start;
        for line in source.text[stretch.clone()].split_inclusive('\n') {
            let indent = line.len() - line.trim_start().len();
            let text = line.trim();
            if let Some(rest) = text.strip_prefix(MARKER) {
                let span = start + indent..start + indent + text.len();
                let id = rest.trim().strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
                let is_it = |paragraph: &&Range<usize>| {
                    source.text[(*paragraph).clone()].trim() == text && paragraph.start <= span.start
                };
                let stands_alone = paragraphs.iter().any(|paragraph| is_it(&paragraph));
                return Some(Named { span, id: id.map(str::to_owned), stands_alone });
            }
            start += line.len();
        }
        None
    }

    /// Reports what is wrong with it.
    pub(crate) fn check(&self, source: &Arc<Source>, registries: &Registries, mistakes: &mut Vec<Mistake>) {
        let Some(id) = &self.id else {
            mistakes.push(
                Mistake::at(source, self.span.clone(), "a misconception without an id", "expected an id in backticks")
                    .help("write it as: Misconception: `for-borrows`"),
            );
            return;
        };
        if !self.stands_alone {
            mistakes.push(
                Mistake::at(
                    source,
                    self.span.clone(),
                    "a misconception inside of a paragraph",
                    "part of the rationale",
                )
                .help("put an empty line above it"),
            );
        }
        known(source, self.span.clone(), id, registries, mistakes);
    }

    /// A stretch of a file without the line.
    pub(crate) fn cut_from(&self, source: &Source, stretch: &Range<usize>) -> String {
        let mut text = source.text[stretch.clone()].to_owned();
        if self.span.start >= stretch.start && self.span.end <= stretch.end {
            text.replace_range(self.span.start - stretch.start..self.span.end - stretch.start, "");
        }
        text
    }
}

/// Reports a misconception that is not in the registry.
pub(crate) fn known(
    source: &Arc<Source>,
    span: Range<usize>,
    id: &str,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) {
    if registries.misconceptions.contains_key(id) {
        return;
    }
    let remedy = match nearest(id, registries.misconceptions.keys().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("add `[{id}]` with its belief, truth and concept to misconceptions.toml"),
    };
    let title = format!("unknown misconception `{id}`");
    mistakes.push(Mistake::at(source, span, title, "not in misconceptions.toml").help(remedy));
}
