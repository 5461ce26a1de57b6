//! `docs/attempts.schema.json` says what exports are: it takes all that the app ever wrote, and refuses what the app
//! would not read.

use crate::common::{attempt, slug};
use jsonschema::Validator;
use quiz::answer::{Answer, Prediction};
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode, Record, Recount, Remark, RemarkKind, Reset, Undo};
use quiz::discussion::Score;
use quiz::envelope::APP;
use quiz::exchange;
use quiz::exercise::{CodeResult, FailureKind, Rejection, SelfAssessment, TestFailure};
use quiz::grading::Mark;
use quiz::log::{self, ATTEMPTS};
use quiz::plan::{Job, Target};
use quiz::role::Role;
use quiz::rule::Code;
use quiz::settings::Chosen;
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../docs/attempts.schema.json")).expect("the schema is JSON")
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).expect("the schema is one")
}

/// Checks that the schema takes a text, and tells all that it says against it.
fn check_taken(validator: &Validator, text: &str) {
    let value = serde_json::from_str(text).expect("JSON");
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new(), "{text}");
}

fn answers() -> Vec<Answer> {
    let predictions = [
        Prediction::Prints { stdout: "1\n\"é\"".to_owned() },
        Prediction::Error { line: Some(3), rule: Some(Code::from("E0382")) },
        Prediction::Error { line: None, rule: None },
        Prediction::Panics { line: Some(u32::MAX) },
        Prediction::Undefined { line: None },
    ];
    let mut answers: Vec<Answer> = predictions.map(Answer::Predict).into();
    answers.extend([
        Answer::Unknown,
        Answer::Choice { chosen: [0, 2].into() },
        Answer::Choice { chosen: [].into() },
        Answer::Spot { lines: Role::ALL.into_iter().zip(1..).collect() },
        Answer::Fill { picks: vec![1, 0] },
        Answer::Order { lines: vec![2, 0, 1] },
        write(CodeResult::Rejected(Rejection {
            code: Some(Code::from("E0382")),
            message: "use of moved value: `a`".to_owned(),
            line: Some(3),
        })),
        write(CodeResult::Rejected(Rejection::default())),
        write(CodeResult::Tested {
            failures: FailureKind::ALL
                .map(|how| TestFailure { test: "of_none".to_owned(), how, message: String::new(), line: None })
                .into(),
            tests: 9,
        }),
        write(CodeResult::SelfAssessed(SelfAssessment::SomePassed)),
        Answer::Discuss { notes: "first\nthen".to_owned(), scores: Score::ALL.into() },
        Answer::Discuss { notes: String::new(), scores: Vec::new() },
    ]);
    answers
}

fn write(result: CodeResult) -> Answer {
    Answer::Write { code: "fn main() {}\n".to_owned(), result, runs: 3 }
}

/// Attempts of all kinds, and records of every other kind.
fn records() -> Vec<Record> {
    let marks = [Mark::Right, Mark::Partly, Mark::Wrong];
    let mut records: Vec<Record> = Vec::new();
    for (at, answer) in (1..).zip(answers()) {
        let mark = marks[at as usize % 3];
        let confidence = Confidence::ALL.get(at as usize % 4).copied();
        let mode = [Mode::Practice, Mode::Single, Mode::Interview][at as usize % 3];
        let try_number = 1 + at as u32 % 2;
        records.push(Attempt { answer, confidence, mode, try_number, ..attempt(at, "gone", mark) }.into());
    }
    let greatest = AttemptId::new(u64::MAX, u64::MAX);
    records.push(Attempt { id: greatest, elapsed_ms: u64::MAX, ..attempt(u64::MAX, "gone", Mark::Right) }.into());
    records.push(Undo { id: AttemptId::new(100, 1), undone_at_ms: 100, of: greatest }.into());
    records.push(Recount { id: AttemptId::new(101, 1), recounted_at_ms: 101, of: greatest }.into());
    records.push(Reset { id: AttemptId::new(102, 1), reset_at_ms: 102, slug: slug("gone") }.into());
    let remarks = [
        RemarkKind::Bookmarked,
        RemarkKind::NotBookmarked,
        RemarkKind::Suspended,
        RemarkKind::Resumed,
        RemarkKind::note("<é>\n🦀"),
        RemarkKind::note(""),
        RemarkKind::Done(7),
        RemarkKind::Story("I cut it.\n".to_owned()),
        RemarkKind::Interview("{}".to_owned()),
        RemarkKind::NotDone(u32::MAX),
    ];
    for (at, what) in (103..).zip(remarks) {
        records.push(Remark { id: AttemptId::new(at, 1), made_at_ms: at, slug: slug("gone"), what }.into());
    }
    records
}

#[test]
fn it_takes_what_the_app_writes() {
    check_taken(&validator(), &log::write(&records()));
    check_taken(&validator(), &log::write([]));
    let target = Target { day: 21_000, job: Job::Systems, minutes_a_day: 40 };
    for chosen in [Chosen::default(), Chosen { target: Some(target), ..Chosen::default() }] {
        check_taken(&validator(), &exchange::write(&records().into_iter().collect(), &chosen));
    }
}

#[test]
fn it_takes_what_every_release_wrote() {
    let validator = validator();
    check_taken(&validator, include_str!("data/attempts-v1.json"));
    check_taken(&validator, include_str!("data/attempts-v2.json"));
    check_taken(&validator, include_str!("data/attempts-v3.json"));
    check_taken(&validator, include_str!("data/attempts-v4.json"));
    check_taken(&validator, include_str!("data/attempts-v5.json"));
    check_taken(&validator, include_str!("data/attempts-v6.json"));
}

#[test]
fn it_names_the_app_and_the_version() {
    let properties = &schema()["properties"];
    assert_eq!(properties["app"]["const"], APP);
    assert_eq!(properties["kind"]["const"], ATTEMPTS.kind);
    let versions: Vec<u32> = (1..=ATTEMPTS.version).collect();
    assert_eq!(properties["version"]["enum"], json!(versions));
}

/// The app and the schema are of one mind about a wrong record.
#[test]
fn it_refuses_what_the_app_does_not_read() {
    let validator = validator();
    let attempt = |field: &str, value: Value| {
        let mut record = json!({
            "id": "0192a0000001-0000000000000001", "at": 1, "slug": "gone", "revision": 1,
            "answer": {"choice": {"chosen": [0]}}, "mark": "right", "took": 1, "hints": 0, "mode": "single",
        });
        if !field.is_empty() {
            record[field] = value;
        }
        record
    };
    let answer = |answer: Value| attempt("answer", answer);
    let check = |record: Value, is_right: bool| {
        let export = json!({"app": APP, "kind": ATTEMPTS.kind, "version": ATTEMPTS.version, "data": [record]});
        let read = log::read(&export.to_string()).expect("the envelope is right");
        assert_eq!(read.damaged.is_empty(), is_right, "the app: {record}");
        assert_eq!(validator.is_valid(&export), is_right, "the schema: {record}");
    };
    check(attempt("", Value::Null), true);
    check(attempt("confidence", Value::Null), true);
    check(attempt("added-later", json!([1])), true);
    check(answer(json!({"predict": {"error": {}}})), true);
    for id in ["", "1-1", "0192A0000001-0000000000000001", "00192a0000001-0000000000000001"] {
        check(attempt("id", json!(id)), false);
    }
    for field in ["id", "at", "slug", "revision", "answer", "mark", "took", "mode"] {
        check(attempt(field, Value::Null), false);
        let mut record = attempt("", Value::Null);
        record.as_object_mut().expect("an object").remove(field);
        check(record, false);
    }
    check(attempt("at", json!(-1)), false);
    check(attempt("at", json!(1.5)), false);
    check(attempt("at", json!("1")), false);
    check(attempt("revision", json!(4_294_967_296u64)), false);
    check(attempt("hints", json!("none")), false);
    check(attempt("try", json!(-1)), false);
    check(attempt("mark", json!("fine")), false);
    check(attempt("mode", json!("exam")), false);
    check(attempt("confidence", json!("sure")), false);
    check(attempt("slug", json!(7)), false);
    check(json!([]), false);
    check(json!("record"), false);
    check(answer(json!("choice")), false);
    check(answer(json!({})), false);
    check(answer(json!({"choice": {"chosen": [0]}, "fill": {"picks": []}})), false);
    check(answer(json!({"essay": {"text": ""}})), false);
    check(answer(json!({"choice": {}})), false);
    check(answer(json!({"choice": {"chosen": [-1]}})), false);
    check(answer(json!({"fill": {"picks": [null]}})), false);
    check(answer(json!({"order": {"lines": {"moved": 1}}})), false);
    check(answer(json!({"spot": {"lines": {"stolen": 1}}})), false);
    check(answer(json!({"spot": {"lines": {"moved": null}}})), false);
    check(answer(json!({"predict": "prints"})), false);
    check(answer(json!({"predict": {"prints": {"stdout": null}}})), false);
    check(answer(json!({"predict": {"hangs": {}}})), false);
    check(answer(json!({"predict": {"panics": {"line": "3"}}})), false);
    check(answer(json!({"predict": {"error": {"line": 1, "rule": 382}}})), false);
    let id = "0192a0000001-0000000000000001";
    check(json!({"id": id, "at": 1, "undoes": id}), true);
    check(json!({"id": id, "at": 1, "undoes": "it"}), false);
    check(json!({"id": id, "undoes": id}), false);
    check(json!({"at": 1, "undoes": id}), false);
    check(json!({"id": id, "at": 1, "recounts": id}), true);
    check(json!({"id": id, "at": 1, "recounts": "it"}), false);
    check(json!({"id": id, "recounts": id}), false);
    check(json!({"id": id, "at": 1, "resets": "gone"}), true);
    check(json!({"id": id, "at": 1, "resets": 7}), false);
    check(json!({"at": 1, "resets": "gone"}), false);
    let remark = |what: Value| json!({"id": id, "at": 1, "remarks": "gone", "what": what});
    check(remark(json!("bookmarked")), true);
    check(remark(json!({"note": ""})), true);
    check(remark(json!({"note": 7})), false);
    check(remark(json!({"note": "a", "bookmarked": true})), false);
    check(remark(json!("note")), false);
    check(remark(json!("loved")), false);
    check(remark(json!(true)), false);
    check(json!({"id": id, "at": 1, "remarks": "gone"}), false);
    check(json!({"id": id, "remarks": "gone", "what": "resumed"}), false);
    check(json!({"id": id, "at": 1, "remarks": 7, "what": "resumed"}), false);
}

#[test]
fn it_refuses_other_envelopes() {
    let validator = validator();
    let right = json!({"app": APP, "kind": ATTEMPTS.kind, "version": ATTEMPTS.version, "data": []});
    assert!(validator.is_valid(&right));
    let next = json!(ATTEMPTS.version + 1);
    let wrongs = [("app", json!("other")), ("kind", json!("settings")), ("version", next), ("version", json!(0))];
    for (field, value) in wrongs.into_iter().chain([("data", json!({})), ("data", json!("packed"))]) {
        let mut wrong = right.clone();
        wrong[field] = value.clone();
        assert!(!validator.is_valid(&wrong), "{wrong}");
        assert!(log::read(&wrong.to_string()).is_err(), "{wrong}");
        wrong.as_object_mut().expect("an object").remove(field);
        assert!(!validator.is_valid(&wrong), "without {field}");
    }
}
