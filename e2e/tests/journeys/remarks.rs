//! What a learner does with a question besides answering it: bookmark, note, suspension, beginning anew, taking an undo
//! back, reporting a fault.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::learner::{ATTEMPTS, Learner, now};
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::attempt::{Attempt, AttemptId, Mode, Record};
use quiz::grading::Mark;
use quiz::log::{self, AttemptLog};
use quiz::problem::{ExpectedOutcome, Kind, Problem, Slug, Topic};
use quiz::remarks::Remarks;
use quiz::similar::similar;
use serde_json::json;
use thirtyfour::{By, Key, WebElement};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// What must stay a text, whatever is in it.
const HOSTILE: &str = "<img src=x onerror=\"document.title='harmed'\"> & “é” 🦀";

#[tokio::test]
async fn a_bookmark_and_a_note_survive_a_reload_and_come_to_another_browser() -> Result<()> {
    let mut exports = Vec::new();
    let told = Journey::new().tells(async |learner| {
        let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
        learner.opens_problem(&problem).await?;
        learner.clicks("bookmark").await?;
        writes_note(learner, "Moved in line 3,\nused in line 4.").await?;
        learner.clicks("note-save").await?;
        sees_bookmark_and_note(learner).await?;
        learner.reloads().await?;
        learner.meets_question().await?;
        sees_bookmark_and_note(learner).await?;
        learner.fills_in(&answer).await?;
        learner.submits().await?;
        learner.sees_judgement(&problem, &answer).await?;
        sees_bookmark_and_note(learner).await?;
        for (button, extension) in [("export", "json"), ("export-csv", "csv")] {
            learner.opens("settings/").await?;
            learner.clicks(button).await?;
            exports.extend(learner.saved_file().await?.map(|text| (extension, text)));
        }
        Ok(())
    });
    told.await?;
    for (extension, text) in exports {
        let told = Journey::new().tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            imports(learner, extension, &text).await?;
            learner.opens_problem(&problem).await?;
            sees_bookmark_and_note(learner).await
        });
        told.await.with_context(|| format!("as {extension}"))?;
    }
    Ok(())
}

#[tokio::test]
async fn a_note_that_is_left_is_kept_and_an_empty_one_removes_it() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            writes_note(learner, "left in haste").await?;
            // The focus goes elsewhere, and the panel with the field closes.
            learner.clicks("tool-similar").await?;
            learner.no_longer_sees_part("note-text").await?;
            ensure!(learner.reads("note").await? == "left in haste", "the note was forgotten");
            learner.reloads().await?;
            learner.meets_question().await?;
            ensure!(learner.reads("note").await? == "left in haste", "the note was not stored");
            learner.clicks("tool-note").await?;
            learner.part("note-text").await?.clear().await?;
            learner.types_into("note-text", " ").await?;
            learner.clicks("note-save").await?;
            learner.no_longer_sees_part("note").await?;
            let remarks = Remarks::of(&everything(learner).await?);
            ensure!(remarks.note(&problem.slug).is_none(), "the note is still stored");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_note_with_markup_stays_text() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            writes_note(learner, HOSTILE).await?;
            learner.clicks("note-save").await?;
            ensure!(learner.reads("note").await? == HOSTILE, "the note says something else");
            learner.reloads().await?;
            learner.meets_question().await?;
            ensure!(learner.reads("note").await? == HOSTILE, "after the reload the note says something else");
            let images = learner.session().find_all(By::Css(".tools img")).await?.len();
            ensure!(images == 0, "the note became {images} images");
            ensure!(!learner.session().title().await?.contains("harmed"), "the note ran");
            Ok(())
        })
        .await
}

/// An answer of earlier is reached from its problem, and shows what was answered then; a link that leads to none says so.
#[tokio::test]
async fn answers_of_earlier_are_listed_and_looked_at_again() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let (problem, right) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let wrong = answer_marked(&problem, Mark::Wrong).context("there is a wrong answer")?;
            for answer in [&wrong, &right] {
                learner.opens_problem(&problem).await?;
                learner.fills_in(answer).await?;
                learner.submits().await?;
                learner.sees_judgement(&problem, answer).await?;
                // To open the page again right away would be a reload, which looks at the answer.
                learner.opens("").await?;
            }
            learner.opens_problem(&problem).await?;
            learner.clicks("tool-more").await?;
            learner.sees_part("earlier-answer").await?;
            let listed = learner.parts("earlier-answer").await?;
            ensure!(listed.len() == 2, "{} answers are listed", listed.len());
            let (newest, oldest) = (address_of(&listed[0]).await?, address_of(&listed[1]).await?);
            ensure!(newest != oldest, "both lead to {newest}");
            listed[1].click().await?;
            learner.sees_judgement(&problem, &wrong).await?;
            learner.sees("Your answer of").await?;
            for dead in ["undo", "try-again"] {
                ensure!(!learner.has(dead).await?, "{dead} does nothing where an answer is only looked at");
            }
            learner.reloads().await?;
            learner.sees_judgement(&problem, &wrong).await?;
            learner.session().back().await?;
            learner.meets_question().await?;
            ensure!(!learner.has("summary").await?, "Back leads to the answer");
            learner.session().forward().await?;
            learner.sees_judgement(&problem, &wrong).await?;
            learner.clicks("next").await?;
            learner.meets_question().await?;
            ensure!(!learner.has("summary").await?, "the question is not asked");
            ensure!(learner.attempts().await?.len() == 2, "to look has added an answer");
            let (other, _) = learner.problems.to_be_marked(Kind::Predict, Mark::Right)?;
            let of_other = oldest.rsplit_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default();
            let nobodys = "answer=000000000000-0000000000000000".to_owned();
            for query in [of_other, nobodys, "answer=%3Cimg+src%3Dx%3E".to_owned(), "answer=".to_owned()] {
                learner.opens(&format!("problems/{}/?{query}", other.slug)).await?;
                learner.sees("This answer cannot be shown.").await?;
            }
            learner.clicks_on("main .go").await?;
            ensure!(learner.meets_question().await? == other.slug, "the way on leads elsewhere");
            // From an answer that is looked at, a link leads to another question, not to an answer of it.
            learner.opens(&oldest).await?;
            learner.sees_judgement(&problem, &wrong).await?;
            const FOLLOW: &str = "const link = document.createElement('a');
                link.href = arguments[0];
                document.querySelector('main').append(link);
                link.click();
                return null;";
            learner.runs::<()>(FOLLOW, &[format!("problems/{}/", other.slug).into()]).await?;
            until("the other question", async || Ok((learner.meets_question().await? == other.slug).then_some(())))
                .await
        })
        .await
}

async fn address_of(link: &WebElement) -> Result<String> {
    link.attr("href").await?.context("it leads nowhere")
}

#[tokio::test]
async fn a_suspended_problem_is_not_asked_until_it_is_resumed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let problem = least_like_others(learner)?;
            learner.opens_a_plain_file().await?;
            learner.has_answered(&[answered(&problem, Mark::Wrong, now()? - 9 * DAY)?]).await?;
            learner.opens("").await?;
            learner.sees("1 due").await?;

            learner.opens_problem(&problem).await?;
            learner.clicks("tool-more").await?;
            learner.clicks("suspend").await?;
            learner.sees_part("suspended").await?;
            learner.opens("").await?;
            learner.sees_part("headline").await?;
            let headline = learner.reads("headline").await?;
            ensure!(!headline.contains("due"), "what is suspended counts as due: {headline}");
            ensure!(!queue(learner).await?.contains(&problem.slug), "what is suspended is in the session");

            learner.opens_problem(&problem).await?;
            learner.clicks("resume").await?;
            learner.no_longer_sees_part("suspended").await?;
            learner.opens("").await?;
            learner.sees("1 due").await?;
            ensure!(queue(learner).await?.contains(&problem.slug), "what is resumed is not asked");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_new_problem_that_is_suspended_does_not_count_as_new() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            let first = queue(learner).await?.into_iter().next().context("there is a session")?;
            let problem = learner.problems.problem(&first)?.clone();
            learner.forgets_what_is_under_way().await?;
            learner.opens_problem(&problem).await?;
            learner.clicks("tool-more").await?;
            learner.clicks("suspend").await?;
            learner.sees_part("suspended").await?;
            learner.opens("").await?;
            ensure!(!queue(learner).await?.contains(&first), "it is asked as new");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_undo_is_taken_back() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            learner.answers(&problem, &answer).await?;
            learner.clicks("undo").await?;
            learner.sees("This answer does not count.").await?;
            learner.clicks("recount").await?;
            learner.sees("comes again tomorrow").await?;
            learner.sees_part("undo").await?;
            learner.reloads().await?;
            learner.sees("comes again tomorrow").await?;
            ensure!(everything(learner).await?.first_tries().count() == 1, "the answer does not count again");
            learner.clicks("undo").await?;
            learner.sees("This answer does not count.").await?;
            ensure!(everything(learner).await?.first_tries().count() == 0, "it cannot be taken back again");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn in_a_session_an_answer_taken_back_is_given_anew_and_that_one_counts() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start-short").await?;
            let first = learner.meets_question().await?;
            let problem = learner.problems.problem(&first)?.clone();
            let wrong = answer_marked(&problem, Mark::Wrong).context("every problem has a wrong answer")?;
            let right = answer_marked(&problem, Mark::Right).context("every problem has a right answer")?;
            learner.fills_in(&wrong).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &wrong).await?;
            learner.clicks("undo").await?;
            learner.clicks("answer-again").await?;
            ensure!(learner.meets_question().await? == first, "another question is asked");
            learner.fills_in(&right).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &right).await?;
            let log = everything(learner).await?;
            let counting: Vec<(Mark, u32)> = log.first_tries().map(|one| (one.mark, one.try_number)).collect();
            ensure!(counting == [(Mark::Right, 1)], "what counts is {counting:?}");
            let count = finishes_session(learner).await?;
            learner.sees(&format!("{count} of {count} right")).await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_topic_begun_anew_is_new_again_and_the_log_keeps_all() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let topic = learner.problems.catalog.topics.first().context("there are topics")?.topic.clone();
            let (own, others) = of_topic_and_others(learner, &topic)?;
            learner.opens_a_plain_file().await?;
            let at = now()? - 3 * DAY;
            let mut records = Vec::new();
            for (place, problem) in (0..).zip(own.iter().chain(&others)) {
                records.push(answered(problem, Mark::Right, at + place)?);
            }
            learner.has_answered(&records).await?;
            learner.opens("settings/").await?;
            learner.sees(&format!("{} answers are stored", records.len())).await?;
            chooses_topic(learner, &topic).await?;
            learner.clicks("topic-anew").await?;
            let told = learner.reads("topic-told").await?;
            ensure!(told.contains("2 answers stop counting"), "it says {told:?}");
            learner.clicks("topic-keep").await?;
            learner.no_longer_sees_part("topic-told").await?;
            ensure!(everything(learner).await?.standing() == records.len(), "it was begun anew before it was wanted");

            learner.clicks("topic-anew").await?;
            learner.clicks("topic-really").await?;
            learner.sees("starts over").await?;
            let log = everything(learner).await?;
            ensure!(log.len() == records.len(), "answers are gone from the log");
            ensure!(log.standing() == others.len(), "{} answers count", log.standing());
            learner.opens("problems/?q=").await?;
            learner.sees_part("problem-row").await?;
            for problem in &own {
                let state = state_in_list(learner, &problem.slug).await?;
                ensure!(state == "new", "{} is {state}", problem.slug);
            }
            Ok(())
        })
        .await
}

/// What is under way when all is erased goes with it: the next answer is a first one.
#[tokio::test]
async fn erasing_takes_what_is_under_way() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, wrong) = learner.problems.to_be_marked(Kind::Fill, Mark::Wrong)?;
            let right = answer_marked(&problem, Mark::Right).context("it has a right answer")?;
            learner.opens("placement/").await?;
            learner.clicks("start-placement").await?;
            learner.meets_question().await?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&wrong).await?;
            learner.submits().await?;
            learner.sees_part("trial-summary").await?;
            learner.opens("settings/").await?;
            learner.clicks("erase").await?;
            learner.clicks("erase-really").await?;
            learner.sees("All answers were erased").await?;
            const KEPT: &str =
                "return Object.keys(sessionStorage).filter((key) => /draft|placement|session/.test(key));";
            let kept: Vec<String> = learner.runs(KEPT, &[]).await?;
            ensure!(kept.is_empty(), "{kept:?} stay");
            learner.opens_problem(&problem).await?;
            learner.fills_in(&right).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &right).await?;
            let tries: Vec<u32> = learner.attempts().await?.iter().map(|attempt| attempt.try_number).collect();
            ensure!(tries == [1], "the tries are {tries:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_problem_is_begun_anew() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, wrong) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            let right = answer_marked(&problem, Mark::Right).context("it has a right answer")?;
            learner.answers(&problem, &wrong).await?;
            learner.clicks("tool-more").await?;
            learner.clicks("anew").await?;
            let told = learner.reads("anew-told").await?;
            ensure!(told.contains("One answer stops counting"), "it says {told:?}");
            learner.clicks("anew-really").await?;
            learner.meets_question().await?;
            learner.fills_in(&right).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &right).await?;
            let log = everything(learner).await?;
            let counting: Vec<(Mark, u32)> = log.first_tries().map(|one| (one.mark, one.try_number)).collect();
            ensure!((log.len(), &counting[..]) == (2, &[(Mark::Right, 1)]), "what counts is {counting:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn similar_problems_are_named_and_lead_there() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let catalog = &learner.problems.catalog;
            let found = catalog.problems.iter().find(|entry| similar(catalog, &entry.slug, 5).len() == 5);
            let own = found.context("some problem is like five others")?.slug.clone();
            let expected: Vec<String> = similar(catalog, &own, 5).iter().map(|entry| entry.title.clone()).collect();
            let first = similar(catalog, &own, 1)[0].slug.clone();
            let problem = learner.problems.problem(&own)?.clone();
            learner.opens_problem(&problem).await?;
            learner.clicks("tool-similar").await?;
            learner.sees_part("similar").await?;
            let mut shown = Vec::new();
            for link in learner.parts("similar").await? {
                shown.push(link.text().await?);
            }
            ensure!(shown == expected, "named are {shown:?}, not {expected:?}");
            learner.clicks("similar").await?;
            until("the similar problem", async || Ok((learner.meets_question().await? == first).then_some(()))).await
        })
        .await
}

#[tokio::test]
async fn a_report_has_what_is_needed_and_nothing_is_sent() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            learner.opens_problem(&problem).await?;
            let before = report(learner).await?;
            ensure!(before.contains("Answered: no"), "it says {before:?}");
            learner.clicks("tool-more").await?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            let text = report(learner).await?;
            let expected = [
                format!("Problem: {}, revision {}", problem.slug, problem.revision),
                format!("Release: {}", learner.release().await?),
                format!("Compiler: {}", learner.problems.catalog.toolchain),
                format!("Answered: {}", serde_json::to_string(&answer)?),
                "expected: ".to_owned(),
            ];
            for line in expected {
                ensure!(text.contains(&line), "{line:?} is not in the report: {text}");
            }
            learner.sees("Nothing is sent.").await?;
            learner.clicks("report-copy").await?;
            let said = until("a word on the copy", async || {
                let said = learner.reads("report-said").await?;
                Ok((!said.is_empty()).then_some(said))
            });
            let said = said.await?;
            ensure!(said == "Copied." || said.contains("copy it yourself"), "it says {said:?}");
            Ok(())
        })
        .await
}

/// Opens the field for the note and types into it.
async fn writes_note(learner: &Learner, text: &str) -> Result<()> {
    learner.clicks("tool-note").await?;
    learner.part("note-text").await?;
    // Not every driver types letters beyond the first plane.
    const WRITE: &str = r#"
        const field = document.querySelector('[data-testid=note-text]');
        field.focus();
        field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }));
        return null;"#;
    learner.runs(WRITE, &[json!(text)]).await
}

async fn sees_bookmark_and_note(learner: &Learner) -> Result<()> {
    let pressed = learner.part("bookmark").await?.attr("aria-pressed").await?;
    ensure!(pressed.as_deref() == Some("true"), "the bookmark is {pressed:?}");
    let note = learner.reads("note").await?;
    ensure!(note == "Moved in line 3,\nused in line 4.", "the note says {note:?}");
    Ok(())
}

/// Brings a file of this kind in.
async fn imports(learner: &Learner, extension: &str, text: &str) -> Result<()> {
    let folder = tempfile::TempDir::new()?;
    let path = folder.path().join(format!("answers.{extension}"));
    std::fs::write(&path, text)?;
    learner.opens("settings/").await?;
    picks(learner, &path).await?;
    let preview = learner.reads("import-preview").await?;
    ensure!(preview.contains("Changes of bookmarks, notes, stories and interviews: 2."), "it says {preview:?}");
    learner.clicks("import-add").await?;
    learner.sees("Imported: 1 new answer.").await
}

async fn picks(learner: &Learner, path: &Path) -> Result<()> {
    learner.sees_part("import").await?;
    let field = learner.parts("import").await?.into_iter().next().context("there is nothing to import with")?;
    Ok(field.send_keys(path.to_string_lossy().as_ref()).await?)
}

/// Opens the report of a fault, and reads it.
async fn report(learner: &Learner) -> Result<String> {
    learner.clicks("tool-more").await?;
    learner.clicks("report").await?;
    learner.sees_part("report-text").await?;
    learner.runs("return document.querySelector('[data-testid=report-text]').value;", &[]).await
}

/// Starts what there is to do today and reads its queue, as the tab remembers it.
async fn queue(learner: &Learner) -> Result<Vec<Slug>> {
    const QUEUE: &str = "return JSON.parse(sessionStorage.getItem('borrowed-time/session')).queue;";
    learner.runs::<()>("sessionStorage.removeItem('borrowed-time/session'); return null;", &[]).await?;
    learner.reloads().await?;
    learner.clicks("start").await?;
    learner.meets_question().await?;
    let queue: Vec<String> = learner.runs(QUEUE, &[]).await?;
    Ok(queue.into_iter().map(|slug| Slug(slug.into())).collect())
}

/// Goes on to the end of the session, every answer right, and tells how many there were.
async fn finishes_session(learner: &Learner) -> Result<usize> {
    let mut count = 1;
    loop {
        learner.clicks("next").await?;
        let open = "[data-testid=question][data-state=asking], [data-testid=session-finished]";
        until("the next question or the end", async || {
            Ok((!learner.session().find_all(By::Css(open)).await?.is_empty()).then_some(()))
        })
        .await?;
        if learner.has("session-finished").await? {
            return Ok(count);
        }
        let problem = learner.problems.problem(&learner.meets_question().await?)?;
        let right = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
        learner.fills_in(&right).await?;
        learner.submits().await?;
        learner.sees_judgement(problem, &right).await?;
        count += 1;
    }
}

/// Two problems of a topic and one of another.
fn of_topic_and_others(learner: &Learner, topic: &Topic) -> Result<(Vec<Problem>, Vec<Problem>)> {
    let (own, others): (Vec<Problem>, Vec<Problem>) =
        learner.problems.all().iter().cloned().partition(|problem| problem.topic == *topic);
    ensure!(own.len() >= 2 && !others.is_empty(), "{} has {} problems", topic.0, own.len());
    Ok((own.into_iter().take(2).collect(), others.into_iter().take(1).collect()))
}

async fn chooses_topic(learner: &Learner, topic: &Topic) -> Result<()> {
    learner.sees_part("anew-topic").await?;
    learner.clicks_on(&format!("[data-testid=anew-topic] option[value='{}']", topic.0)).await
}

async fn state_in_list(learner: &Learner, slug: &Slug) -> Result<String> {
    let state = format!("[data-slug='{slug}'] .state");
    learner.runs("return document.querySelector(arguments[0])?.textContent ?? '';", &[json!(state)]).await
}

/// The records that are stored.
async fn everything(learner: &Learner) -> Result<AttemptLog> {
    let mut log = AttemptLog::default();
    for (key, value) in learner.stored().await? {
        if key.starts_with(ATTEMPTS) {
            log.union(log::read(&value)?.records);
        }
    }
    Ok(log)
}

/// A problem whose first concept no other problem asks for, so that nothing stands in for it. Programs to write never do.
fn least_like_others(learner: &Learner) -> Result<Problem> {
    let all = learner.problems.all();
    let is_alone = |problem: &&Problem| {
        let first = problem.concepts.first();
        let stands_in = |other: &&Problem| !other.question.kind().is_by_choice();
        let others = all.iter().filter(stands_in);
        first.is_some_and(|first| others.filter(|other| other.concepts.contains(first)).count() == 1)
    };
    let mut choices = all.iter().filter(|problem| problem.question.kind() == Kind::Choice);
    choices.find(is_alone).cloned().context("every choice has a sibling")
}

/// An answer of this mark at a time, in ms since 1970.
fn answered(problem: &Problem, mark: Mark, at: u64) -> Result<Record> {
    Ok(Record::Attempt(Attempt {
        id: AttemptId::new(at, at & 0xffff),
        answered_at_ms: at,
        slug: problem.slug.clone(),
        revision: problem.revision,
        answer: answer_marked(problem, mark).context("it has such an answer")?,
        mark,
        elapsed_ms: 30_000,
        hints: 0,
        confidence: None,
        mode: Mode::Practice,
        try_number: 1,
    }))
}

/// Control and Enter hand in from a field of the answer, and from no other.
#[tokio::test]
async fn a_key_in_a_field_that_is_no_answer_hands_nothing_in() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.fills_in(&answer).await?;
            report(learner).await?;
            const FOCUS: &str = "document.querySelector('[data-testid=report-text]').focus(); return null;";
            learner.runs::<()>(FOCUS, &[]).await?;
            learner.presses_with_control(Key::Enter).await?;
            ensure!(learner.attempts().await?.is_empty(), "a key in the report handed the answer in");
            let prints = learner.problems.predict(|happens| matches!(happens, ExpectedOutcome::Prints { .. }))?.clone();
            learner.opens_problem(&prints).await?;
            learner.clicks("outcome-prints").await?;
            learner.types_into("stdout", "anything").await?;
            learner.presses_with_control(Key::Enter).await?;
            learner.sees_part("summary").await
        })
        .await
}
