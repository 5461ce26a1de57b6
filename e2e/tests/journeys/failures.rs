//! When something fails, a learner reads what happened, what is kept and what to do. No page is ever blank.

use anyhow::{Result, ensure};
use e2e::browser::{Engine, Permission};
use e2e::host::Faults;
use e2e::journey::Journey;
use e2e::learner::Learner;
use quiz::grading::Mark;
use quiz::problem::Kind;
use serde_json::json;

#[tokio::test]
async fn wasm_that_the_host_does_not_send() -> Result<()> {
    Journey::new()
        .without_files(".wasm")
        .tells(async |learner| {
            learner.expects_error("404");
            learner.expects_error("wasm");
            learner.expects_error("WebAssembly");
            learner.opens("").await?;
            sees_boot_fail(learner).await
        })
        .await
}

#[tokio::test]
async fn wasm_that_the_browser_forbids() -> Result<()> {
    if Engine::from_environment()? == Engine::Webkit {
        return Ok(()); // It cannot be told to forbid it.
    }
    Journey::new()
        .with(Permission::NoWasm)
        .tells(async |learner| {
            learner.expects_error("WebAssembly");
            learner.opens("").await?;
            sees_boot_fail(learner).await
        })
        .await
}

#[tokio::test]
async fn scripts_that_the_host_does_not_send() -> Result<()> {
    Journey::new()
        .without_files(".js")
        .tells(async |learner| {
            learner.expects_error("404");
            learner.opens("").await?;
            sees_boot_fail(learner).await
        })
        .await
}

#[tokio::test]
async fn scripts_that_the_browser_forbids() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // Only Chromium's driver still works then.
    }
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.tells_devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
            learner.opens("").await?;
            learner.sees("JavaScript").await
        })
        .await
}

#[tokio::test]
async fn a_pack_that_does_not_load() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let pack = learner.problems.catalog.pack_of(&problem.topic).map(|pack| pack.pack.clone());
            let missing = Vec::from_iter(pack);
            fails_to_load(learner, missing, &format!("problems/{}/", problem.slug)).await?;
            learner.meets_question().await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await
        })
        .await
}

#[tokio::test]
async fn a_catalog_that_does_not_load() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let catalog: String = e2e::problems::catalog_address(learner.site.folder())?;
            fails_to_load(learner, vec![catalog], "").await?;
            learner.sees_part("start").await
        })
        .await
}

#[tokio::test]
async fn a_panic() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            learner.finds_stored("borrowed-time/test", "1").await?;
            for error in ["panic", "unreachable", "RuntimeError"] {
                learner.expects_error(error);
            }
            learner.opens("?panic-for-test=1").await?;
            let screen = learner.part("panic-screen").await?;
            ensure!(screen.text().await?.len() > 40, "the screen says next to nothing");

            learner.opens("").await?;
            learner.sees_part("page-today").await?;
            ensure!(learner.attempts().await?.len() == 1, "a panic lost an answer");
            Ok(())
        })
        .await
}

/// The debug hook of the test above must not be a way to break the page from a link.
#[tokio::test]
async fn no_panic_on_demand() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("?panic-for-test=1").await?;
            learner.sees_part("page-today").await?;
            ensure!(!learner.has("panic-screen").await?, "a link can break the page");
            Ok(())
        })
        .await
}

async fn sees_boot_fail(learner: &Learner) -> Result<()> {
    learner.part("boot").await?;
    e2e::wait::until("the page to say that it cannot start", async || {
        Ok((learner.part("boot").await?.attr("data-state").await?.as_deref() == Some("failed")).then_some(()))
    })
    .await?;
    let text = learner.reads("boot").await?;
    ensure!(text.len() > 40, "the page says next to nothing: {text:?}");
    Ok(())
}

/// Opens a page on a host that lacks files, sees that it says so, and tries again when the host has them.
async fn fails_to_load(learner: &mut Learner, missing: Vec<String>, page: &str) -> Result<()> {
    learner.expects_error("404");
    learner.expects_error("sw.js");
    learner.site.comes_back_with(Faults { missing, ..Faults::default() }).await?;
    learner.opens(page).await?;
    learner.sees_part("load-failed").await?;
    let text = learner.reads("load-failed").await?;
    ensure!(text.len() > 40, "the page says next to nothing: {text:?}");
    learner.site.comes_back_with(Faults::default()).await?;
    learner.clicks("retry").await
}
