//! What the pages are called that problems refer to.

use quiz::problem::Reference;
use quiz::web_address::WebAddress;

use crate::read::registry::Registries;

/// An address with its title: that of the table, or else one made of the address.
pub(crate) fn reference(address: &WebAddress, registries: &Registries) -> Reference {
    let titles = registries.references.as_ref();
    let title =
        titles.and_then(|titles| titles.get(address.as_str())).cloned().unwrap_or_else(|| of_address(address.as_str()));
    Reference { address: address.clone(), title }
}

/// An address as a reader would name it: `The Rust Reference: expressions, loop expr, iterator loops`.
fn of_address(address: &str) -> String {
    const BOOKS: [(&str, &str); 9] = [
        ("doc.rust-lang.org/reference/", "The Rust Reference"),
        ("doc.rust-lang.org/book/", "The Rust Programming Language"),
        ("doc.rust-lang.org/nomicon/", "The Rustonomicon"),
        ("doc.rust-lang.org/edition-guide/", "The Edition Guide"),
        ("doc.rust-lang.org/error_codes/", "Error codes"),
        ("doc.rust-lang.org/", "The standard library"),
        ("rust-lang.github.io/api-guidelines/", "The API Guidelines"),
        ("rust-lang.github.io/rfcs/", "RFC"),
        ("rust-lang.github.io/async-book/", "The Async Book"),
    ];
    let bare = address.trim_start_matches("https://");
    let Some((prefix, name)) = BOOKS.iter().find(|(prefix, _)| bare.starts_with(prefix)) else {
        return bare.to_owned();
    };
    let place = bare[prefix.len()..].trim_start_matches("std/").trim_start_matches("stable/std/");
    let parts = place.replace(".html", "").replace(['/', '#', '-', '_'], " ");
    let words = parts.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { (*name).to_owned() } else { format!("{name}: {words}") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_title_comes_from_the_table_or_the_address() {
        let titles = BTreeMap::from([("https://a.example/b".to_owned(), "B".to_owned())]);
        let registries = Registries { references: Some(titles), ..Registries::default() };
        let title = |address| reference(&WebAddress::parse(address).expect("a whole address"), &registries).title;
        assert_eq!(title("https://a.example/b"), "B");
        assert_eq!(title("https://a.example/c"), "a.example/c");
        assert_eq!(title("https://doc.rust-lang.org/nomicon/drop-flags.html"), "The Rustonomicon: drop flags");
        assert_eq!(title("https://doc.rust-lang.org/reference/"), "The Rust Reference");
    }
}
