//! The machine: what can happen to a question, and what comes of it.
//!
//! An answer is graded once, when it is handed in, and [stored](Effect::Store) before anything is shown of it. What
//! stands in the log is not kept here a second time: whether an answer was taken back is asked of the log.

use std::sync::Arc;

use super::draft::{AnswerDraft, DiscussEdit, Edit, Missing};
use super::stored::StoredAnswering;
use crate::answer::Answer;
use crate::attempt::{Attempt, AttemptId, Confidence, Mode, Record, Recount, Reset, Undo};
use crate::grading::{Graded, Mark, grade};
use crate::log::AttemptLog;
use crate::problem::{Problem, Question};

/// When a learner sees what became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedbackTiming {
    /// As soon as it is handed in.
    AtOnce,
    /// When the round is over, as in an interview.
    EndOfRound,
}

/// An answer that was handed in, and its judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// What was answered.
    pub answer: Answer,
    /// The judgement on it.
    pub graded: Graded,
    /// The how-manieth of its sitting it is, from 1.
    pub number: u32,
}

/// What was handed in in this sitting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct HandedIn {
    /// How many answers, at least one.
    tries: u32,
    /// The first of them. It is the one that counts.
    first: AttemptId,
}

impl HandedIn {
    /// Whether a further answer belongs to it. Another tab may have taken it back since, or erased it.
    fn stands(&self, log: &AttemptLog) -> bool {
        log.attempt(self.first).is_some() && !log.has_lapsed(self.first)
    }
}

/// How far the question is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// It is asked: for the first time, or anew after it was answered.
    Asked(Option<HandedIn>),
    /// The last try was wrong; the learner may change it and hand it in again.
    Retrying(HandedIn, Try),
    /// It is answered, and what became of it is told at the end of the round.
    Held(HandedIn, Try),
    /// It is answered, and what became of it is shown.
    Answered(HandedIn, Try),
    /// It was answered before and is looked at again: nothing can happen to it.
    LookedAt(HandedIn, Try),
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The learner fills something in.
    Edit(Edit),
    /// The learner opens the next hint.
    OpenHint,
    /// The learner did not mean to open it.
    TakeBackHint,
    /// The learner hands in what is filled in, and says how sure they are if they were asked.
    Submit(Option<Confidence>),
    /// The learner ends trying, or does not know: the answer is shown.
    GiveUp,
    /// The learner takes the answer that counts back.
    Undo,
    /// The learner lets the answer that was taken back count again.
    Recount,
    /// The learner wants to be asked the same question again. It is a further try, unless the answer no longer counts. A program
    /// stays as it was written.
    AskAnew,
    /// The learner begins the problem anew: no answer given so far counts any more, and it is asked for the first time.
    BeginAnew,
}

/// What is known outside when something happens.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// The time, in ms since 1970.
    pub at_ms: u64,
    /// Random bits for an id.
    pub random: u64,
    /// The time that the question has taken so far, in ms.
    pub elapsed_ms: u64,
    /// The learner's log.
    pub log: &'a AttemptLog,
}

impl Now<'_> {
    /// The name of a record that is made now.
    fn id(&self) -> AttemptId {
        self.log.next_id(self.at_ms, self.random)
    }
}

/// What is to be done outside, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Append this to the log. It comes before all else.
    Store(Record),
    /// The question takes no more time.
    StopClock,
    /// The question takes time from zero.
    RestartClock,
    /// Keep this over a reload.
    Remember(StoredAnswering),
    /// Move the focus there.
    Focus(Focus),
}

/// Where the learner's eyes should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The title of the question.
    Title,
    /// The judgement on the answer.
    Verdict,
    /// The judgement on a try that may be followed by another one.
    Trial,
    /// The rubric to score oneself by.
    Rubric,
    /// What can be done about an answer that counts, or does not.
    Counting,
    /// The hint that was opened last.
    NewestHint,
}

/// Why an answer could not be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nudge {
    /// Something is missing.
    Missing(Missing),
    /// It is the last try again.
    Unchanged,
}

impl Nudge {
    /// What the learner is told.
    pub fn words(self) -> &'static str {
        match self {
            Nudge::Missing(Missing::Option) => "Choose an option first.",
            Nudge::Missing(Missing::Outcome) => "Say what happens first.",
            Nudge::Missing(Missing::Output) => "Type what it prints, or say that it prints nothing.",
            Nudge::Missing(Missing::Line) => "Pick a line in the program.",
            Nudge::Missing(Missing::Rule) => "Choose the rule that is broken.",
            Nudge::Missing(Missing::RoleLine) => "Pick a line for each question.",
            Nudge::Missing(Missing::SlotChoice) => "Choose something for each slot.",
            Nudge::Missing(Missing::GapLine) => "Put a line in each place.",
            Nudge::Missing(Missing::Program) => "Write something first.",
            Nudge::Missing(Missing::CodeResult) => "Run the tests on this program first, and say how it went.",
            Nudge::Missing(Missing::Said) => "Answer aloud or in notes first, and say when you are done.",
            Nudge::Missing(Missing::Score) => "Score each row first.",
            Nudge::Unchanged => "You have tried this already. Change something first.",
        }
    }
}

/// A question being answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answering {
    problem: Arc<Problem>,
    mode: Mode,
    timing: FeedbackTiming,
    draft: AnswerDraft,
    stage: Stage,
    hints: u32,
    /// When the last hint was opened, in ms since 1970, as long as nothing was handed in since.
    hint_opened_at_ms: Option<u64>,
    nudge: Option<Nudge>,
    seed: u64,
}

/// For so long, in ms, a hint that was opened can be taken back: longer than it takes to see that a key did it, and to reach the button
/// by keys. Who reads it first fools nobody else.
pub const TAKE_BACK_MS: u64 = 10_000;

/// Whether a wrong answer is not the end: the compiler says what is wrong, and the learner goes on.
fn may_be_tried_again(question: &Question) -> bool {
    match question {
        Question::Fill { .. } | Question::Order { .. } | Question::Write(_) => true,
        Question::Choice { .. } | Question::Predict { .. } | Question::Spot { .. } | Question::Discuss(_) => false,
    }
}

/// Whether what becomes of an answer is not known before it is handed in.
fn can_be_guessed(question: &Question) -> bool {
    match question {
        Question::Write(_) | Question::Discuss(_) => false,
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Fill { .. }
        | Question::Order { .. } => true,
    }
}

impl Answering {
    /// Asks a question for the first time in this sitting.
    pub fn start(problem: Arc<Problem>, mode: Mode, timing: FeedbackTiming, log: &AttemptLog) -> Answering {
        let (draft, seed) = (AnswerDraft::empty(&problem.question), seed(log, &problem));
        let stage = Stage::Asked(None);
        Answering { problem, mode, timing, draft, stage, hints: 0, hint_opened_at_ms: None, nudge: None, seed }
    }

    /// Goes on where this tab was before a reload; starts anew if what was stored is for another revision of the problem, but for a
    /// program or notes that are begun: whoever wrote them wants them, whatever has changed in the question.
    pub fn resume(
        problem: Arc<Problem>,
        mode: Mode,
        timing: FeedbackTiming,
        stored: StoredAnswering,
        log: &AttemptLog,
    ) -> Answering {
        let mut answering = Answering::start(problem, mode, timing, log);
        if stored.revision != answering.problem.revision {
            if let Some(begun) = stored.draft.as_ref().filter(|_| stored.is_begun(&answering.problem.question)) {
                answering.draft = begun.written(&answering.problem.question);
            }
            return answering;
        }
        let StoredAnswering { draft, last, tries, first, hints, is_closed, is_held, seed, .. } = stored;
        let problem = Arc::clone(&answering.problem);
        let of_last = || last.clone().map(|last| AnswerDraft::of_answer(last, &problem));
        let draft = draft.map(|draft| draft.fitted_to(&problem)).or_else(of_last);
        answering.draft = draft.unwrap_or_else(|| AnswerDraft::empty(&problem.question));
        answering.hints = hints.min(problem.hints.len() as u32);
        answering.seed = seed;
        answering.stage = match first.filter(|_| tries > 0) {
            None => Stage::Asked(None),
            Some(first) => {
                let handed_in = HandedIn { tries, first };
                let graded = |answer: Answer| Try { graded: grade(&problem.question, &answer), answer, number: tries };
                match last.map(graded) {
                    Some(last) if is_closed && is_held => Stage::Held(handed_in, last),
                    Some(last) if is_closed => Stage::Answered(handed_in, last),
                    Some(last) if may_be_tried_again(&problem.question) => Stage::Retrying(handed_in, last),
                    Some(_) | None => Stage::Asked(Some(handed_in)),
                }
            }
        };
        answering
    }

    /// Looks again at the sitting that `first` began, as it was after its last answer; `None` if it answers another problem, or this one
    /// has been revised since.
    pub fn of_attempt(problem: Arc<Problem>, first: &Attempt, log: &AttemptLog) -> Option<Answering> {
        let last = log.last_try(first);
        if last.slug != problem.slug || last.revision != problem.revision {
            return None;
        }
        let handed_in = HandedIn { tries: last.try_number, first: first.id };
        let graded = grade(&problem.question, &last.answer);
        let shown = Try { answer: last.answer.clone(), graded, number: last.try_number };
        Some(Answering {
            mode: last.mode,
            timing: FeedbackTiming::AtOnce,
            draft: AnswerDraft::of_answer(last.answer.clone(), &problem),
            stage: Stage::LookedAt(handed_in, shown),
            hints: last.hints.min(problem.hints.len() as u32),
            hint_opened_at_ms: None,
            nudge: None,
            seed: log.sittings_before(first) as u64,
            problem,
        })
    }

    /// Takes in what has happened, and says what is to be done about it.
    pub fn update(&mut self, event: Event, now: &Now<'_>) -> Vec<Effect> {
        match event {
            Event::Edit(edit) => self.edit(edit, now),
            Event::OpenHint => self.open_hint(now),
            Event::TakeBackHint => self.take_back_hint(now),
            Event::Submit(confidence) => self.submit(confidence, now),
            Event::GiveUp => self.give_up(now),
            Event::Undo => self.undo(now),
            Event::Recount => self.recount(now),
            Event::AskAnew => self.ask_anew(now),
            Event::BeginAnew => self.begin_anew(now),
        }
    }

    fn edit(&mut self, edit: Edit, now: &Now<'_>) -> Vec<Effect> {
        let is_said = edit == Edit::Discuss(DiscussEdit::Finish);
        if self.is_closed() || !self.draft.apply(edit, &self.problem) {
            return Vec::new();
        }
        self.nudge = None;
        match is_said {
            // To score oneself is no part of the answer.
            true => vec![Effect::StopClock, self.remember(now), Effect::Focus(Focus::Rubric)],
            false => vec![self.remember(now)],
        }
    }

    fn open_hint(&mut self, now: &Now<'_>) -> Vec<Effect> {
        if self.is_closed() || self.hints as usize >= self.problem.hints.len() {
            return Vec::new();
        }
        self.hints += 1;
        self.hint_opened_at_ms = Some(now.at_ms);
        vec![self.remember(now), Effect::Focus(Focus::NewestHint)]
    }

    fn take_back_hint(&mut self, now: &Now<'_>) -> Vec<Effect> {
        let is_soon = |opened: u64| now.at_ms.abs_diff(opened) <= TAKE_BACK_MS;
        if self.is_closed() || !self.hint_opened_at_ms.is_some_and(is_soon) {
            return Vec::new();
        }
        self.hints = self.hints.saturating_sub(1);
        self.hint_opened_at_ms = None;
        vec![self.remember(now)]
    }

    fn submit(&mut self, confidence: Option<Confidence>, now: &Now<'_>) -> Vec<Effect> {
        if self.is_closed() {
            return Vec::new();
        }
        let answer = match self.draft.answer(&self.problem.question) {
            Ok(answer) => answer,
            Err(missing) => {
                self.nudge = Some(Nudge::Missing(missing));
                self.draft.go_to_first_open(&self.problem.question);
                return vec![self.remember(now)];
            }
        };
        self.draft.put_down();
        if self.last_try().is_some_and(|last| last.answer == answer) {
            self.nudge = Some(Nudge::Unchanged);
            return Vec::new();
        }
        self.hand_in(answer, confidence, now)
    }

    fn hand_in(&mut self, answer: Answer, confidence: Option<Confidence>, now: &Now<'_>) -> Vec<Effect> {
        let before = self.handed_in().filter(|before| before.stands(now.log));
        let number = before.map_or(1, |before| before.tries.saturating_add(1));
        let graded = grade(&self.problem.question, &answer);
        let attempt = Attempt {
            id: now.id(),
            answered_at_ms: now.at_ms,
            slug: self.problem.slug.clone(),
            revision: self.problem.revision,
            answer: answer.clone(),
            mark: graded.mark,
            elapsed_ms: now.elapsed_ms,
            hints: self.hints,
            // A further try has seen what became of the first.
            confidence: confidence.filter(|_| number == 1 && can_be_guessed(&self.problem.question)),
            mode: self.mode,
            try_number: number,
        };
        self.hint_opened_at_ms = None;
        let handed_in = HandedIn { tries: number, first: before.map_or(attempt.id, |before| before.first) };
        let (is_right, is_unknown) = (graded.mark == Mark::Right, answer == Answer::Unknown);
        let last = Try { answer, graded, number };
        self.nudge = None;
        let mut effects = vec![Effect::Store(attempt.into())];
        let (stage, focus) = match self.timing {
            FeedbackTiming::EndOfRound => (Stage::Held(handed_in, last), None),
            FeedbackTiming::AtOnce if !is_right && !is_unknown && may_be_tried_again(&self.problem.question) => {
                (Stage::Retrying(handed_in, last), Some(Focus::Trial))
            }
            FeedbackTiming::AtOnce => (Stage::Answered(handed_in, last), Some(Focus::Verdict)),
        };
        self.stage = stage;
        effects.extend(self.is_closed().then_some(Effect::StopClock));
        effects.push(self.remember(now));
        effects.extend(focus.map(Effect::Focus));
        effects
    }

    fn give_up(&mut self, now: &Now<'_>) -> Vec<Effect> {
        if self.may_be_unknown() {
            self.draft = AnswerDraft::empty(&self.problem.question);
            return self.hand_in(Answer::Unknown, None, now);
        }
        let Stage::Retrying(handed_in, last) = &self.stage else { return Vec::new() };
        self.stage = Stage::Answered(*handed_in, last.clone());
        self.draft.put_down();
        self.nudge = None;
        vec![Effect::StopClock, self.remember(now), Effect::Focus(Focus::Verdict)]
    }

    fn undo(&mut self, now: &Now<'_>) -> Vec<Effect> {
        let Stage::Answered(HandedIn { first, .. }, _) = self.stage else { return Vec::new() };
        if now.log.has_lapsed(first) {
            return Vec::new();
        }
        let undo = Undo { id: now.id(), undone_at_ms: now.at_ms, of: first };
        vec![Effect::Store(undo.into()), Effect::Focus(Focus::Counting)]
    }

    fn recount(&mut self, now: &Now<'_>) -> Vec<Effect> {
        let Stage::Answered(HandedIn { first, .. }, _) = self.stage else { return Vec::new() };
        let is_reset = now.log.attempt(first).is_some_and(|attempt| now.log.is_reset(attempt));
        if !now.log.is_undone(first) || is_reset {
            return Vec::new();
        }
        let recount = Recount { id: now.id(), recounted_at_ms: now.at_ms, of: first };
        vec![Effect::Store(recount.into()), Effect::Focus(Focus::Counting)]
    }

    fn ask_anew(&mut self, now: &Now<'_>) -> Vec<Effect> {
        let Stage::Answered(handed_in, _) = self.stage else { return Vec::new() };
        let before = Some(handed_in).filter(|before| before.stands(now.log));
        let draft = self.draft.asked_anew(&self.problem.question);
        self.ask(before, draft, now)
    }

    fn begin_anew(&mut self, now: &Now<'_>) -> Vec<Effect> {
        if !self.may_be_begun_anew() {
            return Vec::new();
        }
        let reset = Reset { id: now.id(), reset_at_ms: now.at_ms, slug: self.problem.slug.clone() };
        let mut effects = vec![Effect::Store(reset.into())];
        effects.extend(self.ask(None, AnswerDraft::empty(&self.problem.question), now));
        effects
    }

    fn ask(&mut self, before: Option<HandedIn>, draft: AnswerDraft, now: &Now<'_>) -> Vec<Effect> {
        let anew = Answering::start(Arc::clone(&self.problem), self.mode, self.timing, now.log);
        *self = Answering { stage: Stage::Asked(before), draft, ..anew };
        vec![Effect::RestartClock, self.remember(&Now { elapsed_ms: 0, ..*now }), Effect::Focus(Focus::Title)]
    }

    fn remember(&self, now: &Now<'_>) -> Effect {
        Effect::Remember(self.stored(now.elapsed_ms))
    }

    /// What is kept over a reload, after so many ms.
    pub fn stored(&self, elapsed_ms: u64) -> StoredAnswering {
        let handed_in = self.handed_in();
        let last = match &self.stage {
            Stage::Asked(_) => None,
            Stage::Retrying(_, last) | Stage::Held(_, last) | Stage::Answered(_, last) | Stage::LookedAt(_, last) => {
                Some(last.answer.clone())
            }
        };
        StoredAnswering {
            draft: Some(self.draft.clone()),
            last,
            tries: handed_in.map_or(0, |handed_in| handed_in.tries),
            first: handed_in.map(|handed_in| handed_in.first),
            hints: self.hints,
            elapsed_ms,
            is_closed: self.is_closed(),
            is_held: matches!(self.stage, Stage::Held(..)),
            revision: self.problem.revision,
            seed: self.seed,
        }
    }

    fn handed_in(&self) -> Option<HandedIn> {
        match &self.stage {
            Stage::Asked(before) => *before,
            Stage::Retrying(handed_in, _)
            | Stage::Held(handed_in, _)
            | Stage::Answered(handed_in, _)
            | Stage::LookedAt(handed_in, _) => Some(*handed_in),
        }
    }

    /// The problem.
    pub fn problem(&self) -> &Arc<Problem> {
        &self.problem
    }

    /// Where the question is met.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// What is filled in.
    pub fn draft(&self) -> &AnswerDraft {
        &self.draft
    }

    /// How many hints are open.
    pub fn hints(&self) -> u32 {
        self.hints
    }

    /// When the last hint was opened, in ms since 1970, as long as it may be taken back.
    pub fn hint_opened_at_ms(&self) -> Option<u64> {
        self.hint_opened_at_ms
    }

    /// Why the last answer could not be handed in.
    pub fn nudge(&self) -> Option<Nudge> {
        self.nudge
    }

    /// The number that what is shown is shuffled by: another one for each sitting.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Whether the time that passes now is a part of the answer: it is not handed in, and what is talked about is not said yet.
    pub fn takes_time(&self) -> bool {
        let is_said = matches!(&self.draft, AnswerDraft::Discuss(draft) if draft.is_said);
        !self.is_closed() && !is_said
    }

    /// Whether nothing can be filled in or handed in any more.
    pub fn is_closed(&self) -> bool {
        match self.stage {
            Stage::Asked(_) | Stage::Retrying(..) => false,
            Stage::Held(..) | Stage::Answered(..) | Stage::LookedAt(..) => true,
        }
    }

    /// The answer with its judgement, once it may be shown.
    pub fn feedback(&self) -> Option<&Try> {
        match &self.stage {
            Stage::Answered(_, last) | Stage::LookedAt(_, last) => Some(last),
            Stage::Asked(_) | Stage::Retrying(..) | Stage::Held(..) => None,
        }
    }

    /// The last try of a question that may be tried again, once its judgement may be shown.
    pub fn last_try(&self) -> Option<&Try> {
        match &self.stage {
            Stage::Retrying(_, last) => Some(last),
            Stage::Answered(_, last) | Stage::LookedAt(_, last) => {
                may_be_tried_again(&self.problem.question).then_some(last)
            }
            Stage::Asked(_) | Stage::Held(..) => None,
        }
    }

    /// The attempt that counts, once something was handed in.
    pub fn counted(&self) -> Option<AttemptId> {
        self.handed_in().map(|handed_in| handed_in.first)
    }

    /// Whether the answer may be taken back, if it was not yet: what is only looked at may not.
    pub fn may_be_taken_back(&self) -> bool {
        match self.stage {
            Stage::Answered(..) => true,
            Stage::Asked(_) | Stage::Retrying(..) | Stage::Held(..) | Stage::LookedAt(..) => false,
        }
    }

    /// Whether the problem may be begun anew from here.
    pub fn may_be_begun_anew(&self) -> bool {
        !matches!(self.stage, Stage::LookedAt(..))
    }

    /// Whether a learner may say that they do not know, and see the answer. In an interview they go on without a word of it; a program
    /// can be handed in as it stands.
    pub fn may_be_unknown(&self) -> bool {
        let is_open = matches!(self.stage, Stage::Asked(_)) && self.timing == FeedbackTiming::AtOnce;
        is_open && can_be_guessed(&self.problem.question)
    }

    /// Whether a learner may be asked how sure they are: not of a further try, which has seen the outcome of the first, and not of a
    /// program whose tests have run.
    pub fn may_ask_confidence(&self) -> bool {
        self.handed_in().is_none() && can_be_guessed(&self.problem.question)
    }

    /// Whether a line of the program is to be picked now.
    pub fn asks_line(&self) -> bool {
        !self.is_closed() && self.draft.asks_line()
    }
}

fn seed(log: &AttemptLog, problem: &Problem) -> u64 {
    log.sittings(&problem.slug) as u64
}
