//! When something fails, a learner reads what happened, what is kept and what to do. No page is ever blank.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
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
            let pack = learner.problems.catalog.pack_of(&problem.slug).map(|pack| pack.address.clone());
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
async fn a_trainer_whose_script_the_host_does_not_send() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let script = trainer_file(learner, ".js")?;
            let faults = Faults { missing: vec![script], ..Faults::default() };
            could_not_be_fitted(learner, faults, "A file of the app could not be loaded.").await
        })
        .await
}

#[tokio::test]
async fn a_trainer_whose_wasm_the_host_does_not_send() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.expects_error("wasm");
            let wasm = trainer_file(learner, ".wasm")?;
            let faults = Faults { missing: vec![wasm], ..Faults::default() };
            could_not_be_fitted(learner, faults, "The fit did not work:").await
        })
        .await
}

#[tokio::test]
async fn a_trainer_whose_script_is_broken() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.expects_error("broken on purpose");
            let script = learner.site.folder().join(trainer_file(learner, ".js")?);
            let whole = fs::read(&script)?;
            fs::write(&script, "throw new Error('broken on purpose');")?;
            has_answers_to_fit_to(learner, Faults::default()).await?;
            sees_fit_fail(learner, "A file of the app could not be loaded.").await?;
            fs::write(&script, whole)?;
            fits_after_all(learner).await
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

/// Its screen is opened by a script that may be missing as well.
#[tokio::test]
async fn a_panic_on_a_host_that_does_not_send_its_screen() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.finds_stored("borrowed-time/test", "1").await?;
            for error in ["404", "sw.js", "panic", "unreachable", "RuntimeError"] {
                learner.expects_error(error);
            }
            let missing = vec![file_of(learner.site.folder(), "start-", ".js")?];
            learner.site.comes_back_with(Faults { missing, ..Faults::default() }).await?;
            learner.opens("?panic-for-test=1").await?;
            sees_boot_fail(learner).await
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

/// Asks for a fit on a host with faults, reads what is wrong, goes on with the page, and tries again without them.
async fn could_not_be_fitted(learner: &mut Learner, faults: Faults, why: &str) -> Result<()> {
    has_answers_to_fit_to(learner, faults).await?;
    sees_fit_fail(learner, why).await?;
    learner.site.comes_back_with(Faults::default()).await?;
    fits_after_all(learner).await
}

async fn has_answers_to_fit_to(learner: &mut Learner, faults: Faults) -> Result<()> {
    learner.expects_error("404");
    learner.expects_error("sw.js");
    learner.opens_a_plain_file().await?;
    learner.has_a_past(600, 200).await?;
    learner.site.comes_back_with(faults).await
}

async fn sees_fit_fail(learner: &Learner, why: &str) -> Result<()> {
    learner.opens("settings/").await?;
    learner.clicks("fit").await?;
    let told = learner.reads("fit-failed").await?;
    ensure!(told.contains(why) && told.contains("Nothing was changed."), "the learner reads {told:?}");
    ensure!(!learner.has("fit-running").await?, "it looks as if it went on");

    // The page works on: another one opens, and what failed can still be read after the way back.
    learner.clicks_on("nav a[href='problems/']").await?;
    learner.sees_part("problem-row").await?;
    learner.session().back().await?;
    learner.sees_part("fit-failed").await?;
    learner.sees("as they do for an average learner").await?;
    learner.clicks_on("[data-testid=fit-failed] button").await?;
    learner.no_longer_sees_part("fit-failed").await
}

async fn fits_after_all(learner: &Learner) -> Result<()> {
    learner.clicks("fit").await?;
    learner.sees_part("fit-done").await?;
    learner.clicks("fit-discard").await?;
    learner.sees("as they do for an average learner").await
}

/// A file of the trainer, from the site's root.
fn trainer_file(learner: &Learner, extension: &str) -> Result<String> {
    let file = file_of(&learner.site.folder().join("trainer"), "", extension)?;
    Ok(format!("trainer/{file}"))
}

/// The name of a file in a folder, by how it begins and ends.
fn file_of(folder: &Path, beginning: &str, end: &str) -> Result<String> {
    let mut files = fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let file = files.find(|file| file.starts_with(beginning) && file.ends_with(end));
    file.with_context(|| format!("no {beginning}…{end} in {}", folder.display()))
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
