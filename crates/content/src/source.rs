//! The text of a file and where things are in it. Places are byte ranges of the whole file.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

/// A file that was read, with the path that messages name.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A value and the place where its author wrote it.
#[derive(Clone, Debug)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

impl Source {
    /// Reads a file; line ends become `\n` so that a checkout on Windows proves the same programs.
    pub(crate) fn read(path: &Path) -> io::Result<Arc<Source>> {
        let text = fs::read_to_string(path)?.replace("\r\n", "\n");
        Ok(Arc::new(Source { path: path.display().to_string(), text }))
    }

    /// The line, from 1, on which this offset is.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset.min(self.text.len())].iter().filter(|&&byte| byte == b'\n').count() + 1
    }

    /// The place of a line, counted from 1, without the blanks around its text.
    pub(crate) fn line(&self, number: usize) -> Range<usize> {
        let line = self.text.lines().nth(number.saturating_sub(1)).unwrap_or("");
        let start = match number {
            0 | 1 => 0,
            _ => self.text.match_indices('\n').nth(number - 2).map_or(self.text.len(), |(at, _)| at + 1),
        };
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        start + indent..start + indent + text.len()
    }

    /// The place of the line on which this offset is.
    pub(crate) fn line_around(&self, offset: usize) -> Range<usize> {
        self.line(self.line_at(offset))
    }
}
