//! What there is to list: signals over the search and the conditions. It draws nothing.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::listing::{self, Conditions, Known, Shelf};
use quiz::problem::{Slug, Topic};
use quiz::search::{Hit, Index, Texts};

use crate::state::AppState;
use crate::state::library::Load;
use crate::state::unfolded::Unfolded;
use crate::ui::row::State;

/// So many rows of what fits are drawn, until a learner asks for the others: a thousand take longer to draw than to type a
/// letter.
pub(super) const ROWS: usize = 50;

/// How what is found is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// By how well it fits what is searched.
    Ranked,
    /// By topic, and only what meets the conditions.
    Narrowed,
    /// By topic, each to be folded and unfolded.
    Everything,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Listed {
    /// Which problem; it tells the others.
    pub(super) slug: Slug,
    /// Its index in the catalog.
    pub(super) problem: usize,
    pub(super) state: State,
    /// What the learner keeps about it.
    pub(super) kept: String,
    /// Where it was found.
    pub(super) place: String,
}

/// What is found.
#[derive(Clone, Copy)]
pub(super) struct Found {
    catalog: StoredValue<Arc<Catalog>>,
    /// What is searched beyond the catalog, once somebody searches.
    pub(super) texts: ReadSignal<Option<Load<Texts>>>,
    index: Memo<Index>,
    pub(super) known: Memo<Vec<Known>>,
    typed: RwSignal<String>,
    hits: Memo<Vec<Hit>>,
    pub(super) shape: Memo<Shape>,
    /// What meets the conditions, whatever is searched.
    pub(super) shelves: Memo<Vec<Shelf>>,
    pub(super) unfolded: Unfolded,
    /// Whether more than [`ROWS`] are wanted.
    pub(super) shows_all: RwSignal<bool>,
}

impl Found {
    pub(super) fn among(
        app: AppState,
        catalog: StoredValue<Arc<Catalog>>,
        conditions: Memo<Conditions>,
        typed: RwSignal<String>,
    ) -> Found {
        let texts = app.library.texts();
        let index = Memo::new(move |_| Index::of(&catalog.get_value()));
        let known = Memo::new(move |_| {
            let log = app.progress.log();
            app.learner(&catalog.get_value(), |learner| listing::known(learner, &log.read()))
        });
        let hits = Memo::new(move |_| {
            let (catalog, known, conditions) = (catalog.get_value(), known.read(), conditions.read());
            let is_answered = |problem: usize| known[problem].is_answered();
            let find = |texts: &Texts| {
                index.read().find(texts, &typed.read(), conditions.accepted(&catalog, texts, &known), is_answered)
            };
            with(texts, find)
        });
        let shelves = Memo::new(move |_| {
            let (catalog, known, conditions) = (catalog.get_value(), known.read(), conditions.read());
            with(texts, |texts| listing::shelves(&catalog, &known, conditions.accepted(&catalog, texts, &known)))
        });
        let shape = Memo::new(move |_| match typed.read().trim().is_empty() {
            false => Shape::Ranked,
            true if *conditions.read() == Conditions::default() => Shape::Everything,
            true => Shape::Narrowed,
        });
        let shows_all = RwSignal::new(false);
        // Other words or conditions begin with few rows again.
        Effect::watch(move || (typed.track(), conditions.track()), move |_, _, _| shows_all.set(false), false);
        let unfolded = Unfolded::remembered(|| untrack(|| first_unfinished(&known.read(), &catalog.get_value())));
        Found { catalog, texts, index, known, typed, hits, shape, shelves, unfolded, shows_all }
    }

    /// Makes ready what the first letter would have to wait for.
    pub(super) fn prepare(self) {
        self.index.with_untracked(|_| ());
    }

    /// How many are found.
    pub(super) fn count(self) -> usize {
        match self.shape.get() {
            Shape::Ranked => self.hits.read().len(),
            Shape::Narrowed | Shape::Everything => self.shelves.read().iter().map(|shelf| shelf.problems.len()).sum(),
        }
    }

    /// Whether what is found lacks some of the words, since no problem has them all.
    pub(super) fn lacks_words(self) -> bool {
        self.hits.read().first().is_some_and(|hit| hit.lacks > 0)
    }

    /// Whether nothing is found as long as the texts are on their way.
    pub(super) fn is_waiting(self) -> bool {
        matches!(&*self.texts.read(), Some(Load::Loading)) && self.count() == 0
    }

    /// Which words others are searched for, since no problem has them.
    pub(super) fn respelt(self) -> String {
        let respelt = with(self.texts, |texts| self.index.read().respelt(texts, &self.typed.read()));
        let in_words = |(typed, meant)| format!("No problem has “{typed}”: this is for “{meant}”. ");
        respelt.into_iter().map(in_words).collect()
    }

    /// The rows by how well they fit, the best first.
    pub(super) fn ranked(self) -> Vec<Listed> {
        let (hits, index) = (self.hits.read(), self.index.read());
        let row = |texts: &Texts, hit: &Hit| self.row(hit.problem, index.places(texts, hit));
        with(self.texts, |texts| hits.iter().take(self.most()).map(|hit| row(texts, hit)).collect())
    }

    /// The rows of a topic.
    pub(super) fn of_topic(self, topic: &Topic) -> Vec<Listed> {
        let shelves = self.shelves.read();
        let Some(place) = shelves.iter().position(|shelf| shelf.topic == *topic) else { return Vec::new() };
        let most = match self.shape.get() {
            Shape::Everything => usize::MAX,
            Shape::Narrowed | Shape::Ranked => {
                let before: usize = shelves[..place].iter().map(|shelf| shelf.problems.len()).sum();
                self.most().saturating_sub(before)
            }
        };
        shelves[place].problems.iter().take(most).map(|problem| self.row(*problem, String::new())).collect()
    }

    fn most(self) -> usize {
        if self.shows_all.get() { usize::MAX } else { ROWS }
    }

    fn row(self, problem: usize, place: String) -> Listed {
        let known = self.known.read()[problem];
        let slug = self.catalog.read_value().problems[problem].slug.clone();
        Listed { slug, problem, state: State::from(known), kept: known.kept(), place }
    }
}

/// Asks the texts, or empty ones while they are not here; tracked.
fn with<R>(texts: ReadSignal<Option<Load<Texts>>>, ask: impl FnOnce(&Texts) -> R) -> R {
    match &*texts.read() {
        Some(Load::Ready(texts)) => ask(texts),
        None | Some(Load::Loading | Load::Failed(_)) => ask(&Texts::default()),
    }
}

fn first_unfinished(known: &[Known], catalog: &Catalog) -> Vec<Topic> {
    let shelves = listing::shelves(catalog, known, |_| true);
    let first = shelves.into_iter().find(|shelf| !shelf.is_finished());
    first.map(|shelf| shelf.topic).into_iter().collect()
}
