//! Which problems come next.
//!
//! What is done for each problem looks at the problems on its concepts at most, never at all of them: a queue of 1,000
//! problems is made while a learner lifts their finger.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use serde::Serialize;

use crate::attempt::Confidence;
use crate::catalog::Entry;
use crate::json::read_struct;
use crate::learner::calendar::Day;
use crate::learner::memory::Card;
use crate::learner::{Learner, Seen, activity, key, pace};
use crate::places;
use crate::problem::{Kind, Level, Slug, Topic};
use crate::shuffle::Shuffle;

/// Which problems are wanted; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Only this topic.
    pub topic: Option<Topic>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this level.
    pub level: Option<Level>,
    /// Only what asks for this concept.
    pub concept: Option<String>,
}

impl Today {
    /// Whether nothing is due and nothing new is left for today.
    pub fn is_done(&self) -> bool {
        self.due.is_empty() && self.new.is_empty()
    }
}

impl Filter {
    /// Whether `entry` is wanted.
    pub fn accepts(&self, entry: &Entry) -> bool {
        self.topic.as_ref().is_none_or(|topic| entry.topic == *topic)
            && self.kind.is_none_or(|kind| entry.kind == kind)
            && self.level.is_none_or(|level| entry.level == level)
            && self.concept.as_ref().is_none_or(|concept| entry.concepts.contains(concept))
    }
}

/// So many new problems a day are plenty.
pub const NEW_A_DAY: usize = 6;
/// How many a learner can want at most.
pub const MOST_NEW_A_DAY: usize = 30;
/// After so many due problems comes a new one.
const DUE_PER_NEW: usize = 2;
/// New problems should be answered right about so often: hard enough to learn from, easy enough to go on.
const LEAST_CHANCE: f32 = 0.70;
const MOST_CHANCE: f32 = 0.85;
/// A concept that was met counts as much as so many per cent out of reach.
const MET_ONCE: u64 = 10;
/// A problem of the next level counts as much as so many per cent out of reach.
const OFF_LEVEL: u64 = 25;
/// A new problem that stands in for a due one should not be missed more often than not.
const EVEN_CHANCE: f32 = 0.5;

/// What there is to practise, each part in its order, as indexes of problems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is due. Answers that were certain and wrong come first, then what has waited longest, and of one day what is most nearly
    /// forgotten.
    pub due: Vec<usize>,
    /// What was never answered, the most fitting first.
    pub new: Vec<usize>,
    /// What is not due yet, the soonest first.
    pub ahead: Vec<usize>,
}

/// What there is to practise among the problems that `filter` accepts. What is suspended is left out, and programs to write are only
/// there when they are due or asked for: among questions of two minutes nobody is given one of half an hour.
pub fn plan(learner: &Learner<'_>, filter: &Filter, seed: u64) -> Plan {
    let is_wanted = |problem: &usize| !learner.suspended[*problem] && filter.accepts(learner.entry(*problem));
    let wanted = || (0..learner.cards.len()).filter(is_wanted);
    let due_days = due_days(learner, &Siblings::of(learner));
    let is_due = |problem: &usize| due_days[*problem].is_some_and(|day| day <= learner.today);
    let misses = confident_misses(learner);
    let asks_by_choice = asks_by_choice(learner, filter);
    let unasked = |problem: &usize| asks_by_choice || !is_long(learner.entry(*problem));
    let mut due: Vec<usize> = wanted().filter(is_due).collect();
    // By recall alone, what is missed again and again would come first each day, and the rest of a backlog never.
    places::sort_by_cached_key(&mut due, |problem| {
        let recall = key(learner.cards[*problem].recall(learner.scheduler, learner.today).unwrap_or(0.0));
        (!misses[*problem], due_days[*problem], recall)
    });
    let new = wanted().filter(unasked).filter(|problem| learner.cards[*problem].is_new()).collect();
    let new = new_in_order(learner, new, seed);
    let is_ahead = |problem: &usize| due_days[*problem].is_some() && !is_due(problem);
    let mut ahead: Vec<usize> = wanted().filter(unasked).filter(is_ahead).collect();
    places::sort_by_key(&mut ahead, |problem| due_days[*problem]);
    Plan { due, new, ahead }
}

/// Whether it takes as long as a session.
fn is_long(entry: &Entry) -> bool {
    entry.kind.is_by_choice()
}

/// Whether programs to write and questions to talk about are asked for: by their kind, because nothing else fits, or because
/// the topic is one that is talked about.
fn asks_by_choice(learner: &Learner<'_>, filter: &Filter) -> bool {
    let is_wanted = |problem: &usize| !learner.suspended[*problem] && filter.accepts(learner.entry(*problem));
    let wanted = (0..learner.cards.len()).filter(is_wanted).map(|problem| learner.entry(problem));
    filter.kind.is_some_and(Kind::is_by_choice) || are_asked(filter, &wanted.collect::<Vec<_>>())
}

/// Whether all of these problems are asked where no kind is named.
fn are_asked(filter: &Filter, wanted: &[&Entry]) -> bool {
    let talks = wanted.iter().filter(|entry| entry.kind == Kind::Discuss).count();
    let is_talked_about = filter.topic.is_some() && filter.kind.is_none() && 2 * talks > wanted.len();
    is_talked_about || wanted.iter().all(|entry| is_long(entry))
}

/// How many of these problems are asked by a practice of what `filter` accepts, and how many it accepts are not; programs to
/// write that are due come on top.
pub fn count_asked<'a>(filter: &Filter, entries: impl Iterator<Item = &'a Entry>) -> (usize, usize) {
    let wanted: Vec<&Entry> = entries.filter(|entry| filter.accepts(entry)).collect();
    let takes_all = filter.kind.is_some_and(Kind::is_by_choice) || are_asked(filter, &wanted);
    let asked = wanted.iter().filter(|entry| takes_all || !is_long(entry)).count();
    (asked, wanted.len() - asked)
}

/// Of each problem whether it should be answered again by now.
pub fn due(learner: &Learner<'_>) -> Vec<bool> {
    let days = due_days(learner, &Siblings::of(learner)).into_iter().zip(learner.suspended);
    days.map(|(due, is_suspended)| !is_suspended && due.is_some_and(|day| day <= learner.today)).collect()
}

/// The problems that were due in the morning and are not any more: answered today, or stood in for by one that was.
pub fn reviewed_today(learner: &Learner<'_>) -> Vec<usize> {
    let mut before: Vec<(usize, Card)> = Vec::new();
    for seen in learner.seen.iter().filter(|seen| seen.day == learner.today) {
        if before.iter().all(|(problem, _)| *problem != seen.problem) {
            let reviews = learner.cards[seen.problem].reviews.iter().filter(|review| review.day < learner.today);
            before.push((seen.problem, learner.scheduler.card(reviews.cloned().collect())));
        }
    }
    let of_morning = |problem: usize| {
        let before = before.iter().find(|(of, _)| *of == problem);
        before.map_or(&learner.cards[problem], |(_, card)| card)
    };
    let siblings = Siblings::of(learner);
    let morning = due_days_by(learner, &siblings, &of_morning);
    let now = due_days(learner, &siblings);
    let is_due = |day: Option<Day>| day.is_some_and(|day| day <= learner.today);
    let is_over = |problem: &usize| is_due(morning[*problem]) && !is_due(now[*problem]) && !learner.suspended[*problem];
    (0..learner.cards.len()).filter(is_over).collect()
}

/// The day on which each problem that was answered should come again.
///
/// A problem is stood in for by a sibling, another problem on the same concept, that was answered right when the problem
/// was due already: it rests until the sibling is due.
fn due_days(learner: &Learner<'_>, siblings: &Siblings) -> Vec<Option<Day>> {
    due_days_by(learner, siblings, &|problem| &learner.cards[problem])
}

/// The same, by what `card_of` says is remembered of a problem.
fn due_days_by<'a>(
    learner: &Learner<'_>,
    siblings: &Siblings,
    card_of: &dyn Fn(usize) -> &'a Card,
) -> Vec<Option<Day>> {
    let of_problem = |problem: usize| {
        let own = card_of(problem).due?;
        let stand_in = |sibling: usize| {
            let card = card_of(sibling);
            let due = card.due.filter(|_| card.was_right() && card.last().is_some_and(|last| last >= own))?;
            (due > own).then_some(due)
        };
        Some(siblings.of_problem(learner, problem).filter_map(stand_in).max().unwrap_or(own))
    };
    (0..learner.cards.len()).map(of_problem).collect()
}

/// For each concept the problems that ask for it, in the catalog's order. Where only the learner judges, nothing stands in for
/// anything else.
struct Siblings(Vec<Vec<usize>>);

impl Siblings {
    fn of(learner: &Learner<'_>) -> Siblings {
        let mut on_concept = vec![Vec::new(); learner.catalog.concepts.len()];
        let proven = |(problem, _): &(usize, &Vec<usize>)| learner.entry(*problem).kind.is_proven();
        for (problem, concepts) in learner.concepts.iter().enumerate().filter(proven) {
            for concept in concepts {
                on_concept[*concept].push(problem);
            }
        }
        Siblings(on_concept)
    }

    /// The other problems that ask for the first concept of this one.
    fn of_problem(&self, learner: &Learner<'_>, problem: usize) -> impl Iterator<Item = usize> {
        let first = learner.concepts[problem].first().filter(|_| learner.entry(problem).kind.is_proven());
        let on_first = first.map_or(&[][..], |concept| &self.0[*concept]);
        on_first.iter().copied().filter(move |other| *other != problem)
    }
}

/// Of each problem whether its last answer was certain and not right. Errors made with confidence are corrected best, if
/// feedback comes soon: Fazio and Marsh, "Surprising feedback improves later memory" (Psychonomic Bulletin & Review 16, 2009).
fn confident_misses(learner: &Learner<'_>) -> Vec<bool> {
    let is_miss = |seen: &Seen<'_>| seen.attempt.confidence == Some(Confidence::Certain) && !seen.is_right();
    let last = learner.last_seen().into_iter();
    last.map(|index| index.is_some_and(|index| is_miss(&learner.seen[index]))).collect()
}

/// New problems in the order in which they should be met: concepts that were met least first, within reach of the
/// learner's ability, for who begins earlier topics of the course first.
fn new_in_order(learner: &Learner<'_>, new: Vec<usize>, seed: u64) -> Vec<usize> {
    let mut met = vec![0_u64; learner.catalog.concepts.len()];
    let met_before = (0..learner.cards.len()).filter(|problem| !learner.cards[*problem].is_new());
    met_before.for_each(|problem| meet(&mut met, &learner.concepts[problem]));
    let lot = Shuffle::new(seed).order(learner.cards.len());
    let fixed: Vec<u64> = learner.catalog.problems.iter().map(|entry| distance(learner, entry)).collect();
    let cost = |met: &[u64], problem: usize| {
        let coverage = learner.concepts[problem].iter().map(|concept| met[*concept]).min();
        MET_ONCE * coverage.unwrap_or(0) + fixed[problem]
    };
    let mut waiting = BinaryHeap::with_capacity(new.len());
    for problem in &new {
        waiting.push(Reverse((cost(&met, *problem), lot[*problem], *problem)));
    }
    let mut order = Vec::with_capacity(new.len());
    while let Some(Reverse((known, lot, problem))) = waiting.pop() {
        // Costs only grow, so the least of those that were known is the least of all if it still holds.
        let now = cost(&met, problem);
        if now > known {
            waiting.push(Reverse((now, lot, problem)));
        } else {
            meet(&mut met, &learner.concepts[problem]);
            order.push(problem);
        }
    }
    order
}

fn meet(met: &mut [u64], concepts: &[usize]) {
    for concept in concepts {
        met[*concept] += 1;
    }
}

/// How far a new problem is from what should be met next: from the learner's ability, from the level at which they practise, and,
/// for who begins, from the course's beginning. Whoever knows Rust is asked about all of it in turn, as in an interview: practice
/// that is mixed lasts longer (Rohrer and Taylor, "The shuffling of mathematics problems improves learning", Instructional Science
/// 35, 2007).
fn distance(learner: &Learner<'_>, entry: &Entry) -> u64 {
    let begins = learner.level.is_none_or(|level| level == Level::Junior);
    let topic = learner.catalog.topics.iter().position(|pack| begins && pack.topic == entry.topic).unwrap_or(0);
    let off_level = learner.level.map_or(0, |level| (level as u64).abs_diff(entry.level as u64));
    out_of_reach(learner.ability.chance(entry)) + OFF_LEVEL * off_level + topic as u64
}

/// How far a chance of being right is from what one learns best from, in per cent.
fn out_of_reach(chance: f32) -> u64 {
    let distance = (LEAST_CHANCE - chance).max(chance - MOST_CHANCE).max(0.0);
    (distance * 100.0) as u64
}

/// A learner's queue: two due problems, a new one, and so on; what is not due yet comes last. Neighbours do not ask for
/// the same concept where that can be avoided.
///
/// In place of a due problem stands a sibling that the learner has not met since, where there is one: who recalls the
/// concept, not the answer, knows it. What was missed by a learner who was certain comes back itself.
pub fn queue(learner: &Learner<'_>, filter: &Filter, seed: u64) -> Vec<Slug> {
    in_order(learner, filter, plan(learner, filter, seed), usize::MAX)
}

/// What the lots of a day are drawn by: what is listed in the morning is asked at noon.
pub fn seed_of(day: Day) -> u64 {
    u64::from(day)
}

/// The queue of what there is to do today; when all is done, of what comes next.
pub fn todays_queue(learner: &Learner<'_>, seed: u64) -> Vec<Slug> {
    let filter = Filter::default();
    let mut plan = plan(learner, &filter, seed);
    let room = new_today(learner);
    if plan.due.is_empty() && (room == 0 || plan.new.is_empty()) {
        return in_order(learner, &filter, plan, usize::MAX);
    }
    plan.ahead.clear();
    in_order(learner, &filter, plan, room)
}

/// The queue of what is due, and of nothing new.
pub fn due_queue(learner: &Learner<'_>, seed: u64) -> Vec<Slug> {
    let filter = Filter::default();
    let plan = Plan { new: Vec::new(), ahead: Vec::new(), ..plan(learner, &filter, seed) };
    in_order(learner, &filter, plan, 0)
}

/// The queue of a plan, with at most `room` new problems in it.
fn in_order(learner: &Learner<'_>, filter: &Filter, plan: Plan, mut room: usize) -> Vec<Slug> {
    let Plan { due, new, ahead } = plan;
    let (siblings, misses) = (Siblings::of(learner), confident_misses(learner));
    let asks_by_choice = asks_by_choice(learner, filter);
    let mut is_taken = vec![false; learner.cards.len()];
    due.iter().for_each(|problem| is_taken[*problem] = true);
    let mut first = Vec::with_capacity(due.len());
    for problem in due {
        let is_free = |sibling: usize| {
            let has_room = room > 0 || !learner.cards[sibling].is_new();
            !is_taken[sibling] && has_room && (asks_by_choice || !is_long(learner.entry(sibling)))
        };
        let sibling = if misses[problem] { None } else { stand_in(learner, filter, &siblings, problem, is_free) };
        let asked = sibling.unwrap_or(problem);
        room -= usize::from(learner.cards[asked].is_new());
        is_taken[asked] = true;
        first.push(asked);
    }
    let new = new.into_iter().filter(|problem| !is_taken[*problem]).take(room).collect();
    let ahead = ahead.into_iter().filter(|problem| !is_taken[*problem]);
    // Programs to write come behind all that is due or new.
    let is_last = |problem: &usize| !asks_by_choice && is_long(learner.entry(*problem));
    let (last, first): (Vec<usize>, Vec<usize>) = first.into_iter().partition(is_last);
    let mut queue = mixed(first, new);
    let before_last = queue.len();
    queue.extend(ahead);
    let mut queue = spread(learner, queue);
    drop(queue.splice(before_last..before_last, last));
    queue.into_iter().map(|problem| learner.entry(problem).slug.clone()).collect()
}

/// The problem to go on with behind one that was answered by itself: in the catalog's order the next that was never answered, or
/// the one that follows if all were; none behind the last one. Programs to write follow each other only.
pub fn next_by_itself(learner: &Learner<'_>, slug: &Slug) -> Option<usize> {
    let here = learner.catalog.problems.place(slug)?;
    let is_alike = |problem: &usize| is_long(learner.entry(*problem)) == is_long(learner.entry(here));
    let after = || (here + 1..learner.cards.len()).filter(is_alike);
    let is_new = |problem: &usize| learner.cards[*problem].is_new() && !learner.suspended[*problem];
    after().chain((0..here).filter(is_alike)).find(is_new).or_else(|| after().next())
}

/// How many new problems there is still room for today.
fn new_today(learner: &Learner<'_>) -> usize {
    let is_first_of_today = |card: &&Card| card.reviews.first().is_some_and(|first| first.day == learner.today);
    learner.new_a_day.saturating_sub(learner.cards.iter().filter(is_first_of_today).count())
}

/// The sibling to ask in place of a due problem: a new one that is within reach, or else one that was last met before it.
fn stand_in(
    learner: &Learner<'_>,
    filter: &Filter,
    siblings: &Siblings,
    problem: usize,
    is_free: impl Fn(usize) -> bool,
) -> Option<usize> {
    let last = learner.cards[problem].last()?;
    let fits = |sibling: &usize| {
        let entry = learner.entry(*sibling);
        let is_fresh = match learner.cards[*sibling].last() {
            None => learner.ability.chance(entry) >= EVEN_CHANCE,
            Some(met) => met < last,
        };
        is_fresh && !learner.suspended[*sibling] && filter.accepts(entry) && is_free(*sibling)
    };
    let age = |sibling: &usize| learner.cards[*sibling].last().map_or(0, |day| day + 1);
    siblings.of_problem(learner, problem).filter(fits).min_by_key(age)
}

fn mixed(due: Vec<usize>, new: Vec<usize>) -> Vec<usize> {
    let (mut due, mut new) = (due.into_iter().peekable(), new.into_iter());
    let mut mixed = Vec::new();
    while due.peek().is_some() {
        mixed.extend(due.by_ref().take(DUE_PER_NEW));
        mixed.extend(new.next());
    }
    mixed.extend(new);
    mixed
}

/// Keeps the order, but takes the next problem that shares no concept with the one before, if there is one.
///
/// Only what shares a concept is passed over, and it stands near the front.
fn spread(learner: &Learner<'_>, problems: Vec<usize>) -> Vec<usize> {
    let concepts = |problem: usize| &learner.concepts[problem];
    let mut waiting = VecDeque::from(problems);
    let mut spread: Vec<usize> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let fits = |problem: &usize| {
            let shares = |last: &usize| concepts(*last).iter().any(|concept| concepts(*problem).contains(concept));
            !spread.last().is_some_and(shares)
        };
        let next = waiting.iter().position(fits).unwrap_or(0);
        spread.extend(waiting.remove(next));
    }
    spread
}

/// The front of `queue` that fits into `minutes` at the learner's pace, at least one problem.
pub fn fitting(learner: &Learner<'_>, queue: &[Slug], minutes: u32) -> Vec<Slug> {
    let (pace, mut spent) = (pace::usual(learner), 0.0);
    let fits = |(place, slug): &(usize, &Slug)| {
        spent += learner.catalog.entry(slug).map_or(0.0, |entry| pace::minutes(pace, entry));
        *place == 0 || spent <= minutes as f32
    };
    queue.iter().enumerate().take_while(fits).map(|(_, slug)| slug.clone()).collect()
}

/// So many days are forecast.
pub const FORECAST: usize = 14;

/// What there is to do, for one glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Today {
    /// The problems that are due.
    pub due: Vec<Slug>,
    /// The new problems for today, those answered today taken off.
    pub new: Vec<Slug>,
    /// How many problems were never answered at all; none of those that are suspended or that nobody is given unasked.
    pub never: usize,
    /// How many due problems were answered wrong by a learner who was certain.
    pub confident_misses: usize,
    /// The minutes that what is due and new takes at the learner's pace.
    pub minutes: u32,
    /// How many answers were given today.
    pub answered: u32,
    /// How many days in a row have an answer.
    pub streak: u32,
    /// How many problems come due on each of the next days; today with all that are overdue.
    pub forecast: [u32; FORECAST],
}

/// What there is to do today.
pub fn today(learner: &Learner<'_>) -> Today {
    let filter = Filter::default();
    let plan = Plan { ahead: Vec::new(), ..plan(learner, &filter, seed_of(learner.today)) };
    let (never, due) = (plan.new.len(), plan.due.clone());
    let mut new = plan.new.clone();
    // What is counted is what is asked: some of what is due is asked by new problems that stand in for it.
    new.truncate(in_order(learner, &filter, plan, new_today(learner)).len().saturating_sub(due.len()));
    let misses = confident_misses(learner);
    let activity = activity::activity(learner, 1);
    let pace = pace::usual(learner);
    let minutes: f32 = due.iter().chain(&new).map(|problem| pace::minutes(pace, learner.entry(*problem))).sum();
    let slugs = |problems: &[usize]| problems.iter().map(|problem| learner.entry(*problem).slug.clone()).collect();
    Today {
        never,
        confident_misses: due.iter().filter(|problem| misses[**problem]).count(),
        minutes: minutes.ceil() as u32,
        answered: activity.today(),
        streak: activity.streak,
        forecast: forecast(learner, |_| true),
        due: slugs(&due),
        new: slugs(&new),
    }
}

/// How many problems come due on each of the next days; today with all that are overdue.
pub fn forecast(learner: &Learner<'_>, is_counted: impl Fn(usize) -> bool) -> [u32; FORECAST] {
    let mut forecast = [0; FORECAST];
    let is_asked = |problem: usize| !learner.suspended[problem] && is_counted(problem);
    let due_days = due_days(learner, &Siblings::of(learner)).into_iter().enumerate();
    for due in due_days.filter_map(|(problem, due)| due.filter(|_| is_asked(problem))) {
        if let Some(slot) = forecast.get_mut(due.saturating_sub(learner.today) as usize) {
            *slot += 1;
        }
    }
    forecast
}

read_struct!(Filter { topic, kind, level, concept });
