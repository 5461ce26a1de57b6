//! The sentences of a problem's texts and their words, with their places.
//!
//! It knows where prose is; what a sentence should be like is decided elsewhere. Code between backticks is a word that
//! nobody reads as English, code blocks and the headings of sections are no sentences at all.

use std::ops::Range;

use crate::read::outline::Piece;
use crate::reading_ease::Counts;

/// What begins a line for the verifier among the texts.
const NO_PROSE: [&str; 2] = ["Misconception:", "Fails:"];
/// What ends in a full stop and ends no sentence.
const ABBREVIATIONS: [&str; 4] = ["e.g.", "i.e.", "vs.", "cf."];

/// A sentence, or what stands for one: an item of a list, a heading within a section, a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<Word>,
    /// Where it ends, with the signs behind its last word.
    end: usize,
}

/// A word of it, with the signs that cling to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) span: Range<usize>,
    pub(crate) is_code: bool,
}

impl Sentence {
    /// Its place in the file.
    pub(crate) fn span(&self) -> Range<usize> {
        self.words.first().map_or(self.end, |word| word.span.start)..self.end
    }

    /// Its English words, without the signs around them. `text` is that of the file.
    pub(crate) fn english<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let words = self.words.iter().filter(|word| !word.is_code);
        words.map(|word| text[word.span.clone()].trim_matches(|c: char| !c.is_alphanumeric()))
    }

    /// What its reading ease is made of.
    pub(crate) fn counts(&self, text: &str) -> Counts {
        Counts::default().and_sentence(self.english(text))
    }
}

/// What the reading ease of several sentences is made of.
pub(crate) fn counts<'a>(sentences: impl IntoIterator<Item = &'a Sentence>, text: &str) -> Counts {
    sentences.into_iter().fold(Counts::default(), |counts, sentence| counts.and_sentence(sentence.english(text)))
}

/// The sentences of a file; `pieces` are those of its outline.
pub(crate) fn sentences(text: &str, pieces: &[Piece]) -> Vec<Sentence> {
    let mut reader = Reader { text, sentences: Vec::new(), sentence: Sentence::default(), has_ended: false };
    for piece in pieces {
        match piece {
            Piece::Break => reader.finish(),
            Piece::Code(span) => reader.part(span.clone(), true),
            Piece::Text(span) => reader.text(span),
        }
    }
    reader.finish();
    reader.sentences
}

struct Reader<'a> {
    text: &'a str,
    sentences: Vec<Sentence>,
    sentence: Sentence,
    /// Whether the last part ends in a full stop, which ends the sentence unless it goes on in lower case.
    has_ended: bool,
}

impl Reader<'_> {
    fn text(&mut self, span: &Range<usize>) {
        let text = self.text;
        for part in text[span.clone()].split_whitespace() {
            let start = part.as_ptr() as usize - text.as_ptr() as usize;
            self.part(start..start + part.len(), false);
        }
    }

    /// A part of a sentence without white space: a word, a piece of one, or signs.
    fn part(&mut self, span: Range<usize>, is_code: bool) {
        let part = &self.text[span.clone()];
        let clings = self.sentence.words.last().is_some_and(|word| word.span.end == span.start);
        if self.has_ended && !clings && (is_code || !goes_on(part)) {
            self.finish();
        }
        let is_word = is_code || part.contains(char::is_alphanumeric);
        match self.sentence.words.last_mut().filter(|_| clings) {
            Some(word) => {
                word.span.end = span.end;
                word.is_code |= is_code;
            }
            None if is_word => self.sentence.words.push(Word { span: span.clone(), is_code }),
            None => {}
        }
        self.sentence.end = span.end;
        self.has_ended = !is_code && ends(part) && !self.sentence.words.is_empty();
    }

    fn finish(&mut self) {
        self.has_ended = false;
        let sentence = std::mem::take(&mut self.sentence);
        let Some(first) = sentence.words.first() else { return };
        if !NO_PROSE.contains(&&self.text[first.span.clone()]) {
            self.sentences.push(sentence);
        }
    }
}

/// Whether a part can be the middle of a sentence only.
fn goes_on(part: &str) -> bool {
    part.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_lowercase)
        || !part.contains(char::is_alphanumeric)
}

fn ends(part: &str) -> bool {
    let bare = part.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '_', '`']);
    bare.ends_with(['.', '!', '?']) && !ABBREVIATIONS.contains(&bare.trim_start_matches(['(', '"', '“']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::outline::outline;

    /// Each sentence as its place says it, with its number of words and of those in English.
    fn check(markdown: &str, expected: &[(&str, usize, usize)]) {
        let found = sentences(markdown, &outline(markdown, 0).pieces);
        let told = |sentence: &Sentence| {
            (markdown[sentence.span()].to_owned(), sentence.words.len(), sentence.english(markdown).count())
        };
        let found: Vec<_> = found.iter().map(told).collect();
        let expected: Vec<_> =
            expected.iter().map(|(text, words, english)| ((*text).to_owned(), *words, *english)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sentence_ends_in_a_full_stop_or_with_its_paragraph() {
        check(
            "It moves. Who owns\nit? Nobody\n\nThe end",
            &[("It moves.", 2, 2), ("Who owns\nit?", 3, 3), ("Nobody", 1, 1), ("The end", 2, 2)],
        );
        check(
            "\"Why?\" asks one, e.g. a reader of Rust 1.78. (Nobody knows.) Yes",
            &[("\"Why?\" asks one, e.g. a reader of Rust 1.78.", 9, 9), ("(Nobody knows.)", 2, 2), ("Yes", 1, 1)],
        );
    }

    #[test]
    fn code_is_a_word_that_is_not_english() {
        check("a non-`Copy` type", &[("a non-`Copy` type", 3, 2)]);
        check(
            "A `Vec<T>`s `len()` – **never** *more*. `x` is one",
            &[("A `Vec<T>`s `len()` – **never** *more*.", 5, 3), ("`x` is one", 3, 2)],
        );
    }

    #[test]
    fn items_cells_and_inner_headings_stand_for_sentences() {
        check(
            "## Hint\n\n### Scan it\n\n- one\n- two. Three\n\n| a | b |\n|---|---|\n| c | d e |\n",
            &[
                ("Scan it", 2, 2),
                ("one", 1, 1),
                ("two.", 1, 1),
                ("Three", 1, 1),
                ("a", 1, 1),
                ("b", 1, 1),
                ("c", 1, 1),
                ("d e", 2, 2),
            ],
        );
    }

    #[test]
    fn code_blocks_and_lines_for_the_verifier_are_no_prose() {
        check(
            "A\n\n```rust\nlet b = 1;\n```\n\nMisconception: `for-borrows`\n\nFails: `a`, `b` (deadlock)\n\nC",
            &[("A", 1, 1), ("C", 1, 1)],
        );
        check(
            "[The Book](https://doc.rust-lang.org/book/) says so",
            &[("The Book](https://doc.rust-lang.org/book/) says so", 4, 4)],
        );
    }
}
