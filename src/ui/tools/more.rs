//! What is rarely wanted of a question: suspending it, beginning it anew, reporting a fault.

use leptos::prelude::*;

use super::{Opened, Panel};
use crate::state::sitting::Sitting;
use crate::ui::button::Button;

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
                    <p class="note">"It is not asked any more until you resume it."</p>
                </div>
            }
            .into_any()
        })
    };
    let beginning = move || {
        (sitting.may_be_begun_anew() && sitting.standing_answers() > 0).then(|| {
            view! {
                <div class="tool-choice">
                    <Button class="plain" test_id="anew" label="Begin this problem anew…" on_press=move || opened.open(Panel::BeginAnew) />
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
            <Button class="plain" test_id="report" label="Report a fault…" on_press=move || opened.open(Panel::Report) />
            <p class="note">"Prepares a text. Nothing is sent."</p>
        </div>
    }
}

/// Asks whether to begin the problem anew.
#[component]
pub(super) fn BeginAnew(sitting: Sitting, opened: Opened) -> impl IntoView {
    let told = match untrack(|| sitting.standing_answers()) {
        1 => "One answer to this problem stops counting, and it is new again.".to_owned(),
        many => format!("{many} answers to this problem stop counting, and it is new again."),
    };
    let begin = move || {
        opened.0.set(None);
        sitting.begin_anew();
    };
    view! {
        <div class="notice" role="alert">
            <p data-testid="anew-told">{told} " They stay in the log and in your exports."</p>
            <div class="actions">
                <Button class="plain danger" test_id="anew-really" label="Begin anew" on_press=begin />
                <Button class="plain" id="anew-keep" test_id="anew-keep" label="Change nothing" on_press=move || opened.close("#tool-more") />
            </div>
        </div>
    }
}
