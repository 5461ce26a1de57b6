//! Drives real browsers over WebDriver, against a release on a plain file host that the test starts and kills.
//!
//! A test in `tests/journeys/` tells what a [learner](learner::Learner) does and sees; everything else is here. The
//! truth about a problem is read from the packs of the release, with the types and the grading that the app uses.
//!
//! The releases are built by `cargo xtask test --only e2e`, which names them in `E2E_DIST_ROOT` (made for `/`) and
//! `E2E_DIST_SUB` (made for `/drills/rust/`). `E2E_BROWSER` is `chromium`, `firefox` or `webkit`.
//! Journeys in Chromium run in its headless shell where that is installed.

pub mod accessibility;
pub mod accessibility_tree;
pub mod announcements;
pub mod browser;
pub mod focus;
pub mod host;
pub mod journey;
pub mod learner;
pub mod output;
pub mod problems;
pub mod site;
pub mod wait;
pub mod watch;

pub use xtask::scale::past as history;
