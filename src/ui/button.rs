//! A button with words on it.

use leptos::prelude::*;

/// What a button does.
///
/// It is boxed here, once: a page with twenty buttons needs the code of one.
pub struct OnPress(Box<dyn Fn()>);

impl<F: Fn() + 'static> From<F> for OnPress {
    fn from(act: F) -> OnPress {
        OnPress(Box::new(act))
    }
}

/// A button that does something at once. What is chosen or picked has elements of its own.
#[component]
pub fn Button(
    /// Its style class: `go` for what comes next, `plain` or `quiet` for the rest.
    class: &'static str,
    /// What the focus finds it by.
    #[prop(optional)]
    id: Option<&'static str>,
    /// What tests find it by.
    #[prop(optional)]
    test_id: Option<&'static str>,
    #[prop(into)] label: String,
    #[prop(into)] on_press: OnPress,
) -> impl IntoView {
    view! { <button type="button" id=id class=class data-testid=test_id on:click=move |_| (on_press.0)()>{label}</button> }
}
