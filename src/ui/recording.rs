//! Recording oneself while thinking aloud, and listening to it afterwards.

mod deleting;
mod list;
mod recorder;

pub use deleting::Deleting;
pub use list::RecordingList;
pub use recorder::Recorder;

use crate::browser::language::megabytes;
use crate::browser::recordings::StoreError;
use quiz::interview::clock_face;

/// How long and how large something is: `0:42, 0.3 MB`.
fn extent(ms: u64, bytes: u64) -> String {
    format!("{}, {}", clock_face(ms), megabytes(bytes))
}

/// What is wrong with the store.
fn trouble_in_words(trouble: &StoreError) -> String {
    match trouble {
        StoreError::Full => "There is no more room for recordings.".to_owned(),
        StoreError::Gone => "The recording was deleted.".to_owned(),
        StoreError::Failed(why) => format!("The browser does not let this page use its recordings ({why})."),
    }
}
