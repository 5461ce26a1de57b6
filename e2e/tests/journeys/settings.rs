//! Settings: the theme, and a learner's data in their own hands.

use anyhow::{Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use quiz::grading::Mark;
use quiz::problem::Kind;

#[tokio::test]
async fn the_theme_is_kept() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("settings/").await?;
            let mut papers = Vec::new();
            for theme in ["dark", "light"] {
                learner.clicks(&format!("theme-{theme}")).await?;
                let paper = paper(learner).await?;
                learner.reloads().await?;
                learner.sees_part("page-settings").await?;
                ensure!(self::paper(learner).await? == paper, "a reload changed the theme from {theme}");
                papers.push(paper);
            }
            ensure!(papers[0] != papers[1], "dark and light are both {}", papers[0]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_export_brings_answers_to_another_browser_once() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (choice, right) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let (spot, partly) = learner.problems.to_be_marked(Kind::Spot, Mark::Partly)?;
            learner.answers(&choice, &right).await?;
            learner.answers(&spot, &partly).await?;
            let attempts = learner.attempts().await?;
            learner.opens("settings/").await?;
            learner.clicks("export").await?;
            let Some(file) = learner.saved_file().await? else { return Ok(()) };

            learner.clicks("erase").await?;
            learner.clicks("erase-really").await?;
            learner.sees("No answers yet").await?;
            ensure!(learner.attempts().await?.is_empty(), "erased answers are still stored");

            let folder = tempfile::TempDir::new()?;
            let path = folder.path().join("answers.json");
            std::fs::write(&path, file)?;
            for new in [attempts.len(), 0] {
                let field = learner.parts("import").await?.into_iter().next();
                let field = anyhow::Context::context(field, "there is nothing to import with")?;
                field.send_keys(path.to_string_lossy().as_ref()).await?;
                learner.sees(&format!("Imported: {new} new")).await?;
                ensure!(learner.attempts().await? == attempts, "the import is not what was exported");
            }
            Ok(())
        })
        .await
}

async fn paper(learner: &Learner) -> Result<String> {
    learner.runs("return getComputedStyle(document.documentElement).backgroundColor;", &[]).await
}
