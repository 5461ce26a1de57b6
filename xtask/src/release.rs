//! What makes a folder of files a release: an id over all of them, and a service worker that knows each one's hash.
//!
//! Knows nothing of Trunk or of problems. A finished release that was changed on purpose is stamped again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::bundle;
use crate::compiler;
use crate::files::{all_files, hexadecimal};
use crate::html::fill;
use crate::pages::{self, RELEASE, SHELL};
use crate::previews;
use crate::script::without_comments;

/// The worker's text below its lists; see there for what it promises.
const SERVICE_WORKER: &str = include_str!("service-worker.js");
/// The worker of debug builds, which removes itself.
const SERVICE_WORKER_OF_DEBUG_BUILDS: &str = include_str!("service-worker-of-debug-builds.js");
/// How the names of packed copies end.
pub const COPIES: [&str; 2] = [".br", ".gz"];
/// How many hexadecimal digits of a SHA-256 say what is in a file: the worker's `HASH_BYTES` of two each. Nobody makes two files
/// with the same by accident, and who could on purpose could send another worker.
const HASH_DIGITS: usize = 24;
/// How many hexadecimal digits name a release.
const ID_DIGITS: usize = 16;
/// What goes into the bundle: files of which there are many, and which pages ask for one by one.
const BUNDLED: &str = "packs/";

/// The beginning of the SHA-256 of each file, by its path from the site's root.
type Hashes = BTreeMap<String, String>;

/// Writes the release's id into all its pages and the list of its files into `sw.js`, and returns the id.
///
/// # Errors
/// If the folder is not a site of this app or cannot be written.
pub fn stamp(site: &Path) -> Result<String> {
    stamp_with(site, SERVICE_WORKER)
}

/// Writes a `sw.js` that keeps nothing, for builds that change every minute.
///
/// # Errors
/// If the folder cannot be written.
pub fn write_debug_worker(site: &Path) -> Result<()> {
    write(&site.join("sw.js"), SERVICE_WORKER_OF_DEBUG_BUILDS)
}

fn stamp_with(site: &Path, worker: &str) -> Result<String> {
    // The id cannot depend on itself, so it is computed while its place is empty.
    let shell = site.join(SHELL);
    write(&shell, &fill(&read(&shell)?, RELEASE, "")?)?;
    let mut hashes = hashes_of(site)?;
    let id = id_of(&hashes, worker);

    for page in all_files(site)?.iter().filter(|path| path.ends_with(".html")) {
        let page = site.join(page);
        let html = read(&page)?;
        // A file host's own pages may lie beside ours.
        if html.contains(RELEASE.before) {
            write(&page, &fill(&html, RELEASE, &id)?)?;
        }
    }
    hashes.insert(SHELL.to_owned(), sha256_of(&shell)?);
    let bundled: Vec<&str> = hashes.keys().map(String::as_str).filter(|path| path.starts_with(BUNDLED)).collect();
    let bundle = if bundled.is_empty() { None } else { Some(bundle::write(site, &bundled)?) };
    bundle::remove_others(site, bundle.as_deref())?;
    let files = files_of(site, &hashes)?;
    write(&site.join("sw.js"), &service_worker(&id, &files, bundle.as_deref(), &read(&shell)?, worker)?)?;
    Ok(id)
}

/// Of every file that the app needs when the host is gone.
fn hashes_of(site: &Path) -> Result<Hashes> {
    all_files(site)?
        .into_iter()
        .filter(|path| is_needed_offline(path))
        .map(|path| sha256_of(&site.join(&path)).map(|sha256| (path, sha256)))
        .collect()
}

/// Pages that can be read are not needed, as the worker answers every route with the shell, and their texts are in the packs. Files
/// that are meant for crawlers or for the host are not either, and many hosts refuse to send those that begin with a dot or an
/// underscore. The compiler's large files are for those who ask for them, pictures of pages for those who show links, and packed
/// copies for the host. What is in the bundle is listed by itself.
fn is_needed_offline(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_page = name.ends_with(".html") && path != SHELL;
    let is_for_others = name.starts_with(['.', '_']) || ["robots.txt", "sitemap.xml", "CNAME"].contains(&name);
    let is_derived = path.starts_with(previews::FOLDER) || is_copy(path) || bundle::is_bundle(path);
    let is_asked_for = path.starts_with(compiler::FOLDER) && path.ends_with(compiler::names::PACKED);
    !is_page && !is_for_others && !is_derived && !is_asked_for && path != "sw.js"
}

/// Whether this is a packed copy of the file beside it.
pub fn is_copy(path: &str) -> bool {
    COPIES.iter().any(|ending| path.ends_with(ending))
}

/// The id of a release: a hash of the paths and contents of its files and of the worker's own text.
fn id_of(hashes: &Hashes, worker: &str) -> String {
    let mut hasher = Sha256::new();
    for (path, sha256) in hashes {
        hasher.update(format!("{path}\0{sha256}\n"));
    }
    hasher.update(worker);
    let mut id = hexadecimal(&hasher.finalize());
    id.truncate(ID_DIGITS);
    id
}

/// The path, the hash and, of what is in the bundle, the length of each file.
fn files_of(site: &Path, hashes: &Hashes) -> Result<Vec<serde_json::Value>> {
    let file = |(path, sha256): (&String, &String)| match path.starts_with(BUNDLED) {
        true => {
            let length = fs::metadata(site.join(path)).with_context(|| format!("cannot read {path}"))?.len();
            Ok(json!([path, sha256, length]))
        }
        false => Ok(json!([path, sha256])),
    };
    hashes.iter().map(file).collect()
}

fn service_worker(
    id: &str,
    files: &[serde_json::Value],
    bundle: Option<&str>,
    page: &str,
    worker: &str,
) -> Result<String> {
    let id = serde_json::to_string(id)?;
    let routes = serde_json::to_string(&pages::routes().collect::<Vec<_>>())?;
    let bundle = serde_json::to_string(&bundle)?;
    let files = serde_json::to_string(files)?.replace("],[", "],\n[");
    let worker = without_comments(worker);
    let (shell, page) = (serde_json::to_string(SHELL)?, serde_json::to_string(page)?);
    Ok(format!(
        "const RELEASE = {id};\nconst ROUTES = {routes};\nconst SHELL = {shell};\nconst PAGE = {page};\nconst BUNDLE = {bundle};\nconst FILES = {files};\n{worker}"
    ))
}

fn sha256_of(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut hash = hexadecimal(&Sha256::digest(bytes));
    hash.truncate(HASH_DIGITS);
    Ok(hash)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const PAGE: &str = "<!doctype html><meta name=\"release\" content=\"\">";

    /// A small site that was stamped.
    fn release() -> TempDir {
        let site = site();
        stamp(site.path()).unwrap();
        site
    }

    fn site() -> TempDir {
        let site = TempDir::new().unwrap();
        for (path, text) in [
            ("index.html", PAGE),
            ("shell.html", PAGE),
            ("404.html", PAGE),
            ("settings/index.html", PAGE),
            ("google1234.html", "a page of the host"),
            ("app-1.js", "import './app-1_bg.wasm'"),
            ("app-1_bg.wasm", "\0asm"),
            ("packs/catalog-1.json", "{}"),
            ("packs/locks-1.json", "[\"ü\"]"),
            ("packs/bundle-0.json", "of a release before"),
            ("compiler/manifest-1.json", "{}"),
            ("compiler/1.packed", "30 MB"),
            ("social/two-loans.png", "a picture"),
            ("app-1.js.br", "packed"),
            ("packs/catalog-1.json.gz", "packed"),
            ("sw.js.br", "packed"),
            ("robots.txt", "User-agent: *"),
            (".nojekyll", ""),
            ("_headers", "/*"),
        ] {
            let path = site.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        site
    }

    fn text(site: &TempDir, path: &str) -> String {
        fs::read_to_string(site.path().join(path)).unwrap()
    }

    fn constant<T: serde::de::DeserializeOwned>(site: &TempDir, name: &str) -> T {
        let worker = text(site, "sw.js");
        let value = worker.split_once(&format!("const {name} = ")).unwrap().1.split_once(";\n").unwrap().0;
        serde_json::from_str(value).unwrap()
    }

    /// An entry of the worker's list.
    struct File {
        path: String,
        sha256: String,
        length: Option<usize>,
    }

    fn files(site: &TempDir) -> Vec<File> {
        let entry = |entry: Vec<serde_json::Value>| File {
            path: entry[0].as_str().unwrap().to_owned(),
            sha256: entry[1].as_str().unwrap().to_owned(),
            length: entry.get(2).map(|length| length.as_u64().unwrap() as usize),
        };
        constant::<Vec<Vec<serde_json::Value>>>(site, "FILES").into_iter().map(entry).collect()
    }

    #[test]
    fn the_worker_lists_what_the_app_needs_and_nothing_else() {
        let files = files(&release());
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "app-1.js",
                "app-1_bg.wasm",
                "compiler/manifest-1.json",
                "packs/catalog-1.json",
                "packs/locks-1.json",
                "shell.html"
            ]
        );
    }

    #[test]
    fn the_worker_has_the_hashes_of_the_files_as_they_are_served() {
        let site = release();
        for File { path, sha256, .. } in files(&site) {
            assert_eq!(sha256, sha256_of(&site.path().join(&path)).unwrap(), "{path}");
        }
    }

    /// As the worker cuts it: by their lengths, with one character before each.
    #[test]
    fn the_bundle_has_all_packs_and_is_json() {
        let site = release();
        let path: String = constant(&site, "BUNDLE");
        let bundle = fs::read(site.path().join(&path)).unwrap();
        let mut at = 0;
        for file in files(&site).into_iter().filter(|file| file.length.is_some()) {
            let end = at + 1 + file.length.unwrap();
            assert_eq!(bundle[at + 1..end], fs::read(site.path().join(&file.path)).unwrap(), "{}", file.path);
            at = end;
        }
        assert_eq!(at + 1, bundle.len());
        assert_eq!(serde_json::from_slice::<Vec<serde_json::Value>>(&bundle).unwrap().len(), 2);
    }

    #[test]
    fn a_site_has_one_bundle() {
        let site = release();
        let bundles = || {
            let files = all_files(site.path()).unwrap();
            files.into_iter().filter(|path| bundle::is_bundle(path)).collect::<Vec<_>>()
        };
        let first = bundles();
        assert_eq!(first, [constant::<String>(&site, "BUNDLE")]);
        fs::write(site.path().join(format!("{}.br", first[0])), "packed").unwrap();
        stamp(site.path()).unwrap();
        assert_eq!(bundles().len(), 2, "a packed copy belongs to it");
        fs::write(site.path().join("packs/locks-1.json"), "[]").unwrap();
        stamp(site.path()).unwrap();
        assert_eq!(bundles(), [constant::<String>(&site, "BUNDLE")]);
        assert_ne!(bundles(), first);
    }

    #[test]
    fn the_worker_knows_every_route() {
        let routes: Vec<String> = constant(&release(), "ROUTES");
        assert_eq!(
            routes,
            [
                "",
                "problems/*",
                "guide",
                "interviews",
                "placement",
                "practice",
                "problems",
                "progress",
                "scratchpad",
                "stories",
                "settings"
            ]
        );
    }

    #[test]
    fn all_pages_and_the_worker_name_the_same_release() {
        let site = release();
        let id: String = constant(&site, "RELEASE");
        assert_eq!(id.len(), ID_DIGITS);
        for page in ["index.html", "shell.html", "404.html", "settings/index.html"] {
            assert!(text(&site, page).contains(&format!("<meta name=\"release\" content=\"{id}\">")), "{page}");
        }
        assert_eq!(text(&site, "google1234.html"), "a page of the host");
    }

    #[test]
    fn a_release_keeps_its_id_until_a_byte_changes() {
        let site = release();
        let first: String = constant(&site, "RELEASE");
        assert_eq!(stamp(site.path()).unwrap(), first);

        let mut seen = vec![first];
        for File { path, .. } in files(&site) {
            fs::write(site.path().join(&path), text(&site, &path) + " ").unwrap();
            let id = stamp(site.path()).unwrap();
            assert!(!seen.contains(&id), "{path} changed, the release did not");
            seen.push(id);
        }
        fs::rename(site.path().join("app-1.js"), site.path().join("app-2.js")).unwrap();
        assert!(!seen.contains(&stamp(site.path()).unwrap()), "a file was renamed, the release stayed the same");
    }

    #[test]
    fn another_worker_is_another_release() {
        let site = release();
        let id: String = constant(&site, "RELEASE");
        assert_ne!(stamp_with(site.path(), &format!("{SERVICE_WORKER}\nself;\n")).unwrap(), id);
    }

    #[test]
    fn a_page_without_a_place_for_the_release_is_refused() {
        let site = site();
        fs::write(site.path().join("shell.html"), "<!doctype html>").unwrap();
        let message = stamp(site.path()).unwrap_err().to_string();
        assert!(message.contains(RELEASE.before), "{message}");
    }

    #[test]
    fn a_debug_build_keeps_nothing() {
        let site = site();
        write_debug_worker(site.path()).unwrap();
        let worker = text(&site, "sw.js");
        assert!(worker.contains("registration.unregister()") && !worker.contains("addEventListener(\"fetch\""));
    }
}
