//! The service worker: whether the app can work offline, and whether a newer release waits.

use std::cell::RefCell;

use gloo_events::EventListener;
use js_sys::Reflect;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    EventTarget, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

use super::{said, window};

/// What the service worker is at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A release is being stored for offline use: so many files of so many are there.
    Progress {
        /// Files stored.
        done: u32,
        /// Files in all.
        total: u32,
    },
    /// Everything is there: the app works without a network.
    Ready,
    /// A newer release is there completely and waits to be let in.
    UpdateWaiting,
    /// The release could not be stored.
    Failed(String),
}

thread_local! {
    static WAITING: RefCell<Option<ServiceWorker>> = const { RefCell::new(None) };
    /// They listen for as long as the page lives: a newer release may be found at any time, and a worker change its state.
    static LISTENERS: RefCell<Vec<EventListener>> = const { RefCell::new(Vec::new()) };
}

/// Registers `sw.js` and reports what becomes of it for as long as the page lives.
pub async fn register(report: impl Fn(Event) + Clone + 'static) {
    let Some(container) = container() else {
        report(Event::Failed("this browser does not store pages, or the address does not begin with https".to_owned()));
        return;
    };
    listen_to_messages(&container, report.clone());
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    match JsFuture::from(container.register_with_options("sw.js", &options)).await {
        Ok(registration) => watch(&container, registration.unchecked_into(), report),
        Err(error) => report_known_or_failed(&container, &error, report).await,
    }
}

/// Offline the worker's own file cannot be fetched; a worker that was registered before goes on working.
async fn report_known_or_failed(
    container: &ServiceWorkerContainer,
    error: &JsValue,
    report: impl Fn(Event) + Clone + 'static,
) {
    let known = JsFuture::from(container.get_registration()).await.ok();
    match known.and_then(|known| known.dyn_into::<ServiceWorkerRegistration>().ok()) {
        Some(registration) => watch(container, registration, report),
        None => report(Event::Failed(said(error))),
    }
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let there = Reflect::get(&navigator, &"serviceWorker".into()).is_ok_and(|value| value.is_object());
    there.then(|| navigator.service_worker())
}

fn watch(
    container: &ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
    report: impl Fn(Event) + Clone + 'static,
) {
    tell_when_ready(container, report.clone());
    if container.controller().is_some() {
        find_newer(&registration, &report);
    } else if let Some(installing) = registration.active().and(registration.installing()) {
        follow(installing, report.clone());
    }
    let found = registration.clone();
    listen(&registration, "updatefound", move |_| find_newer(&found, &report));
}

/// Reports the newer release, as soon as it is there completely. A busy page hears of it late: it may have come in the meantime.
fn find_newer(registration: &ServiceWorkerRegistration, report: &(impl Fn(Event) + Clone + 'static)) {
    // One that comes when none is active is no update.
    if registration.active().is_none() {
        return;
    }
    if let Some(waiting) = registration.waiting() {
        wait(waiting, report);
    }
    if let Some(installing) = registration.installing() {
        follow(installing, report.clone());
    }
}

/// In whatever state the worker is when this page comes: what is active has stored everything.
fn tell_when_ready(container: &ServiceWorkerContainer, report: impl Fn(Event) + 'static) {
    let Ok(ready) = container.ready() else { return };
    spawn_local(async move {
        if JsFuture::from(ready).await.is_ok() {
            report(Event::Ready);
        }
    });
}

fn follow(worker: ServiceWorker, report: impl Fn(Event) + 'static) {
    let followed = worker.clone();
    listen(&worker, "statechange", move |_| {
        if followed.state() == ServiceWorkerState::Installed {
            wait(followed.clone(), &report);
        }
    });
}

fn listen(target: &EventTarget, kind: &'static str, hear: impl FnMut(&web_sys::Event) + 'static) {
    let listener = EventListener::new(target, kind, hear);
    LISTENERS.with_borrow_mut(|listeners| listeners.push(listener));
}

fn wait(worker: ServiceWorker, report: &impl Fn(Event)) {
    WAITING.set(Some(worker));
    report(Event::UpdateWaiting);
}

fn listen_to_messages(container: &ServiceWorkerContainer, report: impl Fn(Event) + 'static) {
    listen(container, "message", move |message| {
        let data = message.unchecked_ref::<MessageEvent>().data();
        let text = |name: &str| Reflect::get(&data, &name.into()).ok()?.as_string();
        let number = |name: &str| Reflect::get(&data, &name.into()).ok()?.as_f64().map(|number| number as u32);
        match text("type").as_deref() {
            Some("progress") => {
                let (done, total) = (number("done").unwrap_or(0), number("total").unwrap_or(0));
                report(Event::Progress { done, total });
            }
            Some("failed") => report(Event::Failed(text("why").unwrap_or_default())),
            _ => {}
        }
    });
}

/// Lets the waiting release in; the page reloads when it has taken over.
pub fn let_update_in() {
    // Another tab may have let it in: then there is nothing to wait for.
    let waiting = WAITING.take().filter(|worker| worker.state() == ServiceWorkerState::Installed);
    let (Some(container), Some(worker)) = (container(), waiting) else {
        super::page::reload();
        return;
    };
    listen(&container, "controllerchange", |_| super::page::reload());
    let message = js_sys::Object::new();
    let _ = Reflect::set(&message, &"type".into(), &"activate".into());
    let _ = worker.post_message(&message);
}

/// Asks the host whether there is a newer release. Browsers do so by themselves when a page is loaded, and an installed app may not
/// be for weeks.
pub async fn look_for_update() {
    let Some(container) = container() else { return };
    let known = JsFuture::from(container.get_registration()).await.ok();
    let Some(registration) = known.and_then(|known| known.dyn_into::<ServiceWorkerRegistration>().ok()) else { return };
    if let Ok(looking) = registration.update() {
        // Without a network there is nothing to find.
        let _ = JsFuture::from(looking).await;
    }
}
