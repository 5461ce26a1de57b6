//! One question being answered: what is filled in, which hints are open, and the result.
//!
//! It belongs to the page that shows the question and goes away with it.

mod exercise;
mod filled;

use std::sync::Arc;

use leptos::prelude::*;
use quiz::answer::Answer;
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode};
use quiz::grading::{Graded, Mark, grade};
use quiz::learner::{self, calendar::Day};
use quiz::problem::{Problem, Question, RoleLine};
use quiz::role::Role;
use quiz::rule::Code;
use quiz::shuffle::{Shuffle, seed_of};

use crate::browser::{clock, page};
use crate::state::progress::Submission;
use crate::state::stopwatch::Stopwatch;
use crate::state::{AppState, Draft, Progress, Settings};

pub use exercise::Direction;
use exercise::GrabbedLine;
use filled::AnswerDraft;
pub use filled::PredictedOutcome;

/// The last try at a question that may be tried again.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// What was answered.
    pub answer: Answer,
    /// The judgement on it.
    pub graded: Graded,
    /// The how-manieth try it was, from 1.
    pub number: u32,
}

/// What came of handing in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// Something is missing; nothing was handed in.
    NotYet,
    /// It was wrong and may be tried again.
    TryAgain,
    /// The question is answered.
    Answered,
}

/// One question being answered.
#[derive(Clone, Copy)]
pub struct Sitting {
    problem: RwSignal<Arc<Problem>>,
    progress: Progress,
    settings: Settings,
    mode: Mode,
    filled: RwSignal<AnswerDraft>,
    step: RwSignal<usize>,
    cursor: RwSignal<u32>,
    hints: RwSignal<u32>,
    tried: RwSignal<Option<Tried>>,
    /// How many answers were handed in.
    tries: RwSignal<u32>,
    /// The first of them.
    counts: RwSignal<Option<AttemptId>>,
    lifted: RwSignal<Option<GrabbedLine>>,
    graded: RwSignal<Option<Graded>>,
    nudge: RwSignal<Option<&'static str>>,
    seed: RwSignal<u64>,
    watch: Stopwatch,
}

impl Sitting {
    /// Starts a question, or goes on where this tab was before a reload.
    pub fn start(problem: Arc<Problem>, app: AppState, mode: Mode) -> Sitting {
        let AppState { progress, settings, .. } = app;
        let draft = Draft::remembered(&problem.slug, problem.revision);
        let seed = progress.log().read_untracked().sittings(&problem.slug) as u64;
        let draft = draft.unwrap_or(Draft { revision: problem.revision, seed, ..Draft::default() });
        let filled = AnswerDraft::of(draft.answer.clone(), draft.places, &problem.question);
        let tried =
            draft.tried.map(|answer| Tried { graded: grade(&problem.question, &answer), answer, number: draft.tries });
        let sitting = Sitting {
            progress,
            settings,
            mode,
            filled: RwSignal::new(filled),
            step: RwSignal::new(0),
            cursor: RwSignal::new(1),
            hints: RwSignal::new(draft.hints),
            tried: RwSignal::new(tried),
            tries: RwSignal::new(draft.tries),
            counts: RwSignal::new(draft.counts),
            lifted: RwSignal::new(None),
            graded: RwSignal::new(None),
            nudge: RwSignal::new(None),
            seed: RwSignal::new(draft.seed),
            watch: Stopwatch::start(draft.elapsed_ms),
            problem: RwSignal::new(problem),
        };
        sitting.step.set(sitting.first_open_step());
        let tried = sitting.tried.read_untracked().as_ref().map(|tried| tried.graded.clone());
        let graded = tried.or_else(|| Some(grade(&sitting.problem().question, &draft.answer?)));
        if draft.submitted {
            sitting.watch.stop();
            sitting.graded.set(graded);
        }
        Effect::new(move || sitting.remember());
        page::on_visibility_change(move || sitting.remember());
        sitting
    }

    fn remember(self) {
        let (Some(problem), Some(filled)) = (self.problem.try_read_untracked(), self.filled.try_read()) else { return };
        let (Some(hints), Some(graded)) = (self.hints.try_read(), self.graded.try_read()) else { return };
        let Some(tried) = self.tried.try_read() else { return };
        let draft = Draft {
            answer: filled.answer(&problem.question),
            places: filled.places.clone(),
            tries: self.tries.get_untracked(),
            counts: self.counts.get_untracked(),
            tried: tried.as_ref().map(|tried| tried.answer.clone()),
            hints: *hints,
            elapsed_ms: self.elapsed_ms(),
            submitted: graded.is_some(),
            revision: problem.revision,
            seed: self.seed.get_untracked(),
        };
        draft.remember(&problem.slug);
    }

    /// The problem.
    pub fn problem(self) -> Arc<Problem> {
        self.problem.get_untracked()
    }

    /// Where the question is met.
    pub fn mode(self) -> Mode {
        self.mode
    }

    /// The result, once the answer is submitted.
    pub fn graded(self) -> RwSignal<Option<Graded>> {
        self.graded
    }

    /// Whether the answer is submitted.
    pub fn is_answered(self) -> bool {
        self.graded.read().is_some()
    }

    /// How many hints are open.
    pub fn hints(self) -> u32 {
        self.hints.get()
    }

    /// What is still missing, once the learner tried to submit without it.
    pub fn nudge(self) -> Option<&'static str> {
        self.nudge.get()
    }

    /// The time so far, in ms.
    pub fn elapsed_ms(self) -> u64 {
        self.watch.elapsed_ms()
    }

    /// The time so far, in whole seconds.
    pub fn seconds(self) -> RwSignal<u64> {
        self.watch.seconds()
    }

    /// The line under the keyboard's cursor.
    pub fn cursor(self) -> RwSignal<u32> {
        self.cursor
    }

    /// The order in which `count` things are shown: shuffled anew for each attempt, the same after a reload.
    pub fn order(self, count: usize) -> Vec<usize> {
        let problem = self.problem();
        Shuffle::new(seed_of(&problem.slug.0, self.seed.get())).order(count)
    }

    /// Whether an option is chosen.
    pub fn is_chosen(self, option: usize) -> bool {
        self.filled.read().chosen.contains(&option)
    }

    /// The outcome that is chosen.
    pub fn outcome(self) -> Option<PredictedOutcome> {
        self.filled.read().outcome
    }

    /// The output as typed.
    pub fn stdout(self) -> String {
        self.filled.read().stdout.clone()
    }

    /// The rule that is chosen.
    pub fn rule(self) -> Option<Code> {
        self.filled.read().rule.clone()
    }

    /// The line that is picked for the outcome.
    pub fn line(self) -> Option<u32> {
        self.filled.read().line
    }

    /// The line that is picked for a role.
    pub fn line_of(self, role: Role) -> Option<u32> {
        self.filled.read().lines.get(&role).copied()
    }

    /// The roles that are asked for; none but for `spot`.
    pub fn roles(self) -> Vec<RoleLine> {
        match &self.problem().question {
            Question::Spot { roles } => roles.clone(),
            _ => Vec::new(),
        }
    }

    /// The role that the next picked line is for, as an index into [`Sitting::roles`].
    pub fn step(self) -> usize {
        self.step.get()
    }

    /// Whether a line is to be picked now.
    pub fn asks_line(self) -> bool {
        if self.is_answered() {
            return false;
        }
        match &self.problem().question {
            Question::Choice { .. } | Question::Fill { .. } | Question::Order { .. } => false,
            Question::Predict { .. } => {
                matches!(
                    self.outcome(),
                    Some(PredictedOutcome::Error | PredictedOutcome::Panics | PredictedOutcome::Undefined)
                )
            }
            Question::Spot { .. } => true,
        }
    }

    /// Chooses an option, or takes the choice back where several may be chosen.
    pub fn choose(self, option: usize) {
        let several = matches!(self.problem().question, Question::Choice { several: true, .. });
        self.fill(|filled| {
            if !several {
                filled.chosen.clear();
            }
            match filled.chosen.iter().position(|chosen| *chosen == option) {
                Some(place) => {
                    filled.chosen.remove(place);
                }
                None => filled.chosen.push(option),
            }
        });
    }

    /// Says what the program does.
    pub fn say(self, outcome: PredictedOutcome) {
        self.fill(|filled| filled.outcome = Some(outcome));
    }

    /// Says what it prints.
    pub fn type_stdout(self, stdout: String) {
        self.fill(|filled| filled.stdout = stdout);
    }

    /// Says which rule is broken.
    pub fn choose_rule(self, rule: Code) {
        self.fill(|filled| filled.rule = Some(rule));
    }

    /// Picks a line for what is asked now; with roles, the next open one is asked next.
    pub fn pick(self, line: u32) {
        self.set_line(line);
        self.step.set(self.first_open_step_after_current());
    }

    fn set_line(self, line: u32) {
        self.cursor.set(line);
        let role = self.roles().get(self.step.get_untracked()).map(|asked| asked.role);
        self.fill(|filled| match role {
            Some(role) => {
                filled.lines.insert(role, line);
            }
            None => filled.line = Some(line),
        });
    }

    /// Asks for another role's line.
    pub fn go_to_step(self, step: usize) {
        self.step.set(step.min(self.open_steps().len().saturating_sub(1)));
    }

    /// Moves the keyboard's cursor by so many lines and picks where it lands.
    pub fn move_cursor(self, by: i32) {
        let problem = self.problem();
        let count = problem.main_program().map_or(1, |program| program.source.lines().count()) as i32;
        let is_first = match self.roles().get(self.step.get_untracked()) {
            Some(asked) => self.line_of(asked.role).is_none(),
            None => self.line().is_none(),
        };
        let from = self.cursor.get_untracked() as i32;
        let line = if is_first { from } else { from + by };
        self.set_line(line.clamp(1, count) as u32);
    }

    fn fill(self, change: impl FnOnce(&mut AnswerDraft)) {
        if self.graded.read_untracked().is_none() {
            self.filled.update(change);
            self.nudge.set(None);
        }
    }

    fn first_open_step(self) -> usize {
        let open = self.open_steps();
        open.iter().position(|open| *open).unwrap_or(open.len().saturating_sub(1))
    }

    fn first_open_step_after_current(self) -> usize {
        let open = self.open_steps();
        let current = self.step.get_untracked();
        (current..open.len()).chain(0..current).find(|step| open[*step]).unwrap_or(current)
    }

    /// For each role or slot whether it still lacks its line or its choice.
    fn open_steps(self) -> Vec<bool> {
        let filled = self.filled.read_untracked();
        match &self.problem().question {
            Question::Spot { roles } => roles.iter().map(|asked| !filled.lines.contains_key(&asked.role)).collect(),
            _ => filled.places.iter().map(Option::is_none).collect(),
        }
    }

    /// Opens the next hint.
    pub fn open_hint(self) {
        let count = self.problem().hints.len() as u32;
        self.hints.set((self.hints.get_untracked() + 1).min(count));
    }

    /// Whether the learner is to say how sure they are with their answer: not of a further try, which has seen the outcome
    /// of the first.
    pub fn asks_confidence(self) -> bool {
        // What is tried tells that there was a try; watching the number too would draw the buttons once more.
        self.tried.track();
        self.settings.chosen().read().asks_confidence && self.tries.get_untracked() == 0
    }

    /// The attempt that counts, once an answer is submitted.
    pub fn attempt(self) -> Option<Attempt> {
        self.progress.log().read().attempt(self.counts.get()?).cloned()
    }

    /// Whether the answer was taken back.
    pub fn is_undone(self) -> bool {
        self.counts.get().is_some_and(|attempt| self.progress.log().read().is_undone(attempt))
    }

    /// Takes the answer back: it stays in the log and does not count.
    pub fn undo(self) {
        if let Some(attempt) = self.counts.get_untracked() {
            self.progress.undo(attempt);
        }
    }

    /// In how many days the problem comes again, by the answers that count.
    pub fn comes_again(self) -> Option<Day> {
        let problem = self.problem();
        let context = self.settings.chosen().read().context();
        let card = learner::card_of(&self.progress.log().read(), &problem.slug, problem.revision, &context);
        Some(card.due?.saturating_sub(clock::today()))
    }

    /// Grades and stores the answer, or says what is missing. `sure` is how sure the learner is, if they are asked.
    pub fn submit(self, sure: Confidence) -> Submitted {
        let problem = self.problem();
        if self.graded.read_untracked().is_some() {
            return Submitted::NotYet;
        }
        let filled = self.filled.get_untracked();
        let (answer, missing) = (filled.answer(&problem.question), filled.missing(&problem.question));
        let (Some(answer), None) = (answer, missing) else {
            self.nudge.set(missing);
            self.step.set(self.first_open_step());
            return Submitted::NotYet;
        };
        self.lifted.set(None);
        if self.tried.read_untracked().as_ref().is_some_and(|tried| tried.answer == answer) {
            self.nudge.set(Some("This was your last try. Change something first."));
            return Submitted::NotYet;
        }
        let number = self.tries.get_untracked() + 1;
        let (elapsed_ms, hints, mode) = (self.elapsed_ms(), self.hints.get_untracked(), self.mode);
        let confidence = untrack(|| self.asks_confidence()).then_some(sure);
        let submission = Submission { answer: answer.clone(), elapsed_ms, hints, mode, try_number: number, confidence };
        let (graded, attempt) = self.progress.submit(&problem, submission);
        self.tries.set(number);
        if number == 1 {
            self.counts.set(Some(attempt));
        }
        if exercise::may_be_tried_again(&problem.question) {
            self.tried.set(Some(Tried { answer, graded: graded.clone(), number }));
            if graded.mark != Mark::Right {
                return Submitted::TryAgain;
            }
        }
        self.watch.stop();
        self.graded.set(Some(graded));
        Submitted::Answered
    }

    /// The last try, if the question may be tried again and was.
    pub fn tried(self) -> Option<Tried> {
        self.tried.get()
    }

    /// Ends trying: the answer is shown.
    pub fn give_up(self) {
        if let Some(tried) = self.tried.get_untracked() {
            self.lifted.set(None);
            self.watch.stop();
            self.graded.set(Some(tried.graded));
        }
    }

    /// Asks the same question anew. It is a further try, unless the answer was taken back.
    pub fn try_again(self) {
        let problem = self.problem();
        if untrack(|| self.is_undone()) {
            self.tries.set(0);
            self.counts.set(None);
        }
        Draft::forget(&problem.slug);
        self.seed.set(self.progress.log().read_untracked().sittings(&problem.slug) as u64);
        self.graded.set(None);
        self.tried.set(None);
        self.lifted.set(None);
        self.filled.set(AnswerDraft::of(None, Vec::new(), &problem.question));
        self.hints.set(0);
        self.step.set(0);
        self.cursor.set(1);
        self.watch.restart();
    }
}
