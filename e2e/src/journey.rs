//! The frame of a journey: a site, a browser, a story; then the checks that every journey ends with.

use std::fs;
use std::thread;

use anyhow::{Context, Error, Result, bail};
use tokio::sync::Semaphore;

use crate::browser::{Browser, Engine, Permission, Program, Screen, Setup};
use crate::host::Faults;
use crate::learner::Learner;
use crate::output;
use crate::problems::Problems;
use crate::site::{Place, Site};

/// Each journey has a browser of its own, and two are what a small machine bears.
static SLOTS: Semaphore = Semaphore::const_new(2);

/// What a journey needs before it starts.
#[derive(Clone, Debug)]
pub struct Journey {
    place: Place,
    screen: Screen,
    permission: Permission,
    program: Program,
    faults: Faults,
}

impl Default for Journey {
    fn default() -> Journey {
        Journey {
            place: Place::Root,
            screen: Screen::Desktop,
            permission: Permission::Everything,
            program: Program::Shell,
            faults: Faults::default(),
        }
    }
}

impl Journey {
    /// At a desk, at the top of a host without faults.
    pub fn new() -> Journey {
        Journey::default()
    }

    /// On a phone.
    pub fn on_a_phone(mut self) -> Journey {
        self.screen = Screen::Phone;
        self
    }

    /// At this place.
    pub fn at(mut self, place: Place) -> Journey {
        self.place = place;
        self
    }

    /// In a browser that forbids something.
    pub fn with(mut self, permission: Permission) -> Journey {
        self.permission = permission;
        self
    }

    /// In the browser that learners have: with a clipboard, for one.
    pub fn in_a_browser(mut self) -> Journey {
        self.program = Program::Browser;
        self
    }

    /// On a host that gives wasm files this content type.
    pub fn with_wasm_mime(mut self, mime: &str) -> Journey {
        self.faults.wasm_mime = Some(mime.to_owned());
        self
    }

    /// On a host that sends this header with everything: `Name: value`.
    pub fn with_header(mut self, header: &str) -> Journey {
        self.faults.header = Some(header.to_owned());
        self
    }

    /// On a host that pauses for a second behind this text when it sends a page.
    pub fn with_a_pause_behind(mut self, text: &str) -> Journey {
        self.faults.pause = Some(text.to_owned());
        self
    }

    /// On nginx, as the documentation recommends to set it up.
    pub fn behind_nginx(mut self) -> Journey {
        self.faults.is_nginx = true;
        self
    }

    /// On a host that answers 404 for files whose path ends so.
    pub fn without_files(mut self, suffix: &str) -> Journey {
        self.faults.missing.push(suffix.to_owned());
        self
    }

    /// Lets the story happen. If it ends badly, a screenshot and the page are kept.
    ///
    /// # Errors
    /// If the story fails, or something was asked of another origin, or the console has an error nobody expected.
    pub async fn tells(self, story: impl AsyncFnOnce(&mut Learner) -> Result<()>) -> Result<()> {
        let _slot = SLOTS.acquire().await.context("the slots are closed")?;
        let name = thread::current().name().unwrap_or("journey").replace("::", "-");
        let mut learner = self.starts().await?;
        let Err(error) = story(&mut learner).await else { return learner.leaves().await };
        let kept = keep_evidence(&name, &learner).await.unwrap_or_else(|why| format!("no screenshot: {why:#}"));
        learner.leaves().await.ok();
        bail!("{}\n{kept}", in_words(&error))
    }

    /// A learner before the first visit, with the browser that learners have: whatever is measured is measured in it.
    ///
    /// # Errors
    /// If the host or the browser does not start.
    pub async fn learner(self) -> Result<Learner> {
        self.in_a_browser().starts().await
    }

    async fn starts(self) -> Result<Learner> {
        let Journey { screen, permission, program, .. } = self;
        let setup = Setup { engine: Engine::from_environment()?, screen, permission, program };
        let site = Site::open(self.place, self.faults).await?;
        let problems = Problems::of_release(site.folder())?;
        let browser = Browser::open(setup).await?;
        Ok(Learner::new(site, problems, browser))
    }
}

/// The error and its causes, without the stack of the driver's own program.
fn in_words(error: &Error) -> String {
    let causes = error.chain().map(|cause| {
        let text = cause.to_string();
        text.split("Stacktrace").next().unwrap_or(&text).trim().to_owned()
    });
    causes.collect::<Vec<_>>().join("\n  because ")
}

/// So many characters of the page are printed beside an error.
const TEXT_KEPT: usize = 1_500;

/// Keeps what the learner saw last, and says where.
async fn keep_evidence(name: &str, learner: &Learner) -> Result<String> {
    let folder = output::failures()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (picture, page) = (folder.join(format!("{name}.png")), folder.join(format!("{name}.html")));
    learner.session().screenshot(&picture).await?;
    fs::write(&page, learner.session().source().await?)?;
    // Where only what was printed is kept, it must say what there was to see.
    let text: String = learner.text().await?.chars().take(TEXT_KEPT).collect();
    Ok(format!("at {}, see {}, which says:\n{text}", learner.address().await?, picture.display()))
}
