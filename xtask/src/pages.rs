//! The HTML files of a release: a page for every route, so that a plain file host has an answer at every address, each with what
//! can be read of it before the app has started; and the shell, which has nothing but the app, for who has been here before.
//!
//! The frame is `index.html` as Trunk wrote it. What stands in it is made of the trees of the packs, and escaped.

mod answer;
mod question;
mod receipt;
mod site;
mod text;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use content::pack::Packed;
use maud::Markup;
use quiz::catalog::{Catalog, Entry};
use quiz::problem::Slug;

use self::receipt::Compilers;
use crate::files::all_files;
use crate::html::{Place, escaped, fill, fill_with, replace_once, text_at};
use crate::previews::{self, Preview};
use crate::script::without_comments;

/// The page without anything to read: the service worker answers with it at every route.
pub const SHELL: &str = "shell.html";

/// What a page may load and do: only what belongs to the release. Problems and imports can bring nothing else in.
pub const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; media-src 'self' blob:; \
    connect-src 'self' data: blob:; object-src 'none'; form-action 'none'; base-uri 'self'";

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

/// What is known about a site beyond its files.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The scheme and host that will serve it, and the path below, if they are known: `https://example.org/rust/`.
    pub address: Option<String>,
    /// Whether the pages carry a policy of content security. A server for developers puts scripts of its own in.
    pub has_policy: bool,
}

/// Writes all pages: fills what the packs are called into `index.html`, and gives every route a page of its own.
///
/// # Errors
/// If `index.html` lacks a place that is filled in, or a file cannot be written.
pub fn write(site: &Path, catalog: &str, packed: &Packed, known: &Known) -> Result<()> {
    let frame = Frame::of(site, catalog, known)?;
    let (index, entries) = (&packed.index, &*packed.index.problems);
    let compilers = Compilers { rustc: &index.toolchain, miri: index.miri.as_deref().unwrap_or_default() };

    let common = Preview::common();
    frame.write("", None, &site::home(entries), &[], &common)?;
    for page in &FIXED_PAGES {
        let readable = match page.folder {
            "problems" => site::problems(entries),
            "guide" if !packed.guide.sections.is_empty() => site::guide(&packed.guide),
            "interviews" => site::interviews(&packed.interviews),
            _ => site::personal(page.title, page.description),
        };
        let wanted = match page.folder {
            "guide" => index.guide.as_str(),
            "interviews" => index.interviews.as_str(),
            _ => "",
        };
        frame.write(page.folder, Some((page.title, page.description)), &readable, &[wanted], &common)?;
    }
    let packs = packs_by_slug(index);
    for problem in &packed.problems {
        let entry = Entry::from(problem);
        let readable = question::question(problem, &compilers);
        let pack = packs.get(&problem.slug).copied().unwrap_or_default();
        let folder = format!("problems/{}", problem.slug);
        let words = Some((problem.title.as_str(), &*describe(&entry)));
        frame.write(&folder, words, &readable, &[pack], &Preview::of(problem))?;
    }
    frame.write_shell(SHELL, "Borrowed Time", "")?;
    frame.write_shell("404.html", "Not found · Borrowed Time", "There is no page at this address.")?;
    match &known.address {
        Some(address) => write_sitemap(site, address, entries),
        None => Ok(()),
    }
}

/// The address of the pack of each problem.
fn packs_by_slug(catalog: &Catalog) -> HashMap<&Slug, &str> {
    let packs = catalog.topics.iter().flat_map(|topic| &topic.packs);
    let addresses = packs.flat_map(|pack| std::iter::repeat_n(pack.address.as_str(), pack.problems));
    catalog.problems.iter().map(|entry| &entry.slug).zip(addresses).collect()
}

/// `index.html` with what is the same on all pages.
struct Frame<'a> {
    site: &'a Path,
    html: String,
    known: &'a Known,
}

impl Frame<'_> {
    fn of<'a>(site: &'a Path, catalog: &str, known: &'a Known) -> Result<Frame<'a>> {
        let index = site.join("index.html");
        let html = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
        let html = fill(&html, CATALOG, catalog)?;
        let html = fill(&html, WASM_BYTES, &size_of_wasm(site, &html)?.to_string())?;
        let html = fill(&html, CONTENT_POLICY, if known.has_policy { POLICY } else { "" })?;
        let html = with_wanted(&without_preloads(&html), &[catalog])?;
        Ok(Frame { site, html: without_comments(&html), known })
    }

    /// A page that can be read. Without words of its own it keeps those of `index.html`.
    fn write(
        &self,
        folder: &str,
        title_and_description: Option<(&str, &str)>,
        readable: &Markup,
        wanted: &[&str],
        preview: &Preview,
    ) -> Result<()> {
        let mut html = with_wanted(&self.html, wanted)?;
        if let Some((title, description)) = title_and_description {
            html = fill(&html, TITLE, &format!("{title} · Borrowed Time"))?;
            html = fill(&html, DESCRIPTION, description)?;
        }
        let html = replace_once(&html, "</head>", &(self.about(folder, &html, preview)? + "</head>"))?;
        let html = fill_with(&html, HEADER, &site::header(folder).into_string())?;
        let html = replace_once(&html, "<div id=\"boot\"", "<div id=\"boot\" data-readable")?;
        let html = fill_with(&html, READABLE, &readable.clone().into_string())?;
        self.put(folder, "index.html", &html)
    }

    fn write_shell(&self, file: &str, title: &str, description: &str) -> Result<()> {
        let html = fill(&self.html, TITLE, title)?;
        let html = if description.is_empty() { html } else { fill(&html, DESCRIPTION, description)? };
        let html = fill_with(&html, HEADER, &site::header("-").into_string())?;
        self.put("", file, &html)
    }

    fn put(&self, folder: &str, file: &str, html: &str) -> Result<()> {
        let folder = self.site.join(folder);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(folder.join(file), html).with_context(|| format!("cannot write {file} in {}", folder.display()))
    }

    /// What a page says of itself to those who link to it, where its address is known.
    fn about(&self, folder: &str, html: &str, preview: &Preview) -> Result<String> {
        let Some(address) = &self.known.address else { return Ok(String::new()) };
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let (title, description) = (text_at(html, TITLE)?, text_at(html, DESCRIPTION)?);
        let image = escaped(&format!("{address}{}", preview.address));
        let address = escaped(&format!("{address}{folder}"));
        let (width, height, alt) = (previews::WIDTH, previews::HEIGHT, escaped(&preview.alt));
        Ok(format!(
            "<link rel=\"canonical\" href=\"{address}\">\n<meta property=\"og:type\" content=\"website\">\n\
             <meta property=\"og:site_name\" content=\"Borrowed Time\">\n<meta property=\"og:url\" content=\"{address}\">\n\
             <meta property=\"og:title\" content=\"{title}\">\n<meta property=\"og:description\" content=\"{description}\">\n\
             <meta property=\"og:image\" content=\"{image}\">\n<meta property=\"og:image:width\" content=\"{width}\">\n\
             <meta property=\"og:image:height\" content=\"{height}\">\n<meta property=\"og:image:alt\" content=\"{alt}\">\n\
             <meta name=\"twitter:card\" content=\"summary_large_image\">\n"
        ))
    }
}

fn size_of_wasm(site: &Path, html: &str) -> Result<u64> {
    let address = text_at(html, WASM)?;
    let file = site.join(address.rsplit('/').next().unwrap_or_default());
    Ok(fs::metadata(&file).with_context(|| format!("cannot find {}", file.display()))?.len())
}

/// Names what the app asks for first. It is loaded with the app, once there is something to read.
fn with_wanted(html: &str, addresses: &[&str]) -> Result<String> {
    let wanted: String = addresses
        .iter()
        .filter(|address| !address.is_empty())
        .map(|address| format!("<meta name=\"wanted\" content=\"{}\">\n", escaped(address)))
        .collect();
    replace_once(html, "</head>", &(wanted + "</head>"))
}

/// The page without Trunk's preloads of the app: they would be in the way of what makes the page readable.
fn without_preloads(html: &str) -> String {
    let (mut kept, mut rest) = (String::new(), html);
    while let Some(start) = PRELOADS.iter().filter_map(|preload| rest.find(preload)).min() {
        let end = rest[start..].find('>').map_or(rest.len(), |length| start + length + 1);
        kept.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    kept + rest
}

const PRELOADS: [&str; 2] = ["<link rel=\"modulepreload\"", "<link rel=\"preload\""];

/// All addresses that a search engine may list.
fn write_sitemap(site: &Path, address: &str, entries: &[Entry]) -> Result<()> {
    const PUBLIC: [&str; 5] = ["", "problems/", "guide/", "interviews/", "placement/"];
    let problems = entries.iter().map(|entry| format!("problems/{}/", entry.slug));
    let urls: String = PUBLIC
        .map(str::to_owned)
        .into_iter()
        .chain(problems)
        .map(|path| format!("<url><loc>{}</loc></url>\n", escaped(&format!("{address}{path}"))))
        .collect();
    let map = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    );
    let robots = site.join("robots.txt");
    let rules = fs::read_to_string(&robots).unwrap_or_else(|_| "User-agent: *\nAllow: /\n".to_owned());
    fs::write(&robots, format!("{rules}Sitemap: {address}sitemap.xml\n")).context("cannot write robots.txt")?;
    fs::write(site.join("sitemap.xml"), map).context("cannot write sitemap.xml")
}

/// The address of the catalog that a page names.
pub fn catalog(html: &str) -> Option<String> {
    let (_, rest) = html.split_once(CATALOG.before)?;
    rest.split_once(CATALOG.after).map(|(address, _)| address.to_owned())
}

/// Gives the pages of a release another catalog, and every problem of that a page, without anything to read.
///
/// # Errors
/// If a page cannot be read or written.
pub fn rename_catalog(site: &Path, old: &str, new: &str, entries: &[Entry]) -> Result<()> {
    for page in all_files(site)?.iter().filter(|path| path.ends_with(".html")) {
        let page = site.join(page);
        let html = fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
        fs::write(&page, html.replace(old, new)).with_context(|| format!("cannot write {}", page.display()))?;
    }
    let shell = fs::read_to_string(site.join(SHELL)).with_context(|| format!("cannot read {SHELL}"))?;
    for entry in entries {
        let folder = site.join("problems").join(&*entry.slug.0);
        let html = fill(&shell, TITLE, &format!("{} · Borrowed Time", entry.title))?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(folder.join("index.html"), html).with_context(|| format!("cannot write to {}", folder.display()))?;
    }
    Ok(())
}

fn describe(entry: &Entry) -> String {
    let (topic, level, kind) = (entry.topic.label(), entry.level.name(), entry.kind.label().to_lowercase());
    let minutes = if entry.minutes == 1 { "1 minute".to_owned() } else { format!("{} minutes", entry.minutes) };
    format!("A Rust interview question with a proven answer. {topic}, {level}, {kind}, {minutes}.")
}

/// The address of the catalog.
const CATALOG: Place = Place { before: "<meta name=\"catalog\" content=\"", after: "\"" };
/// The id of the release.
pub const RELEASE: Place = Place { before: "<meta name=\"release\" content=\"", after: "\"" };
/// The wasm file's address, and its size.
const WASM: Place = Place { before: "<meta name=\"wasm\" content=\"", after: "\"" };
const WASM_BYTES: Place = Place { before: "<meta name=\"wasm-bytes\" content=\"", after: "\"" };
const CONTENT_POLICY: Place = Place { before: "<meta http-equiv=\"Content-Security-Policy\" content=\"", after: "\"" };
const HEADER: Place = Place { before: "<header class=\"bar\">", after: "</header>" };
const READABLE: Place = Place { before: "<main>", after: "</main>" };
const DESCRIPTION: Place = Place { before: "<meta name=\"description\" content=\"", after: "\"" };
const TITLE: Place = Place { before: "<title>", after: "</title>" };

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use quiz::catalog::{PackFile, TopicPacks};
    use quiz::highlights::Highlights;
    use quiz::problem::{ChoiceOption, Edition, Level, Problem, Program, Question, Topic};
    use quiz::prose::{Element, Node, Prose};
    use quiz::verdict::Verdict;
    use tempfile::TempDir;

    const INDEX: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n\
        <meta http-equiv=\"Content-Security-Policy\" content=\"\">\n<base href=\"/drills/rust/\">\n\
        <title>Borrowed Time</title>\n<meta name=\"description\" content=\"Practice.\">\n\
        <meta name=\"catalog\" content=\"\">\n<meta name=\"wasm\" content=\"/drills/rust/app-1_bg.wasm\">\n\
        <meta name=\"wasm-bytes\" content=\"\">\n<link rel=\"modulepreload\" href=\"/drills/rust/app-1.js\"> \
        <link rel=\"preload\" href=\"/drills/rust/app-1_bg.wasm\" as=\"fetch\"></head>\n<body>\n<div id=\"app\"></div>\n<div id=\"boot\">\n\
        <header class=\"bar\"></header>\n<main></main>\n</div>\n</body>\n</html>\n";

    fn site(index: &str, problems: Vec<Problem>, known: &Known) -> Result<TempDir> {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("index.html"), index).unwrap();
        fs::write(folder.path().join("app-1_bg.wasm"), "wasm").unwrap();
        let entries: Vec<Entry> = problems.iter().map(Entry::from).collect();
        let packs = vec![PackFile { address: "packs/ownership-1.json".to_owned(), problems: problems.len() }];
        let topics = vec![TopicPacks { topic: Topic("ownership".to_owned()), packs }];
        let index = Catalog {
            problems: entries.into(),
            topics,
            toolchain: "rustc 1.95.0 (abc)".to_owned(),
            ..Catalog::default()
        };
        let packed = Packed {
            catalog: "catalog-1.json".to_owned(),
            index,
            problems,
            guide: Default::default(),
            interviews: Vec::new(),
            files: Vec::new(),
        };
        write(folder.path(), "packs/catalog-1.json", &packed, known)?;
        Ok(folder)
    }

    fn usual(problems: Vec<Problem>) -> TempDir {
        site(INDEX, problems, &Known::default()).unwrap()
    }

    fn prose(text: &str) -> Prose {
        Prose(vec![Node::Element(Element::Paragraph, vec![Node::Text(text.to_owned())])])
    }

    /// A choice about a program of one line.
    pub(crate) fn problem(slug: &str, title: &str) -> Problem {
        let option = |text: &str, right| ChoiceOption {
            text: prose(text),
            rationale: prose(&format!("Why {text}")),
            right,
            misconception: None,
        };
        Problem {
            slug: Slug(slug.into()),
            topic: Topic("ownership".to_owned()),
            title: title.to_owned(),
            level: Level::Junior,
            minutes: 2,
            revision: 1,
            concepts: vec!["move".to_owned()],
            references: Vec::new(),
            crates: Vec::new(),
            prompt: Prose(vec![
                Node::Element(Element::Paragraph, vec![Node::Text("What <b>is</b> it?".to_owned())]),
                Node::Program(0),
            ]),
            question: Question::Choice {
                several: false,
                options: vec![option("one", true), option("<script>alert(1)</script>", false)],
            },
            hints: Vec::new(),
            explanation: prose("Because."),
            let_through: None,
            interview: prose("Say so."),
            programs: vec![Program {
                source: "fn main() { let a: Vec<u8> = vec![]; }".to_owned(),
                highlights: Highlights("2k".to_owned()),
                compiled: None,
                edition: Edition::E2024,
                verdict: Verdict::Prints { stdout: String::new() },
            }],
            check: None,
            what_ifs: Vec::new(),
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
        let site =
            usual(vec![problem("gone-after-the-loop", "Gone after the loop"), problem("two-loans", "Two loans")]);
        for (path, title) in [
            ("index.html", "Borrowed Time"),
            ("practice/index.html", "Practice · Borrowed Time"),
            ("problems/index.html", "Problems · Borrowed Time"),
            ("problems/gone-after-the-loop/index.html", "Gone after the loop · Borrowed Time"),
            ("problems/two-loans/index.html", "Two loans · Borrowed Time"),
            ("settings/index.html", "Settings · Borrowed Time"),
            ("404.html", "Not found · Borrowed Time"),
            ("shell.html", "Borrowed Time"),
        ] {
            check_page(
                &site,
                path,
                &[&format!("<title>{title}</title>"), "<base href=\"/drills/rust/\">", "aria-label=\"Main\""],
            );
        }
    }

    #[test]
    fn every_page_knows_the_catalog_and_the_size_of_the_app() {
        let site = usual(vec![problem("two-loans", "Two loans")]);
        for path in ["index.html", "settings/index.html", "problems/two-loans/index.html", "404.html", "shell.html"] {
            let meta = "<meta name=\"catalog\" content=\"packs/catalog-1.json\">";
            let wanted = "<meta name=\"wanted\" content=\"packs/catalog-1.json\">";
            check_page(&site, path, &[meta, wanted, "<meta name=\"wasm-bytes\" content=\"4\">"]);
        }
    }

    #[test]
    fn nothing_of_the_app_is_in_the_way_of_what_is_read() {
        let site = usual(vec![problem("two-loans", "Two loans")]);
        for path in ["index.html", "problems/two-loans/index.html", "shell.html"] {
            let html = fs::read_to_string(site.path().join(path)).unwrap();
            assert!(!html.contains("preload"), "{html}");
        }
    }

    #[test]
    fn a_problem_can_be_read_with_its_answer_folded_and_its_pack_on_the_way() {
        let site = usual(vec![problem("two-loans", "Two loans")]);
        let path = "problems/two-loans/index.html";
        let program = "<span class=\"keyword\">fn</span> main() {";
        let pack = "<meta name=\"wanted\" content=\"packs/ownership-1.json\">";
        check_page(
            &site,
            path,
            &["<h1>Two loans</h1>", program, pack, "data-readable", "Because.", "Compiled, ran, and printed nothing."],
        );
        let html = fs::read_to_string(site.path().join(path)).unwrap();
        let (before, fold) = html.split_once("data-answer-fold").unwrap();
        assert!(!before.contains("Why one") && fold.contains("Why one"), "reasons stand below the fold only");
        check_page(&site, "shell.html", &["<main></main>"]);
    }

    /// Whatever an author writes, it is text.
    #[test]
    fn what_an_author_wrote_is_escaped() {
        let site = usual(vec![problem("two-loans", "Is `Vec<&T>` \"two\" & loans?")]);
        let path = "problems/two-loans/index.html";
        let title = "<title>Is `Vec&lt;&amp;T&gt;` &quot;two&quot; &amp; loans? · Borrowed Time</title>";
        check_page(&site, path, &[title, "What &lt;b&gt;is&lt;/b&gt; it?", "&lt;script&gt;alert(1)", "Vec&lt;u8&gt;"]);
        let html = fs::read_to_string(site.path().join(path)).unwrap();
        assert!(!html.contains("<script>alert") && !html.contains("<b>"), "{html}");
    }

    #[test]
    fn a_problems_page_says_what_it_is() {
        let site = usual(vec![problem("two-loans", "Two loans")]);
        let description = "A Rust interview question with a proven answer. Ownership, junior, choose, 2 minutes.";
        let meta = format!("<meta name=\"description\" content=\"{description}\">");
        check_page(&site, "problems/two-loans/index.html", &[&meta]);
    }

    #[test]
    fn a_site_whose_address_is_known_names_it_and_has_a_sitemap() {
        let known = Known { address: Some("https://drills.example/rust/".to_owned()), has_policy: true };
        let there = site(INDEX, vec![problem("two-loans", "Two loans")], &known).unwrap();
        let page = "https://drills.example/rust/problems/two-loans/";
        check_page(
            &there,
            "problems/two-loans/index.html",
            &[&format!("<link rel=\"canonical\" href=\"{page}\">"), "og:title"],
        );
        check_page(&there, "sitemap.xml", &[&format!("<loc>{page}</loc>"), "<loc>https://drills.example/rust/</loc>"]);
        check_page(&there, "robots.txt", &["Sitemap: https://drills.example/rust/sitemap.xml"]);
        check_page(&there, "index.html", &["script-src 'self' 'wasm-unsafe-eval';"]);
        let card = "<meta name=\"twitter:card\" content=\"summary_large_image\">";
        let size =
            "<meta property=\"og:image:width\" content=\"1200\">\n<meta property=\"og:image:height\" content=\"630\">";
        let image = |name: &str, alt: &str| {
            let address =
                format!("<meta property=\"og:image\" content=\"https://drills.example/rust/social/{name}.png\">");
            [address, format!("<meta property=\"og:image:alt\" content=\"Borrowed Time. {alt}\">")]
        };
        let [address, alt] = image("two-loans", "Ownership, Junior: Two loans");
        check_page(&there, "problems/two-loans/index.html", &[&address, size, &alt, card]);
        let claim = "Rust interviews, rehearsed. Every answer proven by the real compiler.";
        let [address, alt] = image("borrowed_time", claim);
        for page in ["index.html", "guide/index.html", "problems/index.html"] {
            check_page(&there, page, &[&address, size, &alt, card]);
        }
        let nowhere = usual(vec![problem("two-loans", "Two loans")]);
        assert!(!nowhere.path().join("sitemap.xml").exists());
        check_page(&nowhere, "index.html", &["<meta http-equiv=\"Content-Security-Policy\" content=\"\">"]);
        for page in ["index.html", "problems/two-loans/index.html"] {
            let html = fs::read_to_string(nowhere.path().join(page)).unwrap();
            assert!(!html.contains("og:") && !html.contains("twitter:"), "{html}");
        }
    }

    #[test]
    fn a_missing_place_is_named() {
        for part in
            [CATALOG.before, TITLE.before, DESCRIPTION.before, WASM.before, READABLE.before, HEADER.before, "</head>"]
        {
            let message = site(&INDEX.replace(part, "<x>"), Vec::new(), &Known::default()).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
        }
    }
}
