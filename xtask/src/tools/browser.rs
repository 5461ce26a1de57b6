//! Browsers and their drivers, for the tests in `e2e/`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::bail;
use clap::ValueEnum;

use crate::cache::Cache;
use crate::process;
use crate::step::{say, step};

use super::cargo_install::Crate;

const GECKODRIVER: &str = "0.37.1";

/// Which browsers the tests drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Browsers {
    /// Chromium, or Chrome
    Chromium,
    /// All journeys in Chromium, and in the others those that depend most on the engine
    Engines,
    /// Firefox
    Firefox,
    /// WebKitGTK, the engine of Safari
    Webkit,
    /// All journeys in one after the other
    All,
}

impl Browsers {
    /// The browsers meant, one by one.
    pub fn each(self) -> &'static [Browser] {
        match self {
            Browsers::Chromium => &[Browser::Chromium],
            Browsers::Firefox => &[Browser::Firefox],
            Browsers::Webkit => &[Browser::Webkit],
            Browsers::Engines | Browsers::All => &[Browser::Chromium, Browser::Firefox, Browser::Webkit],
        }
    }
}

/// A browser that the tests can drive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Browser {
    /// Chromium, or Chrome
    #[default]
    Chromium,
    /// Firefox
    Firefox,
    /// WebKitGTK, the engine of Safari
    Webkit,
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
            Browser::Webkit => "webkit",
        })
    }
}

impl Browser {
    /// Makes sure that the browser and its driver are there. Gives the folder to add to PATH for them, if any.
    pub fn need(self, cache: &Cache) -> anyhow::Result<Option<PathBuf>> {
        let missing = self.missing();
        if !missing.is_empty() {
            self.install(&missing)?;
        }
        match self {
            Browser::Firefox if !on_path(&["geckodriver"]) => {
                let geckodriver = Crate {
                    name: "geckodriver",
                    version: GECKODRIVER,
                    arguments: &[],
                    opt_level: "0",
                    about: "about 3 minutes",
                };
                geckodriver.folder(cache).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// What is missing: names for a person, and Debian's packages for it.
    fn missing(self) -> Vec<Part> {
        let parts = match self {
            Browser::Chromium => &[
                Part {
                    name: "Chromium or Chrome",
                    package: "chromium",
                    programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
                },
                Part { name: "ChromeDriver", package: "chromium-driver", programs: &["chromedriver"] },
            ][..],
            Browser::Firefox => {
                &[Part { name: "Firefox", package: "firefox-esr", programs: &["firefox", "firefox-esr"] }]
            }
            Browser::Webkit => &[
                Part { name: "WebKitWebDriver", package: "webkit2gtk-driver", programs: &["WebKitWebDriver"] },
                Part { name: "Xvfb", package: "xvfb", programs: &["Xvfb"] },
            ],
        };
        parts.iter().filter(|part| !on_path(part.programs)).copied().collect()
    }

    fn install(self, missing: &[Part]) -> anyhow::Result<()> {
        let names = missing.iter().map(|part| part.name).collect::<Vec<_>>().join(" and ");
        let packages: Vec<&str> = missing.iter().map(|part| part.package).collect();
        if !may_install() {
            bail!("{}", advice(self, &names, &packages));
        }
        step(&format!("installing {names} by apt-get"), "about 2 minutes", || install(&packages))
    }
}

/// What the journeys take where it is there, and do without elsewhere.
const WELCOME: [Welcome; 2] = [
    Welcome {
        part: Part { name: "nginx", package: "nginx-light", programs: &["nginx", "/usr/sbin/nginx"] },
        without: "the journey behind nginx cannot run",
        is_of: |_| true,
    },
    Welcome {
        part: Part {
            name: "Chromium's headless shell",
            package: "chromium-headless-shell",
            programs: &["/usr/lib/chromium/chromium-headless-shell", "chrome-headless-shell"],
        },
        without: "the journeys in Chromium take longer",
        is_of: |browser| browser == Browser::Chromium,
    },
];

struct Welcome {
    part: Part,
    without: &'static str,
    is_of: fn(Browser) -> bool,
}

/// Installs what is welcome where that can be done without asking.
pub fn install_what_is_welcome(browsers: Browsers) {
    let is_wanted = |welcome: &Welcome| browsers.each().iter().any(|browser| (welcome.is_of)(*browser));
    for Welcome { part, without, .. } in WELCOME.into_iter().filter(is_wanted) {
        if on_path(part.programs) || !may_install() {
            continue;
        }
        let installed = step(&format!("installing {} by apt-get", part.name), "seconds", || install(&[part.package]));
        if let Err(error) = installed {
            say(&format!("{without}: {error:#}"));
        }
    }
}

/// A program of a browser's.
#[derive(Clone, Copy)]
struct Part {
    name: &'static str,
    package: &'static str,
    programs: &'static [&'static str],
}

fn on_path(programs: &[&str]) -> bool {
    programs.iter().any(|program| which::which(program).is_ok())
}

/// Whether this is a Debian whose packages we may install. Ubuntu's browsers are snaps, which drivers cannot start.
fn may_install() -> bool {
    let release = std::fs::read_to_string(Path::new("/etc/os-release")).unwrap_or_default();
    is_debian(&release) && process::output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

fn is_debian(os_release: &str) -> bool {
    os_release.lines().any(|line| line.strip_prefix("ID=").is_some_and(|id| id.trim_matches('"') == "debian"))
}

fn install(packages: &[&str]) -> anyhow::Result<()> {
    process::run(apt_get().args(["update", "--quiet"]))?;
    process::run(apt_get().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").stdin(std::process::Stdio::null());
    command
}

fn advice(browser: Browser, names: &str, packages: &[&str]) -> String {
    let packages = packages.join(" ");
    let elsewhere = match browser {
        Browser::Chromium => "elsewhere install Chrome and the ChromeDriver of the same version",
        Browser::Firefox => "elsewhere install Firefox",
        Browser::Webkit => "it runs on Linux only",
    };
    format!(
        "the {browser} tests need {names} on PATH\n  \
         on Debian: sudo apt-get install {packages}\n  \
         {elsewhere}\n  \
         the other tests: cargo xtask test --only fmt --only clippy --only native --only content --only size"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_debian_itself_is_debian() {
        assert!(is_debian("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"));
        assert!(is_debian("ID=\"debian\""));
        assert!(!is_debian("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(!is_debian(""));
    }

    #[test]
    fn the_advice_names_what_to_install() {
        let advice = advice(Browser::Chromium, "ChromeDriver", &["chromium-driver"]);
        assert!(advice.contains("ChromeDriver on PATH") && advice.contains("apt-get install chromium-driver"));
    }
}
