//! New problems: what they look like, and that they verify once they are filled in.

use crate::support::{Workshop, render};
use content::mistake::Mistake;
use content::template::{TemplateError, create};
use quiz::problem::Kind;

fn new(workshop: &Workshop, topic: &str, slug: &str) -> Result<String, TemplateError> {
    let path = create(&workshop.problems(), topic, slug, Kind::Predict)?;
    Ok(path.strip_prefix(workshop.problems()).unwrap().display().to_string())
}

#[test]
fn every_placeholder_is_reported_and_nothing_else() {
    for kind in Kind::ALL {
        let workshop = Workshop::with("good");
        workshop.bless();
        create(&workshop.problems(), "lifetimes", "a-new-problem", kind).unwrap();
        let mistakes = workshop.verify().mistakes;
        let left = workshop.read("lifetimes/a-new-problem.md").lines().filter(|line| line.contains("TODO")).count();
        assert!(left > 8);
        assert_eq!(mistakes.len(), left, "{}", render(&mistakes));
        assert!(mistakes.iter().all(|mistake| mistake.title() == "a placeholder is left"));
        assert!(mistakes.iter().map(Mistake::line).is_sorted());
    }
}

#[test]
fn once_filled_in_it_verifies() {
    for kind in Kind::ALL {
        let workshop = Workshop::with("good");
        create(&workshop.problems(), "lifetimes", "a-new-problem", kind).unwrap();
        let text = workshop.read("lifetimes/a-new-problem.md");
        workshop.write("lifetimes/a-new-problem.md", &fill_in(&text));
        let report = workshop.bless();
        assert!(report.is_ok(), "{}", report.render(false));
    }
}

/// What an author does: writes texts, and removes the remarks behind values.
fn fill_in(text: &str) -> String {
    let sentence = "The queue owns its jobs until a worker takes them, and then the worker does. ".repeat(5);
    let fill = |line: &str| match line {
        _ if line.starts_with("title") => "title = \"A queue\"".to_owned(),
        _ if line.starts_with("TODO: in 60") => sentence.clone(),
        _ if line.trim_start().starts_with("Misconception") => line.split(" (TODO").next().unwrap().to_owned(),
        _ => {
            let line = line.split(" # TODO").next().unwrap().split(" // TODO").next().unwrap();
            line.replace("TODO:", "Done:")
        }
    };
    let lines: Vec<String> = text.lines().map(fill).filter(|line| line != "the fix in a Rust block.").collect();
    lines.join("\n") + "\n"
}

#[test]
fn it_lies_in_its_topic() {
    let workshop = Workshop::with("good");
    assert_eq!(new(&workshop, "lifetimes", "a-new-problem").unwrap(), "lifetimes/a-new-problem.md");
}

#[test]
fn a_slug_is_never_used_again() {
    let workshop = Workshop::with("good");
    let taken = new(&workshop, "lifetimes", "drained-twice").unwrap_err();
    assert!(matches!(taken, TemplateError::Taken { .. }), "{taken}");
    let retired = new(&workshop, "lifetimes", "told-too-often").unwrap_err();
    assert!(matches!(retired, TemplateError::Retired { .. }), "{retired}");
}

#[test]
fn names_must_be_well_formed() {
    let workshop = Workshop::with("good");
    for slug in ["ab", "Drained", "drained_twice", "drained/twice", "../drained", "-drained", &"long".repeat(16)] {
        assert!(matches!(new(&workshop, "lifetimes", slug), Err(TemplateError::Slug { .. })), "{slug}");
    }
    for topic in ["", "..", "Life times", "life/times"] {
        assert!(matches!(new(&workshop, topic, "a-new-problem"), Err(TemplateError::Topic { .. })), "{topic}");
    }
}

#[test]
fn an_unknown_topic_is_refused_with_the_one_that_was_meant() {
    let workshop = Workshop::with("good");
    let error = new(&workshop, "lifetime", "a-new-problem").unwrap_err();
    assert_eq!(error.to_string(), "there is no topic `lifetime`; did you mean `lifetimes`?");
}
