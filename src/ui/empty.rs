//! A place where there is nothing, and the way on from there.

use leptos::prelude::*;

/// Nothing is here: why, and where to go.
#[component]
pub fn Empty(#[prop(into)] title: String, #[prop(into)] text: String, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <h1 tabindex="-1">{title}</h1>
            <p>{text}</p>
            <div class="actions">{children()}</div>
        </div>
    }
}
