//! The answer of a `predict`: what its author says that the program does.

use std::collections::BTreeSet;
use std::ops::Range;

use quiz::rule::{self, Code, RULES_OFFERED};

use crate::mistake::Mistake;
use crate::read::keys::{code, line};
use crate::read::statement::{StatedAnswer, StatedPrediction};
use crate::read::table::Table;
use crate::source::Spanned;
use crate::spelling::{count, nearest};

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
            table.only(&["outcome", "code", "line", "rules"], mistakes);
            let (code, line) = (code(table, mistakes), line(table, mistakes));
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
    if let Some(code) = right {
        known_rule(table, &code.value, code.span.clone(), mistakes);
    }
    let rules = rules(table, right, mistakes);
    Some(StatedAnswer::Predict { prediction, rules })
}

fn known_rule(table: &Table<'_>, code: &Code, span: Range<usize>, mistakes: &mut Vec<Mistake>) {
    if rule::sentence(code).is_some() {
        return;
    }
    let known: Vec<Code> = rule::known_codes().collect();
    let meant = nearest(&code.0, known.iter().map(|code| code.0.as_str()));
    let remedy = meant.map(|meant| format!("did you mean `{meant}`? The rules are listed in problems/README.md"));
    let title = format!("there is no rule for `{code}`");
    mistakes.push(table.mistake(span, title, "a learner could not choose it").maybe_help(remedy));
}

fn rules(table: &Table<'_>, right: Option<&Spanned<Code>>, mistakes: &mut Vec<Mistake>) -> Option<Vec<Code>> {
    let span = table.key("rules")?;
    let rules = table.strings("rules", mistakes)?;
    for rule in &rules {
        known_rule(table, &Code(rule.value.clone()), rule.span.clone(), mistakes);
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
