//! What is filled in, kind by kind: what views read of it, and the edits that they make.

use leptos::prelude::*;
use quiz::answering::draft::{FillEdit, LineEdit, Missing, OrderEdit, PredictEdit, asked_roles};
use quiz::answering::{AnswerDraft, Edit, PredictedOutcome};
use quiz::arrangement::Arrangement;
use quiz::problem::RoleLine;
use quiz::role::Role;
use quiz::rule::Code;

use super::Sitting;

/// Options and predictions.
impl Sitting {
    /// Whether an option is chosen.
    pub fn is_chosen(self, option: usize) -> bool {
        matches!(&*self.draft.read(), AnswerDraft::Choice(draft) if draft.chosen.contains(&option))
    }

    /// Whether any option is chosen.
    pub fn has_chosen(self) -> bool {
        matches!(&*self.draft.read(), AnswerDraft::Choice(draft) if !draft.chosen.is_empty())
    }

    /// What the answer still lacks, the first thing first.
    pub fn missing(self) -> Option<Missing> {
        self.draft.read().answer(&self.problem().question).err()
    }

    /// The outcome that is chosen.
    pub fn outcome(self) -> Option<PredictedOutcome> {
        if let AnswerDraft::Predict(draft) = &*self.draft.read() { draft.outcome } else { None }
    }

    /// The output as typed.
    pub fn stdout(self) -> String {
        if let AnswerDraft::Predict(draft) = &*self.draft.read() { draft.stdout.clone() } else { String::new() }
    }

    /// The rule that is chosen.
    pub fn rule(self) -> Option<Code> {
        if let AnswerDraft::Predict(draft) = &*self.draft.read() { draft.rule.clone() } else { None }
    }

    /// Chooses an option, or takes the choice back where several may be chosen.
    pub fn choose(self, option: usize) {
        self.edit(Edit::Choose(option));
    }

    /// Says what the program does.
    pub fn say(self, outcome: PredictedOutcome) {
        self.edit(Edit::Predict(PredictEdit::Say(outcome)));
    }

    /// Says what it prints.
    pub fn type_stdout(self, stdout: String) {
        self.edit(Edit::Predict(PredictEdit::TypeStdout(stdout)));
    }

    /// Whether it is said to print nothing.
    pub fn prints_nothing(self) -> bool {
        matches!(&*self.draft.read(), AnswerDraft::Predict(draft) if draft.prints_nothing)
    }

    /// Says that it prints nothing, or takes that back.
    pub fn print_nothing(self, prints_nothing: bool) {
        self.edit(Edit::Predict(PredictEdit::PrintNothing(prints_nothing)));
    }

    /// Says which rule is broken.
    pub fn choose_rule(self, rule: Code) {
        self.edit(Edit::Predict(PredictEdit::ChooseRule(rule)));
    }
}

/// Lines of the program.
impl Sitting {
    /// Whether a line is to be picked now.
    pub fn asks_line(self) -> bool {
        !self.is_closed() && self.draft.read().asks_line()
    }

    /// The line under the keyboard's cursor.
    pub fn cursor(self) -> u32 {
        self.draft.read().cursor()
    }

    /// The line that is picked for the outcome.
    pub fn line(self) -> Option<u32> {
        if let AnswerDraft::Predict(draft) = &*self.draft.read() { draft.line } else { None }
    }

    /// The line that is picked for a role.
    pub fn line_of(self, role: Role) -> Option<u32> {
        if let AnswerDraft::Spot(draft) = &*self.draft.read() { draft.lines.get(&role).copied() } else { None }
    }

    /// The roles that are asked for; none but for `spot`.
    pub fn roles(self) -> Vec<RoleLine> {
        asked_roles(&self.problem().question).to_vec()
    }

    /// Picks a line for what is asked now; with roles, the next open one is asked next.
    pub fn pick(self, line: u32) {
        self.edit_line(LineEdit::Pick(line));
    }

    /// Moves the keyboard's cursor by so many lines and picks where it lands.
    pub fn move_cursor(self, by: i32) {
        self.edit_line(LineEdit::MoveCursor(by));
    }

    fn edit_line(self, edit: LineEdit) {
        let kind = self.draft.with_untracked(|draft| match draft {
            AnswerDraft::Predict(_) => Some(Edit::Predict(PredictEdit::Line(edit))),
            AnswerDraft::Spot(_) => Some(Edit::Spot(edit)),
            AnswerDraft::Choice(_)
            | AnswerDraft::Fill(_)
            | AnswerDraft::Order(_)
            | AnswerDraft::Write(_)
            | AnswerDraft::Discuss(_) => None,
        });
        kind.into_iter().for_each(|edit| self.edit(edit));
    }
}

/// Roles and slots, which are asked for one by one.
impl Sitting {
    /// The role or the slot that is asked for, by its index.
    pub fn step(self) -> usize {
        self.draft.read().step()
    }

    /// Asks for another role or slot.
    pub fn go_to_step(self, step: usize) {
        let is_fill = self.draft.with_untracked(|draft| matches!(draft, AnswerDraft::Fill(_)));
        match is_fill {
            true => self.edit(Edit::Fill(FillEdit::GoToStep(step))),
            false => self.edit_line(LineEdit::GoToStep(step)),
        }
    }

    /// What is chosen for a slot.
    pub fn pick_of(self, slot: usize) -> Option<usize> {
        if let AnswerDraft::Fill(draft) = &*self.draft.read() { draft.picks.get(slot).copied().flatten() } else { None }
    }

    /// Chooses for the slot that is asked for; the next open one is asked for then.
    pub fn choose_for_slot(self, choice: usize) {
        self.edit(Edit::Fill(FillEdit::Choose(choice)));
    }
}

/// Lines in order.
impl Sitting {
    /// Which line is in which gap.
    pub fn arrangement(self) -> Arrangement {
        if let AnswerDraft::Order(draft) = &*self.draft.read() {
            draft.arrangement.clone()
        } else {
            Arrangement::default()
        }
    }

    /// The line that is grabbed.
    pub fn grabbed(self) -> Option<usize> {
        if let AnswerDraft::Order(draft) = &*self.draft.read() {
            draft.grabbed.as_ref().map(|grabbed| grabbed.line)
        } else {
            None
        }
    }

    /// The line that was moved last.
    pub fn moved(self) -> Option<usize> {
        if let AnswerDraft::Order(draft) = &*self.draft.read() { draft.moved } else { None }
    }

    /// Changes the order of the lines.
    pub fn reorder(self, edit: OrderEdit) {
        self.edit(Edit::Order(edit));
    }
}
