//! A try that was wrong, and in the end what would have been right.

use leptos::prelude::*;
use quiz::assemble;
use quiz::problem::{Problem, Program};

use super::code_block::CodeBlock;
use super::comparison::ComparisonOfTry;
use super::playground::PlaygroundLink;
use super::receipt::{CheckedBy, Toolchain, VerdictSlip};
use crate::state::sitting::Sitting;

/// How many accepted programs are shown.
const ACCEPTED: usize = 3;

/// What the compiler says of the learner's last try, while there may be another one.
#[component]
pub fn Trial(sitting: Sitting, toolchain: Toolchain) -> impl IntoView {
    let shown = move || {
        let toolchain = toolchain.clone();
        sitting.tried().zip(sitting.tried_program()).map(|(tried, (program, checked))| {
            let summary = tried.graded.summary();
            let by = CheckedBy::of(&sitting.problem(), checked);
            view! {
                <div class="trial" data-testid="trial">
                    <h2 id="trial-summary" class="verdict bad" data-testid="trial-summary" tabindex="-1">{format!("Try {}. {summary}", tried.number)}</h2>
                    <ComparisonOfTry sitting />
                    <VerdictSlip program toolchain by />
                    <p class="note">"Change what you like and submit again. The first try is the one that counts."</p>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}

/// The programs that are accepted, those of the learner's own answer left out.
#[component]
pub fn AcceptedPrograms(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let own = sitting.tried().filter(|tried| tried.graded.mark == quiz::grading::Mark::Right).map(|tried| tried.answer);
    let accepted = assemble::accepted(&problem.question);
    let others: Vec<Program> = accepted
        .iter()
        .filter(|answer| Some(*answer) != own.as_ref())
        .filter_map(|answer| assemble::tried(&problem, answer))
        .collect();
    let (count, shown) = (others.len(), others.into_iter().take(ACCEPTED));
    let title = match (own.is_some(), count) {
        (_, 0) => return ().into_any(),
        (true, _) => "Right as well",
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
                <summary>"The check behind it"</summary>
                <CodeBlock program />
            </details>
        }
        .into_any()
    })
}
