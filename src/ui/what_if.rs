//! What if a line were another one? To be guessed first, then told by the compiler.

use leptos::prelude::*;
use quiz::assemble;
use quiz::problem::Program;
use quiz::verdict::Verdict;

use super::code_block::{CodeBlock, LineMark};
use super::radio::tab_stop;
use super::receipt::{CheckedBy, Toolchain, VerdictSlip};
use crate::state::sitting::Sitting;

/// What a learner thinks of an edited program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    Compiles,
    Fails,
}

/// The edit that is looked at, by its index, and what the learner thinks of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Looking {
    at: Option<usize>,
    guess: Option<Guess>,
}

/// The edits of a problem's program. Nothing of it is graded or stored.
#[component]
pub fn WhatIfs(sitting: Sitting, toolchain: Toolchain) -> impl IntoView {
    let problem = sitting.problem();
    let original = (!problem.what_ifs.is_empty()).then(|| assemble::original(&problem));
    let Some(program) = original.flatten() else { return ().into_any() };
    let looking = RwSignal::new(Looking::default());
    let names = problem
        .what_ifs
        .iter()
        .enumerate()
        .map(|(index, what_if)| {
            let toggle = move |_| {
                let at = (looking.read_untracked().at != Some(index)).then_some(index);
                looking.set(Looking { at, guess: None });
            };
            view! {
                <button
                    type="button"
                    class="plain"
                    data-testid="what-if"
                    aria-pressed=move || (looking.read().at == Some(index)).to_string()
                    on:click=toggle
                >
                    {what_if.name.clone()}
                </button>
            }
            .into_any()
        })
        .collect_view();
    let own = problem.clone();
    let spoken = move || {
        let Looking { at, guess } = looking.get();
        let what_if = at.and_then(|at| own.what_ifs.get(at));
        let judgement = what_if.zip(guess).map(|(what_if, guess)| judge(guess, &what_if.verdict).1);
        judgement.unwrap_or_default().to_owned()
    };
    let look = move || {
        let Looking { at, guess } = looking.get();
        match at.and_then(|at| problem.what_ifs.get(at)) {
            None => ().into_any(),
            Some(what_if) => {
                let edited = assemble::edited(&program, what_if);
                let on_guess = Callback::new(move |guess| {
                    looking.update(|looking| looking.guess = Some(guess));
                });
                let by = CheckedBy::of(&problem, edited.fails_check());
                view! { <Look edited line=what_if.line guess on_guess toolchain=toolchain.clone() by /> }.into_any()
            }
        }
    };
    let status = view! { <p class="hidden" role="status">{spoken}</p> }.into_any();
    view! {
        <section data-testid="what-ifs">
            <h2>"What if…"</h2>
            <div class="toggles">{names}</div>
            {move || look()}
            {status}
        </section>
    }
    .into_any()
}

#[component]
fn Look(
    edited: Program,
    line: u32,
    guess: Option<Guess>,
    on_guess: Callback<Guess>,
    toolchain: Toolchain,
    by: CheckedBy,
) -> impl IntoView {
    let guesses = [(Guess::Compiles, "Compiles"), (Guess::Fails, "Does not compile")].map(|(own, label)| {
        view! {
            <button
                type="button"
                role="radio"
                data-testid=if own == Guess::Compiles { "guess-compiles" } else { "guess-fails" }
                aria-checked=(guess == Some(own)).to_string()
                tabindex=tab_stop(guess == Some(own), own == Guess::Compiles && guess.is_none())
                on:click=move |_| on_guess.run(own)
            >
                {label}
            </button>
        }
        .into_any()
    });
    let truth = guess.map(|guess| {
        let (class, judgement) = judge(guess, &edited.verdict);
        let slip = view! { <VerdictSlip program=edited.clone() toolchain by /> }.into_any();
        view! { <p class=class data-testid="what-if-judgement">{judgement}</p> {slip} }.into_any()
    });
    view! {
        <CodeBlock program=edited marks=vec![(line, LineMark::Picked("edited".to_owned()))] />
        <p class="ask">"Does it still compile?"</p>
        <div class="segments" role="radiogroup" aria-label="Does it still compile?">{guesses}</div>
        {truth}
    }
}

fn judge(guess: Guess, verdict: &Verdict) -> (&'static str, &'static str) {
    let compiles = !matches!(verdict, Verdict::Error { .. });
    match (guess == Guess::Compiles, compiles) {
        (true, true) => ("judgement good", "It does."),
        (false, false) => ("judgement good", "Right, it does not."),
        (true, false) => ("judgement bad", "It does not."),
        (false, true) => ("judgement bad", "It does compile."),
    }
}
