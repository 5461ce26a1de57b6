//! What is rarely wanted of a question: suspending it, beginning it anew, reporting a fault.

use leptos::prelude::*;

use super::{Opened, Panel};
use crate::state::sitting::Sitting;
use crate::ui::button::Button;
use crate::ui::words::{ANSWERS_STAY, that_stop_counting};

/// The choices.
#[component]
pub(super) fn More(sitting: Sitting, opened: Opened) -> impl IntoView {
    let suspend = move || {
        sitting.suspend();
        opened.close("#tool-resume");
    };
    let suspending = move || {
        (!sitting.is_suspended()).then(|| {
            view! {
                <div class="tool-choice">
                    <Button class="plain" test_id="suspend" label="Suspend" on_press=suspend />
                    <p class="note">"After this time it is not asked again until you resume it."</p>
                </div>
            }
            .into_any()
        })
    };
    let beginning = move || {
        (sitting.may_be_begun_anew() && sitting.standing_answers() > 0).then(|| {
            view! {
                <div class="tool-choice">
                    <Button class="plain" test_id="anew" label="Start this problem over…" on_press=move || opened.open(Panel::BeginAnew) />
                    <p class="note">"As if you had never answered it."</p>
                </div>
            }
            .into_any()
        })
    };
    view! {
        {move || suspending()}
        {move || beginning()}
        <div class="tool-choice">
            <Button class="plain" test_id="report" label="Report a mistake…" on_press=move || opened.open(Panel::Report) />
            <p class="note">"You get a text to copy. Nothing is sent."</p>
        </div>
    }
}

/// Asks whether to begin the problem anew.
#[component]
pub(super) fn BeginAnew(sitting: Sitting, opened: Opened) -> impl IntoView {
    let answers = untrack(|| sitting.standing_answers());
    let told = format!("{}, and this problem is new again.", that_stop_counting(answers));
    let begin = move || {
        opened.0.set(None);
        sitting.begin_anew();
    };
    view! {
        <div class="notice" role="alert">
            <p data-testid="anew-told">{told} {ANSWERS_STAY}</p>
            <div class="actions">
                <Button class="plain danger" test_id="anew-really" label="Start over" on_press=begin />
                <Button class="plain" id="anew-keep" test_id="anew-keep" label="Change nothing" on_press=move || opened.close("#tool-more") />
            </div>
        </div>
    }
}
