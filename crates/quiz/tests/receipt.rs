//! What a receipt says.

use quiz::highlights::Highlights;
use quiz::problem::{Edition, Program};
use quiz::receipt::{CheckedBy, Part, in_a_few_words, parts};
use quiz::rule::Code;
use quiz::verdict::{Diagnostic, Span, Verdict};

fn program(source: &str, verdict: Verdict) -> Program {
    Program {
        source: source.to_owned(),
        highlights: Highlights::default(),
        compiled: None,
        edition: Edition::E2024,
        verdict,
    }
}

fn prints(stdout: &str) -> Program {
    program("fn main() {}\n", Verdict::Prints { stdout: stdout.to_owned() })
}

#[test]
fn what_ran_says_what_it_printed() {
    let good = |words: &str| Part::Good(words.to_owned());
    assert_eq!(parts(&prints(""), CheckedBy::Output), [good("Compiled, ran, and printed nothing.")]);
    let output = Part::Output("1\n2".to_owned());
    assert_eq!(parts(&prints("1\n2\n"), CheckedBy::Output), [good("Compiled, ran, and printed:"), output.clone()]);
    assert_eq!(parts(&prints("1\n2\n"), CheckedBy::Tests), [good("Compiled, ran, and passed the check."), output]);
}

#[test]
fn a_panic_behind_the_last_line_was_in_the_check() {
    let panics = |line| Verdict::Panics { line, message: "boom".to_owned(), stdout: "before\n".to_owned() };
    let source = "fn main() {\n}\n";
    let said = |line, by| parts(&program(source, panics(line)), by);
    let message = Part::Message("boom".to_owned());
    assert_eq!(said(1, CheckedBy::Output)[0], Part::Bad("Compiled, ran, and panicked at line 1:".to_owned()));
    assert_eq!(said(5, CheckedBy::Output)[0], Part::Bad("Compiled, ran, and panicked in the check:".to_owned()));
    let before = [Part::Plain("Before that it printed:".to_owned()), Part::Output("before".to_owned())];
    assert_eq!(said(1, CheckedBy::Output)[2..], before);
    let failed = Part::Bad("Compiled, ran, and failed the check:".to_owned());
    assert_eq!(said(5, CheckedBy::FailedTests), [failed, message]);
}

#[test]
fn the_signs_stand_beneath_what_they_are_about() {
    let span = |column, end_column, primary, label: Option<&str>| Span {
        line: 2,
        column,
        end_line: 2,
        end_column,
        primary,
        label: label.map(str::to_owned),
    };
    let error = Diagnostic {
        code: Some(Code("E0382".to_owned())),
        message: "borrow of moved value".to_owned(),
        spans: vec![span(10, 13, true, Some("used here")), span(5, 8, false, None)],
        rendered: "whole\n".to_owned(),
    };
    let rejected = program("fn main() {\n    let b = key;\n}\n", Verdict::Error { errors: vec![error] });
    let [Part::Error { code, message, excerpts, rendered }] = &parts(&rejected, CheckedBy::Output)[..] else {
        panic!("one error is one part")
    };
    assert_eq!(
        (code.as_str(), message.as_str(), rendered.as_str()),
        ("error[E0382]", "borrow of moved value", "whole")
    );
    let [excerpt] = &excerpts[..] else { panic!("one line has labels") };
    assert_eq!((excerpt.line, excerpt.shown.as_str()), (2, " let b = key;"));
    assert_eq!(excerpt.labels[0].signs, "      ^^^");
    assert_eq!((excerpt.labels[0].words.as_str(), excerpt.labels[0].is_primary), ("used here", true));
    assert_eq!((excerpt.labels[1].signs.as_str(), excerpt.labels[1].is_primary), (" ---", false));
    assert_eq!(in_a_few_words(&rejected.verdict), "Does not compile: E0382");
}

/// A label that would be out of sight on a phone pulls its line to the left.
#[test]
fn a_long_line_is_cut_before_its_labels() {
    let source = format!("    let total = {} + last.amount;", "first.amount + ".repeat(3));
    let column = source.find("last").expect("it is there") as u32 + 1;
    let span = Span { line: 1, column, end_line: 1, end_column: column + 4, primary: true, label: None };
    let error = Diagnostic { code: None, message: "no".to_owned(), spans: vec![span], rendered: String::new() };
    let rejected = program(&source, Verdict::Error { errors: vec![error] });
    let [Part::Error { excerpts, .. }] = &parts(&rejected, CheckedBy::Output)[..] else { panic!("one error") };
    let shown: Vec<char> = excerpts[0].shown.chars().collect();
    let under: String =
        excerpts[0].labels[0].signs.char_indices().filter(|(_, sign)| *sign == '^').map(|(at, _)| shown[at]).collect();
    assert!(shown[0] == '…' && shown.len() < 36, "{}", excerpts[0].shown);
    assert_eq!(under, "last");
}
