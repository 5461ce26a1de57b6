//! The lines of an `order`: what the front matter says of them, and their markers in the program.

use std::ops::Range;
use std::sync::Arc;

use crate::mistake::{self, Mistake};
use crate::read::blocks::Block;
use crate::read::keys::stated_once;
use crate::read::markers::{DECOY, MARKER, Marked, Movable, split};
use crate::read::statement::StatedAnswer;
use crate::read::table::Table;
use crate::source::{Source, Spanned};
use crate::spelling::count;

/// How many lines are to be placed.
const PLACED: std::ops::RangeInclusive<usize> = 2..=7;
/// How many movable lines there are at least, decoys included.
const FEWEST: usize = 3;

// The front matter.

/// Reads `[answer]`.
pub(crate) fn read(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    let before = mistake::errors(mistakes);
    table.only(&["stdout", "also"], mistakes);
    let stdout = table.string("stdout", mistakes);
    let at = table.key("also").unwrap_or_else(|| table.span());
    let lists = match table.key("also") {
        Some(_) => table.lists_of_numbers("also", mistakes)?,
        None => Vec::new(),
    };
    let numbers = |list: Spanned<Vec<Spanned<u32>>>| Spanned {
        value: list.value.into_iter().map(|number| number.value).collect::<Vec<_>>(),
        span: list.span,
    };
    let also: Vec<_> = lists.into_iter().map(numbers).collect();
    stated_once(table, &also, mistakes);
    (mistake::errors(mistakes) == before).then_some(StatedAnswer::Order { also, at, stdout })
}

/// Reports arrangements that the program cannot have.
pub(crate) fn check_also(
    source: &Arc<Source>,
    marked: &Marked,
    also: &[Spanned<Vec<u32>>],
    mistakes: &mut Vec<Mistake>,
) {
    let places = marked.order_of_block().len();
    for arrangement in also {
        let numbers = &arrangement.value;
        let mut wrong = |title: String, label: &str| {
            let help = format!("name {places} of the {} movable lines, counted from 1", marked.lines.len());
            mistakes.push(Mistake::at(source, arrangement.span.clone(), title, label).help(help));
        };
        let strange = numbers.iter().find(|number| !(1..=marked.lines.len()).contains(&(**number as usize)));
        let repeated = numbers.iter().enumerate().find(|(index, number)| numbers[..*index].contains(number));
        if let Some(strange) = strange {
            wrong(format!("there is no movable line {strange}"), "decoys are counted as well");
        } else if let Some((_, repeated)) = repeated {
            wrong(format!("line {repeated} is placed twice"), "a line can be used once");
        } else if numbers.len() != places {
            let label = format!("must have {}", count(places, "line"));
            wrong(format!("an arrangement of {}", count(numbers.len(), "line")), &label);
        } else if indexes(numbers) == marked.order_of_block() {
            let title = "the order of the block is stated again";
            let mistake = Mistake::at(source, arrangement.span.clone(), title, "right anyway");
            mistakes.push(mistake.help("remove it"));
        }
    }
}

/// Numbers from 1 as indexes.
pub(crate) fn indexes(numbers: &[u32]) -> Vec<usize> {
    numbers.iter().map(|number| (*number as usize).saturating_sub(1)).collect()
}

// The program.

/// Reports markers that cannot be read, and lines that cannot be arranged.
pub(crate) fn check_markers(source: &Arc<Source>, block: &Block, mistakes: &mut Vec<Mistake>) {
    let marked = Marked::read(&block.code);
    let before = mistake::errors(mistakes);
    for (index, line) in block.code.lines().enumerate() {
        let place = block.line(source, index as u32 + 1);
        mistakes.extend(wrong_marker(source, line, place));
    }
    if mistake::errors(mistakes) > before {
        return;
    }
    check_number(source, block, &marked, mistakes);
    for (index, line) in marked.lines.iter().enumerate() {
        if let Some(first) = marked.lines[..index].iter().find(|first| first.text == line.text) {
            let place = |line: &Movable| block.line(source, line.number);
            let title = "two movable lines are the same";
            mistakes.push(
                Mistake::at(source, place(line), title, "again here")
                    .and(source, place(first), "first here")
                    .help("fix one of them in its place, or change it: a learner could not tell them apart"),
            );
        }
    }
}

fn wrong_marker(source: &Arc<Source>, line: &str, place: Range<usize>) -> Option<Mistake> {
    let (text, marker) = split(line)?;
    if text.trim().is_empty() {
        let mistake = Mistake::at(source, place, "an empty line is to be arranged", "nothing stands before the marker");
        return Some(mistake.help("remove the line, or write `//@` behind one with code"));
    }
    if !marker.is_empty() && marker != DECOY {
        let title = format!("unknown marker `{MARKER} {marker}`");
        let mistake = Mistake::at(source, place, title, "not a marker");
        return Some(mistake.help("the markers are `//@` and, for a line that is left out, `//@ decoy`"));
    }
    if !text.ends_with(' ') || text.contains(MARKER) {
        let mistake = Mistake::at(source, place, "a marker that cannot be read", "not clear");
        return Some(mistake.help("end the line in one blank and one `//@` or `//@ decoy`"));
    }
    None
}

fn check_number(source: &Arc<Source>, block: &Block, marked: &Marked, mistakes: &mut Vec<Mistake>) {
    let (placed, all) = (marked.order_of_block().len(), marked.lines.len());
    let mut wrong = |title: String, label: String, remedy: &str| {
        mistakes.push(Mistake::at(source, block.fence.clone(), title, label).help(remedy));
    };
    if !PLACED.contains(&placed) {
        let label = format!("must be {} to {}", PLACED.start(), PLACED.end());
        let remedy = "end each line that is to be arranged in ` //@`";
        wrong(format!("an `order` of {}", count(placed, "line")), label, remedy);
    } else if all < FEWEST {
        let label = format!("at least {FEWEST} movable lines are needed");
        wrong(format!("an `order` of {} without a choice", count(all, "line")), label, "add a decoy: ` //@ decoy`");
    }
}
