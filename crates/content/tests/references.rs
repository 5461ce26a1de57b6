//! The titles of the pages that problems refer to: those of the documentation that ships with the toolchain, where it has
//! the page. The table is committed, so that titles are the same on machines without that documentation.
//!
//! `UPDATE_EXPECT=1 cargo test -p content --test references` writes the table anew; `rustup component add rust-docs`
//! brings the documentation. What it lacks keeps its title, which is written by hand.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use content::pack::pack;
use expect_test::expect_file;
use quiz::catalog::{Catalog, Pack};

const TABLE: &str = "../../problems/references.toml";
const SHIPPED: &str = "https://doc.rust-lang.org/";

#[test]
fn each_address_has_the_title_of_its_page() {
    let known: BTreeMap<String, String> = toml::from_str(&fs::read_to_string(TABLE).unwrap_or_default()).unwrap();
    let docs = docs();
    let mut table = String::from(HEAD);
    for (address, packed) in addresses() {
        let by_page = docs.as_deref().and_then(|docs| title_of(docs, &address));
        let title = by_page.or_else(|| known.get(&address).cloned()).unwrap_or(packed);
        // Of these texts Rust and TOML have one notation.
        table += &format!("{address:?} = {title:?}\n");
    }
    expect_file!["../../../problems/references.toml"].assert_eq(&table);
}

#[test]
fn no_address_leads_nowhere() {
    let Some(docs) = docs() else { return println!("the documentation is not installed") };
    let shipped = addresses().into_keys().filter(|address| address.starts_with(SHIPPED));
    let lost: BTreeSet<String> = shipped.filter(|address| title_of(&docs, address).is_none()).collect();
    assert!(lost.is_empty(), "the documentation of this toolchain has no such page or place: {lost:#?}");
}

const HEAD: &str = "# The titles of the pages that problems refer to.
# `UPDATE_EXPECT=1 cargo test -p content --test references` writes this file; titles of pages that do not ship with the
# toolchain are written by hand.

";

/// The addresses of our problems, each with the title that its pack has.
fn addresses() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let packed = pack(Path::new("../../problems"), folder.path(), "").unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let catalog: Catalog = serde_json::from_str(&read(&packed.catalog)).unwrap();
    let packs = catalog.packs().map(|pack| serde_json::from_str::<Pack>(&read(&pack.address)).unwrap());
    let references = packs.flat_map(|pack| pack.problems).flat_map(|problem| problem.references);
    references.map(|reference| (reference.address.to_string(), reference.title)).collect()
}

/// The folder of the documentation that ships with the toolchain, if it is installed.
fn docs() -> Option<PathBuf> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().unwrap();
    let folder = Path::new(String::from_utf8(sysroot.stdout).unwrap().trim()).join("share/doc/rust/html");
    folder.join("std/index.html").is_file().then_some(folder)
}

/// The title of what an address leads to; `None` if the documentation has no such page, or no such place on it.
fn title_of(docs: &Path, address: &str) -> Option<String> {
    let place = address.strip_prefix(SHIPPED)?;
    let (page, anchor) = place.split_once('#').map_or((place, None), |(page, anchor)| (page, Some(anchor)));
    let file = if page.ends_with('/') { format!("{page}index.html") } else { page.to_owned() };
    let html = fs::read_to_string(docs.join(&file)).ok()?;
    let title = words(html.split_once("<title>")?.1.split_once("</title>")?.0);
    if anchor.is_some_and(|anchor| !html.contains(&format!("id=\"{anchor}\""))) {
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
