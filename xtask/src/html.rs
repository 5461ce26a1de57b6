//! Filling in what a page leaves open, after Trunk has written it.

use anyhow::{Context, Result};

/// A place in a page that is filled in: what stands before it and after it.
#[derive(Clone, Copy)]
pub struct Place {
    /// The text before it.
    pub before: &'static str,
    /// The text after it.
    pub after: &'static str,
}

/// The page with `text` at `place`, instead of what stood there. The text is escaped.
///
/// # Errors
/// If the page has no such place.
pub fn fill(html: &str, place: Place, text: &str) -> Result<String> {
    fill_with(html, place, &escaped(text))
}

/// The same with HTML that is escaped where it has to be.
///
/// # Errors
/// If the page has no such place.
pub fn fill_with(html: &str, place: Place, markup: &str) -> Result<String> {
    let (head, _, tail) = around(html, place)?;
    Ok(format!("{head}{}{markup}{}{tail}", place.before, place.after))
}

/// What stands at a place, as it is in the page.
///
/// # Errors
/// If the page has no such place.
pub fn text_at(html: &str, place: Place) -> Result<&str> {
    around(html, place).map(|(_, text, _)| text)
}

/// What stands before, at and after a place.
fn around(html: &str, Place { before, after }: Place) -> Result<(&str, &str, &str)> {
    let (head, rest) = html.split_once(before).with_context(|| missing(&format!("{before}…{after}")))?;
    let (text, tail) = rest.split_once(after).with_context(|| missing(&format!("{before}…{after}")))?;
    Ok((head, text, tail))
}

/// The page with `new` in place of the first `old`.
///
/// # Errors
/// If there is none.
pub fn replace_once(html: &str, old: &str, new: &str) -> Result<String> {
    let (head, tail) = html.split_once(old).with_context(|| missing(old))?;
    Ok(format!("{head}{new}{tail}"))
}

fn missing(what: &str) -> String {
    format!("index.html has no `{what}`, which is filled in after a build (was it edited or minified?)")
}

/// A text as HTML, in an element or an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
