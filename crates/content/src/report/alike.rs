//! Problems that are nearly the same, by the runs of tokens or of words that they share.
//!
//! The measure is Jaccard's: of all different runs ("shingles") that two have, how many both have.

use std::collections::BTreeMap;

use crate::report::described::Described;
use crate::report::figure::Figure;
use crate::report::table::table;

/// How many tokens of a program, and how many words of a text, make a run.
const TOKENS: usize = 6;
const WORDS: usize = 4;
/// From which share on two programs, or two texts, are alike.
const PROGRAMS: f64 = 0.3;
const TEXTS: f64 = 0.1;
/// What has fewer runs is alike by chance.
const FEWEST_RUNS: usize = 20;
/// How many pairs are named even if they are not alike.
const NAMED: usize = 5;

/// Pairs of problems whose programs are nearly the same.
pub(crate) fn programs(problems: &[Described]) -> Figure {
    figure("Programs that are alike", problems, |problem| &problem.tokens, TOKENS, PROGRAMS)
}

/// Pairs of problems whose texts are nearly the same.
pub(crate) fn texts(problems: &[Described]) -> Figure {
    figure("Texts that are alike", problems, |problem| &problem.words, WORDS, TEXTS)
}

fn figure(
    title: &str,
    problems: &[Described],
    of: fn(&Described) -> &Vec<String>,
    length: usize,
    least: f64,
) -> Figure {
    let runs: Vec<_> = problems.iter().map(|problem| runs(of(problem), length)).collect();
    let pairs = pairs(&runs);
    let alike = pairs.iter().filter(|(share, ..)| *share >= least).count();
    let name = |place: usize| problems[place].slug.clone();
    let row = |(share, one, other): &(f64, usize, usize)| vec![format!("{share:.2}"), name(*one), name(*other)];
    let rows: Vec<_> = pairs.iter().take(alike.max(NAMED)).map(row).collect();
    let mut lines = vec![format!("{alike} pairs are alike; those that share most:")];
    lines.extend(table(&["shared", "one", "the other"], &rows));
    let aim = format!("no two problems share {least} of their runs of {length} or more");
    Figure::new(title, lines).aim(&aim, alike == 0)
}

/// The different runs of a text, in order.
fn runs(parts: &[String], length: usize) -> Vec<&[String]> {
    let mut runs: Vec<&[String]> = parts.windows(length).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// The pairs that share anything, most alike first.
fn pairs(all: &[Vec<&[String]>]) -> Vec<(f64, usize, usize)> {
    let mut places: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (place, runs) in all.iter().enumerate().filter(|(_, runs)| runs.len() >= FEWEST_RUNS) {
        for run in runs {
            places.entry(run).or_default().push(place);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for places in places.values() {
        for (index, one) in places.iter().enumerate() {
            for other in &places[index + 1..] {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let share = |((one, other), both): ((usize, usize), usize)| {
        (both as f64 / (all[one].len() + all[other].len() - both) as f64, one, other)
    };
    let mut pairs: Vec<_> = shared.into_iter().map(share).collect();
    pairs.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    pairs
}

#[cfg(test)]
mod tests {
    use quiz::problem::Kind;

    use super::*;
    use crate::report::described::example;

    fn words(range: std::ops::Range<usize>) -> Vec<String> {
        range.map(|number| number.to_string()).collect()
    }

    #[test]
    fn the_share_is_that_of_all_different_runs() {
        let parts = ["a", "b", "a", "b", "a"].map(str::to_owned);
        assert_eq!(runs(&parts, 2).len(), 2);
        let (one, other) = (words(0..31), words(10..41));
        let pairs = pairs(&[runs(&one, 2), runs(&other, 2)]);
        assert_eq!(pairs, [(20.0 / 40.0, 0, 1)]);
    }

    #[test]
    fn pairs_that_are_alike_are_named_and_others_are_not() {
        let problem = |slug: &str, range| Described { tokens: words(range), ..example(slug, "async", Kind::Fill) };
        let problems =
            [problem("one", 0..100), problem("other", 20..120), problem("third", 500..600), problem("short", 0..9)];
        let figure = programs(&problems);
        assert_eq!(figure.lines.len(), 3, "{figure:?}");
        assert!(figure.lines[2].ends_with("one  other"), "{figure:?}");
        assert_eq!(figure.aim.map(|aim| aim.is_met), Some(false));
        assert_eq!(texts(&problems).aim.map(|aim| aim.is_met), Some(true), "they have no words");
    }
}
