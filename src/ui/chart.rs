//! Charts: each a picture of a few paths, with words for those who do not see it and the same numbers as a table.
//!
//! A charting crate would weigh more than all charts here together; what they need of one is a few lines.

use leptos::html;
use leptos::prelude::*;

use super::dynamic::{list, tag, words};

/// A shape of a picture: its style class and its path.
pub type Shape = (&'static str, String);

/// The path of a rectangle.
pub fn rectangle(x: f32, y: f32, width: f32, height: f32) -> String {
    format!("M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}z")
}

/// The path of a line through values from 0 to 1, evenly spaced over `width`.
pub fn line(values: &[f32], width: f32, height: f32) -> String {
    let step = width / (values.len().max(2) - 1) as f32;
    let mut path = String::new();
    for (place, value) in values.iter().enumerate() {
        let command = if place == 0 { 'M' } else { 'L' };
        path += &format!("{command}{:.1} {:.1}", place as f32 * step, 1.0 + (height - 2.0) * (1.0 - value));
    }
    path
}

/// A picture. `says` is what it shows, in a sentence; empty if the words beside it say all.
pub fn picture(class: &'static str, width: f32, height: f32, says: String, shapes: Vec<Shape>) -> AnyView {
    let paths = list(shapes.into_iter().map(|(class, path)| view! { <path class=class d=path></path> }));
    let (role, hidden) = if says.is_empty() { (None, Some("true")) } else { (Some("img"), None) };
    view! {
        <svg class=class viewBox=format!("0 0 {width} {height}") preserveAspectRatio="none" role=role aria-label=says aria-hidden=hidden>
            {paths}
        </svg>
    }
    .into_any()
}

/// Bars from left to right, the first one stressed.
pub fn bars(values: &[u32], says: String) -> AnyView {
    const WIDTH: f32 = 16.0;
    const GAP: f32 = 6.0;
    const HEIGHT: f32 = 68.0;
    let most = values.iter().copied().max().unwrap_or(0).max(1) as f32;
    let bar = |(place, value): (usize, &u32)| {
        let height = (*value as f32 / most * HEIGHT).max(1.0);
        let class = if place == 0 { "first" } else { "rest" };
        (class, rectangle(place as f32 * (WIDTH + GAP), HEIGHT - height, WIDTH, height))
    };
    let width = values.len() as f32 * (WIDTH + GAP) - GAP;
    picture("bars", width, HEIGHT, says, values.iter().enumerate().map(bar).collect())
}

/// What stands below a picture, from its left end to its right.
pub fn axis(labels: Vec<String>) -> AnyView {
    html::div()
        .class("axis")
        .attr("aria-hidden", "true")
        .child(list(labels.into_iter().map(|label| words("span", "", label))))
        .into_any()
}

/// A share from 0 to 1 as a bar, with a mark at what it should be, if anything.
pub fn share(share: f32, mark: Option<f32>) -> AnyView {
    let mut shapes =
        vec![("track", rectangle(0.0, 0.0, 100.0, 8.0)), ("fill", rectangle(0.0, 0.0, 100.0 * share, 8.0))];
    shapes.extend(mark.map(|mark| ("mark", rectangle(100.0 * mark - 0.4, 0.0, 0.8, 8.0))));
    picture("share", 100.0, 8.0, String::new(), shapes)
}

/// A row of a list of measures: what is measured, a small picture, the value in words.
pub fn gauge(label: AnyView, picture: AnyView, value: impl Into<String>) -> AnyView {
    tag("div", "gauge", list([label, picture, words("span", "value", value)]))
}

/// What is wider than a phone: it scrolls by itself, and begins with its right end.
pub fn wide(inside: AnyView) -> AnyView {
    html::div().class("wide").attr("tabindex", "0").child(tag("div", "", inside)).into_any()
}

/// The numbers of a picture, for those who want them or do not see it.
pub fn table(caption: &'static str, head: Vec<String>, rows: Vec<Vec<String>>) -> AnyView {
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let first = cells.next().map(|cell| html::th().scope("row").child(cell).into_any());
        tag("tr", "", list(first.into_iter().chain(cells.map(|cell| words("td", "", cell)))))
    };
    let head = tag("tr", "", list(head.into_iter().map(|cell| html::th().scope("col").child(cell))));
    let inside = [
        words("caption", "hidden", caption),
        tag("thead", "", head),
        tag("tbody", "", list(rows.into_iter().map(row))),
    ];
    let scrolls = html::div().class("scrolls").attr("tabindex", "0").child(tag("table", "", list(inside))).into_any();
    tag("details", "numbers", list([words("summary", "", "As a table"), scrolls]))
}

/// A share in per cent.
pub fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
