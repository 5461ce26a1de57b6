//! What holds for every reader, whatever they see, hear and press: keys, focus, code as text, sizes of their own.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind, Problem, Question};
use serde_json::json;
use thirtyfour::Key;
use tokio::time::sleep;

#[tokio::test]
async fn a_key_that_submits_cannot_skip_the_feedback() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            let slug = learner.meets_question().await?;
            let problem = learner.problems.problem(&slug)?.clone();
            let answer = e2e::problems::answer_marked(&problem, Mark::Right).context("there is a right answer")?;
            learner.fills_in_by_keys(&problem, &answer).await?;
            // All in one go: nobody looks at anything between.
            let keys =
                learner.session().action_chain().key_down(Key::Control).send_keys(Key::Enter).key_up(Key::Control);
            keys.send_keys(Key::Enter + Key::Enter).perform().await?;
            learner.sees_part("summary").await?;
            sleep(Duration::from_millis(500)).await;
            ensure!(learner.has("summary").await?, "the feedback was skipped");
            sleep(Duration::from_millis(600)).await;
            learner.presses(Key::Enter).await?;
            ensure!(learner.meets_question().await? != slug, "Enter does not lead on");
            Ok(())
        })
        .await
}

/// In a group of radio buttons Tab stops once, arrows choose, and Enter chooses what has the focus before it submits anything.
async fn works_by_arrows(learner: &Learner, part: &str) -> Result<()> {
    const STOPS: &str = "return [...document.querySelectorAll(`[data-testid^=${arguments[0]}][role=radio]`)]
        .filter((radio) => radio.tabIndex === 0 && radio.checkVisibility({ checkVisibilityCSS: true })).length;";
    const FOCUSED: &str = "return [...document.querySelectorAll(`[data-testid^=${arguments[0]}][role=radio]`)]
        .indexOf(document.activeElement);";
    const CHECKED: &str = "return [...document.querySelectorAll(`[data-testid^=${arguments[0]}][role=radio]`)]
        .findIndex((radio) => radio.ariaChecked === 'true');";
    const FOCUS: &str =
        "document.querySelector(`[data-testid^=${arguments[0]}][role=radio][tabindex='0']`).focus(); return null;";
    let name = [part.into()];
    let number = async |script: &str| learner.runs::<i32>(script, &name).await;
    let one_stop = async || Ok((number(STOPS).await? == 1).then_some(()));
    until(&format!("one tab stop among {part}, once it is drawn"), one_stop).await?;
    learner.runs::<()>(FOCUS, &name).await?;
    let first = number(FOCUSED).await?;
    learner.presses(Key::Down).await?;
    until("the next one to be chosen", async || {
        let (focused, checked) = (number(FOCUSED).await?, number(CHECKED).await?);
        Ok((focused != first && focused == checked).then_some(()))
    })
    .await?;
    until(&format!("one tab stop among {part}, which is the chosen one"), one_stop).await?;
    learner.presses(Key::Up).await?;
    until("the first one to be chosen", async || Ok((number(CHECKED).await? == first).then_some(()))).await
}

#[tokio::test]
async fn arrow_keys_choose_in_every_group_of_radio_buttons() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let of_one = |problem: &&Problem| matches!(problem.question, Question::Choice { several: false, .. });
            let choice = learner.problems.all().iter().find(of_one).context("no choice of one")?.clone();
            learner.opens_problem(&choice).await?;
            works_by_arrows(learner, "option").await?;
            let error = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Error { .. }))?.clone();
            learner.opens_problem(&error).await?;
            works_by_arrows(learner, "outcome-").await?;
            learner.clicks("outcome-error").await?;
            learner.clicks_on("[data-line='1']").await?;
            works_by_arrows(learner, "rule").await?;
            let (fill, _) = learner.problems.to_be_marked(Kind::Fill, Mark::Right)?;
            learner.opens_problem(&fill).await?;
            works_by_arrows(learner, "slot-choice").await?;
            learner.opens("settings/").await?;
            works_by_arrows(learner, "theme-").await
        })
        .await
}

#[tokio::test]
async fn a_focused_control_takes_its_own_enter() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            const LINE: &str = "document.querySelector('[data-line=\"2\"]').focus(); return null;";
            learner.runs::<()>(LINE, &[]).await?;
            learner.presses(Key::Enter).await?;
            learner.sees("line 2").await?;
            ensure!(!learner.has("summary").await?, "Enter on a line submitted");

            // A line that was clicked has the focus and is picked: Enter submits.
            let error = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Error { .. }))?.clone();
            learner.opens_problem(&error).await?;
            learner.clicks("outcome-error").await?;
            learner.clicks_on("[data-line='1']").await?;
            learner.presses("1").await?;
            learner.presses(Key::Enter).await?;
            learner.sees_part("summary").await?;

            let (problem, _) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.presses("1").await?;
            const SECOND: &str = "document.querySelectorAll('[data-testid=option]')[1].focus(); return null;";
            learner.runs::<()>(SECOND, &[]).await?;
            learner.presses(Key::Enter).await?;
            const CHECKED: &str = "return document.querySelectorAll('[data-testid=option]')[1].ariaChecked;";
            until("the second option", async || {
                Ok((learner.runs::<String>(CHECKED, &[]).await? == "true").then_some(()))
            })
            .await?;
            ensure!(!learner.has("summary").await?, "Enter on an option submitted another one");
            learner.presses(Key::Enter).await?;
            learner.sees_part("summary").await
        })
        .await
}

#[tokio::test]
async fn the_focus_is_on_the_heading_after_each_change_of_page() -> Result<()> {
    const HEADING: &str = "return document.activeElement.matches('main h1') ? document.activeElement.textContent : '';";
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.sees_part("start").await?;
            for page in ["problems/", "practice/", "settings/"] {
                learner.clicks_on(&format!("nav a[href='{page}']")).await?;
                until(&format!("the focus on the heading of {page}"), async || {
                    let heading: String = learner.runs(HEADING, &[]).await?;
                    Ok(heading.to_lowercase().starts_with(&page[..page.len() - 1]).then_some(()))
                })
                .await?;
            }
            learner.clicks_on("nav a[href='problems/']").await?;
            let entry = learner.problems.catalog.problems[3].clone();
            learner.clicks_on(&format!("[data-testid='problem-row'][data-slug='{}']", entry.slug)).await?;
            until("the focus on the title", async || {
                Ok((learner.runs::<String>(HEADING, &[]).await? == entry.title).then_some(()))
            })
            .await
        })
        .await
}

/// The program that is the widest of those that are asked for a line.
fn widest(learner: &Learner) -> Result<Problem> {
    let width = |problem: &&Problem| {
        let lines = problem.main_program().map_or("", |program| &program.source).lines();
        lines.map(str::len).max()
    };
    let asked = learner.problems.all().iter().filter(|problem| problem.question.kind() == Kind::Spot);
    asked.max_by_key(width).cloned().context("no problem asks for lines")
}

#[tokio::test]
async fn code_wraps_on_a_phone_below_its_own_indentation() -> Result<()> {
    const WIDTHS: &str =
        "const code = document.querySelector('pre.code'); return [code.scrollWidth, code.clientWidth];";
    const WRAPPED: &str = "const lines = [...document.querySelectorAll('pre.code .l')];
        const least = Math.min(...lines.map((line) => line.clientHeight));
        const line = lines.find((line) => line.clientHeight > least * 1.5);
        const range = document.createRange();
        range.selectNodeContents(line);
        const [number, ...pieces] = [...range.getClientRects()];
        const rows = pieces.filter((piece) => piece.top > number.bottom);
        return rows.length > 0 && rows.every((row) => row.left > number.right);";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens_problem(&widest(learner)?).await?;
            let (content, box_): (u32, u32) = learner.runs(WIDTHS, &[]).await?;
            ensure!(content <= box_, "the program is {content} px wide in a box of {box_}");
            ensure!(learner.runs::<bool>(WRAPPED, &[]).await?, "what wraps hangs under the line's number");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn code_can_be_selected_and_copied_without_line_numbers() -> Result<()> {
    const SELECT: &str = "getSelection().selectAllChildren(document.querySelector('pre.code code'));
        document.querySelector('[data-line=\"2\"]').click();
        return getSelection().toString();";
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            let copied: String = learner.runs(SELECT, &[]).await?;
            let program = problem.main_program().context("it shows a program")?;
            let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim().to_owned();
            ensure!(trimmed(&copied) == trimmed(&program.source), "{copied:?} was copied");
            ensure!(!learner.text().await?.contains("line 2"), "selecting picked a line");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn how_sure_is_asked_of_an_answer_and_not_before_there_is_one() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let error = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Error { .. }))?.clone();
            learner.opens_problem(&error).await?;
            learner.sees_part("submit").await?;
            for part in ["[data-testid=outcome-error]", "[data-line='1']", "[data-testid=rule]"] {
                ensure!(!learner.has("submit-certain").await?, "there is no answer to be sure of");
                learner.clicks_on(part).await?;
            }
            learner.sees_part("submit-certain").await
        })
        .await
}

#[tokio::test]
async fn what_is_listed_as_next_is_what_a_session_asks() -> Result<()> {
    const ROWS: &str =
        "return [...document.querySelectorAll('[data-testid=problem-row]')].map((row) => row.dataset.slug);";
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.sees_part("problem-row").await?;
            let listed: Vec<String> = learner.runs(ROWS, &[]).await?;
            learner.clicks("start").await?;
            for slug in &listed[..3] {
                let met = learner.meets_question().await?;
                ensure!(met.to_string() == *slug, "{met} is asked, {slug} was listed");
                let problem = learner.problems.problem(&met)?.clone();
                let answer = e2e::problems::answer_marked(&problem, Mark::Right).context("there is a right answer")?;
                learner.fills_in(&answer).await?;
                learner.submits().await?;
                learner.clicks("next").await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_first_screen_says_what_this_is() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.sees("Practise for your Rust interview").await?;
            learner.sees("proven by the real compiler").await
        })
        .await
}

#[tokio::test]
async fn all_text_follows_the_readers_own_size() -> Result<()> {
    const SIZES: &str = "document.documentElement.style.fontSize = arguments[0];
        return [...document.querySelectorAll('main *, header *')]
            .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
            .map((part) => parseFloat(getComputedStyle(part).fontSize));";
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            learner.answers(&problem, &answer).await?;
            let usual: Vec<f64> = learner.runs(SIZES, &["100%".into()]).await?;
            let large: Vec<f64> = learner.runs(SIZES, &["200%".into()]).await?;
            ensure!(usual.len() > 30 && usual.len() == large.len());
            let same = usual.iter().zip(&large).filter(|(usual, large)| (**large / **usual - 2.0).abs() > 0.05);
            ensure!(same.clone().count() == 0, "{} texts do not grow", same.count());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn single_keys_the_clock_and_wrapping_can_be_switched_off() -> Result<()> {
    const LOOK: &str = "const timer = document.querySelector('[role=timer]');
        const line = document.querySelector('.l');
        return [getComputedStyle(timer).display, getComputedStyle(line).whiteSpace];";
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            let [clock, lines]: [String; 2] = learner.runs(LOOK, &[]).await?;
            ensure!(clock != "none" && lines == "pre-wrap", "{clock}, {lines}");
            learner.opens("settings/").await?;
            for part in ["single-keys", "wraps-code", "shows-clock"] {
                learner.clicks(part).await?;
            }
            learner.opens_problem(&problem).await?;
            let [clock, lines]: [String; 2] = learner.runs(LOOK, &[]).await?;
            ensure!(clock == "none" && lines == "pre", "{clock}, {lines}");
            learner.presses("h").await?;
            sleep(Duration::from_millis(300)).await;
            ensure!(!learner.has("hint").await?, "a single key opened a hint");
            learner.clicks("hint-button").await?;
            learner.sees_part("hint").await
        })
        .await
}

#[tokio::test]
async fn as_many_new_problems_are_asked_on_a_day_as_a_learner_wants() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.sees("Start with 6 questions").await?;
            learner.opens("settings/").await?;
            learner.clicks("new-a-day").await?;
            learner.presses_with_control("a").await?;
            learner.presses("2").await?;
            learner.presses(Key::Tab).await?;
            learner.opens("").await?;
            learner.sees("Start with 2 questions").await
        })
        .await
}

/// Whatever was wrong is said from both sides.
#[tokio::test]
async fn what_was_said_stands_beside_what_is_right() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            for kind in [Kind::Choice, Kind::Predict, Kind::Spot] {
                let (problem, answer) = learner.problems.to_be_marked(kind, Mark::Wrong)?;
                learner.answers(&problem, &answer).await?;
                let said = learner.reads("comparison").await?;
                ensure!(said.contains("You") && said.contains("Right"), "{}: {said}", problem.slug);
            }
            let (problem, answer) = learner.problems.to_be_marked(Kind::Fill, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            ensure!(!learner.has("comparison").await?, "there is nothing to compare");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn lines_to_place_keep_their_numbers() -> Result<()> {
    const NUMBERS: &str = "return [...document.querySelectorAll('[data-testid=pool-line]')]
        .map((line) => [line.dataset.movable, line.querySelector('kbd').textContent]);";
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Order, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            let before: Vec<[String; 2]> = learner.runs(NUMBERS, &[]).await?;
            learner.presses("2").await?;
            until("a line to leave the pool", async || {
                let after: Vec<[String; 2]> = learner.runs(NUMBERS, &[]).await?;
                let left: Vec<_> = before.iter().filter(|line| line[1] != "2").cloned().collect();
                Ok((after == left).then_some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn the_parts_of_the_feedback_are_tabs_with_arrow_keys() -> Result<()> {
    const FOCUSED: &str = "const tab = document.activeElement;
        const panel = document.getElementById(tab.getAttribute('aria-controls'));
        return [tab.dataset.testid, tab.ariaSelected, panel?.getAttribute('aria-labelledby') === tab.id ? 'its panel' : 'no panel'];";
    Journey::new()
        .tells(async |learner| {
            let with_edits = |problem: &&Problem| !problem.what_ifs.is_empty() && problem.main_program().is_some();
            let problem = learner.problems.all().iter().find(with_edits).context("no problem has edits")?.clone();
            let answer = e2e::problems::answer_marked(&problem, Mark::Right).context("there is a right answer")?;
            learner.answers(&problem, &answer).await?;
            learner.looks_at("compiler").await?;
            learner.runs::<()>("document.querySelector('[role=tab]').focus(); return null;", &[]).await?;
            for part in ["part-reasons", "part-interview", "part-what-ifs", "part-compiler"] {
                learner.presses(Key::Right).await?;
                until(&format!("the tab {part}"), async || {
                    let [focused, selected, panel]: [String; 3] = learner.runs(FOCUSED, &[]).await?;
                    Ok((focused == part && selected == "true" && panel == "its panel").then_some(()))
                })
                .await?;
            }
            Ok(())
        })
        .await
}

/// What a check looked at, what should have come out and what did; and of an output what was wanted.
#[tokio::test]
async fn a_failed_check_shows_both_sides() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let fails = |problem: &Problem| {
                let answers = (0..quiz::assemble::count(&problem.question))
                    .filter_map(|rank| quiz::assemble::answer_at(&problem.question, rank));
                answers.into_iter().find_map(|answer| {
                    let program = quiz::assemble::tried(problem, &answer)?;
                    Some((problem.clone(), answer, quiz::failed_check::failed_check(&program)?))
                })
            };
            let found = learner.problems.all().iter().find_map(fails);
            let (problem, answer, check) = found.context("no answer fails a check")?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_try(&problem, &answer, 1).await?;
            let said = learner.reads("comparison").await?;
            for words in [&check.looked_at, &check.got, &check.expected] {
                ensure!(said.contains(words.as_str()), "{words:?} is not in {said:?}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_reason_stands_in_one_sentence_with_the_judgement() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            for kind in Kind::ALL {
                let (problem, answer) = learner.problems.to_be_marked(kind, Mark::Right)?;
                learner.answers(&problem, &answer).await?;
                let said = learner.reads("why").await?;
                let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                let wanted = problem.takeaway().words();
                ensure!(letters(&said) == letters(&wanted), "{}: {said:?} for {wanted:?}", problem.slug);
            }
            Ok(())
        })
        .await
}

/// Puts every text of the page into a `<font>` of its own, now and whenever one comes or changes, as Chrome's translator does: the
/// text that the app made is on the page no more.
async fn is_translated(learner: &Learner) -> Result<()> {
    // No browser translates what is being edited; the code editor says so as well.
    const TRANSLATE: &str = "
        const translate = () => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const texts = [];
            while (walker.nextNode()) texts.push(walker.currentNode);
            for (const text of texts) {
                if (!text.data.trim() || text.parentElement.closest('font, textarea, #code-place, option, script, style, svg')) continue;
                const [outer, inner] = [document.createElement('font'), document.createElement('font')];
                inner.textContent = text.data;
                outer.append(inner);
                text.replaceWith(outer);
            }
        };
        translate();
        new MutationObserver(translate).observe(document.body, { childList: true, characterData: true, subtree: true });
        return document.querySelectorAll('main font').length;";
    let count: usize = learner.runs(TRANSLATE, &[]).await?;
    ensure!(count > 0, "there was nothing to translate");
    Ok(())
}

async fn says(learner: &Learner, part: &str, words: &str) -> Result<()> {
    until(&format!("{part} to say {words:?}"), async || {
        let said = learner.reads(part).await?;
        ensure!(said == words, "it says {said:?}");
        Ok(Some(()))
    })
    .await
}

/// Whatever is asked: it can be answered, the clock goes on, and the judgement, the reasons and the receipt are those of the answer.
#[tokio::test]
async fn a_question_survives_a_translator() -> Result<()> {
    const CLOCK: &str = "return document.querySelector('[role=timer]').textContent;";
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            for kind in Kind::ALL {
                for mark in [Mark::Right, Mark::Wrong] {
                    let (problem, answer) = learner.problems.to_be_marked(kind, mark)?;
                    // It may have been answered before.
                    learner.forgets_what_is_under_way().await?;
                    learner.opens_problem(&problem).await?;
                    is_translated(learner).await?;
                    let before: String = learner.runs(CLOCK, &[]).await?;
                    until("the clock to go on", async || {
                        let now: String = learner.runs(CLOCK, &[]).await?;
                        ensure!(now.starts_with("0:"), "the clock says {now:?}");
                        Ok((now != before).then_some(()))
                    })
                    .await?;
                    learner.fills_in(&answer).await?;
                    learner.submits().await?;
                    learner.sees_judgement(&problem, &answer).await?;
                }
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn lists_and_sessions_survive_a_translator() -> Result<()> {
    const ROWS: &str = "return document.querySelectorAll('[data-testid=problem-row]').length;";
    const PLACE: &str = "const place = `${arguments[0]} of ${document.querySelector('progress.hair').max}`;
        return [...document.querySelectorAll('.eyebrow > span')].some((span) => span.textContent === place);";
    Journey::new()
        .tells(async |learner| {
            learner.opens("problems/").await?;
            learner.sees_part("found").await?;
            is_translated(learner).await?;
            for kind in [Kind::Spot, Kind::Order] {
                let count = learner.problems.all().iter().filter(|problem| problem.question.kind() == kind).count();
                learner.clicks("filter-kind").await?;
                learner.clicks_on(&format!("[data-testid=choice][data-value={}]", kind.name())).await?;
                says(learner, "found", &format!("{count} problems fit.")).await?;
                let rows: usize = learner.runs(ROWS, &[]).await?;
                ensure!(rows == count, "{rows} rows, not {count}");
                ensure!(
                    learner.reads("chosen").await?.contains(kind.label()),
                    "the chip does not say {}",
                    kind.label()
                );
            }
            learner.clicks("chosen").await?;
            says(learner, "found", &format!("{} problems", learner.problems.all().len())).await?;
            learner.types_into("search", "zzzz").await?;
            says(learner, "found", "No problem fits.").await?;
            learner.clicks("clear").await?;
            says(learner, "found", &format!("{} problems", learner.problems.all().len())).await?;

            learner.clicks_on("nav a[href='practice/']").await?;
            learner.clicks("start").await?;
            for place in 1..=3 {
                let slug = learner.meets_question().await?;
                until(&format!("question {place}"), async || {
                    Ok(learner.runs::<bool>(PLACE, &[place.into()]).await?.then_some(()))
                })
                .await?;
                let problem = learner.problems.problem(&slug)?.clone();
                learner.sees(&problem.title).await?;
                let answer = e2e::problems::answer_marked(&problem, Mark::Right).context("there is a right answer")?;
                learner.fills_in(&answer).await?;
                learner.submits().await?;
                learner.sees_judgement(&problem, &answer).await?;
                learner.clicks("next").await?;
            }
            learner.meets_question().await?;
            learner.clicks("end-session").await?;
            says(learner, "score", "3 of 3 right").await
        })
        .await
}

/// The interface is English; its days are those of the English that is written where the reader lives.
#[tokio::test]
async fn days_are_written_as_in_the_readers_region() -> Result<()> {
    const TODAY: &str = "return document.querySelector('[data-testid=page-today] .eyebrow > span')?.textContent ?? '';";
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // Only its driver can change the language.
    }
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            let browser: String = learner.runs("return navigator.userAgent;", &[]).await?;
            for (language, place) in [("en-US", 2), ("en-GB", 1)] {
                let wish = json!({ "userAgent": browser, "acceptLanguage": language });
                learner.tells_devtools("Emulation.setUserAgentOverride", wish).await?;
                learner.opens("").await?;
                until("the day", async || {
                    let today: String = learner.runs(TODAY, &[]).await?;
                    let words: Vec<&str> = today.split_whitespace().collect();
                    ensure!(words.len() == 3, "today is {today:?}");
                    ensure!(words[place].parse::<u8>().is_ok(), "in {language} today is {today:?}");
                    Ok(Some(()))
                })
                .await?;
            }
            Ok(())
        })
        .await
}
