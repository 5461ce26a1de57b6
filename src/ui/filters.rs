//! Choosing topic, kind and level.

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::practice::Filter;
use quiz::problem::{Kind, Level, Topic};

/// What a list of choices changes in the filter.
#[derive(Clone, Copy)]
struct Field {
    /// The name of the chosen value; empty for all.
    read: fn(&Filter) -> &str,
    /// Takes over what is chosen, by its name.
    write: fn(&mut Filter, String),
}

const TOPIC: Field = Field {
    read: |filter| filter.topic.as_ref().map_or("", |topic| &topic.0),
    write: |filter, name| filter.topic = Some(Topic(name)).filter(|topic| !topic.0.is_empty()),
};
const KIND: Field = Field {
    read: |filter| filter.kind.map_or("", Kind::name),
    write: |filter, name| filter.kind = Kind::from_name(&name),
};
const LEVEL: Field = Field {
    read: |filter| filter.level.map_or("", Level::name),
    write: |filter, name| filter.level = Level::from_name(&name),
};

/// A labelled list to choose one value from.
#[component]
fn Select(
    label: &'static str,
    name: &'static str,
    /// What stands for no condition.
    all: &'static str,
    /// The name and the label of each choice but "all".
    choices: Vec<(String, String)>,
    field: Field,
    filter: Memo<Filter>,
    on_change: Callback<Filter>,
) -> impl IntoView {
    let change = move |name| {
        let mut filter = filter.get_untracked();
        (field.write)(&mut filter, name);
        on_change.run(filter);
    };
    let every = std::iter::once((String::new(), all.to_owned()));
    let options = every
        .chain(choices)
        .map(|(choice, label)| {
            let own = choice.clone();
            view! { <option value=choice prop:selected=move || (field.read)(&filter.read()) == own>{label}</option> }
        })
        .collect_view();
    view! {
        <label class="select">
            <span>{label}</span>
            <select name=name data-testid=format!("filter-{name}") on:change=move |event| change(event_target_value(&event))>
                {options}
            </select>
        </label>
    }
}

/// Topic, kind and level.
#[component]
pub fn FilterBar(
    catalog: StoredValue<std::sync::Arc<Catalog>>,
    filter: Memo<Filter>,
    on_change: Callback<Filter>,
) -> impl IntoView {
    let catalog = catalog.get_value();
    let topics = catalog.topics.iter().map(|pack| (pack.topic.0.clone(), pack.topic.label())).collect::<Vec<_>>();
    let kinds = Kind::ALL.map(|kind| (kind.name().to_owned(), kind.label().to_owned())).to_vec();
    let levels = Level::ALL.map(|level| (level.name().to_owned(), level.label().to_owned())).to_vec();
    view! {
        <div class="filters">
            <Select label="Topic" name="topic" all="All topics" choices=topics field=TOPIC filter on_change />
            <Select label="Kind" name="kind" all="All kinds" choices=kinds field=KIND filter on_change />
            <Select label="Level" name="level" all="All levels" choices=levels field=LEVEL filter on_change />
        </div>
    }
}
