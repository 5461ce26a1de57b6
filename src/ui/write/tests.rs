//! The tests of a program to write: what is shown from the beginning, and all of them once it is answered.

use leptos::prelude::*;
use quiz::exercise::{TestBlock, in_words};

use crate::browser::language::counted;
use crate::browser::page;
use crate::state::sitting::Sitting;
use crate::ui::code_block::SnippetBlock;

/// The tests that are shown from the beginning: their code, or, where that is folded away, what they are called.
#[component]
pub fn ShownTests(sitting: Sitting) -> impl IntoView {
    let Some(exercise) = sitting.exercise() else { return ().into_any() };
    let hidden = counted(exercise.hidden_tests.names.len(), "more test");
    let note = move || {
        let words = match sitting.is_of_interview() {
            true => format!("There are {hidden} that you do not see, as in the room. Think of them yourself."),
            false => format!("After you hand in, you see {hidden}."),
        };
        // A try has shown what the others are called.
        let is_open = !sitting.is_answered() && sitting.tried().is_none();
        is_open.then(|| view! { <p class="note">{words}</p> }.into_any())
    };
    view! {
        <section class="tests" data-testid="tests">
            <h2>"It must pass these tests"</h2>
            <details open=!page::is_narrow()>
                <summary>"Their code"</summary>
                <SnippetBlock snippet=exercise.tests.code.clone() label="Tests" />
            </details>
            {names(&exercise.tests)}
            {move || note()}
        </section>
    }
    .into_any()
}

/// The tests that were hidden, and those that were not.
#[component]
pub fn AllTests(sitting: Sitting) -> impl IntoView {
    let Some(exercise) = sitting.exercise() else { return ().into_any() };
    view! {
        <section data-testid="hidden-tests">
            <h2>"Hidden tests"</h2>
            {names(&exercise.hidden_tests)}
            <SnippetBlock snippet=exercise.hidden_tests.code label="Hidden tests" />
            <p class="note">"The tests that you saw from the beginning stand with the question above."</p>
        </section>
    }
    .into_any()
}

fn names(block: &TestBlock) -> AnyView {
    let names = block.names.iter().map(|name| view! { <li>{in_words(name)}</li> }.into_any()).collect_view();
    view! { <ul class="test-names" data-testid="test-names">{names}</ul> }.into_any()
}
