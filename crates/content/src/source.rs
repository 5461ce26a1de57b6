//! The text of a file and where things are in it. Places are byte ranges of the whole file.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs, io, iter};

/// A file that was read, with the path that messages name.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    /// The offset at which each line begins.
    line_starts: Vec<usize>,
}

/// A value and the place where its author wrote it.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// A path as messages show it: from the folder in which the author stands, if it lies below.
pub(crate) fn shown(path: &Path) -> String {
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}

impl Source {
    /// Reads a file; line ends become `\n` so that a checkout on Windows proves the same programs, and the mark is left
    /// out by which some editors begin a file.
    pub(crate) fn read(path: &Path) -> io::Result<Arc<Source>> {
        let text = fs::read_to_string(path)?.replace("\r\n", "\n");
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let line_starts = iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Ok(Arc::new(Source { path: shown(path), text, line_starts }))
    }

    /// The line, from 1, on which this offset is.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// The place of a line, counted from 1, without the blanks around its text.
    pub(crate) fn line(&self, number: usize) -> Range<usize> {
        let start = |index: usize| self.line_starts.get(index).copied().unwrap_or(self.text.len());
        let (start, end) = (start(number.saturating_sub(1)), start(number.max(1)));
        let line = &self.text[start..end];
        let indent = line.len() - line.trim_start().len();
        let text = line.trim();
        if text.is_empty() { start..start } else { start + indent..start + indent + text.len() }
    }

    /// The place of the line on which this offset is.
    pub(crate) fn line_around(&self, offset: usize) -> Range<usize> {
        self.line(self.line_at(offset))
    }
}
