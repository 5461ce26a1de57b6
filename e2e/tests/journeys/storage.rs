//! Storage that is corrupt, from the future, full, or not there. No answer is lost silently, nothing is overwritten.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::browser::{Engine, Permission};
use e2e::journey::Journey;
use e2e::learner::{ATTEMPTS, Learner};
use e2e::wait::until;
use quiz::attempt::Attempt;
use quiz::grading::Mark;
use quiz::problem::Kind;
use serde_json::{Value, json};
use thirtyfour::Key;

#[tokio::test]
async fn that_cannot_be_read_is_left_alone_and_exportable() -> Result<()> {
    leaves_alone("{\"app\":\"borrowed-time\",\"kind\":\"attempts\",\"version\":1,\"data\":[{\"id\"", "unreadable").await
}

#[tokio::test]
async fn of_a_newer_version_is_left_alone() -> Result<()> {
    let newer = json!({ "app": "borrowed-time", "kind": "attempts", "version": 99, "data": { "any": "thing" } });
    leaves_alone(&newer.to_string(), "newer").await
}

#[tokio::test]
async fn of_another_app_is_left_alone() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            for (key, value) in [("somebody-elses", "{not json"), ("borrowed-times", "1"), ("theme", "dark")] {
                learner.finds_stored(key, value).await?;
            }
            let (problem, answer) = learner.problems.to_be_marked(Kind::Spot, Mark::Partly)?;
            learner.answers(&problem, &answer).await?;
            ensure!(!learner.has("notice").await?, "there is nothing to say about another app's values");
            for (key, value) in [("somebody-elses", "{not json"), ("borrowed-times", "1"), ("theme", "dark")] {
                ensure!(learner.stored_at(key).await?.as_deref() == Some(value), "{key} was touched");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn that_is_full_keeps_the_answer_in_memory() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.fills_the_storage().await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            sees_notice(learner, "storage-full").await?;
            ensure!(learner.attempts().await?.is_empty(), "the storage was not full");
            exports(learner, 1).await?;

            learner.frees_the_storage().await?;
            learner.clicks_on("[data-notice='storage-full'] button:not([data-testid=export])").await?;
            learner.no_longer_sees_part("notice").await?;
            ensure!(learner.attempts().await?.len() == 1, "the answer was not stored when there was room again");
            Ok(())
        })
        .await
}

/// An answer to a full storage is not lost either if the next one finds room.
#[tokio::test]
async fn that_was_full_gets_all_answers_with_the_next_one() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let first = learner.meets_question().await?;
            learner.fills_the_storage().await?;
            answers_rightly(learner, &first).await?;
            sees_notice(learner, "storage-full").await?;
            learner.frees_the_storage().await?;
            learner.clicks("next").await?;
            let second = learner.meets_question().await?;
            answers_rightly(learner, &second).await?;
            learner.no_longer_sees_part("notice").await?;
            let stored = learner.attempts().await?;
            ensure!(stored.len() == 2, "two answers, stored are {stored:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn that_is_denied() -> Result<()> {
    if Engine::from_environment()? == Engine::Webkit {
        return Ok(()); // It cannot be told to deny it.
    }
    Journey::new()
        .with(Permission::NoStorage)
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Predict, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            sees_notice(learner, "storage-denied").await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            sees_notice(learner, "storage-denied").await?;
            exports(learner, 1).await
        })
        .await
}

/// Another page of the same host empties what all of them share: the page that is open puts its answers back, and says so.
#[tokio::test]
async fn that_another_page_empties_is_filled_again() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            let app = learner.tab().await?;
            learner.opens_a_tab().await?;
            learner.opens_a_plain_file().await?;
            learner.runs::<()>("localStorage.clear(); return null;", &[]).await?;
            learner.turns_to(&app).await?;
            learner.sees_part("recovered").await?;
            ensure!(learner.attempts().await?.len() == 1, "the answer is not stored again");
            learner.reloads().await?;
            learner.sees_judgement(&problem, &answer).await
        })
        .await
}

/// It was emptied while no page was open: the second copy has everything.
#[tokio::test]
async fn that_was_emptied_is_filled_from_the_second_copy() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            learner.opens_a_plain_file().await?;
            learner.runs::<()>("localStorage.clear(); return null;", &[]).await?;
            learner.opens("").await?;
            learner.sees_part("recovered").await?;
            ensure!(learner.attempts().await?.len() == 1, "the answer is not there again");
            // What is erased on purpose stays so.
            learner.opens("settings/").await?;
            learner.clicks("erase").await?;
            learner.clicks("erase-really").await?;
            until("the answers to go", async || Ok(learner.attempts().await?.is_empty().then_some(()))).await?;
            learner.reloads().await?;
            learner.sees_part("answer-count").await?;
            ensure!(learner.attempts().await?.is_empty(), "an erased answer came back");
            ensure!(!learner.has("recovered").await?, "something was recovered that was erased");
            Ok(())
        })
        .await
}

/// Browsers write localStorage late. What was acknowledged is in the second copy.
#[tokio::test]
async fn of_a_browser_that_is_killed_loses_nothing() -> Result<()> {
    if Engine::from_environment()? == Engine::Webkit {
        return Ok(()); // It keeps nothing when its driver ends.
    }
    Journey::new()
        .tells(async |learner| {
            let problems: Vec<_> = learner
                .problems
                .all()
                .iter()
                .filter(|problem| problem.question.kind() == Kind::Choice)
                .take(3)
                .cloned()
                .collect();
            for (number, problem) in (1..).zip(&problems) {
                let answer = e2e::problems::answer_marked(problem, Mark::Right);
                learner.answers(problem, &anyhow::Context::context(answer, "there is a right answer")?).await?;
                learner.sees_the_browser_die().await?;
                learner.opens("").await?;
                learner.sees_part("headline").await?;
                until(&format!("{number} answers after a kill"), async || {
                    Ok((learner.attempts().await?.len() == number).then_some(()))
                })
                .await?;
            }
            // All came from the worker: the watch wants to see that it is awake.
            learner.runs::<()>("return fetch('robots.txt', { cache: 'reload' }).then(() => null);", &[]).await
        })
        .await
}

/// What is chosen then holds for this page, and the page says so; one choice does not undo the other.
#[tokio::test]
async fn that_is_full_keeps_settings_until_the_page_is_left() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("settings/").await?;
            learner.sees_part("theme-dark").await?;
            learner.fills_the_storage().await?;
            ensure!(!learner.has("notice").await?, "nothing was chosen yet");
            learner.clicks("theme-dark").await?;
            sees_notice(learner, "settings-unsaved").await?;
            learner.clicks("shows-clock").await?;
            ensure!(learner.stored_at("borrowed-time/settings").await?.is_none(), "the storage was not full");
            for part in ["[data-testid=theme-dark][aria-checked=true]", "[data-testid=shows-clock]:not(:checked)"] {
                has(learner, part).await?;
            }

            learner.frees_the_storage().await?;
            learner.clicks("asks-confidence").await?;
            learner.no_longer_sees_part("notice").await?;
            learner.reloads().await?;
            for part in [
                "[data-testid=theme-dark][aria-checked=true]",
                "[data-testid=shows-clock]:not(:checked)",
                "[data-testid=asks-confidence]:not(:checked)",
            ] {
                has(learner, part).await?;
            }
            Ok(())
        })
        .await
}

async fn leaves_alone(value: &str, notice: &str) -> Result<()> {
    let key = format!("{ATTEMPTS}elsewhere-0");
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.finds_stored(&key, value).await?;
            learner.opens("").await?;
            sees_notice(learner, notice).await?;

            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            learner.answers(&problem, &answer).await?;
            sees_notice(learner, notice).await?;
            learner.reloads().await?;
            learner.sees_judgement(&problem, &answer).await?;
            ensure!(learner.stored_at(&key).await?.as_deref() == Some(value), "the value was touched");

            let readable =
                learner.stored().await?.into_iter().filter(|(other, _)| other.starts_with(ATTEMPTS) && *other != key);
            ensure!(readable.count() == 1, "the answer given beside it is not stored");
            learner.clicks("export-unread").await?;
            let Some(file) = learner.saved_file().await? else { return Ok(()) };
            let file: Vec<(String, String)> = serde_json::from_str(&file)?;
            ensure!(file == [(key.clone(), value.to_owned())], "exported was {file:?}");
            Ok(())
        })
        .await
}

/// Waits until the page has what this selector finds.
async fn has(learner: &Learner, selector: &str) -> Result<()> {
    const FINDS: &str = "return document.querySelector(arguments[0]) !== null;";
    until(selector, async || Ok(learner.runs::<bool>(FINDS, &[json!(selector)]).await?.then_some(()))).await
}

async fn sees_notice(learner: &Learner, kind: &str) -> Result<()> {
    let notice = learner.part("notice").await?;
    let shown = notice.attr("data-notice").await?;
    ensure!(shown.as_deref() == Some(kind), "the notice is {shown:?}, not {kind}");
    ensure!(notice.text().await?.len() > 40, "the notice says next to nothing");
    Ok(())
}

async fn exports(learner: &Learner, count: usize) -> Result<()> {
    learner.clicks("export").await?;
    let Some(file) = learner.saved_file().await? else { return Ok(()) };
    let file: Value = serde_json::from_str(&file)?;
    let attempts: Vec<Attempt> = serde_json::from_value(file["data"].clone())?;
    ensure!(attempts.len() == count, "{count} answers, exported are {attempts:?}");
    Ok(())
}

async fn answers_rightly(learner: &Learner, slug: &quiz::problem::Slug) -> Result<()> {
    let problem = learner.problems.problem(slug)?;
    let answer = e2e::problems::answer_marked(problem, Mark::Right);
    let answer = anyhow::Context::context(answer, "every problem has a right answer")?;
    learner.fills_in(&answer).await?;
    learner.submits().await?;
    learner.sees_judgement(problem, &answer).await
}

/// Words that are being written, in a field that nobody has left yet: what stood there at the last pause is kept, and of what is written
/// without a pause all but the last two lines.
#[tokio::test]
async fn of_what_is_being_written_a_browser_that_is_killed_loses_two_lines_at_most() -> Result<()> {
    const WRITTEN: &str = "Our importer took 40 minutes for one shop, and two shops had left because of it. I profiled it and saw \
        that each row was cloned three times on its way to the database. I changed the parser to borrow from the buffer of the \
        file, and I sent rows in batches of 500. My change was 200 lines, with a test that counts allocations.";
    const FEW: &str = " Three months.";
    const MOST_LOST: usize = 200;
    const VALUE: &str = "return document.querySelector(arguments[0])?.value ?? '';";
    const A_PAUSE: Duration = Duration::from_secs(8);
    if Engine::from_environment()? == Engine::Webkit {
        return Ok(()); // It keeps nothing when its driver ends.
    }
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let field = |name: &str| Value::from(format!("[data-testid={name}]"));
            learner.opens("stories/").await?;
            learner.clicks("add-story").await?;
            learner.clicks("story-text").await?;
            learner.presses(WRITTEN).await?;
            tokio::time::sleep(Duration::from_secs(1)).await;
            learner.sees_the_browser_die().await?;
            learner.opens("stories/").await?;
            learner.sees_part("story-text").await?;
            let story: String = learner.runs(VALUE, &[field("story-text")]).await?;
            ensure!(
                WRITTEN.starts_with(&story) && story.len() + MOST_LOST > WRITTEN.len(),
                "of the story there is {story:?}"
            );
            learner.clicks("story-text").await?;
            learner.presses_with_control(Key::End).await?;
            learner.presses(FEW).await?;
            learner.sees("words, saved").await?;
            tokio::time::sleep(Duration::from_secs(1)).await;
            learner.sees_the_browser_die().await?;
            learner.opens("stories/").await?;
            learner.sees_part("story-text").await?;
            let more = story + FEW;
            until("all of the story", async || {
                Ok((learner.runs::<String>(VALUE, &[field("story-text")]).await? == more).then_some(()))
            })
            .await?;

            learner.opens_problem(&problem).await?;
            learner.clicks("tool-note").await?;
            learner.clicks("note-text").await?;
            learner.presses(FEW.trim()).await?;
            tokio::time::sleep(A_PAUSE).await;
            learner.sees_the_browser_die().await?;
            learner.opens_problem(&problem).await?;
            learner.clicks("tool-note").await?;
            learner.sees_part("note-text").await?;
            let note: String = learner.runs(VALUE, &[field("note-text")]).await?;
            ensure!(note == FEW.trim(), "of the note there is {note:?}");
            learner.runs::<()>("return fetch('robots.txt', { cache: 'reload' }).then(() => null);", &[]).await
        })
        .await
}
