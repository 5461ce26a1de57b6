//! The program that is asked about, as it stands before an answer.

use quiz::assemble::{self, Piece as Cut};
use quiz::highlights::{Piece, Snippet, TokenKind};
use quiz::problem::{Problem, Question, Row, Slot};

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Code in one colour.
    Code(TokenKind, String),
    /// The name of a slot that is to be filled.
    Slot(String),
}

impl Part {
    /// As it is written.
    pub fn text(&self) -> &str {
        match self {
            Part::Code(_, text) | Part::Slot(text) => text,
        }
    }
}

/// A line of a program.
pub type Line = Vec<Part>;

/// Its lines. None if nothing is asked about a program.
pub fn asked(problem: &Problem) -> Vec<Line> {
    let main = problem.main_program();
    match &problem.question {
        Question::Write(exercise) => lines_of(&exercise.start),
        Question::Fill { slots, .. } => {
            let lines = main.map(|main| main.highlights.lines(&main.source)).unwrap_or_default();
            lines.into_iter().map(|line| line.iter().flat_map(|piece| with_slots(slots, piece)).collect()).collect()
        }
        Question::Order { rows, lines, .. } => {
            let gaps = vec![None; rows.iter().filter(|row| matches!(row, Row::Gap)).count()];
            assemble::arranged(rows, lines, &gaps).iter().flat_map(lines_of).collect()
        }
        Question::Choice { .. } | Question::Predict { .. } | Question::Spot { .. } | Question::Discuss(_) => {
            main.map(|main| plain(main.highlights.lines(&main.source))).unwrap_or_default()
        }
    }
}

fn lines_of(snippet: &Snippet) -> Vec<Line> {
    plain(snippet.highlights.lines(snippet.text.trim_end()))
}

fn plain(lines: Vec<Vec<Piece>>) -> Vec<Line> {
    let part = |(colour, text)| Part::Code(colour, text);
    lines.into_iter().map(|line| line.into_iter().map(part).collect()).collect()
}

fn with_slots(slots: &[Slot], (colour, text): &Piece) -> Vec<Part> {
    let part = |piece| match piece {
        Cut::Text(text) => Part::Code(*colour, text.to_owned()),
        Cut::Slot(index) => Part::Slot(format!(" {} ", slots[index].name)),
    };
    assemble::pieces(text, slots).into_iter().map(part).filter(|part| !part.text().is_empty()).collect()
}
