//! How hard the texts of each problem are to read.

use crate::read::plain_words::{EASY_ENOUGH, FEWEST_WORDS};
use crate::report::described::Described;
use crate::report::figure::Figure;
use crate::report::table::table;

/// How many of the hardest are named.
const NAMED: usize = 20;
const STEP: usize = 10;

/// The reading ease of all problems, and those that are hardest to read.
pub(crate) fn ease(problems: &[Described]) -> Figure {
    let mut all: Vec<(f64, &Described)> = problems
        .iter()
        .filter(|problem| problem.ease.words >= FEWEST_WORDS)
        .filter_map(|problem| Some((problem.ease.reading_ease()?, problem)))
        .collect();
    all.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let mut lines = spread(&all);
    lines.push(format!("the {} that are hardest to read:", NAMED.min(all.len())));
    let row = |(ease, problem): &(f64, &Described)| {
        let counts = problem.ease;
        vec![
            format!("{ease:.1}"),
            format!("{:.1}", counts.words as f64 / counts.sentences.max(1) as f64),
            format!("{:.2}", counts.syllables as f64 / counts.words.max(1) as f64),
            format!("{}/{}", problem.topic.0, problem.slug),
        ]
    };
    let rows: Vec<_> = all.iter().take(NAMED).map(row).collect();
    lines.extend(table(&["ease", "words a sentence", "syllables a word", "problem"], &rows));
    let is_met = all.iter().all(|(ease, _)| *ease >= EASY_ENOUGH);
    Figure::new("Reading ease", lines).aim(&format!("every problem has at least {EASY_ENOUGH}"), is_met)
}

/// How many problems there are from ten to ten.
fn spread(all: &[(f64, &Described)]) -> Vec<String> {
    let step_of = |ease: f64| (ease.max(0.0) as usize / STEP).min(9) * STEP;
    let steps: Vec<usize> = (0..10).map(|step| step * STEP).collect();
    let number = |step: &usize| all.iter().filter(|(ease, _)| step_of(*ease) == *step).count();
    let there: Vec<&usize> = steps.iter().filter(|step| number(step) > 0).collect();
    let rows = there.iter().map(|step| vec![format!("{step} to {}", **step + STEP), number(step).to_string()]);
    table(&["ease", "problems"], &rows.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use quiz::problem::Kind;

    use super::*;
    use crate::reading_ease::Counts;
    use crate::report::described::example;

    /// A problem of 200 words in sentences of ten.
    fn problem(slug: &str, syllables: usize) -> Described {
        Described { ease: Counts { sentences: 20, words: 200, syllables }, ..example(slug, "async", Kind::Fill) }
    }

    #[test]
    fn the_hardest_are_named_first() {
        let figure = ease(&[problem("easy", 240), problem("hard", 500), problem("plain", 300)]);
        let places = ["async/hard", "async/plain", "async/easy"]
            .map(|name| figure.lines.iter().position(|line| line.ends_with(name)));
        assert!(places[0].is_some() && places[0] < places[1] && places[1] < places[2], "{figure:#?}");
        assert_eq!(figure.aim.map(|aim| aim.is_met), Some(false));
        assert_eq!(ease(&[problem("easy", 240)]).aim.map(|aim| aim.is_met), Some(true));
    }

    #[test]
    fn a_few_words_say_nothing() {
        let short = Described { ease: Counts { sentences: 1, words: 5, syllables: 40 }, ..problem("short", 0) };
        assert_eq!(ease(&[short]).aim.map(|aim| aim.is_met), Some(true));
    }
}
