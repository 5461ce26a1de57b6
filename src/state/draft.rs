//! An answer under way, kept over a reload of the tab.

use quiz::answer::Answer;
use quiz::problem::Slug;
use serde::{Deserialize, Serialize};

use crate::browser::storage;

/// An answer under way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// What is filled in so far.
    pub answer: Option<Answer>,
    /// How many hints were opened.
    pub hints: u32,
    /// The time it took so far, in ms.
    pub took: u64,
    /// Whether it was submitted, and so stored in the log.
    pub submitted: bool,
    /// The problem's revision that it answers.
    pub revision: u32,
    /// The number that the options are shuffled by.
    pub seed: u64,
}

fn key(slug: &Slug) -> String {
    format!("borrowed-time/draft/{slug}")
}

impl Draft {
    /// What this tab had under way, if it is for the same revision of the problem.
    pub fn remembered(slug: &Slug, revision: u32) -> Option<Draft> {
        let draft: Draft = serde_json::from_str(&storage::remembered(&key(slug))?).ok()?;
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
        let draft = text.and_then(|text| serde_json::from_str::<Draft>(&text).ok());
        if draft.is_some_and(|draft| draft.submitted) {
            Draft::forget(slug);
        }
    }
}
