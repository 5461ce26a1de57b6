//! The link to the Rust Playground. Like the references it needs a network, and says so.

use leptos::prelude::*;
use quiz::problem::{Edition, Program};
use quiz::receipt;

use crate::browser::page;

/// The Rust Playground without a program.
pub const PLAYGROUND: &str = "https://play.rust-lang.org/";

/// The address that opens a program in the Rust Playground.
pub fn address(code: &str, edition: Edition) -> String {
    let (code, edition) = (page::encoded(code), edition.year());
    format!("{PLAYGROUND}?version=stable&mode=debug&edition={edition}&code={code}")
}

/// A link that opens a program in the Rust Playground.
#[component]
pub fn PlaygroundLink(program: Program) -> impl IntoView {
    let address = address(program.compiled_source(), program.edition);
    view! {
        <a class="outside" href=address rel="external noopener" target="_blank">
            "Open in the Rust Playground"
        </a>
    }
}

/// Under a program: what the compiler said of it in a few words, and the link.
#[component]
pub fn Proof(program: Program) -> impl IntoView {
    let judgement = receipt::in_a_few_words(&program.verdict);
    view! {
        <figcaption class="proof">
            <span>{judgement}</span>
            <PlaygroundLink program />
        </figcaption>
    }
}
