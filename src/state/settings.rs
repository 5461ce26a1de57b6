//! What the learner set, as a signal; what there is to set, and how it is stored, is in `quiz`.

use leptos::prelude::*;
use quiz::settings::{self, Chosen, KEY, Theme};

use crate::browser::storage::{self, LocalStorage};
use crate::browser::{keyboard, page};

/// What the learner set.
#[derive(Clone, Copy)]
pub struct Settings {
    chosen: RwSignal<Chosen>,
    /// Whether what the learner chose last is stored.
    is_kept: RwSignal<bool>,
}

impl Settings {
    /// Reads the stored settings; what cannot be read is kept beside and the defaults apply.
    pub fn load() -> Settings {
        let chosen = settings::stored(&LocalStorage).unwrap_or_default();
        apply(&chosen);
        let own = Settings { chosen: RwSignal::new(chosen), is_kept: RwSignal::new(true) };
        storage::on_change_elsewhere(move |key| {
            if let Some(chosen) = key.filter(|key| key == KEY).and_then(|_| settings::stored(&LocalStorage)) {
                apply(&chosen);
                own.chosen.set(chosen);
            }
        });
        own
    }

    /// What is chosen.
    pub fn chosen(self) -> RwSignal<Chosen> {
        self.chosen
    }

    /// Whether what the learner chose last is stored. If it is not, it holds for this page only, and the learner is told.
    pub fn is_kept(self) -> RwSignal<bool> {
        self.is_kept
    }

    /// Changes what the learner chose.
    pub fn change(self, change: impl FnOnce(&mut Chosen)) {
        let mut chosen = self.to_change();
        change(&mut chosen);
        self.set(chosen);
    }

    /// Changes what the app notes for itself. Nobody is told if it is not stored: at worst the browser is asked once more to
    /// keep the answers, or a backup is suggested once more.
    pub fn note(self, change: impl FnOnce(&mut Chosen)) {
        let mut chosen = self.to_change();
        change(&mut chosen);
        self.store(chosen);
    }

    // The same for all changes. Compiled anew for each of them it would weigh some kB more.

    /// What another tab has changed stays, unless what was chosen here never got that far.
    fn to_change(self) -> Chosen {
        let stored = settings::stored(&LocalStorage).filter(|_| self.is_kept.get_untracked());
        stored.unwrap_or_else(|| self.chosen.get_untracked())
    }

    fn set(self, mut chosen: Chosen) {
        chosen.touch(&self.to_change());
        let is_kept = self.store(chosen);
        self.is_kept.set(is_kept);
    }

    fn store(self, chosen: Chosen) -> bool {
        apply(&chosen);
        let is_kept = settings::store(&LocalStorage, &chosen);
        self.chosen.set(chosen);
        is_kept
    }
}

/// Lets the page look and behave so.
fn apply(chosen: &Chosen) {
    page::set_theme((chosen.theme != Theme::System).then(|| chosen.theme.name()));
    page::set_look("code", (!chosen.wraps_code).then_some("whole"));
    page::set_look("clock", (!chosen.shows_clock).then_some("hidden"));
    keyboard::allow_single_keys(chosen.single_keys);
}
