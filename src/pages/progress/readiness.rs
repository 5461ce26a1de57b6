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
            (0, _) => (0.0, "not started".to_owned()),
            (_, false) => (0.0, format!("too early to say, {met} of {problems} seen")),
            (_, true) => (level.share, format!("{}, {met} of {problems} seen", percent(level.share))),
        };
        chart::gauge(name(level.level.label()), chart::share(share, None), value)
    });
    section("readiness", "Ready for an interview", [note(ABOUT), measures(rows)])
}

/// It may be high beside a low mastery, and that is no contradiction.
const ABOUT: &str = "How many of all problems of a level you would answer right today. For new problems this is a guess, and questions to talk about are left out. It can be high when mastery is low, because mastery counts only what you have seen and still remember.";
