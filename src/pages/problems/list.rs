//! The list itself: what is found, in rows.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::problem::Topic;

use super::found::{Found, Listed, ROWS, Shape};
use crate::browser::language::{counted, number};
use crate::routes;
use crate::state::library::Load;
use crate::ui::button::Button;
use crate::ui::row::ProblemRow;
use crate::ui::words::that_fit;

/// How many are found, and which.
#[component]
pub(super) fn List(
    catalog: StoredValue<Arc<Catalog>>,
    found: Found,
    on_retry: Callback<()>,
    on_clear: Callback<()>,
) -> impl IntoView {
    let count = Memo::new(move |_| found.count());
    let is_ranked = Memo::new(move |_| found.shape.get() == Shape::Ranked);
    let rows = move || match is_ranked.get() {
        true => view! { <Rows catalog rows=move || found.ranked() /> }.into_any(),
        false => view! { <Shelves catalog found /> }.into_any(),
    };
    let words = move || match found.is_waiting() {
        true => "Searching…".to_owned(),
        false if found.lacks_words() => found.respelt() + &with_most_words(count.get()),
        false => found.respelt() + &in_words(found.shape.get(), count.get()),
    };
    let nothing = move || {
        (count.get() == 0 && !found.is_waiting()).then(|| {
            let clear = move || on_clear.run(());
            view! {
                <div class="actions">
                    <Button class="quiet" test_id="clear" label="Clear search and filters" on_press=clear />
                    <a class="quiet" href=routes::GUIDE>"The guide to interviews"</a>
                </div>
            }
            .into_any()
        })
    };
    let more = move || {
        let is_cut = found.shape.get() != Shape::Everything && count.get() > ROWS && !found.shows_all.get();
        is_cut.then(|| {
            let label = format!("Show all {}", number(count.get()));
            let show = move || found.shows_all.set(true);
            view! {
                <div class="actions"><Button class="quiet" test_id="show-all" label on_press=show /></div>
            }
            .into_any()
        })
    };
    view! {
        <div class="found">
            <p class="note" role="status" data-testid="found">{move || words()}</p>
            {move || (found.shape.get() == Shape::Everything).then(|| view! { <FoldAll found /> }.into_any())}
        </div>
        <Missing found on_retry />
        {move || nothing()}
        {move || rows()}
        {move || more()}
    }
}

fn in_words(shape: Shape, count: usize) -> String {
    match shape {
        Shape::Everything => counted(count, "problem"),
        Shape::Ranked | Shape::Narrowed => that_fit(count),
    }
}

fn with_most_words(count: usize) -> String {
    let have = if count == 1 { "has" } else { "have" };
    format!("No problem has all of these words. {} {have} most of them.", counted(count, "problem"))
}

/// Says so when not all can be searched.
#[component]
fn Missing(found: Found, on_retry: Callback<()>) -> impl IntoView {
    let shown = move || match &*found.texts.read() {
        Some(Load::Failed(why)) => {
            let text = format!(
                "Code, errors and crates could not be loaded. So only titles, concepts, topics, kinds and levels are searched. {why}"
            );
            view! {
                <p class="note" role="status" data-testid="search-incomplete">{text}</p>
                <Button class="quiet" test_id="load-texts" label="Try again" on_press=move || on_retry.run(()) />
            }
            .into_any()
        }
        None | Some(Load::Loading | Load::Ready(_)) => ().into_any(),
    };
    view! { {move || shown()} }
}

#[component]
fn FoldAll(found: Found) -> impl IntoView {
    let all = move || found.shelves.read_untracked().iter().map(|shelf| shelf.topic.clone()).collect();
    view! {
        <Button class="quiet" test_id="open-all" label="Open all" on_press=move || found.unfolded.set(all()) />
        <Button class="quiet" test_id="fold-all" label="Close all" on_press=move || found.unfolded.set(Vec::new()) />
    }
}

#[component]
fn Shelves(catalog: StoredValue<Arc<Catalog>>, found: Found) -> impl IntoView {
    let topics = move || found.shelves.read().iter().map(|shelf| shelf.topic.clone()).collect::<Vec<_>>();
    view! {
        <For each=topics key=|topic| topic.clone() let:topic>
            <TopicShelf catalog found topic />
        </For>
    }
}

/// A topic: its heading, and its problems if it is unfolded.
#[component]
fn TopicShelf(catalog: StoredValue<Arc<Catalog>>, found: Found, topic: Topic) -> impl IntoView {
    let (name, label) = (topic.0.clone(), topic.label());
    let panel = format!("shelf-{name}");
    let topic = StoredValue::new(topic);
    let folds = Memo::new(move |_| found.shape.get() == Shape::Everything);
    let is_open = Memo::new(move |_| !folds.get() || found.unfolded.has(&topic.read_value()));
    let rows = move || found.of_topic(&topic.read_value());
    // A shelf behind the last row that is drawn has no heading yet.
    let is_drawn = Memo::new(move |_| folds.get() || !rows().is_empty());
    let own_panel = panel.clone();
    let heading = move || {
        if !folds.get() {
            return view! { <h2>{label.clone()}</h2> }.into_any();
        }
        view! {
            <h2>
                <button
                    type="button"
                    data-testid="topic"
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=own_panel.clone()
                    on:click=move |_| found.unfolded.toggle(&topic.read_value())
                >
                    {label.clone()}
                    <span class="note">{move || right_in_words(found, &topic.read_value())}</span>
                </button>
            </h2>
        }
        .into_any()
    };
    let body = move || is_open.get().then(|| view! { <Rows catalog rows /> }.into_any());
    view! {
        <section class="shelf" data-testid="shelf" data-topic=name hidden=move || !is_drawn.get()>
            {move || heading()}
            <div id=panel>{move || body()}</div>
        </section>
    }
}

fn right_in_words(found: Found, topic: &Topic) -> String {
    let shelves = found.shelves.read();
    let shelf = shelves.iter().find(|shelf| shelf.topic == *topic);
    shelf.map(|shelf| format!("{} of {} answered right", shelf.right, shelf.problems.len())).unwrap_or_default()
}

/// Rows, each of which stays as long as it says the same.
#[component]
fn Rows(catalog: StoredValue<Arc<Catalog>>, #[prop(into)] rows: Signal<Vec<Listed>>) -> impl IntoView {
    view! {
        <For each=move || rows.get() key=Listed::clone let:row>
            {
                let entry = catalog.read_value().problems[row.problem].clone();
                view! { <ProblemRow entry state=row.state kept=row.kept place=row.place /> }.into_any()
            }
        </For>
    }
}
