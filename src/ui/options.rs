//! The options of a choice: to be chosen, and afterwards each with its reason.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::problem::{ChoiceOption, Problem, Question};

use super::prose::{Line, Prose, prompt_end};
use super::radio::tab_stop;
use crate::browser::page::{self, Place};
use crate::state::sitting::Sitting;

/// The options to choose from.
#[component]
pub fn OptionPicker(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let Question::Choice { several, .. } = problem.question else { return ().into_any() };
    let label = if several { "Options. Choose all that are right." } else { "Options. Choose one." };
    let role = if several { "checkbox" } else { "radio" };
    let own = problem.clone();
    let shown = move || match &own.question {
        Question::Choice { options, .. } => (1..).zip(sitting.order(options.len())).collect(),
        Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Fill { .. }
        | Question::Order { .. }
        | Question::Write(_)
        | Question::Discuss(_) => Vec::new(),
    };
    let no_proofs = Memo::new(|_| false);
    view! {
        // Where it stands at the lower edge, the options are below.
        <div class="asked-end" on:click=|_| page::reveal(".answering .options", Place::Nearest)>
            {prompt_end(problem.clone(), &problem.prompt, no_proofs)}
            <p class="ask">{if several { "Choose all that are right." } else { "Choose one." }}</p>
        </div>
        <div class="options" role=if several { "group" } else { "radiogroup" } aria-label=label>
            <For
                each=shown
                key=|shown: &(usize, usize)| *shown
                children=move |(place, index)| view! { <OptionButton sitting problem=problem.clone() role place index /> }
            />
        </div>
    }
    .into_any()
}

/// An option, by its index in the author's order.
#[component]
fn OptionButton(
    sitting: Sitting,
    problem: Arc<Problem>,
    role: &'static str,
    place: usize,
    index: usize,
) -> impl IntoView {
    let Question::Choice { options, .. } = &problem.question else { return ().into_any() };
    let text = options[index].text.clone();
    view! {
        <button
            type="button"
            class="option"
            role=role
            data-answer="option"
            data-testid="option"
            data-index=index
            aria-checked=move || sitting.is_chosen(index).to_string()
            tabindex=move || match role {
                "radio" => tab_stop(sitting.is_chosen(index), place == 1 && !sitting.has_chosen()),
                _ => "0",
            }
            on:click=move |_| sitting.choose(index)
        >
            <kbd>{place}</kbd>
            <Prose problem text />
        </button>
    }
    .into_any()
}

/// The options that `is_wanted` finds by their index, each with the number that it has on the screen.
pub fn picked_options(sitting: Sitting, problem: &Arc<Problem>, is_wanted: impl Fn(usize) -> bool) -> AnyView {
    let Question::Choice { options, .. } = &problem.question else { return ().into_any() };
    let picked = |(place, index): (usize, usize)| {
        let text = is_wanted(index).then(|| options[index].text.clone())?;
        let class = if options[index].right { "picked-option right" } else { "picked-option" };
        let view = view! { <div class=class><kbd>{place}</kbd> <Prose problem=problem.clone() text /></div> };
        Some(view.into_any())
    };
    (1..).zip(sitting.order(options.len())).filter_map(picked).collect_view().into_any()
}

/// All options with their reasons: what was chosen and what is right first, each with the number under which it was shown.
#[component]
pub fn OptionReasons(sitting: Sitting) -> impl IntoView {
    let problem = sitting.problem();
    let Question::Choice { options, .. } = &problem.question else { return ().into_any() };
    let shown: Vec<(usize, usize)> = (1..).zip(sitting.order(options.len())).collect();
    let matters = |index: usize| sitting.is_chosen(index) || options[index].right;
    let (first, others): (Vec<_>, Vec<_>) = shown.into_iter().partition(|(_, index)| matters(*index));
    let items = first
        .into_iter()
        .chain(others)
        .map(|(place, index)| {
            let chosen = sitting.is_chosen(index);
            option_reason(&problem, &options[index], place, chosen)
        })
        .collect_view();
    view! { <ul class="options">{items}</ul> }.into_any()
}

/// The belief behind something wrong, in the learner's words.
#[component]
pub fn Belief(text: String) -> impl IntoView {
    view! { <p class="belief">"The mistake behind it: “" <Line text /> "”"</p> }
}

fn option_reason(problem: &Arc<Problem>, option: &ChoiceOption, place: usize, chosen: bool) -> AnyView {
    let class = match (option.right, chosen) {
        (true, _) => "option right",
        (false, true) => "option wrong",
        (false, false) => "option",
    };
    let judgement = match (option.right, chosen) {
        (true, true) => "Your answer, and right.",
        (true, false) => "Right.",
        (false, true) => "Your answer.",
        (false, false) => "Not right.",
    };
    let belief = option.misconception.as_ref().map(|misconception| {
        view! { <Belief text=misconception.belief.clone() /> }
    });
    let text = view! { <Prose problem=problem.clone() text=option.text.clone() /> }.into_any();
    let rationale = view! { <Prose problem=problem.clone() text=option.rationale.clone() /> }.into_any();
    view! {
        <li class=class>
            <kbd>{place}</kbd>
            <div>
                {text}
                <div class="rationale" data-testid="rationale">
                    <p class="judgement">{judgement}</p>
                    {rationale}
                    {belief}
                </div>
            </div>
        </li>
    }
    .into_any()
}
