//! All tests of the content from outside, as one program: what they share is compiled, and proven, once.
//!
//! A file that is not named here is not compiled; a test of the workspace says so.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod assembled;
mod cache;
mod crates;
mod error_index;
mod exercises;
mod hostile;
mod let_through;
mod mistakes;
mod pack;
mod problems_as_packed;
mod programs_by_others;
mod references;
mod report;
mod robust;
mod roles;
mod search;
mod support;
mod template;
mod turns;
mod undefined;
mod verdicts;
mod what_ifs;
