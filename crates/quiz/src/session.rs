//! A practice session: a queue of problems, the place in it, and what was answered.
//!
//! A state machine like [`answering`](crate::answering): `update(event)` changes the state and says what is to be done
//! outside. A session knows its attempts by their ids: what a clock says is no part of it.

use serde::Serialize;

use crate::attempt::{Attempt, AttemptId};
use crate::catalog::Catalog;
use crate::grading::Mark;
use crate::json::{FromJson, Json};
use crate::log::AttemptLog;
use crate::practice::Filter;
use crate::problem::Slug;

/// A queue is no longer than this: a session should have an end in sight.
pub const SESSION_LENGTH: usize = 10;

/// A run through a queue, kept over a reload of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Session {
    /// What was asked for.
    pub filter: Filter,
    /// The problems in order.
    pub queue: Vec<Slug>,
    /// The index of the current problem; the queue's length when all are done.
    pub place: usize,
    /// The attempt that counts at each problem of the queue; none where nothing was handed in.
    pub attempts: Vec<Option<AttemptId>>,
}

/// What can happen to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionEvent {
    /// The learner begins with the front of a queue.
    Start {
        /// What was asked for.
        filter: Filter,
        /// The problems in order.
        queue: Vec<Slug>,
    },
    /// An answer to the current problem was handed in. Only the one that counts is told.
    Answered {
        /// The problem.
        slug: Slug,
        /// The attempt.
        attempt: AttemptId,
    },
    /// The learner goes on to the next problem.
    Advance,
    /// The learner stops before the end: what was not reached stays unanswered. With no answer at all it is over.
    Stop,
    /// The learner ends it.
    End,
    /// The learner leaves the page. A session that is finished ends with it.
    Leave,
}

/// What is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionEffect {
    /// Let go of what is filled in at this problem: it is asked from the beginning, or is over.
    ForgetDraft(Slug),
    /// Keep the session over a reload.
    Remember(Session),
    /// Let go of what was kept.
    Forget,
}

/// What a learner handed in at a problem of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given<'log> {
    /// Nothing.
    Nothing,
    /// An answer that was taken back.
    TakenBack(&'log Attempt),
    /// An answer that counts.
    Counts(&'log Attempt),
}

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A problem of so many is to be answered next, from 0.
    At {
        /// The index of the problem.
        place: usize,
        /// How many problems there are.
        count: usize,
    },
    /// All problems are answered, and the learner has not gone on from the last one.
    Answered,
    /// All problems are done.
    Finished,
}

/// Takes in what has happened to the session of a tab, of which there is none or one, and says what is to be done.
pub fn update(session: &mut Option<Session>, event: SessionEvent) -> Vec<SessionEffect> {
    match event {
        SessionEvent::Start { filter, queue } => start(session, filter, queue),
        SessionEvent::Answered { slug, attempt } => answered(session, &slug, attempt),
        SessionEvent::Advance => advance(session),
        SessionEvent::Stop => stop(session),
        SessionEvent::End => end(session),
        SessionEvent::Leave => match session.as_ref().is_some_and(Session::is_finished) {
            true => end(session),
            false => Vec::new(),
        },
    }
}

/// Leaves out problems that the release no longer has, as after an update in the middle of a session.
pub fn keep_known(session: &mut Option<Session>, catalog: &Catalog) -> Vec<SessionEffect> {
    let Some(known) = session.as_ref().map(|session| session.without_missing(catalog)) else { return Vec::new() };
    if session.as_ref() == Some(&known) {
        return Vec::new();
    }
    *session = Some(known.clone());
    vec![SessionEffect::Remember(known)]
}

fn start(session: &mut Option<Session>, filter: Filter, mut queue: Vec<Slug>) -> Vec<SessionEffect> {
    queue.truncate(SESSION_LENGTH);
    if queue.is_empty() {
        return Vec::new();
    }
    let mut effects: Vec<SessionEffect> = queue.iter().cloned().map(SessionEffect::ForgetDraft).collect();
    let new = Session { filter, attempts: vec![None; queue.len()], queue, place: 0 };
    effects.push(SessionEffect::Remember(new.clone()));
    *session = Some(new);
    effects
}

fn answered(session: &mut Option<Session>, slug: &Slug, attempt: AttemptId) -> Vec<SessionEffect> {
    let Some(session) = session else { return Vec::new() };
    if session.current() != Some(slug) {
        return Vec::new();
    }
    let place = session.place;
    session.attempts[place] = Some(attempt);
    vec![SessionEffect::Remember(session.clone())]
}

fn advance(session: &mut Option<Session>) -> Vec<SessionEffect> {
    let Some(session) = session else { return Vec::new() };
    let Some(slug) = session.current().cloned() else { return Vec::new() };
    session.place += 1;
    vec![SessionEffect::ForgetDraft(slug), SessionEffect::Remember(session.clone())]
}

fn stop(session: &mut Option<Session>) -> Vec<SessionEffect> {
    let Some(under_way) = session.as_mut().filter(|session| session.attempts.iter().any(Option::is_some)) else {
        return end(session);
    };
    let Some(slug) = under_way.current().cloned() else { return Vec::new() };
    // What was not asked any more is no part of it.
    let asked = under_way.attempts.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    under_way.queue.truncate(asked);
    under_way.attempts.truncate(asked);
    under_way.place = asked;
    vec![SessionEffect::ForgetDraft(slug), SessionEffect::Remember(under_way.clone())]
}

fn end(session: &mut Option<Session>) -> Vec<SessionEffect> {
    match session.take() {
        Some(_) => vec![SessionEffect::Forget],
        None => Vec::new(),
    }
}

impl Session {
    /// The current problem, or `None` when all are done.
    pub fn current(&self) -> Option<&Slug> {
        self.queue.get(self.place)
    }

    /// What is still to be answered: the current problem, unless that [is closed](Session::progress), and those behind it.
    pub fn rest(&self, is_closed: bool) -> &[Slug] {
        self.queue.get(self.place + usize::from(is_closed)..).unwrap_or_default()
    }

    /// Whether all its problems are done.
    pub fn is_finished(&self) -> bool {
        self.current().is_none()
    }

    /// How far it is. `is_closed` says whether the current problem is answered and may not be tried again: then the next one follows.
    pub fn progress(&self, is_closed: bool) -> Progress {
        let (place, count) = (self.place + usize::from(is_closed), self.queue.len());
        match place < count {
            true => Progress::At { place, count },
            false if self.is_finished() => Progress::Finished,
            false => Progress::Answered,
        }
    }

    /// What was handed in at each problem, in the order of the queue.
    pub fn given<'log>(&self, log: &'log AttemptLog) -> Vec<(Slug, Given<'log>)> {
        let pairs = self.queue.iter().zip(&self.attempts);
        pairs.map(|(slug, attempt)| (slug.clone(), given(*attempt, log))).collect()
    }

    /// How each problem was answered, in the order of the queue. What was not answered, or was taken back, is left out.
    pub fn marks(&self, log: &AttemptLog) -> Vec<(Slug, Mark)> {
        let mark = |(slug, given): (Slug, Given<'_>)| match given {
            Given::Counts(attempt) => Some((slug, attempt.mark)),
            Given::Nothing | Given::TakenBack(_) => None,
        };
        self.given(log).into_iter().filter_map(mark).collect()
    }

    /// The attempt that was handed in at a problem, whether it was taken back or not.
    pub fn attempt_at(&self, slug: &Slug) -> Option<AttemptId> {
        let place = self.queue.iter().position(|queued| queued == slug)?;
        self.attempts[place]
    }

    /// The problem that was answered last, before the current one.
    pub fn last_answered(&self) -> Option<&Slug> {
        let place = self.attempts[..self.place].iter().rposition(Option::is_some)?;
        self.queue.get(place)
    }

    fn without_missing(&self, catalog: &Catalog) -> Session {
        let is_known = |slug: &Slug| catalog.entry(slug).is_some();
        let gone_before = self.queue.iter().take(self.place).filter(|slug| !is_known(slug)).count();
        let kept = self.queue.iter().zip(&self.attempts).filter(|(slug, _)| is_known(slug));
        let (queue, attempts) = kept.map(|(slug, attempt)| (slug.clone(), *attempt)).unzip();
        Session { filter: self.filter.clone(), queue, attempts, place: self.place - gone_before }
    }

    /// What was stored may be anybody's: the place lies within the queue, and each problem has its attempt.
    fn sound(mut self) -> Session {
        self.place = self.place.min(self.queue.len());
        self.attempts.resize(self.queue.len(), None);
        self
    }
}

fn given(attempt: Option<AttemptId>, log: &AttemptLog) -> Given<'_> {
    match attempt.and_then(|id| log.attempt(id)) {
        None => Given::Nothing,
        Some(attempt) if log.has_lapsed(attempt.id) => Given::TakenBack(attempt),
        Some(attempt) => Given::Counts(attempt),
    }
}

impl FromJson for Session {
    fn from_json(json: Json<'_>) -> Session {
        let mut fields = json.fields();
        let session = Session {
            filter: fields.take("filter"),
            queue: fields.take("queue"),
            place: fields.take("place"),
            // Releases before knew a session's attempts by their time.
            attempts: fields.take_or_default("attempts"),
        };
        session.sound()
    }
}
