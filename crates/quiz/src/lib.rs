//! The domain of Borrowed Time: what a problem is, how an answer is graded, what a learner's log says.
//!
//! Total functions over values. This crate does no IO, reads no clock and makes no random number: `now` and `seed`
//! are parameters, storage is a trait that the caller implements. It builds natively and to wasm, so the tests and
//! the content tools run exactly the code that runs in the browser.

pub mod answer;
pub mod answering;
pub mod arrangement;
pub mod assemble;
pub mod attempt;
pub mod catalog;
pub mod copies;
pub mod device;
pub mod diagnostics;
pub mod discussion;
pub mod envelope;
pub mod exchange;
pub mod exercise;
pub mod failed_check;
pub mod grading;
pub mod guide;
pub mod highlights;
pub mod interview;
pub mod journal;
pub mod json;
pub mod learner;
pub mod listing;
pub mod log;
pub mod packed;
pub mod panic_message;
pub mod placement;
pub mod places;
pub mod plan;
pub mod practice;
pub mod problem;
pub mod program;
pub mod prose;
pub mod receipt;
pub mod remarks;
pub mod report;
pub mod role;
pub mod rule;
pub mod search;
pub mod session;
pub mod settings;
pub mod shuffle;
pub mod similar;
pub mod story;
pub mod verdict;
pub mod web_address;
