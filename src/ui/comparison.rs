//! What the learner said beside what is right, for each part that is not.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::assemble;
use quiz::failed_check::{FailedCheck, failed_check};
use quiz::grading::{Aspect, Graded, Mark, Part};
use quiz::problem::{ExpectedOutcome, Problem, Program, Question, RoleLine};
use quiz::verdict::Verdict;

use super::options::{Belief, picked_options};
use super::prose::Line;
use crate::state::sitting::Sitting;

/// Both sides of each part that is not right. Nothing, where all is right or the programs below say it.
#[component]
pub fn Comparison(sitting: Sitting, graded: Graded) -> impl IntoView {
    if graded.mark == Mark::Right {
        return ().into_any();
    }
    let problem = sitting.problem();
    if graded.is_right(Aspect::Unknown).is_some() {
        return shown(what_is_right(sitting, &problem));
    }
    let rows = match &problem.question {
        Question::Choice { .. } => options(sitting, &problem),
        Question::Predict { expected, .. } => {
            graded.parts.iter().filter(|part| !part.right).map(|part| of_prediction(part, expected, &problem)).collect()
        }
        Question::Spot { .. } => {
            let wrong = graded.parts.iter().filter(|part| !part.right);
            let row = |part: &Part| match part.aspect {
                Aspect::Role(role) => row(role.label(), at_line(&part.given), at_line(&part.expected)),
                _ => row("", words(&part.given), words(&part.expected)),
            };
            wrong.map(row).collect()
        }
        Question::Fill { .. } | Question::Order { .. } => {
            let differs = differences_of_try(sitting, &problem);
            of_try(sitting, &problem).into_iter().chain(differs).chain(beliefs(sitting, &problem)).collect()
        }
        // Both programs, or the scores, stand below.
        Question::Write(_) | Question::Discuss(_) => Vec::new(),
    };
    shown(rows)
}

/// Both sides of what a try did that it should not, as far as they can be told.
#[component]
pub fn ComparisonOfTry(sitting: Sitting) -> impl IntoView {
    shown(of_try(sitting, &sitting.problem()))
}

fn shown(rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    view! { <div class="comparison" data-testid="comparison">{rows}</div> }.into_any()
}

/// Where the last try parts from what is right.
fn differences_of_try(sitting: Sitting, problem: &Problem) -> Vec<AnyView> {
    let Some(tried) = sitting.tried() else { return Vec::new() };
    let side = |text: &str| if text.is_empty() { nothing() } else { value(text) };
    let row = |assemble::Difference { place, given, right }: assemble::Difference<'_>| {
        let about = view! { <p class="about">{place}</p> }.into_any();
        pair(about, [("You", side(given)), ("Right", side(right))])
    };
    assemble::differences(&problem.question, &tried.answer).into_iter().map(row).collect()
}

/// The beliefs behind what stands in the slots.
fn beliefs(sitting: Sitting, problem: &Problem) -> Vec<AnyView> {
    let Some(tried) = sitting.tried() else { return Vec::new() };
    let beliefs = assemble::beliefs(&problem.question, &tried.answer);
    beliefs.into_iter().map(|belief| view! { <Belief text=belief.to_owned() /> }.into_any()).collect()
}

/// What the program of the last try did, and what it should have done: in the check that it failed, or in its output.
fn of_try(sitting: Sitting, problem: &Problem) -> Vec<AnyView> {
    let Some((program, _)) = sitting.tried_program() else { return Vec::new() };
    if let Some(FailedCheck { looked_at, expected, got }) = failed_check(&program) {
        let about = view! { <p class="about">"Checked: " {value(&looked_at)}</p> }.into_any();
        return vec![pair(about, [("Got", value(&got)), ("Expected", value(&expected))])];
    }
    let wanted = problem.main_program().filter(|_| problem.check.is_none());
    let (Some(got), Some(wanted)) = (output_of(&program), wanted.and_then(output_of)) else { return Vec::new() };
    if got == wanted {
        return Vec::new();
    }
    let differs = first_difference(got, wanted);
    let about = view! { <p class="about">"Printed"</p> }.into_any();
    vec![pair(about, [("Got", printed(got, differs)), ("Expected", printed(wanted, differs))])]
}

/// What a program prints, if it does nothing else.
fn output_of(program: &Program) -> Option<&str> {
    if let Verdict::Prints { stdout } = &program.verdict { Some(stdout.trim_end()) } else { None }
}

fn value(text: &str) -> AnyView {
    view! { <code translate="no">{text.to_owned()}</code> }.into_any()
}

fn row(about: &'static str, given: AnyView, expected: AnyView) -> AnyView {
    pair(what_about(about), [("You", given), ("Right", expected)])
}

fn what_about(about: &'static str) -> AnyView {
    (!about.is_empty()).then(|| view! { <p class="about">{about}</p> }.into_any()).into_any()
}

/// Two sides, each below its word.
fn pair(about: AnyView, [(of_given, given), (of_expected, expected)]: [(&'static str, AnyView); 2]) -> AnyView {
    let given = view! { <div class="given"><dt>{of_given}</dt><dd>{given}</dd></div> }.into_any();
    sides(about, given, of_expected, expected)
}

/// What is right, where nothing stands beside it.
fn only_right(about: &'static str, expected: AnyView) -> AnyView {
    sides(what_about(about), ().into_any(), "Right", expected)
}

fn sides(about: AnyView, given: AnyView, of_expected: &'static str, expected: AnyView) -> AnyView {
    view! {
        {about}
        <dl>
            {given}
            <div class="expected"><dt>{of_expected}</dt><dd>{expected}</dd></div>
        </dl>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! { <em>"nothing"</em> }.into_any()
}

fn words(text: &str) -> AnyView {
    text.to_owned().into_any()
}

fn at_line(number: &str) -> AnyView {
    format!("line {number}").into_any()
}

/// What is right, for who did not know. Programs stand below.
fn what_is_right(sitting: Sitting, problem: &Arc<Problem>) -> Vec<AnyView> {
    match &problem.question {
        Question::Choice { options, .. } => {
            vec![only_right("", picked_options(sitting, problem, |index| options[index].right))]
        }
        Question::Predict { expected, .. } => vec![only_right("", in_full(expected, problem))],
        Question::Spot { roles } => {
            let row = |asked: &RoleLine| only_right(asked.role.label(), at_line(&asked.line.to_string()));
            roles.iter().map(row).collect()
        }
        Question::Fill { .. } | Question::Order { .. } | Question::Write(_) | Question::Discuss(_) => Vec::new(),
    }
}

/// The options that were chosen and those that are right, by the numbers they had on the screen.
fn options(sitting: Sitting, problem: &Arc<Problem>) -> Vec<AnyView> {
    let Question::Choice { options, .. } = &problem.question else { return Vec::new() };
    let chosen = picked_options(sitting, problem, |index| sitting.is_chosen(index));
    vec![row("", chosen, picked_options(sitting, problem, |index| options[index].right))]
}

fn of_prediction(part: &Part, expected: &ExpectedOutcome, problem: &Arc<Problem>) -> AnyView {
    match part.aspect {
        Aspect::Outcome => row("", words(&part.given), in_full(expected, problem)),
        Aspect::Line => row("", at_line(&part.given), at_line(&part.expected)),
        Aspect::Rule => row("", sentence(&part.given), sentence(&part.expected)),
        Aspect::Output => {
            let differs = first_difference(&part.given, &part.expected);
            row("", printed(&part.given, differs), printed(&part.expected, differs))
        }
        Aspect::Option(_)
        | Aspect::Role(_)
        | Aspect::Program
        | Aspect::Test(_)
        | Aspect::SelfAssessed
        | Aspect::Row(_)
        | Aspect::Unknown => row("", words(&part.given), words(&part.expected)),
    }
}

fn sentence(text: &str) -> AnyView {
    view! { <Line text=text.to_owned() /> }.into_any()
}

/// What happens, where, and why.
fn in_full(expected: &ExpectedOutcome, problem: &Problem) -> AnyView {
    let output = match expected {
        ExpectedOutcome::Prints { stdout } if !stdout.trim().is_empty() => printed(stdout.trim_end(), usize::MAX),
        _ => ().into_any(),
    };
    view! { {sentence(&problem.question.expected_in_words(expected))} {output} }.into_any()
}

/// The first line in which two outputs differ, from 0.
fn first_difference(one: &str, other: &str) -> usize {
    let mut others = other.lines();
    let same = one.lines().take_while(|line| others.next().is_some_and(|other| line.trim() == other.trim()));
    same.count()
}

/// Output as it is, with a line of it marked.
fn printed(text: &str, marked: usize) -> AnyView {
    if text.is_empty() {
        return nothing();
    }
    let lines = (0..)
        .zip(text.lines())
        .map(|(number, line)| match number == marked {
            true => view! { <mark>{line.to_owned()}</mark> "\n" }.into_any(),
            false => format!("{line}\n").into_any(),
        })
        .collect_view();
    view! { <pre class="output" translate="no" tabindex="0">{lines}</pre> }.into_any()
}
