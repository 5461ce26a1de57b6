//! A question under way as it is kept over a reload of the tab.
//!
//! The names of the keys are older than the machine and stay: a release that comes in between must find what was typed.

use serde::Serialize;

use super::draft::AnswerDraft;
use crate::answer::Answer;
use crate::attempt::AttemptId;
use crate::json::{FromJson, Json};
use crate::problem::Question;

/// A question under way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StoredAnswering {
    /// What is filled in so far.
    pub draft: Option<AnswerDraft>,
    /// What was handed in last.
    #[serde(rename = "tried")]
    pub last: Option<Answer>,
    /// How many answers were handed in in this sitting.
    pub tries: u32,
    /// The first of them, which counts.
    #[serde(rename = "counts")]
    pub first: Option<AttemptId>,
    /// How many hints were opened.
    pub hints: u32,
    /// The time it took so far, in ms.
    #[serde(rename = "took")]
    pub elapsed_ms: u64,
    /// Whether nothing more can be handed in.
    #[serde(rename = "submitted")]
    pub is_closed: bool,
    /// Whether its feedback waits for the end of the round.
    #[serde(rename = "held")]
    pub is_held: bool,
    /// The problem's revision that it answers.
    pub revision: u32,
    /// The number that the options are shuffled by.
    pub seed: u64,
}

/// For so long, in ms, a further try belongs to the sitting of the first; after that the problem is met anew: who comes back the
/// next day begins another day.
pub const SITTING_MS: u64 = 18 * 3_600_000;

impl StoredAnswering {
    /// Whether something that takes long to write is begun and not answered: a program that is not what one begins with, or notes.
    pub fn is_begun(&self, question: &Question) -> bool {
        let is_written = match (&self.draft, question) {
            (Some(AnswerDraft::Write(draft)), Question::Write(exercise)) => {
                draft.code != exercise.start.text && !draft.code.trim().is_empty()
            }
            (Some(AnswerDraft::Discuss(draft)), _) => !draft.notes.trim().is_empty(),
            _ => false,
        };
        is_written && !self.is_closed
    }

    /// How it is taken up at `now`, in ms since 1970: what was written is there, and tries of another day are over.
    pub fn taken_up(self, now: u64) -> StoredAnswering {
        // A name may be ahead of a clock that was set back.
        if self.first.is_none_or(|first| now.saturating_sub(first.time) <= SITTING_MS) {
            return self;
        }
        let draft = self.draft.map(|draft| match draft {
            AnswerDraft::Write(draft) => AnswerDraft::Write(draft.unjudged()),
            other => other,
        });
        StoredAnswering { draft, revision: self.revision, ..StoredAnswering::default() }
    }
}

impl FromJson for StoredAnswering {
    fn from_json(json: Json<'_>) -> StoredAnswering {
        let mut fields = json.fields();
        StoredAnswering {
            draft: fields.take("draft"),
            last: fields.take("tried"),
            tries: fields.take_or_default("tries"),
            first: fields.take("counts"),
            hints: fields.take_or_default("hints"),
            elapsed_ms: fields.take_or_default("took"),
            is_closed: fields.take_or_default("submitted"),
            is_held: fields.take_or_default("held"),
            revision: fields.take_or_default("revision"),
            seed: fields.take_or_default("seed"),
        }
    }
}
