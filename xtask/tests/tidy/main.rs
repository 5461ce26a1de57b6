//! The house rules that are about source text: ARCHITECTURE.md names the test that guards each of its invariants.
//!
//! A rule is a function from a text to what is wrong in it. Each is run on the files that it is for, and on a text
//! made to break it, because a rule that cannot be broken guards nothing.

mod classes;
mod colours;
mod documents;
mod layers;
mod manifests;
mod pages;
mod rust;
mod styles;
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

/// Something against a rule: the line, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    line: usize,
    remedy: String,
}

fn finding(line: usize, remedy: impl Into<String>) -> Finding {
    Finding { line, remedy: remedy.into() }
}

/// The top folder of the clone.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// The files with this extension in a folder of the clone, and in those below it. Paths begin at the top folder.
fn files(folder: &str, extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(from_root(path));
            }
        }
    }
    found.sort();
    found
}

fn from_root(path: PathBuf) -> String {
    path.strip_prefix(root()).expect("a file of the clone").to_string_lossy().replace('\\', "/")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Checks files against a rule, and tells all that is wrong at once.
fn check(files: impl IntoIterator<Item = String>, rule: impl Fn(&str) -> Vec<Finding>) {
    let mut report = String::new();
    for file in files {
        for Finding { line, remedy } in rule(&read(&file)) {
            report.push_str(&format!("\n  {file}:{line}: {remedy}"));
        }
    }
    assert!(report.is_empty(), "against the house rules:{report}\n");
}

/// Checks that a rule finds something in exactly these lines of a text.
fn check_finds(rule: impl Fn(&str) -> Vec<Finding>, text: &str, lines: &[usize]) {
    let found: Vec<usize> = rule(text).into_iter().map(|finding| finding.line).collect();
    assert_eq!(found, lines, "in:\n{text}");
}

/// The line of a place in a text, counted from 1.
fn line_of(text: &str, place: usize) -> usize {
    text[..place].matches('\n').count() + 1
}

/// The text with what lies between `open` and `close` blanked, so that places stay where they are.
fn without_comments(text: &str, open: &str, close: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once(open) {
        let (comment, after) = comment.split_once(close).unwrap_or((comment, ""));
        code.push_str(before);
        let blank = |char| if char == '\n' { "\n" } else { " " };
        code.extend(format!("{open}{comment}{close}").chars().flat_map(|char| vec![blank(char); char.len_utf8()]));
        rest = after;
    }
    code + rest
}
