//! Rules for what the documents say of the code.

use std::collections::BTreeSet;

use super::{Finding, check, check_finds, files, finding, line_of, read, root};

/// What stands between backticks in a text, with its place. Fenced blocks are left out.
fn quoted(text: &str) -> Vec<(usize, &str)> {
    let mut quoted = Vec::new();
    let (mut at, mut is_fenced) = (0, false);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
        } else if !is_fenced {
            let mut place = at;
            for (index, part) in line.split('`').enumerate() {
                if index % 2 == 1 {
                    quoted.push((place, part));
                }
                place += part.len() + 1;
            }
        }
        at += line.len();
    }
    quoted
}

/// The folders of the clone that a path in a document begins with.
const FOLDERS: [&str; 9] = ["crates/", "docs/", "e2e/", "editor/", "problems/", "public/", "src/", "style/", "xtask/"];

fn names_what_is_not_there(text: &str) -> Vec<Finding> {
    let is_path = |(_, name): &(usize, &str)| {
        FOLDERS.iter().any(|folder| name.starts_with(folder)) && !name.contains(['<', '*', ' ', '…'])
    };
    let missing = quoted(text).into_iter().filter(is_path).filter(|(_, name)| !root().join(name).exists());
    missing.map(|(place, name)| finding(line_of(text, place), format!("`{name}` is not there"))).collect()
}

#[test]
fn documents_name_files_that_are_there() {
    let documents = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"].map(str::to_owned);
    check(documents.into_iter().chain(files("docs", "md")), names_what_is_not_there);
    check_finds(names_what_is_not_there, "`src/main.rs`, `src/gone.rs`\n\n`xtask/src/` and\n`xtask/gone/`\n", &[1, 4]);
    check_finds(names_what_is_not_there, "`src/<kind>.rs`, `gone.rs`, src/gone.rs\n```\n`src/gone.rs`\n```\n", &[]);
}

/// What the app keeps in the browser begins with this.
const OWN: &str = "\"borrowed-time/";

/// The names in the app under which it keeps something, without what is filled in behind them.
fn stored_names(text: &str) -> Vec<(usize, String)> {
    let name = |(place, _): (usize, &str)| {
        let rest = &text[place + 1..];
        (place, rest[..rest.find(['"', '{']).unwrap_or(rest.len())].to_owned())
    };
    text.match_indices(OWN).map(name).collect()
}

#[test]
fn all_that_is_stored_is_named_in_its_document() {
    let document = read("docs/storage.md");
    let known: BTreeSet<&str> = quoted(&document).into_iter().map(|(_, name)| name).collect();
    let is_known = |name: &str| match name.ends_with('/') {
        true => known.iter().any(|known| known.starts_with(name) && known.len() > name.len()),
        false => known.contains(name),
    };
    let rule = |text: &str| {
        let unknown = stored_names(text).into_iter().filter(|(_, name)| name.len() >= OWN.len() && !is_known(name));
        let remedy = |name: &str| format!("`{name}`: say in docs/storage.md what is stored there");
        unknown.map(|(place, name)| finding(line_of(text, place), remedy(&name))).collect()
    };
    check(files("src", "rs").into_iter().chain(files("crates/quiz/src", "rs")), rule);
    check_finds(rule, "let a = \"borrowed-time/settings\";\nlet b = \"borrowed-time/setting\";", &[2]);
    check_finds(rule, "format!(\"borrowed-time/draft/{slug}\");\nformat!(\"borrowed-time/drafts/{slug}\");", &[2]);
    check_finds(rule, "key.starts_with(\"borrowed-time/\")", &[]);
}
