//! What a learner must know at once: answers that are not stored, values that cannot be read, a newer release.

use leptos::prelude::*;
use quiz::envelope::EnvelopeError;
use quiz::journal::{Quarantined, StorageError};

use super::button::Button;
use super::words::EXPORT_UNREAD;
use crate::browser::language::{counted, number};
use crate::state::progress::Saving;

/// Something to know, with what to do about it.
#[component]
fn Notice(kind: &'static str, #[prop(into)] text: String, children: Children) -> impl IntoView {
    view! {
        <div class="notice" role="alert" data-testid="notice" data-notice=kind>
            <p>{text}</p>
            <div class="actions">{children()}</div>
        </div>
    }
}

/// Says so when answers do not reach the storage.
#[component]
pub fn SavingNotice(saving: RwSignal<Saving>, on_retry: Callback<()>, on_export: Callback<()>) -> impl IntoView {
    let shown = move || {
        let Saving::Fails { why, waiting } = saving.get() else { return ().into_any() };
        let (kind, text) = saving_text(&why, waiting);
        view! {
            <Notice kind text>
                <Button class="quiet" test_id="export" label="Export answers" on_press=move || on_export.run(()) />
                <Button class="quiet" label="Try again" on_press=move || on_retry.run(()) />
            </Notice>
        }
        .into_any()
    };
    view! { {move || shown()} }
}

fn saving_text(why: &StorageError, waiting: usize) -> (&'static str, String) {
    let kept = match waiting {
        0 => "Your answers are kept until you close or reload this page.".to_owned(),
        1 => "Your last answer is kept until you close or reload this page.".to_owned(),
        many => format!("Your last {} are kept until you close or reload this page.", counted(many, "answer")),
    };
    match why {
        StorageError::Denied => (
            "storage-denied",
            format!("This browser does not let the page store anything. {kept} Export them before you leave."),
        ),
        StorageError::Full => {
            let text =
                format!("The storage of this browser is full. {kept} Export them, free some space, and try again.");
            ("storage-full", text)
        }
        StorageError::Failed(why) => (
            "storage-failed",
            format!("Your answers could not be stored ({why}). {kept} Export them before you leave."),
        ),
    }
}

/// Says so when answers were gone from the storage and are there again.
#[component]
pub fn RecoveredNotice(recovered: RwSignal<usize>) -> impl IntoView {
    let shown = move || {
        let count = recovered.get();
        (count > 0).then(|| {
            let text = format!(
                "This browser had lost {} of your answers and notes: it was ended too soon, or something emptied its storage. They are \
                 back: the app keeps a second copy. Export your answers from time to time.",
                number(count)
            );
            view! {
                <div class="notice update" role="status" data-testid="recovered">
                    <p>{text}</p>
                    <div class="actions"><Button class="quiet" label="Hide" on_press=move || recovered.set(0) /></div>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}

/// Says so when what the learner chose could not be stored.
#[component]
pub fn SettingsNotice(is_kept: RwSignal<bool>) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    let shown = move || {
        (!is_kept.get() && !dismissed.get()).then(|| {
            view! {
                <Notice kind="settings-unsaved" text="This browser did not store your settings. What you choose now is kept until you close or reload this page.">
                    <Button class="quiet" label="Hide" on_press=move || dismissed.set(true) />
                </Notice>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}

/// Says so when stored values could not be read.
#[component]
pub fn QuarantineNotice(quarantined: RwSignal<Vec<Quarantined>>, on_export: Callback<()>) -> impl IntoView {
    let dismissed = RwSignal::new(false);
    let shown = move || {
        let values = quarantined.get();
        if values.is_empty() || dismissed.get() {
            return ().into_any();
        }
        let newer = values.iter().filter(|value| matches!(value.why, EnvelopeError::Newer(_))).count();
        let (kind, text) = match (newer, values.len() - newer) {
            (_, 0) => (
                "newer",
                "Some answers were stored by a newer version of Borrowed Time. They are kept as they are. When you are \
                 online, reload the page to get that version.",
            ),
            _ => (
                "unreadable",
                "Some stored answers could not be read. They are kept as they are, and all others are here. You can \
                 export them as they are stored.",
            ),
        };
        view! {
            <Notice kind text>
                <Button class="quiet" test_id="export-unread" label=EXPORT_UNREAD on_press=move || on_export.run(()) />
                <Button class="quiet" label="Hide" on_press=move || dismissed.set(true) />
            </Notice>
        }
        .into_any()
    };
    view! { {move || shown()} }
}

/// Offers a newer release. Nothing happens until the learner wants it.
#[component]
pub fn UpdateOffer(waits: RwSignal<bool>, on_update: Callback<()>) -> impl IntoView {
    let shown = move || {
        waits.get().then(|| {
            view! {
                <div class="notice update" data-testid="update-offer">
                    <p>"A new version is ready. Your answer so far is kept."</p>
                    <div class="actions">
                        <Button class="quiet" test_id="update-now" label="Update now" on_press=move || on_update.run(()) />
                    </div>
                </div>
            }
            .into_any()
        })
    };
    // It is there before it says something: only then it is heard.
    view! { <div role="status">{move || shown()}</div> }
}

/// Suggests a backup.
#[component]
pub fn BackupNotice(
    /// How many answers have none, if they are many.
    without: Memo<Option<usize>>,
    on_export: Callback<()>,
    on_later: Callback<()>,
) -> impl IntoView {
    let shown = move || {
        without.get().map(|answers| {
            view! {
                <div class="notice update" role="status" data-testid="backup-notice">
                    <p>{format!("{} have no backup. Some browsers delete what a site has stored after a week without a visit. A file that you export is safe.", counted(answers, "answer"))}</p>
                    <div class="actions">
                        <Button class="quiet" test_id="backup-now" label="Export a backup" on_press=move || on_export.run(()) />
                        <Button class="quiet" test_id="backup-later" label="Later" on_press=move || on_later.run(()) />
                    </div>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || shown()} }
}
