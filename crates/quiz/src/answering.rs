//! One question being answered: what is filled in, tries, hints, handing in, giving up, taking back, asking anew.
//!
//! A state machine in the manner of [crux](https://github.com/redbadger/crux): `update(event, now)` changes the state
//! and says what is to be done about it outside: store this attempt, move the focus there. It touches nothing itself, so
//! that what can happen to a question is tested natively, in any order. The browser turns taps and keys into events, and
//! effects into calls.

pub mod draft;
pub mod earlier;
pub mod machine;
pub mod stored;

pub use draft::{AnswerDraft, Edit, PredictedOutcome};
pub use machine::{Answering, Effect, Event, FeedbackTiming, Focus, Now, Try};
pub use stored::StoredAnswering;
