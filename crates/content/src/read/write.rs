//! What the front matter of a `write` says: under how many schedules its tests run, and what a good program costs.

use quiz::exercise::Complexity;

use crate::mistake::{self, Mistake};
use crate::read::statement::StatedAnswer;
use crate::read::table::Table;

/// The key of the costs.
pub(crate) const COMPLEXITY: &str = "complexity";
/// More schedules cost a learner's patience.
const MOST_SCHEDULES: u32 = 4;

/// Reads the costs and `[answer]`, which may be left out.
pub(crate) fn read(front: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    let before = mistake::errors(mistakes);
    let complexity = complexity(front, mistakes);
    let schedules = match front.key("answer") {
        Some(_) => schedules(&front.table("answer", "the answer of a `write`", mistakes)?, mistakes),
        None => 1,
    };
    let complexity = complexity.filter(|_| mistake::errors(mistakes) == before)?;
    Some(StatedAnswer::Write { schedules, complexity })
}

fn schedules(answer: &Table<'_>, mistakes: &mut Vec<Mistake>) -> u32 {
    answer.only(&["schedules"], mistakes);
    answer.number("schedules", 1..=MOST_SCHEDULES, mistakes).map_or(1, |number| number.value)
}

fn complexity(front: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<Complexity> {
    if front.key(COMPLEXITY).is_none() {
        let remedy = "add `[complexity]` with `time = \"O(n)\"` and `space = \"O(1)\"`";
        mistakes.push(front.mistake(front.span(), "`[complexity]` is missing", "what does it cost?").help(remedy));
    }
    let table = front.table(COMPLEXITY, "the complexity", mistakes)?;
    table.only(&["time", "space"], mistakes);
    let time = table.required_string("time", "time = \"O(n log n)\"", mistakes);
    let space = table.required_string("space", "space = \"O(n)\"", mistakes);
    for text in [&time, &space].into_iter().flatten() {
        if text.value.trim().is_empty() || text.value.ends_with('.') {
            let mistake = table.mistake(text.span.clone(), "a cost is a few words", "");
            mistakes.push(mistake.help("write words without a full stop: `O(n)` in the number of orders"));
        }
    }
    Some(Complexity { time: time?.value, space: space?.value })
}
