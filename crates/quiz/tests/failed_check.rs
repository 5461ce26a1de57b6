//! What a failed check says: what was looked at, what should have come out, what did.

use quiz::failed_check::failed_check;
use quiz::highlights::Highlights;
use quiz::problem::{Edition, Program};
use quiz::verdict::Verdict;

/// A program of one line whose check, from line 3 on, panics at `line` with `message`.
fn failed(check: &str, line: u32, message: &str) -> Program {
    Program {
        source: "fn double(n: u32) -> u32 { n }\n".to_owned(),
        highlights: Highlights::default(),
        compiled: Some(format!("fn double(n: u32) -> u32 {{ n }}\n\n{check}")),
        edition: Edition::E2024,
        verdict: Verdict::Panics { line, message: message.to_owned(), stdout: String::new() },
    }
}

fn check_says(program: &Program, expected: Option<(&str, &str, &str)>) {
    let found = failed_check(program);
    let found = found.as_ref().map(|check| (&*check.looked_at, &*check.expected, &*check.got));
    assert_eq!(found, expected, "{program:?}");
}

const SIDES: &str = "assertion `left == right` failed\n  left: 2\n right: 4";

#[test]
fn sides_of_an_equation() {
    check_says(&failed("assert_eq!(double(2), 4);\n", 3, SIDES), Some(("double(2)", "4", "2")));
    check_says(&failed("let n = 2;\nassert_eq!(double(n), 4);\n", 4, SIDES), Some(("double(n)", "4", "2")));
}

#[test]
fn words_of_the_author_do_not_hide_the_sides() {
    let message = "assertion `left == right` failed: twice\n  left: 2\n right: 4";
    check_says(&failed("assert_eq!(double(2), 4, \"twice\");\n", 3, message), Some(("double(2)", "4", "2")));
}

#[test]
fn commas_in_brackets_and_in_strings_part_nothing() {
    let check = "assert_eq!(join(&[\"a, b\", \"\\\",\"], ','), 4);\n";
    check_says(&failed(check, 3, SIDES), Some(("join(&[\"a, b\", \"\\\",\"], ',')", "4", "2")));
}

#[test]
fn an_assertion_over_several_lines() {
    let check = "assert_eq!(\n    double(2),\n    4,\n);\n";
    check_says(&failed(check, 3, SIDES), Some(("double(2)", "4", "2")));
}

#[test]
fn a_condition() {
    check_says(&failed("assert!(ok());\n", 3, "assertion failed: ok()"), Some(("ok()", "true", "false")));
}

#[test]
fn what_is_no_failed_check_says_nothing() {
    check_says(&failed("assert_eq!(double(2), 4);\n", 1, SIDES), None);
    check_says(&failed("todo!();\n", 3, "not yet implemented"), None);
    check_says(&failed("assert_ne!(double(2), 2);\n", 3, SIDES), None);
    check_says(&failed("assert_eq!(double(2), 4);\n", 99, SIDES), None);
    check_says(&failed("assert_eq!(é", 3, SIDES), None);
    let compiles = Program { verdict: Verdict::Compiles, ..failed("", 3, "") };
    check_says(&compiles, None);
}
