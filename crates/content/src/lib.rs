//! Reads `problems/`, proves every program with the real compiler and packs the result for the browser.
//!
//! Native only: nothing of this crate reaches the wasm file. It must not grade, schedule or know a learner; what a
//! problem *is* stands in the quiz crate, and this crate's job is to make such values and to be sure of them.
//!
//! ```text
//! folder ─▶ problem_file ─▶ front_matter, outline, options, blocks        what the author wrote
//!                               fill, order ─▶ answers                    every program that an answer makes
//!                               what_if                                   every program that an edit makes
//!                               │
//! toolchain, crates, compile, run, miri, cache ◀── prove                     what the compiler says, and what Miri says
//!                               │
//!                            judge, verdict_file ─▶ verify, pack          whether the two agree
//! ```

pub mod crates;
pub mod miri;
pub mod mistake;
pub mod pack;
pub mod template;
pub mod verify;

mod answers;
mod blocks;
mod cache;
mod compile;
mod fill;
mod folder;
mod front_matter;
mod highlight;
mod judge;
mod names;
mod options;
mod order;
mod outline;
mod problem_file;
mod process;
mod prose;
mod prove;
mod registry;
mod run;
mod source;
mod spelling;
mod table;
mod toolchain;
mod verdict_file;
mod what_if;
