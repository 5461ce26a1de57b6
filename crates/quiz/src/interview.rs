//! A whole interview, rehearsed: what it consists of, which problems it asks, how it runs by the clock, and what is said of
//! it at its end.
//!
//! A [blueprint] and a seed [make](draw::draw) an interview; an address tells it to somebody else. It
//! [runs](machine::Interview) as a state machine like [`answering`](crate::answering), and a [report] judges it by a
//! published rubric.

pub mod blueprint;
pub mod draw;
mod gaps;
mod headings;
pub mod kept;
pub mod machine;
pub mod report;
mod report_text;
mod rounds;
mod verdict;

pub use blueprint::{Blueprint, Part, RoundPlan};
pub use draw::{Address, DRAW_VERSION, Invitation, Shortfall, draw, draw_anew};
pub use kept::{Found, KeptInterview, UnderWay};
pub use machine::{Effect, Event, Interview, StoredInterview, Warning};
pub use report::{Evidence, HINT_COSTS, Heading, Recommendation, Report, clock_face};
