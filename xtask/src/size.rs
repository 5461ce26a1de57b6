//! `cargo xtask size`: what a learner's browser downloads, as a host sends it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use packer::Effort;
use quiz::catalog::Catalog;
use serde::Serialize;

use xtask::{compiler, editor, pages, precompress, trainer};

use crate::parts;
use crate::process;
use crate::public_url::PublicUrl;
use crate::step::step;
use crate::tools::rust;
use crate::trunk::{Profile, Trunk};
use crate::workspace::{self, Workspace};

/// Bytes that a first visit may cost, by brotli: the app's code, the catalog, and the largest pack. It is what it costs
/// today and a little; the aim is 320 kB, and docs/size.md says what was tried.
const BUDGET: u64 = 700_000;
/// Bytes that the code editor may cost, by brotli.
const EDITOR_BUDGET: u64 = 160_000;

/// Measures a release build: raw, brotli and gzip; fails if a first visit or the editor costs too much
#[derive(Args)]
pub struct Size {
    /// The release to measure [default: dist in the clone, built first if it is not there]
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
    /// Print what the app's pages, modules and crates weigh in its wasm file instead
    #[arg(long, conflicts_with_all = ["dist", "json"])]
    parts: bool,
}

impl Size {
    /// Measures, and builds first if there is nothing to measure.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let workspace = Workspace::here();
        if self.parts {
            println!("{}", parts::table(&named_wasm(&workspace)?)?);
            return Ok(ExitCode::SUCCESS);
        }
        let dist = match &self.dist {
            Some(dist) => workspace::absolute(dist)?,
            None => workspace.dist(),
        };
        if self.dist.is_none() && !is_release(&dist) {
            Trunk::ready(&workspace, Profile::Release)?.build(&PublicUrl::root(), &dist, None)?;
        }
        let figures = Figures::of(&dist)?;
        match self.json {
            true => println!("{}", serde_json::to_string_pretty(&figures)?),
            false => println!("{}", figures.table()),
        }
        Ok(if figures.within_budget { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// The app's wasm file with the names of its functions, in which generic ones say what they were made for.
fn named_wasm(workspace: &Workspace) -> anyhow::Result<Vec<u8>> {
    const TARGET: &str = "wasm32-unknown-unknown";
    rust::need_wasm_target(workspace)?;
    let folder = workspace.target().join("parts");
    step("compiling the app with names", "about 4 minutes the first time", || {
        let mut build = process::cargo(&workspace.root);
        build
            .args(["build", "--release", "--package", "borrowed-time", "--target", TARGET, "--target-dir"])
            .arg(&folder);
        build.args(["--config", "profile.release.strip = false", "--config"]);
        process::run(build.arg(format!("target.{TARGET}.rustflags = ['-Csymbol-mangling-version=v0']")))
    })?;
    let file = folder.join(TARGET).join("release").join("borrowed-time.wasm");
    fs::read(&file).with_context(|| format!("could not read {}", file.display()))
}

/// Whether the page in this folder was stamped as a release: a plain `trunk serve` puts debug builds into `dist`.
fn is_release(dist: &Path) -> bool {
    let html = fs::read_to_string(dist.join("index.html")).unwrap_or_default();
    meta(&html, "release").is_some_and(|id| !id.is_empty())
}

/// The sizes of a release.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// What a first visit waits for.
    first_visit: Vec<Item>,
    first_visit_total: Bytes,
    /// Bytes that a first visit may cost, by brotli.
    budget: u64,
    /// Whether nothing costs more than it may.
    pub within_budget: bool,
    /// What is loaded only when a learner asks for it, and stored with the rest for offline use.
    on_demand: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Item {
    name: &'static str,
    files: Vec<String>,
    #[serde(flatten)]
    bytes: Bytes,
    /// Bytes that it may cost by itself, by brotli.
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<u64>,
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
        let is_compilers = |file: &String| file.starts_with(compiler::FOLDER);
        let is_editor = |file: &String| editor::is_script(file);
        let is_first = |file: &String| !is_trainers(file) && !is_compilers(file) && !is_editor(file);
        let kind = |name, extension| {
            let files = files_with(dist, extension)?;
            Item::of(name, dist, files.into_iter().filter(is_first).collect())
        };
        let index = read(&dist.join("index.html"))?;
        let address = pages::catalog(&index).with_context(|| format!("{} names no catalog", dist.display()))?;
        let catalog: Catalog =
            serde_json::from_str(&read(&dist.join(&address))?).with_context(|| format!("{address} is no catalog"))?;
        let packs = catalog.packs().map(|pack| Item::of("largest pack", dist, vec![pack.address.clone()]));
        let packs = packs.collect::<anyhow::Result<Vec<Item>>>()?;
        let largest = packs.into_iter().max_by_key(|pack| pack.bytes.brotli);
        let largest = largest.with_context(|| format!("{address} has no packs"))?;
        let first_visit = vec![
            kind("wasm", "wasm")?,
            Item::of("JavaScript", dist, [kind("", "js")?.files, kind("", "mjs")?.files].concat())?,
            kind("CSS", "css")?,
            // One page; the next one is drawn by the app.
            Item::of("HTML", dist, vec!["index.html".to_owned()])?,
            Item::of("catalog", dist, vec![address])?,
            largest,
        ];
        let scripts = [files_with(dist, "wasm")?, files_with(dist, "js")?].concat();
        let of = |is_part: &dyn Fn(&String) -> bool| scripts.iter().filter(|file| is_part(file)).cloned().collect();
        let on_demand = vec![
            Item::of("texts to search", dist, vec![catalog.texts])?,
            Item::of("beliefs", dist, vec![catalog.beliefs])?,
            Item::of("trainer", dist, of(&is_trainers))?,
            Item { budget: Some(EDITOR_BUDGET), ..Item::of("editor", dist, of(&is_editor))? },
            Item::of("compiler's worker", dist, of(&is_compilers))?,
        ];
        Ok(Figures::against(BUDGET, first_visit, on_demand))
    }

    fn against(budget: u64, first_visit: Vec<Item>, on_demand: Vec<Item>) -> Figures {
        let total = first_visit.iter().map(|item| item.bytes).fold(Bytes::default(), Bytes::plus);
        let within_budget = total.brotli <= budget && on_demand.iter().all(Item::is_within_budget);
        Figures { first_visit, first_visit_total: total, budget, within_budget, on_demand }
    }

    /// The figures for a person.
    pub fn table(&self) -> String {
        let mut table = format!("{:<18}{:>14}{:>14}{:>14}\n", "", "raw", "brotli -11", "gzip -9");
        self.first_visit.iter().for_each(|item| line(&mut table, item.name, item.bytes));
        line(&mut table, "first visit", self.first_visit_total);
        verdict(&mut table, self.first_visit_total, self.budget);
        table.push('\n');
        for item in &self.on_demand {
            line(&mut table, item.name, item.bytes);
            if let Some(budget) = item.budget {
                verdict(&mut table, item.bytes, budget);
            }
        }
        writeln!(table, "{:<18}loaded only when they are asked for", "").expect(TAKES_ALL);
        table.trim_end().to_owned()
    }
}

const TAKES_ALL: &str = "a string takes all";

fn line(table: &mut String, name: &str, Bytes { raw, brotli, gzip }: Bytes) {
    let [raw, brotli, gzip] = [raw, brotli, gzip].map(kilobytes);
    writeln!(table, "{name:<18}{raw:>14}{brotli:>14}{gzip:>14}").expect(TAKES_ALL);
}

fn verdict(table: &mut String, bytes: Bytes, budget: u64) {
    let verdict = if bytes.brotli <= budget { "within" } else { "OVER" };
    writeln!(table, "{:<18}{verdict} the {} by brotli", "", kilobytes(budget)).expect(TAKES_ALL);
}

/// Thousands of bytes, as hosts and browsers count them.
fn kilobytes(bytes: u64) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}

impl Item {
    fn of(name: &'static str, dist: &Path, files: Vec<String>) -> anyhow::Result<Item> {
        let mut bytes = Bytes::default();
        for file in &files {
            let path = dist.join(file);
            let content = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
            bytes = bytes.plus(Bytes::of(&content)?);
        }
        Ok(Item { name, files, bytes, budget: None })
    }

    fn is_within_budget(&self) -> bool {
        self.budget.is_none_or(|budget| self.bytes.brotli <= budget)
    }
}

impl Bytes {
    fn of(content: &[u8]) -> anyhow::Result<Bytes> {
        let brotli = packer::pack(content, Effort::Most)?;
        let gzip = precompress::gzip(content)?;
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

fn read(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))
}

/// What a page says under this name.
fn meta(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("<meta name=\"{name}\" content=\""))?;
    rest.split_once('"').map(|(address, _)| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quiz::catalog::{PackFile, TopicPacks};
    use quiz::problem::Topic;

    fn item(name: &'static str, brotli: u64) -> Item {
        let bytes = Bytes { raw: 10 * brotli, brotli, gzip: brotli + 1 };
        Item { name, files: Vec::new(), bytes, budget: None }
    }

    fn figures(budget: u64) -> Figures {
        Figures::against(budget, vec![item("one", 110_050), item("two", 9_950)], vec![item("three", 2_000)])
    }

    #[test]
    fn the_budget_is_for_a_first_visit_and_to_the_byte() {
        assert_eq!(figures(120_000).first_visit_total, Bytes { raw: 1_200_000, brotli: 120_000, gzip: 120_002 });
        assert!(figures(120_000).within_budget);
        assert!(!figures(119_999).within_budget);
    }

    #[test]
    fn what_is_loaded_later_may_have_a_budget_of_its_own() {
        let against = |budget| {
            let editor = Item { budget: Some(budget), ..item("editor", 2_000) };
            Figures::against(120_000, vec![item("one", 110_050)], vec![editor])
        };
        assert!(against(2_000).within_budget);
        assert!(!against(1_999).within_budget);
        assert!(against(1_999).table().contains("OVER the 2.0 kB by brotli"), "{}", against(1_999).table());
    }

    #[test]
    fn the_table_has_a_line_for_each_item_and_the_total() {
        let table = figures(100_000).table();
        let found: Vec<&str> = table.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()).collect();
        let expected = [
            "one                    1100.5 kB      110.0 kB      110.1 kB",
            "two                      99.5 kB        9.9 kB       10.0 kB",
            "first visit            1200.0 kB      120.0 kB      120.0 kB",
            "OVER the 100.0 kB by brotli",
            "three                    20.0 kB        2.0 kB        2.0 kB",
            "loaded only when they are asked for",
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
        write("editor-8.js", "let c = 3;");
        write("trainer/trainer-3.js", "let b = 2;");
        write("trainer/trainer-3_bg.wasm", "\0asm");
        write("compiler/worker-4/unpacker_bg.wasm", "\0asm");
        let pack = |address: &str| PackFile { address: address.to_owned(), problems: 1 };
        let packs = vec![pack("packs/a-2.json"), pack("packs/a-6.json")];
        let topics = vec![TopicPacks { topic: Topic("a".to_owned()), packs }];
        let (texts, beliefs) = ("packs/texts-4.json".to_owned(), "packs/beliefs-5.json".to_owned());
        let catalog = Catalog { topics, texts, beliefs, ..Catalog::default() };
        write("packs/catalog-1.json", &serde_json::to_string(&catalog).unwrap());
        write("packs/a-6.json", "{\"larger\":1}");
        for file in ["packs/a-2.json", "packs/texts-4.json", "packs/beliefs-5.json"] {
            write(file, "{}");
        }

        assert!(is_release(dist.path()));
        let figures = Figures::of(dist.path()).unwrap();
        let [wasm, javascript, css, page, catalog, pack] = &figures.first_visit[..] else { panic!("{figures:?}") };
        assert_eq!((wasm.bytes, css.bytes), Default::default());
        assert_eq!(javascript.files, ["app.js", "sw.js"]);
        assert_eq!(javascript.bytes.raw, 1001);
        assert!(javascript.bytes.brotli < 100 && javascript.bytes.gzip < 100);
        assert_eq!(page.bytes.raw, html.len() as u64);
        assert_eq!((&*catalog.files[0], &*pack.files[0]), ("packs/catalog-1.json", "packs/a-6.json"));
        let [texts, beliefs, trainer, editor, compiler] = &figures.on_demand[..] else { panic!("{figures:?}") };
        assert_eq!((&*texts.files[0], &*beliefs.files[0]), ("packs/texts-4.json", "packs/beliefs-5.json"));
        assert_eq!(trainer.files, ["trainer/trainer-3_bg.wasm", "trainer/trainer-3.js"]);
        assert_eq!(trainer.bytes.raw, 14);
        assert_eq!(editor.files, ["editor-8.js"]);
        assert_eq!(compiler.files, ["compiler/worker-4/unpacker_bg.wasm"]);
    }

    #[test]
    fn a_debug_build_is_no_release() {
        let dist = tempfile::tempdir().unwrap();
        assert!(!is_release(dist.path()));
        fs::write(dist.path().join("index.html"), r#"<meta name="release" content="">"#).unwrap();
        assert!(!is_release(dist.path()));
    }
}
