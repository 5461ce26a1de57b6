//! What is fitted is what the model's own crate fits, and it is better on answers that were not trained on.

mod common;

use std::time::Instant;

use common::{Dice, forgetful, learner};
use fsrs::{
    ComputeParametersInput, DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, compute_parameters,
    evaluate_with_time_series_splits,
};
use quiz::learner::fitting::{Fit, Task};
use quiz::learner::memory::{Rating, Review};
use trainer::{FitError, fit};

fn fitted(task: &Task) -> Fit {
    fit(task, |_| {}).expect("enough answers")
}

/// The answers on later days in the order of time, each with those before it, and their problems: written out once more.
fn items(task: &Task) -> (Vec<FSRSItem>, Vec<i64>) {
    let mut items = Vec::new();
    for (problem, history) in task.histories.iter().enumerate() {
        let mut reviews: Vec<FSRSReview> = Vec::new();
        for (index, review) in history.iter().enumerate() {
            let delta_t = if index == 0 { 0 } else { review.day - history[index - 1].day };
            reviews.push(FSRSReview { rating: review.rating.number(), delta_t });
            if delta_t > 0 {
                items.push((review.day, FSRSItem { reviews: reviews.clone() }, problem as i64));
            }
        }
    }
    items.sort_by_key(|item| item.0);
    items.into_iter().map(|(_, item, problem)| (item, problem)).unzip()
}

fn input(task: &Task) -> ComputeParametersInput {
    let (train_set, card_ids) = items(task);
    ComputeParametersInput { train_set, card_ids: Some(card_ids), ..Default::default() }
}

/// How far parameters are off on answers of their own, by the crate.
fn log_loss(parameters: &[f32], task: &Task) -> f32 {
    FSRS::new(parameters)
        .expect("the model takes it")
        .evaluate(items(task).0, |_| true)
        .expect("the model takes it")
        .log_loss
}

#[test]
fn the_parameters_are_those_of_the_crate() {
    for (reviews, per_problem) in [(400, 4), (2_000, 8), (6_000, 20)] {
        let task = learner(&forgetful(), reviews, per_problem, &mut Dice(1));
        let fit = fitted(&task);
        assert_eq!(fit.parameters, compute_parameters(input(&task)).expect("the model takes it"));
        assert_eq!(fit.reviews, reviews);
    }
}

#[test]
fn the_loss_afterwards_is_that_of_the_crate() {
    // 500 problems with six later answers each: divisible by six, so the crate cuts where we cut.
    let task = learner(&forgetful(), 3_500, 7, &mut Dice(2));
    assert_eq!(items(&task).0.len(), 3_000);
    let theirs = evaluate_with_time_series_splits(input(&task), |_| true).expect("the model takes it");
    let ours = fitted(&task).after;
    assert!((ours - theirs.log_loss).abs() < 1e-5, "{ours}, the crate says {}", theirs.log_loss);
}

#[test]
fn whoever_is_unlike_most_gets_better_parameters() {
    for (seed, reviews) in [(3, 400), (4, 1_000), (5, 5_000)] {
        let fit = fitted(&learner(&forgetful(), reviews, 5, &mut Dice(seed)));
        assert!(fit.is_better(), "{reviews} reviews: {} before, {} after", fit.before, fit.after);
        // Answers of the same learner that nobody has seen.
        let others = learner(&forgetful(), 3_000, 5, &mut Dice(seed + 100));
        let (before, after) = (log_loss(&DEFAULT_PARAMETERS, &others), log_loss(&fit.parameters, &others));
        assert!(after < before, "{reviews} reviews: {before} before, {after} after, on other answers");
    }
}

#[test]
fn whoever_is_like_most_is_told_that_there_is_nothing_to_gain() {
    let fit = fitted(&learner(&DEFAULT_PARAMETERS, 400, 5, &mut Dice(6)));
    assert!(!fit.is_better(), "{} before, {} after", fit.before, fit.after);
}

#[test]
fn the_parameters_in_use_are_what_new_ones_are_compared_with() {
    let mut task = learner(&forgetful(), 3_000, 5, &mut Dice(7));
    let against_default = fitted(&task);
    task.parameters = forgetful().to_vec();
    let against_truth = fitted(&task);
    assert!(against_truth.before < against_default.before);
    assert_eq!(against_truth.after, against_default.after);
    assert!(!against_truth.is_better(), "{against_truth:?}");
    task.parameters.clear();
    assert_eq!(fitted(&task), against_default, "none means the default ones");
}

#[test]
fn progress_rises_to_the_end() {
    let mut shares = vec![0.0];
    fit(&learner(&forgetful(), 1_000, 5, &mut Dice(8)), |share| shares.push(share)).expect("the model takes it");
    assert_eq!(shares.len(), 7);
    assert!(shares.is_sorted_by(|a, b| a < b) && shares.last() == Some(&1.0), "{shares:?}");
}

fn review(day: u32, rating: u32) -> Review {
    Review { day, rating: Rating::from_number(rating).expect("a rating is 1 to 4") }
}

fn histories(problems: usize, history: &[(u32, u32)]) -> Task {
    let reviews = |first: u32| history.iter().map(move |&(day, rating)| review(first + day, rating)).collect();
    let histories = (0..problems as u32).map(|problem| reviews(20_000 + problem / 10)).collect();
    Task { parameters: DEFAULT_PARAMETERS.to_vec(), histories }
}

#[test]
fn too_few_answers_are_refused() {
    let once = [(0, 3)];
    let same_day = [(0, 1), (0, 3), (0, 3)];
    for (task, usable) in [
        (histories(0, &[]), 0),
        (histories(5, &[]), 0),
        (histories(1, &once), 0),
        (histories(500, &once), 0),
        (histories(500, &same_day), 0),
        (histories(63, &[(0, 1), (1, 3)]), 63),
    ] {
        assert_eq!(fit(&task, |_| {}), Err(FitError::TooFew(usable)));
    }
}

#[track_caller]
fn check_sound(task: &Task) {
    let fit = fitted(task);
    assert!(fit.before.is_finite() && fit.after.is_finite(), "{fit:?}");
    assert_eq!(fit.parameters.len(), 21);
    assert!(fit.parameters.iter().all(|value| value.is_finite()), "{fit:?}");
    assert!(FSRS::new(&fit.parameters).is_ok());
}

#[test]
fn lopsided_answers_are_fitted() {
    // All right, all wrong, wrong at first, on the same day in between, hardly any two alike, all on two days.
    check_sound(&histories(200, &[(0, 3), (2, 3), (10, 3), (40, 3)]));
    check_sound(&histories(200, &[(0, 1), (1, 1), (2, 1), (3, 1)]));
    check_sound(&histories(200, &[(0, 1), (1, 4), (9, 4)]));
    check_sound(&histories(200, &[(0, 1), (0, 3), (1, 3), (1, 1), (1, 3), (4, 3)]));
    check_sound(&Task {
        histories: (0..80).map(|i| vec![review(100, 1 + i % 4), review(101 + i, 3)]).collect(),
        parameters: Vec::new(),
    });
    check_sound(&Task { histories: vec![vec![review(0, 3), review(4_000_000_000, 3)]; 100], parameters: Vec::new() });
}

#[test]
fn parameters_that_are_none_are_refused() {
    let mut task = histories(100, &[(0, 3), (2, 3)]);
    task.parameters = vec![1.0; 4];
    assert!(matches!(fit(&task, |_| {}), Err(FitError::Refused(_))));
}

#[test]
fn a_clock_that_went_back_does_no_harm() {
    check_sound(&histories(200, &[(10, 3), (2, 1), (7, 3), (20, 3)]));
}

#[test]
fn much_is_fitted_without_much_memory_or_time() {
    let start = Instant::now();
    check_sound(&learner(&forgetful(), 20_000, 40, &mut Dice(9)));
    // One problem over and over: of every answer's history there is a copy.
    let over_and_over: Vec<(u32, u32)> = (0..100_000).map(|day| (day, 3)).collect();
    check_sound(&histories(1, &over_and_over));
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}
