//! What the learner set, in a versioned envelope of its own.

use quiz::envelope::{self, EnvelopeError, Format};
use quiz::journal::Storage;
use quiz::json::{self, FromJson, Json};
use serde::Serialize;

use crate::browser::page;
use crate::browser::storage::LocalStorage;
use crate::live::{Cell, Live};

const KEY: &str = "borrowed-time/settings";
const FORMAT: Format = Format { kind: "settings", version: 1 };

/// Where a settings value goes that this release cannot read, so that writing new settings does not destroy it.
const SET_ASIDE_KEY: &str = "borrowed-time/settings-set-aside";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

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
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

impl FromJson for Theme {
    fn from_json(json: Json<'_>) -> Theme {
        let from_name = |name: &str| match name {
            "system" => Some(Theme::System),
            "light" => Some(Theme::Light),
            "dark" => Some(Theme::Dark),
            _ => None,
        };
        json.named(from_name, Theme::System)
    }
}

#[derive(Clone, Debug, Default, Serialize)]
struct Stored {
    theme: Theme,
}

impl FromJson for Stored {
    fn from_json(json: Json<'_>) -> Stored {
        Stored { theme: json.fields().take_or_default("theme") }
    }
}

/// What the learner set.
#[derive(Clone, Copy)]
pub struct Settings {
    theme: Cell<Theme>,
}

impl Settings {
    /// Reads the stored settings; what cannot be read is kept beside and the defaults apply.
    pub fn load() -> Settings {
        let raw = LocalStorage.get(KEY).ok().flatten();
        let stored = raw.as_deref().map(read).unwrap_or_default();
        page::set_theme(stored.theme.attribute());
        Settings { theme: Cell::new(stored.theme) }
    }

    /// The chosen theme.
    pub fn theme(self) -> Live<Theme> {
        self.theme.live()
    }

    /// Chooses a theme. A storage that is full, or that holds a newer release's settings, forgets it with the page.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        page::set_theme(theme.attribute());
        if may_write() {
            let _ = LocalStorage.set(KEY, &envelope::seal(FORMAT, &Stored { theme }));
        }
    }
}

fn read(raw: &str) -> Stored {
    let opened = envelope::open(FORMAT, raw).ok();
    opened.and_then(|data| json::from_value(data).ok()).unwrap_or_default()
}

/// Settings of a newer release are left alone; what is no settings at all is kept beside before it is replaced.
fn may_write() -> bool {
    let Ok(Some(raw)) = LocalStorage.get(KEY) else { return true };
    match envelope::open(FORMAT, &raw) {
        Ok(_) => true,
        Err(EnvelopeError::Newer(_)) => false,
        Err(EnvelopeError::Unreadable(_)) => LocalStorage.set(SET_ASIDE_KEY, &raw).is_ok(),
    }
}
