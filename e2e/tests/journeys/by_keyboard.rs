//! Everything without a mouse. After each press the focus must be somewhere, in sight and shown: `e2e::focus` looks.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::answer::Answer;
use quiz::attempt::Confidence;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind, Problem};
use quiz::search::{Index, Texts};
use serde_json::json;
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

/// Answers what is asked, rightly, and sees that it is.
async fn answers_what_is_asked(learner: &Learner) -> Result<Problem> {
    let slug = learner.meets_question().await?;
    let problem = learner.problems.problem(&slug)?.clone();
    let answer = answer_marked(&problem, Mark::Right).context("every problem has a right answer")?;
    learner.answers_by_keys(&problem, &answer).await?;
    learner.sees_judgement(&problem, &answer).await?;
    Ok(problem)
}

/// Enter leads on once the feedback was on the screen for a moment.
async fn goes_on(learner: &Learner) -> Result<()> {
    sleep(Duration::from_secs(1)).await;
    learner.presses(Key::Enter).await
}

async fn opens_one_of(learner: &Learner, kind: Kind) -> Result<(Problem, Answer)> {
    let (problem, answer) = learner.problems.to_be_marked(kind, Mark::Right)?;
    learner.opens_problem(&problem).await?;
    Ok((problem, answer))
}

/// What the focus is on, as tests find it.
async fn focused(learner: &Learner) -> Result<String> {
    learner.runs("return document.activeElement.dataset.testid ?? document.activeElement.localName;", &[]).await
}

async fn has_focus(learner: &Learner, name: &str) -> Result<()> {
    until(&format!("the focus on {name}"), async || Ok((focused(learner).await? == name).then_some(()))).await
}

#[tokio::test]
async fn a_session_of_three_kinds_to_its_end_and_back_to_an_answer() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("practice/").await?;
            learner.presses_on("start", Key::Enter).await?;
            let mut kinds = BTreeSet::new();
            loop {
                kinds.insert(answers_what_is_asked(learner).await?.question.kind().name());
                goes_on(learner).await?;
                if kinds.len() == 3 {
                    break;
                }
            }
            learner.meets_question().await?;
            learner.presses_on("last-answer", Key::Enter).await?;
            learner.sees_part("looked-at").await?;
            learner.presses_on("next", Key::Enter).await?;
            learner.meets_question().await?;
            learner.presses_on("end-session", Key::Enter).await?;
            learner.sees_part("session-finished").await?;
            has_focus(learner, "score").await?;
            learner.presses_on("look-again", Key::Enter).await?;
            learner.sees_part("looked-at").await?;
            learner.presses_on("next", Key::Enter).await?;
            has_focus(learner, "look-again").await?;
            learner.presses_on("again", Key::Enter).await?;
            learner.meets_question().await.map(|_| ())
        })
        .await
}

#[tokio::test]
async fn every_hint_until_there_is_none_and_one_taken_back() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = opens_one_of(learner, Kind::Choice).await?;
            learner.presses_on("hint-button", Key::Enter).await?;
            learner.presses_on("take-back-hint", Key::Enter).await?;
            has_focus(learner, "hint-button").await?;
            for _ in &problem.hints {
                learner.presses(Key::Enter).await?;
            }
            learner.no_longer_sees_part("hint-button").await?;
            ensure!(learner.parts("hint").await?.len() == problem.hints.len(), "not all hints are open");
            ensure!(focused(learner).await? != "body", "the focus went with the last hint's button");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_dock_of_a_phone_folds_and_opens() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            opens_one_of(learner, Kind::Fill).await?;
            learner.presses_on("fold", Key::Enter).await?;
            learner.no_longer_sees_part("slot-choice").await?;
            learner.presses(Key::Space).await?;
            learner.sees_part("slot-choice").await
        })
        .await
}

#[tokio::test]
async fn what_is_filled_in_is_changed_by_another_key() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = predict(learner, |happens| matches!(happens, ExpectedOutcome::Error { .. }))?;
            learner.opens_problem(&problem).await?;
            // From a rule, from a line and from the field to another outcome, which has none of them.
            learner.presses("e").await?;
            learner.presses_on("rule", Key::Space).await?;
            learner.presses("x").await?;
            learner.tabs_to("line").await?;
            learner.presses("p").await?;
            has_focus(learner, "stdout").await?;
            learner.presses("nothing").await?;
            learner.presses_on("outcome-prints", Key::Down).await?;
            learner.answers_by_keys(&problem, &answer).await?;
            learner.sees_judgement(&problem, &answer).await?;

            // From a choice for one slot to another slot.
            let (problem, answer) = opens_one_of(learner, Kind::Fill).await?;
            learner.presses_on("slot-choice", Key::Space).await?;
            for slot in problem.question.slots().iter().rev() {
                learner.presses(slot.name.clone()).await?;
            }
            learner.answers_by_keys(&problem, &answer).await?;
            learner.sees_judgement(&problem, &answer).await?;

            // The number of the line that has the focus takes it out of the pool.
            opens_one_of(learner, Kind::Order).await?;
            learner.tabs_to("pool-line").await?;
            learner.presses("1").await?;
            learner.presses(Key::Backspace).await
        })
        .await
}

/// Who goes to “I don't know” and then answers by a key after all has not said that it is a guess.
#[tokio::test]
async fn enter_means_the_same_wherever_the_focus_was() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            opens_one_of(learner, Kind::Choice).await?;
            learner.tabs_to("unknown").await?;
            learner.presses("1").await?;
            learner.sees_part("submit-certain").await?;
            learner.sees_focus_on("#asking").await?;
            learner.presses(Key::Enter).await?;
            learner.sees_part("summary").await?;
            let attempts = learner.attempts().await?;
            ensure!(attempts[0].confidence == Some(Confidence::FairlySure), "{:?}", attempts[0].confidence);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_wrong_try_and_giving_up() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            for kind in [Kind::Fill, Kind::Order] {
                let (problem, wrong) = learner.problems.to_be_marked(kind, Mark::Wrong)?;
                learner.opens_problem(&problem).await?;
                learner.answers_by_keys(&problem, &wrong).await?;
                learner.sees_try(&problem, &wrong, 1).await?;
                has_focus(learner, "trial-summary").await?;
                learner.presses_on("give-up", Key::Enter).await?;
                learner.sees_part("accepted").await?;
                has_focus(learner, "summary").await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_part_of_the_feedback_and_a_guess_at_an_edit() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let with_edits = |problem: &&Problem| problem.what_ifs.len() > 1 && problem.main_program().is_some();
            let problem = learner.problems.all().iter().find(with_edits).context("no problem has edits")?.clone();
            let answer = answer_marked(&problem, Mark::Right).context("every problem has a right answer")?;
            learner.opens_problem(&problem).await?;
            learner.answers_by_keys(&problem, &answer).await?;
            learner.sees_part("summary").await?;
            learner.tabs_to("part-compiler").await?;
            for (key, part) in [
                (Key::Right, "part-reasons"),
                (Key::Right, "part-interview"),
                (Key::Right, "part-what-ifs"),
                (Key::Right, "part-compiler"),
                (Key::Left, "part-what-ifs"),
            ] {
                learner.presses(key).await?;
                has_focus(learner, part).await?;
            }
            learner.presses_on("what-if", Key::Enter).await?;
            learner.presses_on("guess-compiles", Key::Down).await?;
            has_focus(learner, "guess-fails").await?;
            learner.sees_part("what-if-judgement").await
        })
        .await
}

#[tokio::test]
async fn bookmark_note_suspension_similar_problems_and_a_report() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            opens_one_of(learner, Kind::Choice).await?;
            learner.presses_on("bookmark", Key::Space).await?;
            learner.presses_on("tool-note", Key::Enter).await?;
            has_focus(learner, "note-text").await?;
            learner.presses("moved in line 3").await?;
            learner.presses_with_control(Key::Enter).await?;
            has_focus(learner, "tool-note").await?;
            ensure!(learner.reads("note").await? == "moved in line 3", "the note is another one");
            learner.presses(Key::Enter).await?;
            has_focus(learner, "note-text").await?;
            learner.presses_on("note-save", Key::Enter).await?;
            has_focus(learner, "tool-note").await?;

            learner.presses_on("tool-more", Key::Enter).await?;
            learner.presses_on("suspend", Key::Enter).await?;
            has_focus(learner, "resume").await?;
            learner.presses(Key::Enter).await?;
            has_focus(learner, "tool-more").await?;
            learner.presses(Key::Enter).await?;
            learner.presses_on("report", Key::Enter).await?;
            has_focus(learner, "report-text").await?;
            learner.presses_on("report-copy", Key::Enter).await?;

            learner.presses_on("tool-similar", Key::Enter).await?;
            if learner.has("similar").await? {
                learner.presses_on("similar", Key::Enter).await?;
                learner.meets_question().await?;
                has_focus(learner, "h1").await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_answer_is_taken_back_counted_again_answered_again_and_begun_anew() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = opens_one_of(learner, Kind::Spot).await?;
            learner.answers_by_keys(&problem, &answer).await?;
            learner.sees_part("summary").await?;
            learner.presses_on("undo", Key::Enter).await?;
            // Who takes it back stays where that is said.
            has_focus(learner, "recount").await?;
            learner.presses(Key::Enter).await?;
            has_focus(learner, "undo").await?;
            learner.presses(Key::Enter).await?;
            has_focus(learner, "recount").await?;
            learner.presses_on("answer-again", Key::Enter).await?;
            learner.meets_question().await?;
            learner.answers_by_keys(&problem, &answer).await?;
            learner.sees_part("summary").await?;
            learner.presses_on("tool-more", Key::Enter).await?;
            learner.presses_on("anew", Key::Enter).await?;
            has_focus(learner, "anew-keep").await?;
            learner.presses(Key::Enter).await?;
            has_focus(learner, "tool-more").await?;
            learner.presses(Key::Enter).await?;
            learner.presses_on("anew", Key::Enter).await?;
            learner.presses_on("anew-really", Key::Enter).await?;
            learner.meets_question().await?;
            learner.sees_part("submit").await
        })
        .await
}

#[tokio::test]
async fn the_list_of_problems() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.sees_part("start").await?;
            learner.presses("/").await?;
            has_focus(learner, "search").await?;
            learner.sees_part("fold-all").await?;
            learner.presses_on("filter-topic", Key::Enter).await?;
            learner.presses_on("choice", Key::Space).await?;
            has_focus(learner, "filter-topic").await?;
            learner.presses_on("filter-kind", Key::Enter).await?;
            learner.tabs_to("choice").await?;
            learner.presses(Key::Escape).await?;
            has_focus(learner, "filter-kind").await?;
            learner.presses_on("chosen", Key::Enter).await?;
            learner.presses_on("open-all", Key::Enter).await?;
            learner.sees_part("problem-row").await?;
            learner.presses("/").await?;
            has_focus(learner, "search").await?;
            learner.presses_on("fold-all", Key::Enter).await?;
            learner.no_longer_sees_part("problem-row").await?;
            learner.presses_on("topic", Key::Enter).await?;
            learner.presses_on("problem-row", Key::Enter).await?;
            learner.meets_question().await?;
            has_focus(learner, "h1").await
        })
        .await
}

/// While a page is loaded, nothing else takes the focus that its heading is to have.
#[tokio::test]
async fn the_heading_of_a_page_that_comes_late() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // No other driver can slow the network down.
    }
    Journey::new()
        .tells(async |learner| {
            learner.opens("problems/").await?;
            learner.sees_part("fold-all").await?;
            learner.tells_devtools("Network.enable", json!({})).await?;
            learner.tells_devtools("Network.setBypassServiceWorker", json!({ "bypass": true })).await?;
            let slow = json!({ "offline": false, "latency": 3000, "downloadThroughput": -1, "uploadThroughput": -1 });
            learner.tells_devtools("Network.emulateNetworkConditions", slow).await?;
            learner.tabs_to("problem-row").await?;
            learner.session().action_chain().send_keys(Key::Enter).perform().await?;
            learner.meets_question().await?;
            has_focus(learner, "h1").await?;
            learner.presses("/").await?;
            has_focus(learner, "search").await
        })
        .await
}

/// The button goes with its press: the focus is then on the first of the rows that it has brought.
/// Who comes back is on the link that they left by, not at the beginning of a long list.
#[tokio::test]
async fn back_leads_to_the_link_that_was_followed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("problems/?topic=ownership").await?;
            learner.sees_part("problem-row").await?;
            const FOCUS: &str = "const link = document.querySelectorAll('[data-testid=problem-row]')[14];
                link.focus();
                return link.dataset.slug;";
            let slug: String = learner.runs(FOCUS, &[]).await?;
            learner.presses(Key::Enter).await?;
            ensure!(learner.meets_question().await?.to_string() == slug, "the link leads elsewhere");
            learner.runs::<()>("history.back(); return null;", &[]).await?;
            learner.sees_focus_on(&format!("[data-testid=problem-row][data-slug='{slug}']")).await?;
            // A key that means nothing here: the focus is in sight.
            learner.presses("k").await
        })
        .await
}

/// What a key leads to may be far from what has the focus: then the answer has it.
#[tokio::test]
async fn on_a_phone_the_focus_is_where_the_keys_lead() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.expects_error("favicon.ico");
            // Enter names what is missing, far below the heading.
            let long = learner.problems.longest().cloned().context("there is no long problem")?;
            learner.opens_problem(&long).await?;
            learner.sees_focus_on("body").await?;
            learner.presses(Key::Enter).await?;
            learner.sees("first").await?;
            // What hands a complete answer in comes over a hint that has the focus.
            let (choice, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&choice).await?;
            learner.presses("h").await?;
            learner.sees_part("hint").await?;
            learner
                .runs::<()>("document.querySelector('[data-testid=hint-button]')?.focus(); return null;", &[])
                .await?;
            learner.fills_in_by_keys(&choice, &answer).await?;
            // Each line that is asked for comes into view, wherever the focus is.
            let (spot, answer) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens_problem(&spot).await?;
            learner.clicks("tool-more").await?;
            learner.fills_in_by_keys(&spot, &answer).await
        })
        .await
}

#[tokio::test]
async fn the_rest_of_a_long_list() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            const PLACE: &str =
                "return [...document.querySelectorAll('[data-testid=problem-row]')].indexOf(document.activeElement);";
            const DRAWN: usize = 50;
            let index = Index::of(&learner.problems.catalog);
            let texts = Texts::of(learner.problems.all());
            let is_common = |word: &&str| index.find(&texts, word, |_| true, |_| false).len() > DRAWN;
            let word = ["println", "main", "let", "the"].into_iter().find(is_common).context("no word is so common")?;
            learner.opens("problems/").await?;
            learner.tabs_to("search").await?;
            learner.presses(word).await?;
            learner.sees_part("show-all").await?;
            learner
                .runs::<()>("document.querySelectorAll('[data-testid=problem-row]')[48].focus(); return null;", &[])
                .await?;
            learner.presses_on("show-all", Key::Enter).await?;
            learner.no_longer_sees_part("show-all").await?;
            until("the focus on the first new row", async || {
                Ok((learner.runs::<i64>(PLACE, &[]).await? == DRAWN as i64).then_some(()))
            })
            .await?;
            learner.presses("/").await?;
            has_focus(learner, "search").await?;
            learner.presses("qqqq").await?;
            learner.presses_on("clear", Key::Enter).await?;
            has_focus(learner, "search").await
        })
        .await
}

#[tokio::test]
async fn the_placement() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.presses_on("find-level", Key::Enter).await?;
            learner.presses_on("skip-placement", Key::Enter).await?;
            learner.presses_on("find-level", Key::Enter).await?;
            learner.presses_on("start-placement", Key::Enter).await?;
            answers_what_is_asked(learner).await?;
            goes_on(learner).await?;
            learner.meets_question().await?;
            learner.presses_on("end-placement", Key::Enter).await?;
            learner.sees("Too early to say").await?;
            learner.presses_on("level-junior", Key::Space).await?;
            learner.presses(Key::Down).await?;
            has_focus(learner, "level-mid").await?;
            learner.presses_on("again", Key::Enter).await?;
            learner.sees_part("start-placement").await
        })
        .await
}

#[tokio::test]
async fn the_settings() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_a_past(60, 20).await?;
            learner.opens("settings/").await?;
            learner.tabs_to("theme-system").await?;
            for theme in ["theme-light", "theme-dark", "theme-system"] {
                learner.presses(Key::Right).await?;
                has_focus(learner, theme).await?;
            }
            learner.presses_on("retention", Key::Left).await?;
            learner.presses_on("level-junior", Key::Space).await?;
            learner.presses(Key::Right).await?;
            has_focus(learner, "level-mid").await?;
            for check in ["asks-confidence", "wraps-code", "shows-clock"] {
                learner.presses_on(check, Key::Space).await?;
            }
            learner.presses_on("new-a-day", Key::Up).await?;
            learner.presses_on("export", Key::Enter).await?;
            learner.tabs_to("import").await?;
            learner.presses_on("anew-topic", "o").await?;
            learner.presses_on("topic-anew", Key::Enter).await?;
            learner.sees_part("topic-told").await?;
            has_focus(learner, "topic-keep").await?;
            learner.presses(Key::Enter).await?;
            has_focus(learner, "topic-anew").await?;
            learner.presses(Key::Enter).await?;
            learner.presses_on("topic-really", Key::Enter).await?;
            learner.sees("starts over.").await?;
            has_focus(learner, "data-said").await?;
            learner.presses_on("erase", Key::Enter).await?;
            has_focus(learner, "erase-keep").await?;
            learner.presses(Key::Enter).await?;
            has_focus(learner, "erase").await?;
            if learner.has("ask-to-keep").await? {
                learner.presses_on("ask-to-keep", Key::Enter).await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn progress_and_a_practice_from_there() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_a_past(60, 20).await?;
            learner.opens("progress/").await?;
            learner.sees_part("topic").await?;
            // The first topic unfolds, its concepts are reached, and so is the table.
            learner.tabs_to("practise").await?;
            let chain = learner.session().action_chain();
            chain.key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift).perform().await?;
            ensure!(focused(learner).await? == "summary", "before its practice a topic unfolds");
            learner.presses(Key::Enter).await?;
            learner.sees_part("concept-mastery").await?;
            learner.presses_on("practise", Key::Enter).await?;
            learner.meets_question().await?;
            has_focus(learner, "h1").await
        })
        .await
}

#[tokio::test]
async fn what_notices_offer() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_a_past(60, 20).await?;
            learner.finds_stored("borrowed-time/attempts/torn", "{").await?;
            learner.installs_the_app().await?;
            learner.sees_part("backup-notice").await?;
            learner.presses_on("backup-later", Key::Enter).await?;
            learner.no_longer_sees_part("backup-notice").await?;
            ensure!(focused(learner).await? != "body", "the focus went with the notice");
            learner.tabs_to("export-unread").await?;
            learner.presses(Key::Tab).await?;
            learner.presses(Key::Enter).await?;
            learner.no_longer_sees_part("notice").await?;
            ensure!(focused(learner).await? != "body", "the focus went with the notice");

            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.sees_part("update-offer").await?;
            learner.presses_on("update-now", Key::Enter).await?;
            until("the newer release", async || Ok((learner.release().await? == newer).then_some(()))).await
        })
        .await
}

#[tokio::test]
async fn a_full_storage_that_has_room_again() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = opens_one_of(learner, Kind::Choice).await?;
            learner.fills_the_storage().await?;
            learner.answers_by_keys(&problem, &answer).await?;
            learner.sees_part("notice").await?;
            learner.frees_the_storage().await?;
            learner.tabs_to("export").await?;
            learner.presses(Key::Tab).await?;
            learner.presses(Key::Enter).await?;
            learner.no_longer_sees_part("notice").await?;
            ensure!(focused(learner).await? != "body", "the focus went with the notice");
            Ok(())
        })
        .await
}

/// The first stop of a page leads past its header.
#[tokio::test]
async fn the_header_is_skipped() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("progress/").await?;
            learner.sees_part("page-progress").await?;
            learner.sees_heading().await?;
            learner.presses(Key::Tab).await?;
            learner.presses(Key::Enter).await?;
            has_focus(learner, "h1").await
        })
        .await
}
