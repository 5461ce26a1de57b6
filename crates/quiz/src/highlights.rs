//! The colours of a program's text, found when problems are packed.
//!
//! They travel as runs of bytes, such as `2k1.4f`: two bytes of a keyword, one plain byte, and so on. What the runs do
//! not cover is plain, so a text and runs that do not belong together lose colours and nothing else.

use serde::Serialize;

use crate::json::{read_struct, read_text};

/// What a piece of code is, as far as its colour goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Names, punctuation and white space.
    Plain,
    /// A keyword.
    Keyword,
    /// A type, trait, variant or constant: a name that begins with a capital, and the primitive types.
    Type,
    /// Text and characters.
    Text,
    /// A number.
    Number,
    /// The name of a macro with its `!`.
    Macro,
    /// A lifetime.
    Lifetime,
    /// A comment.
    Comment,
}

impl TokenKind {
    const LETTERS: [(char, TokenKind); 8] = [
        ('.', TokenKind::Plain),
        ('k', TokenKind::Keyword),
        ('t', TokenKind::Type),
        ('s', TokenKind::Text),
        ('n', TokenKind::Number),
        ('m', TokenKind::Macro),
        ('l', TokenKind::Lifetime),
        ('c', TokenKind::Comment),
    ];

    fn letter(self) -> char {
        let found = TokenKind::LETTERS.iter().find(|(_, token)| *token == self);
        found.expect("every token has a letter").0
    }

    /// Its name in style sheets; plain code has none.
    pub fn name(self) -> &'static str {
        match self {
            TokenKind::Plain => "",
            TokenKind::Keyword => "keyword",
            TokenKind::Type => "type",
            TokenKind::Text => "text",
            TokenKind::Number => "numeral",
            TokenKind::Macro => "macro",
            TokenKind::Lifetime => "lifetime",
            TokenKind::Comment => "comment",
        }
    }

    fn from_letter(letter: char) -> TokenKind {
        TokenKind::LETTERS.iter().find(|(known, _)| *known == letter).map_or(TokenKind::Plain, |(_, token)| *token)
    }
}

/// A piece of a line in one colour.
pub type Piece = (TokenKind, String);

/// The colours of a text, run by run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Highlights(pub String);

read_text!(Highlights);
read_struct!(Snippet { text, highlights });

/// A piece of code with its colours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The code.
    pub text: String,
    /// The colours of `text`.
    pub highlights: Highlights,
}

impl Highlights {
    /// Makes runs of pieces, each with its length in bytes. Neighbours of one colour become one run.
    pub fn of_runs(pieces: impl IntoIterator<Item = (TokenKind, usize)>) -> Highlights {
        let mut runs: Vec<(TokenKind, usize)> = Vec::new();
        for (token, length) in pieces.into_iter().filter(|(_, length)| *length > 0) {
            match runs.last_mut() {
                Some((last, sum)) if *last == token => *sum += length,
                _ => runs.push((token, length)),
            }
        }
        if runs.last().is_some_and(|(token, _)| *token == TokenKind::Plain) {
            runs.pop();
        }
        Highlights(runs.into_iter().map(|(token, length)| format!("{length}{}", token.letter())).collect())
    }

    /// The runs, each with its colour and its length in bytes.
    pub fn runs(&self) -> Vec<(TokenKind, usize)> {
        let mut runs = Vec::new();
        let mut length = 0_usize;
        for sign in self.0.chars() {
            match sign.to_digit(10) {
                Some(digit) => length = length.saturating_mul(10).saturating_add(digit as usize),
                None => {
                    runs.push((TokenKind::from_letter(sign), length));
                    length = 0;
                }
            }
        }
        runs
    }

    /// The lines of `source`, each in pieces of one colour.
    pub fn lines(&self, source: &str) -> Vec<Vec<Piece>> {
        let mut lines = vec![Vec::new()];
        let mut rest = source.trim_end_matches('\n');
        for (token, length) in self.runs() {
            let (piece, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            push(&mut lines, token, piece);
            rest = behind;
        }
        push(&mut lines, TokenKind::Plain, rest);
        lines
    }
}

/// How deep a line is indented, in steps of four spaces, as far as style sheets know: what does not fit into a narrow window goes on
/// further in.
pub fn indent(line: &str) -> usize {
    ((line.len() - line.trim_start().len()) / 4).min(DEEPEST)
}

/// The deepest indentation that the style sheet knows.
const DEEPEST: usize = 6;

/// A part of plain code, as rows of a narrow window are filled with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Code that goes on below where any text does.
    Text(&'a str),
    /// An arrow: a browser would begin a new row behind its dash.
    Arrow,
    /// A new row may begin here.
    MayBreak,
}

/// What an arrow is written as.
pub const ARROW: &str = "->";

/// Plain code in its parts. It may be broken where a call or a path goes on: before a dot, behind what opens, behind `::`. Short code
/// is not.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for (place, whole) in breakable(text).into_iter().enumerate() {
        if place > 0 {
            parts.push(Part::MayBreak);
        }
        for (place, text) in whole.split(ARROW).enumerate() {
            if place > 0 {
                parts.push(Part::Arrow);
            }
            if !text.is_empty() {
                parts.push(Part::Text(text));
            }
        }
    }
    parts
}

fn breakable(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let is_break = |place: &usize| {
        let (before, after) = (bytes[place - 1], bytes[*place]);
        after == b'.' && before != b'.' || before == b'(' && after != b')' || before == b':' && after != b':'
    };
    if text.len() <= LONGEST_WHOLE {
        return vec![text];
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for place in (1..bytes.len()).filter(is_break) {
        parts.push(&text[start..place]);
        start = place;
    }
    parts.push(&text[start..]);
    parts
}

/// Pieces of so many bytes are not broken.
const LONGEST_WHOLE: usize = 12;

fn push(lines: &mut Vec<Vec<Piece>>, token: TokenKind, text: &str) {
    for (place, part) in text.split('\n').enumerate() {
        if place > 0 {
            lines.push(Vec::new());
        }
        if !part.is_empty() {
            lines.last_mut().expect("there is always a line").push((token, part.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_where_a_call_goes_on_and_never_within_an_arrow() {
        use Part::{Arrow, MayBreak, Text};
        assert_eq!(parts(") -> "), [Text(") "), Arrow, Text(" ")]);
        assert_eq!(
            parts("longest.max(key.len())"),
            [Text("longest"), MayBreak, Text(".max("), MayBreak, Text("key"), MayBreak, Text(".len())")]
        );
        assert_eq!(parts("a - b > c"), [Text("a - b > c")]);
        assert_eq!(parts("Fn() -> Fn() -> u8"), [Text("Fn() "), Arrow, Text(" Fn() "), Arrow, Text(" u8")]);
    }

    fn check(runs: &str, source: &str, expected: &[&[(TokenKind, &str)]]) {
        let lines = Highlights(runs.to_owned()).lines(source);
        let lines: Vec<Vec<(TokenKind, &str)>> =
            lines.iter().map(|line| line.iter().map(|(token, text)| (*token, text.as_str())).collect()).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn runs_cut_lines_into_pieces() {
        let expected: [&[(TokenKind, &str)]; 2] = [
            &[
                (TokenKind::Keyword, "let"),
                (TokenKind::Plain, " x = "),
                (TokenKind::Number, "1"),
                (TokenKind::Plain, ";"),
            ],
            &[(TokenKind::Plain, "}")],
        ];
        check("3k5.1n", "let x = 1;\n}\n", &expected);
    }

    #[test]
    fn a_run_goes_on_over_lines_and_empty_lines_stay() {
        check("5s", "\"a\n\nb", &[&[(TokenKind::Text, "\"a")], &[], &[(TokenKind::Text, "b")]]);
    }

    #[test]
    fn runs_of_another_text_lose_colours_only() {
        check("3k99t", "fn", &[&[(TokenKind::Keyword, "fn")]]);
        check("1k", "é", &[&[(TokenKind::Keyword, "é")]]);
        check("x", "fn", &[&[(TokenKind::Plain, "fn")]]);
        check("", "", &[&[]]);
    }

    #[test]
    fn neighbours_of_one_colour_are_one_run() {
        let pieces = [
            (TokenKind::Keyword, 2),
            (TokenKind::Plain, 1),
            (TokenKind::Plain, 4),
            (TokenKind::Macro, 12),
            (TokenKind::Plain, 9),
        ];
        assert_eq!(Highlights::of_runs(pieces).0, "2k5.12m");
    }
}
