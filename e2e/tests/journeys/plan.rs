//! The day of an interview, and the plan to it: named, followed, changed, passed.

use anyhow::{Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::until;
use serde_json::json;
use thirtyfour::Key;

const SETTINGS: &str = "borrowed-time/settings";

/// Fills in the form that is open, for an interview in so many days, and sees the plan. How a date is typed differs from browser
/// to browser; what the page is told of it does not.
pub async fn names_a_day(learner: &Learner, days: i64) -> Result<()> {
    const NAME: &str = r#"
        const day = new Date();
        day.setDate(day.getDate() + arguments[0]);
        const two = (number) => String(number).padStart(2, '0');
        const field = document.querySelector('[data-testid=interview-day]');
        field.value = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        return null;"#;
    learner.sees_part("interview-day").await?;
    learner.runs::<()>(NAME, &[json!(days)]).await?;
    learner.clicks("save-day").await?;
    learner.no_longer_sees_part("target-form").await?;
    learner.sees_part("plan").await
}

/// Chooses in a list.
async fn chooses(learner: &Learner, list: &str, value: &str) -> Result<()> {
    // Out from under the tabs of a phone: not every driver scrolls by what a list is covered with.
    learner.part(list).await?.scroll_into_view().await?;
    learner.clicks_on(&format!("[data-testid='{list}'] option[value='{value}']")).await
}

#[tokio::test]
async fn a_day_is_named_on_a_phone_and_the_plan_survives_a_reload() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.sees("Practise for your Rust interview").await?;
            learner.sees("When is your interview?").await?;
            learner.clicks("name-day").await?;
            learner.clicks("level-senior").await?;
            chooses(learner, "job", "backend").await?;
            chooses(learner, "minutes-a-day", "30").await?;
            names_a_day(learner, 7).await?;
            learner.sees("7 days to your interview").await?;
            let said = learner.reads("target").await?;
            ensure!(said.ends_with("Senior · Backend · 30 minutes a day"), "{said}");
            ensure!(!learner.has("no-day").await?, "the day is asked for again");
            let plan = learner.reads("plan").await?;
            ensure!(plan.contains("minutes"), "the plan says nothing of its time: {plan}");
            fits_the_screen(learner).await?;

            learner.reloads().await?;
            learner.sees_part("plan").await?;
            ensure!(learner.reads("plan").await? == plan, "a reload changes the plan");
            learner.clicks_on("[data-testid=coming-days] summary").await?;
            learner.sees("Rehearse: ").await?;
            learner.sees("Warm up with questions that you know").await?;
            learner.sees("· your interview").await?;
            let days = learner.parts("coming-day").await?.len();
            ensure!(days == 7, "{days} days are to come, with the interview's own");
            fits_the_screen(learner).await
        })
        .await
}

#[tokio::test]
async fn a_task_begins_with_one_tap_and_what_is_done_is_ticked() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("name-day").await?;
            // Six days before, something is read.
            names_a_day(learner, 6).await?;
            learner.clicks("open-task").await?;
            learner.sees_part("checklist").await?;
            learner.clicks("check-item").await?;
            learner.opens("").await?;
            until("the section to be ticked in the plan", async || {
                let done = learner.session().find_all(thirtyfour::By::Css("[data-done=true]")).await?;
                let [done] = done.as_slice() else { return Ok(None) };
                Ok(done.text().await?.contains("Read: ").then_some(()))
            })
            .await?;

            learner.clicks("begin-task").await?;
            learner.meets_question().await?;
            // Who comes back goes on with it.
            learner.opens("").await?;
            learner.sees_part("plan").await?;
            ensure!(learner.reads("start").await?.starts_with("Go on: 1 of "), "the session is forgotten");
            learner.clicks("begin-task").await?;
            learner.sees_part("page-practice").await
        })
        .await
}

/// What Enter begins is what the plan says comes first.
#[tokio::test]
async fn enter_begins_the_next_task() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("name-day").await?;
            names_a_day(learner, 6).await?;
            learner.presses(Key::Enter).await?;
            learner.meets_question().await?;
            let address = learner.address().await?;
            ensure!(
                address.contains("practice/?"),
                "the plan begins with a topic or a kind, and Enter leads to {address}"
            );
            Ok(())
        })
        .await
}

/// Whatever was under way, a task is begun or asked about, and nothing is thrown away without a word.
#[tokio::test]
async fn a_task_is_begun_though_another_session_is_under_way() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("practice/?topic=async").await?;
            learner.clicks("start").await?;
            let asked = learner.meets_question().await?;
            learner.clicks_on("header.bar nav a").await?;
            learner.clicks("name-day").await?;
            // On the day itself there is a warm-up, of anything.
            names_a_day(learner, 0).await?;
            learner.clicks("begin-task").await?;
            learner.sees("in the middle of another session").await?;
            ensure!(learner.meets_question().await? == asked, "the session under way is gone");
            learner.clicks("end-for-other").await?;
            until("the warm-up", async || Ok((learner.meets_question().await? != asked).then_some(()))).await?;
            ensure!(!learner.has("other-session").await?, "it is asked about again");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_day_is_changed_and_removed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            // By keys: the field has the focus, and afterwards the button that led to it.
            learner.presses_on("name-day", Key::Enter).await?;
            has_focus(learner, "interview-day").await?;
            learner.presses_on("save-day", Key::Enter).await?;
            learner.sees("Choose the day first.").await?;
            has_focus(learner, "interview-day").await?;
            learner.presses_on("cancel-day", Key::Enter).await?;
            has_focus(learner, "name-day").await?;
            ensure!(learner.has("no-day").await?, "a day was named by nobody");
            // Who does not make a plan has chosen no level either.
            learner.clicks("name-day").await?;
            learner.clicks("level-senior").await?;
            learner.clicks("cancel-day").await?;
            let settings = learner.stored_at("borrowed-time/settings").await?.unwrap_or_default();
            ensure!(!settings.contains("senior"), "the level was changed: {settings}");

            learner.clicks("name-day").await?;
            names_a_day(learner, 3).await?;
            learner.sees("3 days to your interview").await?;
            has_focus(learner, "headline").await?;
            learner.clicks("change-day").await?;
            names_a_day(learner, 1).await?;
            learner.sees("Your interview is tomorrow").await?;
            learner.sees("Rest. You need nothing new now.").await?;
            ensure!(!learner.has("open-task").await? || !learner.text().await?.contains("Rehearse: "), "too late");
            learner.clicks("change-day").await?;
            names_a_day(learner, 0).await?;
            learner.sees("Your interview is today").await?;
            learner.clicks("change-day").await?;
            learner.clicks("remove-day").await?;
            learner.sees_part("no-day").await?;
            ensure!(!learner.has("plan").await?, "the plan has stayed");
            learner.reloads().await?;
            learner.sees_part("no-day").await
        })
        .await
}

#[tokio::test]
async fn a_day_that_has_passed_is_asked_about_kindly() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            let yesterday: i64 = learner
                .runs("return Math.floor((Date.now() - new Date().getTimezoneOffset() * 60000) / 86400000) - 1;", &[])
                .await?;
            let target = json!({ "day": yesterday, "job": "embedded", "minutes_a_day": 45 });
            let settings = json!({ "theme": "system", "target": target });
            let stored = json!({ "app": "borrowed-time", "kind": "settings", "version": 2, "data": settings });
            learner.finds_stored(SETTINGS, &stored.to_string()).await?;
            learner.opens("").await?;
            learner.sees("How did it go?").await?;
            learner.sees("Is there another interview?").await?;
            let page = learner.text().await?;
            ensure!(!page.contains("missed") && !page.contains("overdue"), "it scolds: {page}");
            ensure!(!learner.has("plan").await?, "there is a plan to a day that has passed");

            // Another day keeps what was chosen before.
            learner.clicks("name-day").await?;
            names_a_day(learner, 20).await?;
            learner.sees("20 days to your interview").await?;
            let said = learner.reads("target").await?;
            ensure!(said.ends_with("Embedded · 45 minutes a day"), "{said}");

            learner.finds_stored(SETTINGS, &stored.to_string()).await?;
            learner.reloads().await?;
            learner.clicks("remove-day").await?;
            learner.sees("When is your interview?").await?;
            learner.reloads().await?;
            learner.sees_part("no-day").await
        })
        .await
}

async fn has_focus(learner: &Learner, name: &str) -> Result<()> {
    const FOCUS: &str = "return document.activeElement?.dataset.testid ?? '';";
    until(&format!("{name} to have the focus"), async || {
        Ok((learner.runs::<String>(FOCUS, &[]).await? == name).then_some(()))
    })
    .await
}

/// The page does not scroll sideways.
async fn fits_the_screen(learner: &Learner) -> Result<()> {
    const WIDTHS: &str = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth];";
    let (content, screen): (u32, u32) = learner.runs(WIDTHS, &[]).await?;
    ensure!(content <= screen, "the page is {content} px wide on a screen of {screen} px");
    Ok(())
}
