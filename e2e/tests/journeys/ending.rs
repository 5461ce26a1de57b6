//! The end of a session: what counts, what was learnt, what comes next; and answers that are looked at again.

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::{Kind, Slug};
use quiz::prose::Prose;

#[tokio::test]
async fn the_end_says_what_counts_and_what_was_learnt() -> Result<()> {
    use Mark::{Right, Wrong};
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let mut asked = Vec::new();
            for (place, mark) in [Right, Wrong, Right, Wrong, Right, Wrong].into_iter().enumerate() {
                asked.push(answers(learner, mark).await?);
                if place == 3 {
                    learner.clicks("undo").await?;
                    learner.sees("does not count").await?;
                }
                learner.clicks("next").await?;
            }
            learner.sees_part("session-finished").await?;
            for _ in 0..2 {
                let score = learner.reads("score").await?;
                ensure!(score == "3 of 5 right", "the score is {score:?}");
                learner.sees("One answer does not count.").await?;
                learner.sees("for each question.").await?;
                let rows = rows(learner).await?;
                ensure!(rows.iter().map(|row| &row.slug).eq(asked.iter().map(|slug| &*slug.0)), "{rows:?}");
                let came: Vec<&str> = rows.iter().map(|row| row.came.as_str()).collect();
                ensure!(came == ["right", "missed", "right", "taken back", "right", "missed"], "{came:?}");
                for (row, slug) in rows.iter().zip(&asked) {
                    let learnt = letters(&learner.problems.problem(slug)?.takeaway());
                    ensure!(row.learnt == learnt, "{slug} leaves {:?}, not {learnt:?}", row.learnt);
                    ensure!(row.came != "missed" || row.says.contains("It comes again tomorrow."), "{}", row.says);
                    ensure!(row.says.contains(" of "), "{slug} has no times: {}", row.says);
                }
                // All of it is there after a reload too.
                learner.reloads().await?;
                learner.sees_part("session-finished").await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn who_stops_early_retries_the_misses_and_nothing_else() -> Result<()> {
    use Mark::{Right, Wrong};
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let mut missed = Vec::new();
            for mark in [Wrong, Right, Wrong] {
                let slug = answers(learner, mark).await?;
                missed.extend((mark == Wrong).then_some(slug));
                learner.clicks("next").await?;
            }
            learner.meets_question().await?;
            learner.clicks("end-session").await?;
            learner.sees("1 of 3 right").await?;
            ensure!(rows(learner).await?.len() == 3, "what was not asked is in the list");
            learner.clicks("retry").await?;
            for slug in &missed {
                let asked = answers(learner, Right).await?;
                ensure!(asked == *slug, "{asked} is asked, missed was {slug}");
                learner.clicks("next").await?;
            }
            learner.sees("2 of 2 right").await?;
            ensure!(!learner.has("retry").await?, "there is nothing to retry");
            Ok(())
        })
        .await
}

/// What the first page lists as next is what its button goes on with.
#[tokio::test]
async fn a_session_under_way_comes_next() -> Result<()> {
    const FIRST: &str =
        "return document.querySelector('[data-testid=page-today] [data-testid=problem-row]')?.dataset.slug ?? '';";
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let first = answers(learner, Mark::Right).await?;
            learner.opens("").await?;
            learner.sees_part("problem-row").await?;
            let next: String = learner.runs(FIRST, &[]).await?;
            ensure!(!next.is_empty() && next != *first.0, "{next:?} is next, which is answered");
            let label = learner.reads("start").await?;
            ensure!(label == "Go on: 2 of 6", "the button says {label:?} when the first is answered");
            learner.clicks("start").await?;
            let second = learner.meets_question().await?;
            ensure!(next == *second.0, "{next} is listed as next, {second} comes");
            learner.opens("").await?;
            learner.sees_part("problem-row").await?;
            let (label, first) = (learner.reads("start").await?, learner.runs::<String>(FIRST, &[]).await?);
            ensure!(label == "Go on: 2 of 6", "the button says {label:?}");
            ensure!(first == *second.0, "{first} is listed as next, {second} is asked");
            ensure!(!learner.has("start-short").await?, "a short session would throw away the one under way");
            learner.clicks("start").await?;
            ensure!(learner.meets_question().await? == second, "another question is asked");
            for _ in 2..6 {
                answers(learner, Mark::Right).await?;
                learner.clicks("next").await?;
            }
            answers(learner, Mark::Right).await?;
            learner.opens("").await?;
            let label = learner.reads("start").await?;
            ensure!(label == "See the result", "the button says {label:?} when the last is answered");
            learner.clicks("start").await?;
            learner.sees_part("session-finished").await
        })
        .await
}

#[tokio::test]
async fn a_session_without_an_answer_just_ends() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            learner.meets_question().await?;
            learner.clicks("end-session").await?;
            learner.sees_part("start").await?;
            ensure!(!learner.has("session-finished").await?, "there is nothing to tell");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_last_answer_is_looked_at_again_from_the_next_question() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            learner.meets_question().await?;
            ensure!(!learner.has("last-answer").await?, "there is no answer yet");
            let first = answers(learner, Mark::Wrong).await?;
            let summary = learner.reads("summary").await?;
            learner.clicks("next").await?;
            let second = learner.meets_question().await?;
            let answer = answer_marked(learner.problems.problem(&second)?, Mark::Right).context("it has an answer")?;
            learner.fills_in(&answer).await?;
            let draft = learner.draft().await?;

            learner.clicks("last-answer").await?;
            is_at_the_judgement(learner).await?;
            sees_again(learner, &first, &summary).await?;
            learner.reloads().await?;
            sees_again(learner, &first, &summary).await?;
            learner.session().back().await?;
            ensure!(learner.meets_question().await? == second, "Back does not lead back");
            ensure!(learner.draft().await? == draft, "what was filled in is gone");

            learner.clicks("last-answer").await?;
            sees_again(learner, &first, &summary).await?;
            learner.clicks("next").await?;
            ensure!(learner.meets_question().await? == second, "the button does not lead back");
            ensure!(learner.draft().await? == draft, "what was filled in is gone");
            ensure!(learner.attempts().await?.len() == 1, "looking stored something");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn answers_are_looked_at_again_from_the_end() -> Result<()> {
    const FOCUSED: &str = "return document.activeElement.id;";
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let first = answers(learner, Mark::Wrong).await?;
            let summary = learner.reads("summary").await?;
            learner.clicks("next").await?;
            answers(learner, Mark::Right).await?;
            learner.clicks("next").await?;
            learner.meets_question().await?;
            learner.clicks("end-session").await?;
            learner.sees_part("session-finished").await?;

            let link = format!("look-again-{first}");
            learner.clicks_on(&format!("#{link}")).await?;
            sees_again(learner, &first, &summary).await?;
            learner.clicks("next").await?;
            learner.sees_part("session-finished").await?;
            until("the focus on what led to the answer", async || {
                Ok((learner.runs::<String>(FOCUSED, &[]).await? == link).then_some(()))
            })
            .await?;

            learner.clicks_on(&format!("#{link}")).await?;
            sees_again(learner, &first, &summary).await?;
            learner.reloads().await?;
            sees_again(learner, &first, &summary).await?;
            learner.session().back().await?;
            learner.sees("1 of 2 right").await?;
            ensure!(learner.attempts().await?.len() == 2, "looking stored something");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn references_are_called_what_their_pages_are() -> Result<()> {
    const TITLES: &str =
        "return [...document.querySelectorAll('[data-testid=reference]')].map((link) => link.textContent);";
    Journey::new()
        .tells(async |learner| {
            let all = learner.problems.all();
            let of_the_book = |address: &str| address.starts_with("https://doc.rust-lang.org/book/");
            let problem = all
                .iter()
                .find(|problem| problem.references.iter().any(|reference| of_the_book(reference.address.as_str())))
                .context("no problem refers to the Book")?
                .clone();
            let answer = answer_marked(&problem, Mark::Right).context("it has a right answer")?;
            learner.answers(&problem, &answer).await?;
            let part = if problem.question.kind() == Kind::Discuss { "model" } else { "reasons" };
            learner.looks_at(part).await?;
            learner.sees_part("reference").await?;
            let titles: Vec<String> = learner.runs(TITLES, &[]).await?;
            let expected: Vec<&String> = problem.references.iter().map(|reference| &reference.title).collect();
            ensure!(titles.iter().eq(expected), "the titles are {titles:?}");
            ensure!(titles.iter().any(|title| title.ends_with("– The Rust Programming Language")), "{titles:?}");
            ensure!(!titles.iter().any(|title| title.contains("ch0")), "{titles:?}");
            Ok(())
        })
        .await
}

/// Answers the question that is asked, and reads the judgement.
async fn answers(learner: &Learner, mark: Mark) -> Result<Slug> {
    let slug = learner.meets_question().await?;
    let problem = learner.problems.problem(&slug)?;
    let answer = answer_marked(problem, mark).with_context(|| format!("{slug} has no answer that is {mark:?}"))?;
    learner.fills_in(&answer).await?;
    learner.submits().await?;
    learner.sees_judgement(problem, &answer).await?;
    Ok(slug)
}

/// Waits for an answer that is looked at again, and sees that nothing can be done to it.
async fn sees_again(learner: &Learner, slug: &Slug, summary: &str) -> Result<()> {
    learner.sees_part("looked-at").await?;
    let shown = learner.part("question").await?.attr("data-slug").await?;
    ensure!(shown.as_deref() == Some(&*slug.0), "{shown:?} is shown, not {slug}");
    ensure!(learner.reads("summary").await? == summary, "the judgement is another one");
    learner.looks_at("reasons").await?;
    learner.sees_part("explanation").await?;
    ensure!(!learner.has("undo").await? && !learner.has("submit").await?, "something can be done to it");
    Ok(())
}

/// Waits until the judgement is in sight and has the focus.
async fn is_at_the_judgement(learner: &Learner) -> Result<()> {
    const THERE: &str = "const at = document.activeElement, box = at.getBoundingClientRect();
        return at.id === 'summary' && box.top >= 0 && box.bottom <= innerHeight;";
    until("the judgement", async || Ok(learner.runs::<bool>(THERE, &[]).await?.then_some(()))).await
}

/// A question as the end of a session tells of it.
#[derive(Debug, serde::Deserialize)]
struct Row {
    slug: String,
    came: String,
    /// The sentence that it leaves, without its spaces.
    learnt: String,
    says: String,
}

async fn rows(learner: &Learner) -> Result<Vec<Row>> {
    const ROWS: &str = r#"
        return [...document.querySelectorAll('[data-testid=asked]')].map((row) => ({
            slug: row.dataset.slug,
            came: row.dataset.came,
            learnt: (row.querySelector('[data-testid=takeaway]')?.textContent ?? '').replace(/\s/g, ''),
            says: row.textContent,
        }));"#;
    until("each question to say what it leaves", async || {
        let rows: Vec<Row> = learner.runs(ROWS, &[]).await?;
        Ok(rows.iter().all(|row| !row.learnt.is_empty() || row.came == "not answered").then_some(rows))
    })
    .await
}

fn letters(text: &Prose) -> String {
    text.words().split_whitespace().collect()
}

#[tokio::test]
async fn what_was_not_asked_is_not_told() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            answers(learner, Mark::Right).await?;
            learner.clicks("next").await?;
            learner.meets_question().await?;
            learner.clicks("end-session").await?;
            learner.sees_part("session-finished").await?;
            let rows = rows(learner).await?;
            ensure!(rows.len() == 1 && rows[0].came == "right", "{rows:?}");
            Ok(())
        })
        .await
}
