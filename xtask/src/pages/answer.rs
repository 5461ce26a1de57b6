//! What a learner would see after answering, for who reads a problem without the app.

use maud::{Markup, html};
use quiz::assemble;
use quiz::discussion::{Discussion, TitledText};
use quiz::exercise::{Exercise, in_words};
use quiz::problem::{ChoiceOption, ExpectedOutcome, Problem, Question};
use quiz::receipt::CheckedBy;

use super::receipt::{Compilers, receipt};
use super::text::{Proofs, code, line, prose, snippet, words};

/// How many accepted programs are shown.
const ACCEPTED: usize = 3;

/// What is right, the compiler's words, and why.
pub fn answer(problem: &Problem, compilers: &Compilers<'_>) -> Markup {
    let shown = |text| prose(problem, text, Proofs::Shown);
    html! {
        (right(problem))
        @if let Some(program) = judged(problem) { (receipt(&program, CheckedBy::of(problem, false), compilers)) }
        @if let Question::Discuss(_) = problem.question { (shown(&problem.explanation)) } @else {
            h2 { "Explanation" }
            (shown(&problem.explanation))
            @if let Some(text) = &problem.let_through { h2 { "Without the borrow checker" } (shown(text)) }
            h2 { "What to say in an interview" }
            div class="say" { (shown(&problem.interview)) }
        }
        @if let Question::Discuss(discussion) = &problem.question { (beside(problem, discussion)) }
        @if !problem.references.is_empty() {
            section class="references" {
                h2 { "References" }
                ul class="links" {
                    @for reference in &problem.references {
                        li { a class="outside" href=(reference.address) rel="external noopener" target="_blank" { (reference.title) } }
                    }
                }
            }
        }
    }
}

/// The program that the receipt is about: made whole, where it has slots or gaps.
fn judged(problem: &Problem) -> Option<quiz::problem::Program> {
    match &problem.question {
        Question::Write(_) | Question::Discuss(_) => None,
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Fill { .. }
        | Question::Order { .. } => assemble::original(problem),
    }
}

fn right(problem: &Problem) -> Markup {
    match &problem.question {
        Question::Choice { options, .. } => html! {
            ul class="options" {
                @for option in by_rightness(options) { (with_reason(problem, option)) }
            }
        },
        Question::Predict { expected, .. } => expected_in_full(problem, expected),
        Question::Spot { roles } => html! {
            dl class="costs" { @for asked in roles { dt { (asked.role.question()) } dd { "Line " (asked.line) } } }
        },
        Question::Fill { .. } | Question::Order { .. } => html! {
            @for answer in assemble::accepted(&problem.question).iter().take(ACCEPTED) {
                @if let Some(program) = assemble::tried(problem, answer) {
                    figure class="program" { (code(&program.source, &program.highlights, "A right program")) }
                }
            }
        },
        Question::Write(exercise) => solutions(problem, exercise),
        Question::Discuss(_) => html! {},
    }
}

/// Right options first.
fn by_rightness(options: &[ChoiceOption]) -> impl Iterator<Item = &ChoiceOption> {
    options.iter().filter(|option| option.right).chain(options.iter().filter(|option| !option.right))
}

fn with_reason(problem: &Problem, option: &ChoiceOption) -> Markup {
    let (class, judgement) = if option.right { ("option right", "Right.") } else { ("option", "Not right.") };
    html! {
        li class=(class) {
            kbd aria-hidden="true" { (if option.right { "✓" } else { "·" }) }
            div {
                (prose(problem, &option.text, Proofs::Shown))
                div class="rationale" {
                    p class="judgement" { (judgement) }
                    (prose(problem, &option.rationale, Proofs::Shown))
                }
            }
        }
    }
}

fn expected_in_full(problem: &Problem, expected: &ExpectedOutcome) -> Markup {
    html! {
        p { (line(&problem.question.expected_in_words(expected))) }
        @match expected {
            ExpectedOutcome::Prints { stdout } if !stdout.trim().is_empty() => {
                pre class="output" translate="no" tabindex="0" { (stdout.trim_end()) }
            },
            _ => {},
        }
    }
}

fn solutions(problem: &Problem, exercise: &Exercise) -> Markup {
    html! {
        @for solution in &exercise.solutions {
            h2 { (line(&solution.name)) }
            (snippet(&solution.program, "Solution"))
            (prose(problem, &solution.trade, Proofs::Shown))
        }
        dl class="costs" {
            dt { "Time" } dd { (line(&exercise.complexity.time)) }
            dt { "Space" } dd { (line(&exercise.complexity.space)) }
        }
        h2 { "Hidden tests" }
        ul class="test-names" { @for name in &exercise.hidden_tests.names { li { (in_words(name)) } } }
        (snippet(&exercise.hidden_tests.code, "Hidden tests"))
    }
}

fn beside(problem: &Problem, discussion: &Discussion) -> Markup {
    html! {
        h2 { "What it is scored by" }
        ol class="rubric" {
            @for row in &discussion.rubric { li { p { strong { (row.criterion.label()) "." } " " (words(&row.text)) } } }
        }
        h2 { "What is asked next" }
        (titled(problem, &discussion.follow_ups))
        h2 { "What candidates do" }
        (titled(problem, &discussion.mistakes))
    }
}

fn titled(problem: &Problem, texts: &[TitledText]) -> Markup {
    html! {
        @for text in texts {
            details class="turn" { summary { (words(&text.title)) } (prose(problem, &text.text, Proofs::Shown)) }
        }
    }
}
