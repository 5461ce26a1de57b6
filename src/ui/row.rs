//! A problem in a list.

use leptos::prelude::*;
use quiz::catalog::Entry;
use quiz::listing::Known;
use quiz::log::ProblemStatus;

use super::prose::Line;
use crate::routes;

/// So many concepts are named in a row.
const CONCEPTS: usize = 2;

/// What is said of a problem in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It was never answered.
    New,
    /// The last answer was wrong.
    Wrong,
    /// The last answer was right in some of its parts.
    Partly,
    /// The last answer was right.
    Right,
    /// It should be answered again.
    Due,
    /// What takes long to write is begun and not answered.
    Begun,
    /// How often it was missed, and how often answered.
    Missed(usize, usize),
}

impl From<ProblemStatus> for State {
    fn from(standing: ProblemStatus) -> State {
        match standing {
            ProblemStatus::New => State::New,
            ProblemStatus::Wrong => State::Wrong,
            ProblemStatus::Partly => State::Partly,
            ProblemStatus::Right => State::Right,
        }
    }
}

impl From<Known> for State {
    fn from(known: Known) -> State {
        if known.is_due { State::Due } else { State::from(known.status) }
    }
}

/// A problem as a row that leads to it.
#[component]
pub fn ProblemRow(
    entry: Entry,
    #[prop(into)] state: State,
    /// What the learner keeps about it: a bookmark, a note, that it is not asked any more; empty for nothing.
    #[prop(optional)]
    kept: String,
    /// Where a search found it, with code between backticks; empty for nowhere in particular.
    #[prop(optional)]
    place: String,
) -> impl IntoView {
    let (class, label) = match state {
        State::New => ("state", "new".to_owned()),
        State::Wrong => ("state bad", "missed".to_owned()),
        State::Partly => ("state partly", "partly right".to_owned()),
        State::Right => ("state good", "right".to_owned()),
        State::Due => ("state due", "due".to_owned()),
        State::Begun => ("state due", "begun".to_owned()),
        State::Missed(misses, answers) => ("state bad", format!("{misses} of {answers} not right")),
    };
    let place = (!place.is_empty())
        .then(|| view! { <span class="place" data-testid="place"><Line text=place /></span> }.into_any());
    let kept = (!kept.is_empty()).then(|| view! { <span class="kept" data-testid="kept">{kept}</span> }.into_any());
    view! {
        <a class="row" href=routes::problem(&entry.slug) data-testid="problem-row" data-slug=entry.slug.to_string()>
            <span class="title">{entry.title.clone()}</span>
            <span class="about">{about(&entry)}</span>
            <span class=class>{label}</span>
            {kept}
            {place}
        </a>
    }
}

/// Kind, level, minutes and the first concepts.
fn about(entry: &Entry) -> String {
    let mut about = format!("{} · {} · {} min", entry.kind.label(), entry.level.label(), entry.minutes);
    for concept in entry.concepts.iter().take(CONCEPTS) {
        about.push_str(" · ");
        about.push_str(&concept.replace('-', " "));
    }
    about
}
