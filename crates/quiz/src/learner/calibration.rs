//! Confidence against truth.

use super::Learner;
use crate::attempt::Confidence;

/// Answers with one stated confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfidenceBin {
    /// The confidence.
    pub confidence: Confidence,
    /// How many answers were given with it,
    pub answers: usize,
    /// and how many of them were right.
    pub right: usize,
}

/// How well a learner knows what they know.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The answers by confidence, from guess to certain.
    pub stated: [ConfidenceBin; 3],
    /// The Brier score, from 0 for a prophet to 1 for one who is always certain and wrong. `None` if nothing was stated.
    pub brier: Option<f32>,
}

/// The probability of being right that a stated confidence stands for.
pub fn probability(confidence: Confidence) -> f32 {
    match confidence {
        Confidence::Guess => 0.4,
        Confidence::FairlySure => 0.75,
        Confidence::Certain => 0.95,
    }
}

/// The calibration over all answers with a stated confidence.
///
/// Brier, "Verification of forecasts expressed in terms of probability" (Monthly Weather Review 78, 1950), in the form
/// for two outcomes: the mean of (stated probability − truth)².
pub fn calibration(learner: &Learner<'_>) -> Calibration {
    let of_none = |confidence| ConfidenceBin { confidence, answers: 0, right: 0 };
    let mut stated = Confidence::ALL.map(of_none);
    let (mut sum, mut count) = (0.0, 0);
    for seen in &learner.seen {
        let Some(confidence) = seen.attempt.confidence else { continue };
        let right = seen.is_right();
        let own = &mut stated[confidence as usize];
        own.answers += 1;
        own.right += usize::from(right);
        let miss = probability(confidence) - f32::from(u8::from(right));
        sum += f64::from(miss * miss);
        count += 1;
    }
    let brier = (count > 0).then(|| (sum / f64::from(count)) as f32);
    Calibration { stated, brier }
}
