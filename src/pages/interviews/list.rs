//! All interviews there are, and those that were rehearsed.

use leptos::prelude::*;
use quiz::interview::{Blueprint, KeptInterview};
use quiz::places;
use quiz::problem::Slug;

use super::material::{Material, length};
use crate::browser::clock;
use crate::browser::language::day;
use crate::routes;
use crate::state::AppState;

/// The page part.
#[component]
pub(super) fn List(app: AppState, material: StoredValue<Material>) -> impl IntoView {
    let row = |blueprint: &Blueprint| {
        view! {
            <li>
                <a href=routes::interview(&blueprint.name) data-testid="blueprint" data-name=blueprint.name.clone()>{blueprint.title.clone()}</a>
                <span class="note">{length(blueprint)}</span>
                <p>{blueprint.description.clone()}</p>
            </li>
        }
        .into_any()
    };
    // From the shortest to the whole day.
    let rows = material.with_value(|material| {
        let mut all: Vec<&Blueprint> = material.blueprints.iter().collect();
        places::sort_by_key(&mut all, |blueprint| blueprint.minutes());
        all.into_iter().map(row).collect_view()
    });
    view! {
        <h1 class="big" tabindex="-1">"Rehearse the interview"</h1>
        <p class="lede">"A whole interview on the clock: questions, a program to write, things to explain, and what you ask them. Nothing is judged before the end. Then you get a report as an interviewer would write it."</p>
        <ol class="interviews">{rows}</ol>
        <Earlier app material />
    }
}

/// Those that were begun, the newest first.
#[component]
fn Earlier(app: AppState, material: StoredValue<Material>) -> impl IntoView {
    let kept = app.interviews.kept();
    let today = clock::today();
    let row = move |(name, kept): &(Slug, KeptInterview)| {
        let invitation = &kept.interview.invitation;
        let title = material.with_value(|material| material.title(&invitation.blueprint));
        let on = day(clock::calendar().day(kept.interview.began_at_ms), today);
        let came = match (&kept.report, kept.is_over()) {
            (Some(report), _) => report.recommendation.label(),
            (None, true) => "ready for its report",
            (None, false) => "not finished",
        };
        view! {
            <li>
                <a href=routes::report(name) data-testid="earlier">{title}</a>
                <span class="note">{on} " · " {invitation.level.label()} " · " {came}</span>
            </li>
        }
        .into_any()
    };
    move || {
        let kept = kept.read();
        (!kept.is_empty()).then(|| {
            let rows = kept.iter().rev().map(row).collect_view();
            view! { <section><h2>"Yours so far"</h2> <ol class="interviews">{rows}</ol></section> }.into_any()
        })
    }
}
