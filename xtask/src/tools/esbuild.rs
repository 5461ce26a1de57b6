//! esbuild, which makes scripts small: the editor's, in `editor/`, and, as a program of its own, those of a release.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::cache::Cache;
use crate::process;
use crate::workspace::Workspace;

use super::{if_it_can_be_had, npm};

/// The program, if it can be had; otherwise the scripts stay as they are.
///
/// # Errors
/// If it cannot be had, with `CI` set.
pub fn if_possible(workspace: &Workspace, cache: &Cache) -> anyhow::Result<Option<PathBuf>> {
    if_it_can_be_had("esbuild", program(workspace, cache), "the scripts stay 2 kB larger than they need be")
}

/// In the version that makes the editor too; installed if it is not yet.
fn program(workspace: &Workspace, cache: &Cache) -> anyhow::Result<PathBuf> {
    let tool = npm::package(cache, "esbuild", &version(workspace)?, |tool| {
        let runs = process::succeeds(Command::new(program_in(tool)?).arg("--version"));
        ensure!(runs, "npm's esbuild does not run");
        Ok(())
    })?;
    program_in(&tool)
}

/// It has another ending on some platforms.
fn program_in(tool: &Path) -> anyhow::Result<PathBuf> {
    let folder = tool.join("node_modules").join(".bin");
    which::which_in("esbuild", Some(&folder), tool).with_context(|| format!("no esbuild in {}", folder.display()))
}

fn version(workspace: &Workspace) -> anyhow::Result<String> {
    let file = workspace.root.join("editor").join("package.json");
    let text = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    let package: Value = serde_json::from_str(&text)?;
    let version = package["devDependencies"]["esbuild"].as_str();
    Ok(version.with_context(|| format!("{} names no esbuild", file.display()))?.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;
    use xtask::minify;

    use crate::cache::Cache;
    use crate::workspace::Workspace;

    /// Without npm there is nothing to try; with `CI` set that is an error.
    #[test]
    fn scripts_become_small_and_what_a_page_knows_of_them_keeps_its_name() {
        let cache = Cache::of_user().unwrap();
        let Some(esbuild) = super::if_possible(&Workspace::here(), &cache).unwrap() else { return };
        let site = TempDir::new().unwrap();
        let text = |name: &str| fs::read_to_string(site.path().join(name)).unwrap();
        let script = "// Why.\nconst howMany = 1 + 1;\nfunction showAll(these) {\n  return [howMany, these];\n}\n";
        for name in ["start-1.js", "boot-1.mjs", "borrowed-time-1.js", "editor-1.js", "sw.js"] {
            fs::write(site.path().join(name), format!("{script}showAll();\n")).unwrap();
        }

        minify::scripts_of_pages(site.path(), &esbuild).unwrap();
        for name in ["start-1.js", "boot-1.mjs", "borrowed-time-1.js"] {
            let (text, is_classic) = (text(name), name.starts_with("start-"));
            assert!(text.lines().count() == 1 && !text.contains("Why"), "{name}: {text}");
            assert_eq!(text.contains("function showAll("), is_classic, "{name}: {text}");
        }
        assert!(text("editor-1.js").starts_with(script) && text("sw.js").starts_with(script));

        minify::service_worker(site.path(), &esbuild).unwrap();
        assert!(text("sw.js").contains("function showAll(") && !text("sw.js").contains("Why"));

        fs::write(site.path().join("sw.js"), "let (").unwrap();
        let error = minify::service_worker(site.path(), &esbuild).unwrap_err().to_string();
        assert!(error.contains("sw.js"), "{error}");
        assert_eq!(text("sw.js"), "let (");
    }
}
