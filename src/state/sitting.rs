//! One question being answered: signals over its state machine in [`quiz::answering`].
//!
//! It belongs to the page that shows the question and goes away with it. What can happen is decided there; here events
//! are handed on, and what is to be done is done: answers go to the log, drafts to the tab's storage, the focus moves.

mod answer;
mod discuss;
mod tools;
mod write;

use std::sync::Arc;

use leptos::prelude::*;
use quiz::answering::machine::TAKE_BACK_MS;
use quiz::answering::{AnswerDraft, Answering, Edit, Effect, Event, FeedbackTiming, Focus, Now, StoredAnswering, Try};
use quiz::assemble;
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode, Record};
use quiz::grading::Graded;
use quiz::learner::{self, calendar::Day};
use quiz::problem::{Problem, Program};
use quiz::shuffle::{Shuffle, seed_of};

use crate::browser::page::{self, Place};
use crate::browser::{clock, log_copies, random};
use crate::state::runner::Runner;
use crate::state::stopwatch::Stopwatch;
use crate::state::{AppState, Device, Interviews, Library, Progress, Sessions, Settings, draft};

/// One question being answered.
#[derive(Clone, Copy)]
pub struct Sitting {
    answering: RwSignal<Answering>,
    /// Whether an answer is on its way to the disk.
    is_storing: StoredValue<bool>,
    /// What is filled in meanwhile.
    filled_in_meanwhile: StoredValue<Vec<Event>>,
    /// Whether what is begun here is kept until it is answered.
    is_begun: StoredValue<bool>,
    /// How often something was said, the same as before or not.
    edits: RwSignal<u32>,
    problem: StoredValue<Arc<Problem>>,
    // What pages watch, apart: what is typed must not draw the hints anew.
    draft: Memo<AnswerDraft>,
    feedback: Memo<Option<Try>>,
    is_held: Memo<bool>,
    last_try: Memo<Option<Try>>,
    may_ask_confidence: Memo<bool>,
    hints: Memo<u32>,
    library: Library,
    progress: Progress,
    sessions: Sessions,
    interviews: Interviews,
    settings: Settings,
    watch: Stopwatch,
    runner: Runner,
    device: Device,
}

impl Sitting {
    /// Starts a question, or goes on where this tab was before a reload.
    pub fn start(problem: Arc<Problem>, app: AppState, mode: Mode) -> Sitting {
        let timing = match mode {
            Mode::Practice | Mode::Single => FeedbackTiming::AtOnce,
            Mode::Interview => FeedbackTiming::EndOfRound,
        };
        let log = app.progress.log();
        let stored = draft::remembered(mode, &problem.slug);
        let elapsed_ms = stored.as_ref().filter(|stored| stored.revision == problem.revision);
        let watch = Stopwatch::start(elapsed_ms.map_or(0, |stored| stored.elapsed_ms));
        let answering = match stored {
            Some(stored) => Answering::resume(Arc::clone(&problem), mode, timing, stored, &log.read_untracked()),
            None => Answering::start(Arc::clone(&problem), mode, timing, &log.read_untracked()),
        };
        if !answering.takes_time() {
            watch.stop();
        }
        let sitting = Sitting::of(answering, watch, app);
        page::on_visibility_change(move || sitting.remember());
        if mode == Mode::Interview {
            sitting.tell_of_what_was_handed_in();
        }
        sitting
    }

    /// The page may have died between the answer and the interview that hears of it.
    fn tell_of_what_was_handed_in(self) {
        if let Some(attempt) = untrack(|| self.is_held().then(|| self.attempt()).flatten()) {
            request_animation_frame(move || self.interviews.answered(&attempt));
        }
    }

    /// Looks again at an answer, as it was. Nothing that is done here is kept. `None` if there is no such answer, if it is one of an
    /// interview under way, or if the problem has been revised since.
    pub fn look_again(problem: Arc<Problem>, app: AppState, first: AttemptId) -> Option<Sitting> {
        let log = app.progress.log();
        let log = log.read_untracked();
        let first =
            log.attempt(first).filter(|first| !app.interviews.withheld().read_untracked().contains(&first.id))?;
        let answering = Answering::of_attempt(problem, first, &log)?;
        let watch = Stopwatch::start(log.last_try(first).elapsed_ms);
        watch.stop();
        Some(Sitting::of(answering, watch, app))
    }

    fn of(answering: Answering, watch: Stopwatch, app: AppState) -> Sitting {
        let AppState { library, progress, settings, sessions, interviews, .. } = app;
        let problem = StoredValue::new(Arc::clone(answering.problem()));
        let is_begun = StoredValue::new(answering.stored(0).is_begun(&answering.problem().question));
        let answering = RwSignal::new(answering);
        Sitting {
            answering,
            is_storing: StoredValue::new(false),
            filled_in_meanwhile: StoredValue::new(Vec::new()),
            is_begun,
            edits: RwSignal::new(0),
            problem,
            draft: Memo::new(move |_| answering.read().draft().clone()),
            feedback: Memo::new(move |_| answering.read().feedback().cloned()),
            is_held: Memo::new(move |_| answering.read().is_closed() && answering.read().feedback().is_none()),
            last_try: Memo::new(move |_| answering.read().last_try().cloned()),
            may_ask_confidence: Memo::new(move |_| answering.read().may_ask_confidence()),
            hints: Memo::new(move |_| answering.read().hints()),
            library,
            progress,
            sessions,
            interviews,
            settings,
            watch,
            runner: Runner::new(app.compiler, settings),
            device: app.device,
        }
    }

    /// Keeps the time that was spent: nothing else changes without an event.
    pub fn remember(self) {
        // While an answer is stored, what is kept is already what follows.
        if self.is_storing.try_get_value() != Some(false) {
            return;
        }
        if let Some(answering) = self.answering.try_read_untracked() {
            self.keep(&answering.stored(self.elapsed_ms()));
        }
    }

    /// Hands an event on, and does what comes of it. What came of an answer or a try shows once that is stored, on the disk where
    /// possible; until then nothing else happens, and what is filled in waits.
    fn send(self, event: Event) {
        match self.is_storing.try_get_value() {
            Some(false) => {}
            Some(true) if matches!(event, Event::Edit(_)) => {
                self.filled_in_meanwhile.update_value(|waiting| waiting.push(event));
                return;
            }
            Some(true) | None => return,
        }
        let Some(before) = self.answering.try_get_untracked() else { return };
        let mut next = before.clone();
        let effects = {
            let log = self.progress.log();
            let log = log.read_untracked();
            let (at_ms, random, elapsed_ms) = (clock::now(), random::bits() >> 32, self.elapsed_ms());
            next.update(event, &Now { at_ms, random, elapsed_ms, log: &log })
        };
        let says_nothing = judged(&next).is_none() || judged(&before) == judged(&next);
        if says_nothing || !effects.iter().any(|effect| matches!(effect, Effect::Store(_))) {
            self.show(before, next);
            effects.into_iter().for_each(|effect| self.run(effect));
            return;
        }
        let (later, now): (Vec<_>, Vec<_>) = effects.into_iter().partition(|effect| matches!(effect, Effect::Focus(_)));
        self.is_storing.set_value(true);
        now.into_iter().for_each(|effect| self.run(effect));
        log_copies::when_written(Box::new(move || {
            // Meanwhile the page may have been left.
            if self.is_storing.try_set_value(false).is_none() {
                self.show(before, next);
                later.into_iter().for_each(|effect| self.run(effect));
                let waiting = self.filled_in_meanwhile.try_update_value(std::mem::take).unwrap_or_default();
                waiting.into_iter().for_each(|event| self.send(event));
            }
        }));
    }

    /// Whether an answer is on its way to the disk: what became of it shows in a moment.
    pub fn is_storing(self) -> bool {
        self.is_storing.get_value()
    }

    fn show(self, before: Answering, next: Answering) {
        if before != next {
            self.answering.try_set(next);
        }
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::Store(record) => self.store(record),
            Effect::StopClock => self.watch.stop(),
            Effect::RestartClock => self.watch.restart(),
            Effect::Remember(stored) => self.keep(&stored),
            Effect::Focus(focus) => move_focus(focus),
        }
    }

    /// Keeps it over a reload, and what takes long to write until it is answered. What another tab has begun since stays.
    fn keep(self, stored: &StoredAnswering) {
        let (mode, problem) = (self.mode(), self.problem());
        draft::remember(mode, &problem.slug, stored);
        if mode == Mode::Interview {
            return;
        }
        match stored.is_begun(&problem.question) {
            true => {
                draft::keep_begun(&problem.slug, stored);
                self.is_begun.set_value(true);
            }
            false if self.is_begun.get_value() => {
                draft::forget_begun(&problem.slug);
                self.is_begun.set_value(false);
            }
            false => {}
        }
    }

    fn store(self, record: Record) {
        let counts = record.attempt().filter(|attempt| attempt.is_first_try()).cloned();
        self.progress.record(record);
        let Some(attempt) = counts else { return };
        match attempt.mode {
            // What a session asks now may be answered on its own page as well.
            Mode::Practice | Mode::Single => self.sessions.answered(attempt.slug, attempt.id),
            Mode::Interview => self.interviews.answered(&attempt),
        }
    }

    fn edit(self, edit: Edit) {
        self.send(Event::Edit(edit));
        let _ = self.edits.try_update(|edits| *edits = edits.wrapping_add(1));
    }

    /// Changes whenever something is said, be it the same as before.
    pub fn edits(self) -> RwSignal<u32> {
        self.edits
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

    /// The how-manieth try of this sitting the answer is, from 1; 0 before it is submitted.
    pub fn try_number(self) -> u32 {
        self.feedback.read().as_ref().map_or(0, |last| last.number)
    }

    /// Whether the answer is submitted.
    pub fn is_answered(self) -> bool {
        self.feedback.read().is_some()
    }

    /// Whether the answer is handed in, and what became of it is told when the round is over.
    pub fn is_held(self) -> bool {
        self.is_held.get()
    }

    /// Whether the learner cannot change the answer any more.
    pub fn is_closed(self) -> bool {
        self.is_held() || self.is_answered()
    }

    /// Whether it is asked in an interview that is under way, where nothing is said of an answer before the end.
    pub fn is_of_interview(self) -> bool {
        self.mode() == Mode::Interview && !untrack(|| self.is_answered())
    }

    /// What is filled in, or was handed in.
    pub fn draft(self) -> AnswerDraft {
        self.draft.get()
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
    pub fn seconds(self) -> RwSignal<u64> {
        self.watch.seconds()
    }

    /// The order in which `count` things are shown: shuffled anew for each sitting, the same after a reload.
    pub fn order(self, count: usize) -> Vec<usize> {
        let seed = self.answering.read_untracked().seed();
        Shuffle::new(seed_of(&self.problem().slug.0, seed)).order(count)
    }

    /// Whether the learner is to say how sure they are with their answer.
    pub fn asks_confidence(self) -> bool {
        self.may_ask_confidence.get() && !self.is_of_interview() && self.settings.chosen().read().asks_confidence
    }

    /// Whether the learner may say that they do not know.
    pub fn may_be_unknown(self) -> bool {
        self.answering.read().may_be_unknown()
    }

    /// The attempt that counts, once an answer is submitted.
    pub fn attempt(self) -> Option<Attempt> {
        let counted = self.answering.read().counted()?;
        self.progress.log().read().attempt(counted).cloned()
    }

    /// Whether it can be changed whether the answer counts: not where it is only looked at again.
    pub fn may_be_taken_back(self) -> bool {
        self.answering.read().may_be_taken_back()
    }

    /// Whether the problem may be begun anew from here: not where its answer is only looked at again.
    pub fn may_be_begun_anew(self) -> bool {
        self.answering.read().may_be_begun_anew()
    }

    /// Whether the answer was taken back, here or in another tab.
    pub fn is_undone(self) -> bool {
        let counted = self.answering.read().counted();
        counted.is_some_and(|attempt| self.progress.log().read().is_undone(attempt))
    }

    /// In how many days the problem comes again, by the answers that count.
    pub fn comes_again(self) -> Option<Day> {
        let problem = self.problem();
        let context = self.settings.chosen().read().review_context(clock::now(), clock::calendar());
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
        if untrack(|| self.nudge().is_some()) {
            page::once_drawn(|| {
                page::reveal("main .nudge:not(:empty)", Place::Nearest);
                // The heading may be out of sight by now; what is missing is here.
                if !page::has_focus("main :not(h1)") {
                    page::focus("#asking");
                }
            });
        }
    }

    /// Opens the next hint.
    pub fn open_hint(self) {
        self.send(Event::OpenHint);
    }

    /// Takes the hint back that was opened last.
    pub fn take_back_hint(self) {
        self.send(Event::TakeBackHint);
    }

    /// For how many ms from now the last hint can be taken back.
    pub fn hint_can_be_taken_back_ms(self) -> u64 {
        let opened = self.answering.read().hint_opened_at_ms();
        opened.map_or(0, |opened| (opened + TAKE_BACK_MS).saturating_sub(clock::now()))
    }

    /// Ends trying, or says that the learner does not know: the answer is shown.
    pub fn give_up(self) {
        self.send(Event::GiveUp);
    }

    /// Takes the answer back: it stays in the log and does not count.
    pub fn undo(self) {
        self.send(Event::Undo);
    }

    /// Asks the same question anew. It is a further try, unless the answer no longer counts.
    pub fn ask_anew(self) {
        self.send(Event::AskAnew);
    }

    /// Goes to its beginning, or to the verdict if it was answered before the page was left.
    pub fn begin(self) {
        match untrack(|| self.is_answered()) {
            true => move_focus(Focus::Verdict),
            false => page::begin(),
        }
    }
}

/// What is said of the answer, or of the last try at it.
fn judged(answering: &Answering) -> Option<&Try> {
    answering.feedback().or(answering.last_try())
}

/// Moves the focus once what is new is drawn, and scrolls it into view.
fn move_focus(focus: Focus) {
    let (selector, place) = match focus {
        Focus::Title => ("main h1", Some(Place::Top)),
        Focus::Verdict => ("#summary", Some(Place::Below(".subject"))),
        Focus::Trial => ("#trial-summary", Some(Place::Below(".subject"))),
        Focus::Rubric => ("#rubric", Some(Place::Top)),
        Focus::Counting => ("#counting button", Some(Place::Nearest)),
        Focus::NewestHint => (".hint:last-child", Some(Place::Nearest)),
    };
    page::once_shown(move || {
        if focus != Focus::NewestHint {
            page::focus(selector);
        }
        if let Some(place) = place {
            page::reveal(selector, place);
        }
        if focus == Focus::NewestHint {
            // A long hint must not push what has the focus out of sight.
            page::keep_focus_in_sight();
        }
    });
}
