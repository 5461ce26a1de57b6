//! The colours of a program's text, found when problems are packed.
//!
//! They travel as runs of bytes, such as `2k1.4f`: two bytes of a keyword, one plain byte, and so on. What the runs do
//! not cover is plain, so a text and runs that do not belong together lose colours and nothing else.

use serde::Serialize;

use crate::json::read_text;

/// What a piece of code is, as far as its colour goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
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

impl Ink {
    const LETTERS: [(char, Ink); 8] = [
        ('.', Ink::Plain),
        ('k', Ink::Keyword),
        ('t', Ink::Type),
        ('s', Ink::Text),
        ('n', Ink::Number),
        ('m', Ink::Macro),
        ('l', Ink::Lifetime),
        ('c', Ink::Comment),
    ];

    fn letter(self) -> char {
        let found = Ink::LETTERS.iter().find(|(_, ink)| *ink == self);
        found.expect("every ink has a letter").0
    }

    fn from_letter(letter: char) -> Ink {
        Ink::LETTERS.iter().find(|(known, _)| *known == letter).map_or(Ink::Plain, |(_, ink)| *ink)
    }
}

/// A piece of a line in one colour.
pub type Piece = (Ink, String);

/// The colours of a text, run by run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Inks(pub String);

read_text!(Inks);

impl Inks {
    /// Makes runs of pieces, each with its length in bytes. Neighbours of one colour become one run.
    pub fn of_runs(pieces: impl IntoIterator<Item = (Ink, usize)>) -> Inks {
        let mut runs: Vec<(Ink, usize)> = Vec::new();
        for (ink, length) in pieces.into_iter().filter(|(_, length)| *length > 0) {
            match runs.last_mut() {
                Some((last, sum)) if *last == ink => *sum += length,
                _ => runs.push((ink, length)),
            }
        }
        if runs.last().is_some_and(|(ink, _)| *ink == Ink::Plain) {
            runs.pop();
        }
        Inks(runs.into_iter().map(|(ink, length)| format!("{length}{}", ink.letter())).collect())
    }

    /// The runs, each with its colour and its length in bytes.
    pub fn runs(&self) -> Vec<(Ink, usize)> {
        let mut runs = Vec::new();
        let mut length = 0;
        for sign in self.0.chars() {
            match sign.to_digit(10) {
                Some(digit) => length = length * 10 + digit as usize,
                None => {
                    runs.push((Ink::from_letter(sign), length));
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
        for (ink, length) in self.runs() {
            let (piece, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            push(&mut lines, ink, piece);
            rest = behind;
        }
        push(&mut lines, Ink::Plain, rest);
        lines
    }
}

fn push(lines: &mut Vec<Vec<Piece>>, ink: Ink, text: &str) {
    for (place, part) in text.split('\n').enumerate() {
        if place > 0 {
            lines.push(Vec::new());
        }
        if !part.is_empty() {
            lines.last_mut().expect("there is always a line").push((ink, part.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(runs: &str, source: &str, expected: &[&[(Ink, &str)]]) {
        let lines = Inks(runs.to_owned()).lines(source);
        let lines: Vec<Vec<(Ink, &str)>> =
            lines.iter().map(|line| line.iter().map(|(ink, text)| (*ink, text.as_str())).collect()).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn runs_cut_lines_into_pieces() {
        let expected: [&[(Ink, &str)]; 2] = [
            &[(Ink::Keyword, "let"), (Ink::Plain, " x = "), (Ink::Number, "1"), (Ink::Plain, ";")],
            &[(Ink::Plain, "}")],
        ];
        check("3k5.1n", "let x = 1;\n}\n", &expected);
    }

    #[test]
    fn a_run_goes_on_over_lines_and_empty_lines_stay() {
        check("5s", "\"a\n\nb", &[&[(Ink::Text, "\"a")], &[], &[(Ink::Text, "b")]]);
    }

    #[test]
    fn runs_of_another_text_lose_colours_only() {
        check("3k99t", "fn", &[&[(Ink::Keyword, "fn")]]);
        check("1k", "é", &[&[(Ink::Keyword, "é")]]);
        check("x", "fn", &[&[(Ink::Plain, "fn")]]);
        check("", "", &[&[]]);
    }

    #[test]
    fn neighbours_of_one_colour_are_one_run() {
        let pieces = [(Ink::Keyword, 2), (Ink::Plain, 1), (Ink::Plain, 4), (Ink::Macro, 12), (Ink::Plain, 9)];
        assert_eq!(Inks::of_runs(pieces).0, "2k5.12m");
    }
}
