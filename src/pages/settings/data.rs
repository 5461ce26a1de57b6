//! A learner's answers in their own hands: taken out, brought in, erased.

use leptos::prelude::*;
use leptos::task::spawn_local;
use quiz::exchange::Preview;
use quiz::learner::calendar::Day;
use quiz::settings::Chosen;

use super::anew::BeginTopicAnew;
use crate::browser::backup_file::{self, Written};
use crate::browser::language::{self, counted};
use crate::browser::page::Place;
use crate::browser::{clock, files, page};
use crate::pages::gate::with_catalog;
use crate::state::keeping::BackupFile;
use crate::state::library::Load;
use crate::state::progress::Export;
use crate::state::{AppState, Progress};
use crate::ui::button::Button;
use crate::ui::copy::{CopyButton, CopyWords};

const SAID: &str = "#data-said";
const COPY: CopyWords = CopyWords {
    label: "Copy all answers",
    test_id: "copy-answers",
    said_id: "copy-answers-said",
    copied: "Copied.",
    by_hand: "The browser did not copy it. Allow downloads for this page, and export again.",
    is_shown: false,
};

/// What is going on with a learner's data.
#[derive(Clone, Copy)]
pub struct Exchange {
    app: AppState,
    said: RwSignal<String>,
    preview: RwSignal<Option<Preview>>,
}

impl Exchange {
    /// Nothing is going on.
    pub fn new(app: AppState) -> Exchange {
        Exchange { app, said: RwSignal::new(String::new()), preview: RwSignal::new(None) }
    }

    /// Tells what a file would add, before anything is added.
    pub fn look_at(self, file: files::Text) {
        spawn_local(async move {
            let preview = file.await.and_then(|text| self.app.progress.preview_import(&text));
            self.preview.set(None);
            match preview {
                Err(why) => self.said.set(why),
                Ok(preview) if preview.is_known(&self.app.settings.chosen().read_untracked(), clock::today()) => {
                    self.said.set(nothing_new(&preview))
                }
                Ok(preview) => {
                    self.said.set(String::new());
                    self.preview.set(Some(preview));
                }
            }
        });
    }

    /// What a file would set, by its names.
    fn would_set(self, preview: &Preview) -> String {
        preview.would_set(&self.app.settings.chosen().read_untracked(), clock::today()).join(", ")
    }

    fn add(self) {
        let Some(preview) = self.preview.get_untracked() else { return };
        let (new, keep) = (preview.new, keep_the_file(&preview));
        let set = match self.would_set(&preview) {
            none if none.is_empty() => none,
            names => format!(" Set as in the file: {names}."),
        };
        let theirs = preview.chosen.clone();
        let in_file = new + preview.known;
        let others = match preview.undos + preview.resets + preview.remarks {
            0 => "",
            _ => " Bookmarks, notes and everything else in the file were added too.",
        };
        let words = match self.app.progress.import(preview) {
            Err(why) => why,
            Ok(()) => {
                // A file that has all answers is a backup of them.
                if self.app.progress.log().read_untracked().len() == in_file {
                    self.app.keeping.backed_up();
                }
                if let Some(theirs) = theirs.filter(|_| !set.is_empty()) {
                    self.app.settings.change(|chosen| _ = chosen.take_over(&theirs, clock::today()));
                }
                // It may have waited for what is here now.
                self.app.keeping.back_up();
                let imported = match new {
                    0 => "Imported.".to_owned(),
                    new => format!("Imported: {}.", counted(new, "new answer")),
                };
                format!("{imported}{others}{set}{keep}")
            }
        };
        self.preview.set(None);
        self.say(words);
    }

    fn export(self, export: Export) {
        match files::download(&export.name, export.mime, &export.text) {
            Ok(()) => {
                self.app.keeping.offered();
                self.tell("Your browser now saves the file, unless it blocks downloads. When you import it in another browser, it adds what is missing there.");
            }
            Err(why) => self.said.set(format!("The export did not work: {why}.")),
        }
    }

    fn share(self, Export { name, mime, text }: Export) {
        let sharing = files::share(&name, mime, &text);
        spawn_local(async move {
            match sharing.await {
                Ok(files::Shared::Done) => {
                    self.app.keeping.backed_up();
                    self.tell("Shared.");
                }
                Ok(files::Shared::Cancelled) => {}
                Err(why) => self.said.set(format!("Sharing did not work: {why}.")),
            }
        });
    }

    /// Says it where the focus goes: the button that was pressed is gone.
    pub(super) fn say(self, words: String) {
        self.said.set(words);
        page::once_drawn(|| {
            page::focus_in_sight(SAID);
        });
    }

    fn tell(self, words: &str) {
        self.said.set(words.to_owned());
        request_animation_frame(|| page::reveal(SAID, Place::Nearest));
    }

    fn table(self) {
        match self.app.library.catalog().get_untracked() {
            Load::Ready(catalog) => self.export(self.app.progress.export_csv(&catalog)),
            Load::Loading | Load::Failed(_) => {
                self.said.set("The list of problems is still loading. Try again in a moment.".to_owned())
            }
        }
    }
}

fn nothing_new(preview: &Preview) -> String {
    let keep = keep_the_file(preview);
    match preview.known {
        0 => format!("There is no answer in this file. Nothing was changed.{keep}"),
        known => format!("Nothing new in this file. {} Nothing was changed.{keep}", already_here(known)),
    }
}

fn already_here(known: usize) -> String {
    match known {
        1 => "One answer is here already.".to_owned(),
        known => format!("{} answers are here already.", language::number(known)),
    }
}

/// What of the file could not be read.
fn keep_the_file(preview: &Preview) -> String {
    let words = match preview.damaged {
        0 => String::new(),
        damaged => format!(" Keep the file: {} in it could not be read.", counted(damaged, "record")),
    };
    words + &unread_settings(preview)
}

fn unread_settings(preview: &Preview) -> String {
    let why = preview.unread_settings.as_ref();
    why.map(|why| format!(" Its settings could not be read: {why}.")).unwrap_or_default()
}

/// What a file would add and set.
fn told(preview: &Preview, set: &str) -> String {
    let day = |at: Option<u64>| at.map(|at| clock::calendar().day(at));
    let (first, last) = (day(preview.first), day(preview.last));
    let named = |day: Option<Day>| day.map_or_else(String::new, |day| language::day(day, clock::today()));
    let when = if first == last {
        format!("of {}", named(first))
    } else {
        format!("from {} to {}", named(first), named(last))
    };
    let mut words = match preview.new {
        0 => "This file would add no new answers.".to_owned(),
        new => format!("This file would add {}, {when}.", counted(new, "new answer")),
    };
    if preview.known > 0 {
        words += " ";
        words += &already_here(preview.known);
    }
    let others = [
        (preview.undos, "Answers taken back or counted again"),
        (preview.resets, "Problems started over"),
        (preview.remarks, "Changes of bookmarks, notes, stories and interviews"),
    ];
    for (count, what) in others.into_iter().filter(|(count, _)| *count > 0) {
        words += &format!(" {what}: {count}.");
    }
    if !set.is_empty() {
        words += &format!(" It would set what you have not changed here: {set}.");
    }
    if let Some(first) = &preview.first_damage {
        words += &format!(" {} could not be read ({first}).", counted(preview.damaged, "record"));
    }
    words + &unread_settings(preview)
}

/// The id of the heading above exports and imports.
pub const YOUR_DATA: &str = "your-data";

/// Taking out, bringing in, erasing.
#[component]
pub fn Data(app: AppState, exchange: Exchange) -> impl IntoView {
    let Exchange { said, preview, .. } = exchange;
    let progress: Progress = app.progress;
    // What was said of a file holds until the learner says whether it is there.
    Effect::new(move |was_offered: Option<bool>| {
        let is_offered = app.keeping.is_offered();
        if was_offered == Some(true) && !is_offered {
            said.set(String::new());
        }
        is_offered
    });
    let count = move || match progress.log().read().len() {
        0 => "No answers yet.".to_owned(),
        1 => "One answer is stored in this browser.".to_owned(),
        many => format!("{} answers are stored in this browser.", language::number(many)),
    };
    let share = files::can_share().then(|| {
        view! { <Button class="plain" test_id="share" label="Share…" on_press=move || exchange.share(app.keeping.export_json()) /> }.into_any()
    });
    let adding = move || {
        preview.get().map(|preview| {
            view! {
                <div class="notice update" role="alert" data-testid="import-preview">
                    <p>{told(&preview, &exchange.would_set(&preview))}</p>
                    <div class="actions">
                        <Button class="plain" test_id="import-add" label="Import them" on_press=move || exchange.add() />
                        <Button class="plain" test_id="import-cancel" label="Change nothing" on_press=move || exchange.preview.set(None) />
                    </div>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <section>
            <h2 id=YOUR_DATA tabindex="-1">"Your data"</h2>
            <p data-testid="answer-count">{move || count()}</p>
            <p class="note">
                "Nothing leaves this device by itself. Both kinds of export hold everything that you have handed in or kept, and you can import both. A table has no settings and no plan. What you have only begun stays in this browser. Choose the file, or drop it on this page. An import adds what is missing and changes nothing that you have set here."
            </p>
            <div class="actions">
                <Button class="plain" test_id="export" label="Export" on_press=move || exchange.export(app.keeping.export_json()) />
                <Button class="plain" test_id="export-csv" label="Export as a table" on_press=move || exchange.table() />
                {share}
                <label class="plain">
                    "Import"
                    <input
                        type="file"
                        class="hidden"
                        data-testid="import"
                        accept="application/json,.json,text/csv,.csv,.txt"
                        on:change=move |event| exchange.look_at(Box::pin(files::picked(event)))
                    />
                </label>
            </div>
            {move || adding()}
            <HasArrived app />
            <p id="data-said" role="status" data-testid="data-said" tabindex="-1">{move || said.get()}</p>
            <BackupToFile app exchange />
            {with_catalog(move |catalog| view! { <BeginTopicAnew app catalog exchange /> }.into_any())}
            <Erasing app exchange />
        </section>
    }
}

/// Whether a download has arrived: no page can know.
#[component]
pub fn HasArrived(app: AppState) -> impl IntoView {
    let is_lost = RwSignal::new(false);
    let answer = move |has_arrived: bool| {
        app.keeping.answered(has_arrived);
        is_lost.set(!has_arrived);
        let next = if has_arrived { "main h1" } else { "#another-way" };
        page::once_drawn(move || page::focus_in_sight(next));
    };
    let text = Signal::derive(move || app.keeping.export_json().text);
    move || {
        if is_lost.get() && !app.keeping.is_offered() {
            return Some(
                view! {
                    <div class="notice" id="another-way" tabindex="-1" data-testid="another-way">
                        <p>"Then copy your answers as a text, and keep it where you find it again: in a note, or in a message to yourself. As a file whose name ends in .json, it can be imported."</p>
                        <div class="actions">
                            <CopyButton text words=COPY />
                            <Button class="plain" label="Close" on_press=move || is_lost.set(false) />
                        </div>
                    </div>
                }
                .into_any(),
            );
        }
        app.keeping.is_offered().then(|| {
            view! {
                <div class="notice update" role="status" data-testid="has-arrived">
                    <p>"Did the file arrive? Look among your downloads. If your browser blocks downloads, share the file or copy your answers in another way, and keep this page open until then."</p>
                    <div class="actions">
                        <Button class="plain" test_id="arrived" label="Yes, it is there" on_press=move || answer(true) />
                        <Button class="plain" test_id="not-arrived" label="No" on_press=move || answer(false) />
                    </div>
                </div>
            }
            .into_any()
        })
    }
}

/// A file that backups go to by themselves, where the browser can do that.
#[component]
fn BackupToFile(app: AppState, exchange: Exchange) -> impl IntoView {
    if !backup_file::is_possible() {
        return ().into_any();
    }
    let keeping = app.keeping;
    let choose = move || {
        spawn_local(async move {
            if let Err(why) = keeping.choose_file().await {
                exchange.said.set(format!("The file could not be chosen: {why}."));
            }
        });
    };
    const LOOK: &str = "Look at it";
    let press = move |label: &str| match label {
        LOOK => exchange.look_at(Box::pin(async {
            backup_file::read().await.ok_or_else(|| "The file cannot be read. Nothing was changed.".to_owned())
        })),
        _ => spawn_local(keeping.allow_file()),
    };
    let forget = move || spawn_local(keeping.forget_file());
    let shown = move || {
        let BackupFile { name, last } = keeping.file().get();
        let Some(name) = name else {
            return view! {
                <p class="note">"Or choose a file once: after each session all answers and your settings are written to it."</p>
                <div class="actions"><Button class="plain" test_id="choose-backup" label="Choose a file for backups" on_press=choose /></div>
            }
            .into_any();
        };
        let (words, button) = match last {
            Some(Written::Done) if keeping.is_in_file() => {
                (format!("Backups go to “{name}” after each session. All that is here is in it."), None)
            }
            Some(Written::Failed(why)) => {
                (format!("The last backup to “{name}” did not work: {why}. The file is as it was."), Some("Try again"))
            }
            Some(Written::HasMore) => (
                format!(
                    "“{name}” has something that is not here, so nothing was written to it. Import it, and the backups go on."
                ),
                Some(LOOK),
            ),
            Some(Written::NeedsPermission) => {
                (format!("Backups go to “{name}”, but the browser wants your word again first."), Some("Allow it"))
            }
            Some(Written::Done) | None => (format!("Backups go to “{name}” after each session."), Some("Back up now")),
        };
        let button = button.map(|label| {
            view! { <Button class="plain" test_id="backup-file-now" label on_press=move || press(label) /> }.into_any()
        });
        view! {
            <p class="note" role="status" data-testid="backup-file">{words}</p>
            <div class="actions">
                {button}
                <Button class="quiet" test_id="forget-backup" label="Stop writing to it" on_press=forget />
            </div>
        }
        .into_any()
    };
    view! { <div>{move || shown()}</div> }.into_any()
}

#[component]
fn Erasing(app: AppState, exchange: Exchange) -> impl IntoView {
    let erasing = RwSignal::new(false);
    let with_recordings = RwSignal::new(false);
    let erase = move || {
        if with_recordings.get_untracked() {
            app.recordings.delete_all();
        }
        erasing.set(false);
        exchange.preview.set(None);
        app.interviews.erase();
        // What is in the file must not be replaced by the little that comes next.
        spawn_local(app.keeping.forget_file());
        exchange.say(match app.progress.erase() {
            Ok(()) => {
                app.settings.note(Chosen::forget_answers);
                "All answers were erased.".to_owned()
            }
            Err(why) => format!("Some answers could not be erased: {why}."),
        });
    };
    let ask = move || {
        with_recordings.set(false);
        erasing.set(true);
        page::once_drawn(|| page::focus_in_sight("#erase-keep"));
    };
    let keep = move || {
        erasing.set(false);
        page::once_drawn(|| page::focus_in_sight("#erase"));
    };
    let shown = move || {
        match erasing.get() {
        false => view! { <Button class="quiet" id="erase" test_id="erase" label="Erase all answers" on_press=ask /> }
            .into_any(),
        true => view! {
            <div class="notice" role="alert">
                <p>"This erases every answer, bookmark, note, story, interview and tick in the guide in this browser. Your settings and your plan stay. You cannot undo it. If you may want them back, export them first."</p>
                <p>"Recordings of your voice stay, unless you tick this box. An export does not have them."</p>
                <label class="check">
                    <input type="checkbox" data-testid="erase-recordings" on:change=move |event| with_recordings.set(event_target_checked(&event)) />
                    <span>"Delete all recordings too"</span>
                </label>
                <div class="actions">
                    <Button class="plain danger" test_id="erase-really" label="Erase" on_press=erase />
                    <Button class="plain" id="erase-keep" test_id="erase-keep" label="Keep them" on_press=keep />
                </div>
            </div>
        }
        .into_any(),
    }
    };
    view! { {move || shown()} }
}
