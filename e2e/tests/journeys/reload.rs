//! A page that is reloaded in the middle of a question.

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind};

#[tokio::test]
async fn keeps_the_answer_so_far_and_the_open_hints() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            // What is talked about has no hints; its notes and scores have a journey of their own.
            for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Discuss) {
                let (problem, answer) = learner.problems.to_be_marked(kind, Mark::Right)?;
                learner.opens_problem(&problem).await?;
                learner.clicks("hint-button").await?;
                learner.sees_part("hint").await?;
                learner.fills_in(&answer).await?;
                let before = learner.draft().await?;

                learner.reloads().await?;
                learner.meets_question().await?;
                // How a program went is asked once it is known whether the compiler is here.
                let is_back = async || Ok((learner.draft().await? == before).then_some(()));
                until(&format!("what was filled in before the reload: {before}"), is_back).await?;

                learner.submits().await?;
                learner.sees_judgement(&problem, &answer).await?;
            }
            for attempt in learner.attempts().await? {
                ensure!(attempt.hints == 1, "the hint on {} was forgotten", attempt.slug);
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn keeps_a_half_typed_output() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let problem = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Prints { .. }))?;
            learner.opens_problem(problem).await?;
            learner.clicks("outcome-prints").await?;
            learner.types_into("stdout", "half of it\nand \"more\"").await?;
            let before = learner.draft().await?;
            ensure!(before["stdout"] == "half of it\nand \"more\"", "typed was something else: {before}");

            learner.reloads().await?;
            learner.meets_question().await?;
            learner.sees_part("stdout").await?;
            ensure!(learner.draft().await? == before, "before the reload {before}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn keeps_the_judgement_and_counts_the_answer_once() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            learner.answers(&problem, &answer).await?;
            learner.reloads().await?;
            learner.sees_judgement(&problem, &answer).await?;
            ensure!(learner.attempts().await?.len() == 1, "a reload is not an answer");
            Ok(())
        })
        .await
}

/// Whoever looks something up and comes back finds the answer as it was; whoever comes by a link is asked again.
#[tokio::test]
async fn or_the_way_back_from_another_page_keeps_the_judgement() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            let link = format!("[data-testid='problem-row'][data-slug='{}']", problem.slug);
            let comes_by_a_link = async |learner: &Learner| {
                learner.clicks_on("nav a[href='problems/']").await?;
                learner.clicks("open-all").await?;
                learner.clicks_on(&link).await?;
                learner.sees_part("submit").await
            };
            learner.opens("").await?;
            comes_by_a_link(learner).await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;

            learner.clicks_on("nav a[href='progress/']").await?;
            learner.sees_part("page-progress").await?;
            learner.session().back().await?;
            learner.sees_judgement(&problem, &answer).await?;
            learner.reloads().await?;
            learner.sees_judgement(&problem, &answer).await?;
            ensure!(learner.attempts().await?.len() == 1, "looking at an answer again counts");

            comes_by_a_link(learner).await?;
            learner.session().back().await?;
            learner.session().back().await?;
            learner.sees_part("submit").await
        })
        .await
}

#[tokio::test]
async fn keeps_the_place_in_the_queue() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let first = learner.meets_question().await?;
            let problem = learner.problems.problem(&first)?;
            let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(problem, &answer).await?;
            learner.clicks("next").await?;
            let second = learner.meets_question().await?;
            learner.reloads().await?;
            let after = learner.meets_question().await?;
            ensure!(after == second, "the queue was at {second}, after the reload it is at {after}");
            Ok(())
        })
        .await
}

/// The app draws itself behind the page that can be read already, where nothing can have the focus: it waits until the app is in front.
#[tokio::test]
async fn has_the_focus_on_the_verdict_or_on_the_question() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let first = learner.meets_question().await?;
            let problem = learner.problems.problem(&first)?;
            let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
            learner.reloads().await?;
            learner.sees_focus_on("main h1").await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(problem, &answer).await?;
            learner.reloads().await?;
            learner.sees_focus_on("#summary").await
        })
        .await
}

/// A tab may stay open for days: who comes back then meets the problem anew.
#[tokio::test]
async fn of_another_day_begins_another_sitting() -> Result<()> {
    const AGE: &str = "const key = Object.keys(sessionStorage).find((key) => key.startsWith('borrowed-time/draft/'));
        const draft = JSON.parse(sessionStorage.getItem(key));
        const [time, random] = draft.counts.split('-');
        draft.counts = `${(parseInt(time, 16) - 2 * 86400000).toString(16).padStart(12, '0')}-${random}`;
        sessionStorage.setItem(key, JSON.stringify(draft));
        return draft.tries;";
    Journey::new()
        .tells(async |learner| {
            let (problem, wrong) = learner.problems.to_be_marked(Kind::Fill, Mark::Wrong)?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&wrong).await?;
            learner.submits().await?;
            learner.sees_part("trial-summary").await?;
            learner.opens_a_plain_file().await?;
            ensure!(learner.runs::<u32>(AGE, &[]).await? == 1, "there is no try yet");
            learner.opens_problem(&problem).await?;
            ensure!(!learner.has("trial-summary").await?, "the try of two days ago goes on");
            Ok(())
        })
        .await
}

/// Of two tabs that are closed one after the other, each leaves what it had under way.
#[tokio::test]
async fn a_session_outlives_a_tab_that_is_closed_after_its_own() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens("").await?;
            learner.clicks("start").await?;
            let asked = learner.meets_question().await?;
            let first = learner.tab().await?;
            let second = learner.opens_a_tab().await?;
            learner.opens_problem(&problem).await?;
            learner.clicks("hint-button").await?;
            learner.sees_part("hint").await?;
            learner.turns_to(&first).await?;
            learner.session().close_window().await?;
            learner.turns_to(&second).await?;
            learner.reloads().await?;
            learner.sees_part("hint").await?;
            learner.closes_the_tab_for_a_new_one().await?;
            learner.opens("practice/").await?;
            ensure!(learner.meets_question().await? == asked, "the session of the first tab is gone");
            learner.opens_problem(&problem).await?;
            learner.sees_part("hint").await
        })
        .await
}

/// What a session asks now may be answered on its own page, and it is the session's answer.
#[tokio::test]
async fn a_question_of_a_session_is_answered_on_its_own_page() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let slug = learner.meets_question().await?;
            let problem = learner.problems.problem(&slug)?.clone();
            let right = answer_marked(&problem, Mark::Right).context("it has a right answer")?;
            for _ in 0..2 {
                learner.opens(&format!("problems/{}/", problem.slug)).await?;
                learner.sees_part("question").await?;
                if !learner.has("summary").await? {
                    learner.fills_in(&right).await?;
                    learner.submits().await?;
                }
                learner.sees_judgement(&problem, &right).await?;
                // By another link, and back.
                learner.opens("").await?;
            }
            learner.opens("practice/").await?;
            learner.sees_judgement(&problem, &right).await?;
            learner.clicks("end-session").await?;
            learner.sees("1 of 1 right").await?;
            ensure!(learner.attempts().await?.len() == 1, "it was asked twice");
            Ok(())
        })
        .await
}

/// A phone closes tabs as it likes: a session and its half answers go on in the next one.
#[tokio::test]
async fn a_session_outlives_its_tab() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let first = learner.meets_question().await?;
            learner.clicks("hint-button").await?;
            learner.sees_part("hint").await?;
            learner.closes_the_tab_for_a_new_one().await?;
            learner.opens("practice/").await?;
            ensure!(learner.meets_question().await? == first, "another question is asked");
            learner.sees_part("hint").await?;
            // It was taken up once; what two tabs do at a time does not mix.
            ensure!(learner.stored_at("borrowed-time/left").await?.is_none(), "it lies there for a third tab as well");
            Ok(())
        })
        .await
}
