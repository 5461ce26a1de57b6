//! Reads `problems/`, proves every program with the real compiler and packs the result for the browser.
//!
//! Native only: nothing of this crate reaches the wasm file. It must not grade, schedule or know a learner; what a
//! problem *is* stands in the quiz crate, and this crate's job is to make such values and to be sure of them.
//!
//! Layers, one way: a module imports from those above it only (`xtask/tests/tidy/layers.rs` has the order).
//!
//! ```text
//! source, spelling, names, digest, highlight, crates, lint, error_names, reading_ease
//! mistake                 what its author has to put right
//! job, proof              what has to be proven, and what is known then
//!    │
//!    ├─▶ read             folder, front matter, sections, blocks: what an author wrote
//!    │     ▼
//!    │   plan             every program that this makes
//!    │     ▼
//!    │   judge            whether the proofs bear out what the author says
//!    │     ▼
//!    │   verdict_file     what was proven, committed beside the problem
//!    │     ▼
//!    ├─▶ prove            what rustc, a run and Miri say of a program
//!    │     ▼
//!    │   proof_lock       which problems were proven just as they are now
//!    ▼     ▼
//! verify, pack, template, report, references
//! ```

pub mod lint;
pub mod mistake;
pub mod pack;
pub mod prove;
pub mod references;
pub mod report;
pub mod template;
pub mod verify;

mod crates;
mod digest;
mod error_names;
mod highlight;
mod job;
mod judge;
mod names;
mod plan;
mod proof;
mod proof_lock;
mod read;
mod reading_ease;
mod source;
mod spelling;
mod verdict_file;
