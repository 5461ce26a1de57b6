//! Remembers verdicts between runs, one small file a program, and one for all answers to a problem together.
//! It does not know what an answer is: it is told which programs belong together by their digest.
//!
//! An entry's name is a digest of everything the verdict depends on, so entries never go out of date. Only verdicts
//! are kept: a program that timed out or varied is tried again. Whatever cannot be read counts as absent.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use quiz::problem::Edition;
use quiz::verdict::Verdict;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::crates::Crates;
use crate::digest::digest;
use crate::job::{Job, Mode, TestJob, Until};
use crate::proof::TestVerdict;
use crate::prove::miri::{self, Finding};
use crate::prove::package::Package;
use crate::prove::toolchain::Toolchain;

/// Raised when programs are compiled or run in another way, so that older entries are not found any more.
const FORMAT: u32 = 1;
/// The same for what is said of tests that fail. 2: an assertion that fails is quoted.
const FORMAT_OF_TESTS: u32 = 2;

/// A folder of verdicts.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    toolchain: String,
    /// Of the crates that programs may use.
    crates: String,
}

/// The name of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(String);

/// The verdicts on many programs: the different ones, and which of them belongs to each program.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Verdicts {
    verdicts: Vec<Verdict>,
    of: Vec<usize>,
}

impl Verdicts {
    /// Adds the verdict on the next program.
    pub(crate) fn push(&mut self, verdict: Verdict) {
        let known = self.verdicts.iter().position(|known| *known == verdict);
        self.of.push(known.unwrap_or(self.verdicts.len()));
        if known.is_none() {
            self.verdicts.push(verdict);
        }
    }

    /// The verdict on each program.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Option<&Verdict>> {
        self.of.iter().map(|index| self.verdicts.get(*index))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Cache {
    /// Opens the cache in `folder`, which need not exist.
    pub(crate) fn open(folder: &Path, toolchain: &Toolchain, package: &Package) -> io::Result<Cache> {
        fs::create_dir_all(folder)?;
        let (toolchain, crates) = (toolchain.details.clone(), package.version.clone());
        Ok(Cache { folder: folder.to_owned(), toolchain, crates })
    }

    /// The name of the entry for a program.
    pub(crate) fn key(&self, job: &Job) -> Key {
        let head = format!("{FORMAT}\n{}\n{}\n{}\n", self.toolchain, job.edition.year(), job.mode.name());
        Key(digest(&(head + &self.crates(&job.crates) + &job.source)))
    }

    /// The crates of a program with their versions; nothing if it has none, so that its entry outlives theirs.
    fn crates(&self, crates: &Crates) -> String {
        if crates.is_empty() { String::new() } else { format!("crates {} {}\n", crates.names(), self.crates) }
    }

    /// The name of the entry for what Miri finds in a program.
    pub(crate) fn key_of_finding(&self, job: &Job) -> Key {
        let head = format!("{FORMAT}\n{}\n{}\n", miri::key(&job.crates), job.edition.year());
        Key(digest(&(head + &self.crates(&job.crates) + &job.source)))
    }

    /// The name of the entry for many programs together: `programs` is the digest of them all.
    pub(crate) fn key_of_all(&self, programs: &str, edition: Edition, mode: Mode, crates: &Crates) -> Key {
        // What is remembered of them all is remembered only when Miri has looked at each.
        let miri = if mode == Mode::Run { miri::key(crates) } else { String::new() };
        let (edition, crates) = (edition.year(), self.crates(crates));
        Key(digest(&format!("{FORMAT}\n{}\n{edition}\nanswers\n{miri}\n{crates}{programs}", self.toolchain)))
    }

    /// The verdict on a program, if it is known.
    pub(crate) fn get(&self, key: &Key) -> Option<Verdict> {
        self.read(key)
    }

    /// Remembers a verdict.
    pub(crate) fn put(&self, key: &Key, verdict: &Verdict) -> io::Result<()> {
        self.write(key, verdict)
    }

    /// What Miri found in a program, if it is known.
    pub(crate) fn get_finding(&self, key: &Key) -> Option<Finding> {
        self.read(key)
    }

    /// Remembers what Miri found.
    pub(crate) fn put_finding(&self, key: &Key, finding: &Finding) -> io::Result<()> {
        self.write(key, finding)
    }

    /// The verdicts on many programs, if they are known.
    pub(crate) fn get_all(&self, key: &Key) -> Option<Verdicts> {
        self.read(key)
    }

    /// Remembers the verdicts on many programs.
    pub(crate) fn put_all(&self, key: &Key, verdicts: &Verdicts) -> io::Result<()> {
        self.write(key, verdicts)
    }

    /// The name of the entry for what becomes of a program with tests.
    pub(crate) fn key_of_tests(&self, job: &TestJob) -> Key {
        let (miri, edition) = (miri::key(&Crates::default()), job.edition.year());
        let tests = match job.until {
            Until::FirstFailure => "first",
            Until::End => "tests",
        };
        let head = format!(
            "{FORMAT} {FORMAT_OF_TESTS}\n{}\n{edition}\n{tests} {}\n{miri}\n",
            self.toolchain, job.exercise.schedules
        );
        Key(digest(&(head + &job.source(0))))
    }

    /// What becomes of a program with tests, if it is known.
    pub(crate) fn get_tests(&self, key: &Key) -> Option<TestVerdict> {
        self.read(key)
    }

    /// Remembers what becomes of a program with tests.
    pub(crate) fn put_tests(&self, key: &Key, verdict: &TestVerdict) -> io::Result<()> {
        self.write(key, verdict)
    }

    fn read<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        let text = fs::read_to_string(self.path(key)).ok()?;
        let (checksum, content) = text.split_once('\n')?;
        if checksum != digest(content) {
            return None;
        }
        serde_json::from_str(content).ok()
    }

    /// Either all of the entry is there afterwards or nothing.
    fn write(&self, key: &Key, content: &impl Serialize) -> io::Result<()> {
        let content = serde_json::to_string(content)?;
        let mut file = NamedTempFile::new_in(&self.folder)?;
        write!(file, "{}\n{content}", digest(&content))?;
        file.persist(self.path(key))?;
        Ok(())
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(&key.0)
    }
}
