//! Undefined behaviour: what Miri says of it, who needs Miri, and what is known without it.

use std::fs;

use crate::support::{Workshop, titles};
use content::pack::pack;
use content::prove::miri::{Miri, NoMiri, TOOLCHAIN};
use content::verify::{Report, VerifyOptions, verify};
use quiz::catalog::{Catalog, Pack};
use quiz::json;
use quiz::problem::{ExpectedOutcome, Problem, Question};
use quiz::verdict::Verdict;

const CLEAN: &str = "ownership/all-is-well.md";
const UNDEFINED: &str = "ownership/read-after-growth.md";
const VERDICT: &str = "ownership/read-after-growth.verdict.json";

fn blessed() -> Workshop {
    let workshop = Workshop::with("undefined");
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    workshop
}

/// Reads catalog and pack as the browser does.
fn packed(workshop: &Workshop) -> (Catalog, Vec<Problem>) {
    let packed = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap();
    let catalog = fs::read_to_string(workshop.packs().join(&packed.catalog)).unwrap();
    let pack = fs::read_to_string(&packed.files[0]).unwrap();
    (json::read(&catalog).unwrap(), json::read::<Pack>(&pack).unwrap().problems)
}

fn verdict<'a>(problems: &'a [Problem], slug: &str) -> &'a Verdict {
    let problem = problems.iter().find(|problem| &*problem.slug.0 == slug).unwrap();
    &problem.main_program().unwrap().verdict
}

#[test]
fn the_line_is_the_programs_wherever_miri_stops() {
    let (_, problems) = packed(&blessed());
    for (slug, at, words) in [
        ("read-after-growth", 5, "dangling"),
        ("counted-by-two", 7, "Data race"),
        ("a-name-left-behind", 6, "dangling reference"),
    ] {
        let Verdict::Undefined { line, message, rendered } = verdict(&problems, slug) else { panic!("{slug}") };
        assert!(*line == at && message.contains(words), "{slug}, line {line}: {message}");
        assert!(rendered.starts_with("error: Undefined Behavior: ") && rendered.contains("= help: "), "{rendered}");
        assert!(rendered.contains(&format!("main.rs:{at}")), "{rendered}");
        assert!(!rendered.contains("toolchains") && !rendered.contains("rustlib"), "{rendered}");
        assert!(!rendered.contains("at library/"), "a frame of the library is of no interest: {rendered}");
    }
    let asked = problems.iter().find(|problem| &*problem.slug.0 == "read-after-growth").unwrap();
    let Question::Predict { expected, .. } = &asked.question else { panic!() };
    assert_eq!(*expected, ExpectedOutcome::Undefined { line: 5 });
}

#[test]
fn the_miri_that_judged_is_named() {
    let workshop = blessed();
    let name = format!("miri {TOOLCHAIN}");
    assert_eq!(packed(&workshop).0.miri, Some(name.clone()));
    assert!(workshop.read(VERDICT).contains(&format!("\"miri\": \"{name}\"")));
    let clean = workshop.read(&CLEAN.replace(".md", ".verdict.json"));
    assert!(!clean.contains("miri"), "it found nothing to judge: {clean}");
}

#[test]
fn another_miri_is_a_difference() {
    let workshop = blessed();
    workshop.edit(VERDICT, TOOLCHAIN, "nightly-2025-01-01");
    let message = workshop.verify().mistakes[0].render(false);
    assert!(message.contains("committed: miri nightly-2025-01-01"), "{message}");
}

#[test]
fn packs_come_from_one_miri() {
    let workshop = blessed();
    workshop.edit(VERDICT, TOOLCHAIN, "nightly-2025-01-01");
    let refused = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err().to_string();
    assert!(refused.contains("the verdicts come from two compilers"), "{refused}");
}

fn none() -> Result<Miri, NoMiri> {
    Err(NoMiri("there is no rustup".to_owned()))
}

fn unwanted() -> Result<Miri, NoMiri> {
    panic!("nobody needs Miri here")
}

#[test]
fn what_miri_found_is_remembered() {
    let (workshop, cache) = (blessed(), tempfile::tempdir().unwrap());
    let options = VerifyOptions { cache: cache.path().to_owned(), ..workshop.options(false) };
    assert_eq!(verify(&options).unwrap().under_miri, 4, "all but the one that is not for Miri");
    let report = verify(&VerifyOptions { find_miri: unwanted, ..options }).unwrap();
    assert!(report.is_ok() && report.unchecked.is_none(), "{}", report.render(false));
}

#[test]
fn an_answer_that_was_looked_at_is_remembered() {
    let (workshop, cache) = (Workshop::with("assembled"), tempfile::tempdir().unwrap());
    let options = VerifyOptions { cache: cache.path().to_owned(), ..workshop.options(true) };
    let first = verify(&options).unwrap();
    assert!(first.is_ok() && first.under_miri > 0, "{}", first.render(false));
    assert!(verify(&VerifyOptions { find_miri: unwanted, ..options }).unwrap().is_ok());
}

/// Verifies without Miri and with nothing remembered.
fn without_miri(workshop: &Workshop, bless: bool) -> Report {
    let cache = tempfile::tempdir().unwrap();
    let options = VerifyOptions { cache: cache.path().to_owned(), find_miri: none, ..workshop.options(bless) };
    verify(&options).unwrap()
}

#[test]
fn without_miri_it_is_told_how_much_is_unchecked() {
    let report = without_miri(&blessed(), false);
    assert!(report.is_ok(), "{}", report.render(false));
    assert_eq!(report.to_json()["unchecked"], 4);
    let told = report.render(false);
    assert!(told.ends_with("\n4 programs did not run under Miri: there is no rustup\n"), "{told}");
}

#[test]
fn without_miri_nothing_undefined_is_blessed() {
    let workshop = Workshop::with("undefined");
    let report = without_miri(&workshop, true);
    assert_eq!((titles(&report.mistakes), report.blessed), (Vec::<&str>::new(), 2));
    assert!(!workshop.problems().join(VERDICT).exists());
}

#[test]
fn what_miri_did_not_look_at_is_not_taken_for_clean() {
    let (workshop, cache) = (Workshop::with("assembled"), tempfile::tempdir().unwrap());
    let options = VerifyOptions { cache: cache.path().to_owned(), find_miri: none, ..workshop.options(true) };
    assert!(verify(&options).unwrap().unchecked.is_some());
    let report = verify(&VerifyOptions { find_miri: crate::support::find_miri, ..options }).unwrap();
    assert!(report.under_miri > 0 && report.unchecked.is_none());
}

#[test]
fn a_changed_line_is_a_contradiction_in_packs_too() {
    let workshop = blessed();
    workshop.edit(UNDEFINED, "line = 5", "line = 4");
    let refused = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err().to_string();
    assert!(refused.contains("Miri contradicts the answer"), "{refused}");
}
