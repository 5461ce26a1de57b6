//! Programs that others wrote without our house rules: right is right, and the rest are warnings.

use std::collections::{BTreeMap, HashSet};
use std::fs;

use crate::support::{Workshop, render, titles};
use content::lint::Lint;
use content::mistake::Mistake;
use content::pack::pack;
use content::verify::{Report, VerifyOptions, verify};
use quiz::catalog::Pack;
use quiz::problem::{ExpectedOutcome, Question};
use quiz::rule::Code;

const BROKEN: [Lint; 8] = [
    Lint::WideLine,
    Lint::MostlyErrors,
    Lint::ExplanationLength,
    Lint::LongTitle,
    Lint::LongProblem,
    Lint::NumberOfRoles,
    Lint::StrayFile,
    Lint::OrphanVerdict,
];

/// The folder as it was found, but for a verdict that somebody left behind.
fn workshop() -> Workshop {
    let workshop = Workshop::with("programs-by-others");
    workshop.write("lifetimes/taken-away.verdict.json", "{}");
    workshop
}

fn denied(workshop: &Workshop) -> Report {
    verify(&VerifyOptions { deny_warnings: true, ..workshop.options(false) }).unwrap()
}

fn blessed(workshop: &Workshop) -> Report {
    let report = workshop.bless();
    // Blessing removes it.
    workshop.write("lifetimes/taken-away.verdict.json", "{}");
    report
}

fn names(messages: &[Mistake]) -> Vec<&'static str> {
    let mut names: Vec<Lint> = messages.iter().filter_map(Mistake::house_rule).collect();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(Lint::name).collect()
}

#[test]
fn they_verify_with_warnings() {
    let workshop = workshop();
    let report = blessed(&workshop);
    assert!(report.is_ok(), "{}", render(&report.mistakes));
    assert_eq!(report.blessed, 7, "six written, one removed");
    let report = workshop.verify();
    assert!(report.is_ok(), "{}", render(&report.mistakes));
    assert_eq!(names(&report.warnings), BROKEN.map(Lint::name));
    assert!(report.warnings.iter().all(Mistake::is_warning));
    let text = report.render(false);
    assert!(text.contains("warning: a line of code is 92 columns wide\n"), "{text}");
    assert!(text.contains("\n   = note: `wide_line` is a warning by default\n"), "{text}");
    assert!(text.contains("verified: 6 problems"), "{text}");
    assert!(text.trim_end().ends_with(&format!("; {} warnings", report.warnings.len())), "{text}");
}

#[test]
fn denied_warnings_are_mistakes_and_nothing_else_is() {
    let workshop = workshop();
    blessed(&workshop);
    let (warned, denied) = (workshop.verify(), denied(&workshop));
    assert!(!denied.is_ok() && denied.warnings.is_empty());
    assert_eq!(titles(&denied.mistakes), titles(&warned.warnings));
    let text = denied.render(false);
    assert!(!text.contains("warning: "), "{text}");
    assert!(text.contains("error: a line of code is 92 columns wide\n"), "{text}");
    assert!(text.contains("\n   = note: `wide_line` is denied by `--deny-warnings`\n"), "{text}");
}

#[test]
fn machines_can_tell_a_warning_from_an_error() {
    let workshop = workshop();
    let json = workshop.verify().to_json();
    let levels = |of: &str| {
        let messages = json[of].as_array().unwrap();
        let level = |message: &serde_json::Value| (message["level"].clone(), message["rule"].is_string());
        messages.iter().map(level).collect::<HashSet<_>>()
    };
    assert_eq!(levels("mistakes"), [("error".into(), false)].into(), "the verdict files are missing");
    assert_eq!(levels("warnings"), [("warning".into(), true)].into());
}

#[test]
fn they_are_packed_with_every_rule_in_words() {
    let workshop = workshop();
    blessed(&workshop);
    let packed = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap();
    let file = packed.files.iter().find(|file| file.display().to_string().contains("lifetimes")).unwrap();
    let pack: Pack = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(pack.problems.len(), 6);
    let mut asked = BTreeMap::new();
    for problem in &pack.problems {
        let Question::Predict { expected: ExpectedOutcome::Error { code, line }, rules, .. } = &problem.question else {
            continue;
        };
        assert!(rules.contains(code), "{rules:?}");
        let in_words = |rule: &Code| problem.question.rule_in_words(rule).to_owned();
        assert!(rules.iter().all(|rule| in_words(rule).contains(' ')), "{:?}", rules.iter().map(in_words));
        asked.insert(problem.slug.to_string(), (in_words(code), *line));
    }
    let told = |slug: &str| asked[slug].0.as_str();
    assert_eq!(told("cannot-return-one"), "A reference may not live as long as a signature promises");
    assert_eq!(told("chained-comparison"), "Comparison operators cannot be chained");
    assert_eq!(told("one-past-the-end"), "This operation will panic");
    assert_eq!(
        told("indexing-a-number"),
        "Attempted to index a value whose type doesn't implement the `std::ops::Index` trait"
    );
}

/// What an editor or Git makes of a file does not change what stands in it.
#[test]
fn files_from_windows_are_read() {
    let changes: [fn(&str) -> String; 3] = [
        |text| format!("\u{feff}{text}"),
        |text| text.replace('\n', "\r\n"),
        |text| format!("\u{feff}{}", text.replace('\n', "\r\n")),
    ];
    for change in changes {
        let workshop = Workshop::with("good");
        assert!(workshop.bless().is_ok());
        let files = ["ownership/drained-twice.md", "concepts.toml", "misconceptions.toml", "retired.toml"];
        for file in files {
            workshop.write(file, &change(&workshop.read(file)));
        }
        let report = workshop.verify();
        assert!(report.is_ok(), "{}", report.render(false));
        assert!(pack(&workshop.problems(), &workshop.packs(), "packs/").is_ok());
    }
}

#[test]
fn places_are_those_of_the_file_as_an_editor_shows_it() {
    let workshop = Workshop::with("good");
    workshop.edit("ownership/drained-twice.md", "level = \"junior\"", "level = \"junor\"");
    let told = |workshop: &Workshop| workshop.shorten(&render(&workshop.verify().mistakes));
    let plain = told(&workshop);
    assert!(plain.contains("drained-twice.md:4:9"), "{plain}");
    let text = workshop.read("ownership/drained-twice.md").replace('\n', "\r\n");
    workshop.write("ownership/drained-twice.md", &format!("\u{feff}{text}"));
    assert_eq!(told(&workshop), plain);
}

#[test]
fn every_house_rule_is_listed_and_shown() {
    let listed = fs::read_to_string("../../problems/README.md").unwrap();
    let mut shown = String::new();
    for folder in fs::read_dir("tests/mistakes").unwrap() {
        shown += &fs::read_to_string(folder.unwrap().path().join("expected.txt")).unwrap_or_default();
    }
    for rule in Lint::ALL.map(Lint::name) {
        assert!(listed.contains(&format!("| `{rule}` |")), "problems/README.md does not list `{rule}`");
        let note = format!("`{rule}` is a warning by default");
        assert!(shown.contains(&note), "no folder of tests/mistakes breaks `{rule}`");
    }
}
