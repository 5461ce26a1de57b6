//! The worker that fits the memory model to a learner: one script and one wasm file, named by what is in them, so that a
//! page loads those of its own release.
//!
//! Trunk names a worker's files by the program alone, and leaves it to the app to find them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::files::hexadecimal;
use crate::html::{Place, fill};
use crate::script::without_comments;

/// Where Trunk puts it, and where it stays, from the site's root.
pub const FOLDER: &str = "trainer/";
/// So many digits of a hash tell any two files apart.
const HASH_DIGITS: usize = 16;
/// What stands behind wasm-bindgen's own text in the script.
const SCRIPT: &str = include_str!("trainer.js");
/// Its place for the name of the wasm file.
const WASM: &str = "\"WASM\"";
/// The address of the script.
const TRAINER: Place = Place { before: "<meta name=\"trainer\" content=\"", after: "\"" };

/// Makes one script of wasm-bindgen's and ours, names both files, and writes the script's address into `index.html`.
///
/// # Errors
/// If the files are not there, or `index.html` lacks the place.
pub fn place(site: &Path) -> Result<()> {
    let folder = site.join(FOLDER);
    let (old_script, old_wasm) = (folder.join("trainer.js"), folder.join("trainer_bg.wasm"));
    let wasm = fs::read(&old_wasm).with_context(|| format!("cannot read {}", old_wasm.display()))?;
    let glue = fs::read_to_string(&old_script).with_context(|| format!("cannot read {}", old_script.display()))?;
    ensure!(glue.contains("wasm_bindgen ="), "the worker's script is not for a worker without modules");

    let stem = format!("trainer-{}", hash_of(&[&wasm, glue.as_bytes(), SCRIPT.as_bytes()]));
    let own = SCRIPT.replacen(WASM, &format!("\"{stem}_bg.wasm\""), 1);
    let script = without_comments(&(glue + "\n" + &own));
    for old in [old_script, old_wasm] {
        fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
    write(&folder.join(format!("{stem}_bg.wasm")), &wasm)?;
    write(&folder.join(format!("{stem}.js")), script.as_bytes())?;

    let index = site.join("index.html");
    let html = fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    write(&index, fill(&html, TRAINER, &format!("{FOLDER}{stem}.js"))?.as_bytes())
}

pub(crate) fn hash_of(contents: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    contents.iter().for_each(|content| hasher.update(content));
    let mut hash = hexadecimal(&hasher.finalize());
    hash.truncate(HASH_DIGITS);
    hash
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const GLUE: &str =
        "let wasm_bindgen = (function(exports) {\n    /** @param {string} task */\n    return exports;\n})();\n";

    fn site(wasm: &str, index: &str) -> TempDir {
        let site = TempDir::new().unwrap();
        fs::create_dir(site.path().join(FOLDER)).unwrap();
        for (file, text) in [("trainer/trainer.js", GLUE), ("trainer/trainer_bg.wasm", wasm), ("index.html", index)] {
            fs::write(site.path().join(file), text).unwrap();
        }
        site
    }

    /// The address in the page of a site whose worker has been placed.
    fn placed(wasm: &str) -> (TempDir, String) {
        let site = site(wasm, "<meta name=\"trainer\" content=\"\">");
        place(site.path()).unwrap();
        let html = fs::read_to_string(site.path().join("index.html")).unwrap();
        let (_, rest) = html.split_once(TRAINER.before).unwrap();
        let address = rest.split_once(TRAINER.after).unwrap().0.to_owned();
        (site, address)
    }

    #[test]
    fn the_page_names_the_script_and_the_script_its_wasm_file() {
        let (site, address) = placed("wasm");
        let script = fs::read_to_string(site.path().join(&address)).unwrap();
        let (_, rest) = script.split_once("module_or_path: \"").unwrap();
        let wasm = rest.split_once('"').unwrap().0;
        assert_eq!(fs::read_to_string(site.path().join(FOLDER).join(wasm)).unwrap(), "wasm");
        assert!(script.starts_with("let wasm_bindgen") && script.contains("onmessage"), "{script}");
        assert!(!script.contains("@param") && !script.contains("// "), "{script}");
        assert_eq!(fs::read_dir(site.path().join(FOLDER)).unwrap().count(), 2, "the files of the old names are left");
    }

    #[test]
    fn another_wasm_file_is_another_address() {
        assert_ne!(placed("one").1, placed("two").1);
        assert_eq!(placed("one").1, placed("one").1);
    }

    #[test]
    fn a_page_without_the_place_is_refused() {
        let message = place(site("wasm", "<html>").path()).unwrap_err().to_string();
        assert!(message.contains(TRAINER.before), "{message}");
    }
}
