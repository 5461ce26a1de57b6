//! Wrong beliefs that the learner's answers give away.

use leptos::prelude::*;
use quiz::learner::misconceptions::Held;

use super::parts::section;
use crate::pages::start::{Starter, on_concept, practise_button};
use crate::ui::prose::Line;

/// So many beliefs are enough to let go of at a time.
const BELIEFS: usize = 5;

/// The section; nothing without a belief.
pub fn beliefs_part(held: &[Held], starter: Starter) -> AnyView {
    if held.is_empty() {
        return ().into_any();
    }
    let item = |held: &Held| {
        let times = match held.times {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            3 => "three times".to_owned(),
            many => format!("{many} times"),
        };
        let concept = &held.belief.concept;
        let practise = practise_button(starter, "Practise this", &concept.replace('-', " "), on_concept(concept));
        view! {
            <li data-testid="misconception">
                <p>{format!("You have answered {times} as if this were true: “")} <Line text=held.belief.belief.clone() /> "”"</p>
                <p class="note"><Line text=held.belief.truth.clone() /></p>
                {practise}
            </li>
        }
        .into_any()
    };
    section(
        "misconceptions",
        "Ideas to correct",
        [view! { <ul class="beliefs">{held.iter().take(BELIEFS).map(item).collect_view()}</ul> }.into_any()],
    )
}
