//! What the page shows, asked of the log at once.

use quiz::catalog::Entry;
use quiz::learner::activity::Activity;
use quiz::learner::calendar::{Day, weekday};
use quiz::learner::calibration::Calibration;
use quiz::learner::mastery::Mastery;
use quiz::learner::pace::Pace;
use quiz::learner::readiness::Readiness;
use quiz::learner::{self, Learner};
use quiz::problem::Topic;

/// A year, in whole weeks.
pub const DAYS: u32 = 53 * 7;
/// On so many days mastery is looked at.
const SAMPLES: u32 = 12;
/// So many of the hardest problems are shown.
const HARDEST: usize = 5;

/// All that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// How many answers count.
    pub answers: usize,
    /// How many problems were met.
    pub met: usize,
    /// The day it is.
    pub today: Day,
    /// By level.
    pub readiness: Vec<Readiness>,
    /// A year of answers.
    pub activity: Activity,
    /// The days on which mastery is looked at.
    pub samples: Vec<Day>,
    /// Of each concept, on each of `samples`.
    pub masteries: Vec<Mastery>,
    /// Of each topic, on each of `samples`.
    pub topics: Vec<(Topic, Vec<f32>)>,
    /// Stated confidence against truth.
    pub calibration: Calibration,
    /// Times against expected times.
    pub pace: Pace,
    /// The hardest problems, how often each was missed and how often answered.
    pub hardest: Vec<(Entry, usize, usize)>,
    /// How many problems were not right, or only partly, at the last answer.
    pub missed: usize,
}

/// What a learner's log says.
pub fn report(learner: &Learner<'_>) -> Report {
    let samples = samples(learner);
    let masteries = learner::mastery::of_concepts(learner, &samples);
    Report {
        answers: learner.days.len(),
        met: learner.cards.iter().filter(|card| !card.is_new()).count(),
        today: learner.today,
        readiness: learner::readiness::by_level(learner),
        activity: learner::activity::activity(learner, DAYS - 6 + weekday(learner.today)),
        topics: learner::mastery::of_topics(learner.catalog, &masteries),
        samples,
        masteries,
        calibration: learner::calibration::calibration(learner),
        pace: learner::pace::pace(learner),
        hardest: learner::hardest(learner, HARDEST).into_iter().map(|problem| hard(learner, problem)).collect(),
        missed: learner.standings().into_iter().filter(|status| status.is_missed()).count(),
    }
}

fn hard(learner: &Learner<'_>, problem: usize) -> (Entry, usize, usize) {
    let card = learner.proven_card(problem);
    (learner.entry(problem).clone(), card.misses(), card.reviews.len())
}

/// Days from the first answer until today, evenly spaced.
fn samples(learner: &Learner<'_>) -> Vec<Day> {
    let first = learner.days.first().map_or(learner.today, |first| (*first).min(learner.today));
    let span = learner.today - first;
    let count = SAMPLES.min(span + 1).max(2);
    (0..count).map(|place| first + (u64::from(span) * u64::from(place) / u64::from(count - 1)) as Day).collect()
}
