//! The report of a fault: all that is needed to look into it, and nothing that spoils a question.

use crate::common::questions::{predict, problem};
use quiz::answer::{Answer, Prediction};
use quiz::grading::grade;
use quiz::problem::ExpectedOutcome;
use quiz::report::{self, Report};

#[test]
fn before_an_answer_it_does_not_tell_what_is_right() {
    let problem = problem(predict(ExpectedOutcome::Prints { stdout: "secret\n".to_owned() }));
    let report = Report { problem: &problem, release: "0.1-abc", toolchain: "rustc 1.0.0", answered: None };
    let expected = "A mistake in a problem of Borrowed Time\n\nProblem: the-problem, revision 3\nRelease: 0.1-abc\n\
                    Compiler: rustc 1.0.0\nAnswered: no\n\nWhat is wrong:\n";
    assert_eq!(report::text(&report), expected);
}

#[test]
fn after_an_answer_it_tells_what_was_said_and_what_is_expected() {
    let problem = problem(predict(ExpectedOutcome::Prints { stdout: "1\n2\n".to_owned() }));
    let answer = Answer::Predict(Prediction::Prints { stdout: "1\n3".to_owned() });
    let graded = grade(&problem.question, &answer);
    let report = Report { problem: &problem, release: "r", toolchain: "rustc", answered: Some((&answer, &graded)) };
    let text = report::text(&report);
    assert!(text.contains("Answered: {\"predict\":{\"prints\":{\"stdout\":\"1\\n3\"}}}\n"), "{text}");
    assert!(text.contains("Judged: It runs, but prints something else.\n"), "{text}");
    assert!(text.contains("- said: 1\n    3\n  expected: 1\n    2\n"), "{text}");
    assert!(text.ends_with("\nWhat is wrong:\n"), "{text}");
}
