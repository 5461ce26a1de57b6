//! The button that records a round, and what became of it. Nothing is asked before it is pressed.

use std::time::Duration;

use leptos::prelude::*;

use super::{extent, trouble_in_words};
use crate::browser::clock;
use crate::browser::recorder::Refusal;
use crate::state::Recordings;
use crate::state::recording::Stage;

/// Offers to record a round. The recording ends with the round, or when this is not drawn any more.
#[component]
pub fn Recorder(
    recordings: Recordings,
    /// The key under which it is found again.
    #[prop(into)]
    interview: Signal<String>,
    #[prop(into)] round: Signal<usize>,
) -> impl IntoView {
    let stage = recordings.stage();
    recordings.forget_the_last();
    Effect::new(move |before: Option<(String, usize)>| {
        let now = (interview.get(), round.get());
        if before.is_some_and(|before| before != now) {
            recordings.stop();
        }
        now
    });
    on_cleanup(move || recordings.stop());
    let is_under_way = Memo::new(move |_| matches!(stage.get(), Stage::Asking | Stage::Running(_)));
    let press = move |_| match is_under_way.get_untracked() {
        true => recordings.stop(),
        false => recordings.start(interview.get_untracked(), round.get_untracked()),
    };
    let label = move || match *stage.read() {
        Stage::Asking => "Cancel",
        Stage::Running(_) => "Stop recording",
        _ => "Record",
    };
    // Whether a browser can record does not change.
    let button = (stage.get_untracked() != Stage::Unsupported).then(|| {
        view! {
            <button type="button" class="plain" data-testid="record" on:click=press>{move || label()}</button>
            {move || since(&stage.read()).map(|since| view! { <Elapsed since bytes=recordings.bytes() /> }.into_any())}
        }
        .into_any()
    });
    view! {
        <div class="recorder" class:running=move || since(&stage.read()).is_some() data-testid="recorder">
            <p>"Think aloud. Record yourself? The recording stays on this device."</p>
            {button}
            <p class="note" role="status" data-testid="recorder-said">{move || in_words(&stage.read())}</p>
        </div>
    }
}

fn since(stage: &Stage) -> Option<f64> {
    match stage {
        Stage::Running(since) => Some(*since),
        _ => None,
    }
}

/// How long it runs by now, and how much is stored.
#[component]
fn Elapsed(since: f64, bytes: RwSignal<u64>) -> impl IntoView {
    let elapsed_ms = move || (clock::ticks() - since) as u64;
    let ms = RwSignal::new(elapsed_ms());
    let ticking = set_interval_with_handle(move || ms.set(elapsed_ms()), Duration::from_secs(1));
    on_cleanup(move || {
        if let Ok(ticking) = ticking {
            ticking.clear();
        }
    });
    view! { <span class="elapsed" role="timer" data-testid="recorder-extent">{move || extent(ms.get(), bytes.get())}</span> }
}

fn in_words(stage: &Stage) -> String {
    const WITHOUT: &str = "Everything else works without it.";
    match stage {
        Stage::Idle => String::new(),
        Stage::Unsupported => format!("This browser cannot record on this page. {WITHOUT}"),
        Stage::Asking => "Your browser asks whether this page may use the microphone.".to_owned(),
        Stage::Running(_) => "It is recording.".to_owned(),
        Stage::Saved(recording) => format!("Saved: {}.", extent(recording.ms, recording.bytes)),
        Stage::Refused(refusal) => format!("{} {WITHOUT}", refused_in_words(*refusal)),
        Stage::Failed(why) => {
            format!("The recording has ended. {} What was recorded before is kept.", trouble_in_words(why))
        }
    }
}

fn refused_in_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::ByLearner => {
            "This page may not use the microphone. To allow it, press the sign beside the address of the page, allow the microphone, and press Record again."
        }
        Refusal::BySite => "The host of this site does not allow the microphone on its pages.",
        Refusal::NoMicrophone => "No microphone was found. Connect one and press Record again.",
        Refusal::Busy => {
            "The microphone does not answer. Another program may be using it. Close that program and press Record again."
        }
    }
}
