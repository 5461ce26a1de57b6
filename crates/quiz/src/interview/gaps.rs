//! What was missing in an interview: rows of rubrics that were not covered in full, and questions that were not answered.

use std::cmp::Reverse;

use super::headings::Heading;
use crate::discussion::Score;
use crate::places;

/// So many are named at most.
const MOST_NAMED: usize = 6;

/// Something that was missing.
pub(super) struct Gap {
    /// The title of the question.
    pub(super) title: String,
    pub(super) lack: Lack,
    /// The points of 100 that were lost by it, times their weight, each with the heading under which they were.
    pub(super) lost: Vec<(Heading, u64)>,
}

/// What was missing of a question.
pub(super) enum Lack {
    /// The answer.
    Answer,
    /// A row of its rubric, in these words.
    Row(String),
    /// A part of one.
    PartOfRow(String),
}

impl Lack {
    /// What a row lacks by its score, if anything.
    pub(super) fn of_row(score: Score, text: &str) -> Option<Lack> {
        match score {
            Score::Yes => None,
            Score::Partly => Some(Lack::PartOfRow(text.to_owned())),
            Score::No => Some(Lack::Row(text.to_owned())),
        }
    }
}

impl Gap {
    fn in_words(&self) -> String {
        let title = &self.title;
        match &self.lack {
            Lack::Answer => format!("Not answered: “{title}”."),
            Lack::Row(text) => format!("Missing in “{title}”: {text}"),
            Lack::PartOfRow(text) => format!("Only in part in “{title}”: {text}"),
        }
    }
}

/// The gaps that cost most, in words. `cost` tells what lost points cost under a heading; what costs nothing is not named.
pub(super) fn costliest(gaps: &[Gap], cost: impl Fn(Heading, u64) -> u64) -> Vec<String> {
    let of_gap = |gap: &Gap| gap.lost.iter().map(|(heading, lost)| cost(*heading, *lost)).sum::<u64>();
    let mut costly: Vec<(u64, &Gap)> =
        gaps.iter().map(|gap| (of_gap(gap), gap)).filter(|(cost, _)| *cost > 0).collect();
    places::sort_by_key(&mut costly, |(cost, _)| Reverse(*cost));
    costly.into_iter().take(MOST_NAMED).map(|(_, gap)| gap.in_words()).collect()
}
