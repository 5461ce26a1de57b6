//! The buttons, and how far the compiler is.

use leptos::prelude::*;

use crate::browser::page;
use crate::state::compiler::Phase;
use crate::state::runner::{Purpose, Runner};
use crate::ui::button::Button;
use crate::ui::device::hand_focus_on;

/// Runs, checks, and stops.
#[component]
pub fn RunButtons(
    runner: Runner,
    /// What is run: `Run the tests`.
    label: &'static str,
    on_run: Callback<Purpose>,
) -> impl IntoView {
    hand_focus_on();
    let doing = runner.doing();
    let is_busy = Memo::new(move |_| doing.get().is_some());
    let is_stopped = RwSignal::new(false);
    let stop = move || {
        is_stopped.set(true);
        stop(runner);
    };
    // Whatever runs next has not been stopped.
    Effect::new(move || {
        if doing.get().is_some() {
            is_stopped.set(false);
        }
    });
    let stop_button = move || {
        is_busy.get().then(|| view! { <Button class="plain" test_id="stop" label="Stop" on_press=stop /> }.into_any())
    };
    // They stay, and are not disabled: the focus is not lost, and what comes under a finger is not another button.
    let state = move || is_busy.get().then_some("");
    view! {
        <div class="actions ways run-buttons" data-busy=state>
            <Button class="plain" id="run" test_id="run" label on_press=move || on_run.run(Purpose::Run) />
            <Button class="plain" test_id="check" label="Check" on_press=move || on_run.run(Purpose::Check) />
            {move || stop_button()}
            {(!page::is_touched()).then(|| view! { <kbd>"Ctrl Enter"</kbd> })}
        </div>
        <p class="note" role="status" data-testid="compiler-status">{move || status(runner, is_stopped.get())}</p>
        <StartAgain runner />
    }
}

fn stop(runner: Runner) {
    runner.stop();
    page::once_drawn(|| page::focus("#run"));
}

/// What the compiler does, in words.
fn status(runner: Runner, is_stopped: bool) -> String {
    let (phase, doing) = (runner.compiler().phase().get(), runner.doing().get());
    // How far handing in is, is said beside its own button.
    let doing = doing.filter(|doing| *doing != Purpose::HandIn);
    let (done, of) = runner.progress();
    match (phase, doing) {
        (Phase::Broken(why), _) => format!("The compiler does not work: {why}"),
        (Phase::Starting, _) if is_stopped => "Stopped. The compiler is starting again…".to_owned(),
        (Phase::Starting, _) => "The compiler is starting…".to_owned(),
        (_, Some(_)) if of > 0 && done == 0 => format!("Compiling, then test run 1 of {of}…"),
        (_, Some(_)) if of > 0 => format!("Test run {} of {of}…", (done + 1).min(of)),
        (_, Some(_)) => "Running…".to_owned(),
        _ if is_stopped => "Stopped.".to_owned(),
        _ => "Run is quick. Check also looks for undefined behaviour and data races.".to_owned(),
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
