//! Programs made from answers: what a learner puts into slots and gaps, and the rank of each possible answer.
//!
//! The answers to a `fill` and to an `order` are a closed set, so that the compiler can judge all of them. The rank of an
//! answer is its place in that set; a pack holds the outcomes by rank. The compiler and the browser assemble a program
//! by the same functions, so what is shown is what was judged.

use std::ops::Range;

use crate::answer::Answer;
use crate::highlights::{Highlights, Snippet, TokenKind};
use crate::problem::{Outcome, Problem, Program, Question, Row, Slot, WhatIf};

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Code that stays as it is.
    Text(&'a str),
    /// The place of a slot, by the slot's index.
    Slot(usize),
}

/// How many answers there are; `usize::MAX` if that is more than can be counted, 0 for a question of another kind.
pub fn count(question: &Question) -> usize {
    match question {
        Question::Fill { slots, .. } => {
            slots.iter().fold(1, |product: usize, slot| product.saturating_mul(slot.choices.len()))
        }
        Question::Order { rows, lines, .. } => arrangements(lines.len(), places(rows)),
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Write(_)
        | Question::Discuss(_) => 0,
    }
}

/// The place of an answer among all answers to a question, from 0: below [`count`].
///
/// `None` for an answer that is incomplete, names something that is not there, or is of another kind.
pub fn rank(question: &Question, answer: &Answer) -> Option<usize> {
    match (question, answer) {
        (Question::Fill { slots, .. }, Answer::Fill { picks }) => rank_of_picks(slots, picks),
        (Question::Order { rows, lines, .. }, Answer::Order { lines: order }) => {
            rank_of_order(lines.len(), places(rows), order)
        }
        _ => None,
    }
}

/// The beliefs behind what an answer puts into slots, each once; none behind an answer of another kind.
pub fn beliefs<'a>(question: &'a Question, answer: &Answer) -> Vec<&'a str> {
    let (Question::Fill { slots, .. }, Answer::Fill { picks }) = (question, answer) else { return Vec::new() };
    let mut beliefs: Vec<&str> = Vec::new();
    for (slot, pick) in slots.iter().zip(picks) {
        if let Some(Some(belief)) = slot.beliefs.get(*pick)
            && !beliefs.contains(&belief.as_str())
        {
            beliefs.push(belief);
        }
    }
    beliefs
}

/// The answer of a [`rank`].
pub fn answer_at(question: &Question, rank: usize) -> Option<Answer> {
    if rank >= count(question) {
        return None;
    }
    match question {
        Question::Fill { slots, .. } => Some(Answer::Fill { picks: picks_at(slots, rank) }),
        Question::Order { rows, lines, .. } => Some(Answer::Order { lines: order_at(lines.len(), places(rows), rank) }),
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Write(_)
        | Question::Discuss(_) => None,
    }
}

/// The program that an answer makes, without the hidden check; `None` if the answer has no [`rank`].
pub fn program(problem: &Problem, answer: &Answer) -> Option<String> {
    match (&problem.question, answer) {
        (Question::Fill { slots, .. }, Answer::Fill { picks }) => filled(&problem.main_program()?.source, slots, picks),
        (Question::Order { rows, lines, .. }, Answer::Order { lines: order }) => ordered(rows, lines, order),
        _ => None,
    }
}

/// What becomes of an answer; `None` if the answer has no [`rank`].
pub fn outcome<'a>(question: &'a Question, answer: &Answer) -> Option<&'a Outcome> {
    match question {
        Question::Fill { outcomes, .. } | Question::Order { outcomes, .. } => outcomes.of_rank(rank(question, answer)?),
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Write(_)
        | Question::Discuss(_) => None,
    }
}

/// The answers that are accepted, in the order of their ranks.
pub fn accepted(question: &Question) -> Vec<Answer> {
    let is_accepted = |answer: &Answer| outcome(question, answer).is_some_and(|outcome| outcome.accepted);
    (0..count(question)).filter_map(|rank| answer_at(question, rank)).filter(is_accepted).collect()
}

/// Where an answer parts from what is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    /// Which slot, as `Slot a`, or which place, as `Place 2`.
    pub place: String,
    /// What stands there; it may be empty.
    pub given: &'a str,
    /// What would be right there; it may be empty.
    pub right: &'a str,
}

/// Where an answer parts from the accepted one that has most in common with it: in each slot that is not right; of lines only the first
/// place, since one line too few or too many moves all that follow. Nothing if it is accepted itself.
pub fn differences<'a>(question: &'a Question, answer: &Answer) -> Vec<Difference<'a>> {
    let Some(given) = parts(answer) else { return Vec::new() };
    let accepted = accepted(question);
    let in_common = |other: &&Answer| parts(other).map(|right| given.iter().zip(right).filter(|(a, b)| a == b).count());
    // Of equals the first.
    let Some(right) = accepted.iter().rev().max_by_key(in_common).and_then(parts) else { return Vec::new() };
    let difference = |place: usize| {
        let (name, texts) = match question {
            Question::Fill { slots, .. } => (format!("Slot {}", slots.get(place)?.name), &slots[place].choices),
            Question::Order { lines, .. } => (format!("Place {}", place + 1), lines),
            Question::Choice { .. }
            | Question::Predict { .. }
            | Question::Spot { .. }
            | Question::Write(_)
            | Question::Discuss(_) => return None,
        };
        let text = |part: usize| texts.get(part).map(|snippet| snippet.text.trim());
        Some(Difference { place: name, given: text(given[place])?, right: text(right[place])? })
    };
    let count = if matches!(question, Question::Order { .. }) { 1 } else { given.len() };
    let wrong = (0..given.len().min(right.len())).filter(|place| given[*place] != right[*place]);
    wrong.take(count).filter_map(difference).collect()
}

/// What stands in the slots or places of an answer.
fn parts(answer: &Answer) -> Option<&[usize]> {
    match answer {
        Answer::Fill { picks: parts } | Answer::Order { lines: parts } => Some(parts),
        Answer::Choice { .. }
        | Answer::Predict(_)
        | Answer::Spot { .. }
        | Answer::Write { .. }
        | Answer::Discuss { .. }
        | Answer::Unknown => None,
    }
}

/// The program that an answer makes, coloured, with what became of it; `None` if the answer has no [`rank`].
pub fn tried(problem: &Problem, answer: &Answer) -> Option<Program> {
    let verdict = outcome(&problem.question, answer)?.verdict.clone();
    let main = problem.main_program()?;
    let (source, highlights) = match (&problem.question, answer) {
        (Question::Fill { slots, .. }, Answer::Fill { picks }) => coloured(main, slots, picks)?,
        (Question::Order { rows, lines, .. }, Answer::Order { lines: order }) => {
            let gaps: Vec<Option<usize>> = order.iter().copied().map(Some).collect();
            joined(&arranged(rows, lines, &gaps))
        }
        _ => return None,
    };
    let compiled = problem.check.as_ref().map(|check| format!("{source}\n{}", check.source));
    Some(Program { source, highlights, compiled, edition: main.edition, verdict })
}

/// The program that what-ifs edit: the prompt's first one, made whole by the author's first accepted answer.
pub fn original(problem: &Problem) -> Option<Program> {
    let main = problem.main_program()?;
    let mut whole = accepted(&problem.question).into_iter().filter_map(|answer| tried(problem, &answer));
    let first = whole.find(|program| program.compiled_source() == main.compiled_source());
    first.or_else(|| Some(main.clone()))
}

/// A program with one line edited, coloured, with what became of it.
pub fn edited(program: &Program, what_if: &WhatIf) -> Program {
    let mut start = 0;
    let lines = (1..).zip(program.source.lines()).map(|(number, text)| {
        let line = match number == what_if.line {
            true => what_if.replacement.clone(),
            false => {
                let runs = part_of(&program.highlights, start..start + text.len());
                Snippet { text: text.to_owned(), highlights: Highlights::of_runs(runs) }
            }
        };
        start += text.len() + 1;
        line
    });
    let (source, highlights) = joined(&lines.collect::<Vec<_>>());
    Program {
        source,
        highlights,
        compiled: what_if.compiled.clone(),
        edition: program.edition,
        verdict: what_if.verdict.clone(),
    }
}

/// The text of a filled template with the colours of its parts.
fn coloured(template: &Program, slots: &[Slot], picks: &[usize]) -> Option<(String, Highlights)> {
    let source = filled(&template.source, slots, picks)?;
    let mut runs = Vec::new();
    let mut start = 0;
    for piece in pieces(&template.source, slots) {
        match piece {
            Piece::Text(text) => {
                runs.extend(part_of(&template.highlights, start..start + text.len()));
                start += text.len();
            }
            Piece::Slot(slot) => {
                let choice = &slots[slot].choices[picks[slot]];
                runs.extend(part_of(&choice.highlights, 0..choice.text.len()));
                start += marker(&slots[slot]).len();
            }
        }
    }
    Some((source, Highlights::of_runs(runs)))
}

/// How a slot stands in a template.
pub fn marker(slot: &Slot) -> String {
    format!("/*{}*/", slot.name)
}

fn joined(lines: &[Snippet]) -> (String, Highlights) {
    let source = lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    let runs = lines.iter().flat_map(|line| part_of(&line.highlights, 0..line.text.len() + 1));
    (source, Highlights::of_runs(runs))
}

/// The colours of a part of a text; what no run covers is plain.
fn part_of(highlights: &Highlights, range: Range<usize>) -> Vec<(TokenKind, usize)> {
    let mut part = Vec::new();
    let mut start: usize = 0;
    for (token, length) in highlights.runs().into_iter().chain([(TokenKind::Plain, usize::MAX)]) {
        let end = start.saturating_add(length);
        let overlap = end.min(range.end).saturating_sub(start.max(range.start));
        if overlap > 0 {
            part.push((token, overlap));
        }
        start = end;
    }
    part
}

/// What stands for an empty gap.
pub const EMPTY_GAP: &str = "…";

/// The lines of a program that is being put in order, indented as they stand now. `gaps` has a movable line for each gap,
/// or none where it is still empty.
pub fn arranged(rows: &[Row], lines: &[Snippet], gaps: &[Option<usize>]) -> Vec<Snippet> {
    let mut gaps = gaps.iter();
    let empty = Snippet { text: EMPTY_GAP.to_owned(), highlights: Highlights::default() };
    let mut in_gap = || gaps.next().copied().flatten().and_then(|line| lines.get(line)).unwrap_or(&empty);
    let snippets: Vec<&Snippet> = rows
        .iter()
        .map(|row| match row {
            Row::Fixed(line) => line,
            Row::Gap => in_gap(),
        })
        .collect();
    let texts: Vec<&str> = snippets.iter().map(|snippet| snippet.text.as_str()).collect();
    let whole = indented(&texts);
    whole.lines().zip(snippets).map(|(line, snippet)| moved(line, snippet)).collect()
}

/// A line with the colours of the same line that is indented in another way.
fn moved(line: &str, as_written: &Snippet) -> Snippet {
    let bare = as_written.text.trim_start();
    let indent = line.len().saturating_sub(bare.len());
    let mut runs = vec![(TokenKind::Plain, indent)];
    runs.extend(part_of(&as_written.highlights, as_written.text.len() - bare.len()..as_written.text.len()));
    Snippet { text: line.to_owned(), highlights: Highlights::of_runs(runs) }
}

/// A template with a choice in each slot. `None` unless there is one pick for each slot, of a choice that exists.
pub fn filled(template: &str, slots: &[Slot], picks: &[usize]) -> Option<String> {
    rank_of_picks(slots, picks)?;
    let mut program = String::with_capacity(template.len());
    for piece in pieces(template, slots) {
        program.push_str(match piece {
            Piece::Text(text) => text,
            Piece::Slot(slot) => &slots[slot].choices[picks[slot]].text,
        });
    }
    Some(program)
}

/// A template, cut at its slots. A comment that is no slot's marker is text.
pub fn pieces<'a>(template: &'a str, slots: &[Slot]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut text_start = 0;
    for (start, _) in template.match_indices("/*") {
        let inside = &template[start + 2..];
        let Some(length) = inside.find("*/") else { continue };
        let Some(slot) = slots.iter().position(|slot| slot.name == inside[..length]) else { continue };
        if start < text_start {
            continue;
        }
        pieces.push(Piece::Text(&template[text_start..start]));
        pieces.push(Piece::Slot(slot));
        text_start = start + 2 + length + 2;
    }
    pieces.push(Piece::Text(&template[text_start..]));
    pieces
}

/// A program with `order`, which names movable lines by their indexes, in its gaps, and every line indented anew.
///
/// `None` unless there is one line for each gap, none of them twice, and all of them exist.
pub fn ordered(rows: &[Row], lines: &[Snippet], order: &[usize]) -> Option<String> {
    rank_of_order(lines.len(), places(rows), order)?;
    let mut next = order.iter();
    let mut program = Vec::with_capacity(rows.len());
    for row in rows {
        program.push(match row {
            Row::Fixed(line) => line.text.as_str(),
            Row::Gap => lines[*next.next()?].text.as_str(),
        });
    }
    Some(indented(&program))
}

/// Lines, indented by the brackets that are open before each: four blanks for every line that left some open.
///
/// A line that begins with closing brackets stands where the line that opened them does, one that begins with a `.`
/// goes on with the line before. What lies inside of a text or a comment of several lines stays as it is.
pub fn indented(lines: &[&str]) -> String {
    let mut brackets = Brackets { open: Vec::new(), inside: Inside::Code };
    let mut program = String::new();
    for (number, line) in lines.iter().enumerate() {
        let mut line = *line;
        if brackets.inside == Inside::Code {
            line = line.trim_start();
            let level = if line.is_empty() { 0 } else { brackets.level(line) };
            for _ in 0..level {
                program.push_str("    ");
            }
        }
        program.push_str(line);
        program.push('\n');
        brackets.read(line, number);
    }
    program
}

// Ranks: a number whose digits are the picks; the lexicographic rank of an ordered choice.

fn places(rows: &[Row]) -> usize {
    rows.iter().filter(|row| **row == Row::Gap).count()
}

/// In how many ways `places` can be taken by some of `lines`.
fn arrangements(lines: usize, places: usize) -> usize {
    (0..places).fold(1, |product: usize, taken| product.saturating_mul(lines.saturating_sub(taken)))
}

fn rank_of_picks(slots: &[Slot], picks: &[usize]) -> Option<usize> {
    if slots.len() != picks.len() {
        return None;
    }
    let mut rank: usize = 0;
    for (slot, pick) in slots.iter().zip(picks) {
        if *pick >= slot.choices.len() {
            return None;
        }
        rank = rank.checked_mul(slot.choices.len())?.checked_add(*pick)?;
    }
    Some(rank)
}

fn picks_at(slots: &[Slot], mut rank: usize) -> Vec<usize> {
    let mut picks = vec![0; slots.len()];
    for (pick, slot) in picks.iter_mut().zip(slots).rev() {
        *pick = rank % slot.choices.len();
        rank /= slot.choices.len();
    }
    picks
}

fn rank_of_order(lines: usize, places: usize, order: &[usize]) -> Option<usize> {
    if order.len() != places {
        return None;
    }
    let mut left: Vec<usize> = (0..lines).collect();
    let mut rank: usize = 0;
    for (place, line) in order.iter().enumerate() {
        let at = left.iter().position(|unused| unused == line)?;
        left.remove(at);
        let step = arrangements(left.len(), places - place - 1);
        rank = rank.checked_add(at.checked_mul(step)?)?;
    }
    Some(rank)
}

/// `rank` is below the number of arrangements, so there are enough lines.
fn order_at(lines: usize, places: usize, mut rank: usize) -> Vec<usize> {
    let mut left: Vec<usize> = (0..lines).collect();
    let mut order = Vec::with_capacity(places);
    for place in 0..places {
        let step = arrangements(left.len() - 1, places - place - 1);
        order.push(left.remove(rank / step));
        rank %= step;
    }
    order
}

// Indentation: a lexer that knows just enough not to count brackets in texts and comments.

struct Brackets {
    /// The number of the line that opened each bracket which is still open.
    open: Vec<usize>,
    inside: Inside,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    /// In quotes; a raw text ends with a quote and so many `#`.
    Text {
        raw: Option<usize>,
    },
    /// In comments within comments, so many deep.
    Comment {
        depth: usize,
    },
}

impl Brackets {
    fn level(&self, line: &str) -> usize {
        let closing = line.chars().take_while(|c| matches!(c, ')' | ']' | '}')).count();
        let open = &self.open[..self.open.len().saturating_sub(closing)];
        let opened_by_another_line = |at: &usize| *at == 0 || open[*at] != open[*at - 1];
        let goes_on = line.starts_with('.') && !line.starts_with("..");
        (0..open.len()).filter(opened_by_another_line).count() + usize::from(goes_on)
    }

    fn read(&mut self, line: &str, number: usize) {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let length = match self.inside {
                Inside::Code => self.code(rest, first, number),
                Inside::Text { raw } => self.text(rest, first, raw),
                Inside::Comment { depth } => self.comment(rest, first, depth),
            };
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    /// Reads on in code; tells how many bytes it took.
    fn code(&mut self, rest: &str, first: char, number: usize) -> usize {
        if rest.starts_with("//") {
            return rest.len();
        }
        if rest.starts_with("/*") {
            self.inside = Inside::Comment { depth: 1 };
            return 2;
        }
        if is_in_word(first) {
            return self.word(rest);
        }
        match first {
            '"' => self.inside = Inside::Text { raw: None },
            '\'' => return character(rest),
            '(' | '[' | '{' => self.open.push(number),
            ')' | ']' | '}' => {
                self.open.pop();
            }
            _ => {}
        }
        first.len_utf8()
    }

    /// A word, or the beginning of a raw text.
    fn word(&mut self, rest: &str) -> usize {
        let end = rest.find(|c| !is_in_word(c)).unwrap_or(rest.len());
        let behind = &rest[end..];
        let hashes = behind.bytes().take_while(|byte| *byte == b'#').count();
        if matches!(&rest[..end], "r" | "br" | "cr") && behind[hashes..].starts_with('"') {
            self.inside = Inside::Text { raw: Some(hashes) };
            return end + hashes + 1;
        }
        end
    }

    fn text(&mut self, rest: &str, first: char, raw: Option<usize>) -> usize {
        match (first, raw) {
            ('\\', None) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            ('"', _) => {
                let wanted = raw.unwrap_or(0);
                let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
                if hashes >= wanted {
                    self.inside = Inside::Code;
                }
                1 + hashes.min(wanted)
            }
            _ => first.len_utf8(),
        }
    }

    fn comment(&mut self, rest: &str, first: char, depth: usize) -> usize {
        if rest.starts_with("/*") {
            self.inside = Inside::Comment { depth: depth + 1 };
            2
        } else if rest.starts_with("*/") {
            self.inside = if depth > 1 { Inside::Comment { depth: depth - 1 } } else { Inside::Code };
            2
        } else {
            first.len_utf8()
        }
    }
}

/// Without Unicode's tables: what is not ASCII can only be part of a name here.
fn is_in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()
}

/// The length of a character in quotes, or of the quote alone if it begins a lifetime.
fn character(rest: &str) -> usize {
    let mut inside = rest[1..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), Some(escaped)) => {
            let start = 2 + escaped.len_utf8();
            rest[start..].find('\'').map_or(rest.len(), |end| start + end + 1)
        }
        (Some(only), Some('\'')) => only.len_utf8() + 2,
        _ => 1,
    }
}
