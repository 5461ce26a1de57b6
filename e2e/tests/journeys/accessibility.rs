//! axe-core looks at every page and every state of every kind of question: in both themes, with large text, without colours.

use anyhow::{Context, Result};
use e2e::accessibility::{Contrast, finds_nothing, script};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::{Kind, Problem, Question};
use serde_json::json;

/// How a reader sees the page.
#[derive(Clone, Copy, Debug)]
enum Eyes {
    Light,
    Dark,
    /// Text of twice the size.
    LargeText,
    /// Colours of the system only.
    ForcedColours,
}

impl Eyes {
    async fn look(self, learner: &Learner, axe: &str, state: &str) -> Result<()> {
        const SIZE: &str = "document.documentElement.style.fontSize = arguments[0]; return null;";
        if learner.engine() == Engine::Chromium {
            let scheme = if matches!(self, Eyes::Dark) { "dark" } else { "light" };
            let forced = if matches!(self, Eyes::ForcedColours) { "active" } else { "none" };
            let features = json!([
                { "name": "prefers-color-scheme", "value": scheme },
                { "name": "forced-colors", "value": forced },
            ]);
            learner.tells_devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        }
        if matches!(self, Eyes::LargeText) {
            learner.runs::<()>(SIZE, &["200%".into()]).await?;
        }
        let contrast = match self {
            Eyes::Light | Eyes::Dark => Contrast::Checked,
            Eyes::LargeText | Eyes::ForcedColours => Contrast::Known,
        };
        finds_nothing(learner, axe, contrast, &format!("{state}, {self:?}")).await
    }
}

/// All that can be seen of a question from its first sight to the last part of its feedback.
async fn looks_at_a_question(
    learner: &mut Learner,
    axe: &str,
    eyes: Eyes,
    problem: &Problem,
    mark: Mark,
) -> Result<()> {
    let state = |step: &str| format!("{} {step}", problem.slug);
    let answer = answer_marked(problem, mark).with_context(|| state("has no such answer"))?;
    learner.opens_problem(problem).await?;
    eyes.look(learner, axe, &state("open")).await?;
    if !problem.hints.is_empty() {
        learner.clicks("hint-button").await?;
        learner.sees_part("hint").await?;
    }
    match &problem.question {
        Question::Predict { .. } => learner.clicks("outcome-error").await?,
        Question::Spot { .. } => learner.clicks_on("[data-line='1']").await?,
        Question::Fill { .. } => learner.clicks("slot-choice").await?,
        Question::Order { .. } => learner.clicks("pool-line").await?,
        Question::Write(_) => {
            learner.clicks("code").await?;
            learner.pastes_program("fn half() {}").await?;
            learner.clicks("code-reset").await?;
            learner.sees_part("code-keep").await?;
        }
        Question::Discuss(_) => learner.clicks("finish").await?,
        Question::Choice { .. } => {}
    }
    eyes.look(learner, axe, &state("half answered")).await?;
    // From the beginning.
    learner.forgets_what_is_under_way().await?;
    learner.opens_problem(problem).await?;
    learner.fills_in(&answer).await?;
    eyes.look(learner, axe, &state("filled in")).await?;
    learner.submits().await?;
    if learner.has("trial").await? {
        eyes.look(learner, axe, &state("tried")).await?;
    }
    learner.sees_judgement(problem, &answer).await?;
    let parts = ["solutions", "wrong-turns", "hidden-tests", "compiler", "reasons", "interview", "what-ifs"];
    for part in parts.into_iter().chain(["model", "follow-ups", "mistakes", "scores"]) {
        if !learner.has(&format!("part-{part}")).await? {
            continue;
        }
        learner.looks_at(part).await?;
        if part == "what-ifs" {
            learner.clicks("what-if").await?;
            learner.clicks("guess-fails").await?;
            learner.sees_part("what-if-judgement").await?;
        }
        if part == "wrong-turns" {
            learner.clicks_on("[data-testid=wrong-turn] summary").await?;
        }
        eyes.look(learner, axe, &state(part)).await?;
    }
    Ok(())
}

/// The problem of a kind with the most to look at: what-ifs, a twin that was let through, the longest text.
fn richest(learner: &Learner, kind: Kind) -> Result<Problem> {
    let of_kind = learner.problems.all().iter().filter(|problem| problem.question.kind() == kind);
    let richness = |problem: &&Problem| {
        (!problem.what_ifs.is_empty(), problem.let_through.is_some(), problem.explanation.words().len())
    };
    of_kind.max_by_key(richness).cloned().context("there is a problem of each kind")
}

async fn looks_at_questions(eyes: Eyes, on: Journey, mark: Mark) -> Result<()> {
    let Some(axe) = script()? else { return Ok(()) };
    on.tells(async |learner| {
        for kind in Kind::ALL {
            let problem = richest(learner, kind)?;
            looks_at_a_question(learner, &axe, eyes, &problem, mark).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nothing_is_found_on_questions_in_the_light() -> Result<()> {
    looks_at_questions(Eyes::Light, Journey::new(), Mark::Wrong).await
}

#[tokio::test]
async fn nothing_is_found_on_questions_in_the_dark_on_a_phone() -> Result<()> {
    looks_at_questions(Eyes::Dark, Journey::new().on_a_phone(), Mark::Right).await
}

#[tokio::test]
async fn nothing_is_found_on_questions_in_large_text() -> Result<()> {
    looks_at_questions(Eyes::LargeText, Journey::new(), Mark::Right).await
}

#[tokio::test]
async fn nothing_is_found_on_questions_in_forced_colours() -> Result<()> {
    looks_at_questions(Eyes::ForcedColours, Journey::new(), Mark::Wrong).await
}

/// Every page, with a past and without.
async fn looks_at_pages(eyes: Eyes, on: Journey) -> Result<()> {
    const HEADING: &str =
        "return document.querySelector('#boot') === null && document.querySelector('main h1') !== null;";
    const PAGES: [&str; 14] = [
        "",
        "practice/",
        "problems/",
        "problems/?q=mutex",
        "progress/",
        "settings/",
        "scratchpad/",
        "guide/",
        "guide/?section=how-to-prepare",
        "stories/",
        "interviews/",
        "interviews/?interview=on-site-loop",
        "placement/",
        "nowhere/",
    ];
    let Some(axe) = script()? else { return Ok(()) };
    on.tells(async |learner| {
        learner.opens_a_plain_file().await?;
        learner.expects_error("nowhere");
        for past in ["without a past", "with a past"] {
            for page in PAGES {
                learner.opens(page).await?;
                until("a heading", async || Ok(learner.runs::<bool>(HEADING, &[]).await?.then_some(()))).await?;
                eyes.look(learner, &axe, &format!("/{page} {past}")).await?;
            }
            learner.opens_a_plain_file().await?;
            learner.has_a_past(150, 90).await?;
        }
        learner.opens("").await?;
        learner.clicks("name-day").await?;
        learner.sees_part("target-form").await?;
        eyes.look(learner, &axe, "the day of the interview is asked for").await?;
        super::plan::names_a_day(learner, 9).await?;
        learner.clicks_on("[data-testid=coming-days] summary").await?;
        learner.sees_part("coming-day").await?;
        eyes.look(learner, &axe, "the plan to an interview").await?;
        learner.sees_part("start").await?;
        learner.presses("?").await?;
        learner.sees_part("keys-help").await?;
        eyes.look(learner, &axe, "the list of keys").await
    })
    .await
}

#[tokio::test]
async fn nothing_is_found_on_any_page_in_the_light() -> Result<()> {
    looks_at_pages(Eyes::Light, Journey::new()).await
}

#[tokio::test]
async fn nothing_is_found_on_any_page_in_the_dark_on_a_phone() -> Result<()> {
    looks_at_pages(Eyes::Dark, Journey::new().on_a_phone()).await
}

#[tokio::test]
async fn nothing_is_found_on_any_page_in_large_text() -> Result<()> {
    looks_at_pages(Eyes::LargeText, Journey::new().on_a_phone()).await
}
