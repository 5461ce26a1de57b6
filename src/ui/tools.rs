//! Below a question, in one quiet row: bookmark, note, similar problems, and more that is rarely wanted.
//!
//! What a button opens stands below the row; one panel is open at a time.

mod more;
mod note;
mod report;

use leptos::prelude::*;

use crate::browser::page::{self, Place};
use crate::routes;
use crate::state::sitting::Sitting;
use crate::ui::button::Button;
use crate::ui::unknown::Unknown;
use more::{BeginAnew, More};
use note::NoteField;
use report::ReportText;

/// What is open below the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panel {
    Note,
    Similar,
    More,
    /// Whether to begin the problem anew; opened from [`Panel::More`].
    BeginAnew,
    /// The report of a fault; opened from [`Panel::More`].
    Report,
}

impl Panel {
    /// The button of the row that this panel belongs to.
    fn opened_by(self) -> Panel {
        match self {
            Panel::Note => Panel::Note,
            Panel::Similar => Panel::Similar,
            Panel::More | Panel::BeginAnew | Panel::Report => Panel::More,
        }
    }

    /// What has the focus when it opens; nothing if the focus stays on the button.
    fn first(self) -> Option<&'static str> {
        match self {
            Panel::Note => Some("#note-text"),
            Panel::Similar | Panel::More => None,
            Panel::BeginAnew => Some("#anew-keep"),
            Panel::Report => Some("#report-text"),
        }
    }
}

/// The panel that is open.
#[derive(Clone, Copy)]
struct Opened(RwSignal<Option<Panel>>);

impl Opened {
    fn is(self, panel: Panel) -> bool {
        self.0.get().is_some_and(|open| open.opened_by() == panel)
    }

    fn toggle(self, panel: Panel) {
        match self.0.get_untracked().map(Panel::opened_by) {
            Some(open) if open == panel => self.0.set(None),
            _ => self.open(panel),
        }
    }

    fn open(self, panel: Panel) {
        self.0.set(Some(panel));
        request_animation_frame(move || {
            if let Some(first) = panel.first() {
                page::focus(first);
            }
            page::reveal("#tool-panel", Place::Nearest);
        });
    }

    /// Closes it, and moves the focus to `next`: what had it is gone.
    fn close(self, next: &'static str) {
        self.0.set(None);
        page::once_drawn(move || page::focus(next));
    }
}

/// What can be done with a question besides answering it.
#[component]
pub fn QuestionTools(sitting: Sitting) -> impl IntoView {
    let opened = Opened(RwSignal::new(None));
    let panel = move || match opened.0.get() {
        None => ().into_any(),
        Some(Panel::Note) => view! { <NoteField sitting opened /> }.into_any(),
        Some(Panel::Similar) => view! { <Similar sitting /> }.into_any(),
        Some(Panel::More) => view! { <More sitting opened /> }.into_any(),
        Some(Panel::BeginAnew) => view! { <BeginAnew sitting opened /> }.into_any(),
        Some(Panel::Report) => view! { <ReportText sitting /> }.into_any(),
    };
    view! {
        <div class="tools" data-testid="tools">
            <div class="tool-row" role="group" aria-label="This problem">
                <Unknown sitting />
                <button
                    type="button"
                    class="quiet"
                    data-testid="bookmark"
                    aria-pressed=move || sitting.is_bookmarked().to_string()
                    on:click=move |_| sitting.toggle_bookmark()
                >
                    "Bookmark"
                </button>
                {disclosure(opened, Panel::Note, "tool-note", "Note")}
                {disclosure(opened, Panel::Similar, "tool-similar", "Similar")}
                {disclosure(opened, Panel::More, "tool-more", "More")}
            </div>
            {move || suspended(sitting)}
            {move || (opened.0.get() != Some(Panel::Note)).then(|| own_note(sitting))}
            <div id="tool-panel">{move || panel()}</div>
        </div>
    }
}

/// A button that opens and closes a panel.
fn disclosure(opened: Opened, panel: Panel, name: &'static str, label: &'static str) -> AnyView {
    view! {
        <button
            type="button"
            class="quiet"
            id=name
            data-testid=name
            aria-expanded=move || opened.is(panel).to_string()
            aria-controls="tool-panel"
            on:click=move |_| opened.toggle(panel)
        >
            {label}
        </button>
    }
    .into_any()
}

/// Says that the problem is suspended, if it is.
fn suspended(sitting: Sitting) -> AnyView {
    if !sitting.is_suspended() {
        return ().into_any();
    }
    let resume = move || {
        sitting.resume();
        page::once_drawn(|| page::focus("#tool-more"));
    };
    view! {
        <p class="note" data-testid="suspended">
            "This problem is suspended. It is not asked again. "
            <Button class="quiet" id="tool-resume" test_id="resume" label="Resume" on_press=resume />
        </p>
    }
    .into_any()
}

/// The note as plain text, if there is one.
fn own_note(sitting: Sitting) -> AnyView {
    let note = sitting.note();
    if note.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="own-note">
            <p class="label">"Your note"</p>
            <p class="words" data-testid="note">{note}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Similar(sitting: Sitting) -> impl IntoView {
    let entries = sitting.similar();
    if entries.is_empty() {
        return view! { <p class="note">"No other problem is like this one."</p> }.into_any();
    }
    let items = entries
        .into_iter()
        .map(|entry| {
            let about = format!("{} · {}", entry.level.label(), entry.kind.label());
            view! {
                <li>
                    <a href=routes::problem(&entry.slug) data-testid="similar">{entry.title}</a>
                    <span class="about">{about}</span>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! { <ul class="plain-list" aria-label="Similar problems">{items}</ul> }.into_any()
}
