//! A program that is written: what stands in the editor, and its tests on this device.

use leptos::prelude::*;
use quiz::answering::draft::{Missing, WriteEdit, written_for};
use quiz::answering::earlier::{EarlierProgram, earlier_programs};
use quiz::answering::{AnswerDraft, Edit};
use quiz::attempt::Confidence;
use quiz::device::age::may_be_of_age;
use quiz::device::message::Way;
use quiz::device::trial::way_of;
use quiz::exercise::{CodeResult, Exercise, OwnTests, SelfAssessment};
use quiz::problem::Edition;

use super::Sitting;
use crate::browser::page::{self, Place};
use crate::state::runner::{Purpose, Runner};

/// A program that is written.
impl Sitting {
    /// What it is written for; nothing but for `write`.
    pub fn exercise(self) -> Option<Exercise> {
        written_for(&self.problem().question).cloned()
    }

    /// The program as it stands.
    pub fn code(self) -> String {
        if let AnswerDraft::Write(draft) = &*self.draft.read() { draft.code.clone() } else { String::new() }
    }

    /// How its tests went, as the learner says.
    pub fn said(self) -> Option<SelfAssessment> {
        let AnswerDraft::Write(draft) = &*self.draft.read() else { return None };
        if let Some(CodeResult::SelfAssessed(said)) = draft.result { Some(said) } else { None }
    }

    /// The program is this now.
    pub fn type_code(self, code: String) {
        self.edit(Edit::Write(WriteEdit::Type(code)));
    }

    /// What the learner would ask before they write.
    pub fn questions(self) -> String {
        if let AnswerDraft::Write(draft) = &*self.draft.read() { draft.questions.clone() } else { String::new() }
    }

    /// These are the questions now.
    pub fn ask_first(self, questions: String) {
        self.edit(Edit::Write(WriteEdit::Ask(questions)));
    }

    /// Says how the tests went on the program as it stands.
    pub fn say_how_it_went(self, said: SelfAssessment) {
        let (code, result) = (untrack(|| self.code()), CodeResult::SelfAssessed(said));
        self.edit(Edit::Write(WriteEdit::Judged { code, result }));
    }

    /// Brings back the code that the learner began with.
    pub fn reset_code(self) {
        self.edit(Edit::Write(WriteEdit::Reset));
    }

    /// What was handed in for it before; nothing in an interview, where one begins from a blank page.
    pub fn earlier_programs(self) -> Vec<EarlierProgram> {
        match self.is_of_interview() {
            true => Vec::new(),
            false => {
                let withheld = self.interviews.withheld();
                earlier_programs(&self.progress.log().read(), &self.problem().slug, &withheld.read())
            }
        }
    }

    /// Whether the program stands nowhere else: it is not what one begins with, and was not handed in.
    pub fn would_be_lost(self) -> bool {
        let code = self.code();
        let is_start = self.exercise().is_some_and(|exercise| exercise.start.text == code);
        !is_start && self.earlier_programs().iter().all(|program| program.code != code)
    }

    /// Runs the program.
    pub fn runner(self) -> Runner {
        self.runner
    }

    /// Whether the compiler is on this device.
    pub fn has_compiler(self) -> bool {
        self.is_compiler_here() == Some(true)
    }

    /// The same; none as long as it is looked for.
    pub fn is_compiler_here(self) -> Option<bool> {
        self.device.is_here()
    }

    /// Runs the tests on the program: those that are shown, or all of them if it is handed in, which then happens.
    pub fn run_tests(self, purpose: Purpose) {
        self.test(purpose, false);
    }

    /// The same. Where `asks_first`, what may only be too new for this compiler is not handed in before the learner does so once more.
    fn test(self, purpose: Purpose, asks_first: bool) {
        let Some(exercise) = self.exercise().filter(|_| !self.is_running()) else { return };
        let code = untrack(|| self.code());
        self.edit(Edit::Write(WriteEdit::Ran));
        let way = if purpose == Purpose::Check { Way::Check } else { way_of(&exercise) };
        let exercise = if purpose == Purpose::HandIn { exercise } else { exercise.with_shown_tests_only() };
        self.runner.run_tests(exercise, code.clone(), way, purpose, move |result| {
            // What has been changed meanwhile was not judged.
            let is_same = self.draft.try_read_untracked().is_some() && untrack(|| self.code()) == code;
            if purpose == Purpose::HandIn && is_same {
                let errors = self.runner.errors();
                let may_be_right = errors.read_untracked().iter().any(|error| may_be_of_age(error, &code));
                self.edit(Edit::Write(WriteEdit::Judged { code, result }));
                match asks_first && may_be_right {
                    true => page::once_drawn(|| page::reveal(".report > .ask", Place::Nearest)),
                    false => self.submit(Confidence::FairlySure),
                }
            }
        });
    }

    /// Whether its tests are run: one thing after the other.
    fn is_running(self) -> bool {
        self.runner.doing().read_untracked().is_some()
    }

    /// Whether nothing is missing that the learner has to say: how the tests went, the compiler finds out where there is one.
    pub fn can_be_handed_in(self) -> bool {
        match self.missing() {
            None => true,
            Some(Missing::CodeResult) => self.has_compiler(),
            // The next step is to say so.
            Some(Missing::Said) => true,
            Some(_) => false,
        }
    }

    /// Hands the program in; where there is a compiler, that judges it first.
    pub fn hand_in(self) {
        match untrack(|| self.has_compiler() && self.missing() == Some(Missing::CodeResult)) {
            true => self.test(Purpose::HandIn, true),
            false => {
                // That it is not handed in yet holds no more.
                self.runner.report().update(|report| _ = report.take_if(|report| report.purpose == Purpose::HandIn));
                self.submit(Confidence::FairlySure);
            }
        }
    }

    /// What Control and Enter do. Where there is a compiler they run the tests: handing in is a step that is taken on purpose.
    pub fn run_or_hand_in(self) {
        match untrack(|| self.has_compiler()) {
            true => self.run_tests(Purpose::Run),
            false => self.hand_in(),
        }
    }

    /// Compiles what is written soon, to show its errors.
    pub fn look_soon(self) {
        let Some(exercise) = self.exercise() else { return };
        self.runner.look_soon(move || {
            let code = untrack(|| self.code());
            let program = exercise.test_program_with(&OwnTests::of(&code), 0);
            (program, Edition::default(), code.lines().count() as u32)
        });
    }
}
