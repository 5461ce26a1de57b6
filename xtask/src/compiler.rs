//! The compiler for the learner's device, in a release: its packed files, which nobody gets unasked, and what is needed
//! to offer and to run it, which belongs to the release like any file.
//!
//! ```text
//! compiler/manifest-<hash>.json     named by the page; says what there is
//! compiler/LICENSES.txt
//! compiler/worker-<hash>/           the worker's scripts, and the unpacker's wasm file
//! compiler/<hash>.packed            the compiler: not stored with the release
//! ```

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use quiz::device::manifest::Manifest;

use crate::files::all_files;
use crate::html::{Place, fill};
use crate::script::without_comments;
use crate::trainer::hash_of;

pub mod archive;

/// What files are called that several parts of the build know.
pub mod names {
    /// The manifest beside the packed files, without the addresses of a release.
    pub const MANIFEST: &str = "manifest.json";
    /// The folder of the shim, beside the packed files and beside the worker's scripts.
    pub const SHIM: &str = "wasi";
    /// How the names of packed files end: no host takes them for files that it should unpack.
    pub const PACKED: &str = "packed";
}

/// Where it is, from the site's root.
pub const FOLDER: &str = "compiler/";
/// Runs one program.
pub const PROGRAM: &str = include_str!("compiler/program.js");
/// Runs programs for tests.
pub const NODE: &str = include_str!("compiler/node.mjs");
const WORKER: &str = include_str!("compiler/worker.js");
const UNPACK: &str = include_str!("compiler/unpack.js");
const FILES: &str = include_str!("compiler/files.js");
const DOWNLOAD: &str = include_str!("compiler/download.js");
const LICENCES: &str = include_str!("compiler/licences.txt");
const APACHE: &str = include_str!("../../LICENSE-APACHE");
/// Where Trunk puts the unpacker.
const UNPACKER: &str = "unpacker";
/// The address of the manifest.
const COMPILER: Place = Place { before: "<meta name=\"compiler\" content=\"", after: "\"" };

/// Puts the compiler that lies in the folder `packed` into a site, and its manifest's address into `index.html`. Without
/// one the site offers none.
///
/// # Errors
/// If Trunk has not made the unpacker, `index.html` lacks the place, or a file cannot be read or written.
pub fn place(site: &Path, packed: Option<&Path>) -> Result<()> {
    let unpacker = site.join(UNPACKER);
    let manifest = match packed {
        Some(packed) => place_files(site, &unpacker, packed)?,
        None => String::new(),
    };
    if unpacker.is_dir() {
        fs::remove_dir_all(&unpacker).with_context(|| format!("cannot remove {}", unpacker.display()))?;
    }
    let index = site.join("index.html");
    let html = String::from_utf8(read(&index)?)?;
    write(&index, fill(&html, COMPILER, &manifest)?.as_bytes())
}

/// Returns the manifest's address.
fn place_files(site: &Path, unpacker: &Path, packed: &Path) -> Result<String> {
    let mut manifest = Manifest::from_text(&String::from_utf8(read(&packed.join(names::MANIFEST))?)?)?;
    for file in &manifest.files {
        write(&site.join(FOLDER).join(&file.file), &read(&packed.join(&file.file))?)?;
    }
    manifest.worker = place_worker(site, unpacker, &packed.join(names::SHIM))?;
    manifest.licences = format!("{FOLDER}LICENSES.txt");
    write(&site.join(&manifest.licences), format!("{LICENCES}\n{APACHE}").as_bytes())?;
    let text = manifest.to_text();
    let address = format!("{FOLDER}manifest-{}.json", hash_of(&[text.as_bytes()]));
    write(&site.join(&address), text.as_bytes())?;
    Ok(address)
}

/// Its scripts find each other by their names, so it is their folder that is named by what is in it.
fn place_worker(site: &Path, unpacker: &Path, shim: &Path) -> Result<String> {
    let scripts = [
        ("worker.js", WORKER),
        ("unpack.js", UNPACK),
        ("files.js", FILES),
        ("program.js", PROGRAM),
        ("download.js", DOWNLOAD),
    ];
    let mut files = scripts.map(|(name, script)| (name.to_owned(), without_comments(script).into_bytes())).to_vec();
    for file in ["unpacker.js", "unpacker_bg.wasm"] {
        files.push((file.to_owned(), read(&unpacker.join(file))?));
    }
    for file in all_files(shim)? {
        let content = read(&shim.join(&file))?;
        files.push((format!("{}/{file}", names::SHIM), content));
    }
    files.sort();
    let contents: Vec<&[u8]> = files.iter().flat_map(|(name, content)| [name.as_bytes(), content]).collect();
    let folder = format!("{FOLDER}worker-{}/", hash_of(&contents));
    for (file, content) in &files {
        write(&site.join(&folder).join(file), content)?;
    }
    Ok(folder + "worker.js")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quiz::device::manifest::PackedFile;
    use tempfile::TempDir;

    const PAGE: &str = "<meta name=\"compiler\" content=\"\">";

    fn site(page: &str) -> TempDir {
        let site = TempDir::new().unwrap();
        write(&site.path().join("index.html"), page.as_bytes()).unwrap();
        write(&site.path().join("unpacker/unpacker.js"), b"export default () => {};").unwrap();
        write(&site.path().join("unpacker/unpacker_bg.wasm"), b"\0asm").unwrap();
        site
    }

    fn packed() -> TempDir {
        let packed = TempDir::new().unwrap();
        let file = PackedFile {
            path: "bin/miri.wasm".to_owned(),
            file: "12ab.packed".to_owned(),
            size: 9,
            packed: 4,
            sha256: "12ab34cd".to_owned(),
        };
        let manifest = Manifest {
            version: "0.2.0-1".to_owned(),
            name: "rustc".to_owned(),
            worker: String::new(),
            licences: String::new(),
            files: vec![file],
        };
        write(&packed.path().join(names::MANIFEST), manifest.to_text().as_bytes()).unwrap();
        write(&packed.path().join("12ab.packed"), b"miri").unwrap();
        write(&packed.path().join("wasi/wasi.js"), b"export default 1;").unwrap();
        packed
    }

    fn address(site: &TempDir) -> String {
        let html = fs::read_to_string(site.path().join("index.html")).unwrap();
        html.split_once(COMPILER.before).unwrap().1.split_once(COMPILER.after).unwrap().0.to_owned()
    }

    #[test]
    fn the_page_leads_to_all_that_a_worker_needs() {
        let site = site(PAGE);
        place(site.path(), Some(packed().path())).unwrap();
        let manifest = fs::read_to_string(site.path().join(address(&site))).unwrap();
        let manifest = Manifest::from_text(&manifest).unwrap();
        let worker = site.path().join(&manifest.worker);
        for file in
            ["unpack.js", "files.js", "program.js", "download.js", "unpacker.js", "unpacker_bg.wasm", "wasi/wasi.js"]
        {
            assert!(worker.with_file_name("").join(file).is_file(), "{file}");
        }
        assert!(fs::read_to_string(worker).unwrap().contains("from \"./program.js\""));
        assert_eq!(fs::read(site.path().join(FOLDER).join(&manifest.files[0].file)).unwrap(), b"miri");
        let licences = fs::read_to_string(site.path().join(&manifest.licences)).unwrap();
        assert!(licences.contains("The Rust Project") && licences.contains("Apache License"));
        assert!(!site.path().join("unpacker").exists(), "what Trunk made lies where it was");
    }

    #[test]
    fn another_worker_or_another_shim_is_another_address() {
        let place = |shim: &str| {
            let (site, packed) = (site(PAGE), packed());
            write(&packed.path().join("wasi/wasi.js"), shim.as_bytes()).unwrap();
            place(site.path(), Some(packed.path())).unwrap();
            address(&site)
        };
        assert_ne!(place("one"), place("two"));
        assert_eq!(place("one"), place("one"));
    }

    #[test]
    fn without_a_compiler_none_is_offered() {
        let site = site(PAGE);
        place(site.path(), None).unwrap();
        assert_eq!(address(&site), "");
        assert_eq!(all_files(site.path()).unwrap(), ["index.html"]);
    }

    #[test]
    fn a_page_without_the_place_is_refused() {
        let message = place(site("<html>").path(), None).unwrap_err().to_string();
        assert!(message.contains(COMPILER.before), "{message}");
    }
}
