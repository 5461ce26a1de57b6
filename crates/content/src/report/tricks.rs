//! How well somebody does who knows no Rust and answers by a trick.

use crate::report::described::{Asked, Described, FillFacts, OptionFacts};
use crate::report::figure::{Figure, listed, percent};
use crate::report::table::table;

/// By how much a trick may be better than chance.
const BETTER_THAN_CHANCE: f64 = 0.05;
/// In how many fills a trick may be right.
const OF_FILLS: f64 = 0.05;
/// In how many fills something that compiles should be wrong.
const COMPILES_AND_IS_WRONG: f64 = 0.5;

/// Always the longest, the shortest, the first or the last option of a choice with one right option.
pub(crate) fn choices(problems: &[Described]) -> Figure {
    let all: Vec<&[OptionFacts]> = problems.iter().filter_map(single).collect();
    let chance = mean(all.iter().map(|options| 1.0 / options.len() as f64));
    let longest = |options: &[OptionFacts]| options.iter().map(|option| option.length).max();
    let shortest = |options: &[OptionFacts]| options.iter().map(|option| option.length).min();
    let tricks: [(&str, f64); 4] = [
        ("the longest", mean(all.iter().map(|options| of_length(options, longest(options))))),
        ("the shortest", mean(all.iter().map(|options| of_length(options, shortest(options))))),
        ("the first", mean(all.iter().map(|options| is_right(options.first())))),
        ("the last", mean(all.iter().map(|options| is_right(options.last())))),
    ];
    let is_met = tricks.iter().all(|(_, score)| *score <= chance + BETTER_THAN_CHANCE);
    let row = |(name, score): &(&str, f64)| {
        vec![(*name).to_owned(), share(*score), format!("{:+.1}", 100.0 * (score - chance))]
    };
    let mut rows: Vec<_> = tricks.iter().map(row).collect();
    rows.push(vec!["chance".to_owned(), share(chance), String::new()]);
    let mut lines = vec![format!("{} choices with one right option; the order is that of the file", all.len())];
    lines.extend(table(&["always", "right", "points above chance"], &rows));
    Figure::new("Tricks with options", lines).aim("no trick is more than 5 points better than chance", is_met)
}

/// The options of a choice of which one is right.
fn single(problem: &Described) -> Option<&[OptionFacts]> {
    match &problem.asked {
        Asked::Choice { several: false, options } if !options.is_empty() => Some(options),
        Asked::Choice { .. } | Asked::Predict(_) | Asked::Fill(_) | Asked::Other => None,
    }
}

/// How many of the options with this length are right: whoever has several takes one of them by chance.
fn of_length(options: &[OptionFacts], length: Option<usize>) -> f64 {
    mean(options.iter().filter(|option| Some(option.length) == length).map(|option| is_right(Some(option))))
}

fn is_right(option: Option<&OptionFacts>) -> f64 {
    f64::from(u8::from(option.is_some_and(|option| option.is_right)))
}

/// Always the longest or the first choice in each slot.
pub(crate) fn fills(problems: &[Described]) -> Figure {
    let all: Vec<&FillFacts> = problems.iter().filter_map(fill).collect();
    let longest = mean(all.iter().map(|fill| score_of_longest(fill)));
    let is_first = |fill: &&FillFacts| fill.accepted.iter().any(|picks| picks.iter().all(|pick| *pick == 0));
    let first = mean(all.iter().map(|fill| f64::from(u8::from(is_first(fill)))));
    let chance = mean(all.iter().map(|fill| {
        let combinations: usize = fill.choices.iter().map(Vec::len).product();
        fill.accepted.len() as f64 / combinations.max(1) as f64
    }));
    let rows = [("the longest", longest), ("the first", first), ("chance", chance)];
    let rows: Vec<_> = rows.iter().map(|(name, score)| vec![(*name).to_owned(), share(*score)]).collect();
    let mut lines = vec![format!("{} fills; the order is that of the file", all.len())];
    lines.extend(table(&["in each slot", "right"], &rows));
    let is_met = longest <= OF_FILLS && first <= OF_FILLS;
    Figure::new("Tricks with slots", lines).aim("a trick is right in at most 5 % of the fills", is_met)
}

fn fill(problem: &Described) -> Option<&FillFacts> {
    match &problem.asked {
        Asked::Fill(fill) => Some(fill),
        Asked::Choice { .. } | Asked::Predict(_) | Asked::Other => None,
    }
}

/// How many of the combinations of longest choices are right.
fn score_of_longest(fill: &FillFacts) -> f64 {
    let is_longest = |slot: usize, pick: usize| {
        let lengths = &fill.choices[slot];
        lengths.get(pick).copied() == lengths.iter().copied().max()
    };
    let tied = fill
        .choices
        .iter()
        .enumerate()
        .map(|(slot, lengths)| (0..lengths.len()).filter(|pick| is_longest(slot, *pick)).count());
    let right =
        fill.accepted.iter().filter(|picks| picks.iter().enumerate().all(|(slot, pick)| is_longest(slot, *pick)));
    right.count() as f64 / tied.product::<usize>().max(1) as f64
}

/// In how many fills the compiler alone does not find the answer.
pub(crate) fn compiles_and_is_wrong(problems: &[Described]) -> Figure {
    let known = |problem: &&Described| Some((problem.slug.clone(), fill(problem)?.compiles_and_is_wrong?));
    let known: Vec<(String, bool)> = problems.iter().filter_map(|problem| known(&problem)).collect();
    let others: Vec<String> = known.iter().filter(|(_, is_so)| !is_so).map(|(slug, _)| slug.clone()).collect();
    let (some, all) = ((known.len() - others.len()) as f64, known.len() as f64);
    let mut lines = vec![format!("{} of {} fills, {}", known.len() - others.len(), known.len(), percent(some, all))];
    lines.extend(listed("every wrong combination is rejected", &others));
    let is_met = some >= COMPILES_AND_IS_WRONG * all;
    Figure::new("Fills in which something that compiles is wrong", lines).aim("at least half of the fills", is_met)
}

fn mean(scores: impl Iterator<Item = f64>) -> f64 {
    let (sum, number) = scores.fold((0.0, 0), |(sum, number), score| (sum + score, number + 1));
    if number == 0 { 0.0 } else { sum / f64::from(number) }
}

fn share(score: f64) -> String {
    format!("{:.1} %", 100.0 * score)
}

#[cfg(test)]
mod tests {
    use quiz::problem::Kind;

    use super::*;
    use crate::report::described::example;

    fn is_met(figure: &Figure) -> bool {
        figure.aim.as_ref().is_some_and(|aim| aim.is_met)
    }

    /// A choice of options with these lengths.
    fn choice(lengths: &[usize], right: usize) -> Described {
        let option =
            |(index, length): (usize, &usize)| OptionFacts { length: *length, words: 1, is_right: index == right };
        let options = lengths.iter().enumerate().map(option).collect();
        Described { asked: Asked::Choice { several: false, options }, ..example("a", "async", Kind::Choice) }
    }

    fn fill(slug: &str, choices: &[&[usize]], accepted: &[&[usize]], compiles_and_is_wrong: bool) -> Described {
        let owned = |lists: &[&[usize]]| lists.iter().map(|list| list.to_vec()).collect();
        let facts = FillFacts {
            choices: owned(choices),
            accepted: owned(accepted),
            compiles_and_is_wrong: Some(compiles_and_is_wrong),
        };
        Described { asked: Asked::Fill(facts), ..example(slug, "async", Kind::Fill) }
    }

    #[test]
    fn ties_count_by_chance() {
        let options = |lengths: &[usize], right| match choice(lengths, right).asked {
            Asked::Choice { options, .. } => of_length(&options, lengths.iter().copied().max()),
            _ => f64::NAN,
        };
        assert_eq!(options(&[5, 9, 9, 1], 1), 0.5);
        assert_eq!(options(&[5, 9, 9, 1], 0), 0.0);
        assert_eq!(options(&[9, 9, 9], 2), 1.0 / 3.0);
    }

    #[test]
    fn a_trick_must_not_beat_chance() {
        let fair = [choice(&[1, 2, 3], 0), choice(&[1, 2, 3], 1), choice(&[1, 2, 3], 2)];
        assert!(is_met(&choices(&fair)));
        let unfair = choices(&[choice(&[1, 3, 2], 1), choice(&[3, 1, 2], 0), choice(&[1, 2, 3], 1)]);
        assert!(!is_met(&unfair));
        assert_eq!(unfair.lines[2].split_whitespace().collect::<Vec<_>>(), ["the", "longest", "66.7", "%", "+33.3"]);
        let Asked::Choice { options, .. } = choice(&[1, 2], 1).asked else { return };
        let several =
            Described { asked: Asked::Choice { several: true, options }, ..example("a", "async", Kind::Choice) };
        assert!(choices(&[several]).lines[0].starts_with("0 choices"));
    }

    #[test]
    fn tricks_with_slots_are_scored_by_combinations() {
        let Asked::Fill(tied) = fill("a", &[&[3, 3], &[1, 2]], &[&[0, 1]], true).asked else { return };
        assert_eq!(score_of_longest(&tied), 0.5);
        let figure = fills(&[fill("a", &[&[3, 1], &[1, 2]], &[&[0, 1]], true), fill("b", &[&[1, 2]], &[&[0]], true)]);
        let score = |line: &str| line.split_whitespace().rev().nth(1).map(str::to_owned);
        assert_eq!(score(&figure.lines[2]).as_deref(), Some("50.0"), "the longest: {figure:?}");
        assert_eq!(score(&figure.lines[3]).as_deref(), Some("50.0"), "the first: {figure:?}");
        assert_eq!(score(&figure.lines[4]).as_deref(), Some("37.5"), "chance: {figure:?}");
        assert!(!is_met(&figure) && is_met(&fills(&[fill("a", &[&[1, 3], &[3, 2]], &[&[1, 1]], true)])));
    }

    #[test]
    fn the_compiler_alone_must_not_find_the_answer() {
        let one = |slug, is_so| fill(slug, &[&[1, 2]], &[&[0]], is_so);
        let figure = compiles_and_is_wrong(&[one("a", true), one("b", false), one("c", false)]);
        assert_eq!(figure.lines, ["1 of 3 fills, 33 %", "every wrong combination is rejected (2): b, c"]);
        assert!(!is_met(&figure) && is_met(&compiles_and_is_wrong(&[one("a", true), one("b", false)])));
    }
}
