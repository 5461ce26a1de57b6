//! One question being answered: signals over its state machine in [`quiz::answering`].
//!
//! It belongs to the page that shows the question and goes away with it. What can happen is decided there; here events
//! are handed on, and what is to be done is done: answers go to the log, drafts to the tab's storage, the focus moves.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::answering::draft::{AnswerDraft, FillEdit, LineEdit, OrderEdit, PredictEdit, asked_roles};
use quiz::answering::{Answering, Edit, Effect, Event, FeedbackTiming, Focus, Now, PredictedOutcome, Try};
use quiz::arrangement::Arrangement;
use quiz::assemble;
use quiz::attempt::{Attempt, Confidence, Mode, Record};
use quiz::grading::Graded;
use quiz::learner::{self, calendar::Day};
use quiz::problem::{Problem, Program, RoleLine};
use quiz::role::Role;
use quiz::rule::Code;
use quiz::shuffle::{Shuffle, seed_of};

use crate::browser::page::{self, Place};
use crate::browser::{clock, random};
use crate::state::stopwatch::Stopwatch;
use crate::state::{AppState, Progress, Sessions, Settings, draft};

/// One question being answered.
#[derive(Clone, Copy)]
pub struct Sitting {
    answering: RwSignal<Answering>,
    problem: StoredValue<Arc<Problem>>,
    // What pages watch, apart: what is typed must not draw the hints anew.
    draft: Memo<AnswerDraft>,
    feedback: Memo<Option<Try>>,
    last_try: Memo<Option<Try>>,
    may_ask_confidence: Memo<bool>,
    hints: Memo<u32>,
    progress: Progress,
    sessions: Sessions,
    settings: Settings,
    watch: Stopwatch,
}

impl Sitting {
    /// Starts a question, or goes on where this tab was before a reload.
    pub fn start(problem: Arc<Problem>, app: AppState, mode: Mode) -> Sitting {
        let AppState { progress, settings, sessions, .. } = app;
        let timing = FeedbackTiming::AtOnce;
        let log = progress.log();
        let stored = draft::remembered(&problem.slug);
        let elapsed_ms = stored.as_ref().filter(|stored| stored.revision == problem.revision);
        let watch = Stopwatch::start(elapsed_ms.map_or(0, |stored| stored.elapsed_ms));
        let answering = match stored {
            Some(stored) => Answering::resume(Arc::clone(&problem), mode, timing, stored, &log.read_untracked()),
            None => Answering::start(Arc::clone(&problem), mode, timing, &log.read_untracked()),
        };
        if answering.is_closed() {
            watch.stop();
        }
        let answering = RwSignal::new(answering);
        let sitting = Sitting {
            answering,
            problem: StoredValue::new(problem),
            draft: Memo::new(move |_| answering.read().draft().clone()),
            feedback: Memo::new(move |_| answering.read().feedback().cloned()),
            last_try: Memo::new(move |_| answering.read().last_try().cloned()),
            may_ask_confidence: Memo::new(move |_| answering.read().may_ask_confidence()),
            hints: Memo::new(move |_| answering.read().hints()),
            progress,
            sessions,
            settings,
            watch,
        };
        page::on_visibility_change(move || sitting.remember());
        sitting
    }

    /// Keeps the time that was spent: nothing else changes without an event.
    fn remember(self) {
        if let Some(answering) = self.answering.try_read_untracked() {
            draft::remember(&answering.problem().slug, &answering.stored(self.elapsed_ms()));
        }
    }

    /// Hands an event on, and does what comes of it.
    fn send(self, event: Event) {
        let effects = {
            let log = self.progress.log();
            let log = log.read_untracked();
            let (at_ms, random, elapsed_ms) = (clock::now(), random::bits() >> 32, self.elapsed_ms());
            let now = Now { at_ms, random, elapsed_ms, log: &log };
            self.answering.try_maybe_update(|answering| {
                let before = answering.clone();
                let effects = answering.update(event, &now);
                (*answering != before, effects)
            })
        };
        effects.into_iter().flatten().for_each(|effect| self.run(effect));
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::Store(record) => self.store(record),
            Effect::StopClock => self.watch.stop(),
            Effect::RestartClock => self.watch.restart(),
            Effect::Remember(stored) => draft::remember(&self.problem().slug, &stored),
            Effect::Focus(focus) => move_focus(focus),
        }
    }

    fn store(self, record: Record) {
        let counts = record.attempt().filter(|attempt| attempt.is_first_try());
        let of_session = counts.filter(|attempt| attempt.mode == Mode::Practice);
        let of_session = of_session.map(|attempt| (attempt.slug.clone(), attempt.id));
        self.progress.record(record);
        if let Some((slug, attempt)) = of_session {
            self.sessions.answered(slug, attempt);
        }
    }

    fn edit(self, edit: Edit) {
        self.send(Event::Edit(edit));
    }
}

/// What is being answered, and how far it is.
impl Sitting {
    /// The problem.
    pub fn problem(self) -> Arc<Problem> {
        self.problem.get_value()
    }

    /// Where the question is met.
    pub fn mode(self) -> Mode {
        self.answering.read_untracked().mode()
    }

    /// The result, once the answer is submitted.
    pub fn graded(self) -> Option<Graded> {
        self.feedback.read().as_ref().map(|last| last.graded.clone())
    }

    /// Whether the answer is submitted.
    pub fn is_answered(self) -> bool {
        self.feedback.read().is_some()
    }

    /// How many hints are open.
    pub fn hints(self) -> u32 {
        self.hints.get()
    }

    /// What is still missing, once the learner tried to submit without it.
    pub fn nudge(self) -> Option<&'static str> {
        self.answering.read().nudge().map(quiz::answering::machine::Nudge::words)
    }

    /// The time so far, in ms.
    pub fn elapsed_ms(self) -> u64 {
        self.watch.elapsed_ms()
    }

    /// The time so far, in whole seconds.
    pub fn seconds(self) -> ReadSignal<u64> {
        self.watch.seconds()
    }

    /// The order in which `count` things are shown: shuffled anew for each attempt, the same after a reload.
    pub fn order(self, count: usize) -> Vec<usize> {
        let seed = self.answering.read_untracked().seed();
        Shuffle::new(seed_of(&self.problem().slug.0, seed)).order(count)
    }

    /// Whether the learner is to say how sure they are with their answer.
    pub fn asks_confidence(self) -> bool {
        self.may_ask_confidence.get() && self.settings.chosen().read().asks_confidence
    }

    /// The attempt that counts, once an answer is submitted.
    pub fn attempt(self) -> Option<Attempt> {
        let counted = self.answering.read().counted()?;
        self.progress.log().read().attempt(counted).cloned()
    }

    /// Whether the answer was taken back, here or in another tab.
    pub fn is_undone(self) -> bool {
        let counted = self.answering.read().counted();
        counted.is_some_and(|attempt| self.progress.log().read().is_undone(attempt))
    }

    /// In how many days the problem comes again, by the answers that count.
    pub fn comes_again(self) -> Option<Day> {
        let problem = self.problem();
        let context = self.settings.chosen().read().review_context();
        let card = learner::card_of(&self.progress.log().read(), &problem.slug, problem.revision, &context);
        Some(card.due?.saturating_sub(clock::today()))
    }

    /// The last try, if the question may be tried again and was.
    pub fn tried(self) -> Option<Try> {
        self.last_try.get()
    }

    /// The program of the last try, with what became of it, and whether it failed in the hidden check.
    pub fn tried_program(self) -> Option<(Program, bool)> {
        let (problem, tried) = (self.problem(), self.tried()?);
        let checked = assemble::outcome(&problem.question, &tried.answer)?.checked;
        Some((assemble::tried(&problem, &tried.answer)?, checked))
    }

    /// Whether what is filled in is what was tried last.
    pub fn is_as_tried(self) -> bool {
        let answer = self.draft.read().answer(&self.problem().question).ok();
        self.tried().is_some_and(|tried| Some(tried.answer) == answer)
    }
}

/// What happens to the answer as a whole.
impl Sitting {
    /// Hands in what is filled in. `sure` is how sure the learner is, if they are asked.
    pub fn submit(self, sure: Confidence) {
        let sure = untrack(|| self.asks_confidence()).then_some(sure);
        self.send(Event::Submit(sure));
    }

    /// Opens the next hint.
    pub fn open_hint(self) {
        self.send(Event::OpenHint);
    }

    /// Ends trying: the answer is shown.
    pub fn give_up(self) {
        self.send(Event::GiveUp);
    }

    /// Takes the answer back: it stays in the log and does not count.
    pub fn undo(self) {
        self.send(Event::Undo);
    }

    /// Asks the same question anew. It is a further try, unless the answer was taken back.
    pub fn ask_anew(self) {
        self.send(Event::AskAnew);
    }
}

/// Options and predictions.
impl Sitting {
    /// Whether an option is chosen.
    pub fn is_chosen(self, option: usize) -> bool {
        matches!(&*self.draft.read(), AnswerDraft::Choice(draft) if draft.chosen.contains(&option))
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

    /// Says which rule is broken.
    pub fn choose_rule(self, rule: Code) {
        self.edit(Edit::Predict(PredictEdit::ChooseRule(rule)));
    }
}

/// Lines of the program.
impl Sitting {
    /// Whether a line is to be picked now.
    pub fn asks_line(self) -> bool {
        !self.is_answered() && self.draft.read().asks_line()
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
            AnswerDraft::Choice(_) | AnswerDraft::Fill(_) | AnswerDraft::Order(_) => None,
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

    /// Changes the order of the lines.
    pub fn reorder(self, edit: OrderEdit) {
        self.edit(Edit::Order(edit));
    }
}

/// Moves the focus once what is new is drawn, and scrolls it into view.
fn move_focus(focus: Focus) {
    let (selector, place) = match focus {
        Focus::Title => ("main h1", None),
        Focus::Verdict => ("#verdict", Some(Place::Top)),
        Focus::Trial => ("#trial-verdict", Some(Place::Top)),
        Focus::NewestHint => (".hint:last-child", Some(Place::Nearest)),
    };
    request_animation_frame(move || {
        if focus != Focus::NewestHint {
            page::focus(selector);
        }
        if let Some(place) = place {
            page::reveal(selector, place);
        }
    });
}
