//! Everything without a mouse.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use quiz::answer::Answer;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind, Problem};
use thirtyfour::Key;
use tokio::time::sleep;

#[tokio::test]
async fn from_the_first_visit_to_the_second_question() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.sees_part("page-today").await?;
            learner.tabs_to("start").await?;
            learner.presses(Key::Enter).await?;
            let first = learner.meets_question().await?;
            let problem = learner.problems.problem(&first)?;
            let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
            learner.answers_by_keys(problem, &answer).await?;
            learner.sees_judgement(problem, &answer).await?;
            // Enter leads on once the feedback was on the screen for a moment.
            sleep(Duration::from_secs(1)).await;
            learner.presses(Key::Enter).await?;
            let second = learner.meets_question().await?;
            ensure!(second != first, "Enter does not lead on from {first}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_choice() -> Result<()> {
    answers(|learner| learner.problems.to_be_marked(Kind::Choice, Mark::Right)).await
}

#[tokio::test]
async fn a_choice_of_several() -> Result<()> {
    answers(|learner| learner.problems.to_be_marked(Kind::Choice, Mark::Partly)).await
}

#[tokio::test]
async fn a_program_that_prints() -> Result<()> {
    answers(|learner| predict(learner, |happens| matches!(happens, ExpectedOutcome::Prints { .. }))).await
}

#[tokio::test]
async fn a_program_that_does_not_compile() -> Result<()> {
    answers(|learner| predict(learner, |happens| matches!(happens, ExpectedOutcome::Error { .. }))).await
}

#[tokio::test]
async fn a_program_that_panics() -> Result<()> {
    answers(|learner| predict(learner, |happens| matches!(happens, ExpectedOutcome::Panics { .. }))).await
}

#[tokio::test]
async fn a_program_that_is_undefined() -> Result<()> {
    answers(|learner| predict(learner, |happens| matches!(happens, ExpectedOutcome::Undefined { .. }))).await
}

#[tokio::test]
async fn slots_to_fill() -> Result<()> {
    answers(|learner| learner.problems.to_be_marked(Kind::Fill, Mark::Right)).await
}

#[tokio::test]
async fn lines_to_order() -> Result<()> {
    answers(|learner| learner.problems.to_be_marked(Kind::Order, Mark::Right)).await
}

#[tokio::test]
async fn lines_to_spot() -> Result<()> {
    answers(|learner| learner.problems.to_be_marked(Kind::Spot, Mark::Right)).await
}

#[tokio::test]
async fn hints_and_the_list_of_keys() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.presses("h").await?;
            learner.sees_part("hint").await?;
            learner.presses("?").await?;
            learner.sees_part("keys-help").await?;
            learner.presses(Key::Escape).await?;
            learner.no_longer_sees_part("keys-help").await?;
            ensure!(learner.parts("hint").await?.len() == 1, "one hint was opened");
            Ok(())
        })
        .await
}

async fn answers(choose: impl Fn(&Learner) -> Result<(Problem, Answer)>) -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = choose(learner)?;
            learner.opens_problem(&problem).await?;
            learner.answers_by_keys(&problem, &answer).await?;
            learner.sees_judgement(&problem, &answer).await
        })
        .await
}

fn predict(learner: &Learner, happens: impl Fn(&ExpectedOutcome) -> bool) -> Result<(Problem, Answer)> {
    let problem = learner.problems.predict(happens)?;
    let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
    Ok((problem.clone(), answer))
}
