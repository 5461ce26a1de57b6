//! Learners made by the memory model itself, with parameters that are known.

use fsrs::{DEFAULT_PARAMETERS, FSRS, MemoryState, NextStates, current_retrievability};
use quiz::learner::fitting::Task;
use quiz::learner::memory::{Rating, Review};

/// Chance, the same on each run: SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Evenly from 0 to 1.
    pub fn roll(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u32 << 24) as f32
    }
}

/// Parameters of somebody who forgets sooner than most.
pub fn forgetful() -> [f32; 21] {
    let mut parameters = DEFAULT_PARAMETERS;
    for (at, value) in [(0, 0.1), (1, 0.3), (2, 0.6), (3, 2.0), (8, 1.2), (11, 1.0), (20, 0.4)] {
        parameters[at] = value;
    }
    parameters
}

/// Somebody with these parameters, who answers `reviews` times, about `per_problem` times a problem, about when the model
/// with the default parameters says.
pub fn learner(parameters: &[f32; 21], reviews: usize, per_problem: usize, dice: &mut Dice) -> Task {
    let (truth, schedule) = (FSRS::new(parameters).expect("the model takes it"), FSRS::default());
    let count = reviews.div_ceil(per_problem);
    let mut histories: Vec<Vec<Review>> = Vec::new();
    for problem in 0..count {
        let first = 20_000 + (problem * 365 / count) as u32;
        let (mut known, mut thought) = (None, None);
        let mut history: Vec<Review> = Vec::new();
        for _ in 0..per_problem.min(reviews - problem * per_problem) {
            let (day, days) = match (history.last(), thought) {
                (Some(last), Some(MemoryState { stability, .. })) => {
                    let days = (stability * (0.5 + 1.5 * dice.roll())).round().clamp(1.0, 365.0) as u32;
                    (last.day + days, days)
                }
                _ => (first, 0),
            };
            let chance = known.map_or(0.7, |state| current_retrievability(state, days as f32, parameters[20]));
            let rating = match dice.roll() >= chance {
                true => Rating::Again,
                false => RIGHT[(dice.roll() * 5.0) as usize % 5],
            };
            known = Some(after(&truth.next_states(known, 0.9, days).expect("the model takes it"), rating));
            thought = Some(after(&schedule.next_states(thought, 0.9, days).expect("the model takes it"), rating));
            history.push(Review { day, rating });
        }
        histories.push(history);
    }
    Task { parameters: DEFAULT_PARAMETERS.to_vec(), histories }
}

/// How those rate themselves who knew it.
const RIGHT: [Rating; 5] = [Rating::Hard, Rating::Good, Rating::Good, Rating::Good, Rating::Easy];

fn after(states: &NextStates, rating: Rating) -> MemoryState {
    match rating {
        Rating::Again => states.again.memory,
        Rating::Hard => states.hard.memory,
        Rating::Good => states.good.memory,
        Rating::Easy => states.easy.memory,
    }
}
