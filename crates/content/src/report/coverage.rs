//! What the problems cover: topics, levels and kinds, concepts, misconceptions, the syllabus.

use std::collections::{BTreeMap, BTreeSet};

use quiz::problem::{Kind, Level};

use crate::read::guide::WrittenSection;
use crate::read::syllabus::Row;
use crate::report::described::Described;
use crate::report::figure::{Figure, listed};
use crate::report::table::table;

const NONE: &str = "·";

/// How many problems there are of each topic, level and kind.
pub(crate) fn mixture(problems: &[Described], topics: &[String]) -> Figure {
    let mut rows = Vec::new();
    for topic in topics {
        let of_topic: Vec<&Described> = problems.iter().filter(|problem| problem.topic.0 == *topic).collect();
        let mut name = topic.as_str();
        for level in Level::ALL {
            let of_level: Vec<&Described> = of_topic.iter().filter(|problem| problem.level == level).copied().collect();
            if !of_level.is_empty() {
                rows.push(numbers(std::mem::take(&mut name), level.name(), &of_level));
            }
        }
        rows.push(numbers(name, "all", &of_topic));
    }
    for level in Level::ALL {
        let of_level: Vec<&Described> = problems.iter().filter(|problem| problem.level == level).collect();
        rows.push(numbers(if level == Level::Junior { "all topics" } else { "" }, level.name(), &of_level));
    }
    rows.push(numbers("", "all", &problems.iter().collect::<Vec<_>>()));
    let head: Vec<&str> = ["topic", "level"].into_iter().chain(Kind::ALL.map(Kind::name)).chain(["all"]).collect();
    Figure::new("Topics, levels and kinds", table(&head, &rows))
}

fn numbers(topic: &str, level: &str, problems: &[&Described]) -> Vec<String> {
    let count = |number: usize| if number == 0 { NONE.to_owned() } else { number.to_string() };
    let of_kind = |kind| count(problems.iter().filter(|problem| problem.kind == kind).count());
    let words = [topic.to_owned(), level.to_owned()].into_iter();
    words.chain(Kind::ALL.map(of_kind)).chain([count(problems.len())]).collect()
}

/// Which concepts have fewer than two problems of different kinds. Those that are only talked about need no second kind: no
/// program could prove an answer.
pub(crate) fn concepts<'a>(problems: &[Described], known: impl Iterator<Item = &'a str>) -> Figure {
    let (mut all, mut never, mut once, mut one_kind, mut talked) = (0, Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for concept in known {
        all += 1;
        let kinds = problems.iter().filter(|problem| problem.concepts.iter().any(|named| named == concept));
        let kinds: Vec<Kind> = kinds.map(|problem| problem.kind).collect();
        match kinds.iter().collect::<BTreeSet<_>>().len() {
            0 => never.push(concept.to_owned()),
            _ if kinds.len() == 1 => once.push(concept.to_owned()),
            1 if kinds[0] == Kind::Discuss => talked.push(format!("{concept} ({})", kinds.len())),
            1 => one_kind.push(format!("{concept} ({} × {})", kinds.len(), kinds[0].name())),
            _ => {}
        }
    }
    let few = never.len() + once.len() + one_kind.len();
    let mut lines = vec![format!("{} of {all} concepts", all - few)];
    lines.extend(listed("no problem", &never));
    lines.extend(listed("one problem", &once));
    lines.extend(listed("problems of one kind only", &one_kind));
    lines.extend(listed("only talked about", &talked));
    let aim = "every concept has two problems or more, of different kinds unless it is only talked about";
    Figure::new("Concepts", lines).aim(aim, few == 0)
}

/// Which misconceptions fewer than two wrong answers name.
pub(crate) fn misconceptions<'a>(problems: &[Described], known: impl Iterator<Item = &'a str>) -> Figure {
    let mut named: BTreeMap<&str, usize> = known.map(|id| (id, 0)).collect();
    let all = named.len();
    for id in problems.iter().flat_map(|problem| &problem.misconceptions) {
        if let Some(times) = named.get_mut(id.as_str()) {
            *times += 1;
        }
    }
    let times = |wanted: usize| -> Vec<String> {
        named.iter().filter(|(_, times)| **times == wanted).map(|(id, _)| (*id).to_owned()).collect()
    };
    let (never, once) = (times(0), times(1));
    let few = never.len() + once.len();
    let mut lines = vec![format!("{} of {all} misconceptions", all - few)];
    lines.extend(listed("never named", &never));
    lines.extend(listed("named once", &once));
    Figure::new("Misconceptions", lines).aim("every misconception is named by two wrong answers or more", few == 0)
}

/// Which rows of the syllabus neither a problem nor the guide covers.
pub(crate) fn syllabus(problems: &[Described], guide: &[WrittenSection], rows: &[Row]) -> Figure {
    let by_problems: BTreeSet<&String> = problems.iter().flat_map(|problem| &problem.syllabus).collect();
    let by_guide: BTreeSet<&String> = guide.iter().flat_map(|section| &section.syllabus).collect();
    let is_open = |row: &&Row| !by_problems.contains(&row.id) && !by_guide.contains(&row.id);
    let open: Vec<&Row> = rows.iter().filter(is_open).collect();
    let told = rows.iter().filter(|row| by_guide.contains(&row.id) && !by_problems.contains(&row.id));
    let told: Vec<String> = told.map(|row| row.id.clone()).collect();
    let mut lines = vec![format!("{} of {} rows", rows.len() - open.len(), rows.len())];
    lines.extend(listed("by the guide", &told));
    let cells = |row: &&Row| {
        vec![
            row.id.clone(),
            row.level.map_or(NONE, Level::name).to_owned(),
            row.kind.map_or(NONE, Kind::name).to_owned(),
            format!("{:>3}", row.frequency),
            format!("{} ({})", row.label, row.topic.0),
        ]
    };
    if !open.is_empty() {
        lines.push("not covered, with the number of sources that name it:".to_owned());
        let head = ["row", "level", "kind", "in", "what is asked"];
        lines.extend(table(&head, &open.iter().map(cells).collect::<Vec<_>>()));
    }
    Figure::new("The syllabus", lines).aim("every row is covered by a problem or the guide", open.is_empty())
}

/// Which problems do not say what to say in an interview. A `discuss` says nothing else.
pub(crate) fn interview_lines(problems: &[Described]) -> Figure {
    let asked: Vec<&Described> = problems.iter().filter(|problem| problem.kind != Kind::Discuss).collect();
    let missing: Vec<String> =
        asked.iter().filter(|problem| !problem.has_interview).map(|problem| problem.slug.clone()).collect();
    let mut lines = vec![format!("{} of {} problems", asked.len() - missing.len(), asked.len())];
    lines.extend(listed("missing", &missing));
    Figure::new("What to say in an interview", lines).aim("every problem says it", missing.is_empty())
}

#[cfg(test)]
mod tests {
    use quiz::problem::{Slug, Topic};

    use super::*;
    use crate::report::described::example;

    fn is_met(figure: &Figure) -> bool {
        figure.aim.as_ref().is_some_and(|aim| aim.is_met)
    }

    fn about(concepts: &[&str], kind: Kind) -> Described {
        Described { concepts: concepts.iter().map(|name| (*name).to_owned()).collect(), ..example("a", "async", kind) }
    }

    #[test]
    fn every_problem_is_counted_once_by_topic_level_and_kind() {
        let senior = Described { level: Level::Senior, ..example("c", "async", Kind::Write) };
        let problems = [example("a", "async", Kind::Choice), example("b", "async", Kind::Choice), senior];
        let lines = mixture(&problems, &["unsafe".to_owned(), "async".to_owned()]).lines;
        let words: Vec<Vec<&str>> = lines.iter().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(words[1], ["unsafe", "all", "·", "·", "·", "·", "·", "·", "·", "·"]);
        assert_eq!(words[2], ["async", "junior", "2", "·", "·", "·", "·", "·", "·", "2"]);
        assert_eq!(words[3], ["senior", "·", "·", "·", "·", "·", "1", "·", "1"]);
        assert_eq!(words[4], ["all", "2", "·", "·", "·", "·", "1", "·", "3"]);
        assert_eq!(words.last().unwrap_or(&Vec::new())[..2], ["all", "2"]);
    }

    #[test]
    fn a_concept_needs_two_kinds() {
        let problems = [
            about(&["move", "drop", "pin"], Kind::Choice),
            about(&["move", "drop"], Kind::Choice),
            about(&["move"], Kind::Fill),
        ];
        let figure = concepts(&problems, ["move", "drop", "pin", "wake"].into_iter());
        assert!(!is_met(&figure));
        let lines = [
            "1 of 4 concepts",
            "no problem (1): wake",
            "one problem (1): pin",
            "problems of one kind only (1): drop (2 × choice)",
        ];
        assert_eq!(figure.lines, lines);
        assert!(is_met(&concepts(&problems, ["move"].into_iter())));
    }

    #[test]
    fn what_is_only_talked_about_needs_no_second_kind() {
        let problems = [
            about(&["conflict", "motivation"], Kind::Discuss),
            about(&["conflict", "drop"], Kind::Discuss),
            about(&["drop"], Kind::Fill),
        ];
        let figure = concepts(&problems, ["conflict", "drop"].into_iter());
        assert_eq!(figure.lines, ["2 of 2 concepts", "only talked about (1): conflict (2)"]);
        assert!(is_met(&figure) && !is_met(&concepts(&problems, ["motivation"].into_iter())), "that is but one");
    }

    #[test]
    fn a_misconception_needs_two_wrong_answers() {
        let named = |ids: &[&str]| Described {
            misconceptions: ids.iter().map(|id| (*id).to_owned()).collect(),
            ..example("a", "async", Kind::Choice)
        };
        let problems = [named(&["twice", "once"]), named(&["twice"])];
        let figure = misconceptions(&problems, ["never", "once", "twice"].into_iter());
        assert_eq!(figure.lines, ["1 of 3 misconceptions", "never named (1): never", "named once (1): once"]);
        assert!(!is_met(&figure) && is_met(&misconceptions(&problems, ["twice"].into_iter())));
    }

    #[test]
    fn rows_that_nothing_covers_are_listed() {
        let row = |id: &str| Row {
            id: id.to_owned(),
            topic: Topic("ownership".to_owned()),
            label: format!("say what {id} is"),
            level: Some(Level::Mid),
            frequency: "4+".to_owned(),
            kind: Some(Kind::Choice),
        };
        let problems = [Described { syllabus: vec!["own-01".to_owned()], ..example("a", "ownership", Kind::Spot) }];
        let figure = syllabus(&problems, &[], &[row("own-01"), row("own-02")]);
        assert_eq!(figure.lines[0], "1 of 2 rows");
        assert!(
            figure.lines[3].starts_with("own-02  mid    choice   4+  say what own-02 is (ownership)"),
            "{figure:?}"
        );
        assert!(!is_met(&figure) && is_met(&syllabus(&problems, &[], &[row("own-01")])));
        let section = WrittenSection {
            slug: Slug("prepare".into()),
            title: "How to prepare".to_owned(),
            practice: Vec::new(),
            syllabus: vec!["own-01".to_owned(), "own-02".to_owned()],
            text: String::new(),
            checklist: Vec::new(),
        };
        let figure = syllabus(&problems, &[section], &[row("own-01"), row("own-02")]);
        assert_eq!(figure.lines, ["2 of 2 rows", "by the guide (1): own-02"]);
        assert!(is_met(&figure));
    }

    #[test]
    fn a_discussion_needs_no_line_for_an_interview() {
        let silent = |slug, kind| Described { has_interview: false, ..example(slug, "async", kind) };
        let figure =
            interview_lines(&[silent("a", Kind::Discuss), silent("b", Kind::Fill), example("c", "async", Kind::Fill)]);
        assert_eq!(figure.lines, ["1 of 2 problems", "missing (1): b"]);
        assert!(!is_met(&figure) && is_met(&interview_lines(&[silent("a", Kind::Discuss)])));
    }
}
