//! On which days something was answered.

use super::Learner;
use super::calendar::Day;

/// How much was answered, day by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// How many answers were given on each day, the last one being today.
    pub days: Vec<u32>,
    /// How many days in a row have an answer. It ends today, or yesterday as long as today has none.
    pub streak: u32,
    /// How many of the last 30 days have an answer.
    pub of_thirty: u32,
    /// How many days have an answer, since the first.
    pub active: u32,
}

impl Activity {
    /// How many answers were given today.
    pub fn today(&self) -> u32 {
        self.days.last().copied().unwrap_or(0)
    }
}

/// The activity of the last `count` days.
///
/// A day counts if something was answered on it, right or wrong. The streak looks further back than `count` days.
pub fn activity(learner: &Learner<'_>, count: u32) -> Activity {
    let first = learner.today.saturating_sub(count.saturating_sub(1));
    let mut activity = Activity { days: vec![0; (learner.today - first + 1) as usize], ..Activity::default() };
    let mut expected: Option<Day> = None;
    for day in learner.days.iter().rev() {
        let day = *day;
        if let Some(slot) = day.checked_sub(first).and_then(|index| activity.days.get_mut(index as usize)) {
            *slot += 1;
        }
        let is_start = expected.is_none() && day >= learner.today.saturating_sub(1);
        if is_start || expected == Some(day) {
            activity.streak += 1;
            expected = day.checked_sub(1);
        }
    }
    let mut last = None;
    activity.active = learner.days.iter().filter(|day| last.replace(**day) != Some(**day)).count() as u32;
    activity.of_thirty = activity.days.iter().rev().take(30).filter(|answers| **answers > 0).count() as u32;
    activity
}
