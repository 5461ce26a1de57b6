//! The compiler for this device: what it is, getting it, and removing it.
//!
//! It is offered on many pages, and is the same on all: so these widgets read the context themselves, as no other one does.

use leptos::prelude::*;
use quiz::device::manifest::Manifest;

use crate::browser::language::{megabytes, number};
use crate::browser::page;
use crate::state::device::{Device, Presence};
use crate::state::use_app;
use crate::ui::button::Button;

/// Where something is to come that depends on whether the compiler is here: a screen high, so that nothing in sight stands below it
/// and is pushed away.
#[component]
pub fn CompilerAwaited() -> impl IntoView {
    use_app().device.look();
    view! { <div class="awaited"></div> }
}

/// Offers the compiler where it is not here, and shows how far its download is. Nothing, where it is here or there is none.
#[component]
pub fn CompilerOffer() -> impl IntoView {
    let device = use_app().device;
    device.look();
    let stage = Memo::new(move |_| match device.presence().get() {
        Presence::Unknown | Presence::NotOffered | Presence::Here => None,
        Presence::Downloading(_) => Some(true),
        Presence::Absent(_) => Some(false),
    });
    let shown = move || match (stage.get(), device.manifest()) {
        (Some(is_downloading), Some(manifest)) => view! {
            <section class="notice offer" aria-label="Compiler for this device" data-testid="compiler-offer">
                {if is_downloading { progress(device, &manifest) } else { offer(device, &manifest) }}
                <Trouble device />
            </section>
        }
        .into_any(),
        _ => {
            hand_focus_on();
            ().into_any()
        }
    };
    view! { {move || shown()} }
}

/// To what comes in place of a download: that ends by itself, no key has taken its button away.
pub fn hand_focus_on() {
    if page::has_focus("#compiler-cancel") {
        page::once_drawn(|| page::focus("#run, #compiler"));
    }
}

fn offer(device: Device, manifest: &Manifest) -> AnyView {
    let size = megabytes(manifest.packed());
    let (here, other) = match device.presence().get() {
        Presence::Absent(here) => (here.bytes, here.other),
        _ => (0, false),
    };
    let words = match (here, other) {
        (0, false) => format!(
            "Get the Rust compiler for this device. It compiles your programs, runs your tests and finds undefined behaviour, here and without a network. It is downloaded once: {size}."
        ),
        (0, true) => format!(
            "This release of the app needs another compiler: {size}. The one that you have stays until the new one is here."
        ),
        (bytes, _) => format!("{} of {size} are here. The download goes on from there.", megabytes(u64::from(bytes))),
    };
    let label = if here > 0 { "Go on downloading".to_owned() } else { format!("Download ({size})") };
    view! {
        <p>{words}</p>
        <div class="actions">
            <Button class="plain" id="compiler-download" test_id="compiler-download" label on_press=move || device.download() />
        </div>
    }
    .into_any()
}

fn progress(device: Device, manifest: &Manifest) -> AnyView {
    let all = manifest.packed();
    let bytes = Memo::new(move |_| match device.presence().get() {
        Presence::Downloading(bytes) => u64::from(bytes),
        _ => 0,
    });
    let words = move || format!("Downloading the compiler: {} of {}", megabytes(bytes.get()), megabytes(all));
    view! {
        <p id="compiler-words">{move || words()}</p>
        <progress
            data-testid="compiler-progress"
            aria-labelledby="compiler-words"
            max=all.to_string()
            prop:value=move || bytes.get().to_string()
        ></progress>
        <div class="actions">
            <Button class="plain" id="compiler-cancel" test_id="compiler-cancel" label="Cancel" on_press=move || device.cancel() />
        </div>
        <p class="note">"You can go on using this page. If you cancel, or lose the connection, what is here is kept."</p>
    }
    .into_any()
}

#[component]
fn Trouble(device: Device) -> impl IntoView {
    let trouble = device.trouble();
    view! { <p class="nudge" role="alert" data-testid="compiler-trouble">{move || trouble.get()}</p> }
}

/// What the settings say of it.
#[component]
pub fn CompilerSettings() -> impl IntoView {
    let device = use_app().device;
    device.look();
    let stage = Memo::new(move |_| match device.presence().get() {
        Presence::Unknown => None,
        Presence::NotOffered => Some(false),
        Presence::Absent(_) | Presence::Downloading(_) | Presence::Here => Some(true),
    });
    let state = move || {
        match stage.get() {
        None => ().into_any(),
        Some(false) => view! { <p>"There is no compiler for your device here. If the network was away, open this page once more."</p> }.into_any(),
        Some(true) => view! { <Kept device /> <CompilerOffer /> {licences(device)} }.into_any(),
    }
    };
    view! {
        <section data-testid="compiler-settings">
            <h2 id="compiler" tabindex="-1">"Compiler on this device"</h2>
            {move || state()}
        </section>
    }
}

/// That it is here, and the way to remove it.
#[component]
fn Kept(device: Device) -> impl IntoView {
    let shown = move || {
        let manifest = device.manifest().filter(|_| device.presence().get() == Presence::Here)?;
        let remove = move || {
            device.remove();
            page::focus("#compiler");
        };
        let words = format!(
            "It is here: {}, in {} files, {}.",
            manifest.name,
            number(manifest.files.len()),
            megabytes(manifest.packed())
        );
        let view = view! {
            <p data-testid="compiler-here">{words}</p>
            <div class="actions">
                <Button class="plain" test_id="compiler-remove" label="Remove it" on_press=remove />
            </div>
        };
        Some(view.into_any())
    };
    view! { {move || shown()} }
}

fn licences(device: Device) -> Option<AnyView> {
    let manifest = device.manifest()?;
    let view = view! {
        <p class="note">
            "Made of rustc, Miri and the standard library of Rust, by others. "
            // Not a page of the app.
            <a rel="external" data-testid="licences" href=manifest.licences.clone()>"Their licences"</a> "."
        </p>
    };
    Some(view.into_any())
}
