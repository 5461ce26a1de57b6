//! The problems that the learner finds hardest.

use leptos::prelude::*;
use quiz::catalog::Entry;
use quiz::learner::ANSWERS_THAT_TELL;
use quiz::listing::{Conditions, Facet, Standing};
use quiz::problem::Slug;

use super::parts::{note, section};
use crate::pages::start::Starter;
use crate::routes;
use crate::state::AppState;
use crate::ui::button::Button;
use crate::ui::row::{ProblemRow, State};

/// The section, with one tap to all of them. `hardest` is each with how often it was missed and answered; `missed` are so many that were
/// not right at the last answer.
pub fn hardest_part(app: AppState, hardest: &[(Entry, usize, usize)], missed: usize, starter: Starter) -> AnyView {
    if hardest.is_empty() {
        return ().into_any();
    }
    let slugs: Vec<Slug> = hardest.iter().map(|(entry, ..)| entry.slug.clone()).collect();
    let rows = hardest.iter().cloned().map(|(entry, misses, answers)| {
        view! { <ProblemRow entry state=State::Missed(misses, answers) /> }
    });
    let all = (missed > hardest.len()).then(|| {
        let mut conditions = Conditions::default();
        conditions.choose(Facet::Standing, Some(Standing::Missed.name()));
        let address = format!("{}{}", routes::PROBLEMS, routes::conditions(&conditions, ""));
        view! { <p class="note links"><a href=address data-testid="all-missed">{format!("All {missed} that were not right last time")}</a></p> }
            .into_any()
    });
    let retry = move || {
        // The queue of a session under way is not thrown away.
        (!app.sessions.is_under_way()).then(|| {
            let slugs = slugs.clone();
            let on_press = move || starter.practise_these(slugs.clone());
            view! { <div class="actions"><Button class="plain" test_id="retry-hardest" label="Retry these" on_press /></div> }.into_any()
        })
    };
    let tells = |(_, _, answers): &(Entry, usize, usize)| *answers >= ANSWERS_THAT_TELL;
    let (title, about) = match hardest.iter().all(tells) {
        true => ("Hardest for you", "You did not get these right, and they are hard for you to remember."),
        false => (
            "What was not right",
            "You did not get these right. It is too early to say which of them are hard for you: you have answered some of them only once.",
        ),
    };
    section("hardest", title, [note(about), rows.collect_view().into_any(), all.into_any(), retry.into_any()])
}
