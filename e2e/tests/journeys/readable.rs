//! Pages that can be read before the app has started, and without it.

use anyhow::{Context, Result, bail, ensure};
use e2e::browser::Engine;
use e2e::journey::Journey;
use e2e::learner::Learner;
use e2e::site::Place;
use e2e::wait::until;
use quiz::problem::{Kind, Problem};
use serde_json::json;

/// The first problem of a kind.
fn one(learner: &Learner, kind: Kind) -> Result<Problem> {
    let found = learner.problems.all().iter().find(|problem| problem.question.kind() == kind);
    found.cloned().with_context(|| format!("there is no {}", kind.name()))
}

#[tokio::test]
async fn every_kind_with_its_answer_without_scripts() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // Only Chromium's driver still works then.
    }
    Journey::new()
        .tells(async |learner| {
            learner.opens_a_plain_file().await?;
            learner.tells_devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
            for kind in Kind::ALL {
                let problem = one(learner, kind)?;
                learner.opens(&format!("problems/{}/", problem.slug)).await?;
                learner.sees(&problem.title).await?;
                learner.sees("Borrowed Time needs JavaScript").await?;
                let folded: bool =
                    learner.runs("return document.querySelector('[data-answer-fold]').open;", &[]).await?;
                ensure!(!folded, "the answer of {} is open before anybody asked", problem.slug);
                learner.clicks_on("[data-answer-fold] summary").await?;
                let heading = match kind {
                    Kind::Discuss => "What it is scored by",
                    _ => "Explanation",
                };
                learner.sees(heading).await?;
            }
            learner.opens("").await?;
            learner.sees("Practise for your Rust interview").await?;
            learner.opens("guide/").await?;
            learner.sees("From application to first day").await
        })
        .await
}

/// What is there to be read shares neither the line nor the processor with the app.
#[tokio::test]
async fn nothing_of_the_app_is_asked_for_before_something_can_be_read() -> Result<()> {
    const TIMES: &str = r#"
        const read = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null;
        const files = performance.getEntriesByType('resource');
        // A busy machine takes its time to draw; after a second the app is asked for all the same.
        const latest = files.find(({ name }) => /\/boot-/.test(name)).responseEnd + 1000;
        const of_app = files.filter(({ name }) => /\/(borrowed-time-|packs\/)/.test(name));
        return [read && Math.min(read, latest), ...of_app.map(({ startTime }) => startTime)];"#;
    Journey::new()
        .tells(async |learner| {
            learner.opens("").await?;
            learner.sees_part("page-today").await?;
            let [Some(read), of_app @ ..] = &*learner.runs::<Vec<Option<f64>>>(TIMES, &[]).await? else {
                bail!("nothing was drawn")
            };
            ensure!(of_app.len() >= 3, "the app came in {} files", of_app.len());
            ensure!(of_app.iter().flatten().all(|asked| asked >= read), "read at {read} ms, asked for at {of_app:?}");
            Ok(())
        })
        .await
}

/// What a reader has before their eyes stays there when the app takes over: nothing has another place or another size.
#[tokio::test]
async fn the_app_draws_everything_where_it_stood() -> Result<()> {
    // A worker would answer the frame with the shell.
    Journey::new().without_files("sw.js").tells(async |learner| stands_where_it_stood(learner).await).await
}

#[tokio::test]
async fn the_app_draws_everything_where_it_stood_on_a_phone() -> Result<()> {
    Journey::new().on_a_phone().without_files("sw.js").tells(async |learner| stands_where_it_stood(learner).await).await
}

async fn stands_where_it_stood(learner: &mut Learner) -> Result<()> {
    learner.expects_error("sw.js");
    learner.expects_error("404");
    // A frame of the same size, in which no script may run, shows the page as it was sent.
    const PLACES: &str = r#"
        const [path] = arguments, done = arguments[arguments.length - 1];
        const places = (page) => ["h1", ".subject .prose, .lede", ".subject pre.code", "header .mark"].map((what) => {
            const found = page.querySelector(`#app:not([data-waits]) :is(${what}), #boot :is(${what})`);
            const box = found?.getBoundingClientRect();
            // A frame has a scroll bar where a window of these browsers has none; slots and gaps become buttons, a pixel higher.
            const left = page.querySelector('#app:not([data-waits]) .mark, #boot .mark').getBoundingClientRect().left;
            const high = page.querySelector(".gap, .slot") || page.querySelector("[data-kind=order], [data-kind=fill]") ? 0 : Math.round(box?.height);
            return box ? [what, Math.round(box.left - left), Math.round(box.top), Math.round(box.width), high].join(" ") : what;
        });
        const frame = document.createElement("iframe");
        frame.sandbox = "allow-same-origin";
        frame.style.cssText = "position:fixed;left:0;top:0;border:0;width:100vw;height:100vh;visibility:hidden";
        frame.onload = () => { const sent = places(frame.contentDocument); frame.remove(); scrollTo(0, 0); done([sent, places(document)]); };
        frame.onerror = () => done([["no frame"], []]);
        frame.src = new URL(path, document.baseURI);
        document.body.append(frame);"#;
    learner.expects_error("sandboxed");
    learner.expects_error("Blocked script");
    for kind in Kind::ALL {
        let problem = one(learner, kind)?;
        let path = format!("problems/{}/", problem.slug);
        learner.opens_problem(&problem).await?;
        let (sent, drawn): (Vec<String>, Vec<String>) =
            learner.session().execute_async(PLACES, vec![path.into()]).await?.convert()?;
        let pairs: Vec<_> = sent.iter().zip(&drawn).filter(|(sent, _)| sent.ends_with(char::is_numeric)).collect();
        ensure!(pairs.len() >= 3, "little was sent: {sent:#?}");
        ensure!(pairs.iter().all(|(sent, drawn)| sent == drawn), "{}: sent and drawn {pairs:#?}", problem.slug);
    }
    Ok(())
}

/// Who reads an answer when the app is ready goes on reading, and closes it to find the app where they are.
#[tokio::test]
async fn a_reader_is_not_disturbed() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // No other driver can slow the network down.
    }
    Journey::new()
        .on_a_phone()
        .tells(async |learner| {
            let problem = one(learner, Kind::Predict)?;
            learner.opens_a_plain_file().await?;
            learner.tells_devtools("Network.enable", json!({})).await?;
            let slow = json!({ "offline": false, "latency": 20, "downloadThroughput": 600_000, "uploadThroughput": 100_000 });
            learner.tells_devtools("Network.emulateNetworkConditions", slow).await?;
            let address = learner.site.address(&format!("problems/{}/", problem.slug));
            learner.runs::<()>("location.href = arguments[0]; return null;", &[address.into()]).await.ok();
            until("the page as it was sent", async || {
                learner.runs::<bool>("return document.querySelector('#boot .question') !== null;", &[]).await.map(|is| is.then_some(()))
            })
            .await?;
            learner.clicks_on("#boot [data-answer-fold] summary").await?;
            const READY: &str = "return document.querySelector('#app .question') !== null;";
            until("the app behind the page", async || Ok(learner.runs::<bool>(READY, &[]).await?.then_some(()))).await?;
            const BOTH: &str = "return document.querySelector('#boot') !== null && document.querySelector('#app[data-waits]') !== null;";
            ensure!(learner.runs::<bool>(BOTH, &[]).await?, "the page was taken away from under its reader");
            learner.presses("p").await?;
            let picked: bool = learner
                .runs("return document.querySelector('#app [data-testid=outcome-prints]')?.ariaChecked === 'true';", &[])
                .await?;
            ensure!(!picked, "a key reached the app behind the page");

            let before: f64 = learner.runs("scrollTo(0, 60); return scrollY;", &[]).await?;
            ensure!(before > 50.0, "the page cannot be scrolled");
            learner.clicks_on("#boot [data-answer-fold] summary").await?;
            learner.meets_question().await?;
            let (scrolled, focused): (f64, String) =
                learner.runs("return [scrollY, document.activeElement.tagName];", &[]).await?;
            ensure!(scrolled >= before, "the reader was at {before} and is at {scrolled}");
            ensure!(focused == "H1", "the focus of the fold went to {focused}");
            Ok(())
        })
        .await
}

/// What moved without having been touched, as browsers count it; looked for as soon as nothing more is to come.
const MOVED: &str = "return new Promise((done) => {
    const called = (node) => !node ? 'what is gone' : node instanceof Element ? `${node.localName}.${node.className}` : called(node.parentElement);
    const moved = [];
    const told = ({ node, previousRect, currentRect }) =>
        `${called(node)} from ${[previousRect.x, previousRect.y]} to ${[currentRect.x, currentRect.y]}`;
    new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
            // What comes into sight has no place that it was at.
            const seen = sources.filter(({ previousRect }) => previousRect.height > 0);
            if (seen.length > 0 || sources.length === 0) moved.push(`${value.toFixed(4)}: ${seen.map(told).join(', ')}`);
        }
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(moved), 100);
});";

/// What is in sight stays where it is when more of the page comes, on every page: of a newcomer and of who comes back.
#[tokio::test]
async fn nothing_moves_once_it_shows() -> Result<()> {
    nothing_moves(Journey::new(), Window::OfTheScreen).await
}

/// Nor does what is out of sight: who scrolls there at once, or is led there, presses what stands there.
#[tokio::test]
async fn nothing_moves_below_what_shows() -> Result<()> {
    nothing_moves(Journey::new(), Window::OfThePage).await
}

#[tokio::test]
async fn nothing_moves_once_it_shows_on_a_phone() -> Result<()> {
    nothing_moves(Journey::new().on_a_phone(), Window::OfTheScreen).await
}

/// The links of the header stand at its right end, and below on a phone: each further one would move those before it.
#[tokio::test]
async fn nothing_moves_when_half_of_the_header_comes_first() -> Result<()> {
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // The others do not count it.
    }
    for half in ["Time</i></a>", "Practice</a>"] {
        for journey in [Journey::new(), Journey::new().on_a_phone()] {
            // The worker has the pages at once.
            let journey = journey.without_files("sw.js").with_a_pause_behind(half);
            journey
                .tells(async |learner| {
                    learner.expects_error("sw.js");
                    learner.expects_error("404");
                    learner.opens("placement/").await?;
                    let moved: Vec<String> = learner.runs(MOVED, &[]).await?;
                    ensure!(moved.is_empty(), "with a pause behind {half}: {moved:#?}");
                    Ok(())
                })
                .await?;
        }
    }
    Ok(())
}

/// How much of a page is in sight.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Window {
    OfTheScreen,
    /// All of it, of the longest too.
    OfThePage,
}

async fn nothing_moves(journey: Journey, window: Window) -> Result<()> {
    const SETTLED: &str = "const app = document.querySelector('#app');
        return document.readyState === 'complete' && !app.matches('[data-waits]') && !app.querySelector('[data-loading], .awaited')
            && app.querySelector('h1') !== null;";
    if Engine::from_environment()? != Engine::Chromium {
        return Ok(()); // The others do not count it.
    }
    journey
        .tells(async |learner| {
            if window == Window::OfThePage {
                let all = json!({ "width": 1280, "height": 16_000, "deviceScaleFactor": 1, "mobile": false });
                learner.tells_devtools("Emulation.setDeviceMetricsOverride", all).await?;
            }
            let of_kinds: Vec<String> = Kind::ALL
                .into_iter()
                .map(|kind| one(learner, kind).map(|problem| format!("problems/{}/", problem.slug)))
                .collect::<Result<_>>()?;
            let pages = [
                "",
                "practice/",
                "placement/",
                "problems/",
                "interviews/",
                "interviews/?interview=lightning",
                "progress/",
                "guide/",
                "guide/?section=how-to-prepare",
                "stories/",
                "scratchpad/",
                "settings/",
            ];
            let pages: Vec<&str> = pages.into_iter().chain(of_kinds.iter().map(String::as_str)).collect();
            let mut all_moved = Vec::new();
            for answers in [0, 60] {
                learner.opens_a_plain_file().await?;
                learner.has_a_past(answers, 5).await?;
                for page in &pages {
                    learner.opens(page).await?;
                    let is_settled = async || Ok(learner.runs::<bool>(SETTLED, &[]).await?.then_some(()));
                    until("all of the page to be there", is_settled).await?;
                    if learner.has("code").await? {
                        learner.has_the_editor().await?;
                    }
                    if page.is_empty() {
                        learner.is_ready_to_work_offline().await?;
                    }
                    let moved: Vec<String> = learner.runs(MOVED, &[]).await?;
                    all_moved
                        .extend(moved.into_iter().map(|moved| format!("/{page}, after {answers} answers: {moved}")));
                }
            }
            ensure!(all_moved.is_empty(), "{all_moved:#?}");
            Ok(())
        })
        .await
}

/// Where the address is known, a page names it, and so does the map of the site.
#[tokio::test]
async fn pages_name_their_address() -> Result<()> {
    Journey::new()
        .at(Place::SubPath)
        .tells(async |learner| {
            let problem = one(learner, Kind::Choice)?;
            learner.opens_problem(&problem).await?;
            let wanted = format!("https://drills.example/drills/rust/problems/{}/", problem.slug);
            let canonical: String =
                learner.runs("return document.querySelector('link[rel=canonical]').href;", &[]).await?;
            ensure!(canonical == wanted, "the page says it is at {canonical}");
            let map = std::fs::read_to_string(learner.site.folder().join("sitemap.xml"))?;
            ensure!(map.contains(&format!("<loc>{wanted}</loc>")), "the map lacks {wanted}");
            Ok(())
        })
        .await
}

/// Nothing that is not of the release runs, whoever put it into the page.
#[tokio::test]
async fn scripts_of_others_do_not_run() -> Result<()> {
    Journey::new()
        .tells(async |learner| {
            learner.expects_error("Content Security Policy");
            learner.opens("").await?;
            const INJECT: &str = r#"
                const script = document.createElement("script");
                script.textContent = "window.wasRun = true";
                document.body.append(script);
                const image = document.createElement("div");
                image.innerHTML = "<img src='x:y' onerror='window.wasRun = true'>";
                document.body.append(image);
                return null;"#;
            learner.runs::<()>(INJECT, &[]).await?;
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            let was_run: bool = learner.runs("return window.wasRun === true;", &[]).await?;
            ensure!(!was_run, "an inline script ran");
            Ok(())
        })
        .await
}

/// A problem of somebody else, with everything in it that has ever run where it should not.
#[tokio::test]
async fn a_hostile_problem_is_text() -> Result<()> {
    const PAYLOADS: [&str; 5] = [
        "<script>window.wasRun=1</script>",
        "<img src=x onerror=window.wasRun=1>",
        "<svg onload=window.wasRun=1>",
        "\"><iframe srcdoc='<script>parent.wasRun=1</script>'>",
        "javascript:window.wasRun=1",
    ];
    Journey::new()
        .tells(async |learner| {
            let problem = one(learner, Kind::Choice)?;
            let pack = learner.problems.catalog.pack_of(&problem.slug).context("it lies in a pack")?.address.clone();
            let file = learner.site.folder().join(pack);
            let mut written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
            for other in written["problems"].as_array_mut().context("a pack has problems")? {
                other["title"] = json!(PAYLOADS.join(" "));
                let mut words = vec![json!("p")];
                words.extend(PAYLOADS.map(|payload| json!(payload)));
                other["prompt"] = json!([words]);
            }
            std::fs::write(&file, written.to_string())?;
            learner.expects_error("Content Security Policy");
            learner.opens(&format!("problems/{}/", problem.slug)).await?;
            learner.sees("<img src=x onerror=window.wasRun=1>").await?;
            learner.clicks_on("main [data-answer=option]").await?;
            learner.submits().await?;
            learner.sees_part("summary").await?;
            const RAN: &str = "return window.wasRun === 1 || document.querySelector('main script, main iframe, main [onerror]') !== null;";
            ensure!(!learner.runs::<bool>(RAN, &[]).await?, "a text of a problem became part of the page");
            Ok(())
        })
        .await
}

/// Elements that no text may have, and links that lead to no page: such a pack is refused, and the page says why.
#[tokio::test]
async fn a_pack_with_more_than_texts_is_refused() -> Result<()> {
    for text in [json!([["script", "window.wasRun=1"]]), json!([["a", "javascript:window.wasRun=1", "a link"]])] {
        Journey::new()
            .tells(async |learner| {
                let problem = one(learner, Kind::Choice)?;
                let pack =
                    learner.problems.catalog.pack_of(&problem.slug).context("it lies in a pack")?.address.clone();
                let file = learner.site.folder().join(pack);
                let mut written: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
                for other in written["problems"].as_array_mut().context("a pack has problems")? {
                    other["prompt"] = text.clone();
                }
                std::fs::write(&file, written.to_string())?;
                learner.opens(&format!("problems/{}/", problem.slug)).await?;
                let why = learner.reads("load-failed").await?;
                ensure!(why.contains("not what it should be"), "the page says {why:?}");
                ensure!(!learner.runs::<bool>("return window.wasRun === 1;", &[]).await?, "it ran");
                Ok(())
            })
            .await?;
    }
    Ok(())
}
