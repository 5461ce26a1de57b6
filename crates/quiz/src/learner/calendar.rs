//! Days in the learner's time. Time zones are the caller's: only an offset comes in.

/// A day, counted from 1 January 1970 in the learner's time.
pub type Day = u32;

/// A day in ms.
pub const MS_A_DAY: u64 = 24 * 60 * 60 * 1000;

/// Where a learner's days begin: at midnight by the clock on the wall.
///
/// The offset of today stands for all days, so an answer within an hour of midnight in the other half of the year may
/// count for the neighbouring day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Local time minus UTC, in ms.
    pub offset: i64,
}

/// A date as people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: i64,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
}

impl Calendar {
    /// The day of an instant, which is in ms since 1970; the first or the last one that there is for what lies beyond.
    pub fn day(self, at: u64) -> Day {
        let local = i64::try_from(at).unwrap_or(i64::MAX).saturating_add(self.offset);
        u32::try_from(local.div_euclid(MS_A_DAY as i64).max(0)).unwrap_or(Day::MAX)
    }
}

impl Calendar {
    /// The day for which an answer given at `at` counts. What a clock that was ahead has put after `today` counts for
    /// today, but nothing as long as it is more than a day ahead.
    pub fn counted_day(self, at: u64, today: Day) -> Option<Day> {
        let day = self.day(at);
        (day <= today.saturating_add(1)).then_some(day.min(today))
    }
}

/// The date of a day.
///
/// `civil_from_days` in Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
pub fn date(day: Day) -> Date {
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    Date {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month: month as u32,
        day: (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32,
    }
}

/// The day of a date from 1970 on, if there is such a date.
///
/// `days_from_civil` of the same source as [`date`].
pub fn day_of(searched: Date) -> Option<Day> {
    let Date { year, month, day } = searched;
    if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || day > 31 {
        return None;
    }
    let shifted_year = year - i64::from(month <= 2);
    let (era, year_of_era) = (shifted_year / 400, shifted_year % 400);
    let day_of_year = (153 * i64::from((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let found = Day::try_from(era * 146_097 + day_of_era - 719_468).ok()?;
    (date(found) == searched).then_some(found)
}

/// A day as ISO 8601 and the fields of a page write it: `2026-11-22`.
pub fn iso(day: Day) -> String {
    let Date { year, month, day } = date(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day of a date that [`iso`] wrote.
pub fn day_of_iso(text: &str) -> Option<Day> {
    let mut parts = text.split('-');
    let mut part = || parts.next()?.parse::<u32>().ok();
    let date = Date { year: i64::from(part()?), month: part()?, day: part()? };
    day_of(date).filter(|day| iso(*day) == text)
}

/// The day of the week, 0 for Monday.
pub fn weekday(day: Day) -> u32 {
    // The first of January 1970 was a Thursday. A stored day may be any number, so nothing is added to it.
    (day % 7 + 3) % 7
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// What comes first where a date is written in English words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `5 Dec`
    Day,
    /// `Dec 5`
    Month,
}

impl DateOrder {
    /// The order in a region, by its code of ISO 3166: that of Unicode CLDR for its English. Who names no region gets the United
    /// States', as from CLDR.
    pub fn in_region(code: Option<&str>) -> DateOrder {
        let is_month_first = |code: &str| {
            let regions = ["AS", "BI", "CA", "GU", "MH", "MP", "PH", "PR", "UM", "US", "VI"];
            regions.iter().any(|region| code.eq_ignore_ascii_case(region))
        };
        if code.is_none_or(is_month_first) { DateOrder::Month } else { DateOrder::Day }
    }

    /// A day, with its year if that is not `today`'s: `5 Dec`, `Dec 5, 2027`.
    pub fn short(self, day: Day, today: Day) -> String {
        let Date { year, month, day } = date(day);
        let month = &MONTHS[month as usize - 1][..3];
        match (self, year == date(today).year) {
            (DateOrder::Day, true) => format!("{day} {month}"),
            (DateOrder::Day, false) => format!("{day} {month} {year}"),
            (DateOrder::Month, true) => format!("{month} {day}"),
            (DateOrder::Month, false) => format!("{month} {day}, {year}"),
        }
    }

    /// A day with its name: `Sunday 22 November`, `Sunday, November 22`.
    pub fn whole(self, day: Day) -> String {
        let weekday = WEEKDAYS[weekday(day) as usize];
        let Date { month, day, .. } = date(day);
        let month = MONTHS[month as usize - 1];
        match self {
            DateOrder::Day => format!("{weekday} {day} {month}"),
            DateOrder::Month => format!("{weekday}, {month} {day}"),
        }
    }
}

/// A day by how far ahead it is: `today`, `tomorrow`, `in 6 days`.
pub fn ahead(days: Day) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => format!("in {days} days"),
    }
}
