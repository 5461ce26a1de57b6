//! A newer release is deployed while someone practises.

use anyhow::{Context, Result, ensure};
use e2e::browser::Engine;
use e2e::host::Faults;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::site::{Place, SAME_NAME};
use e2e::wait::until;
use quiz::grading::Mark;
use quiz::problem::Kind;
use serde_json::json;

#[tokio::test]
async fn is_offered_and_loses_nothing() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let old = learner.release().await?;
            let (first, right) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&first, &right).await?;

            let (problem, answer) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens_problem(&problem).await?;
            learner.clicks("hint-button").await?;
            learner.fills_in(&answer).await?;
            let draft = learner.draft().await?;

            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.sees_part("update-offer").await?;
            ensure!(learner.draft().await? == draft, "the offer changed the question");
            ensure!(learner.release().await? == old, "the release changed before anybody said yes");

            learner.clicks("update-now").await?;
            runs(learner, &newer).await?;
            learner.meets_question().await?;
            let after = learner.draft().await?;
            ensure!(after == draft, "before the update {draft}, after it {after}");
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            ensure!(learner.attempts().await?.len() == 2, "an update lost answers");

            learner.goes_offline().await?;
            learner.reloads().await?;
            runs(learner, &newer).await
        })
        .await
}

/// A page that is busy hears of things after they are over.
#[tokio::test]
async fn is_offered_to_a_page_that_hears_of_it_late() -> Result<()> {
    const LATE: &str = "const listen = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (kind, hear, ...rest) {
            const isLate = kind === 'updatefound' || kind === 'statechange';
            const late = (event) => setTimeout(() => hear.call(this, event), 5000);
            return listen.call(this, kind, isLate ? late : hear, ...rest);
        };";
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // The others have no way to run something before the page.
    }
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.tells_devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LATE })).await?;
            learner.reloads().await?;
            let newer = learner.site.deploys_an_update()?;
            updates(learner, &newer).await
        })
        .await
}

#[tokio::test]
async fn comes_by_itself_when_no_page_is_open() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.sees_part("update-offer").await?;
            until("the newer release on coming back", async || {
                learner.closes_the_tab_for_a_new_one().await?;
                learner.opens("").await?;
                Ok((learner.release().await? == newer).then_some(()))
            })
            .await?;
            learner.goes_offline().await?;
            learner.reloads().await?;
            learner.sees_part("page-today").await?;
            runs(learner, &newer).await
        })
        .await
}

#[tokio::test]
async fn comes_by_itself_when_the_browser_was_closed() -> Result<()> {
    match Engine::from_environment()? {
        Engine::Chromium => {}
        // If it is closed while a worker waits, it forgets all workers of the site and needs the network once.
        Engine::Firefox => return Ok(()),
        Engine::Webkit => return Ok(()), // It keeps nothing when it is closed by its driver.
    }
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.sees_part("update-offer").await?;
            learner.restarts_the_browser().await?;
            learner.goes_offline().await?;
            learner.opens("").await?;
            learner.sees_part("page-today").await?;
            runs(learner, &newer).await
        })
        .await
}

/// The host has nothing of the old release any more, and then is gone altogether.
#[tokio::test]
async fn leaves_another_tab_with_the_release_it_started_with() -> Result<()> {
    if Engine::from_environment()? == Engine::Webkit {
        return Ok(()); // On a busy machine its driver does not answer again once a second tab has reloaded by itself.
    }
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let old = learner.release().await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            let elsewhere = learner.problems.catalog.problems.iter().rfind(|entry| entry.topic != problem.topic);
            let elsewhere = elsewhere.context("there are several topics")?.slug.clone();
            learner.opens_problem(&problem).await?;
            learner.fills_in(&answer).await?;
            let busy = learner.tab().await?;
            let file = file_of_any_release(learner).await?;

            learner.opens_a_tab().await?;
            learner.opens("").await?;
            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            learner.clicks("update-now").await?;
            runs(learner, &newer).await?;
            learner.goes_offline().await?;
            ensure!(file_of_any_release(learner).await? != file, "the newer release has an old file");

            learner.turns_to(&busy).await?;
            ensure!(file_of_any_release(learner).await? == file, "the other tab is given files of two releases");
            ensure!(learner.release().await? == old, "the other tab was reloaded in the middle of a question");
            learner.submits().await?;
            learner.sees_judgement(&problem, &answer).await?;
            // The pack of another topic is asked for only now.
            learner.clicks_on("nav a[href='problems/']").await?;
            learner.clicks("open-all").await?;
            learner.clicks_on(&format!("[data-testid='problem-row'][data-slug='{elsewhere}']")).await?;
            ensure!(learner.meets_question().await? == elsewhere, "the old release lost its packs");
            ensure!(learner.release().await? == old, "the tab was reloaded");

            learner.reloads().await?;
            runs(learner, &newer).await?;
            learner.meets_question().await.map(|_| ())
        })
        .await
}

/// Each tab that shows the offer goes to the newer release at one press, whichever tab let it in.
#[tokio::test]
async fn comes_to_every_tab_that_offers_it_at_one_press() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let first = learner.tab().await?;
            let second = learner.opens_a_tab().await?;
            learner.opens("").await?;
            let newer = learner.site.deploys_an_update()?;
            learner.browser_looks_for_an_update().await?;
            for tab in [&first, &second] {
                learner.turns_to(tab).await?;
                learner.sees_part("update-offer").await?;
            }
            for tab in [&first, &second] {
                learner.turns_to(tab).await?;
                learner.clicks("update-now").await?;
                runs(learner, &newer).await?;
            }
            Ok(())
        })
        .await
}

/// A phone does not load an installed app anew for weeks.
#[tokio::test]
async fn is_looked_for_when_the_page_is_shown_again() -> Result<()> {
    // What a test's script changes of the page's clock, the page does not see there.
    if Engine::from_environment()? == Engine::Firefox {
        return Ok(());
    }
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.site.deploys_an_update()?;
            const SHOWN: &str =
                "document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); return null;";
            learner.runs::<()>(SHOWN, &[]).await?;
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            ensure!(!learner.has("update-offer").await?, "it looks more often than once an hour");
            const AN_HOUR_LATER: &str = "const now = Date.now; Date.now = () => now() + 4e6; return null;";
            learner.runs::<()>(AN_HOUR_LATER, &[]).await?;
            learner.runs::<()>(SHOWN, &[]).await?;
            learner.sees_part("update-offer").await
        })
        .await
}

/// And a tab that ran this release all the time goes on with it, and with nothing of the one between.
#[tokio::test]
async fn is_taken_back_while_a_tab_runs_the_older_release() -> Result<()> {
    if Engine::from_environment()? == Engine::Webkit {
        return Ok(()); // See above.
    }
    Journey::new()
        .tells(async |learner| {
            let first = e2e::site::dist(Place::Root)?;
            learner.installs_the_app().await?;
            let old = learner.release().await?;
            let busy = learner.tab().await?;
            let file = file_of_any_release(learner).await?;

            learner.opens_a_tab().await?;
            learner.opens("").await?;
            let newer = learner.site.deploys_an_update()?;
            updates(learner, &newer).await?;
            learner.site.deploys(&first)?;
            updates(learner, &old).await?;
            learner.goes_offline().await?;

            learner.turns_to(&busy).await?;
            ensure!(
                file_of_any_release(learner).await? == file,
                "the other tab is given a file of the release between"
            );
            runs(learner, &old).await
        })
        .await
}

#[tokio::test]
async fn can_be_taken_back() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            let first = e2e::site::dist(Place::Root)?;
            learner.installs_the_app().await?;
            let old = learner.release().await?;
            let newer = learner.site.deploys_an_update()?;
            updates(learner, &newer).await?;
            learner.site.deploys(&first)?;
            updates(learner, &old).await?;
            learner.goes_offline().await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            runs(learner, &old).await
        })
        .await
}

/// `trunk serve` at an address where a release was once used.
#[tokio::test]
async fn to_a_debug_build_leaves_nothing_behind() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            xtask::release::write_debug_worker(learner.site.folder())?;
            learner.browser_looks_for_an_update().await?;
            until("the caches to go", async || Ok(learner.caches().await?.is_empty().then_some(()))).await
        })
        .await
}

#[tokio::test]
async fn that_is_incomplete_changes_nothing() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let old = learner.release().await?;
            learner.site.deploys_an_update()?;
            learner.site.comes_back_with(Faults { missing: vec![SAME_NAME.to_owned()], ..Faults::default() }).await?;
            learner.expects_error("404");
            learner.browser_looks_for_an_update().await?;
            until("the broken release to be dropped", async || Ok((learner.caches().await?.len() == 1).then_some(())))
                .await?;
            ensure!(!learner.has("update-offer").await?, "half a release is offered");
            learner.goes_offline().await?;
            learner.reloads().await?;
            learner.sees_part("page-today").await?;
            runs(learner, &old).await
        })
        .await
}

#[tokio::test]
async fn keeps_one_older_release_and_no_more() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            for _ in 0..3 {
                let newer = learner.site.deploys_an_update()?;
                updates(learner, &newer).await?;
            }
            let caches = learner.caches().await?;
            ensure!(caches.len() == 2, "after three updates the caches are {caches:?}");
            Ok(())
        })
        .await
}

/// The host has lost what is the same in both releases.
#[tokio::test]
async fn asks_for_nothing_that_is_here_already() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            gets_a_release_with_the_same_packs(learner).await
        })
        .await
}

/// As workers did that were deployed before there were chunks.
#[tokio::test]
async fn of_a_release_that_was_stored_file_by_file() -> Result<()> {
    const STORE_FILE_BY_FILE: &str = r#"
        for (const [url, { sha256 }] of layout) {
            const body = await (await fetch(url)).arrayBuffer();
            const headers = { "content-type": "application/json", "x-sha256": sha256 };
            await cache.put(url, new Response(body, { headers }));
        }
        const requests = await cache.keys();
        const newer = requests.filter(({ url }) => /[/][.](layout|chunks[/]\d+)$/.test(url));
        await Promise.all(newer.map((request) => cache.delete(request)));
        return [layout.length, newer.length];"#;
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let files = learner.problems.catalog.packs().count();
            let (stored, gone): (usize, usize) = learner.changes_what_is_stored(STORE_FILE_BY_FILE, &[]).await?;
            ensure!(stored > files, "{stored} of {files} packs and the catalog are in chunks");
            ensure!(gone > 1, "nothing was stored in chunks");
            gets_a_release_with_the_same_packs(learner).await
        })
        .await
}

/// A disk that goes bad may lose a byte of what is stored, or its end. It is noticed, and the next release has all of it again.
#[tokio::test]
async fn of_a_release_that_is_damaged() -> Result<()> {
    // One file of zeros, a chunk without its end, and one that is gone.
    const DAMAGE: &str = r#"
        const [url, { start, end }] = layout.find(([, { chunk, start }]) => chunk === 0 && start > 0);
        await change(0, (bytes) => bytes.fill(0, start, end));
        await change(1, (bytes) => bytes.slice(0, bytes.length / 2));
        await cache.delete(".chunks/2");
        return new URL(url).pathname.slice(1);"#;
    Journey::new()
        .tells(async |learner| {
            learner.installs_the_app().await?;
            let damaged: String = learner.changes_what_is_stored(DAMAGE, &[]).await?;
            let whole = std::fs::read_to_string(learner.site.folder().join(&damaged))?;
            ensure!(learner.fetches(&damaged).await? == whole, "what is damaged does not come from the host");
            learner.site.spoils(SAME_NAME)?;
            let newer = xtask::release::stamp(learner.site.folder())?;
            updates(learner, &newer).await?;
            learner.goes_offline().await?;
            for pack in learner.problems.catalog.packs() {
                let host_had = std::fs::read_to_string(learner.site.folder().join(&pack.address))?;
                ensure!(learner.fetches(&pack.address).await? == host_had, "{} is another one offline", pack.address);
            }
            Ok(())
        })
        .await
}

async fn gets_a_release_with_the_same_packs(learner: &mut Learner) -> Result<()> {
    learner.site.spoils(SAME_NAME)?;
    let newer = xtask::release::stamp(learner.site.folder())?;
    std::fs::remove_dir_all(learner.site.folder().join("packs"))?;
    updates(learner, &newer).await?;
    learner.goes_offline().await?;
    let all = learner.problems.all().len();
    for place in [0, all / 2, all - 1] {
        learner.opens_problem(&learner.problems.all()[place]).await?;
    }
    runs(learner, &newer).await
}

/// The content that the page gets for the file that has the same name in every release.
async fn file_of_any_release(learner: &Learner) -> Result<String> {
    const TEXT: &str = r#"
        const [path, done] = arguments;
        fetch(path).then((response) => response.text()).then(done, (error) => done(String(error)));"#;
    Ok(learner.session().execute_async(TEXT, vec![SAME_NAME.into()]).await?.convert()?)
}

/// The learner is offered `release` and takes it.
async fn updates(learner: &Learner, release: &str) -> Result<()> {
    learner.browser_looks_for_an_update().await?;
    learner.clicks("update-now").await?;
    runs(learner, release).await?;
    learner.no_longer_sees_part("update-offer").await
}

async fn runs(learner: &Learner, release: &str) -> Result<()> {
    until(&format!("release {release} to run"), async || Ok((learner.release().await? == release).then_some(()))).await
}
