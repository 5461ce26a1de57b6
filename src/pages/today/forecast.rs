//! What comes due in the days ahead, as columns.

use leptos::prelude::*;
use quiz::learner::calendar::{Day, date};
use quiz::practice::{self, FORECAST};

use crate::browser::language;
use crate::ui::chart;

/// What comes due in the next two weeks, day by day. Nothing, as long as nothing was answered.
pub fn two_weeks(today: &practice::Today, day: Day) -> Option<AnyView> {
    let most = today.forecast.iter().copied().max().filter(|most| *most > 0)?;
    let columns = (day..).zip(today.forecast).map(|(on, due)| column(on, day, due, most)).collect_view();
    let last = day + FORECAST as Day - 1;
    let axis = chart::axis(vec!["today".to_owned(), language::day(last, day)]);
    Some(view! { <section data-testid="forecast"><h2>"Due in the next two weeks"</h2> <ol class="forecast">{columns}</ol> {axis}</section> }.into_any())
}

/// How much is due on a day, as a number above its column.
fn column(on: Day, today: Day, due: u32, most: u32) -> AnyView {
    let class = if on == today { "first" } else { "rest" };
    view! {
        <li class=class data-testid="due-on" data-due=due>
            <span class="hidden">{language::day(on, today)} ": "</span>
            <span class="count">{due}</span>
            {chart::column(due, most)}
            <span class="day" aria-hidden="true">{date(on).day}</span>
        </li>
    }
    .into_any()
}
