//! Programs that candidates write and that do not pass: what becomes of each, and what to say about it.

use leptos::prelude::*;
use quiz::exercise::{CodeResult, TestFailure, WrongTurn, in_words};
use quiz::problem::{Edition, Program};
use quiz::receipt::CheckedBy;

use crate::state::sitting::Sitting;
use crate::ui::code_block::SnippetBlock;
use crate::ui::options::Belief;
use crate::ui::prose::{Line, Prose};
use crate::ui::receipt::{Toolchain, VerdictSlip};

/// All of them, each folded away.
#[component]
pub fn WrongTurns(sitting: Sitting, toolchain: Toolchain) -> impl IntoView {
    let Some(exercise) = sitting.exercise() else { return ().into_any() };
    let turns = exercise
        .wrong_turns
        .into_iter()
        .map(|turn| view! { <Turn sitting turn toolchain=toolchain.clone() /> }.into_any())
        .collect_view();
    view! {
        <section data-testid="wrong-turns">
            <h2>"Programs that do not pass"</h2>
            {turns}
        </section>
    }
    .into_any()
}

#[component]
fn Turn(sitting: Sitting, turn: WrongTurn, toolchain: Toolchain) -> impl IntoView {
    let WrongTurn { name, program, result, verdict, remark, belief } = turn;
    let becomes = match result {
        CodeResult::Tested { failures, .. } => failed(failures),
        CodeResult::Rejected(_) | CodeResult::SelfAssessed(_) => verdict.map(|verdict| {
            let program = Program {
                source: program.text.clone(),
                highlights: program.highlights.clone(),
                compiled: None,
                edition: Edition::default(),
                verdict,
            };
            view! { <VerdictSlip program toolchain by=CheckedBy::Output label="The compiler's verdict on this program" /> }
                .into_any()
        }),
    };
    view! {
        <details class="turn" data-testid="wrong-turn">
            <summary><Line text=name /></summary>
            {becomes}
            <Prose problem=sitting.problem() text=remark />
            {belief.map(|belief| view! { <Belief text=belief /> })}
            <SnippetBlock snippet=program label="Program that does not pass" />
        </details>
    }
}

/// The tests that fail, and what is said then.
fn failed(failures: Vec<TestFailure>) -> Option<AnyView> {
    let row = |failure: TestFailure| {
        view! {
            <dt>{in_words(&failure.test)}</dt>
            <dd><strong>{failure.how.label()}</strong> " " <code translate="no">{failure.message}</code></dd>
        }
        .into_any()
    };
    let what = if failures.len() == 1 { "It fails a test:" } else { "It fails these tests:" };
    let rows = failures.into_iter().map(row).collect_view();
    Some(view! { <p>{what}</p> <dl class="failed-tests">{rows}</dl> }.into_any())
}
