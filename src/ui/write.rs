//! Writing a program: the editor, its tests, and how these went, on this device or elsewhere.

mod earlier;
mod elsewhere;
mod reset;
pub mod solutions;
pub mod tests;
pub mod went;
pub mod wrong_turns;

use leptos::prelude::*;
use quiz::answering::draft::CODE_LIMIT;

use self::earlier::EarlierPrograms;
use self::elsewhere::RunElsewhere;
use self::reset::Reset;
use self::went::HowItWent;
use crate::browser::language::number;
use crate::state::sitting::Sitting;
use crate::ui::device::{CompilerAwaited, CompilerOffer};
use crate::ui::editor::{Editor, LABEL, Written};
use crate::ui::run::{ReportView, RunButtons};

/// Everything that a program is answered with.
#[component]
pub fn ProgramWriter(sitting: Sitting) -> impl IntoView {
    // What is too long is not kept, so it is neither run nor judged.
    let is_too_long = RwSignal::new(false);
    let runner = sitting.runner();
    runner.compiler().open();
    // As long as the code stays the same, the field is left alone: it may hold what is too long to be taken.
    let text = Memo::new(move |_| sitting.code());
    let restores = RwSignal::new(0);
    let on_run = Callback::new(move |()| sitting.run_or_hand_in());
    let on_text = Callback::new(move |code: String| {
        is_too_long.set(code.len() > CODE_LIMIT);
        sitting.type_code(code);
        sitting.look_soon();
    });
    let has_compiler = Memo::new(move |_| sitting.is_compiler_here());
    let ways = move || match has_compiler.get() {
        None => view! { <CompilerAwaited /> }.into_any(),
        Some(true) => view! {
            <RunButtons runner label="Run the tests" on_run=Callback::new(move |purpose| sitting.run_tests(purpose)) />
            <ReportView runner code=text />
            <details class="elsewhere" data-testid="elsewhere">
                <summary>"Run it elsewhere instead"</summary>
                <RunElsewhere sitting is_too_long />
                <HowItWent sitting is_too_long />
            </details>
        }
        .into_any(),
        Some(false) => view! {
            <CompilerOffer />
            <RunElsewhere sitting is_too_long />
            <HowItWent sitting is_too_long />
        }
        .into_any(),
    };
    let advice = sitting.is_of_interview().then(|| {
        view! { <p class="note" data-testid="iterate">"Before you hand in: think of an empty input, of one item and of duplicates. Run it. Say aloud what it costs and what you would do with more time."</p> }.into_any()
    });
    view! {
        <div class="editor-head">
            <span class="ask" aria-hidden="true">{LABEL}</span>
            <Reset sitting is_too_long restores />
        </div>
        <Editor written=Written { text, on_text, restores, errors: runner.errors(), on_run } />
        <p class="nudge" role="alert" data-testid="too-long">{move || is_too_long.get().then(too_long)}</p>
        {move || ways()}
        {advice}
        <EarlierPrograms sitting is_too_long restores />
    }
}

fn too_long() -> String {
    format!(
        "This program is too long. It can have {} characters at most. What you see stays in the field, but it cannot be handed in. Make it shorter.",
        number(CODE_LIMIT)
    )
}
