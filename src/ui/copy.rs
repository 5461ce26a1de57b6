//! A button that copies a text, and says whether it did.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::button::Button;
use crate::browser::clipboard;

/// What a button that copies is called, to learners and to tests, and what it says.
#[derive(Clone, Copy)]
pub struct CopyWords {
    /// On the button.
    pub label: &'static str,
    /// How tests find the button.
    pub test_id: &'static str,
    /// How tests find what is said.
    pub said_id: &'static str,
    /// When it is done.
    pub copied: &'static str,
    /// What else the learner can do.
    pub by_hand: &'static str,
    /// Whether the text is shown to be copied by hand.
    pub is_shown: bool,
}

/// The button; what it said goes away when the text changes.
#[component]
pub fn CopyButton(#[prop(into)] text: Signal<String>, words: CopyWords) -> impl IntoView {
    let said = RwSignal::new("");
    Effect::new(move || {
        text.track();
        said.set("");
    });
    let copy = move || {
        let copying = clipboard::copy(&text.read_untracked());
        spawn_local(async move {
            let told = if copying.await.is_ok() { words.copied } else { words.by_hand };
            // The button may be gone by now.
            let _ = said.try_set(told);
        });
    };
    view! {
        <Button class="plain" test_id=words.test_id label=words.label on_press=copy />
        <p class="note" role="status" data-testid=words.said_id>{move || said.get().to_owned()}</p>
        {move || (words.is_shown && said.get() == words.by_hand).then(|| view! { <p class="plain-list" data-testid="by-hand">{text.get()}</p> }.into_any())}
    }
}
