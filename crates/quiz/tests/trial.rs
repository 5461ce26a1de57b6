//! Tests that run on the learner's device: what is run next, and what is found in the end.

use crate::common::questions;
use quiz::device::message::{End, Finished, Way};
use quiz::device::trial::{Judged, Ran, Schedules, Trial, way_of};
use quiz::exercise::{CodeResult, Exercise, FailureKind, Rejection, TestFailure, WrongTurn};
use quiz::highlights::Snippet;
use quiz::problem::Question;
use quiz::prose::Prose;

/// Three tests: `of_one` and `of_two` are shown, `of_none` is hidden.
fn exercise(schedules: u32) -> Exercise {
    let Question::Write(exercise) = questions::write() else { panic!("it is one") };
    Exercise { schedules, ..exercise }
}

fn trial(schedules: u32, until: Schedules) -> Trial {
    Trial::new(exercise(schedules), "fn longest() {}\n".to_owned(), Way::Run, until)
}

fn printed(passed: &[&str], begun: Option<&str>) -> String {
    let marks = passed.iter().map(|name| format!("\u{2}begins {name}\nsaid by {name}\n\u{2}passed {name}\n"));
    marks.chain(begun.map(|name| format!("\u{2}begins {name}\n"))).collect()
}

fn ended(stdout: String) -> Ran {
    Ran::Finished(Finished { id: 0, end: End::Exited(0), stdout, stderr: String::new(), ms: 1 })
}

fn panicked(stdout: String) -> Ran {
    let stderr = "thread 'main' panicked at main.rs:1:5:\nassertion failed\n\
        {\"$message_type\":\"diagnostic\",\"message\":\"unsupported operation: can't call foreign function `_Unwind_RaiseException`\",\"code\":null,\"level\":\"error\",\"spans\":[],\"children\":[],\"rendered\":\"\"}\n";
    Ran::Finished(Finished {
        id: 0,
        end: End::Trapped("unreachable".to_owned()),
        stdout,
        stderr: stderr.to_owned(),
        ms: 1,
    })
}

fn failed(judged: &Judged) -> Vec<(&str, FailureKind)> {
    let CodeResult::Tested { failures, tests } = &judged.result else { panic!("{judged:?}") };
    assert_eq!(*tests, 3);
    failures.iter().map(|failure| (failure.test.as_str(), failure.how)).collect()
}

const ALL: [&str; 3] = ["of_one", "of_two", "of_none"];

#[test]
fn all_that_pass_are_one_run() {
    let judged = trial(1, Schedules::UntilOneFails).take_in(ended(printed(&ALL, None))).unwrap();
    assert_eq!(failed(&judged), []);
    assert_eq!(judged.printed, "said by of_one\nsaid by of_two\nsaid by of_none\n", "marks are shown");
}

#[test]
fn it_goes_on_behind_a_test_that_panics() {
    let mut trial = trial(1, Schedules::UntilOneFails);
    assert!(trial.request().source.contains("ALL[0..]"));
    assert_eq!(trial.take_in(panicked(printed(&ALL[..1], Some("of_two")))), None);
    assert!(trial.request().source.contains("ALL[2..]"));
    assert_eq!(trial.progress(), (2, 3));
    let judged = trial.take_in(ended(printed(&ALL[2..], None))).unwrap();
    assert_eq!(failed(&judged), [("of_two", FailureKind::Panic)]);
}

#[test]
fn a_test_that_does_not_end_fails_and_the_third_of_them_is_not_awaited() {
    let mut trial = trial(1, Schedules::UntilOneFails);
    let timed_out = |stdout| Ran::TimedOut { stdout, seconds: 30 };
    assert_eq!(trial.take_in(timed_out(printed(&[], Some("of_one")))), None);
    let judged = trial.take_in(timed_out(printed(&[], Some("of_two")))).unwrap();
    assert_eq!(failed(&judged), ALL.map(|name| (name, FailureKind::Timeout)));
    let CodeResult::Tested { failures, .. } = &judged.result else { unreachable!() };
    assert!(failures[1].message.contains("after 30 s"), "the limit is named: {failures:?}");
    assert!(failures[2].message.starts_with("not run"), "{failures:?}");
}

#[test]
fn schedules_follow_each_other_until_a_test_fails() {
    let mut trial = trial(3, Schedules::UntilOneFails);
    let mut seeds = Vec::new();
    let judged = loop {
        let request = trial.request();
        assert!(request.preemption > 0, "threads never give way");
        seeds.push(request.seed);
        let ran = if request.seed == 1 && request.source.contains("ALL[0..]") {
            panicked(printed(&ALL[..2], Some("of_none")))
        } else {
            ended(printed(&ALL, None))
        };
        if let Some(judged) = trial.take_in(ran) {
            break judged;
        }
    };
    assert_eq!(seeds, [0, 1]);
    assert_eq!(failed(&judged), [("of_none", FailureKind::Panic)]);
}

#[test]
fn under_all_schedules_what_fails_under_any_is_found_once_and_in_order() {
    let mut trial = trial(2, Schedules::All);
    assert_eq!(trial.take_in(panicked(printed(&ALL[..2], Some("of_none")))), None);
    assert_eq!(trial.request().seed, 1);
    assert_eq!(trial.take_in(panicked(printed(&[], Some("of_one")))), None);
    let judged = trial.take_in(panicked(printed(&ALL[1..2], Some("of_none")))).unwrap();
    assert_eq!(failed(&judged), [("of_one", FailureKind::Panic), ("of_none", FailureKind::Panic)]);
}

#[test]
fn a_program_that_is_rejected_is_not_run_again() {
    let error = "{\"$message_type\":\"diagnostic\",\"message\":\"mismatched types\",\"code\":{\"code\":\"E0308\",\"explanation\":null},\"level\":\"error\",\"spans\":[{\"file_name\":\"main.rs\",\"byte_start\":0,\"byte_end\":1,\"line_start\":1,\"line_end\":1,\"column_start\":1,\"column_end\":2,\"is_primary\":true,\"text\":[],\"label\":null,\"suggested_replacement\":null,\"suggestion_applicability\":null,\"expansion\":null}],\"children\":[],\"rendered\":\"error[E0308]\"}\n";
    let ran =
        Ran::Finished(Finished { id: 0, end: End::Exited(1), stdout: String::new(), stderr: error.to_owned(), ms: 1 });
    let judged = trial(3, Schedules::All).take_in(ran).unwrap();
    let CodeResult::Rejected(Rejection { code, message, line }) = &judged.result else { panic!("{judged:?}") };
    assert_eq!((code.as_ref().unwrap().0.as_str(), message.as_str(), *line), ("E0308", "mismatched types", Some(1)));
    assert_eq!(judged.errors.len(), 1);
}

/// The parser reads on to the end of the tests, which nobody wrote who reads the error.
#[test]
fn what_is_missing_is_missing_where_it_began() {
    let span = |line: u32, is_primary: bool| {
        format!(
            "{{\"file_name\":\"main.rs\",\"byte_start\":0,\"byte_end\":1,\"line_start\":{line},\"line_end\":{line},\"column_start\":1,\"column_end\":2,\"is_primary\":{is_primary},\"text\":[],\"label\":null,\"suggested_replacement\":null,\"suggestion_applicability\":null,\"expansion\":null}}"
        )
    };
    let line_of = |code: &str| {
        let spans = [span(1, false), span(45, true)].join(",");
        let stderr = format!(
            "{{\"$message_type\":\"diagnostic\",\"message\":\"m\",\"code\":{code},\"level\":\"error\",\"spans\":[{spans}],\"children\":[],\"rendered\":\"error\"}}\n"
        );
        let ran = Ran::Finished(Finished { id: 0, end: End::Exited(1), stdout: String::new(), stderr, ms: 1 });
        let judged = trial(1, Schedules::All).take_in(ran).unwrap();
        let CodeResult::Rejected(Rejection { line, .. }) = &judged.result else { panic!("{judged:?}") };
        (*line, judged.errors[0].primary().unwrap().line)
    };
    assert_eq!(line_of("null"), (Some(1), 1), "an unclosed brace of the first line");
    assert_eq!(line_of("{\"code\":\"E0308\",\"explanation\":null}"), (None, 45), "a test calls it with another type");
}

#[test]
fn it_is_checked_where_threads_or_wrong_turns_need_it() {
    let plain = Exercise { wrong_turns: Vec::new(), ..exercise(1) };
    assert_eq!(way_of(&plain), Way::Run);
    assert_eq!(way_of(&Exercise { schedules: 2, ..plain.clone() }), Way::Check);
    let failure =
        TestFailure { test: "of_one".to_owned(), how: FailureKind::Undefined, message: String::new(), line: None };
    let turn = WrongTurn {
        name: "reads past the end".to_owned(),
        program: Snippet::default(),
        result: CodeResult::Tested { failures: vec![failure], tests: 3 },
        verdict: None,
        remark: Prose::default(),
        belief: None,
    };
    assert_eq!(way_of(&Exercise { wrong_turns: vec![turn], ..plain }), Way::Check);
}

/// `own` may fail as it likes; what is handed in is judged by the others.
#[test]
fn tests_of_the_learner_are_run_behind_the_others_and_decide_nothing() {
    let code =
        "#[test]\nfn of_one() {}\n#[test]\n#[should_panic]\nfn own() {}\n#[test]\n#[should_panic]\nfn calm() {}\n";
    let trial = Trial::new(exercise(1), code.to_owned(), Way::Run, Schedules::UntilOneFails);
    let (mut handed_in, mut tried) = (trial.clone(), trial.with_own_tests());
    assert!(!handed_in.request().source.contains("super::own"));
    assert_eq!(failed(&handed_in.take_in(ended(printed(&ALL, None))).unwrap()), []);

    assert!(tried.request().source.contains("super::own"));
    assert_eq!(tried.progress(), (0, 6));
    assert_eq!(tried.take_in(panicked(printed(&ALL, Some("super::of_one")))), None);
    assert_eq!(tried.take_in(panicked(printed(&[], Some("super::own")))), None);
    let Ran::Finished(calm) = panicked(printed(&[], Some("super::calm"))) else { unreachable!() };
    let stderr = calm.stderr.replace("assertion failed", "this test should panic, and did not");
    let judged = tried.take_in(Ran::Finished(Finished { stderr, ..calm })).unwrap();
    assert_eq!(failed(&judged), []);
    assert_eq!(judged.own.names, ["of_one", "own", "calm"]);
    let own: Vec<&str> = judged.own.failures.iter().map(|failure| failure.test.as_str()).collect();
    assert_eq!(own, ["of_one", "calm"]);
}

/// Threads are tried under several schedules; what the learner tests needs one.
#[test]
fn tests_of_the_learner_are_run_under_the_first_schedule_only() {
    let code = "#[test]\nfn own() {}\n".to_owned();
    let mut trial = Trial::new(exercise(2), code, Way::Run, Schedules::UntilOneFails).with_own_tests();
    assert_eq!(trial.take_in(panicked(printed(&ALL, Some("super::own")))), None);
    assert_eq!((trial.request().seed, trial.progress()), (1, (4, 7)));
    assert!(!trial.request().source.contains("super::own"));
    let judged = trial.take_in(ended(printed(&ALL, None))).unwrap();
    assert_eq!(failed(&judged), []);
    assert_eq!(judged.own.failures.len(), 1);
}
