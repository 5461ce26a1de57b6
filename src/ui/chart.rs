//! Charts: each a picture of a few paths, with words for those who do not see it and the same numbers as a table.
//!
//! A charting crate would weigh more than all charts here together; what they need of one is a few lines.

use leptos::html;
use leptos::prelude::*;

pub use crate::browser::language::percent;

/// A shape of a picture: its style class and its path.
pub type Shape = (&'static str, String);

/// The path of a rectangle: where it begins from the left and the top, how wide and how high it is.
///
/// Whole numbers: the code that prints others weighs more than a chart.
pub fn rectangle(x: u32, y: u32, width: u32, height: u32) -> String {
    format!("M{x} {y}h{width}v{height}h-{width}z")
}

/// So much of a whole.
fn part(share: f32, whole: u32) -> u32 {
    (share.clamp(0.0, 1.0) * whole as f32).round() as u32
}

/// A picture. `says` is what it shows, in a sentence; empty if the words beside it say all.
pub fn picture(class: &'static str, width: u32, height: u32, says: String, shapes: Vec<Shape>) -> AnyView {
    let paths =
        shapes.into_iter().map(|(class, path)| view! { <path class=class d=path></path> }.into_any()).collect_view();
    let (role, hidden) = if says.is_empty() { (None, Some("true")) } else { (Some("img"), None) };
    view! {
        <svg class=class viewBox=format!("0 0 {width} {height}") preserveAspectRatio="none" role=role aria-label=says aria-hidden=hidden>
            {paths}
        </svg>
    }
    .into_any()
}

/// A column of its height, for a row of them: so much of the highest.
pub fn column(value: u32, most: u32) -> AnyView {
    const HEIGHT: u32 = 68;
    let height = (value * HEIGHT / most.max(1)).max(1);
    picture("column", 16, HEIGHT, String::new(), vec![("bar", rectangle(0, HEIGHT - height, 16, height))])
}

/// What stands below a picture, from its left end to its right.
pub fn axis(labels: Vec<String>) -> AnyView {
    html::div()
        .class("axis")
        .attr("aria-hidden", "true")
        .child(labels.into_iter().map(|label| view! { <span>{label}</span> }.into_any()).collect_view())
        .into_any()
}

/// A share as a bar, with a mark at what it should be, if anything.
pub fn share(share: f32, mark: Option<f32>) -> AnyView {
    const WIDTH: u32 = 1000;
    const HEIGHT: u32 = 8;
    let mut shapes =
        vec![("track", rectangle(0, 0, WIDTH, HEIGHT)), ("fill", rectangle(0, 0, part(share, WIDTH), HEIGHT))];
    shapes.extend(mark.map(|mark| ("mark", rectangle(part(mark, WIDTH) - 4, 0, 8, HEIGHT))));
    picture("share", WIDTH, HEIGHT, String::new(), shapes)
}

/// A row of a list of measures: what is measured, a small picture, the value in words.
pub fn gauge(label: AnyView, picture: AnyView, value: impl Into<String>) -> AnyView {
    view! { <div class="gauge">{label} {picture} <span class="value">{value.into()}</span></div> }.into_any()
}

/// What is wider than a phone: it scrolls by itself, and begins with its right end.
pub fn wide(label: &'static str, inside: AnyView) -> AnyView {
    region("wide-picture", label, view! { <div>{inside}</div> }.into_any())
}

/// A part of the page that scrolls by itself.
fn region(class: &'static str, label: &'static str, inside: AnyView) -> AnyView {
    view! { <div class=class role="region" aria-label=label tabindex="0">{inside}</div> }.into_any()
}

/// The numbers of a picture, for those who want them or do not see it. They are drawn when they are asked for.
pub fn table(caption: &'static str, head: Vec<String>, rows: Vec<Vec<String>>) -> AnyView {
    let is_open = RwSignal::new(false);
    view! {
        <details class="numbers" on:toggle=move |_| is_open.set(true)>
            <summary>"Show as a table"</summary>
            {move || is_open.get().then(|| drawn(caption, &head, &rows))}
        </details>
    }
    .into_any()
}

fn drawn(caption: &'static str, head: &[String], rows: &[Vec<String>]) -> AnyView {
    let row = |cells: &Vec<String>| {
        let mut cells = cells.iter().cloned();
        let first = cells.next();
        let others = cells.map(|cell| view! { <td>{cell}</td> }.into_any()).collect_view();
        view! { <tr><th scope="row">{first}</th> {others}</tr> }
    };
    let columns = head.iter().cloned().map(|cell| view! { <th scope="col">{cell}</th> }.into_any()).collect_view();
    let table = view! {
        <table>
            <caption class="hidden">{caption}</caption>
            <thead><tr>{columns}</tr></thead>
            <tbody>{rows.iter().map(row).collect_view()}</tbody>
        </table>
    };
    region("scrolls", caption, table.into_any())
}
