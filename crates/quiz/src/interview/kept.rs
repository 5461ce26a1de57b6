//! An interview as the log keeps it: from its first second, and when it is over with the report on it.

use serde::Serialize;

use super::machine::{Phase, Round, StoredInterview};
use super::report::Report;
use crate::attempt::RemarkKind;
use crate::envelope::{self, EnvelopeError, Format};
use crate::json::{self, DecodeError, read_struct};
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

    /// Whether all its rounds are over.
    pub fn is_over(&self) -> bool {
        self.interview.rounds.iter().all(Round::is_over)
    }

    /// Whether all its rounds are over, and none was broken off or left to its clock: it took half of its time and has answers to half
    /// of its questions, or nothing in it was left unanswered.
    pub fn is_carried_through(&self) -> bool {
        let is_whole = |round: &Round| {
            let is_long = matches!(round.phase, Phase::Ended { elapsed_ms } if elapsed_ms >= round.limit_ms / 2);
            let answered = round.questions.iter().filter(|asked| asked.answer.is_some()).count();
            answered == round.questions.len() || (is_long && 2 * answered >= round.questions.len())
        };
        self.is_over() && self.interview.rounds.iter().all(is_whole)
    }

    /// All that a learner began, each as it was kept last, the oldest first. One that cannot be read, such as one of a newer release, is
    /// left out; in the log it stays.
    pub fn all(remarks: &Remarks) -> Vec<(Slug, KeptInterview)> {
        let read = |(slug, text): (&Slug, &str)| Some((slug.clone(), json::read(text).ok()?));
        remarks.interviews().filter_map(read).collect()
    }
}

read_struct!(KeptInterview { interview, report });

/// How the interview under way is stored, beside the log.
pub const UNDER_WAY: Format = Format { kind: "interview", version: 1 };

/// The interview under way, as it is stored with every step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnderWay {
    /// Its name in the log.
    pub name: Slug,
    /// How far it is.
    pub interview: StoredInterview,
    /// The tab that runs it. Names of tabs are in the order in which they began to. Older releases named none.
    pub runner: String,
}

/// What a tab that runs an interview finds in the storage after another tab has changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is over or was erased: there is nothing to run any more.
    Nothing,
    /// What the tab itself has stored.
    Own,
    /// What a tab has stored that began later and gives way once it hears of this one.
    Later,
    /// What a tab has stored that this one gives way to.
    Earlier,
}

impl Found {
    /// What `stored` is to the tab of the name `own`. Where the browser has no locks, two tabs may begin to run an interview, and both
    /// have to find out by this which of them goes on. What cannot be read is of a newer release, which knows of no other tab.
    pub fn of(stored: Option<&str>, own: &str) -> Found {
        let Some(stored) = stored else { return Found::Nothing };
        match UnderWay::read(stored) {
            Ok(under_way) if under_way.runner == own => Found::Own,
            Ok(under_way) if under_way.runner.as_str() > own => Found::Later,
            Ok(_) | Err(_) => Found::Earlier,
        }
    }
}

impl UnderWay {
    /// Reads what was stored.
    ///
    /// # Errors
    /// When it is of a newer release, or cannot be read.
    pub fn read(text: &str) -> Result<UnderWay, EnvelopeError> {
        let unreadable = |error: DecodeError| EnvelopeError::Unreadable(error.to_string());
        json::from_value(envelope::open(UNDER_WAY, text)?.data).map_err(unreadable)
    }

    /// As it is stored.
    pub fn write(&self) -> String {
        envelope::seal(UNDER_WAY, self)
    }
}

read_struct!(UnderWay { name, interview; runner });
