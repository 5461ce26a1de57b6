//! How sure the learner was, against how often they were right.

use leptos::prelude::*;
use quiz::attempt::Confidence;
use quiz::learner::calibration::{self, Calibration};

use super::parts::{measures, name, note, section};
use crate::browser::language::thousandths;
use crate::ui::chart::{self, percent};

/// Fewer stated confidences say nothing.
const STATED_ENOUGH: usize = 10;

/// The section.
pub fn calibration_part(calibration: &Calibration) -> AnyView {
    let count: usize = calibration.stated.iter().map(|stated| stated.answers).sum();
    let rows = calibration.stated.iter().map(|stated| {
        let share = stated.right as f32 / stated.answers.max(1) as f32;
        let value = match stated.answers {
            0 => "never said".to_owned(),
            answers => format!("{} right, of {answers}", percent(share)),
        };
        chart::gauge(
            name(stated.confidence.label()),
            chart::share(share, Some(calibration::probability(stated.confidence))),
            value,
        )
    });
    let words = match calibration.brier.filter(|_| count >= STATED_ENOUGH) {
        None => {
            format!(
                "The mark shows how often you should be right. After {STATED_ENOUGH} answers where you said how sure you were, this shows how well you know yourself."
            )
        }
        Some(brier) => format!(
            "{} The mark shows how often you should be right. Your score is {}. A perfect score is 0. If you always say “maybe”, it is {}. (This is a Brier score.)",
            in_words(brier, calibration),
            thousandths(brier),
            thousandths(0.25)
        ),
    };
    section("calibration", "How sure you are, and how often you are right", [measures(rows), note(words)])
}

/// What a Brier score says, and in which direction one errs.
fn in_words(brier: f32, calibration: &Calibration) -> &'static str {
    let missed = |confidence: Confidence| {
        let stated = calibration.stated[confidence as usize];
        let share = stated.right as f32 / stated.answers.max(1) as f32;
        if stated.answers >= 5 { share - calibration::probability(confidence) } else { 0.0 }
    };
    match brier {
        _ if missed(Confidence::Certain) < -0.1 => "When you are certain, look once more.",
        _ if missed(Confidence::Guess) > 0.15 || missed(Confidence::FairlySure) > 0.15 => {
            "You know more than you think."
        }
        ..0.1 => "You know very well what you know.",
        ..0.18 => "You know well what you know.",
        ..0.25 => "You know roughly what you know.",
        _ if missed(Confidence::FairlySure) < -0.15 => "When you are fairly sure, look once more.",
        _ => "How sure you are says little about your answers.",
    }
}
