//! What is said on every other page while an interview is under way: which rehearsal it is, and which round is next.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use quiz::interview::machine::Round;

use super::material::{Material, blueprint_name};
use crate::routes;
use crate::state::AppState;
use crate::state::library::Load;

/// Wherever the learner is, the clock of an interview goes on.
#[component]
pub fn InterviewNotice(app: AppState) -> impl IntoView {
    let location = use_location();
    let is_elsewhere = Memo::new(move |_| {
        let path = location.pathname.read();
        let is_here = path.trim_end_matches('/').ends_with(routes::INTERVIEWS.trim_end_matches('/'));
        app.interviews.is_under_way() && (!is_here || location.query.read().get("all").is_some())
    });
    Effect::new(move || {
        if is_elsewhere.get() && matches!(*app.library.catalog().read(), Load::Ready(_)) {
            app.library.want_blueprints();
        }
    });
    let words = Memo::new(move |_| words(app));
    move || {
        is_elsewhere.get().then(|| {
            view! {
                <div class="notice update" role="status" data-testid="interview-notice">
                    <p>{move || words.get()} " " <a href=routes::INTERVIEWS data-testid="to-interview">"Go on with it"</a></p>
                </div>
            }
            .into_any()
        })
    }
}

/// It is a rehearsal: the learner may have named the day of an interview as well.
fn words(app: AppState) -> String {
    let of_round = |place, round: &Round| (place, round.is_running());
    let Some((place, is_running)) = app.interviews.of_round(of_round) else { return String::new() };
    let how = if is_running { "Your rehearsal is running" } else { "Your rehearsal waits" };
    let (Load::Ready(catalog), Some(Load::Ready(blueprints))) =
        (app.library.catalog().get(), app.library.blueprints().get())
    else {
        return format!("{how}.");
    };
    let (material, name) = (Material { catalog, blueprints }, blueprint_name(app));
    let (title, round) = (material.title(&name), material.round_title(&name, place));
    match (material.blueprint(&name).is_some_and(|blueprint| blueprint.rounds.len() == 1), is_running) {
        (true, _) => format!("{how}: {title}."),
        (false, true) => format!("{how}: {title}, {round}."),
        (false, false) => format!("{how}: {title}. The next round is “{round}”."),
    }
}
