//! Keys while a question is on the screen.

use leptos::prelude::*;
use quiz::answering::PredictedOutcome;
use quiz::answering::draft::{Direction, OrderEdit};
use quiz::attempt::Confidence;
use quiz::problem::{Kind, Question};

use super::dock::USUAL;
use crate::browser::keyboard::{Focus, KeyPress};
use crate::browser::page::{self, Place};
use crate::state::sitting::Sitting;
use crate::ui::fill::choose_for_slot;
use crate::ui::order::{left, move_lifted, put_back};

/// Takes in a key press. Tells whether the key was used.
pub fn press_key(sitting: Sitting, on_next: Callback<()>, press: &KeyPress) -> bool {
    let submits = press.key == "Enter"
        && match press.focus {
            Focus::Text => false,
            _ if press.command => true,
            Focus::AnswerText | Focus::Control | Focus::Answer => false,
            Focus::Settled | Focus::Page => true,
        };
    if submits {
        match untrack(|| sitting.is_closed()) {
            true => on_next.run(()),
            false if untrack(|| sitting.is_scored_later()) => on_next.run(()),
            false if untrack(|| sitting.grabbed().is_some()) => sitting.reorder(OrderEdit::PutDown),
            false if sitting.problem().question.kind() == Kind::Write => sitting.run_or_hand_in(),
            false if untrack(|| sitting.problem().question.kind() == Kind::Discuss && !sitting.is_said()) => {
                sitting.finish_saying()
            }
            false => sitting.submit(USUAL),
        }
        return true;
    }
    if press.focus.takes_text() || press.command || untrack(|| sitting.is_closed()) {
        return false;
    }
    let is_used = untrack(|| press_answer_key(sitting, &press.key));
    if is_used {
        // It may lead to another part of the program or of the answer.
        page::pass_focus_to("#asking");
    }
    is_used
}

fn press_answer_key(sitting: Sitting, key: &str) -> bool {
    let is_predict = sitting.problem().question.kind() == Kind::Predict;
    if sitting.grabbed().is_some() {
        return press_key_of_lifted(sitting, key);
    }
    match key {
        "-" if sitting.asks_confidence() => sitting.submit(Confidence::Guess),
        "+" | "=" if sitting.asks_confidence() => sitting.submit(Confidence::Certain),
        "h" => sitting.open_hint(),
        "p" if is_predict => say(sitting, PredictedOutcome::Prints),
        "e" if is_predict => say(sitting, PredictedOutcome::Error),
        "x" if is_predict => say(sitting, PredictedOutcome::Panics),
        "u" if is_predict => say(sitting, PredictedOutcome::Undefined),
        "j" | "ArrowDown" if sitting.asks_line() => move_cursor(sitting, 1),
        "k" | "ArrowUp" if sitting.asks_line() => move_cursor(sitting, -1),
        "Backspace" if sitting.problem().question.kind() == Kind::Order => sitting.reorder(OrderEdit::TakeOutLast),
        letter if press_letter(sitting, letter) => {}
        digit => return digit.parse().is_ok_and(|number: usize| press_number(sitting, number)),
    }
    true
}

/// Keys while a line is lifted. Space is a click on the line, which drops it.
fn press_key_of_lifted(sitting: Sitting, key: &str) -> bool {
    match key {
        "j" | "ArrowDown" => move_lifted(sitting, Direction::Down),
        "k" | "ArrowUp" => move_lifted(sitting, Direction::Up),
        "Escape" => put_back(sitting),
        _ => return false,
    }
    true
}

fn say(sitting: Sitting, outcome: PredictedOutcome) {
    sitting.say(outcome);
    if outcome == PredictedOutcome::Prints {
        page::once_drawn(|| page::focus("#stdout"));
    }
}

fn move_cursor(sitting: Sitting, by: i32) {
    sitting.move_cursor(by);
    let line = untrack(|| sitting.cursor());
    // What Enter and Space would pick is the line that is shown.
    if page::has_focus("[data-answer='line']") {
        page::focus(&format!("[data-answer='line'][data-line='{line}']"));
    }
    page::reveal(&format!("[data-line='{line}']"), Place::Nearest);
}

/// Asks for the slot of this name, if there is one.
fn press_letter(sitting: Sitting, letter: &str) -> bool {
    let problem = sitting.problem();
    let step = problem.question.slots().iter().position(|slot| slot.name == letter);
    step.map(|step| sitting.go_to_step(step)).is_some()
}

/// Chooses what stands at this number on the screen.
fn press_number(sitting: Sitting, number: usize) -> bool {
    let problem = sitting.problem();
    let shown_at = |count: usize| number.checked_sub(1).and_then(|place| sitting.order(count).get(place).copied());
    match &problem.question {
        Question::Choice { options, .. } => shown_at(options.len()).map(|index| sitting.choose(index)),
        Question::Predict { rules, .. } if sitting.outcome() == Some(PredictedOutcome::Error) => {
            shown_at(rules.len()).map(|index| sitting.choose_rule(rules[index].clone()))
        }
        Question::Predict { .. } => None,
        Question::Spot { roles } => (1..=roles.len()).contains(&number).then(|| sitting.go_to_step(number - 1)),
        Question::Fill { slots, .. } => {
            let choices = slots.get(sitting.step()).map_or(0, |slot| slot.choices.len());
            shown_at(choices).map(|index| choose_for_slot(sitting, index))
        }
        Question::Order { lines, .. } => {
            let line = shown_at(lines.len()).filter(|line| left(sitting).contains(line));
            line.map(|line| sitting.reorder(OrderEdit::PutFirst(line)))
        }
        Question::Write(_) | Question::Discuss(_) => None,
    }
    .is_some()
}
