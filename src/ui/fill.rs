//! A program with slots, and what can be put into them.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use quiz::assemble::{self, Piece};
use quiz::highlights::{Snippet, TokenKind, indent};
use quiz::problem::Problem;

use super::code_block::{MarkedLine, line_class, line_end, line_number, pieces_of, token, words_beside};
use super::radio::tab_stop;
use crate::browser::page::{self, Place};
use crate::state::sitting::Sitting;

/// The program; a slot that is tapped is asked for next, and its choices are `open`ed again.
#[component]
pub fn FillProgram(sitting: Sitting, marks: Memo<Vec<MarkedLine>>, open: RwSignal<bool>) -> impl IntoView {
    let problem = sitting.problem();
    let Some(program) = problem.main_program() else { return ().into_any() };
    let lines = (1..)
        .zip(program.highlights.lines(&program.source))
        .map(|(number, pieces)| {
            let indent = indent(&pieces.iter().map(|(_, text)| text.as_str()).collect::<String>());
            let pieces =
                pieces.into_iter().map(|(colour, text)| cut(sitting, &problem, colour, &text, open)).collect_view();
            view! {
                <span class=move || line_class(&marks.read(), number) data-indent=indent>
                    {line_number(number)}
                    {pieces}
                    {line_end()}
                    {move || words_beside(&marks.read(), number)}
                </span>
            }
            .into_any()
        })
        .collect_view();
    view! { <pre class="code" translate="no" role="group" aria-label="Program with slots" tabindex="0"><code>{lines}</code></pre> }
        .into_any()
}

/// A piece of the template, with each slot in it.
fn cut(sitting: Sitting, problem: &Arc<Problem>, colour: TokenKind, text: &str, open: RwSignal<bool>) -> AnyView {
    assemble::pieces(text, problem.question.slots())
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => token(colour, text.to_owned()),
            Piece::Slot(index) => view! { <Slot sitting problem=problem.clone() index open /> }.into_any(),
        })
        .collect_view()
        .into_any()
}

/// A slot: a button as long as it is to be filled, then what fills it.
#[component]
fn Slot(sitting: Sitting, problem: Arc<Problem>, index: usize, open: RwSignal<bool>) -> impl IntoView {
    let name = problem.question.slots()[index].name.clone();
    let same = Arc::clone(&problem);
    let spoken = move || {
        let slot = &problem.question.slots()[index];
        match sitting.pick_of(index).and_then(|choice| slot.choices.get(choice)) {
            None => format!("Slot {}, empty", slot.name),
            Some(choice) => format!("Slot {}: {}", slot.name, in_words(choice)),
        }
    };
    let inside = move || {
        let slot = &same.question.slots()[index];
        match sitting.pick_of(index).and_then(|choice| slot.choices.get(choice)) {
            None => slot.name.clone().into_any(),
            Some(choice) => code_of(choice),
        }
    };
    let button = move || {
        let (inside, spoken) = (inside.clone(), spoken.clone());
        if sitting.is_closed() {
            return view! { <span class="slot" data-testid="slot" data-slot=name.clone()>{inside}</span> }.into_any();
        }
        view! {
            <button
                type="button"
                class="slot"
                class:empty=move || sitting.pick_of(index).is_none()
                data-answer="slot"
                data-testid="slot"
                data-slot=name.clone()
                aria-label=spoken
                aria-current=move || (sitting.step() == index).then_some("step")
                on:click=move |_| ask_for_slot(sitting, index, open)
            >
                {inside}
            </button>
        }
        .into_any()
    };
    view! { {move || button()} }
}

fn ask_for_slot(sitting: Sitting, slot: usize, open: RwSignal<bool>) {
    sitting.go_to_step(slot);
    open.set(true);
}

/// What is chosen for the slot that is asked for. Once all slots have something, the choices may close where there is little room,
/// until they are `open`ed again.
#[component]
pub fn SlotPicker(sitting: Sitting, open: RwSignal<bool>) -> impl IntoView {
    Effect::new(move || {
        if sitting.missing().is_some() {
            open.set(false);
        }
    });
    let problem = sitting.problem();
    let tabs = problem
        .question
        .slots()
        .iter()
        .enumerate()
        .map(|(index, slot)| {
            view! {
                <button
                    type="button"
                    role="radio"
                    data-answer="slot-tab"
                    data-testid="slot-tab"
                    aria-checked=move || (sitting.step() == index).to_string()
                    tabindex=move || tab_stop(sitting.step() == index, false)
                    on:click=move |_| ask_for_slot(sitting, index, open)
                >
                    <code translate="no">{slot.name.clone()}</code>
                    {move || sitting.pick_of(index).is_some().then(filled)}
                </button>
            }
            .into_any()
        })
        .collect_view();
    // Drawn anew for another slot only, or the focus would be lost with each choice.
    let step = Memo::new(move |_| sitting.step());
    // The element may be the same, scrolled as it was. At the beginning the page stays at its top, to be read.
    Effect::new(move |before: Option<usize>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(|| {
                page::scroll_to_start("[data-kind=fill] .options");
                page::reveal("[data-answer=slot][aria-current]", Place::Nearest);
            });
        }
        now
    });
    let choices = move || {
        let step = step.get();
        let Some(slot) = problem.question.slots().get(step) else { return ().into_any() };
        let order = sitting.order(slot.choices.len());
        let choices = (1..)
            .zip(order)
            .map(|(place, index)| {
                let code = code_of(&slot.choices[index]);
                view! { <SlotChoice sitting step place index code open /> }
            })
            .collect_view();
        let label = format!("Choices for slot {}", slot.name);
        let closes = move || (!open.get()).then_some("");
        view! { <div class="options" role="radiogroup" aria-label=label data-closes=closes>{choices}</div> }.into_any()
    };
    view! {
        <p class="ask">"What goes into each slot?"</p>
        <div class="segments slot-tabs" role="radiogroup" aria-label="Slot">{tabs}</div>
        {move || choices()}
    }
}

/// Says that a slot has something in it.
fn filled() -> AnyView {
    view! { <span aria-hidden="true">" ●"</span> <span class="hidden">"filled"</span> }.into_any()
}

#[component]
fn SlotChoice(
    sitting: Sitting,
    step: usize,
    place: usize,
    index: usize,
    code: AnyView,
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="option"
            role="radio"
            data-answer="slot-choice"
            data-testid="slot-choice"
            data-index=index
            aria-checked=move || (sitting.pick_of(step) == Some(index)).to_string()
            tabindex=move || tab_stop(sitting.pick_of(step) == Some(index), place == 1 && sitting.pick_of(step).is_none())
            on:click=move |event: ev::MouseEvent| {
                // By keys one goes on within the slot: arrows choose what they come to.
                if event.detail() == 0 {
                    sitting.choose_for_slot(index);
                    sitting.go_to_step(step);
                } else {
                    open.set(false);
                    choose_for_slot(sitting, index);
                }
            }
        >
            <kbd>{place}</kbd>
            {code}
        </button>
    }
}

/// Chooses for the slot that is asked for. The choices are drawn anew for the next one, and a focus must not be lost with the
/// old ones.
pub fn choose_for_slot(sitting: Sitting, choice: usize) {
    let has_focus = page::has_focus("[data-answer=slot-choice]");
    sitting.choose_for_slot(choice);
    if has_focus {
        page::once_drawn(|| page::focus("[data-answer=slot-tab][aria-checked=true]"));
    }
}

/// A choice as code; what is no code at all is said in words.
fn code_of(choice: &Snippet) -> AnyView {
    match choice.text.is_empty() {
        true => view! { <i class="nothing">"nothing"</i> }.into_any(),
        false => view! { <code class="snippet" translate="no">{pieces_of(choice)}</code> }.into_any(),
    }
}

/// A choice in a sentence.
fn in_words(choice: &Snippet) -> String {
    if choice.text.is_empty() { "nothing".to_owned() } else { choice.text.clone() }
}
