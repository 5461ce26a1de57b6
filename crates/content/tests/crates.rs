//! Programs that use crates: they compile and run, with macros and derives, natively and under Miri, and their verdicts
//! name no machine.

use std::fs;

use crate::support::{Workshop, crates_folder, find_miri, titles};
use content::prove::miri::{Miri, NoMiri};
use content::prove::package::{Compiled, NoCrates, Package};
use content::verify::{VerifyError, VerifyOptions, verify};

const COUNTED: &str = "ownership/counted-by-many.md";
const TOLD: &str = "ownership/told-after-the-end.md";

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
    names_no_machine(&text);
}

fn names_no_machine(text: &str) {
    for machine in ["/registry/", "/home/", "/.cargo/", "/tmp/", "toolchains", "rustlib"] {
        assert!(!text.contains(machine), "{machine} is a folder of this machine: {text}");
    }
}

#[test]
fn miri_stops_at_a_line_of_the_program() {
    let workshop = blessed();
    for (file, line, words) in [(COUNTED, 7, "Data race"), (TOLD, 5, "dangling reference")] {
        let text = workshop.read(&file.replace(".md", ".verdict.json"));
        assert!(text.contains(&format!("\"line\": {line}")) && text.contains(words), "{text}");
        assert!(!text.contains("serde_json::to_string::"), "a frame of a crate is of no interest: {text}");
        names_no_machine(&text);
    }
}

#[test]
fn unsafe_code_beside_crates_is_looked_at() {
    let workshop = blessed();
    workshop.edit(COUNTED, "outcome = \"undefined\"\nline = 7", "outcome = \"prints\"\nstdout = \"\"");
    let mistakes = workshop.verify().mistakes;
    assert_eq!(titles(&mistakes), ["the program has undefined behaviour"]);
    let message = mistakes[0].render(false);
    assert!(message.contains("Data race detected"), "{message}");
}

fn no_miri() -> Result<Miri, NoMiri> {
    Err(NoMiri("there is no rustup".to_owned()))
}

#[test]
fn without_crates_for_miri_it_is_told_how_much_is_unchecked() {
    let (workshop, cache) = (blessed(), tempfile::tempdir().unwrap());
    let options = VerifyOptions { cache: cache.path().to_owned(), find_miri: no_miri, ..workshop.options(false) };
    assert!(verify(&options).unwrap().is_ok());
    let report = verify(&VerifyOptions { compile_crates: none, find_miri, ..options }).unwrap();
    assert!(report.is_ok(), "{}", report.render(false));
    let told = report.render(false);
    assert!(told.ends_with("\n6 programs did not run under Miri: there is no network\n"), "{told}");
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
