//! A real browser with a fresh profile, its driver process, and what must be known to start either.

use std::env;
use std::fmt;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::wait::until;

/// A browser that these tests can drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's small browser.
    Webkit,
}

impl Engine {
    /// The browser that `E2E_BROWSER` names; Chromium if it is not set.
    ///
    /// # Errors
    /// If it names none of them.
    pub fn from_environment() -> Result<Engine> {
        match env::var("E2E_BROWSER").as_deref() {
            Err(_) | Ok("chromium") => Ok(Engine::Chromium),
            Ok("firefox") => Ok(Engine::Firefox),
            Ok("webkit") => Ok(Engine::Webkit),
            Ok(other) => bail!("E2E_BROWSER is {other:?}; it can be chromium, firefox or webkit"),
        }
    }

    fn driver_program(self) -> &'static str {
        match self {
            Engine::Chromium => "chromedriver",
            Engine::Firefox => "geckodriver",
            Engine::Webkit => "WebKitWebDriver",
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Engine::Chromium => "Chromium",
            Engine::Firefox => "Firefox",
            Engine::Webkit => "WebKitGTK",
        })
    }
}

/// The size of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 1280 × 900.
    Desktop,
    /// 360 × 740, as a phone shows it.
    Phone,
}

impl Screen {
    /// Width and height, in CSS pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Screen::Desktop => (1280, 900),
            Screen::Phone => (360, 740),
        }
    }
}

/// What the browser lets pages do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Everything, as usual.
    Everything,
    /// Everything but storing anything.
    NoStorage,
    /// Everything but WebAssembly.
    NoWasm,
    /// Everything, and the microphone as well, for which pages have to ask otherwise.
    Microphone,
    /// Everything but the microphone.
    NoMicrophone,
}

/// What draws the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The browser that learners have.
    Browser,
    /// Its engine without windows, settings and services around it, which starts in half the time. The browser, where it is not
    /// installed or there is none.
    Shell,
}

/// How a browser is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Which one.
    pub engine: Engine,
    /// The size of its page.
    pub screen: Screen,
    /// What it lets pages do.
    pub permission: Permission,
    /// What draws its pages, where that is all the same.
    pub program: Program,
}

impl Setup {
    /// What draws its pages. What a browser's settings allow and forbid, a shell does not know.
    fn program(self) -> Program {
        match self.permission {
            Permission::Everything | Permission::NoWasm => self.program,
            Permission::NoStorage | Permission::Microphone | Permission::NoMicrophone => Program::Browser,
        }
    }
}

/// A running browser.
pub struct Browser {
    setup: Setup,
    // The order matters: the session ends before its driver, the driver before the profile and the display.
    session: WebDriver,
    driver: Driver,
    profile: TempDir,
    downloads: TempDir,
    /// How many sessions this browser has had before.
    restarts: u32,
    /// Those of them that were killed: their logs are torn.
    killed: Vec<u32>,
}

impl Browser {
    /// Starts a driver, and a browser with a profile of its own.
    ///
    /// # Errors
    /// If either is not installed or does not start.
    pub async fn open(setup: Setup) -> Result<Browser> {
        let driver = Driver::start(setup.engine).await?;
        let profile = TempDir::new().context("no temporary folder")?;
        let downloads = TempDir::new().context("no temporary folder")?;
        let session = start_session(setup, &driver, profile.path(), downloads.path(), 0).await?;
        Ok(Browser { setup, session, driver, profile, downloads, restarts: 0, killed: Vec::new() })
    }

    /// How it was started.
    pub fn setup(&self) -> Setup {
        self.setup
    }

    /// The WebDriver session.
    pub fn session(&self) -> &WebDriver {
        &self.session
    }

    /// Where downloads go, if the browser could be told so.
    pub fn downloads(&self) -> &Path {
        self.downloads.path()
    }

    /// Closes the browser and starts it again with the same profile.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn restart(&mut self) -> Result<()> {
        self.session.clone().quit().await.context("the browser does not close")?;
        self.restarts += 1;
        let (profile, downloads) = (self.profile.path(), self.downloads.path());
        self.session = start_session(self.setup, &self.driver, profile, downloads, self.restarts).await?;
        Ok(())
    }

    /// The memory that the browser with all its processes takes now, in bytes. Of Linux only.
    ///
    /// # Errors
    /// If its processes cannot be seen.
    pub fn memory(&self) -> Result<u64> {
        Ok(memory_of(&self.processes()?))
    }

    /// Kills the browser with all its processes, without a word, and starts it again with the same profile.
    ///
    /// # Errors
    /// If it cannot be killed, or does not start.
    pub async fn dies(&mut self) -> Result<()> {
        let processes = self.processes()?;
        self.kill(&processes).await?;
        self.is_started_again().await
    }

    /// The ids of all its processes. Of Linux only.
    ///
    /// # Errors
    /// If they cannot be seen.
    pub fn processes(&self) -> Result<Vec<String>> {
        with_descendants(&processes_with(self.profile.path())?)
    }

    /// Sends SIGKILL to these processes of it, and returns when they are gone.
    ///
    /// # Errors
    /// If one of them lives on.
    pub async fn kill(&self, processes: &[String]) -> Result<()> {
        // All stand still first: none sees another one die and stores something in a hurry. Some may have ended by themselves.
        for signal in ["-STOP", "-KILL"] {
            let mut kill = Command::new("kill");
            kill.arg(signal).args(processes).stderr(Stdio::null());
            kill.status().await.context("kill cannot be started")?;
        }
        until("the browser to be dead", async || {
            // What is dead and waits for its parent to take notice has no command line any more.
            let is_alive = |id: &String| {
                std::fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|command_line| !command_line.is_empty())
            };
            Ok((!processes.iter().any(is_alive)).then_some(()))
        })
        .await
    }

    /// Starts it again after it was killed, with the same profile.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn is_started_again(&mut self) -> Result<()> {
        // A driver asks a dead browser for minutes whether it has ended. Another one does not know it.
        _ = self.session.clone().leak();
        self.driver = Driver::start(self.setup.engine).await?;
        self.killed.push(self.restarts);
        self.restarts += 1;
        let (profile, downloads) = (self.profile.path(), self.downloads.path());
        self.session = start_session(self.setup, &self.driver, profile, downloads, self.restarts).await?;
        Ok(())
    }

    /// Closes it, and lets `read` have the logs of its requests, which only Chromium writes: one a session.
    ///
    /// # Errors
    /// If the driver no longer answers, or if `read` fails.
    pub async fn close(self, mut read: impl FnMut(&Path) -> Result<()>) -> Result<()> {
        let quit = self.session.quit().await;
        self.driver.stop().await?;
        quit.context("the browser does not close")?;
        if self.setup.engine == Engine::Chromium {
            for number in (0..=self.restarts).filter(|number| !self.killed.contains(number)) {
                read(&net_log(self.profile.path(), number))?;
            }
        }
        Ok(())
    }
}

/// The memory of these processes, in bytes, what they share counted once.
fn memory_of(processes: &[String]) -> u64 {
    let of_one = |id: &String| {
        let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()
    };
    1024 * processes.iter().filter_map(of_one).sum::<u64>()
}

/// These processes and all that descend from them.
fn with_descendants(roots: &[String]) -> Result<Vec<String>> {
    let mut ids: Vec<String> = roots.to_vec();
    let mut parents = Vec::new();
    for process in std::fs::read_dir("/proc").context("no processes to be seen")? {
        let id = process?.file_name().to_string_lossy().into_owned();
        // The name, which may hold anything, stands in parentheses.
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)).unwrap_or_default();
        parents.push((id, parent.to_owned()));
    }
    let mut place = 0;
    while let Some(parent) = ids.get(place).cloned() {
        let children = parents.iter().filter(|(id, of)| *of == parent && !ids.contains(id)).map(|(id, _)| id.clone());
        let children: Vec<String> = children.collect();
        ids.extend(children);
        place += 1;
    }
    Ok(ids)
}

/// The ids of the processes that were told of this profile.
fn processes_with(profile: &Path) -> Result<Vec<String>> {
    let profile = profile.to_string_lossy();
    let mut processes = Vec::new();
    for entry in std::fs::read_dir("/proc").context("processes can be found on Linux only")? {
        let entry = entry?;
        let id = entry.file_name().to_string_lossy().into_owned();
        let told = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if id.parse::<u32>().is_ok() && String::from_utf8_lossy(&told).contains(&*profile) {
            processes.push(id);
        }
    }
    ensure!(!processes.is_empty(), "no process has the profile {profile}");
    Ok(processes)
}

fn net_log(profile: &Path, number: u32) -> PathBuf {
    profile.join(format!("requests-{number}.json"))
}

/// A driver process. It is killed when it is dropped.
struct Driver {
    process: Child,
    port: u16,
    _display: Option<Display>,
}

impl Driver {
    async fn start(engine: Engine) -> Result<Driver> {
        let program = engine.driver_program();
        let port = free_port()?;
        let display = match engine {
            Engine::Webkit if env::var_os("DISPLAY").is_none() => Some(Display::start().await?),
            _ => None,
        };
        let mut command = Command::new(program);
        command.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        if let Some(display) = &display {
            command.env("DISPLAY", &display.name);
        }
        let process = command
            .spawn()
            .with_context(|| format!("{program} cannot be started: the tests in {engine} need it on PATH"))?;
        let driver = Driver { process, port, _display: display };
        until(&format!("{program} to listen"), async || {
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok())
        })
        .await?;
        Ok(driver)
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn stop(mut self) -> Result<()> {
        self.process.kill().await.context("the driver cannot be stopped")
    }
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
    Ok(listener.local_addr()?.port())
}

/// Width and height of a display that nobody looks at.
const DISPLAY: (u32, u32) = (1400, 1000);

/// A display that nobody looks at, for the browser that has no headless mode.
struct Display {
    _process: Child,
    name: String,
}

impl Display {
    async fn start() -> Result<Display> {
        let mut command = Command::new("Xvfb");
        let screen = format!("{}x{}x24", DISPLAY.0, DISPLAY.1);
        command.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"]);
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("Xvfb cannot be started: the tests in WebKitGTK need it on PATH where there is no display")?;
        let stdout = process.stdout.take().context("Xvfb has no output")?;
        let number = BufReader::new(stdout).lines().next_line().await?.context("Xvfb stopped")?;
        Ok(Display { _process: process, name: format!(":{number}") })
    }
}

async fn start_session(
    setup: Setup,
    driver: &Driver,
    profile: &Path,
    downloads: &Path,
    number: u32,
) -> Result<WebDriver> {
    let capabilities = match setup.engine {
        Engine::Chromium => chromium(setup, profile, &net_log(profile, number)),
        Engine::Firefox => firefox(setup, profile, downloads),
        Engine::Webkit => webkit(),
    };
    let capabilities: Map<String, Value> = serde_json::from_value(capabilities)?;
    let session = WebDriver::new(driver.address(), Capabilities::from(capabilities))
        .await
        .with_context(|| format!("{} does not start", setup.engine))?;
    resize(setup, &session).await?;
    if setup.engine == Engine::Chromium {
        let behaviour = json!({ "behavior": "allow", "downloadPath": downloads });
        session.cdp().send_raw("Browser.setDownloadBehavior", behaviour).await?;
    }
    Ok(session)
}

/// Gives the current tab the size of the screen.
///
/// # Errors
/// If the browser refuses.
pub async fn resize(setup: Setup, session: &WebDriver) -> Result<()> {
    let (width, height) = setup.screen.size();
    match (setup.engine, setup.screen) {
        // No window of a desktop is as narrow as a phone.
        (Engine::Chromium, Screen::Phone) => {
            let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
            session.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        }
        (Engine::Chromium, Screen::Desktop) => {}
        // Nothing manages the windows of such a display, so the one below the pointer has the keyboard, and the pointer rests in the
        // middle. A narrow page beside it gets the keys that the driver sends and all the same shows no focus and scrolls as it likes.
        (Engine::Webkit, Screen::Phone) => {
            let (left, top) = ((DISPLAY.0 - width) / 2, (DISPLAY.1 - height) / 2);
            session.set_window_rect(left.into(), top.into(), width, height).await?;
        }
        _ => session.set_window_rect(0, 0, width, height).await?,
    }
    Ok(())
}

fn chromium(setup: Setup, profile: &Path, net_log: &Path) -> Value {
    /// Chromium's numbers for "always" and "never" in its preferences.
    const ALLOWED: u8 = 1;
    const BLOCKED: u8 = 2;
    let is_to = |what: &str| format!("profile.default_content_setting_values.{what}");
    let (width, height) = Screen::Desktop.size();
    let mut arguments = vec![
        "--headless=new".to_owned(),
        // Containers run as root, where the sandbox does not start.
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-default-apps".to_owned(),
        "--disable-sync".to_owned(),
        "--no-first-run".to_owned(),
        // It beeps once a second.
        "--use-fake-device-for-media-stream".to_owned(),
        format!("--window-size={width},{height}"),
        format!("--user-data-dir={}", profile.display()),
        format!("--log-net-log={}", net_log.display()),
    ];
    let mut preferences = json!({});
    match setup.permission {
        Permission::Everything => {}
        Permission::NoStorage => preferences[is_to("cookies")] = json!(BLOCKED),
        // The engine's own switch for wasm has no effect in the browser; without its compilers there is none either.
        Permission::NoWasm => arguments.push("--js-flags=--jitless".to_owned()),
        Permission::Microphone => preferences[is_to("media_stream_mic")] = json!(ALLOWED),
        Permission::NoMicrophone => preferences[is_to("media_stream_mic")] = json!(BLOCKED),
    }
    let mut capabilities = json!({
        "goog:chromeOptions": { "args": arguments, "prefs": preferences },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    if let Some(shell) = headless_shell().filter(|_| setup.program() == Program::Shell) {
        capabilities["browserName"] = json!("chrome-headless-shell");
        capabilities["goog:chromeOptions"]["binary"] = json!(shell);
    }
    capabilities
}

/// Where Chromium's headless shell is, if it is installed: by Debian's package, or from elsewhere on PATH.
fn headless_shell() -> Option<PathBuf> {
    /// What Debian has on PATH is a script, which would outlive the browser in place of it.
    const OF_DEBIAN: &str = "/usr/lib/chromium/chromium-headless-shell";
    let of_debian = PathBuf::from(OF_DEBIAN);
    if of_debian.is_file() {
        return Some(of_debian);
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join("chrome-headless-shell")).find(|program| program.is_file())
}

fn firefox(setup: Setup, profile: &Path, downloads: &Path) -> Value {
    let mut preferences = json!({
        "browser.download.folderList": 2,
        "browser.download.dir": downloads,
        "browser.shell.checkDefaultBrowser": false,
        "datareporting.policy.dataSubmissionEnabled": false,
    });
    match setup.permission {
        Permission::Everything => {}
        Permission::NoStorage => preferences["network.cookie.cookieBehavior"] = json!(2),
        Permission::NoWasm => preferences["javascript.options.wasm"] = json!(false),
        Permission::Microphone => preferences["permissions.default.microphone"] = json!(1),
        Permission::NoMicrophone => preferences["permissions.default.microphone"] = json!(2),
    }
    json!({ "moz:firefoxOptions": { "args": ["-headless", "-profile", profile], "prefs": preferences } })
}

/// The driver knows where the small browser lies; no PATH leads there.
fn webkit() -> Value {
    json!({ "browserName": "MiniBrowser" })
}
