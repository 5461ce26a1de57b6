//! One question being answered: what is filled in, which hints are open, and the result.
//!
//! It belongs to the page that shows the question and goes away with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use quiz::answer::{Answer, Prediction};
use quiz::attempt::Mode;
use quiz::grading::{Graded, grade};
use quiz::problem::{Problem, Question, RoleLine};
use quiz::role::Role;
use quiz::rule::Code;
use quiz::shuffle::{Shuffle, seed_of};

use crate::browser::page;
use crate::state::stopwatch::Stopwatch;
use crate::state::{Draft, Progress};

/// What a program can be said to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It runs and prints.
    Prints,
    /// It does not compile.
    Error,
    /// It panics.
    Panics,
}

impl Outcome {
    /// All outcomes, in the order in which they are offered.
    pub const ALL: [Outcome; 3] = [Outcome::Prints, Outcome::Error, Outcome::Panics];
}

/// What is filled in so far. Changing the outcome keeps what belongs to the others.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filled {
    chosen: Vec<usize>,
    outcome: Option<Outcome>,
    stdout: String,
    line: Option<u32>,
    rule: Option<Code>,
    lines: BTreeMap<Role, u32>,
}

/// One question being answered.
#[derive(Clone, Copy)]
pub struct Sitting {
    problem: StoredValue<Arc<Problem>>,
    progress: Progress,
    mode: Mode,
    filled: RwSignal<Filled>,
    step: RwSignal<usize>,
    cursor: ReadSignal<u32>,
    write_cursor: WriteSignal<u32>,
    hints: RwSignal<u32>,
    graded: ReadSignal<Option<Graded>>,
    write_graded: WriteSignal<Option<Graded>>,
    nudge: RwSignal<Option<&'static str>>,
    seed: RwSignal<u64>,
    watch: Stopwatch,
}

impl Sitting {
    /// Starts a question, or goes on where this tab was before a reload.
    pub fn start(problem: Arc<Problem>, progress: Progress, mode: Mode) -> Sitting {
        let draft = Draft::remembered(&problem.slug, problem.revision);
        let seed = progress.log().read_untracked().tries(&problem.slug) as u64;
        let draft = draft.unwrap_or(Draft { revision: problem.revision, seed, ..Draft::default() });
        let (cursor, write_cursor) = signal(1);
        let (graded, write_graded) = signal(None);
        let sitting = Sitting {
            progress,
            mode,
            filled: RwSignal::new(draft.answer.clone().map(Filled::from).unwrap_or_default()),
            step: RwSignal::new(0),
            cursor,
            write_cursor,
            hints: RwSignal::new(draft.hints),
            graded,
            write_graded,
            nudge: RwSignal::new(None),
            seed: RwSignal::new(draft.seed),
            watch: Stopwatch::start(draft.took),
            problem: StoredValue::new(problem),
        };
        sitting.step.set(sitting.first_open_step());
        if let (true, Some(answer)) = (draft.submitted, draft.answer) {
            sitting.watch.stop();
            sitting.write_graded.set(Some(grade(&sitting.problem().question, &answer)));
        }
        Effect::new(move || sitting.remember());
        page::on_visibility_change(move || sitting.remember());
        sitting
    }

    fn remember(self) {
        let Some(problem) = self.problem.try_get_value() else { return };
        let answer = self.filled.try_with(|filled| filled.answer(&problem.question));
        let (Some(hints), Some(graded), Some(answer)) = (self.hints.try_get(), self.graded.try_get(), answer) else {
            return;
        };
        let draft = Draft {
            answer,
            hints,
            took: self.took(),
            submitted: graded.is_some(),
            revision: problem.revision,
            seed: self.seed.get_untracked(),
        };
        draft.remember(&problem.slug);
    }

    /// The problem.
    pub fn problem(self) -> Arc<Problem> {
        self.problem.get_value()
    }

    /// Where the question is met.
    pub fn mode(self) -> Mode {
        self.mode
    }

    /// The result, once the answer is submitted.
    pub fn graded(self) -> ReadSignal<Option<Graded>> {
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
    pub fn took(self) -> u64 {
        self.watch.took()
    }

    /// The time so far, in whole seconds.
    pub fn seconds(self) -> ReadSignal<u64> {
        self.watch.seconds()
    }

    /// The line under the keyboard's cursor.
    pub fn cursor(self) -> ReadSignal<u32> {
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
    pub fn outcome(self) -> Option<Outcome> {
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
            Question::Predict { .. } => matches!(self.outcome(), Some(Outcome::Error | Outcome::Panics)),
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
    pub fn say(self, outcome: Outcome) {
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
        self.write_cursor.set(line);
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
        self.step.set(step.min(self.roles().len().saturating_sub(1)));
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

    fn fill(self, change: impl FnOnce(&mut Filled)) {
        if self.graded.read_untracked().is_none() {
            change(&mut self.filled.write());
            self.nudge.set(None);
        }
    }

    fn first_open_step(self) -> usize {
        let roles = self.roles();
        let filled = self.filled.read_untracked();
        let open = roles.iter().position(|asked| !filled.lines.contains_key(&asked.role));
        open.unwrap_or(roles.len().saturating_sub(1))
    }

    fn first_open_step_after_current(self) -> usize {
        let roles = self.roles();
        let current = self.step.get_untracked();
        let is_open = |step: &usize| {
            roles.get(*step).is_some_and(|asked| !self.filled.read_untracked().lines.contains_key(&asked.role))
        };
        (current..roles.len()).chain(0..current).find(is_open).unwrap_or(current)
    }

    /// Opens the next hint.
    pub fn open_hint(self) {
        let count = self.problem().hints.len() as u32;
        self.hints.set((self.hints.get_untracked() + 1).min(count));
    }

    /// Grades and stores the answer, or says what is missing. Tells whether it was submitted.
    pub fn submit(self) -> bool {
        let problem = self.problem();
        if self.graded.read_untracked().is_some() {
            return false;
        }
        let filled = self.filled.get_untracked();
        let (answer, missing) = (filled.answer(&problem.question), filled.missing(&problem.question));
        let (Some(answer), None) = (answer, missing) else {
            self.nudge.set(missing);
            self.step.set(self.first_open_step());
            return false;
        };
        self.watch.stop();
        let hints = self.hints.get_untracked();
        let graded = self.progress.submit(&problem, answer, self.took(), hints, self.mode);
        self.write_graded.set(Some(graded));
        true
    }

    /// Asks the same question anew.
    pub fn try_again(self) {
        let problem = self.problem();
        Draft::forget(&problem.slug);
        self.seed.set(self.progress.log().read_untracked().tries(&problem.slug) as u64);
        self.write_graded.set(None);
        self.filled.set(Filled::default());
        self.hints.set(0);
        self.step.set(0);
        self.write_cursor.set(1);
        self.watch.restart();
    }
}

impl Filled {
    fn answer(&self, question: &Question) -> Option<Answer> {
        match question {
            Question::Choice { .. } => Some(Answer::Choice { chosen: self.chosen_options() }),
            Question::Spot { .. } => Some(Answer::Spot { lines: self.lines.clone() }),
            Question::Fill { .. } | Question::Order { .. } => None,
            Question::Predict { .. } => self.outcome.map(|outcome| {
                Answer::Predict(match outcome {
                    Outcome::Prints => Prediction::Prints { stdout: self.stdout.clone() },
                    Outcome::Error => Prediction::Error { line: self.line, rule: self.rule.clone() },
                    Outcome::Panics => Prediction::Panics { line: self.line },
                })
            }),
        }
    }

    fn chosen_options(&self) -> BTreeSet<usize> {
        let mut options = BTreeSet::new();
        options.extend(&self.chosen);
        options
    }

    fn missing(&self, question: &Question) -> Option<&'static str> {
        match question {
            Question::Choice { .. } if self.chosen.is_empty() => Some("Choose an option first."),
            Question::Spot { roles } if self.lines.len() < roles.len() => Some("Each role needs a line."),
            Question::Choice { .. } | Question::Spot { .. } | Question::Fill { .. } | Question::Order { .. } => None,
            Question::Predict { .. } => match (self.outcome, self.line, &self.rule) {
                (None, ..) => Some("Say what happens first."),
                (Some(Outcome::Error | Outcome::Panics), None, _) => Some("Pick a line in the program."),
                (Some(Outcome::Error), _, None) => Some("Choose the rule that is broken."),
                _ => None,
            },
        }
    }
}

impl From<Answer> for Filled {
    fn from(answer: Answer) -> Filled {
        let mut filled = Filled::default();
        match answer {
            Answer::Choice { chosen } => filled.chosen = chosen.into_iter().collect(),
            Answer::Spot { lines } => filled.lines = lines,
            Answer::Fill { .. } | Answer::Order { .. } => {}
            Answer::Predict(Prediction::Prints { stdout }) => {
                filled.outcome = Some(Outcome::Prints);
                filled.stdout = stdout;
            }
            Answer::Predict(Prediction::Error { line, rule }) => {
                filled.outcome = Some(Outcome::Error);
                filled.line = line;
                filled.rule = rule;
            }
            Answer::Predict(Prediction::Panics { line }) => {
                filled.outcome = Some(Outcome::Panics);
                filled.line = line;
            }
        }
        filled
    }
}
