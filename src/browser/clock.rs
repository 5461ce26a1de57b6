//! The learner's clock.

use js_sys::Date;
use quiz::learner::calendar::{Calendar, Day};

use super::window;

/// Now, in ms since 1970.
pub fn now() -> u64 {
    Date::now() as u64
}

/// The learner's calendar.
pub fn calendar() -> Calendar {
    Calendar { offset: -60_000 * Date::new_0().get_timezone_offset() as i64 }
}

/// Today.
pub fn today() -> Day {
    calendar().day(now())
}

/// The day as `2026-11-22`, for file names.
pub fn day() -> String {
    let date = Date::new_0();
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Milliseconds on a clock that never goes back, for measuring how long something took.
pub fn ticks() -> f64 {
    window().performance().map_or_else(Date::now, |performance| performance.now())
}
