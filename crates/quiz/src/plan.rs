//! A plan to a day: what to practise, rehearse, write and read until the interview, and when.
//!
//! A learner names a [target]; what the log and the release say of them is [gathered](known::Known::of), and
//! [`plan`](schedule::plan) makes days of tasks of both. It is made anew whenever the log changes, so nothing of it is
//! stored, and a day without practice only moves what is left. What was done today stays in the plan, ticked.
//! [`questions`](questions::questions) turns a task into the problems that it asks.

pub mod known;
pub mod questions;
pub mod schedule;
pub mod target;
pub mod task;

pub use known::{Known, Offer, Outline, Rehearsed, Section, Stories};
pub use questions::questions;
pub use schedule::{AFTERWARDS, QUESTIONS, REFLECTING, plan};
pub use target::{Job, MINUTES_A_DAY, Target};
pub use task::{Plan, Planned, PlannedDay, Task};
