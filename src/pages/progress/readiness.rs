//! How an interview at each level would go today.

use leptos::prelude::*;
use quiz::learner::readiness::Readiness;

use super::parts::{measures, name, note, section};
use crate::ui::chart::{self, percent};

/// The section.
pub fn readiness_part(readiness: &[Readiness]) -> AnyView {
    let rows = readiness.iter().map(|level| {
        let (met, problems) = (level.met, level.problems);
        let (share, value) = match (met, level.is_known()) {
            (0, _) => (0.0, "not begun".to_owned()),
            (_, false) => (0.0, format!("too early to say, {met} of {problems} met")),
            (_, true) => (level.share, format!("{}, {met} of {problems} met", percent(level.share))),
        };
        chart::gauge(name(level.level.label()), chart::share(share, None), value)
    });
    section("readiness", "Ready for an interview", [note(ABOUT), measures(rows)])
}

/// It may be high beside a low mastery, and that is no contradiction.
const ABOUT: &str = "Of all the problems of a level, how many you would answer right today. New problems count too, as well as we can guess. So this can be high while mastery is low: mastery counts only what you have met and still remember.";
