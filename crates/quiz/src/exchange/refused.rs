//! Why a file cannot be brought in.

/// Without it, Excel takes a table for one in the computer's old 8-bit encoding.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Why a file cannot be brought in, in words for the learner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is nothing in it.
    #[error("The file is empty. Nothing was changed.")]
    Empty,
    /// A newer release wrote it.
    #[error(
        "The file was written by a newer version of Borrowed Time (format {0}). Update the app first. Nothing was changed."
    )]
    Newer(u64),
    /// JSON, but not an export of this app, or a broken one.
    #[error("The file was not imported: {0}. Nothing was changed.")]
    Unreadable(String),
    /// A table, but with other columns.
    #[error("The file is not an export of Borrowed Time: its first row has no column “{0}”. Nothing was changed.")]
    OtherTable(&'static str),
    /// An exported table that has lost a column.
    #[error(
        "The table has no column “{0}”. Without it, answers cannot be read. Export again and keep all columns. Nothing was changed."
    )]
    LostColumn(&'static str),
    /// Neither JSON nor a table.
    #[error("The file is not an export of Borrowed Time. An export is a .json or a .csv file. Nothing was changed.")]
    Foreign,
}
