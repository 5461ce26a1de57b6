//! Edits of a program: what is kept of them, what the browser gets, and that nothing stale is packed.

use crate::support::{Workshop, titles};
use content::pack::pack;
use content::prove::miri::{Miri, NoMiri, TOOLCHAIN};
use content::verify::{VerifyOptions, verify};
use expect_test::expect;
use quiz::assemble;
use quiz::catalog::Pack;
use quiz::highlights::TokenKind;
use quiz::json;
use quiz::problem::{Kind, Problem, WhatIf};
use quiz::verdict::Verdict;

const FILE: &str = "ownership/jobs-with-what-ifs.md";
const VERDICT: &str = "ownership/jobs-with-what-ifs.verdict.json";

fn blessed() -> Workshop {
    let workshop = Workshop::with("what-ifs");
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    workshop
}

/// Reads the pack as the browser does.
fn packed(workshop: &Workshop) -> Vec<Problem> {
    let packed = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap();
    let text = std::fs::read_to_string(&packed.files[0]).unwrap();
    json::read::<Pack>(&text).unwrap().problems
}

fn what_ifs<'a>(problems: &'a [Problem], slug: &str) -> &'a [WhatIf] {
    &problems.iter().find(|problem| &*problem.slug.0 == slug).unwrap().what_ifs
}

#[test]
fn each_edit_arrives_with_what_comes_of_it() {
    let problems = packed(&blessed());
    let [taken, silent, too_far] = what_ifs(&problems, "jobs-with-what-ifs") else { panic!("three expected") };
    assert_eq!((taken.name.as_str(), taken.line), ("Take the jobs", 3));
    assert_eq!(taken.replacement.text, "    for job in jobs {");
    assert!(taken.replacement.highlights.runs().iter().any(|(token, _)| *token == TokenKind::Keyword));
    let Verdict::Error { errors } = &taken.verdict else { panic!("an error expected") };
    assert_eq!(errors[0].primary().unwrap().line, 6);
    assert_eq!(silent.verdict, Verdict::Prints { stdout: "2\n".to_owned() });
    assert_eq!(silent.replacement.text, "");
    assert!(matches!(too_far.verdict, Verdict::Panics { line: 6, .. }));
}

#[test]
fn lines_are_counted_as_they_are_shown() {
    let problems = packed(&blessed());
    let [more] = what_ifs(&problems, "jobs-behind-hidden-lines") else { panic!("one expected") };
    assert_eq!(more.line, 2);
    let Verdict::Panics { message, .. } = &more.verdict else { panic!("a panic expected") };
    assert_eq!(message, "assertion failed: jobs.len() > 1");
}

#[test]
fn a_filled_program_is_edited_with_the_check_behind_it() {
    let problems = packed(&blessed());
    let [taken, skipped, beyond] = what_ifs(&problems, "jobs-added-up") else { panic!("three expected") };
    let Verdict::Error { errors } = &taken.verdict else { panic!("an error expected") };
    assert_eq!(errors[0].primary().unwrap().line, 3);
    assert!(matches!(skipped.verdict, Verdict::Panics { line: 10, .. }), "it fails in the check");
    let compiled = skipped.compiled.as_ref().unwrap();
    assert!(compiled.contains("jobs.iter().skip(1)") && compiled.ends_with("3);\n}\n"), "{compiled}");
    assert!(matches!(beyond.verdict, Verdict::Undefined { line: 6, .. }));
    assert!(beyond.compiled.as_ref().unwrap().contains("for job in jobs.iter()"), "of the answer that is stated first");
}

#[test]
fn lines_in_order_are_edited_without_decoys() {
    let problems = packed(&blessed());
    let [borrowed, kept] = what_ifs(&problems, "the-first-in-order") else { panic!("two expected") };
    let Verdict::Error { errors } = &borrowed.verdict else { panic!("an error expected") };
    assert_eq!((errors[0].primary().unwrap().line, &borrowed.compiled), (5, &None));
    assert_eq!(kept.verdict, Verdict::Prints { stdout: "1\n".to_owned() });
}

#[test]
fn the_browser_edits_what_was_compiled() {
    let problems = packed(&blessed());
    let without_hidden_lines = problems.iter().filter(|problem| problem.question.kind() != Kind::Choice);
    for problem in without_hidden_lines {
        let original = assemble::original(problem).unwrap();
        let check = problem.check.as_ref().map(|check| format!("\n{}", check.source)).unwrap_or_default();
        for what_if in &problem.what_ifs {
            let edited = assemble::edited(&original, what_if);
            assert_eq!(edited.source.clone() + &check, edited.compiled_source(), "{}", what_if.name);
            assert_eq!(edited.fails_check(), what_if.name == "Skip one", "{}", what_if.name);
        }
    }
}

#[test]
fn the_miri_that_judged_an_edit_is_named() {
    let workshop = blessed();
    let verdicts = workshop.read("ownership/jobs-added-up.verdict.json");
    assert!(verdicts.contains(&format!("\"miri\": \"miri {TOOLCHAIN}\"")), "{verdicts}");
}

fn no_miri() -> Result<Miri, NoMiri> {
    Err(NoMiri("there is no rustup".to_owned()))
}

#[test]
fn without_miri_nothing_undefined_is_blessed() {
    let (workshop, cache) = (Workshop::with("what-ifs"), tempfile::tempdir().unwrap());
    let options = VerifyOptions { cache: cache.path().to_owned(), find_miri: no_miri, ..workshop.options(true) };
    assert_eq!(verify(&options).unwrap().blessed, 3);
    assert!(!workshop.problems().join("ownership/jobs-added-up.verdict.json").exists());
}

#[test]
fn a_verdict_file_names_each_edit() {
    let workshop = blessed();
    let text = workshop.read("ownership/jobs-behind-hidden-lines.verdict.json");
    expect![[r#"
          "what_ifs": [
            {
              "where": "what if: Ask for more",
              "sha256": "8a8137fede48f1cb76652b5e0d7b9b54da422b8b78082b1a235b01479e093e1b",
              "edition": "2021",
              "verdict": "panics",
              "line": 5,
              "message": "assertion failed: jobs.len() > 1",
              "stdout": ""
            }
          ]
        }
    "#]]
    .assert_eq(&text[text.find("  \"what_ifs\"").unwrap()..]);
    assert!(workshop.verify().is_ok());
}

#[test]
fn an_edit_that_was_changed_is_told() {
    let workshop = blessed();
    workshop.edit(FILE, "for job in jobs {", "for job in { jobs } {");
    let mistakes = workshop.verify().mistakes;
    assert_eq!(titles(&mistakes), ["the verdict file is out of date"]);
    let message = mistakes[0].render(false);
    assert!(message.contains("what if: Take the jobs: the program was changed after it was judged"), "{message}");
    let refused = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err().to_string();
    assert!(refused.contains("the verdict file is out of date"), "{refused}");
}

#[test]
fn an_edit_that_was_added_is_told() {
    let workshop = blessed();
    let added = "[[what_if]]\nname = \"Two\"\nline = 6\nreplace = \"    println!(\\\"2\\\");\"\noutcome = \"prints\"\n";
    workshop.edit(FILE, "[[what_if]]\nname = \"Take", &format!("{added}\n[[what_if]]\nname = \"Take"));
    let message = workshop.verify().mistakes[0].render(false);
    assert!(message.contains("judged: 3 what-ifs; there now: 4"), "{message}");
}

#[test]
fn what_comes_of_an_edit_is_compared_with_what_was_committed() {
    let workshop = blessed();
    workshop.edit(VERDICT, "the len is 2 but the index is 2", "the len is 3 but the index is 3");
    let message = workshop.verify().mistakes[0].render(false);
    assert!(message.contains("the compiler says something else than the verdict file"), "{message}");
    assert!(message.contains("what if: Index too far"), "{message}");
}

#[test]
fn a_pack_bears_out_what_is_stated() {
    let workshop = blessed();
    workshop.edit(FILE, "outcome = \"panics\"", "outcome = \"prints\"");
    let refused = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err().to_string();
    assert!(refused.contains("the compiler contradicts a what-if"), "{refused}");
}

#[test]
fn a_pack_bears_out_that_an_edit_is_undefined() {
    let workshop = blessed();
    workshop.edit("ownership/jobs-added-up.md", "outcome = \"undefined\"", "outcome = \"prints\"");
    let refused = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err().to_string();
    assert!(refused.contains("Miri contradicts a what-if"), "{refused}");
}
