//! Hosts as they are: under a path, with wrong content types, with another copy of the app beside ours.

use anyhow::{Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::site::{Place, SUB_PATH};
use quiz::grading::Mark;
use quiz::problem::Kind;

#[tokio::test]
async fn under_a_path_every_link_stays_below_it() -> Result<()> {
    Journey::new()
        .at(Place::SubPath)
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            learner.clicks("next").await?;
            learner.meets_question().await?;
            for page in ["", "practice/", "problems/", "settings/"] {
                learner.opens(page).await?;
                learner.sees_part(page_at(page)).await?;
                const LINKS: &str = "return [...document.links].map((link) => link.href);";
                let links: Vec<String> = learner.runs(LINKS, &[]).await?;
                let site = learner.site.address("");
                let astray =
                    links.iter().find(|link| link.starts_with(&learner.site.origin()) && !link.starts_with(&site));
                ensure!(astray.is_none(), "on {page:?} a link leads out of {SUB_PATH}: {astray:?}");
                ensure!(!links.is_empty(), "{page:?} has no links");
            }
            Ok(())
        })
        .await
}

fn page_at(address: &str) -> &'static str {
    match address {
        "" => "page-today",
        "practice/" => "page-practice",
        "problems/" => "page-problems",
        _ => "page-settings",
    }
}

#[tokio::test]
async fn a_wrong_type_for_wasm() -> Result<()> {
    Journey::new()
        .with_wasm_mime("application/octet-stream")
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Predict, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            ensure!(type_of_wasm(learner).await? == "application/wasm", "the stored wasm file has the host's type");
            Ok(())
        })
        .await
}

/// The content type that the page gets for its wasm file now.
async fn type_of_wasm(learner: &Learner) -> Result<String> {
    const TYPE: &str = r#"
        const done = arguments[arguments.length - 1];
        const { name } = performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('.wasm'));
        fetch(name).then((response) => done(response.headers.get('content-type')), (error) => done(String(error)));"#;
    Ok(learner.session().execute_async(TYPE, Vec::new()).await?.convert()?)
}

#[tokio::test]
async fn two_copies_on_one_host_leave_each_other_alone() -> Result<()> {
    Journey::new()
        .at(Place::Both)
        .tells(async |learner| {
            let sub = SUB_PATH.trim_start_matches('/').to_owned();
            learner.installs_the_app().await?;
            learner.opens(&sub).await?;
            learner.is_ready_to_work_offline().await?;
            let caches = learner.caches().await?;
            ensure!(caches.len() == 2, "two copies have the caches {caches:?}");

            // The copy at the top is updated: the one below it must not lose its files.
            let newer = learner.site.deploys_an_update()?;
            learner.opens("").await?;
            learner.browser_looks_for_an_update().await?;
            learner.clicks("update-now").await?;
            e2e::wait::until("the newer release", async || Ok((learner.release().await? == newer).then_some(())))
                .await?;

            learner.goes_offline().await?;
            let (problem, _) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens(&format!("{sub}problems/{}/", problem.slug)).await?;
            learner.meets_question().await?;
            ensure!(learner.address().await?.contains(SUB_PATH), "the other copy answered");
            learner.opens("").await?;
            learner.sees_part("page-today").await
        })
        .await
}
