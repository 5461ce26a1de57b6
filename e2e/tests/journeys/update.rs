//! A newer release is deployed while someone practises.

use anyhow::{Result, ensure};
use e2e::host::Faults;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::Kind;

#[tokio::test]
async fn is_offered_and_loses_nothing() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let old = learner.release().await?;
            let (first, right) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&first, &right).await?;

            let (problem, answer) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.clicks("hint-button").await?;
            learner.fills_in(&answer).await?;
            let draft = learner.draft().await?;

            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.sees_part("update-offer").await?;
            ensure!(learner.draft().await? == draft, "the offer changed the question");
            ensure!(learner.release().await? == old, "the release changed before anybody said yes");

            learner.clicks("update-now").await?;
            runs(learner, &newer).await?;
            learner.meets_question().await?;
            let after = learner.draft().await?;
            ensure!(after == draft, "before the update {draft}, after it {after}");
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            ensure!(learner.attempts().await?.len() == 2, "an update lost answers");

            learner.goes_offline().await?;
            learner.reloads().await?;
            runs(learner, &newer).await
        })
        .await
}

#[tokio::test]
async fn comes_by_itself_when_no_page_is_open() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.sees_part("update-offer").await?;
            learner.restarts_the_browser().await?;
            learner.goes_offline().await?;
            learner.opens("").await?;
            learner.sees_part("page-today").await?;
            runs(learner, &newer).await
        })
        .await
}

#[tokio::test]
async fn leaves_another_tab_with_the_release_it_started_with() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let old = learner.release().await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&answer).await?;
            let busy = learner.tab().await?;

            learner.opens_a_tab().await?;
            learner.opens("").await?;
            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.clicks("update-now").await?;
            runs(learner, &newer).await?;

            learner.turns_to(&busy).await?;
            ensure!(learner.release().await? == old, "the other tab was reloaded in the middle of a question");
            learner.goes_offline().await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            // Its files are asked for as the page is on its way through all problems, one pack after the other.
            learner.clicks("next").await?;
            learner.meets_question().await?;
            learner.reloads().await?;
            learner.meets_question().await?;
            runs(learner, &newer).await
        })
        .await
}

#[tokio::test]
async fn that_is_incomplete_changes_nothing() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let old = learner.release().await?;
            learner.site.deploys_an_update()?;
            learner.site.comes_back_with(Faults { missing: vec!["index.html".to_owned(), "/".to_owned()], ..Faults::default() }).await?;
            learner.expects_error("404");
            learner.browser_looks_for_an_update().await?;
            until("the broken release to be dropped", async || {
                Ok((learner.caches().await?.len() == 1).then_some(()))
            })
            .await?;
            ensure!(!learner.has("update-offer").await?, "half a release is offered");
            learner.goes_offline().await?;
            learner.reloads().await?;
            learner.sees_part("page-today").await?;
            runs(learner, &old).await
        })
        .await
}

#[tokio::test]
async fn keeps_one_older_release_and_no_more() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            for _ in 0..3 {
                let newer = learner.site.deploys_an_update()?;
                learner.browser_looks_for_an_update().await?;
                learner.clicks("update-now").await?;
                runs(learner, &newer).await?;
                learner.no_longer_sees_part("update-offer").await?;
            }
            let caches = learner.caches().await?;
            ensure!(caches.len() == 2, "after three updates the caches are {caches:?}");
            Ok(())
        })
        .await
}

async fn runs(learner: &Learner, release: &str) -> Result<()> {
    until(&format!("release {release} to run"), async || Ok((learner.release().await? == release).then_some(()))).await
}
