//! Counts the answers that are lost when a browser is killed, by SIGKILL to all its processes, in the moment in which the
//! judgement of an answer is in the page: what is acknowledged is to be stored.
//!
//! Each time is another profile. It fails if an answer is lost. That the whole machine loses its power is not tried: what the operating system has been
//! given then need not be on its disk.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Parser;
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use e2e::wait::until_for;
use quiz::answer::Answer;
use quiz::grading::Mark;
use quiz::problem::{Kind, Problem};
use serde::Serialize;

/// How long the second copy may take to bring an answer back.
const PATIENCE: Duration = Duration::from_secs(10);

/// Counts the answers that a killed browser loses
#[derive(Parser)]
struct Options {
    /// Print the figures for a machine
    #[arg(long)]
    json: bool,
    /// How often a browser is killed
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// How long after the judgement
    #[arg(long, value_name = "MS", default_value_t = 0)]
    after: u64,
}

#[derive(Serialize)]
struct Figures {
    browser: String,
    /// How often it was killed, each time with another profile.
    killed: u16,
    /// How many of the answers were not there when the profile was opened again.
    lost: u16,
    /// How many milliseconds passed from the judgement until the browser was dead: the median, and the longest.
    until_dead: (u64, u64),
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let engine = Engine::from_environment()?;
    if engine == Engine::Webkit {
        bail!("WebKitGTK's browser keeps nothing when its driver ends");
    }
    let (mut lost, mut times) = (0, Vec::new());
    for run in 1..=options.runs {
        let (is_lost, until_dead) = answer_and_death(run.into(), Duration::from_millis(options.after)).await?;
        eprintln!("==> {run} of {}: {}", options.runs, if is_lost { "LOST" } else { "there" });
        lost += u16::from(is_lost);
        times.push(until_dead.as_millis() as u64);
    }
    times.sort_unstable();
    let at = |place: usize| times.get(place).copied().unwrap_or_default();
    let until_dead = (at(times.len() / 2), at(times.len() - 1));
    let figures = Figures { browser: engine.to_string(), killed: options.runs, lost, until_dead };
    match options.json {
        true => println!("{}", serde_json::to_string_pretty(&figures)?),
        false => println!("{}", figures.line()),
    }
    Ok(if lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Answers a question in a browser that is new, and lets it be killed so long after the judgement. Whether the answer is lost, and how long it took.
async fn answer_and_death(run: usize, after: Duration) -> Result<(bool, Duration)> {
    let mut learner = Journey::new().learner().await?;
    let (problem, answer) = some_answer(&learner, run)?;
    learner.opens_problem(&problem).await?;
    learner.fills_in(&answer).await?;
    let until_dead = learner.sees_the_browser_die_after_the_judgement(after).await?;
    learner.opens("").await?;
    learner.sees_part("headline").await?;
    let is_there = async || {
        let attempts = learner.attempts().await?;
        Ok(attempts.iter().any(|attempt| attempt.slug == problem.slug && attempt.answer == answer).then_some(()))
    };
    let found = until_for(PATIENCE, "the answer", is_there).await;
    // All came from the worker: the watch wants to see that it is awake.
    learner.runs::<()>("return fetch('robots.txt', { cache: 'reload' }).then(() => null);", &[]).await?;
    learner.leaves().await?;
    Ok((found.is_err(), until_dead))
}

/// A right answer to a choice, or a first try at a program that goes wrong: more tries follow that one, and it is the one that counts.
fn some_answer(learner: &Learner, run: usize) -> Result<(Problem, Answer)> {
    let (kind, mark) = if run.is_multiple_of(2) { (Kind::Choice, Mark::Right) } else { (Kind::Fill, Mark::Wrong) };
    let problems = learner.problems.all().iter().filter(|problem| problem.question.kind() == kind);
    let mut answers = problems.filter_map(|problem| Some((problem, answer_marked(problem, mark)?))).cycle();
    let (problem, answer) = answers.nth(run / 2).context("there is no such problem")?;
    Ok((problem.clone(), answer))
}

impl Figures {
    fn line(&self) -> String {
        let Figures { browser, killed, lost, until_dead: (median, longest) } = self;
        format!(
            "{browser} was killed {killed} times, {median} ms after a judgement, at most {longest}: {lost} answers were lost"
        )
    }
}
