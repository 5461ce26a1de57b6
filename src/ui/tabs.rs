//! Parts of which one is shown at a time: tabs, as the ARIA Authoring Practices have them.

use leptos::prelude::*;

use super::radio::tab_stop;
use crate::browser::page::{self, Place};

/// A part behind a tab.
#[derive(Clone)]
pub struct Tab {
    /// Its name, unique on the page, for ids and tests.
    pub name: &'static str,
    /// What stands on the tab.
    pub label: &'static str,
    /// Draws the part, when it is first looked at.
    pub draw: Callback<(), AnyView>,
}

impl Tab {
    /// A part that `draw` draws.
    pub fn new(name: &'static str, label: &'static str, draw: impl Fn() -> AnyView + Send + Sync + 'static) -> Tab {
        Tab { name, label, draw: Callback::new(move |()| draw()) }
    }
}

/// A row of tabs and the part of the one that is chosen, at first the first. Arrow keys choose the next one.
#[component]
pub fn Tabs(
    /// What the tabs are parts of.
    label: &'static str,
    tabs: Vec<Tab>,
) -> impl IntoView {
    let Some(first) = tabs.first() else { return ().into_any() };
    let chosen = RwSignal::new(first.name);
    let buttons = tabs
        .iter()
        .map(|tab| {
            let name = tab.name;
            let is_chosen = move || chosen.get() == name;
            view! {
                <button
                    type="button"
                    role="tab"
                    id=format!("tab-{name}")
                    data-testid=format!("part-{name}")
                    aria-controls=format!("panel-{name}")
                    aria-selected=move || is_chosen().to_string()
                    tabindex=move || tab_stop(is_chosen(), false)
                    on:click=move |_| {
                        chosen.set(name);
                        request_animation_frame(|| {
                            page::reveal("[role=tab][aria-selected=true]", Place::Nearest);
                            page::reveal(".tab-panel", Place::Top);
                        });
                    }
                >
                    {tab.label}
                </button>
            }
            .into_any()
        })
        .collect_view();
    let part = move || {
        let name = chosen.get();
        let drawn = tabs.iter().find(|tab| tab.name == name).map(|tab| tab.draw.run(()));
        view! {
            <div role="tabpanel" class="tab-panel" id=format!("panel-{name}") aria-labelledby=format!("tab-{name}") tabindex="0">
                {drawn}
            </div>
        }
        .into_any()
    };
    view! {
        <div>
            <div role="tablist" class="tablist" aria-label=label>{buttons}</div>
            {move || part()}
        </div>
    }
    .into_any()
}
