//! Pages that support what is said.

use leptos::prelude::*;
use quiz::problem::Reference;

/// Their titles as links; nothing if there are none.
#[component]
pub fn References(references: Vec<Reference>) -> impl IntoView {
    if references.is_empty() {
        return ().into_any();
    }
    let item = |Reference { address, title }| {
        view! { <li><a class="outside" data-testid="reference" href=address.to_string() rel="external noopener" target="_blank">{title}</a></li> }
            .into_any()
    };
    view! {
        <section class="references">
            <h2>"References"</h2>
            <ul class="links">{references.into_iter().map(item).collect_view()}</ul>
            <p class="note">"Links marked ↗ leave the app and need a network."</p>
        </section>
    }
    .into_any()
}
