//! Rules for what lies where.

use std::fs;
use std::process::Command;

use super::root;

/// What may lie in the top folder.
const TOP: [&str; 28] = [
    ".cargo",
    ".ci",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "Trunk.toml",
    "boot.mjs",
    "clippy.toml",
    "crates",
    "deny.toml",
    "docs",
    "e2e",
    "editor",
    "index.html",
    "problems",
    "public",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "src",
    "start.js",
    "style",
    "xtask",
];

/// What does not belong to the top folder, of the paths of files.
fn strays<'a>(files: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let tops = files.into_iter().filter_map(|file| file.split('/').next());
    let mut strays: Vec<&str> = tops.filter(|top| !TOP.contains(top)).collect();
    strays.dedup();
    strays
}

/// The files that are committed; in a copy without Git, those of the top folder that no build made.
fn committed() -> Vec<String> {
    let git = Command::new("git").current_dir(root()).args(["ls-files", "--cached"]).output();
    match git {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
        }
        _ => {
            let entries = fs::read_dir(root()).expect("a readable folder");
            let names =
                entries.map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned());
            names.filter(|name| !["target", "dist", ".git"].contains(&name.as_str())).collect()
        }
    }
}

#[test]
fn the_top_folder_has_no_strays() {
    let committed = committed();
    let strays = strays(committed.iter().map(String::as_str));
    assert!(
        strays.is_empty(),
        "{strays:?}: find them a place below the top folder, or list them in {} and in ARCHITECTURE.md",
        file!()
    );
}

#[test]
fn a_stray_is_noticed() {
    assert_eq!(strays(["src/main.rs", "notes.txt", "old/a.rs", "old/b.rs", "xtask/Cargo.toml"]), ["notes.txt", "old"]);
}
