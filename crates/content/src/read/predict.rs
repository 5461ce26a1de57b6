//! The answer of a `predict`: what its author says that the program does.

use std::collections::BTreeSet;

use quiz::rule::{Code, RULES_OFFERED};

use crate::mistake::Mistake;
use crate::read::keys::{CODE, ERROR, error, known_error, line};
use crate::read::statement::{StatedAnswer, StatedPrediction};
use crate::read::table::Table;
use crate::source::Spanned;
use crate::spelling::count;

#[derive(Clone, Copy)]
enum OutcomeName {
    Prints,
    Error,
    Panics,
    Undefined,
}

/// Reads `[answer]`.
pub(crate) fn read(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Option<StatedAnswer> {
    let meaning = |word: &str| match word {
        "prints" => Some(OutcomeName::Prints),
        "error" => Some(OutcomeName::Error),
        "panics" => Some(OutcomeName::Panics),
        "undefined" => Some(OutcomeName::Undefined),
        _ => None,
    };
    let words = ["prints", "error", "panics", "undefined"];
    let outcome = table.required_word("outcome", &words, meaning, mistakes)?;
    let prediction = match outcome.value {
        OutcomeName::Prints => {
            table.only(&["outcome", "stdout", "rules"], mistakes);
            let stdout = table.required_string("stdout", "stdout = \"…\\n\"", mistakes)?;
            StatedPrediction::Prints { outcome: outcome.span, stdout }
        }
        OutcomeName::Error => {
            table.only(&["outcome", CODE, ERROR, "line", "rules"], mistakes);
            let (code, line) = (error(table, mistakes), line(table, mistakes));
            StatedPrediction::Error { outcome: outcome.span, code: code?, line: line? }
        }
        OutcomeName::Panics => {
            table.only(&["outcome", "line", "rules"], mistakes);
            StatedPrediction::Panics { outcome: outcome.span, line: line(table, mistakes)? }
        }
        OutcomeName::Undefined => {
            table.only(&["outcome", "line", "rules"], mistakes);
            StatedPrediction::Undefined { outcome: outcome.span, line: line(table, mistakes)? }
        }
    };
    let right = match &prediction {
        StatedPrediction::Error { code, .. } => Some(code),
        StatedPrediction::Prints { .. } | StatedPrediction::Panics { .. } | StatedPrediction::Undefined { .. } => None,
    };
    let rules = rules(table, right, mistakes);
    Some(StatedAnswer::Predict { prediction, rules })
}

fn rules(table: &Table<'_>, right: Option<&Spanned<Code>>, mistakes: &mut Vec<Mistake>) -> Option<Vec<Code>> {
    let span = table.key("rules")?;
    let rules = table.strings("rules", mistakes)?;
    for rule in &rules {
        known_error(table, &Code(rule.value.clone()), rule.span.clone(), mistakes);
    }
    let distinct: BTreeSet<&str> = rules.iter().map(|rule| rule.value.as_str()).collect();
    if rules.len() != RULES_OFFERED || distinct.len() != rules.len() {
        let label = format!("{}, {} of them different", count(rules.len(), "rule"), distinct.len());
        let title = format!("`rules` must name {RULES_OFFERED} different rules");
        mistakes.push(table.mistake(span.clone(), title, label));
    }
    if let Some(right) = right.filter(|right| !distinct.contains(right.value.0.as_str())) {
        let mistake =
            table.mistake(span, "`rules` lacks the right one", format!("`{}` is not among them", right.value));
        mistakes.push(mistake.and(table.source(), right.span.clone(), "the right one"));
    }
    Some(rules.into_iter().map(|rule| Code(rule.value)).collect())
}
