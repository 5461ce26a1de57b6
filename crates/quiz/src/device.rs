//! The compiler on the learner's own device: rustc's front end with Miri, of a nightly of 2024, in a worker.
//!
//! What is said here is what the page and the worker say to each other, and what a program's run means. How programs
//! are compiled is in `xtask/src/compiler`, and what the pinned compiler says of problems is in `crates/content`.

pub mod age;
pub mod download;
pub mod manifest;
pub mod message;
pub mod outcome;
pub mod testing;
pub mod trial;
