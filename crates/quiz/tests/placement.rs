//! A placement asks ten short questions, each where it tells most, and finds a level.

use std::collections::BTreeSet;

use crate::common::{catalog, entry, noon, slug};
use quiz::attempt::{Attempt, AttemptId};
use quiz::catalog::{Catalog, Entry, TopicPacks};
use quiz::grading::Mark;
use quiz::json;
use quiz::learner::{Learner, Replay};
use quiz::log::AttemptLog;
use quiz::placement::{self, Placement, QUESTIONS, most_minutes};
use quiz::practice;
use quiz::problem::{Kind, Level, Slug, Topic};

const TODAY: u64 = 20;

/// So many topics with two problems of each level, one of them too long for a placement.
fn course(topics: usize) -> Catalog {
    let of_topic = |number: usize| {
        let of_level = move |level: Level| {
            let named = |name: &str, minutes| {
                let name = format!("{name}-{}-{number}", level.name());
                Entry { topic: topic(number), minutes, ..entry(&name, level, &[]) }
            };
            [named("short", most_minutes(level)), named("long", most_minutes(level) + 1)]
        };
        Level::ALL.into_iter().flat_map(of_level)
    };
    let problems: Vec<Entry> = (0..topics).flat_map(of_topic).collect();
    let packs = |number| TopicPacks { topic: topic(number), packs: Vec::new() };
    Catalog { topics: (0..topics).map(packs).collect(), ..catalog(problems) }
}

fn topic(number: usize) -> Topic {
    Topic(format!("topic-{number}"))
}

fn with_learner<R>(catalog: &Catalog, log: &AttemptLog, ask: impl FnOnce(&Learner<'_>) -> R) -> R {
    ask(&Replay::of(catalog, log, &noon(TODAY)).learner(catalog, log))
}

/// Plays a whole placement with a learner who answers so.
fn played(catalog: &Catalog, seed: u64, answers: impl Fn(&Entry) -> Mark) -> (Placement, AttemptLog) {
    let mut log = AttemptLog::default();
    let next = |log: &AttemptLog, placement: &Placement| {
        with_learner(catalog, log, |learner| placement::next(learner, placement, seed))
    };
    let mut placement = Placement::default().with_next(next(&log, &Placement::default()));
    while let Some(current) = placement.current().cloned() {
        let at = TODAY * crate::common::DAY + placement.asked.len() as u64;
        let mark = answers(catalog.entry(&current).expect("only problems of the catalog are asked"));
        let attempt = Attempt { id: AttemptId::new(at, 1), ..crate::common::attempt(at, &current.0, mark) };
        log.insert(attempt.clone());
        let next = next(&log, &placement);
        placement.advance(Some(attempt.id), next);
    }
    (placement, log)
}

/// The level that is found for a learner who knows everything up to a level, and nothing beyond.
fn found(knows: Option<Level>, seed: u64) -> Option<Level> {
    let catalog = course(12);
    let answers =
        |entry: &Entry| if knows.is_some_and(|known| entry.level <= known) { Mark::Right } else { Mark::Wrong };
    let (placement, log) = played(&catalog, seed, answers);
    with_learner(&catalog, &log, |learner| placement.result(learner, &log).level)
}

/// The level that these answers find.
fn placed(answers: &[(Level, Mark)]) -> Option<Level> {
    let catalog = course(12);
    let (mut log, mut placement) = (AttemptLog::default(), Placement::default());
    for (number, (level, mark)) in answers.iter().enumerate() {
        let of_topic = |entry: &&Entry| entry.level == *level && entry.topic == topic(number);
        let entry = catalog.problems.iter().find(of_topic).expect("each topic has all levels");
        let at = TODAY * crate::common::DAY + number as u64;
        let attempt = Attempt { id: AttemptId::new(at, 1), ..crate::common::attempt(at, &entry.slug.0, *mark) };
        placement.asked.push(placement::Asked { slug: entry.slug.clone(), attempt: Some(attempt.id) });
        log.insert(attempt);
    }
    with_learner(&catalog, &log, |learner| placement.result(learner, &log).level)
}

/// Who is right clearly more often than not at a level practises at it, and who is right every other time one below; in whatever order
/// the answers came.
#[test]
fn the_level_is_that_of_all_answers_together() {
    let (right, wrong) = (Mark::Right, Mark::Wrong);
    let mut answers =
        [[(Level::Mid, right); 4].as_slice(), &[(Level::Mid, wrong)], &[(Level::Senior, wrong); 4]].concat();
    answers.push((Level::Senior, right));
    assert_eq!(placed(&answers), Some(Level::Mid), "one of five senior questions makes no senior");
    answers.reverse();
    assert_eq!(placed(&answers), Some(Level::Mid));
    let half = [(Level::Senior, right), (Level::Senior, wrong)].repeat(5);
    assert_eq!(placed(&half), Some(Level::Mid), "half of it is not enough to be asked nothing easier");
    let most = [[(Level::Senior, right); 7].as_slice(), &[(Level::Senior, wrong); 3]].concat();
    assert_eq!(placed(&most), Some(Level::Senior));
    let mid = |count| [vec![(Level::Mid, right); count], vec![(Level::Mid, wrong); 10 - count]].concat();
    assert_eq!([5, 6].map(|count| placed(&mid(count))), [Some(Level::Junior), Some(Level::Mid)]);
    assert_eq!(placed(&[(Level::Junior, wrong); 3]), Some(Level::Junior));
}

/// Nobody is told a level at which they were not asked, or knew next to nothing.
#[test]
fn a_level_is_shown_and_not_foretold() {
    assert_eq!(placed(&[(Level::Senior, Mark::Right); 8]), Some(Level::Senior), "no question was for staff");
    let junior_and_mid = [[(Level::Junior, Mark::Right); 3], [(Level::Mid, Mark::Right); 3]].concat();
    let lucky = [
        junior_and_mid,
        vec![(Level::Senior, Mark::Right), (Level::Senior, Mark::Wrong), (Level::Senior, Mark::Wrong)],
    ];
    assert_eq!(placed(&lucky.concat()), Some(Level::Mid), "one of three is not the level");
}

#[test]
fn who_knows_more_is_placed_higher() {
    for seed in 0..20 {
        assert_eq!(found(None, seed), Some(Level::Junior));
        assert_eq!(found(Some(Level::Staff), seed), Some(Level::Staff));
        let levels = [None, Some(Level::Junior), Some(Level::Mid), Some(Level::Senior)].map(|knows| found(knows, seed));
        assert!(levels.is_sorted(), "{levels:?}");
        assert!(levels[1] < levels[3], "{levels:?}");
    }
}

#[test]
fn ten_short_questions_each_of_another_topic() {
    let catalog = course(12);
    let (placement, _) = played(&catalog, 7, |_| Mark::Right);
    assert_eq!(placement.asked.len(), QUESTIONS);
    let entries: Vec<&Entry> = placement.asked.iter().filter_map(|asked| catalog.entry(&asked.slug)).collect();
    assert!(entries.iter().all(|entry| entry.minutes <= most_minutes(entry.level)));
    let mut topics: Vec<&Topic> = entries.iter().map(|entry| &entry.topic).collect();
    topics.sort_by(|one, other| one.0.cmp(&other.0));
    topics.dedup();
    assert_eq!(topics.len(), QUESTIONS);
}

#[test]
fn questions_get_harder_with_right_answers_and_easier_with_wrong_ones() {
    let catalog = course(12);
    let levels = |mark| -> Vec<Level> {
        let (placement, _) = played(&catalog, 3, |_| mark);
        placement.asked.iter().filter_map(|asked| Some(catalog.entry(&asked.slug)?.level)).collect()
    };
    let (up, down) = (levels(Mark::Right), levels(Mark::Wrong));
    assert!(up.is_sorted() && up.first() < up.last(), "{up:?}");
    assert!(down.is_sorted_by(|one, next| one >= next) && down.first() > down.last(), "{down:?}");
}

/// Rust is not met by its rarest parts.
#[test]
fn the_first_questions_are_from_the_first_half_of_the_course() {
    let catalog = course(12);
    for seed in 0..20 {
        let (placement, _) = played(&catalog, seed, |_| Mark::Right);
        let asked = placement.asked.iter().filter_map(|asked| catalog.entry(&asked.slug));
        let places: Vec<usize> =
            asked.filter_map(|entry| catalog.topics.iter().position(|pack| pack.topic == entry.topic)).collect();
        assert!(places[..3].iter().all(|place| *place < 6), "{places:?}");
        assert!(places[3..].iter().any(|place| *place >= 6), "{places:?}");
    }
}

#[test]
fn it_ends_where_nothing_short_is_left() {
    let catalog = course(1);
    let (placement, log) = played(&catalog, 1, |_| Mark::Wrong);
    assert_eq!(placement.asked.len(), 4, "one short problem of each level");
    let placed = with_learner(&catalog, &log, |learner| placement.result(learner, &log));
    assert_eq!((placed.answered, placed.right, placed.missed), (4, 0, vec![topic(0)]));
    let empty = played(&Catalog::default(), 1, |_| Mark::Right).0;
    assert!(empty.asked.is_empty() && empty.current().is_none());
}

#[test]
fn it_can_be_left_and_says_a_level_only_after_a_few_answers() {
    let catalog = course(5);
    let left_after = |answers: usize| {
        let (mut placement, log) = played(&catalog, 1, |_| Mark::Right);
        placement.asked.truncate(answers);
        placement = placement.with_next(Some(slug("short-mid-4")));
        placement.advance(None, Some(slug("short-junior-4")));
        assert_eq!(placement.current(), None, "who leaves is asked nothing more");
        with_learner(&catalog, &log, |learner| placement.result(learner, &log))
    };
    assert_eq!(left_after(0).level, None);
    assert_eq!(left_after(2).level, None);
    assert_eq!((left_after(3).answered, left_after(3).level.is_some()), (3, true));
}

#[test]
fn an_answer_that_was_taken_back_does_not_count() {
    let catalog = course(5);
    let (placement, mut log) = played(&catalog, 1, |_| Mark::Wrong);
    let before = with_learner(&catalog, &log, |learner| placement.result(learner, &log));
    let of = placement.asked[0].attempt.expect("it was answered");
    log.insert(quiz::attempt::Undo { id: AttemptId::new(of.time + 1000, 2), undone_at_ms: of.time + 1000, of });
    let after = with_learner(&catalog, &log, |learner| placement.result(learner, &log));
    assert_eq!(after.answered + 1, before.answered);
}

#[test]
fn a_reload_loses_nothing() {
    let (placement, _) = played(&course(5), 2, |_| Mark::Partly);
    let text = serde_json::to_string(&placement).expect("it is written");
    assert_eq!(json::read::<Placement>(&text).ok(), Some(placement));
    for hostile in ["", "null", "[]", "{\"asked\":[{}],\"is_ended\":1}", "{\"asked\":7}"] {
        assert!(json::read::<Placement>(hostile).is_err(), "{hostile:?}");
    }
}

#[test]
fn nobody_writes_a_program_to_find_their_level() {
    let short = |name: &str, kind| Entry { kind, minutes: 1, ..entry(name, Level::Junior, &[]) };
    let catalog = catalog(vec![short("write", Kind::Write), short("choose", Kind::Choice)]);
    let (placement, _) = played(&catalog, 1, |_| Mark::Right);
    let asked: Vec<String> = placement.asked.iter().map(|asked| asked.slug.to_string()).collect();
    assert_eq!(asked, ["choose"]);
}

/// What was missed comes first, each topic by turns, and no more than a day has; a topic that has too little left is made up for by the
/// others, and who missed nothing gets what the day has.
#[test]
fn the_first_session_asks_what_was_missed() {
    let catalog = course(12);
    let (log, seed) = (AttemptLog::default(), practice::seed_of(TODAY as u32));
    let topic_of = |slug: &Slug| catalog.entry(slug).expect("only problems of the catalog are asked").topic.clone();
    with_learner(&catalog, &log, |learner| {
        let of_today = practice::todays_queue(learner, seed);
        assert!(of_today.len() > 4, "a day has only {}", of_today.len());
        for missed in [vec![topic(7)], vec![topic(3), topic(9)], (0..12).map(topic).collect()] {
            let queue = placement::first_queue(learner, &missed);
            let topics: Vec<Topic> = queue.iter().map(topic_of).collect();
            assert_eq!(queue.len(), of_today.len(), "after {missed:?}");
            assert_eq!(topics, missed.iter().cycle().take(queue.len()).cloned().collect::<Vec<_>>());
            let distinct: BTreeSet<&Slug> = queue.iter().collect();
            assert_eq!(distinct.len(), queue.len(), "something is asked twice after {missed:?}");
        }
        assert_eq!(placement::first_queue(learner, &[]), of_today);
        assert_eq!(placement::first_queue(learner, &[Topic("of no release".to_owned())]), of_today);
    });
}

/// As long as a day has more questions than a topic, the other topics fill the rest.
#[test]
fn a_topic_that_runs_out_leaves_its_turns_to_the_others() {
    let mut left = 1;
    let stays = |entry: &&Entry| entry.topic != topic(3) || std::mem::take(&mut left) == 1;
    let catalog = catalog(course(12).problems.iter().filter(stays).cloned().collect());
    with_learner(&catalog, &AttemptLog::default(), |learner| {
        let queue = placement::first_queue(learner, &[topic(3), topic(9)]);
        let of_third = queue.iter().filter(|slug| catalog.entry(slug).is_some_and(|entry| entry.topic == topic(3)));
        assert_eq!(of_third.count(), 1);
        assert_eq!(queue.len(), practice::todays_queue(learner, practice::seed_of(TODAY as u32)).len());
    });
}
