//! The documentation that ships with a toolchain: its pages, the places on them, and what they are called.
//!
//! It knows HTML as rustdoc and mdBook write it, and no problem.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::prove::toolchain::{self, ToolchainError};
use crate::spelling::nearest;

/// Where it is in the web.
pub const SHIPPED: &str = "https://doc.rust-lang.org/";
/// The same pages under another address.
const STABLE: &str = "stable/";

/// The documentation of a toolchain.
#[derive(Debug)]
pub struct Documentation {
    folder: PathBuf,
}

/// Why an address leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// There is no such page.
    Page,
    /// There is no such place on it; perhaps this one was meant.
    Place { meant: Option<String> },
}

impl Documentation {
    /// That of the toolchain which a `rust-toolchain.toml` pins; `None` if it is not installed.
    ///
    /// # Errors
    /// If there is no such toolchain.
    pub fn find(toolchain_file: &Path) -> Result<Option<Documentation>, ToolchainError> {
        Ok(Documentation::in_folder(&toolchain::sysroot(toolchain_file)?.join("share/doc/rust/html")))
    }

    fn in_folder(folder: &Path) -> Option<Documentation> {
        folder.join("std/index.html").is_file().then(|| Documentation { folder: folder.to_owned() })
    }

    /// Whether an address that begins with [`SHIPPED`] leads somewhere.
    pub(crate) fn resolve(&self, address: &str) -> Result<(), Lost> {
        let place = Place::of(address).ok_or(Lost::Page)?;
        let html = self.page(&place.file).map_err(|_| Lost::Page)?;
        match place.anchor {
            Some(anchor) if !has_place(&html, anchor) => {
                let meant = nearest(anchor, places(&html)).map(str::to_owned);
                Err(Lost::Place { meant })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The title of what an address leads to; `None` if the documentation has no such page, or no such place on it.
    pub fn title_of(&self, address: &str) -> Option<String> {
        let Place { file, anchor } = Place::of(address)?;
        let html = self.page(&file).ok()?;
        let title = words(html.split_once("<title>")?.1.split_once("</title>")?.0);
        if anchor.is_some_and(|anchor| !has_place(&html, anchor)) {
            return None;
        }
        let (subject, book) = title.rsplit_once(" - ")?;
        Some(match (file.starts_with("std/"), anchor) {
            (true, anchor) => format!("{} – standard library", item(subject, &file, anchor, &html)),
            (false, None) => format!("{subject} – {book}"),
            (false, Some(anchor)) => {
                format!("{} – {book}", heading(&html, anchor).unwrap_or_else(|| subject.to_owned()))
            }
        })
    }

    fn page(&self, file: &str) -> io::Result<String> {
        fs::read_to_string(self.folder.join(file))
    }
}

/// Where an address leads.
struct Place<'a> {
    /// The file of the page.
    file: String,
    anchor: Option<&'a str>,
}

impl Place<'_> {
    fn of(address: &str) -> Option<Place<'_>> {
        let place = address.strip_prefix(SHIPPED)?;
        let place = place.strip_prefix(STABLE).unwrap_or(place);
        let (page, anchor) = place.split_once('#').map_or((place, None), |(page, anchor)| (page, Some(anchor)));
        let is_folder = page.is_empty() || page.ends_with('/');
        Some(Place { file: if is_folder { format!("{page}index.html") } else { page.to_owned() }, anchor })
    }
}

fn has_place(html: &str, anchor: &str) -> bool {
    html.contains(&format!("id=\"{anchor}\""))
}

fn places(html: &str) -> impl Iterator<Item = &str> {
    html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

/// `HashMap::entry`, `mem::drop`, `BinaryHeap: Min-heap`.
fn item(subject: &str, file: &str, anchor: Option<&str>, html: &str) -> String {
    let (name, module) = subject.split_once(" in ").map_or((subject, None), |(name, module)| (name, Some(module)));
    let module = module.and_then(|module| module.rsplit("::").next());
    let name = match module.filter(|_| file.contains("/fn.")) {
        Some(module) => format!("{module}::{name}"),
        None if file.contains("keyword.") => format!("the keyword {name}"),
        None => name.to_owned(),
    };
    let Some(anchor) = anchor else { return name };
    if let Some((_, member)) = anchor.split_once('.') {
        return format!("{name}::{member}");
    }
    if let Some(of) = anchor.strip_prefix("impl-") {
        return format!("{name}: impl {}", readable(of));
    }
    match heading(html, anchor) {
        Some(heading) => format!("{name}: {heading}"),
        None => name,
    }
}

/// `IntoIterator for &Vec<T, A>` from `IntoIterator-for-%26Vec%3CT,+A%3E`.
fn readable(id: &str) -> String {
    let signs = [("%3C", "<"), ("%3E", ">"), ("%26", "&"), ("-for-", " for "), ("+", " ")];
    signs.into_iter().fold(id.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The words of the heading that has this id, or that encloses it.
fn heading(html: &str, anchor: &str) -> Option<String> {
    let place = html.find(&format!("id=\"{anchor}\""))?;
    let start = html[..place].rfind("<h")?;
    let level = html[start + 2..].chars().next().filter(char::is_ascii_digit)?;
    let end = start + html[start..].find(&format!("</h{level}>"))?;
    (end > place).then(|| words(&html[start..end]).trim_start_matches('§').trim().to_owned())
}

/// A piece of HTML without its tags.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text += before;
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text += rest;
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", "\""), ("&amp;", "&")];
    signs.into_iter().fold(text, |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documentation(folder: &Path) -> Option<Documentation> {
        fs::create_dir_all(folder.join("std/vec")).ok()?;
        let page =
            "<title>Vec in std::vec - Rust</title><h2 id=\"guarantees\">Guarantees</h2><section id=\"method.push\">";
        fs::write(folder.join("std/index.html"), "<title>std - Rust</title>").ok()?;
        fs::write(folder.join("std/vec/struct.Vec.html"), page).ok()?;
        fs::write(folder.join("index.html"), "").ok()?;
        Documentation::in_folder(folder)
    }

    #[test]
    fn an_address_leads_to_a_page_and_to_a_place_on_it() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        assert!(Documentation::in_folder(folder.path()).is_none());
        let documentation = documentation(folder.path()).ok_or(io::ErrorKind::NotFound)?;
        let resolve = |place: &str| documentation.resolve(&format!("{SHIPPED}{place}"));
        for there in ["", "std/", "std/vec/struct.Vec.html", "stable/std/vec/struct.Vec.html#guarantees"] {
            assert_eq!(resolve(there), Ok(()), "{there}");
        }
        assert_eq!(resolve("std/vec/struct.Vex.html"), Err(Lost::Page));
        let meant = Some("method.push".to_owned());
        assert_eq!(resolve("std/vec/struct.Vec.html#method.pusj"), Err(Lost::Place { meant }));
        assert_eq!(resolve("std/#no-such-place-anywhere"), Err(Lost::Place { meant: None }));
        let title = documentation.title_of(&format!("{SHIPPED}std/vec/struct.Vec.html#method.push"));
        assert_eq!(title.as_deref(), Some("Vec::push – standard library"));
        Ok(())
    }
}
