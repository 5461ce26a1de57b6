//! The code editor, in a site: one script, named by what is in it, that is loaded where a program is written; and its
//! licences. It belongs to the release like any file, so that it is there offline.
//!
//! What it is made of lies in `editor/`; `xtask/src/tools/editor.rs` makes it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::html::{Place, fill};
use crate::trainer::hash_of;

/// How the names of its files begin, at the site's root.
const PREFIX: &str = "editor-";
const LICENCES: &str = include_str!("../../editor/licences.txt");
/// The address of the script.
const EDITOR: Place = Place { before: "<meta name=\"editor\" content=\"", after: "\"" };

/// Puts the script of an editor into a site, and its address into `index.html`. Without one the site has none.
///
/// # Errors
/// If `index.html` lacks the place, or a file cannot be read or written.
pub fn place(site: &Path, script: Option<&Path>) -> Result<()> {
    let address = match script {
        Some(script) => place_files(site, script)?,
        None => String::new(),
    };
    let index = site.join("index.html");
    let html = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    write(&index, fill(&html, EDITOR, &address)?.as_bytes())
}

/// Whether this file of a site is the editor's script.
pub fn is_script(file: &str) -> bool {
    file.starts_with(PREFIX) && file.ends_with(".js")
}

/// Returns the script's address.
fn place_files(site: &Path, script: &Path) -> Result<String> {
    let script = fs::read(script).with_context(|| format!("cannot read {}", script.display()))?;
    let address = format!("{PREFIX}{}.js", hash_of(&[&script]));
    write(&site.join(&address), &script)?;
    write(&site.join(format!("{PREFIX}LICENSES.txt")), LICENCES.as_bytes())?;
    Ok(address)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::all_files;
    use tempfile::TempDir;

    const PAGE: &str = "<meta name=\"editor\" content=\"\">";

    /// A site that has this editor, and what its page says.
    fn placed(page: &str, script: Option<&str>) -> Result<(TempDir, String)> {
        let (site, made) = (TempDir::new()?, TempDir::new()?);
        write(&site.path().join("index.html"), page.as_bytes())?;
        let file = made.path().join("editor.js");
        write(&file, script.unwrap_or_default().as_bytes())?;
        place(site.path(), script.map(|_| file.as_path()))?;
        let html = fs::read_to_string(site.path().join("index.html"))?;
        let address = html.split_once(EDITOR.before).unwrap().1.split_once(EDITOR.after).unwrap().0.to_owned();
        Ok((site, address))
    }

    #[test]
    fn the_page_names_the_script_and_its_licences_lie_beside_it() {
        let (site, address) = placed(PAGE, Some("export {};")).unwrap();
        assert!(is_script(&address), "{address}");
        assert_eq!(fs::read_to_string(site.path().join(address)).unwrap(), "export {};");
        let licences = fs::read_to_string(site.path().join("editor-LICENSES.txt")).unwrap();
        assert!(licences.contains("Marijn Haverbeke") && licences.contains("Permission is hereby granted"));
    }

    #[test]
    fn another_script_is_another_address() {
        let address = |script| placed(PAGE, Some(script)).unwrap().1;
        assert_ne!(address("one"), address("two"));
        assert_eq!(address("one"), address("one"));
    }

    #[test]
    fn without_an_editor_none_is_offered() {
        let (site, address) = placed(PAGE, None).unwrap();
        assert_eq!(address, "");
        assert_eq!(all_files(site.path()).unwrap(), ["index.html"]);
    }

    #[test]
    fn a_page_without_the_place_is_refused() {
        let message = placed("<html>", None).unwrap_err().to_string();
        assert!(message.contains(EDITOR.before), "{message}");
    }

    /// What only builds it is not in it.
    #[test]
    fn the_licences_name_every_package_that_is_in_it() {
        let lock: serde_json::Value =
            serde_json::from_str(include_str!("../../editor/package-lock.json")).expect("the lock file is JSON");
        let packages = lock["packages"].as_object().expect("the lock file lists packages");
        let is_inside = |package: &serde_json::Value| package["dev"] != true && package["optional"] != true;
        let inside = packages.iter().filter(|(_, package)| is_inside(package));
        let names: Vec<&str> = inside.filter_map(|(path, _)| path.strip_prefix("node_modules/")).collect();
        assert!(names.contains(&"@codemirror/view"), "{names:?}");
        let missing: Vec<&&str> = names.iter().filter(|name| !LICENCES.contains(**name)).collect();
        assert!(missing.is_empty(), "{missing:?}: editor/licences.txt does not name them");
    }
}
