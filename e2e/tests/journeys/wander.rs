//! Nobody's way through the app: whatever stands on a page is pressed at random, in two tabs. After each step the page must be one that
//! a learner can go on from, and no answer may be gone; at the end a page that has seen it all must show what one shows that is loaded
//! anew.
//!
//! A walk is told by its number, and by where it is: `E2E_WALKS=70..90` walks these. A failure names its walk and its steps.

use std::collections::BTreeSet;
use std::env;
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::until;
use fastrand::Rng;
use quiz::attempt::AttemptId;
use serde_json::json;
use thirtyfour::{Key, WindowHandle};

/// The walks of each run of the tests.
const WALKS: Range<u64> = 0..4;
const STEPS: u32 = 45;

#[tokio::test]
async fn at_a_desk_leads_nowhere_that_one_cannot_go_on_from() -> Result<()> {
    wanders("desk", Journey::new).await
}

#[tokio::test]
async fn on_a_phone_leads_nowhere_that_one_cannot_go_on_from() -> Result<()> {
    wanders("phone", || Journey::new().on_a_phone()).await
}

async fn wanders(place: &str, journey: impl Fn() -> Journey) -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // What it finds is seldom of one engine.
    }
    for number in walks()? {
        journey()
            .tells(async |learner| {
                // Pages that are not there are opened as well.
                learner.expects_error("404");
                let mut steps = Vec::new();
                let walk = Walk { random: Rng::with_seed(number), tabs: Vec::new(), answers: BTreeSet::new() };
                let walked = walk.goes(learner, &mut steps).await;
                walked.with_context(|| format!("walk {number} ({place}): {}", steps.join("; ")))
            })
            .await?;
    }
    Ok(())
}

fn walks() -> Result<Range<u64>> {
    let Ok(wanted) = env::var("E2E_WALKS") else { return Ok(WALKS) };
    let (from, to) = wanted.split_once("..").with_context(|| format!("E2E_WALKS is {wanted:?}, not like 3..7"))?;
    Ok(from.parse()?..to.parse()?)
}

/// What is typed into fields.
const TEXTS: [&str; 5] = ["3", "1 2 3", "use std::fmt;", "a < b && \"c\" // ü", "panics"];
/// Keys that mean something on some page.
const KEYS: &str = "12345abpeuhnrsbg/?jkxo";
const NAMED_KEYS: [Key; 7] = [Key::Enter, Key::Enter, Key::Escape, Key::Tab, Key::Down, Key::Up, Key::Right];
const ADDRESSES: [&str; 16] = [
    "",
    "practice/",
    "practice/?topic=lifetimes",
    "placement/",
    "problems/",
    "problems/?missed=1",
    "problems/no-such-problem/",
    "interviews/",
    "interviews/?interview=lightning",
    "interviews/?all=1",
    "progress/",
    "guide/",
    "stories/",
    "scratchpad/",
    "settings/",
    "no/such/page",
];

/// Not to where it began, which is no page of the app.
const BACK: &str = "const before = navigation.entries()[navigation.currentEntry.index - 1];
    if (before && !before.url.endsWith('robots.txt')) history.back();
    return null;";

struct Walk {
    random: Rng,
    tabs: Vec<WindowHandle>,
    /// Which answers are stored.
    answers: BTreeSet<AttemptId>,
}

impl Walk {
    async fn goes(mut self, learner: &mut Learner, steps: &mut Vec<String>) -> Result<()> {
        learner.opens_a_plain_file().await?;
        if self.random.bool() {
            learner.has_a_past(40, 5).await?;
        }
        learner.opens("").await?;
        self.tabs.push(learner.tab().await?);
        self.looks(learner).await?;
        for _ in 0..STEPS {
            self.steps(learner, steps).await?;
            self.looks(learner).await?;
        }
        steps.push("the end".to_owned());
        self.compares(learner).await
    }

    /// Does something. What it is stands in the list before it is done.
    async fn steps(&mut self, learner: &Learner, steps: &mut Vec<String>) -> Result<()> {
        match self.random.u32(0..100) {
            0..62 => {
                steps.push("press something".to_owned());
                let pressed: Option<(String, bool)> = learner.runs(PRESS, &[json!(self.random.f64())]).await?;
                let Some((name, takes_text)) = pressed else { return Ok(()) };
                *steps.last_mut().context("it was pushed")? = name;
                if takes_text {
                    let text = *self.random.choice(&TEXTS).context("there are some")?;
                    steps.push(format!("type {text:?}"));
                    learner.presses(text).await?;
                }
            }
            62..80 => {
                let key = char::from(*self.random.choice(KEYS.as_bytes()).context("there are some")?);
                steps.push(format!("key {key:?}"));
                learner.presses(key.to_string()).await?;
            }
            80..88 => {
                let key = self.random.choice(NAMED_KEYS).context("there are some")?;
                steps.push(format!("key {key:?}"));
                learner.presses(key + "").await?;
            }
            88..91 => {
                steps.push("back".to_owned());
                learner.runs::<()>(BACK, &[]).await?;
                self.reads_on(learner).await?;
            }
            91..93 => {
                steps.push("forward".to_owned());
                learner.runs::<()>("history.forward(); return null;", &[]).await?;
                self.reads_on(learner).await?;
            }
            93..95 => {
                steps.push("reload".to_owned());
                learner.reloads().await?;
            }
            95..98 => {
                let address = *self.random.choice(&ADDRESSES).context("there are some")?;
                steps.push(format!("open /{address}"));
                learner.opens(address).await?;
            }
            _ if self.tabs.len() < 2 => {
                steps.push("another tab".to_owned());
                self.tabs.push(learner.opens_a_tab().await?);
                learner.opens("").await?;
            }
            _ => {
                let tab = self.random.usize(0..self.tabs.len());
                steps.push(format!("tab {tab}"));
                learner.turns_to(&self.tabs[tab]).await?;
            }
        }
        Ok(())
    }

    /// Who comes back is where they were on the page. Its heading may be out of sight then and have the focus all the same.
    async fn reads_on(&self, learner: &Learner) -> Result<()> {
        const TO_HEADING: &str = "const focused = document.activeElement;
            if (focused.matches('h1')) focused.scrollIntoView({ block: 'nearest' });
            return null;";
        settles(learner).await?;
        learner.runs(TO_HEADING, &[]).await
    }

    /// The page can be gone on from, and no answer is gone.
    async fn looks(&mut self, learner: &Learner) -> Result<()> {
        settles(learner).await?;
        let answers: BTreeSet<AttemptId> = learner.attempts().await?.iter().map(|attempt| attempt.id).collect();
        let gone: Vec<&AttemptId> = self.answers.difference(&answers).collect();
        ensure!(gone.is_empty(), "answers are gone: {gone:?}");
        self.answers = answers;
        Ok(())
    }

    /// What a tab shows that has seen it all is what it shows when it is loaded anew.
    async fn compares(&self, learner: &Learner) -> Result<()> {
        const FROM_HERE: &str = "const link = document.querySelector(`header a[href='${arguments[0]}']`);
            if (document.querySelector('dialog[open]')) document.querySelector('dialog[open]').close();
            link.click(); return null;";
        for tab in &self.tabs {
            learner.turns_to(tab).await?;
            for page in ["progress/", "problems/", "settings/", "./"] {
                learner.runs::<()>(FROM_HERE, &[json!(page)]).await?;
                let kept = reads(learner, page).await?;
                learner.reloads().await?;
                let anew = reads(learner, page).await?;
                ensure!(kept == anew, "{page} shows\n{kept}\n\nand loaded anew\n{anew}");
            }
        }
        Ok(())
    }
}

/// What a page says, once it says the same twice.
async fn reads(learner: &Learner, page: &str) -> Result<String> {
    // What is unfolded is drawn only then, and folded again by a reload.
    const TEXT: &str = "const main = document.querySelector('#app main');
        for (const unfolded of main.querySelectorAll('details[open]')) unfolded.open = false;
        return main.textContent;";
    let is_there = format!("return location.pathname.endsWith('/{}');", page.trim_start_matches("./"));
    until(&format!("the page {page}"), async || Ok(learner.runs::<bool>(&is_there, &[]).await?.then_some(()))).await?;
    settles(learner).await?;
    let mut last = String::new();
    until("the page to be done", async || {
        let now: String = learner.runs(TEXT, &[]).await?;
        let is_done = now == last;
        last.clone_from(&now);
        Ok(is_done.then_some(now))
    })
    .await
}

async fn settles(learner: &Learner) -> Result<()> {
    let mut last = None;
    let settled = until("the page to be one to go on from", async || {
        last = learner.runs::<Option<String>>(LOOK, &[]).await?;
        Ok(last.is_none().then_some(()))
    })
    .await;
    match (settled, last) {
        (Err(_), Some(what)) => bail!(what),
        (settled, _) => settled,
    }
}

/// What is wrong with the page.
const LOOK: &str = r#"
    const shows = (element) => element.checkVisibility({ visibilityProperty: true });
    if (shows(document.querySelector('#panic'))) return 'the app has failed';
    const app = document.querySelector('#app');
    if (!app || app.matches('[data-waits]')) return 'the app is not in front';
    if (app.querySelector('[data-loading], .awaited')) return 'something does not come';
    const headings = [...app.querySelectorAll('main h1')].filter(shows).length;
    if (headings !== 1) return `the page has ${headings} headings`;
    if (!document.title.endsWith('Borrowed Time')) return `the page is called ${document.title}`;
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) return `the page is ${scrollWidth} wide on a screen of ${clientWidth}`;
    return null;"#;

/// Presses one of what can be pressed: the how-manieth is the argument, from 0 to 1. Gives its name, and whether it takes text.
const PRESS: &str = r#"
    // What leads out of the app, saves a file, takes long, asks for a device, or erases the answers.
    const out = '[target=_blank], [rel~=external], [download], [type=file], ' + ['print', 'share', 'export', 'export-csv',
        'export-unread', 'save-report', 'save-recording', 'backup-now', 'choose-backup', 'import', 'compiler-download', 'record',
        'erase-really'].map((name) => `[data-testid=${name}]`).join(', ');
    const shows = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !element.closest('[inert]');
    const within = document.querySelector('dialog[open]') ?? document.querySelector('#app');
    const can = 'a[href], button, summary, input, textarea, .cm-content, label:has(> .hidden)';
    const all = [...within.querySelectorAll(can)].filter((element) => shows(element) && !element.matches(out));
    if (all.length === 0) return null;
    const one = all[Math.floor(arguments[0] * all.length)];
    one.scrollIntoView({ block: 'center' });
    const takesText = one.matches('textarea, .cm-content, input:is([type=text], [type=number], [type=search], [type=date], :not([type]))');
    const words = (one.getAttribute('aria-label') ?? one.textContent.trim().replace(/\s+/g, ' ')).slice(0, 40);
    one.focus();
    if (!takesText) one.click();
    return [`${one.dataset.testid ?? one.localName} “${takesText ? '' : words}”`, takesText];"#;
