//! The compiler on the learner's own device: got, broken off, continued, removed; and programs that it judges, offline, on a phone.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use e2e::host::Faults;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::until;
use quiz::answer::Answer;
use quiz::exercise::{CodeResult, Exercise, FailureKind, SelfAssessment, TestFailure, WrongTurn, in_words};
use quiz::grading::Mark;
use quiz::interview::Invitation;
use quiz::problem::{Kind, Level, Problem, Question, Slug};
use thirtyfour::Key;

const LRU: &str = "rates-kept-at-hand";
const DEADLOCK: &str = "transfers-that-hang";
/// The compiler has 33 MB to bring, and to unpack; a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(120);

/// Waits longer than for what a page does by itself.
async fn patiently<T>(what: &str, mut attempt: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begun = Instant::now();
    loop {
        if let Some(found) = attempt().await? {
            return Ok(found);
        }
        ensure!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn sees_in(learner: &Learner, name: &str, text: &str) -> Result<()> {
    patiently(&format!("{text:?} in {name}"), async || {
        // What is drawn anew in between is found the next time.
        let is_there = learner.has(name).await.unwrap_or(false);
        let found = is_there && learner.reads(name).await.is_ok_and(|shown| shown.contains(text));
        Ok(found.then_some(()))
    })
    .await
}

/// A problem to write, by its slug.
fn written(learner: &Learner, slug: &str) -> Result<(Problem, Exercise)> {
    let problem = learner.problems.all().iter().find(|problem| &*problem.slug.0 == slug);
    let problem = problem.with_context(|| format!("there is no {slug}"))?.clone();
    let Question::Write(exercise) = problem.question.clone() else { anyhow::bail!("{slug} is not written") };
    Ok((problem, exercise))
}

/// On the page of a problem to write, or on the scratchpad.
async fn downloads_the_compiler(learner: &Learner) -> Result<()> {
    learner.clicks("compiler-download").await?;
    patiently("the button that runs", async || Ok(learner.has("run").await?.then_some(()))).await
}

/// Machines that run tests are busy with others.
async fn lets_programs_run_for(learner: &Learner, seconds: &str) -> Result<()> {
    learner.opens("settings/").await?;
    // It comes late, and would push the field away.
    until("what is said of the compiler", async || {
        Ok((learner.has("compiler-download").await? || learner.has("compiler-here").await?).then_some(()))
    })
    .await?;
    learner.clicks("run-seconds").await?;
    learner.presses_with_control("a").await?;
    learner.presses(seconds).await?;
    learner.presses(Key::Tab).await
}

async fn writes(learner: &Learner, program: &str) -> Result<()> {
    learner.clicks("code").await?;
    learner.pastes_program(program).await
}

/// What the page shows of each test: whether it passed, and what is said.
async fn sees_tests(learner: &Learner, expected: &[(&str, bool)]) -> Result<()> {
    const SHOWN: &str = "return [...document.querySelectorAll('[data-testid=test-result]')]
        .map((row) => [row.dataset.test, row.classList.contains('passed')]);";
    let expected: Vec<(String, bool)> = expected.iter().map(|(name, passed)| ((*name).to_owned(), *passed)).collect();
    patiently(&format!("{expected:?}"), async || {
        let shown: Vec<(String, bool)> = learner.runs(SHOWN, &[]).await?;
        Ok((shown == expected).then_some(()))
    })
    .await
}

fn failures(turn: &WrongTurn) -> &[TestFailure] {
    match &turn.result {
        CodeResult::Tested { failures, .. } => failures,
        CodeResult::Rejected(_) | CodeResult::SelfAssessed(_) => &[],
    }
}

/// A moved value at its line, a test that fails, all of them passed, and the solutions beside it: on a phone, without a network.
#[tokio::test]
async fn an_lru_cache_is_written_on_a_phone_without_a_network() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            lets_programs_run_for(learner, "90").await?;
            let (problem, exercise) = written(learner, LRU)?;
            learner.opens_problem(&problem).await?;
            downloads_the_compiler(learner).await?;
            learner.goes_offline().await?;
            learner.reloads().await?;
            patiently("the button that runs", async || Ok(learner.has("run").await?.then_some(()))).await?;
            let solution = exercise.solutions.first().context("there is a solution")?.program.text.clone();

            let line = solution.lines().count() + 3;
            writes(learner, &format!("{solution}fn moved(key: String) {{\n    drop(key);\n    println!(\"{{key}}\");\n}}\n")).await?;
            // It is said while one writes, and again when it is run.
            sees_in(learner, "code-errors", &format!("Line {line}: borrow of moved value: `key` (E0382)")).await?;
            learner.clicks("run").await?;
            sees_in(learner, "report-summary", "It does not compile.").await?;
            let receipt = learner.reads("receipt").await?;
            ensure!(receipt.contains("error[E0382]") && receipt.contains("rustc 1.78"), "{receipt}");

            let is_shown = |turn: &&WrongTurn| {
                let [failure, ..] = failures(turn) else { return false };
                exercise.tests.names.contains(&failure.test)
            };
            let turn = exercise.wrong_turns.iter().find(is_shown).context("no wrong turn fails a test that is shown")?;
            writes(learner, &turn.program.text).await?;
            learner.clicks("run").await?;
            let passes = |name: &String| !failures(turn).iter().any(|failure| failure.test == *name);
            let expected: Vec<(&str, bool)> =
                exercise.tests.names.iter().map(|name| (name.as_str(), passes(name))).collect();
            sees_tests(learner, &expected).await?;
            sees_in(learner, "report", "panic").await?;
            learner.submits().await?;
            sees_in(learner, "trial-summary", "Try 1. ").await?;
            let all: Vec<(&str, bool)> =
                exercise.names().map(|name| (name, passes(&name.to_owned()))).collect();
            sees_tests(learner, &all).await?;
            learner.reloads().await?;
            sees_tests(learner, &all).await?;

            patiently("the button that runs", async || Ok(learner.has("run").await?.then_some(()))).await?;
            writes(learner, &solution).await?;
            learner.submits().await?;
            sees_in(learner, "summary", "Right, at try 2. Your first try counts: partly right.").await?;
            sees_in(learner, "solutions", "Your program").await?;
            sees_in(learner, "complexity", &exercise.complexity.time.replace('`', "")).await?;
            let attempts = learner.attempts().await?;
            let results: Vec<&CodeResult> = attempts
                .iter()
                .filter_map(|attempt| match &attempt.answer {
                    Answer::Write { result, .. } => Some(result),
                    _ => None,
                })
                .collect();
            let found = matches!(&results[..], [CodeResult::Tested { failures: some, .. }, CodeResult::Tested { failures: none, .. }]
                if some.len() == failures(turn).len() && none.is_empty());
            ensure!(found, "stored: {results:?}");
            Ok(())
        })
        .await
}

/// A missing import comes by one tap, and each error leads to its line.
#[tokio::test]
async fn an_error_leads_to_its_line_and_a_missing_import_comes_by_a_tap() -> Result<()> {
    const PROGRAM: &str = "fn main() {
    let mut counts: HashMap<u8, u8> = HashMap::new();
    counts.insert(1, 2);
    let word = String::from(\"word\");
    drop(word);
    println!(\"{}\", word.len());
}
";
    Journey::new()
        .tells(async |learner| {
            learner.opens("scratchpad/").await?;
            downloads_the_compiler(learner).await?;
            writes(learner, PROGRAM).await?;
            sees_in(learner, "add-import", "Add use std::collections::HashMap;").await?;
            learner.clicks("add-import").await?;
            let imported = format!("use std::collections::HashMap;\n{PROGRAM}");
            until("the import", async || Ok((learner.program().await? == imported).then_some(()))).await?;
            sees_in(learner, "code-errors", "Line 7: borrow of moved value: `word` (E0382)").await?;
            ensure!(!learner.has("add-import").await?, "it is there already");
            learner.clicks("code-error").await?;
            learner.presses("_").await?;
            let expected = imported.replace("word.len()", "_word.len()");
            let written = learner.program().await?;
            ensure!(written == expected, "typed at line 7:\n{written}");
            Ok(())
        })
        .await
}

/// What a learner tests is shown as theirs, and what is handed in is judged by the tests of the problem alone.
#[tokio::test]
async fn tests_that_a_learner_writes_are_run_and_decide_nothing() -> Result<()> {
    const OWN: &str = "
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up() {
        assert_eq!(1 + 1, 2);
    }

    #[test]
    fn is_mistaken() {
        assert_eq!(1 + 1, 3, \"never\");
    }
}
";
    Journey::new()
        .tells(async |learner| {
            lets_programs_run_for(learner, "90").await?;
            let (problem, exercise) = written(learner, LRU)?;
            learner.opens_problem(&problem).await?;
            downloads_the_compiler(learner).await?;
            let solution = &exercise.solutions.first().context("there is a solution")?.program.text;
            writes(learner, &format!("{solution}{OWN}")).await?;
            learner.clicks("run").await?;
            sees_in(learner, "report-summary", "Of your own tests, 1 of 2 pass.").await?;
            let of_problem = exercise.tests.names.iter().map(|name| (name.as_str(), true));
            let own = [("tests::adds_up", true), ("tests::is_mistaken", false)];
            sees_tests(learner, &of_problem.chain(own).collect::<Vec<_>>()).await?;
            sees_in(learner, "own-tests", "is mistaken").await?;
            learner.submits().await?;
            sees_in(learner, "summary", "Right").await
        })
        .await
}

/// The tests take seconds: from the first moment on something says that they run, and how far they are.
#[tokio::test]
async fn handing_in_says_at_once_that_the_tests_run() -> Result<()> {
    const WATCH: &str = "const part = document.querySelector('[data-testid=handing-in]');
        window.said = [];
        new MutationObserver(() => {
            const submit = document.querySelector('[data-testid=submit]');
            const announced = part.querySelector('[role=status]').textContent;
            if (announced) window.said.push([announced, part.textContent, submit?.ariaDisabled ?? '']);
        }).observe(part, { childList: true, characterData: true, subtree: true });
        return null;";
    Journey::new()
        .tells(async |learner| {
            lets_programs_run_for(learner, "90").await?;
            let (problem, exercise) = written(learner, LRU)?;
            learner.opens_problem(&problem).await?;
            downloads_the_compiler(learner).await?;
            writes(learner, &exercise.solutions.first().context("there is a solution")?.program.text).await?;
            learner.runs::<()>(WATCH, &[]).await?;
            learner.submits().await?;
            sees_in(learner, "summary", "Right").await?;
            let said: Vec<(String, String, String)> = learner.runs("return window.said;", &[]).await?;
            let runs = exercise.names().count() * exercise.schedules as usize;
            let announced = format!("Running {runs} test runs…");
            ensure!(!said.is_empty(), "nothing was said");
            let is_once = said.iter().all(|(words, _, disabled)| *words == announced && disabled == "true");
            ensure!(is_once, "more is announced than that it runs: {said:?}");
            ensure!(said.iter().any(|(_, seen, _)| seen.contains(" done")), "no progress is shown: {said:?}");
            Ok(())
        })
        .await
}

/// A panic in one test leaves the others to be run, and a deadlock is named.
#[tokio::test]
async fn tests_behind_a_failed_one_are_run_and_a_deadlock_is_named() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            lets_programs_run_for(learner, "90").await?;
            let (problem, exercise) = written(learner, DEADLOCK)?;
            learner.opens_problem(&problem).await?;
            downloads_the_compiler(learner).await?;
            let hangs = |turn: &&WrongTurn| failures(turn).iter().any(|failure| failure.how == FailureKind::Deadlock);
            let turn = exercise.wrong_turns.iter().find(hangs).context("no wrong turn hangs")?;
            writes(learner, &turn.program.text).await?;
            learner.submits().await?;
            sees_in(learner, "trial", "deadlock").await?;

            let of_several = learner.problems.all().iter().find_map(|problem| {
                let Question::Write(exercise) = &problem.question else { return None };
                let names: Vec<&str> = exercise.names().collect();
                let in_the_middle = |turn: &&WrongTurn| {
                    let [failure] = failures(turn) else { return false };
                    let place = names.iter().position(|name| *name == failure.test);
                    exercise.schedules == 1
                        && failure.how == FailureKind::Panic
                        && place.is_some_and(|place| place + 1 < names.len())
                };
                exercise
                    .wrong_turns
                    .iter()
                    .find(in_the_middle)
                    .map(|turn| (problem.clone(), exercise.clone(), turn.clone()))
            });
            let (problem, exercise, turn) = of_several.context("no wrong turn panics before the last test")?;
            learner.opens_problem(&problem).await?;
            patiently("the button that runs", async || Ok(learner.has("run").await?.then_some(()))).await?;
            writes(learner, &turn.program.text).await?;
            learner.submits().await?;
            let fails = |name: &str| failures(&turn).iter().any(|failure| failure.test == name);
            let expected: Vec<(&str, bool)> = exercise.names().map(|name| (name, !fails(name))).collect();
            sees_tests(learner, &expected).await
        })
        .await
}

/// An endless loop is stopped by hand and by the clock, and the next program runs; what it printed is there.
#[tokio::test]
async fn an_endless_loop_is_stopped() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            lets_programs_run_for(learner, "3").await?;
            learner.opens("scratchpad/").await?;
            downloads_the_compiler(learner).await?;
            // What had the focus meanwhile is gone, and no key has taken it away.
            learner.sees_focus_on("#run").await?;
            writes(learner, "fn main() {\n    println!(\"begun\");\n    loop {}\n}\n").await?;
            // Whoever presses twice does not stop it, and the focus stays.
            learner.clicks("run").await?;
            learner.clicks("run").await?;
            learner.sees_focus_on("#run").await?;
            learner.clicks("stop").await?;
            patiently("nothing to stop", async || Ok((!learner.has("stop").await?).then_some(()))).await?;
            ensure!(learner.reads("compiler-status").await?.starts_with("Stopped."), "nothing says that it was stopped");
            // What was printed until then is not lost. Nothing tells when that is, and it is a while after a start: it is tried later
            // and later, by less than the program may run.
            let mut wait = Duration::from_secs(2);
            patiently("what it printed before it was stopped", async || {
                learner.clicks("run").await?;
                tokio::time::sleep(wait).await;
                wait += Duration::from_secs(1);
                if learner.has("stop").await? {
                    learner.clicks("stop").await?;
                }
                let report = if learner.has("receipt").await? { learner.reads("receipt").await? } else { String::new() };
                Ok((report.contains("You stopped it.") && report.contains("begun")).then_some(()))
            })
            .await?;
            learner.clicks("run").await?;
            sees_in(learner, "receipt", "Stopped after 3 s.").await?;
            writes(learner, "fn main() {\n    println!(\"{}\", 6 * 7);\n}\n").await?;
            learner.presses_with_control(Key::Enter).await?;
            sees_in(learner, "receipt", "42").await?;
            writes(learner, "fn main() {\n    let x = 7;\n    let p = &x as *const i32;\n    println!(\"{}\", unsafe { *p.add(1) });\n}\n")
                .await?;
            learner.clicks("check").await?;
            sees_in(learner, "receipt", "undefined behaviour at line 4").await
        })
        .await
}

/// The compiler starts alone where the workers beside it do not: offline, WebKit has no worker of a worker.
#[tokio::test]
async fn the_compiler_starts_without_those_that_help_it() -> Result<()> {
    Journey::new()
        .without_files("/unpack.js")
        .tells(async |learner| {
            // Neither for the compiler nor to be stored for offline use.
            learner.expects_error("/unpack.js");
            learner.opens("scratchpad/").await?;
            downloads_the_compiler(learner).await?;
            writes(learner, "fn main() {\n    println!(\"{}\", 6 * 7);\n}\n").await?;
            learner.clicks("run").await?;
            sees_in(learner, "receipt", "42").await
        })
        .await
}

/// A download that breaks off goes on where it ended, a file that is broken is found, and the compiler can be removed.
#[tokio::test]
async fn a_download_goes_on_where_it_broke_off_and_the_compiler_is_removed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let files: Vec<String> = std::fs::read_dir(learner.site.folder().join("compiler"))?
                .filter_map(|file| file.ok()?.file_name().into_string().ok())
                .filter(|name| name.ends_with(".packed"))
                .collect();
            let missing = files.iter().max().context("the release has a compiler")?.clone();
            learner.site.comes_back_with(Faults { missing: vec![missing.clone()], ..Faults::default() }).await?;
            learner.opens("settings/").await?;
            learner.expects_error(&missing);
            learner.clicks("compiler-download").await?;
            sees_in(learner, "compiler-trouble", "The site answered with status 404.").await?;
            sees_in(learner, "compiler-offer", "The download goes on from there.").await?;
            learner.site.comes_back_with(Faults::default()).await?;
            let broken = learner.site.folder().join("compiler").join(&missing);
            let whole = std::fs::read(&broken)?;
            let mut spoilt = whole.clone();
            spoilt[10] ^= 1;
            std::fs::remove_file(&broken)?;
            std::fs::write(&broken, &spoilt)?;
            learner.clicks("compiler-download").await?;
            sees_in(learner, "compiler-trouble", "is broken on the site").await?;
            std::fs::write(&broken, &whole)?;
            learner.clicks("compiler-download").await?;
            sees_in(learner, "compiler-here", "It is here: rustc 1.78").await?;
            let caches = learner.caches().await?;
            ensure!(caches.iter().any(|cache| cache.starts_with("borrowed-time-compiler-")), "{caches:?}");

            // It outlives a newer release of the app.
            learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.clicks("update-now").await?;
            sees_in(learner, "compiler-here", "It is here").await?;

            learner.clicks("compiler-remove").await?;
            learner.sees_part("compiler-download").await?;
            let caches = learner.caches().await?;
            ensure!(!caches.iter().any(|cache| cache.starts_with("borrowed-time-compiler-")), "{caches:?}");
            Ok(())
        })
        .await
}

/// The program of any question is changed, with or without a way back; a device that has no compiler says how to get one.
#[tokio::test]
async fn the_program_of_a_question_is_changed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Predict, quiz::grading::Mark::Right)?;
            ensure!(problem.crates.is_empty(), "{} needs crates", problem.slug);
            learner.answers(&problem, &answer).await?;
            learner.looks_at("compiler").await?;
            learner.clicks("change-it").await?;
            learner.sees_part("page-scratchpad").await?;
            let program = problem.main_program().context("it has a program")?.compiled_source().to_owned();
            until("the program", async || Ok((learner.program().await?.trim() == program.trim()).then_some(())))
                .await?;
            learner.sees_part("compiler-offer").await?;
            let changed = format!("// changed\n{program}\n");
            writes(learner, &changed).await?;
            learner.reloads().await?;
            until("the changed program", async || Ok((learner.program().await? == changed).then_some(()))).await?;
            learner.clicks("scratch-reset").await?;
            until("the program", async || Ok((learner.program().await?.trim() == program.trim()).then_some(())))
                .await?;
            learner.opens("scratchpad/?problem=no-such-problem").await?;
            learner.sees("This problem has no program that can be changed here.").await
        })
        .await
}

/// Who cannot or does not want to run it here still says how it went.
#[tokio::test]
async fn with_a_compiler_it_can_still_be_run_elsewhere() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, exercise) = written(learner, LRU)?;
            learner.opens_problem(&problem).await?;
            downloads_the_compiler(learner).await?;
            let code = exercise.solutions.first().context("there is a solution")?.program.text.clone();
            writes(learner, &code).await?;
            learner.clicks_on("[data-testid=elsewhere] > summary").await?;
            learner.clicks("said-all").await?;
            learner.submits().await?;
            let result = CodeResult::SelfAssessed(SelfAssessment::AllPassed);
            learner.sees_judgement(&problem, &Answer::Write { code, result, runs: 0 }).await?;
            let name = exercise.hidden_tests.names.first().context("some tests are hidden")?;
            learner.looks_at("hidden-tests").await?;
            learner.sees(&in_words(name)).await
        })
        .await
}

/// Begins a phone screen, and turns to its program.
async fn is_asked_for_a_program(learner: &Learner) -> Result<Exercise> {
    let blueprint = learner.problems.blueprint("phone-screen-45")?;
    let drawn = Invitation::new(blueprint, Level::Mid, 7, &learner.problems.catalog)?;
    learner.opens(&format!("interviews/?{}", drawn.to_query())).await?;
    learner.clicks("begin-interview").await?;
    learner.clicks("begin-round").await?;
    let kind = |slug: &Slug| learner.problems.problem(slug).map(|problem| problem.question.kind());
    let place = drawn.problems[0].iter().position(|slug| kind(slug).is_ok_and(|kind| kind == Kind::Write));
    let place = place.context("it asks for a program")?;
    learner.sees_part("step").await?;
    learner.parts("step").await?[place].click().await?;
    let (_, exercise) = written(learner, &drawn.problems[0][place].0)?;
    learner.sees_part("iterate").await?;
    Ok(exercise)
}

/// A phone screen with a program, without a network: what is written when the round ends is tested by the compiler on the device.
#[tokio::test]
async fn the_program_of_an_interview_is_tested_offline_when_the_round_is_over() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            lets_programs_run_for(learner, "60").await?;
            learner.installs_the_app().await?;
            learner.opens("scratchpad/").await?;
            downloads_the_compiler(learner).await?;
            learner.goes_offline().await?;
            let exercise = is_asked_for_a_program(learner).await?;
            writes(learner, &exercise.solutions[0].program.text).await?;
            learner.lets_an_interview_go_on_for(3600).await?;
            let all = exercise.names().count();
            sees_in(learner, "interview-report", &format!("Tests that pass: {all} of {all}.")).await?;
            let attempts = learner.attempts().await?;
            let [attempt] = &attempts[..] else { anyhow::bail!("{attempts:#?}") };
            ensure!(attempt.mark == Mark::Right && !attempt.answer.is_self_assessed(), "{attempt:#?}");
            Ok(())
        })
        .await
}

/// An error that may only be the compiler's age is no try before the learner has seen it; and a run here takes back what was said of one
/// elsewhere.
#[tokio::test]
async fn what_may_be_too_new_for_the_compiler_is_no_try_at_first() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            lets_programs_run_for(learner, "90").await?;
            let (problem, exercise) = written(learner, LRU)?;
            learner.opens_problem(&problem).await?;
            downloads_the_compiler(learner).await?;
            writes(learner, &with_something_new(&exercise)).await?;
            for _ in 0..2 {
                learner.submits().await?;
                sees_in(learner, "may-be-of-age", "not handed in yet").await?;
                ensure!(learner.attempts().await?.is_empty(), "it counts as a try");
                if !learner.has("said-all").await? {
                    learner.clicks_on("[data-testid=elsewhere] summary").await?;
                }
                learner.clicks("said-all").await?;
                ensure!(learner.is_chosen("said-all").await?, "it cannot be said");
                learner.clicks("run").await?;
                sees_in(learner, "report-summary", "It does not compile.").await?;
                ensure!(!learner.is_chosen("said-all").await?, "what was said outlives the run");
            }
            learner.submits().await?;
            sees_in(learner, "may-be-of-age", "not handed in yet").await?;
            learner.submits().await?;
            sees_in(learner, "trial-summary", "Try 1. ").await?;
            ensure!(learner.attempts().await?.len() == 1, "it is not handed in");
            ensure!(!learner.has("may-be-of-age").await?, "it is said not to be handed in");
            Ok(())
        })
        .await
}

/// What ends by itself waits for nobody to hand it in once more.
#[tokio::test]
async fn a_round_ends_with_a_program_that_may_be_too_new() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            lets_programs_run_for(learner, "60").await?;
            learner.opens("scratchpad/").await?;
            downloads_the_compiler(learner).await?;
            let exercise = is_asked_for_a_program(learner).await?;
            writes(learner, &with_something_new(&exercise)).await?;
            learner.lets_an_interview_go_on_for(3600).await?;
            sees_in(learner, "interview-report", "points").await?;
            let attempts = learner.attempts().await?;
            ensure!(attempts.len() == 1 && attempts[0].mark == Mark::Wrong, "{attempts:#?}");
            Ok(())
        })
        .await
}

/// A solution, and behind it what the compiler on the device does not know.
fn with_something_new(exercise: &Exercise) -> String {
    let solution = &exercise.solutions[0].program.text;
    format!("{solution}\npub fn is_even(n: usize) -> bool {{\n    n.is_multiple_of(2)\n}}\n")
}
