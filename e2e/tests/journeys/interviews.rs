//! Interviews that are rehearsed: the clock, what survives, what is handed in at the end, the report, and who may look.

use anyhow::{Context, Result, ensure};
use e2e::accessibility::{Contrast, finds_nothing, script};
use e2e::browser::{Engine, Permission};
use e2e::journey::Journey;
use e2e::learner::{Learner, now};
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::answer::{Answer, Prediction};
use quiz::attempt::{Mode, Record};
use quiz::grading::Mark;
use quiz::interview::{Invitation, KeptInterview};
use quiz::log::{self, AttemptLog};
use quiz::problem::{Kind, Level, Problem, Question};
use quiz::remarks::Remarks;
use serde_json::json;
use thirtyfour::{Key, WindowHandle};

const KEY: &str = "borrowed-time/interview";

/// The address of an interview with a seed, whose questions are therefore known.
fn invitation(learner: &Learner, name: &str, level: Level, seed: u64) -> Result<(Invitation, String)> {
    let blueprint = learner.problems.blueprint(name)?;
    let invitation = Invitation::new(blueprint, level, seed, &learner.problems.catalog)?;
    let address = format!("interviews/?{}", invitation.to_query());
    Ok((invitation, address))
}

/// Opens an interview and begins its first round.
async fn begins(learner: &Learner, name: &str, seed: u64) -> Result<Invitation> {
    let (invitation, address) = invitation(learner, name, Level::Mid, seed)?;
    learner.opens(&address).await?;
    learner.clicks("begin-interview").await?;
    learner.clicks("begin-round").await?;
    learner.sees_part("interview-bar").await?;
    Ok(invitation)
}

/// The problem that is asked now.
async fn asked(learner: &Learner) -> Result<Problem> {
    Ok(learner.problems.problem(&learner.meets_question().await?)?.clone())
}

/// The interviews in the log.
async fn kept(learner: &Learner) -> Result<Vec<KeptInterview>> {
    let mut log = AttemptLog::default();
    for (key, value) in learner.stored().await? {
        if key.starts_with("borrowed-time/attempts/") {
            let records: Vec<Record> = log::read(&value)?.records;
            log.union(records);
        }
    }
    Ok(KeptInterview::all(&Remarks::of(&log)).into_iter().map(|(_, kept)| kept).collect())
}

/// Waits for the report, and gives the interview with it.
async fn reads_the_report(learner: &Learner) -> Result<KeptInterview> {
    learner.sees_part("interview-report").await?;
    until("the report in the log", async || Ok(kept(learner).await?.pop().filter(|kept| kept.report.is_some()))).await
}

async fn looks(learner: &Learner, axe: Option<&str>, state: &str) -> Result<()> {
    let Some(axe) = axe else { return Ok(()) };
    finds_nothing(learner, axe, Contrast::Checked, state).await
}

async fn ends_the_round(learner: &Learner) -> Result<()> {
    learner.clicks("end-round").await?;
    learner.clicks("end-round-now").await
}

/// Scores all rows of what is to be scored now, and hands that in.
async fn scores(learner: &Learner, score: &str) -> Result<()> {
    learner.sees_part("to-score").await?;
    let rows = learner.runs::<usize>("return document.querySelectorAll('.rubric li').length;", &[]).await?;
    ensure!(rows > 0, "there is no rubric");
    for row in 0..rows {
        learner.clicks(&format!("score-{row}-{score}")).await?;
    }
    learner.clicks("hand-in-score").await
}

/// In the second tab, which says so, a lightning round can only be looked at, while it is answered in the first one. Ends in the
/// second tab.
async fn only_looks_until_the_first_is_closed(
    learner: &Learner,
    first: &WindowHandle,
    second: &WindowHandle,
    says: &str,
) -> Result<()> {
    learner.opens("interviews/").await?;
    learner.sees(says).await?;
    ensure!(!learner.has("question").await?, "it can be answered in two tabs");
    learner.turns_to(first).await?;
    let problem = asked(learner).await?;
    learner.fills_in(&answer_marked(&problem, Mark::Right).context("right")?).await?;
    learner.submits().await?;
    learner.turns_to(second).await?;
    learner.sees("1 of 4 handed in").await?;
    learner.turns_to(first).await?;
    learner.session().close_window().await?;
    learner.turns_to(second).await
}

#[tokio::test]
async fn a_whole_phone_screen_by_keyboard() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (invitation, address) = invitation(learner, "phone-screen-45", Level::Mid, 7)?;
            learner.opens(&address).await?;
            learner.presses_on("begin-interview", Key::Enter).await?;
            learner.presses_on("begin-round", Key::Enter).await?;
            let mut proven = 0;
            for slug in &invitation.problems[0] {
                let problem = asked(learner).await?;
                ensure!(problem.slug == *slug, "asked for {slug}, got {}", problem.slug);
                let answer = answer_marked(&problem, Mark::Right).context("it has a right answer")?;
                if problem.question.kind() == Kind::Discuss {
                    learner.tabs_to("notes").await?;
                    learner.presses("First what it is for.").await?;
                    ensure!(!learner.has("finish").await?, "the rubric is offered before the end");
                    learner.presses_with_control(Key::Enter).await?;
                    continue;
                }
                learner.fills_in_by_keys(&problem, &answer).await?;
                learner.presses_on("submit", Key::Enter).await?;
                learner.sees_part("held").await?;
                ensure!(!learner.has("summary").await? && !learner.has("receipt").await?, "it says what became of it");
                proven += 1;
                learner.presses_on("next", Key::Enter).await?;
                learner.no_longer_sees_part("held").await?;
            }
            learner.sees_part("own-questions").await?;
            learner.tabs_to("own-question").await?;
            learner.presses("Who reviews unsafe code?").await?;
            learner.presses(Key::Enter).await?;
            learner.sees("Remove").await?;
            learner.presses_on("end-round", Key::Enter).await?;
            learner.presses_on("end-round-now", Key::Enter).await?;
            scores(learner, "yes").await?;
            let kept = reads_the_report(learner).await?;
            let report = kept.report.context("it was waited for")?;
            ensure!(report.percent > 90, "all was right: {report:#?}");
            learner.sees("What was strong").await?;
            ensure!(learner.reads("reasons").await?.contains("Correctness: all "), "the best is not named");
            learner.sees_part("worth-asking").await?;
            let attempts = learner.attempts().await?;
            ensure!(attempts.len() == invitation.problems[0].len(), "{attempts:#?}");
            ensure!(attempts.iter().all(|attempt| attempt.mode == Mode::Interview), "{attempts:#?}");
            let round = &kept.interview.rounds[0];
            ensure!(round.own_questions == ["Who reviews unsafe code?"], "{:?}", round.own_questions);
            ensure!(learner.parts("given").await?.len() == proven + 1, "a question is not in the report");
            learner.clicks("given").await?;
            learner.sees_part("summary").await?;
            learner.clicks("next").await?;
            learner.sees_part("recommendation").await?;
            learner.sees_focus_on("[data-testid=given]").await?;
            ensure!(learner.stored_at(KEY).await?.is_none(), "it is over, but still under way");
            let drafts = learner.stored().await?;
            let drafts: Vec<_> = drafts.iter().filter(|(key, _)| key.contains("interview-draft")).collect();
            ensure!(drafts.is_empty(), "{drafts:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn goes_on_offline_after_a_reload_and_after_the_browser_has_died() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.installs_the_app().await?;
            let invitation = begins(learner, "lightning", 3).await?;
            learner.goes_offline().await?;
            let first = asked(learner).await?;
            learner.fills_in(&answer_marked(&first, Mark::Right).context("right")?).await?;
            learner.submits().await?;
            learner.sees_part("held").await?;
            learner.reloads().await?;
            learner.sees_part("held").await?;
            learner.clicks("next").await?;
            let second = asked(learner).await?;
            ensure!(second.slug == invitation.problems[0][1], "{} is asked", second.slug);
            learner.fills_in(&answer_marked(&second, Mark::Wrong).context("wrong")?).await?;
            learner.clicks("flag").await?;
            let before = learner.draft().await?;
            learner.reloads().await?;
            ensure!(asked(learner).await?.slug == second.slug, "it is at another question");
            until("what was filled in", async || Ok((learner.draft().await? == before).then_some(()))).await?;
            learner.restarts_the_browser().await?;
            learner.opens("interviews/").await?;
            ensure!(asked(learner).await?.slug == second.slug, "it is at another question");
            until("what was filled in", async || Ok((learner.draft().await? == before).then_some(()))).await?;
            // The clock has gone on meanwhile: most of the ten minutes are over.
            learner.lets_an_interview_go_on_for(9 * 60 + 30).await?;
            learner.sees("One minute is left.").await?;
            // Who comes back after the end finds it ended, with what was there.
            learner.lets_an_interview_go_on_for(300).await?;
            let kept = reads_the_report(learner).await?;
            let marks: Vec<Option<Mark>> =
                kept.interview.rounds[0].questions.iter().map(|asked| asked.answer.map(|answer| answer.mark)).collect();
            ensure!(marks == [Some(Mark::Right), Some(Mark::Wrong), None, None], "{marks:?}");
            ensure!(learner.attempts().await?.len() == 2, "an answer is there twice");
            Ok(())
        })
        .await
}

/// The lobby says what holds for this interview, and nothing that holds for others only; the level is that of the last one, as long as
/// the settings name none.
#[tokio::test]
async fn the_lobby_says_what_holds_here_and_knows_the_last_level() -> Result<()> {
    const LEVEL: &str = "return document.querySelector('[data-testid^=level-][aria-checked=true]').dataset.testid;";
    Journey::new()
        .tells(async |learner| {
            let spoken = "What you explain, you score yourself";
            let own = "for the questions that you ask them";
            let handed_in = "What you hand in is final";
            let rounds = "Between two rounds";
            for (name, says, says_not) in [
                ("lightning", &[handed_in][..], &[spoken, own, rounds][..]),
                ("recruiters-call", &[spoken, own], &[handed_in, rounds]),
                ("on-site-loop", &[handed_in, spoken, own, rounds], &[]),
            ] {
                learner.opens(&format!("interviews/?interview={name}")).await?;
                learner.sees_part("begin-interview").await?;
                let rules: String = learner.runs("return document.querySelector('ul.rules').textContent;", &[]).await?;
                for rule in says {
                    ensure!(rules.contains(rule), "{name} does not say {rule:?}: {rules}");
                }
                for rule in says_not {
                    ensure!(!rules.contains(rule), "{name} says {rule:?}");
                }
            }
            learner.opens("interviews/?interview=lightning").await?;
            learner.clicks("level-junior").await?;
            learner.clicks("begin-interview").await?;
            learner.clicks("begin-round").await?;
            learner.sees_part("interview-bar").await?;
            ends_the_round(learner).await?;
            reads_the_report(learner).await?;
            learner.opens("interviews/?interview=phone-screen-45").await?;
            learner.sees_part("begin-interview").await?;
            let level: String = learner.runs(LEVEL, &[]).await?;
            ensure!(level == "level-junior", "the level is {level}");
            Ok(())
        })
        .await
}

/// What is only spoken is scored behind the round: nobody is told that it is missing.
#[tokio::test]
async fn what_is_only_spoken_is_not_counted_as_missing() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let invitation = begins(learner, "phone-screen-45", 7).await?;
            let kind = |slug| learner.problems.problem(slug).map(|problem| problem.question.kind());
            let kinds: Vec<Kind> = invitation.problems[0].iter().map(kind).collect::<Result<_>>()?;
            ensure!(kinds.contains(&Kind::Discuss), "nothing is spoken about in it: {kinds:?}");
            let to_hand_in = kinds.iter().filter(|kind| **kind != Kind::Discuss).count();
            learner.clicks("end-round").await?;
            let label = learner.reads("end-round-now").await?;
            ensure!(label == format!("End it and hand in {to_hand_in} as they are"), "{label}");
            Ok(())
        })
        .await
}

/// Who comes back to a question reads what they handed in, and nothing of what became of it.
#[tokio::test]
async fn what_was_handed_in_is_read_for_the_rest_of_the_round() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let invitation = begins(learner, "phone-screen-45", 7).await?;
            let mut handed_in = Vec::new();
            for place in 0..invitation.problems[0].len() {
                goes_to(learner, place).await?;
                let wanted = &invitation.problems[0][place];
                let is_there = async || Ok(Some(asked(learner).await?).filter(|asked| asked.slug == *wanted));
                let problem = until("the question", is_there).await?;
                if problem.question.kind() == Kind::Discuss {
                    continue;
                }
                let answer = answer_marked(&problem, Mark::Right).context("it has a right answer")?;
                learner.fills_in(&answer).await?;
                learner.submits().await?;
                reads_what_was_handed_in(learner, &problem, &answer).await?;
                handed_in.push((place, problem, answer));
            }
            for (place, problem, answer) in &handed_in {
                goes_to(learner, *place).await?;
                const SHOWN: &str = "return document.querySelector('[data-testid=question]')?.dataset.slug ?? '';";
                until("the question again", async || {
                    Ok((learner.runs::<String>(SHOWN, &[]).await? == *problem.slug.0).then_some(()))
                })
                .await?;
                reads_what_was_handed_in(learner, problem, answer).await?;
                learner.reloads().await?;
                reads_what_was_handed_in(learner, problem, answer).await?;
            }
            Ok(())
        })
        .await
}

/// To a question of the round, by its step at the top of the page.
async fn goes_to(learner: &Learner, place: usize) -> Result<()> {
    learner.runs::<()>("scrollTo(0, 0); return null;", &[]).await?;
    learner.parts("step").await?[place].click().await?;
    Ok(())
}

async fn reads_what_was_handed_in(learner: &Learner, problem: &Problem, answer: &Answer) -> Result<()> {
    learner.sees_part("held").await?;
    learner.sees_part("handed-in").await?;
    let shown = learner.reads("handed-in").await?;
    let words = match answer {
        Answer::Choice { .. } | Answer::Unknown => String::new(),
        Answer::Predict(Prediction::Prints { .. }) => "Prints".to_owned(),
        Answer::Predict(
            Prediction::Error { line, .. } | Prediction::Panics { line } | Prediction::Undefined { line },
        ) => {
            format!("line {}", line.context("a line was picked")?)
        }
        Answer::Spot { lines } => format!("line {}", lines.values().next().context("a role has a line")?),
        Answer::Fill { .. } | Answer::Order { .. } => "in the program.".to_owned(),
        Answer::Write { code, .. } => code.lines().next().unwrap_or_default().to_owned(),
        Answer::Discuss { notes, .. } => notes.clone(),
    };
    ensure!(shown.contains(&words), "{}: {words:?} is not in {shown:?}", problem.slug);
    let options: usize = learner.runs("return document.querySelectorAll('.picked-option').length;", &[]).await?;
    let chosen = if let Answer::Choice { chosen } = answer { chosen.len() } else { 0 };
    ensure!(options == chosen, "{}: {options} options are shown", problem.slug);
    let says_more = learner.has("summary").await? || learner.has("receipt").await? || learner.has("submit").await?;
    ensure!(!says_more, "{}: it says what became of it, or can be changed", problem.slug);
    Ok(())
}

/// Who has no compiler tests elsewhere: with what is shown, since nobody sees the hidden tests before the end.
#[tokio::test]
async fn a_program_takes_no_hidden_tests_elsewhere_before_the_end() -> Result<()> {
    const CODE: &str = "const link = document.querySelector('[data-testid=run-elsewhere]');
        return link ? new URL(link.href).searchParams.get('code') : null;";
    Journey::new()
        .tells(async |learner| {
            let invitation = begins(learner, "phone-screen-45", 7).await?;
            let kind = |slug| learner.problems.problem(slug).map(|problem| problem.question.kind());
            let place = invitation.problems[0].iter().position(|slug| kind(slug).is_ok_and(|kind| kind == Kind::Write));
            goes_to(learner, place.context("it asks for a program")?).await?;
            let problem = asked(learner).await?;
            let Question::Write(exercise) = &problem.question else {
                anyhow::bail!("{} is another kind", problem.slug)
            };
            let sent: Option<String> = learner.runs(CODE, &[]).await?;
            let sent = sent.context("there is a link")?;
            let hidden = exercise.hidden_tests.names.iter().filter(|name| sent.contains(name.as_str())).count();
            ensure!(exercise.tests.names.iter().all(|name| sent.contains(name)) && hidden == 0, "sent is {sent}");
            Ok(())
        })
        .await
}

/// A program is written while the clock runs out: it is judged as it stands.
#[tokio::test]
async fn what_is_filled_in_when_time_runs_out_is_handed_in() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            begins(learner, "core-coding", 5).await?;
            let steps = learner.parts("step").await?;
            steps[steps.len() - 1].click().await?;
            let problem = until("the program to write", async || {
                let problem = asked(learner).await?;
                Ok((problem.question.kind() == Kind::Write).then_some(problem))
            })
            .await?;
            let Some(Answer::Write { code, .. }) = answer_marked(&problem, Mark::Right) else {
                anyhow::bail!("no program")
            };
            learner.clicks("code").await?;
            learner.pastes_program(&code).await?;
            learner.lets_an_interview_go_on_for(44 * 60 + 48).await?;
            learner.pastes_program(&format!("{code}// late\n")).await?;
            // The last seconds run out while the page is open.
            learner.sees_part("to-score").await?;
            learner.clicks("said-all").await?;
            learner.clicks("hand-in-score").await?;
            let kept = reads_the_report(learner).await?;
            ensure!(kept.interview.rounds[0].left_ms() == 0, "{:?}", kept.interview.rounds[0].phase);
            let attempts = learner.attempts().await?;
            let [attempt] = &attempts[..] else { anyhow::bail!("{attempts:#?}") };
            let Answer::Write { code: handed_in, .. } = &attempt.answer else { anyhow::bail!("{attempt:#?}") };
            ensure!(handed_in.contains("// late"), "what was typed last is gone:\n{handed_in}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_second_tab_only_looks_until_the_first_is_closed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            begins(learner, "lightning", 3).await?;
            let first = learner.tab().await?;
            let second = learner.opens_a_tab().await?;
            only_looks_until_the_first_is_closed(learner, &first, &second, "This interview runs in another tab.")
                .await?;
            learner.sees_part("interview-bar").await?;
            learner.sees_part("held").await?;
            ends_the_round(learner).await?;
            reads_the_report(learner).await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_link_gives_the_same_questions_and_a_bad_one_is_refused_in_words() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            for bad in [
                "interview=no-such",
                "interview=lightning&level=mid&draw=99&problems=aaaaa&seed=1",
                "interview=lightning&level=guru&draw=1&problems=aaaaa&seed=1",
                "interview=lightning&level=mid&draw=1&problems=aaaaa.bbbbb&seed=1",
                "interview=%3Cimg%20src=x%20onerror=alert(1)%3E",
                "report=no-such",
            ] {
                learner.opens(&format!("interviews/?{bad}")).await?;
                learner.sees("All interviews").await?;
                ensure!(!learner.has("begin-interview").await?, "{bad} can begin");
            }
            let (invitation, address) = invitation(learner, "lightning", Level::Senior, 11)?;
            learner.opens(&address).await?;
            learner.sees("You are invited: the level is Senior").await?;
            learner.clicks("begin-interview").await?;
            learner.clicks("begin-round").await?;
            for slug in &invitation.problems[0] {
                ensure!(asked(learner).await?.slug == *slug, "other questions than the link has");
                let next = learner.parts("step").await?;
                let at = invitation.problems[0].iter().position(|other| other == slug).unwrap_or_default();
                if let Some(next) = next.get(at + 1) {
                    next.click().await?;
                    let wanted = &invitation.problems[0][at + 1];
                    until("the next question", async || Ok((asked(learner).await?.slug == *wanted).then_some(())))
                        .await?;
                }
            }
            Ok(())
        })
        .await
}

/// On a loop one rests between rounds, on another day if one likes.
#[tokio::test]
async fn an_on_site_loop_over_two_days() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let invitation = begins(learner, "on-site-loop", 2).await?;
            let problem = asked(learner).await?;
            learner.fills_in(&answer_marked(&problem, Mark::Wrong).context("it can be answered wrong")?).await?;
            learner.submits().await?;
            learner.sees_part("held").await?;
            ends_the_round(learner).await?;
            learner.sees_part("break").await?;
            learner.opens("").await?;
            learner.sees("The next round is “Concurrency and async”.").await?;
            let today = learner.text().await?;
            ensure!(!today.contains("Concepts to practise"), "it is judged before its end: {today}");
            learner.restarts_the_browser().await?;
            learner.opens("interviews/").await?;
            learner.lets_an_interview_go_on_for(24 * 3600).await?;
            learner.sees("The break is over.").await?;
            // What is over can be read meanwhile.
            learner.clicks("all-interviews").await?;
            learner.sees_part("blueprint").await?;
            learner.session().back().await?;
            for round in 1..invitation.problems.len() {
                learner.clicks("begin-round").await?;
                learner.sees_part("interview-bar").await?;
                let problem = asked(learner).await?;
                if problem.question.kind() == Kind::Discuss {
                    learner.clicks("notes").await?;
                    learner.presses("What I would say.").await?;
                    ends_the_round(learner).await?;
                    scores(learner, "partly").await?;
                } else {
                    ends_the_round(learner).await?;
                }
                if round + 1 < invitation.problems.len() {
                    learner.sees_part("begin-round").await?;
                }
            }
            let kept = reads_the_report(learner).await?;
            ensure!(kept.is_over(), "{kept:#?}");
            ensure!(learner.parts("round").await?.len() == invitation.problems.len(), "a round is not in the report");
            let rounds = learner.reads("rounds").await?;
            ensure!(rounds.contains("Concurrency and async: ") && rounds.contains(" of 5 right."), "{rounds}");
            ensure!(learner.reads("missing").await?.contains("Not answered: "), "what was not answered is not named");
            ensure!(now()? > kept.interview.began_at_ms, "it began in the future");
            learner.opens("").await?;
            learner.sees("Concepts to practise").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn on_a_phone_with_a_look_at_every_state() -> Result<()> {
    let axe = script()?;
    let axe = axe.as_deref();
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens("interviews/").await?;
            learner.sees_part("blueprint").await?;
            looks(learner, axe, "the list").await?;
            let invitation = begins(learner, "lightning", 3).await?;
            looks(learner, axe, "a round").await?;
            learner.clicks("hide-clock").await?;
            ensure!(!learner.has("time-left").await?, "the clock is not hidden");
            let problem = asked(learner).await?;
            ensure!(problem.slug == invitation.problems[0][0], "{}", problem.slug);
            learner.clicks("step-own").await?;
            learner.sees_part("own-questions").await?;
            looks(learner, axe, "one's own questions").await?;
            // It is not added yet when the round ends.
            learner.types_into("own-question", "Who is on call?").await?;
            let width = learner.runs::<bool>("return document.documentElement.scrollWidth <= innerWidth;", &[]).await?;
            ensure!(width, "the page is wider than the phone");
            ends_the_round(learner).await?;
            let own_questions = reads_the_report(learner).await?.interview.rounds[0].own_questions.clone();
            ensure!(own_questions == ["Who is on call?"], "{own_questions:?}");
            looks(learner, axe, "the report").await?;
            learner.clicks("next-time").await?;
            learner.presses("Ask about sizes first.").await?;
            learner.clicks("went-well").await?;
            until("what was written in the log", async || {
                let reflection = kept(learner).await?.pop().and_then(|kept| kept.interview.reflection);
                Ok(reflection.filter(|reflection| reflection.next == "Ask about sizes first."))
            })
            .await?;
            learner.opens("interviews/?interview=lightning").await?;
            ensure!(learner.reads("last-reflection").await?.contains("Ask about sizes first."), "it is not shown");
            Ok(())
        })
        .await
}

/// One that is left stays in the log, and can be gone on with.
#[tokio::test]
async fn one_that_is_left_is_gone_on_with_from_the_log() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (_, address) = invitation(learner, "lightning", Level::Mid, 4)?;
            learner.opens(&address).await?;
            learner.clicks("begin-interview").await?;
            learner.clicks("leave-interview").await?;
            learner.clicks("leave-now").await?;
            learner.opens("interviews/").await?;
            ensure!(learner.reads("page-interviews").await?.contains("not finished"), "it is not listed");
            learner.clicks("earlier").await?;
            learner.clicks("go-on").await?;
            learner.clicks("begin-round").await?;
            ends_the_round(learner).await?;
            let kept = reads_the_report(learner).await?;
            ensure!(kept.interview.rounds[0].questions.len() == 4, "{kept:#?}");
            learner.runs::<()>("window.print = () => { window.isPrinted = true; }; return null;", &[]).await?;
            learner.clicks("print").await?;
            ensure!(learner.runs::<bool>("return window.isPrinted === true;", &[]).await?, "nothing is printed");
            if learner.engine() == Engine::Chromium {
                learner.tells_devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
                const PRINTED: &str = "return ['header', '.notices', '.reflection', '[data-testid=print]']
                    .filter((part) => document.querySelector(part)?.checkVisibility());";
                let printed: Vec<String> = learner.runs(PRINTED, &[]).await?;
                ensure!(printed.is_empty(), "on paper are {printed:?}");
                learner.tells_devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
            }
            // What is looked back on is part of it, on paper and in the file.
            learner.types_into("next-time", "Ask about sizes first.").await?;
            if learner.engine() == Engine::Chromium {
                learner.tells_devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
                const WRITTEN: &str = "return [...document.querySelectorAll('.reflection *')]
                    .filter((part) => part.checkVisibility() && part.matches('p, textarea'))
                    .map((part) => part.textContent);";
                let written: Vec<String> = learner.runs(WRITTEN, &[]).await?;
                ensure!(written == ["Ask about sizes first."], "on paper stands {written:?}");
                learner.tells_devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
            }
            learner.clicks("save-report").await?;
            let Some(saved) = learner.saved_file().await? else { return Ok(()) };
            ensure!(saved.starts_with("# Lightning round: Strong no"), "{saved}");
            ensure!(saved.contains("## What held it back") && saved.contains("## Advice"), "{saved}");
            ensure!(saved.contains("- What to do next time: Ask about sizes first."), "{saved}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_answered_in_practice_meanwhile_is_another_matter() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            begins(learner, "lightning", 3).await?;
            let problem = asked(learner).await?;
            let wrong = answer_marked(&problem, Mark::Wrong).context("wrong")?;
            let right = answer_marked(&problem, Mark::Right).context("right")?;
            learner.fills_in(&wrong).await?;
            learner.answers(&problem, &right).await?;
            learner.opens("interviews/").await?;
            asked(learner).await?;
            ends_the_round(learner).await?;
            let kept = reads_the_report(learner).await?;
            let answer = kept.interview.rounds[0].questions[0].answer.context("it was filled in")?;
            ensure!(answer.mark == Mark::Wrong, "the answer of practice counts in the interview");
            Ok(())
        })
        .await
}

/// What is stored of a file is damaged when the round is handed in: the others count all the same.
#[tokio::test]
async fn a_round_is_handed_in_without_a_file_that_cannot_be_read() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.installs_the_app().await?;
            let invitation = begins(learner, "lightning", 3).await?;
            let first = asked(learner).await?;
            learner.fills_in(&answer_marked(&first, Mark::Right).context("right")?).await?;
            learner.submits().await?;
            learner.sees_part("held").await?;
            let pack_of = |slug| learner.problems.catalog.pack_of(slug).map(|pack| pack.address.clone());
            let own = pack_of(&first.slug);
            let damaged = invitation.problems[0].iter().map(pack_of).find(|pack| *pack != own).flatten();
            let damaged = damaged.context("all are in one pack")?;
            const DAMAGE: &str = "
                const [, place] = layout.find(([url]) => url.endsWith(args[0]));
                await change(place.chunk, (bytes) => bytes.fill(0, place.start, place.end));";
            learner.changes_what_is_stored::<()>(DAMAGE, &[json!(damaged)]).await?;
            learner.expects_error(&damaged);
            learner.goes_offline().await?;
            learner.lets_an_interview_go_on_for(700).await?;
            until("the report", async || {
                if learner.has("without-it").await? {
                    learner.clicks("without-it").await?;
                }
                Ok(learner.has("interview-report").await?.then_some(()))
            })
            .await?;
            learner.sees("The question counts as not answered.").await?;
            let kept = reads_the_report(learner).await?;
            let questions = &kept.interview.rounds[0].questions;
            ensure!(questions[0].answer.is_some() && !questions[0].is_lost, "{questions:#?}");
            ensure!(questions.iter().any(|asked| asked.is_lost), "{questions:#?}");
            Ok(())
        })
        .await
}

/// Where the browser has no locks, two tabs may begin to run one interview. The first goes on.
#[tokio::test]
async fn two_tabs_without_locks_find_out_which_of_them_runs_it() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // Only there locks can be taken away.
    }
    const NO_LOCKS: &str = "Object.defineProperty(navigator, 'locks', { value: undefined });";
    const EARLY: &str = "Page.addScriptToEvaluateOnNewDocument";
    Journey::new()
        .tells(async |learner| {
            learner.tells_devtools(EARLY, json!({ "source": NO_LOCKS })).await?;
            begins(learner, "lightning", 3).await?;
            let first = learner.tab().await?;
            let second = learner.opens_a_tab().await?;
            learner.tells_devtools(EARLY, json!({ "source": NO_LOCKS })).await?;
            only_looks_until_the_first_is_closed(learner, &first, &second, "close the other tab and reload this page")
                .await?;
            learner.reloads().await?;
            learner.sees_part("interview-bar").await?;
            learner.sees_part("held").await?;
            Ok(())
        })
        .await
}

/// Nothing of an interview stays when all is erased, not even where another tab runs it. What only begins with the same letters is
/// somebody else's.
#[tokio::test]
async fn erasing_ends_an_interview_in_every_tab() -> Result<()> {
    const OF_A_LATER_RELEASE: &str = "borrowed-time/interview-of-a-later-release";
    Journey::new()
        .tells(async |learner| {
            begins(learner, "lightning", 3).await?;
            let problem = asked(learner).await?;
            learner.fills_in(&answer_marked(&problem, Mark::Wrong).context("wrong")?).await?;
            let first = learner.tab().await?;
            learner.opens_a_tab().await?;
            learner.opens("settings/").await?;
            learner.finds_stored("borrowed-time/interview-set-aside", "{").await?;
            learner.finds_stored(OF_A_LATER_RELEASE, "1").await?;
            learner.clicks("erase").await?;
            learner.sees("Recordings of your voice stay").await?;
            learner.clicks("erase-recordings").await?;
            learner.clicks("erase-really").await?;
            learner.sees("All answers were erased").await?;
            learner.turns_to(&first).await?;
            learner.sees_part("begin-interview").await?;
            learner.opens("interviews/").await?;
            learner.sees_part("blueprint").await?;
            ensure!(!learner.has("earlier").await?, "it is still in the list");
            let left: Vec<_> = learner.stored().await?.into_iter().filter(|(key, _)| key.starts_with(KEY)).collect();
            ensure!(left.iter().map(|(key, _)| key.as_str()).eq([OF_A_LATER_RELEASE]), "{left:?}");
            Ok(())
        })
        .await
}

/// Where nothing can be stored an interview runs all the same, as long as its page is open.
#[tokio::test]
async fn runs_where_storage_is_denied() -> Result<()> {
    if Engine::from_environment()? == Engine::Webkit {
        return Ok(()); // It cannot be told to deny it.
    }
    Journey::new()
        .with(Permission::NoStorage)
        .tells(async |learner| {
            begins(learner, "lightning", 3).await?;
            let problem = asked(learner).await?;
            learner.fills_in(&answer_marked(&problem, Mark::Right).context("right")?).await?;
            learner.submits().await?;
            learner.sees_part("held").await?;
            ends_the_round(learner).await?;
            learner.sees_part("interview-report").await?;
            learner.sees("Right: 1 of 4 questions").await
        })
        .await
}
