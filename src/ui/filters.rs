//! Choosing topic, kind and level.

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::practice::Filter;
use quiz::problem::{Kind, Level, Topic};

use super::dynamic::list;

/// A labelled list to choose one value from; empty for all.
#[component]
pub fn Select(
    #[prop(into)] label: String,
    name: &'static str,
    /// The value and the label of each choice but "all".
    choices: Vec<(String, String)>,
    #[prop(into)] all: String,
    value: Memo<String>,
    on_change: Callback<String>,
) -> impl IntoView {
    let options = list(choices.into_iter().map(|(choice, label)| {
        let own = choice.clone();
        view! { <option value=choice prop:selected=move || *value.read() == own>{label}</option> }
    }));
    view! {
        <label class="select">
            <span>{label}</span>
            <select name=name data-testid=format!("filter-{name}") on:change=move |event| on_change.run(event_target_value(&event))>
                <option value="" prop:selected=move || value.read().is_empty()>{all}</option>
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
    let topics = catalog.with_value(|catalog| {
        catalog.topics.iter().map(|pack| (pack.topic.0.clone(), pack.topic.label())).collect::<Vec<_>>()
    });
    let kinds = Kind::ALL.map(|kind| (kind.name().to_owned(), kind.label().to_owned())).to_vec();
    let levels = Level::ALL.map(|level| (level.name().to_owned(), level.label().to_owned())).to_vec();
    let topic = Memo::new(move |_| filter.read().topic.as_ref().map_or_else(String::new, |topic| topic.0.clone()));
    let kind = Memo::new(move |_| filter.read().kind.map_or("", Kind::name).to_owned());
    let level = Memo::new(move |_| filter.read().level.map_or("", Level::name).to_owned());
    let change = move |change: &dyn Fn(&mut Filter)| {
        let mut filter = filter.get_untracked();
        change(&mut filter);
        on_change.run(filter);
    };
    view! {
        <div class="filters">
            <Select label="Topic" name="topic" all="All topics" choices=topics value=topic
                on_change=Callback::new(move |name: String| {
                    change(&|filter| filter.topic = Some(Topic(name.clone())).filter(|topic| !topic.0.is_empty()));
                })
            />
            <Select label="Kind" name="kind" all="All kinds" choices=kinds value=kind
                on_change=Callback::new(move |name: String| change(&|filter| filter.kind = Kind::from_name(&name)))
            />
            <Select label="Level" name="level" all="All levels" choices=levels value=level
                on_change=Callback::new(move |name: String| change(&|filter| filter.level = Level::from_name(&name)))
            />
        </div>
    }
}
