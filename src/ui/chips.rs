//! Conditions as chips: a row of buttons that open what there is to choose from, and what is chosen, to be taken back.
//!
//! The buttons are disclosures as the ARIA Authoring Practices have them; what they open are toggle buttons. Escape closes.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::listing::{Conditions, Facet, Known};
use quiz::search::Texts;

use crate::browser::page;
use crate::state::library::Load;

/// A button that opens choices.
#[derive(Clone, Copy, Debug)]
pub struct Menu {
    /// What it is found by.
    name: &'static str,
    label: &'static str,
    facets: &'static [Facet],
}

/// What the catalog tells by itself.
pub const OF_CATALOG: &[Menu] = &[TOPIC, KIND, LEVEL];
/// All that a list can be narrowed by.
pub const ALL: &[Menu] = &[TOPIC, KIND, LEVEL, STATUS, MORE];

const TOPIC: Menu = Menu { name: "topic", label: "Topic", facets: &[Facet::Topic] };
const KIND: Menu = Menu { name: "kind", label: "Kind", facets: &[Facet::Kind] };
const LEVEL: Menu = Menu { name: "level", label: "Level", facets: &[Facet::Level] };
const STATUS: Menu = Menu { name: "standing", label: "Status", facets: &[Facet::Standing] };
const MORE: Menu = Menu { name: "more", label: "More", facets: &[Facet::Crate, Facet::Code] };

impl Menu {
    /// The id of its button.
    fn id(self) -> String {
        format!("menu-{}", self.name)
    }

    /// The id of what it opens.
    fn panel(self) -> String {
        format!("choices-{}", self.name)
    }
}

/// The conditions, and the way to change them.
#[component]
pub fn Chips(
    menus: &'static [Menu],
    catalog: StoredValue<Arc<Catalog>>,
    /// They tell which crates and errors there are.
    texts: ReadSignal<Option<Load<Texts>>>,
    /// What is known of each problem, where that decides what there is to choose from.
    #[prop(optional)]
    known: Option<Memo<Vec<Known>>>,
    conditions: Memo<Conditions>,
    /// Choices are about to be shown.
    on_open: Callback<()>,
    on_change: Callback<Conditions>,
) -> impl IntoView {
    let open = RwSignal::new(None::<&'static str>);
    let choose = Callback::new(move |(facet, choice): (Facet, Option<String>)| {
        let mut changed = conditions.get_untracked();
        changed.choose(facet, choice.as_deref());
        open.set(None);
        on_change.run(changed);
        focus_menu_of(menus, facet);
    });
    let menu = |menu: &Menu| {
        let menu = *menu;
        let panel = move || view! { <Panel menu catalog texts known conditions on_choose=choose /> }.into_any();
        let toggle = move |_| {
            let opens = open.get_untracked() != Some(menu.name);
            open.set(opens.then_some(menu.name));
            if opens {
                on_open.run(());
            }
        };
        let is_open = Memo::new(move |_| open.get() == Some(menu.name));
        view! {
            <button
                type="button"
                id=menu.id()
                class="chip opens"
                data-testid=format!("filter-{}", menu.name)
                aria-expanded=move || is_open.get().to_string()
                aria-controls=menu.panel()
                on:click=toggle
            >
                {menu.label}
            </button>
            {move || is_open.get().then(panel)}
        }
        .into_any()
    };
    let close = move || {
        if let Some(name) = open.get_untracked() {
            open.set(None);
            page::focus(&format!("#menu-{name}"));
        }
    };
    view! {
        <div
            class="chips"
            role="group"
            aria-label="Show only"
            on:keydown=move |event| if event.key() == "Escape" { close() }
        >
            {menus.iter().map(menu).collect_view()}
        </div>
        <Chosen conditions on_choose=choose />
    }
}

/// Moves the focus to the button that opens the choices of a facet, or else to the first one.
fn focus_menu_of(menus: &'static [Menu], facet: Facet) {
    let menu = menus.iter().find(|menu| menu.facets.contains(&facet)).or(menus.first());
    if let Some(menu) = menu {
        page::focus(&format!("#{}", menu.id()));
    }
}

/// What a menu opens.
#[component]
fn Panel(
    menu: Menu,
    catalog: StoredValue<Arc<Catalog>>,
    texts: ReadSignal<Option<Load<Texts>>>,
    known: Option<Memo<Vec<Known>>>,
    conditions: Memo<Conditions>,
    on_choose: Callback<(Facet, Option<String>)>,
) -> impl IntoView {
    let choices = move |facet: Facet| {
        let known = known.map(|known| known.get()).unwrap_or_default();
        match &*texts.read() {
            Some(Load::Ready(texts)) => facet.choices(&catalog.get_value(), texts, &known),
            None | Some(Load::Loading | Load::Failed(_)) => {
                facet.choices(&catalog.get_value(), &Texts::default(), &known)
            }
        }
    };
    let group = move |facet: &Facet| {
        let facet = *facet;
        let toggles = move || {
            let choices = choices(facet);
            if choices.is_empty() {
                return view! { <p class="note">"Not known yet."</p> }.into_any();
            }
            let toggle = |choice| toggle(facet, choice, conditions, on_choose);
            choices.into_iter().map(toggle).collect_view().into_any()
        };
        let name = (menu.facets.len() > 1).then(|| view! { <p class="note">{facet.label()}</p> });
        view! { {name} <div class="choices" role="group" aria-label=facet.label()>{move || toggles()}</div> }.into_any()
    };
    view! { <div id=menu.panel() class="panel" data-testid="choices">{menu.facets.iter().map(group).collect_view()}</div> }
}

fn toggle(
    facet: Facet,
    choice: String,
    conditions: Memo<Conditions>,
    on_choose: Callback<(Facet, Option<String>)>,
) -> AnyView {
    let label = facet.label_of(&choice);
    let (own, value) = (choice.clone(), choice.clone());
    let is_chosen = Memo::new(move |_| conditions.read().chosen(facet) == Some(own.as_str()));
    let press = move |_| on_choose.run((facet, (!is_chosen.get_untracked()).then(|| choice.clone())));
    view! {
        <button
            type="button"
            class="chip"
            data-testid="choice"
            data-value=value
            aria-pressed=move || is_chosen.get().to_string()
            on:click=press
        >
            {label}
        </button>
    }
    .into_any()
}

/// What is chosen; a press takes it back.
#[component]
fn Chosen(conditions: Memo<Conditions>, on_choose: Callback<(Facet, Option<String>)>) -> impl IntoView {
    let chip = move |facet: Facet| {
        let label = conditions.read().chosen(facet).map(|choice| facet.label_of(choice))?;
        let chip = view! {
            <button
                type="button"
                class="chip chosen"
                data-testid="chosen"
                data-facet=facet.name()
                on:click=move |_| on_choose.run((facet, None))
            >
                <span class="hidden">"Remove "</span>
                {label}
                <span aria-hidden="true">"×"</span>
            </button>
        };
        Some(chip.into_any())
    };
    let chips = move || {
        let chips: Vec<AnyView> = Facet::ALL.into_iter().filter_map(chip).collect();
        (!chips.is_empty()).then(|| view! { <div class="chips">{chips}</div> }.into_any())
    };
    view! { {move || chips()} }
}
