//! How safely the answers are kept: the browser's promise, and when the learner should make a copy of their own.

use leptos::prelude::*;
use leptos::task::spawn_local;
use quiz::{exchange, settings};

use super::progress::Export;
use super::{Progress, Settings};
use crate::browser::backup_file::{self, Written};
use crate::browser::{clock, files, page, persistence};

/// After so many answers there is something to lose, and the browser is asked to keep it.
const WORTH_KEEPING: usize = 10;
/// After so many answers without a backup one is suggested.
const WORTH_A_BACKUP: usize = 50;

/// The file that backups go to by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackupFile {
    /// Its name; none if the learner has chosen none.
    pub name: Option<String>,
    /// How the last backup since the page was opened ended.
    pub last: Option<Written>,
}

/// How safely the answers are kept.
#[derive(Clone, Copy)]
pub struct Keeping {
    promised: RwSignal<Option<bool>>,
    /// Whether the browser has said what it promised, and which file was chosen.
    is_known: RwSignal<bool>,
    /// Whether the browser was asked and did not promise it.
    refused: RwSignal<bool>,
    /// Whether a file was offered as a download: the page cannot know what became of it.
    is_offered: RwSignal<bool>,
    /// How many answers it has.
    offered: RwSignal<usize>,
    file: RwSignal<BackupFile>,
    /// What the chosen file has, as far as this page knows: see [`Keeping::here`].
    in_file: RwSignal<String>,
    progress: Progress,
    settings: Settings,
}

impl Keeping {
    /// Finds out what the browser has promised, and asks it to once there is something to lose.
    pub fn watch(progress: Progress, settings: Settings) -> Keeping {
        let keeping = Keeping {
            promised: RwSignal::new(None),
            is_known: RwSignal::new(false),
            refused: RwSignal::new(false),
            is_offered: RwSignal::new(false),
            offered: RwSignal::new(0),
            file: RwSignal::new(BackupFile::default()),
            in_file: RwSignal::new(String::new()),
            progress,
            settings,
        };
        spawn_local(async move {
            keeping.promised.set(persistence::is_promised().await);
            if backup_file::is_possible() {
                let name = backup_file::chosen().await;
                keeping.file.update(|file| file.name = name);
            }
            keeping.is_known.set(true);
        });
        if backup_file::is_possible() {
            page::on_visibility_change(move || {
                if !page::is_visible() {
                    keeping.back_up();
                }
            });
        }
        Effect::new(move || {
            let is_time = progress.log().read().len() >= WORTH_KEEPING && keeping.promised.get() == Some(false);
            if is_time && !settings.chosen().read_untracked().asked_to_keep {
                keeping.ask();
            }
        });
        keeping
    }

    /// Whether the browser has promised to keep what is stored; `None` if it cannot tell.
    pub fn promised(self) -> RwSignal<Option<bool>> {
        self.promised
    }

    /// Whether the browser has said what it promised, and which file was chosen; tracked.
    pub fn is_known(self) -> bool {
        self.is_known.get()
    }

    /// Whether the browser was asked since the page was opened, and did not promise it.
    pub fn refused(self) -> RwSignal<bool> {
        self.refused
    }

    /// Asks the browser to keep what is stored.
    pub fn ask(self) {
        self.settings.note(|chosen| chosen.asked_to_keep = true);
        // Who asks again hears the answer again.
        self.refused.set(false);
        spawn_local(async move {
            let promised = persistence::ask_to_keep().await;
            self.promised.set(promised);
            self.refused.set(promised != Some(true));
        });
    }

    /// How many answers have no backup, if they are so many that one should be made.
    pub fn wants_backup(self) -> Option<usize> {
        let answers = self.progress.log().read().len();
        let without = answers.checked_sub(self.settings.chosen().read().backed_up)?;
        (without >= WORTH_A_BACKUP).then_some(without)
    }

    /// Whether a file was offered as a download, and nobody has said yet whether it arrived; tracked.
    pub fn is_offered(self) -> bool {
        self.is_offered.get()
    }

    /// A file is being downloaded. Browsers may block that, and say nothing.
    pub fn offered(self) {
        self.offered.set(self.progress.log().read_untracked().len());
        self.is_offered.set(true);
    }

    /// The learner has looked whether the file that was offered arrived. What was answered since is not in it.
    pub fn answered(self, has_arrived: bool) {
        self.is_offered.set(false);
        if has_arrived {
            // All may have been erased since.
            let answers = self.offered.get_untracked().min(self.progress.log().read_untracked().len());
            self.settings.note(|chosen| chosen.backed_up = answers);
        }
    }

    /// The file that backups go to by themselves.
    pub fn file(self) -> RwSignal<BackupFile> {
        self.file
    }

    /// Lets the learner choose that file, and writes to it at once.
    ///
    /// # Errors
    /// What the browser said, if it would not.
    pub async fn choose_file(self) -> Result<(), String> {
        let suggested = format!("borrowed-time-{}.json", clock::day());
        if let Some(name) = backup_file::choose(&suggested).await? {
            self.file.set(BackupFile { name: Some(name), last: None });
            self.write_backup().await;
        }
        Ok(())
    }

    /// Asks the learner to let the page write to the file, and does.
    pub async fn allow_file(self) {
        if backup_file::ask().await {
            self.write_backup().await;
        }
    }

    /// Lets go of the file.
    pub async fn forget_file(self) {
        if backup_file::forget().await.is_ok() {
            self.file.set(BackupFile::default());
        }
    }

    /// What tells a backup of now from others: how many records it has, and its settings. Tracked.
    fn here(self) -> String {
        let records = self.progress.log().read().records().len();
        format!("{records} {}", settings::write(&self.settings.chosen().read().portable()))
    }

    /// Whether all that is here is in the chosen file, as far as this page knows; tracked.
    pub fn is_in_file(self) -> bool {
        self.here() == *self.in_file.read()
    }

    /// Backs up to the chosen file, if there is one and something new to write: an answer, a note, a story, a report, a setting.
    pub fn back_up(self) {
        if self.file.read_untracked().name.is_some() && !untrack(|| self.is_in_file()) {
            spawn_local(self.write_backup());
        }
    }

    async fn write_backup(self) {
        let answers = self.progress.log().read_untracked().len();
        let here = untrack(|| self.here());
        let text = self.export_json().text;
        // Another browser may write to it too, and this one may have lost something.
        let written = match backup_file::read().await {
            Some(kept) if kept == text => Written::Done,
            Some(kept) if self.is_less_than(&kept) => Written::HasMore,
            _ => backup_file::write(&text).await,
        };
        if written == Written::Done {
            self.settings.note(|chosen| chosen.backed_up = answers);
            self.in_file.set(here);
        }
        self.file.update(|file| file.last = Some(written));
    }

    /// Whether a file has something that is not here.
    fn is_less_than(self, kept: &str) -> bool {
        let chosen = self.settings.chosen().get_untracked();
        exchange::has_more(&self.progress.log().read_untracked(), &chosen, kept, clock::today())
    }

    /// All answers and what is chosen, as JSON.
    pub fn export_json(self) -> Export {
        self.progress.export_json(&self.settings.chosen().read_untracked())
    }

    /// Offers all of it as a file.
    ///
    /// # Errors
    /// What the browser said, if it would not.
    pub fn export(self) -> Result<(), String> {
        let Export { name, mime, text } = self.export_json();
        files::download(&name, mime, &text)
    }

    /// A backup was made, or the learner wants to hear no more of it until there are as many answers again.
    pub fn backed_up(self) {
        let answers = self.progress.log().read_untracked().len();
        self.settings.note(|chosen| chosen.backed_up = answers);
    }
}
