//! How the tests went, where only the learner has seen it.

use leptos::prelude::*;
use quiz::exercise::SelfAssessment;

use crate::state::sitting::Sitting;
use crate::ui::radio::tab_stop;

/// What can be said, with how tests find it.
const SAID: [(SelfAssessment, &str, &str); 3] = [
    (SelfAssessment::AllPassed, "All tests pass", "said-all"),
    (SelfAssessment::SomePassed, "Some pass", "said-some"),
    (SelfAssessment::Failed, "None pass, or it does not compile", "said-none"),
];

/// Asks how it went.
#[component]
pub fn HowItWent(sitting: Sitting, is_too_long: RwSignal<bool>) -> impl IntoView {
    let buttons = SAID.map(|(own, label, test_id)| {
        let is_first = own == SelfAssessment::AllPassed;
        view! {
            <button
                type="button"
                role="radio"
                data-answer="went"
                data-testid=test_id
                prop:disabled=move || is_too_long.get()
                aria-checked=move || (sitting.said() == Some(own)).to_string()
                tabindex=move || tab_stop(sitting.said() == Some(own), is_first && sitting.said().is_none())
                on:click=move |_| sitting.say_how_it_went(own)
            >
                {label}
            </button>
        }
        .into_any()
    });
    view! {
        <p class="ask">"How did it go?"</p>
        <div class="segments went" role="radiogroup" aria-label="How did it go?">{buttons}</div>
        <p class="note">"You can change your program as often as you like. Then run it and say it again."</p>
    }
}
