//! What a learner keeps about problems: bookmarks, notes, and which they do not want to be asked; what of the handbook
//! is done; their stories, and the interviews that they rehearsed.
//!
//! It is derived from the log in one pass: the newest remark on a matter holds.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::attempt::{Record, Remark, RemarkKind};
use crate::log::AttemptLog;
use crate::problem::Slug;

/// What a learner writes is kept once they have paused for so long.
pub const PAUSE_TO_KEEP: Duration = Duration::from_secs(3);
/// So many new bytes are kept at once while they write.
const MUCH: usize = 200;

/// Whether so much is new in `written` since `kept` that it is not left to the memory of a page: a browser may be killed. New is what
/// stands between the beginning and the end that both have. Each version stays in the log, so less waits for a [pause](PAUSE_TO_KEEP), and
/// so does what was only taken away.
pub fn is_much(kept: &str, written: &str) -> bool {
    let same = kept.bytes().zip(written.bytes()).take_while(|(one, other)| one == other).count();
    let ends = kept.as_bytes()[same..].iter().rev().zip(written.as_bytes()[same..].iter().rev());
    written.len() - same - ends.take_while(|(one, other)| one == other).count() >= MUCH
}

/// What a learner keeps about problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    of_problems: BTreeMap<Slug, Kept>,
}

/// What is kept about one problem.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kept {
    is_bookmarked: bool,
    is_suspended: bool,
    note: String,
    done: BTreeSet<u32>,
    story: String,
    interview: String,
}

impl Remarks {
    /// What a log says.
    pub fn of(log: &AttemptLog) -> Remarks {
        let mut remarks = Remarks::default();
        for record in log.records() {
            if let Record::Remark(remark) = record {
                remarks.take_in(remark);
            }
        }
        remarks
    }

    /// Whether a problem has a bookmark.
    pub fn is_bookmarked(&self, slug: &Slug) -> bool {
        self.of_problems.get(slug).is_some_and(|kept| kept.is_bookmarked)
    }

    /// Whether a problem is not asked any more.
    pub fn is_suspended(&self, slug: &Slug) -> bool {
        self.of_problems.get(slug).is_some_and(|kept| kept.is_suspended)
    }

    /// The learner's note on a problem, if there is one.
    pub fn note(&self, slug: &Slug) -> Option<&str> {
        self.of_problems.get(slug).map(|kept| kept.note.as_str()).filter(|note| !note.is_empty())
    }

    /// The problems with a bookmark, by name.
    pub fn bookmarked(&self) -> impl Iterator<Item = &Slug> {
        self.of_problems.iter().filter(|(_, kept)| kept.is_bookmarked).map(|(slug, _)| slug)
    }

    /// The problems that are not asked any more, by name.
    pub fn suspended(&self) -> impl Iterator<Item = &Slug> {
        self.of_problems.iter().filter(|(_, kept)| kept.is_suspended).map(|(slug, _)| slug)
    }

    /// The problems with a note, by name, and the notes.
    pub fn notes(&self) -> impl Iterator<Item = (&Slug, &str)> {
        let notes = self.of_problems.iter().map(|(slug, kept)| (slug, kept.note.as_str()));
        notes.filter(|(_, note)| !note.is_empty())
    }

    /// The learner's stories, by name.
    pub fn stories(&self) -> impl Iterator<Item = (&Slug, &str)> {
        let stories = self.of_problems.iter().map(|(slug, kept)| (slug, kept.story.as_str()));
        stories.filter(|(_, story)| !story.is_empty())
    }

    /// The interviews that were rehearsed, by name, each as it was kept last.
    pub fn interviews(&self) -> impl DoubleEndedIterator<Item = (&Slug, &str)> {
        let interviews = self.of_problems.iter().map(|(slug, kept)| (slug, kept.interview.as_str()));
        interviews.filter(|(_, interview)| !interview.is_empty())
    }

    /// Whether something to do in a section of the handbook is done.
    pub fn is_done(&self, section: &Slug, item: u32) -> bool {
        self.of_problems.get(section).is_some_and(|kept| kept.done.contains(&item))
    }

    fn take_in(&mut self, remark: &Remark) {
        let kept = self.of_problems.entry(remark.slug.clone()).or_default();
        match &remark.what {
            RemarkKind::Bookmarked => kept.is_bookmarked = true,
            RemarkKind::NotBookmarked => kept.is_bookmarked = false,
            RemarkKind::Suspended => kept.is_suspended = true,
            RemarkKind::Resumed => kept.is_suspended = false,
            RemarkKind::Note(note) => kept.note.clone_from(note),
            RemarkKind::Story(story) => kept.story.clone_from(story),
            RemarkKind::Interview(interview) => kept.interview.clone_from(interview),
            RemarkKind::Done(item) => drop(kept.done.insert(*item)),
            RemarkKind::NotDone(item) => drop(kept.done.remove(item)),
        }
    }
}
