//! The interview under way: a signal over its state machine in [`quiz::interview`].
//!
//! It lies in localStorage, so that it outlives the browser, and in the log from its first second. One tab runs it; the others only
//! look, until that one is closed.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::prelude::*;
use quiz::answering::AnswerDraft;
use quiz::attempt::{Attempt, AttemptId, Mode};
use quiz::interview::machine::{HandedIn, Reflection, Round};
use quiz::interview::{Effect, Event, Found, Interview, KeptInterview, StoredInterview, UnderWay, Warning};
use quiz::journal::Storage;
use quiz::places;
use quiz::problem::Slug;

use crate::browser::locks::{self, Held};
use crate::browser::storage::{self, LocalStorage};
use crate::browser::{clock, random};
use crate::state::draft;
use crate::state::progress::Progress;

const KEY: &str = "borrowed-time/interview";
/// Where one is put that this release cannot read, when another one begins.
const SET_ASIDE_KEY: &str = "borrowed-time/interview-set-aside";
/// The tab that runs it holds this lock.
const LOCK: &str = "borrowed-time/interview";

/// Who runs the interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// It is not known yet, or there is none.
    Nobody,
    /// This tab.
    ThisTab,
    /// Another tab. This one may look, and goes on once that one is closed.
    AnotherTab,
    /// Another tab, in a browser without locks: it does not tell when that one is closed.
    AnotherTabWithoutLock,
}

/// The interview.
#[derive(Clone, Copy)]
pub struct Interviews {
    current: RwSignal<Option<(Slug, Interview)>>,
    runner: RwSignal<Runner>,
    warning: RwSignal<Option<Warning>>,
    lock: StoredValue<Option<Held>, OfThisThread>,
    /// The name under which this tab runs it: a later one than that of a tab that began before.
    tab: StoredValue<String>,
    kept: Memo<Vec<(Slug, KeptInterview)>>,
    withheld: Memo<BTreeSet<AttemptId>>,
    progress: Progress,
}

type OfThisThread = leptos::prelude::LocalStorage;

impl Interviews {
    /// The interview that was under way when the page was left, if any, runs on.
    pub fn remembered(progress: Progress) -> Interviews {
        let current = RwSignal::new(None);
        let interviews = Interviews {
            current,
            runner: RwSignal::new(Runner::Nobody),
            warning: RwSignal::new(None),
            lock: StoredValue::new_local(None),
            tab: StoredValue::new(String::new()),
            kept: Memo::new(move |_| KeptInterview::all(&progress.remarks().read())),
            withheld: Memo::new(move |_| withheld(current.read().as_ref())),
            progress,
        };
        if stored().is_some() {
            interviews.take_over();
        }
        storage::on_change_elsewhere(move |key| {
            match key {
                Some(key) if key == KEY => interviews.changed_elsewhere(),
                // A browser that clears the storage does not end what runs here.
                None if !interviews.is_run_here() => interviews.changed_elsewhere(),
                Some(_) | None => {}
            }
        });
        interviews.follow_the_clock();
        interviews
    }

    /// While an interview is under way, it hears of every second.
    fn follow_the_clock(self) {
        let is_under_way = Memo::new(move |_| self.is_under_way());
        leptos::prelude::Effect::new(move |ticking: Option<Option<IntervalHandle>>| {
            if let Some(ticking) = ticking.flatten() {
                ticking.clear();
            }
            let tick = move || self.send(Event::Tick);
            is_under_way.get().then(|| set_interval_with_handle(tick, Duration::from_secs(1)).ok()).flatten()
        });
    }

    /// The name of the interview under way, and how far it is.
    pub fn current(self) -> RwSignal<Option<(Slug, Interview)>> {
        self.current
    }

    /// Who runs it.
    pub fn runner(self) -> RwSignal<Runner> {
        self.runner
    }

    /// How much time is left, as it was said last in this round.
    pub fn warning(self) -> RwSignal<Option<Warning>> {
        self.warning
    }

    /// Whether one is under way, in whichever tab; tracked.
    pub fn is_under_way(self) -> bool {
        self.current.read().is_some()
    }

    /// What `ask` finds in the round that is not over yet; tracked.
    pub fn of_round<R>(self, ask: impl FnOnce(usize, &Round) -> R) -> Option<R> {
        let current = self.current.read();
        let (place, round) = current.as_ref()?.1.current()?;
        Some(ask(place, round))
    }

    /// Whether this tab runs one.
    pub fn is_run_here(self) -> bool {
        self.runner.get_untracked() == Runner::ThisTab
    }

    /// Whether it is this one that is under way.
    pub fn is_this_under_way(self, name: &Slug) -> bool {
        self.current.read_untracked().as_ref().is_some_and(|(current, _)| current == name)
    }

    /// Whether what is filled in is handed in now, since the round's clock has stopped; tracked.
    pub fn is_handing_in(self) -> bool {
        self.of_round(|_, round| round.is_handing_in()).unwrap_or_default()
    }

    /// All that the learner began, each as the log has it last, the oldest first.
    pub fn kept(self) -> Memo<Vec<(Slug, KeptInterview)>> {
        self.kept
    }

    /// The answers of the one under way. Nobody is told before its end what they say of the learner.
    pub fn withheld(self) -> Memo<BTreeSet<AttemptId>> {
        self.withheld
    }

    /// Makes `interview` the one under way. `on_begun` hears whether it could: not while another one is.
    pub fn begin(self, interview: Interview, on_begun: impl FnOnce(bool) + 'static) {
        let name = Slug(format!("interview-{:012x}-{:04x}", clock::now(), random::bits() >> 48).into());
        self.if_none_is_under_way(on_begun, move |held| {
            // What an earlier one may have left, whose state the browser has deleted.
            interview.stored().rounds.iter().for_each(forget_drafts);
            self.run(held, name, interview);
        });
    }

    /// Goes on with one that the log has as not finished.
    pub fn go_on(self, name: Slug, kept: StoredInterview, on_begun: impl FnOnce(bool) + 'static) {
        self.if_none_is_under_way(on_begun, move |held| {
            let (interview, effects) = Interview::resume(kept, clock::now());
            self.run(held, name, interview);
            self.carry_out(effects);
        });
    }

    fn if_none_is_under_way(self, on_begun: impl FnOnce(bool) + 'static, begin: impl FnOnce(Held) + 'static) {
        locks::hold_if_free(LOCK, move |held| {
            let begins = held.is_some() && stored().is_none();
            match held {
                Some(held) if begins => begin(held),
                Some(held) => held.release(),
                None => {}
            }
            on_begun(begins);
        });
    }

    fn run(self, held: Held, name: Slug, interview: Interview) {
        if let Ok(Some(unread)) = LocalStorage.get(KEY) {
            let _ = LocalStorage.set(SET_ASIDE_KEY, &unread);
        }
        self.hold(held);
        self.record(&name, interview.stored());
        self.keep(&name, interview.stored());
        self.warning.set(None);
        self.current.set(Some((name, interview)));
        self.runner.set(Runner::ThisTab);
    }

    fn hold(self, held: Held) {
        self.lock.set_value(Some(held));
        self.tab.set_value(format!("{:012x}-{:04x}", clock::now(), random::bits() >> 48));
    }

    /// Something happened. In a tab that only looks, nothing does.
    pub fn send(self, event: Event) {
        if !self.is_run_here() {
            return;
        }
        let is_tick = event == Event::Tick;
        let effects = self.current.try_maybe_update(|current| {
            let Some((_, interview)) = current else { return (false, Vec::new()) };
            let before = interview.clone();
            let effects = interview.update(event, clock::now());
            // While nothing runs, a second more is no news.
            let is_news = if is_tick { interview.current() != before.current() } else { *interview != before };
            (is_news, effects)
        });
        self.carry_out(effects.unwrap_or_default());
    }

    /// An answer to one of its questions was stored in the log.
    pub fn answered(self, attempt: &Attempt) {
        let answer =
            HandedIn { attempt: attempt.id, mark: attempt.mark, is_self_assessed: attempt.answer.is_self_assessed() };
        let place = |_, round: &Round| round.questions.iter().position(|asked| asked.slug == attempt.slug);
        if let Some(question) = untrack(|| self.of_round(place)).flatten() {
            self.send(Event::Answered { question, answer });
        }
    }

    /// Lets go of the interview before its end. The log keeps it as far as it went.
    pub fn leave(self) {
        if !self.is_run_here() {
            return;
        }
        if let Some((name, interview)) = self.current.get_untracked() {
            self.record(&name, interview.stored());
        }
        self.let_go();
    }

    /// Everything that a learner has done is erased. A tab that runs an interview hears of it and lets go.
    pub fn erase(self) {
        if self.is_run_here() {
            self.let_go();
        }
        self.current.set(None);
        if self.runner.get_untracked() == Runner::AnotherTabWithoutLock {
            self.runner.set(Runner::Nobody);
        }
        // Each by its name: what a later release keeps under a name that begins alike is not erased by chance.
        for key in [KEY, SET_ASIDE_KEY] {
            let _ = LocalStorage.remove(key);
        }
        draft::forget_interviews();
    }

    /// Goes on without a question that cannot be loaded. What was written for it waits at its own page, if the problem `comes_back` and
    /// nothing else does there; else it goes into the notes, of which there may be less.
    pub fn lose(self, slug: &Slug, comes_back: bool) {
        let found = |_, round: &Round| {
            let place = round.questions.iter().position(|asked| asked.slug == *slug)?;
            Some((place, round.notes.clone()))
        };
        let Some((place, notes)) = untrack(|| self.of_round(found)).flatten() else { return };
        let draft = draft::remembered(Mode::Interview, slug);
        let handed_in = draft.as_ref().and_then(|draft| draft.first);
        let attempt = handed_in.and_then(|first| self.progress.log().read_untracked().attempt(first).cloned());
        if let Some(attempt) = attempt {
            // The page died before the interview heard of it.
            return self.answered(&attempt);
        }
        let written = match draft.as_ref().and_then(|draft| draft.draft.as_ref()) {
            Some(AnswerDraft::Write(draft)) => draft.code.clone(),
            Some(AnswerDraft::Discuss(draft)) => draft.notes.clone(),
            Some(_) | None => String::new(),
        };
        let is_written = !written.trim().is_empty();
        if let Some(draft) = draft.filter(|_| is_written && comes_back && !draft::begun().contains(slug)) {
            draft::keep_begun(slug, &draft);
        } else if is_written {
            self.send(Event::Note(format!("{notes}\n\n{written}").trim().to_owned()));
        }
        self.send(Event::Lose(place));
    }

    /// Keeps what the learner writes about one that is over.
    pub fn reflect(self, name: &Slug, kept: &KeptInterview, reflection: Reflection) {
        let (mut interview, _) = Interview::resume(kept.interview.clone(), clock::now());
        if interview.update(Event::Reflect(reflection), clock::now()).is_empty() {
            return;
        }
        let kept = KeptInterview { interview: interview.stored().clone(), report: kept.report.clone() };
        self.progress.remark(name.clone(), kept.to_remark());
    }

    fn carry_out(self, effects: Vec<Effect>) {
        let Some((name, interview)) = self.current.get_untracked() else { return };
        for effect in effects {
            match effect {
                Effect::Remember(stored) => self.keep(&name, &stored),
                Effect::Warn(warning) => self.warning.set(Some(warning)),
                // The page hands in what is filled in, wherever the learner is by now.
                Effect::HandIn => self.warning.set(None),
                Effect::RoundOver(place) => {
                    self.record(&name, interview.stored());
                    forget_drafts(&interview.stored().rounds[place]);
                }
                Effect::Finished => self.let_go(),
            }
        }
    }

    fn record(self, name: &Slug, interview: &StoredInterview) {
        let kept = KeptInterview { interview: interview.clone(), report: None };
        self.progress.remark(name.clone(), kept.to_remark());
    }

    fn keep(self, name: &Slug, interview: &StoredInterview) {
        let under_way = UnderWay { name: name.clone(), interview: interview.clone(), runner: self.tab.get_value() };
        // Without room the page goes on with what it has; who hands in an answer is told that the storage is full.
        let _ = LocalStorage.set(KEY, &under_way.write());
    }

    fn let_go(self) {
        if let Some((_, interview)) = self.current.get_untracked() {
            interview.stored().rounds.iter().for_each(forget_drafts);
        }
        let _ = LocalStorage.remove(KEY);
        self.current.set(None);
        self.warning.set(None);
        self.runner.set(Runner::Nobody);
        if let Some(held) = self.lock.try_update_value(Option::take).flatten() {
            held.release();
        }
    }

    /// Runs what is stored, unless another tab does.
    fn take_over(self) {
        locks::hold_if_free(LOCK, move |held| match held {
            Some(held) => self.run_stored(held),
            None => self.wait(),
        });
    }

    fn run_stored(self, held: Held) {
        let Some(UnderWay { name, interview, .. }) = stored() else {
            held.release();
            self.current.set(None);
            self.runner.set(Runner::Nobody);
            return;
        };
        self.hold(held);
        let (interview, effects) = Interview::resume(interview, clock::now());
        // Where there are no locks, a tab that runs it already hears of this one, and answers.
        self.keep(&name, interview.stored());
        self.current.set(Some((name, interview)));
        self.runner.set(Runner::ThisTab);
        self.carry_out(effects);
    }

    fn changed_elsewhere(self) {
        match self.runner.get_untracked() {
            Runner::ThisTab => self.changed_while_it_runs(),
            Runner::AnotherTab => self.look(),
            Runner::AnotherTabWithoutLock => {
                self.look();
                if !untrack(|| self.is_under_way()) {
                    self.runner.set(Runner::Nobody);
                }
            }
            Runner::Nobody if stored().is_some() => self.follow(),
            Runner::Nobody => {}
        }
    }

    /// Another tab has begun one.
    fn follow(self) {
        locks::hold_if_free(LOCK, move |held| match held {
            Some(held) if !held.is_exclusive() => self.give_way(),
            Some(held) => self.run_stored(held),
            None => self.wait(),
        });
    }

    /// Another tab has changed what this one runs: it has erased it or, where there are no locks, runs it too.
    fn changed_while_it_runs(self) {
        let Ok(stored) = LocalStorage.get(KEY) else { return };
        let is_exclusive = self.lock.with_value(|held| held.as_ref().is_some_and(Held::is_exclusive));
        match Found::of(stored.as_deref(), &self.tab.get_value()) {
            Found::Nothing => self.let_go(),
            Found::Earlier if !is_exclusive => self.give_way(),
            Found::Own | Found::Earlier => {}
            Found::Later => {
                if let Some((name, interview)) = self.current.get_untracked() {
                    self.keep(&name, interview.stored());
                }
            }
        }
    }

    /// Only looks from now on.
    fn give_way(self) {
        self.runner.set(Runner::AnotherTabWithoutLock);
        self.warning.set(None);
        self.look();
    }

    /// Looks until the tab that runs it is closed.
    fn wait(self) {
        self.runner.set(Runner::AnotherTab);
        self.look();
        locks::hold_when_free(LOCK, move |held| self.run_stored(held));
    }

    /// Shows how far another tab is.
    fn look(self) {
        let shown =
            stored().map(|UnderWay { name, interview, .. }| (name, Interview::resume(interview, clock::now()).0));
        self.current.set(shown);
    }
}

fn withheld(current: Option<&(Slug, Interview)>) -> BTreeSet<AttemptId> {
    places::set(current.into_iter().flat_map(|(_, interview)| interview.stored().attempts()))
}

fn stored() -> Option<UnderWay> {
    UnderWay::read(&LocalStorage.get(KEY).ok().flatten()?).ok()
}

fn forget_drafts(round: &Round) {
    for asked in &round.questions {
        draft::forget(Mode::Interview, &asked.slug);
    }
}
