//! How safely the answers are kept: the browser's promise, and when the learner should make a copy of their own.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Progress, Settings};
use crate::browser::persistence;

/// After so many answers there is something to lose, and the browser is asked to keep it.
const WORTH_KEEPING: usize = 10;
/// After so many answers without a backup one is suggested.
const WORTH_A_BACKUP: usize = 50;

/// How safely the answers are kept.
#[derive(Clone, Copy)]
pub struct Keeping {
    promised: RwSignal<Option<bool>>,
    /// Whether the browser was asked and did not promise it.
    refused: RwSignal<bool>,
    progress: Progress,
    settings: Settings,
}

impl Keeping {
    /// Finds out what the browser has promised, and asks it to once there is something to lose.
    pub fn watch(progress: Progress, settings: Settings) -> Keeping {
        let keeping = Keeping { promised: RwSignal::new(None), refused: RwSignal::new(false), progress, settings };
        spawn_local(async move { keeping.promised.set(persistence::is_promised().await) });
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

    /// A backup was made, or the learner wants to hear no more of it until there are as many answers again.
    pub fn backed_up(self) {
        let answers = self.progress.log().read_untracked().len();
        self.settings.note(|chosen| chosen.backed_up = answers);
    }
}
