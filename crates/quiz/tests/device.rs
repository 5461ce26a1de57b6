//! What the compiler on the learner's device says, as it was recorded, and what is made of it.
//!
//! `data/device/answers.jsonl` has what the worker's code answered under Node.js, for programs such as those beside it.

use quiz::device::age::{may_be_of_age, may_run_otherwise};
use quiz::device::download::{self, Errand, Here, Told};
use quiz::device::manifest::{Manifest, PackedFile};
use quiz::device::message::{Finished, Request, Way, WorkerMessage};
use quiz::device::outcome::{Outcome, outcome};
use quiz::diagnostics;
use quiz::problem::Edition;
use quiz::rule::Code;
use quiz::verdict::{Diagnostic, Span, Verdict};

const ANSWERS: &str = include_str!("data/device/answers.jsonl");

/// The recorded answers: the name of the program, how it was asked, and the message.
fn recorded() -> Vec<(String, Way, Finished)> {
    let read = |line: &str| {
        let mut words = line.splitn(3, ' ');
        let (way, name) = (words.next().unwrap(), words.next().unwrap());
        let WorkerMessage::Done(finished) = WorkerMessage::from_text(words.next().unwrap()).unwrap() else {
            panic!("{name} has another message")
        };
        (name.to_owned(), Way::from_name(way).unwrap(), finished)
    };
    ANSWERS.lines().map(read).collect()
}

fn outcome_of(name: &str, way: Way) -> Outcome {
    let found = recorded().into_iter().find(|(of, asked, _)| of == name && *asked == way);
    let (_, way, finished) = found.unwrap_or_else(|| panic!("{name} was not recorded"));
    outcome(way, finished)
}

fn errors_of(name: &str, way: Way) -> Vec<Diagnostic> {
    match outcome_of(name, way) {
        Outcome::Judged(Verdict::Error { errors }) => errors,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn a_program_that_ends_prints() {
    let stdout = "{\"a\": 1, \"b\": 2}\n".to_owned();
    assert_eq!(outcome_of("ran", Way::Run), Outcome::Judged(Verdict::Prints { stdout }));
}

#[test]
fn a_program_that_is_only_compiled_prints_nothing() {
    assert_eq!(outcome_of("ran", Way::Look), Outcome::Judged(Verdict::Compiles));
}

#[test]
fn errors_have_their_code_place_label_and_text() {
    for way in [Way::Run, Way::Look] {
        let errors = errors_of("error", way);
        let [types, ..] = errors.as_slice() else { panic!("{errors:?}") };
        assert_eq!(types.code.as_ref().unwrap().0, "E0308");
        assert_eq!(types.message, "mismatched types");
        let place = types.primary().unwrap();
        assert_eq!((place.line, place.label.as_deref()), (5, Some("expected `u32`, found `&str`")));
        assert!(
            types.rendered.starts_with("error[E0308]: mismatched types\n --> main.rs:5:22\n"),
            "{}",
            types.rendered
        );
        assert!(errors.iter().all(|error| !error.message.starts_with("aborting")));
    }
}

#[test]
fn a_panic_has_its_line_its_message_and_what_was_printed_before() {
    let panics = |line, message: &str, stdout: &str| {
        Outcome::Judged(Verdict::Panics { line, message: message.to_owned(), stdout: stdout.to_owned() })
    };
    let out_of_bounds = "index out of bounds: the len is 0 but the index is 0";
    assert_eq!(outcome_of("panic", Way::Run), panics(5, out_of_bounds, "before\n"));
    // No thread can unwind, so the first panic of any ends the program.
    let two_lines = "assertion `left == right` failed: two\nlines\n  left: 2\n right: 3";
    assert_eq!(outcome_of("panic_in_thread", Way::Run), panics(5, two_lines, ""));
}

#[test]
fn a_panic_within_the_library_has_the_line_that_led_there() {
    let Outcome::Judged(Verdict::Panics { line, message, .. }) = outcome_of("panic_in_library", Way::Run) else {
        panic!("{:?}", outcome_of("panic_in_library", Way::Run))
    };
    assert_eq!((line, message.as_str()), (3, "attempt to add with overflow"));
}

#[test]
fn a_deadlock_has_the_line_in_which_a_thread_waits() {
    let stdout = "first\n".to_owned();
    assert_eq!(outcome_of("deadlock", Way::Run), Outcome::Deadlocks { line: Some(7), stdout });
}

#[test]
fn undefined_behaviour_has_its_line_and_no_path_of_a_machine() {
    for (name, expected, about) in [("race", 6, "Data race detected"), ("dangling", 6, "has been freed")] {
        let Outcome::Judged(Verdict::Undefined { line, message, rendered }) = outcome_of(name, Way::Check) else {
            panic!("{name}: {:?}", outcome_of(name, Way::Check))
        };
        assert_eq!(line, expected, "{name}");
        assert!(message.contains(about), "{message}");
        assert!(!rendered.contains("/library/") && rendered.contains("main.rs:6:"), "{rendered}");
    }
}

/// The notes of such an error begin with where the memory came from and where it went.
#[test]
fn undefined_behaviour_within_the_library_has_the_line_that_led_there() {
    let Outcome::Judged(Verdict::Undefined { line, .. }) = outcome_of("freed_elsewhere", Way::Check) else {
        panic!("{:?}", outcome_of("freed_elsewhere", Way::Check))
    };
    assert_eq!(line, 6, "line 2 allocates, line 4 frees");
}

#[test]
fn a_program_that_ends_with_an_error_has_its_status() {
    let Outcome::Exits { status: 1, stdout, stderr } = outcome_of("exit", Way::Run) else {
        panic!("{:?}", outcome_of("exit", Way::Run))
    };
    assert_eq!((stdout.as_str(), stderr.as_str()), ("before\n", "Error: \"no luck\"\n"));
}

#[test]
fn a_flood_is_cut_off() {
    let Outcome::Floods { stdout } = outcome_of("flood", Way::Run) else { panic!("it did not flood") };
    assert!(stdout.starts_with("more\nmore\n") && stdout.len() <= 64 << 10, "{} bytes", stdout.len());
}

#[test]
fn what_the_interpreter_cannot_do_is_no_fault_of_the_language() {
    for (name, line) in [("unsupported", 5), ("abort", 3)] {
        let Outcome::Stops { line: Some(found), message, stdout } = outcome_of(name, Way::Run) else {
            panic!("{name}: {:?}", outcome_of(name, Way::Run))
        };
        assert_eq!((found, stdout.as_str()), (line, "before\n"), "{message}");
    }
}

/// What edition 2024 drops earlier than the compiler on the device, and what its parser does not know.
#[test]
fn what_edition_2024_changed_is_told() {
    let error = |code: Option<&str>, message: &str, label: &str, line: u32| Diagnostic {
        code: code.map(|code| Code(code.into())),
        message: message.to_owned(),
        spans: vec![Span {
            line,
            column: 1,
            end_line: line,
            end_column: 2,
            primary: true,
            label: Some(label.to_owned()),
        }],
        rendered: String::new(),
    };
    let of_temporary = "a temporary with access to the borrow is created here ...";
    assert!(may_be_of_age(&error(Some("E0597"), "`cell` does not live long enough", of_temporary, 1), ""));
    assert!(!may_be_of_age(&error(Some("E0597"), "`cell` does not live long enough", "borrowed value", 1), ""));
    let source = "fn main() {\n    let f = async || 1;\n}\nfn all() -> impl Iterator + use<'_> {}\n";
    let of_syntax = |line| may_be_of_age(&error(None, "expected identifier, found keyword `use`", "", line), source);
    assert_eq!([1, 2, 4, 9].map(of_syntax), [false, true, true, false]);

    assert!(may_run_otherwise("if let Some(first) = names.lock().unwrap().first() {\n}"));
    assert!(!may_run_otherwise("if let Some(first) = names.first() {\n}"));
    assert!(!may_run_otherwise("let first = names.lock().unwrap().first();"));
}

#[test]
fn an_error_may_come_from_the_compilers_age() {
    let source = include_str!("data/device/young.txt");
    let of_age: Vec<_> = errors_of("young", Way::Run).iter().map(|error| may_be_of_age(error, source)).collect();
    let messages: Vec<_> = errors_of("young", Way::Run).into_iter().map(|error| error.message).collect();
    let expected: Vec<_> = messages.iter().map(|message| !message.contains("`Stack`")).collect();
    assert_eq!(of_age, expected, "{messages:#?}");
    assert!(expected.contains(&true) && expected.contains(&false), "{messages:#?}");

    let source = include_str!("data/device/error.txt");
    assert!(errors_of("error", Way::Run).iter().all(|error| !may_be_of_age(error, source)));

    let not_imported = errors_of("not_imported", Way::Run);
    assert_eq!(not_imported.len(), 2, "a type and a path of `std` that it names and does not import");
    assert!(not_imported.iter().all(|error| !may_be_of_age(error, "")), "it is there: {not_imported:#?}");
    let proposed = |error: &Diagnostic| diagnostics::proposed_import(&error.rendered).map(str::to_owned);
    assert!(not_imported.iter().all(|error| proposed(error).as_deref() == Some("use std::collections::HashMap;")));
    assert_eq!(errors_of("error", Way::Run).iter().find_map(proposed), None);
    let (import, program) = ("use std::mem;", "//! Of all.\n#![allow(dead_code)]\n\nstruct A;\n");
    let expected = "//! Of all.\n#![allow(dead_code)]\n\nuse std::mem;\nstruct A;\n";
    assert_eq!(diagnostics::with_import(program, import), expected);
    assert_eq!(diagnostics::with_import("", import), "use std::mem;\n");
}

#[test]
fn a_request_says_all_that_the_worker_asks_for() {
    let request = Request::new(7, Way::Check, "fn main() {}".to_owned(), Edition::E2021);
    let expected = r#"{"id":7,"way":"check","source":"fn main() {}","edition":"2021","seed":0,"preemption":0,"stdin":"","limit":65536}"#;
    assert_eq!(request.to_text(), expected);
}

#[test]
fn every_message_of_the_worker_is_understood() {
    let read = |text| WorkerMessage::from_text(text).unwrap();
    assert_eq!(read(r#"{"ready":{"ms":1234}}"#), WorkerMessage::Ready { ms: 1234 });
    assert_eq!(read(r#"{"broken":"why"}"#), WorkerMessage::Broken("why".to_owned()));
    let output = WorkerMessage::Output { id: 3, stdout: "so far".to_owned() };
    assert_eq!(read(r#"{"output":{"id":3,"stdout":"so far"}}"#), output);
    assert!(WorkerMessage::from_text(r#"{"other":1}"#).is_err());
}

#[test]
fn a_manifest_comes_back_as_it_was() {
    let file = |name: &str, packed| PackedFile {
        path: format!("lib/{name}"),
        file: format!("{name}.packed"),
        size: 20,
        packed,
        sha256: "ab".to_owned(),
    };
    let manifest = Manifest {
        version: "0.2.0-1".to_owned(),
        name: "rustc".to_owned(),
        worker: "compiler/worker.js".to_owned(),
        licences: "compiler/LICENSES.txt".to_owned(),
        files: vec![file("core", 7), file("std", 5)],
    };
    assert_eq!(Manifest::from_text(&manifest.to_text()).unwrap(), manifest);
    assert_eq!((manifest.packed(), manifest.cache().as_str()), (12, "borrowed-time-compiler-0.2.0-1"));
}

#[test]
fn errands_and_what_is_told_of_them_survive_json() {
    let manifest = Manifest {
        version: "1".to_owned(),
        name: "rustc".to_owned(),
        worker: "compiler/worker-12/worker.js".to_owned(),
        licences: String::new(),
        files: Vec::new(),
    };
    assert_eq!(manifest.downloader(), "compiler/worker-12/download.js");
    for what in [Errand::Look, Errand::Download, Errand::Remove] {
        let request = download::Request { what, folder: "compiler/".to_owned(), manifest: manifest.clone() };
        assert_eq!(quiz::json::read::<download::Request>(&request.to_text()).unwrap(), request);
    }
    let here = Here { bytes: 7, complete: false, other: true };
    for (text, told) in [
        (r#"{"here":{"bytes":7,"complete":false,"other":true}}"#, Told::Here(here)),
        (r#"{"progress":{"bytes":7}}"#, Told::Progress { bytes: 7 }),
        (r#"{"no-room":{"needed":9,"free":7}}"#, Told::NoRoom { needed: 9, free: 7 }),
        (r#"{"failed":"The connection was lost."}"#, Told::Failed("The connection was lost.".to_owned())),
    ] {
        assert_eq!(Told::from_text(text).unwrap(), told);
    }
}

/// Threads that panic at once write into each other's lines, and into the compiler's.
#[test]
fn a_message_in_the_middle_of_a_line_is_one() {
    let (_, _, finished) = recorded().into_iter().find(|(name, ..)| name == "dangling").unwrap();
    let at = finished.stderr.find("{\"$message_type\"").unwrap();
    let stderr = format!("{}21{}", &finished.stderr[..at], &finished.stderr[at..]);
    assert_eq!(diagnostics::errors(&stderr, str::to_owned), diagnostics::errors(&finished.stderr, str::to_owned));
    assert_eq!(diagnostics::without_messages(&stderr), format!("{}21\n", &finished.stderr[..at]));
}
