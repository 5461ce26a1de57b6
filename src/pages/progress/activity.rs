//! On which days the learner answered, over a year.

use leptos::prelude::*;
use quiz::learner::activity::Activity;
use quiz::learner::calendar::{Day, weekday};

use super::parts::{note, section};
use super::report::{DAYS, Report};
use crate::browser::language;
use crate::ui::chart;

/// The section.
pub fn activity_part(report: &Report) -> AnyView {
    let Activity { days, streak, of_thirty, .. } = &report.activity;
    let mut says = format!("You answered on {of_thirty} of the last 30 days");
    if *streak > 1 {
        says += &format!(", and on each of the last {streak}");
    }
    let first = report.today + 1 - days.len() as Day;
    let picture = year(days, first, format!("{says}."));
    let axis = chart::axis(vec![
        language::day(first, report.today),
        language::day(first + DAYS / 2, report.today),
        "today".to_owned(),
    ]);
    let answered =
        (first..=report.today).zip(days).collect::<Vec<_>>().into_iter().filter(|(_, answers)| **answers > 0);
    let rows = answered
        .rev()
        .map(|(day, answers)| vec![language::day(day, report.today), language::number(*answers as usize)])
        .collect();
    let table = chart::table("Answers by day", vec!["Day".to_owned(), "Answers".to_owned()], rows);
    let picture = chart::wide("A year of answers", view! { {picture} {axis} }.into_any());
    section("activity", "The last year", [picture, note(format!("{says}.")), table])
}

/// A column a week, a square a day, the darker the more was answered.
fn year(days: &[u32], first: Day, says: String) -> AnyView {
    const STEP: u32 = 12;
    const SQUARE: u32 = 10;
    const CLASSES: [&str; 5] = ["none", "few", "some", "many", "most"];
    let most = days.iter().copied().max().unwrap_or(0).max(1);
    let mut paths = CLASSES.map(|_| String::new());
    for (place, answers) in (weekday(first)..).zip(days) {
        let class = if *answers == 0 { 0 } else { 1 + (4 * (answers - 1) / most).min(3) };
        paths[class as usize] += &chart::rectangle(place / 7 * STEP, place % 7 * STEP, SQUARE, SQUARE);
    }
    let weeks = (weekday(first) + days.len() as u32).div_ceil(7);
    let (width, height) = (weeks * STEP + SQUARE - STEP, 7 * STEP + SQUARE - STEP);
    chart::picture("year", width, height, says, CLASSES.into_iter().zip(paths).collect())
}
