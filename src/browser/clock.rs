//! The learner's clock.

use std::time::Duration;

use futures_channel::oneshot;
use js_sys::Date;
use leptos::prelude::set_timeout;
use quiz::learner::calendar::{Calendar, Day};

use super::{document, window};

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

/// Lets the browser do what else it has to do, such as hear a tap or draw a frame, before the caller goes on. In a page that nobody
/// sees there is nothing of that kind, and browsers let timers wait for a second.
pub async fn pause() {
    if document().hidden() {
        return;
    }
    let (go_on, gone_on) = oneshot::channel::<()>();
    set_timeout(|| drop(go_on), Duration::ZERO);
    let _ = gone_on.await;
}

/// Milliseconds on a clock that never goes back, for measuring how long something took.
pub fn ticks() -> f64 {
    window().performance().map_or_else(Date::now, |performance| performance.now())
}
