//! A button that deletes something for good, and asks before it does.

use leptos::prelude::*;

use crate::browser::page;
use crate::ui::button::Button;

/// What is done once the learner is sure.
pub struct OnDelete(Box<dyn Fn()>);

impl<F: Fn() + 'static> From<F> for OnDelete {
    fn from(act: F) -> OnDelete {
        OnDelete(Box::new(act))
    }
}

/// The button, and what it asks.
#[component]
pub fn Deleting(
    /// What it is found by, the only one on the page.
    #[prop(into)]
    id: String,
    label: &'static str,
    /// What is deleted, for who hears the button without what stands beside it.
    #[prop(optional, into)]
    about: String,
    question: &'static str,
    #[prop(into)] on_delete: OnDelete,
) -> impl IntoView {
    let asks = RwSignal::new(false);
    let (button_id, keep_id) = (format!("{id}-delete"), format!("{id}-keep"));
    let ask = {
        let keep = format!("#{keep_id}");
        move |_| {
            asks.set(true);
            let keep = keep.clone();
            page::once_drawn(move || page::focus_in_sight(&keep));
        }
    };
    let keep = {
        let button = format!("#{button_id}");
        move |_| {
            asks.set(false);
            let button = button.clone();
            page::once_drawn(move || page::focus_in_sight(&button));
        }
    };
    let on_delete = StoredValue::new_local(on_delete);
    let delete = move || {
        asks.set(false);
        on_delete.with_value(|act| (act.0)());
    };
    let shown = move || {
        match asks.get() {
        false => view! {
            <button type="button" class="quiet" id=button_id.clone() data-testid="delete" on:click=ask.clone()>
                {label} <span class="hidden">{about.clone()}</span>
            </button>
        }
        .into_any(),
        true => view! {
            <div class="notice" role="alert">
                <p>{question}</p>
                <div class="actions">
                    <Button class="plain danger" test_id="delete-really" label="Delete" on_press=delete />
                    <button type="button" class="plain" id=keep_id.clone() data-testid="delete-keep" on:click=keep.clone()>"Keep"</button>
                </div>
            </div>
        }
        .into_any(),
    }
    };
    view! { {move || shown()} }
}
