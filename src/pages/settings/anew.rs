//! Beginning a topic anew: none of its answers counts any more, and all stay in the log.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::problem::{Slug, Topic};

use super::data::Exchange;
use crate::browser::page;
use crate::state::AppState;
use crate::ui::button::Button;
use crate::ui::words::{ANSWERS_STAY, that_stop_counting};

/// A topic to be begun anew, and what that would do.
#[derive(Clone)]
struct Asked {
    topic: Topic,
    problems: Vec<Slug>,
    /// How many answers would stop counting.
    answers: usize,
}

/// Choosing a topic, and asking first.
#[component]
pub(super) fn BeginTopicAnew(app: AppState, catalog: Arc<Catalog>, exchange: Exchange) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let asked = RwSignal::new(None::<Asked>);
    let choices = catalog
        .topics
        .iter()
        .map(|pack| view! { <option value=pack.topic.0.clone()>{pack.topic.label()}</option> }.into_any())
        .collect_view();
    let choose = move |event| {
        asked.set(None);
        chosen.set(event_target_value(&event));
    };
    let catalog = StoredValue::new(catalog);
    let ask = move || {
        let found = look_at(app, &catalog.get_value(), Topic(chosen.get_untracked()));
        match found.answers {
            0 => exchange.say("There is nothing to start over. No answer in this topic counts.".to_owned()),
            _ => {
                asked.set(Some(found));
                page::once_drawn(|| page::focus_in_sight("#topic-keep"));
            }
        }
    };
    let button = move || {
        (!chosen.read().is_empty() && asked.read().is_none()).then(|| {
            view! { <Button class="plain" id="topic-anew" test_id="topic-anew" label="Start it over…" on_press=ask /> }
                .into_any()
        })
    };
    view! {
        <div class="begin-anew">
            <label class="select">
                <span>"Start a topic over"</span>
                <select data-testid="anew-topic" on:change=choose>
                    <option value="">"Choose a topic"</option>
                    {choices}
                </select>
            </label>
            {move || button()}
            {move || asked.get().map(|found| asking(app, exchange, asked, found))}
        </div>
    }
}

/// What beginning a topic anew would do.
fn look_at(app: AppState, catalog: &Catalog, topic: Topic) -> Asked {
    let own = catalog.problems.iter().filter(|entry| entry.topic == topic);
    let problems: Vec<Slug> = own.map(|entry| entry.slug.clone()).collect();
    let is_own = |slug: &Slug| catalog.entry(slug).is_some_and(|entry| entry.topic == topic);
    let answers = app.progress.log().read_untracked().standing_at(is_own);
    Asked { topic, problems, answers }
}

/// Asks whether to do it.
fn asking(app: AppState, exchange: Exchange, asked: RwSignal<Option<Asked>>, found: Asked) -> AnyView {
    let Asked { topic, problems, answers } = found;
    let told = format!("{}, and all problems in “{}” are new again.", that_stop_counting(answers), topic.label());
    let begin = move || {
        asked.set(None);
        app.progress.begin_anew(problems.clone());
        exchange.say(format!("“{}” starts over.", topic.label()));
    };
    let keep = move || {
        asked.set(None);
        page::once_drawn(|| page::focus_in_sight("#topic-anew"));
    };
    view! {
        <div class="notice" role="alert">
            <p data-testid="topic-told">{told} {ANSWERS_STAY}</p>
            <div class="actions">
                <Button class="plain danger" test_id="topic-really" label="Start over" on_press=begin />
                <Button class="plain" id="topic-keep" test_id="topic-keep" label="Change nothing" on_press=keep />
            </div>
        </div>
    }
    .into_any()
}
