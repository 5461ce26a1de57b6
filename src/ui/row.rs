//! A problem in a list.

use leptos::prelude::*;
use quiz::catalog::Entry;
use quiz::log::Standing;

use crate::routes;

/// A problem as a row that leads to it.
#[component]
pub fn ProblemRow(entry: Entry, standing: Standing) -> impl IntoView {
    let (class, label) = match standing {
        Standing::New => ("state", "new"),
        Standing::NotYet => ("state bad", "not yet"),
        Standing::Right => ("state good", "right"),
    };
    view! {
        <a class="row" href=routes::problem(&entry.slug) data-testid="problem-row" data-slug=entry.slug.0>
            <span class="title">{entry.title}</span>
            <span class="about">
                {format!("{} · {} · {}", entry.topic.label(), entry.level.label(), entry.kind.label())}
            </span>
            <span class=class>{label}</span>
        </a>
    }
}
