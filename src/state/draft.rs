//! An answer under way, kept over a reload of the tab.

use quiz::answer::Answer;
use quiz::attempt::AttemptId;
use quiz::json::{self, FromJson, Json};
use quiz::problem::Slug;
use serde::Serialize;

use crate::browser::storage;

/// An answer under way.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Draft {
    /// What is filled in so far.
    pub answer: Option<Answer>,
    /// What stands in each slot or gap so far, where there are some.
    pub places: Vec<Option<usize>>,
    /// How many answers were handed in in this sitting.
    pub tries: u32,
    /// The first of them, which counts.
    pub counts: Option<AttemptId>,
    /// The answer of the last try.
    pub tried: Option<Answer>,
    /// How many hints were opened.
    pub hints: u32,
    /// The time spent so far, in ms.
    pub elapsed_ms: u64,
    /// Whether it was submitted, and so stored in the log.
    pub submitted: bool,
    /// The problem's revision that it answers.
    pub revision: u32,
    /// The number that the options are shuffled by.
    pub seed: u64,
}

impl FromJson for Draft {
    fn from_json(json: Json<'_>) -> Draft {
        let mut fields = json.fields();
        Draft {
            answer: fields.take("answer"),
            places: fields.take_or_default("places"),
            tries: fields.take_or_default("tries"),
            counts: fields.take("counts"),
            tried: fields.take_or_default("tried"),
            hints: fields.take_or_default("hints"),
            elapsed_ms: fields.take_or_default("elapsed_ms"),
            submitted: fields.take_or_default("submitted"),
            revision: fields.take_or_default("revision"),
            seed: fields.take_or_default("seed"),
        }
    }
}

fn key(slug: &Slug) -> String {
    format!("borrowed-time/draft/{slug}")
}

impl Draft {
    /// What this tab had under way, if it is for the same revision of the problem.
    pub fn remembered(slug: &Slug, revision: u32) -> Option<Draft> {
        let draft: Draft = json::read(&storage::remembered(&key(slug))?).ok()?;
        (draft.revision == revision).then_some(draft)
    }

    /// Keeps it over a reload.
    pub fn remember(&self, slug: &Slug) {
        let text = serde_json::to_string(self).expect("a draft has no failing serialisers");
        storage::remember(&key(slug), &text);
    }

    /// Lets go of it.
    pub fn forget(slug: &Slug) {
        storage::forget(&key(slug));
    }

    /// Lets go of it if its answer is in the log.
    pub fn forget_if_submitted(slug: &Slug) {
        let text = storage::remembered(&key(slug));
        let draft = text.and_then(|text| json::read::<Draft>(&text).ok());
        if draft.is_some_and(|draft| draft.submitted) {
            Draft::forget(slug);
        }
    }
}
