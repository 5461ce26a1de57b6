//! Thinking aloud: the microphone is asked for only when it is wanted, what it hears stays on the device and survives a reload, and
//! everything works without it.

use anyhow::{Context, Result, ensure};
use e2e::accessibility::{Contrast, finds_nothing, script};
use e2e::browser::{Engine, Permission};
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::wait::{PATIENCE, until, until_for};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::Key;

/// A journey in the browser that has a microphone which nobody needs to plug in, and can be told who may use it.
async fn tells(permission: Permission, story: impl AsyncFnOnce(&mut Learner) -> Result<()>) -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // The others have no such microphone.
    }
    Journey::new().with(permission).tells(story).await
}

/// How much is in the store: entries, and pieces of recordings.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Stored {
    recordings: u32,
    pieces: u32,
}

const NOTHING: Stored = Stored { recordings: 0, pieces: 0 };

async fn stored(learner: &Learner) -> Result<Stored> {
    const COUNT: &str = r#"
        const done = arguments[arguments.length - 1];
        const opening = indexedDB.open('borrowed-time-recordings');
        opening.onupgradeneeded = () => opening.transaction.abort();
        opening.onerror = () => done({ recordings: 0, pieces: 0 });
        opening.onsuccess = () => {
            const database = opening.result;
            const reading = database.transaction(['recordings', 'pieces']);
            const [recordings, pieces] = ['recordings', 'pieces'].map((name) => reading.objectStore(name).count());
            reading.oncomplete = () => {
                database.close();
                done({ recordings: recordings.result, pieces: pieces.result });
            };
        };"#;
    Ok(learner.session().execute_async(COUNT, Vec::new()).await?.convert()?)
}

/// An interview is recorded round by round, and listened to beside its report.
#[tokio::test]
async fn a_round_of_an_interview_is_listened_to_beside_the_report() -> Result<()> {
    tells(Permission::Microphone, async |learner| {
        learner.opens("interviews/?interview=lightning").await?;
        learner.clicks("begin-interview").await?;
        learner.clicks("begin-round").await?;
        learner.clicks("record").await?;
        learner.sees("Stop recording").await?;
        // To another question and on: the recording is one of the whole round.
        learner.clicks("step-own").await?;
        learner.sees_part("own-questions").await?;
        ensure!(learner.reads("record").await? == "Stop recording", "it has ended with the question");
        until("something in the store", async || Ok((stored(learner).await?.recordings == 1).then_some(()))).await?;
        learner.clicks("end-round").await?;
        learner.clicks("end-round-now").await?;
        learner.sees_part("interview-report").await?;
        learner.sees_part("recording").await?;
        Ok(())
    })
    .await
}

/// From the next page on, calls for the microphone are counted and what they gave is kept in sight. Or there is no recorder.
async fn prepares(learner: &Learner, script: &str) -> Result<()> {
    let script = json!({ "source": script });
    learner.tells_devtools("Page.addScriptToEvaluateOnNewDocument", script).await.map(|_| ())
}

const WATCH: &str = r#"
    window.asked = 0;
    window.tracks = [];
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (what) => {
        window.asked += 1;
        const stream = await ask(what);
        window.tracks.push(...stream.getTracks());
        return stream;
    };"#;

/// Whether the microphone is on: one that the page has been given, and not let go.
async fn is_listened_to(learner: &Learner) -> Result<bool> {
    learner.runs("return window.tracks.some((track) => track.readyState === 'live');", &[]).await
}

async fn opens_settings(learner: &Learner) -> Result<()> {
    learner.opens("settings/").await?;
    learner.sees_part("recorder").await
}

/// Records until so many seconds are shown.
async fn records_until(learner: &Learner, wanted_s: f64) -> Result<()> {
    learner.clicks("record").await?;
    learner.sees("It is recording.").await?;
    until("so many seconds", async || {
        let shown_s = seconds(&learner.reads("recorder-extent").await?)?;
        Ok((shown_s >= wanted_s).then_some(()))
    })
    .await
}

/// How many seconds an extent names: `0:07, 0.1 MB`.
fn seconds(extent: &str) -> Result<f64> {
    let time = extent.split(',').next().unwrap_or_default();
    let (minutes, seconds) = time.split_once(':').with_context(|| format!("{extent:?} names no time"))?;
    Ok(60.0 * minutes.parse::<f64>()? + seconds.parse::<f64>()?)
}

/// Waits until the recording that was stopped is saved, and tells how many seconds it is said to have. The disk may be slow; the app
/// says itself when it gives up.
async fn seconds_saved(learner: &Learner) -> Result<f64> {
    let said = until_for(2 * PATIENCE, "the recording to end", async || {
        let said = learner.reads("recorder-said").await?;
        Ok((said != "It is recording.").then_some(said))
    })
    .await?;
    seconds(said.strip_prefix("Saved: ").with_context(|| format!("it says {said:?}"))?)
}

/// Listens to the only recording, and tells how many seconds it has.
async fn listens(learner: &Learner) -> Result<f64> {
    const LENGTH: &str = "const player = document.querySelector('[data-testid=player]');
        return Number.isFinite(player.duration) && player.currentTime === 0 ? player.duration : null;";
    const PLAY: &str = r#"
        const done = arguments[arguments.length - 1];
        const player = document.querySelector('[data-testid=player]');
        player.ontimeupdate = () => { if (player.currentTime > 0.2) { player.pause(); done(null); } };
        player.play().catch((error) => done(String(error)));"#;
    learner.clicks("listen").await?;
    learner.sees_part("player").await?;
    let length = until("the length of the recording", async || learner.runs::<Option<f64>>(LENGTH, &[]).await).await?;
    let failure: Option<String> = learner.session().execute_async(PLAY, Vec::new()).await?.convert()?;
    ensure!(failure.is_none(), "it cannot be played: {failure:?}");
    Ok(length)
}

#[tokio::test]
async fn that_is_allowed_can_be_listened_to_saved_and_deleted() -> Result<()> {
    tells(Permission::Microphone, async |learner| {
        prepares(learner, WATCH).await?;
        opens_settings(learner).await?;
        learner.sees("No recordings are stored").await?;
        ensure!(learner.runs::<u32>("return window.asked;", &[]).await? == 0, "the page asked unasked");
        records_until(learner, 2.0).await?;
        learner.clicks("record").await?;
        let saved_s = seconds_saved(learner).await?;
        ensure!(!is_listened_to(learner).await?, "the microphone is still on");
        let size = learner.reads("recordings-total").await?;
        ensure!(size.contains("1 recording, ") && size.contains("MB"), "the settings say {size:?}");
        ensure!(learner.reads("recording").await?.contains("MB"), "the recording has no size");
        let kept = stored(learner).await?;
        ensure!(kept.recordings == 1 && kept.pieces >= 1, "stored is {kept:?}");

        let length = listens(learner).await?;
        ensure!(length > 1.0, "{length} s were recorded");
        ensure!((length - saved_s).abs() < 2.0, "{saved_s} s are said to be saved, and {length} s are");
        let file = learner.part("save-recording").await?.attr("download").await?.context("no file name")?;
        ensure!(file.starts_with("borrowed-time-") && file.contains("-round-1."), "the file is called {file}");

        learner.clicks_on("[data-testid=recording] [data-testid=delete]").await?;
        if let Some(axe) = script()? {
            finds_nothing(learner, &axe, Contrast::Checked, "a recording that may be deleted").await?;
        }
        ensure!(stored(learner).await? == kept, "something was deleted before the learner was sure");
        learner.clicks("delete-really").await?;
        learner.no_longer_sees_part("recording").await?;
        learner.sees("No recordings are stored").await?;
        ensure!(stored(learner).await? == NOTHING, "something is left: {:?}", stored(learner).await?);
        Ok(())
    })
    .await
}

/// A piece that waits until those before it are stored was heard before that all the same.
#[tokio::test]
async fn that_a_slow_disk_stores_is_as_long_as_it_was_heard() -> Result<()> {
    const SLOW: &str = r#"
        const read = Blob.prototype.arrayBuffer;
        Blob.prototype.arrayBuffer = async function () {
            await new Promise((done) => setTimeout(done, 6_000));
            return read.call(this);
        };"#;
    tells(Permission::Microphone, async |learner| {
        prepares(learner, SLOW).await?;
        opens_settings(learner).await?;
        records_until(learner, 6.0).await?;
        learner.clicks("record").await?;
        let saved_s = seconds_saved(learner).await?;
        let length = listens(learner).await?;
        ensure!((length - saved_s).abs() < 2.0, "{saved_s} s are said to be saved, and {length} s are");
        Ok(())
    })
    .await
}

/// What was heard until the page went away is kept, but for the last seconds.
#[tokio::test]
async fn that_a_reload_ends_is_kept() -> Result<()> {
    tells(Permission::Microphone, async |learner| {
        opens_settings(learner).await?;
        learner.clicks("record").await?;
        until("a piece in the store", async || Ok((stored(learner).await?.pieces >= 1).then_some(()))).await?;
        learner.reloads().await?;
        learner.sees_part("recording").await?;
        ensure!(learner.reads("recording").await?.contains("MB"), "the recording has no size");
        let length = listens(learner).await?;
        ensure!(length > 3.0, "only {length} s are left");

        learner.clicks_on("#all-recordings-delete").await?;
        learner.clicks("delete-keep").await?;
        ensure!(stored(learner).await?.recordings == 1, "what was to be kept is gone");
        learner.clicks_on("#all-recordings-delete").await?;
        learner.clicks("delete-really").await?;
        learner.sees("No recordings are stored").await?;
        ensure!(stored(learner).await? == NOTHING, "something is left: {:?}", stored(learner).await?);
        Ok(())
    })
    .await
}

/// Who goes to another page is not listened to there, and finds what was recorded.
#[tokio::test]
async fn that_is_left_behind_ends_and_is_kept() -> Result<()> {
    tells(Permission::Microphone, async |learner| {
        prepares(learner, WATCH).await?;
        opens_settings(learner).await?;
        records_until(learner, 2.0).await?;
        ensure!(is_listened_to(learner).await?, "nothing is recorded");
        learner.clicks_on("header .mark").await?;
        learner.no_longer_sees_part("recorder").await?;
        until("the microphone to be off", async || Ok((!is_listened_to(learner).await?).then_some(()))).await?;
        until("the recording in the store", async || Ok((stored(learner).await?.pieces >= 1).then_some(()))).await?;
        learner.clicks_on("header a[href='settings/']").await?;
        learner.sees_part("recording").await?;
        ensure!(learner.reads("record").await? == "Record", "it goes on recording");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn that_is_refused_breaks_nothing() -> Result<()> {
    tells(Permission::NoMicrophone, async |learner| {
        opens_settings(learner).await?;
        for way in ["mouse", "keys"] {
            match way {
                "mouse" => learner.clicks("record").await?,
                _ => learner.presses(Key::Enter).await?,
            }
            learner.sees("This page may not use the microphone.").await?;
            learner.sees("Everything else works without it.").await?;
            ensure!(learner.reads("record").await? == "Record", "by {way}: it cannot be tried again");
        }
        ensure!(stored(learner).await? == NOTHING, "stored is {:?}", stored(learner).await?);
        learner.clicks("theme-dark").await?;
        let chosen = learner.part("theme-dark").await?.attr("aria-checked").await?;
        ensure!(chosen.as_deref() == Some("true"), "the page does not work any more");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn that_a_browser_cannot_do_is_said() -> Result<()> {
    tells(Permission::Everything, async |learner| {
        prepares(learner, "delete window.MediaRecorder;").await?;
        opens_settings(learner).await?;
        learner.sees("This browser cannot record on this page.").await?;
        ensure!(!learner.has("record").await?, "there is a button that does nothing");
        Ok(())
    })
    .await
}

/// When there is no more room, what was recorded before is kept.
#[tokio::test]
async fn that_finds_no_room_ends_and_says_so() -> Result<()> {
    /// Room for some ten seconds, in bytes.
    const ROOM: f64 = 80_000.0;
    tells(Permission::Microphone, async |learner| {
        prepares(learner, WATCH).await?;
        // Else what is stored for offline use takes the room while something is recorded.
        learner.installs_the_app().await?;
        let origin = learner.site.origin();
        let taken = learner.tells_devtools("Storage.getUsageAndQuota", json!({ "origin": origin })).await?;
        let taken = taken["usage"].as_f64().context("the browser does not say what is taken")?;
        let quota = json!({ "origin": origin, "quotaSize": taken + ROOM });
        learner.tells_devtools("Storage.overrideQuotaForOrigin", quota).await?;

        opens_settings(learner).await?;
        learner.clicks("record").await?;
        until_for(2 * PATIENCE, "the room to end", async || {
            Ok(learner.text().await?.contains("There is no more room for recordings.").then_some(()))
        })
        .await?;
        ensure!(!is_listened_to(learner).await?, "the microphone is still on");
        ensure!(stored(learner).await?.pieces >= 1, "what was recorded before is gone");
        ensure!(listens(learner).await? > 3.0, "what was recorded before cannot be heard");
        Ok(())
    })
    .await
}
