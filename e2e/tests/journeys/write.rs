//! Programs that are written: by hand, by keys, on a phone, offline; run elsewhere, and judged by who wrote them.

use anyhow::{Context, Result, ensure};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::until;
use quiz::answer::Answer;
use quiz::answering::draft::CODE_LIMIT;
use quiz::exercise::{Exercise, in_words};
use quiz::grading::Mark;
use quiz::problem::{Kind, Problem, Question};
use serde_json::json;
use thirtyfour::Key;

/// The first problem to write, what it asks for, and an answer with this mark.
fn exercise(learner: &Learner, mark: Mark) -> Result<(Problem, Exercise, Answer)> {
    let (problem, answer) = learner.problems.to_be_marked(Kind::Write, mark)?;
    let Question::Write(exercise) = problem.question.clone() else { anyhow::bail!("{} is none", problem.slug) };
    Ok((problem, exercise, answer))
}

async fn has_in_the_field(learner: &Learner, program: &str) -> Result<()> {
    until(&format!("{program:?} in the field"), async || Ok((learner.program().await? == program).then_some(()))).await
}

#[tokio::test]
async fn is_written_judged_by_its_learner_and_compared() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, exercise, partly) = exercise(learner, Mark::Partly)?;
            let (_, right) = learner.problems.to_be_marked(Kind::Write, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            has_in_the_field(learner, &exercise.start.text).await?;
            let tests = learner.reads("tests").await?;
            let shown = exercise.tests.names.iter().all(|name| tests.contains(name));
            ensure!(shown && !exercise.hidden_tests.names.iter().any(|name| tests.contains(name)), "{tests}");
            learner.submits().await?;
            learner.sees("Write something first.").await?;
            learner.fills_in(&partly).await?;
            learner.submits().await?;
            learner.sees_try(&problem, &partly, 1).await?;

            // Each change takes back what was said.
            learner.clicks("code").await?;
            learner.pastes_program("fn none() {}\n").await?;
            ensure!(learner.draft().await?["said"] == json!([]), "it was not said of this program");
            learner.submits().await?;
            learner.sees("Run the tests on this program first, and say how it went.").await?;
            learner.fills_in(&right).await?;
            learner.submits().await?;
            learner.sees("You said: all tests pass. It was try 2. Your first try counts.").await?;
            ensure!(!learner.has("submit-guess").await?, "there is nothing to be sure of");

            for solution in &exercise.solutions {
                learner.sees(&solution.name.replace('`', "")).await?;
            }
            learner.looks_at("hidden-tests").await?;
            for name in &exercise.hidden_tests.names {
                learner.sees(&in_words(name)).await?;
            }
            learner.looks_at("wrong-turns").await?;
            let turns = learner.parts("wrong-turn").await?.len();
            ensure!(turns == exercise.wrong_turns.len(), "{turns} wrong turns are shown");

            let attempts = learner.attempts().await?;
            let [first, second] = attempts.as_slice() else { anyhow::bail!("two tries, stored are {attempts:?}") };
            ensure!(first.answer == partly && second.answer == right, "{attempts:?}");
            ensure!(first.confidence.is_none(), "nobody said how sure they are");
            Ok(())
        })
        .await
}

/// What only the learner judged says so wherever it is shown.
#[tokio::test]
async fn is_said_to_be_said_at_the_end_of_a_session_too() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("practice/?kind=write").await?;
            learner.clicks("start").await?;
            let slug = learner.meets_question().await?;
            let problem = learner.problems.problem(&slug)?.clone();
            ensure!(problem.question.kind() == Kind::Write, "asked for a program to write, got {slug}");
            let answer =
                e2e::problems::answer_marked(&problem, Mark::Right).context("every problem has a right answer")?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees("You said: all tests pass.").await?;
            learner.clicks("next").await?;
            learner.clicks("end-session").await?;
            let asked = learner.reads("asked").await?;
            ensure!(asked.contains("right, you said"), "{asked}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_reload_and_another_tab_keep_what_is_written() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, ..) = exercise(learner, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.clicks("code").await?;
            learner.pastes_program("fn half() {\n    \"written\"").await?;
            learner.reloads().await?;
            has_in_the_field(learner, "fn half() {\n    \"written\"").await?;
            learner.closes_the_tab_for_a_new_one().await?;
            learner.opens_problem(&problem).await?;
            has_in_the_field(learner, "fn half() {\n    \"written\"").await
        })
        .await
}

/// Who comes back days later finds what they were writing, on the first page too; not even its tab has to be closed in peace.
#[tokio::test]
async fn what_is_begun_stays_until_it_is_answered() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _, answer) = exercise(learner, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.clicks("code").await?;
            learner.pastes_program("fn begun() {}\n").await?;
            // Another tab knows nothing of what this one would leave behind at its end.
            let first = learner.tab().await?;
            let second = learner.session().new_tab().await?;
            learner.turns_to(&second).await?;
            learner.opens("").await?;
            learner.clicks_on(&format!("[data-testid=begun] [data-slug={}]", problem.slug)).await?;
            has_in_the_field(learner, "fn begun() {}\n").await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees("You said: all tests pass.").await?;
            learner.opens("").await?;
            learner.sees_part("headline").await?;
            ensure!(!learner.has("begun").await?, "it is answered");
            // The other tab still has what it had.
            learner.turns_to(&first).await?;
            learner.reloads().await?;
            has_in_the_field(learner, "fn begun() {}\n").await
        })
        .await
}

/// What was handed in is never out of reach: not when it is tried again, and not when another program has come in its place.
#[tokio::test]
async fn what_was_handed_in_can_be_gone_on_from() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _, answer) = exercise(learner, Mark::Right)?;
            let Answer::Write { code: handed_in, .. } = &answer else { anyhow::bail!("{answer:?}") };
            learner.opens_problem(&problem).await?;
            ensure!(!learner.has("earlier-programs").await?, "nothing was handed in yet");
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees("You said: all tests pass.").await?;
            learner.clicks("try-again").await?;
            has_in_the_field(learner, handed_in).await?;
            ensure!(learner.draft().await?["said"] == json!([]), "it is to be judged anew");

            learner.clicks("code").await?;
            learner.pastes_program("fn another() {}\n").await?;
            learner.reloads().await?;
            has_in_the_field(learner, "fn another() {}\n").await?;
            let take = "[data-testid=earlier-take]";
            learner.clicks_on("[data-testid=earlier-programs] > summary").await?;
            learner.clicks_on("[data-testid=earlier-program] summary").await?;
            ensure!(learner.reads("earlier-program").await?.contains("right"), "how it was judged stands there");
            learner.clicks_on(take).await?;
            learner.clicks("earlier-keep").await?;
            has_in_the_field(learner, "fn another() {}\n").await?;
            learner.clicks_on(take).await?;
            learner.clicks("earlier-really").await?;
            has_in_the_field(learner, handed_in).await?;
            learner.reloads().await?;
            has_in_the_field(learner, handed_in).await?;
            learner.clicks_on("[data-testid=earlier-programs] > summary").await?;
            learner.clicks_on("[data-testid=earlier-program] summary").await?;
            learner.clicks_on(take).await?;
            ensure!(!learner.has("earlier-really").await?, "nothing would be lost, so nothing is asked");
            Ok(())
        })
        .await
}

/// Their own questions come first, and stay.
#[tokio::test]
async fn what_one_would_ask_first_is_written_before_it_is_compared() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let asks = |problem: &&Problem| match &problem.question {
                Question::Write(exercise) => exercise.clarify.is_some(),
                _ => false,
            };
            let problem = learner.problems.all().iter().find(asks).context("one has questions worth asking")?.clone();
            learner.opens_problem(&problem).await?;
            learner.clicks_on("[data-testid=ask-first] > summary").await?;
            learner.types_into("questions", "Can it be empty?").await?;
            learner.reloads().await?;
            learner.sees_part("questions").await?;
            let kept = learner.part("questions").await?.prop("value").await?;
            ensure!(kept.as_deref() == Some("Can it be empty?"), "{kept:?}");
            learner.clicks_on("[data-testid=clarify] > summary").await?;
            let told = learner.reads("clarify").await?;
            ensure!(told.contains('?'), "{told}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_reset_asks_first() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, exercise, _) = exercise(learner, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            ensure!(!learner.has("code-reset").await?, "there is nothing to reset");
            learner.clicks("code").await?;
            learner.pastes_program("fn own() {}").await?;
            learner.clicks("code-reset").await?;
            learner.clicks("code-keep").await?;
            has_in_the_field(learner, "fn own() {}").await?;
            learner.clicks("code-reset").await?;
            learner.clicks("code-reset-really").await?;
            has_in_the_field(learner, &exercise.start.text).await?;
            learner.reloads().await?;
            has_in_the_field(learner, &exercise.start.text).await
        })
        .await
}

#[tokio::test]
async fn the_playground_gets_the_program_with_all_its_tests() -> Result<()> {
    const CODE: &str = "const link = document.querySelector('[data-testid=run-elsewhere]');
        return link ? new URL(link.href).searchParams.get('code') : null;";
    Journey::new()
        .tells(async |learner| {
            let (problem, exercise, _) = exercise(learner, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.clicks("code").await?;
            learner.pastes_program("fn own() { /* ä & + */ }").await?;
            let sent: String = learner.runs(CODE, &[]).await?;
            ensure!(sent == exercise.with_tests("fn own() { /* ä & + */ }"), "sent is {sent}");
            ensure!(exercise.names().all(|name| sent.contains(name)), "tests are missing: {sent}");

            let long = format!("fn own() {{}}\n{}", "// a long remark\n".repeat(500));
            learner.pastes_program(&long).await?;
            learner.sees_part("address-too-long").await?;
            ensure!(!learner.has("run-elsewhere").await?, "the address is too long for a link");
            learner.sees_part("copy-program").await
        })
        .await
}

/// Signs that are kept whole do not change what is typed beside them.
#[tokio::test]
async fn a_space_behind_an_arrow_is_a_space() -> Result<()> {
    const SIGNS: &str = "fn own(a: u8) -> u8 { match a { 1 => 2, _ => 3 } } a :: b && c ..= d != e";
    Journey::new()
        .tells(async |learner| {
            let (problem, _, _) = exercise(learner, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.clicks("code").await?;
            learner.pastes_program("").await?;
            learner.presses(SIGNS).await?;
            let typed = until("what was typed", async || {
                let draft = learner.draft().await?;
                Ok(draft["program"].as_str().filter(|typed| typed.contains("!= e")).map(str::to_owned))
            })
            .await?;
            ensure!(typed.starts_with("fn own(a: u8) -> u8 {") && !typed.contains('\u{a0}'), "typed is {typed:?}");
            Ok(())
        })
        .await
}

/// Who has code on one line has it so where it is written as well, in the editor and in the plain field.
#[tokio::test]
async fn long_lines_wrap_unless_the_settings_say_otherwise() -> Result<()> {
    const WIDE: &str = "const box = document.querySelector('.cm-scroller, textarea.code-field');
        return box.scrollWidth > box.clientWidth;";
    Journey::new()
        .tells(async |learner| {
            let (problem, _, _) = exercise(learner, Mark::Right)?;
            let line = format!("// {}", "word ".repeat(100));
            learner.opens_problem(&problem).await?;
            learner.clicks("code").await?;
            learner.pastes_program(&line).await?;
            has_in_the_field(learner, &line).await?;
            ensure!(!learner.runs::<bool>(WIDE, &[]).await?, "a long line does not wrap");
            learner.opens("settings/").await?;
            learner.clicks("wraps-code").await?;
            learner.opens_problem(&problem).await?;
            has_in_the_field(learner, &line).await?;
            ensure!(learner.runs::<bool>(WIDE, &[]).await?, "a long line wraps in the editor");
            // A release without the editor has the plain field.
            learner.opens("problems/?kind=write").await?;
            learner.sees_part("found").await?;
            learner.runs::<()>("document.querySelector('meta[name=editor]').content = ''; return null;", &[]).await?;
            learner.clicks_on(&format!("a[href$='problems/{}/']", problem.slug)).await?;
            has_in_the_field(learner, &line).await?;
            ensure!(learner.runs::<bool>(WIDE, &[]).await?, "a long line wraps in the plain field");
            Ok(())
        })
        .await
}

/// What is too long stays in the field, is not handed in, and takes nothing away.
#[tokio::test]
async fn a_program_that_is_too_long_is_not_lost() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _, right) = exercise(learner, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&right).await?;
            let long = "x".repeat(CODE_LIMIT + 1);
            learner.clicks("code").await?;
            learner.pastes_program(&long).await?;
            let told = learner.reads("too-long").await?;
            ensure!(told.contains("too long"), "{told}");
            learner.submits().await?;
            learner.sees("Run the tests on this program first").await?;
            has_in_the_field(learner, &long).await?;
            ensure!(learner.attempts().await?.is_empty(), "something else was handed in");
            learner.reloads().await?;
            let Answer::Write { code, .. } = right else { anyhow::bail!("{} is none", problem.slug) };
            has_in_the_field(learner, &code).await
        })
        .await
}

/// Tab indents, Enter goes on below, and Escape makes the next Tab leave.
#[tokio::test]
async fn is_written_by_keyboard_alone() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _, right) = exercise(learner, Mark::Right)?;
            // Who types over a selection has the browser itself put the style of what was there into the field; the policy refuses it,
            // and the editor draws the line anew in any case.
            learner.expects_error("Applying inline style");
            learner.opens_problem(&problem).await?;
            learner.tabs_to("code").await?;
            learner.presses_with_control("a").await?;
            // A brace is closed, and what is between the two stands further in.
            learner.presses("fn a() {").await?;
            learner.presses(Key::Enter).await?;
            learner.presses("b();").await?;
            learner.presses(Key::Enter).await?;
            learner.presses(Key::Tab).await?;
            learner.presses(".c()").await?;
            has_in_the_field(learner, "fn a() {\n    b();\n        .c()\n}").await?;
            learner.presses(Key::Escape).await?;
            learner.presses(Key::Tab).await?;
            has_in_the_field(learner, "fn a() {\n    b();\n        .c()\n}").await?;
            let at: String = learner.runs("return document.activeElement.dataset.testid ?? '';", &[]).await?;
            ensure!(at == "compiler-download", "Escape and Tab lead to {at:?}");
            learner.opens_problem(&problem).await?;
            learner.answers_by_keys(&problem, &right).await?;
            learner.sees_judgement(&problem, &right).await
        })
        .await
}

/// The signs that the keyboard hides are in reach and leave the focus where it is; nothing lies over the line that is written.
#[tokio::test]
async fn is_written_on_a_phone() -> Result<()> {
    const PHONE: (u32, u32) = (375, 740);
    const TAP: &str = "const sign = [...document.querySelectorAll('[data-testid=sign]')]
            .find((sign) => sign.dataset.sign === arguments[0]);
        // Those behind the edge come by a swipe.
        sign.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const box = sign.getBoundingClientRect();
        const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        const focus = document.activeElement.dataset.testid;
        const kept = !sign.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true }));
        sign.click();
        return [sign === over, box.width >= 40 && box.height >= 44, kept && focus === document.activeElement.dataset.testid];";
    const OVERFLOWS: &str = "const field = document.querySelector('[data-testid=code]');
        return [document.documentElement.scrollWidth - innerWidth, field.scrollHeight - field.clientHeight];";
    if Engine::from_environment()? != Engine::Chromium {
        // Only that one is made a phone of.
        return Ok(());
    }
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let metrics = json!({ "width": PHONE.0, "height": PHONE.1, "deviceScaleFactor": 2, "mobile": true });
            learner.tells_devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
            learner.tells_devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
            let (problem, exercise, right) = exercise(learner, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            let names = learner.reads("test-names").await?;
            ensure!(exercise.tests.names.iter().all(|name| names.contains(&in_words(name))), "{names}");
            learner.clicks("code").await?;
            learner.pastes_program("fn own()").await?;
            for sign in ["{", "=>", "    ", "}"] {
                let seen: [bool; 3] = learner.runs(TAP, &[json!(sign)]).await?;
                ensure!(seen == [true; 3], "{sign:?} is in sight, large enough, leaves the focus: {seen:?}");
            }
            has_in_the_field(learner, "fn own(){=>    }").await?;
            learner.fills_in(&right).await?;
            let [across, within]: [f64; 2] = learner.runs(OVERFLOWS, &[]).await?;
            ensure!(across <= 0.0 && within <= 1.0, "the page is {across} px too wide, the field {within} too low");
            learner.submits().await?;
            learner.sees_judgement(&problem, &right).await
        })
        .await
}

#[tokio::test]
async fn is_written_offline() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            let (problem, _, wrong) = exercise(learner, Mark::Wrong)?;
            learner.answers(&problem, &wrong).await?;
            ensure!(learner.attempts().await?.len() == 1, "the answer is not stored");
            Ok(())
        })
        .await
}
