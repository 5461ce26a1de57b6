//! What a learner sees after answering: judgement, receipt, reasons, explanation, what to say in an interview.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::attempt::Confidence;
use quiz::grading::{self, Graded};
use quiz::learner::calendar::ahead_in_words;
use quiz::problem::{Problem, Program, Reference};

use super::button::Button;
use super::comparison::Comparison;
use super::hints::AllHints;
use super::later::later;
use super::options::OptionReasons;
use super::prose::Prose;
use super::receipt::{CheckedBy, Receipt, Toolchain, VerdictSlip};
use super::trial::{AcceptedPrograms, HiddenCheck};
use super::what_if::WhatIfs;
use crate::state::sitting::Sitting;

/// The feedback on a submitted answer.
#[component]
pub fn Feedback(sitting: Sitting, graded: Graded, toolchain: Toolchain) -> impl IntoView {
    let problem = sitting.problem();
    let class = match graded.mark {
        grading::Mark::Right => "verdict good",
        grading::Mark::Partly => "verdict partly",
        grading::Mark::Wrong => "verdict bad",
    };
    let summary = match sitting.tried() {
        Some(tried) if tried.number > 1 && graded.mark == grading::Mark::Right => {
            format!("Right, at try {}. The first one counts.", tried.number)
        }
        _ => graded.summary(),
    };
    let background = later({
        let toolchain = toolchain.clone();
        move || background(sitting, &toolchain)
    });
    let comparison = view! { <Comparison sitting graded=graded.clone() /> };
    let receipt = judged(sitting).map(|(program, by)| {
        let (elapsed_ms, hints) = (sitting.elapsed_ms(), sitting.hints());
        view! { <Receipt program by toolchain graded elapsed_ms minutes=problem.minutes hints /> }
    });
    view! {
        <div class="feedback">
            <h2 id="summary" class=class data-testid="summary" tabindex="-1">{summary}</h2>
            {comparison}
            <p class="note" role="status" data-testid="comes-again">{later(move || comes_again(sitting).into_any())}</p>
            {move || sitting.may_be_taken_back().then(|| {
                view! { <Button class="quiet" test_id="undo" label="Don't count this answer" on_press=move || sitting.undo() /> }
                    .into_any()
            })}
            {receipt}
            <OptionReasons sitting />
            {background}
        </div>
    }
}

/// When the problem comes again.
fn comes_again(sitting: Sitting) -> String {
    if sitting.is_undone() {
        return "This answer does not count. You can answer again.".to_owned();
    }
    let sure = sitting.attempt().and_then(|attempt| Some((attempt.mark == grading::Mark::Right, attempt.confidence?)));
    let why = match sure {
        Some((false, Confidence::Certain)) => "You were certain, so it will come first. ",
        Some((true, Confidence::Guess)) => "A guess comes back soon. ",
        _ => "",
    };
    if sitting.tried().is_some_and(|tried| tried.number > 1) {
        return "Practice only: your first answer counts.".to_owned();
    }
    match sitting.comes_again() {
        None => String::new(),
        Some(days) => format!("{why}It comes again {}.", ahead_in_words(days)),
    }
}

/// What is read after the judgement: why it is so, and what else there is to know.
fn background(sitting: Sitting, toolchain: &Toolchain) -> AnyView {
    let problem = sitting.problem();
    let explanation = view! { <Prose problem=problem.clone() text=problem.explanation.clone() /> }.into_any();
    let interview = view! { <Prose problem=problem.clone() text=problem.interview.clone() /> }.into_any();
    view! {
        <AcceptedPrograms sitting />
        <section data-testid="explanation">
            <h2>"Why it has to be so"</h2>
            {explanation}
        </section>
        {let_through(&problem, toolchain)}
        <section>
            <h2>"In an interview"</h2>
            <div class="say">{interview}</div>
        </section>
        <WhatIfs sitting toolchain=toolchain.clone() />
        <HiddenCheck problem=problem.clone() />
        <AllHints sitting />
        <References references=problem.references.clone() />
    }
    .into_any()
}

/// What would have gone wrong without the rule: an unsafe twin of the program, and what Miri says of it.
fn let_through(problem: &Arc<Problem>, toolchain: &Toolchain) -> Option<AnyView> {
    let text = problem.let_through.clone()?;
    let slips = text
        .programs()
        .into_iter()
        .filter_map(|index| problem.programs.get(index))
        .map(|program| {
            let (program, toolchain) = (program.clone(), toolchain.clone());
            view! { <VerdictSlip program toolchain by=CheckedBy::Output /> }
        })
        .collect_view();
    let text = view! { <Prose problem=problem.clone() text /> }.into_any();
    let section = view! {
        <section data-testid="let-through">
            <h2>"If the borrow checker let it through"</h2>
            {text}
            {slips}
        </section>
    };
    Some(section.into_any())
}

/// The program that the receipt is about: the learner's own where they made one.
fn judged(sitting: Sitting) -> Option<(Program, CheckedBy)> {
    let problem = sitting.problem();
    match sitting.tried_program() {
        Some((program, failed)) => Some((program, CheckedBy::of(&problem, failed))),
        None => problem.main_program().cloned().map(|program| (program, CheckedBy::Output)),
    }
}

#[component]
fn References(references: Vec<Reference>) -> impl IntoView {
    let item = |Reference { address, title }| {
        view! { <li><a class="outside" data-testid="reference" href=address rel="external noopener" target="_blank">{title}</a></li> }
            .into_any()
    };
    view! {
        <section class="references">
            <h2>"References"</h2>
            <ul>{references.into_iter().map(item).collect_view()}</ul>
            <p class="note">"Links marked ↗ leave the app and need a network."</p>
        </section>
    }
}
