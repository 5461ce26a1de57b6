//! Widgets. They know their props only; pages put them together.

pub mod button;
pub mod chart;
pub mod chips;
pub mod code_block;
pub mod comparison;
pub mod empty;
pub mod feedback;
pub mod fill;
pub mod hints;
pub mod keys_help;
pub mod later;
pub mod loading;
pub mod notices;
pub mod options;
pub mod order;
pub mod playground;
pub mod prediction;
pub mod prose;
pub mod question;
pub mod radio;
pub mod receipt;
pub mod roles;
pub mod row;
pub mod trial;
pub mod what_if;
