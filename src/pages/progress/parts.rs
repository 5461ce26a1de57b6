//! Pieces that the sections of this page are made of.

use leptos::prelude::*;

pub use crate::browser::language::counted;

/// A section with its heading.
pub fn section(name: &'static str, title: &'static str, inside: impl IntoIterator<Item = AnyView>) -> AnyView {
    view! { <section data-testid=name><h2>{title}</h2>{inside.collect_view()}</section> }.into_any()
}

/// What a reader should know about numbers.
pub fn note(text: impl Into<String>) -> AnyView {
    view! { <p class="note">{text.into()}</p> }.into_any()
}

/// What a row is about.
pub fn name(label: impl Into<String>) -> AnyView {
    view! { <span class="name">{label.into()}</span> }.into_any()
}

/// Rows of numbers.
pub fn measures(rows: impl IntoIterator<Item = AnyView>) -> AnyView {
    view! { <div class="measures">{rows.collect_view()}</div> }.into_any()
}
