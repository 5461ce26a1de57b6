//! The host is killed. Nothing that a learner does may notice.

use std::io;
use std::path::Path;

use anyhow::{Result, ensure};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::site::{Place, SAME_NAME};
use quiz::grading::Mark;
use quiz::problem::Kind;
use serde_json::json;

#[tokio::test]
async fn reload_deep_link_answer_and_restart() -> Result<()> {
    Journey::new().tells(async |learner| practises_offline(learner).await).await
}

#[tokio::test]
async fn under_a_path() -> Result<()> {
    Journey::new().at(Place::SubPath).tells(async |learner| practises_offline(learner).await).await
}

async fn practises_offline(learner: &mut Learner) -> Result<()> {
    learner.installs_the_app().await?;
    learner.goes_offline().await?;
    learner.reloads().await?;
    learner.sees_part("page-today").await?;

    let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
    learner.answers(&problem, &answer).await?;

    learner.restarts_the_browser().await?;
    let (problem, answer) = learner.problems.to_be_marked(Kind::Predict, Mark::Partly)?;
    learner.answers(&problem, &answer).await?;
    let attempts = learner.attempts().await?.len();
    ensure!(attempts == 2, "two answers were given offline, {attempts} are stored");

    learner.comes_online().await?;
    learner.opens("").await?;
    learner.is_ready_to_work_offline().await
}

/// No worker has served the page of the first visit; it needs the network no more all the same.
#[tokio::test]
async fn the_first_page_without_a_reload() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            learner.clicks("start").await?;
            learner.meets_question().await.map(|_| ())
        })
        .await
}

#[tokio::test]
async fn every_address_in_every_form() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            let slug = learner.problems.catalog.problems[0].slug.clone();
            for (address, page) in [
                ("".to_owned(), "page-today"),
                ("?from=home".to_owned(), "page-today"),
                ("index.html".to_owned(), "page-today"),
                ("practice".to_owned(), "page-practice"),
                ("practice/?kind=spot".to_owned(), "page-practice"),
                ("problems".to_owned(), "page-problems"),
                ("problems/".to_owned(), "page-problems"),
                (format!("problems/{slug}"), "page-problem"),
                (format!("problems/{slug}/"), "page-problem"),
                (format!("problems/{slug}/?again=1#code"), "page-problem"),
                (format!("problems/{slug}/index.html"), "page-problem"),
                ("settings".to_owned(), "page-settings"),
            ] {
                learner.opens(&address).await?;
                learner.sees_part(page).await.map_err(|error| error.context(format!("at {address:?}")))?;
            }
            Ok(())
        })
        .await
}

/// All is there, and read by the app here and there: two hundred pages are too many for slow browsers.
#[tokio::test]
async fn every_pack() -> Result<()> {
    const EVERY: usize = 15;
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            let mut next = 0;
            for (number, pack) in learner.problems.catalog.packs().enumerate() {
                let host_had = std::fs::read_to_string(learner.site.folder().join(&pack.address))?;
                let is_given = learner.fetches(&pack.address).await?;
                ensure!(is_given == host_had, "{} is another one offline: {is_given:.100}", pack.address);
                if number % EVERY == 0 {
                    learner.opens_problem(&learner.problems.all()[next]).await?;
                }
                next += pack.problems;
            }
            Ok(())
        })
        .await
}

/// Half a release is worse than none: it would fail on the train.
#[tokio::test]
async fn a_release_that_lacks_a_file_is_not_installed() -> Result<()> {
    Journey::new()
        .without_files(SAME_NAME)
        .tells(async |learner| {
            learner.expects_error("404");
            works_online_only(learner).await
        })
        .await
}

/// As when a host is half-way through a deployment.
#[tokio::test]
async fn a_release_of_which_a_file_is_another_one_is_not_installed() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.site.spoils(SAME_NAME)?;
            works_online_only(learner).await
        })
        .await
}

#[tokio::test]
async fn a_release_for_which_there_is_no_room_is_not_installed() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // Only there the room can be made small.
    }
    Journey::new()
        .tells(async |learner| {
            let room = json!({ "origin": learner.site.origin(), "quotaSize": 3_000_000 });
            learner.tells_devtools("Storage.overrideQuotaForOrigin", room).await?;
            learner.expects_error("sw.js");
            learner.opens("settings").await?;
            learner.sees("the browser has no room left for the app's files").await?;
            works_online_only(learner).await
        })
        .await
}

/// What had come of a release before the browser was closed need not come again.
#[tokio::test]
async fn an_installation_that_was_interrupted_goes_on() -> Result<()> {
    // Only the first chunk is left; the paths of what is in it are given back.
    const INTERRUPT: &str = r#"
        const registration = await navigator.serviceWorker.getRegistration();
        await registration.unregister();
        for (const request of await cache.keys()) {
            if (!request.url.endsWith("/.chunks/0")) await cache.delete(request);
        }
        return layout.filter(([, { chunk }]) => chunk === 0).map(([url]) => new URL(url).pathname.slice(1));"#;
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let kept: Vec<String> = learner.changes_what_is_stored(INTERRUPT, &[]).await?;
            std::fs::remove_file(learner.site.bundle()?)?;
            for pack in &kept {
                std::fs::remove_file(learner.site.folder().join(pack))?;
            }
            learner.expects_error("404");
            // A page that asks for none of them.
            learner.opens("settings").await?;
            works_offline(learner).await
        })
        .await
}

/// To ask for each of two hundred costs a phone more than what is in them.
#[tokio::test]
async fn packs_come_in_one_file() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            for pack in learner.problems.catalog.packs() {
                std::fs::remove_file(learner.site.folder().join(&pack.address))?;
            }
            // A page that asks for none of them.
            learner.opens("settings").await?;
            works_offline(learner).await
        })
        .await
}

#[tokio::test]
async fn packs_come_alone_where_the_file_with_all_is_missing() -> Result<()> {
    comes_with_bundle(|bundle| std::fs::remove_file(bundle)).await
}

#[tokio::test]
async fn packs_come_alone_where_half_of_the_file_with_all_arrives() -> Result<()> {
    comes_with_bundle(|bundle| {
        let bytes = std::fs::read(bundle)?;
        std::fs::write(bundle, &bytes[..bytes.len() / 2])
    })
    .await
}

/// As behind hosts that put a line before what they send, or answer everything with a page.
#[tokio::test]
async fn packs_come_alone_where_the_file_with_all_is_another_one() -> Result<()> {
    comes_with_bundle(|bundle| {
        let bytes = std::fs::read(bundle)?;
        std::fs::write(bundle, [b"\n", &bytes[..]].concat())
    })
    .await
}

async fn comes_with_bundle(change: fn(&Path) -> io::Result<()>) -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.expects_error("404");
            change(&learner.site.bundle()?)?;
            learner.opens("").await?;
            works_offline(learner).await
        })
        .await
}

/// With problems from the first pack, from the last, and from one between.
async fn works_offline(learner: &mut Learner) -> Result<()> {
    learner.is_ready_to_work_offline().await?;
    learner.goes_offline().await?;
    let all = learner.problems.all().len();
    for place in [0, all / 2, all - 1] {
        learner.opens_problem(&learner.problems.all()[place]).await?;
    }
    Ok(())
}

async fn works_online_only(learner: &mut Learner) -> Result<()> {
    learner.expects_error("sw.js");
    learner.opens("").await?;
    learner.sees("Not stored for offline use").await?;
    let caches = learner.caches().await?;
    ensure!(caches.is_empty(), "half a release is left: {caches:?}");
    let (problem, answer) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
    learner.answers(&problem, &answer).await
}
