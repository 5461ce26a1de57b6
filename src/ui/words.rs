//! Sentences that are said in more than one place.

use quiz::grading::Mark;

use crate::browser::language::{counted, number};

/// Takes a file of what is stored and could not be read.
pub const EXPORT_UNREAD: &str = "Export what could not be read";

/// Leads to the placement.
pub const FIND_LEVEL: &str = "Find your level with ten questions";

/// What the choice of a level is about.
pub const OWN_LEVEL: &str = "The level you practise at";

/// What becomes of answers that stop counting.
pub const ANSWERS_STAY: &str = " The answers stay in this browser and in your exports.";

/// The classes, the sign and the word of a mark in a list.
pub fn marked(mark: Mark) -> (&'static str, &'static str, &'static str) {
    match mark {
        Mark::Right => ("state good", "✓", "right"),
        Mark::Partly => ("state partly", "◐", "partly right"),
        Mark::Wrong => ("state bad", "✗", "missed"),
    }
}

/// How many problems fit what is searched and chosen.
pub fn that_fit(count: usize) -> String {
    match count {
        0 => "No problem fits.".to_owned(),
        1 => "1 problem fits.".to_owned(),
        many => format!("{} fit.", counted(many, "problem")),
    }
}

/// What happens to the answers when something starts over.
pub fn that_stop_counting(answers: usize) -> String {
    match answers {
        1 => "One answer stops counting".to_owned(),
        many => format!("{} answers stop counting", number(many)),
    }
}
