//! Hosts as they are: under a path, with wrong content types, with another copy of the app beside ours.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use e2e::host;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::site::{self, Place, SUB_PATH};
use quiz::grading::Mark;
use quiz::problem::Kind;

#[tokio::test]
async fn under_a_path_every_link_stays_below_it() -> Result<()> {
    Journey::new()
        .at(Place::SubPath)
        .tells(async |learner| {
            let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            learner.clicks("next").await?;
            learner.meets_question().await?;
            for page in ["", "practice/", "problems/", "settings/"] {
                learner.opens(page).await?;
                learner.sees_part(page_at(page)).await?;
                const LINKS: &str = "return [...document.links].map((link) => link.href);";
                let links: Vec<String> = learner.runs(LINKS, &[]).await?;
                let site = learner.site.address("");
                let astray =
                    links.iter().find(|link| link.starts_with(&learner.site.origin()) && !link.starts_with(&site));
                ensure!(astray.is_none(), "on {page:?} a link leads out of {SUB_PATH}: {astray:?}");
                ensure!(!links.is_empty(), "{page:?} has no links");
            }
            Ok(())
        })
        .await
}

fn page_at(address: &str) -> &'static str {
    match address {
        "" => "page-today",
        "practice/" => "page-practice",
        "problems/" => "page-problems",
        _ => "page-settings",
    }
}

/// What is put on a host tells nobody whose computer it was made on, and is the same from every computer.
#[test]
fn a_release_names_no_folder_of_the_machine_that_built_it() -> Result<()> {
    let own = std::env::home_dir().context("whoever builds has a home")?;
    let folders = [own.join(".cargo"), own.join(".rustup"), Path::new(env!("CARGO_MANIFEST_DIR")).join("..")];
    let mut modules = 0;
    let mut folders_to_read = vec![site::dist(Place::Root)?];
    while let Some(folder) = folders_to_read.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders_to_read.push(path);
            } else if path.extension().is_some_and(|extension| extension == "wasm") {
                let bytes = fs::read(&path)?;
                for folder in &folders {
                    let name = folder.canonicalize().unwrap_or_else(|_| folder.clone());
                    let name = name.as_os_str().as_encoded_bytes();
                    let is_named = bytes.windows(name.len()).any(|part| part == name);
                    ensure!(!is_named, "{} names {}", path.display(), folder.display());
                }
                modules += 1;
            }
        }
    }
    ensure!(modules >= 3, "{modules} files were looked at");
    Ok(())
}

#[tokio::test]
async fn a_wrong_type_for_wasm() -> Result<()> {
    Journey::new()
        .with_wasm_mime("application/octet-stream")
        .tells(async |learner| {
            learner.installs_the_app().await?;
            learner.goes_offline().await?;
            let (problem, answer) = learner.problems.to_be_marked(Kind::Predict, Mark::Right)?;
            learner.answers(&problem, &answer).await?;
            ensure!(type_of_wasm(learner).await? == "application/wasm", "the stored wasm file has the host's type");
            Ok(())
        })
        .await
}

/// The content type that the page gets for its wasm file now.
async fn type_of_wasm(learner: &Learner) -> Result<String> {
    const TYPE: &str = r#"
        const done = arguments[arguments.length - 1];
        const { name } = performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('.wasm'));
        fetch(name).then((response) => done(response.headers.get('content-type')), (error) => done(String(error)));"#;
    Ok(learner.session().execute_async(TYPE, Vec::new()).await?.convert()?)
}

#[tokio::test]
async fn two_copies_on_one_host_leave_each_other_alone() -> Result<()> {
    Journey::new()
        .at(Place::Both)
        .tells(async |learner| {
            let sub = SUB_PATH.trim_start_matches('/').to_owned();
            learner.installs_the_app().await?;
            learner.opens(&sub).await?;
            learner.is_ready_to_work_offline().await?;
            let caches = learner.caches().await?;
            ensure!(caches.len() == 2, "two copies have the caches {caches:?}");

            // The copy at the top is updated: the one below it must not lose its files.
            let newer = learner.site.deploys_an_update()?;
            learner.opens("").await?;
            learner.browser_looks_for_an_update().await?;
            learner.clicks("update-now").await?;
            e2e::wait::until("the newer release", async || Ok((learner.release().await? == newer).then_some(())))
                .await?;

            learner.goes_offline().await?;
            let (problem, _) = learner.problems.to_be_marked(Kind::Spot, Mark::Right)?;
            learner.opens(&format!("{sub}problems/{}/", problem.slug)).await?;
            learner.meets_question().await?;
            ensure!(learner.address().await?.contains(SUB_PATH), "the other copy answered");
            learner.opens("").await?;
            learner.sees_part("page-today").await
        })
        .await
}

/// As content delivery networks do. The script does not run, and the app is stored all the same.
#[tokio::test]
async fn that_puts_a_script_into_pages() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.expects_error("Content Security Policy");
            for page in ["index.html", "shell.html"] {
                let file = learner.site.folder().join(page);
                let html = fs::read_to_string(&file)?;
                fs::write(&file, html.replace("</body>", "<script>window.ofTheHost = 1</script></body>"))?;
            }
            learner.installs_the_app().await?;
            ensure!(
                learner.runs::<bool>("return window.ofTheHost === undefined;", &[]).await?,
                "the host's script ran"
            );
            practises_without_the_host(learner).await
        })
        .await
}

/// As a repository that turns LF into CRLF does.
#[tokio::test]
async fn that_changes_line_ends() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            for path in xtask::files::all_files(learner.site.folder())? {
                let text = ["css", "html", "js", "json", "mjs", "svg", "txt", "webmanifest"];
                if text.iter().any(|extension| path.ends_with(&format!(".{extension}"))) {
                    let file = learner.site.folder().join(&path);
                    let unix = fs::read_to_string(&file)?;
                    fs::write(&file, unix.replace('\n', "\r\n"))?;
                }
            }
            learner.installs_the_app().await?;
            practises_without_the_host(learner).await
        })
        .await
}

/// A file that is another one stops the storing, and the first page says which and why.
#[tokio::test]
async fn that_changes_a_file_is_told_on_the_page() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.site.spoils(e2e::site::SAME_NAME)?;
            learner.opens("").await?;
            let why = learner.reads("why-not-offline").await?;
            ensure!(why.contains(e2e::site::SAME_NAME) && why.contains("may have changed"), "it says only {why:?}");
            Ok(())
        })
        .await
}

/// A policy as strict as it can be, without anything inline.
#[tokio::test]
async fn with_a_strict_policy() -> Result<()> {
    Journey::new()
        .with_header("Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")
        .tells(async |learner| {
            learner.installs_the_app().await?;
            practises_without_the_host(learner).await
        })
        .await
}

#[tokio::test]
async fn behind_nginx() -> Result<()> {
    if host::nginx().is_none() {
        eprintln!("nginx is not installed: nobody has tried the recommended configuration");
        return Ok(());
    }
    Journey::new()
        .behind_nginx()
        .tells(async |learner| {
            // Before there is a worker that answers with what it has stored.
            learner.opens_a_plain_file().await?;
            const HEADERS: &str = r#"
                const [path, done] = arguments;
                fetch(path, { cache: "reload" }).then((response) => done([...response.headers].map((pair) => pair.join(": "))), (error) => done([String(error)]));"#;
            let pack = learner.problems.catalog.packs().next().context("there are packs")?.address.clone();
            let of_pack: Vec<String> = learner.session().execute_async(HEADERS, vec![pack.into()]).await?.convert()?;
            ensure!(of_pack.iter().any(|header| header.contains("immutable")), "a pack comes with {of_pack:#?}");
            learner.installs_the_app().await?;
            practises_without_the_host(learner).await?;
            learner.comes_online().await?;
            learner.opens("no/such/page").await?;
            learner.sees_part("page-not-found").await
        })
        .await
}

async fn practises_without_the_host(learner: &mut Learner) -> Result<()> {
    learner.goes_offline().await?;
    learner.reloads().await?;
    let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
    learner.answers(&problem, &answer).await
}
