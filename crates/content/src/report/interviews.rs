//! How much somebody meets again who rehearses the same interview many times within two weeks.

use std::collections::BTreeMap;

use quiz::catalog::Catalog;
use quiz::interview::{Blueprint, Part, draw_anew};
use quiz::problem::{Kind, Level, Slug, Topic};
use quiz::shuffle::seed_of;

use crate::read::interviews::WrittenBlueprint;
use crate::report::figure::{Figure, percent, wrapped};
use crate::report::table::table;

/// So many interviews in a row.
const IN_A_ROW: usize = 10;
/// At most one of so many questions may have been asked in an earlier one.
const ONE_OF: usize = 3;

const NOT_FOR: &str = "·";

/// The largest share of an interview's questions that were in an earlier one of ten in a row.
pub(crate) fn repeats(blueprints: &[WrittenBlueprint], catalog: &Catalog) -> Figure {
    figure(blueprints.iter().map(|written| &written.blueprint), catalog)
}

fn figure<'a>(blueprints: impl Iterator<Item = &'a Blueprint>, catalog: &Catalog) -> Figure {
    let (mut rows, mut too_small) = (Vec::new(), Vec::new());
    for blueprint in blueprints {
        let mut row = vec![blueprint.name.clone()];
        for level in Level::ALL {
            let Some(most) = most_repeated(blueprint, level, catalog) else {
                row.push(NOT_FOR.to_owned());
                continue;
            };
            let questions = questions(blueprint);
            row.push(percent(most as f64, questions as f64));
            if most > questions / ONE_OF {
                too_small.extend(wrapped(&lacking(blueprint, level, catalog), 4));
            }
        }
        rows.push(row);
    }
    let head: Vec<&str> = ["interview"].into_iter().chain(Level::ALL.map(Level::name)).collect();
    let mut lines = vec![format!("the most that one of {IN_A_ROW} in a row asks again, by the candidate's level")];
    lines.extend(table(&head, &rows));
    let is_met = too_small.is_empty();
    if !is_met {
        lines.push("too few problems, of the level and those below it:".to_owned());
        lines.extend(too_small);
    }
    Figure::new("Interviews", lines).aim("no interview repeats more than a third of its questions", is_met)
}

/// How many questions of an interview were in an earlier one, at most; `None` if it is not for the level or lacks problems.
fn most_repeated(blueprint: &Blueprint, level: Level, catalog: &Catalog) -> Option<usize> {
    let mut asked: BTreeMap<Slug, u64> = BTreeMap::new();
    let mut most = 0;
    for number in (1..=IN_A_ROW as u64).filter(|_| blueprint.is_for(level)) {
        let answered_ms = |slug: &Slug| asked.get(slug).copied();
        let drawn = draw_anew(blueprint, level, seed_of(&blueprint.name, number), catalog, answered_ms).ok()?.concat();
        most = most.max(drawn.iter().filter(|slug| asked.contains_key(slug)).count());
        asked.extend(drawn.into_iter().map(|slug| (slug, number)));
    }
    (!asked.is_empty()).then_some(most)
}

fn questions(blueprint: &Blueprint) -> usize {
    blueprint.rounds.iter().map(quiz::interview::RoundPlan::questions).sum()
}

/// What the parts of an interview draw from: the kinds, the topics, and how many questions are asked of these.
struct Pool<'a> {
    kinds: &'a [Kind],
    topics: &'a [Topic],
    count: usize,
    /// How many problems fit.
    size: usize,
}

impl Pool<'_> {
    /// How many problems all interviews take if none comes again.
    fn wanted(&self) -> usize {
        IN_A_ROW * self.count
    }

    /// How many problems there must be more for the last interview to repeat no more than `repeated` of its questions: the first
    /// ones take what is new while there is any.
    fn missing(&self, repeated: usize) -> usize {
        if repeated >= self.count { 0 } else { (self.wanted() - repeated).saturating_sub(self.size) }
    }

    /// `discuss of behavioural has 6 for 30`.
    fn words(&self) -> String {
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.name()).collect();
        let topics = match self.topics {
            [] => "any topic".to_owned(),
            [only] => only.0.clone(),
            [one, other] => format!("{} and {}", one.0, other.0),
            [first, .., last] => format!("{} topics from {} to {}", self.topics.len(), first.0, last.0),
        };
        format!("{} of {topics} has {} for {}", kinds.join("/"), self.size, self.wanted())
    }
}

fn pools<'a>(blueprint: &'a Blueprint, level: Level, catalog: &Catalog) -> Vec<Pool<'a>> {
    let mut pools: Vec<Pool<'a>> = Vec::new();
    for part in blueprint.rounds.iter().flat_map(|round| &round.parts) {
        let Part { kinds, topics, count, .. } = part;
        match pools.iter_mut().find(|pool| pool.kinds == kinds && pool.topics == topics) {
            Some(pool) => pool.count += count,
            None => {
                let size = catalog
                    .problems
                    .iter()
                    .filter(|entry| part.accepts(entry, level) || part.falls_back_on(entry, level))
                    .count();
                pools.push(Pool { kinds, topics, count: *count, size });
            }
        }
    }
    pools
}

/// How many problems there must be more at least, if `repeated` questions may come again; pools are taken to have none in common.
fn missing(pools: &[Pool<'_>], repeated: usize) -> usize {
    let Some((first, others)) = pools.split_first() else { return 0 };
    let of_first = 0..=repeated.min(first.count);
    of_first.map(|share| first.missing(share) + missing(others, repeated - share)).min().unwrap_or(0)
}

/// Which pools are too small, and how many problems are missing.
fn lacking(blueprint: &Blueprint, level: Level, catalog: &Catalog) -> String {
    let pools = pools(blueprint, level, catalog);
    let missing = missing(&pools, questions(blueprint) / ONE_OF);
    let small: Vec<String> = pools.iter().filter(|pool| pool.size < pool.wanted()).map(Pool::words).collect();
    format!("{}, {}: lacks {missing}; {}", blueprint.name, level.name(), small.join("; "))
}

#[cfg(test)]
mod tests {
    use quiz::catalog::Entry;
    use quiz::interview::RoundPlan;

    use super::*;

    /// An interview of one round, with so many questions of these kinds.
    fn asks(name: &str, parts: &[(Kind, usize)]) -> Blueprint {
        let part = |(kind, count): &(Kind, usize)| Part {
            kinds: vec![*kind],
            topics: vec![Topic("async".to_owned())],
            count: *count,
            minutes_each: 1,
        };
        let round = RoundPlan {
            title: "All".to_owned(),
            minutes: 60,
            break_minutes_before: 0,
            own_questions_minutes: 0,
            parts: parts.iter().map(part).collect(),
            worth_asking: Vec::new(),
        };
        Blueprint {
            name: name.to_owned(),
            title: "All".to_owned(),
            description: String::new(),
            judged: Vec::new(),
            levels: vec![Level::Mid],
            rounds: vec![round],
        }
    }

    fn catalog(numbers: &[(Kind, usize)]) -> Catalog {
        let entry = |kind: Kind, number: usize| Entry {
            slug: Slug(format!("{}-{number}", kind.name()).into()),
            topic: Topic("async".to_owned()),
            title: String::new(),
            kind,
            level: Level::Mid,
            minutes: 1,
            revision: 1,
            concepts: Vec::new(),
        };
        let all = numbers.iter().flat_map(|(kind, number)| (0..*number).map(move |number| entry(*kind, number)));
        Catalog { problems: all.collect(), ..Catalog::default() }
    }

    fn is_met(figure: &Figure) -> bool {
        figure.aim.as_ref().is_some_and(|aim| aim.is_met)
    }

    #[test]
    fn a_third_may_come_again() {
        let (fill, write) = (Kind::Fill, Kind::Write);
        let plan = asks("coding", &[(fill, 2), (write, 1)]);
        let met = figure([&plan].into_iter(), &catalog(&[(fill, 20), (write, 1)]));
        assert_eq!(met.lines[2].split_whitespace().collect::<Vec<_>>(), ["coding", "·", "33", "%", "·", "·"]);
        assert!(is_met(&met) && met.lines.len() == 3, "{met:#?}");
        let missed = figure([&plan].into_iter(), &catalog(&[(fill, 19), (write, 1)]));
        assert!(!is_met(&missed));
        let why = "coding, mid: lacks 1; fill of async has 19 for 20; write of async has 1 for 10";
        assert_eq!(missed.lines.last().map(String::as_str), Some(why));
    }

    #[test]
    fn nothing_comes_again_where_there_is_enough() {
        let plan = asks("screen", &[(Kind::Fill, 3)]);
        let figure = |number| figure([&plan].into_iter(), &catalog(&[(Kind::Fill, number)]));
        assert!(figure(30).lines[2].contains(" 0 %") && figure(29).lines[2].contains(" 33 %"));
        assert!(is_met(&figure(29)) && !is_met(&figure(28)));
    }

    #[test]
    fn what_may_come_again_is_spent_where_it_saves_most() {
        let kinds = [Kind::Discuss];
        let pool = |count, size| Pool { kinds: &kinds, topics: &[], count, size };
        assert_eq!(missing(&[pool(5, 6)], 1), 43, "49 for the last to repeat but one");
        assert_eq!(missing(&[pool(4, 37), pool(1, 3), pool(1, 3)], 2), 3, "the two small ones may run out");
        assert_eq!(missing(&[pool(4, 37), pool(1, 3), pool(1, 3)], 1), 10);
    }
}
