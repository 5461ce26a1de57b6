//! Counts what an answer costs a learner with a phone: the taps and the scrolls from opening a question to handing in the right answer,
//! for twenty problems over the five kinds, at 375 × 740.
//!
//! A scroll is a move by at most a screenful that is needed before the next thing to tap can be seen, uncovered. What is typed is
//! not counted, and neither is reading. It uses what has long been the same in the page, so that older releases can be measured too.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use e2e::browser::{Browser, Engine, Permission, Program, Screen, Setup};
use e2e::host::Faults;
use e2e::learner::Learner;
use e2e::problems::{Problems, answer_marked};
use e2e::site::{Place, Site, dist};
use e2e::wait::until;
use quiz::answer::{Answer, Prediction};
use quiz::grading::Mark;
use quiz::problem::{Kind, Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;

const WIDTH: u32 = 375;
const HEIGHT: u32 = 740;
/// So many problems of each kind.
const OF_A_KIND: usize = 4;
/// How long one looks at least before the next tap.
const LOOK: Duration = Duration::from_millis(450);
/// More scrolls than this lead nowhere.
const MOST_SCROLLS: usize = 40;

/// Counts the taps and scrolls that the right answers cost on a phone, in Chromium
#[derive(Parser)]
struct Options {
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
    /// The release whose packs tell the right answers, if that in E2E_DIST_ROOT is too old to be read
    #[arg(long, value_name = "DIR")]
    answers: Option<PathBuf>,
    /// One problem of each kind only: that shows whether it can be counted, and no more
    #[arg(long)]
    once: bool,
}

/// What an answer cost.
#[derive(Serialize)]
struct Effort {
    slug: String,
    kind: &'static str,
    taps: usize,
    scrolls: usize,
}

impl Effort {
    fn sum(&self) -> usize {
        self.taps + self.scrolls
    }
}

#[derive(Serialize)]
struct Figures {
    problems: Vec<Effort>,
    /// The median of taps and scrolls together.
    median: f64,
    /// Problems that the release does not have, or has with another answer.
    left_out: Vec<String>,
}

/// The kinds that are answered by taps. A program is typed.
fn tapped() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| !kind.is_by_choice())
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    ensure!(Engine::from_environment()? == Engine::Chromium, "fingers are emulated in Chromium only");
    let figures = measure(&options).await?;
    match options.json {
        true => println!("{}", serde_json::to_string_pretty(&figures)?),
        false => print!("{}", table(&figures)),
    }
    Ok(())
}

async fn measure(options: &Options) -> Result<Figures> {
    let site = Site::open(Place::Root, Faults::default()).await?;
    let answers = options.answers.clone().map_or_else(|| dist(Place::Root), Ok)?;
    let problems = Problems::of_release(&answers)?;
    let of_a_kind = if options.once { 1 } else { OF_A_KIND };
    let chosen: Vec<Problem> = tapped().flat_map(|kind| spread(&problems, kind, of_a_kind)).collect();
    let setup = Setup {
        engine: Engine::Chromium,
        screen: Screen::Phone,
        permission: Permission::Everything,
        program: Program::Browser,
    };
    let learner = Learner::new(site, problems, Browser::open(setup).await?);
    let metrics = json!({ "width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 2, "mobile": true });
    learner.tells_devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
    learner.tells_devtools("Emulation.setTouchEmulationEnabled", touch).await?;
    let (mut efforts, mut left_out) = (Vec::new(), Vec::new());
    for problem in chosen {
        match answers_by_finger(&learner, &problem).await.with_context(|| format!("answering {}", problem.slug))? {
            Some(effort) => efforts.push(effort),
            None => left_out.push(problem.slug.to_string()),
        }
    }
    let median = median(efforts.iter().map(Effort::sum).collect());
    Ok(Figures { problems: efforts, median, left_out })
}

/// Problems of a kind, from all over the catalog.
fn spread(problems: &Problems, kind: Kind, of_a_kind: usize) -> Vec<Problem> {
    let of_kind: Vec<&Problem> = problems.all().iter().filter(|problem| problem.question.kind() == kind).collect();
    let (count, chosen) = (of_kind.len(), of_a_kind.min(of_kind.len()));
    (0..chosen).map(|place| of_kind[place * count / chosen].clone()).collect()
}

/// What a finger does.
enum Step {
    /// It taps what this selector finds, unless that is asked for already.
    AskFor(String),
    /// It taps what this selector finds.
    Tap(String),
    /// It types into what was tapped.
    Type(String),
}

fn steps(answer: &Answer) -> Vec<Step> {
    let tap = |name: &str, attribute: &str, value: String| Step::Tap(part(name, attribute, &value));
    let outcome = |name: &str| Step::Tap(format!("[data-testid=outcome-{name}]"));
    let line = |line: &Option<u32>| line.map(|line| tap("line", "line", line.to_string()));
    let mut steps: Vec<Step> = match answer {
        Answer::Choice { chosen } => chosen.iter().map(|index| tap("option", "index", index.to_string())).collect(),
        Answer::Predict(Prediction::Prints { stdout }) => {
            vec![
                outcome("prints"),
                Step::Tap("[data-testid=stdout]".to_owned()),
                Step::Type(stdout.trim_end().to_owned()),
            ]
        }
        Answer::Predict(Prediction::Error { line: at, rule }) => {
            let rule = rule.as_ref().map(|rule| tap("rule", "code", rule.to_string()));
            [outcome("error")].into_iter().chain(line(at)).chain(rule).collect()
        }
        Answer::Predict(Prediction::Panics { line: at }) => [outcome("panics")].into_iter().chain(line(at)).collect(),
        Answer::Predict(Prediction::Undefined { line: at }) => {
            [outcome("undefined")].into_iter().chain(line(at)).collect()
        }
        Answer::Spot { lines } => lines
            .iter()
            .flat_map(|(role, at)| {
                [Step::AskFor(part("role", "role", role.name())), tap("line", "line", at.to_string())]
            })
            .collect(),
        Answer::Fill { picks } => picks
            .iter()
            .enumerate()
            .flat_map(|(slot, pick)| {
                let tab = Step::AskFor(format!(".slot-tabs > button:nth-child({})", slot + 1));
                [tab, tap("slot-choice", "index", pick.to_string())]
            })
            .collect(),
        Answer::Order { lines } => lines.iter().map(|line| tap("pool-line", "movable", line.to_string())).collect(),
        Answer::Write { code, .. } => {
            let [field, all_pass] = ["code", "said-all"].map(|name| Step::Tap(format!("[data-testid={name}]")));
            vec![field, Step::Type(code.clone()), all_pass]
        }
        Answer::Discuss { .. } | Answer::Unknown => Vec::new(),
    };
    steps.push(Step::Tap("[data-testid=submit]".to_owned()));
    steps
}

fn part(name: &str, attribute: &str, value: &str) -> String {
    format!("[data-testid='{name}'][data-{attribute}='{value}']")
}

/// Opens the question and gives the right answer; nothing if the release does not have the question, or has it with another answer.
async fn answers_by_finger(learner: &Learner, problem: &Problem) -> Result<Option<Effort>> {
    const JUDGED: &str = "return document.querySelector('[data-testid=summary]')?.textContent ?? null;";
    learner.opens(&format!("problems/{}/", problem.slug)).await?;
    let is_there = until("a question, or none", async || {
        let has = async |name: &str| learner.has(name).await;
        Ok(match (has("question").await?, has("page-not-found").await?) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        })
    })
    .await?;
    if !is_there {
        return Ok(None);
    }
    let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
    let mut finger = Finger { learner, taps: 0, scrolls: 0 };
    for step in steps(&answer) {
        finger.does(step).await?;
    }
    let judged = until("a judgement", async || learner.runs::<Option<String>>(JUDGED, &[]).await).await?;
    let kind = problem.question.kind().name();
    let effort = Effort { slug: problem.slug.to_string(), kind, taps: finger.taps, scrolls: finger.scrolls };
    Ok(judged.starts_with("Right").then_some(effort))
}

/// A finger on the screen, and what it has done so far.
struct Finger<'a> {
    learner: &'a Learner,
    taps: usize,
    scrolls: usize,
}

/// Where something to tap is.
#[derive(Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
enum Sight {
    /// Not on the page, or not drawn.
    Missing,
    /// In sight and uncovered, at this place.
    Here { x: f64, y: f64 },
    /// A scroll by at most a screenful brought it nearer; it is to be looked for again.
    Scrolled,
    /// No scroll brings it into sight.
    Hidden { below: String },
}

impl Finger<'_> {
    async fn does(&mut self, step: Step) -> Result<()> {
        match step {
            Step::AskFor(selector) if self.is_asked_for(&selector).await? => Ok(()),
            Step::AskFor(selector) | Step::Tap(selector) => self.taps(&selector).await,
            Step::Type(text) => {
                self.learner.tells_devtools("Input.insertText", json!({ "text": text })).await?;
                Ok(())
            }
        }
    }

    async fn is_asked_for(&self, selector: &str) -> Result<bool> {
        const ASKED: &str = "const part = document.querySelector(arguments[0]);
            return Boolean(part?.matches('[aria-checked=true], [aria-selected=true], [aria-pressed=true], [aria-current]'));";
        self.learner.runs(ASKED, &[selector.into()]).await
    }

    /// Scrolls until it can be tapped, and taps it.
    async fn taps(&mut self, selector: &str) -> Result<()> {
        for _ in 0..MOST_SCROLLS {
            match self.looks_for(selector).await? {
                Sight::Here { x, y } => {
                    self.taps += 1;
                    let point = json!([{ "x": x, "y": y }]);
                    let touch = async |kind: &str, points| {
                        let touch = json!({ "type": kind, "touchPoints": points });
                        self.learner.tells_devtools("Input.dispatchTouchEvent", touch).await
                    };
                    // Who taps again at once on the same place has tapped twice by accident.
                    tokio::time::sleep(LOOK).await;
                    touch("touchStart", point).await?;
                    touch("touchEnd", json!([])).await?;
                    return Ok(());
                }
                Sight::Scrolled => self.scrolls += 1,
                Sight::Hidden { below } => bail!("{selector} cannot be brought into sight: it lies below {below}"),
                Sight::Missing => bail!("{selector} is not on the page"),
            }
        }
        bail!("{MOST_SCROLLS} scrolls do not lead to {selector}")
    }

    /// Where it is once the page is at rest; if it is out of sight, after one scroll.
    async fn looks_for(&self, selector: &str) -> Result<Sight> {
        until(&format!("{selector} to be drawn"), async || {
            let sight = self.learner.session().execute_async(LOOK_OR_SCROLL, vec![selector.into()]).await?;
            Ok(Some(sight.convert::<Sight>()?).filter(|sight| !matches!(sight, Sight::Missing)))
        })
        .await
    }
}

/// Two frames after the last tap all is where it stays. A screenful is what no bar covers at the upper and the lower edge.
const LOOK_OR_SCROLL: &str = r#"
    const [selector, done] = arguments;
    const look = () => {
        const part = [...document.querySelectorAll(selector)].find((part) => part.checkVisibility());
        if (!part) return { at: 'missing' };
        const place = () => {
            const box = part.getBoundingClientRect();
            return { x: box.left + box.width / 2, y: box.top + Math.min(box.height, 44) / 2 };
        };
        const over = ({ x, y }) => document.elementFromPoint(x, y);
        const isOver = (found) => Boolean(found) && part.contains(found);
        const { x, y } = place();
        if (isOver(over({ x, y }))) return { at: 'here', x, y };
        const fixed = (found) => {
            for (let part = found; part; part = part.parentElement) {
                if (['fixed', 'sticky'].includes(getComputedStyle(part).position)) return part;
            }
        };
        let top = 0, bottom = innerHeight;
        for (let at = 2; at < innerHeight / 2 && fixed(document.elementFromPoint(innerWidth / 2, at)); at += 4) top = at + 4;
        for (let at = innerHeight - 2; at > innerHeight / 2 && fixed(document.elementFromPoint(innerWidth / 2, at)); at -= 4) bottom = at - 4;
        const holders = [];
        for (let holder = part.parentElement; holder; holder = holder.parentElement) {
            const style = getComputedStyle(holder), scrolls = /auto|scroll/;
            const down = scrolls.test(style.overflowY) && holder.scrollHeight > holder.clientHeight + 1;
            const across = scrolls.test(style.overflowX) && holder.scrollWidth > holder.clientWidth + 1;
            if (down || across) holders.push(holder);
        }
        // The innermost first: what scrolls by itself, then the page.
        for (const holder of [...holders, document.scrollingElement]) {
            const isPage = holder === document.scrollingElement;
            const box = isPage ? { left: 0, right: innerWidth, top, bottom } : holder.getBoundingClientRect();
            const room = { down: box.bottom - box.top, across: box.right - box.left };
            const goal = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
            const within = (value, least, most) => value > least + 4 && value < most - 4;
            const down = within(y, box.top, box.bottom) ? 0 : y - goal.y;
            const across = within(x, box.left, box.right) ? 0 : x - goal.x;
            if (down === 0 && across === 0) continue;
            const before = [holder.scrollTop, holder.scrollLeft];
            const clamped = (by, most) => Math.max(-most, Math.min(most, by));
            holder.scrollBy({ left: clamped(across, room.across), top: clamped(down, room.down), behavior: 'instant' });
            if (holder.scrollTop !== before[0] || holder.scrollLeft !== before[1]) return { at: 'scrolled' };
        }
        return { at: 'hidden', below: over(place())?.outerHTML.slice(0, 120) ?? 'nothing' };
    };
    let last;
    const rest = () => {
        const now = `${scrollY} ${document.documentElement.outerHTML.length}`;
        if (now === last) return done(look());
        last = now;
        requestAnimationFrame(() => requestAnimationFrame(rest));
    };
    rest();"#;

fn median(mut sums: Vec<usize>) -> f64 {
    sums.sort_unstable();
    match sums.len() {
        0 => 0.0,
        count => (sums[(count - 1) / 2] + sums[count / 2]) as f64 / 2.0,
    }
}

fn table(figures: &Figures) -> String {
    let mut table = format!("{:<44} {:<8} {:>5} {:>8} {:>4}\n", "problem", "kind", "taps", "scrolls", "sum");
    for effort in &figures.problems {
        let Effort { slug, kind, taps, scrolls } = effort;
        table += &format!("{slug:<44} {kind:<8} {taps:>5} {scrolls:>8} {:>4}\n", effort.sum());
    }
    for kind in tapped() {
        let of_kind = figures.problems.iter().filter(|effort| effort.kind == kind.name());
        table += &format!("median of {:<34} {:>27.1}\n", kind.name(), median(of_kind.map(Effort::sum).collect()));
    }
    table += &format!("median {:>65.1}\n", figures.median);
    if !figures.left_out.is_empty() {
        table += &format!("left out, not in this release or not right: {}\n", figures.left_out.join(", "));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(vec![9, 1, 3]), 3.0);
        assert_eq!(median(vec![4, 1, 3, 9]), 3.5);
        assert_eq!(median(Vec::new()), 0.0);
    }
}
