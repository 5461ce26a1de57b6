//! The slots of a `fill`: what the front matter says of them, and their markers in the program.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::lint::Lint;
use crate::mistake::{self, Mistake};
use crate::read::blocks::{Block, COLUMNS};
use crate::read::keys::stated_once;
use crate::read::markers::{Comment, comments, is_slot_name, slot_marker};
use crate::read::misconception;
use crate::read::registry::Registries;
use crate::read::statement::{StatedAnswer, WrittenSlot, quoted};
use crate::read::table::Table;
use crate::source::{Source, Spanned};
use crate::spelling::{count, enumeration};

/// The keys of the front matter.
pub(crate) const SLOTS: &str = "slots";
pub(crate) const MISCONCEPTIONS: &str = "misconceptions";
/// How many choices a slot has at least: fewer are none.
const FEWEST: usize = 2;
/// How many it has at most: more are no better.
const MOST: usize = 6;

// The front matter.

/// Reads `[slots]`, `[misconceptions]` and `[answer]`.
pub(crate) fn read(
    front: &Table<'_>,
    answer: &Table<'_>,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) -> Option<StatedAnswer> {
    let before = mistake::errors(mistakes);
    answer.only(&["stdout", "accepted"], mistakes);
    let slots = slots(front, mistakes);
    let stdout = answer.string("stdout", mistakes);
    if answer.key("accepted").is_none() {
        answer.missing("accepted", "accepted = [[\"…\", \"…\"]]", mistakes);
    }
    let lists = answer.lists_of_strings("accepted", mistakes)?;
    let at = answer.key("accepted")?;
    let mut slots = slots?;
    if lists.is_empty() && mistake::errors(mistakes) == before {
        mistakes.push(
            answer
                .mistake(at.clone(), "`accepted` is empty", "which combinations are right?")
                .help("name every combination that passes the check"),
        );
    }
    let accepted: Vec<_> = lists.iter().filter_map(|list| combination(answer, list, &slots, mistakes)).collect();
    stated_once(answer, &accepted, mistakes);
    misconceptions(front, &mut slots, &accepted, registries, mistakes);
    (mistake::errors(mistakes) == before).then_some(StatedAnswer::Fill { slots, accepted, at, stdout })
}

/// The slots in the order of their names; `None` if one of them cannot be used.
fn slots(front: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Vec<WrittenSlot>> {
    if front.key(SLOTS).is_none() {
        mistakes.push(
            front
                .mistake(front.span(), "`[slots]` is missing", "a `fill` says here what can be chosen")
                .help("add `[slots]` and, for the slot `/*a*/` of the program, `a = [\"…\", \"…\"]`"),
        );
    }
    let table = front.table(SLOTS, "the slots of a `fill`", mistakes)?;
    let before = mistake::errors(mistakes);
    let names = table.keys();
    if names.is_empty() {
        let mistake = table.mistake(table.span(), "`[slots]` is empty", "a `fill` has one slot or more");
        mistakes.push(mistake.help("for the slot `/*a*/` of the program add `a = [\"…\", \"…\"]`"));
    }
    let mut slots: Vec<_> = names.into_iter().filter_map(|name| slot(&table, name, mistakes)).collect();
    slots.sort_by(|one, other| one.name.value.cmp(&other.name.value));
    (mistake::errors(mistakes) == before).then_some(slots)
}

fn slot(table: &Table<'_>, name: Spanned<String>, mistakes: &mut Vec<Mistake>) -> Option<WrittenSlot> {
    if !is_slot_name(&name.value) {
        let title = format!("`{}` cannot be the name of a slot", name.value);
        let mistake = table.mistake(name.span.clone(), title, "must be one letter from `a` to `g`");
        mistakes.push(mistake.help("name it `a`, and write `/*a*/` in the program"));
    }
    let choices = table.strings(&name.value, mistakes)?;
    if !(FEWEST..=MOST).contains(&choices.len()) {
        let title = format!("the slot `{}` has {}", name.value, count(choices.len(), "choice"));
        let mistake = |label: String| table.mistake(name.span.clone(), title, label);
        mistakes.push(match choices.len() < FEWEST {
            true => mistake(format!("must have at least {FEWEST}")),
            false => mistake(format!("{FEWEST} to {MOST} are good")).lint(Lint::ManyChoices),
        });
    }
    let mut seen = BTreeSet::new();
    for choice in &choices {
        if choice.value.contains('\n') {
            let mistake = table.mistake(choice.span.clone(), "a choice of several lines", "must be one line or less");
            mistakes.push(mistake.help("choose between parts of a line"));
        }
        if !seen.insert(&choice.value) {
            let title = format!("the choice {} stands twice in the slot `{}`", quoted(&choice.value), name.value);
            mistakes.push(table.mistake(choice.span.clone(), title, "named before").help("remove one of the two"));
        }
    }
    let misconceptions = vec![None; choices.len()];
    Some(WrittenSlot { name, choices, misconceptions })
}

/// Which belief stands behind which choice of which slot.
fn misconceptions(
    front: &Table<'_>,
    slots: &mut [WrittenSlot],
    accepted: &[Spanned<Vec<usize>>],
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) {
    let Some(table) = front.table(MISCONCEPTIONS, "the misconceptions of a `fill`", mistakes) else { return };
    for name in table.keys() {
        let Some(place) = slots.iter().position(|slot| slot.name.value == name.value) else {
            let title = format!("there is no slot `{}`", name.value);
            let names = slots.iter().map(|slot| slot.name.value.as_str());
            let remedy = format!("the slots are {}", enumeration(names));
            mistakes.push(table.mistake(name.span, title, "not in `[slots]`").help(remedy));
            continue;
        };
        let what = format!("the misconceptions of the slot `{}`", name.value);
        let Some(of_slot) = table.table(&name.value, &what, mistakes) else { continue };
        for choice in of_slot.keys() {
            let slot = &slots[place];
            let Some(pick) = slot.choices.iter().position(|known| known.value == choice.value) else {
                mistakes.push(not_a_choice(&of_slot, slot, &choice));
                continue;
            };
            if let Some(right) = accepted.iter().find(|picks| picks.value[place] == pick) {
                let title = format!("{} is right and has a misconception", quoted(&choice.value));
                let mistake = of_slot.mistake(choice.span, title, "who chooses it may be right");
                let mistake = mistake.and(of_slot.source(), right.span.clone(), "accepted here");
                mistakes.push(mistake.help("name the beliefs behind choices that are wrong whatever else is chosen"));
                continue;
            }
            let Some(id) = of_slot.string(&choice.value, mistakes) else { continue };
            misconception::known(of_slot.source(), id.span, &id.value, registries, mistakes);
            slots[place].misconceptions[pick] = Some(id.value);
        }
    }
}

/// The picks of an accepted combination.
fn combination(
    table: &Table<'_>,
    list: &Spanned<Vec<Spanned<String>>>,
    slots: &[WrittenSlot],
    mistakes: &mut Vec<Mistake>,
) -> Option<Spanned<Vec<usize>>> {
    if list.value.len() != slots.len() {
        let title =
            format!("a combination of {} for {}", count(list.value.len(), "choice"), count(slots.len(), "slot"));
        let names: Vec<String> = slots.iter().map(|slot| format!("`{}`", slot.name.value)).collect();
        let mistake = table.mistake(list.span.clone(), title, "one choice for each slot is needed");
        mistakes.push(mistake.help(format!("the order of the slots is {}", names.join(", "))));
        return None;
    }
    let mut picks = Vec::new();
    for (slot, choice) in slots.iter().zip(&list.value) {
        match slot.choices.iter().position(|known| known.value == choice.value) {
            Some(pick) => picks.push(pick),
            None => mistakes.push(not_a_choice(table, slot, choice)),
        }
    }
    (picks.len() == slots.len()).then(|| Spanned { value: picks, span: list.span.clone() })
}

fn not_a_choice(table: &Table<'_>, slot: &WrittenSlot, choice: &Spanned<String>) -> Mistake {
    let title = format!("{} is no choice of the slot `{}`", quoted(&choice.value), slot.name.value);
    let choices: Vec<String> = slot.choices.iter().map(|choice| quoted(&choice.value)).collect();
    table
        .mistake(choice.span.clone(), title, "not to be chosen")
        .and(table.source(), slot.name.span.clone(), "the slot")
        .help(format!("its choices are {}", choices.join(", ")))
}

// The program.

/// Reports slots and markers that do not belong together.
pub(crate) fn check_markers(source: &Arc<Source>, block: &Block, slots: &[WrittenSlot], mistakes: &mut Vec<Mistake>) {
    let comments = comments(&block.code);
    let mut marked: Vec<(&str, Range<usize>)> = Vec::new();
    for comment in &comments {
        match comment {
            Comment::Marker(name, place) => marked.push((name, place.clone())),
            Comment::Strange(place) => mistakes.push(strange(source, place_of(source, block, place))),
            Comment::Hidden(place) => mistakes.push(hidden(source, place_of(source, block, place))),
        }
    }
    for (index, (name, place)) in marked.iter().enumerate() {
        let place = place_of(source, block, place);
        if !slots.iter().any(|slot| slot.name.value == *name) {
            let mistake =
                Mistake::at(source, place, format!("unknown slot `{}`", slot_marker(name)), "not in `[slots]`");
            mistakes.push(mistake.help(format!("add `{name} = [\"…\", \"…\"]` below `[slots]`")));
        } else if let Some((_, first)) = marked[..index].iter().find(|(other, _)| other == name) {
            let title = format!("the slot `{}` stands twice in the program", slot_marker(name));
            let mistake = Mistake::at(source, place, title, "again here");
            mistakes.push(
                mistake
                    .and(source, place_of(source, block, first), "first here")
                    .help("give the second one a name and choices of its own"),
            );
        }
    }
    // A marker that cannot be read has been reported; it may be the one that is missed.
    if comments.iter().all(|comment| matches!(comment, Comment::Marker(..))) {
        mistakes.extend(slots.iter().filter_map(|slot| unused(source, block, slot, &marked)));
    }
    too_wide(source, block, slots, mistakes);
}

/// A line may be too wide only with some of its choices.
fn too_wide(source: &Arc<Source>, block: &Block, slots: &[WrittenSlot], mistakes: &mut Vec<Mistake>) {
    for (index, line) in block.code.lines().enumerate().filter(|(_, line)| line.chars().count() <= COLUMNS) {
        let widened = slots.iter().filter(|slot| line.contains(&slot.marker())).map(|slot| {
            let widest = slot.choices.iter().map(|choice| choice.value.chars().count()).max();
            widest.unwrap_or(0).saturating_sub(slot.marker().len())
        });
        let columns = line.chars().count() + widened.sum::<usize>();
        if columns > COLUMNS {
            let label = format!("{columns} columns with the longest choices, at most {COLUMNS} fit on a phone");
            let place = block.line(source, index as u32 + 1);
            let mistake = Mistake::at(source, place, "a line of code can be too wide", label);
            mistakes.push(mistake.lint(Lint::WideLine).help("break the line"));
        }
    }
}

fn unused(source: &Arc<Source>, block: &Block, slot: &WrittenSlot, marked: &[(&str, Range<usize>)]) -> Option<Mistake> {
    if marked.iter().any(|(name, _)| *name == slot.name.value) {
        return None;
    }
    let title = format!("the slot `{}` is never used", slot.name.value);
    let mistake = Mistake::at(source, slot.name.span.clone(), title, format!("no `{}` in the program", slot.marker()));
    Some(mistake.and(source, block.fence.clone(), "the program").help("write its marker where its choices go"))
}

fn strange(source: &Arc<Source>, place: Range<usize>) -> Mistake {
    Mistake::at(source, place, "a comment that looks like a slot but is none", "not a slot")
        .help("a slot is one letter from `a` to `g` between `/*` and `*/`, without blanks: `/*a*/`")
}

fn hidden(source: &Arc<Source>, place: Range<usize>) -> Mistake {
    Mistake::at(source, place, "a slot inside of a text or a comment", "the compiler sees no code here")
        .help("put the whole text into the choices, or write the comment without a slot")
}

/// The place in the file of a stretch of a line of the code.
fn place_of(source: &Source, block: &Block, place: &Range<usize>) -> Range<usize> {
    let before = &block.code[..place.start];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = &block.code[line_start..];
    let indent = line.len() - line.trim_start().len();
    let number = before.matches('\n').count() + 1;
    let start = block.line(source, number as u32).start + (place.start - line_start).saturating_sub(indent);
    start..start + place.len()
}
