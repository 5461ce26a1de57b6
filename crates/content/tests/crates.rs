//! Programs that use crates: they compile and run, with macros and derives, and their verdicts name no machine.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use content::crates::{Compiled, NoCrates, Package};
use content::verify::{VerifyError, VerifyOptions, verify};
use support::{Workshop, crates_folder};

fn blessed() -> Workshop {
    let workshop = Workshop::with("crates");
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    workshop
}

#[test]
fn every_crate_can_be_used() {
    let workshop = blessed();
    assert!(workshop.verify().is_ok());
    let text = workshop.read("borrowing/kept-across-an-await.verdict.json");
    assert!(text.contains("future cannot be sent between threads safely"), "{text}");
    assert!(text.contains("crates/tokio-1."), "the message points into the crate: {text}");
    for machine in ["/registry/", "/home/", "/.cargo/", "/tmp/"] {
        assert!(!text.contains(machine), "{machine} is a folder of this machine: {text}");
    }
}

fn unwanted(_: &Package) -> Result<Compiled, NoCrates> {
    panic!("nobody needs crates here")
}

fn none(_: &Package) -> Result<Compiled, NoCrates> {
    Err(NoCrates("there is no network".to_owned()))
}

#[test]
fn they_are_needed_only_for_what_is_compiled() {
    let workshop = blessed();
    let report = verify(&VerifyOptions { compile_crates: unwanted, ..workshop.options(false) }).unwrap();
    assert!(report.is_ok(), "{}", report.render(false));
    let others = Workshop::with("good");
    let cache = tempfile::tempdir().unwrap();
    let options = VerifyOptions { cache: cache.path().to_owned(), compile_crates: unwanted, ..others.options(true) };
    assert!(verify(&options).unwrap().is_ok());
}

#[test]
fn other_versions_are_other_programs() {
    let workshop = blessed();
    let crates = tempfile::tempdir().unwrap();
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(crates_folder().join(file), crates.path().join(file)).unwrap();
    }
    let options =
        || VerifyOptions { crates: crates.path().to_owned(), compile_crates: none, ..workshop.options(false) };
    assert!(verify(&options()).unwrap().is_ok());
    let lock = fs::read_to_string(crates.path().join("Cargo.lock")).unwrap();
    fs::write(crates.path().join("Cargo.lock"), lock + "# raised\n").unwrap();
    let error = verify(&options()).unwrap_err();
    assert!(matches!(error, VerifyError::Prove(_)));
    assert_eq!(error.to_string(), "cannot compile and run programs: there is no network");
}

#[test]
fn without_their_names_they_are_not_there() {
    let workshop = blessed();
    workshop.edit("ownership/two-tasks.md", "crates = [\"tokio\"]\n", "");
    let mistakes = workshop.verify().mistakes;
    let message = mistakes[0].render(false);
    assert!(message.contains("use of unresolved module or unlinked crate `tokio`"), "{message}");
}
