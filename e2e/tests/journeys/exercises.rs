//! Slots and lines to order: tried again with the compiler's own words, by mouse, by finger and by keys.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::{Learner, gap, pool_line};
use e2e::problems::answer_marked;
use quiz::answer::Answer;
use quiz::assemble;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind, Problem};
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};

const EXERCISES: [Kind; 2] = [Kind::Fill, Kind::Order];

/// The first answer is wrong and counts, the second is right and ends the question; both are stored.
#[tokio::test]
async fn are_tried_again_on_a_phone_without_a_network() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            for kind in EXERCISES {
                let (problem, wrong) = learner.problems.to_be_marked(kind, Mark::Wrong)?;
                let right = right(&problem)?;
                learner.opens_problem(&problem).await?;
                learner.fills_in(&wrong).await?;
                learner.submits().await?;
                learner.sees_try(&problem, &wrong, 1).await?;
                clears(learner, &problem).await?;
                learner.fills_in(&right).await?;
                learner.submits().await?;
                learner.sees("Right, at try 2.").await?;
                let attempts = learner.attempts().await?;
                let tries: Vec<_> = attempts.iter().filter(|attempt| attempt.slug == problem.slug).collect();
                let [first, second] = tries.as_slice() else { anyhow::bail!("two tries, stored are {tries:?}") };
                ensure!((first.try_number, first.mark) == (1, Mark::Wrong) && first.answer == wrong, "{first:?}");
                ensure!((second.try_number, second.mark) == (2, Mark::Right) && second.answer == right, "{second:?}");
            }
            learner.opens("problems/?standing=missed").await?;
            for kind in EXERCISES {
                let (problem, _) = learner.problems.to_be_marked(kind, Mark::Wrong)?;
                learner.sees(&problem.title).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_right_answer_is_taken() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let problems: Vec<Problem> = EXERCISES
                .into_iter()
                .map(|kind| {
                    let several = |problem: &&Problem| {
                        problem.question.kind() == kind && assemble::accepted(&problem.question).len() > 1
                    };
                    let found = learner.problems.all().iter().find(several);
                    found.cloned().with_context(|| format!("no {} has two right answers", kind.name()))
                })
                .collect::<Result<_>>()?;
            for problem in problems {
                for answer in assemble::accepted(&problem.question).into_iter().take(2) {
                    learner.answers(&problem, &answer).await?;
                    learner.clicks_on("header a").await?;
                    learner.sees_part("page-today").await?;
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_reload_keeps_what_was_tried_and_what_is_filled_in() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            for kind in EXERCISES {
                let (problem, wrong) = learner.problems.to_be_marked(kind, Mark::Wrong)?;
                learner.opens_problem(&problem).await?;
                learner.fills_in(&wrong).await?;
                learner.submits().await?;
                learner.sees_try(&problem, &wrong, 1).await?;
                let before = learner.draft().await?;
                learner.reloads().await?;
                learner.sees_try(&problem, &wrong, 1).await?;
                let after = learner.draft().await?;
                ensure!(before == after, "before the reload {before}, after it {after}");
                // The same answer again is no further try.
                learner.submits().await?;
                learner.sees("Change something first.").await?;
                learner.sees_try(&problem, &wrong, 1).await?;
                learner.clicks("give-up").await?;
                learner.sees_part("accepted").await?;
            }
            Ok(())
        })
        .await
}

/// Half of an answer is kept as well.
#[tokio::test]
async fn a_reload_keeps_half_an_answer() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = order(learner)?;
            learner.opens_problem(&problem).await?;
            learner.clicks_on(&pool_line(answer[0])).await?;
            learner.reloads().await?;
            learner.meets_question().await?;
            let gaps = gaps(learner).await?;
            ensure!(gaps[0] == json!(answer[0].to_string()) && gaps[1].is_null(), "after the reload {gaps:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn lines_are_moved_by_keys() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = meets_an_order_offline(learner).await?;
            // The second line first, lifted, with the keyboard alone; then the first line before it.
            focuses(learner, &pool_line(answer[1])).await?;
            learner.presses(" ").await?;
            sees_gap(learner, 0, Some(answer[1])).await?;
            learner.presses(Key::Down).await?;
            sees_gap(learner, 1, Some(answer[1])).await?;
            learner.presses(Key::Escape).await?;
            sees_gap(learner, 0, None).await?;
            sees_gap(learner, 1, None).await?;
            focuses(learner, &pool_line(answer[1])).await?;
            learner.presses(" ").await?;
            learner.sees_part("line-down").await?;
            learner.presses(" ").await?;
            learner.no_longer_sees_part("line-down").await?;
            focuses(learner, &gap(0)).await?;
            learner.presses(" ").await?;
            learner.sees_part("line-down").await?;
            learner.presses(Key::Down).await?;
            sees_gap(learner, 1, Some(answer[1])).await?;
            learner.presses(" ").await?;
            learner.no_longer_sees_part("line-down").await?;
            focuses(learner, &pool_line(answer[0])).await?;
            learner.presses(" ").await?;
            sees_gap(learner, 0, Some(answer[0])).await?;
            learner.presses(Key::Enter).await?;
            learner.no_longer_sees_part("line-down").await?;
            // What is missing is placed by its number; Enter then submits.
            let whole = Answer::Order { lines: answer };
            for _ in gaps(learner).await? {
                learner.presses(Key::Backspace).await?;
            }
            learner.answers_by_keys(&problem, &whole).await?;
            learner.sees_judgement(&problem, &whole).await
        })
        .await
}

/// On a busy machine a frame takes longer than the way to the next key: what a key moved has the focus before.
#[tokio::test]
async fn a_key_before_the_next_frame_meets_what_the_last_one_moved() -> Result<()> {
    const MOVES_AND_DROPS: &str = "return (async () => {
        const microtasks = async () => { for (let turn = 0; turn < 200; turn += 1) await null; };
        const key = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(key);
        await microtasks();
        document.activeElement.click();
        await microtasks();
    })();";
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = order(learner)?;
            learner.opens_problem(&problem).await?;
            focuses(learner, &pool_line(answer[1])).await?;
            learner.presses(" ").await?;
            sees_gap(learner, 0, Some(answer[1])).await?;
            learner.runs::<()>(MOVES_AND_DROPS, &[]).await?;
            sees_gap(learner, 1, Some(answer[1])).await?;
            learner.no_longer_sees_part("line-down").await
        })
        .await
}

/// What is tapped last leaves its place. Enter is for the answer then, and presses nothing that stands next: a hint, or what was said.
#[tokio::test]
async fn enter_submits_once_what_was_tapped_last_is_gone() -> Result<()> {
    enter_submits(Journey::new()).await
}

#[tokio::test]
async fn enter_submits_once_what_was_tapped_last_is_gone_on_a_phone() -> Result<()> {
    enter_submits(Journey::new().on_a_phone()).await
}

async fn enter_submits(journey: Journey) -> Result<()> {
    journey
        .tells(async |learner| {
            let order = learner.problems.to_be_marked(Kind::Order, Mark::Right)?;
            let error = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Error { .. }))?.clone();
            let answer = answer_marked(&error, Mark::Right).context("it can be answered")?;
            for (problem, answer) in [order, (error, answer)] {
                learner.opens_problem(&problem).await?;
                learner.fills_in(&answer).await?;
                learner.presses(Key::Enter).await?;
                learner.sees_part("summary").await?;
            }
            let hints: Vec<u32> = learner.attempts().await?.iter().map(|attempt| attempt.hints).collect();
            ensure!(hints == [0, 0], "hints were opened: {hints:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn lines_are_moved_by_buttons() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let (problem, answer) = order(learner)?;
            learner.opens_problem(&problem).await?;
            learner.clicks_on(&pool_line(answer[1])).await?;
            learner.clicks_on(&pool_line(answer[0])).await?;
            learner.clicks_on(&gap(1)).await?;
            learner.clicks("line-up").await?;
            sees_gap(learner, 0, Some(answer[0])).await?;
            learner.clicks("line-out").await?;
            sees_gap(learner, 0, None).await?;
            sees_gap(learner, 1, Some(answer[1])).await?;
            learner.no_longer_sees_part("line-up").await
        })
        .await
}

#[tokio::test]
async fn lines_are_dragged_by_mouse() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (_, answer) = meets_an_order_offline(learner).await?;
            let (line, place) = (part(learner, &pool_line(answer[1])).await?, part(learner, &gap(1)).await?);
            drag(learner, &line, &place).await?;
            sees_gap(learner, 1, Some(answer[1])).await?;
            let (line, place) = (part(learner, &gap(1)).await?, part(learner, &gap(0)).await?);
            drag(learner, &line, &place).await?;
            sees_gap(learner, 0, Some(answer[1])).await?;
            let (line, pool) = (part(learner, &gap(0)).await?, part(learner, "[data-pool] button").await?);
            drag(learner, &line, &pool).await?;
            sees_gap(learner, 0, None).await
        })
        .await
}

/// A finger drags by the handle; elsewhere it scrolls.
#[tokio::test]
async fn lines_are_dragged_by_finger() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // Only its driver can be a finger.
    }
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let (_, answer) = meets_an_order_offline(learner).await?;
            taps(learner, &pool_line(answer[1])).await?;
            sees_gap(learner, 0, Some(answer[1])).await?;
            taps(learner, &pool_line(answer[0])).await?;
            sees_gap(learner, 1, Some(answer[0])).await?;
            touches(learner, &format!("{} [data-handle]", gap(1)), &gap(0)).await?;
            sees_gap(learner, 0, Some(answer[0])).await?;
            sees_gap(learner, 1, Some(answer[1])).await?;
            // During a question the name above leads out.
            learner.clicks_on(".bar .mark").await?;
            learner.sees_part("page-today").await
        })
        .await
}

#[tokio::test]
async fn slots_are_filled_by_finger() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // Only its driver can be a finger.
    }
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let (problem, answer) = meets_a_fill_offline(learner).await?;
            let Answer::Fill { picks } = &answer else { anyhow::bail!("{} has no slots", problem.slug) };
            for (slot, pick) in picks.iter().enumerate() {
                taps(learner, &format!(".slot-tabs > button:nth-child({})", slot + 1)).await?;
                taps(learner, &format!("[data-testid=slot-choice][data-index='{pick}']")).await?;
            }
            taps(learner, "[data-testid=submit]").await?;
            learner.sees_judgement(&problem, &answer).await
        })
        .await
}

#[tokio::test]
async fn slots_are_filled_by_keys_offline() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = meets_a_fill_offline(learner).await?;
            learner.answers_by_keys(&problem, &answer).await?;
            learner.sees_judgement(&problem, &answer).await
        })
        .await
}

async fn meets_a_fill_offline(learner: &mut Learner) -> Result<(Problem, Answer)> {
    learner.installs_the_app().await?;
    learner.goes_offline().await?;
    let (problem, answer) = learner.problems.to_be_marked(Kind::Fill, Mark::Right)?;
    learner.opens_problem(&problem).await?;
    Ok((problem, answer))
}

async fn meets_an_order_offline(learner: &mut Learner) -> Result<(Problem, Vec<usize>)> {
    learner.installs_the_app().await?;
    learner.goes_offline().await?;
    let (problem, answer) = order(learner)?;
    learner.opens_problem(&problem).await?;
    Ok((problem, answer))
}

fn right(problem: &Problem) -> Result<Answer> {
    answer_marked(problem, Mark::Right).context("every problem has a right answer")
}

/// A problem with lines to order, and a right order.
fn order(learner: &Learner) -> Result<(Problem, Vec<usize>)> {
    let (problem, answer) = learner.problems.to_be_marked(Kind::Order, Mark::Right)?;
    let Answer::Order { lines } = answer else { anyhow::bail!("{} is no order", problem.slug) };
    Ok((problem, lines))
}

/// Takes all lines out of their places again; slots are chosen anew anyway.
async fn clears(learner: &Learner, problem: &Problem) -> Result<()> {
    if problem.question.kind() == Kind::Order {
        for _ in gaps(learner).await? {
            learner.presses(Key::Backspace).await?;
        }
    }
    Ok(())
}

async fn gaps(learner: &Learner) -> Result<Vec<Value>> {
    let draft = learner.draft().await?;
    Ok(draft["gaps"].as_array().cloned().unwrap_or_default())
}

async fn sees_gap(learner: &Learner, gap: usize, line: Option<usize>) -> Result<()> {
    let expected = line.map_or(Value::Null, |line| json!(line.to_string()));
    e2e::wait::until(&format!("{expected} in place {gap}"), async || {
        Ok((gaps(learner).await?.get(gap) == Some(&expected)).then_some(()))
    })
    .await
}

async fn part(learner: &Learner, selector: &str) -> Result<WebElement> {
    Ok(learner.session().find(By::Css(selector)).await?)
}

async fn focuses(learner: &Learner, selector: &str) -> Result<()> {
    learner.runs("document.querySelector(arguments[0]).focus(); return null;", &[json!(selector)]).await
}

async fn drag(learner: &Learner, from: &WebElement, to: &WebElement) -> Result<()> {
    let chain = learner.session().action_chain();
    let chain = chain.move_to_element_center(from).click_and_hold().move_by_offset(0, -8);
    Ok(chain.move_to_element_center(to).release().perform().await?)
}

/// How long one looks at least before the next tap.
const LOOK: Duration = Duration::from_millis(250);

/// Taps on something with a finger.
async fn taps(learner: &Learner, selector: &str) -> Result<()> {
    let part = e2e::wait::until(&format!("{selector} to tap on"), async || {
        Ok(learner.session().find_all(By::Css(selector)).await?.into_iter().next())
    })
    .await?;
    part.scroll_into_view().await?;
    // Who taps again at once on the same place has tapped twice by accident.
    tokio::time::sleep(LOOK).await;
    touches(learner, selector, selector).await
}

/// Moves a finger from one thing to another.
async fn touches(learner: &Learner, from: &str, to: &str) -> Result<()> {
    const CENTRE: &str = r#"
        const box = document.querySelector(arguments[0]).getBoundingClientRect();
        return [box.x + Math.min(box.width / 2, 100), box.y + box.height / 2];"#;
    let start: (f64, f64) = learner.runs(CENTRE, &[json!(from)]).await?;
    let end: (f64, f64) = learner.runs(CENTRE, &[json!(to)]).await?;
    let steps = if from == to { 0 } else { 8 };
    let touch = async |kind: &str, points: Value| {
        learner.tells_devtools("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await
    };
    touch("touchStart", json!([{ "x": start.0, "y": start.1 }])).await?;
    for step in 1..=steps {
        let part = f64::from(step) / f64::from(steps);
        let (x, y) = (start.0 + (end.0 - start.0) * part, start.1 + (end.1 - start.1) * part);
        touch("touchMove", json!([{ "x": x, "y": y }])).await?;
    }
    touch("touchEnd", json!([])).await?;
    Ok(())
}
