//! The way of who does not know: one tap, and the answer is shown.

use leptos::prelude::*;

use super::button::Button;
use crate::browser::page;
use crate::state::sitting::Sitting;

/// The button, as long as there is no answer: whoever has one hands it in, if only as a guess.
///
/// It is drawn twice, and one of both is shown: beside *Submit*, and on a phone, where the dock has no room, below the program.
#[component]
pub fn Unknown(sitting: Sitting) -> impl IntoView {
    let is_offered = Memo::new(move |_| sitting.may_be_unknown() && !sitting.can_be_handed_in());
    let button = move || {
        let is_offered = is_offered.get();
        if !is_offered && page::has_focus("button.unknown") {
            // What comes in its place hands in, and is not what was meant by Enter.
            page::once_drawn(|| page::focus("#asking"));
        }
        is_offered.then(|| {
            view! { <Button class="quiet unknown" test_id="unknown" label="I don't know" on_press=move || sitting.give_up() /> }
                .into_any()
        })
    };
    view! { {move || button()} }
}
