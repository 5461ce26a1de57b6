//! An address that leads nowhere.

use leptos::prelude::*;

use crate::browser::page;
use crate::routes;
use crate::ui::empty::Empty;

/// The page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    page::set_title("Not found");
    view! {
        <main id="main" data-testid="page-not-found">
            <Empty title="There is nothing here." text="There may be a mistake in the address. Your answers are safe.">
                <a class="go" href=routes::TODAY>"Today"</a>
                <a class="quiet" href=routes::PROBLEMS>"All problems"</a>
            </Empty>
        </main>
    }
}
