//! The buttons, and how far the compiler is.

use leptos::prelude::*;

use crate::browser::page;
use crate::state::compiler::Phase;
use crate::state::runner::{Purpose, Runner};
use crate::ui::button::Button;

/// Runs, checks, and stops.
#[component]
pub fn RunButtons(
    runner: Runner,
    /// What is run: `Run the tests`.
    label: &'static str,
    on_run: Callback<Purpose>,
) -> impl IntoView {
    let doing = runner.doing();
    let is_busy = Memo::new(move |_| doing.get().is_some());
    let buttons = move || match is_busy.get() {
        true => view! { <Button class="plain" id="stop" test_id="stop" label="Stop" on_press=move || stop(runner) /> }
            .into_any(),
        false => view! {
            <Button class="plain" id="run" test_id="run" label on_press=move || on_run.run(Purpose::Run) />
            <Button class="plain" test_id="check" label="Check" on_press=move || on_run.run(Purpose::Check) />
        }
        .into_any(),
    };
    view! {
        <div class="actions ways run-buttons">
            {move || buttons()}
            {(!page::is_touched()).then(|| view! { <kbd>"Ctrl Enter"</kbd> })}
        </div>
        <p class="note" role="status" data-testid="compiler-status">{move || status(runner)}</p>
        <StartAgain runner />
    }
}

fn stop(runner: Runner) {
    runner.stop();
    request_animation_frame(|| page::focus("#run"));
}

/// What the compiler does, in words.
fn status(runner: Runner) -> String {
    let (phase, doing) = (runner.compiler().phase().get(), runner.doing().get());
    let (done, of) = runner.progress().get();
    match (phase, doing) {
        (Phase::Broken(why), _) => format!("The compiler does not work: {why}"),
        (Phase::Starting, _) => "The compiler is starting…".to_owned(),
        (_, Some(_)) if of > 0 => format!("Running test {} of {of}…", (done + 1).min(of)),
        (_, Some(_)) => "Running…".to_owned(),
        _ => "Run is quick. Check also looks for undefined behaviour and data races. It takes longer.".to_owned(),
    }
}

#[component]
fn StartAgain(runner: Runner) -> impl IntoView {
    let is_broken = Memo::new(move |_| matches!(runner.compiler().phase().get(), Phase::Broken(_)));
    move || {
        is_broken.get().then(|| {
            view! {
                <Button class="plain" test_id="compiler-again" label="Start it again" on_press=move || runner.compiler().start_again() />
            }
            .into_any()
        })
    }
}
