//! What the outcomes of all answers cost a learner who downloads a pack.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use brotli::CompressorWriter;
use content::pack::pack;
use content::prove::miri::NoMiri;
use content::prove::package::NoCrates;
use content::verify::{VerifyOptions, verify};
use quiz::catalog::Pack;
use quiz::problem::{Outcomes, Question};

/// Bytes of one problem with all its outcomes, by brotli, alone in its pack.
const BUDGET: usize = 4096;

/// The size that a static host sends.
fn brotli(text: &str) -> usize {
    let mut compressed = Vec::new();
    let mut writer = CompressorWriter::new(&mut compressed, 4096, 11, 22);
    writer.write_all(text.as_bytes()).unwrap();
    drop(writer);
    compressed.len()
}

/// The only pack of a folder, proven in a copy of it.
fn packed(problems: &Path) -> (String, Pack) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("problems");
    for topic in ["", "ownership"] {
        fs::create_dir_all(copy.join(topic)).unwrap();
        for entry in fs::read_dir(problems.join(topic)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::copy(entry.path(), copy.join(topic).join(entry.file_name())).unwrap();
            }
        }
    }
    let options = VerifyOptions {
        problems: copy.clone(),
        cache: folder.path().join("cache"),
        toolchain_file: PathBuf::from("../rust-toolchain.toml"),
        crates: PathBuf::from("../problems/crates"),
        compile_crates: |_| Err(NoCrates("no problem here uses crates".to_owned())),
        find_miri: || Err(NoMiri("what a pack weighs does not depend on it".to_owned())),
        bless: true,
        deny_warnings: false,
    };
    let report = verify(&options).unwrap();
    assert!(report.is_ok(), "{}", report.render(false));
    println!("{} answers cold: {:.1} s", report.answers, report.elapsed.as_secs_f64());
    let packed = pack(&copy, folder.path(), "").unwrap();
    let text = fs::read_to_string(&packed.files[0]).unwrap();
    let pack = serde_json::from_str(&text).unwrap();
    (text, pack)
}

#[test]
fn sixty_four_combinations_fit_into_four_kilobytes() {
    let (text, mut pack) = packed(Path::new("../crates/content/tests/sixty-four"));
    let Question::Fill { outcomes, .. } = &mut pack.problems[0].question else { panic!("a fill") };
    let (answers, different) = (outcomes.of.len(), outcomes.outcomes.len());
    assert_eq!(answers, 64);
    *outcomes = Outcomes::default();
    let without = brotli(&serde_json::to_string(&pack).unwrap());
    let size = brotli(&text);
    println!("{different} outcomes: {} bytes raw, {size} by brotli, {without} without the outcomes", text.len());
    assert!(size < BUDGET, "{size} bytes by brotli, {without} without the outcomes");
}
