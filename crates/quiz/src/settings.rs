//! What the learner set, and how it lies in a storage: in a versioned envelope of its own.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::envelope::{self, EnvelopeError, Format, Opened};
use crate::journal::Storage;
use crate::json::{self, FromJson, Json};
use crate::json_names;
use crate::learner::ReviewContext;
use crate::learner::calendar::{Calendar, Day};
use crate::learner::memory::{LEAST_RETENTION, MOST_RETENTION, PARAMETERS, RETENTION, Scheduler};
use crate::plan::Target;
use crate::practice::{MOST_NEW_A_DAY, NEW_A_DAY};
use crate::problem::Level;

/// Where they lie.
pub const KEY: &str = "borrowed-time/settings";
/// Where settings go that this release cannot read, so that writing new ones does not destroy them.
pub const SET_ASIDE_KEY: &str = "borrowed-time/settings-set-aside";
/// Version 1 had the theme only.
const FORMAT: Format = Format { kind: "settings", version: 2 };

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
    /// The fields that the learner has ever changed here: they count as set, even where they are as they come.
    pub touched: Vec<String>,
}

/// So many seconds a program may run, unless the learner chose otherwise.
const RUN_SECONDS: u64 = 10;
/// The least and the most that can be chosen.
pub const RUN_SECONDS_RANGE: RangeInclusive<u64> = 1..=120;

/// December 31, 9999.
const LAST_DAY: Day = 2_932_896;
/// So many fits a file may bring.
const MOST_FITS: usize = 5;

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
            touched: Vec::new(),
        }
    }
}

/// What is set by the learner: each field, and its name in a sentence.
macro_rules! settings {
    ($count:literal; $($place:literal $field:ident: $name:literal,)*) => {
        const SETTINGS: [(&str, &str); $count] = [$((stringify!($field), $name)),*];

        impl Chosen {
            /// Of each of [`SETTINGS`], whether it is another one there.
            fn differs(&self, other: &Chosen) -> [bool; $count] {
                [$(self.$field != other.$field),*]
            }

            /// Takes over one of [`SETTINGS`].
            fn copy(&mut self, place: usize, from: &Chosen) {
                match place {
                    $($place => self.$field = from.$field.clone(),)*
                    _ => {}
                }
            }
        }
    };
}

settings! {
    12;
    0 level: "your level",
    1 target: "the day of your interview",
    2 fits: "the fit to your answers",
    3 retention: "how often you review",
    4 new_a_day: "new problems a day",
    5 asks_confidence: "how sure you are",
    6 theme: "the theme",
    7 single_keys: "single keys",
    8 wraps_code: "long lines of code",
    9 shows_clock: "the time on a question",
    10 checks_as_typed: "errors while you write",
    11 run_seconds: "how long a program may run",
}

impl Chosen {
    /// The fit in use.
    pub fn fitted(&self) -> Option<&Fitted> {
        self.fits.last()
    }

    /// What of it holds in any browser: all but what the app notes for itself.
    pub fn portable(&self) -> Chosen {
        Chosen { backed_up: 0, asked_to_keep: false, touched: Vec::new(), ..self.clone() }
    }

    /// Notes what the learner changed since it was `before`: it counts as set, even where it is as it comes again.
    pub fn touch(&mut self, before: &Chosen) {
        for (place, is_other) in self.differs(before).into_iter().enumerate() {
            let (field, _) = SETTINGS[place];
            if is_other && !self.touched.iter().any(|touched| touched == field) {
                self.touched.push(field.to_owned());
            }
        }
    }

    /// Takes over what was set `elsewhere` and never here. What was set here stays. An interview before `today` is none. Tells what
    /// was taken over, by its name in a sentence.
    pub fn take_over(&mut self, elsewhere: &Chosen, today: Day) -> Vec<&'static str> {
        let unset = Chosen::default();
        let is_over = |chosen: &Chosen| chosen.target.is_some_and(|target| target.day < today);
        let (is_set, is_set_there) = (self.differs(&unset), elsewhere.differs(&unset));
        let mut taken = Vec::new();
        for (place, (field, name)) in SETTINGS.iter().enumerate() {
            let is_day = *field == "target";
            let is_set = is_set[place] || self.touched.iter().any(|touched| touched == field);
            if (is_set && !(is_day && is_over(self))) || !is_set_there[place] || (is_day && is_over(elsewhere)) {
                continue;
            }
            self.copy(place, elsewhere);
            taken.push(*name);
        }
        taken
    }

    /// All answers are erased: nothing is fitted to them or has a backup, and a fit that is brought in is welcome.
    pub fn forget_answers(&mut self) {
        self.backed_up = 0;
        self.fits.clear();
        self.touched.retain(|touched| touched != "fits");
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

    /// The memory model at `now` (ms since 1970).
    pub fn review_context(&self, now: u64, calendar: Calendar) -> ReviewContext {
        ReviewContext {
            now,
            calendar,
            scheduler: self.scheduler(),
            new_a_day: self.new_a_day.min(MOST_NEW_A_DAY),
            level: self.level,
            withheld: BTreeSet::new(),
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
            touched: fields.take_or_default("touched"),
        }
    }
}

impl FromJson for Fitted {
    fn from_json(json: Json<'_>) -> Fitted {
        let mut fields = json.fields();
        Fitted { parameters: fields.take("parameters"), reviews: fields.take("reviews"), at: fields.take("at") }
    }
}

/// What is stored, if this release can read it.
pub fn stored(storage: &impl Storage) -> Option<Chosen> {
    read(&storage.get(KEY).ok()??).ok()
}

/// Stores it, and tells whether it is stored. Settings of a newer release are left alone; what is no settings at all is kept beside
/// before it is replaced.
pub fn store(storage: &impl Storage, chosen: &Chosen) -> bool {
    may_write(storage) && storage.set(KEY, &write(chosen)).is_ok()
}

/// Settings in their envelope.
pub fn write(chosen: &Chosen) -> String {
    envelope::seal(FORMAT, chosen)
}

fn may_write(storage: &impl Storage) -> bool {
    let Ok(Some(raw)) = storage.get(KEY) else { return true };
    match read(&raw) {
        Ok(_) => true,
        Err(EnvelopeError::Newer(_)) => false,
        Err(EnvelopeError::Unreadable(_)) => storage.set(SET_ASIDE_KEY, &raw).is_ok(),
    }
}

/// What a stored text says; else whether it is a newer release's.
fn read(raw: &str) -> Result<Chosen, EnvelopeError> {
    opened(envelope::open(FORMAT, raw)?)
}

/// What the envelope of a file says, as far as it could be chosen on the page as well: a file is from anywhere.
///
/// # Errors
/// When it is none of settings, or a newer release's.
pub fn from_file(envelope: Value) -> Result<Chosen, EnvelopeError> {
    let mut chosen = opened(envelope::open_value(FORMAT, envelope)?)?;
    let [least, most] = [LEAST_RETENTION, MOST_RETENTION].map(|share| (share * 100.0).round() as u32);
    chosen.retention = chosen.retention.clamp(least, most);
    chosen.new_a_day = chosen.new_a_day.min(MOST_NEW_A_DAY);
    chosen.run_seconds = chosen.run_limit().as_secs();
    chosen.target = chosen.target.filter(|target| target.day <= LAST_DAY);
    if let Some(target) = &mut chosen.target {
        target.minutes_a_day = target.minutes();
    }
    chosen.fits.retain(|fitted| fitted.parameters.len() == PARAMETERS);
    chosen.fits.drain(..chosen.fits.len().saturating_sub(MOST_FITS));
    Ok(chosen.portable())
}

fn opened(envelope: Opened) -> Result<Chosen, EnvelopeError> {
    json::from_value(envelope.data).map_err(|error| EnvelopeError::Unreadable(error.to_string()))
}
