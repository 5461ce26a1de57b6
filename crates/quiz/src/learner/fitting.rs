//! Fitting the memory model to a learner: what the page and the worker that does it say to each other.
//!
//! The fitting itself is in `crates/trainer`, so that only its own wasm file carries it.

use serde::Serialize;

use super::memory::{Rating, Review};
use crate::json::{self, DecodeError, FromJson, Json, json_variants, read_struct};

/// From how many answers on it is worth the learner's while.
pub const LEAST_REVIEWS: usize = 400;

/// What the page asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// The parameters in use: those that new ones are compared with.
    pub parameters: Vec<f32>,
    /// The answers to each problem, oldest first.
    pub histories: Vec<Vec<Review>>,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// How many answers there were.
    pub reviews: usize,
    /// How far the parameters in use were off, as log loss: the mean of −ln p of what happened. All answers but the oldest
    /// sixth count.
    pub before: f32,
    /// How far parameters trained on earlier answers only were off on the same answers.
    pub after: f32,
    /// Parameters trained on all answers.
    pub parameters: Vec<f32>,
}
read_struct!(Fit { reviews, before, after, parameters });

impl Fit {
    /// Whether the new parameters can be expected to foretell more than those in use.
    pub fn is_better(&self) -> bool {
        self.after < self.before
    }
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkerMessage {
    /// This share of the work is done.
    Progress(f32),
    /// All of it is.
    Done(Fit),
    /// It cannot be; why, in words for the learner.
    Failed(String),
}

json_variants!(WorkerMessage, "a message of the fitting" {
    "Progress" => Progress(share),
    "Done" => Done(fit),
    "Failed" => Failed(why),
});

impl Task {
    /// As a message: the parameters, and a list for each problem in which days and ratings take turns.
    pub fn to_text(&self) -> String {
        let flat =
            |history: &Vec<Review>| history.iter().flat_map(|review| [review.day, review.rating.number()]).collect();
        let histories: Vec<Vec<u32>> = self.histories.iter().map(flat).collect();
        serde_json::to_string(&(&self.parameters, histories)).expect("numbers are JSON")
    }

    /// Reads a message.
    ///
    /// # Errors
    /// When it is of another form.
    pub fn from_text(text: &str) -> Result<Task, DecodeError> {
        json::read(text)
    }
}

impl FromJson for Task {
    fn from_json(json: Json<'_>) -> Task {
        let mut task = Task { parameters: Vec::new(), histories: Vec::new() };
        let Ok(mut parts) = json.items().map_err(|json| json.refuse("a task")) else { return task };
        let (Some(parameters), Some(histories)) = (parts.next(), parts.next()) else {
            parts.refuse("a task");
            return task;
        };
        task.parameters = Vec::from_json(parameters);
        let flat: Vec<Vec<u32>> = Vec::from_json(histories);
        let review = |pair: &[u32]| match *pair {
            [day, rating] => Some(Review { day, rating: Rating::from_number(rating)? }),
            _ => None,
        };
        match flat.iter().map(|flat| flat.chunks(2).map(review).collect()).collect() {
            Some(histories) => task.histories = histories,
            None => parts.refuse("days and ratings"),
        }
        task
    }
}

impl WorkerMessage {
    /// As a message.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a message is JSON")
    }

    /// Reads a message.
    ///
    /// # Errors
    /// When it is of another form.
    pub fn from_text(text: &str) -> Result<WorkerMessage, DecodeError> {
        json::read(text)
    }
}
