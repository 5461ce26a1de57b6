//! The HTML files of a release: one page, filled in and copied to every route, so that a plain file host has an
//! answer at every address.
//!
//! Text only: the page itself is `index.html` as Trunk wrote it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use quiz::catalog::Entry;

use crate::script::without_comments;

/// A page that every release has, besides `index.html` and the problems.
struct FixedPage {
    folder: &'static str,
    title: &'static str,
    description: &'static str,
}

const FIXED_PAGES: [FixedPage; 9] = [
    FixedPage {
        folder: "guide",
        title: "Guide",
        description: "A Rust interview from application to first day: what happens, what is judged, what to say.",
    },
    FixedPage {
        folder: "interviews",
        title: "Interviews",
        description: "Rehearse a whole Rust interview on the clock, and get a report as an interviewer would write it.",
    },
    FixedPage {
        folder: "placement",
        title: "Find your level",
        description: "Find the level to start at with ten short questions.",
    },
    FixedPage {
        folder: "practice",
        title: "Practice",
        description: "Practise Rust interview questions, one at a time.",
    },
    FixedPage {
        folder: "problems",
        title: "Problems",
        description: "All Rust interview questions, each proven by the compiler.",
    },
    FixedPage {
        folder: "progress",
        title: "Progress",
        description: "What you master, what you forget, and what you only think you know.",
    },
    FixedPage {
        folder: "scratchpad",
        title: "Scratchpad",
        description: "Write a Rust program and run it on your own device.",
    },
    FixedPage {
        folder: "stories",
        title: "Stories",
        description: "Stories of your own work for a behavioural interview, held against what interviewers ask for.",
    },
    FixedPage { folder: "settings", title: "Settings", description: "Theme, practice and your data." },
];

/// The addresses that the app answers, from the site's root; `*` stands for one segment.
pub fn routes() -> impl Iterator<Item = &'static str> {
    ["", "problems/*"].into_iter().chain(FIXED_PAGES.iter().map(|page| page.folder))
}

/// Fills the catalog's address into `index.html` and copies the page to every route, with the title that belongs there.
///
/// # Errors
/// If `index.html` lacks a place that is filled in, or a file cannot be written.
pub fn write(site: &Path, catalog: &str, entries: &[Entry]) -> Result<()> {
    let index = site.join("index.html");
    let html = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let html = fill(&html, CATALOG, catalog)?;
    let preload = format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{}\">\n</head>", escaped(catalog));
    let html = replace_once(&html, "</head>", &preload)?;
    let html = without_comments(&html);
    fs::write(&index, &html).with_context(|| format!("cannot write {}", index.display()))?;

    for FixedPage { folder, title, description } in FIXED_PAGES {
        write_copy(&site.join(folder), "index.html", &html, title, description)?;
    }
    write_problems(site, &html, entries)?;
    write_copy(site, "404.html", &html, "Not found", "There is no page at this address.")
}

fn write_problems(site: &Path, html: &str, entries: &[Entry]) -> Result<()> {
    for entry in entries {
        let folder = site.join("problems").join(&*entry.slug.0);
        write_copy(&folder, "index.html", html, &entry.title, &describe(entry))?;
    }
    Ok(())
}

/// The address of the catalog that a page names.
pub fn catalog(html: &str) -> Option<String> {
    let (_, rest) = html.split_once(CATALOG.before)?;
    rest.split_once(CATALOG.after).map(|(address, _)| address.to_owned())
}

/// Gives the pages of a release another catalog, and every problem of that a page.
///
/// # Errors
/// If a page cannot be read or written.
pub fn rename_catalog(site: &Path, old: &str, new: &str, entries: &[Entry]) -> Result<()> {
    let fixed = FIXED_PAGES.iter().map(|page| site.join(page.folder).join("index.html"));
    let index = site.join("index.html");
    for page in fixed.chain([index.clone(), site.join("404.html")]) {
        let html = fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
        fs::write(&page, html.replace(old, new)).with_context(|| format!("cannot write {}", page.display()))?;
    }
    let html = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    write_problems(site, &html, entries)
}

fn write_copy(folder: &Path, file: &str, html: &str, title: &str, description: &str) -> Result<()> {
    let html = fill(html, TITLE, &format!("{title} · Borrowed Time"))?;
    let html = fill(&html, DESCRIPTION, description)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(folder.join(file), html).with_context(|| format!("cannot write {file} in {}", folder.display()))
}

fn describe(entry: &Entry) -> String {
    let (topic, level, kind) = (entry.topic.label(), entry.level.name(), entry.kind.label().to_lowercase());
    let minutes = if entry.minutes == 1 { "1 minute".to_owned() } else { format!("{} minutes", entry.minutes) };
    format!("A Rust interview question with a proven answer. {topic}, {level}, {kind}, {minutes}.")
}

/// A place in a page that is filled in: what stands before it and after it.
#[derive(Clone, Copy)]
pub struct Place {
    /// The text before it.
    pub before: &'static str,
    /// The text after it.
    pub after: &'static str,
}

/// The address of the catalog.
const CATALOG: Place = Place { before: "<meta name=\"catalog\" content=\"", after: "\"" };
/// The id of the release.
pub const RELEASE: Place = Place { before: "<meta name=\"release\" content=\"", after: "\"" };
const DESCRIPTION: Place = Place { before: "<meta name=\"description\" content=\"", after: "\"" };
const TITLE: Place = Place { before: "<title>", after: "</title>" };

/// The page with `text` at `place`, instead of what stood there. The text is escaped.
///
/// # Errors
/// If the page has no such place.
pub fn fill(html: &str, place: Place, text: &str) -> Result<String> {
    let Place { before, after } = place;
    let (head, rest) = html.split_once(before).with_context(|| missing(&format!("{before}…{after}")))?;
    let (_, tail) = rest.split_once(after).with_context(|| missing(&format!("{before}…{after}")))?;
    Ok(format!("{head}{before}{}{after}{tail}", escaped(text)))
}

fn replace_once(html: &str, old: &str, new: &str) -> Result<String> {
    let (head, tail) = html.split_once(old).with_context(|| missing(old))?;
    Ok(format!("{head}{new}{tail}"))
}

fn missing(what: &str) -> String {
    format!("index.html has no `{what}`, which is filled in after a build (was it edited or minified?)")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use quiz::problem::{Kind, Level, Slug, Topic};
    use tempfile::TempDir;

    const INDEX: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<base href=\"/drills/rust/\">\n\
        <title>Borrowed Time</title>\n<meta name=\"description\" content=\"Practice.\">\n\
        <meta name=\"catalog\" content=\"\">\n</head>\n<body></body>\n</html>\n";

    fn site(index: &str, titles: &[(&str, &str)]) -> Result<TempDir> {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("index.html"), index).unwrap();
        let entries: Vec<Entry> = titles.iter().map(|(slug, title)| entry(slug, title)).collect();
        write(folder.path(), "packs/catalog-1.json", &entries)?;
        Ok(folder)
    }

    fn entry(slug: &str, title: &str) -> Entry {
        Entry {
            slug: Slug(slug.into()),
            topic: Topic("ownership".to_owned()),
            title: title.to_owned(),
            kind: Kind::Predict,
            level: Level::Junior,
            minutes: 2,
            revision: 1,
            concepts: vec!["move".to_owned()],
        }
    }

    #[track_caller]
    fn check_page(site: &TempDir, path: &str, parts: &[&str]) {
        let html = fs::read_to_string(site.path().join(path)).unwrap();
        for part in parts {
            assert!(html.contains(part), "{path} lacks {part}\n{html}");
        }
    }

    #[test]
    fn every_route_has_a_page_with_its_own_title() {
        let site = site(INDEX, &[("gone-after-the-loop", "Gone after the loop"), ("two-loans", "Two loans")]).unwrap();
        for (path, title) in [
            ("index.html", "Borrowed Time"),
            ("practice/index.html", "Practice · Borrowed Time"),
            ("problems/index.html", "Problems · Borrowed Time"),
            ("problems/gone-after-the-loop/index.html", "Gone after the loop · Borrowed Time"),
            ("problems/two-loans/index.html", "Two loans · Borrowed Time"),
            ("settings/index.html", "Settings · Borrowed Time"),
            ("404.html", "Not found · Borrowed Time"),
        ] {
            check_page(&site, path, &[&format!("<title>{title}</title>"), "<base href=\"/drills/rust/\">"]);
        }
    }

    #[test]
    fn every_page_knows_the_catalog() {
        let site = site(INDEX, &[("two-loans", "Two loans")]).unwrap();
        for path in ["index.html", "settings/index.html", "problems/two-loans/index.html", "404.html"] {
            let meta = "<meta name=\"catalog\" content=\"packs/catalog-1.json\">";
            let preload = "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"packs/catalog-1.json\">";
            check_page(&site, path, &[meta, preload]);
        }
    }

    #[test]
    fn a_problems_page_says_what_it_is() {
        let site = site(INDEX, &[("two-loans", "Two loans")]).unwrap();
        let description = "A Rust interview question with a proven answer. Ownership, junior, predict, 2 minutes.";
        check_page(
            &site,
            "problems/two-loans/index.html",
            &[&format!("<meta name=\"description\" content=\"{description}\">")],
        );
    }

    #[test]
    fn titles_are_escaped() {
        let site = site(INDEX, &[("two-loans", "Is `Vec<&T>` \"two\" & loans?")]).unwrap();
        let title = "<title>Is `Vec&lt;&amp;T&gt;` &quot;two&quot; &amp; loans? · Borrowed Time</title>";
        check_page(&site, "problems/two-loans/index.html", &[title]);
    }

    #[test]
    fn a_missing_place_is_named() {
        for part in [CATALOG.before, TITLE.before, DESCRIPTION.before, "</head>"] {
            let message = site(&INDEX.replace(part, "<x>"), &[]).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }
}
