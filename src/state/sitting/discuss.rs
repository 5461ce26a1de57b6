//! What is said aloud: its notes, and how the learner scores it.

use leptos::prelude::*;
use quiz::answer::Answer;
use quiz::answering::draft::DiscussEdit;
use quiz::answering::{AnswerDraft, Edit};
use quiz::discussion::{Discussion, Score};
use quiz::problem::Question;

use super::Sitting;

/// A question that is talked about.
impl Sitting {
    /// What it is scored by; nothing but for `discuss`.
    pub fn discussion(self) -> Option<Discussion> {
        if let Question::Discuss(discussion) = &self.problem().question { Some(discussion.clone()) } else { None }
    }

    /// The notes as they stand.
    pub fn notes(self) -> String {
        if let AnswerDraft::Discuss(draft) = &*self.draft.read() { draft.notes.clone() } else { String::new() }
    }

    /// Whether all is said.
    pub fn is_said(self) -> bool {
        if let AnswerDraft::Discuss(draft) = &*self.draft.read() { draft.is_said } else { false }
    }

    /// Whether the learner scores it when the round is over: a rubric tells what is expected.
    pub fn is_scored_later(self) -> bool {
        self.discussion().is_some() && self.is_of_interview() && !self.interviews.is_handing_in()
    }

    /// The score of a row of the rubric.
    pub fn score(self, row: usize) -> Option<Score> {
        if let AnswerDraft::Discuss(draft) = &*self.draft.read() { draft.scores.get(row).copied()? } else { None }
    }

    /// The answer that the feedback is about.
    pub fn last_answer(self) -> Option<Answer> {
        self.feedback.read().as_ref().map(|shown| shown.answer.clone())
    }

    /// The notes are this now.
    pub fn type_notes(self, notes: String) {
        self.edit(Edit::Discuss(DiscussEdit::Type(notes)));
    }

    /// All is said.
    pub fn finish_saying(self) {
        self.edit(Edit::Discuss(DiscussEdit::Finish));
    }

    /// Scores a row.
    pub fn give_score(self, row: usize, score: Score) {
        self.edit(Edit::Discuss(DiscussEdit::Score { row, score }));
    }
}
