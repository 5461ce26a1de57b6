//! What learners go through, in real browsers against a release build: one journey a file.
//!
//! Run by `cargo xtask test --only e2e`, which builds the releases and says where they are.

mod accessibility;
mod browse;
mod by_keyboard;
mod device;
mod discuss;
mod ending;
mod everyone;
mod exercises;
mod failures;
mod first_visit;
mod hosts;
mod interviews;
mod kinds;
mod links;
mod offline;
mod phone;
mod placement;
mod plan;
mod progress;
mod read_aloud;
mod readable;
mod recording;
mod reload;
mod remarks;
mod settings;
mod storage;
mod two_tabs;
mod update;
mod wander;
mod what_if;
mod write;
