//! `[answer]`: what an author says is right, read as the kind of the question has it.

use quiz::problem::Kind;

use crate::mistake::Mistake;
use crate::read::registry::Registries;
use crate::read::statement::StatedAnswer;
use crate::read::table::Table;
use crate::read::{discuss, fill, order, predict, spot, write};
use crate::spelling::with_article;

/// Reads what is right. `None` if it cannot be read, or must be there and is not; that has been reported.
pub(crate) fn read(
    front: &Table<'_>,
    kind: Kind,
    registries: &Registries,
    mistakes: &mut Vec<Mistake>,
) -> Option<StatedAnswer> {
    if kind == Kind::Write {
        return write::read(front, mistakes);
    }
    if front.key("answer").is_none() {
        match kind {
            Kind::Choice => return Some(StatedAnswer::Choice { several: false }),
            // Its check may be a section, and its right order is the block's.
            Kind::Order => return Some(StatedAnswer::Order { also: Vec::new(), at: front.span(), stdout: None }),
            Kind::Predict | Kind::Spot | Kind::Fill | Kind::Write | Kind::Discuss => {}
        }
        mistakes.push(
            front
                .mistake(
                    front.span(),
                    "`[answer]` is missing",
                    format!("{} states its answer here", with_article(kind)),
                )
                .help(answer_example(kind)),
        );
    }
    let table = front.table("answer", &format!("the answer of {}", with_article(kind)), mistakes)?;
    match kind {
        Kind::Choice => choice(&table, mistakes),
        Kind::Predict => predict::read(&table, mistakes),
        Kind::Spot => spot::read(&table, mistakes),
        Kind::Fill => fill::read(front, &table, registries, mistakes),
        Kind::Order => order::read(&table, mistakes),
        Kind::Write => None,
        Kind::Discuss => discuss::read(&table, mistakes),
    }
}

fn answer_example(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => "add `[answer]` and `select = \"several\"`",
        Kind::Predict => "add `[answer]` and `outcome = \"prints\"`, `\"error\"`, `\"panics\"` or `\"undefined\"`",
        Kind::Spot => "add `[answer]` with `code` and two to four `[[answer.roles]]`",
        Kind::Fill => "add `[answer]` with `accepted` and, unless there is a `## Check`, `stdout`",
        Kind::Order => "add `[answer]` with `stdout`, unless there is a `## Check`",
        Kind::Discuss => "add `[answer]` and `round = \"systems-design\"`, or another round of an interview",
        Kind::Write => "leave it out, or say how many `schedules` the tests run under",
    }
}

fn choice(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    table.only(&["select"], mistakes);
    let several = |word: &str| match word {
        "one" => Some(false),
        "several" => Some(true),
        _ => None,
    };
    let select = table.word("select", &["one", "several"], several, mistakes);
    Some(StatedAnswer::Choice { several: select.is_some_and(|select| select.value) })
}
