//! The text with which a learner tells the authors of a fault: plain, prepared, and sent by nobody.

use crate::answer::Answer;
use crate::grading::{Graded, Part};
use crate::problem::Problem;

/// What a report is about.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The problem.
    pub problem: &'a Problem,
    /// The release of the app.
    pub release: &'a str,
    /// The compiler that judged the program, as `rustc --version` says it.
    pub toolchain: &'a str,
    /// What was answered and how it was graded. Before an answer a report must not tell what is right.
    pub answered: Option<(&'a Answer, &'a Graded)>,
}

/// The report, with room at its end for the learner's own words.
pub fn text(report: &Report<'_>) -> String {
    let Report { problem, release, toolchain, answered } = report;
    let mut text = format!(
        "A mistake in a problem of Borrowed Time\n\nProblem: {}, revision {}\nRelease: {release}\nCompiler: {toolchain}\n",
        problem.slug, problem.revision,
    );
    match answered {
        None => text.push_str("Answered: no\n"),
        Some((answer, graded)) => {
            let answer = serde_json::to_string(answer).unwrap_or_default();
            text.push_str(&format!("Answered: {answer}\nJudged: {}\n", graded.summary()));
            for part in &graded.parts {
                text.push_str(&in_words(part));
            }
        }
    }
    text.push_str("\nWhat is wrong:\n");
    text
}

/// A part of an answer: what was said, and what is expected where that is something else.
fn in_words(part: &Part) -> String {
    let given = indented(&part.given);
    match part.right {
        true => format!("- said: {given} (right)\n"),
        false => format!("- said: {given}\n  expected: {}\n", indented(&part.expected)),
    }
}

/// A text whose further lines stand below its first.
fn indented(text: &str) -> String {
    text.trim_end().replace('\n', "\n    ")
}
