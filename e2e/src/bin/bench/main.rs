//! Measures what a learner waits for, in a real Chromium: from an answer to its feedback on a slow phone, and from
//! opening the app without a network to a question that can be answered.
//!
//! With `--scale` it measures a release of a thousand problems and a learner with a hundred thousand answers.
//!
//! With `--device` it measures the compiler on the learner's device.
//!
//! Prints a table, or JSON for a machine. It passes no judgement: a busy machine is not a failed test.

mod memory;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use brotli::enc::BrotliEncoderParams;
use clap::Parser;
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::{Kind, Problem, Question};
use serde::Serialize;
use serde_json::json;
use thirtyfour::By;
use xtask::scale::{ANSWERS, DAYS};

use memory::Memory;

/// Milliseconds from an answer to its feedback, on that phone.
const FEEDBACK_TARGET: f64 = 50.0;
/// Milliseconds from opening the app offline to a question, on this machine.
const START_TARGET: f64 = 500.0;
/// Milliseconds from opening the app to what is due today, with a long past, on that phone.
const PAST_TARGET: f64 = 1000.0;
/// Milliseconds from opening a problem to its question, with 1,000 problems and 100,000 answers, on that phone.
const QUESTION_TARGET: f64 = 1000.0;
/// Milliseconds from a keystroke in the search to what it finds, with as many.
const KEYSTROKE_TARGET: f64 = 50.0;
/// Milliseconds from the click on Start to a queue, with as many.
const QUEUE_TARGET: f64 = 100.0;
/// Milliseconds from opening the editor to the first output, on this machine.
const FIRST_RUN_TARGET: f64 = 3000.0;
/// Milliseconds from the click on Run to the output, on this machine.
const LATER_RUN_TARGET: f64 = 600.0;
/// The compiler has 33 MB to bring, and to unpack.
const PATIENCE: Duration = Duration::from_secs(120);
const FIRST_RUNS: usize = 5;
const RUNS: usize = 200;
const ANSWERS_OF_A_KIND: usize = 5;
const STARTS: usize = 9;
const RESTARTS: usize = 5;

/// Measures a release build in Chromium
#[derive(Parser)]
struct Options {
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
    /// How much slower than this machine the phone is on which answers are judged
    #[arg(long, value_name = "TIMES", default_value_t = 4.0)]
    throttle: f64,
    /// Measure what grows with the number of problems and of answers; the release has 1,000 problems
    #[arg(long)]
    scale: bool,
    /// Measure the compiler on the device: the first run, later runs, and what memory they take
    #[arg(long)]
    device: bool,
    /// Measure only what one tab takes after few and after many answers
    #[arg(long)]
    memory: bool,
    /// Do each thing once, with a short past: that shows whether it can be measured, and no more
    #[arg(long)]
    once: bool,
}

/// How often each thing is done.
#[derive(Clone, Copy)]
enum Often {
    /// As often as makes a figure.
    Enough,
    Once,
}

impl Often {
    /// How often, if so often makes a figure.
    fn times(self, enough: usize) -> usize {
        match self {
            Often::Enough => enough,
            Often::Once => 1,
        }
    }

    /// How many answers a long past has.
    fn answers(self) -> usize {
        match self {
            Often::Enough => ANSWERS,
            Often::Once => ANSWERS / 100,
        }
    }
}

/// The compiler on the learner's device, on this machine.
#[derive(Serialize)]
struct DeviceFigures {
    /// From the start of the navigation to what a program prints, the compiler in the browser's cache.
    first_run: Times,
    /// From the click on Run to what a program of so many lines prints.
    later_runs: Times,
    lines: usize,
    /// The memory of the browser after the first runs, and after all of them, in bytes.
    memory: (u64, u64),
    runs: usize,
}

impl DeviceFigures {
    async fn measured(often: Often) -> Result<DeviceFigures> {
        let mut learner = Journey::new().learner().await?;
        learner.installs_the_app().await?;
        let program = program_of_a_solution(&learner)?;
        learner.opens("scratchpad/").await?;
        learner.clicks("compiler-download").await?;
        tokio::time::timeout(PATIENCE, async {
            while !learner.has("run").await? {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Ok::<(), anyhow::Error>(())
        })
        .await
        .context("the compiler does not arrive")??;
        learner.goes_offline().await?;
        learner.session().set_script_timeout(PATIENCE).await?;
        let mut first = Vec::new();
        for number in 0..often.times(FIRST_RUNS) {
            writes(&learner, &program, number).await?;
            learner.reloads().await?;
            learner.sees_part("run").await?;
            let since_navigation: f64 = learner.runs("return performance.now();", &[]).await?;
            first.push(since_navigation + run(&learner, number).await?);
        }
        let mut later = Vec::new();
        let mut early = 0;
        let runs = often.times(RUNS);
        for number in 0..runs {
            writes(&learner, &program, 1000 + number).await?;
            later.push(run(&learner, 1000 + number).await?);
            if number == runs / 10 {
                early = learner.browser_memory()?;
            }
        }
        let figures = DeviceFigures {
            first_run: Times::of(first, FIRST_RUN_TARGET),
            later_runs: Times::of(later, LATER_RUN_TARGET),
            lines: program.lines().count() + 3,
            memory: (early, learner.browser_memory()?),
            runs,
        };
        learner.leaves().await?;
        Ok(figures)
    }

    fn table(&self) -> String {
        let first = "navigation to the first output, compiler in cache";
        let rows = [(first, &self.first_run), ("a later run", &self.later_runs)];
        let megabytes = |bytes: u64| bytes / 1_000_000;
        let (early, late) = (megabytes(self.memory.0), megabytes(self.memory.1));
        let memory = format!(
            "memory of the browser after {} runs {early} MB, after {} {late} MB",
            self.runs / 10 + 1,
            self.runs
        );
        format!("a program of {} lines\n{}{memory}", self.lines, table(&rows))
    }
}

/// The first solution of the first program to write, with a number that it prints.
fn program_of_a_solution(learner: &Learner) -> Result<String> {
    let solution = learner.problems.all().iter().find_map(|problem| match &problem.question {
        Question::Write(exercise) if exercise.schedules == 1 => exercise.solutions.first(),
        _ => None,
    });
    let lines: String = solution.context("there is a program to write")?.program.text.clone();
    Ok(format!("#![allow(dead_code)]\n{lines}"))
}

async fn writes(learner: &Learner, program: &str, number: usize) -> Result<()> {
    learner.clicks("code").await?;
    learner.pastes_program(&format!("{program}\nfn main() {{\n    println!(\"number {number}\");\n}}\n")).await
}

/// Runs what is written, and takes the time until it is seen to print its number.
async fn run(learner: &Learner, number: usize) -> Result<f64> {
    const RUN: &str = r#"
        const [wanted, done] = arguments;
        const start = performance.now();
        document.querySelector('[data-testid=run]').click();
        const look = () => {
            const receipt = document.querySelector('[data-testid=receipt]');
            if (receipt?.textContent.includes(wanted)) done(performance.now() - start);
            else requestAnimationFrame(look);
        };
        look();"#;
    let wanted = json!(format!("number {number}"));
    Ok(learner.session().execute_async(RUN, vec![wanted]).await?.convert()?)
}

#[derive(Serialize)]
struct Figures {
    /// From the click on Submit to the frame that shows the judgement, at a fraction of this machine's speed.
    answer_to_feedback: Times,
    /// From the start of the navigation to the frame with the question, the host dead, the browser running.
    offline_start: Times,
    /// The same right after the browser was started.
    offline_start_of_the_browser: Times,
    /// From the start of the navigation to the frame that says what is due, with so many answers in the storage, offline, at
    /// a fraction of this machine's speed.
    start_with_a_past: Times,
    answers: usize,
    /// The same with none.
    start_without: Times,
    /// What the first visit to a question asks for, the service worker left out.
    first_load: Transfer,
    /// What one tab takes after few and after many answers.
    memory: Memory,
}

/// What grows with the number of problems and of answers, all at a fraction of this machine's speed.
#[derive(Serialize)]
struct ScaleFigures {
    problems: usize,
    answers: usize,
    /// From the start of the navigation to the frame with a question that can be answered, offline.
    start_to_a_question: Times,
    /// From a keystroke in the search to the frame behind the one that shows what it finds.
    keystroke: Times,
    /// From the click on Start until the queue is made and stored.
    queue: Times,
}

impl ScaleFigures {
    async fn measured(throttle: f64, often: Often) -> Result<ScaleFigures> {
        let mut learner = Journey::new().learner().await?;
        learner.installs_the_app().await?;
        learner.has_a_past(often.answers(), DAYS).await?;
        learner.goes_offline().await?;
        let figures = ScaleFigures {
            problems: learner.problems.all().len(),
            answers: often.answers(),
            keystroke: keystrokes(&learner, throttle, often).await?,
            queue: queues(&learner, throttle, often).await?,
            start_to_a_question: starts(&learner, throttle, often).await?,
        };
        learner.leaves().await?;
        Ok(figures)
    }

    fn table(&self) -> String {
        let rows = [
            ("start to a question that can be answered", &self.start_to_a_question),
            ("a keystroke in the search", &self.keystroke),
            ("the queue made", &self.queue),
        ];
        let title = format!("{} problems, {} answers, CPU throttled", self.problems, self.answers);
        format!("{title}\n{}", table(&rows).trim_end())
    }
}

/// Durations in milliseconds.
#[derive(Serialize)]
struct Times {
    /// What a machine that is busy with other things disturbs least.
    best: f64,
    median: f64,
    worst: f64,
    runs: usize,
    target: f64,
}

#[derive(Serialize)]
struct Transfer {
    requests: usize,
    /// As a host sends it that does not compress.
    bytes: u64,
    /// As one sends it that compresses by brotli at its best.
    brotli: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    ensure!(Engine::from_environment()? == Engine::Chromium, "only Chromium can be slowed down to a phone's speed");
    let often = if options.once { Often::Once } else { Often::Enough };
    if options.device {
        let figures = DeviceFigures::measured(often).await?;
        return print(options.json, &figures, DeviceFigures::table);
    }
    if options.scale {
        let figures = ScaleFigures::measured(options.throttle, often).await?;
        return print(options.json, &figures, ScaleFigures::table);
    }
    if options.memory {
        let memory = measured(async |learner| Memory::measured(learner, often).await).await?;
        return print(options.json, &memory, Memory::rows);
    }
    let figures = Figures {
        first_load: measured(first_load).await?,
        answer_to_feedback: measured(async |learner| answer_to_feedback(learner, options.throttle, often).await)
            .await?,
        offline_start: measured(async |learner| offline_start(learner, often).await).await?,
        offline_start_of_the_browser: measured(async |learner| offline_start_of_the_browser(learner, often).await)
            .await?,
        start_with_a_past: measured(async |learner| {
            start_of_today(learner, often.answers(), options.throttle, often).await
        })
        .await?,
        answers: often.answers(),
        start_without: measured(async |learner| start_of_today(learner, 0, options.throttle, often).await).await?,
        memory: measured(async |learner| Memory::measured(learner, often).await).await?,
    };
    print(options.json, &figures, Figures::table)
}

/// Prints figures for a machine, or as a table.
fn print<F: Serialize>(for_machine: bool, figures: &F, table: impl Fn(&F) -> String) -> Result<()> {
    match for_machine {
        true => println!("{}", serde_json::to_string_pretty(figures)?),
        false => println!("{}", table(figures)),
    }
    Ok(())
}

/// Measures something with a browser that has never seen the site.
async fn measured<T>(measure: impl AsyncFnOnce(&mut Learner) -> Result<T>) -> Result<T> {
    let mut learner = Journey::new().learner().await?;
    let figure = measure(&mut learner).await?;
    learner.leaves().await?;
    Ok(figure)
}

async fn answer_to_feedback(learner: &mut Learner, throttle: f64, often: Often) -> Result<Times> {
    const DRAWN: &str = r#"
        window.drawn = new Promise((resolve) => {
            const afterNextFrame = (then) => requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = then;
                channel.port2.postMessage(null);
            });
            addEventListener('click', ({ timeStamp }) => {
                const observer = new MutationObserver(() => {
                    if (!document.querySelector('[data-testid=summary]')) return;
                    observer.disconnect();
                    afterNextFrame(() => resolve(performance.now() - timeStamp));
                });
                observer.observe(document.body, { subtree: true, childList: true });
            }, { capture: true, once: true });
        });
        return null;"#;
    const TIME: &str = "const done = arguments[arguments.length - 1]; window.drawn.then(done);";
    // Storing the app for offline use competes with answering only on the very first page.
    learner.installs_the_app().await?;
    let mut times = Vec::new();
    for kind in Kind::ALL {
        for problem in some_problems(learner, kind, often)? {
            let answer = answer_marked(&problem, Mark::Right).context("every problem has a right answer")?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&answer).await?;
            learner.runs::<()>(DRAWN, &[]).await?;
            slow_down(learner, throttle).await?;
            learner.submits().await?;
            times.push(learner.session().execute_async(TIME, Vec::new()).await?.convert()?);
            slow_down(learner, 1.0).await?;
        }
    }
    Ok(Times::of(times, FEEDBACK_TARGET))
}

fn some_problems(learner: &Learner, kind: Kind, often: Often) -> Result<Vec<Problem>> {
    let of_kind = learner.problems.catalog.problems.iter().filter(|entry| entry.kind == kind);
    of_kind.take(often.times(ANSWERS_OF_A_KIND)).map(|entry| learner.problems.problem(&entry.slug).cloned()).collect()
}

async fn slow_down(learner: &Learner, rate: f64) -> Result<()> {
    learner.tells_devtools("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await.map(|_| ())
}

async fn offline_start(learner: &mut Learner, often: Often) -> Result<Times> {
    learner.installs_the_app().await?;
    learner.goes_offline().await?;
    let problems = some_problems(learner, Kind::Choice, often)?;
    watch_for_question(learner).await?;
    let mut times = Vec::new();
    for problem in problems.iter().cycle().take(often.times(STARTS) + 1) {
        learner.session().goto("about:blank").await?;
        times.push(time_to_question(learner, problem).await?);
    }
    // The first start after the installation warms the cache that the others are measured with.
    Ok(Times::of(times.split_off(1), START_TARGET))
}

async fn offline_start_of_the_browser(learner: &mut Learner, often: Often) -> Result<Times> {
    learner.installs_the_app().await?;
    learner.goes_offline().await?;
    let problems = some_problems(learner, Kind::Choice, often)?;
    let mut times = Vec::new();
    for problem in problems.iter().cycle().take(often.times(RESTARTS) + 1) {
        learner.restarts_the_browser().await?;
        watch_for_question(learner).await?;
        times.push(time_to_question(learner, problem).await?);
    }
    Ok(Times::of(times.split_off(1), START_TARGET))
}

async fn start_of_today(learner: &mut Learner, past: usize, throttle: f64, often: Often) -> Result<Times> {
    learner.installs_the_app().await?;
    learner.has_a_past(past, DAYS).await?;
    learner.goes_offline().await?;
    watch_for(learner, "[data-testid=page-today] [data-testid=start]").await?;
    let mut times = Vec::new();
    for _ in 0..=often.times(STARTS) {
        learner.session().goto("about:blank").await?;
        slow_down(learner, throttle).await?;
        learner.opens("").await?;
        times.push(time_until_drawn(learner).await?);
        slow_down(learner, 1.0).await?;
    }
    Ok(Times::of(times.split_off(1), PAST_TARGET))
}

async fn starts(learner: &Learner, throttle: f64, often: Often) -> Result<Times> {
    // Programs to write and questions to talk about are not handed in by one button.
    let is_answered_at_once = |problem: &&Problem| !matches!(problem.question.kind(), Kind::Write | Kind::Discuss);
    let all = learner.problems.all().iter().filter(is_answered_at_once);
    let problems: Vec<Problem> = all.step_by(97).cloned().collect();
    watch_for_question(learner).await?;
    let mut times = Vec::new();
    for problem in problems.iter().cycle().take(often.times(STARTS) + 1) {
        learner.session().goto("about:blank").await?;
        slow_down(learner, throttle).await?;
        learner.opens(&format!("problems/{}/", problem.slug)).await?;
        times.push(time_until_drawn(learner).await?);
        slow_down(learner, 1.0).await?;
    }
    Ok(Times::of(times.split_off(1), QUESTION_TARGET))
}

/// Words that are typed, letter by letter: from all problems to a few, and to none.
const TYPED: [&str; 4] = ["loop", "mutable borrow", "the vector", "xyzzy"];

async fn keystrokes(learner: &Learner, throttle: f64, often: Often) -> Result<Times> {
    const WATCH: &str = r#"
        window.strokes = [];
        document.querySelector('[data-testid=search]').addEventListener('keydown', ({ timeStamp }) => {
            requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => window.strokes.push(performance.now() - timeStamp);
                channel.port2.postMessage(null);
            });
        }, { capture: true });
        return null;"#;
    const STROKES: &str = "return window.strokes;";
    let mut times = Vec::new();
    for words in TYPED.into_iter().take(often.times(TYPED.len())) {
        learner.opens("problems/").await?;
        learner.clicks("search").await?;
        tokio::time::sleep(SETTLED).await;
        learner.runs::<()>(WATCH, &[]).await?;
        slow_down(learner, throttle).await?;
        let search = learner.session().find(By::Css("[data-testid=search]")).await?;
        for (place, letter) in words.chars().enumerate() {
            search.send_keys(letter.to_string()).await?;
            until("the frame", async || Ok((strokes(learner, STROKES).await?.len() > place).then_some(()))).await?;
        }
        slow_down(learner, 1.0).await?;
        times.extend(strokes(learner, STROKES).await?);
    }
    Ok(Times::of(times, KEYSTROKE_TARGET))
}

async fn strokes(learner: &Learner, script: &str) -> Result<Vec<f64>> {
    learner.runs(script, &[]).await
}

/// A page has drawn itself and loaded what it was told to.
const SETTLED: Duration = Duration::from_secs(2);

async fn queues(learner: &Learner, throttle: f64, often: Often) -> Result<Times> {
    // The handler makes the queue and stores it before it returns; drawing the question is another figure's.
    const START: &str = r#"
        sessionStorage.clear();
        const start = performance.now();
        document.querySelector('[data-testid=start]').click();
        const time = performance.now() - start;
        return sessionStorage.getItem('borrowed-time/session') ? time : null;"#;
    let mut times = Vec::new();
    for page in ["", "practice/", "practice/?level=mid"].into_iter().cycle().take(often.times(STARTS)) {
        // A page that has no session yet. One that has not started yet would take up the last one.
        learner.opens("settings/").await?;
        learner.sees_part("page-settings").await?;
        learner.runs::<()>("sessionStorage.clear(); return null;", &[]).await?;
        learner.opens(page).await?;
        learner.sees_part("start").await?;
        tokio::time::sleep(SETTLED).await;
        slow_down(learner, throttle).await?;
        let time: Option<f64> = learner.runs(START, &[]).await?;
        slow_down(learner, 1.0).await?;
        times.push(time.with_context(|| format!("no queue was made on /{page}"))?);
    }
    Ok(Times::of(times, QUEUE_TARGET))
}

/// Lets every page from now on note when it has drawn a question that can be answered.
async fn watch_for_question(learner: &Learner) -> Result<()> {
    watch_for(learner, "[data-testid=question][data-state=asking] [data-testid=submit]").await
}

/// Lets every page from now on note when it has drawn what fits `selector`.
async fn watch_for(learner: &Learner, selector: &str) -> Result<()> {
    const NOTE: &str = r#"
        new MutationObserver((_, observer) => {
            if (!document.querySelector('SELECTOR')) return;
            observer.disconnect();
            requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => { window.drawnAt = performance.now(); };
                channel.port2.postMessage(null);
            });
        }).observe(document, { subtree: true, childList: true });"#;
    let source = NOTE.replace("SELECTOR", selector);
    learner.tells_devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.map(|_| ())
}

async fn time_to_question(learner: &Learner, problem: &Problem) -> Result<f64> {
    learner.opens_problem(problem).await?;
    time_until_drawn(learner).await
}

async fn time_until_drawn(learner: &Learner) -> Result<f64> {
    until("the page to be drawn", async || learner.runs("return window.drawnAt ?? null;", &[]).await).await
}

async fn first_load(learner: &mut Learner) -> Result<Transfer> {
    const ASKED: &str = r#"
        const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        return [...new Set(entries.map((entry) => entry.name))];"#;
    let problem =
        some_problems(learner, Kind::Choice, Often::Once)?.into_iter().next().context("there is no choice problem")?;
    learner.opens_problem(&problem).await?;
    let addresses: Vec<String> = learner.runs(ASKED, &[]).await?;
    let mut transfer = Transfer { requests: 0, bytes: 0, brotli: 0 };
    let root = learner.site.address("");
    for path in addresses.iter().filter_map(|address| address.strip_prefix(&root)) {
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        // Before the question the browser may have begun to install the worker, which is not part of the first load.
        if path != "sw.js" {
            transfer.add(&learner.site.folder().join(path))?;
        }
    }
    Ok(transfer)
}

impl Transfer {
    fn add(&mut self, file: &Path) -> Result<()> {
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut counted = brotli::CompressorWriter::with_params(Vec::new(), 1 << 16, &BrotliEncoderParams::default());
        counted.write_all(&bytes)?;
        self.requests += 1;
        self.bytes += bytes.len() as u64;
        self.brotli += counted.into_inner().len() as u64;
        Ok(())
    }
}

impl Times {
    fn of(mut times: Vec<f64>, target: f64) -> Times {
        times.sort_by(f64::total_cmp);
        let tenths = |time: f64| (time * 10.0).round() / 10.0;
        let at = |place: usize| times.get(place).copied().map_or(f64::NAN, tenths);
        Times {
            best: at(0),
            median: at(times.len() / 2),
            worst: at(times.len().saturating_sub(1)),
            runs: times.len(),
            target,
        }
    }
}

impl Figures {
    fn table(&self) -> String {
        let with_a_past = format!("start with {} answers, CPU throttled", self.answers);
        let rows = [
            ("answer to feedback drawn, CPU throttled", &self.answer_to_feedback),
            ("offline start to a question, warm cache", &self.offline_start),
            ("the same, the browser just started", &self.offline_start_of_the_browser),
            (with_a_past.as_str(), &self.start_with_a_past),
            ("the same with none", &self.start_without),
        ];
        let mut table = table(&rows);
        let Transfer { requests, bytes, brotli } = self.first_load;
        writeln!(table, "first load to a question: {requests} requests, {bytes} bytes, {brotli} by brotli")
            .expect("a string takes all");
        format!("{table}\n{}", self.memory.rows())
    }
}

fn table(rows: &[(&str, &Times)]) -> String {
    let mut table = format!("{:<44}{:>10}{:>10}{:>10}{:>7}{:>10}\n", "ms", "best", "median", "worst", "runs", "target");
    for (what, Times { best, median, worst, runs, target }) in rows {
        let target = format!("< {target}");
        writeln!(table, "{what:<44}{best:>10}{median:>10}{worst:>10}{runs:>7}{target:>10}")
            .expect("a string takes all");
    }
    table
}
