//! What is said of one round of several.

use serde::Serialize;

use super::headings::Recommendation;
use crate::json::read_struct;

/// How a round went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundReport {
    /// What would be recommended by it alone; none where too little was judged in it.
    pub recommendation: Option<Recommendation>,
    /// Its headings by their weights, in points of 100.
    pub percent: u32,
    /// How many of the questions that can be proven were right,
    pub right: usize,
    /// of so many.
    pub proven: usize,
    /// The points that the candidate gave themself,
    pub own_points: u32,
    /// of so many.
    pub own_points_at_most: u32,
    /// How long it took, in ms,
    pub elapsed_ms: u64,
    /// of so many.
    pub limit_ms: u64,
}

impl RoundReport {
    /// How it went, in a line: `Lean yes. 4 of 5 right; 12 of 20 points by your own scores. 38 of 45 minutes.`
    pub fn in_words(&self) -> String {
        let verdict = match self.recommendation {
            Some(recommendation) => recommendation.label().to_owned(),
            None => format!("{} of 100 points", self.percent),
        };
        let mut counts = Vec::new();
        if self.proven > 0 {
            counts.push(format!("{} of {} right", self.right, self.proven));
        }
        if self.own_points_at_most > 0 {
            counts.push(format!("{} of {} points by your own scores", self.own_points, self.own_points_at_most));
        }
        let [elapsed, limit] = [self.elapsed_ms, self.limit_ms].map(|ms| ms.div_ceil(60_000));
        let parts = [verdict, counts.join("; "), format!("{elapsed} of {limit} minutes")];
        let said: Vec<String> =
            parts.into_iter().filter(|part| !part.is_empty()).map(|part| format!("{part}.")).collect();
        said.join(" ")
    }
}

read_struct!(RoundReport {
    recommendation,
    percent,
    right,
    proven,
    own_points,
    own_points_at_most,
    elapsed_ms,
    limit_ms
});
