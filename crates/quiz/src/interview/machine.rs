//! The machine: an interview under way, round by round, on the clock.
//!
//! The clock of a round runs by the time of the wall, as it would in the room: a reload, a closed lid or a clock that is put
//! forward does not stop it. What counts is how far the wall's clock went forward, so one that is put back gives no time back. A
//! break waits for the candidate; a round that has begun waits for nobody.
//!
//! Answers are graded and kept elsewhere ([`answering`](crate::answering)); the interview knows them by their ids. When time is up, or
//! the candidate ends the round, it says so once and takes in what is handed in as it stands, until the round is closed. After the
//! last round nothing changes any more but what the candidate writes about it.

use serde::Serialize;

use super::blueprint::{Blueprint, MOST_MINUTES, RoundPlan};
use super::draw::Invitation;
use crate::attempt::AttemptId;
use crate::grading::Mark;
use crate::json::{json_variants, read_struct};
use crate::json_names;
use crate::problem::Slug;

/// The notes of a round have so many characters at most, and so has each part of what is written afterwards.
pub const NOTES_LIMIT: usize = 6_000;
/// A question of the candidate's own has so many characters at most,
pub const OWN_QUESTION_LIMIT: usize = 400;
/// and a round has so many of them.
pub const MOST_OWN_QUESTIONS: usize = 20;

/// While a clock runs, the interview is kept at least so often, in ms: so much is lost at most if the page dies while the wall's
/// clock is put back.
pub const KEPT_EVERY_MS: u64 = 10_000;

const MINUTE_MS: u64 = 60_000;

/// What can happen to an interview. Questions are told by their place in the round, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The candidate begins the next round, or ends the break before it.
    BeginRound,
    /// The candidate goes somewhere within the round.
    Look(View),
    /// An answer was handed in. The first one to a question counts.
    Answered {
        /// The question.
        question: usize,
        /// What was handed in.
        answer: HandedIn,
    },
    /// The candidate puts a flag on a question, or takes it off.
    Flag(usize),
    /// The notes of the round are this now.
    Note(String),
    /// The candidate adds a question of their own.
    OwnQuestion(String),
    /// The candidate takes a question of their own out again.
    DropOwnQuestion(usize),
    /// Time has passed.
    Tick,
    /// The candidate ends the round before its time is up. What is filled in is handed in next.
    EndRound,
    /// The file of a question cannot be loaded while the round is handed in, and the candidate goes on without it.
    Lose(usize),
    /// All that there was to hand in after [`Effect::HandIn`] is handed in.
    CloseRound,
    /// The candidate hides the clock, or shows it again.
    HideClock(bool),
    /// The candidate looks back, after the end.
    Reflect(Reflection),
}

/// What is to be done outside, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep this over a reload. It comes before all else.
    Remember(Box<StoredInterview>),
    /// Say how much time is left.
    Warn(Warning),
    /// The round has ended: hand in what is filled in, as it stands, and then close the round. It is said once, and again after a
    /// reload.
    HandIn,
    /// The round of this index is over.
    RoundOver(usize),
    /// The interview is over.
    Finished,
}

/// How much time is left of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// Half of it.
    Half,
    /// Five minutes.
    FiveMinutes,
    /// A minute.
    OneMinute,
}

json_names!(Warning { Half = "half", FiveMinutes = "five-minutes", OneMinute = "one-minute" });

impl Warning {
    /// All of them.
    pub const ALL: [Warning; 3] = [Warning::Half, Warning::FiveMinutes, Warning::OneMinute];

    /// After how many ms of a round of `limit_ms` it is due; never in a round that begins with less time.
    fn due_ms(self, limit_ms: u64) -> Option<u64> {
        let left_ms = match self {
            Warning::Half => limit_ms / 2,
            Warning::FiveMinutes => 5 * MINUTE_MS,
            Warning::OneMinute => MINUTE_MS,
        };
        limit_ms.checked_sub(left_ms).filter(|due| *due > 0)
    }
}

/// An answer as an interview knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct HandedIn {
    /// Its id in the log.
    pub attempt: AttemptId,
    /// How it was graded.
    pub mark: Mark,
    /// Whether only the candidate judged it.
    pub is_self_assessed: bool,
}

/// What the candidate has before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// A question, by its place in the round.
    Question(usize),
    /// Their own questions.
    OwnQuestions,
}

json_variants!(View, "question or own-questions" {
    "own-questions" => OwnQuestions,
    "question" => Question(place),
});

/// How far a round is. Of all rounds only one is neither ended nor waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It waits for the candidate, or for the rounds before it.
    NotBegun,
    /// The candidate rests before it.
    OnBreak {
        /// For how long, in ms. It may be longer than planned.
        elapsed_ms: u64,
    },
    /// Its clock runs.
    Running {
        /// For how long, in ms.
        elapsed_ms: u64,
    },
    /// Its clock has stopped; what is filled in is handed in as it stands.
    HandingIn {
        /// How long it ran, in ms.
        elapsed_ms: u64,
    },
    /// It is over.
    Ended {
        /// How long it took, in ms.
        elapsed_ms: u64,
    },
}

json_variants!(Phase, "a phase" {
    "not-begun" => NotBegun,
    "on-break" => OnBreak { elapsed_ms },
    "running" => Running { elapsed_ms },
    "handing-in" => HandingIn { elapsed_ms },
    "ended" => Ended { elapsed_ms },
});

impl Phase {
    /// With no more time than a round has.
    fn within(self, limit_ms: u64) -> Phase {
        match self {
            Phase::Running { elapsed_ms } => Phase::Running { elapsed_ms: elapsed_ms.min(limit_ms) },
            Phase::HandingIn { elapsed_ms } => Phase::HandingIn { elapsed_ms: elapsed_ms.min(limit_ms) },
            Phase::Ended { elapsed_ms } => Phase::Ended { elapsed_ms: elapsed_ms.min(limit_ms) },
            Phase::NotBegun | Phase::OnBreak { .. } => self,
        }
    }
}

/// A round of an interview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Round {
    /// How long it is, in ms.
    pub limit_ms: u64,
    /// The break before it, in ms.
    pub break_ms: u64,
    /// The last part of it that is for the candidate's own questions, in ms.
    pub own_questions_ms: u64,
    /// How far it is.
    pub phase: Phase,
    /// What the candidate has before them.
    pub view: View,
    /// Its questions in order.
    pub questions: Vec<AskedQuestion>,
    /// The candidate's notes.
    pub notes: String,
    /// The candidate's own questions.
    pub own_questions: Vec<String>,
}

/// A question of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedQuestion {
    /// The problem.
    pub slug: Slug,
    /// The time that it is given, in ms.
    pub budget_ms: u64,
    /// How long it was looked at before an answer was handed in, in ms.
    pub spent_ms: u64,
    /// Whether it has a flag.
    pub is_flagged: bool,
    /// The answer that was handed in.
    pub answer: Option<HandedIn>,
    /// Whether its file could not be loaded when the round was handed in. Of older releases nothing is known of it.
    pub is_lost: bool,
}

/// What a candidate writes after the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reflection {
    /// What went well.
    pub went_well: String,
    /// What to do next time.
    pub next: String,
    /// What came as a surprise.
    pub surprised: String,
}

/// An interview as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredInterview {
    /// What is rehearsed.
    pub invitation: Invitation,
    /// When it was made, in ms since 1970 by the candidate's clock.
    pub began_at_ms: u64,
    /// When something happened last, by the same clock.
    pub seen_at_ms: u64,
    /// Whether the clock is hidden.
    pub hides_clock: bool,
    /// Its rounds.
    pub rounds: Vec<Round>,
    /// What the candidate wrote about it.
    pub reflection: Option<Reflection>,
}

/// The invitation has another number of rounds than its blueprint, which has changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This interview has {invited} rounds, but today it is made of {planned}.")]
pub struct Misfit {
    /// How many the invitation has.
    pub invited: usize,
    /// How many the blueprint has.
    pub planned: usize,
}

/// An interview that is rehearsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    state: StoredInterview,
}

impl Interview {
    /// An interview whose first round waits for the candidate.
    ///
    /// # Errors
    /// When the blueprint has another number of rounds than the invitation.
    pub fn new(invitation: Invitation, blueprint: &Blueprint, now_ms: u64) -> Result<Interview, Misfit> {
        let (invited, planned) = (invitation.problems.len(), blueprint.rounds.len());
        if invited != planned {
            return Err(Misfit { invited, planned });
        }
        let plans = blueprint.rounds.iter().zip(&invitation.problems);
        let rounds = plans.map(|(plan, problems)| Round::new(plan, problems)).collect();
        let state = StoredInterview {
            invitation,
            began_at_ms: now_ms,
            seen_at_ms: now_ms,
            hides_clock: false,
            rounds,
            reflection: None,
        };
        Ok(Interview { state })
    }

    /// Goes on with what was kept, and says what is to be done about the time that has passed since.
    pub fn resume(stored: StoredInterview, now_ms: u64) -> (Interview, Vec<Effect>) {
        let mut interview = Interview { state: stored.sound() };
        let was_handing_in = interview.current().is_some_and(|(_, round)| round.is_handing_in());
        let mut effects = interview.update(Event::Tick, now_ms);
        effects.extend(was_handing_in.then_some(Effect::HandIn));
        (interview, effects)
    }

    /// Takes in what has happened, and says what is to be done about it. `now_ms` is in ms since 1970, by any clock.
    pub fn update(&mut self, event: Event, now_ms: u64) -> Vec<Effect> {
        let is_put_back = now_ms < self.state.seen_at_ms && !self.is_finished();
        let passed_ms = now_ms.saturating_sub(self.state.seen_at_ms);
        let (mut effects, before) = (Vec::new(), self.steps_of_the_clock());
        if !self.is_finished() {
            self.state.seen_at_ms = now_ms;
            effects.extend(self.current_mut().and_then(|round| round.pass(passed_ms)));
        }
        let has_gone_on = self.steps_of_the_clock() != before;
        let is_changed = self.apply(event, &mut effects);
        if is_changed || is_put_back || has_gone_on || !effects.is_empty() {
            effects.insert(0, Effect::Remember(Box::new(self.state.clone())));
        }
        effects
    }

    /// Whether the event changed anything.
    fn apply(&mut self, event: Event, effects: &mut Vec<Effect>) -> bool {
        match event {
            Event::BeginRound => self.current_mut().is_some_and(Round::begin),
            Event::Look(view) => self.current_mut().is_some_and(|round| round.look(view)),
            Event::Answered { question, answer } => {
                self.current_mut().is_some_and(|round| round.take_answer(question, answer))
            }
            Event::Flag(question) => self.current_mut().is_some_and(|round| round.flag(question)),
            Event::Note(text) => self.current_mut().is_some_and(|round| round.note(&text)),
            Event::OwnQuestion(text) => self.current_mut().is_some_and(|round| round.add_own_question(&text)),
            Event::DropOwnQuestion(place) => self.current_mut().is_some_and(|round| round.drop_own_question(place)),
            Event::Lose(question) => self.current_mut().is_some_and(|round| round.lose(question)),
            Event::Tick => false,
            Event::EndRound => self.end_round(effects),
            Event::CloseRound => self.close_round(effects),
            Event::HideClock(hides) => self.hide_clock(hides),
            Event::Reflect(reflection) => self.reflect(&reflection),
        }
    }

    fn end_round(&mut self, effects: &mut Vec<Effect>) -> bool {
        let Some(Phase::Running { elapsed_ms }) = self.current().map(|(_, round)| round.phase) else { return false };
        // Nobody is warned in a round that is over.
        effects.clear();
        effects.push(Effect::HandIn);
        self.current_mut().is_some_and(|round| round.stop(elapsed_ms))
    }

    fn close_round(&mut self, effects: &mut Vec<Effect>) -> bool {
        // Whose time is up at this moment is asked for what is filled in first.
        let Some(place) = self.place().filter(|_| !effects.contains(&Effect::HandIn)) else { return false };
        let round = &mut self.state.rounds[place];
        let Phase::HandingIn { elapsed_ms } = round.phase else { return false };
        round.phase = Phase::Ended { elapsed_ms };
        effects.push(Effect::RoundOver(place));
        match self.state.rounds.get_mut(place + 1) {
            Some(next) if next.break_ms > 0 => next.phase = Phase::OnBreak { elapsed_ms: 0 },
            Some(_) => {}
            None => effects.push(Effect::Finished),
        }
        true
    }

    fn hide_clock(&mut self, hides: bool) -> bool {
        let is_changed = !self.is_finished() && self.state.hides_clock != hides;
        if is_changed {
            self.state.hides_clock = hides;
        }
        is_changed
    }

    fn reflect(&mut self, written: &Reflection) -> bool {
        if !self.is_finished() {
            return false;
        }
        let Reflection { went_well, next, surprised } = written;
        let [went_well, next, surprised] = [went_well, next, surprised].map(|text| limited(text, NOTES_LIMIT));
        let reflection = Some(Reflection { went_well, next, surprised });
        let is_changed = self.state.reflection != reflection;
        self.state.reflection = reflection;
        is_changed
    }

    /// What is kept over a reload.
    pub fn stored(&self) -> &StoredInterview {
        &self.state
    }

    /// The round that is not over yet, with its index; none when all are.
    pub fn current(&self) -> Option<(usize, &Round)> {
        let place = self.place()?;
        Some((place, &self.state.rounds[place]))
    }

    /// Whether all its rounds are over.
    pub fn is_finished(&self) -> bool {
        self.place().is_none()
    }

    /// How many times [`KEPT_EVERY_MS`] the clock that runs has run.
    fn steps_of_the_clock(&self) -> u64 {
        match self.current().map(|(_, round)| round.phase) {
            Some(Phase::Running { elapsed_ms } | Phase::OnBreak { elapsed_ms }) => elapsed_ms / KEPT_EVERY_MS,
            Some(Phase::NotBegun | Phase::HandingIn { .. } | Phase::Ended { .. }) | None => 0,
        }
    }

    fn place(&self) -> Option<usize> {
        self.state.rounds.iter().position(|round| !round.is_over())
    }

    fn current_mut(&mut self) -> Option<&mut Round> {
        self.state.rounds.iter_mut().find(|round| !round.is_over())
    }
}

impl Round {
    fn new(plan: &RoundPlan, problems: &[Slug]) -> Round {
        let budgets = budgets(plan, problems.len());
        let asked = |(slug, budget_ms): (&Slug, u64)| AskedQuestion {
            slug: slug.clone(),
            budget_ms,
            spent_ms: 0,
            is_flagged: false,
            answer: None,
            is_lost: false,
        };
        let [limit_ms, break_ms, own_questions_ms] =
            [plan.minutes, plan.break_minutes_before, plan.own_questions_minutes].map(ms);
        Round {
            limit_ms,
            break_ms,
            own_questions_ms,
            phase: Phase::NotBegun,
            view: View::Question(0),
            questions: problems.iter().zip(budgets).map(asked).collect(),
            notes: String::new(),
            own_questions: Vec::new(),
        }
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        match self.phase {
            Phase::Ended { .. } => true,
            Phase::NotBegun | Phase::OnBreak { .. } | Phase::Running { .. } | Phase::HandingIn { .. } => false,
        }
    }

    /// How much of it is left, in ms.
    pub fn left_ms(&self) -> u64 {
        match self.phase {
            Phase::NotBegun | Phase::OnBreak { .. } => self.limit_ms,
            Phase::Running { elapsed_ms } => self.limit_ms.saturating_sub(elapsed_ms),
            Phase::HandingIn { .. } | Phase::Ended { .. } => 0,
        }
    }

    /// Whether the break before it has lasted as long as it should.
    pub fn is_break_over(&self) -> bool {
        matches!(self.phase, Phase::OnBreak { elapsed_ms } if elapsed_ms >= self.break_ms)
    }

    /// Where to go on from a question: the next one behind it that is not handed in, else one before it that is left, else the
    /// candidate's own. What is only spoken is handed in behind the round, so of that only what was never looked at is left.
    pub fn next_view(&self, from: usize, is_spoken: impl Fn(&AskedQuestion) -> bool) -> View {
        let is_open = |place: &usize| self.questions[*place].answer.is_none();
        let is_left = |place: &usize| {
            let asked = &self.questions[*place];
            is_open(place) && (asked.spent_ms == 0 || !is_spoken(asked))
        };
        let count = self.questions.len();
        let behind = (from + 1..count).find(is_open);
        behind.or_else(|| (0..from.min(count)).find(is_left)).map_or(View::OwnQuestions, View::Question)
    }

    /// Whether its time is that of the candidate's own questions.
    pub fn is_time_for_own_questions(&self) -> bool {
        match self.phase {
            Phase::Running { .. } => self.left_ms() <= self.own_questions_ms,
            Phase::NotBegun | Phase::OnBreak { .. } | Phase::HandingIn { .. } | Phase::Ended { .. } => false,
        }
    }

    /// Whether its clock has stopped, and what is filled in is handed in.
    pub fn is_handing_in(&self) -> bool {
        matches!(self.phase, Phase::HandingIn { .. })
    }

    /// Whether its clock runs.
    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Running { .. })
    }

    /// Whether what is written and answered still belongs to it.
    fn is_open(&self) -> bool {
        self.is_running() || self.is_handing_in()
    }

    /// Lets time pass. Of several warnings that came due while nobody looked, only the last one is worth a word.
    fn pass(&mut self, passed_ms: u64) -> Option<Effect> {
        let before = match self.phase {
            Phase::Running { elapsed_ms } => elapsed_ms,
            Phase::OnBreak { elapsed_ms } => {
                self.phase = Phase::OnBreak { elapsed_ms: elapsed_ms.saturating_add(passed_ms) };
                return None;
            }
            Phase::NotBegun | Phase::HandingIn { .. } | Phase::Ended { .. } => return None,
        };
        let after = before.saturating_add(passed_ms).min(self.limit_ms);
        if let Some(question) = self.looked_at().filter(|question| question.answer.is_none()) {
            question.spent_ms = question.spent_ms.saturating_add(after - before);
        }
        if after == self.limit_ms {
            self.stop(after);
            return Some(Effect::HandIn);
        }
        self.phase = Phase::Running { elapsed_ms: after };
        let due = |warning: &Warning| warning.due_ms(self.limit_ms).filter(|due| before < *due && *due <= after);
        let newly_due = Warning::ALL.into_iter().filter_map(|warning| Some((due(&warning)?, warning)));
        newly_due.max().map(|(_, warning)| Effect::Warn(warning))
    }

    fn stop(&mut self, elapsed_ms: u64) -> bool {
        self.phase = Phase::HandingIn { elapsed_ms };
        true
    }

    fn looked_at(&mut self) -> Option<&mut AskedQuestion> {
        match self.view {
            View::Question(place) => self.questions.get_mut(place),
            View::OwnQuestions => None,
        }
    }

    fn begin(&mut self) -> bool {
        let waits = matches!(self.phase, Phase::NotBegun | Phase::OnBreak { .. });
        if waits {
            self.phase = Phase::Running { elapsed_ms: 0 };
        }
        waits
    }

    fn look(&mut self, view: View) -> bool {
        let is_there = match view {
            View::Question(place) => place < self.questions.len(),
            View::OwnQuestions => true,
        };
        let is_changed = self.is_running() && is_there && self.view != view;
        if is_changed {
            self.view = view;
        }
        is_changed
    }

    fn take_answer(&mut self, question: usize, answer: HandedIn) -> bool {
        let is_open = self.is_open();
        let Some(asked) = self.questions.get_mut(question).filter(|asked| is_open && asked.answer.is_none()) else {
            return false;
        };
        asked.answer = Some(answer);
        asked.is_lost = false;
        true
    }

    fn lose(&mut self, question: usize) -> bool {
        let is_handing_in = self.is_handing_in();
        let is_open = |asked: &&mut AskedQuestion| is_handing_in && asked.answer.is_none() && !asked.is_lost;
        let Some(asked) = self.questions.get_mut(question).filter(is_open) else { return false };
        asked.is_lost = true;
        true
    }

    fn flag(&mut self, question: usize) -> bool {
        let is_running = self.is_running();
        let Some(asked) = self.questions.get_mut(question).filter(|_| is_running) else { return false };
        asked.is_flagged = !asked.is_flagged;
        true
    }

    fn note(&mut self, text: &str) -> bool {
        let notes = limited(text, NOTES_LIMIT);
        let is_changed = self.is_open() && notes != self.notes;
        if is_changed {
            self.notes = notes;
        }
        is_changed
    }

    fn add_own_question(&mut self, text: &str) -> bool {
        let question = limited(text.trim(), OWN_QUESTION_LIMIT);
        let is_added = self.is_open() && !question.is_empty() && self.own_questions.len() < MOST_OWN_QUESTIONS;
        if is_added {
            self.own_questions.push(question);
        }
        is_added
    }

    fn drop_own_question(&mut self, place: usize) -> bool {
        let is_dropped = self.is_open() && place < self.own_questions.len();
        if is_dropped {
            self.own_questions.remove(place);
        }
        is_dropped
    }
}

/// The time that each question is given, in ms: what its part says, or equal shares where problems are gone.
fn budgets(plan: &RoundPlan, questions: usize) -> Vec<u64> {
    if questions == plan.questions() {
        let of_parts = plan.parts.iter().map(|part| std::iter::repeat_n(ms(part.minutes_each), part.count));
        return of_parts.flatten().collect();
    }
    let for_all = ms(plan.minutes.saturating_sub(plan.own_questions_minutes));
    vec![for_all / questions.max(1) as u64; questions]
}

fn ms(minutes: u32) -> u64 {
    u64::from(minutes) * MINUTE_MS
}

fn limited(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

impl StoredInterview {
    /// The answers that were handed in, by their ids in the log.
    pub fn attempts(&self) -> impl Iterator<Item = AttemptId> {
        let asked = self.rounds.iter().flat_map(|round| &round.questions);
        asked.filter_map(|asked| asked.answer.map(|answer| answer.attempt))
    }

    /// What was stored may be anybody's: only one round is under way, no clock has run longer than its round, and none is longer
    /// than rounds are.
    fn sound(mut self) -> StoredInterview {
        let mut may_be_under_way = true;
        for round in &mut self.rounds {
            let is_over = round.is_over();
            round.limit_ms = round.limit_ms.min(ms(MOST_MINUTES));
            for question in &mut round.questions {
                question.budget_ms = question.budget_ms.min(round.limit_ms);
            }
            round.phase = if may_be_under_way { round.phase.within(round.limit_ms) } else { Phase::NotBegun };
            may_be_under_way &= is_over;
        }
        self
    }
}

read_struct!(HandedIn { attempt, mark, is_self_assessed });
read_struct!(Round { limit_ms, break_ms, own_questions_ms, phase, view, questions, notes, own_questions });
read_struct!(AskedQuestion { slug, budget_ms, spent_ms, is_flagged, answer; is_lost });
read_struct!(Reflection { went_well, next, surprised });
read_struct!(StoredInterview { invitation, began_at_ms, seen_at_ms, hides_clock, rounds, reflection });
