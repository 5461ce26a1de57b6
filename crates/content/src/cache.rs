//! Remembers verdicts between runs, one small file a program.
//!
//! An entry's name is a digest of everything the verdict depends on, so entries never go out of date. Only verdicts
//! are kept: a program that timed out or varied is tried again. Whatever cannot be read counts as absent.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{fmt::Write as _, fs};

use quiz::verdict::Verdict;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::prove::Job;
use crate::toolchain::Toolchain;

/// Raised when programs are compiled or run in another way, so that older entries are not found any more.
const FORMAT: u32 = 1;

/// A folder of verdicts.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    toolchain: String,
}

/// The name of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(String);

impl Cache {
    /// Opens the cache in `folder`, which need not exist.
    pub(crate) fn open(folder: &Path, toolchain: &Toolchain) -> io::Result<Cache> {
        fs::create_dir_all(folder)?;
        Ok(Cache { folder: folder.to_owned(), toolchain: toolchain.details.clone() })
    }

    /// The name of the entry for a program.
    pub(crate) fn key(&self, job: &Job) -> Key {
        let head = format!("{FORMAT}\n{}\n{}\n{:?}\n", self.toolchain, job.edition.year(), job.mode);
        Key(digest(&(head + &job.source)))
    }

    /// The verdict on a program, if it is known.
    pub(crate) fn get(&self, key: &Key) -> Option<Verdict> {
        let text = fs::read_to_string(self.path(key)).ok()?;
        let (checksum, verdict) = text.split_once('\n')?;
        if checksum != digest(verdict) {
            return None;
        }
        serde_json::from_str(verdict).ok()
    }

    /// Remembers a verdict. Either all of the entry is there afterwards or nothing.
    pub(crate) fn put(&self, key: &Key, verdict: &Verdict) -> io::Result<()> {
        let verdict = serde_json::to_string(verdict)?;
        let mut file = NamedTempFile::new_in(&self.folder)?;
        write!(file, "{}\n{verdict}", digest(&verdict))?;
        file.persist(self.path(key))?;
        Ok(())
    }

    fn path(&self, key: &Key) -> PathBuf {
        self.folder.join(&key.0)
    }
}

/// The SHA-256 of a text in hexadecimal digits.
pub(crate) fn digest(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        write!(hex, "{byte:02x}").expect("a string takes everything");
    }
    hex
}
