//! Every message that an author can get, as text: `tests/mistakes/<name>/problems` and `expected.txt` beside it.
//!
//! `UPDATE_EXPECT=1 cargo test -p content` rewrites what is expected.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Proofs, compile_crates, crates_folder, find_miri, render, toolchain_file};
use content::verify::{VerifyOptions, verify};
use expect_test::expect_file;

/// Verifies the folder in place, so that paths are the same everywhere.
fn check(name: &str) {
    let folder = Path::new("tests/mistakes").join(name);
    let proofs = Proofs::new();
    let options = VerifyOptions {
        problems: folder.join("problems"),
        cache: proofs.folder(),
        toolchain_file: toolchain_file(),
        crates: crates_folder(),
        compile_crates,
        find_miri,
        bless: false,
        deny_warnings: false,
        only: Vec::new(),
        lock: false,
        turn: None,
        read: |_| {},
        progress: |_| {},
    };
    let report = verify(&options).unwrap();
    let expected = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder).join("expected.txt");
    expect_file![expected].assert_eq(&render(&report.messages()));
}

/// Makes a test of each folder, and a list of them all.
macro_rules! folders {
    ($($test:ident: $folder:literal,)+) => {
        const FOLDERS: &[&str] = &[$($folder),+];

        $(#[test]
        fn $test() {
            check($folder);
        })+
    };
}

folders! {
    front_matter: "front-matter",
    answers: "answers",
    sections: "sections",
    options: "options",
    fences: "fences",
    programs: "programs",
    slugs: "slugs",
    titles: "titles",
    strays: "strays",
    registries: "registries",
    registries_that_cannot_be_read: "registries-broken",
    a_syllabus: "syllabus",
    a_syllabus_that_is_not_there: "syllabus-missing",
    too_many_predictions_of_an_error: "mixture",
    answers_that_the_compiler_contradicts: "contradicted-answers",
    blocks_that_the_compiler_contradicts: "contradicted-blocks",
    programs_that_do_not_behave: "behaviour",
    slots: "fill",
    lines_in_order: "order",
    checks: "checks",
    assemblies_that_the_compiler_contradicts: "contradicted-assemblies",
    answers_that_do_not_behave: "misbehaving-answers",
    what_ifs: "what-ifs",
    what_ifs_that_the_compiler_contradicts: "contradicted-what-ifs",
    the_key_of_miri: "miri",
    answers_and_programs_that_miri_contradicts: "contradicted-by-miri",
    programs_that_take_miri_too_long: "slow-under-miri",
    programs_that_are_let_through: "let-through",
    crates_that_programs_use: "crates",
    names_of_errors: "names-of-errors",
    exercises: "exercises",
    discussions: "discussions",
    the_guide: "guide",
    interviews: "interviews",
    exercises_that_the_compiler_contradicts: "contradicted-exercises",
    house_rules: "house-rules",
    placeholders: "placeholders",
    plain_words: "plain-words",
}

#[test]
fn no_folder_is_forgotten() {
    let folders = fs::read_dir("tests/mistakes").unwrap().map(|folder| folder.unwrap().file_name());
    let mut forgotten: Vec<String> = folders.map(|folder| folder.to_string_lossy().into_owned()).collect();
    forgotten.retain(|folder| !FOLDERS.contains(&folder.as_str()));
    assert!(forgotten.is_empty(), "no test checks {forgotten:?}: list them above");
}
