//! What the log makes of a learner: what is due, how sure they are, what they master; with no, a short and a huge past.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use e2e::browser::Engine;
use e2e::history::history;
use e2e::journey::Journey;
use e2e::learner::{Learner, now};
use e2e::problems::answer_marked;
use e2e::site::Place;
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode, Record};
use quiz::grading::Mark;
use quiz::problem::{Kind, Problem};
use serde_json::{Value, json};

const DAY: u64 = 24 * 60 * 60 * 1000;
const SETTINGS: &str = "borrowed-time/settings";

#[tokio::test]
async fn confidence_is_stated_in_one_tap() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let buttons = [
                ("submit-guess", Confidence::Guess),
                ("submit", Confidence::FairlySure),
                ("submit-certain", Confidence::Certain),
            ];
            for ((button, confidence), kind) in buttons.into_iter().zip(Kind::ALL) {
                let (problem, answer) = learner.problems.to_be_marked(kind, Mark::Right)?;
                learner.opens_problem(&problem).await?;
                learner.fills_in(&answer).await?;
                learner.clicks(button).await?;
                learner.sees_judgement(&problem, &answer).await?;
                ensure!(last(learner).await?.confidence == Some(confidence), "{button} said something else");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn confidence_has_keys() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            for (key, confidence) in [("-", Confidence::Guess), ("+", Confidence::Certain)] {
                learner.opens_problem(&problem).await?;
                learner.fills_in(&answer).await?;
                learner.presses(key).await?;
                learner.sees_judgement(&problem, &answer).await?;
                ensure!(last(learner).await?.confidence == Some(confidence), "{key} said something else");
                learner.clicks_on("header a").await?;
                learner.sees_part("page-today").await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn confidence_can_be_switched_off() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("settings/").await?;
            learner.clicks("asks-confidence").await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            ensure!(!learner.has("submit-certain").await?, "it is still asked for");
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            ensure!(last(learner).await?.confidence.is_none(), "something was stored");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_answer_is_taken_back() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            learner.answers(&problem, &answer).await?;
            learner.sees("comes again tomorrow").await?;
            learner.clicks("undo").await?;
            learner.sees("does not count").await?;
            learner.reloads().await?;
            learner.sees("does not count").await?;
            ensure!(!learner.has("undo").await?, "it can be taken back twice");
            ensure!(learner.attempts().await?.len() == 1, "the answer is gone from the log");
            learner.opens("problems/?kind=choice").await?;
            let state = format!("[data-slug='{}'] .state", problem.slug);
            learner.sees_part("problem-row").await?;
            let state: String =
                learner.runs("return document.querySelector(arguments[0]).textContent;", &[json!(state)]).await?;
            ensure!(state == "new", "the problem is {state}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_due_is_asked_and_then_rests() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let problem = lonely(learner)?;
            learner.opens_a_plain_file().await?;
            learner.has_answered(&[answered(&problem, Mark::Right, now()? - 9 * DAY)?]).await?;
            learner.opens("").await?;
            learner.sees("1 due, 6 new").await?;
            learner.clicks("start").await?;
            let slug = learner.meets_question().await?;
            ensure!(slug == problem.slug, "{slug} is asked, due is {}", problem.slug);
            let answer = e2e::problems::answer_marked(&problem, Mark::Right).context("it has a right answer")?;
            learner.fills_in(&answer).await?;
            learner.clicks("submit-certain").await?;
            learner.sees_judgement(&problem, &answer).await?;
            learner.sees("It comes again in").await?;
            learner.opens("").await?;
            learner.sees("6 new").await?;
            ensure!(!learner.reads("headline").await?.contains("due"), "it is still due");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_clock_that_was_set_back_a_day() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Wrong)?;
            learner.opens_a_plain_file().await?;
            // As the app stored it while the clock was a day ahead.
            learner.has_answered(&[answered(&problem, Mark::Right, now()? + DAY)?]).await?;
            learner.answers(&problem, &answer).await?;
            learner.reloads().await?;
            learner.sees_judgement(&problem, &answer).await?;
            ensure!(learner.attempts().await?.len() == 2, "an answer was lost");
            for (address, part) in [("", "start"), ("progress/", "activity"), ("settings/", "kept")] {
                learner.opens(address).await?;
                learner.sees_part(part).await?;
            }
            learner.opens("progress/").await?;
            learner.sees("2 answers").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_browser_dies() -> Result<()> {
    if Engine::from_environment()? == Engine::Webkit {
        return Ok(()); // Its profile lies where its driver wants it.
    }
    Journey::new()
        .tells(async |learner| {
            let (first, right) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let (second, wrong) = learner.problems.to_be_marked(Kind::Spot, Mark::Wrong)?;
            learner.opens_a_plain_file().await?;
            learner.has_past_of(30).await?;
            learner.answers(&first, &right).await?;
            // A browser gathers what pages store and writes it to the disk every few seconds.
            tokio::time::sleep(std::time::Duration::from_secs(8)).await;
            learner.opens_problem(&second).await?;
            learner.fills_in(&wrong).await?;
            learner.submits().await?;
            learner.sees_the_browser_die().await?;

            learner.opens("progress/").await?;
            learner.sees_part("activity").await?;
            // What the dead browser noted of its requests is lost; this one is noted anew.
            learner.browser_looks_for_an_update().await?;
            ensure!(!learner.has("notice").await?, "something could not be read");
            let stored = learner.attempts().await?;
            ensure!(stored.iter().any(|attempt| attempt.slug == first.slug), "an answer that was on the disk is gone");
            let rest = stored.len() - 31;
            ensure!(rest <= 1, "{} answers are stored", stored.len());
            println!("the browser died at the moment of an answer: {rest} of 1 reached its disk, 31 of 31 before it");
            learner.answers(&second, &wrong).await?;
            ensure!(learner.attempts().await?.len() == stored.len() + 1, "nothing can be stored any more");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_hundred_thousand_answers() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_a_past(100_000, 900).await?;
            let taken: usize = learner.runs("return Object.entries(localStorage).flat().join('').length;", &[]).await?;
            ensure!(taken < 2_500_000, "they take {taken} characters");
            learner.opens("").await?;
            learner.sees_part("headline").await?;
            learner.sees("Due in the next two weeks").await?;
            learner.opens("progress/").await?;
            for part in ["readiness", "activity", "mastery", "calibration", "pace", "hardest"] {
                learner.sees_part(part).await?;
            }
            learner.sees("100,000 answers").await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            learner.reloads().await?;
            learner.opens("settings/").await?;
            learner.sees("100,001 answers").await?;
            learner.sees("5,000 kB").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_memory_model_is_fitted_without_a_network() -> Result<()> {
    Journey::new()
        .at(Place::SubPath)
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.has_a_past(390, 200).await?;
            learner.opens("settings/").await?;
            learner.sees("After 400 answers, this can be fitted to you. You have 390").await?;
            let past = forgetful(history(learner.problems.all(), 3000, 500, now()?, 3));
            learner.has_answered(&past).await?;
            learner.goes_offline().await?;
            learner.opens("settings/").await?;
            learner.sees("as they do for an average learner").await?;
            learner.clicks("fit").await?;
            learner.sees("Its error is").await?;
            learner.sees("The fit predicts your answers better").await?;
            learner.clicks("fit-accept").await?;
            learner.sees("This was learnt from").await?;
            learner.reloads().await?;
            learner.sees("This was learnt from").await?;
            learner.clicks("fit-undo").await?;
            learner.sees("as they do for an average learner").await?;
            learner.clicks("fit").await?;
            learner.sees_part("fit-done").await?;
            learner.clicks("fit-discard").await?;
            learner.sees("as they do for an average learner").await
        })
        .await
}

#[tokio::test]
async fn a_fit_is_cancelled() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_a_past(100_000, 900).await?;
            learner.opens("settings/").await?;
            learner.clicks("fit").await?;
            learner.clicks("fit-cancel").await?;
            learner.sees_part("fit").await?;
            tokio::time::sleep(std::time::Duration::from_secs(4)).await;
            ensure!(!learner.has("fit-done").await?, "it went on");
            learner.sees("as they do for an average learner").await
        })
        .await
}

#[tokio::test]
async fn pictures_have_their_numbers() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("progress/").await?;
            learner.sees("Nothing to show yet").await?;
            learner.opens_a_plain_file().await?;
            learner.has_past_of(60).await?;
            learner.opens("progress/").await?;
            learner.sees_part("mastery").await?;
            const UNTOLD: &str = r#"
                const pictures = [...document.querySelectorAll('main svg')];
                const isTold = (svg) => svg.getAttribute('aria-label')
                    || svg.closest('.gauge')?.querySelector('.value')?.textContent;
                return [pictures.length, pictures.filter((svg) => !isTold(svg)).length, document.querySelectorAll('table tbody tr').length];"#;
            const OPEN: &str = "document.querySelectorAll('.numbers summary').forEach((summary) => summary.click()); return null;";
            learner.runs::<()>(OPEN, &[]).await?;
            learner.sees("Topic or concept").await?;
            let [pictures, untold, rows]: [usize; 3] = learner.runs(UNTOLD, &[]).await?;
            ensure!(pictures > 20 && untold == 0 && rows > 50, "{pictures} pictures, {untold} without words, {rows} rows of numbers");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn mastery_is_drawn_to_scale_and_the_weakest_comes_first() -> Result<()> {
    // The share that is drawn, the per cent that are written, and in whose list it stands.
    const BARS: &str = r#"
        document.querySelectorAll('[data-testid=topic] details').forEach((topic) => { topic.open = true; });
        const width = (row, part) => row.querySelector(part).getBoundingClientRect().width;
        const bar = (row) => [
            width(row, '.fill') / width(row, '.track'),
            Number.parseInt(row.querySelector('.value').textContent) || 0,
        ];
        const topics = [...document.querySelectorAll('[data-testid=topic]')];
        const concepts = (topic) => [...topic.querySelectorAll('[data-testid=concept-mastery]')]
            .filter((row) => row.querySelector('.value').textContent !== 'not seen yet');
        return [topics.map((topic) => bar(topic.querySelector('summary'))), ...topics.map((topic) => concepts(topic).map(bar))];"#;
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_past_of(60).await?;
            learner.opens("progress/").await?;
            learner.sees_part("mastery").await?;
            let lists: Vec<Vec<(f64, f64)>> = learner.runs(BARS, &[]).await?;
            ensure!(lists[0].len() > 3, "{} topics were begun", lists[0].len());
            for list in lists {
                for (drawn, percent) in &list {
                    ensure!((drawn * 100.0 - percent).abs() < 1.5, "{percent} % is drawn as {drawn}: {list:?}");
                }
                ensure!(list.is_sorted_by_key(|(_, percent)| *percent), "the weakest is not first: {list:?}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_weak_spot_is_one_tap_from_its_practice() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_past_of(60).await?;
            learner.opens("").await?;
            let weak = learner.part("weak-concept").await?.attr("data-name").await?.context("it has a name")?;
            ensure!(learner.parts("weak-concept").await?.len() == 3, "three concepts are offered");
            learner.clicks_on("[data-testid=weak-concept] button").await?;
            let slug = learner.meets_question().await?;
            let concepts = &learner.problems.problem(&slug)?.concepts;
            ensure!(concepts.contains(&weak), "{slug} asks for {concepts:?}, not for {weak}");
            learner.clicks("end-session").await?;

            learner.opens("progress/").await?;
            let topic = learner.part("topic").await?.attr("data-name").await?.context("it has a name")?;
            learner.clicks_on("[data-testid=topic] > button").await?;
            let slug = learner.meets_question().await?;
            let asked = &learner.problems.problem(&slug)?.topic.0;
            ensure!(*asked == topic, "{slug} is about {asked}, not about {topic}");

            // Another weak spot does not throw the session away: its page asks.
            learner.opens("progress/").await?;
            learner.sees_part("hardest").await?;
            ensure!(!learner.has("retry-hardest").await?, "a session is under way");
            learner.clicks_on("[data-testid=topic]:nth-child(2) > button").await?;
            learner.sees("in the middle of another session").await?;
            learner.clicks("end-for-other").await?;
            learner.meets_question().await?;
            learner.clicks("end-session").await?;
            learner.sees_part("start").await?;

            learner.opens("progress/").await?;
            let hardest = learner.part("hardest").await?.text().await?;
            learner.clicks("retry-hardest").await?;
            let slug = learner.meets_question().await?;
            let title = &learner.problems.problem(&slug)?.title;
            ensure!(hardest.contains(title), "{title:?} is none of the hardest");
            Ok(())
        })
        .await
}

/// Who has answered one question is told so, and not how they are.
#[tokio::test]
async fn after_one_answer_it_is_too_early_to_say() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let asks = |concept: &String| {
                learner.problems.all().iter().filter(|problem| problem.concepts.contains(concept)).count()
            };
            let is_one_of_many = |problem: &&Problem| problem.concepts.iter().all(|concept| asks(concept) > 3);
            let choices = learner.problems.all().iter().filter(|problem| problem.question.kind() == Kind::Choice);
            let found = choices
                .filter(is_one_of_many)
                .find_map(|problem| Some((problem, answer_marked(problem, Mark::Wrong)?)));
            let (problem, answer) = found.context("each concept has one problem")?;
            learner.answers(problem, &answer).await?;
            learner.opens("progress/").await?;
            for part in ["hardest", "pace"] {
                learner.sees_part(part).await?;
                let shown = learner.reads(part).await?;
                ensure!(shown.contains("too early to say"), "{part}: {shown}");
                ensure!(!shown.contains("hard for you to remember") && !shown.contains("Lately"), "{part}: {shown}");
            }
            learner.opens("").await?;
            learner.sees_part("weakest").await?;
            let shown = learner.reads("weakest").await?;
            ensure!(shown.contains("too early to say") && !shown.contains("Your weakest"), "{shown}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn each_day_says_how_much_is_due() -> Result<()> {
    const DAYS: &str = r#"
        return [...document.querySelectorAll('[data-testid=due-on]')].map((day) => [
            Number(day.dataset.due),
            Number(day.querySelector('.count').textContent),
            day.querySelector('.bar').getBoundingClientRect().height,
        ]);"#;
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_past_of(60).await?;
            learner.opens("").await?;
            learner.sees_part("forecast").await?;
            let days: Vec<(u32, u32, f64)> = learner.runs(DAYS, &[]).await?;
            ensure!(days.len() == 14, "{} days are shown", days.len());
            ensure!(days.iter().all(|(due, written, _)| due == written), "{days:?}");
            let most = days.iter().map(|(due, ..)| *due).max().unwrap_or(0);
            let highest = days.iter().map(|(.., height)| *height).fold(0.0, f64::max);
            for (due, _, height) in &days {
                let share = f64::from(*due) / f64::from(most);
                ensure!((height / highest - share).abs() < 0.05, "{due} of {most} is {height} px high: {days:?}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_belief_leads_to_its_practice() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let problem = learner
                .problems
                .all()
                .iter()
                .find(|problem| names_a_belief(problem))
                .context("a choice names a belief")?;
            let problem = problem.clone();
            let wrong = e2e::problems::answer_marked(&problem, Mark::Wrong).context("it has a wrong answer")?;
            let times = now()?;
            let one = |ago: u64| -> Result<Record> {
                let Record::Attempt(attempt) = answered(&problem, Mark::Wrong, times - ago * DAY)? else {
                    unreachable!()
                };
                Ok(Record::Attempt(Attempt { answer: wrong.clone(), ..attempt }))
            };
            learner.opens_a_plain_file().await?;
            learner.has_answered(&[one(3)?, one(2)?, one(1)?]).await?;
            learner.opens("progress/").await?;
            learner.sees("You have answered three times as if this were true").await?;
            learner.clicks_on("[data-testid=misconception] button").await?;
            learner.meets_question().await.map(|_| ())
        })
        .await
}

#[tokio::test]
async fn a_concept_is_practised_though_a_session_is_under_way() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("start").await?;
            learner.meets_question().await?;
            learner.opens("practice/?concept=move").await?;
            learner.meets_question().await?;
            learner.sees("in the middle of another session").await?;
            learner.clicks("end-for-other").await?;
            let slug = learner.meets_question().await?;
            let concepts = &learner.problems.problem(&slug)?.concepts;
            ensure!(concepts.iter().any(|concept| concept == "move"), "{slug} asks for {concepts:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_browser_is_asked_to_keep_the_tenth_answer() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_past_of(8).await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            ensure!(!was_asked(learner).await?, "it was asked after nine answers");
            let (problem, answer) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            let promise: Option<bool> = learner.runs("return navigator.storage?.persisted() ?? null;", &[]).await?;
            if promise == Some(false) {
                e2e::wait::until("the browser to be asked", async || Ok(was_asked(learner).await?.then_some(())))
                    .await?;
            }
            learner.opens("settings/").await?;
            learner.sees("Your answers take").await
        })
        .await
}

#[tokio::test]
async fn a_backup_is_suggested_after_fifty_answers() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_past_of(49).await?;
            learner.opens("").await?;
            learner.sees_part("start").await?;
            ensure!(!learner.has("backup-notice").await?, "49 answers are not 50");
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            learner.opens("").await?;
            learner.sees("50 answers have no backup").await?;
            learner.clicks("backup-now").await?;
            // No page can know whether a download has arrived.
            learner.clicks("not-arrived").await?;
            learner.sees_focus_on("#another-way").await?;
            learner.sees("50 answers have no backup").await?;
            // There is another way where downloads are denied.
            learner.sees_part("copy-answers").await?;
            learner.clicks("backup-now").await?;
            learner.sees_part("arrived").await?;
            // What is answered before one has looked is not in the file.
            learner.clicks("start").await?;
            let asked = learner.meets_question().await?;
            let asked = learner.problems.problem(&asked)?.clone();
            learner.fills_in(&answer_marked(&asked, Mark::Right).context("it has a right answer")?).await?;
            learner.submits().await?;
            learner.sees_part("summary").await?;
            learner.clicks_on("header.bar nav a").await?;
            learner.clicks("arrived").await?;
            learner.no_longer_sees_part("backup-notice").await?;
            let settings = learner.stored_at("borrowed-time/settings").await?.unwrap_or_default();
            ensure!(settings.contains("\"backed_up\":50"), "what is said to be in the file: {settings}");
            learner.reloads().await?;
            learner.sees_part("start").await?;
            ensure!(!learner.has("backup-notice").await?, "it was forgotten that there is a backup");
            Ok(())
        })
        .await
}

trait Past {
    async fn has_past_of(&self, count: usize) -> Result<()>;
}

impl Past for Learner {
    /// A few answers of the last days; the app must not be open.
    async fn has_past_of(&self, count: usize) -> Result<()> {
        if !self.address().await?.starts_with("http") {
            self.opens("robots.txt").await?;
        }
        self.has_answered(&history(self.problems.all(), count, 5, now()? - DAY, 7)).await
    }
}

async fn was_asked(learner: &Learner) -> Result<bool> {
    let settings: Value = serde_json::from_str(&learner.stored_at(SETTINGS).await?.unwrap_or("null".to_owned()))?;
    Ok(settings["data"]["asked_to_keep"] == true)
}

async fn last(learner: &Learner) -> Result<Attempt> {
    learner.attempts().await?.into_iter().last().context("nothing is stored")
}

/// A past of someone who knows for ten days what they have read, and nothing after that, unlike the average learner.
fn forgetful(past: Vec<Record>) -> Vec<Record> {
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    let remember = |record: Record| match record {
        Record::Attempt(attempt) => {
            let before = last.insert(attempt.slug.to_string(), attempt.answered_at_ms);
            let knows = before.is_some_and(|before| attempt.answered_at_ms - before < 10 * DAY);
            Record::Attempt(Attempt { mark: if knows { Mark::Right } else { Mark::Wrong }, ..attempt })
        }
        undo => undo,
    };
    past.into_iter().map(remember).collect()
}

/// An answer of this mark at a time, in ms since 1970.
fn answered(problem: &Problem, mark: Mark, at: u64) -> Result<Record> {
    Ok(Record::Attempt(Attempt {
        id: AttemptId::new(at, at & 0xffff),
        answered_at_ms: at,
        slug: problem.slug.clone(),
        revision: problem.revision,
        answer: e2e::problems::answer_marked(problem, mark).context("it has such an answer")?,
        mark,
        elapsed_ms: 30_000,
        hints: 0,
        confidence: None,
        mode: Mode::Practice,
        try_number: 1,
    }))
}

/// A problem whose first concept no other problem asks for, so that nothing stands in for it. Programs to write never do.
fn lonely(learner: &Learner) -> Result<Problem> {
    let all = learner.problems.all();
    let asks = |problem: &Problem, concept: &String| problem.concepts.contains(concept);
    let lonely = all.iter().filter(|problem| problem.question.kind() == Kind::Choice).find(|problem| {
        let asking = all.iter().filter(|other| asks(other, &problem.concepts[0]));
        asking.filter(|other| !other.question.kind().is_by_choice()).count() == 1
    });
    lonely.cloned().context("every choice has a sibling")
}

/// Whether the wrong answer to a choice stands for a belief.
fn names_a_belief(problem: &Problem) -> bool {
    let quiz::problem::Question::Choice { options, several: false } = &problem.question else { return false };
    let Some(quiz::answer::Answer::Choice { chosen }) = e2e::problems::answer_marked(problem, Mark::Wrong) else {
        return false;
    };
    chosen.iter().all(|option| options[*option].misconception.is_some())
}
