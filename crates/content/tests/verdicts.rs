//! Verdict files: blessing them, and every way in which a committed one can be wrong.

use std::fs;

use crate::support::{Workshop, render, titles};
use content::verify::{VerifyOptions, verify};
use expect_test::{Expect, expect};

const PROGRAM: &str = "ownership/drained-in-order.md";
const VERDICT: &str = "ownership/drained-in-order.verdict.json";

/// Blesses the good folder, changes something, and compares the messages.
fn check(change: impl FnOnce(&Workshop), expected: &Expect) {
    let workshop = Workshop::with("good");
    assert!(workshop.bless().is_ok());
    change(&workshop);
    expected.assert_eq(&workshop.shorten(&render(&workshop.verify().mistakes)));
}

#[test]
fn a_good_folder_lacks_nothing_but_its_verdicts() {
    let workshop = Workshop::with("good");
    let mistakes = workshop.verify().mistakes;
    assert_eq!(titles(&mistakes), vec!["the verdict file is missing"; 7]);
}

#[test]
fn what_was_blessed_verifies() {
    let workshop = Workshop::with("good");
    let blessed = workshop.bless();
    assert!(blessed.is_ok(), "{}", blessed.render(false));
    assert_eq!((blessed.problems, blessed.blessed), (7, 7));
    let verified = workshop.verify();
    assert!(verified.is_ok(), "{}", verified.render(false));
    assert!(verified.render(false).starts_with("verified: 7 problems, 11 programs (0 compiled)"));
}

#[test]
fn blessing_twice_changes_nothing() {
    let workshop = Workshop::with("good");
    workshop.bless();
    let first = workshop.read(VERDICT);
    let cold = tempfile::tempdir().unwrap();
    let report = verify(&VerifyOptions { cache: cold.path().to_owned(), ..workshop.options(true) }).unwrap();
    assert_eq!(report.compiled, 10);
    assert_eq!(report.blessed, 0);
    assert_eq!(workshop.read(VERDICT), first);
}

#[test]
fn a_verdict_file_is_readable() {
    let workshop = Workshop::with("good");
    workshop.bless();
    expect![[r#"
        {
          "format": 1,
          "toolchain": "rustc 1.95.0 (59807616e 2026-04-14)",
          "edition": "2021",
          "programs": [
            {
              "where": "prompt",
              "sha256": "faf90469791fc3470ce2ce4014ce7d5f69f293bf1bcbdd4915f6280fd1fcc254",
              "verdict": "panics",
              "line": 4,
              "message": "a job",
              "stdout": "draining\n"
            }
          ]
        }
    "#]]
    .assert_eq(&workshop.read("ownership/drained-when-empty.verdict.json"));
    expect![[r#"
        {
          "format": 1,
          "toolchain": "rustc 1.95.0 (59807616e 2026-04-14)",
          "edition": "2024",
          "programs": [
            {
              "where": "prompt",
              "sha256": "b46ae06511dd3037a353082d6505771c8325e970aadfee36ab3be33ecbfd8227",
              "verdict": "panics",
              "line": 3,
              "message": "index out of bounds: the len is 0 but the index is 0",
              "stdout": ""
            },
            {
              "where": "prompt",
              "sha256": "2fe6ad80c882f11fba2edb9f50d25e2c2915948381a4ef3d293e7c5d0e4f41f9",
              "verdict": "compiles"
            },
            {
              "where": "prompt",
              "sha256": "f4aceca729b7029ef802243720317cc9e7a5ca0c42c44987576afbfe3f06b689",
              "verdict": "ignored",
              "reason": "needs the crate tokio, which is not there"
            },
            {
              "where": "prompt",
              "sha256": "aa6793ddb84e2b049bfaf07e6ccc8b2c96c7ef02f3ca4fad4a1a25a98295bf45",
              "edition": "2018",
              "verdict": "prints",
              "stdout": ""
            },
            {
              "where": "prompt",
              "sha256": "e2d8ae1cf42cc83f6a22e39aa32bb4e67590b1aebf0d0827317396dbda822805",
              "verdict": "prints",
              "stdout": ""
            }
          ]
        }
    "#]]
    .assert_eq(&workshop.read("borrowing/every-attribute.verdict.json"));
}

/// Whoever reads a verdict finds its program by it.
#[test]
fn each_program_is_told_by_where_it_stands() {
    const FILE: &str = "ownership/every-true-claim.md";
    let program = |number: usize| format!("```rust\nfn main() {{\n    println!(\"{number}\");\n}}\n```\n");
    let in_an_option = |number| program(number).replace('\n', "\n  ").trim_end().to_owned();
    let workshop = Workshop::with("good");
    workshop.edit(FILE, "Right: it took them.", &format!("Right: it took them.\n\n  {}", in_an_option(1)));
    workshop.edit(FILE, "Right: ownership moves on.", &format!("Right: ownership moves on.\n\n  {}", in_an_option(2)));
    let hints = format!("## Hint\n\nFirst:\n\n{}\n## Hint\n\nSecond:\n\n{}\nThird:", program(3), program(4));
    workshop.edit(FILE, "## Hint\n", &hints);
    workshop.edit(FILE, "## Explanation\n\n", &format!("## Explanation\n\n{}\n", program(5)));
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    let verdict: serde_json::Value =
        serde_json::from_str(&workshop.read("ownership/every-true-claim.verdict.json")).unwrap();
    let places: Vec<_> = verdict["programs"].as_array().unwrap().iter().map(|program| &program["where"]).collect();
    assert_eq!(places, ["option 1", "option 3", "hint 1", "hint 2", "explanation"]);
}

#[test]
fn nothing_is_blessed_beside_a_mistake() {
    let workshop = Workshop::with("good");
    workshop.bless();
    workshop.edit(PROGRAM, "build\\ntest\\n", "test\\nbuild\\n");
    let before = workshop.read(VERDICT);
    let report = workshop.bless();
    assert_eq!((titles(&report.mistakes), report.blessed), (vec!["the compiler contradicts the answer"], 0));
    assert_eq!(workshop.read(VERDICT), before);
}

#[test]
fn blessing_removes_verdicts_without_a_problem() {
    let workshop = Workshop::with("good");
    workshop.bless();
    fs::remove_file(workshop.problems().join(PROGRAM)).unwrap();
    assert_eq!(titles(&workshop.verify().warnings), ["a verdict file without a problem"]);
    assert_eq!(workshop.bless().blessed, 1);
    assert!(!workshop.problems().join(VERDICT).exists());
    assert!(workshop.verify().is_ok());
}

#[test]
fn a_missing_file() {
    check(
        |workshop| fs::remove_file(workshop.problems().join(VERDICT)).unwrap(),
        &expect![[r#"
        error: the verdict file is missing
         --> /problems/ownership/drained-in-order.verdict.json
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn a_file_that_is_not_json() {
    check(
        |workshop| workshop.write(VERDICT, "verdict: fine\n"),
        &expect![[r#"
        error: this is not a verdict file: expected value at line 1 column 1
         --> /problems/ownership/drained-in-order.verdict.json
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn a_file_of_another_shape() {
    check(
        |workshop| workshop.write(VERDICT, "{\"format\": 1}\n"),
        &expect![[r#"
        error: this is not a verdict file: missing field `toolchain`
         --> /problems/ownership/drained-in-order.verdict.json
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn a_file_of_a_newer_format() {
    check(
        |workshop| workshop.edit(VERDICT, "\"format\": 1", "\"format\": 2"),
        &expect![[r#"
        error: the verdict file has format 2, this program knows formats up to 1
         --> /problems/ownership/drained-in-order.verdict.json
          = help: update this checkout; the file was written by a newer version

    "#]],
    );
}

#[test]
fn a_file_of_a_newer_format_is_not_overwritten() {
    let workshop = Workshop::with("good");
    workshop.bless();
    workshop.edit(VERDICT, "\"format\": 1", "\"format\": 2");
    let report = workshop.bless();
    assert_eq!((report.blessed, report.mistakes.len()), (0, 1));
    assert!(workshop.read(VERDICT).contains("\"format\": 2"));
}

#[test]
fn a_program_that_was_changed() {
    check(
        |workshop| workshop.edit(PROGRAM, "for job in &jobs", "for job in jobs.iter()"),
        &expect![[r#"
        error: the verdict file is out of date
         --> /problems/ownership/drained-in-order.verdict.json
          = note: prompt: the program was changed after it was judged
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn an_edition_that_was_changed() {
    check(
        |workshop| workshop.edit(PROGRAM, "minutes = 2", "minutes = 2\nedition = \"2018\""),
        &expect![[r#"
        error: the verdict file is out of date
         --> /problems/ownership/drained-in-order.verdict.json
          = note: judged in edition 2024, now in edition 2018
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn a_program_that_was_added() {
    check(
        |workshop| workshop.edit(PROGRAM, "Who owns the jobs?", "Who owns the jobs?\n\n```rust\nlet a = 1;\n```"),
        &expect![[r#"
            error: the verdict file is out of date
             --> /problems/ownership/drained-in-order.verdict.json
              = note: judged: 1 program; there now: 2
              = help: run `cargo xtask verify --bless` and review what it writes

        "#]],
    );
}

#[test]
fn another_compiler() {
    check(
        |workshop| workshop.edit(VERDICT, "rustc 1.95.0", "rustc 1.80.0"),
        &expect![[r#"
        error: the compiler says something else than the verdict file
         --> /problems/ownership/drained-in-order.verdict.json
          = note: committed: rustc 1.80.0 (59807616e 2026-04-14)
                  now:       rustc 1.95.0 (59807616e 2026-04-14)
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn another_output() {
    check(
        |workshop| workshop.edit(VERDICT, "build\\ntest", "build\\ntset"),
        &expect![[r#"
        error: the compiler says something else than the verdict file
         --> /problems/ownership/drained-in-order.verdict.json
          = note: prompt
                  committed: stdout: "build\ntset\n"
                  now:       stdout: "build\ntest\n"
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn another_label() {
    check(
        |workshop| {
            let file = "ownership/drained-twice.verdict.json";
            workshop.edit(file, "\"label\": \"value moved here\"", "\"label\": \"moved here\"");
        },
        &expect![[r#"
            error: the compiler says something else than the verdict file
             --> /problems/ownership/drained-twice.verdict.json
              = note: prompt
                      committed: errors: spans: label: "moved here"
                      now:       errors: spans: label: "value moved here"
              = help: run `cargo xtask verify --bless` and review what it writes

        "#]],
    );
}

#[test]
fn a_file_that_was_formatted_by_hand() {
    check(
        |workshop| workshop.edit(VERDICT, "\n  ", "\n\t"),
        &expect![[r#"
        error: the verdict file was edited by hand
         --> /problems/ownership/drained-in-order.verdict.json
          = help: run `cargo xtask verify --bless` and review what it writes

    "#]],
    );
}

#[test]
fn line_ends_of_windows_do_no_harm() {
    let workshop = Workshop::with("good");
    workshop.bless();
    workshop.edit(PROGRAM, "\n", "\r\n");
    workshop.edit(VERDICT, "\n", "\r\n");
    let report = workshop.verify();
    assert!(report.is_ok(), "{}", report.render(false));
}
