//! The marks that an author sets into a program: slots such as `/*a*/`, and `//@` behind lines that are to be arranged.
//!
//! It knows the text of a program only, neither the file that it stands in nor what is said of its marks elsewhere.

use std::ops::Range;

use quiz::problem::Row;
use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use crate::highlight::snippet;

// Slots.

/// How a slot stands in the program.
pub(crate) fn slot_marker(name: &str) -> String {
    format!("/*{name}*/")
}

/// Whether a slot can be called so.
pub(crate) fn is_slot_name(name: &str) -> bool {
    matches!(name.as_bytes(), [b'a'..=b'g'])
}

/// What looks like a slot, with its place in the code.
pub(crate) enum Comment<'a> {
    /// A slot with this name.
    Marker(&'a str, Range<usize>),
    /// Such as `/* a */`.
    Strange(Range<usize>),
    /// In a text or another comment.
    Hidden(Range<usize>),
}

/// Every comment of a program that is a slot, or looks like one.
pub(crate) fn comments(code: &str) -> Vec<Comment<'_>> {
    let mut comments = Vec::new();
    let mut start = 0;
    for token in tokenize(code, FrontmatterAllowed::No) {
        let end = start + token.len as usize;
        let text = &code[start..end];
        let inside = text.strip_prefix("/*").and_then(|text| text.strip_suffix("*/"));
        match (token.kind, inside) {
            (TokenKind::BlockComment { .. }, Some(name)) if is_slot_name(name) => {
                comments.push(Comment::Marker(name, start..end));
            }
            (TokenKind::BlockComment { .. }, Some(name)) if looks_like_a_name(name) => {
                comments.push(Comment::Strange(start..end));
            }
            _ => comments.extend(marker_within(text).map(|at| Comment::Hidden(start + at.start..start + at.end))),
        }
        start = end;
    }
    comments
}

fn looks_like_a_name(text: &str) -> bool {
    let text = text.trim();
    (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The first marker in a text or a comment.
fn marker_within(text: &str) -> Option<Range<usize>> {
    let starts = text.match_indices("/*").map(|(start, _)| start);
    let is_marker =
        |start: &usize| text.get(start + 3..start + 5) == Some("*/") && is_slot_name(&text[start + 2..start + 3]);
    starts.into_iter().find(is_marker).map(|start| start..start + 5)
}

// Lines.

/// What a line that is to be arranged ends in.
pub(crate) const MARKER: &str = "//@";
/// What stands behind the mark of a line that is left out.
pub(crate) const DECOY: &str = "decoy";

/// A program whose lines are marked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marked {
    pub(crate) rows: Vec<Row>,
    /// The movable lines, decoys included.
    pub(crate) lines: Vec<Movable>,
}

/// A movable line.
#[derive(Clone, Debug)]
pub(crate) struct Movable {
    pub(crate) text: String,
    pub(crate) is_decoy: bool,
    /// The line of the code as written, from 1.
    pub(crate) number: u32,
}

impl Marked {
    /// Reads the code of a block.
    pub(crate) fn read(code: &str) -> Marked {
        let mut marked = Marked::default();
        for (index, line) in code.lines().enumerate() {
            let Some((text, marker)) = split(line) else {
                marked.rows.push(Row::Fixed(snippet(line)));
                continue;
            };
            let is_decoy = marker == DECOY;
            if !is_decoy {
                marked.rows.push(Row::Gap);
            }
            marked.lines.push(Movable { text: text.trim().to_owned(), is_decoy, number: index as u32 + 1 });
        }
        marked
    }

    /// The lines in the order of the block, by their indexes.
    pub(crate) fn order_of_block(&self) -> Vec<usize> {
        let placed = self.lines.iter().enumerate().filter(|(_, line)| !line.is_decoy);
        placed.map(|(index, _)| index).collect()
    }
}

/// A line without its marker, and what stands behind that.
pub(crate) fn split(line: &str) -> Option<(&str, &str)> {
    let (text, behind) = line.rsplit_once(MARKER)?;
    Some((text, behind.trim()))
}

/// A line as it is compiled.
pub(crate) fn without_marker(line: &str) -> &str {
    split(line).map_or(line, |(text, _)| text.trim_end())
}
