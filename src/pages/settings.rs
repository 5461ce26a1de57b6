//! Settings: theme, data, and about.

mod anew;
mod data;
mod fitting;

use leptos::ev::DragEvent;
use leptos::prelude::*;
use quiz::journal::Quarantined;
use quiz::learner::memory::{LEAST_RETENTION, MOST_RETENTION};
use quiz::practice::MOST_NEW_A_DAY;

use crate::browser::{files, page, storage};
use crate::pages::gate::with_catalog;
use crate::pages::placement::LevelChoice;
use crate::pages::today::readiness_in_words;
use crate::routes;
use crate::state::offline::Readiness;
use crate::state::settings::{Chosen, Theme};
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::radio::tab_stop;
use data::{Data, Exchange};
use fitting::FitToMe;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    page::set_title("Settings");
    let app = use_app();
    let exchange = Exchange::new(app);
    let on_drop = move |event: DragEvent| {
        if files::drags_file(&event) {
            exchange.look_at(files::dropped(&event));
        }
    };
    let on_drag = |event: DragEvent| _ = files::drags_file(&event);
    view! {
        <main
            id="main"
            class="settings"
            data-testid="page-settings"
            on:dragenter=on_drag
            on:dragover=on_drag
            on:drop=on_drop
        >
            <h1 tabindex="-1">"Settings"</h1>
            <ThemeChoice app />
            <Practising app />
            {with_catalog(move |catalog| view! { <FitToMe app catalog /> }.into_any())}
            <Data app exchange />
            <Kept app />
            <Unread app />
            <OfflineState app />
            <About />
        </main>
    }
}

#[component]
fn ThemeChoice(app: AppState) -> impl IntoView {
    let buttons = Theme::ALL.map(|theme| {
        view! {
            <button
                type="button"
                role="radio"
                data-testid=format!("theme-{}", theme.label().to_ascii_lowercase())
                aria-checked=move || (app.settings.chosen().read().theme == theme).to_string()
                tabindex=move || tab_stop(app.settings.chosen().read().theme == theme, false)
                on:click=move |_| app.settings.change(|chosen| chosen.theme = theme)
            >
                {theme.label()}
            </button>
        }
        .into_any()
    });
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
    let retention = Memo::new(move |_| chosen.read().retention);
    let told = move || {
        // What lasts for a month makes the difference plain.
        let days = chosen.read().scheduler().interval(30.0);
        let known = chosen.read().retention;
        let often = match days {
            30 => "As often as for most learners.".to_owned(),
            ..30 => format!("More often: after {days} days where most learners have 30."),
            _ => format!("Less often: after {days} days where most learners have 30."),
        };
        format!("{often} Problems come back while you still know about {known} of 100.")
    };
    let set = move |event| {
        if let Ok(retention) = event_target_value(&event).parse() {
            app.settings.change(|chosen| chosen.retention = retention);
        }
    };
    let new_a_day = Memo::new(move |_| chosen.read().new_a_day);
    let set_new = move |event| {
        if let Ok(count) = event_target_value(&event).parse::<usize>() {
            app.settings.change(|chosen| chosen.new_a_day = count.min(MOST_NEW_A_DAY));
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
                <span>"Review less often (left) or more often (right)"</span>
                <input
                    type="range"
                    data-testid="retention"
                    min=(LEAST_RETENTION * 100.0).round() as u32
                    max=(MOST_RETENTION * 100.0).round() as u32
                    prop:value=move || retention.get().to_string()
                    on:input=set
                />
            </label>
            <p class="note" role="status" data-testid="retention-said">{move || told()}</p>
            <p class="ask">"The level you practise at"</p>
            <LevelChoice app />
            <p class="note"><a href=routes::PLACEMENT>"Find it by ten questions"</a></p>
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="asks-confidence"
                    prop:checked=move || chosen.read().asks_confidence
                    on:change=asks
                />
                <span>"Ask how sure I am with each answer"</span>
            </label>
            <label class="select">
                <span>"New problems a day"</span>
                <input
                    type="number"
                    inputmode="numeric"
                    data-testid="new-a-day"
                    min="0"
                    max=MOST_NEW_A_DAY
                    prop:value=move || new_a_day.get().to_string()
                    on:change=set_new
                />
            </label>
        </section>
        <section>
            <h2>"On a question"</h2>
            <Check app name="single-keys" label="Keys without Control answer: letters, digits, signs" read=|chosen| chosen.single_keys write=|chosen, on| chosen.single_keys = on />
            <Check app name="wraps-code" label="Long lines of code go on below" read=|chosen| chosen.wraps_code write=|chosen, on| chosen.wraps_code = on />
            <Check app name="shows-clock" label="Show the time while I answer" read=|chosen| chosen.shows_clock write=|chosen, on| chosen.shows_clock = on />
        </section>
    }
}

/// Something that is on or off.
#[component]
fn Check(
    app: AppState,
    name: &'static str,
    label: &'static str,
    read: fn(&Chosen) -> bool,
    write: fn(&mut Chosen, bool),
) -> impl IntoView {
    let set = move |event| {
        let is_on = event_target_checked(&event);
        app.settings.change(|chosen| write(chosen, is_on));
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid=name
                prop:checked=move || read(&app.settings.chosen().read())
                on:change=set
            />
            <span>{label}</span>
        </label>
    }
}

/// Whether the browser keeps the answers, and how much room they take.
#[component]
fn Kept(app: AppState) -> impl IntoView {
    let words = move || {
        app.progress.log().track();
        let taken = size_in_words(storage::taken());
        let promise = match app.keeping.promised().get() {
            Some(true) => "The browser has promised to keep them.",
            Some(false) => {
                "The browser may delete them when space runs short, some after a week without a visit. An export is safe."
            }
            None => "This browser does not say whether it keeps them. An export is safe.",
        };
        format!("Your answers take {taken} of the 5 MB that browsers give a site. {promise}")
    };
    let ask = move || {
        (app.keeping.promised().get() == Some(false)).then(|| {
            view! {
                <div class="actions">
                    <Button class="plain" test_id="ask-to-keep" label="Ask the browser to keep them" on_press=move || app.keeping.ask() />
                </div>
            }
            .into_any()
        })
    };
    view! {
        <section>
            <h2>"Where they are kept"</h2>
            <p data-testid="kept">{move || words()}</p>
            {move || ask()}
        </section>
    }
}

/// `12 kB`.
fn size_in_words(bytes: usize) -> String {
    match bytes {
        ..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[component]
fn Unread(app: AppState) -> impl IntoView {
    let export = move || {
        let _ = app.progress.export_quarantined();
    };
    let item = |value: Quarantined| {
        let why = value.why.to_string();
        view! { <li><code>{value.key}</code> ": " {why}</li> }
    };
    let shown = move || {
        let values = app.progress.quarantined().get();
        (!values.is_empty()).then(|| {
            view! {
                <section>
                    <h2>"Could not be read"</h2>
                    <p>"These stored values are left exactly as they are."</p>
                    <ul class="plain-list" data-testid="unread">{values.into_iter().map(item).collect_view()}</ul>
                    <div class="actions">
                        <Button class="plain" label="Export as stored" on_press=export />
                    </div>
                </section>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}

#[component]
fn OfflineState(app: AppState) -> impl IntoView {
    let words = move || match app.offline.readiness().get() {
        Readiness::Unknown => "Not stored yet.".to_owned(),
        Readiness::Failed(why) => format!("Not stored for offline use: {why}. Everything else works."),
        Readiness::Ready => {
            "Ready to work offline. Add the page to your home screen to open it like an app.".to_owned()
        }
        storing => readiness_in_words(&storing),
    };
    view! {
        <section>
            <h2>"Offline"</h2>
            <p data-testid="offline-status">{move || words()}</p>
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
