//! The placement: ten questions, or fewer, then a level and a first session.

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use quiz::grading::Mark;
use quiz::placement::most_minutes;

async fn answers_rightly(learner: &Learner) -> Result<()> {
    let slug = learner.meets_question().await?;
    let problem = learner.problems.problem(&slug)?.clone();
    let answer = answer_marked(&problem, Mark::Right).context("there is a right answer")?;
    ensure!(problem.minutes <= most_minutes(problem.level), "{slug} takes {} minutes", problem.minutes);
    learner.fills_in(&answer).await?;
    learner.submits().await?;
    learner.sees_judgement(&problem, &answer).await?;
    learner.clicks("next").await
}

const JUNIOR: &str = "return document.querySelector('[data-testid=level-junior]').ariaChecked;";

#[tokio::test]
async fn ten_right_answers_make_a_level_and_a_session() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("find-level").await?;
            learner.clicks("start-placement").await?;
            for number in 1..=10 {
                learner.sees(&format!("{number} of 10")).await?;
                if number == 4 {
                    learner.reloads().await?;
                }
                answers_rightly(learner).await?;
            }
            learner.sees_part("placement-result").await?;
            learner.sees("10 of 10 right").await?;
            ensure!(learner.attempts().await?.len() == 10, "the answers are in the log");
            // What was asked is looked at as it was answered.
            learner.clicks_on("[data-testid=placement-asked] a").await?;
            learner.sees("Your answer of").await?;
            learner.sees_part("summary").await?;
            learner.session().back().await?;
            learner.sees_part("placement-result").await?;
            // What the learner says is not overruled when the result is seen again.
            learner.clicks("level-junior").await?;
            learner.reloads().await?;
            learner.sees_part("placement-result").await?;
            ensure!(learner.runs::<String>(JUNIOR, &[]).await? == "true", "the placement has overruled the learner");
            learner.clicks("start").await?;
            learner.meets_question().await?;
            learner.opens("settings/").await?;
            learner.sees_part("level-junior").await?;
            ensure!(learner.runs::<String>(JUNIOR, &[]).await? == "true", "the level is forgotten");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn who_knows_nothing_needs_a_tap_for_each_question() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("placement/").await?;
            learner.clicks("start-placement").await?;
            for _ in 0..10 {
                learner.meets_question().await?;
                learner.clicks("unknown").await?;
                learner.clicks("next").await?;
            }
            learner.sees("Your level: Junior").await?;
            learner.sees("0 of 10 right").await?;
            // The first session begins with what was missed.
            const MISSED: &str = "return [...document.querySelectorAll('[data-testid=begin-with] a')]
                .map((link) => new URL(link.href).searchParams.get('topic'));";
            let missed: Vec<String> = learner.runs(MISSED, &[]).await?;
            learner.clicks("start").await?;
            let slug = learner.meets_question().await?;
            let topic = &learner.problems.problem(&slug)?.topic.0;
            ensure!(topic == &missed[0], "it begins with {topic}, and {missed:?} were missed");
            Ok(())
        })
        .await
}

/// Whoever stops while the feedback is shown has answered that question.
#[tokio::test]
async fn the_answer_on_the_screen_counts_when_a_learner_stops() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("placement/").await?;
            learner.clicks("start-placement").await?;
            for _ in 0..2 {
                answers_rightly(learner).await?;
            }
            let slug = learner.meets_question().await?;
            let problem = learner.problems.problem(&slug)?.clone();
            let answer = answer_marked(&problem, Mark::Right).context("there is a right answer")?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            learner.clicks("end-placement").await?;
            learner.sees("3 of 3 right").await
        })
        .await
}

#[tokio::test]
async fn it_can_be_left_at_any_point_and_skipped() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("placement/").await?;
            learner.clicks("skip-placement").await?;
            learner.sees("Practise for your Rust interview").await?;
            learner.opens("placement/").await?;
            learner.clicks("start-placement").await?;
            answers_rightly(learner).await?;
            learner.clicks("end-placement").await?;
            learner.sees("Too early to say").await?;
            learner.clicks("again").await?;
            learner.sees_part("start-placement").await
        })
        .await
}
