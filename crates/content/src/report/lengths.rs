//! How long prompts, explanations and options are, in words.

use quiz::problem::Kind;

use crate::report::described::{Asked, Described};
use crate::report::figure::Figure;
use crate::report::table::table;

/// Half of all, and all but the shortest and the longest tenth, lie between these figures.
const PARTS: [(&str, f64); 5] =
    [("shortest", 0.0), ("a tenth", 0.1), ("half", 0.5), ("nine tenths", 0.9), ("longest", 1.0)];

/// The lengths, each with the problem that has the longest.
pub(crate) fn lengths(problems: &[Described]) -> Figure {
    let asked = || problems.iter().filter(|problem| problem.kind != Kind::Discuss);
    let options = |is_right: bool| {
        let of = move |problem: &Described| -> Vec<(usize, String)> {
            let Asked::Choice { options, .. } = &problem.asked else { return Vec::new() };
            let wanted = options.iter().filter(|option| option.is_right == is_right);
            wanted.map(|option| (option.words, problem.slug.clone())).collect()
        };
        problems.iter().flat_map(of).collect()
    };
    let rows = [
        row("prompt", asked().map(|problem| (problem.prompt_words, problem.slug.clone())).collect()),
        row("explanation", asked().map(|problem| (problem.explanation_words, problem.slug.clone())).collect()),
        row("right option", options(true)),
        row("wrong option", options(false)),
    ];
    let head: Vec<&str> = ["words of"].into_iter().chain(PARTS.map(|(name, _)| name)).chain(["the longest"]).collect();
    Figure::new("Lengths", table(&head, &rows))
}

fn row(name: &str, mut lengths: Vec<(usize, String)>) -> Vec<String> {
    lengths.sort();
    let at = |part: f64| {
        let last = lengths.len().checked_sub(1)?;
        lengths.get((part * last as f64).round() as usize)
    };
    let mut cells = vec![name.to_owned()];
    cells.extend(PARTS.map(|(_, part)| at(part).map_or_else(|| "–".to_owned(), |(words, _)| words.to_string())));
    cells.push(at(1.0).map_or_else(String::new, |(_, slug)| slug.clone()));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::described::{OptionFacts, example};

    #[test]
    fn lengths_are_those_of_what_is_there() {
        let prompt = |slug: &str, prompt_words, kind| Described { prompt_words, ..example(slug, "async", kind) };
        let mut problems: Vec<Described> =
            (1..=11).map(|words| prompt(&format!("of-{words}"), words, Kind::Spot)).collect();
        problems.push(prompt("a-talk", 900, Kind::Discuss));
        let options =
            [(4, true), (7, false)].map(|(words, is_right)| OptionFacts { length: 1, words, is_right }).to_vec();
        problems
            .push(Described { asked: Asked::Choice { several: false, options }, ..prompt("of-0", 0, Kind::Choice) });
        let lines = lengths(&problems).lines;
        let words = |line: usize| lines[line].split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(1), ["prompt", "0", "1", "6", "10", "11", "of-11"]);
        assert_eq!(words(3), ["right", "option", "4", "4", "4", "4", "4", "of-0"]);
        assert_eq!(words(4), ["wrong", "option", "7", "7", "7", "7", "7", "of-0"]);
        assert!(lengths(&[]).lines[1].contains('–'));
    }
}
