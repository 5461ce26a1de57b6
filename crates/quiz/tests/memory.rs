//! The memory model is FSRS-6 as its authors publish it, and its state is what the attempts make it.

use crate::common::{DAY, attempt, catalog, entry, noon, on_day};
use quiz::attempt::{Attempt, Confidence};
use quiz::grading::Mark;
use quiz::learner::calendar::{self, Calendar, Date, DateOrder};
use quiz::learner::memory::{self, Card, RETENTION, Rating, Review, Scheduler};
use quiz::learner::{Replay, card_of};
use quiz::log::AttemptLog;
use quiz::problem::Level;

fn reviews(ratings: &[(u32, u32)]) -> Vec<Review> {
    let mut day = 100;
    let review = |(rating, days): &(u32, u32)| {
        day += days;
        Review { day, rating: Rating::from_number(*rating).expect("a rating is 1 to 4") }
    };
    ratings.iter().map(review).collect()
}

fn check_state(scheduler: &Scheduler, ratings: &[(u32, u32)], stability: f32, difficulty: f32) -> Card {
    let card = scheduler.card(reviews(ratings));
    let (own_stability, own_difficulty) = (card.stability().expect("answered"), card.difficulty().expect("answered"));
    assert!((own_stability - stability).abs() < 1e-4, "stability {own_stability}, published is {stability}");
    assert!((own_difficulty - difficulty).abs() < 1e-4, "difficulty {own_difficulty}, published is {difficulty}");
    card
}

/// The values that the documentation of `fsrs` 6.6 gives for the first answer (`FSRS::next_states`).
#[test]
fn the_first_answer_gives_the_published_states() {
    let scheduler = Scheduler::new(&[], RETENTION);
    for (rating, stability, difficulty, days) in
        [(1, 0.212, 6.4133, 1), (2, 1.2931, 5.112_170_7, 1), (3, 2.3065, 2.118_104, 2), (4, 8.2956, 1.0, 8)]
    {
        let card = check_state(&scheduler, &[(rating, 0)], stability, difficulty);
        assert_eq!(card.due, Some(100 + days));
    }
}

/// The values of its test `test_memory_state`, with the default parameters and without those for the same day.
#[test]
fn a_history_gives_the_published_states() {
    let history = [(1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)];
    check_state(&Scheduler::new(&[], RETENTION), &history, 53.626_91, 6.357_486_7);
    let mut without = fsrs::DEFAULT_PARAMETERS;
    without[17..20].fill(0.0);
    check_state(&Scheduler::new(&without, RETENTION), &history, 53.335_106, 6.357_486_7);
}

/// The values of its test `test_next_interval`, where the bounds of the setting allow them.
#[test]
fn intervals_are_the_published_ones() {
    for (retention, days) in [(0.8, 3), (0.9, 1)] {
        assert_eq!(Scheduler::new(&[], retention).interval(1.0), days);
    }
    assert_eq!(Scheduler::new(&[], 0.1).interval(1.0), 3, "0.8 is the least");
    let interval = |retention| Scheduler::new(&[], retention).interval(100.0);
    assert_eq!(interval(0.9), 100);
    assert!(interval(0.8) > interval(0.9) && interval(0.9) > interval(0.97));
}

#[test]
fn recall_is_nine_tenths_when_the_stability_is_over() {
    let scheduler = Scheduler::new(&[], RETENTION);
    let card = scheduler.card(reviews(&[(4, 0), (3, 8)]));
    let stability = card.stability().expect("answered");
    let recall = |days: u32| card.recall(&scheduler, 108 + days).expect("answered");
    assert!((recall(stability.round() as u32) - 0.9).abs() < 0.01);
    assert!(recall(0) == 1.0 && recall(10) > recall(20));
    assert_eq!(card.recall(&scheduler, 99), None, "before the first answer");
    let first = scheduler.card(reviews(&[(4, 0)]));
    assert_eq!(card.recall(&scheduler, 105), first.recall(&scheduler, 105), "as it was known then");
}

#[test]
fn parameters_that_are_none_mean_the_default_ones() {
    let due = |parameters: &[f32]| Scheduler::new(parameters, RETENTION).card(reviews(&[(3, 0), (3, 2)])).due;
    assert_eq!(due(&[1.0, 2.0]), due(&[]));
    assert_eq!(due(&[f32::NAN; 21]), due(&[]));
    let mut slow = fsrs::DEFAULT_PARAMETERS;
    slow[2] = 20.0;
    assert_ne!(due(&slow), due(&[]));
}

#[test]
fn grades_follow_mark_and_confidence() {
    let check = |mark, confidence, hints, rating| {
        let attempt = Attempt { confidence, hints, ..attempt(1, "a", mark) };
        assert_eq!(memory::rating(&attempt), rating, "{mark:?} {confidence:?}, {hints} hints");
    };
    check(Mark::Wrong, Some(Confidence::Certain), 0, Rating::Again);
    check(Mark::Partly, None, 0, Rating::Again);
    check(Mark::Right, Some(Confidence::Guess), 0, Rating::Hard);
    check(Mark::Right, Some(Confidence::FairlySure), 0, Rating::Good);
    check(Mark::Right, None, 0, Rating::Good);
    check(Mark::Right, Some(Confidence::Certain), 0, Rating::Easy);
    check(Mark::Right, Some(Confidence::Certain), 1, Rating::Hard);
}

fn due_of(attempts: Vec<Attempt>) -> Option<u32> {
    let catalog = catalog(vec![entry("a", Level::Junior, &["move"])]);
    let log: AttemptLog = attempts.into_iter().collect();
    let due = Replay::of(&catalog, &log, &noon(40)).learner(&catalog, &log).cards[0].due;
    assert_eq!(card_of(&log, &crate::common::slug("a"), 1, &noon(40)).due, due, "by itself it is the same");
    due
}

#[test]
fn only_attempts_that_count_are_replayed() {
    let right = on_day(10, "a", Mark::Right, None);
    let due = due_of(vec![right.clone()]);
    assert_eq!(due, Some(12));
    let second_try = Attempt { try_number: 2, ..on_day(11, "a", Mark::Wrong, None) };
    let other_problem = on_day(11, "b", Mark::Wrong, None);
    assert_eq!(due_of(vec![right.clone(), second_try, other_problem]), due);
    let old = Attempt { revision: 0, ..right.clone() };
    assert_eq!(due_of(vec![old]), None, "it asked something else");
    assert!(due_of(vec![right, on_day(12, "a", Mark::Right, None)]) > due);
}

#[test]
fn a_clock_that_was_set_back_does_no_harm() {
    let mut earlier = on_day(8, "a", Mark::Right, None);
    earlier.id = quiz::attempt::AttemptId::new(20 * DAY, 1);
    let due = due_of(vec![on_day(10, "a", Mark::Right, None), earlier]);
    assert!(due > Some(10), "{due:?}");
    assert_eq!(due_of(vec![on_day(41, "a", Mark::Right, None)]), Some(42), "of tomorrow counts for today");
    assert_eq!(due_of(vec![on_day(4000, "a", Mark::Right, None)]), None, "its day has not come");
}

#[test]
fn days_begin_at_the_learners_midnight() {
    let hour = DAY as i64 / 24;
    assert_eq!(Calendar::default().day(DAY - 1), 0);
    assert_eq!(Calendar { offset: hour }.day(DAY - 1), 1);
    assert_eq!(Calendar { offset: -5 * hour }.day(DAY + 1), 0);
    assert_eq!(Calendar { offset: -5 * hour }.day(0), 0, "there is no day before the first");
    assert_eq!(Calendar { offset: i64::MAX }.day(u64::MAX), u32::MAX, "nor one behind the last");
    let in_nanoseconds = 1_732_250_000_049_000_000;
    assert_eq!(Calendar::default().counted_day(in_nanoseconds, 20_000), None);
}

#[test]
fn days_have_dates() {
    let check = |day, year, month, of_month, weekday| {
        assert_eq!(calendar::date(day), Date { year, month, day: of_month }, "day {day}");
        assert_eq!(calendar::weekday(day), weekday, "day {day}");
    };
    check(0, 1970, 1, 1, 3);
    check(59, 1970, 3, 1, 6);
    check(11_016, 2000, 2, 29, 1);
    check(11_017, 2000, 3, 1, 2);
    check(20_781, 2026, 11, 24, 1);
    check(47_540, 2100, 2, 28, 6);
    check(47_541, 2100, 3, 1, 0);
}

#[test]
fn days_are_written_in_the_order_of_the_region() {
    let today = 20_781;
    for region in ["GB", "DE", "IN", "AU"] {
        let order = DateOrder::in_region(Some(region));
        assert_eq!(order.short(today, today), "24 Nov", "{region}");
        assert_eq!(order.short(11_016, today), "29 Feb 2000", "{region}");
        assert_eq!(order.whole(today), "Tuesday 24 November", "{region}");
    }
    for region in [None, Some("US"), Some("us"), Some("CA")] {
        let order = DateOrder::in_region(region);
        assert_eq!(order.short(today, today), "Nov 24", "{region:?}");
        assert_eq!(order.short(11_016, today), "Feb 29, 2000", "{region:?}");
        assert_eq!(order.whole(today), "Tuesday, November 24", "{region:?}");
    }
    let months: Vec<String> = (0..12).map(|month| DateOrder::Day.short(15 + 31 * month, 0)).collect();
    assert!(months[0].ends_with(" Jan") && months[11].ends_with(" Dec"), "{months:?}");
    assert_eq!(DateOrder::Day.whole(47_541), "Monday 1 March");
    assert_eq!([0, 1, 2].map(calendar::ahead), ["today", "tomorrow", "in 2 days"]);
}
