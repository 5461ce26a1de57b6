//! Programs from a blank page: what the pack holds of them, and that nothing stale is packed.

use std::fs;

use crate::support::{Workshop, titles};
use content::pack::pack;
use quiz::catalog::Pack;
use quiz::exercise::{CodeResult, Exercise, FailureKind, TestFailure};
use quiz::json;
use quiz::problem::Question;
use quiz::verdict::Verdict;

const FILE: &str = "ownership/jobs-with-a-name.md";

fn blessed() -> Workshop {
    let workshop = Workshop::with("exercises");
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    workshop
}

/// Reads an exercise of the pack as the browser does.
fn exercise(workshop: &Workshop, slug: &str) -> Exercise {
    let packed = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap();
    let text = fs::read_to_string(&packed.files[0]).unwrap();
    let problems = json::read::<Pack>(&text).unwrap().problems;
    let problem = problems.into_iter().find(|problem| &*problem.slug.0 == slug).unwrap();
    let Question::Write(exercise) = problem.question else { panic!("a program to write expected") };
    exercise
}

#[test]
fn programs_arrive_with_what_became_of_them() {
    let exercise = exercise(&blessed(), "jobs-with-a-name");
    assert_eq!(exercise.clarify.as_ref().unwrap().words().trim(), "A name may be empty.");
    assert!(exercise.start.text.contains("todo!"));
    assert_eq!(exercise.names().collect::<Vec<_>>(), ["counts_the_jobs", "no_name_is_no_job"]);
    assert_eq!((&*exercise.complexity.time, &*exercise.complexity.space), ("O(n)", "O(1)"));
    let [solution] = &*exercise.solutions else { panic!("one solution expected") };
    assert_eq!(solution.name, "Count what has a name");
    assert_eq!(solution.trade.words().trim(), "It looks at each name once.");
    let [length, names] = &*exercise.wrong_turns else { panic!("two wrong turns expected") };
    let CodeResult::Tested { failures, tests: 2 } = &length.result else { panic!("{:?}", length.result) };
    let [TestFailure { test, how: FailureKind::Panic, line: None, .. }] = &**failures else { panic!("{failures:?}") };
    assert_eq!(test, "no_name_is_no_job");
    assert_eq!(length.remark.words().trim(), "The length counts empty names as well.");
    assert!(length.belief.as_ref().unwrap().starts_with("A `for` loop only borrows"));
    assert_eq!(names.belief, None);
    let CodeResult::Rejected(rejection) = &names.result else { panic!("{:?}", names.result) };
    assert_eq!((rejection.code.as_ref().unwrap().0.as_str(), rejection.line), ("E0308", Some(2)));
    assert!(matches!(&names.verdict, Some(Verdict::Error { errors }) if errors.len() == 1));
}

#[test]
fn a_deadlock_is_found_and_the_tests_behind_it_run() {
    let exercise = exercise(&blessed(), "jobs-under-a-lock");
    let CodeResult::Tested { failures, .. } = &exercise.wrong_turns[0].result else { panic!("tests expected") };
    let kinds: Vec<_> = failures.iter().map(|failure| (failure.how, failure.line.is_some())).collect();
    assert_eq!(kinds, [(FailureKind::Deadlock, true); 2], "{failures:?}");
    let CodeResult::Tested { failures, .. } = &exercise.wrong_turns[1].result else { panic!("tests expected") };
    let lines: Vec<_> = failures.iter().map(|failure| (failure.how, failure.line)).collect();
    assert_eq!(lines[0], (FailureKind::Panic, Some(2)), "{failures:?}");
}

#[test]
fn what_was_changed_after_it_was_judged_is_not_packed() {
    for (from, to) in [("filter(|name| !name", "filter(|word| !word"), (r#""", "test"]), 1"#, r#""", "run"]), 1"#)] {
        let workshop = blessed();
        let path = workshop.problems().join(FILE);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(&path, text.replace(from, to)).unwrap();
        let error = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err().to_string();
        assert!(error.contains("changed after they were judged"), "{error}");
        assert_eq!(titles(&workshop.verify().mistakes), ["the verdict file is out of date"]);
    }
}
