//! An interview before it begins: what it consists of, for whom, and the link that invites somebody else to the very same one.

use std::collections::HashMap;

use leptos::prelude::*;
use quiz::interview::{Address, Blueprint, Interview, Invitation};
use quiz::problem::{Kind, Level, Slug};

use super::material::{Material, length};
use crate::browser::language::counted;
use crate::browser::{clock, page, random};
use crate::routes;
use crate::state::AppState;
use crate::ui::button::Button;
use crate::ui::copy::{CopyButton, CopyWords};
use crate::ui::device::CompilerOffer;
use crate::ui::empty::Empty;
use crate::ui::radio::tab_stop;

/// What was answered so recently is not asked, where there is a choice, in milliseconds.
const RECENT_MS: u64 = 14 * 24 * 3_600_000;

const COPY: CopyWords = CopyWords {
    label: "Copy a link to this very interview",
    test_id: "copy-invitation",
    said_id: "invitation-said",
    copied: "Copied. Whoever opens it gets the same questions.",
    by_hand: "The browser did not copy it. Copy it by hand:",
    is_shown: true,
};

/// The page part. `query` is that of the address.
#[component]
pub(super) fn Lobby(app: AppState, material: StoredValue<Material>, query: String) -> impl IntoView {
    let is_invited = query.contains("problems=");
    let shown = match is_invited {
        true => invited(app, material, &query),
        false => {
            let query = query.trim_start_matches('?');
            let name = query.split('&').find_map(|pair| pair.strip_prefix("interview=")).unwrap_or_default();
            drawn(app, material, name)
        }
    };
    shown.unwrap_or_else(|why| {
        view! {
            <Empty title="This interview cannot begin." text=why>
                <a class="go" href=routes::INTERVIEWS>"All interviews"</a>
            </Empty>
        }
        .into_any()
    })
}

const GONE: &str = "This version of the app does not have this interview. There may be a mistake in the link.";

/// The interview of an address, as somebody else has it.
fn invited(app: AppState, material: StoredValue<Material>, query: &str) -> Result<AnyView, String> {
    let address = Address::from_query(query).map_err(|bad| bad.to_string())?;
    let resolved = material.with_value(|material| address.resolve(&material.catalog));
    let blueprint = material.with_value(|material| material.blueprint(address.blueprint()).cloned()).ok_or(GONE)?;
    let (invitation, gone) = (resolved.invitation, resolved.gone.len());
    if invitation.problems.iter().any(Vec::is_empty) {
        return Err("The questions of this link are gone from this version of the app.".to_owned());
    }
    let said = (gone > 0).then(|| {
        let text = format!(
            "{} of this interview is gone since the link was made. The rest is asked.",
            counted(gone, "question")
        );
        view! { <p class="note" data-testid="gone">{text}</p> }.into_any()
    });
    let level = invitation.level;
    let invitation = Memo::new(move |_| Ok(invitation.clone()));
    Ok(view! {
        <Described app blueprint=blueprint.clone() />
        <p class="note">"You are invited: the level is " {level.label()} ", and the questions are those of whoever made the link."</p>
        {said}
        <Begin app blueprint invitation />
    }
    .into_any())
}

/// A new interview for the learner's level.
fn drawn(app: AppState, material: StoredValue<Material>, name: &str) -> Result<AnyView, String> {
    let blueprint = material.with_value(|material| material.blueprint(name).cloned()).ok_or(GONE)?;
    let levels: Vec<Level> = Level::ALL.into_iter().filter(|level| blueprint.is_for(*level)).collect();
    let is_offered = |level: &Level| levels.contains(level);
    let own = app.settings.chosen().read_untracked().level.filter(is_offered);
    let last = app
        .interviews
        .kept()
        .read_untracked()
        .last()
        .map(|(_, kept)| kept.interview.invitation.level)
        .filter(is_offered);
    let usual = Some(Level::Mid).filter(is_offered).or(levels.first().copied());
    let level = RwSignal::new(own.or(last).or(usual).unwrap_or(Level::Mid));
    let of = blueprint.clone();
    let random = random::bits();
    let invitation = Memo::new(move |_| {
        let (level, now) = (level.get(), clock::now());
        let log = app.progress.log();
        let log = log.read_untracked();
        // A clock may have been wrong in between.
        let answers = log.first_tries().rev().filter(|attempt| attempt.answered_at_ms.saturating_add(RECENT_MS) > now);
        let mut recent: HashMap<&Slug, u64> = HashMap::new();
        for attempt in answers {
            // Of two answers to a problem the later one comes first.
            recent.entry(&attempt.slug).or_insert(attempt.answered_at_ms);
        }
        let answered_ms = |slug: &Slug| recent.get(slug).copied();
        material.with_value(|Material { catalog, .. }| {
            Invitation::anew(&of, level, random, catalog, answered_ms).map_err(|short| short.to_string())
        })
    });
    Ok(view! {
        <Described app blueprint=blueprint.clone() />
        <Levels levels level />
        <Begin app blueprint invitation />
    }
    .into_any())
}

#[component]
fn Described(app: AppState, blueprint: Blueprint) -> impl IntoView {
    let round = |plan: &quiz::interview::RoundPlan| {
        let rest = match plan.break_minutes_before {
            0 => String::new(),
            minutes => format!(" · a break of {minutes} min before it"),
        };
        let about = format!("{} min · {}{rest}", plan.minutes, counted(plan.questions(), "question"));
        view! { <li>{plan.title.clone()} <span class="note">{about}</span></li> }.into_any()
    };
    page::set_title(&blueprint.title);
    let writes = blueprint.rounds.iter().flat_map(|round| &round.parts).any(|part| part.kinds.contains(&Kind::Write));
    view! {
        <p class="eyebrow"><span><a href=routes::INTERVIEWS>"Interviews"</a></span> <span>{length(&blueprint)}</span></p>
        <h1 tabindex="-1">{blueprint.title.clone()}</h1>
        <p class="lede">{blueprint.description.clone()}</p>
        <ol class="rounds">{blueprint.rounds.iter().map(round).collect_view()}</ol>
        <p class="note">"Judged: " {blueprint.judged.join(", ")} "."</p>
        <LastReflection app />
        {writes.then(|| view! { <CompilerOffer /> })}
        <details class="turn">
            <summary>"How it goes"</summary>
            <ul class="rules">{rules(&blueprint).into_iter().map(|rule| view! { <li>{rule}</li> }.into_any()).collect_view()}</ul>
        </details>
    }
}

/// How it goes: what holds for an interview of this kind.
fn rules(blueprint: &Blueprint) -> Vec<&'static str> {
    let rounds = &blueprint.rounds;
    let asks = |kinds: fn(Kind) -> bool| {
        rounds.iter().flat_map(|round| &round.parts).any(|part| part.kinds.iter().any(|kind| kinds(*kind)))
    };
    let rules = [
        (true, "Each round has one clock. It goes on when you reload, close the lid or lose the network."),
        (
            rounds.iter().any(|round| round.questions() > 1),
            "You can answer in any order. You can put a flag on a question and come back to it.",
        ),
        (
            asks(|kind| kind != Kind::Discuss),
            "What you hand in is final. What is filled in at the end is handed in for you.",
        ),
        (
            asks(|kind| kind == Kind::Discuss),
            "Speak aloud, as in the room. What you explain, you score yourself when the round is over.",
        ),
        (
            rounds.iter().any(|round| round.own_questions_minutes > 0),
            "The last minutes of a round are for the questions that you ask them.",
        ),
        (rounds.len() > 1, "Between two rounds you can leave and come back on another day."),
    ];
    rules.into_iter().filter_map(|(holds, rule)| holds.then_some(rule)).collect()
}

/// What the learner wrote after the last interview.
#[component]
fn LastReflection(app: AppState) -> impl IntoView {
    let last = Memo::new(move |_| {
        let kept = app.interviews.kept().read();
        let last = kept.iter().rev().find_map(|(_, kept)| kept.interview.reflection.as_ref());
        last.map(|reflection| reflection.next.clone())
    });
    move || {
        last.get().filter(|next| !next.trim().is_empty()).map(|next| {
            view! { <div class="notice update" data-testid="last-reflection"><p>"After your last interview you wrote down for the next one:"</p> <p class="own-words">{next}</p></div> }.into_any()
        })
    }
}

#[component]
fn Levels(levels: Vec<Level>, level: RwSignal<Level>) -> impl IntoView {
    let button = |own: Level| {
        view! {
            <button
                type="button"
                role="radio"
                data-testid=format!("level-{}", own.name())
                aria-checked=move || (level.get() == own).to_string()
                tabindex=move || tab_stop(level.get() == own, false)
                on:click=move |_| level.set(own)
            >
                {own.label()}
            </button>
        }
        .into_any()
    };
    view! {
        <h2>"Your level"</h2>
        <div class="segments" role="radiogroup" aria-label="The level of this interview">{levels.into_iter().map(button).collect_view()}</div>
    }
}

#[component]
fn Begin(app: AppState, blueprint: Blueprint, invitation: Memo<Result<Invitation, String>>) -> impl IntoView {
    let trouble = RwSignal::new(String::new());
    let begin = move || {
        let Ok(invitation) = invitation.get_untracked() else { return };
        match Interview::new(invitation, &blueprint, clock::now()) {
            Ok(interview) => app.interviews.begin(interview, move |begins| {
                if !begins {
                    trouble.set("An interview runs in another tab. End it there first.".to_owned());
                }
                page::begin();
            }),
            Err(misfit) => trouble.set(misfit.to_string()),
        }
    };
    let link = Signal::derive(move || match invitation.get() {
        Ok(invitation) => page::absolute(&routes::invitation(&invitation.to_query())),
        Err(_) => String::new(),
    });
    let short = move || {
        invitation
            .get()
            .err()
            .map(|why| view! { <p class="note">{format!("There are too few questions: {why}.")}</p> }.into_any())
    };
    view! {
        {move || short()}
        <p class="nudge" role="alert">{move || trouble.get()}</p>
        <div class="actions">
            <Button class="go" test_id="begin-interview" label="Begin" on_press=begin />
            <CopyButton text=link words=COPY />
        </div>
    }
}
