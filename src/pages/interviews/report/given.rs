//! Question by question: what was handed in, and the way to its receipt.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use quiz::interview::machine::{AskedQuestion, Round};
use quiz::interview::{Blueprint, StoredInterview};
use quiz::problem::Slug;

use crate::browser::page;
use crate::pages::gate::{no_answer, with_problem};
use crate::pages::interviews::material::Material;
use crate::pages::practice::link_id;
use crate::routes;
use crate::state::AppState;
use crate::state::sitting::Sitting;
use crate::ui::question::QuestionView;
use crate::ui::receipt::Toolchain;
use crate::ui::words::marked;
use quiz::interview::clock_face;

/// The page part.
#[component]
pub(super) fn Given(
    app: AppState,
    material: StoredValue<Material>,
    name: Slug,
    interview: StoredValue<StoredInterview>,
) -> impl IntoView {
    let rounds = interview.with_value(|interview| {
        let blueprint = &interview.invitation.blueprint;
        let titled = |(place, round): (usize, &Round)| {
            let title = material.with_value(|material| material.round_title(blueprint, place));
            let of_plan = |blueprint: &Blueprint| Some(blueprint.rounds.get(place)?.worth_asking.clone());
            let worth_asking = material.with_value(|material| material.blueprint(blueprint).and_then(of_plan));
            of_round(app, material, &name, title, round, &worth_asking.unwrap_or_default())
        };
        interview.rounds.iter().enumerate().map(titled).collect_view()
    });
    view! { {rounds} }
}

fn of_round(
    app: AppState,
    material: StoredValue<Material>,
    name: &Slug,
    title: String,
    round: &Round,
    worth_asking: &[String],
) -> AnyView {
    let rows = round.questions.iter().map(|asked| row(app, material, name, asked)).collect_view();
    let own = (round.own_questions_ms > 0 || !round.own_questions.is_empty()).then(|| own(round, worth_asking));
    let notes = (!round.notes.trim().is_empty()).then(|| {
        view! { <details class="turn" open><summary>"Your notes about the round"</summary><p class="own-notes">{round.notes.clone()}</p></details> }.into_any()
    });
    view! {
        <section data-testid="round">
            <h2>{title}</h2>
            <ol class="asked-list">{rows}</ol>
            {own}
            {notes}
        </section>
    }
    .into_any()
}

/// What the learner asked, and what else is worth asking in such a round.
fn own(round: &Round, worth_asking: &[String]) -> AnyView {
    let list = |questions: &[String]| {
        let rows = questions.iter().map(|question| view! { <li>{question.clone()}</li> }.into_any()).collect_view();
        view! { <ul class="rules">{rows}</ul> }.into_any()
    };
    let is_silent = round.own_questions.is_empty();
    if is_silent && worth_asking.is_empty() {
        return ().into_any();
    }
    let said = match is_silent {
        true => {
            view! { <p class="note">"You wrote down no question of your own. Two or three are usual."</p> }.into_any()
        }
        false => view! { <p class="note">"You asked:"</p> {list(&round.own_questions)} }.into_any(),
    };
    view! {
        {said}
        <details class="turn" open=is_silent data-testid="worth-asking">
            <summary>"Worth asking in such a round"</summary>
            {list(worth_asking)}
            <p class="note"><a href=routes::GUIDE>"The guide"</a> " has more, and says whom to ask what."</p>
        </details>
    }
    .into_any()
}

fn row(app: AppState, material: StoredValue<Material>, name: &Slug, asked: &AskedQuestion) -> AnyView {
    let entry = material.with_value(|material| material.catalog.entry(&asked.slug).cloned());
    let title = entry.map_or_else(|| asked.slug.to_string(), |entry| entry.title);
    let time = format!("{} of {}", clock_face(asked.spent_ms), clock_face(asked.budget_ms));
    let log = app.progress.log();
    let (answer, slug, name) = (asked.answer, asked.slug.clone(), name.clone());
    let (class, sign, label) = match &asked.answer {
        Some(answer) if answer.is_self_assessed => ("state", "", "self-assessed"),
        Some(answer) => marked(answer.mark),
        None if asked.is_lost => ("state", "", "not answered, its file was missing"),
        None => ("state", "", "not answered"),
    };
    // An answer that a browser lost comes back after the page has begun.
    let way = move || match answer.as_ref().is_some_and(|answer| log.read().attempt(answer.attempt).is_some()) {
        true => routes::answer_of(&name, &slug),
        false => routes::problem(&slug),
    };
    view! {
        <li class="asked">
            <a class="title" id=link_id(&asked.slug) data-testid="given" href=way>{title}</a>
            <span class=class><span aria-hidden="true">{sign}</span> " " {label}</span>
            <p class="note">{time}</p>
        </li>
    }
    .into_any()
}

/// An answer as it was, with its receipts.
#[component]
pub(super) fn Again(app: AppState, material: StoredValue<Material>, name: Slug, slug: Slug) -> impl IntoView {
    let navigate = use_navigate();
    let address = routes::report(&name);
    let link = format!("#{}", link_id(&slug));
    let back = Callback::new(move |()| {
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&routes::to_navigate(&address), options);
        page::go_back_to(link.clone());
    });
    let all = app.interviews.kept().read_untracked();
    let kept = all.iter().find(|(known, _)| *known == name).map(|(_, kept)| kept);
    let mut asked = kept.iter().flat_map(|kept| &kept.interview.rounds).flat_map(|round| &round.questions);
    let attempt = asked.find(|asked| asked.slug == slug).and_then(|asked| asked.answer).map(|answer| answer.attempt);
    let toolchain = material.with_value(|material| Toolchain::of(&material.catalog));
    let missing = move || no_answer("Back to the report", back);
    with_problem(
        slug,
        move |problem| {
            let sitting = attempt.and_then(|attempt| Sitting::look_again(problem, app, attempt));
            let Some(sitting) = sitting else { return missing() };
            sitting.begin();
            view! { <QuestionView sitting place="Your answer" toolchain=toolchain.clone() next=("Back to the report", back) /> }
                .into_any()
        },
        missing,
    )
}
