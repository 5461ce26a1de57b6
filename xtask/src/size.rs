//! `cargo xtask size`: what a learner's browser downloads, as a host sends it.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use brotli::enc::BrotliEncoderParams;
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;
use quiz::catalog::Catalog;
use serde::Serialize;

use xtask::{pages, trainer};

use crate::public_url::PublicUrl;
use crate::trunk::{Profile, Trunk};
use crate::workspace::{self, Workspace};

/// Bytes of wasm, JavaScript, CSS and HTML together that a first visit may cost, by brotli: 220 kB for the foundation, 65 kB
/// for scheduling, the pages of progress, and a log that is packed, exported and imported.
const APP_BUDGET: u64 = 285_000;
/// Bytes of the catalog and the first pack together, by brotli.
const DATA_BUDGET: u64 = 25_000;

/// Measures a release build: raw, brotli and gzip
#[derive(Args)]
pub struct Size {
    /// The release to measure [default: dist in the clone, built first if it is not there]
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
}

impl Size {
    /// Measures, and builds first if there is nothing to measure.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::here();
        let dist = match &self.dist {
            Some(dist) => workspace::absolute(dist)?,
            None => workspace.dist(),
        };
        if self.dist.is_none() && !is_release(&dist) {
            Trunk::ready(&workspace, Profile::Release)?.build(&PublicUrl::root(), &dist)?;
        }
        let figures = Figures::of(&dist)?;
        match self.json {
            true => println!("{}", serde_json::to_string_pretty(&figures)?),
            false => println!("{}", figures.table()),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Whether the page in this folder was stamped as a release: a plain `trunk serve` puts debug builds into `dist`.
fn is_release(dist: &Path) -> bool {
    let html = fs::read_to_string(dist.join("index.html")).unwrap_or_default();
    meta(&html, "release").is_some_and(|id| !id.is_empty())
}

/// The sizes of a release.
#[derive(Debug, Serialize)]
pub struct Figures {
    app: Group,
    data: Group,
    /// Loaded by those who have the memory model fitted to them, and stored with the rest for offline use.
    trainer: Item,
}

/// Files that are measured together, against what they may cost.
#[derive(Debug, Serialize)]
struct Group {
    items: Vec<Item>,
    total: Bytes,
    /// Bytes that the total may have, by brotli.
    budget: u64,
    within_budget: bool,
}

#[derive(Debug, Serialize)]
struct Item {
    name: &'static str,
    files: Vec<String>,
    #[serde(flatten)]
    bytes: Bytes,
}

/// Sizes in bytes; compressed, each file by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Bytes {
    raw: u64,
    brotli: u64,
    gzip: u64,
}

impl Figures {
    /// Measures the release in a folder.
    pub fn of(dist: &Path) -> anyhow::Result<Figures> {
        let is_trainers = |file: &String| file.starts_with(trainer::FOLDER);
        let kind = |name, extension| {
            let files = files_with(dist, extension)?;
            Item::of(name, dist, files.into_iter().filter(|file| !is_trainers(file)).collect())
        };
        let app = vec![
            kind("wasm", "wasm")?,
            kind("JavaScript", "js")?,
            kind("CSS", "css")?,
            // Once: the pages at other addresses are copies of this one.
            Item::of("HTML", dist, vec!["index.html".to_owned()])?,
        ];
        let (catalog, pack) = data_files(dist)?;
        let data = vec![Item::of("catalog", dist, vec![catalog])?, Item::of("first pack", dist, vec![pack])?];
        let trainers = [files_with(dist, "wasm")?, files_with(dist, "js")?].concat();
        let trainer = Item::of("trainer", dist, trainers.into_iter().filter(is_trainers).collect())?;
        Ok(Figures { app: Group::of(app, APP_BUDGET), data: Group::of(data, DATA_BUDGET), trainer })
    }

    /// The figures for a person.
    pub fn table(&self) -> String {
        let mut table = format!("{:<18}{:>14}{:>14}{:>14}\n", "", "raw", "brotli -11", "gzip -9");
        for group in [&self.app, &self.data] {
            for item in &group.items {
                line(&mut table, item.name, item.bytes);
            }
            line(&mut table, "together", group.total);
            let verdict = if group.within_budget { "within" } else { "OVER" };
            writeln!(table, "{:<18}{verdict} the {} by brotli\n", "", kilobytes(group.budget)).expect(TAKES_ALL);
        }
        line(&mut table, self.trainer.name, self.trainer.bytes);
        writeln!(table, "{:<18}loaded only when a learner asks for it", "").expect(TAKES_ALL);
        table.trim_end().to_owned()
    }
}

const TAKES_ALL: &str = "a string takes all";

fn line(table: &mut String, name: &str, Bytes { raw, brotli, gzip }: Bytes) {
    let [raw, brotli, gzip] = [raw, brotli, gzip].map(kilobytes);
    writeln!(table, "{name:<18}{raw:>14}{brotli:>14}{gzip:>14}").expect(TAKES_ALL);
}

/// Thousands of bytes, as hosts and browsers count them.
fn kilobytes(bytes: u64) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}

impl Group {
    fn of(items: Vec<Item>, budget: u64) -> Group {
        let total = items.iter().map(|item| item.bytes).fold(Bytes::default(), Bytes::plus);
        Group { items, total, budget, within_budget: total.brotli <= budget }
    }
}

impl Item {
    fn of(name: &'static str, dist: &Path, files: Vec<String>) -> anyhow::Result<Item> {
        let mut bytes = Bytes::default();
        for file in &files {
            let path = dist.join(file);
            let content = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
            bytes = bytes.plus(Bytes::of(&content)?);
        }
        Ok(Item { name, files, bytes })
    }
}

impl Bytes {
    fn of(content: &[u8]) -> anyhow::Result<Bytes> {
        let parameters =
            BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..BrotliEncoderParams::default() };
        let mut brotli = Vec::new();
        brotli::BrotliCompress(&mut &content[..], &mut brotli, &parameters)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(content)?;
        let gzip = gzip.finish()?;
        Ok(Bytes { raw: content.len() as u64, brotli: brotli.len() as u64, gzip: gzip.len() as u64 })
    }

    fn plus(self, other: Bytes) -> Bytes {
        Bytes { raw: self.raw + other.raw, brotli: self.brotli + other.brotli, gzip: self.gzip + other.gzip }
    }
}

/// The files of a release with this extension, by their paths in it.
fn files_with(dist: &Path, extension: &str) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![dist.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("could not read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let file = path.strip_prefix(dist).context("a file of the release is in its folder")?;
                files.push(file.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The catalog that the page names, and the pack of its first topic.
fn data_files(dist: &Path) -> anyhow::Result<(String, String)> {
    let index = dist.join("index.html");
    let html = fs::read_to_string(&index).with_context(|| format!("could not read {}", index.display()))?;
    let catalog = pages::catalog(&html).with_context(|| format!("{} names no catalog", index.display()))?;
    let path = dist.join(&catalog);
    let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let parsed: Catalog = serde_json::from_str(&text).with_context(|| format!("{catalog} is no catalog"))?;
    let first = parsed.topics.into_iter().next().with_context(|| format!("{catalog} has no topics"))?;
    Ok((catalog, first.pack))
}

/// What a page says under this name.
fn meta(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("<meta name=\"{name}\" content=\""))?;
    rest.split_once('"').map(|(address, _)| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quiz::catalog::TopicPack;
    use quiz::problem::Topic;

    fn group(brotli: u64, budget: u64) -> Group {
        let bytes = Bytes { raw: 10 * brotli, brotli, gzip: brotli + 1 };
        let item = |name| Item { name, files: Vec::new(), bytes };
        Group::of(vec![item("one"), item("two")], budget)
    }

    #[test]
    fn the_budget_is_for_the_total_and_to_the_byte() {
        assert_eq!(group(5, 10).total, Bytes { raw: 100, brotli: 10, gzip: 12 });
        assert!(group(5, 10).within_budget);
        assert!(!group(5, 9).within_budget);
    }

    #[test]
    fn the_table_has_a_line_for_each_item_and_total() {
        let trainer =
            Item { name: "three", files: Vec::new(), bytes: Bytes { raw: 3_000, brotli: 2_000, gzip: 2_500 } };
        let figures = Figures { app: group(110_050, 220_000), data: group(1_000, 25_000), trainer };
        let table = figures.table();
        let found: Vec<&str> = table.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()).collect();
        let expected = [
            "one                    1100.5 kB      110.0 kB      110.1 kB",
            "two                    1100.5 kB      110.0 kB      110.1 kB",
            "together               2201.0 kB      220.1 kB      220.1 kB",
            "OVER the 220.0 kB by brotli",
            "one                      10.0 kB        1.0 kB        1.0 kB",
            "two                      10.0 kB        1.0 kB        1.0 kB",
            "together                 20.0 kB        2.0 kB        2.0 kB",
            "within the 25.0 kB by brotli",
            "three                     3.0 kB        2.0 kB        2.5 kB",
            "loaded only when a learner asks for it",
        ];
        assert_eq!(found, expected, "{table}");
    }

    #[test]
    fn a_release_is_measured_from_its_page() {
        let dist = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = dist.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let html = r#"<meta name="release" content="1f"><meta name="catalog" content="packs/catalog-1.json">"#;
        write("index.html", html);
        write("problems/index.html", html);
        write("app.js", &"let a = 1;".repeat(100));
        write("sw.js", "1");
        write("trainer/trainer-3.js", "let b = 2;");
        write("trainer/trainer-3_bg.wasm", "\0asm");
        let topics = vec![TopicPack { topic: Topic("a".to_owned()), pack: "packs/a-2.json".to_owned() }];
        let catalog = Catalog { topics, ..Catalog::default() };
        write("packs/catalog-1.json", &serde_json::to_string(&catalog).unwrap());
        write("packs/a-2.json", "{}");

        assert!(is_release(dist.path()));
        let figures = Figures::of(dist.path()).unwrap();
        let [wasm, javascript, css, page] = &figures.app.items[..] else { panic!("{figures:?}") };
        assert_eq!((wasm.bytes, css.bytes), Default::default());
        assert_eq!(javascript.files, ["app.js", "sw.js"]);
        assert_eq!(javascript.bytes.raw, 1001);
        assert!(javascript.bytes.brotli < 100 && javascript.bytes.gzip < 100);
        assert_eq!(page.bytes.raw, html.len() as u64);
        let files: Vec<&String> = figures.data.items.iter().flat_map(|item| &item.files).collect();
        assert_eq!(files, ["packs/catalog-1.json", "packs/a-2.json"]);
        assert_eq!(figures.trainer.files, ["trainer/trainer-3_bg.wasm", "trainer/trainer-3.js"]);
        assert_eq!(figures.trainer.bytes.raw, 14);
    }

    #[test]
    fn a_debug_build_is_no_release() {
        let dist = tempfile::tempdir().unwrap();
        assert!(!is_release(dist.path()));
        fs::write(dist.path().join("index.html"), r#"<meta name="release" content="">"#).unwrap();
        assert!(!is_release(dist.path()));
    }
}
