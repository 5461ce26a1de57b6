//! What is proven again, and what is left as it was proven.

use crate::support::{Workshop, titles};
use content::verify::{Report, Turn, VerifyOptions, verify};

const CHANGED: &str = "ownership/drained-in-order.md";
const ITS_VERDICTS: &str = "ownership/drained-in-order.verdict.json";

/// The good folder, proven, with a lock.
fn sealed() -> Workshop {
    let workshop = Workshop::with("good");
    let report = verify(&VerifyOptions { lock: true, ..workshop.options(true) }).unwrap();
    assert!(report.is_ok(), "{}", report.render(false));
    workshop
}

/// Verifies with nothing remembered.
fn verify_turn(workshop: &Workshop, turn: Turn) -> Report {
    let cache = tempfile::tempdir().unwrap();
    let cache = cache.path().to_owned();
    verify(&VerifyOptions { lock: true, turn: Some(turn), cache, ..workshop.options(false) }).unwrap()
}

/// One of so many that no problem of the folder belongs to it.
const NOBODYS: Turn = Turn { number: 999_983, of: 1_000_000 };

#[test]
fn what_stands_as_it_was_proven_is_left_alone() {
    let workshop = sealed();
    let report = verify_turn(&workshop, NOBODYS);
    assert!(report.is_ok(), "{}", report.render(false));
    assert_eq!((report.as_proven, report.compiled, report.under_miri), (report.problems, 0, 0));
    assert!(report.render(false).contains("as they were proven, and not proven again"), "{}", report.render(false));
}

#[test]
fn each_problem_has_its_turn_once() {
    let workshop = sealed();
    let verify_turn = |number, of| {
        let turn = Some(Turn { number, of });
        verify(&VerifyOptions { lock: true, turn, ..workshop.options(false) }).unwrap()
    };
    let turns = [0, 1, 2].map(|number| verify_turn(number, 3));
    let proven: usize = turns.iter().map(|report| report.problems - report.as_proven).sum();
    assert_eq!(proven, turns[0].problems);
    assert_eq!(verify_turn(0, 1).as_proven, 0);
}

/// Only the changed problem is proven, and what is wrong with it is found.
fn check_changed(change: fn(&Workshop), expected: &[&str]) {
    let workshop = sealed();
    change(&workshop);
    let report = verify_turn(&workshop, NOBODYS);
    assert_eq!(titles(&report.mistakes), expected, "{}", report.render(false));
    assert_eq!((report.as_proven, report.compiled), (report.problems - 1, 1));
}

#[test]
fn a_changed_text_is_proven() {
    let title = "`drained-in-order` was changed after it was sealed";
    check_changed(|workshop| workshop.edit(CHANGED, "title = \"", "title = \"Now: "), &[title]);
}

#[test]
fn a_changed_program_is_proven() {
    let change = |workshop: &Workshop| workshop.edit(CHANGED, "for job in &jobs", "for job in jobs.iter()");
    check_changed(change, &["the verdict file is out of date"]);
}

#[test]
fn a_verdict_file_that_was_changed_by_hand_is_found() {
    let title = "the compiler says something else than the verdict file";
    check_changed(|workshop| workshop.edit(ITS_VERDICTS, "\"stdout\": \"", "\"stdout\": \"x"), &[title]);
    check_changed(
        |workshop| workshop.write(ITS_VERDICTS, "{}"),
        &["this is not a verdict file: missing field `format`"],
    );
    let remove = |workshop: &Workshop| std::fs::remove_file(workshop.problems().join(ITS_VERDICTS)).unwrap();
    check_changed(remove, &["the verdict file is missing"]);
}

#[test]
fn a_seal_of_another_compiler_counts_for_nothing() {
    let workshop = sealed();
    let text = workshop.read("proofs.lock");
    let (seal, _) = text.rsplit_once('"').and_then(|(rest, end)| Some((rest.rsplit_once('"')?.1, end))).unwrap();
    workshop.edit("proofs.lock", seal, &"0".repeat(64));
    let report = verify_turn(&workshop, NOBODYS);
    assert_eq!(report.as_proven, report.problems - 1);
    let [title] = &titles(&report.mistakes)[..] else { panic!("{}", report.render(false)) };
    assert!(title.ends_with("was changed after it was sealed"), "{title}");
}

#[test]
fn blessing_seals_anew_and_forgets_who_is_gone() {
    let workshop = sealed();
    let before = workshop.read("proofs.lock");
    workshop.edit(CHANGED, "title = \"", "title = \"Now: ");
    workshop.edit("proofs.lock", "[seals]\n", "[seals]\nof-nobody = \"00\"\n");
    let options = || VerifyOptions { lock: true, ..workshop.options(true) };
    let only = vec!["drained-in-order".to_owned()];
    assert!(verify(&VerifyOptions { only, ..options() }).unwrap().is_ok());
    let after = workshop.read("proofs.lock");
    let changed: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
    assert!(matches!(changed[..], [line] if line.starts_with("drained-in-order = ")), "{changed:?}");
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(verify_turn(&workshop, NOBODYS).as_proven, verify_turn(&workshop, NOBODYS).problems);
}

#[test]
fn blessing_one_problem_makes_no_lock_for_all() {
    let workshop = Workshop::with("good");
    let only = vec!["drained-in-order".to_owned()];
    assert!(verify(&VerifyOptions { lock: true, only, ..workshop.options(true) }).unwrap().is_ok());
    assert!(!workshop.problems().join("proofs.lock").exists());
}

#[test]
fn without_miri_nothing_is_sealed() {
    let workshop = Workshop::with("good");
    let cache = tempfile::tempdir().unwrap();
    let find_miri = || Err(content::prove::miri::NoMiri("there is none".to_owned()));
    let cache = cache.path().to_owned();
    verify(&VerifyOptions { lock: true, find_miri, cache, ..workshop.options(true) }).unwrap();
    assert!(workshop.read("proofs.lock").trim_end().ends_with("[seals]"));
}

#[test]
fn a_folder_without_a_lock_is_proven_whole_and_needs_none() {
    let workshop = Workshop::with("good");
    workshop.bless();
    let turn = Some(NOBODYS);
    let report = verify(&VerifyOptions { lock: true, turn, ..workshop.options(false) }).unwrap();
    assert!(report.is_ok(), "{}", report.render(false));
    assert_eq!(report.as_proven, 0);
    assert!(!workshop.problems().join("proofs.lock").exists());
}

#[test]
fn a_lock_that_is_none_or_of_another_format_is_told_and_left_as_it_is() {
    let workshop = sealed();
    for (text, title) in [
        ("<<<<<<< ours", "this is no lock of proofs: "),
        ("format = 1\n", "this is no lock of proofs: missing field `seals`"),
        ("format = 2\n[seals]\n", "the lock of the proofs has format 2, this program knows format 1"),
    ] {
        workshop.write("proofs.lock", text);
        let report = verify(&VerifyOptions { lock: true, turn: Some(NOBODYS), ..workshop.options(true) }).unwrap();
        let titles = titles(&report.mistakes);
        assert!(matches!(&titles[..], [found] if found.starts_with(title)), "{titles:?}");
        assert_eq!((report.as_proven, workshop.read("proofs.lock").as_str()), (0, text));
    }
}
