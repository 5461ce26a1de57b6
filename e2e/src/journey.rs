//! The frame of a journey: a site, a browser, a story; then the checks that every journey ends with.

use std::fs;
use std::thread;

use anyhow::{Context, Error, Result, bail};
use tokio::sync::Semaphore;

use crate::browser::{Browser, Engine, Permission, Screen, Setup};
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
    faults: Faults,
}

impl Default for Journey {
    fn default() -> Journey {
        Journey {
            place: Place::Root,
            screen: Screen::Desktop,
            permission: Permission::Everything,
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
        let mut learner = self.learner().await?;
        let Err(error) = story(&mut learner).await else { return learner.leaves().await };
        let kept = keep_evidence(&name, &learner).await.unwrap_or_else(|why| format!("no screenshot: {why:#}"));
        learner.leaves().await.ok();
        bail!("{}\n{kept}", in_words(&error))
    }

    /// A learner before the first visit.
    ///
    /// # Errors
    /// If the host or the browser does not start.
    pub async fn learner(self) -> Result<Learner> {
        let setup = Setup { engine: Engine::from_environment()?, screen: self.screen, permission: self.permission };
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

/// Keeps what the learner saw last, and says where.
async fn keep_evidence(name: &str, learner: &Learner) -> Result<String> {
    let folder = output::failures()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (picture, page) = (folder.join(format!("{name}.png")), folder.join(format!("{name}.html")));
    learner.session().screenshot(&picture).await?;
    fs::write(&page, learner.session().source().await?)?;
    Ok(format!("at {}, see {}", learner.address().await?, picture.display()))
}
