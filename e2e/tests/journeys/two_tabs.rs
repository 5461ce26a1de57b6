//! Two tabs, each with a question: neither may overwrite what the other stored.

use anyhow::{Result, ensure};
use e2e::journey::Journey;
use e2e::learner::ATTEMPTS;
use quiz::grading::Mark;
use quiz::problem::Kind;

#[tokio::test]
async fn both_answers_are_kept() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (choice, chosen) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let (spot, spotted) = learner.problems.to_be_marked(Kind::Spot, Mark::Wrong)?;
            let first = learner.tab().await?;
            learner.opens_problem(&choice).await?;
            learner.fills_in(&chosen).await?;
            let second = learner.opens_a_tab().await?;
            learner.opens_problem(&spot).await?;
            learner.fills_in(&spotted).await?;

            learner.turns_to(&first).await?;
            learner.submits().await?;
            learner.sees_judgement(&choice, &chosen).await?;
            learner.turns_to(&second).await?;
            learner.submits().await?;
            learner.sees_judgement(&spot, &spotted).await?;
            learner.answers(&choice, &chosen).await?;
            learner.turns_to(&first).await?;
            learner.answers(&spot, &spotted).await?;

            let attempts = learner.attempts().await?;
            let of = |slug| attempts.iter().filter(|attempt| attempt.slug == slug).count();
            ensure!((of(choice.slug.clone()), of(spot.slug.clone())) == (2, 2), "stored are {attempts:#?}");

            learner.reloads().await?;
            learner.sees_part("question").await?;
            ensure!(learner.attempts().await?.len() == 4, "a reload lost answers");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_tab_sees_what_the_other_answered() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Predict, Mark::Right)?;
            let today = learner.tab().await?;
            learner.opens("").await?;
            learner.sees_part("start").await?;
            let before = learner.text().await?;

            learner.opens_a_tab().await?;
            learner.answers(&problem, &answer).await?;
            learner.turns_to(&today).await?;
            e2e::wait::until("the other tab's answer to count", async || {
                Ok((learner.text().await? != before).then_some(()))
            })
            .await?;
            let keys = learner.stored().await?;
            ensure!(keys.iter().filter(|(key, _)| key.starts_with(ATTEMPTS)).count() == 1, "stored is {keys:?}");
            Ok(())
        })
        .await
}

/// What one tab erased must not come back with the next answer in another one.
#[tokio::test]
async fn erasing_reaches_the_other_tab() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (choice, chosen) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let (spot, spotted) = learner.problems.to_be_marked(Kind::Spot, Mark::Wrong)?;
            let first = learner.tab().await?;
            learner.answers(&choice, &chosen).await?;
            learner.opens_a_tab().await?;
            learner.opens("settings/").await?;
            learner.sees("One answer is stored").await?;
            learner.clicks("erase").await?;
            learner.clicks("erase-really").await?;
            learner.sees("All answers were erased").await?;

            learner.turns_to(&first).await?;
            learner.answers(&spot, &spotted).await?;
            let stored = learner.attempts().await?;
            ensure!(stored.len() == 1 && stored[0].slug == spot.slug, "stored are {stored:#?}");
            learner.opens("settings/").await?;
            learner.sees("One answer is stored").await
        })
        .await
}

#[tokio::test]
async fn each_setting_is_kept_whichever_tab_changed_it() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let first = learner.tab().await?;
            learner.opens("settings/").await?;
            learner.sees_part("page-settings").await?;
            learner.opens_a_tab().await?;
            learner.opens("settings/").await?;
            learner.clicks("asks-confidence").await?;
            learner.turns_to(&first).await?;
            learner.clicks("theme-dark").await?;
            learner.reloads().await?;
            learner.sees_part("page-settings").await?;
            let settings = learner.stored_at("borrowed-time/settings").await?.unwrap_or_default();
            ensure!(
                settings.contains("\"dark\"") && settings.contains("\"asks_confidence\":false"),
                "stored is {settings}"
            );
            Ok(())
        })
        .await
}

/// A field that was opened and left as it was says nothing against what was written elsewhere meanwhile.
#[tokio::test]
async fn an_untouched_note_field_does_not_erase_the_note_of_another_tab() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let first = learner.tab().await?;
            learner.opens_problem(&problem).await?;
            learner.clicks("tool-note").await?;
            learner.sees_part("note-text").await?;
            learner.opens_a_tab().await?;
            learner.opens_problem(&problem).await?;
            learner.clicks("tool-note").await?;
            learner.types_into("note-text", "Written elsewhere.").await?;
            learner.clicks("note-save").await?;
            learner.turns_to(&first).await?;
            learner.clicks("tool-similar").await?;
            learner.reloads().await?;
            learner.sees_part("note").await?;
            ensure!(learner.reads("note").await? == "Written elsewhere.", "the note is gone");
            Ok(())
        })
        .await
}
