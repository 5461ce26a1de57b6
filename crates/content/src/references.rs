//! `cargo xtask verify --references`: whether the links of problems lead somewhere in the documentation of the pinned toolchain.
//!
//! It looks at what is installed and asks no server, so links to other places are not its business.

mod documentation;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

pub use documentation::{Documentation, SHIPPED};

use self::documentation::Lost;
use crate::mistake::{self, Mistake};
use crate::read::folder;
use crate::source::Source;

/// An address where it stands.
struct Link {
    source: Arc<Source>,
    span: Range<usize>,
}

/// The links of the problems in a folder that lead nowhere.
///
/// # Errors
/// If the folder cannot be read.
pub fn lost(problems: &Path, documentation: &Documentation) -> io::Result<Vec<Mistake>> {
    let folder = folder::read(problems)?;
    let mut links: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for found in &folder.problems {
        let source = &found.file.source;
        for span in addresses(&source.text) {
            links
                .entry(source.text[span.clone()].to_owned())
                .or_default()
                .push(Link { source: Arc::clone(source), span });
        }
    }
    let mut mistakes = Vec::new();
    for (address, places) in &links {
        if let Err(lost) = documentation.resolve(address) {
            mistakes.extend(places.iter().map(|link| leads_nowhere(link, &lost)));
        }
    }
    mistake::sort(&mut mistakes);
    Ok(mistakes)
}

fn leads_nowhere(link: &Link, lost: &Lost) -> Mistake {
    let (source, span) = (&link.source, link.span.clone());
    match lost {
        Lost::Page => Mistake::at(source, span, "a link leads to no page", "not in the toolchain's documentation")
            .help("look the page up: `rustup doc` opens the documentation that is meant"),
        Lost::Place { meant } => {
            let mistake = Mistake::at(source, span, "a link leads to no place on its page", "nothing has this id");
            mistake.maybe_help(meant.as_ref().map(|meant| format!("did you mean `#{meant}`?")))
        }
    }
}

/// The places of all addresses in a text that are those of the documentation.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices(SHIPPED).map(|(start, _)| {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | '<' | '>' | '`' | ']');
        let length = text[start..].find(ends).unwrap_or(text.len() - start);
        let address = text[start..start + length].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        start..start + address.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_where_its_text_goes_on() {
        let text =
            "[\"https://doc.rust-lang.org/a.html#b\"] (https://doc.rust-lang.org/c/) https://doc.rust-lang.org/d.html.";
        let found: Vec<&str> = addresses(text).map(|span| text[span].trim_start_matches(SHIPPED)).collect();
        assert_eq!(found, ["a.html#b", "c/", "d.html"]);
    }
}
