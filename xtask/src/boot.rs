//! The scripts that every page has, without the comments that are for whoever reads their source: two of ours, and what wasm-bindgen
//! makes for the app.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files::all_files;
use crate::script::without_comments;

/// Takes the comments out of `start-….js`, `boot-….mjs` and the app's `borrowed-time-….js`, which Trunk has put there and named by their
/// content.
///
/// # Errors
/// If a file cannot be read or written.
pub fn place(site: &Path) -> Result<()> {
    for file in all_files(site)?.iter().filter(|file| is_of_every_page(file)) {
        let path = site.join(file);
        let script = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::write(&path, without_comments(&script)).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Whether this file of a site is one of those scripts.
pub(crate) fn is_of_every_page(file: &str) -> bool {
    let is = |name: &str, extension: &str| file.starts_with(name) && file.ends_with(extension);
    is("start-", ".js") || is("boot-", ".mjs") || is("borrowed-time-", ".js")
}

#[cfg(test)]
mod tests {
    use super::place;
    use tempfile::TempDir;

    #[test]
    fn comments_stay_at_home() {
        let site = TempDir::new().unwrap();
        let script = "// What it is.\nlet a = 1;\n";
        let of_pages = ["start-1.js", "boot-1.mjs", "borrowed-time-1.js"];
        for name in of_pages.into_iter().chain(["editor-1.js"]) {
            std::fs::write(site.path().join(name), script).unwrap();
        }
        place(site.path()).unwrap();
        let text = |name: &str| std::fs::read_to_string(site.path().join(name)).unwrap();
        assert_eq!(of_pages.map(text), ["let a = 1;\n"; 3]);
        assert_eq!(text("editor-1.js"), script);
    }
}
