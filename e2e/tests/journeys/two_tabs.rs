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
