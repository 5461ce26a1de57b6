//! What becomes of the programs that are predicted, and whether that can be guessed.

use std::ops::RangeInclusive;

use crate::report::described::{Asked, Described, Predicted};
use crate::report::figure::{Figure, listed, percent};
use crate::report::table::table;

/// How many in a hundred predictions should be of an error.
const ERRORS: RangeInclusive<usize> = 25..=40;

/// The outcomes of predictions, topic by topic.
pub(crate) fn outcomes(problems: &[Described], topics: &[String]) -> Figure {
    let mut rows = Vec::new();
    let mut outside = Vec::new();
    for topic in topics {
        let of_topic = predicted(problems.iter().filter(|problem| problem.topic.0 == *topic));
        if of_topic.is_empty() {
            continue;
        }
        if !allowed(of_topic.len()).contains(&errors(&of_topic)) {
            outside.push(topic.clone());
        }
        rows.push(row(topic, &of_topic));
    }
    let all = predicted(problems.iter());
    rows.push(row("all topics", &all));
    let mut lines = table(&["topic", "prints", "error", "panics", "undefined", "all", "errors", "wanted"], &rows);
    lines.extend(listed("outside", &outside));
    let share = 100 * errors(&all);
    let all_together = (ERRORS.start() * all.len()..=ERRORS.end() * all.len()).contains(&share);
    let aim = format!(
        "{} to {} % of the predictions of a topic, in whole problems, and of all are an error",
        ERRORS.start(),
        ERRORS.end()
    );
    Figure::new("What becomes of predicted programs", lines).aim(&aim, outside.is_empty() && all_together)
}

fn predicted<'a>(problems: impl Iterator<Item = &'a Described>) -> Vec<Predicted> {
    let outcome = |problem: &Described| match problem.asked {
        Asked::Predict(outcome) => Some(outcome),
        Asked::Choice { .. } | Asked::Fill(_) | Asked::Other => None,
    };
    problems.filter_map(outcome).collect()
}

fn errors(outcomes: &[Predicted]) -> usize {
    outcomes.iter().filter(|outcome| **outcome == Predicted::Error).count()
}

/// How many of so many predictions may be errors: a single one may be or not.
fn allowed(predictions: usize) -> RangeInclusive<usize> {
    ERRORS.start() * predictions / 100..=(ERRORS.end() * predictions).div_ceil(100)
}

fn row(name: &str, outcomes: &[Predicted]) -> Vec<String> {
    let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    let kinds = [Predicted::Prints, Predicted::Error, Predicted::Panics, Predicted::Undefined];
    let mut cells = vec![name.to_owned()];
    cells.extend(kinds.map(|wanted| count(wanted).to_string()));
    let allowed = allowed(outcomes.len());
    cells.extend([
        outcomes.len().to_string(),
        percent(errors(outcomes) as f64, outcomes.len() as f64),
        format!("{}–{}", allowed.start(), allowed.end()),
    ]);
    cells
}

/// How often an `unsafe` foretells undefined behaviour, and whether there is any without.
pub(crate) fn unsafe_programs(problems: &[Described]) -> Figure {
    let row = |name: &str, has_unsafe: bool| {
        let outcomes = predicted(problems.iter().filter(|problem| problem.has_unsafe == has_unsafe));
        row(name, &outcomes)[..6].to_vec()
    };
    let rows = [row("with `unsafe`", true), row("without", false)];
    let with = predicted(problems.iter().filter(|problem| problem.has_unsafe));
    let undefined = with.iter().filter(|outcome| **outcome == Predicted::Undefined).count();
    let mut lines = table(&["predicted program", "prints", "error", "panics", "undefined", "all"], &rows);
    lines.push(format!(
        "an `unsafe` foretells undefined behaviour in {} of its programs",
        percent(undefined as f64, with.len() as f64)
    ));
    let is_met = with.is_empty() || undefined < with.len();
    Figure::new("What `unsafe` foretells", lines).aim("a program with `unsafe` is not always undefined", is_met)
}

#[cfg(test)]
mod tests {
    use quiz::problem::Kind;

    use super::*;
    use crate::report::described::example;

    fn predictions(topic: &str, outcomes: &[Predicted]) -> Vec<Described> {
        let problem =
            |outcome: &Predicted| Described { asked: Asked::Predict(*outcome), ..example("a", topic, Kind::Predict) };
        outcomes.iter().map(problem).collect()
    }

    fn is_met(figure: &Figure) -> bool {
        figure.aim.as_ref().is_some_and(|aim| aim.is_met)
    }

    #[test]
    fn a_share_of_errors_is_wanted_in_whole_problems() {
        assert_eq!((allowed(1), allowed(2), allowed(4), allowed(10)), (0..=1, 0..=1, 1..=2, 2..=4));
    }

    #[test]
    fn topics_with_too_many_or_too_few_errors_are_named() {
        use Predicted::{Error, Panics, Prints};
        let topics = ["async", "unsafe", "macros"].map(str::to_owned);
        let mut problems = predictions("async", &[Error, Prints, Panics]);
        let figure = outcomes(&problems, &topics);
        assert!(is_met(&figure), "{figure:?}");
        assert_eq!(figure.lines.len(), 3, "a topic without predictions has no row");
        problems.extend(predictions("unsafe", &[Error, Error, Error]));
        let figure = outcomes(&problems, &topics);
        assert!(!is_met(&figure));
        assert_eq!(figure.lines.last().map(String::as_str), Some("outside (1): unsafe"));
    }

    #[test]
    fn all_topics_together_need_errors_as_well() {
        let topics = ["a", "b", "c", "d", "e"].map(str::to_owned);
        let problems: Vec<Described> =
            topics.iter().flat_map(|topic| predictions(topic, &[Predicted::Prints])).collect();
        let figure = outcomes(&problems, &topics);
        assert!(figure.lines.iter().all(|line| !line.starts_with("outside")) && !is_met(&figure), "{figure:?}");
    }

    #[test]
    fn an_unsafe_must_not_give_the_answer_away() {
        let with = |outcome| Described { has_unsafe: true, ..predictions("unsafe", &[outcome]).remove(0) };
        let always = unsafe_programs(&[with(Predicted::Undefined)]);
        assert!(!is_met(&always) && always.lines[3].contains("100 %"), "{always:?}");
        let half = unsafe_programs(&[with(Predicted::Undefined), with(Predicted::Prints)]);
        assert!(is_met(&half) && half.lines[3].contains("50 %"), "{half:?}");
        assert!(is_met(&unsafe_programs(&[])));
    }
}
