//! What a learner keeps about the problem beside their answer, and what else can be done with it.

use leptos::prelude::*;
use quiz::answering::Event;
use quiz::answering::earlier::{EarlierAnswer, earlier_answers};
use quiz::attempt::RemarkKind;
use quiz::catalog::Entry;
use quiz::report::{self, Report};
use quiz::similar::similar;

use super::Sitting;
use crate::browser::page;
use crate::state::library::Load;

/// So many similar problems are named.
const SIMILAR: usize = 5;

/// What is kept about the problem.
impl Sitting {
    /// Whether it has a bookmark.
    pub fn is_bookmarked(self) -> bool {
        self.progress.remarks().read().is_bookmarked(&self.problem().slug)
    }

    /// Sets the bookmark, or takes it away.
    pub fn toggle_bookmark(self) {
        self.remark(match untrack(|| self.is_bookmarked()) {
            true => RemarkKind::NotBookmarked,
            false => RemarkKind::Bookmarked,
        });
    }

    /// Whether it is not asked any more.
    pub fn is_suspended(self) -> bool {
        self.progress.remarks().read().is_suspended(&self.problem().slug)
    }

    /// Lets it not be asked any more.
    pub fn suspend(self) {
        self.remark(RemarkKind::Suspended);
    }

    /// Lets it be asked again.
    pub fn resume(self) {
        self.remark(RemarkKind::Resumed);
    }

    /// The learner's note; empty if there is none.
    pub fn note(self) -> String {
        self.progress.remarks().read().note(&self.problem().slug).unwrap_or_default().to_owned()
    }

    /// Keeps what the learner wrote as the note, if it is another one.
    pub fn write_note(self, written: &str) {
        let note = RemarkKind::note(written);
        if note != RemarkKind::Note(untrack(|| self.note())) {
            self.remark(note);
        }
    }

    fn remark(self, what: RemarkKind) {
        self.progress.remark(self.problem().slug.clone(), what);
    }
}

/// What counts.
impl Sitting {
    /// Lets the answer that was taken back count again.
    pub fn recount(self) {
        self.send(Event::Recount);
    }

    /// Begins the problem anew: no answer to it counts any more, and it is asked for the first time.
    pub fn begin_anew(self) {
        self.send(Event::BeginAnew);
    }

    /// Whether the problem was begun anew after the answer that is shown.
    pub fn is_begun_anew(self) -> bool {
        self.attempt().is_some_and(|attempt| self.progress.log().read().is_reset(&attempt))
    }

    /// How many answers to the problem would stop counting if it were begun anew.
    pub fn standing_answers(self) -> usize {
        let slug = &self.problem().slug;
        self.progress.log().read().standing_at(|other| other == slug)
    }
}

/// What else there is.
impl Sitting {
    /// Answers that were given to the problem, the newest first, and how many there are in all.
    pub fn earlier_answers(self) -> (Vec<EarlierAnswer>, usize) {
        earlier_answers(&self.progress.log().read(), &self.problem(), &self.interviews.withheld().read())
    }

    /// Problems that are like this one, the most similar first.
    pub fn similar(self) -> Vec<Entry> {
        match self.library.catalog().get() {
            Load::Ready(catalog) => similar(&catalog, &self.problem().slug, SIMILAR).into_iter().cloned().collect(),
            Load::Loading | Load::Failed(_) => Vec::new(),
        }
    }

    /// A text to tell the authors of a fault with.
    pub fn report(self) -> String {
        let (problem, last) = (self.problem(), self.feedback.get());
        let toolchain = match self.library.catalog().get() {
            Load::Ready(catalog) => catalog.toolchain.clone(),
            Load::Loading | Load::Failed(_) => String::new(),
        };
        report::text(&Report {
            problem: &problem,
            release: &page::meta("release").unwrap_or_else(|| "development build".to_owned()),
            toolchain: &toolchain,
            answered: last.as_ref().map(|last| (&last.answer, &last.graded)),
        })
    }
}
