//! A try that was wrong, and in the end what would have been right.

use leptos::prelude::*;
use quiz::answer::Answer;
use quiz::assemble;
use quiz::exercise::{CodeResult, Rejection};
use quiz::grading::Mark;
use quiz::problem::{Kind, Problem, Program, Question};
use quiz::receipt::CheckedBy;

use super::code_block::CodeBlock;
use super::comparison::ComparisonOfTry;
use super::playground::PlaygroundLink;
use super::receipt::{Toolchain, VerdictSlip};
use super::run::TestResults;
use crate::state::sitting::Sitting;

/// How many accepted programs are shown.
const ACCEPTED: usize = 3;

/// What the compiler says of the learner's last try, while there may be another one.
#[component]
pub fn Trial(sitting: Sitting, toolchain: Toolchain) -> impl IntoView {
    let shown = move || {
        let toolchain = toolchain.clone();
        sitting.tried().map(|tried| {
            let summary = tried.graded.summary();
            let class = if tried.graded.mark == Mark::Partly { "verdict partly" } else { "verdict bad" };
            let words = match sitting.problem().question.kind() == Kind::Write {
                true => "Change your program, run it, and hand it in again. Your first try counts.",
                false => "Change your answer and submit it again. Your first try counts.",
            };
            let said = sitting.tried_program().map(|(program, checked)| {
                let by = CheckedBy::of(&sitting.problem(), checked);
                view! {
                    <ComparisonOfTry sitting />
                    <VerdictSlip program toolchain by label="The compiler's verdict on your try" />
                }
                .into_any()
            });
            let judged = judged_code(&sitting.problem(), &tried.answer);
            view! {
                <div class="trial" data-testid="trial">
                    <h2 id="trial-summary" class=class data-testid="trial-summary" tabindex="-1">{format!("Try {}. {summary}", tried.number)}</h2>
                    {said}
                    {judged}
                    <p class="note">{words}</p>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}

/// What became of a program that was written and judged by the compiler.
pub fn judged_code(problem: &Problem, answer: &Answer) -> Option<AnyView> {
    let (Question::Write(exercise), Answer::Write { result, .. }) = (&problem.question, answer) else { return None };
    match result {
        CodeResult::Tested { failures, .. } => {
            let names = exercise.names().map(str::to_owned).collect();
            Some(view! { <TestResults names failures=failures.clone() /> }.into_any())
        }
        CodeResult::Rejected(Rejection { code, message, line }) => {
            let at = line.map_or_else(|| "In the tests: ".to_owned(), |line| format!("Line {line}: "));
            let code = code.as_ref().map(|code| format!(" ({code})"));
            Some(view! { <p data-testid="rejection"><strong>{at}</strong> <code translate="no">{message.clone()}</code> {code}</p> }.into_any())
        }
        CodeResult::SelfAssessed(_) => None,
    }
}

/// The programs that are accepted, those of the learner's own answer left out.
#[component]
pub fn AcceptedPrograms(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let own = sitting.tried().filter(|tried| tried.graded.mark == Mark::Right).map(|tried| tried.answer);
    let accepted = assemble::accepted(&problem.question);
    let others: Vec<Program> = accepted
        .iter()
        .filter(|answer| Some(*answer) != own.as_ref())
        .filter_map(|answer| assemble::tried(&problem, answer))
        .collect();
    let (count, shown) = (others.len(), others.into_iter().take(ACCEPTED));
    let title = match (own.is_some(), count) {
        (_, 0) => return ().into_any(),
        (true, _) => "Also right",
        (false, 1) => "This is right",
        (false, _) => "These are right",
    };
    let programs = shown
        .map(|program| {
            view! {
                <figure class="program">
                    <CodeBlock program=program.clone() />
                    <figcaption class="proof"><span>"Accepted"</span> <PlaygroundLink program /></figcaption>
                </figure>
            }
            .into_any()
        })
        .collect_view();
    let more = (count > ACCEPTED).then(|| match count - ACCEPTED {
        1 => view! { <p class="note">"And one more."</p> }.into_any(),
        more => view! { <p class="note">{format!("And {more} more.")}</p> }.into_any(),
    });
    view! {
        <section data-testid="accepted">
            <h2>{title}</h2>
            {programs}
            {more}
        </section>
    }
    .into_any()
}

/// The hidden tests, once they need not be hidden any more.
#[component]
pub fn HiddenCheck(problem: std::sync::Arc<Problem>) -> impl IntoView {
    problem.check.clone().map(|program| {
        view! {
            <details class="all-hints" data-testid="check">
                <summary>"Show the check"</summary>
                <CodeBlock program />
            </details>
        }
        .into_any()
    })
}
