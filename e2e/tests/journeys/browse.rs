//! Looking for a problem: search as one types, conditions, topics that fold, and the way back.

use anyhow::{Context, Result, ensure};
use e2e::host::Faults;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::problems::answer_marked;
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind};
use quiz::search::{Index, Texts};
use thirtyfour::Key;

#[tokio::test]
async fn search_finds_a_title_while_it_is_typed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let entry = learner.problems.catalog.problems.last().cloned().context("there are problems")?;
            learner.opens("problems/").await?;
            counts(learner, learner.problems.catalog.problems.len()).await?;
            learner.types_into("search", &entry.title.to_uppercase()).await?;
            until("the problem to be found", async || {
                Ok((rows(learner).await?.first().map(String::as_str) == Some(&*entry.slug.0)).then_some(()))
            })
            .await?;

            // What is looked for is part of the address: a reload and the way back lead to it.
            learner.clicks("problem-row").await?;
            learner.meets_question().await?;
            learner.session().back().await?;
            learner.sees_part("page-problems").await?;
            until("the search to be there again", async || {
                Ok((rows(learner).await?.first().map(String::as_str) == Some(&*entry.slug.0)).then_some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn texts_are_searched_and_loaded_when_somebody_searches() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            const LOADED: &str = "return performance.getEntriesByType('resource').map((entry) => entry.name);";
            let (word, expected) = word_of_a_text(learner)?;
            learner.opens("").await?;
            learner.clicks_on("nav a[href='problems/']").await?;
            counts(learner, learner.problems.catalog.problems.len()).await?;
            let loaded: Vec<String> = learner.runs(LOADED, &[]).await?;
            let texts = &learner.problems.catalog.texts;
            let of_problems = |address: &&String| address.contains("/packs/") && !address.contains("/catalog-");
            ensure!(!loaded.iter().any(|address| of_problems(&address)), "nobody has searched yet: {loaded:?}");

            learner.types_into("search", &word).await?;
            until("the text to be found", async || Ok((rows(learner).await? == expected).then_some(()))).await?;
            let loaded: Vec<String> = learner.runs(LOADED, &[]).await?;
            let loaded: Vec<&String> = loaded.iter().filter(of_problems).collect();
            ensure!(loaded.len() == 1 && loaded[0].ends_with(texts), "a search needs the texts alone: {loaded:?}");
            Ok(())
        })
        .await
}

/// A word that stands in the texts of problems only, and those that are found by it.
fn word_of_a_text(learner: &Learner) -> Result<(String, Vec<String>)> {
    let (catalog, texts) = (&learner.problems.catalog, Texts::of(learner.problems.all()));
    let index = Index::of(catalog);
    let is_plain = |word: &&str| word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let in_no_title = |word: &&str| index.find(&Texts::default(), word, |_| true, |_| true).is_empty();
    let word = texts.text.all().filter(is_plain).find(in_no_title);
    let word = word.context("every word stands in a title")?;
    let found = index.find(&texts, word, |_| true, |_| true);
    let found = found.iter().take(DRAWN).map(|hit| catalog.problems[hit.problem].slug.to_string());
    Ok((word.to_owned(), found.collect()))
}

#[tokio::test]
async fn search_knows_code_errors_and_crates_and_says_where() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            for (query, place) in [
                ("mutex", "in the code: Mutex"),
                ("unwrap", "in the code: unwrap"),
                ("tokio", "crate tokio"),
                ("e0382", "to choose from: E0382"),
            ] {
                learner.opens("problems/").await?;
                learner.types_into("search", query).await?;
                until(&format!("{query} to be found"), async || {
                    let places: Vec<String> = learner.runs(PLACES, &[]).await?;
                    Ok(places.iter().any(|said| said == place).then_some(()))
                })
                .await?;
            }
            Ok(())
        })
        .await
}

/// Where each row says that it was found.
const PLACES: &str = "return [...document.querySelectorAll('[data-testid=problem-row]')]
    .map((row) => row.querySelector('[data-testid=place]')?.textContent ?? '');";

#[tokio::test]
async fn without_its_index_a_search_knows_the_titles_and_says_so() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.expects_error("404");
            learner.expects_error("sw.js");
            let missing = vec![learner.problems.catalog.texts.clone()];
            learner.site.comes_back_with(Faults { missing, ..Faults::default() }).await?;
            let entry = learner.problems.catalog.problems[0].clone();
            learner.opens("problems/").await?;
            learner.types_into("search", &entry.title).await?;
            learner.sees_part("search-incomplete").await?;
            until("the title to be found", async || {
                Ok((rows(learner).await?.first().map(String::as_str) == Some(&*entry.slug.0)).then_some(()))
            })
            .await
        })
        .await
}

/// Whatever way one came, the address is that of the page, and Back leads to the one before.
#[tokio::test]
async fn the_address_is_right_after_back_and_forward() -> Result<()> {
    const LIST: &str = "header.bar a[href='problems/']";
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks_on(LIST).await?;
            learner.clicks_on("#app [data-testid=problem-row]").await?;
            let slug = learner.meets_question().await?;
            learner.session().back().await?;
            learner.sees_part("page-problems").await?;
            learner.session().forward().await?;
            learner.meets_question().await?;
            learner.clicks_on(LIST).await?;
            learner.sees_part("page-problems").await?;
            until("the address of the list", async || {
                Ok(learner.address().await?.trim_end_matches('/').ends_with("/problems").then_some(()))
            })
            .await?;
            learner.session().back().await?;
            ensure!(learner.meets_question().await? == slug, "Back leads elsewhere");
            Ok(())
        })
        .await
}

/// While a question is asked a phone has no tabs, so the question itself leads to its neighbours.
#[tokio::test]
async fn a_question_leads_back_to_its_topic() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let problem = learner.problems.to_be_marked(Kind::Predict, Mark::Right)?.0;
            learner.opens_problem(&problem).await?;
            learner.clicks("to-topic").await?;
            learner.sees_part("page-problems").await?;
            let listed: Vec<String> = learner
                .runs("return [...document.querySelectorAll('#app [data-testid=problem-row]')].map((row) => row.dataset.slug);", &[])
                .await?;
            let topic: Vec<String> = listed
                .iter()
                .filter_map(|slug| learner.problems.all().iter().find(|problem| &*problem.slug.0 == slug))
                .map(|problem| problem.topic.0.clone())
                .collect();
            ensure!(topic.len() > 1 && topic.iter().all(|topic| *topic == problem.topic.0), "listed are {listed:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn topics_stay_as_they_were_unfolded_on_the_way_back() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let problems = &learner.problems.catalog.problems;
            let (first, last) = (problems[0].clone(), problems[problems.len() - 1].clone());
            let of = |topic| problems.iter().filter(|entry| entry.topic == topic).count();
            let (of_first, of_last) = (of(first.topic.clone()), of(last.topic.clone()));
            learner.opens("problems/").await?;
            // The first topic that is not finished is open.
            lists(learner, of_first).await?;
            learner.sees(&format!("0 of {of_first} answered right")).await?;
            learner.clicks("topic").await?;
            lists(learner, 0).await?;
            learner.clicks_on(&format!("[data-topic='{}'] [data-testid=topic]", last.topic.0)).await?;
            lists(learner, of_last).await?;

            learner.clicks_on(&format!("[data-testid='problem-row'][data-slug='{}']", last.slug)).await?;
            learner.meets_question().await?;
            learner.session().back().await?;
            lists(learner, of_last).await?;
            learner.reloads().await?;
            lists(learner, of_last).await?;

            learner.clicks("open-all").await?;
            lists(learner, problems.len()).await?;
            learner.clicks("fold-all").await?;
            lists(learner, 0).await
        })
        .await
}

#[tokio::test]
async fn conditions_are_chosen_and_taken_back_by_keyboard_alone() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let problems = &learner.problems.catalog.problems;
            let spots = problems.iter().filter(|entry| entry.kind == Kind::Spot).count();
            learner.opens("problems/").await?;
            learner.tabs_to("filter-kind").await?;
            learner.presses(Key::Enter).await?;
            learner.sees_part("choices").await?;
            learner.presses(Key::Escape).await?;
            learner.no_longer_sees_part("choices").await?;
            learner.sees_focus_on("[data-testid='filter-kind']").await?;

            // What is opened stands next in the order of Tab.
            learner.presses(Key::Enter).await?;
            learner.sees_part("choices").await?;
            let place = Kind::ALL.iter().position(|kind| *kind == Kind::Spot).context("it is a kind")?;
            for _ in 0..=place {
                learner.presses(Key::Tab).await?;
            }
            learner.presses(" ").await?;
            lists(learner, spots).await?;
            learner.sees_focus_on("[data-testid='filter-kind']").await?;
            ensure!(learner.address().await?.ends_with("problems/?kind=spot"), "{}", learner.address().await?);

            learner.tabs_to("chosen").await?;
            learner.presses(Key::Enter).await?;
            learner.no_longer_sees_part("chosen").await?;
            counts(learner, problems.len()).await?;
            learner.sees_focus_on("[data-testid='filter-kind']").await
        })
        .await
}

#[tokio::test]
async fn crates_and_errors_are_conditions_too() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let texts = Texts::of(learner.problems.all());
            learner.opens("problems/").await?;
            learner.clicks("filter-more").await?;
            learner.clicks_on("[data-testid=choice][data-value=tokio]").await?;
            lists(learner, texts.crates.places_of("tokio").count()).await?;
            learner.reloads().await?;
            lists(learner, texts.crates.places_of("tokio").count()).await
        })
        .await
}

/// That a program has an error is the answer to many a question.
#[tokio::test]
async fn the_code_of_an_error_gives_no_answer_away() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let is_moved =
                |happens: &ExpectedOutcome| matches!(happens, ExpectedOutcome::Error { code, .. } if code.0 == "E0382");
            let problem = learner.problems.predict(is_moved)?.clone();
            learner.opens("problems/?code=E0382").await?;
            lists(learner, 0).await?;
            let answer = answer_marked(&problem, Mark::Wrong).context("there is a wrong answer")?;
            learner.answers(&problem, &answer).await?;
            learner.opens("problems/?code=E0382").await?;
            lists(learner, 1).await?;
            learner.opens("problems/?q=E0382").await?;
            until("what was answered to come first", async || {
                let places: Vec<String> = learner.runs(PLACES, &[]).await?;
                let errors = places.iter().filter(|said| *said == "error E0382").count();
                Ok((errors == 1 && places[0] == "error E0382").then_some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn on_a_phone_the_first_row_is_in_sight() -> Result<()> {
    const BELOW: &str = "const row = document.querySelector('[data-testid=problem-row]').getBoundingClientRect();
        const bar = document.querySelector('.bar nav').getBoundingClientRect();
        return [row.bottom, bar.top, document.documentElement.scrollWidth, innerWidth];";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            for address in ["problems/", "problems/?kind=predict&standing=new"] {
                learner.opens(address).await?;
                learner.sees_part("problem-row").await?;
                let [row, bar, content, screen]: [f64; 4] = learner.runs(BELOW, &[]).await?;
                ensure!(row <= bar, "{address}: the first row ends at {row}, the bar begins at {bar}");
                ensure!(content <= screen, "{address}: {content} px wide on a screen of {screen}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_address_with_anything_in_it_is_borne() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let all = learner.problems.catalog.problems.len();
            learner.opens("problems/?q=%3Cimg%20src%3Dxyzzy%20onerror%3Dplugh%3E").await?;
            learner.sees("No problem fits").await?;
            learner.opens("problems/?q=%F0%9F%A6%80%00%E2%80%AE&topic=%22%3E%3Cb%3E").await?;
            learner.sees("No problem fits").await?;
            learner.opens("problems/?kind=%27&level=&standing=nonsense&q=%20").await?;
            counts(learner, all).await?;
            learner.opens(&format!("problems/?q={}", "loop+".repeat(1000))).await?;
            learner.sees_part("problem-row").await
        })
        .await
}

#[tokio::test]
async fn a_search_without_a_hit_says_so() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("problems/").await?;
            learner.types_into("search", "xyzzy plugh").await?;
            lists(learner, 0).await?;
            learner.sees("No problem fits").await?;
            learner.clicks("clear").await?;
            counts(learner, learner.problems.catalog.problems.len()).await
        })
        .await
}

/// As when it is a whole message of the compiler, with names that are in no problem.
#[tokio::test]
async fn a_search_that_nothing_fits_in_all_finds_what_fits_in_most() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("problems/").await?;
            learner.types_into("search", "mutex xyzzy lock").await?;
            learner.sees("No problem has all of these words.").await?;
            learner.sees("have most of them.").await?;
            learner.sees_part("problem-row").await
        })
        .await
}

/// Thumbs slip: what nobody could mean is taken for the nearest word, and the page says so.
#[tokio::test]
async fn a_search_takes_a_misspelt_word_for_the_nearest() -> Result<()> {
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens("problems/").await?;
            learner.types_into("search", "lifetme").await?;
            learner.sees("No problem has “lifetme”: this is for “lifetime”.").await?;
            learner.sees_part("problem-row").await?;
            learner.presses_with_control("a").await?;
            learner.types_into("search", "lifetime").await?;
            until("the search to be for what was typed", async || {
                let told = learner.part("found").await?.text().await?;
                Ok((told.contains("fit") && !told.contains("No problem has")).then_some(()))
            })
            .await
        })
        .await
}

#[tokio::test]
async fn conditions_work_together_and_survive_a_reload() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            let of_kind = learner.problems.catalog.problems.iter().filter(|entry| entry.kind == Kind::Spot);
            let (all, of_topic) =
                of_kind.fold((0, 0), |(all, own), entry| (all + 1, own + usize::from(entry.topic == problem.topic)));

            learner.opens("problems/").await?;
            chooses(learner, "filter-kind", "spot").await?;
            lists(learner, all).await?;
            chooses(learner, "filter-standing", "new").await?;
            lists(learner, all - 1).await?;
            chooses(learner, "filter-topic", &problem.topic.0).await?;
            lists(learner, of_topic - 1).await?;
            learner.reloads().await?;
            lists(learner, of_topic - 1).await
        })
        .await
}

async fn chooses(learner: &Learner, name: &str, value: &str) -> Result<()> {
    learner.clicks(name).await?;
    learner.clicks_on(&format!("[data-testid='choice'][data-value='{value}']")).await
}

/// So many rows of what fits are drawn.
const DRAWN: usize = 50;

/// Waits until the page says how many problems there are, whether they are unfolded or not.
async fn counts(learner: &Learner, count: usize) -> Result<()> {
    learner.sees(&format!("{count} problems")).await
}

/// The slugs of the problems that are listed.
async fn rows(learner: &Learner) -> Result<Vec<String>> {
    const ROWS: &str =
        "return [...document.querySelectorAll('[data-testid=problem-row]')].map((row) => row.dataset.slug);";
    learner.runs(ROWS, &[]).await
}

async fn lists(learner: &Learner, count: usize) -> Result<()> {
    until(&format!("a list of {count} problems"), async || {
        let listed = rows(learner).await?.len();
        let has_drawn = learner.has("found").await?;
        ensure!(listed == count && has_drawn, "{listed} are listed");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn rows_say_what_a_learner_keeps_about_a_problem() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let (problem, _) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.clicks("bookmark").await?;
            learner.opens("problems/").await?;
            learner.types_into("search", &problem.title).await?;
            let row = format!("[data-testid=problem-row][data-slug={}] [data-testid=kept]", problem.slug);
            until("the bookmark in the row", async || {
                let kept: Option<String> = learner
                    .runs("return document.querySelector(arguments[0])?.textContent ?? null;", &[row.clone().into()])
                    .await?;
                Ok(kept.filter(|kept| kept == "bookmarked"))
            })
            .await?;
            Ok(())
        })
        .await
}
