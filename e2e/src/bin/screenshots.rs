//! Takes a picture of every page and state of the app, on a phone and at a desk, light and dark, to be looked at.
//!
//! A picture shows the whole page unless only what fits the screen is wanted.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use e2e::browser::{Engine, Screen};
use e2e::host::Faults;
use e2e::journey::Journey;
use e2e::learner::{ATTEMPTS, Learner};
use e2e::problems::answer_marked;
use quiz::answer::Answer;
use quiz::grading::Mark;
use quiz::problem::{ExpectedOutcome, Kind, Problem};
use serde_json::json;

/// Takes pictures of every page and state of a release build
#[derive(Parser)]
struct Options {
    /// The folder for the pictures
    folder: PathBuf,
    /// Show what fits the screen instead of the whole page
    #[arg(long)]
    fold: bool,
    /// Only the pages of a learner with a past
    #[arg(long)]
    pasts: bool,
    /// Only on a phone, in light colours
    #[arg(long)]
    once: bool,
}

#[derive(Clone, Copy)]
enum Theme {
    Light,
    Dark,
}

/// A camera: where pictures go and what they show.
struct Camera {
    folder: PathBuf,
    whole_page: bool,
    screen: Screen,
    theme: Theme,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    ensure!(Engine::from_environment()? == Engine::Chromium, "the pictures are taken in Chromium");
    let (screens, themes) = ([Screen::Phone, Screen::Desktop], [Theme::Light, Theme::Dark]);
    let of_each = if options.once { 1 } else { 2 };
    for screen in screens.into_iter().take(of_each) {
        for theme in themes.into_iter().take(of_each) {
            let camera = Camera { folder: options.folder.clone(), whole_page: !options.fold, screen, theme };
            fs::create_dir_all(camera.path("").parent().unwrap_or(Path::new(".")))?;
            match options.pasts {
                true => camera.takes_the_pasts().await?,
                false => camera.takes_everything().await?,
            }
        }
    }
    println!("{}", options.folder.display());
    Ok(())
}

impl Camera {
    fn path(&self, name: &str) -> PathBuf {
        let screen = match self.screen {
            Screen::Desktop => "desktop",
            Screen::Phone => "phone",
        };
        let theme = match self.theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        self.folder.join(format!("{screen}-{theme}")).join(format!("{name}.png"))
    }

    async fn takes_everything(&self) -> Result<()> {
        self.visit(Journey::new(), async |learner| self.pages(learner).await).await?;
        self.visit(Journey::new(), async |learner| self.questions(learner).await).await?;
        self.visit(Journey::new(), async |learner| self.notices(learner).await).await?;
        self.visit(Journey::new(), async |learner| self.failures(learner).await).await?;
        self.takes_the_pasts().await?;
        self.visit(Journey::new().without_files(".wasm"), async |learner| {
            learner.opens("").await?;
            learner.sees_part("boot").await?;
            learner.sees("could not start").await?;
            self.shoots(learner, "failure-no-wasm").await
        })
        .await
    }

    /// Today, progress and settings with nothing, a little and a lot behind them.
    async fn takes_the_pasts(&self) -> Result<()> {
        for (count, days, name) in [(0, 1, "none"), (9, 2, "small"), (160, 40, "some"), (6000, 500, "huge")] {
            self.visit(Journey::new(), async |learner| {
                learner.opens_a_plain_file().await?;
                learner.has_a_past(count, days).await?;
                for (address, part, page) in [
                    ("", "start", "today"),
                    ("progress/", "page-progress", "progress"),
                    ("settings/", "page-settings", "settings"),
                ] {
                    learner.opens(address).await?;
                    learner.sees_part(part).await?;
                    self.shoots(learner, &format!("past-{name}-{page}")).await?;
                }
                Ok(())
            })
            .await?;
        }
        Ok(())
    }

    async fn visit(&self, journey: Journey, show: impl AsyncFnOnce(&mut Learner) -> Result<()>) -> Result<()> {
        let mut learner = journey.learner().await?;
        learner.expects_error("");
        let scheme = match self.theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        learner.tells_devtools("Emulation.setEmulatedMedia", scheme).await?;
        self.fits(&learner, self.screen.size().1).await?;
        show(&mut learner).await?;
        learner.leaves().await
    }

    async fn fits(&self, learner: &Learner, height: u32) -> Result<()> {
        let (width, mobile) = (self.screen.size().0, self.screen == Screen::Phone);
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        learner.tells_devtools("Emulation.setDeviceMetricsOverride", metrics).await.map(|_| ())
    }

    async fn shoots(&self, learner: &Learner, name: &str) -> Result<()> {
        const HEIGHT: &str = "return Math.ceil(document.documentElement.scrollHeight);";
        let own = self.screen.size().1;
        if self.whole_page {
            let height: u32 = learner.runs(HEIGHT, &[]).await?;
            self.fits(learner, height.max(own)).await?;
        }
        let path = self.path(name);
        learner.session().screenshot(&path).await.with_context(|| format!("no picture {}", path.display()))?;
        self.fits(learner, own).await
    }

    async fn pages(&self, learner: &mut Learner) -> Result<()> {
        learner.installs_the_app().await?;
        learner.sees_part("start").await?;
        self.shoots(learner, "today-empty").await?;
        for (address, part, name) in [
            ("practice/", "start", "practice-chooser"),
            ("problems/", "page-problems", "problems"),
            ("settings/", "page-settings", "settings"),
            ("no/such/page", "page-not-found", "not-found"),
            ("problems/no-such-problem/", "page-not-found", "no-such-problem"),
        ] {
            learner.opens(address).await?;
            learner.sees_part(part).await?;
            self.shoots(learner, name).await?;
        }
        learner.opens("problems/?q=no+such+word").await?;
        learner.sees_part("page-problems").await?;
        self.shoots(learner, "problems-no-hit").await?;
        self.a_session(learner).await?;
        for (address, part, name) in
            [("", "start", "today-with-history"), ("problems/", "page-problems", "problems-with-history")]
        {
            learner.opens(address).await?;
            learner.sees_part(part).await?;
            self.shoots(learner, name).await?;
        }
        learner.presses("?").await?;
        learner.sees_part("keys-help").await?;
        self.shoots(learner, "keys").await
    }

    /// A session of ten questions, every third answered wrong, up to its end.
    async fn a_session(&self, learner: &Learner) -> Result<()> {
        learner.opens("").await?;
        learner.clicks("start").await?;
        for number in 0.. {
            if learner.has("session-finished").await? {
                break;
            }
            let slug = learner.meets_question().await?;
            if number == 0 {
                self.shoots(learner, "practice-first-question").await?;
            }
            let problem = learner.problems.problem(&slug)?;
            let mark = if number % 3 == 2 { Mark::Wrong } else { Mark::Right };
            let answer = answer_marked(problem, mark).context("every problem has such an answer")?;
            learner.fills_in(&answer).await?;
            learner.submits().await?;
            learner.sees_judgement(problem, &answer).await?;
            learner.clicks("next").await?;
            learner.no_longer_sees_part("summary").await?;
        }
        self.shoots(learner, "practice-finished").await
    }

    async fn questions(&self, learner: &mut Learner) -> Result<()> {
        for kind in Kind::ALL {
            for (mark, name) in [(Mark::Right, "right"), (Mark::Partly, "partly"), (Mark::Wrong, "wrong")] {
                let Ok((problem, answer)) = learner.problems.to_be_marked(kind, mark) else { continue };
                self.question(learner, &problem, &answer, &format!("{}-{name}", kind.name())).await?;
            }
        }
        let problems = &learner.problems;
        for (problem, name) in [
            (problems.predict(|happens| matches!(happens, ExpectedOutcome::Prints { .. }))?, "predict-prints"),
            (problems.predict(|happens| matches!(happens, ExpectedOutcome::Error { .. }))?, "predict-error"),
            (problems.predict(|happens| matches!(happens, ExpectedOutcome::Panics { .. }))?, "predict-panics"),
        ] {
            let answer = answer_marked(problem, Mark::Right).context("every problem has a right answer")?;
            self.question(learner, problem, &answer, name).await?;
        }
        Ok(())
    }

    /// A question as it is met, with a hint and an answer filled in, and answered.
    async fn question(&self, learner: &Learner, problem: &Problem, answer: &Answer, name: &str) -> Result<()> {
        learner.opens_problem(problem).await?;
        self.shoots(learner, &format!("{name}-1-asking")).await?;
        if learner.has("hint-button").await? {
            learner.clicks("hint-button").await?;
            learner.sees_part("hint").await?;
        }
        learner.fills_in(answer).await?;
        self.shoots(learner, &format!("{name}-2-filled-in")).await?;
        learner.submits().await?;
        learner.sees_judgement(problem, answer).await?;
        self.shoots(learner, &format!("{name}-3-answered")).await?;
        // Who leaves an answered question by a link meets it anew when they come back.
        learner.clicks_on("header a").await?;
        learner.sees_part("page-today").await
    }

    async fn notices(&self, learner: &mut Learner) -> Result<()> {
        learner.installs_the_app().await?;
        let (problem, answer) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
        learner.opens_problem(&problem).await?;
        learner.fills_in(&answer).await?;
        learner.site.deploys_an_update()?;
        learner.browser_looks_for_an_update().await?;
        learner.sees_part("update-offer").await?;
        self.shoots(learner, "notice-update").await?;

        learner.fills_the_storage().await?;
        learner.submits().await?;
        learner.sees_part("notice").await?;
        self.shoots(learner, "notice-storage-full").await?;
        learner.frees_the_storage().await?;

        learner.finds_stored(&format!("{ATTEMPTS}elsewhere-0"), "{not json").await?;
        learner.opens("").await?;
        learner.sees_part("notice").await?;
        self.shoots(learner, "notice-unreadable").await
    }

    async fn failures(&self, learner: &mut Learner) -> Result<()> {
        let (problem, _) = learner.problems.to_be_marked(Kind::Choice, Mark::Right)?;
        let pack = learner.problems.catalog.pack_of(&problem.slug).map(|pack| pack.address.clone());
        learner.site.comes_back_with(Faults { missing: Vec::from_iter(pack), ..Faults::default() }).await?;
        // It has the pack as well.
        std::fs::remove_file(learner.site.bundle()?)?;
        learner.opens(&format!("problems/{}/", problem.slug)).await?;
        learner.sees_part("load-failed").await?;
        self.shoots(learner, "failure-pack").await?;
        learner.opens("").await?;
        learner.sees("Not stored for offline use").await?;
        self.shoots(learner, "failure-not-stored-offline").await?;

        learner.finds_stored("borrowed-time/test", "1").await?;
        learner.opens("?panic-for-test=1").await?;
        learner.sees_part("panic-screen").await?;
        self.shoots(learner, "failure-panic").await?;

        learner.tells_devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
        learner.opens("").await?;
        learner.sees("JavaScript").await?;
        self.shoots(learner, "failure-no-javascript").await
    }
}
