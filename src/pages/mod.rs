//! One file a route. Pages read the state and put widgets together.

pub mod conditions;
pub mod gate;
pub mod guide;
pub mod interviews;
pub mod not_found;
pub mod placement;
pub mod practice;
pub mod problem;
pub mod problems;
pub mod progress;
pub mod scratchpad;
pub mod settings;
pub mod start;
pub mod stories;
pub mod today;
