//! Looking for a problem: search as one types, filters, and the way back.

use anyhow::{Context, Result, ensure};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::Kind;
use quiz::search::{Index, Texts};

#[tokio::test]
async fn search_finds_a_title_while_it_is_typed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let entry = learner.problems.catalog.problems.last().cloned().context("there are problems")?;
            learner.opens("problems/").await?;
            lists(learner, learner.problems.catalog.problems.len()).await?;
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
            lists(learner, learner.problems.catalog.problems.len()).await?;
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
    let (without, with) = (Index::of(catalog, &Texts::default()), Index::of(catalog, &texts));
    let words = texts.problems.iter().flat_map(|text| text.split_whitespace());
    let is_plain = |word: &&str| word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let word = words.filter(is_plain).find(|word| without.find(word, |_| true).is_empty());
    let word = word.context("every word stands in a title")?;
    let found = with.find(word, |_| true).into_iter().map(|place| catalog.problems[place].slug.to_string());
    Ok((word.to_owned(), found.collect()))
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
            lists(learner, learner.problems.catalog.problems.len()).await
        })
        .await
}

#[tokio::test]
async fn filters_work_together_and_survive_a_reload() -> Result<()> {
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
            learner.clicks("filter-not-yet").await?;
            lists(learner, all - 1).await?;
            chooses(learner, "filter-topic", &problem.topic.0).await?;
            lists(learner, of_topic - 1).await?;
            learner.reloads().await?;
            lists(learner, of_topic - 1).await
        })
        .await
}

async fn chooses(learner: &Learner, name: &str, value: &str) -> Result<()> {
    learner.clicks_on(&format!("[data-testid='{name}'] option[value='{value}']")).await
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
