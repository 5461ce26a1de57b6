//! The options of a choice: a task list whose items carry a rationale and, if wrong, a misconception.

use std::ops::Range;
use std::sync::Arc;

use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::read::misconception::Named;
use crate::read::outline::{Item, List};
use crate::read::registry::Registries;
use crate::source::Source;
use crate::spelling::count;

/// Fewer are no choice.
const FEWEST: usize = 2;
/// How many options a choice has.
const NUMBER: std::ops::RangeInclusive<usize> = 3..=6;

/// An option as its author wrote it.
#[derive(Clone, Debug)]
pub(crate) struct WrittenOption {
    pub(crate) span: Range<usize>,
    pub(crate) text: String,
    pub(crate) rationale: String,
    pub(crate) right: bool,
    /// The id of a misconception.
    pub(crate) misconception: Option<String>,
}

/// Reads the items of a list as options.
pub(crate) fn read(
    source: &Arc<Source>,
    list: &List,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) -> Vec<WrittenOption> {
    list.items.iter().filter_map(|item| option(source, item, registries, mistakes)).collect()
}

/// Checks what can only be said of all options together. `heading` is the place of the section's heading.
pub(crate) fn check_all(
    source: &Arc<Source>,
    heading: Range<usize>,
    options: &[WrittenOption],
    several: bool,
    mistakes: &mut Vec<Mistake>,
) {
    if !NUMBER.contains(&options.len()) {
        let title = format!("a choice of {}", count(options.len(), "option"));
        let label = format!("{} to {} are good", NUMBER.start(), NUMBER.end());
        let mistake = Mistake::at(source, heading.clone(), title, label);
        mistakes.push(if options.len() < FEWEST { mistake } else { mistake.lint(Lint::NumberOfOptions) });
    }
    let right: Vec<&WrittenOption> = options.iter().filter(|option| option.right).collect();
    match right.as_slice() {
        [] => mistakes.push(
            Mistake::at(source, heading, "no right option", "all boxes are empty")
                .help("tick the right option: `- [x]`"),
        ),
        [first, second, ..] if !several => mistakes.push(
            Mistake::at(source, head(source, second), "two right options where one is asked for", "right as well")
                .and(source, head(source, first), "right")
                .help("untick one, or ask for all of them: `select = \"several\"` below `[answer]`"),
        ),
        _ => {}
    }
}

fn head(source: &Source, option: &WrittenOption) -> Range<usize> {
    source.line_around(option.span.start)
}

fn option(
    source: &Arc<Source>,
    item: &Item,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) -> Option<WrittenOption> {
    let head = source.line_around(item.span.start);
    let Some((right, marker)) = item.task.clone() else {
        mistakes.push(
            Mistake::at(source, head, "an option without a box", "right or wrong?")
                .help("begin it with `- [x]` if it is right and with `- [ ]` if it is wrong"),
        );
        return None;
    };
    let Some((first, rest)) = item.children.split_first() else {
        mistakes.push(Mistake::at(source, head, "an option without a text", "its text begins here"));
        return None;
    };
    let text = source.text[marker.end.max(first.span.start)..first.span.end.max(marker.end)].trim().to_owned();
    if !first.is_paragraph || text.is_empty() {
        mistakes.push(Mistake::at(source, head.clone(), "an option without a text", "its text begins here"));
    }
    let paragraphs: Vec<Range<usize>> =
        item.children.iter().filter(|child| child.is_paragraph).map(|child| child.span.clone()).collect();
    let named = Named::find(source, &item.span, &paragraphs);
    let written = WrittenOption {
        span: item.span.clone(),
        text: dedent(&text, item, source),
        rationale: rationale(source, item, first.span.end, named.as_ref()),
        right,
        misconception: named.as_ref().and_then(|named| named.id.clone()),
    };
    let rationale_missing = rest.is_empty() || written.rationale.is_empty();
    if rationale_missing {
        mistakes.push(
            Mistake::at(source, head.clone(), "an option without a rationale", "why is it right or wrong?")
                .help("add a paragraph, indented below the option and after an empty line"),
        );
    }
    misconception(source, head, &written, named.as_ref(), registries, mistakes);
    Some(written)
}

fn misconception(
    source: &Arc<Source>,
    head: Range<usize>,
    option: &WrittenOption,
    named: Option<&Named>,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) {
    match named {
        None if !option.right => mistakes.push(
            Mistake::at(source, head, "a wrong option without a misconception", "who believes this, and why?")
                .lint(Lint::NoMisconception)
                .help("end the option with a line such as: Misconception: `for-borrows`"),
        ),
        Some(named) if option.right => mistakes.push(
            Mistake::at(source, named.span.clone(), "a right option with a misconception", "nothing is wrong with it")
                .and(source, head, "marked as right")
                .help("remove the line, or untick the option"),
        ),
        Some(named) => named.check(source, registries, mistakes),
        None => {}
    }
}

/// What stands between the option's text and its misconception.
fn rationale(source: &Source, item: &Item, start: usize, named: Option<&Named>) -> String {
    let stretch = start..item.span.end;
    let text = match named {
        Some(named) => named.cut_from(source, &stretch),
        None => source.text[stretch].to_owned(),
    };
    dedent(&text, item, source)
}

/// The text without the indentation that makes it part of the item.
fn dedent(text: &str, item: &Item, source: &Source) -> String {
    let marker = source.text[item.span.clone()].find('[').unwrap_or(2);
    let dedented = text.lines().map(|line| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        &line[indent.min(marker)..]
    });
    let lines: Vec<&str> = dedented.collect();
    lines.join("\n").trim().to_owned()
}
