//! A search finds the real problems by their code, their errors and their crates.

use std::fs;
use std::path::Path;

use content::pack::pack;
use quiz::catalog::Catalog;
use quiz::json;
use quiz::search::{Index, Texts};

/// What the browser searches.
struct Library {
    catalog: Catalog,
    texts: Texts,
}

impl Library {
    fn packed() -> Library {
        let out = tempfile::tempdir().unwrap();
        let packed = pack(Path::new("../../problems"), out.path(), "").unwrap();
        let catalog: Catalog = json::read(&fs::read_to_string(out.path().join(packed.catalog)).unwrap()).unwrap();
        let texts = json::read(&fs::read_to_string(out.path().join(&catalog.texts)).unwrap()).unwrap();
        Library { catalog, texts }
    }

    /// The titles of what is found, with where it was.
    fn found(&self, query: &str) -> Vec<(&str, String)> {
        let index = Index::of(&self.catalog);
        let hits = index.find(&self.texts, query, |_| true, |_| true);
        hits.iter().map(|hit| (&*self.catalog.problems[hit.problem].title, index.places(&self.texts, hit))).collect()
    }
}

#[test]
fn code_errors_and_crates_are_found() {
    let library = Library::packed();
    for (query, place) in [
        ("mutex", "in the code: `Mutex`"),
        ("RefCell", "in the code: `RefCell`"),
        ("spawn", "in the code: `spawn`"),
        ("unwrap", "in the code: `unwrap`"),
        ("tokio", "crate `tokio`"),
        ("rayon", "crate `rayon`"),
        ("E0382", "error E0382"),
    ] {
        let found = library.found(query);
        println!("{query}: {}", found.len());
        assert!(found.iter().any(|(_, own)| own == place), "{query:?} finds {found:#?}");
    }
    assert!(library.texts.crates.all().any(|name| name == "serde"));
}

#[test]
fn arc_is_not_found_in_search() {
    let library = Library::packed();
    let found = library.found("arc");
    assert!(!found.is_empty());
    for (title, place) in found {
        let begins = |word: &str| word.to_lowercase().starts_with("arc");
        let has = |text: &str| text.split(|sign: char| !sign.is_alphanumeric()).any(begins);
        // A concept is found by its meaning too, which the place does not show.
        assert!(has(title) || has(&place) || place.starts_with("concept: "), "{title}: {place}");
    }
}
