//! A question under way, kept over a reload of the tab; in an interview, over the end of the browser. So is what takes long to write:
//! it stays until it is answered, however long its learner does not come back.

use quiz::answering::StoredAnswering;
use quiz::attempt::Mode;
use quiz::journal::Storage;
use quiz::json;
use quiz::places;
use quiz::problem::Slug;

use crate::browser::clock;
use crate::browser::storage::{self, LocalStorage};

/// What begins the key of what this tab has under way.
const OF_TAB: &str = "borrowed-time/draft/";

fn key(slug: &Slug) -> String {
    format!("{OF_TAB}{slug}")
}

/// What begins the key of what is filled in in an interview.
const OF_INTERVIEW: &str = "borrowed-time/interview-draft/";

/// An interview goes on when the browser has crashed, and is over only when its time is up.
fn interview_key(slug: &Slug) -> String {
    format!("{OF_INTERVIEW}{slug}")
}

/// What begins the key of what is begun.
const BEGUN: &str = "borrowed-time/begun/";

fn begun_key(slug: &Slug) -> String {
    format!("{BEGUN}{slug}")
}

/// What this tab had under way, or what was begun in another one.
pub fn remembered(mode: Mode, slug: &Slug) -> Option<StoredAnswering> {
    let read = |text: String| json::read(&text).ok();
    let lasting = |key: &str| LocalStorage.get(key).ok().flatten().and_then(read);
    match mode {
        Mode::Practice | Mode::Single => {
            let kept = storage::remembered(&key(slug)).and_then(read).or_else(|| lasting(&begun_key(slug)));
            // An answer is looked at again whenever it was given.
            kept.map(|kept: StoredAnswering| if kept.is_closed { kept } else { kept.taken_up(clock::now()) })
        }
        Mode::Interview => lasting(&interview_key(slug)),
    }
}

/// Keeps what was begun until it is answered.
pub fn keep_begun(slug: &Slug, stored: &StoredAnswering) {
    // Without room it is in this tab only; who hands in is told that the storage is full.
    let _ = LocalStorage.set(&begun_key(slug), &in_json(stored));
}

/// Lets go of what was begun.
pub fn forget_begun(slug: &Slug) {
    let _ = LocalStorage.remove(&begun_key(slug));
}

/// The problems of which something is begun, in the order of their names.
pub fn begun() -> Vec<Slug> {
    let keys = LocalStorage.keys().unwrap_or_default();
    let mut slugs: Vec<String> = keys.iter().filter_map(|key| key.strip_prefix(BEGUN)).map(str::to_owned).collect();
    places::sort_by(&mut slugs, Ord::cmp);
    slugs.into_iter().map(|slug| Slug(slug.into())).collect()
}

fn in_json(stored: &StoredAnswering) -> String {
    serde_json::to_string(stored).expect("a draft has no failing serialisers")
}

/// Keeps it over a reload.
pub fn remember(mode: Mode, slug: &Slug, stored: &StoredAnswering) {
    let text = in_json(stored);
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

/// Lets go of all that this tab has under way.
pub fn forget_of_tab() {
    storage::forget_all(OF_TAB);
}

/// Lets go of what is begun, and of what closed tabs have left.
pub fn forget_kept() {
    begun().iter().for_each(forget_begun);
    storage::forget_left();
}

/// Lets go of all that is filled in in interviews.
pub fn forget_interviews() {
    let keys = LocalStorage.keys().unwrap_or_default();
    keys.iter().filter(|key| key.starts_with(OF_INTERVIEW)).for_each(|key| _ = LocalStorage.remove(key));
}

/// Lets go of it if its answer is in the log.
pub fn forget_if_answered(slug: &Slug) {
    if remembered(Mode::Single, slug).is_some_and(|stored| stored.is_closed) {
        forget(Mode::Single, slug);
    }
}
