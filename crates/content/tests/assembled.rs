//! Problems whose every answer is a program: what is proven, remembered, committed and packed.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use crate::support::{Workshop, render, titles};
use content::pack::pack;
use content::verify::{Report, VerifyOptions, verify};
use expect_test::{Expect, expect};
use quiz::answer::Answer;
use quiz::assemble;
use quiz::catalog::{Catalog, Pack};
use quiz::grading::{Mark, grade};
use quiz::json;
use quiz::learner::misconceptions::Beliefs;
use quiz::problem::{Outcome, Outcomes, Problem, Question};
use quiz::verdict::Verdict;

const FILL: &str = "ownership/jobs-left-over.md";
const FILL_VERDICT: &str = "ownership/jobs-left-over.verdict.json";
const CHECKED: &str = "ownership/longest-job.md";
const ORDER_VERDICT: &str = "borrowing/lines-of-a-queue.verdict.json";
/// Combinations and arrangements in the folder.
const ANSWERS: usize = 9 + 6 + 24;

/// Fills the cache once, before any test needs it.
static PROVEN: LazyLock<()> = LazyLock::new(|| {
    Workshop::with("assembled").bless();
});

fn verify_with(workshop: &Workshop, cache: &Path, bless: bool) -> Report {
    verify(&VerifyOptions { cache: cache.to_owned(), ..workshop.options(bless) }).unwrap()
}

fn blessed() -> Workshop {
    LazyLock::force(&PROVEN);
    let workshop = Workshop::with("assembled");
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    workshop
}

fn packed(workshop: &Workshop) -> Vec<Problem> {
    let packed = pack(&workshop.problems(), &workshop.packs(), "").unwrap();
    let read = |file: &str| fs::read_to_string(workshop.packs().join(file)).unwrap();
    let catalog: Catalog = serde_json::from_str(&read(&packed.catalog)).unwrap();
    let packs = catalog.packs().map(|pack| serde_json::from_str::<Pack>(&read(&pack.address)).unwrap());
    packs.flat_map(|pack| pack.problems).collect()
}

fn problem(problems: &[Problem], slug: &str) -> Problem {
    problems.iter().find(|problem| &*problem.slug.0 == slug).unwrap().clone()
}

fn outcomes(problem: &Problem) -> &Outcomes {
    match &problem.question {
        Question::Fill { outcomes, .. } | Question::Order { outcomes, .. } => outcomes,
        other => panic!("{other:?}"),
    }
}

fn outcome<'a>(problem: &'a Problem, answer: &Answer) -> &'a Outcome {
    outcomes(problem).of_rank(assemble::rank(&problem.question, answer).unwrap()).unwrap()
}

fn picks(picks: &[usize]) -> Answer {
    Answer::Fill { picks: picks.to_vec() }
}

fn lines(lines: &[usize]) -> Answer {
    Answer::Order { lines: lines.to_vec() }
}

#[test]
fn what_was_blessed_verifies_and_is_remembered_in_one_piece() {
    let (workshop, cache) = (Workshop::with("assembled"), tempfile::tempdir().unwrap());
    let cold = verify_with(&workshop, cache.path(), true);
    assert!(cold.is_ok(), "{}", cold.render(false));
    assert_eq!((cold.answers, cold.compiled, cold.blessed), (ANSWERS, ANSWERS, 3));
    // Nothing is read but one entry a problem: the entries of single programs may be gone.
    for entry in fs::read_dir(cache.path()).unwrap() {
        let path = entry.unwrap().path();
        if !fs::read_to_string(&path).unwrap().contains("\"of\":[") {
            fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 3);
    let warm = verify_with(&workshop, cache.path(), false);
    assert_eq!((warm.compiled, warm.is_ok()), (0, true), "{}", warm.render(false));
    assert!(warm.render(false).starts_with("verified: 3 problems, 3 programs and 39 answers (0 compiled)"));
}

#[test]
fn only_new_answers_are_compiled() {
    let (workshop, cache) = (Workshop::with("assembled"), tempfile::tempdir().unwrap());
    verify_with(&workshop, cache.path(), true);
    workshop.edit(FILL, "\"count\"]", "\"count\", \"is_empty\"]");
    assert_eq!(verify_with(&workshop, cache.path(), false).compiled, 3);
    workshop.edit(CHECKED, "the first one", "the very first one");
    assert_eq!(verify_with(&workshop, cache.path(), false).compiled, 6, "the check belongs to each program");
}

#[test]
fn another_edition_is_another_set_of_programs() {
    let (workshop, cache) = (Workshop::with("assembled"), tempfile::tempdir().unwrap());
    verify_with(&workshop, cache.path(), true);
    workshop.edit(FILL, "minutes = 2", "minutes = 2\nedition = \"2021\"");
    assert_eq!(verify_with(&workshop, cache.path(), false).compiled, 9);
}

#[test]
fn a_corrupt_entry_counts_as_absent() {
    let (workshop, cache) = (Workshop::with("assembled"), tempfile::tempdir().unwrap());
    verify_with(&workshop, cache.path(), true);
    for entry in fs::read_dir(cache.path()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, &text[..text.len() - 2]).unwrap();
    }
    let report = verify_with(&workshop, cache.path(), false);
    assert_eq!((report.compiled, report.is_ok()), (ANSWERS, true));
}

#[test]
fn a_verdict_file_is_readable() {
    let workshop = blessed();
    expect![[r#"
        {
          "format": 1,
          "toolchain": "rustc 1.95.0 (59807616e 2026-04-14)",
          "edition": "2024",
          "programs": [
            {
              "where": "prompt",
              "sha256": "7044ed05f16ea661e180216f6804fd5860a05f0fa9f0b767d419fb4049124ace",
              "verdict": "prints",
              "stdout": ""
            }
          ],
          "answers": {
            "sha256": "4cb1c78b9e76bf723bf8cdd7127a6191fb4022bda09f116552c0891c802aa324",
            "outcomes": [
              {
                "accepted": true,
                "verdict": "prints",
                "stdout": ""
              },
              {
                "accepted": false,
                "checked": true,
                "verdict": "panics",
                "line": 13,
                "message": "assertion `left == right` failed: the first one\n  left: \"test\"\n right: \"lint\"",
                "stdout": ""
              },
              {
                "accepted": false,
                "verdict": "error",
                "errors": [
                  {
                    "code": "E0308",
                    "message": "mismatched types",
                    "spans": [
                      {
                        "line": 5,
                        "column": 20,
                        "end_line": 5,
                        "end_column": 24,
                        "primary": true,
                        "label": "expected `&str`, found `String`"
                      },
                      {
                        "line": 2,
                        "column": 20,
                        "end_line": 2,
                        "end_column": 22,
                        "primary": false,
                        "label": "expected due to this value"
                      }
                    ],
                    "rendered": "error[E0308]: mismatched types\n --> main.rs:5:20\n  |\n2 |     let mut best = \"\";\n  |                    -- expected due to this value\n...\n5 |             best = name;\n  |                    ^^^^ expected `&str`, found `String`\n  |\nhelp: consider borrowing here\n  |\n5 |             best = &name;\n  |                    +\n"
                  }
                ]
              },
              {
                "accepted": false,
                "verdict": "error",
                "errors": [
                  {
                    "code": "E0308",
                    "message": "mismatched types",
                    "spans": [
                      {
                        "line": 3,
                        "column": 9,
                        "end_line": 3,
                        "end_column": 18,
                        "primary": true,
                        "label": "types differ in mutability"
                      },
                      {
                        "line": 3,
                        "column": 22,
                        "end_line": 3,
                        "end_column": 27,
                        "primary": false,
                        "label": "this is an iterator with items of type `&String`"
                      }
                    ],
                    "rendered": "error[E0308]: mismatched types\n --> main.rs:3:9\n  |\n3 |     for &mut name in names {\n  |         ^^^^^^^^^    ----- this is an iterator with items of type `&String`\n  |         |\n  |         types differ in mutability\n  |\n  = note:      expected reference `&String`\n          found mutable reference `&mut _`\n"
                  }
                ]
              }
            ],
            "of": "0 1 2 2 3 3"
          }
        }
    "#]].assert_eq(&workshop.read("ownership/longest-job.verdict.json"));
}

/// Blesses the folder, changes something, and compares the messages.
fn check(change: impl FnOnce(&Workshop), expected: &Expect) {
    let workshop = blessed();
    change(&workshop);
    expected.assert_eq(&workshop.shorten(&render(&workshop.verify().mistakes)));
}

#[test]
fn a_program_that_was_changed() {
    check(
        |workshop| workshop.edit(FILL, "left\", jobs", "left\",  jobs"),
        &expect![[r#"
        error: the verdict file is out of date
         --> /problems/ownership/jobs-left-over.verdict.json
          = note: prompt: the program was changed after it was judged
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn a_wrong_answer_that_was_changed() {
    check(
        |workshop| workshop.edit(FILL, "\"count\"]", "\"first\"]"),
        &expect![[r#"
        error: the verdict file is out of date
         --> /problems/ownership/jobs-left-over.verdict.json
          = note: answers: their programs were changed after they were judged
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

/// Beside the program that answers make whole, a block is a program as it stands.
#[test]
fn another_block_that_was_changed() {
    let workshop = Workshop::with("assembled");
    workshop.edit(FILL, "## In an", "```rust\nlet jobs = 2;\nassert!(jobs > 1);\n```\n\n## In an");
    assert!(workshop.bless().is_ok());
    workshop.edit(FILL, "let jobs = 2;", "let jobs = 3;");
    let message = render(&workshop.verify().mistakes);
    assert!(message.contains("explanation: the program was changed after it was judged"), "{message}");
}

#[test]
fn another_outcome() {
    check(
        |workshop| workshop.edit(FILL_VERDICT, "8 left", "9 left"),
        &expect![[r#"
        error: the compiler says something else than the verdict file
         --> /problems/ownership/jobs-left-over.verdict.json
          = note: answers
                  committed: outcomes: stdout: "build\ntest\n9 left\n"
                  now:       outcomes: stdout: "build\ntest\n8 left\n"
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn other_places_of_outcomes() {
    check(
        |workshop| workshop.edit(ORDER_VERDICT, "\"of\": \"0", "\"of\": \"1"),
        &expect![[r#"
        error: the compiler says something else than the verdict file
         --> /problems/borrowing/lines-of-a-queue.verdict.json
          = note: answers
                  committed: of: "1 1 0 2 3 4 0 1 5 6 5 6 0 7 5 6 5 6 3 4 5 6 5 6"
                  now:       of: "0 1 0 2 3 4 0 1 5 6 5 6 0 7 5 6 5 6 3 4 5 6 5 6"
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn packing_needs_all_outcomes() {
    let refused = |change: fn(&Workshop)| {
        let workshop = blessed();
        change(&workshop);
        pack(&workshop.problems(), &workshop.packs(), "").unwrap_err().to_string()
    };
    let message = refused(|workshop| workshop.edit(FILL_VERDICT, "\"of\": \"0 ", "\"of\": \"99 "));
    assert!(message.contains("answers: not all of them were judged"), "{message}");
    let message = refused(|workshop| workshop.edit(FILL_VERDICT, "\"of\": \"0 ", "\"of\": \""));
    assert!(message.contains("answers: not all of them were judged"), "{message}");
    let message = refused(|workshop| workshop.edit(FILL, "\"count\"]", "\"first\"]"));
    assert!(message.contains("answers: their programs were changed after they were judged"), "{message}");
    let message = refused(|workshop| workshop.edit(FILL, "2 left", "8 left"));
    assert!(message.contains("2 right answers are not stated"), "{message}");
    let message = refused(|workshop| workshop.edit(FILL, ", [\"jobs.iter()\", \"len\"]", ""));
    assert!(message.contains("a right answer is not stated"), "{message}");
}

#[test]
fn every_answer_has_an_outcome_and_only_the_stated_ones_are_right() {
    let workshop = blessed();
    for problem in packed(&workshop) {
        let outcomes = outcomes(&problem);
        assert_eq!(outcomes.of.len(), assemble::count(&problem.question));
        let mut right = Vec::new();
        for rank in 0..outcomes.of.len() {
            let answer = assemble::answer_at(&problem.question, rank).unwrap();
            assert!(assemble::program(&problem, &answer).is_some());
            let graded = grade(&problem.question, &answer);
            assert_eq!(graded.mark == Mark::Right, outcomes.of_rank(rank).unwrap().accepted);
            if graded.mark == Mark::Right {
                right.push(answer);
            }
        }
        let expected = match &*problem.slug.0 {
            "jobs-left-over" => vec![picks(&[1, 0]), picks(&[2, 0])],
            "longest-job" => vec![picks(&[0, 0])],
            _ => vec![lines(&[0, 1, 3]), lines(&[1, 0, 3])],
        };
        assert_eq!(right, expected, "{}", problem.slug);
    }
}

#[test]
fn a_wrong_answer_keeps_what_became_of_it() {
    let workshop = blessed();
    let problems = packed(&workshop);
    let fill = problem(&problems, "jobs-left-over");
    let moved = outcome(&fill, &picks(&[0, 0]));
    let Verdict::Error { errors } = &moved.verdict else { panic!("{moved:?}") };
    assert_eq!((errors.len(), errors[0].code.as_ref().unwrap().0.as_str()), (1, "E0382"));
    let capacity = outcome(&fill, &picks(&[1, 1]));
    assert_eq!(capacity.verdict, Verdict::Prints { stdout: "build\ntest\n8 left\n".to_owned() });

    let checked = problem(&problems, "longest-job");
    let last = outcome(&checked, &picks(&[0, 1]));
    let Verdict::Panics { line, message, .. } = &last.verdict else { panic!("{last:?}") };
    let program = assemble::program(&checked, &picks(&[0, 1])).unwrap();
    let check = checked.check.as_ref().unwrap();
    let line_of_check = *line as usize - program.lines().count() - 1;
    assert!(check.source.lines().nth(line_of_check - 1).unwrap().contains("the first one"));
    assert!(last.checked && message.contains("the first one"), "{message}");
    assert!(!outcome(&checked, &picks(&[2, 0])).checked);
}

#[test]
fn the_main_program_is_the_template_with_the_verdict_on_the_first_right_answer() {
    let workshop = blessed();
    let problems = packed(&workshop);
    let fill = problem(&problems, "jobs-left-over");
    let program = fill.main_program().unwrap();
    assert!(program.source.contains("for job in /*a*/ {"));
    assert!(program.compiled_source().contains("for job in &jobs {"));
    assert_eq!(program.verdict, Verdict::Prints { stdout: "build\ntest\n2 left\n".to_owned() });
    assert_eq!(fill.check, None);

    let order = problem(&problems, "lines-of-a-queue");
    let program = order.main_program().unwrap();
    assert_eq!(program.source, assemble::program(&order, &lines(&[0, 1, 3])).unwrap());
    assert_eq!(program.compiled, None);

    let checked = problem(&problems, "longest-job");
    let check = checked.check.as_ref().unwrap();
    assert!(check.source.starts_with("fn main() {"));
    let compiled = checked.main_program().unwrap().compiled_source().to_owned();
    assert_eq!(compiled, assemble::program(&checked, &picks(&[0, 0])).unwrap() + "\n" + &check.source);
    assert_eq!(checked.programs.len(), 1, "the check is none of the blocks that texts show");
}

#[test]
fn a_right_answer_that_is_not_stated_blesses_nothing() {
    let workshop = blessed();
    let before = workshop.read(FILL_VERDICT);
    workshop.edit(FILL, ", [\"jobs.iter()\", \"len\"]", "");
    let report = workshop.bless();
    assert_eq!((titles(&report.mistakes), report.blessed), (vec!["a right answer is not stated"], 0));
    assert_eq!(workshop.read(FILL_VERDICT), before);
}

#[test]
fn beliefs_behind_choices_travel_with_those_behind_options() {
    let workshop = blessed();
    let packed = pack(&workshop.problems(), &workshop.packs(), "").unwrap();
    let read = |file: &str| fs::read_to_string(workshop.packs().join(file)).unwrap();
    let catalog: Catalog = serde_json::from_str(&read(&packed.catalog)).unwrap();
    let beliefs: Beliefs = json::read(&read(&catalog.beliefs)).unwrap();
    let [belief] = beliefs.beliefs.as_slice() else { panic!("{beliefs:?}") };
    assert!(belief.belief.starts_with("A moved value can still be read"));
    let [exposed] = beliefs.problems.as_slice() else { panic!("{beliefs:?}") };
    assert_eq!(&*exposed.slug.0, "longest-job");
    assert_eq!(exposed.choices, [vec![None, None, Some(0)], vec![None, None]]);
    let problem = problem(&self::packed(&workshop), "longest-job");
    let told = |picks: &[usize]| assemble::beliefs(&problem.question, &Answer::Fill { picks: picks.to_vec() }).len();
    assert_eq!((told(&[2, 0]), told(&[0, 0]), told(&[1, 1])), (1, 0, 0));
}
