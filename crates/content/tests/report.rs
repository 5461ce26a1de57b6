//! The report on a folder of problems: what it reads from the files and from the verdicts beside them.

use crate::support::Workshop;
use content::report::{Figure, render, report};

fn figure(figures: &[Figure], title: &str) -> Figure {
    figures.iter().find(|figure| figure.title == title).unwrap().clone()
}

fn is_met(figure: &Figure) -> bool {
    figure.aim.as_ref().unwrap().is_met
}

#[test]
fn fills_are_judged_by_the_committed_verdicts() {
    let title = "Fills in which something that compiles is wrong";
    let workshop = Workshop::with("assembled");
    let before = figure(&report(&workshop.problems()).unwrap(), title);
    assert_eq!(before.lines, ["0 of 0 fills, –"], "there are no verdicts");
    assert!(workshop.bless().is_ok());
    let after = figure(&report(&workshop.problems()).unwrap(), title);
    assert_eq!(after.lines[0], "2 of 2 fills, 100 %");
    assert!(is_met(&after));
}

#[test]
fn misconceptions_are_counted_wherever_they_are_named() {
    let lines = |folder: &str| figure(&report(&Workshop::with(folder).problems()).unwrap(), "Misconceptions").lines;
    assert_eq!(
        lines("assembled"),
        ["0 of 2 misconceptions", "never named (1): for-borrows", "named once (1): moved-value-still-readable"],
        "behind a choice of a slot"
    );
    assert_eq!(
        lines("exercises"),
        ["0 of 2 misconceptions", "never named (1): moved-value-still-readable", "named once (1): for-borrows"],
        "behind a wrong turn"
    );
    assert!(lines("good")[1..].iter().all(|line| !line.contains("moved-value-still-readable")), "behind two options");
}

#[test]
fn a_problem_covers_the_rows_that_it_names() {
    let workshop = Workshop::with("good");
    let row = |id: &str| {
        format!("[{id}]\ntopic = \"ownership\"\nlabel = \"x\"\nlevel = \"mid\"\nfrequency = \"1\"\nkind = \"fill\"\n")
    };
    let has_syllabus = |figures: &[Figure]| figures.iter().any(|figure| figure.title == "The syllabus");
    assert!(!has_syllabus(&report(&workshop.problems()).unwrap()), "there is none");
    workshop.write("syllabus.toml", &(row("own-01") + &row("own-02")));
    workshop.edit("ownership/drained-twice.md", "minutes = ", "syllabus = [\"own-02\"]\nminutes = ");
    let syllabus = figure(&report(&workshop.problems()).unwrap(), "The syllabus");
    assert_eq!(syllabus.lines[0], "1 of 2 rows");
    assert!(syllabus.lines.iter().any(|line| line.starts_with("own-01 ")) && !is_met(&syllabus), "{syllabus:?}");
}

#[test]
fn a_section_of_the_guide_covers_the_rows_that_it_names() {
    let workshop = Workshop::with("good");
    let row =
        "[pro-05]\ntopic = \"behavioural\"\nlabel = \"x\"\nlevel = \"mid\"\nfrequency = \"1\"\nkind = \"discuss\"\n";
    workshop.write("syllabus.toml", row);
    let section = "+++\ntitle = \"Tasks\"\nsyllabus = [\"pro-05\"]\n+++\n\nWords.\n\n## Checklist\n\n- Read\n";
    workshop.write("guide/01-tasks.md", section);
    let syllabus = figure(&report(&workshop.problems()).unwrap(), "The syllabus");
    assert_eq!(syllabus.lines, ["1 of 1 rows", "by the guide (1): pro-05"]);
    assert!(is_met(&syllabus));
}

#[test]
fn the_report_fits_into_a_terminal() {
    let text = render(&report(&Workshop::with("good").problems()).unwrap());
    let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
    assert!(wide.is_empty() && text.contains("── Reading ease ─"), "{wide:#?}");
}
