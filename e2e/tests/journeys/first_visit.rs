//! From the first page to the first judged answer.

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use quiz::grading::Mark;
use quiz::problem::Kind;

#[tokio::test]
async fn at_a_desk() -> Result<()> {
    Journey::new().tells(async |learner| answers_the_first_question(learner).await).await
}

#[tokio::test]
async fn on_a_phone() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens("").await?;
            fits_the_screen(learner, "today").await?;
            answers_the_first_question(learner).await?;
            fits_the_screen(learner, "the next question").await?;
            let longest = learner.problems.longest().context("there are problems")?;
            learner.opens_problem(longest).await?;
            fits_the_screen(learner, "the longest program").await?;
            shows_whole(learner, "dock").await?;
            for page in ["problems/", "settings/", "practice/"] {
                learner.opens(page).await?;
                learner.sees_part(&format!("page-{}", page.trim_end_matches('/'))).await?;
                fits_the_screen(learner, page).await?;
            }
            Ok(())
        })
        .await
}

/// An app on an iPhone's home screen has a storage of its own. Whoever puts it there hears of that beforehand, and whoever opens it
/// is led to the import, as long as nothing is there.
#[tokio::test]
async fn of_an_app_on_a_home_screen_leads_to_the_import() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.opens("settings/").await?;
            learner
                .sees("On an iPhone that app begins empty: export your answers first, and import them there.")
                .await?;
            learner.opens("").await?;
            learner.clicks_on("[data-testid=from-elsewhere] a").await?;
            learner.sees_part("page-settings").await?;
            learner.sees_part("import").await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.answers(&problem, &answer).await?;
            learner.sees_judgement(&problem, &answer).await?;
            learner.opens("").await?;
            learner.sees_part("page-today").await?;
            ensure!(!learner.has("from-elsewhere").await?, "what is there needs no import");
            Ok(())
        })
        .await
}

async fn answers_the_first_question(learner: &Learner) -> Result<()> {
    learner.opens("").await?;
    learner.sees_part("page-today").await?;
    learner.clicks("start").await?;
    learner.sees_part("page-practice").await?;

    let first = learner.meets_question().await?;
    let problem = learner.problems.problem(&first)?;
    let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
    learner.fills_in(&answer).await?;
    learner.submits().await?;
    learner.sees_judgement(problem, &answer).await?;

    let attempts = learner.attempts().await?;
    ensure!(attempts.len() == 1, "one answer was given, {} are stored", attempts.len());
    ensure!(attempts[0].slug == first && attempts[0].mark == Mark::Right, "stored was {:?}", attempts[0]);

    learner.clicks("next").await?;
    let second = learner.meets_question().await?;
    ensure!(second != first, "the queue asks {first} again at once");
    Ok(())
}

/// The page does not scroll sideways.
async fn fits_the_screen(learner: &Learner, page: &str) -> Result<()> {
    const WIDTHS: &str = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth];";
    let (content, screen): (u32, u32) = learner.runs(WIDTHS, &[]).await?;
    ensure!(content <= screen, "{page} is {content} px wide on a screen of {screen} px");
    Ok(())
}

/// At the end of the page nothing covers any corner of the button.
async fn shows_whole(learner: &Learner, name: &str) -> Result<()> {
    const COVERED: &str = r#"
        scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
        const part = document.querySelector(`[data-testid=${arguments[0]}]`);
        const { left, right, top, bottom } = part.getBoundingClientRect();
        const corners = [[left + 9, top + 2], [right - 9, top + 2], [left + 9, bottom - 2], [right - 9, bottom - 2]];
        const over = corners.map(([x, y]) => document.elementFromPoint(x, y)).find((top) => !part.contains(top));
        return over === undefined ? null : over?.outerHTML.slice(0, 99) ?? 'the edge of the screen';"#;
    learner.part(name).await?;
    let covered: Option<String> = learner.runs(COVERED, &[name.into()]).await?;
    ensure!(covered.is_none(), "{name} is covered by {covered:?}");
    Ok(())
}
