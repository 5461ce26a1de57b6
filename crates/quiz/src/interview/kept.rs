//! An interview as the log keeps it: from its first second, and when it is over with the report on it.

use serde::Serialize;

use super::machine::StoredInterview;
use super::report::Report;
use crate::attempt::RemarkKind;
use crate::json::{self, read_struct};
use crate::problem::Slug;
use crate::remarks::Remarks;

/// An interview as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptInterview {
    /// How far it was.
    pub interview: StoredInterview,
    /// The report, once it is over. It is kept since what it says should not change with the app.
    pub report: Option<Report>,
}

impl KeptInterview {
    /// What the log is told of it.
    pub fn to_remark(&self) -> RemarkKind {
        RemarkKind::Interview(serde_json::to_string(self).expect("an interview has no failing serialisers"))
    }

    /// All that a learner began, each as it was kept last, the oldest first. One that cannot be read, such as one of a newer release, is
    /// left out; in the log it stays.
    pub fn all(remarks: &Remarks) -> Vec<(Slug, KeptInterview)> {
        let read = |(slug, text): (&Slug, &str)| Some((slug.clone(), json::read(text).ok()?));
        remarks.interviews().filter_map(read).collect()
    }
}

read_struct!(KeptInterview { interview, report });
