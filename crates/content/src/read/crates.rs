//! The key of the front matter that names the crates that a problem's programs use.

use crate::crates::{Crates, names};
use crate::mistake::Mistake;
use crate::read::table::Table;
use crate::spelling::{enumeration, nearest};

/// The key of the front matter.
pub(crate) const KEY: &str = "crates";

/// Reads the key of the front matter.
pub(crate) fn read(table: &Table<'_>, mistakes: &mut Vec<Mistake>) -> Crates {
    let mut crates = Vec::new();
    if table.key(KEY).is_none() {
        return Crates::default();
    }
    for written in table.strings(KEY, mistakes).unwrap_or_default() {
        let names = names();
        match names.into_iter().find(|name| *name == written.value) {
            Some(name) if crates.contains(&name) => {
                let title = format!("`{name}` is named twice in `{KEY}`");
                mistakes.push(table.mistake(written.span, title, "named before").help("remove one of the two"));
            }
            Some(name) => crates.push(name),
            None => {
                let remedy = match nearest(&written.value, names) {
                    _ if written.value == "serde_json" => "write `serde`: it gives both".to_owned(),
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("the crates are {}", enumeration(names)),
                };
                let title = format!("programs cannot use the crate `{}`", written.value);
                mistakes.push(table.mistake(written.span, title, "not among those that are there").help(remedy));
            }
        }
    }
    Crates::of(crates)
}
