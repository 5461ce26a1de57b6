//! Measures what a visitor with a phone waits for, by Lighthouse in a real Chromium: on the first page, on a problem, and on
//! the same question as a plain page without any script, which tells what this machine and the host cost by themselves.
//!
//! It prints one table, or JSON for a machine, and whether the aims are met. It does not fail where they are not: a busy
//! machine is not a failed test.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use e2e::host::Faults;
use e2e::site::{Place, Site};
use serde::{Deserialize, Serialize};
use tokio::process::Command;
use xtask::precompress;

/// How Chromium is started; its profile is a fresh one each time.
const CHROMIUM: &str = "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update \
    --disable-sync --no-first-run";
/// Where the plain page is put, from the root of the site.
const PLAIN: &str = "plain/";

/// Measures a release build by Lighthouse
#[derive(Parser)]
struct Options {
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
    /// How often each page is loaded; the figures are medians
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// The problem whose page is measured [default: one whose page is of middle length]
    #[arg(long, value_name = "SLUG")]
    problem: Option<String>,
}

/// Something that Lighthouse tells of a page.
struct Metric {
    name: &'static str,
    unit: Unit,
    place: PlaceInReport,
    /// What the app's pages are to reach.
    aim: Option<Aim>,
}

#[derive(Clone, Copy)]
enum PlaceInReport {
    Audit(&'static str),
    Category(&'static str),
}

/// How a figure of a report is shown.
#[derive(Clone, Copy)]
enum Unit {
    /// Milliseconds, shown as seconds.
    Seconds,
    Milliseconds,
    /// From 0 to 1.
    Score,
    /// A shift, without a unit.
    Shift,
    /// Bytes, shown as thousands of them.
    Kilobytes,
}

#[derive(Clone, Copy)]
enum Aim {
    AtMost(f64),
    AtLeast(f64),
}

const METRICS: [Metric; 9] = [
    Metric {
        name: "largest contentful paint",
        unit: Unit::Seconds,
        place: PlaceInReport::Audit("largest-contentful-paint"),
        aim: Some(Aim::AtMost(1200.0)),
    },
    Metric {
        name: "first contentful paint",
        unit: Unit::Seconds,
        place: PlaceInReport::Audit("first-contentful-paint"),
        aim: None,
    },
    Metric {
        name: "total blocking time",
        unit: Unit::Milliseconds,
        place: PlaceInReport::Audit("total-blocking-time"),
        aim: Some(Aim::AtMost(80.0)),
    },
    Metric {
        name: "cumulative layout shift",
        unit: Unit::Shift,
        place: PlaceInReport::Audit("cumulative-layout-shift"),
        aim: Some(Aim::AtMost(0.0)),
    },
    Metric {
        name: "performance",
        unit: Unit::Score,
        place: PlaceInReport::Category("performance"),
        aim: Some(Aim::AtLeast(0.99)),
    },
    Metric {
        name: "accessibility",
        unit: Unit::Score,
        place: PlaceInReport::Category("accessibility"),
        aim: Some(Aim::AtLeast(1.0)),
    },
    Metric {
        name: "best practices",
        unit: Unit::Score,
        place: PlaceInReport::Category("best-practices"),
        aim: Some(Aim::AtLeast(1.0)),
    },
    Metric { name: "SEO", unit: Unit::Score, place: PlaceInReport::Category("seo"), aim: Some(Aim::AtLeast(1.0)) },
    Metric { name: "transferred", unit: Unit::Kilobytes, place: PlaceInReport::Audit("total-byte-weight"), aim: None },
];

/// What Lighthouse says of one load, as far as it is read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    lighthouse_version: String,
    audits: BTreeMap<String, Audit>,
    categories: BTreeMap<String, Category>,
    runtime_error: Option<RuntimeError>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Audit {
    numeric_value: Option<f64>,
}

#[derive(Deserialize)]
struct Category {
    score: Option<f64>,
}

#[derive(Deserialize)]
struct RuntimeError {
    message: String,
}

/// A page and what it costs.
#[derive(Serialize)]
struct Page {
    name: &'static str,
    address: String,
    /// Medians, by the names of [`METRICS`], in ms, bytes, or as scores from 0 to 1.
    medians: BTreeMap<&'static str, f64>,
}

#[derive(Serialize)]
struct Figures {
    lighthouse: String,
    runs: u16,
    /// The first page, a problem, and that problem as a plain page.
    pages: [Page; 3],
    /// Whether the first two are as they are to be, by the names of [`METRICS`].
    aims_met: BTreeMap<&'static str, bool>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let figures = measured(&options).await?;
    match options.json {
        true => println!("{}", serde_json::to_string_pretty(&figures)?),
        false => println!("{}", table(&figures)),
    }
    Ok(())
}

async fn measured(options: &Options) -> Result<Figures> {
    let site = Site::open(Place::Root, Faults::default()).await?;
    let slug = match &options.problem {
        Some(slug) => slug.clone(),
        None => of_middle_length(&site.folder().join("problems"))?,
    };
    let problem = format!("problems/{slug}/");
    let html = fs::read_to_string(site.folder().join(&problem).join("index.html"))
        .with_context(|| format!("the release has no {problem}"))?;
    fs::create_dir_all(site.folder().join(PLAIN))?;
    fs::write(site.folder().join(PLAIN).join("index.html"), plain(&html)?)?;
    eprintln!("==> packing the release as a host sends it, about half a minute");
    precompress::write(site.folder())?;

    let pages = [("first page", ""), ("a problem", &problem), ("as plain HTML", PLAIN)];
    let mut loads = [const { Vec::new() }; 3];
    let mut version = String::new();
    for run in 1..=options.runs {
        // In turns, so that what disturbs the machine for a while disturbs them all.
        for ((name, path), loads) in pages.into_iter().zip(&mut loads) {
            eprintln!("==> {name}, {run} of {}", options.runs);
            let report = report(&site.address(path)).await?;
            loads.push(report.figures()?);
            version = report.lighthouse_version;
        }
    }
    let mut loads = loads.into_iter();
    let pages = pages.map(|(name, path)| Page {
        name,
        address: path.to_owned(),
        medians: medians(&loads.next().unwrap_or_default()),
    });
    let [first, problem, _] = &pages;
    let aims_met = METRICS.iter().filter_map(|metric| {
        let aim = metric.aim?;
        Some((metric.name, [first, problem].iter().all(|page| aim.is_met(page.medians[metric.name]))))
    });
    let aims_met = aims_met.collect();
    Ok(Figures { lighthouse: version, runs: options.runs, pages, aims_met })
}

/// The problem whose page is neither short nor long.
fn of_middle_length(problems: &Path) -> Result<String> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(problems).with_context(|| format!("cannot list {}", problems.display()))? {
        let entry = entry?;
        if let Ok(page) = fs::metadata(entry.path().join("index.html")) {
            pages.push((page.len(), entry.file_name().to_string_lossy().into_owned()));
        }
    }
    pages.sort();
    let middle = pages.len() / 2;
    let (_, slug) = pages.into_iter().nth(middle).context("the release has no problems")?;
    Ok(slug)
}

/// The page of a problem with nothing left of it but its text and its style, as one would write it by hand.
fn plain(html: &str) -> Result<String> {
    let between = |before: &str, after: &str| {
        let found = html.split_once(before).and_then(|(_, rest)| rest.split_once(after));
        found.map(|(text, _)| text).with_context(|| format!("the page of the problem has no {before}…{after}"))
    };
    let title = between("<title>", "</title>")?;
    let description = between("<meta name=\"description\" content=\"", "\"")?;
    let style = between("<link rel=\"stylesheet\" href=\"", "\"")?;
    let main = between("<main>", "</main>")?;
    ensure!(!main.contains("<script"), "there is a script within the text of the problem");
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<base href=\"/\">\n\
        <title>{title}</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        <meta name=\"description\" content=\"{description}\">\n\
        <link rel=\"icon\" href=\"icons/icon.svg\" type=\"image/svg+xml\">\n\
        <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n<main>{main}</main>\n</body>\n</html>\n"
    ))
}

/// Loads a page as a phone on a slow network would, in a browser that knows nothing yet.
async fn report(address: &str) -> Result<Report> {
    let script = env::var_os("E2E_LIGHTHOUSE").context("E2E_LIGHTHOUSE does not say where Lighthouse is")?;
    let mut lighthouse = Command::new("node");
    lighthouse.arg(script).args([address, "--output=json", "--quiet", "--no-enable-error-reporting"]);
    lighthouse.arg(format!("--chrome-flags={CHROMIUM}"));
    let output = lighthouse.stdin(Stdio::null()).output().await.context("Node.js cannot be started")?;
    if !output.status.success() {
        bail!("Lighthouse failed with {address}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let report: Report = serde_json::from_slice(&output.stdout).context("Lighthouse's report cannot be read")?;
    if let Some(RuntimeError { message }) = report.runtime_error {
        bail!("Lighthouse could not load {address}: {message}");
    }
    Ok(report)
}

impl Report {
    fn figures(&self) -> Result<Vec<f64>> {
        let figure = |metric: &Metric| {
            let figure = match metric.place {
                PlaceInReport::Audit(name) => self.audits.get(name).and_then(|audit| audit.numeric_value),
                PlaceInReport::Category(name) => self.categories.get(name).and_then(|category| category.score),
            };
            figure.with_context(|| format!("Lighthouse does not tell the {}", metric.name))
        };
        METRICS.iter().map(figure).collect()
    }
}

/// The median of each metric over some loads.
fn medians(loads: &[Vec<f64>]) -> BTreeMap<&'static str, f64> {
    let median = |place: usize| {
        let mut figures: Vec<f64> = loads.iter().filter_map(|load| load.get(place).copied()).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
    };
    METRICS.iter().enumerate().map(|(place, metric)| (metric.name, median(place))).collect()
}

impl Aim {
    fn is_met(self, figure: f64) -> bool {
        match self {
            Aim::AtMost(most) => figure <= most,
            Aim::AtLeast(least) => figure >= least,
        }
    }

    fn shown(self, unit: Unit) -> String {
        match self {
            Aim::AtMost(most) => format!("≤ {}", unit.shown(most)),
            Aim::AtLeast(least) => format!("≥ {}", unit.shown(least)),
        }
    }
}

impl Unit {
    fn shown(self, figure: f64) -> String {
        match self {
            Unit::Seconds => format!("{:.2} s", figure / 1000.0),
            Unit::Milliseconds => format!("{figure:.0} ms"),
            Unit::Score => format!("{figure:.2}"),
            Unit::Shift => format!("{figure:.4}"),
            Unit::Kilobytes => format!("{:.0} kB", figure / 1000.0),
        }
    }
}

fn table(figures: &Figures) -> String {
    let Figures { lighthouse, runs, pages, aims_met } = figures;
    let [_, problem, _] = pages;
    let mut lines = vec![format!("Lighthouse {lighthouse}, mobile, median of {runs}; {}", problem.address)];
    let row = |name: &str, cells: [&str; 4], verdict: &str| {
        let [first, problem, plain, aim] = cells;
        format!("{name:<26}{first:>12}{problem:>12}{plain:>15}{aim:>12}  {verdict}").trim_end().to_owned()
    };
    let [first, second, third] = [0, 1, 2].map(|page: usize| pages[page].name);
    lines.push(row("", [first, second, third, "aim"], ""));
    for metric in &METRICS {
        let [first, second, third] = [0, 1, 2].map(|page: usize| metric.unit.shown(pages[page].medians[metric.name]));
        let aim = metric.aim.map_or_else(String::new, |aim| aim.shown(metric.unit));
        let verdict = match aims_met.get(metric.name) {
            Some(true) => "met",
            Some(false) => "NOT MET",
            None => "",
        };
        lines.push(row(metric.name, [&first, &second, &third, &aim], verdict));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_page_has_the_text_and_no_script() -> Result<()> {
        let page = "<!doctype html><head><title>A loop</title><meta name=\"description\" content=\"Why?\">\
            <script src=\"/start.js\"></script><link rel=\"stylesheet\" href=\"styles-1.css\">\
            <link rel=\"preload\" href=\"/app.wasm\"></head><body><div id=\"app\"></div><main><p>What is printed?</p></main>";
        let plain = plain(page)?;
        for part in ["<title>A loop</title>", "content=\"Why?\"", "href=\"styles-1.css\"", "<p>What is printed?</p>"] {
            assert!(plain.contains(part), "no {part} in {plain}");
        }
        assert!(!plain.contains("<script") && !plain.contains("preload") && !plain.contains("wasm"), "{plain}");
        Ok(())
    }

    #[test]
    fn a_page_without_its_text_is_refused() {
        assert!(plain("<title>A</title><main></main>").is_err());
    }

    #[test]
    fn an_aim_is_met_to_the_last_digit() {
        assert!(Aim::AtMost(1200.0).is_met(1200.0) && !Aim::AtMost(1200.0).is_met(1200.1));
        assert!(Aim::AtLeast(0.99).is_met(0.99) && !Aim::AtLeast(0.99).is_met(0.98));
    }

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        let loads: Vec<Vec<f64>> = [4.0, 0.0, 2.0, 3.0, 1.0].map(|figure| vec![figure; METRICS.len()]).into();
        assert!(medians(&loads).values().all(|median| *median == 2.0));
    }
}
