//! A problem in a list.

use leptos::prelude::*;
use quiz::catalog::Entry;
use quiz::log::ProblemStatus;

use crate::routes;

/// What is said of a problem in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It was never answered.
    New,
    /// The last answer was not right.
    NotYet,
    /// The last answer was right.
    Right,
    /// It should be answered again.
    Due,
    /// How often it was missed, and how often answered.
    Missed(usize, usize),
}

impl From<ProblemStatus> for State {
    fn from(standing: ProblemStatus) -> State {
        match standing {
            ProblemStatus::New => State::New,
            ProblemStatus::NotYet => State::NotYet,
            ProblemStatus::Right => State::Right,
        }
    }
}

/// A problem as a row that leads to it.
#[component]
pub fn ProblemRow(entry: Entry, #[prop(into)] state: State) -> impl IntoView {
    let (class, label) = match state {
        State::New => ("state", "new".to_owned()),
        State::NotYet => ("state bad", "missed".to_owned()),
        State::Right => ("state good", "right".to_owned()),
        State::Due => ("state due", "due".to_owned()),
        State::Missed(misses, answers) => ("state bad", format!("{misses} of {answers} missed")),
    };
    view! {
        <a class="row" href=routes::problem(&entry.slug) data-testid="problem-row" data-slug=entry.slug.to_string()>
            <span class="title">{entry.title}</span>
            <span class="about">
                {format!("{} · {} · {}", entry.topic.label(), entry.level.label(), entry.kind.label())}
            </span>
            <span class=class>{label}</span>
        </a>
    }
}
