//! A question under way, kept over a reload of the tab; in an interview, over the end of the browser.

use quiz::answering::StoredAnswering;
use quiz::attempt::Mode;
use quiz::journal::Storage;
use quiz::json;
use quiz::problem::Slug;

use crate::browser::storage::{self, LocalStorage};

fn key(slug: &Slug) -> String {
    format!("borrowed-time/draft/{slug}")
}

/// An interview goes on when the browser has crashed, and is over only when its time is up.
fn interview_key(slug: &Slug) -> String {
    format!("borrowed-time/interview-draft/{slug}")
}

/// What this tab had under way.
pub fn remembered(mode: Mode, slug: &Slug) -> Option<StoredAnswering> {
    let text = match mode {
        Mode::Practice | Mode::Single => storage::remembered(&key(slug)),
        Mode::Interview => LocalStorage.get(&interview_key(slug)).ok().flatten(),
    };
    json::read(&text?).ok()
}

/// Keeps it over a reload.
pub fn remember(mode: Mode, slug: &Slug, stored: &StoredAnswering) {
    let text = serde_json::to_string(stored).expect("a draft has no failing serialisers");
    match mode {
        Mode::Practice | Mode::Single => storage::remember(&key(slug), &text),
        // Without room it is on the page only; who hands in is told that the storage is full.
        Mode::Interview => _ = LocalStorage.set(&interview_key(slug), &text),
    }
}

/// Lets go of it.
pub fn forget(mode: Mode, slug: &Slug) {
    match mode {
        Mode::Practice | Mode::Single => storage::forget(&key(slug)),
        Mode::Interview => _ = LocalStorage.remove(&interview_key(slug)),
    }
}

/// Lets go of it if its answer is in the log.
pub fn forget_if_answered(slug: &Slug) {
    if remembered(Mode::Single, slug).is_some_and(|stored| stored.is_closed) {
        forget(Mode::Single, slug);
    }
}
