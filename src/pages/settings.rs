//! Settings: theme, data, and about.

mod anew;
pub mod data;
mod fitting;
mod recordings;

use std::ops::RangeInclusive;

use leptos::ev::DragEvent;
use leptos::prelude::*;
use quiz::journal::Quarantined;
use quiz::learner::memory::{LEAST_RETENTION, MOST_RETENTION};
use quiz::practice::MOST_NEW_A_DAY;
use quiz::settings::{Chosen, RUN_SECONDS_RANGE, Theme};

use crate::browser::language::{self, counted};
use crate::browser::{files, page, storage, text_field};
use crate::pages::gate::{once_known, with_catalog};
use crate::pages::placement::LevelChoice;
use crate::pages::today::readiness_in_words;
use crate::routes;
use crate::state::device::Presence;
use crate::state::library::Load;
use crate::state::offline::Readiness;
use crate::state::{AppState, use_app};
use crate::ui::button::Button;
use crate::ui::device::CompilerSettings;
use crate::ui::radio::tab_stop;
use crate::ui::words::{EXPORT_UNREAD, FIND_LEVEL, OWN_LEVEL};
use data::{Data, Exchange};
use fitting::FitToMe;
use recordings::RecordYourself;

/// How many bytes browsers let a site store in the way that answers are stored.
const ROOM: usize = 5_000_000;

/// The page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    page::set_title("Settings");
    let app = use_app();
    let exchange = Exchange::new(app);
    let on_drop = move |event: DragEvent| {
        if files::drags_file(&event) {
            exchange.look_at(Box::pin(files::dropped(&event)));
        }
    };
    let on_drag = |event: DragEvent| _ = files::drags_file(&event);
    app.device.look();
    app.recordings.look();
    let is_known = move || {
        let has_catalog = !matches!(*app.library.catalog().read(), Load::Loading);
        let has_compiler = app.device.presence().get() != Presence::Unknown;
        has_catalog && has_compiler && app.keeping.is_known() && app.recordings.is_known()
    };
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
            {once_known(
                is_known,
                move || {
                    view! {
                        {with_catalog(move |catalog| view! { <FitToMe app catalog /> }.into_any())}
                        <Data app exchange />
                        <Kept app />
                        <Unread app />
                        <CompilerSettings />
                        <Writing app />
                        <RecordYourself app />
                        // It changes while files are stored, and nothing below it is pressed.
                        <OfflineState app />
                        <About />
                    }
                        .into_any()
                },
            )}
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
            ..30 => format!(
                "More often: a problem that comes again after 30 days for most learners comes again after {days} for you."
            ),
            _ => format!(
                "Less often: a problem that comes again after 30 days for most learners comes again after {days} for you."
            ),
        };
        format!("{often} Problems come back while you still know about {known} of 100.")
    };
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
            <p class="ask">{OWN_LEVEL}</p>
            <LevelChoice app />
            <p class="note links"><a href=routes::PLACEMENT>{FIND_LEVEL}</a></p>
            <label class="check">
                <input
                    type="checkbox"
                    data-testid="asks-confidence"
                    prop:checked=move || chosen.read().asks_confidence
                    on:change=asks
                />
                <span>"Ask how sure I am with each answer"</span>
            </label>
            <Number app id="new-a-day" label="New problems a day" range=0..=MOST_NEW_A_DAY as u64 read=|chosen| chosen.new_a_day as u64 write=|chosen, count| chosen.new_a_day = count as usize />
        </section>
        <section>
            <h2>"On a question"</h2>
            <Check app name="single-keys" label="Use single keys to answer: letters, digits and signs" read=|chosen| chosen.single_keys write=|chosen, on| chosen.single_keys = on />
            <Check app name="wraps-code" label="Wrap long lines of code" read=|chosen| chosen.wraps_code write=|chosen, on| chosen.wraps_code = on />
            <Check app name="shows-clock" label="Show the time while I answer" read=|chosen| chosen.shows_clock write=|chosen, on| chosen.shows_clock = on />
        </section>
    }
}

/// How programs are run that the learner writes.
#[component]
fn Writing(app: AppState) -> impl IntoView {
    view! {
        <section>
            <h2>"Writing programs"</h2>
            <Check app name="checks-as-typed" label="Show the compiler's errors while I write" read=|chosen| chosen.checks_as_typed write=|chosen, on| chosen.checks_as_typed = on />
            <p class="note">"Some interviews have no such help. Switch it off to practise for them."</p>
            <Number app id="run-seconds" label="Seconds that a program may run" range=RUN_SECONDS_RANGE read=|chosen| chosen.run_seconds write=|chosen, seconds| chosen.run_seconds = seconds />
        </section>
    }
}

/// A number within a range. What is too small or too great becomes the nearest, and what is no number becomes what it was.
#[component]
fn Number(
    app: AppState,
    id: &'static str,
    label: &'static str,
    range: RangeInclusive<u64>,
    read: fn(&Chosen) -> u64,
    write: fn(&mut Chosen, u64),
) -> impl IntoView {
    let (least, most) = range.into_inner();
    let own = Memo::new(move |_| read(&app.settings.chosen().read()));
    let set = move |event| {
        if let Ok(number) = event_target_value(&event).trim().parse::<i64>() {
            app.settings.change(|chosen| write(chosen, u64::try_from(number).unwrap_or(least).clamp(least, most)));
        }
        text_field::replace_text(id, &own.get_untracked().to_string());
    };
    view! {
        <label class="select">
            <span>{format!("{label}, {least} to {most}")}</span>
            <input
                type="number"
                inputmode="numeric"
                id=id
                data-testid=id
                min=least
                max=most
                prop:value=move || own.get().to_string()
                on:change=set
            />
        </label>
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
        let taken = language::kilobytes(storage::taken());
        let room = language::kilobytes(ROOM);
        let promise = match app.keeping.promised().get() {
            Some(true) => "The browser has promised to keep them.",
            Some(false) => {
                "The browser may delete them when it needs space. Some browsers do so after a week without a visit. A file that you export is safe."
            }
            None => "This browser does not say whether it will keep them. A file that you export is safe.",
        };
        format!("Your answers take {taken}. Browsers give a site about {room}. {promise}")
    };
    let refusal = move || {
        match app.keeping.refused().get() {
        true => "The browser did not promise it. It may do so when you use the app more often, or when you add it to your home screen. On an iPhone the app on the home screen begins empty: export your answers first, and import them there.".to_owned(),
        false => String::new(),
    }
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
            <h2>"Where your answers are stored"</h2>
            <p data-testid="kept">{move || words()}</p>
            {move || ask()}
            <p class="note" role="status" data-testid="kept-refused">{move || refusal()}</p>
        </section>
    }
}

#[component]
fn Unread(app: AppState) -> impl IntoView {
    let export = move || {
        let _ = app.progress.export_quarantined();
    };
    let item = |value: Quarantined| {
        let why = value.why.to_string();
        view! { <li><code translate="no">{value.key}</code> ": " {why}</li> }
    };
    let shown = move || {
        let values = app.progress.quarantined().get();
        (!values.is_empty()).then(|| {
            view! {
                <section>
                    <h2>"Answers that could not be read"</h2>
                    <p>"They are still stored, exactly as they were."</p>
                    <ul class="plain-list" data-testid="unread">{values.into_iter().map(item).collect_view()}</ul>
                    <div class="actions">
                        <Button class="plain" label=EXPORT_UNREAD on_press=export />
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
    let words = move || {
        match app.offline.readiness().get() {
        Readiness::Unknown => "Not stored for offline use yet.".to_owned(),
        Readiness::Failed(why) => format!("Not stored for offline use: {why}. Everything else works."),
        Readiness::Ready => {
            "Works offline. Add the page to your home screen to open it like an app. On an iPhone that app begins empty: export your answers first, and import them there.".to_owned()
        }
        storing => readiness_in_words(&storing),
    }
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
                let count = counted(catalog.problems.len(), "problem");
                view! {
                    <p>
                        {format!("{count}. Every program in them was checked with ")}
                        <code translate="no" data-testid="toolchain">{catalog.toolchain.clone()}</code>
                        {catalog.miri.clone().map(|miri| format!(" and {miri}"))} "."
                    </p>
                }
                .into_any()
            })}
            <p class="note">"Release " <code translate="no">{release}</code></p>
            <p class="note for-keys">"Press " <kbd>"?"</kbd> " on any page to see the keys."</p>
        </section>
    }
}
