//! Lines to be put in order: by drag, by taps, by buttons and by keys.

use leptos::ev;
use leptos::prelude::*;
use quiz::answering::draft::{Direction, OrderEdit};
use quiz::assemble;
use quiz::highlights::{Snippet, indent};
use quiz::problem::{Question, Row};

use super::button::Button;
use super::code_block::{MarkedLine, line_class, line_end, line_number, pieces_of, with_words, words_beside};
use crate::browser::drag::{self, Over};
use crate::browser::page::{self, Place};
use crate::state::sitting::Sitting;

/// The program with its gaps.
#[component]
pub fn OrderProgram(sitting: Sitting, marks: Memo<Vec<MarkedLine>>) -> impl IntoView {
    on_cleanup(drag::cancel);
    let lines = move || {
        let problem = sitting.problem();
        let Question::Order { rows, lines, .. } = &problem.question else { return ().into_any() };
        let shown = assemble::arranged(rows, lines, sitting.arrangement().gaps());
        let mut gaps = 0..;
        // What cannot be moved any more is a line like any other.
        let is_read = sitting.is_closed();
        (1..)
            .zip(rows.iter().zip(shown))
            .map(|(number, (row, line))| match (row, is_read) {
                (Row::Fixed(_), _) | (Row::Gap, true) => view! { <FixedLine number line marks /> }.into_any(),
                (Row::Gap, false) => {
                    let gap = gaps.next().unwrap_or_default();
                    view! { <Gap sitting number gap line marks /> }.into_any()
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <pre class="code" translate="no" role="group" aria-label="Program with places for lines" tabindex="0"><code>{move || lines()}</code></pre>
    }
}

#[component]
fn FixedLine(number: u32, line: Snippet, marks: Memo<Vec<MarkedLine>>) -> impl IntoView {
    view! {
        <span class=move || line_class(&marks.read(), number) data-indent=indent(&line.text)>
            {line_number(number)}
            {pieces_of(&line)}
            {line_end()}
            {move || words_beside(&marks.read(), number)}
        </span>
    }
}

#[component]
fn Gap(sitting: Sitting, number: u32, gap: usize, line: Snippet, marks: Memo<Vec<MarkedLine>>) -> impl IntoView {
    let taken = sitting.arrangement().line_in(gap);
    let what = match taken {
        Some(_) => format!("Place {}, line {number}: {}", gap + 1, line.text.trim()),
        None => format!("Place {}, line {number}, empty", gap + 1),
    };
    let label = move || with_words(what.clone(), &marks.read(), number);
    let is_lifted = move || taken.is_some() && sitting.grabbed() == taken;
    view! {
        <button
            type="button"
            class=move || format!("{} gap", line_class(&marks.read(), number))
            class:empty=taken.is_none()
            data-indent=indent(&line.text)
            class:lifted=is_lifted
            data-answer="gap"
            data-testid="gap"
            data-gap=gap
            data-movable=taken
            aria-label=label
            aria-pressed=move || is_lifted().to_string()
            on:pointerdown=move |event| begin_drag(sitting, taken, &event)
            on:click=move |_| if !drag::has_just_ended() { tap_gap(sitting, gap, taken) }
        >
            <span class="number" data-handle aria-hidden="true">{number}</span>
            {pieces_of(&line)}
            {move || words_beside(&marks.read(), number)}
        </button>
    }
}

/// The lines that are in no gap.
#[component]
pub fn LinePool(sitting: Sitting) -> impl IntoView {
    let ask = move || {
        match (sitting.arrangement().first_empty(), left(sitting).len()) {
            (Some(_), _) => "Tap the lines in order, or drag their numbers.",
            (None, 0) => "All lines are placed.",
            (None, _) => "Every place has a line. The other lines stay out.",
        }
        .to_owned()
    };
    view! {
        <p class="ask">{move || ask()}</p>
        <p class="hidden" aria-live="assertive">{move || spoken(sitting)}</p>
        <div class="pool" data-testid="pool" data-pool="true" role="group" aria-label="Lines to place">
            <For each=move || left(sitting) key=|line| *line children=move |line| view! { <PoolLine sitting line /> } />
        </div>
    }
}

/// The lines in the pool as they are shown.
pub fn left(sitting: Sitting) -> Vec<usize> {
    let arrangement = sitting.arrangement();
    let order = sitting.order(sitting.problem().question.movable_lines().len());
    order.into_iter().filter(|line| arrangement.gap_of(*line).is_none()).collect()
}

#[component]
fn PoolLine(sitting: Sitting, line: usize) -> impl IntoView {
    let problem = sitting.problem();
    let code = problem.question.movable_lines().get(line).map(pieces_of);
    // It keeps its number when others leave the pool.
    let order = sitting.order(problem.question.movable_lines().len());
    let place = order.iter().position(|other| *other == line).map(|index| index + 1);
    view! {
        <button
            type="button"
            class="option"
            class:lifted=move || sitting.grabbed() == Some(line)
            data-answer="pool-line"
            data-testid="pool-line"
            data-movable=line
            on:pointerdown=move |event| begin_drag(sitting, Some(line), &event)
            on:click=move |event: ev::MouseEvent| if !drag::has_just_ended() { tap_pool_line(sitting, line, event.detail() == 0) }
        >
            <kbd data-handle>{place}</kbd>
            <code class="snippet" translate="no">{code}</code>
        </button>
    }
}

/// What can be done with the line that is lifted.
#[component]
pub fn LiftedActions(sitting: Sitting) -> impl IntoView {
    let shown = move || {
        let lifted = sitting.grabbed();
        lifted.map(|line| {
            let out = move || {
                sitting.reorder(OrderEdit::TakeOut(line));
                sitting.reorder(OrderEdit::PutDown);
                focus_line(line);
            };
            let done = move || {
                sitting.reorder(OrderEdit::PutDown);
                focus_line(line);
            };
            view! {
                <div class="lifting">
                    <Button class="plain" test_id="line-up" label="Move up" on_press=move || move_lifted(sitting, Direction::Up) />
                    <Button class="plain" test_id="line-down" label="Move down" on_press=move || move_lifted(sitting, Direction::Down) />
                    <Button class="plain" test_id="line-out" label="Take out" on_press=out />
                    <Button class="quiet" test_id="line-drop" label="Done" on_press=done />
                </div>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}

/// Moves the lifted line and keeps the focus on it.
pub fn move_lifted(sitting: Sitting, direction: Direction) {
    sitting.reorder(OrderEdit::Move(direction));
    focus_lifted(sitting);
}

fn focus_lifted(sitting: Sitting) {
    if let Some(line) = untrack(|| sitting.grabbed()) {
        focus_line(line);
    }
}

/// Puts the lifted line back to where it came from, and the focus with it.
pub fn put_back(sitting: Sitting) {
    let line = untrack(|| sitting.grabbed());
    sitting.reorder(OrderEdit::PutBack);
    if let Some(line) = line {
        focus_line(line);
    }
}

fn focus_line(line: usize) {
    page::once_drawn(move || {
        let selector = format!("[data-movable='{line}']");
        page::focus_in_sight(&selector);
    });
}

fn tap_gap(sitting: Sitting, gap: usize, taken: Option<usize>) {
    match (untrack(|| sitting.grabbed()), taken) {
        (Some(lifted), taken) if taken != Some(lifted) => {
            sitting.reorder(OrderEdit::Put { line: lifted, gap });
            sitting.reorder(OrderEdit::PutDown);
            focus_line(lifted);
        }
        (_, Some(line)) => {
            sitting.reorder(OrderEdit::Grab(line));
            focus_line(line);
        }
        (_, None) => {}
    }
}

fn tap_pool_line(sitting: Sitting, line: usize, by_keyboard: bool) {
    let is_room = untrack(|| sitting.arrangement().first_empty().is_some());
    // By key it is lifted into its place, so that the arrows can take it further.
    if by_keyboard || !is_room {
        sitting.reorder(OrderEdit::Grab(line));
        focus_line(line);
    }
    sitting.reorder(OrderEdit::PutFirst(line));
    // It may have gone to a place out of sight. Beside the program nothing moves under the hand.
    if page::is_one_column() {
        let placed = format!(".l [data-movable='{line}'], .l[data-movable='{line}']");
        request_animation_frame(move || page::reveal(&placed, Place::Nearest));
    }
}

fn begin_drag(sitting: Sitting, line: Option<usize>, event: &ev::PointerEvent) {
    let Some(line) = line.filter(|_| !untrack(|| sitting.is_closed())) else { return };
    let before = untrack(|| sitting.arrangement());
    drag::begin(event, move |over| {
        sitting.reorder(OrderEdit::PutDown);
        // Always from where the drag began: what lies on the way to a place has no say.
        let mut arrangement = before.clone();
        match over {
            Over::Gap(gap) => arrangement.put(line, gap),
            Over::Pool => arrangement.take_out(line),
            Over::Cancelled => {}
        }
        if arrangement != untrack(|| sitting.arrangement()) {
            sitting.reorder(OrderEdit::Arrange(arrangement));
        }
    });
}

/// What a screen reader says of the line that is lifted, or was moved last.
fn spoken(sitting: Sitting) -> String {
    let lifted = sitting.grabbed();
    let Some(line) = lifted.or_else(|| sitting.moved()) else { return String::new() };
    let arrangement = sitting.arrangement();
    let problem = sitting.problem();
    let text = problem.question.movable_lines().get(line).map_or("", |line| line.text.trim());
    let place = match arrangement.gap_of(line) {
        Some(gap) => format!("place {} of {}", gap + 1, arrangement.gaps().len()),
        None => "not placed".to_owned(),
    };
    let keys = match lifted {
        Some(_) => " Arrow keys move it. Space drops it. Escape puts it back.",
        None => "",
    };
    format!("{text}: {place}.{keys}")
}
