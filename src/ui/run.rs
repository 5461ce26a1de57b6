//! Running what is written, with the compiler on this device: the buttons, and what became of it.

mod buttons;
mod outcome;
mod report;
mod tests;

pub use self::buttons::RunButtons;
pub use self::report::ReportView;
pub use self::tests::TestResults;
