//! Links that lead nowhere, or to what is there no more.

use anyhow::Result;
use e2e::journey::Journey;

#[tokio::test]
async fn an_unknown_problem() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.expects_error("404");
            learner.opens("problems/no-such-thing/").await?;
            learner.sees_part("page-not-found").await?;
            learner.sees_part("page-problem").await
        })
        .await
}

#[tokio::test]
async fn an_unknown_page() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.expects_error("404");
            learner.opens("no/such/thing").await?;
            learner.sees_part("page-not-found").await
        })
        .await
}

#[tokio::test]
async fn the_same_offline() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            for address in ["problems/no-such-thing/", "no/such/thing"] {
                learner.opens(address).await?;
                learner.sees_part("page-not-found").await?;
            }
            learner.clicks_on("[data-testid='page-not-found'] a").await?;
            learner.sees_part("page-today").await
        })
        .await
}

/// With the worker installed and the host there, an address that the app does not know may be somebody else's.
#[tokio::test]
async fn a_file_beside_the_app() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.expects_error("favicon.ico");
            std::fs::write(learner.site.folder().join("syllabus.txt"), "Week one: ownership")?;
            learner.opens("syllabus.txt").await?;
            learner.sees("Week one: ownership").await?;
            learner.opens("manifest.webmanifest").await?;
            learner.sees("Borrowed Time").await
        })
        .await
}
