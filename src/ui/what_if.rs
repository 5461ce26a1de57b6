//! What if one line is different? To be guessed first, then told by the compiler.

use leptos::prelude::*;
use quiz::assemble;
use quiz::problem::{Program, WhatIf};
use quiz::receipt::CheckedBy;
use quiz::verdict::Verdict;

use super::code_block::{pieces_of, token};
use super::prose::Line;
use super::radio::tab_stop;
use super::receipt::{Toolchain, VerdictSlip};
use crate::browser::page::{self, Place};
use crate::state::sitting::Sitting;

/// What is guessed of each edit: the program may have been rejected before.
const COMPILES: &str = "Does it compile then?";

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
                // What is asked about it may open behind the bar.
                request_animation_frame(|| page::reveal(".tab-panel [role=radiogroup]", Place::Nearest));
            };
            view! {
                <button
                    type="button"
                    class="plain"
                    data-testid="what-if"
                    aria-pressed=move || (looking.read().at == Some(index)).to_string()
                    on:click=toggle
                >
                    <Line text=what_if.name.clone() />
                </button>
            }
            .into_any()
        })
        .collect_view();
    let own = problem.clone();
    let spoken = move || {
        let Looking { at, guess } = looking.get();
        let what_if = at.and_then(|at| own.what_ifs.get(at));
        let judgement = what_if.zip(guess).map(|(what_if, guess)| judge(guess, &what_if.verdict));
        judgement.unwrap_or_default()
    };
    let look = move || {
        let Looking { at, guess } = looking.get();
        match at.and_then(|at| problem.what_ifs.get(at)) {
            None => ().into_any(),
            Some(what_if) => {
                let on_guess = Callback::new(move |guess| {
                    looking.update(|looking| looking.guess = Some(guess));
                });
                let edited = assemble::edited(&program, what_if);
                let by = CheckedBy::of(&problem, edited.fails_check());
                let diff = diff(&program, what_if);
                view! { {diff} <Look edited guess on_guess toolchain=toolchain.clone() by /> }.into_any()
            }
        }
    };
    let status = view! { <p class="hidden" role="status">{spoken}</p> }.into_any();
    view! {
        <section data-testid="what-ifs">
            <h2>"What if you change a line?"</h2>
            <div class="toggles">{names}</div>
            {move || look()}
            {status}
        </section>
    }
    .into_any()
}

/// The line as it is, and as it would be.
fn diff(program: &Program, what_if: &WhatIf) -> AnyView {
    let place = (what_if.line as usize).saturating_sub(1);
    let before = program.highlights.lines(&program.source).into_iter().nth(place).unwrap_or_default();
    let before = before.into_iter().map(|(colour, text)| token(colour, text)).collect_view().into_any();
    let after = match what_if.replacement.text.trim().is_empty() {
        true => view! { <em>"no line"</em> }.into_any(),
        false => pieces_of(&what_if.replacement),
    };
    view! {
        <p class="note">{format!("Line {}, before and after:", what_if.line)}</p>
        <pre class="diff" translate="no" tabindex="0" role="group" aria-label="The line before and after" data-testid="diff">
            <del><span class="hidden">"before: "</span><span class="sign" aria-hidden="true">"−"</span>{before}</del>
            <ins><span class="hidden">"after: "</span><span class="sign" aria-hidden="true">"+"</span>{after}</ins>
        </pre>
    }
    .into_any()
}

#[component]
fn Look(
    edited: Program,
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
        let judgement = judge(guess, &edited.verdict);
        // The judgement is on the guess; the slip below has the colour of what the program does.
        let class = if is_right(guess, &edited.verdict) { "judgement good" } else { "judgement bad" };
        let slip =
            view! { <VerdictSlip program=edited.clone() toolchain by label="The compiler's verdict on the edit" /> }
                .into_any();
        view! { <p class=class data-testid="what-if-judgement">{judgement}</p> {slip} }.into_any()
    });
    view! {
        <p class="ask">{COMPILES}</p>
        <div class="segments" role="radiogroup" aria-label=COMPILES>{guesses}</div>
        {truth}
    }
}

/// Whether the guess was right, and what becomes of the program.
fn judge(guess: Guess, verdict: &Verdict) -> String {
    let becomes = match verdict {
        Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. } => "it compiles.",
        Verdict::Error { .. } => "it does not compile.",
        Verdict::Panics { .. } => "it compiles, but it panics.",
        Verdict::Undefined { .. } => "it compiles, but it has undefined behaviour.",
    };
    format!("{}: {becomes}", if is_right(guess, verdict) { "You are right" } else { "Incorrect" })
}

fn is_right(guess: Guess, verdict: &Verdict) -> bool {
    let compiles = !matches!(verdict, Verdict::Error { .. });
    (guess == Guess::Compiles) == compiles
}
