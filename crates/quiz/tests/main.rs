//! All tests of the domain from outside, as one program: what they share is compiled once.
//!
//! A file that is not named here is not compiled; a test of the workspace says so.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod answering;
mod assemble;
mod catalog;
mod common;
mod device;
mod exchange;
mod exercise;
mod failed_check;
mod faults;
mod fitting;
mod grading;
mod hostile;
mod interview;
mod json;
mod learner;
mod listing;
mod log;
mod memory;
mod packed;
mod placement;
mod plan;
mod practice;
mod prose;
mod queue_as_defined;
mod receipt;
mod report;
mod schema;
mod search;
mod session;
mod similar;
mod story;
mod trial;
mod two_stores;
