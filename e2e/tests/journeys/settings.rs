//! Settings: the theme, and a learner's data in their own hands.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use e2e::history::history;
use e2e::journey::Journey;
use e2e::learner::{ATTEMPTS, Learner, now};
use e2e::wait::until;
use quiz::attempt::Record;
use quiz::grading::Mark;
use quiz::log::{self, AttemptLog};
use quiz::problem::Kind;
use serde_json::json;
use thirtyfour::Key;

use super::plan::names_a_day;

#[tokio::test]
async fn the_theme_is_kept() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("settings/").await?;
            let mut papers = Vec::new();
            for theme in ["dark", "light"] {
                learner.clicks(&format!("theme-{theme}")).await?;
                let paper = paper(learner).await?;
                learner.reloads().await?;
                learner.sees_part("page-settings").await?;
                ensure!(self::paper(learner).await? == paper, "a reload changed the theme from {theme}");
                papers.push(paper);
            }
            ensure!(papers[0] != papers[1], "dark and light are both {}", papers[0]);
            Ok(())
        })
        .await
}

/// A number that cannot be is never shown as if it held.
#[tokio::test]
async fn a_number_out_of_its_range_becomes_the_nearest() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens("settings/").await?;
            for (field, typed, held) in [
                ("new-a-day", "999", "30"),
                ("new-a-day", "", "30"),
                ("new-a-day", "-3", "0"),
                ("run-seconds", "0", "1"),
            ] {
                learner.part(field).await?;
                learner.session().execute(format!("document.getElementById('{field}').focus()"), Vec::new()).await?;
                learner.presses_with_control("a").await?;
                learner.presses(Key::Delete).await?;
                learner.presses(typed).await?;
                learner.presses(Key::Tab).await?;
                let value = format!("return document.getElementById('{field}').value;");
                let shown: String = learner.runs(&value, &[]).await?;
                ensure!(shown == held, "{typed:?} in {field} shows as {shown:?}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_way_to_an_import_leads_to_it() -> Result<()> {
    const PLACE: &str = "return document.getElementById('your-data')?.getBoundingClientRect().top ?? -1;";
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks_on("[data-testid=from-elsewhere] a").await?;
            learner.sees_part("import").await?;
            until("the import to be in sight", async || {
                let top = learner.runs::<f64>(PLACE, &[]).await?;
                Ok((0.0..500.0).contains(&top).then_some(()))
            })
            .await?;
            // With the keys too one is there, and not at the beginning of the page.
            learner.sees_focus_on("#your-data").await?;
            learner.reloads().await?;
            learner.sees_focus_on("#your-data").await?;
            learner.presses(Key::Tab).await
        })
        .await
}

#[tokio::test]
async fn an_export_brings_answers_to_another_browser_once() -> Result<()> {
    exports_erases_imports("export", "json").await
}

#[tokio::test]
async fn a_table_brings_answers_to_another_browser_once() -> Result<()> {
    exports_erases_imports("export-csv", "csv").await
}

/// Export, wipe, import: identical, and told before; importing again changes nothing.
async fn exports_erases_imports(export: &str, extension: &str) -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_a_past(120, 40).await?;
            let (choice, right) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&choice, &right).await?;
            learner.clicks("undo").await?;
            learner.sees("does not count").await?;
            let before = everything(learner).await?;
            learner.opens("settings/").await?;
            learner.clicks(export).await?;
            let Some(file) = learner.saved_file().await? else { return Ok(()) };

            learner.clicks("erase").await?;
            learner.clicks("erase-really").await?;
            learner.sees("No answers yet").await?;
            ensure!(learner.attempts().await?.is_empty(), "erased answers are still stored");

            let folder = tempfile::TempDir::new()?;
            let path = folder.path().join(format!("answers.{extension}"));
            std::fs::write(&path, file)?;
            picks(learner, &path).await?;
            learner.sees("would add 121 new answers").await?;
            ensure!(learner.attempts().await?.is_empty(), "something was added before it was wanted");
            learner.clicks("import-cancel").await?;
            picks(learner, &path).await?;
            learner.clicks("import-add").await?;
            learner.sees("Imported: 121 new answers").await?;
            ensure!(everything(learner).await? == before, "the import is not what was exported");
            picks(learner, &path).await?;
            learner.sees("Nothing new in this file").await?;
            ensure!(everything(learner).await? == before, "importing it again changed something");
            Ok(())
        })
        .await
}

/// With an export come the plan and the settings; what was set where it is imported stays.
#[tokio::test]
async fn an_export_brings_settings_and_replaces_none() -> Result<()> {
    const ANOTHER_BROWSER: &str = "localStorage.clear();
        return indexedDB.databases().then((all) => all.forEach(({ name }) => indexedDB.deleteDatabase(name)));";
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.clicks("name-day").await?;
            names_a_day(learner, 9).await?;
            learner.opens("settings/").await?;
            learner.clicks("theme-dark").await?;
            learner.clicks("shows-clock").await?;
            learner.clicks("export").await?;
            let Some(file) = learner.saved_file().await? else { return Ok(()) };
            let folder = tempfile::TempDir::new()?;
            let path = folder.path().join("answers.json");
            std::fs::write(&path, file)?;

            learner.opens_a_plain_file().await?;
            learner.runs::<()>(ANOTHER_BROWSER, &[]).await?;
            learner.opens("settings/").await?;
            learner.clicks("theme-light").await?;
            let light = paper(learner).await?;
            picks(learner, &path).await?;
            learner
                .sees("would set what you have not changed here: the day of your interview, the time on a question.")
                .await?;
            ensure!(is_ticked(learner, "shows-clock").await?, "something was set before it was wanted");
            learner.clicks("import-add").await?;
            learner.sees("Set as in the file: the day of your interview, the time on a question.").await?;
            picks(learner, &path).await?;
            learner.sees("Nothing was changed").await?;
            learner.reloads().await?;
            learner.sees_part("shows-clock").await?;
            ensure!(!is_ticked(learner, "shows-clock").await?, "a setting did not come");
            ensure!(paper(learner).await? == light, "what was set here is replaced");
            learner.opens("").await?;
            learner.sees("9 days to your interview").await
        })
        .await
}

/// A file that was chosen once has all that is here after each session, and whenever the page goes out of sight. The dialog is the
/// browser's own and no test can press it: the file that it would give is one of the browser's own files.
#[tokio::test]
async fn backups_go_to_a_file_that_was_chosen_once() -> Result<()> {
    const CHOOSES: &str = "window.showSaveFilePicker = () => navigator.storage.getDirectory()
            .then((folder) => folder.getFileHandle('kept.json', { create: true }));
        return null;";
    const KEPT: &str = "return navigator.storage.getDirectory()
        .then((folder) => folder.getFileHandle('kept.json'))
        .then((file) => file.getFile())
        .then((file) => file.text());";
    const CAN_CHOOSE: &str = "return typeof showSaveFilePicker === 'function';";
    /// What a page is told when its tab or its window goes out of sight.
    const HIDES: &str = "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        delete document.visibilityState;
        return null;";
    let has = async |learner: &Learner, answers: usize, setting: &str| {
        until(&format!("a file with {answers} answers and {setting}"), async || {
            let text: String = learner.runs(KEPT, &[]).await?;
            let read = log::read(&text).map(|read| read.records.len()).unwrap_or_default();
            Ok((read == answers && text.contains(setting)).then_some(()))
        })
        .await
    };
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.has_a_past(12, 3).await?;
            learner.opens("settings/").await?;
            learner.sees_part("export").await?;
            if !learner.runs::<bool>(CAN_CHOOSE, &[]).await? {
                ensure!(!learner.has("choose-backup").await?, "a file is asked for that the browser cannot keep");
                return Ok(());
            }
            learner.runs::<()>(CHOOSES, &[]).await?;
            learner.clicks("choose-backup").await?;
            learner.sees("Backups go to “kept.json” after each session. All that is here is in it.").await?;
            has(learner, 12, "\"theme\":\"system\"").await?;

            // A setting too is worth keeping.
            learner.clicks("theme-dark").await?;
            until("that it is not in the file", async || {
                Ok((!learner.reads("backup-file").await?.contains("All that is here")).then_some(()))
            })
            .await?;
            learner.runs::<()>(HIDES, &[]).await?;
            has(learner, 12, "\"theme\":\"dark\"").await?;
            learner.sees("All that is here is in it.").await?;

            // The file is known after a reload.
            learner.reloads().await?;
            learner.sees("Backups go to “kept.json” after each session.").await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            learner.runs::<()>(HIDES, &[]).await?;
            has(learner, 13, "\"theme\":\"dark\"").await?;

            // What is erased here stays in the file, whatever comes next.
            learner.opens("settings/").await?;
            learner.clicks("erase").await?;
            learner.clicks("erase-really").await?;
            learner.sees_part("choose-backup").await?;
            learner.answers(&problem, &answer).await?;
            learner.runs::<()>(HIDES, &[]).await?;
            learner.opens("settings/").await?;
            learner.sees_part("choose-backup").await?;
            has(learner, 13, "\"theme\":\"dark\"").await?;

            // A file that has more than is here is not written over: not even if it is chosen again.
            learner.runs::<()>(CHOOSES, &[]).await?;
            learner.clicks("choose-backup").await?;
            learner.sees("“kept.json” has something that is not here, so nothing was written to it.").await?;
            learner.clicks("backup-file-now").await?;
            learner.sees("would add 13 new answers").await?;
            learner.clicks("import-add").await?;
            learner.sees("Imported: 13 new answers").await?;
            has(learner, 14, "\"theme\":\"dark\"").await?;
            learner.sees("All that is here is in it.").await
        })
        .await
}

/// All records that are stored, in their order.
async fn everything(learner: &Learner) -> Result<Vec<Record>> {
    let mut log = AttemptLog::default();
    for (key, value) in learner.stored().await? {
        if key.starts_with(ATTEMPTS) {
            log.union(log::read(&value)?.records);
        }
    }
    Ok(log.records().to_vec())
}

async fn picks(learner: &Learner, path: &Path) -> Result<()> {
    learner.sees_part("import").await?;
    let field = learner.parts("import").await?.into_iter().next().context("there is nothing to import with")?;
    Ok(field.send_keys(path.to_string_lossy().as_ref()).await?)
}

#[tokio::test]
async fn a_file_is_dropped() -> Result<()> {
    /// Browsers let no script drag a file from the desktop; this is what the page is told of it.
    const DROP: &str = r#"
        const data = new DataTransfer();
        data.items.add(new File([arguments[0]], 'answers.json', { type: 'application/json' }));
        const main = document.querySelector('main h2');
        for (const kind of ['dragenter', 'dragover', 'drop']) {
            const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
            if (main.dispatchEvent(event)) throw new Error(`the page leaves the ${kind} to the browser`);
        }
        return null;"#;
    Journey::new()
        .tells(async |learner| {
            let records = history(learner.problems.all(), 12, 3, now()?, 5);
            learner.opens("settings/").await?;
            learner.sees_part("page-settings").await?;
            learner.runs::<()>(DROP, &[json!(log::write(&records))]).await?;
            learner.sees("would add 12 new answers").await?;
            learner.clicks("import-add").await?;
            learner.sees("12 answers are stored").await?;
            learner.runs::<()>(DROP, &[json!("{\"app\": \"another\"}")]).await?;
            learner.sees("Nothing was changed").await?;
            ensure!(learner.attempts().await?.len() == 12, "a foreign file changed something");
            Ok(())
        })
        .await
}

async fn is_ticked(learner: &Learner, name: &str) -> Result<bool> {
    Ok(learner.part(name).await?.is_selected().await?)
}

async fn paper(learner: &Learner) -> Result<String> {
    learner.runs("return getComputedStyle(document.documentElement).backgroundColor;", &[]).await
}

/// As release 0.1 wrote them; and settings that make no sense are kept beside.
#[tokio::test]
async fn settings_of_the_first_format_still_load() -> Result<()> {
    const KEY: &str = "borrowed-time/settings";
    const FIRST: &str = r#"{"app":"borrowed-time","kind":"settings","version":1,"data":{"theme":"dark"}}"#;
    const STRANGE: &str = r#"{"app":"borrowed-time","kind":"settings","version":2,"data":{"theme":"sepia"}}"#;
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.finds_stored(KEY, FIRST).await?;
            learner.opens("settings/").await?;
            learner.sees_part("theme-dark").await?;
            let dark = learner.part("theme-dark").await?.attr("aria-checked").await?;
            ensure!(dark.as_deref() == Some("true"), "the theme is forgotten");
            learner.sees("As often as for most learners").await?;
            learner.clicks("theme-light").await?;

            learner.finds_stored(KEY, STRANGE).await?;
            learner.reloads().await?;
            learner.clicks("theme-dark").await?;
            let beside = learner.stored_at("borrowed-time/settings-set-aside").await?;
            ensure!(beside.as_deref() == Some(STRANGE), "set aside is {beside:?}");
            Ok(())
        })
        .await
}

/// A browser decides for itself whether it promises anything; whoever asks hears what came of it, each time.
#[tokio::test]
async fn a_browser_that_promises_nothing_is_told_of() -> Result<()> {
    // With the page's own `Promise`: one that is made in a driver's sandbox is none to the page.
    const REFUSE: &str =
        "navigator.storage.persist = () => { window.asked = (window.asked ?? 0) + 1; return window.Promise.resolve(false); };
        return null;";
    Journey::new()
        .tells(async |learner| {
            learner.opens("settings/").await?;
            if !learner.runs::<bool>("return 'persist' in (navigator.storage ?? {});", &[]).await? {
                return Ok(()); // A browser that cannot be asked: WebKitGTK's.
            }
            learner.sees_part("ask-to-keep").await?;
            learner.runs::<()>(REFUSE, &[]).await?;
            for times in 1..=2 {
                learner.clicks("ask-to-keep").await?;
                learner.sees("The browser did not promise it.").await?;
                let asked: u32 = learner.runs("return window.asked;", &[]).await?;
                ensure!(asked == times, "the browser was asked {asked} times");
            }
            Ok(())
        })
        .await
}
