//! What one tab takes while a learner answers question after question in it: what is taken and never given back shows.
//!
//! The page is worked by scripts in it. ChromeDriver holds on to every element that it was asked for, and all that belongs to it.

use anyhow::{Context, Result, bail};
use e2e::learner::{Learner, pool_line, slot_tab};
use e2e::problems::answer_marked;
use quiz::answer::{Answer, Prediction};
use quiz::grading::Mark;
use quiz::problem::Slug;
use serde::Serialize;
use serde_json::{Value, json};

use crate::Often;

/// After so many answers all that is loaded once is there.
const EARLY: usize = 20;
const LATE: usize = 200;
/// Bytes that a tab may take more after [`LATE`] answers than after [`EARLY`]: the problems that were asked are kept.
const TARGET: u64 = 5_000_000;

/// Memory of one tab, early and late.
#[derive(Serialize)]
pub struct Memory {
    early: Taken,
    late: Taken,
    target: u64,
}

/// What a tab takes, after all that can be collected was.
#[derive(Serialize)]
struct Taken {
    answers: usize,
    /// Bytes of the objects of JavaScript.
    heap: u64,
    /// Bytes of the objects that belong to the page, such as elements, as far as the browser tells.
    page: u64,
    /// Bytes of WebAssembly's memory, which never gets smaller.
    wasm: u64,
    /// Nodes of documents, those that are in none included.
    nodes: u64,
    listeners: u64,
}

impl Memory {
    /// Answers the questions of practice rightly, session after session, without loading the page anew.
    pub async fn measured(learner: &mut Learner, often: Often) -> Result<Memory> {
        // One more, so that both are measured.
        let (early_at, late_at) = (often.times(EARLY), often.times(LATE - 1) + 1);
        learner.installs_the_app().await?;
        learner.opens("practice/").await?;
        learner.clicks("start").await?;
        let mut early = None;
        for answers in 1..=late_at {
            answer_one(learner).await?;
            if answers == early_at {
                early = Some(Taken::by(learner, answers).await?);
            }
            if answers < late_at {
                go_on(learner).await?;
            }
        }
        let early = early.context("there was an early one")?;
        Ok(Memory { early, late: Taken::by(learner, late_at).await?, target: TARGET })
    }

    /// As rows of the table.
    pub fn rows(&self) -> String {
        let Memory { early, late, target } = self;
        let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
        let mut rows = vec![format!(
            "{:<44}{:>10}{:>10}{:>10}",
            "one tab, after so many answers", early.answers, late.answers, "more"
        )];
        let bytes = [
            ("heap of JavaScript", early.heap, late.heap),
            ("elements and what else belongs to the page", early.page, late.page),
            ("memory of WebAssembly", early.wasm, late.wasm),
        ];
        for (what, early, late) in bytes {
            let more = (late as f64 - early as f64) / 1e6;
            rows.push(format!("{what:<44}{:>10}{:>10}{more:>7.1} MB", megabytes(early), megabytes(late)));
        }
        for (what, early, late) in [("nodes", early.nodes, late.nodes), ("listeners", early.listeners, late.listeners)]
        {
            rows.push(format!("{what:<44}{early:>10}{late:>10}{:>10}", late as i64 - early as i64));
        }
        let more = late.sum() as f64 - early.sum() as f64;
        let verdict = if more < *target as f64 { "met" } else { "NOT MET" };
        rows.push(format!(
            "heap and memory of WebAssembly: {:.1} MB more, < {} {verdict}",
            more / 1e6,
            megabytes(*target)
        ));
        rows.join("\n")
    }
}

/// What the scripts have in common: parts that show, and waiting for them.
const LOOK: &str = r#"
    const done = arguments[arguments.length - 1];
    const shown = (selector) => [...document.querySelectorAll(selector)].find((part) => part.checkVisibility());
    const frame = () => new Promise(requestAnimationFrame);
    const until = async (selector) => {
        const start = performance.now();
        while (!shown(selector)) {
            if (performance.now() - start > 20_000) throw new Error(`waited 20 s for ${selector}`);
            await frame();
        }
        return shown(selector);
    };
    const tells = (story) => story.then((told) => done({ told }), (error) => done({ error: String(error) }));
    const taps = async (selector) => (await until(selector)).click();
    const QUESTION = '[data-testid=question][data-state=asking]';
    const [SUBMIT, SUMMARY, NEXT, AGAIN, START] =
        ['submit', 'summary', 'next', 'again', 'start'].map((name) => `[data-testid=${name}]:not([disabled])`);
    "#;

/// Answers the question that is asked, rightly.
async fn answer_one(learner: &Learner) -> Result<()> {
    const SLUG: &str = "tells(until(QUESTION).then((question) => question.dataset.slug));";
    const ANSWER: &str = r#"
        const [parts, typed] = arguments;
        tells((async () => {
            for (const part of parts) {
                await taps(part);
                await frame();
            }
            if (typed !== null) {
                const field = await until('[data-testid=stdout]');
                field.value = typed;
                field.dispatchEvent(new Event('input', { bubbles: true }));
                await frame();
            }
            await taps(SUBMIT);
            await until(SUMMARY);
        })());"#;
    let slug = script(learner, SLUG, Vec::new()).await?;
    let slug = Slug(slug.as_str().context("a question has a name")?.into());
    let problem = learner.problems.problem(&slug)?;
    let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
    let (parts, typed) = (parts_to_tap(&answer)?, typed(&answer));
    let answered = script(learner, ANSWER, vec![json!(parts), json!(typed)]).await;
    answered.map(|_| ()).with_context(|| format!("{slug} cannot be answered"))
}

/// To the next question, or to the first one of another session.
async fn go_on(learner: &Learner) -> Result<()> {
    const GO_ON: &str = r#"
        tells((async () => {
            await taps(NEXT);
            await until(`${QUESTION}, ${AGAIN}`);
            if (!shown(AGAIN)) return;
            await taps(AGAIN);
            await until(`${QUESTION}, ${START}`);
            if (shown(START)) await taps(START);
        })());"#;
    script(learner, GO_ON, Vec::new()).await.map(|_| ()).context("there is no next question")
}

/// Runs what is told by `tells`, and gives what it came to.
async fn script(learner: &Learner, script: &str, arguments: Vec<Value>) -> Result<Value> {
    let came: Value = learner.session().execute_async(format!("{LOOK}{script}"), arguments).await?.convert()?;
    match came["error"].as_str() {
        Some(error) => bail!("{error}"),
        None => Ok(came["told"].clone()),
    }
}

/// What is tapped to fill in an answer, in turn, by selectors.
fn parts_to_tap(answer: &Answer) -> Result<Vec<String>> {
    let part = |name: &str, attribute: &str, value: &str| format!("[data-testid={name}][data-{attribute}='{value}']");
    let line = |line: &u32| part("line", "line", &line.to_string());
    let outcome = |name: &str, at: &Option<u32>| {
        std::iter::once(format!("[data-testid=outcome-{name}]")).chain(at.iter().map(line)).collect::<Vec<_>>()
    };
    Ok(match answer {
        Answer::Choice { chosen } => chosen.iter().map(|option| part("option", "index", &option.to_string())).collect(),
        Answer::Predict(Prediction::Prints { .. }) => outcome("prints", &None),
        Answer::Predict(Prediction::Panics { line }) => outcome("panics", line),
        Answer::Predict(Prediction::Undefined { line }) => outcome("undefined", line),
        Answer::Predict(Prediction::Error { line, rule }) => {
            let rule = rule.iter().map(|rule| part("rule", "code", &rule.to_string()));
            outcome("error", line).into_iter().chain(rule).collect()
        }
        Answer::Spot { lines } => {
            lines.iter().flat_map(|(role, at)| [part("role", "role", role.name()), line(at)]).collect()
        }
        Answer::Fill { picks } => picks
            .iter()
            .enumerate()
            .flat_map(|(slot, pick)| [slot_tab(slot), part("slot-choice", "index", &pick.to_string())])
            .collect(),
        Answer::Order { lines } => lines.iter().map(|line| pool_line(*line)).collect(),
        Answer::Write { .. } | Answer::Discuss { .. } | Answer::Unknown => {
            bail!("nobody is asked to write or to talk unasked, and all is known")
        }
    })
}

fn typed(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Predict(Prediction::Prints { stdout }) => Some(stdout.trim_end()),
        _ => None,
    }
}

impl Taken {
    async fn by(learner: &Learner, answers: usize) -> Result<Taken> {
        // The first collection lets go of what the second one finds.
        for _ in 0..3 {
            learner.tells_devtools("HeapProfiler.collectGarbage", json!({})).await?;
        }
        let heap = learner.tells_devtools("Runtime.getHeapUsage", json!({})).await?;
        let page = learner.tells_devtools("Memory.getDOMCounters", json!({})).await?;
        Ok(Taken {
            answers,
            heap: number(&heap, "usedSize")?,
            page: number(&heap, "embedderHeapUsedSize")?,
            wasm: wasm_memory(learner).await?,
            nodes: number(&page, "nodes")?,
            listeners: number(&page, "jsEventListeners")?,
        })
    }

    fn sum(&self) -> u64 {
        self.heap + self.page + self.wasm
    }
}

/// The bytes of all memories of WebAssembly in the page.
async fn wasm_memory(learner: &Learner) -> Result<u64> {
    const SUM: &str = "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }";
    let prototype = json!({ "expression": "WebAssembly.Memory.prototype" });
    let prototype = learner.tells_devtools("Runtime.evaluate", prototype).await?;
    let all = json!({ "prototypeObjectId": prototype["result"]["objectId"] });
    let all = learner.tells_devtools("Runtime.queryObjects", all).await?;
    let sum = json!({ "objectId": all["objects"]["objectId"], "functionDeclaration": SUM, "returnByValue": true });
    let sum = learner.tells_devtools("Runtime.callFunctionOn", sum).await?;
    // What was looked at would live as long as somebody may look at it again.
    for object in [&prototype["result"], &all["objects"]] {
        learner.tells_devtools("Runtime.releaseObject", json!({ "objectId": object["objectId"] })).await?;
    }
    number(&sum["result"], "value")
}

fn number(told: &Value, name: &str) -> Result<u64> {
    let number = told[name].as_f64().with_context(|| format!("the browser does not tell the {name}: {told}"))?;
    Ok(number as u64)
}
