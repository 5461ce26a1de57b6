//! What a learner downloads: the catalog before all else, and a pack with the outcomes of all answers.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use content::pack::pack;
use content::prove::miri::NoMiri;
use content::prove::package::NoCrates;
use content::verify::{VerifyOptions, verify};
use packer::Effort;
use quiz::catalog::Pack;
use quiz::grading::Mark;
use quiz::problem::{Outcomes, Question};
use quiz::search::{Lexicon, Texts};
use xtask::scale::answers::answer_marked;
use xtask::scale::release::Release;
use xtask::scale::{PROBLEMS, past};

/// Bytes of the catalog for each problem in it, by brotli.
const CATALOG_BUDGET: usize = 60;
/// Bytes of one problem with all its outcomes, by brotli, alone in its pack.
const BUDGET: usize = 4096;
/// Bytes of the index for a search for each problem in it, by brotli.
const TEXTS_BUDGET: usize = 256;
/// Of any pack, in bytes by brotli.
const PACK_BUDGET: usize = 10_000;

/// The size that a static host sends.
fn brotli(text: &str) -> usize {
    packer::pack(text.as_bytes(), Effort::Most).unwrap().len()
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
        only: Vec::new(),
        lock: false,
        turn: None,
        read: |_| {},
        progress: |_| {},
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

/// The app's own release, without the app.
fn release(out: &Path) -> Release {
    let packed = pack(Path::new("../problems"), &out.join("packs"), "packs/").unwrap();
    Release::read(out, &format!("packs/{}", packed.catalog)).unwrap()
}

fn check_catalog(release: &Release) {
    let out = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(out.path().join(release.write(out.path(), "packs/").unwrap())).unwrap();
    let (size, problems) = (brotli(&text), release.catalog.problems.len());
    let each = size as f64 / problems as f64;
    println!("{problems} problems: {} bytes raw, {size} by brotli, {each:.1} a problem", text.len());
    assert!(size <= problems * CATALOG_BUDGET, "the catalog has {each:.1} bytes a problem by brotli");
}

fn check_texts(release: &Release) {
    let texts = Texts::of(&release.problems().cloned().collect::<Vec<_>>());
    let text = serde_json::to_string(&texts).unwrap();
    let (size, problems) = (brotli(&text), release.catalog.problems.len());
    println!("{problems} problems are searched by {} bytes raw, {size} by brotli", text.len());
    let part =
        |name, lexicon: &Lexicon| println!("  {name}: {} by brotli", brotli(&serde_json::to_string(lexicon).unwrap()));
    part("crates", &texts.crates);
    part("errors", &texts.errors);
    part("code", &texts.code);
    part("text", &texts.text);
    part("choices", &texts.choices);
    assert!(size <= problems * TEXTS_BUDGET, "{size} bytes by brotli");
}

#[test]
fn what_is_searched_has_no_more_than_256_bytes_a_problem() {
    let out = tempfile::tempdir().unwrap();
    let release = release(out.path());
    check_texts(&release);
    check_texts(&release.grown(PROBLEMS));
}

#[test]
fn the_catalog_has_no_more_than_sixty_bytes_a_problem() {
    let out = tempfile::tempdir().unwrap();
    let release = release(out.path());
    check_catalog(&release);
    check_catalog(&release.grown(PROBLEMS));
}

#[test]
fn a_problem_is_in_the_pack_that_the_catalog_says_and_nobody_waits_for_many_others() {
    let out = tempfile::tempdir().unwrap();
    let release = release(out.path());
    let mut largest = 0;
    for entry in release.catalog.problems.iter() {
        let file = release.catalog.pack_of(&entry.slug).unwrap_or_else(|| panic!("{} is in no pack", entry.slug));
        let text = fs::read_to_string(out.path().join(&file.address)).unwrap();
        let pack: Pack = serde_json::from_str(&text).unwrap();
        assert!(pack.problems.iter().any(|problem| problem.slug == entry.slug), "{} in {}", entry.slug, file.address);
        assert_eq!(pack.problems.len(), file.problems, "{}", file.address);
        largest = largest.max(brotli(&text));
    }
    println!("{} packs, the largest with {largest} bytes by brotli", release.catalog.packs().count());
    assert!(largest < PACK_BUDGET, "{largest} bytes by brotli");
}

#[test]
fn a_release_grows_to_a_thousand_problems_that_can_be_answered() {
    let out = tempfile::tempdir().unwrap();
    let real = release(out.path());
    let grown = real.clone().grown(PROBLEMS);
    let elsewhere = tempfile::tempdir().unwrap();
    let address = grown.write(elsewhere.path(), "packs/").unwrap();
    let read = Release::read(elsewhere.path(), &address).unwrap();

    let (entries, problems) = (&read.catalog.problems, Vec::from_iter(read.problems().cloned()));
    assert_eq!((entries.len(), problems.len()), (PROBLEMS, PROBLEMS));
    assert!(entries.iter().zip(&problems).all(|(entry, problem)| entry.slug == problem.slug), "another order");
    let titles: BTreeSet<&String> = problems.iter().map(|problem| &problem.title).collect();
    assert!(titles.len() > PROBLEMS * 9 / 10, "{} titles", titles.len());
    assert!(real.problems().all(|problem| entries.place(&problem.slug).is_some()), "a real one is gone");
    assert!(problems.iter().all(|problem| answer_marked(problem, Mark::Right).is_some()));
    assert!(read.beliefs.problems.len() > real.beliefs.problems.len(), "the copies show no beliefs");

    let past = past::history(&problems, 3_000, 100, 1_790_000_000_000, 1);
    let answered: BTreeSet<_> = past.iter().filter_map(|record| Some(&record.attempt()?.slug)).collect();
    assert_eq!((past.len(), answered.len() > PROBLEMS / 2), (3_000, true));
}
