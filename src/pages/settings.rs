//! Settings: theme, data, and about.

use leptos::prelude::*;
use quiz::journal::SetAside;
use quiz::learner::memory::{LEAST_RETENTION, MOST_RETENTION};

use crate::browser::{files, page, storage};
use crate::live::{Cell, Live};
use crate::pages::gate::with_catalog;
use crate::pages::today::readiness_in_words;
use crate::state::offline::Readiness;
use crate::state::settings::Theme;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::dynamic::{dynamic, dynamic_text, list, optional};

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    page::set_title("Settings");
    let app = use_app();
    view! {
        <main id="main" class="settings" data-testid="page-settings">
            <h1 tabindex="-1">"Settings"</h1>
            <ThemeChoice app />
            <Practising app />
            <Data app />
            <Kept app />
            <Unread app />
            <OfflineState app />
            <About />
        </main>
    }
}

#[component]
fn ThemeChoice(app: AppState) -> impl IntoView {
    let buttons = list(Theme::ALL.map(|theme| {
        view! {
            <button
                type="button"
                role="radio"
                data-testid=format!("theme-{}", theme.label().to_ascii_lowercase())
                aria-checked=move || (app.settings.chosen().read().theme == theme).to_string()
                on:click=move |_| app.settings.change(|chosen| chosen.theme = theme)
            >
                {theme.label()}
            </button>
        }
    }));
    view! {
        <section>
            <h2>"Theme"</h2>
            <div class="segments" role="radiogroup" aria-label="Theme">{buttons}</div>
        </section>
    }
}

/// How often what is known comes back, and whether confidence is asked for.
#[component]
fn Practising(app: AppState) -> impl IntoView {
    let chosen = app.settings.chosen();
    let retention = Live::derived(move || chosen.read().retention);
    let told = dynamic_text(move || {
        // What lasts for a month makes the difference plain.
        let days = chosen.read().scheduler().interval(30.0);
        format!(
            "{} %: what you would know for a month with a chance of 90 % comes back after {days} days.",
            retention.get()
        )
    });
    let set = move |event| {
        if let Ok(retention) = event_target_value(&event).parse() {
            app.settings.change(|chosen| chosen.retention = retention);
        }
    };
    let asks = move |event| {
        let asks = event_target_checked(&event);
        app.settings.change(|chosen| chosen.asks_confidence = asks);
    };
    view! {
        <section>
            <h2>"Practice"</h2>
            <label class="slider">
                <span>"How much of what is due you want to know"</span>
                <input
                    type="range"
                    data-testid="retention"
                    min=(LEAST_RETENTION * 100.0).round()
                    max=(MOST_RETENTION * 100.0).round()
                    prop:value=move || retention.get().to_string()
                    on:input=set
                />
            </label>
            <p class="note" role="status" data-testid="retention-said">{told}</p>
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="asks-confidence"
                    prop:checked=move || chosen.read().asks_confidence
                    on:change=asks
                />
                <span>"Ask how sure I am with each answer"</span>
            </label>
        </section>
    }
}

/// Whether the browser keeps the answers, and how much room they take.
#[component]
fn Kept(app: AppState) -> impl IntoView {
    let words = dynamic_text(move || {
        app.progress.log().read();
        let taken = size_in_words(storage::taken());
        let promise = match app.keeping.promised().get() {
            Some(true) => "The browser has promised to keep them.",
            Some(false) => {
                "The browser may delete them when space runs short, some after a week without a visit. An export is safe."
            }
            None => "This browser does not say whether it keeps them. An export is safe.",
        };
        format!("Your answers take {taken} of the 5 MB that browsers give a site. {promise}")
    });
    let ask = dynamic(move || {
        optional((app.keeping.promised().get() == Some(false)).then(|| {
            view! {
                <div class="actions">
                    <Button class="plain" test_id="ask-to-keep" label="Ask the browser to keep them" on_press=move || app.keeping.ask() />
                </div>
            }
        }))
    });
    view! {
        <section>
            <h2>"Kept safe"</h2>
            <p data-testid="kept">{words}</p>
            {ask}
        </section>
    }
}

/// `12 kB`.
fn size_in_words(bytes: usize) -> String {
    match bytes {
        ..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{:.1} MB", bytes as f32 / 1e6),
    }
}

#[component]
fn Data(app: AppState) -> impl IntoView {
    let said = Cell::new(String::new());
    let erasing = Cell::new(false);
    let count = dynamic_text(move || match app.progress.log().read().len() {
        0 => "No answers yet.".to_owned(),
        1 => "One answer is stored in this browser.".to_owned(),
        many => format!("{many} answers are stored in this browser."),
    });
    let export = move || match app.progress.export() {
        Ok(()) => said.set("Exported. Keep the file; importing it anywhere adds what is missing there.".to_owned()),
        Err(why) => said.set(format!("The export did not work: {why}.")),
    };
    let import = move |event| {
        leptos::task::spawn_local(async move {
            let text = files::picked(event).await;
            let result = text.and_then(|text| app.progress.preview_import(&text)).and_then(|preview| {
                let (new, known, damaged) = (preview.new, preview.known, preview.damaged);
                app.progress.import(preview).map(|_| (new, known, damaged))
            });
            let words = result.map_or_else(
                |why| why,
                |done| match done {
                    (new, known, 0) => format!("Imported: {new} new answers; {known} were here already."),
                    (new, known, damaged) => format!(
                        "Imported: {new} new answers; {known} were here already; {damaged} could not be read, so keep the file."
                    ),
                },
            );
            said.set(words);
        });
    };
    let erase = move || {
        let done = app.progress.erase();
        said.set(
            done.map_or_else(|why| format!("Nothing was erased: {why}."), |()| "All answers were erased.".to_owned()),
        );
        erasing.set(false);
    };
    let really = dynamic(move || {
        optional(erasing.get().then(|| {
            view! {
            <div class="notice" role="alert">
                <p>"This erases every answer in this browser, for good. Export first if you may want them back."</p>
                <div class="actions">
                    <Button class="quiet danger" test_id="erase-really" label="Erase" on_press=erase />
                    <Button class="quiet" label="Keep them" on_press=move || erasing.set(false) />
                </div>
            </div>
            }
        }))
    });
    view! {
        <section>
            <h2>"Your data"</h2>
            <p data-testid="answer-count">{count}</p>
            <p class="note">"Nothing leaves this device. An export is a JSON file; an import adds to what is here and replaces nothing."</p>
            <div class="actions">
                <Button class="plain" test_id="export" label="Export" on_press=export />
                <label class="plain button">
                    "Import"
                    <input type="file" class="hidden" data-testid="import" accept="application/json,.json" on:change=import />
                </label>
                <Button class="quiet" test_id="erase" label="Erase all answers" on_press=move || erasing.set(true) />
            </div>
            <p role="status" data-testid="data-said">{dynamic_text(move || said.get())}</p>
            {really}
        </section>
    }
}

#[component]
fn Unread(app: AppState) -> impl IntoView {
    let export = move || {
        let _ = app.progress.export_set_aside();
    };
    let item = |value: SetAside| {
        let why = value.why.to_string();
        view! { <li><code>{value.key}</code> ": " {why}</li> }
    };
    dynamic(move || {
        let values = app.progress.set_aside().get();
        optional((!values.is_empty()).then(|| {
            view! {
                <section>
                    <h2>"Could not be read"</h2>
                    <p>"These stored values are left exactly as they are."</p>
                    <ul class="plain-list" data-testid="unread">{list(values.into_iter().map(item))}</ul>
                    <div class="actions">
                        <Button class="plain" label="Export as stored" on_press=export />
                    </div>
                </section>
            }
        }))
    })
}

#[component]
fn OfflineState(app: AppState) -> impl IntoView {
    let words = dynamic_text(move || match app.offline.readiness().get() {
        Readiness::Unknown => "Not stored yet.".to_owned(),
        Readiness::Failed(why) => format!("Not stored for offline use: {why}. Everything else works."),
        Readiness::Ready => {
            "Ready to work offline. Add the page to your home screen to open it like an app.".to_owned()
        }
        storing => readiness_in_words(&storing),
    });
    view! {
        <section>
            <h2>"Offline"</h2>
            <p data-testid="offline-status">{words}</p>
        </section>
    }
}

#[component]
fn About() -> impl IntoView {
    let release = page::meta("release").unwrap_or_else(|| "development build".to_owned());
    view! {
        <section>
            <h2>"About"</h2>
            {with_catalog(move |catalog| {
                let count = catalog.problems.len();
                view! {
                    <p>
                        {format!("{count} problems. Every program in them was compiled, and run where it runs, with ")}
                        <code data-testid="toolchain">{catalog.toolchain.clone()}</code>
                        {catalog.miri.clone().map(|miri| format!(", and looked at by {miri}"))} "."
                    </p>
                }
                .into_any()
            })}
            <p class="note">"Release " <code>{release}</code></p>
            <p class="note">"Press " <kbd>"?"</kbd> " anywhere for the keys."</p>
        </section>
    }
}
