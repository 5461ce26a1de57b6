//! What a learner has filled in so far: one type a kind, and what each can be changed by.
//!
//! A draft never names what the question does not have: an [`Edit`] that does so, or that is for another kind, changes
//! nothing. It knows neither what is right nor how often it was handed in.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answer::{Answer, Prediction};
use crate::arrangement::Arrangement;
use crate::discussion::Score;
use crate::exercise::{CodeResult, Exercise};
use crate::json::{FromJson, Json, json_variants, read_struct};
use crate::json_names;
use crate::problem::{Problem, Question, RoleLine, Row};
use crate::role::Role;
use crate::rule::Code;

/// What a program can be said to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredictedOutcome {
    /// It runs and prints.
    Prints,
    /// It does not compile.
    Error,
    /// It panics.
    Panics,
    /// Its behaviour is undefined.
    Undefined,
}

impl PredictedOutcome {
    /// All outcomes, in the order in which they are offered.
    pub const ALL: [PredictedOutcome; 4] =
        [PredictedOutcome::Prints, PredictedOutcome::Error, PredictedOutcome::Panics, PredictedOutcome::Undefined];

    /// Whether it needs a line of the program.
    pub fn needs_line(self) -> bool {
        match self {
            PredictedOutcome::Prints => false,
            PredictedOutcome::Error | PredictedOutcome::Panics | PredictedOutcome::Undefined => true,
        }
    }
}

/// What is filled in so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerDraft {
    /// Options.
    Choice(ChoiceDraft),
    /// What the program is said to do.
    Predict(PredictDraft),
    /// Lines for roles.
    Spot(SpotDraft),
    /// Choices for slots.
    Fill(FillDraft),
    /// Lines in gaps.
    Order(OrderDraft),
    /// A program.
    Write(WriteDraft),
    /// Notes and scores.
    Discuss(DiscussDraft),
}

/// The options that are chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChoiceDraft {
    /// Their indexes in the author's order.
    pub chosen: BTreeSet<usize>,
}

/// What the program is said to do. Changing the outcome keeps what belongs to the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PredictDraft {
    /// What is said to happen.
    pub outcome: Option<PredictedOutcome>,
    /// The output as typed.
    pub stdout: String,
    /// Whether it is said to print nothing: an empty field alone may be a slip.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub prints_nothing: bool,
    /// The line that is picked, from 1.
    pub line: Option<u32>,
    /// The rule that is said to be broken.
    pub rule: Option<Code>,
    /// The line under the keyboard's cursor, from 1.
    pub cursor: u32,
}

impl Default for PredictDraft {
    fn default() -> PredictDraft {
        PredictDraft { outcome: None, stdout: String::new(), prints_nothing: false, line: None, rule: None, cursor: 1 }
    }
}

/// The lines that are picked for roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpotDraft {
    /// The line of each role, from 1.
    pub lines: BTreeMap<Role, u32>,
    /// The role that the next picked line is for, by its index among the roles that are asked for.
    pub step: usize,
    /// The line under the keyboard's cursor, from 1.
    pub cursor: u32,
}

impl Default for SpotDraft {
    fn default() -> SpotDraft {
        SpotDraft { lines: BTreeMap::new(), step: 0, cursor: 1 }
    }
}

/// What is chosen for slots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FillDraft {
    /// The index of a choice for each slot, in the order of the slots.
    pub picks: Vec<Option<usize>>,
    /// The slot that the next choice is for, by its index.
    pub step: usize,
}

/// The lines in gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OrderDraft {
    /// Which line is in which gap.
    #[serde(rename = "gaps", serialize_with = "gaps_only")]
    pub arrangement: Arrangement,
    /// The line that the keyboard or the buttons move. It is put down by a reload.
    #[serde(skip)]
    pub grabbed: Option<GrabbedLine>,
    /// The line that was moved last, to be told to those who do not see it.
    #[serde(skip)]
    pub moved: Option<usize>,
}

fn gaps_only<S: serde::Serializer>(arrangement: &Arrangement, serializer: S) -> Result<S::Ok, S::Error> {
    arrangement.gaps().serialize(serializer)
}

/// A program that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WriteDraft {
    /// The program as it stands.
    pub code: String,
    /// What the learner would ask first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub questions: String,
    /// How often it was run.
    pub runs: u32,
    /// What became of this very program, if all tests ran on it. Each change takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<CodeResult>,
}

/// What is said aloud, as far as it is written down, and how it is scored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DiscussDraft {
    /// The notes.
    pub notes: String,
    /// Whether the learner has said what they had to say: only then the rubric is shown, and the notes stay as they are.
    pub is_said: bool,
    /// The score of each row of the rubric.
    pub scores: Vec<Option<Score>>,
}

/// A line that the keyboard or the buttons move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrabbedLine {
    /// The line, by its index among the movable ones.
    pub line: usize,
    /// The arrangement before it was grabbed, to go back to.
    before: Arrangement,
}

/// Which way a grabbed line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the gap above.
    Up,
    /// To the gap below.
    Down,
}

/// A change to what is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// To a `choice`: chooses an option, or takes the choice back where several may be chosen.
    Choose(usize),
    /// To a `predict`.
    Predict(PredictEdit),
    /// To a `spot`.
    Spot(LineEdit),
    /// To a `fill`.
    Fill(FillEdit),
    /// To an `order`.
    Order(OrderEdit),
    /// To a `write`.
    Write(WriteEdit),
    /// To a `discuss`.
    Discuss(DiscussEdit),
}

/// A change to a prediction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PredictEdit {
    /// Says what happens.
    Say(PredictedOutcome),
    /// Says what it prints.
    TypeStdout(String),
    /// Says that it prints nothing, or takes that back.
    PrintNothing(bool),
    /// Says which rule is broken.
    ChooseRule(Code),
    /// Says at which line; only while the outcome needs one.
    Line(LineEdit),
}

/// A line of the program is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEdit {
    /// Picks this line, from 1; with roles, the next open one is asked for then.
    Pick(u32),
    /// Moves the keyboard's cursor by so many lines and picks where it lands. The first time it picks where it stands.
    MoveCursor(i32),
    /// Asks for the line of another role.
    GoToStep(usize),
}

/// A change to what stands in slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillEdit {
    /// Chooses for the slot that is asked for; the next open one is asked for then.
    Choose(usize),
    /// Asks for another slot.
    GoToStep(usize),
}

/// A change to the order of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderEdit {
    /// Arranges all lines like this, as a drag does.
    Arrange(Arrangement),
    /// Puts a line into a gap.
    Put {
        /// The line.
        line: usize,
        /// The gap.
        gap: usize,
    },
    /// Puts a line into the first empty gap, if there is one.
    PutFirst(usize),
    /// Takes a line out of the program.
    TakeOut(usize),
    /// Takes the lowest line out of the program.
    TakeOutLast,
    /// Grabs a line, or puts it down if it is the one that is grabbed.
    Grab(usize),
    /// Puts what is grabbed down where it is.
    PutDown,
    /// Puts what is grabbed back to where it came from.
    PutBack,
    /// Moves what is grabbed by one gap, as far as there are gaps. From the pool it comes into the first empty one.
    Move(Direction),
}

/// A change to a program that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteEdit {
    /// The program is this now.
    Type(String),
    /// It was run, for the learner only.
    Ran,
    /// All tests ran on `code`, or the learner says how it went. It counts only if the program is still the same.
    Judged {
        /// The program.
        code: String,
        /// What became of it.
        result: CodeResult,
    },
    /// These are the questions that the learner would ask first.
    Ask(String),
    /// The code that the learner began with comes back.
    Reset,
}

/// A change to what is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiscussEdit {
    /// The notes are this now; nothing once all is said.
    Type(String),
    /// All is said: the rubric may be shown.
    Finish,
    /// Scores a row of the rubric, once all is said.
    Score {
        /// The row.
        row: usize,
        /// Its score.
        score: Score,
    },
}

/// Notes have so many characters at most: what is longer is not taken. Fields count some of them twice, never less than once.
pub const NOTES_LIMIT: usize = 16_000;

/// A program has so many bytes at most: what is longer is not taken, and nothing can be handed in for it.
pub const CODE_LIMIT: usize = 32_000;

/// What an answer still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// An option of a `choice`.
    Option,
    /// What happens.
    Outcome,
    /// What is printed.
    Output,
    /// The line of a prediction.
    Line,
    /// The rule of a prediction.
    Rule,
    /// The line of a role.
    RoleLine,
    /// The choice for a slot.
    SlotChoice,
    /// The line of a gap.
    GapLine,
    /// A program that is not the one to begin with.
    Program,
    /// What became of the program.
    CodeResult,
    /// The word that all is said.
    Said,
    /// The score of a row.
    Score,
}

impl AnswerDraft {
    /// Nothing is filled in.
    pub fn empty(question: &Question) -> AnswerDraft {
        match question {
            Question::Choice { .. } => AnswerDraft::Choice(ChoiceDraft::default()),
            Question::Predict { .. } => AnswerDraft::Predict(PredictDraft::default()),
            Question::Spot { .. } => AnswerDraft::Spot(SpotDraft::default()),
            Question::Fill { slots, .. } => {
                AnswerDraft::Fill(FillDraft { picks: vec![None; slots.len()], ..FillDraft::default() })
            }
            Question::Order { rows, .. } => {
                AnswerDraft::Order(OrderDraft { arrangement: Arrangement::empty(gaps(rows)), ..OrderDraft::default() })
            }
            Question::Write(exercise) => AnswerDraft::Write(WriteDraft::begun(exercise)),
            Question::Discuss(discussion) => AnswerDraft::Discuss(DiscussDraft {
                scores: vec![None; discussion.rubric.len()],
                ..DiscussDraft::default()
            }),
        }
    }

    /// What is filled in when the same question is asked again: nothing, but a program goes on as it was written.
    pub fn asked_anew(&self, question: &Question) -> AnswerDraft {
        match question {
            Question::Write(_) => self.written(question),
            Question::Choice { .. }
            | Question::Predict { .. }
            | Question::Spot { .. }
            | Question::Fill { .. }
            | Question::Order { .. }
            | Question::Discuss(_) => AnswerDraft::empty(question),
        }
    }

    /// What was written, a program or notes, and nothing that came of it.
    pub(super) fn written(&self, question: &Question) -> AnswerDraft {
        match (self, AnswerDraft::empty(question)) {
            (AnswerDraft::Write(written), AnswerDraft::Write(_)) => AnswerDraft::Write(written.unjudged()),
            (AnswerDraft::Discuss(written), AnswerDraft::Discuss(empty)) => {
                AnswerDraft::Discuss(DiscussDraft { notes: written.notes.clone(), ..empty })
            }
            (_, empty) => empty,
        }
    }

    /// What is filled in as far as `problem` knows it: a draft that was stored may be of another release.
    pub fn fitted_to(self, problem: &Problem) -> AnswerDraft {
        let lines = line_count(problem);
        let is_line = |line: &u32| (1..=lines).contains(line);
        match (self, &problem.question) {
            (AnswerDraft::Choice(mut draft), Question::Choice { options, several }) => {
                draft.chosen.retain(|option| *option < options.len());
                if !several && draft.chosen.len() > 1 {
                    draft.chosen.clear();
                }
                AnswerDraft::Choice(draft)
            }
            (AnswerDraft::Predict(draft), Question::Predict { rules, .. }) => AnswerDraft::Predict(PredictDraft {
                line: draft.line.filter(is_line),
                rule: draft.rule.filter(|rule| rules.contains(rule)),
                cursor: draft.cursor.clamp(1, lines),
                ..draft
            }),
            (AnswerDraft::Spot(mut draft), Question::Spot { roles }) => {
                draft.lines.retain(|role, line| is_line(line) && roles.iter().any(|asked| asked.role == *role));
                draft.cursor = draft.cursor.clamp(1, lines);
                draft.step = draft.step.min(roles.len().saturating_sub(1));
                AnswerDraft::Spot(draft)
            }
            (AnswerDraft::Fill(mut draft), Question::Fill { slots, .. }) => {
                draft.picks.resize(slots.len(), None);
                for (pick, slot) in draft.picks.iter_mut().zip(slots) {
                    *pick = pick.filter(|choice| *choice < slot.choices.len());
                }
                draft.step = draft.step.min(slots.len().saturating_sub(1));
                AnswerDraft::Fill(draft)
            }
            (AnswerDraft::Order(draft), Question::Order { rows, lines, .. }) => {
                let kept = |gap| draft.arrangement.line_in(gap).filter(|line| *line < lines.len());
                let arrangement = Arrangement::of((0..gaps(rows)).map(kept));
                AnswerDraft::Order(OrderDraft { arrangement, ..OrderDraft::default() })
            }
            (AnswerDraft::Write(draft), Question::Write(_)) => AnswerDraft::Write(draft),
            (AnswerDraft::Discuss(mut draft), Question::Discuss(discussion)) => {
                draft.scores.resize(discussion.rubric.len(), None);
                AnswerDraft::Discuss(draft)
            }
            (
                AnswerDraft::Choice(_)
                | AnswerDraft::Predict(_)
                | AnswerDraft::Spot(_)
                | AnswerDraft::Fill(_)
                | AnswerDraft::Order(_)
                | AnswerDraft::Write(_)
                | AnswerDraft::Discuss(_),
                question,
            ) => AnswerDraft::empty(question),
        }
    }

    /// What was filled in when this was answered.
    pub fn of_answer(answer: Answer, problem: &Problem) -> AnswerDraft {
        let places = |places: Vec<usize>| places.into_iter().map(Some);
        let predict = |outcome, line| PredictDraft { outcome: Some(outcome), line, ..PredictDraft::default() };
        let draft = match answer {
            Answer::Choice { chosen } => AnswerDraft::Choice(ChoiceDraft { chosen }),
            Answer::Predict(Prediction::Prints { stdout }) => {
                let prints_nothing = is_blank(&stdout);
                AnswerDraft::Predict(PredictDraft { stdout, prints_nothing, ..predict(PredictedOutcome::Prints, None) })
            }
            Answer::Predict(Prediction::Error { line, rule }) => {
                AnswerDraft::Predict(PredictDraft { rule, ..predict(PredictedOutcome::Error, line) })
            }
            Answer::Predict(Prediction::Panics { line }) => {
                AnswerDraft::Predict(predict(PredictedOutcome::Panics, line))
            }
            Answer::Predict(Prediction::Undefined { line }) => {
                AnswerDraft::Predict(predict(PredictedOutcome::Undefined, line))
            }
            Answer::Spot { lines } => AnswerDraft::Spot(SpotDraft { lines, ..SpotDraft::default() }),
            Answer::Fill { picks } => {
                AnswerDraft::Fill(FillDraft { picks: places(picks).collect(), ..FillDraft::default() })
            }
            Answer::Order { lines } => {
                AnswerDraft::Order(OrderDraft { arrangement: Arrangement::of(places(lines)), ..OrderDraft::default() })
            }
            Answer::Write { code, result, runs } => {
                AnswerDraft::Write(WriteDraft { code, runs, result: Some(result), ..WriteDraft::default() })
            }
            Answer::Discuss { notes, scores } => {
                let scores = scores.into_iter().map(Some).collect();
                AnswerDraft::Discuss(DiscussDraft { notes, is_said: true, scores })
            }
            Answer::Unknown => AnswerDraft::empty(&problem.question),
        };
        draft.fitted_to(problem)
    }

    /// The answer that it makes.
    ///
    /// # Errors
    /// What is missing, the first thing first.
    pub fn answer(&self, question: &Question) -> Result<Answer, Missing> {
        match self {
            AnswerDraft::Choice(draft) if draft.chosen.is_empty() => Err(Missing::Option),
            AnswerDraft::Choice(draft) => Ok(Answer::Choice { chosen: draft.chosen.clone() }),
            AnswerDraft::Predict(draft) => draft.prediction().map(Answer::Predict),
            AnswerDraft::Spot(draft) => match asked_roles(question).iter().all(|asked| draft.has(asked)) {
                true => Ok(Answer::Spot { lines: draft.lines.clone() }),
                false => Err(Missing::RoleLine),
            },
            AnswerDraft::Fill(draft) => {
                let picks: Option<Vec<usize>> = draft.picks.iter().copied().collect();
                Ok(Answer::Fill { picks: picks.ok_or(Missing::SlotChoice)? })
            }
            AnswerDraft::Order(draft) => {
                Ok(Answer::Order { lines: draft.arrangement.order().ok_or(Missing::GapLine)? })
            }
            AnswerDraft::Write(draft) => draft.answer(question),
            AnswerDraft::Discuss(draft) => draft.answer(),
        }
    }

    /// Changes it; tells whether it did. What the question does not have changes nothing.
    pub fn apply(&mut self, edit: Edit, problem: &Problem) -> bool {
        let before = self.clone();
        match (&mut *self, edit) {
            (AnswerDraft::Choice(draft), Edit::Choose(option)) => draft.choose(option, &problem.question),
            (AnswerDraft::Predict(draft), Edit::Predict(edit)) => draft.apply(edit, problem),
            (AnswerDraft::Spot(draft), Edit::Spot(edit)) => draft.apply(edit, problem),
            (AnswerDraft::Fill(draft), Edit::Fill(edit)) => draft.apply(edit, &problem.question),
            (AnswerDraft::Order(draft), Edit::Order(edit)) => draft.apply(edit, &problem.question),
            (AnswerDraft::Write(draft), Edit::Write(edit)) => draft.apply(edit, &problem.question),
            (AnswerDraft::Discuss(draft), Edit::Discuss(edit)) => draft.apply(edit),
            (
                AnswerDraft::Choice(_)
                | AnswerDraft::Predict(_)
                | AnswerDraft::Spot(_)
                | AnswerDraft::Fill(_)
                | AnswerDraft::Order(_)
                | AnswerDraft::Write(_)
                | AnswerDraft::Discuss(_),
                Edit::Choose(_)
                | Edit::Predict(_)
                | Edit::Spot(_)
                | Edit::Fill(_)
                | Edit::Order(_)
                | Edit::Write(_)
                | Edit::Discuss(_),
            ) => {}
        }
        *self != before
    }

    /// Asks for the first thing that is open, where things are asked for one by one.
    pub fn go_to_first_open(&mut self, question: &Question) {
        match self {
            AnswerDraft::Spot(draft) => draft.step = first_open_or_last(&draft.open_steps(question)),
            AnswerDraft::Fill(draft) => draft.step = first_open_or_last(&draft.open_steps()),
            AnswerDraft::Choice(_)
            | AnswerDraft::Predict(_)
            | AnswerDraft::Order(_)
            | AnswerDraft::Write(_)
            | AnswerDraft::Discuss(_) => {}
        }
    }

    /// Puts down what is grabbed; what was moved before is of no interest any more.
    pub fn put_down(&mut self) {
        match self {
            AnswerDraft::Order(draft) => (draft.grabbed, draft.moved) = (None, None),
            AnswerDraft::Choice(_)
            | AnswerDraft::Predict(_)
            | AnswerDraft::Spot(_)
            | AnswerDraft::Fill(_)
            | AnswerDraft::Write(_)
            | AnswerDraft::Discuss(_) => {}
        }
    }

    /// Whether a line of the program is to be picked now.
    pub fn asks_line(&self) -> bool {
        match self {
            AnswerDraft::Predict(draft) => draft.outcome.is_some_and(PredictedOutcome::needs_line),
            AnswerDraft::Spot(_) => true,
            AnswerDraft::Choice(_)
            | AnswerDraft::Fill(_)
            | AnswerDraft::Order(_)
            | AnswerDraft::Write(_)
            | AnswerDraft::Discuss(_) => false,
        }
    }

    /// The line under the keyboard's cursor, from 1.
    pub fn cursor(&self) -> u32 {
        match self {
            AnswerDraft::Predict(draft) => draft.cursor,
            AnswerDraft::Spot(draft) => draft.cursor,
            AnswerDraft::Choice(_)
            | AnswerDraft::Fill(_)
            | AnswerDraft::Order(_)
            | AnswerDraft::Write(_)
            | AnswerDraft::Discuss(_) => 1,
        }
    }

    /// Which of the roles or slots is asked for, by its index.
    pub fn step(&self) -> usize {
        match self {
            AnswerDraft::Spot(draft) => draft.step,
            AnswerDraft::Fill(draft) => draft.step,
            AnswerDraft::Choice(_)
            | AnswerDraft::Predict(_)
            | AnswerDraft::Order(_)
            | AnswerDraft::Write(_)
            | AnswerDraft::Discuss(_) => 0,
        }
    }
}

impl ChoiceDraft {
    fn choose(&mut self, option: usize, question: &Question) {
        let Question::Choice { several, options } = question else { return };
        if option >= options.len() {
            return;
        }
        if !several {
            self.chosen.clear();
        }
        if !self.chosen.remove(&option) {
            self.chosen.insert(option);
        }
    }
}

impl PredictDraft {
    fn prediction(&self) -> Result<Prediction, Missing> {
        let line = self.line.ok_or(Missing::Line);
        match self.outcome.ok_or(Missing::Outcome)? {
            PredictedOutcome::Prints if self.prints_nothing => Ok(Prediction::Prints { stdout: String::new() }),
            PredictedOutcome::Prints if is_blank(&self.stdout) => Err(Missing::Output),
            PredictedOutcome::Prints => Ok(Prediction::Prints { stdout: self.stdout.clone() }),
            PredictedOutcome::Panics => Ok(Prediction::Panics { line: Some(line?) }),
            PredictedOutcome::Undefined => Ok(Prediction::Undefined { line: Some(line?) }),
            PredictedOutcome::Error => {
                let (line, rule) = (line?, self.rule.clone().ok_or(Missing::Rule)?);
                Ok(Prediction::Error { line: Some(line), rule: Some(rule) })
            }
        }
    }

    fn apply(&mut self, edit: PredictEdit, problem: &Problem) {
        let Question::Predict { rules, .. } = &problem.question else { return };
        match edit {
            PredictEdit::Say(outcome) => self.outcome = Some(outcome),
            PredictEdit::TypeStdout(stdout) => {
                self.prints_nothing &= is_blank(&stdout);
                self.stdout = stdout;
            }
            PredictEdit::PrintNothing(prints_nothing) => {
                self.prints_nothing = prints_nothing;
                if prints_nothing {
                    self.stdout.clear();
                }
            }
            PredictEdit::ChooseRule(rule) if rules.contains(&rule) => self.rule = Some(rule),
            PredictEdit::ChooseRule(_) => {}
            PredictEdit::Line(edit) if self.outcome.is_some_and(PredictedOutcome::needs_line) => {
                if let Some(line) = landed(edit, self.cursor, self.line.is_none(), line_count(problem)) {
                    (self.cursor, self.line) = (line, Some(line));
                }
            }
            PredictEdit::Line(_) => {}
        }
    }
}

impl SpotDraft {
    fn has(&self, asked: &RoleLine) -> bool {
        self.lines.contains_key(&asked.role)
    }

    /// For each role whether it still lacks its line.
    fn open_steps(&self, question: &Question) -> Vec<bool> {
        asked_roles(question).iter().map(|asked| !self.has(asked)).collect()
    }

    fn apply(&mut self, edit: LineEdit, problem: &Problem) {
        let roles = asked_roles(&problem.question);
        if let LineEdit::GoToStep(step) = edit {
            self.step = step.min(roles.len().saturating_sub(1));
            return;
        }
        let Some(asked) = roles.get(self.step) else { return };
        let Some(line) = landed(edit, self.cursor, !self.has(asked), line_count(problem)) else { return };
        self.cursor = line;
        self.lines.insert(asked.role, line);
        if let LineEdit::Pick(_) = edit {
            self.step = first_open(&self.open_steps(&problem.question), self.step);
        }
    }
}

impl FillDraft {
    /// For each slot whether it still lacks its choice.
    fn open_steps(&self) -> Vec<bool> {
        self.picks.iter().map(Option::is_none).collect()
    }

    fn apply(&mut self, edit: FillEdit, question: &Question) {
        let slots = question.slots();
        match edit {
            FillEdit::GoToStep(step) => self.step = step.min(slots.len().saturating_sub(1)),
            FillEdit::Choose(choice) => {
                let is_there = slots.get(self.step).is_some_and(|slot| choice < slot.choices.len());
                let Some(pick) = self.picks.get_mut(self.step).filter(|_| is_there) else { return };
                *pick = Some(choice);
                self.step = first_open(&self.open_steps(), self.step);
            }
        }
    }
}

impl OrderDraft {
    fn apply(&mut self, edit: OrderEdit, question: &Question) {
        let count = question.movable_lines().len();
        match edit {
            OrderEdit::Arrange(arrangement) => {
                let is_known = arrangement.gaps().iter().flatten().all(|line| *line < count);
                if is_known && arrangement.gaps().len() == self.arrangement.gaps().len() {
                    self.arrangement = arrangement;
                    self.moved = None;
                }
            }
            OrderEdit::Put { line, gap } => self.put(line, gap, count),
            OrderEdit::PutFirst(line) => {
                if let Some(gap) = self.arrangement.first_empty() {
                    self.put(line, gap, count);
                }
            }
            OrderEdit::TakeOut(line) => self.take_out(line),
            OrderEdit::TakeOutLast => {
                let lowest = self.arrangement.gaps().iter().rev().find_map(|line| *line);
                if let Some(line) = lowest {
                    self.take_out(line);
                }
            }
            OrderEdit::Grab(line) if line < count => {
                let is_grabbed = self.grabbed.as_ref().is_some_and(|grabbed| grabbed.line == line);
                let before = self.arrangement.clone();
                self.grabbed = (!is_grabbed).then_some(GrabbedLine { line, before });
            }
            OrderEdit::Grab(_) => {}
            OrderEdit::PutDown => self.grabbed = None,
            OrderEdit::PutBack => {
                if let Some(grabbed) = self.grabbed.take() {
                    self.arrangement = grabbed.before;
                }
            }
            OrderEdit::Move(direction) => {
                let Some(line) = self.grabbed.as_ref().map(|grabbed| grabbed.line) else { return };
                let last = self.arrangement.gaps().len().saturating_sub(1);
                let gap = match (self.arrangement.gap_of(line), direction) {
                    (None, _) => self.arrangement.first_empty().unwrap_or(0),
                    (Some(gap), Direction::Up) => gap.saturating_sub(1),
                    (Some(gap), Direction::Down) => (gap + 1).min(last),
                };
                self.put(line, gap, count);
            }
        }
    }

    fn put(&mut self, line: usize, gap: usize, count: usize) {
        if line < count {
            self.arrangement.put(line, gap);
            self.moved = Some(line);
        }
    }

    fn take_out(&mut self, line: usize) {
        self.arrangement.take_out(line);
        self.moved = Some(line);
    }
}

fn is_blank(stdout: &str) -> bool {
    stdout.trim().is_empty()
}

impl WriteDraft {
    /// What was written, alone: what becomes of it is to be found out anew.
    pub(super) fn unjudged(&self) -> WriteDraft {
        let (code, questions) = (self.code.clone(), self.questions.clone());
        WriteDraft { code, questions, ..WriteDraft::default() }
    }

    fn begun(exercise: &Exercise) -> WriteDraft {
        WriteDraft { code: exercise.start.text.clone(), ..WriteDraft::default() }
    }

    fn answer(&self, question: &Question) -> Result<Answer, Missing> {
        let is_begun = |exercise: &Exercise| self.code.trim() != exercise.start.text.trim();
        if !written_for(question).is_some_and(is_begun) {
            return Err(Missing::Program);
        }
        let result = self.result.clone().ok_or(Missing::CodeResult)?;
        Ok(Answer::Write { code: self.code.clone(), result, runs: self.runs })
    }

    fn apply(&mut self, edit: WriteEdit, question: &Question) {
        match edit {
            WriteEdit::Type(code) if code.len() <= CODE_LIMIT && code != self.code => {
                (self.code, self.result) = (code, None);
            }
            // What is judged must be what stands in the field.
            WriteEdit::Type(code) if code.len() > CODE_LIMIT => self.result = None,
            WriteEdit::Type(_) => {}
            WriteEdit::Ask(questions) if questions.chars().count() <= NOTES_LIMIT => self.questions = questions,
            WriteEdit::Ask(_) => {}
            WriteEdit::Ran => {
                self.runs = self.runs.saturating_add(1);
                // What is seen here is worth more than what was said of a run elsewhere.
                self.result.take_if(|result| matches!(result, CodeResult::SelfAssessed(_)));
            }
            WriteEdit::Judged { code, result } if code == self.code => self.result = Some(result),
            WriteEdit::Judged { .. } => {}
            WriteEdit::Reset => {
                if let Some(exercise) = written_for(question) {
                    let (runs, questions) = (self.runs, std::mem::take(&mut self.questions));
                    *self = WriteDraft { runs, questions, ..WriteDraft::begun(exercise) };
                }
            }
        }
    }
}

impl DiscussDraft {
    fn answer(&self) -> Result<Answer, Missing> {
        if !self.is_said {
            return Err(Missing::Said);
        }
        let scores: Option<Vec<Score>> = self.scores.iter().copied().collect();
        Ok(Answer::Discuss { notes: self.notes.clone(), scores: scores.ok_or(Missing::Score)? })
    }

    fn apply(&mut self, edit: DiscussEdit) {
        match edit {
            DiscussEdit::Type(notes) if !self.is_said && notes.chars().count() <= NOTES_LIMIT => self.notes = notes,
            DiscussEdit::Type(_) => {}
            DiscussEdit::Finish => self.is_said = true,
            DiscussEdit::Score { row, score } => {
                if let Some(scored) = self.scores.get_mut(row).filter(|_| self.is_said) {
                    *scored = Some(score);
                }
            }
        }
    }
}

/// What a program is written for; nothing but for `write`.
pub fn written_for(question: &Question) -> Option<&Exercise> {
    if let Question::Write(exercise) = question { Some(exercise) } else { None }
}

/// Where picking a line or moving the cursor lands; `None` for a line that is not there.
fn landed(edit: LineEdit, cursor: u32, is_first: bool, lines: u32) -> Option<u32> {
    match edit {
        LineEdit::Pick(line) => (1..=lines).contains(&line).then_some(line),
        LineEdit::MoveCursor(_) if is_first => Some(cursor.clamp(1, lines)),
        LineEdit::MoveCursor(by) => Some(cursor.saturating_add_signed(by).clamp(1, lines)),
        LineEdit::GoToStep(_) => None,
    }
}

/// The first open step from `current` on, then from the beginning; `current` if none is open.
fn first_open(open: &[bool], current: usize) -> usize {
    let from_current = (current..open.len()).chain(0..current.min(open.len()));
    from_current.into_iter().find(|step| open[*step]).unwrap_or(current)
}

fn first_open_or_last(open: &[bool]) -> usize {
    open.iter().position(|open| *open).unwrap_or(open.len().saturating_sub(1))
}

/// The roles that a question asks for; none but for `spot`.
pub fn asked_roles(question: &Question) -> &[RoleLine] {
    if let Question::Spot { roles } = question { roles } else { &[] }
}

fn line_count(problem: &Problem) -> u32 {
    problem.main_program().map_or(1, |program| program.source.lines().count().max(1) as u32)
}

fn gaps(rows: &[Row]) -> usize {
    rows.iter().filter(|row| **row == Row::Gap).count()
}

read_struct!(ChoiceDraft { chosen });
read_struct!(PredictDraft { outcome, stdout, line, rule, cursor; prints_nothing });
read_struct!(SpotDraft { lines, step, cursor });
read_struct!(FillDraft { picks, step });
read_struct!(WriteDraft { code, runs, result; questions });
read_struct!(DiscussDraft { notes, is_said, scores });

impl FromJson for OrderDraft {
    fn from_json(json: Json<'_>) -> OrderDraft {
        let gaps: Vec<Option<usize>> = json.fields().take("gaps");
        OrderDraft { arrangement: Arrangement::of(gaps), ..OrderDraft::default() }
    }
}

json_variants!(AnswerDraft, "what is filled in" {
    "choice" => Choice(draft),
    "predict" => Predict(draft),
    "spot" => Spot(draft),
    "fill" => Fill(draft),
    "order" => Order(draft),
    "write" => Write(draft),
    "discuss" => Discuss(draft),
});

json_names!(PredictedOutcome { Prints = "prints", Error = "error", Panics = "panics", Undefined = "undefined" });
