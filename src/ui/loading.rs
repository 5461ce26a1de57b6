//! What takes longer than a blink says so; what fails says what happened and what to do.

use leptos::prelude::*;

use super::button::Button;
use crate::state::progress::Saving;

/// Something is on its way.
#[component]
pub fn Loading(#[prop(into)] what: String) -> impl IntoView {
    view! {
        // boot.mjs lets the app take over once there is none.
        <div class="loading" role="status" data-loading>
            <p>{what}</p>
            <progress aria-label="Loading"></progress>
        </div>
    }
}

/// Something could not be loaded.
#[component]
pub fn LoadFailed(
    #[prop(into)] what: String,
    why: String,
    saving: RwSignal<Saving>,
    on_retry: Callback<()>,
) -> impl IntoView {
    let is_stored = move || *saving.read() == Saving::Works;
    view! {
        <div class="failed" role="alert" data-testid="load-failed">
            <h2>{what}</h2>
            <p>{why}</p>
            <p>{move || is_stored().then_some("Your answers are stored in this browser. Nothing is lost.")}</p>
            <div class="actions">
                <Button class="go" test_id="retry" label="Try again" on_press=move || on_retry.run(()) />
            </div>
        </div>
    }
}
