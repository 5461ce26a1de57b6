//! Every message that an author can get, as text: `tests/mistakes/<name>/problems` and `expected.txt` beside it.
//!
//! `UPDATE_EXPECT=1 cargo test -p content` rewrites what is expected.

#![allow(clippy::unwrap_used)]

mod support;

use std::path::{Path, PathBuf};

use content::verify::{VerifyOptions, verify};
use expect_test::expect_file;
use support::{compile_crates, crates_folder, find_miri, render, toolchain_file};

/// Verifies the folder in place, so that paths are the same everywhere.
fn check(name: &str) {
    let folder = Path::new("tests/mistakes").join(name);
    let cache = tempfile::tempdir().unwrap();
    let options = VerifyOptions {
        problems: folder.join("problems"),
        cache: cache.path().to_owned(),
        toolchain_file: toolchain_file(),
        crates: crates_folder(),
        compile_crates,
        find_miri,
        bless: false,
    };
    let report = verify(&options).unwrap();
    let expected = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder).join("expected.txt");
    expect_file![expected].assert_eq(&render(&report.mistakes));
}

#[test]
fn front_matter() {
    check("front-matter");
}

#[test]
fn answers() {
    check("answers");
}

#[test]
fn sections() {
    check("sections");
}

#[test]
fn options() {
    check("options");
}

#[test]
fn fences() {
    check("fences");
}

#[test]
fn programs() {
    check("programs");
}

#[test]
fn slugs() {
    check("slugs");
}

#[test]
fn strays() {
    check("strays");
}

#[test]
fn registries() {
    check("registries");
}

#[test]
fn registries_that_cannot_be_read() {
    check("registries-broken");
}

#[test]
fn too_many_predictions_of_an_error() {
    check("mixture");
}

#[test]
fn answers_that_the_compiler_contradicts() {
    check("contradicted-answers");
}

#[test]
fn blocks_that_the_compiler_contradicts() {
    check("contradicted-blocks");
}

#[test]
fn programs_that_do_not_behave() {
    check("behaviour");
}

#[test]
fn slots() {
    check("fill");
}

#[test]
fn lines_in_order() {
    check("order");
}

#[test]
fn checks() {
    check("checks");
}

#[test]
fn assemblies_that_the_compiler_contradicts() {
    check("contradicted-assemblies");
}

#[test]
fn answers_that_do_not_behave() {
    check("misbehaving-answers");
}

#[test]
fn what_ifs() {
    check("what-ifs");
}

#[test]
fn what_ifs_that_the_compiler_contradicts() {
    check("contradicted-what-ifs");
}

#[test]
fn the_key_of_miri() {
    check("miri");
}

#[test]
fn answers_and_programs_that_miri_contradicts() {
    check("contradicted-by-miri");
}

#[test]
fn programs_that_take_miri_too_long() {
    check("slow-under-miri");
}

#[test]
fn programs_that_are_let_through() {
    check("let-through");
}

#[test]
fn crates_that_programs_use() {
    check("crates");
}
