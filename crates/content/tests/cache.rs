//! What is remembered between two runs, and what is not.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use crate::support::{Workshop, titles};
use content::mistake::Mistake;
use content::verify::{Progress, Report, Stage, VerifyError, VerifyOptions, verify};

/// The blocks of the good folder without the one that nobody looks at.
const COMPILED: usize = 10;

fn verify_with(workshop: &Workshop, cache: &Path) -> Report {
    verify(&VerifyOptions { cache: cache.to_owned(), ..workshop.options(false) }).unwrap()
}

#[test]
fn the_second_run_compiles_nothing() {
    let (workshop, cache) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    assert_eq!(verify_with(&workshop, cache.path()).compiled, COMPILED);
    assert_eq!(verify_with(&workshop, cache.path()).compiled, 0);
}

#[test]
fn only_what_was_changed_is_compiled() {
    let (workshop, cache) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    verify_with(&workshop, cache.path());
    workshop.edit("ownership/drained-in-order.md", "for job in &jobs", "for job in jobs.iter()");
    assert_eq!(verify_with(&workshop, cache.path()).compiled, 1);
}

#[test]
fn only_what_is_asked_for_is_compiled_and_blessed() {
    let (workshop, cache) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    let bless = |slug: &str| {
        let only = vec![slug.to_owned()];
        verify(&VerifyOptions { only, cache: cache.path().to_owned(), ..workshop.options(true) })
    };
    let report = bless("drained-in-order").unwrap();
    assert_eq!((report.problems, report.compiled, report.blessed, report.is_ok()), (1, 1, 1, true));
    workshop.write("ownership/of-nobody.verdict.json", "{}");
    let report = bless("drained-in-order").unwrap();
    assert_eq!((report.compiled, report.blessed), (0, 0));
    assert_eq!(titles(&report.warnings), ["a verdict file without a problem"]);
    let refused = bless("drained-in-odrer").unwrap_err().to_string();
    assert!(refused.starts_with("there is no problem `drained-in-odrer` in "), "{refused}");
    assert!(refused.ends_with("; did you mean `drained-in-order`?"), "{refused}");
}

#[test]
fn how_far_the_proof_is_is_told_from_its_begin() {
    static TOLD: Mutex<Vec<Progress>> = Mutex::new(Vec::new());
    let (workshop, cache) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    let progress = |progress| TOLD.lock().unwrap().push(progress);
    verify(&VerifyOptions { progress, cache: cache.path().to_owned(), ..workshop.options(false) }).unwrap();
    let told = TOLD.lock().unwrap();
    let compiled: Vec<usize> = told.iter().filter(|told| told.stage == Stage::Compile).map(|told| told.done).collect();
    assert_eq!(compiled, (0..=COMPILED).collect::<Vec<_>>());
    assert!(told.iter().all(|told| told.stage != Stage::Compile || told.of == COMPILED));
    assert!(told.is_sorted_by_key(|told| told.stage));
}

#[test]
fn what_shows_without_a_compiler_is_told_before_it_is_asked() {
    static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let read =
        |mistakes: &[Mistake]| TOLD.lock().unwrap().extend(titles(mistakes).iter().map(|&title| title.to_owned()));
    let progress = |progress: Progress| TOLD.lock().unwrap().push(format!("{:?}", progress.stage));
    let (workshop, cache) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    let verify = || {
        verify(&VerifyOptions { read, progress, cache: cache.path().to_owned(), ..workshop.options(false) }).unwrap()
    };
    workshop.edit("ownership/drained-in-order.md", "minutes = 2", "minuets = 2");
    verify();
    let told: Vec<String> = TOLD.lock().unwrap().drain(..).collect();
    let of_the_compiler = told.iter().position(|told| told == "Compile");
    let read = ["unknown key `minuets` in the front matter", "`minutes` is missing"];
    for title in read {
        let place = told.iter().position(|told| told == title);
        assert!(place.is_some() && place < of_the_compiler, "{title}: {told:?}");
    }

    workshop.edit("ownership/drained-in-order.md", "minuets = 2", "minutes = 2");
    verify();
    let told = TOLD.lock().unwrap();
    assert!(told.iter().all(|told| ["Compile", "Miri", "Test"].contains(&&**told)), "{told:?}");
}

#[test]
fn another_edition_is_another_program() {
    let (workshop, cache) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    verify_with(&workshop, cache.path());
    workshop.edit("ownership/drained-in-order.md", "minutes = 2", "minutes = 2\nedition = \"2018\"");
    assert_eq!(verify_with(&workshop, cache.path()).compiled, 1);
}

#[test]
fn a_corrupt_entry_counts_as_absent() {
    let (workshop, cache) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    workshop.bless();
    verify_with(&workshop, cache.path());
    for (number, entry) in fs::read_dir(cache.path()).unwrap().enumerate() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let corrupt = match number % 3 {
            0 => text[..text.len() / 2].to_owned(),
            1 => text.replace('s', "z"),
            _ => String::new(),
        };
        fs::write(path, corrupt).unwrap();
    }
    let report = verify_with(&workshop, cache.path());
    assert_eq!((report.compiled, report.is_ok()), (COMPILED, true));
}

#[test]
fn a_program_without_a_verdict_is_tried_again() {
    let (workshop, cache) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    workshop.edit("ownership/who-frees-the-jobs.md", "println!(\"drained\");", "std::process::exit(3);");
    verify_with(&workshop, cache.path());
    let again = verify_with(&workshop, cache.path());
    assert_eq!(again.compiled, 1);
    assert!(titles(&again.mistakes).contains(&"the program ends with the exit status 3"));
}

#[test]
fn a_program_that_varies_is_refused() {
    let workshop = Workshop::with("good");
    for varying in [
        "println!(\"{:?}\", std::time::SystemTime::now());",
        "println!(\"{:p}\", Box::new(1));",
        "let jobs: std::collections::HashSet<u8> = (0..9).collect();\n  println!(\"{jobs:?}\");",
        "assert!(std::process::id() % 2 == 0, \"odd\");",
    ] {
        let varies = Workshop::with("good");
        varies.edit("ownership/who-frees-the-jobs.md", "println!(\"drained\");", varying);
        let mistakes = varies.verify().mistakes;
        let found = mistakes.iter().find(|mistake| mistake.title() == "the program does not always do the same");
        let message = found.unwrap_or_else(|| panic!("{varying} was let through")).render(false);
        assert!(message.contains("the first run") && message.contains("= note: run "), "{message}");
    }
    assert!(workshop.bless().is_ok());
}

#[test]
fn a_program_knows_nothing_of_its_surroundings() {
    let workshop = Workshop::with("good");
    let program = "assert_eq!(std::env::vars().count(), 0);
  let mut line = String::new();
  std::io::stdin().read_line(&mut line).unwrap();
  assert_eq!(line, \"\");
  std::fs::write(\"note\", \"\").unwrap();
  assert_eq!(std::fs::read_dir(\".\").unwrap().count(), 1);";
    workshop.edit("ownership/who-frees-the-jobs.md", "println!(\"drained\");", program);
    workshop.edit("ownership/who-frees-the-jobs.md", "minutes = ", "miri = \"ignore (writes a file)\"\nminutes = ");
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
}

#[test]
fn without_the_pinned_compiler_nothing_is_judged() {
    let (workshop, folder) = (Workshop::with("good"), tempfile::tempdir().unwrap());
    let with = |text: &str| {
        let toolchain_file = folder.path().join("rust-toolchain.toml");
        fs::write(&toolchain_file, text).unwrap();
        verify(&VerifyOptions { toolchain_file, ..workshop.options(false) }).unwrap_err()
    };
    assert!(matches!(with("[toolchain]\nchannel = \"1.0.0\"\n"), VerifyError::Toolchain(_)));
    assert!(with("[toolchain]\n").to_string().ends_with("names no `channel` below `[toolchain]`"));
}

#[test]
fn a_folder_that_is_not_there_is_no_mistake_of_an_author() {
    let workshop = Workshop::with("good");
    let options = VerifyOptions { problems: workshop.problems().join("nowhere"), ..workshop.options(false) };
    assert!(matches!(verify(&options).unwrap_err(), VerifyError::Problems { .. }));
}

#[test]
fn a_report_can_be_read_by_programs() {
    let workshop = Workshop::with("good");
    workshop.edit("ownership/drained-in-order.md", "level = \"junior\"", "level = \"junor\"");
    let json = workshop.verify().to_json();
    let mistakes = json["mistakes"].as_array().unwrap();
    let mistake = mistakes.iter().find(|mistake| !mistake["line"].is_null()).unwrap();
    assert_eq!(json["ok"], false);
    assert_eq!(mistake["message"], "unknown level `junor`");
    assert_eq!((&mistake["line"], &mistake["help"][0]), (&4.into(), &"did you mean `junior`?".into()));
}

#[test]
fn many_threads_fit_into_the_memory() {
    let workshop = Workshop::with("good");
    let program = "let spawn = |_| {
      std::thread::spawn(|| vec![1; 9].len())
  };
  let workers: Vec<_> = (0..200).map(spawn).collect();
  for worker in workers {
      assert_eq!(worker.join().unwrap(), 9);
  }";
    workshop.edit("ownership/who-frees-the-jobs.md", "println!(\"drained\");", program);
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
}

#[test]
fn a_panic_in_another_thread_is_not_the_end() {
    let workshop = Workshop::with("good");
    let program = "let worker = std::thread::spawn(|| panic!(\"in a thread\"));\n  assert!(worker.join().is_err());";
    workshop.edit("ownership/who-frees-the-jobs.md", "println!(\"drained\");", program);
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
}

#[test]
fn the_last_panic_of_the_main_thread_counts() {
    let workshop = Workshop::with("good");
    let program = "    let panics = || panic!(\"a\\n\\nb\");
    std::thread::spawn(panics).join().expect(\"a\\n\\nb\");
    let first = 1;";
    let file = "ownership/drained-when-empty.md";
    workshop.edit(file, "    let first = jobs.first().expect(\"a job\");", program);
    workshop.edit(file, "line = 4", "line = 5");
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    let verdict = workshop.read("ownership/drained-when-empty.verdict.json");
    assert!(verdict.contains("\"message\": \"a\\n\\nb: Any { .. }\""), "{verdict}");
}
