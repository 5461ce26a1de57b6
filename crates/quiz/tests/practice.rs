//! The queue: what is due and what is new, in an order that teaches.

use std::collections::BTreeSet;

use crate::common::{catalog, check_proportion, entry, noon, on_day, slug};
use proptest::prelude::*;
use quiz::attempt::{Attempt, AttemptId, Confidence, Remark, RemarkKind, Reset};
use quiz::catalog::{Catalog, Entry, TopicPacks};
use quiz::grading::Mark;
use quiz::learner::{Learner, Replay, ReviewContext};
use quiz::log::AttemptLog;
use quiz::practice::{self, Filter};
use quiz::problem::{Kind, Level, Slug, Topic};
use quiz::shuffle::seed_of;

fn check<R>(catalog: &Catalog, attempts: Vec<Attempt>, day: u64, ask: impl FnOnce(&Learner<'_>) -> R) -> R {
    let log: AttemptLog = attempts.into_iter().collect();
    ask(&Replay::of(catalog, &log, &noon(day)).learner(catalog, &log))
}

fn queue(catalog: &Catalog, attempts: Vec<Attempt>, day: u64) -> Vec<Slug> {
    check(catalog, attempts, day, |learner| practice::queue(learner, &Filter::default(), 1))
}

fn right(day: u64, name: &str) -> Attempt {
    on_day(day, name, Mark::Right, None)
}

fn wrong(day: u64, name: &str) -> Attempt {
    on_day(day, name, Mark::Wrong, None)
}

/// Problems with a concept each.
fn unlike(names: &[&str]) -> Catalog {
    catalog(names.iter().map(|name| entry(name, Level::Junior, &[name])).collect())
}

#[test]
fn what_is_due_comes_first_with_new_ones_between_and_the_rest_last() {
    let catalog = unlike(&["known", "due-1", "due-2", "due-3", "new-1", "new-2"]);
    let attempts = vec![right(1, "due-1"), wrong(2, "due-2"), right(3, "due-3"), right(9, "known")];
    let queue = queue(&catalog, attempts, 10);
    let kinds: Vec<&str> = queue.iter().map(|slug| slug.0.split('-').next().expect("a word")).collect();
    assert_eq!(kinds, ["due", "due", "new", "due", "new", "known"], "{queue:?}");
}

#[test]
fn what_is_suspended_is_neither_asked_nor_counted_until_it_is_resumed() {
    let catalog = unlike(&["due", "due-not-asked", "new", "new-not-asked"]);
    let mut log: AttemptLog = [right(1, "due"), right(1, "due-not-asked")].into_iter().collect();
    let day = noon(10).now;
    let remark = |after: u64, name: &str, what: RemarkKind| Remark {
        id: AttemptId::new(day + after, 1),
        made_at_ms: day,
        slug: slug(name),
        what,
    };
    log.insert(remark(1, "due-not-asked", RemarkKind::Suspended));
    log.insert(remark(2, "new-not-asked", RemarkKind::Suspended));
    let asked = |log: &AttemptLog| {
        let replay = Replay::of(&catalog, log, &noon(10));
        let learner = replay.learner(&catalog, log);
        let today = practice::today(&learner);
        assert_eq!(practice::todays_queue(&learner, 1), practice::queue(&learner, &Filter::default(), 1));
        let count = practice::queue(&learner, &Filter::default(), 1).len();
        (count, today.due.len(), today.new.len(), today.never, today.forecast.iter().sum::<u32>())
    };
    assert_eq!(asked(&log), (2, 1, 1, 1, 1));
    log.insert(remark(3, "due-not-asked", RemarkKind::Resumed));
    assert_eq!(asked(&log), (3, 2, 1, 1, 2));
    log.insert(remark(4, "new-not-asked", RemarkKind::Resumed));
    assert_eq!(asked(&log), (4, 2, 2, 2, 2));
}

#[test]
fn what_is_suspended_stands_in_for_nothing() {
    let catalog = catalog(vec![entry("due", Level::Junior, &["a"]), entry("sibling", Level::Junior, &["a"])]);
    let mut log: AttemptLog = [right(1, "due")].into_iter().collect();
    let first = |log: &AttemptLog| {
        let replay = Replay::of(&catalog, log, &noon(10));
        practice::queue(&replay.learner(&catalog, log), &Filter::default(), 1)
    };
    assert_eq!(first(&log)[0], slug("sibling"));
    let what = RemarkKind::Suspended;
    log.insert(Remark { id: AttemptId::new(noon(9).now, 1), made_at_ms: noon(9).now, slug: slug("sibling"), what });
    assert_eq!(first(&log), [slug("due")]);
}

#[test]
fn what_was_begun_anew_is_new_but_was_practised() {
    let catalog = unlike(&["anew", "kept"]);
    let mut log: AttemptLog = [right(9, "anew"), right(9, "kept"), right(10, "kept")].into_iter().collect();
    log.insert(Reset { id: AttemptId::new(noon(10).now, 1), reset_at_ms: noon(10).now, slug: slug("anew") });
    let replay = Replay::of(&catalog, &log, &noon(10));
    let learner = replay.learner(&catalog, &log);
    let today = practice::today(&learner);
    assert_eq!((today.new, today.never, today.streak), (vec![slug("anew")], 1, 2));
    assert_eq!((learner.seen.len(), learner.days.len()), (2, 3));
}

#[test]
fn what_is_most_nearly_forgotten_comes_first() {
    let catalog = unlike(&["fresh", "fading"]);
    let attempts = vec![right(1, "fading"), right(5, "fresh")];
    assert_eq!(queue(&catalog, attempts, 10), ["fading", "fresh"].map(slug));
}

/// What is missed day after day does not keep the rest of a backlog from being asked.
#[test]
fn what_has_waited_longest_comes_before_what_was_missed_yesterday() {
    let names: Vec<String> = (0..12).map(|number| format!("missed{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).chain(["waiting"]).collect();
    let catalog = unlike(&names);
    let mut attempts = vec![right(1, "waiting")];
    for day in 1..9 {
        attempts.extend(names[..12].iter().map(|name| wrong(day, name)));
    }
    let queue = queue(&catalog, attempts, 9);
    assert_eq!(queue[0], slug("waiting"), "{queue:?}");
}

#[test]
fn certain_and_wrong_comes_before_all_else_and_itself() {
    let mut entries = vec![entry("fading", Level::Junior, &["a"]), entry("certain", Level::Junior, &["b"])];
    entries.push(entry("sibling", Level::Junior, &["b"]));
    let certain = on_day(9, "certain", Mark::Wrong, Some(Confidence::Certain));
    let attempts = vec![wrong(1, "fading"), certain];
    assert_eq!(queue(&catalog(entries), attempts, 10)[0], slug("certain"));
}

#[test]
fn a_sibling_stands_in_for_what_is_due_and_lets_it_rest() {
    let names = ["asked", "sibling"];
    let catalog = catalog(names.iter().map(|name| entry(name, Level::Junior, &["move"])).collect());
    let first = right(1, "asked");
    assert_eq!(queue(&catalog, vec![first.clone()], 5), ["sibling"].map(slug), "it is new and on the same concept");

    let today = check(&catalog, vec![first.clone(), right(5, "sibling")], 6, practice::today);
    assert!(today.due.is_empty(), "{today:?}");
    assert_eq!(today.forecast[1], 2, "both come when the sibling is due: {today:?}");

    let missed = check(&catalog, vec![first.clone(), wrong(5, "sibling")], 6, practice::today);
    assert_eq!(missed.due.len(), 2, "a sibling that was missed stands in for nothing: {missed:?}");

    let earlier = check(&catalog, vec![first, right(2, "sibling")], 3, practice::today);
    assert!(earlier.due.contains(&slug("asked")), "it was not due yet when the sibling was asked: {earlier:?}");
}

#[test]
fn a_queue_obeys_its_filter_and_its_seed() {
    let other = Entry { topic: Topic("async".to_owned()), kind: Kind::Fill, ..entry("a", Level::Mid, &["move"]) };
    let catalog = catalog(vec![other, entry("b", Level::Junior, &["copy"])]);
    let ask = |filter: Filter| check(&catalog, vec![], 1, |learner| practice::queue(learner, &filter, 1));
    assert_eq!(ask(Filter { level: Some(Level::Mid), ..Filter::default() }), [slug("a")]);
    assert_eq!(ask(Filter { concept: Some("copy".to_owned()), ..Filter::default() }), [slug("b")]);
    assert_eq!(ask(Filter { topic: Some(Topic("ownership".to_owned())), ..Filter::default() }), [slug("b")]);
    assert_eq!(ask(Filter { kind: Some(Kind::Fill), ..Filter::default() }), [slug("a")]);
    assert_eq!(ask(Filter { kind: Some(Kind::Fill), level: Some(Level::Junior), ..Filter::default() }), []);

    let alike = unlike(&["a", "b", "c", "d"]);
    let ask = |seed| check(&alike, vec![], 1, |learner| practice::queue(learner, &Filter::default(), seed));
    let orders: BTreeSet<Vec<Slug>> = (0..400).map(ask).collect();
    assert!((0..100).all(|seed| ask(seed) == ask(seed)), "a seed gives one order only");
    assert_eq!(orders.len(), 24, "four new problems that are alike come in any order");
}

#[test]
fn new_problems_cover_the_concepts() {
    let concepts = ["a", "a", "a", "b", "b", "c"];
    let entries =
        concepts.iter().enumerate().map(|(index, concept)| entry(&format!("p{index}"), Level::Junior, &[concept]));
    let catalog = catalog(entries.collect());
    for seed in 0..20 {
        let queue = check(&catalog, vec![], 1, |learner| practice::queue(learner, &Filter::default(), seed));
        let mut first: Vec<&String> =
            queue[..3].iter().map(|slug| &catalog.entry(slug).expect("it is of the catalog").concepts[0]).collect();
        first.sort();
        assert_eq!(first, ["a", "b", "c"]);
    }
}

/// A beginner goes through the course; whoever knows Rust is asked about all of it.
#[test]
fn new_problems_of_who_knows_rust_come_from_all_topics() {
    let topics: Vec<Topic> = (0..6).map(|topic| Topic(format!("topic-{topic}"))).collect();
    let of = |number: usize| Entry {
        topic: topics[number / 10].clone(),
        ..entry(&format!("p{number}"), Level::Mid, &[&format!("c{number}")])
    };
    let packs = topics.iter().map(|topic| TopicPacks { topic: topic.clone(), packs: Vec::new() }).collect();
    let all = Catalog { topics: packs, ..catalog((0..60).map(of).collect()) };
    let among_ten = |level| {
        let context = ReviewContext { level, ..noon(1) };
        let log = AttemptLog::default();
        let replay = Replay::of(&all, &log, &context);
        let first = practice::queue(&replay.learner(&all, &log), &Filter::default(), 7).into_iter().take(10);
        first.map(|slug| all.entry(&slug).expect("it is there").topic.0.clone()).collect::<BTreeSet<_>>().len()
    };
    assert_eq!([None, Some(Level::Junior)].map(among_ten), [1, 1]);
    assert!(among_ten(Some(Level::Mid)) >= 4, "{}", among_ten(Some(Level::Mid)));
}

/// A course of 240 problems, 60 a level, with a concept each.
fn course() -> Catalog {
    let level = |index: usize| Level::ALL[index / 60];
    catalog((0..240).map(|index| entry(&format!("p{index}"), level(index), &[&format!("c{index}")])).collect())
}

/// Learners of every ability answer the new problems that they are given; most of them right, and not all.
#[test]
fn new_problems_are_answered_right_about_70_to_85_per_cent_of_the_time() {
    let catalog = course();
    for ability in [0.0_f32, 0.5, 1.0, 2.0, 3.0] {
        let (mut shares, learners) = (0.0, 10);
        for learner in 0..learners {
            shares += share_of_right(&catalog, ability, learner);
        }
        let share = shares / learners as f32;
        println!("ability {ability}: {share:.2} right");
        assert!((0.68..0.87).contains(&share), "a learner of ability {ability} was right {share:.2} of the time");
    }
}

fn share_of_right(catalog: &Catalog, ability: f32, learner: u64) -> f32 {
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut right = 0;
    for question in 0..50_u64 {
        let log: AttemptLog = attempts.iter().cloned().collect();
        let context = noon(1 + question);
        let replay = Replay::of(catalog, &log, &context);
        let replayed = replay.learner(catalog, &log);
        let problem = practice::plan(&replayed, &Filter::default(), question).new[0];
        let entry: &Entry = replayed.entry(problem);
        let chance = 1.0 / (1.0 + (entry.level as u32 as f32 - 1.0 - ability).exp());
        let luck = (seed_of("luck", learner * 1000 + question) >> 40) as f32 / (1 << 24) as f32;
        let mark = if luck < chance { Mark::Right } else { Mark::Wrong };
        attempts.push(on_day(1 + question, &entry.slug.0, mark, None));
        // The first ones find out what the learner can do.
        right += usize::from(question >= 20 && mark == Mark::Right);
    }
    right as f32 / 30.0
}

#[test]
fn today_counts_what_there_is_to_do() {
    let catalog = unlike(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]);
    let none = check(&catalog, vec![], 10, practice::today);
    assert_eq!((none.due.len(), none.new.len(), none.never, none.minutes, none.streak), (0, 6, 10, 18, 0));

    let certain = on_day(9, "b", Mark::Wrong, Some(Confidence::Certain));
    let attempts = vec![right(1, "a"), certain, right(10, "c"), right(10, "gone")];
    let today = check(&catalog, attempts.clone(), 10, practice::today);
    assert_eq!(today.due, ["b", "a"].map(slug));
    assert_eq!((today.new.len(), today.never, today.confident_misses), (5, 7, 1), "one new one was met today");
    assert_eq!((today.answered, today.streak), (2, 2), "a day counts whatever became of its problem");
    assert_eq!((today.forecast[0], today.forecast.iter().sum::<u32>()), (2, 3));

    let yesterday = check(&catalog, attempts, 11, practice::today);
    assert_eq!((yesterday.answered, yesterday.streak), (0, 2), "the day is not over");
}

#[test]
fn todays_queue_is_what_today_says() {
    let catalog = unlike(&["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
    let ask = |attempts| {
        check(&catalog, attempts, 10, |learner| (practice::todays_queue(learner, 1), practice::today(learner)))
    };
    let (queue, today) = ask(vec![right(1, "a")]);
    assert_eq!(queue.len(), today.due.len() + today.new.len());
    let met = ["a", "b", "c", "d", "e", "f"].map(|name| right(10, name)).to_vec();
    let (queue, today) = ask(met);
    assert_eq!((today.due.len(), today.new.len()), (0, 0));
    assert_eq!(queue.len(), 9, "whoever wants more gets more");
    assert!(["g", "h", "i"].map(slug).contains(&queue[0]), "and new ones first: {queue:?}");
}

#[test]
fn stand_ins_take_their_room_from_the_new_problems_of_a_day() {
    let due: Vec<String> = (0..4).map(|index| format!("due-{index}")).collect();
    let mut entries: Vec<Entry> = Vec::new();
    for name in &due {
        entries.push(entry(name, Level::Junior, &[name]));
        entries.push(entry(&format!("sibling-of-{name}"), Level::Junior, &[name]));
    }
    let met: Vec<String> = (0..5).map(|index| format!("met-{index}")).collect();
    entries.extend(met.iter().map(|name| entry(name, Level::Junior, &[name])));
    entries.push(entry("other", Level::Junior, &["other"]));
    let attempts = due.iter().map(|name| right(1, name)).chain(met.iter().map(|name| right(10, name)));
    let queue = check(&catalog(entries), attempts.collect(), 10, |learner| practice::todays_queue(learner, 1));
    let new = queue.iter().filter(|slug| slug.0.starts_with("sibling") || slug.0.starts_with("other")).count();
    assert_eq!((queue.len(), new), (4, 1), "five of six were met today: {queue:?}");
}

#[test]
fn ten_minutes_are_ten_minutes_but_never_nothing() {
    let catalog = unlike(&["a", "b", "c", "d", "e", "f", "g"]);
    let queue: Vec<Slug> = catalog.problems.iter().map(|entry| entry.slug.clone()).collect();
    let fitting = |attempts, queue: &[Slug], minutes| {
        check(&catalog, attempts, 10, |learner| practice::fitting(learner, queue, minutes).len())
    };
    assert_eq!(fitting(vec![], &queue, 10), 3);
    assert_eq!(fitting(vec![], &queue, 7), 2);
    assert_eq!(fitting(vec![], &queue, 1), 1);
    assert_eq!(fitting(vec![], &[], 10), 0);
    let fast = |days: u64| (1..=days).map(|day| Attempt { elapsed_ms: 90_000, ..right(day, "a") }).collect::<Vec<_>>();
    assert_eq!(fitting(fast(1), &queue, 10), 3, "one answer says nothing of a pace");
    assert_eq!(fitting(fast(10), &queue, 10), 6, "at half the time");
}

/// Ten times as many problems, with ten times as many concepts, take ten times as long to put in order.
#[test]
fn a_queue_takes_its_time_in_proportion() {
    let name = |problem: usize| format!("p{problem}");
    let catalog_of = |count: usize| {
        let of_concept = |problem: usize| entry(&name(problem), Level::Mid, &[&format!("c{}", problem / 10)]);
        catalog((0..count).map(of_concept).collect())
    };
    let most = 6000;
    let [few, many] = [most / 10, most].map(catalog_of);
    // A third each is due, new, and not due yet.
    let attempts =
        (0..most).filter(|problem| problem % 3 > 0).map(|problem| right(8 * (problem as u64 % 3), &name(problem)));
    let (log, context): (AttemptLog, _) = (attempts.collect(), noon(20));
    let replays = [&few, &many].map(|catalog| (catalog, Replay::of(catalog, &log, &context)));
    let [few, many] = replays.each_ref().map(|(catalog, replay)| replay.learner(catalog, &log));
    let learner = |count| if count == most { &many } else { &few };
    check_proportion("a queue", most, |count| practice::queue(learner(count), &Filter::default(), 1));
    check_proportion("today", most, |count| practice::today(learner(count)));
}

proptest! {
    /// Whatever was answered: each problem at most once, and no two neighbours on a concept while others are left.
    #[test]
    fn neighbours_do_not_share_a_concept_if_that_can_be_avoided(
        concepts in prop::collection::vec(0..4_u32, 1..12),
        answered in prop::collection::vec((0..12_usize, 0..20_u64, any::<bool>()), 0..30),
        seed in any::<u64>(),
    ) {
        let name = |index: usize| format!("p{index}");
        let entries = concepts.iter().enumerate().map(|(index, concept)| entry(&name(index), Level::Mid, &[&concept.to_string()]));
        let catalog = catalog(entries.collect());
        let attempts = answered.into_iter().map(|(index, day, is_right)| if is_right { right(day, &name(index)) } else { wrong(day, &name(index)) });
        let queue = check(&catalog, attempts.collect(), 20, |learner| practice::queue(learner, &Filter::default(), seed));
        let mut once = queue.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), queue.len());
        let concept = |slug: &Slug| catalog.entry(slug).expect("it is of the catalog").concepts[0].clone();
        for place in 1..queue.len() {
            if concept(&queue[place - 1]) == concept(&queue[place]) {
                let rest = queue[place..].iter().map(&concept);
                prop_assert!(rest.into_iter().all(|other| other == concept(&queue[place])), "{:?}", queue);
            }
        }
    }
}

/// Who answers problems one by one is led to those that were never answered, and to programs to write from one only.
#[test]
fn what_follows_by_itself_is_new_where_there_is_something_new() {
    let long = |name: &str| Entry { kind: Kind::Write, ..entry(name, Level::Junior, &["w"]) };
    let of = |names: &[&str]| names.iter().map(|name| entry(name, Level::Junior, &[*name])).collect::<Vec<_>>();
    let catalog = catalog([of(&["a", "b", "c"]), vec![long("x")], of(&["d"]), vec![long("y")]].concat());
    let next = |answered: &[&str], from: &str| {
        let attempts = answered.iter().map(|name| right(1, name)).collect();
        let place = check(&catalog, attempts, 10, |learner| practice::next_by_itself(learner, &slug(from)));
        place.and_then(|place| catalog.problems.get(place)).map(|entry| entry.slug.to_string())
    };
    let found = |name: &str| Some(name.to_owned());
    assert_eq!(next(&["a"], "a"), found("b"));
    assert_eq!(next(&["a", "b"], "a"), found("c"), "b was answered");
    assert_eq!(next(&["b", "c", "d"], "d"), found("a"), "from the beginning again");
    assert_eq!(next(&["a", "b", "c", "d"], "b"), found("c"), "all were answered");
    assert_eq!(next(&["a", "b", "c", "d"], "d"), None, "the last one");
    assert_eq!((next(&[], "c"), next(&[], "x")), (found("d"), found("y")), "programs follow programs");
    assert_eq!(next(&[], "gone"), None);
}

/// Three problems to write, of which one is due and one is not due yet, among others on the same concepts.
fn with_programs() -> (Catalog, Vec<Attempt>) {
    let long = |name: &str, concept: &str| Entry { kind: Kind::Write, ..entry(name, Level::Junior, &[concept]) };
    let short = |name: &str, concept: &str| entry(name, Level::Junior, &[concept]);
    let catalog = catalog(vec![
        long("write-due", "a"),
        long("write-new", "b"),
        long("write-ahead", "c"),
        short("due", "b"),
        short("new", "d"),
        short("ahead", "e"),
    ]);
    (catalog, vec![wrong(1, "write-due"), right(2, "due"), right(9, "write-ahead"), right(9, "ahead")])
}

#[test]
fn a_program_to_write_is_given_to_nobody_unasked_and_reviewed_last() {
    let (catalog, attempts) = with_programs();
    let names = |queue: Vec<Slug>| queue.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(queue(&catalog, attempts.clone(), 10)), ["due", "new", "write-due", "ahead"]);
    let todays = check(&catalog, attempts.clone(), 10, |learner| practice::todays_queue(learner, 1));
    assert_eq!(names(todays), ["due", "new", "write-due"]);
    let today = check(&catalog, attempts, 10, practice::today);
    assert_eq!((today.due.len(), names(today.new), today.never), (2, vec!["new".to_owned()], 1));
}

#[test]
fn programs_to_write_are_practised_by_who_asks_for_them() {
    let (catalog, attempts) = with_programs();
    let filter = Filter { kind: Some(Kind::Write), ..Filter::default() };
    let asked = check(&catalog, attempts, 10, |learner| practice::queue(learner, &filter, 1));
    let asked: Vec<String> = asked.iter().map(ToString::to_string).collect();
    assert_eq!(asked, ["write-due", "write-new", "write-ahead"]);
    assert_eq!(practice::count_asked(&filter, catalog.problems.iter()), (3, 0));
    assert_eq!(
        practice::count_asked(&Filter::default(), catalog.problems.iter()),
        (3, 3),
        "three programs are left out"
    );
}

#[test]
fn a_concept_of_programs_only_is_practised_by_them() {
    let (catalog, attempts) = with_programs();
    let filter = Filter { concept: Some("c".to_owned()), ..Filter::default() };
    let asked = check(&catalog, attempts, 10, |learner| practice::queue(learner, &filter, 1));
    assert_eq!(asked, [slug("write-ahead")]);
    assert_eq!(practice::count_asked(&filter, catalog.problems.iter()), (1, 0));
}

#[test]
fn questions_to_talk_about_are_asked_in_their_own_topics_and_stand_in_for_nothing() {
    let talk = |name: &str| Entry {
        kind: Kind::Discuss,
        topic: Topic("behavioural".to_owned()),
        ..entry(name, Level::Junior, &["a"])
    };
    let mut catalog = catalog(vec![talk("talk-one"), talk("talk-two"), entry("short", Level::Junior, &["a"])]);
    catalog.topics.push(TopicPacks { topic: Topic("behavioural".to_owned()), packs: Vec::new() });
    let names = |filter: Filter, attempts: Vec<Attempt>| {
        let queue = check(&catalog, attempts, 10, |learner| practice::queue(learner, &filter, 1));
        assert!(practice::count_asked(&filter, catalog.problems.iter()).0 <= queue.len());
        let mut names: Vec<String> = queue.iter().map(ToString::to_string).collect();
        names.sort();
        names
    };
    let of_topic = |name: &str| Filter { topic: Some(Topic(name.to_owned())), ..Filter::default() };
    assert_eq!(names(Filter::default(), Vec::new()), ["short"]);
    assert_eq!(names(of_topic("ownership"), Vec::new()), ["short"]);
    assert_eq!(names(of_topic("behavioural"), Vec::new()), ["talk-one", "talk-two"]);
    // It was answered right after the other one was due.
    let attempts = || vec![wrong(1, "short"), right(9, "talk-one")];
    let due = check(&catalog, attempts(), 10, practice::due);
    assert_eq!(due, [false, false, true], "an answer that nobody has proven lets nothing rest");
    let due = check(&catalog, vec![wrong(1, "talk-one"), right(9, "short")], 10, practice::due);
    assert_eq!(due, [true, false, false]);
}
