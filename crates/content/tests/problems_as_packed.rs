//! What holds of our own problems once they are packed.

use std::fs;
use std::path::Path;

use content::pack::pack;
use quiz::catalog::{Catalog, Pack};
use quiz::problem::Problem;

/// What is to be remembered of a problem is read at one glance.
const TAKEAWAY: usize = 220;

fn ours() -> Vec<Problem> {
    let folder = tempfile::tempdir().unwrap();
    let packed = pack(Path::new("../../problems"), folder.path(), "").unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let catalog: Catalog = serde_json::from_str(&read(&packed.catalog)).unwrap();
    let problems = |address: &str| serde_json::from_str::<Pack>(&read(address)).unwrap().problems;
    catalog.packs().flat_map(|pack| problems(&pack.address)).collect()
}

#[test]
fn each_leaves_a_short_sentence() {
    let problems = ours();
    assert!(!problems.is_empty());
    for problem in problems {
        let sentence = problem.takeaway().words().replace("  ", " ");
        let sentence = sentence.trim();
        assert!(sentence.ends_with(['.', '!', '?', '"', ')']), "{}: {sentence:?} has no end", problem.slug);
        let length = sentence.chars().count();
        assert!((10..=TAKEAWAY).contains(&length), "{}: {length} characters: {sentence}", problem.slug);
    }
}
