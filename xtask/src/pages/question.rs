//! A problem that is readable before the app has started, and without it: the question where the app will draw it, and below a fold all
//! that a learner would see after answering.

use maud::{Markup, html};
use quiz::answering::PredictedOutcome;
use quiz::assemble::{self, Piece};
use quiz::exercise::{Exercise, in_words};
use quiz::highlights::{Piece as Run, Snippet};
use quiz::problem::{Kind, Problem, Question, Row, Slot};
use quiz::shuffle::{Shuffle, seed_of};

use super::answer::answer;
use super::receipt::Compilers;
use super::text::{Lines, Proofs, code_of, code_to_pick, nodes, pieces, prose, snippet, token};

/// The question and, folded, its answer.
pub fn question(problem: &Problem, compilers: &Compilers<'_>) -> Markup {
    let kind = problem.question.kind();
    html! {
        article class="question" data-kind=(kind.name()) data-state="asking" {
            div class="subject" {
                p class="eyebrow" {
                    span { a href=(format!("problems/?topic={}", problem.topic.0)) { (problem.topic.label()) } }
                    span { (problem.level.label()) }
                    span class="clock" { (minutes(problem.minutes)) }
                }
                h1 { (problem.title) }
                (prompt(problem))
            }
            div class="answering" {
                (asked(problem))
                details class="turn" data-answer-fold {
                    summary { (if kind == Kind::Discuss { "What a strong candidate says" } else { "The answer, with reasons" }) }
                    (answer(problem, compilers))
                }
            }
        }
    }
}

fn minutes(count: u32) -> String {
    if count == 1 { "1 minute".to_owned() } else { format!("{count} minutes") }
}

fn prompt(problem: &Problem) -> Markup {
    let kind = problem.question.kind();
    if matches!(kind, Kind::Write | Kind::Discuss) {
        return prose(problem, &problem.prompt, Proofs::Hidden);
    }
    let (before, after) = problem.prompt.around_program();
    let end = html! { div class="prose" { (nodes(&problem.programs, after, Proofs::Hidden)) } };
    html! {
        div class="prose" { (nodes(&problem.programs, before, Proofs::Hidden)) }
        @if kind.is_worked_at() { (end) }
        (program(problem))
        @if !kind.is_worked_at() { (end) }
    }
}

fn program(problem: &Problem) -> Markup {
    let main = problem.main_program();
    match (&problem.question, main) {
        (Question::Fill { slots, .. }, Some(main)) => {
            let lines = (1..).zip(main.highlights.lines(&main.source));
            code_of(lines, "Program with slots", Lines::Read, |runs| {
                runs.iter().map(|run| with_slots(slots, run)).collect()
            })
        }
        (Question::Order { rows, lines, .. }, _) => {
            let gaps = vec![None; rows.iter().filter(|row| matches!(row, Row::Gap)).count()];
            let shown = assemble::arranged(rows, lines, &gaps);
            let runs = |line: &Snippet| line.highlights.lines(&line.text).into_iter().flatten().collect();
            code_of((1..).zip(shown.iter().map(runs)), "Program with places for lines", Lines::Read, |runs| {
                runs.iter().map(token).collect()
            })
        }
        (Question::Spot { .. }, Some(main)) => code_to_pick(&main.source, &main.highlights, Lines::Asked),
        (_, Some(main)) => code_to_pick(&main.source, &main.highlights, Lines::Picked),
        (_, None) => html! {},
    }
}

/// A piece of a program with the names of the slots in it.
fn with_slots(slots: &[Slot], (colour, text): &Run) -> Markup {
    html! {
        @for piece in assemble::pieces(text, slots) {
            @match piece {
                Piece::Text(text) => (token(&(*colour, text.to_owned()))),
                Piece::Slot(index) => span class="slot" { (slots[index].name) },
            }
        }
    }
}

/// What is asked, in words: what a learner chooses from, in the order in which the app shows it first.
fn asked(problem: &Problem) -> Markup {
    let order = |count: usize| Shuffle::new(seed_of(&problem.slug.0, 0)).order(count);
    match &problem.question {
        Question::Choice { several, options } => html! {
            p class="ask" { (if *several { "Choose all that are right." } else { "Choose one." }) }
            ol class="options" {
                @for (place, index) in (1..).zip(order(options.len())) {
                    li class="option" { kbd { (place) } (prose(problem, &options[index].text, Proofs::Hidden)) }
                }
            }
        },
        Question::Predict { .. } => html! {
            p class="ask" { "What happens?" }
            ul { @for outcome in PredictedOutcome::ALL { li { (outcome_in_words(outcome)) } } }
        },
        Question::Spot { roles } => html! {
            p class="ask" { "Find the line that answers each question." }
            ol { @for asked in roles { li { (asked.role.question()) } } }
        },
        Question::Fill { slots, .. } => html! {
            p class="ask" { "What goes into each slot?" }
            dl class="costs" {
                @for slot in slots {
                    dt { code translate="no" { (slot.name) } }
                    dd { (choices(slot, &order(slot.choices.len()))) }
                }
            }
        },
        Question::Order { lines, .. } => html! {
            p class="ask" { "Put these lines into the free places. Some may stay out." }
            ol { @for index in order(lines.len()) { li { (pieces(&lines[index])) } } }
        },
        Question::Write(exercise) => to_write(exercise),
        Question::Discuss(_) => html! {},
    }
}

fn outcome_in_words(outcome: PredictedOutcome) -> &'static str {
    match outcome {
        PredictedOutcome::Prints => "It prints something. What?",
        PredictedOutcome::Error => "It does not compile. Which line, and which rule?",
        PredictedOutcome::Panics => "It panics. At which line?",
        PredictedOutcome::Undefined => "Its behaviour is undefined. At which line?",
    }
}

fn choices(slot: &Slot, order: &[usize]) -> Markup {
    html! {
        @for (place, index) in order.iter().enumerate() {
            @if place > 0 { " or " }
            @if slot.choices[*index].text.is_empty() { "nothing" } @else { (pieces(&slot.choices[*index])) }
        }
    }
}

fn to_write(exercise: &Exercise) -> Markup {
    html! {
        section {
            h2 { "It must pass these tests" }
            ul class="test-names" { @for name in &exercise.tests.names { li { (in_words(name)) } } }
            details { summary { "Their code" } (snippet(&exercise.tests.code, "Tests")) }
            h2 { "You begin with" }
            (snippet(&exercise.start, "The code you begin with"))
        }
    }
}
