//! What a release says of its compiler: which one it is, and the files it is made of.

use serde::Serialize;

use crate::json::{self, DecodeError, FromJson, Json, read_struct};

/// A compiler that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Names the content of all files together: another version is another download.
    pub version: String,
    /// Which compiler it is, in words for the learner.
    pub name: String,
    /// The script of its worker, from the site's root.
    pub worker: String,
    /// The licences of all parts, from the site's root.
    pub licences: String,
    /// In the order in which the worker wants them.
    pub files: Vec<PackedFile>,
}

impl FromJson for Manifest {
    fn from_json(json: Json<'_>) -> Manifest {
        let mut fields = json.fields();
        let (OfSite(worker), OfSite(licences)) = (fields.take("worker"), fields.take("licences"));
        Manifest {
            version: fields.take("version"),
            name: fields.take("name"),
            worker,
            licences,
            files: fields.take("files"),
        }
    }
}

/// A path from the site's root: it leads to no other site and to no script, whatever it says.
struct OfSite(String);

impl FromJson for OfSite {
    fn from_json(json: Json<'_>) -> OfSite {
        let is_of_site = |path: &&str| !path.contains([':', '\\']) && !path.trim_start().starts_with('/');
        json.named(|path| Some(path).filter(is_of_site).map(|path| OfSite(path.to_owned())), OfSite(String::new()))
    }
}

/// A file of a compiler, packed by brotli.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackedFile {
    /// Where the compiler looks for it.
    pub path: String,
    /// What it is called beside the manifest, and in the cache of the compiler.
    pub file: String,
    /// Bytes when it is unpacked.
    pub size: u32,
    /// Bytes to download.
    pub packed: u32,
    /// The SHA-256 of what is downloaded, in hexadecimal.
    pub sha256: String,
}
read_struct!(PackedFile { path, file, size, packed, sha256 });

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// When it is of another form.
    pub fn from_text(text: &str) -> Result<Manifest, DecodeError> {
        json::read(text)
    }

    /// As a text, which is also the first message to the worker.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a manifest is JSON")
    }

    /// The script of the worker that downloads it, beside the other one.
    pub fn downloader(&self) -> String {
        self.worker.replace("worker.js", "download.js")
    }

    /// The cache that keeps its files.
    pub fn cache(&self) -> String {
        format!("borrowed-time-compiler-{}", self.version)
    }

    /// Bytes to download in all.
    pub fn packed(&self) -> u64 {
        self.files.iter().map(|file| u64::from(file.packed)).sum()
    }
}

impl PackedFile {
    /// What it is called in the cache: the same for all copies of the app on one host.
    pub fn key(&self) -> String {
        format!("/borrowed-time-compiler/{}", self.file)
    }
}
