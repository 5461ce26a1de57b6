//! The queue is the one that its definition gives, step by step, without any index, heap or shortcut. So the two can be
//! told apart by their speed only.

use crate::common::{catalog, entry, noon, on_day};
use proptest::prelude::*;
use quiz::attempt::{Attempt, AttemptId, Confidence, Record, Remark, RemarkKind, Reset};
use quiz::catalog::{Catalog, Entry, TopicPacks};
use quiz::grading::Mark;
use quiz::learner::{Replay, ReviewContext};
use quiz::log::AttemptLog;
use quiz::practice::{self, Filter};
use quiz::problem::{Level, Slug, Topic};
use quiz::remarks::Remarks;

/// The definition: as `practice` was first written, quadratic in the number of problems.
mod defined {
    use quiz::attempt::Confidence;
    use quiz::catalog::Entry;
    use quiz::learner::calendar::Day;
    use quiz::learner::{Learner, Seen};
    use quiz::practice::{Filter, Plan};
    use quiz::problem::{Level, Slug};
    use quiz::shuffle::Shuffle;

    pub fn plan(learner: &Learner<'_>, filter: &Filter, seed: u64) -> Plan {
        let is_wanted = |problem: &usize| !learner.suspended[*problem] && filter.accepts(learner.entry(*problem));
        let wanted = || (0..learner.cards.len()).filter(is_wanted);
        let due_days: Vec<Option<Day>> = (0..learner.cards.len()).map(|problem| due_day(learner, problem)).collect();
        let is_due = |problem: &usize| due_days[*problem].is_some_and(|day| day <= learner.today);
        let mut due: Vec<usize> = wanted().filter(is_due).collect();
        due.sort_by_key(|problem| {
            let recall = learner.cards[*problem].recall(learner.scheduler, learner.today).unwrap_or(0.0);
            let recall = (recall.clamp(0.0, 1.0) * 1e6) as u64;
            (!is_confident_miss(learner, *problem), due_days[*problem], recall)
        });
        let new = new_in_order(learner, wanted().filter(|problem| learner.cards[*problem].is_new()).collect(), seed);
        let mut ahead: Vec<usize> =
            wanted().filter(|problem| due_days[*problem].is_some() && !is_due(problem)).collect();
        ahead.sort_by_key(|problem| due_days[*problem]);
        Plan { due, new, ahead }
    }

    fn due_day(learner: &Learner<'_>, problem: usize) -> Option<Day> {
        let own = learner.cards[problem].due?;
        let stand_in = |sibling: usize| {
            let card = &learner.cards[sibling];
            let due = card.due.filter(|_| card.was_right() && card.last().is_some_and(|last| last >= own))?;
            (due > own).then_some(due)
        };
        Some(siblings(learner, problem).filter_map(stand_in).max().unwrap_or(own))
    }

    fn siblings<'a>(learner: &'a Learner<'_>, problem: usize) -> impl Iterator<Item = usize> + 'a {
        let concept = learner.entry(problem).concepts.first();
        (0..learner.cards.len()).filter(move |other| {
            *other != problem && concept.is_some_and(|concept| learner.entry(*other).concepts.contains(concept))
        })
    }

    fn is_confident_miss(learner: &Learner<'_>, problem: usize) -> bool {
        let last: Option<&Seen<'_>> = learner.seen.iter().rfind(|seen| seen.problem == problem);
        last.is_some_and(|seen| seen.attempt.confidence == Some(Confidence::Certain) && !seen.is_right())
    }

    fn new_in_order(learner: &Learner<'_>, mut waiting: Vec<usize>, seed: u64) -> Vec<usize> {
        let mut met: Vec<&String> = Vec::new();
        for problem in (0..learner.cards.len()).filter(|problem| !learner.cards[*problem].is_new()) {
            met.extend(&learner.entry(problem).concepts);
        }
        let lot = Shuffle::new(seed).order(learner.cards.len());
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let times = |concept: &String| met.iter().filter(|other| **other == concept).count() as u64;
            let cost = |problem: usize| {
                let entry = learner.entry(problem);
                let coverage = entry.concepts.iter().map(times).min().unwrap_or(0);
                (10 * coverage + distance(learner, entry), lot[problem])
            };
            let best = (0..waiting.len()).min_by_key(|place| cost(waiting[*place])).expect("some are left");
            let problem = waiting.remove(best);
            met.extend(&learner.entry(problem).concepts);
            order.push(problem);
        }
        order
    }

    fn distance(learner: &Learner<'_>, entry: &Entry) -> u64 {
        let is_beginner = matches!(learner.level, None | Some(Level::Junior));
        let place = learner.catalog.topics.iter().position(|pack| pack.topic == entry.topic).unwrap_or(0);
        let topic = if is_beginner { place } else { 0 };
        let chance = learner.ability.chance(entry);
        let off_level = learner.level.map_or(0, |level| (level as u64).abs_diff(entry.level as u64));
        ((0.70 - chance).max(chance - 0.85).max(0.0) * 100.0) as u64 + 25 * off_level + topic as u64
    }

    pub fn queue(learner: &Learner<'_>, filter: &Filter, seed: u64) -> Vec<Slug> {
        in_order(learner, filter, plan(learner, filter, seed), usize::MAX)
    }

    pub fn todays_queue(learner: &Learner<'_>, seed: u64) -> Vec<Slug> {
        let filter = Filter::default();
        let mut plan = plan(learner, &filter, seed);
        let is_first_of_today =
            |problem: &usize| learner.cards[*problem].reviews.first().is_some_and(|first| first.day == learner.today);
        let room = learner.new_a_day.saturating_sub((0..learner.cards.len()).filter(is_first_of_today).count());
        if plan.due.is_empty() && (room == 0 || plan.new.is_empty()) {
            return in_order(learner, &filter, plan, usize::MAX);
        }
        plan.ahead.clear();
        in_order(learner, &filter, plan, room)
    }

    fn in_order(learner: &Learner<'_>, filter: &Filter, plan: Plan, mut room: usize) -> Vec<Slug> {
        let Plan { due, new, ahead } = plan;
        let mut taken = due.clone();
        let mut first = Vec::new();
        for problem in due {
            let is_free = |sibling: usize| !taken.contains(&sibling) && (room > 0 || !learner.cards[sibling].is_new());
            let sibling = stand_in(learner, filter, problem, is_free);
            let sibling = sibling.filter(|_| !is_confident_miss(learner, problem));
            room -= sibling.map_or(0, |sibling| usize::from(learner.cards[sibling].is_new()));
            taken.extend(sibling);
            first.push(sibling.unwrap_or(problem));
        }
        let new = new.into_iter().filter(|problem| !taken.contains(problem)).take(room).collect();
        let mut queue = mixed(first, new);
        queue.extend(ahead.into_iter().filter(|problem| !taken.contains(problem)));
        spread(learner, queue).into_iter().map(|problem| learner.entry(problem).slug.clone()).collect()
    }

    fn stand_in(
        learner: &Learner<'_>,
        filter: &Filter,
        problem: usize,
        is_free: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let last = learner.cards[problem].last()?;
        let fits = |sibling: &usize| {
            let entry = learner.entry(*sibling);
            let is_fresh = match learner.cards[*sibling].last() {
                None => learner.ability.chance(entry) >= 0.5,
                Some(met) => met < last,
            };
            is_fresh && !learner.suspended[*sibling] && filter.accepts(entry) && is_free(*sibling)
        };
        let age = |sibling: &usize| learner.cards[*sibling].last().map_or(0, |day| day + 1);
        siblings(learner, problem).filter(fits).min_by_key(age)
    }

    fn mixed(due: Vec<usize>, new: Vec<usize>) -> Vec<usize> {
        let mut new = new.into_iter();
        let mut mixed = Vec::new();
        for two in due.chunks(2) {
            mixed.extend(two);
            mixed.extend(new.next());
        }
        mixed.extend(new);
        mixed
    }

    fn spread(learner: &Learner<'_>, mut waiting: Vec<usize>) -> Vec<usize> {
        let shares = |one: usize, other: usize| {
            learner.entry(one).concepts.iter().any(|concept| learner.entry(other).concepts.contains(concept))
        };
        let mut spread: Vec<usize> = Vec::new();
        while !waiting.is_empty() {
            let fits = |problem: &usize| spread.last().is_none_or(|last| !shares(*last, *problem));
            let next = waiting.iter().position(fits).unwrap_or(0);
            spread.push(waiting.remove(next));
        }
        spread
    }
}

/// Up to forty problems of three topics, each on none to three of eight concepts.
fn any_catalog() -> impl Strategy<Value = Catalog> {
    let concepts = prop::collection::vec(0..8_u32, 0..4);
    let problem = (0..3_usize, 0..4_usize, concepts);
    prop::collection::vec(problem, 0..40).prop_map(|problems| {
        let topic = |index: usize| Topic(format!("topic-{index}"));
        let problem = |(place, (of, level, concepts)): (usize, (usize, usize, Vec<u32>))| {
            let concepts: Vec<String> = concepts.iter().map(|concept| format!("concept-{concept}")).collect();
            let concepts: Vec<&str> = concepts.iter().map(String::as_str).collect();
            Entry { topic: topic(of), ..entry(&format!("p{place}"), Level::ALL[level], &concepts) }
        };
        let topics = (0..3).map(|index| TopicPacks { topic: topic(index), packs: Vec::new() }).collect();
        Catalog { topics, ..catalog(problems.into_iter().enumerate().map(problem).collect()) }
    })
}

/// Problems that are suspended or begun anew, at the end of a day.
fn any_remarks() -> impl Strategy<Value = Vec<Record>> {
    let record = (0..40_usize, 0..=TODAY, any::<bool>()).prop_map(|(problem, day, is_reset)| {
        let at = noon(day).now + 1;
        let (id, slug) = (AttemptId::new(at, problem as u64), Slug(format!("p{problem}").into()));
        match is_reset {
            true => Reset { id, reset_at_ms: at, slug }.into(),
            false => Remark { id, made_at_ms: at, slug, what: RemarkKind::Suspended }.into(),
        }
    });
    prop::collection::vec(record, 0..12)
}

fn any_attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let mark = prop::sample::select(&[Mark::Right, Mark::Right, Mark::Partly, Mark::Wrong][..]);
    let confidence = prop::option::of(prop::sample::select(&Confidence::ALL[..]));
    let attempt = (0..40_usize, 0..=TODAY, mark, confidence);
    let attempt =
        attempt.prop_map(|(problem, day, mark, confidence)| on_day(day, &format!("p{problem}"), mark, confidence));
    prop::collection::vec(attempt, 0..120)
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let topic = prop::option::weighted(0.2, (0..3_u32).prop_map(|index| Topic(format!("topic-{index}"))));
    let level = prop::option::weighted(0.2, prop::sample::select(&Level::ALL[..]));
    let concept = prop::option::weighted(0.2, (0..8_u32).prop_map(|index| format!("concept-{index}")));
    (topic, level, concept).prop_map(|(topic, level, concept)| Filter { topic, level, concept, kind: None })
}

const TODAY: u64 = 30;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plans_and_queues_are_those_of_the_definition(
        catalog in any_catalog(),
        attempts in any_attempts(),
        remarks in any_remarks(),
        filter in any_filter(),
        level in prop::option::of(prop::sample::select(&Level::ALL[..])),
        seed in any::<u64>(),
    ) {
        let context = ReviewContext { level, ..noon(TODAY) };
        let log: AttemptLog = attempts.into_iter().map(Record::from).chain(remarks).collect();
        let replay = Replay::of(&catalog, &log, &context);
        let learner = replay.learner(&catalog, &log);
        prop_assert_eq!(practice::plan(&learner, &filter, seed), defined::plan(&learner, &filter, seed));
        prop_assert_eq!(practice::queue(&learner, &filter, seed), defined::queue(&learner, &filter, seed));
        prop_assert_eq!(practice::todays_queue(&learner, seed), defined::todays_queue(&learner, seed));
        let today = practice::today(&learner);
        let slug = |problem: usize| learner.entry(problem).slug.clone();
        let due: Vec<Slug> = defined::plan(&learner, &Filter::default(), TODAY).due.into_iter().map(slug).collect();
        prop_assert_eq!(&today.due, &due);
        prop_assert!(due.len() <= today.forecast[0] as usize, "what is overdue is due today");
        let kept = Remarks::of(&log);
        let asked = practice::queue(&learner, &filter, seed).into_iter().chain(practice::todays_queue(&learner, seed));
        let asked = asked.chain(today.due).chain(today.new).find(|slug| kept.is_suspended(slug));
        prop_assert_eq!(asked, None, "it is suspended");
        let suspended = (0..catalog.problems.len()).filter(|problem| learner.suspended[*problem]);
        prop_assert_eq!(suspended.count(), kept.suspended().filter(|slug| catalog.entry(slug).is_some()).count());
    }
}
