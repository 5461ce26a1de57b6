//! The two scripts that every page has, without the comments that are for whoever reads their source.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::files::all_files;
use crate::script::without_comments;

/// Takes the comments out of `start-….js` and `boot-….mjs`, which Trunk has copied and named by their content.
///
/// # Errors
/// If a file cannot be read or written.
pub fn place(site: &Path) -> Result<()> {
    for file in all_files(site)?.iter().filter(|file| is_ours(file)) {
        let path = site.join(file);
        let script = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::write(&path, without_comments(&script)).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn is_ours(file: &str) -> bool {
    file.starts_with("start-") && file.ends_with(".js") || file.starts_with("boot-") && file.ends_with(".mjs")
}

#[cfg(test)]
mod tests {
    use super::place;
    use tempfile::TempDir;

    #[test]
    fn comments_stay_at_home() {
        let site = TempDir::new().unwrap();
        let script = "// What it is.\nlet a = 1;\n";
        for name in ["start-1.js", "boot-1.mjs", "borrowed-time-1.js"] {
            std::fs::write(site.path().join(name), script).unwrap();
        }
        place(site.path()).unwrap();
        let text = |name: &str| std::fs::read_to_string(site.path().join(name)).unwrap();
        assert_eq!([text("start-1.js"), text("boot-1.mjs")], ["let a = 1;\n", "let a = 1;\n"]);
        assert_eq!(text("borrowed-time-1.js"), script);
    }
}
