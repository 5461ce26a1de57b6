//! How long answers take, against the time that a problem should need.

use leptos::prelude::*;
use quiz::learner::pace::{ENOUGH, Pace};

use super::parts::{counted, measures, name, note, section};
use crate::ui::chart::{self, percent};

/// The section.
pub fn pace_part(pace: &Pace) -> AnyView {
    const LABELS: [&str; 5] = ["Half the time or less", "In time", "Up to 1½ times", "Up to twice", "More than twice"];
    let most = pace.bars.iter().copied().max().unwrap_or(0).max(1) as f32;
    let rows = LABELS.into_iter().zip(pace.bars.iter().zip(pace.right)).map(|(label, (answers, right))| {
        let value = match answers {
            0 => "none".to_owned(),
            _ => format!("{}, {} right", counted(*answers, "answer"), percent(right as f32 / *answers as f32)),
        };
        chart::gauge(name(label), chart::share(*answers as f32 / most, None), value)
    });
    let answers: usize = pace.bars.iter().sum();
    let median = match pace.median.filter(|_| answers >= ENOUGH) {
        Some(median) => format!("Lately you take {} of the time that a problem should need.", percent(median)),
        None => format!("It is too early to say how fast you are. After {ENOUGH} answers you see it here."),
    };
    section("pace", "Speed", [measures(rows), note(median)])
}
