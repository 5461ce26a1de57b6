//! What the front matter of a `discuss` says: the round of an interview in which it is asked.

use quiz::discussion::Round;

use crate::mistake::Mistake;
use crate::read::statement::StatedAnswer;
use crate::read::table::Table;

/// Reads `[answer]`: the round in which it is asked.
pub(crate) fn read(answer: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    answer.only(&["round"], mistakes);
    let rounds = Round::ALL.map(Round::name);
    let round = answer.required_word("round", &rounds, Round::from_name, mistakes)?;
    Some(StatedAnswer::Discuss { round: round.value })
}
