//! Fitting the memory model to a learner, by the model's own crate.
//!
//! It is a wasm file of its own, because only few learners ask for it and the app would be a sixth larger with it. This
//! part is pure: it knows no worker and no page, and the tests run it natively.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use fsrs::{
    ComputeParametersInput, DEFAULT_PARAMETERS, FSRS, FSRSError, FSRSItem, FSRSReview, MemoryState,
    check_and_fill_parameters, compute_parameters, current_retrievability,
};
use quiz::learner::calendar::Day;
use quiz::learner::fitting::{Fit, Task};
use quiz::learner::memory::{Rating, Review};

/// In how many parts, of equally many answers, the time is cut: each but the first is foretold from those before it.
const PARTS: usize = 6;
/// With fewer answers the crate trains nothing.
const LEAST_ANSWERS: usize = 64;
/// Of longer histories the crate trains on nothing that follows, and every answer carries all that came before it.
const LONGEST_HISTORY: usize = 256;
/// What happened cannot have been less probable than this: a model that was quite sure is not off without end.
const LEAST_CHANCE: f64 = 1e-6;

/// Why nothing was fitted, in words for the learner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// Only an answer on a later day than the one before it says something about memory.
    #[error("Only {0} of your answers were given on a later day than the answer before. It takes {LEAST_ANSWERS}.")]
    TooFew(usize),
    /// The crate refused.
    #[error("The memory model could not be fitted: {0}.")]
    Refused(String),
}

impl From<FSRSError> for FitError {
    fn from(error: FSRSError) -> FitError {
        FitError::Refused(error.to_string())
    }
}

/// Fits the model to all answers, and measures what that is worth: on answers that the training has not seen.
///
/// As in [`fsrs::evaluate_with_time_series_splits`], which needs threads, the answers are cut into six parts by time; the
/// model is trained on the first, the first two… and foretells the next. `progress` is told the share that is done.
///
/// # Errors
/// When there are too few answers, or they are none that the model knows.
pub fn fit(task: &Task, mut progress: impl FnMut(f32)) -> Result<Fit, FitError> {
    let answers = Answers::of(&task.histories);
    let count = answers.order.len();
    if count < LEAST_ANSWERS {
        return Err(FitError::TooFew(count));
    }
    let present = Model::new(&task.parameters)?;
    let ends: Vec<usize> = (1..=PARTS).map(|part| count * part / PARTS).collect();
    let work: usize = ends.iter().sum();
    let mut done = 0;
    let (mut before, mut after) = (0.0, 0.0);
    for part in ends.windows(2) {
        let (known, unknown) = (0..part[0], part[0]..part[1]);
        let trained = Model::new(&answers.train_or_default(known)?)?;
        let share = unknown.len() as f32 / (count - ends[0]) as f32;
        before += share * answers.log_loss(&present, unknown.clone())?;
        after += share * answers.log_loss(&trained, unknown)?;
        done += part[0];
        progress(done as f32 / work as f32);
    }
    let parameters = answers.train(0..count)?;
    progress(1.0);
    let reviews = task.histories.iter().map(Vec::len).sum();
    Ok(Fit { reviews, before, after, parameters })
}

/// The answers that say something about memory, in the order of time.
struct Answers<'a> {
    histories: &'a [Vec<Review>],
    order: Vec<TimedReview>,
}

/// An answer, by its place.
struct TimedReview {
    day: Day,
    history: usize,
    index: usize,
}

impl Answers<'_> {
    fn of(histories: &[Vec<Review>]) -> Answers<'_> {
        let mut order = Vec::new();
        for (history, reviews) in histories.iter().enumerate() {
            let pairs = reviews.windows(2).take(LONGEST_HISTORY - 1).enumerate();
            let later = pairs.filter(|(_, pair)| pair[0].day < pair[1].day);
            order.extend(later.map(|(before, pair)| TimedReview { day: pair[1].day, history, index: before + 1 }));
        }
        order.sort_by_key(|answer| answer.day);
        Answers { histories, order }
    }

    /// The answers in a range, each with all that came before it, as the crate wants them: and to which history each belongs.
    fn items(&self, range: Range<usize>) -> (Vec<FSRSItem>, Vec<i64>) {
        let item =
            |answer: &TimedReview| FSRSItem { reviews: of_model(&self.history(answer.history)[..=answer.index]) };
        let answers = &self.order[range];
        (answers.iter().map(item).collect(), answers.iter().map(|answer| answer.history as i64).collect())
    }

    fn train(&self, range: Range<usize>) -> Result<Vec<f32>, FSRSError> {
        let (train_set, card_ids) = self.items(range);
        compute_parameters(ComputeParametersInput { train_set, card_ids: Some(card_ids), ..Default::default() })
    }

    /// Where there is too little to train on, which is what the crate itself does when there is hardly anything.
    fn train_or_default(&self, range: Range<usize>) -> Result<Vec<f32>, FSRSError> {
        match self.train(range) {
            Err(FSRSError::NotEnoughData) => Ok(DEFAULT_PARAMETERS.to_vec()),
            trained => trained,
        }
    }

    /// How far a model is off on the answers in a range: the mean of −ln p of what happened. All count alike, as in the crate's
    /// own evaluation by splits; its other functions let the newest count fourfold.
    fn log_loss(&self, model: &Model, range: Range<usize>) -> Result<f32, FSRSError> {
        let mut states: BTreeMap<usize, Vec<MemoryState>> = BTreeMap::new();
        let answers = &self.order[range];
        let mut sum = 0.0;
        for answer in answers {
            let history = self.history(answer.history);
            let states = match states.entry(answer.history) {
                Entry::Occupied(found) => found.into_mut(),
                Entry::Vacant(place) => place.insert(model.states(history)?),
            };
            let days = answer.day - history[answer.index - 1].day;
            let recalled = model.recall(states[answer.index - 1], days);
            let chance = if history[answer.index].rating > Rating::Again { recalled } else { 1.0 - recalled };
            sum -= chance.max(LEAST_CHANCE).ln();
        }
        Ok((sum / answers.len() as f64) as f32)
    }

    /// The part of a history that counts.
    fn history(&self, history: usize) -> &[Review] {
        let reviews = &self.histories[history];
        &reviews[..reviews.len().min(LONGEST_HISTORY)]
    }
}

/// The memory model with parameters.
struct Model {
    fsrs: FSRS,
    /// The exponent of the forgetting curve.
    decay: f32,
}

impl Model {
    /// The model with these parameters; with the default ones if there are none.
    fn new(parameters: &[f32]) -> Result<Model, FSRSError> {
        let parameters = check_and_fill_parameters(parameters)?;
        Ok(Model { fsrs: FSRS::new(&parameters)?, decay: parameters[parameters.len() - 1] })
    }

    /// The memory after each answer.
    fn states(&self, reviews: &[Review]) -> Result<Vec<MemoryState>, FSRSError> {
        self.fsrs.historical_memory_states(FSRSItem { reviews: of_model(reviews) }, None)
    }

    fn recall(&self, state: MemoryState, days: u32) -> f64 {
        f64::from(current_retrievability(state, days as f32, self.decay))
    }
}

fn of_model(reviews: &[Review]) -> Vec<FSRSReview> {
    let mut last = None;
    let of_model = |review: &Review| {
        let delta_t = review.day.saturating_sub(last.replace(review.day).unwrap_or(review.day));
        FSRSReview { rating: review.rating.number(), delta_t }
    };
    reviews.iter().map(of_model).collect()
}
