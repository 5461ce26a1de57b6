//! On phones of all widths: what is to be done next is in sight, in reach of the thumb, and hides nothing.

use anyhow::{Context, Result, ensure};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::until;
use quiz::answer::Answer;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind, Problem, Question};
use serde_json::json;
use thirtyfour::Key;

/// Widths and heights of phones, in pixels.
const PHONES: [(u32, u32); 4] = [(320, 640), (360, 740), (375, 740), (414, 896)];

/// Lets the phone be so large. Only Chromium can.
async fn has_a_screen(learner: &Learner, (width, height): (u32, u32)) -> Result<bool> {
    if learner.engine() != Engine::Chromium {
        // So that the watch has something to see.
        learner.opens("").await?;
        return Ok(false);
    }
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
    learner.tells_devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
    learner.tells_devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
    Ok(true)
}

/// The share of the screen that is covered by what does not scroll, in per cent.
async fn covered(learner: &Learner) -> Result<f64> {
    const COVERED: &str = "let height = 0;
        for (const part of document.querySelectorAll('.dock, .dock .actions, .dock .dock-tools, .bar nav, .tablist')) {
            const style = getComputedStyle(part), box = part.getBoundingClientRect();
            if (!['fixed', 'sticky'].includes(style.position) || box.height === 0) continue;
            if (style.bottom !== 'auto') height = Math.max(height, innerHeight - Math.max(box.top, 0));
        }
        return 100 * height / innerHeight;";
    learner.runs(COVERED, &[]).await
}

async fn takes_at_most(learner: &Learner, share: f64, what: &str) -> Result<()> {
    let covered = covered(learner).await?;
    ensure!(covered <= share, "{what}: {covered:.0} % of the screen do not scroll, {share} may");
    Ok(())
}

/// Whether the middle of the first element that fits lies in the window and nothing lies over it.
async fn can_be_tapped(learner: &Learner, selector: &str) -> Result<()> {
    const TOP: &str = "const part = document.querySelector(arguments[0]);
        if (!part) return 'missing';
        const box = part.getBoundingClientRect();
        const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 44) / 2);
        return over && (part.contains(over) || over.contains(part)) ? '' : over ? `below ${over.outerHTML.slice(0, 90)}` : 'out of sight';";
    until(&format!("{selector} in sight"), async || {
        let why: String = learner.runs(TOP, &[selector.into()]).await?;
        ensure!(why.is_empty(), "{selector} is {why}");
        Ok(Some(()))
    })
    .await
}

/// Answers in the steps of a kind, and sees at each of them that the dock is small and that what is asked can be tapped.
async fn answers_step_by_step(learner: &Learner, problem: &Problem, answer: &Answer) -> Result<()> {
    let what = |step: &str| format!("{} ({step})", problem.slug);
    learner.opens_problem(problem).await?;
    takes_at_most(learner, 34.0, &what("open")).await?;
    let first = match problem.question.kind() {
        Kind::Choice => None,
        Kind::Predict => Some("[data-testid^=outcome-]"),
        Kind::Spot => Some("[data-testid=role]"),
        Kind::Fill => Some("[data-testid=slot-choice]"),
        Kind::Order => Some("[data-testid=pool-line]"),
        // Prompt and tests come first, or notes.
        Kind::Write | Kind::Discuss => None,
    };
    if let Some(first) = first {
        can_be_tapped(learner, first).await?;
    }
    if problem.question.kind() == Kind::Fill {
        const WHOLE: &str = "const list = document.querySelector('[data-kind=fill] .options').getBoundingClientRect();
            return [...document.querySelectorAll('[data-testid=slot-choice]')].map((choice) => choice.getBoundingClientRect())
                .filter((choice) => choice.top >= list.top - 1 && choice.bottom <= list.bottom + 1).length;";
        let whole: usize = learner.runs(WHOLE, &[]).await?;
        ensure!(whole >= 2, "{}: {whole} of the choices can be seen whole", problem.slug);
    }
    learner.fills_in(answer).await?;
    takes_at_most(learner, 34.0, &what("filled in")).await?;
    can_be_tapped(learner, "[data-testid=submit]").await?;
    learner.submits().await?;
    learner.sees_judgement(problem, answer).await?;
    takes_at_most(learner, 20.0, &what("answered")).await?;
    can_be_tapped(learner, "[data-testid=next]").await
}

#[tokio::test]
async fn what_is_asked_takes_a_third_of_the_screen_and_can_be_tapped() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            for screen in PHONES {
                if !has_a_screen(learner, screen).await? {
                    return Ok(());
                }
                // What was answered on the screen before is asked anew.
                learner.forgets_what_is_under_way().await?;
                for kind in Kind::ALL {
                    // A page that is shorter than the screen has nothing to cover.
                    let (problem, answer) = match kind {
                        Kind::Fill => learner.problems.long_to_be_marked(kind, Mark::Right)?,
                        _ => learner.problems.to_be_marked(kind, Mark::Right)?,
                    };
                    let at = format!("{} at {} × {}", problem.slug, screen.0, screen.1);
                    answers_step_by_step(learner, &problem, &answer).await.context(at)?;
                }
            }
            Ok(())
        })
        .await
}

/// What is written at the lower edge is in sight as it is: the program that it is about stays where it was scrolled to.
#[tokio::test]
async fn what_is_typed_does_not_scroll_the_program() -> Result<()> {
    const TOP: &str = "return Math.round(scrollY);";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let is_long = |problem: &&Problem| {
                let lines = problem.main_program().map_or(0, |program| program.source.lines().count());
                matches!(&problem.question, Question::Predict { expected: ExpectedOutcome::Prints { .. }, .. })
                    && lines > 20
            };
            let problem = learner.problems.all().iter().find(is_long).context("no long program prints")?.clone();
            learner.opens_problem(&problem).await?;
            learner.clicks("outcome-prints").await?;
            learner.clicks("stdout").await?;
            learner.runs::<()>("scrollTo(0, 40); return null;", &[]).await?;
            for letter in ["a", "b", "c", "d"] {
                learner.presses(letter).await?;
                let top: u32 = learner.runs(TOP, &[]).await?;
                ensure!(top == 40, "{}: after {letter} the page is scrolled to {top}", problem.slug);
            }
            Ok(())
        })
        .await
}

/// Arrows go through a group of radio buttons although each of them answers what is asked, and Enter goes on to the next part. So
/// it is on a phone with a keyboard, and in a window that is enlarged four times.
#[tokio::test]
async fn arrows_go_on_within_what_they_answer() -> Result<()> {
    const GROUP: [&str; 2] = [".outcomes", ".rule .options"];
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let problem = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Error { .. }))?.clone();
            learner.opens_problem(&problem).await?;
            learner.tabs_to("outcome-prints").await?;
            for chosen in ["outcome-error", "outcome-panics", "outcome-error"] {
                let key = if learner.is_chosen("outcome-panics").await? { Key::Up } else { Key::Down };
                learner.presses(key).await?;
                learner.sees_focus_on(&format!("{} [data-testid={chosen}][aria-checked=true]", GROUP[0])).await?;
            }
            learner.presses(Key::Enter).await?;
            learner.sees("At which line does the compiler stop?").await?;
            learner.clicks_on("[data-line='1']").await?;
            learner.tabs_to("rule").await?;
            for _ in 0..2 {
                learner.presses(Key::Down).await?;
                learner.sees_focus_on(&format!("{} [data-testid=rule][aria-checked=true]", GROUP[1])).await?;
            }
            learner.presses(Key::Enter).await?;
            learner.sees_part("summary").await
        })
        .await
}

/// On the smallest phone all four rules are in sight, four roles take a third of the screen, and a thumb hits each of them.
#[tokio::test]
async fn four_rules_and_four_roles_fit_the_smallest_phone() -> Result<()> {
    const IN_SIGHT: &str = "const list = document.querySelector('.rule .options').getBoundingClientRect();
        return [...document.querySelectorAll('[data-testid=rule]')].map((rule) => rule.getBoundingClientRect())
            .filter((rule) => rule.top >= list.top - 1 && rule.bottom <= list.bottom + 1 && rule.height >= 44).length;";
    const ROLES: &str = "return [...document.querySelectorAll('[data-testid=role]')]
        .filter((role) => role.getBoundingClientRect().height >= 44).length;";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            if !has_a_screen(learner, PHONES[0]).await? {
                return Ok(());
            }
            let problem = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Error { .. }))?.clone();
            let Question::Predict { expected: ExpectedOutcome::Error { line, .. }, rules, .. } = &problem.question
            else {
                anyhow::bail!("{} is no error", problem.slug)
            };
            learner.opens_problem(&problem).await?;
            learner.clicks("outcome-error").await?;
            learner.clicks_on(&format!("[data-line='{line}']")).await?;
            can_be_tapped(learner, "[data-testid=rule]").await?;
            takes_at_most(learner, 34.0, "the rules").await?;
            let seen: usize = learner.runs(IN_SIGHT, &[]).await?;
            ensure!(seen == rules.len(), "{seen} of {} rules are in sight", rules.len());

            let of_four = learner
                .problems
                .all()
                .iter()
                .find(|problem| matches!(&problem.question, Question::Spot { roles } if roles.len() == 4));
            let problem = of_four.context("no spot has four roles")?.clone();
            let answer = e2e::problems::answer_marked(&problem, Mark::Right).context("there is a right answer")?;
            learner.opens_problem(&problem).await?;
            takes_at_most(learner, 34.0, "four roles").await?;
            ensure!(learner.runs::<usize>(ROLES, &[]).await? == 4, "a role is too low to be hit");
            learner.fills_in(&answer).await?;
            takes_at_most(learner, 34.0, "four roles with their lines").await?;
            ensure!(learner.runs::<usize>(ROLES, &[]).await? == 4, "a role is too low to be hit");
            Ok(())
        })
        .await
}

/// A row of tabs that is wider than the phone shows the one that was tapped.
#[tokio::test]
async fn a_tapped_tab_comes_into_view() -> Result<()> {
    // A driver would scroll to what it clicks.
    const TAP: &str = "document.querySelector('.tablist').scrollLeft = 0;
        const tabs = [...document.querySelectorAll('[role=tab]')];
        tabs.at(-1).click();
        const row = document.querySelector('.tablist');
        return row.scrollWidth > row.clientWidth;";
    const SHOWN: &str = "const tab = document.querySelector('[role=tab][aria-selected=true]').getBoundingClientRect();
        return tab.left >= -1 && tab.right <= innerWidth + 1;";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            if !has_a_screen(learner, PHONES[0]).await? {
                return Ok(());
            }
            let (problem, answer) = learner.problems.to_be_marked(Kind::Write, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            learner.sees_part("summary").await?;
            ensure!(learner.runs::<bool>(TAP, &[]).await?, "all tabs fit the phone");
            until("the tab in view", async || Ok(learner.runs::<bool>(SHOWN, &[]).await?.then_some(()))).await
        })
        .await
}

/// What begins a placement, and the session behind it, is in sight without scrolling.
#[tokio::test]
async fn a_placement_and_its_first_session_begin_without_scrolling() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            if !has_a_screen(learner, (375, 667)).await? {
                return Ok(());
            }
            learner.opens("placement/").await?;
            learner.sees_part("start-placement").await?;
            can_be_tapped(learner, "[data-testid=start-placement]").await?;
            learner.clicks("start-placement").await?;
            for _ in 0..3 {
                let problem = learner.problems.problem(&learner.meets_question().await?)?.clone();
                let answer = e2e::problems::answer_marked(&problem, Mark::Wrong).context("it can be missed")?;
                learner.fills_in(&answer).await?;
                learner.submits().await?;
                learner.sees_judgement(&problem, &answer).await?;
                learner.clicks("next").await?;
            }
            learner.meets_question().await?;
            learner.clicks("end-placement").await?;
            learner.sees_part("placement-asked").await?;
            can_be_tapped(learner, "[data-testid=start]").await
        })
        .await
}

/// Whatever stands alone, in a row or in a list, is as tall as a finger. Links in sentences are as tall as these.
#[tokio::test]
async fn what_stands_alone_is_as_tall_as_a_finger() -> Result<()> {
    const LOW: &str = r#"
        const isInSentence = (link) => [...link.parentElement.childNodes]
            .some((node) => node.nodeType === 3 && /\p{L}/u.test(node.data));
        return [...document.querySelectorAll('main a, main button, main summary')]
            .filter((part) => part.checkVisibility() && !(part.matches('a') && isInSentence(part)))
            .filter((part) => part.getBoundingClientRect().height < 43.5)
            .map((part) => `${part.textContent.trim()} (${part.getBoundingClientRect().height})`);"#;
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            if !has_a_screen(learner, PHONES[2]).await? {
                return Ok(());
            }
            learner.opens_a_plain_file().await?;
            learner.has_a_past(60, 20).await?;
            let are_tall = async |page: &str| {
                let low: Vec<String> = learner.runs(LOW, &[]).await?;
                ensure!(low.is_empty(), "{page}: {low:?}");
                Ok(())
            };
            learner.opens("").await?;
            learner.sees_part("weak-concept").await?;
            are_tall("today").await?;
            learner.opens("progress/").await?;
            learner.sees_part("hardest").await?;
            are_tall("progress").await?;
            learner.opens("interviews/?interview=lightning").await?;
            learner.clicks("begin-interview").await?;
            learner.clicks("begin-round").await?;
            learner.clicks("end-round").await?;
            learner.clicks("end-round-now").await?;
            learner.sees_part("interview-report").await?;
            are_tall("the report").await
        })
        .await
}

#[tokio::test]
async fn the_dock_folds_away_to_read() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.long_to_be_marked(Kind::Fill, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            let open = covered(learner).await?;
            learner.clicks("fold").await?;
            ensure!(covered(learner).await? < open / 2.0, "folding makes no room");
            learner.clicks("fold").await?;
            learner.fills_in(&answer).await?;
            // By a key it can be handed in while it is folded, and then there is a way on.
            learner.clicks("fold").await?;
            learner.presses_with_control(Key::Enter).await?;
            learner.sees_judgement(&problem, &answer).await?;
            can_be_tapped(learner, "[data-testid=next]").await
        })
        .await
}

/// What opens is scrolled clear of what does not scroll.
#[tokio::test]
async fn an_opened_hint_can_be_read() -> Result<()> {
    const HIDDEN: &str =
        "const hint = [...document.querySelectorAll('[data-testid=hint]')].pop().getBoundingClientRect();
        const dock = document.querySelector('.dock').getBoundingClientRect();
        const top = dock.height > 0 ? dock.top : innerHeight;
        return hint.bottom > top + 1 || hint.top < 0;";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Discuss) {
                let (problem, _) = learner.problems.to_be_marked(kind, Mark::Right)?;
                learner.opens_problem(&problem).await?;
                learner.clicks("hint-button").await?;
                learner.sees_part("hint").await?;
                until(&format!("the hint of {} in sight", problem.slug), async || {
                    Ok((!learner.runs::<bool>(HIDDEN, &[]).await?).then_some(()))
                })
                .await?;
            }
            Ok(())
        })
        .await
}

/// The marked line stays in sight above the judgement, which lies over the rest of the program like a sheet.
#[tokio::test]
async fn the_judgement_lies_over_the_program_below_its_marked_line() -> Result<()> {
    const PLACES: &str = "const marked = document.querySelector('.l.stop, .l.right').getBoundingClientRect();
        const sheet = document.querySelector('.feedback').getBoundingClientRect();
        return [marked.top, marked.bottom, sheet.top, innerHeight];";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let with_mark = |problem: &&Problem| problem.question.kind() == Kind::Spot;
            let lines = |problem: &&Problem| problem.main_program().map_or(0, |program| program.source.lines().count());
            let problem = learner.problems.all().iter().filter(with_mark).max_by_key(lines).cloned();
            let problem = problem.context("no problem asks for lines")?;
            let answer = e2e::problems::answer_marked(&problem, Mark::Right).context("there is a right answer")?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_part("summary").await?;
            until("the marked line above the sheet", async || {
                let [top, bottom, sheet, window]: [f64; 4] = learner.runs(PLACES, &[]).await?;
                Ok((top >= 0.0 && bottom <= sheet && sheet < window * 0.6).then_some(()))
            })
            .await?;
            learner.runs::<()>("scrollBy(0, 120); return null;", &[]).await?;
            let [_, _, sheet, window]: [f64; 4] = learner.runs(PLACES, &[]).await?;
            ensure!(sheet < window * 0.4, "the sheet does not move with the finger");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_hint_that_was_opened_by_accident_can_be_taken_back() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.clicks("hint-button").await?;
            learner.clicks("take-back-hint").await?;
            learner.no_longer_sees_part("hint").await?;
            learner.clicks("hint-button").await?;
            learner.no_longer_sees_part("take-back-hint").await?;
            ensure!(learner.has("hint").await?, "the hint went with its button");
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            let hints: Vec<u32> = learner.attempts().await?.iter().map(|attempt| attempt.hints).collect();
            ensure!(hints == [1], "{hints:?} hints are counted");
            Ok(())
        })
        .await
}

/// Nothing of the program shows below its feedback, and who scrolls back can read the question to its end: of all kinds, in the
/// problem with the longest prompt of each.
#[tokio::test]
async fn the_feedback_hides_nothing_for_good_and_shows_nothing_through() -> Result<()> {
    const THROUGH: &str = "scrollTo(0, document.documentElement.scrollHeight);
        const dock = document.querySelector('.dock').getBoundingClientRect(), seen = [];
        for (let y = dock.top - 2; y > dock.top - 120; y -= 6)
            for (const x of [20, innerWidth / 2, innerWidth - 20])
                if (document.elementFromPoint(x, y)?.closest('.subject')) seen.push([x, y]);
        return seen.length;";
    const HIDDEN: &str =
        "const subject = document.querySelector('.subject'), feedback = document.querySelector('.feedback');
        let least = Infinity;
        for (let at = document.documentElement.scrollHeight; at > -20; at -= 20) {
            scrollTo(0, Math.max(0, at));
            const dock = document.querySelector('.dock').getBoundingClientRect().top;
            const edge = Math.min(dock, feedback.getBoundingClientRect().top);
            least = Math.min(least, subject.getBoundingClientRect().bottom - edge);
        }
        return least;";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            for kind in Kind::ALL {
                let of_kind = |problem: &&Problem| problem.question.kind() == kind;
                let length = |problem: &&Problem| {
                    problem.prompt.words().len()
                        + 40 * problem.main_program().map_or(0, |program| program.source.lines().count())
                };
                let problem = learner.problems.all().iter().filter(of_kind).max_by_key(length).cloned();
                let problem = problem.context("each kind has problems")?;
                let answer = e2e::problems::answer_marked(&problem, Mark::Right).context("there is a right answer")?;
                learner.opens_problem(&problem).await?;
                learner.answers(&problem, &answer).await?;
                let through: u32 = learner.runs(THROUGH, &[]).await?;
                ensure!(through == 0, "{}: the question shows below its feedback", problem.slug);
                let hidden: f64 = learner.runs(HIDDEN, &[]).await?;
                // Some engines put boxes on whole pixels.
                ensure!(hidden <= 1.0, "{}: {hidden:.2} px of the question can never be read", problem.slug);
            }
            Ok(())
        })
        .await
}

/// iOS enlarges the page as soon as one types into a field whose letters are smaller than 16 px, and leaves it so.
#[tokio::test]
async fn no_field_makes_the_phone_enlarge_the_page() -> Result<()> {
    const SMALL: &str = "const fields = 'textarea, select, .cm-content, input:not([type=checkbox], [type=radio], [type=range], [type=file])';
        const found = [...document.querySelectorAll(`#app :is(${fields})`)].filter((field) => field.checkVisibility());
        return [found.length, ...found.filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16)
            .map((field) => field.dataset.testid ?? field.id ?? field.localName)];";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            if !has_a_screen(learner, (375, 740)).await? {
                return Ok(());
            }
            let has_none_small = async |what: &str| -> Result<()> {
                let found: Vec<serde_json::Value> = learner.runs(SMALL, &[]).await?;
                ensure!(found[0] != 0, "{what} has no field");
                ensure!(found.len() == 1, "{what}: too small are {:?}", &found[1..]);
                Ok(())
            };
            let is_written = |problem: &&Problem| problem.question.kind() == Kind::Write;
            let write = learner.problems.all().iter().find(is_written).context("no program is written")?.clone();
            for page in [format!("problems/{}/", write.slug), "scratchpad/".to_owned()] {
                learner.opens(&page).await?;
                learner.has_the_editor().await?;
                has_none_small(&page).await?;
            }
            let output = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Prints { .. }))?.clone();
            learner.opens_problem(&output).await?;
            learner.clicks("outcome-prints").await?;
            learner.sees_part("stdout").await?;
            has_none_small("an output").await?;
            learner.clicks("tool-note").await?;
            learner.sees_part("note-text").await?;
            has_none_small("a note").await?;
            for (page, part) in [("problems/", "search"), ("settings/", "new-a-day")] {
                learner.opens(page).await?;
                learner.sees_part(part).await?;
                has_none_small(page).await?;
            }
            learner.opens("stories/").await?;
            learner.clicks("add-story").await?;
            learner.sees_part("story-text").await?;
            has_none_small("a story").await
        })
        .await
}

/// Where something else comes under the finger, the second tap of a double tap is for nobody.
#[tokio::test]
async fn a_double_tap_does_one_thing() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            if !has_a_screen(learner, (375, 740)).await? {
                return Ok(());
            }
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&answer).await?;
            // What comes there leads away, and would be pressed by the second tap.
            learner
                .runs::<()>("window.pressed = 0;
                    addEventListener('click', ({ target }) => { if (!target.closest('[data-testid=submit]')) window.pressed += 1; });
                    return null;", &[])
                .await?;
            taps_twice(learner, "[data-testid=submit]", 0.2).await?;
            learner.sees_part("summary").await?;
            let pressed: u32 = learner.runs("return window.pressed;", &[]).await?;
            ensure!(pressed == 0, "the second tap pressed something else");
            ensure!(learner.attempts().await?.len() == 1, "the taps handed in something else than one answer");
            learner.sees_part("question").await?;
            // A line that is placed lets the next one move up; a line that is picked brings the next question.
            let (problem, _) = learner.problems.to_be_marked(Kind::Order, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            taps_twice(learner, "[data-pool] button", 0.12).await?;
            let placed: u32 = learner.runs("return document.querySelectorAll('[data-gap][data-movable]').length;", &[]).await?;
            ensure!(placed <= 1, "a double tap placed {placed} lines");
            let (problem, _) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            taps_twice(learner, "[data-line]", 0.12).await?;
            learner.sees_part("question").await?;
            let picked: u32 = learner.runs("return document.querySelectorAll('[data-line].picked').length;", &[]).await?;
            ensure!(picked <= 1, "a double tap picked {picked} lines");
            Ok(())
        })
        .await
}

/// Two taps of a finger on the middle of one thing, so many seconds apart.
async fn taps_twice(learner: &Learner, selector: &str, apart: f64) -> Result<()> {
    let [x, y]: [f64; 2] = learner
        .runs(
            "const box = document.querySelector(arguments[0]).getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];",
            &[selector.into()],
        )
        .await?;
    let start = e2e::learner::now()? as f64 / 1000.0;
    for at in [start, start + apart] {
        let down = json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }], "timestamp": at });
        learner.tells_devtools("Input.dispatchTouchEvent", down).await?;
        let up = json!({ "type": "touchEnd", "touchPoints": [], "timestamp": at + 0.05 });
        learner.tells_devtools("Input.dispatchTouchEvent", up).await?;
    }
    Ok(())
}

/// Who opens again what was said and says the same stands where they were.
#[tokio::test]
async fn what_was_said_can_be_said_again() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            if !has_a_screen(learner, (375, 740)).await? {
                return Ok(());
            }
            let wanted = |happens: &ExpectedOutcome| matches!(happens, ExpectedOutcome::Error { .. });
            let problem = learner.problems.predict(wanted)?.clone();
            learner.opens_problem(&problem).await?;
            learner.clicks("outcome-prints").await?;
            can_be_tapped(learner, "[data-testid=stdout]").await?;
            learner.clicks_on(".said-part").await?;
            learner.clicks("outcome-prints").await?;
            can_be_tapped(learner, "[data-testid=stdout]").await?;

            learner.clicks_on(".said-part").await?;
            learner.clicks("outcome-error").await?;
            learner.clicks_on("[data-testid=line][data-line='2']").await?;
            can_be_tapped(learner, "[data-testid=rule]").await?;
            learner.clicks_on(".said-part:nth-child(2)").await?;
            learner.clicks_on("[data-testid=line][data-line='2']").await?;
            can_be_tapped(learner, "[data-testid=rule]").await?;
            Ok(())
        })
        .await
}
