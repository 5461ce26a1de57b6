//! What the learner set, in a versioned envelope of its own.

use std::time::Duration;

use leptos::prelude::*;
use quiz::envelope::{self, EnvelopeError, Format};
use quiz::journal::Storage;
use quiz::json::{self, FromJson, Json};
use quiz::json_names;
use quiz::learner::ReviewContext;
use quiz::learner::memory::{RETENTION, Scheduler};
use quiz::plan::Target;
use quiz::practice::{MOST_NEW_A_DAY, NEW_A_DAY};
use quiz::problem::Level;
use serde::Serialize;

use crate::browser::storage::{self, LocalStorage};
use crate::browser::{clock, keyboard, page};

const KEY: &str = "borrowed-time/settings";
/// Version 1 had the theme only.
const FORMAT: Format = Format { kind: "settings", version: 2 };

/// Where a settings value goes that this release cannot read, so that writing new settings does not destroy it.
const SET_ASIDE_KEY: &str = "borrowed-time/settings-set-aside";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

json_names!(Theme { System = "system", Light = "light", Dark = "dark" });

impl Theme {
    /// All themes, in the order in which they are offered.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        }
    }

    fn attribute(self) -> Option<&'static str> {
        (self != Theme::System).then(|| self.name())
    }
}

/// What the learner set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chosen {
    /// Light or dark.
    pub theme: Theme,
    /// How probably a problem should still be known when it comes again, in per cent.
    pub retention: u32,
    /// Whether a learner who answers is asked how sure they are.
    pub asks_confidence: bool,
    /// The fits of the memory model that were accepted, the one in use last: taking it back leaves the one before.
    pub fits: Vec<Fitted>,
    /// How many answers there were when they were last exported, or when the learner put that off.
    pub backed_up: usize,
    /// Whether the browser was asked to keep what is stored.
    pub asked_to_keep: bool,
    /// How many problems that were never met are asked on a day.
    pub new_a_day: usize,
    /// Whether keys without Control do something: letters, digits, signs.
    pub single_keys: bool,
    /// Whether lines of code that are too long go on below.
    pub wraps_code: bool,
    /// Whether the time is shown while a question is answered.
    pub shows_clock: bool,
    /// The level at which the learner practises, once it is known.
    pub level: Option<Level>,
    /// The interview that the learner prepares for, once they have named its day.
    pub target: Option<Target>,
    /// So many seconds a program may run on this device.
    pub run_seconds: u64,
    /// Whether a program is compiled while it is written, to show its errors.
    pub checks_as_typed: bool,
}

/// So many seconds a program may run, unless the learner chose otherwise.
const RUN_SECONDS: u64 = 10;
/// The least and the most that can be chosen.
pub const RUN_SECONDS_RANGE: std::ops::RangeInclusive<u64> = 1..=120;

/// Parameters of the memory model that were fitted to a learner.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fitted {
    /// The parameters.
    pub parameters: Vec<f32>,
    /// How many reviews they were fitted to.
    pub reviews: usize,
    /// When, in ms since 1970.
    pub at: u64,
}

impl Default for Chosen {
    fn default() -> Chosen {
        let retention = (RETENTION * 100.0).round() as u32;
        Chosen {
            theme: Theme::System,
            retention,
            asks_confidence: true,
            fits: Vec::new(),
            backed_up: 0,
            asked_to_keep: false,
            new_a_day: NEW_A_DAY,
            single_keys: true,
            wraps_code: true,
            shows_clock: true,
            level: None,
            target: None,
            run_seconds: RUN_SECONDS,
            checks_as_typed: true,
        }
    }
}

impl Chosen {
    /// The fit in use.
    pub fn fitted(&self) -> Option<&Fitted> {
        self.fits.last()
    }

    /// The memory model as the learner wants it.
    pub fn scheduler(&self) -> Scheduler {
        let parameters = self.fitted().map_or(&[][..], |fitted| &fitted.parameters);
        Scheduler::new(parameters, self.retention as f32 / 100.0)
    }

    /// How long a program may run on this device.
    pub fn run_limit(&self) -> Duration {
        Duration::from_secs(self.run_seconds.clamp(*RUN_SECONDS_RANGE.start(), *RUN_SECONDS_RANGE.end()))
    }

    /// Lets the page look and behave so.
    fn apply(&self) {
        page::set_theme(self.theme.attribute());
        page::set_look("code", (!self.wraps_code).then_some("whole"));
        page::set_look("clock", (!self.shows_clock).then_some("hidden"));
        keyboard::allow_single_keys(self.single_keys);
    }

    /// The memory model, now.
    pub fn review_context(&self) -> ReviewContext {
        ReviewContext {
            now: clock::now(),
            calendar: clock::calendar(),
            scheduler: self.scheduler(),
            new_a_day: self.new_a_day.min(MOST_NEW_A_DAY),
            level: self.level,
        }
    }
}

impl FromJson for Chosen {
    fn from_json(json: Json<'_>) -> Chosen {
        let mut fields = json.fields();
        let otherwise = Chosen::default();
        Chosen {
            theme: fields.take_or_default("theme"),
            retention: fields.take::<Option<u32>>("retention").unwrap_or(otherwise.retention),
            asks_confidence: fields.take::<Option<bool>>("asks_confidence").unwrap_or(true),
            fits: fields.take_or_default("fits"),
            backed_up: fields.take_or_default("backed_up"),
            asked_to_keep: fields.take::<Option<bool>>("asked_to_keep").unwrap_or(false),
            new_a_day: fields.take::<Option<usize>>("new_a_day").unwrap_or(otherwise.new_a_day),
            single_keys: fields.take::<Option<bool>>("single_keys").unwrap_or(true),
            wraps_code: fields.take::<Option<bool>>("wraps_code").unwrap_or(true),
            shows_clock: fields.take::<Option<bool>>("shows_clock").unwrap_or(true),
            level: fields.take_or_default("level"),
            target: fields.take_or_default("target"),
            run_seconds: fields.take::<Option<u64>>("run_seconds").unwrap_or(RUN_SECONDS),
            checks_as_typed: fields.take::<Option<bool>>("checks_as_typed").unwrap_or(true),
        }
    }
}

impl FromJson for Fitted {
    fn from_json(json: Json<'_>) -> Fitted {
        let mut fields = json.fields();
        Fitted { parameters: fields.take("parameters"), reviews: fields.take("reviews"), at: fields.take("at") }
    }
}

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
        let chosen = stored().unwrap_or_default();
        chosen.apply();
        let settings = Settings { chosen: RwSignal::new(chosen), is_kept: RwSignal::new(true) };
        storage::on_change_elsewhere(move |key| {
            if let Some(chosen) = key.filter(|key| key == KEY).and_then(|_| stored()) {
                chosen.apply();
                settings.chosen.set(chosen);
            }
        });
        settings
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
        let is_kept = self.take_over(change);
        self.is_kept.set(is_kept);
    }

    /// Changes what the app notes for itself. Nobody is told if it is not stored: at worst the browser is asked once more to
    /// keep the answers, or a backup is suggested once more.
    pub fn note(self, change: impl FnOnce(&mut Chosen)) {
        self.take_over(change);
    }

    /// Changes it, and tells whether it is stored.
    fn take_over(self, change: impl FnOnce(&mut Chosen)) -> bool {
        // What another tab has changed stays, unless what was chosen here never got that far.
        let stored = stored().filter(|_| self.is_kept.get_untracked());
        let mut chosen = stored.unwrap_or_else(|| self.chosen.get_untracked());
        change(&mut chosen);
        chosen.apply();
        let is_kept = may_write() && LocalStorage.set(KEY, &envelope::seal(FORMAT, &chosen)).is_ok();
        self.chosen.set(chosen);
        is_kept
    }
}

/// What is stored, if this release can read it.
fn stored() -> Option<Chosen> {
    read(&LocalStorage.get(KEY).ok()??).ok()
}

/// What a stored text says; else whether it is a newer release's.
fn read(raw: &str) -> Result<Chosen, EnvelopeError> {
    let data = envelope::open(FORMAT, raw)?;
    json::from_value(data).map_err(|error| EnvelopeError::Unreadable(error.to_string()))
}

/// Settings of a newer release are left alone; what is no settings at all is kept beside before it is replaced.
fn may_write() -> bool {
    let Ok(Some(raw)) = LocalStorage.get(KEY) else { return true };
    match read(&raw) {
        Ok(_) => true,
        Err(EnvelopeError::Newer(_)) => false,
        Err(EnvelopeError::Unreadable(_)) => LocalStorage.set(SET_ASIDE_KEY, &raw).is_ok(),
    }
}
