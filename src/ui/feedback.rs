//! What a learner sees after answering: judgement, receipt, reasons, explanation, what to say in an interview.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::attempt::{Confidence, Mode};
use quiz::grading::{self, Graded};
use quiz::learner::calendar;
use quiz::problem::{Kind, Problem, Program};
use quiz::receipt::CheckedBy;

use super::button::Button;
use super::comparison::Comparison;
use super::discuss;
use super::hints::AllHints;
use super::later::later;
use super::options::OptionReasons;
use super::prose::{Prose, Words};
use super::receipt::{Receipt, Toolchain, VerdictSlip};
use super::references::References;
use super::tabs::{Tab, Tabs};
use super::trial::{AcceptedPrograms, HiddenCheck};
use super::what_if::WhatIfs;
use super::words::marked;
use super::write::solutions::Solutions;
use super::write::tests::AllTests;
use super::write::wrong_turns::WrongTurns;
use crate::routes;
use crate::state::scratch;
use crate::state::sitting::Sitting;

/// The feedback on a submitted answer.
#[component]
pub fn Feedback(sitting: Sitting, graded: Graded, toolchain: Toolchain) -> impl IntoView {
    let class = match graded.mark {
        grading::Mark::Right => "verdict good",
        grading::Mark::Partly => "verdict partly",
        grading::Mark::Wrong => "verdict bad",
    };
    let summary = match sitting.try_number() {
        number @ 2.. if graded.mark == grading::Mark::Right => match graded.is_right(grading::Aspect::SelfAssessed) {
            Some(_) => format!("{} It was try {number}. Your first try counts.", graded.summary()),
            None => format!("Right, at try {number}. {}", first_try(sitting)),
        },
        _ => graded.summary(),
    };
    let why = view! { <Words text=sitting.problem().takeaway() /> }.into_any();
    let comparison = view! { <Comparison sitting graded=graded.clone() /> }.into_any();
    let parts = later(move || {
        view! { <Tabs label="About this question" tabs=parts(sitting, &graded, &toolchain) /> }.into_any()
    });
    view! {
        <div class="feedback">
            <h2 id="summary" class=class data-testid="summary" tabindex="-1">{summary}</h2>
            {comparison}
            <div class="why" data-testid="why">{why}</div>
            <div class="aftermath">
                <p class="note" role="status" data-testid="comes-again">{later(move || comes_again(sitting).into_any())}</p>
                <div id="counting">{move || counting(sitting)}</div>
            </div>
            {parts}
        </div>
    }
}

/// What can be read after the judgement, the compiler's own words first.
fn parts(sitting: Sitting, graded: &Graded, toolchain: &Toolchain) -> Vec<Tab> {
    let is_program = matches!(sitting.problem().question.kind(), Kind::Fill | Kind::Order);
    let has_receipt = is_program || judged(sitting).is_some();
    let has_what_ifs = !sitting.problem().what_ifs.is_empty();
    let (graded, toolchain) = (graded.clone(), toolchain.clone());
    let (of_reasons, of_what_ifs, of_turns) = (toolchain.clone(), toolchain.clone(), toolchain.clone());
    let compiler = Tab::new("compiler", "Compiler", move || compiler(sitting, &graded, &toolchain));
    let reasons = Tab::new("reasons", "Reasons", move || reasons(sitting, &of_reasons));
    let interview = Tab::new("interview", "Interview", move || interview(sitting));
    let what_ifs =
        Tab::new("what-ifs", "What if", move || view! { <WhatIfs sitting toolchain=of_what_ifs.clone() /> }.into_any());
    if sitting.problem().question.kind() == Kind::Discuss {
        return discuss::afterwards::parts(sitting);
    }
    let first = if sitting.problem().question.kind() == Kind::Write {
        of_program(sitting, &of_turns)
    } else {
        has_receipt.then_some(compiler).into_iter().collect()
    };
    first.into_iter().chain([reasons, interview]).chain(has_what_ifs.then_some(what_ifs)).collect()
}

/// What there is to read about a program that was written.
fn of_program(sitting: Sitting, toolchain: &Toolchain) -> Vec<Tab> {
    let toolchain = toolchain.clone();
    let turns = move || view! { <WrongTurns sitting toolchain=toolchain.clone() /> }.into_any();
    vec![
        Tab::new("solutions", "Solutions", move || view! { <Solutions sitting /> }.into_any()),
        Tab::new("wrong-turns", "Wrong turns", turns),
        Tab::new("hidden-tests", "Tests", move || view! { <AllTests sitting /> }.into_any()),
    ]
}

/// Taking the answer back, and what can be done about one that does not count.
fn counting(sitting: Sitting) -> AnyView {
    if !sitting.may_be_taken_back() {
        return ().into_any();
    }
    if !sitting.is_undone() && !sitting.is_begun_anew() {
        return view! { <Button class="quiet" test_id="undo" label="Don't count this answer" on_press=move || sitting.undo() /> }
            .into_any();
    }
    let recount = (sitting.is_undone() && !sitting.is_begun_anew()).then(|| {
        view! { <Button class="plain" test_id="recount" label="Count it again" on_press=move || sitting.recount() /> }
            .into_any()
    });
    view! {
        <div class="counting">
            {recount}
            <Button class="plain" test_id="answer-again" label="Answer again" on_press=move || sitting.ask_anew() />
        </div>
    }
    .into_any()
}

/// What becomes of an answer that was right later.
fn first_try(sitting: Sitting) -> String {
    match sitting.attempt().map(|attempt| attempt.mark) {
        None | Some(grading::Mark::Right) => "Your first try counts.".to_owned(),
        Some(mark) => format!("Your first try counts: {}.", marked(mark).2),
    }
}

/// When the problem comes again.
fn comes_again(sitting: Sitting) -> String {
    if sitting.is_undone() {
        return "This answer does not count.".to_owned();
    }
    if sitting.is_begun_anew() {
        return "You have started this problem over, so this answer does not count.".to_owned();
    }
    let sure = sitting.attempt().and_then(|attempt| Some((attempt.mark == grading::Mark::Right, attempt.confidence?)));
    let had_hint = sitting.attempt().is_some_and(|attempt| attempt.hints > 0);
    let why = match sure {
        Some((false, Confidence::Certain)) => "You were certain, so it comes before others. ",
        Some((true, Confidence::Guess)) => "A guess comes back soon. ",
        Some((true, _)) if had_hint => "You opened a hint, so it comes back soon. ",
        _ => "",
    };
    // The summary of a right answer says so already.
    if sitting.try_number() > 1 {
        let is_right = sitting.graded().is_some_and(|graded| graded.mark == grading::Mark::Right);
        return if is_right { String::new() } else { "Practice only: your first answer counts.".to_owned() };
    }
    if sitting.is_suspended() {
        return "It is suspended, so it does not come again.".to_owned();
    }
    match sitting.comes_again() {
        None => String::new(),
        Some(days) => format!("{why}It comes again {}.", calendar::ahead(days)),
    }
}

/// What the compiler says of the program, and of what would have been right.
fn compiler(sitting: Sitting, graded: &Graded, toolchain: &Toolchain) -> AnyView {
    let problem = sitting.problem();
    let receipt = judged(sitting).map(|(program, by)| {
        let (graded, toolchain, hints) = (graded.clone(), toolchain.clone(), sitting.hints());
        let times = (sitting.mode() != Mode::Interview).then(|| (sitting.elapsed_ms(), problem.minutes));
        view! { <Receipt program by toolchain graded times hints /> }
    });
    view! {
        {receipt}
        <ChangeIt sitting />
        <AcceptedPrograms sitting />
        <HiddenCheck problem />
    }
    .into_any()
}

/// The way to the scratchpad with this program. Programs that need crates can only be run elsewhere.
#[component]
fn ChangeIt(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let (program, _) = judged(sitting).filter(|_| problem.crates.is_empty())?;
    let slug = problem.slug.clone();
    let view = view! {
        <p class="note">
            <a data-testid="change-it" href=routes::change(&slug) on:click=move |_| scratch::hand_over(&slug, &program)>
                "Change it yourself"
            </a>
            " and see what becomes of it. That is not proven beforehand."
        </p>
    };
    Some(view.into_any())
}

/// Why it is so.
fn reasons(sitting: Sitting, toolchain: &Toolchain) -> AnyView {
    let problem = sitting.problem();
    let explanation = view! { <Prose problem=problem.clone() text=problem.explanation.clone() /> }.into_any();
    view! {
        <OptionReasons sitting />
        <section data-testid="explanation">
            <h2>"Explanation"</h2>
            {explanation}
        </section>
        {let_through(&problem, toolchain)}
        <AllHints sitting />
        <References references=problem.references.clone() />
    }
    .into_any()
}

/// What to say aloud.
fn interview(sitting: Sitting) -> AnyView {
    let problem = sitting.problem();
    let words = view! { <Prose problem=problem.clone() text=problem.interview.clone() /> }.into_any();
    view! {
        <section data-testid="interview">
            <h2>"What to say in an interview"</h2>
            <div class="say">{words}</div>
        </section>
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
            view! { <VerdictSlip program toolchain by=CheckedBy::Output label="Miri's verdict on what was let through" /> }
        })
        .collect_view();
    let text = view! { <Prose problem=problem.clone() text /> }.into_any();
    let section = view! {
        <section data-testid="let-through">
            <h2>"Without the borrow checker"</h2>
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
        // What stands in the prompt has gaps.
        None if matches!(problem.question.kind(), Kind::Fill | Kind::Order) => None,
        None => problem.main_program().cloned().map(|program| (program, CheckedBy::Output)),
    }
}
