//! A question under way, kept over a reload of the tab.

use quiz::answering::StoredAnswering;
use quiz::json;
use quiz::problem::Slug;

use crate::browser::storage;

fn key(slug: &Slug) -> String {
    format!("borrowed-time/draft/{slug}")
}

/// What this tab had under way.
pub fn remembered(slug: &Slug) -> Option<StoredAnswering> {
    json::read(&storage::remembered(&key(slug))?).ok()
}

/// Keeps it over a reload.
pub fn remember(slug: &Slug, stored: &StoredAnswering) {
    let text = serde_json::to_string(stored).expect("a draft has no failing serialisers");
    storage::remember(&key(slug), &text);
}

/// Lets go of it.
pub fn forget(slug: &Slug) {
    storage::forget(&key(slug));
}

/// Lets go of it if its answer is in the log.
pub fn forget_if_answered(slug: &Slug) {
    if remembered(slug).is_some_and(|stored| stored.is_closed) {
        forget(slug);
    }
}
