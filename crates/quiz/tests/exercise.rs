//! A program that is written: what it becomes with its tests, and what is typed into it.

use crate::common::questions;
use quiz::answer::Answer;
use quiz::exercise::{CodeResult, FailureKind, Next, OwnTests, RunEnd, SelfAssessment, Testing, indentation_after};
use quiz::grading::{Mark, grade};
use quiz::problem::Question;

#[test]
fn with_its_tests_it_is_a_program_as_cargo_has_it() {
    let Question::Write(exercise) = questions::write() else { panic!("it is one") };
    let expected = "fn longest() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_one() {}
    #[test]
    fn of_two() {}

    #[test]
    fn of_none() {}
}
";
    assert_eq!(exercise.with_tests("fn longest() {}\n\n"), expected);
}

/// Two modules of one name would not compile.
#[test]
fn elsewhere_the_tests_bear_a_module_of_the_learner() {
    let Question::Write(exercise) = questions::write() else { panic!("it is one") };
    let whole = exercise.with_tests("fn longest() {}\n\n#[cfg(test)]\nmod tests {}\n");
    assert_eq!(whole.matches("mod tests {").count(), 1, "{whole}");
    assert!(whole.contains("fn of_none() {}"));
}

const WITH_OWN: &str = r##"fn longest() {}
// #[test] fn of_a_comment() {}
const TEXT: &str = "#[test] fn of_a_text() {} {";
const RAW: &str = r#"" mod { #[test] fn of_a_raw_text() {}"#;
fn letter<'a>(_: &'a str) -> char { '{' }

#[test]
fn at_the_root() { letter(""); }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_module() -> Result<(), String> {
        #[test]
        fn within() {}
        Ok(())
    }

    #[test] #[should_panic(expected = "of one")]
    fn that_panics() { panic!("all of one") }

    #[test] #[ignore]
    fn that_is_ignored() {}

    mod deeper {
        #[test] pub fn down_there() { assert_eq!(super::super::letter("é"), '{') }
    }
}

#[cfg(not(test))]
mod other {
    #[test]
    fn never() {}
}
"##;

#[test]
fn tests_of_the_learner_are_found_where_they_are() {
    let names = ["at_the_root", "tests::in_a_module", "tests::that_panics", "tests::deeper::down_there"];
    assert_eq!(OwnTests::of(WITH_OWN).names(), names);
}

/// Errors are shown while one writes.
#[test]
fn a_program_that_is_half_written_is_read() {
    for (at, _) in WITH_OWN.char_indices() {
        let (before, behind) = WITH_OWN.split_at(at);
        assert!(OwnTests::of(before).names().len() <= 4);
        assert!(OwnTests::of(behind).names().len() <= 8, "behind {at}");
    }
}

#[test]
fn a_program_without_tests_stays_as_it_is() {
    let Question::Write(exercise) = questions::write() else { panic!("it is one") };
    for code in ["", "fn longest() {}\n", "mod a {\n    mod b {}\n}\n#[cfg(test)]\nfn help() {}\n"] {
        assert_eq!(OwnTests::of(code), OwnTests::none(code), "of {code:?}");
        assert_eq!(exercise.test_program_with(&OwnTests::of(code), 1), exercise.test_program(code, 1));
    }
}

/// What stands in the way of a test is read past.
#[test]
fn attributes_of_many_lines_and_of_modules_are_left_alone() {
    let of_module = "mod tests {\n    #![allow(unused)]\n    #[test]\n    fn a() {}\n}\n";
    let found = OwnTests::of(of_module);
    assert_eq!(found.names(), ["tests::a"]);
    let Question::Write(exercise) = questions::write() else { panic!("it is one") };
    let program = exercise.test_program_with(&found, 0);
    assert!(program.contains("#![allow(unused)]"), "{program}");

    let of_many_lines = "#[cfg(\n    test\n)]\nmod tests {\n    #[test]\n    fn a() {}\n}\n#[test]\nfn b() {}\n";
    assert_eq!(OwnTests::of(of_many_lines).names(), ["b"]);
}

/// An error is shown at its line.
#[test]
fn each_line_of_a_program_with_tests_stays_where_it_is() {
    let Question::Write(exercise) = questions::write() else { panic!("it is one") };
    let program = exercise.test_program_with(&OwnTests::of(WITH_OWN), 0);
    for (line, of_program) in WITH_OWN.lines().zip(program.lines()) {
        let words: String = of_program.replace("pub ", "").split_whitespace().collect();
        let bare: String = line.replace("pub ", "").split_whitespace().collect();
        let is_there = words == bare || bare.ends_with(&words) && bare.starts_with("#[");
        assert!(is_there, "{line:?} became {of_program:?}");
    }
    assert!(
        program.contains("(\"super::tests::in_a_module\", || super::tests::in_a_module().of_a_test()),"),
        "{program}"
    );
}

/// What a run prints that passes so many tests and then begins another one.
fn printed(passed: &[&str], begun: Option<&str>) -> String {
    let marks = passed.iter().map(|name| format!("\u{2}begins {name}\n\u{2}passed {name}\n"));
    marks.chain(begun.map(|name| format!("\u{2}begins {name}\nsaid by the program\n"))).collect()
}

fn panic_at(line: u32) -> RunEnd {
    RunEnd::Stopped { how: FailureKind::Panic, message: "assertion failed".to_owned(), line: Some(line) }
}

/// The exercise has the tests of one, of two and of none, and the program two lines.
fn testing() -> Testing {
    let Question::Write(exercise) = questions::write() else { panic!("it is one") };
    Testing::new(&exercise, "fn longest() {\n}\n")
}

/// Which tests fail, how, and in which line of the program.
fn failures(next: Next) -> Vec<(String, FailureKind, Option<u32>)> {
    let Next::Done(CodeResult::Tested { failures, tests: 3 }) = next else { panic!("three tests are done: {next:?}") };
    failures.into_iter().map(|failure| (failure.test, failure.how, failure.line)).collect()
}

#[test]
fn the_tests_go_on_behind_one_that_failed() {
    let mut testing = testing();
    assert_eq!(testing.take_in(&printed(&["of_one"], Some("of_two")), panic_at(2)), Next::RunFrom(2));
    let of_two = ("of_two".to_owned(), FailureKind::Panic, Some(2));
    assert_eq!(failures(testing.take_in(&printed(&["of_none"], None), RunEnd::Ended)), [of_two]);
}

#[test]
fn a_line_of_the_tests_is_none_of_the_program() {
    let mut testing = testing();
    assert_eq!(testing.take_in(&printed(&[], Some("of_one")), panic_at(3)), Next::RunFrom(1));
    assert_eq!(testing.failures()[0].line, None);
}

/// Who reads that left and right differ asks where.
#[test]
fn an_assertion_that_fails_is_quoted() {
    let Question::Write(mut exercise) = questions::write() else { panic!("it is one") };
    exercise.tests.code.text =
        "#[test]\nfn of_one() {\n    assert_eq!(\n        longest(&[1]),\n        Some(1),\n    );\n}\n".to_owned();
    let program = exercise.test_program("fn longest() {\n}", 0);
    let line = |text: &str| program.lines().position(|line| line.trim() == text).expect("it is there") as u32 + 1;
    let said = |line: u32| {
        let mut testing = Testing::new(&exercise, "fn longest() {\n}");
        testing.take_in(&printed(&[], Some("of_one")), panic_at(line));
        testing.failures()[0].message.clone()
    };
    assert_eq!(said(line("assert_eq!(")), "assertion failed\nin: assert_eq!(longest(&[1]), Some(1));");
    assert_eq!(said(2), "assertion failed", "the program's own lines are shown in the program");
}

#[test]
fn all_that_pass_are_done_in_one_run() {
    assert_eq!(failures(testing().take_in(&printed(&["of_one", "of_two", "of_none"], None), RunEnd::Ended)), []);
}

/// Whoever calls `exit` in the first test has passed none.
#[test]
fn a_program_that_ends_itself_passes_nothing_by_it() {
    let mut testing = testing();
    let mut next = testing.take_in(&printed(&[], Some("of_one")), RunEnd::Ended);
    for (from, name) in [(1, "of_two"), (2, "of_none")] {
        assert_eq!(next, Next::RunFrom(from));
        next = testing.take_in(&printed(&[], Some(name)), RunEnd::Ended);
    }
    let ended = |name: &str| (name.to_owned(), FailureKind::Other, None);
    assert_eq!(failures(next), ["of_one", "of_two", "of_none"].map(ended));
}

#[test]
fn what_is_found_behind_the_last_test_is_held_against_it() {
    let mut testing = testing();
    let stop = RunEnd::Stopped { how: FailureKind::Leak, message: "memory leaked".to_owned(), line: None };
    let next = testing.take_in(&printed(&["of_one", "of_two", "of_none"], None), stop);
    assert_eq!(failures(next), [("of_none".to_owned(), FailureKind::Leak, None)]);
}

#[test]
fn a_line_is_indented_as_far_as_the_one_before() {
    for (before, expected) in [
        ("", ""),
        ("fn longest() {", ""),
        ("fn longest() {\n    let a = 1;", "    "),
        ("fn longest() {\n        ", "        "),
        ("    if a {\n}", ""),
    ] {
        assert_eq!(indentation_after(before), expected, "after {before:?}");
    }
}

#[test]
fn what_a_learner_says_is_told_as_said() {
    for (said, mark, summary) in [
        (SelfAssessment::AllPassed, Mark::Right, "You said: all tests pass."),
        (SelfAssessment::SomePassed, Mark::Partly, "You said: some tests pass."),
        (SelfAssessment::Failed, Mark::Wrong, "You said: no test passes, or it does not compile."),
    ] {
        let answer =
            Answer::Write { code: "fn longest() {}".to_owned(), result: CodeResult::SelfAssessed(said), runs: 0 };
        let graded = grade(&questions::write(), &answer);
        assert_eq!((graded.mark, graded.summary().as_str()), (mark, summary));
        assert!(answer.is_self_assessed());
    }
}
