//! A right answer is right however it is spaced or ordered; no answer whatever makes grading panic.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::records::any_code_result;
use crate::common::{option, questions, slot, snippet};
use proptest::prelude::*;
use quiz::answer::{Answer, Prediction};
use quiz::discussion::{Discussion, Score};
use quiz::grading::{Aspect, Graded, Mark, grade};
use quiz::problem::{ExpectedOutcome, Outcome, Outcomes, Question, RoleLine, Row};
use quiz::role::Role;
use quiz::rule::{self, Code};
use quiz::verdict::Verdict;

fn prints(stdout: &str) -> Question {
    Question::Predict {
        expected: ExpectedOutcome::Prints { stdout: stdout.to_owned() },
        rules: Vec::new(),
        titles: BTreeMap::new(),
    }
}

fn error(code: &str, line: u32) -> Question {
    Question::Predict {
        expected: ExpectedOutcome::Error { code: code.into(), line },
        rules: Vec::new(),
        titles: BTreeMap::new(),
    }
}

fn says_prints(stdout: &str) -> Answer {
    Answer::Predict(Prediction::Prints { stdout: stdout.to_owned() })
}

fn says_error(code: &str, line: u32) -> Answer {
    Answer::Predict(Prediction::Error { line: Some(line), rule: Some(code.into()) })
}

fn check_grade(question: &Question, answer: &Answer, mark: Mark, summary: &str) -> Graded {
    let graded = grade(question, answer);
    assert_eq!((graded.mark, graded.summary().as_str()), (mark, summary), "{answer:?}");
    graded
}

#[test]
fn a_prediction_is_right_only_in_all_its_parts() {
    let question = error("E0382", 6);
    check_grade(&question, &says_error("E0382", 6), Mark::Right, "Right.");
    check_grade(&question, &says_error("E0505", 6), Mark::Partly, "Right line, wrong rule.");
    check_grade(&question, &says_error("E0382", 5), Mark::Partly, "Right rule, wrong line.");
    check_grade(&question, &says_error("E0505", 5), Mark::Partly, "It does not compile, but for another reason.");
    check_grade(&question, &says_prints(""), Mark::Wrong, "Incorrect: it does not compile.");
    let missing = Answer::Predict(Prediction::Error { line: None, rule: None });
    check_grade(&question, &missing, Mark::Partly, "It does not compile, but for another reason.");
}

#[test]
fn a_panic_needs_its_line() {
    let question =
        Question::Predict { expected: ExpectedOutcome::Panics { line: 4 }, rules: Vec::new(), titles: BTreeMap::new() };
    let says = |line| Answer::Predict(Prediction::Panics { line });
    check_grade(&question, &says(Some(4)), Mark::Right, "Right.");
    check_grade(&question, &says(Some(5)), Mark::Partly, "It panics, but on another line.");
    check_grade(&question, &says(None), Mark::Partly, "It panics, but on another line.");
    check_grade(&question, &says_prints("4"), Mark::Wrong, "Incorrect: it panics.");
}

#[test]
fn undefined_behaviour_needs_its_line() {
    let question = Question::Predict {
        expected: ExpectedOutcome::Undefined { line: 4 },
        rules: Vec::new(),
        titles: BTreeMap::new(),
    };
    let says = |line| Answer::Predict(Prediction::Undefined { line });
    check_grade(&question, &says(Some(4)), Mark::Right, "Right.");
    check_grade(&question, &says(Some(5)), Mark::Partly, "It has undefined behaviour, but on another line.");
    check_grade(&question, &says_prints("4"), Mark::Wrong, "Incorrect: it has undefined behaviour.");
    let panics = Answer::Predict(Prediction::Panics { line: Some(4) });
    check_grade(&question, &panics, Mark::Wrong, "Incorrect: it has undefined behaviour.");
}

#[test]
fn lines_count_and_spaces_between_words_count() {
    let question = prints("first 1\nsecond [2, 3]\n");
    check_grade(&question, &says_prints("first 1\r\nsecond [2,3]\n\n"), Mark::Right, "Right.");
    check_grade(&question, &says_prints("first 1 second [2, 3]"), Mark::Partly, "It runs, but prints something else.");
    check_grade(&question, &says_prints("first1\nsecond [2, 3]"), Mark::Partly, "It runs, but prints something else.");
    check_grade(&prints("\n\nlast\n"), &says_prints("last"), Mark::Partly, "It runs, but prints something else.");
    check_grade(&prints("\"a\" it's\n"), &says_prints("“a” it’s"), Mark::Right, "Right.");
    check_grade(&prints(""), &says_prints(" \n"), Mark::Right, "Right.");
}

#[test]
fn choosing_everything_gains_nothing() {
    let options = vec![option(true), option(false), option(true), option(false)];
    let question = Question::Choice { several: true, options };
    let chosen = |indexes: &[usize]| Answer::Choice { chosen: indexes.iter().copied().collect() };
    check_grade(&question, &chosen(&[0, 2]), Mark::Right, "Right.");
    check_grade(&question, &chosen(&[0]), Mark::Partly, "Partly right: 1 of 2.");
    check_grade(&question, &chosen(&[0, 1, 2, 3]), Mark::Wrong, "Incorrect.");
    check_grade(&question, &chosen(&[]), Mark::Wrong, "Incorrect.");
    check_grade(&question, &chosen(&[0, 99]), Mark::Partly, "Partly right: 1 of 2.");
}

#[test]
fn each_role_is_graded() {
    let roles = vec![RoleLine { role: Role::LoanStarts, line: 3 }, RoleLine { role: Role::Moved, line: 5 }];
    let question = Question::Spot { roles };
    let says = |lines: &[(Role, u32)]| Answer::Spot { lines: lines.iter().copied().collect() };
    let graded = check_grade(
        &question,
        &says(&[(Role::LoanStarts, 3), (Role::Moved, 4)]),
        Mark::Partly,
        "Partly right: 1 of 2.",
    );
    assert_eq!(graded.is_right(Aspect::Role(Role::LoanStarts)), Some(true));
    assert_eq!(graded.is_right(Aspect::Role(Role::Moved)), Some(false));
    check_grade(&question, &says(&[(Role::Moved, 5), (Role::LoanStarts, 3)]), Mark::Right, "Right.");
    check_grade(&question, &says(&[]), Mark::Wrong, "Incorrect.");
}

/// Everything that can become of an assembled program.
fn outcomes(of: Vec<usize>) -> Outcomes {
    let stdout = "3 jobs\n".to_owned();
    let error = Verdict::Error { errors: Vec::new() };
    let panics = Verdict::Panics { line: 9, message: "left".to_owned(), stdout: String::new() };
    let outcome = |accepted, checked, verdict: &Verdict| Outcome { accepted, checked, verdict: verdict.clone() };
    let outcomes = vec![
        outcome(true, false, &Verdict::Prints { stdout: stdout.clone() }),
        outcome(false, false, &Verdict::Prints { stdout }),
        outcome(false, false, &error),
        outcome(false, true, &error),
        outcome(false, false, &panics),
        outcome(false, true, &panics),
    ];
    Outcomes { outcomes, of }
}

#[test]
fn an_assembled_program_is_right_if_it_passes_and_else_its_fate_is_told() {
    let choices = ["a", "b", "c", "d", "e", "f"];
    let fill = Question::Fill { slots: vec![slot(&choices)], outcomes: outcomes(vec![1, 0, 2, 3, 4, 5]) };
    let picks = |pick| Answer::Fill { picks: vec![pick] };
    check_grade(&fill, &picks(1), Mark::Right, "Right.");
    check_grade(&fill, &picks(0), Mark::Wrong, "It compiles, but prints something else.");
    check_grade(&fill, &picks(2), Mark::Wrong, "It does not compile.");
    check_grade(&fill, &picks(3), Mark::Wrong, "It compiles, but not together with the check.");
    check_grade(&fill, &picks(4), Mark::Wrong, "It panics.");
    check_grade(&fill, &picks(5), Mark::Wrong, "It compiles, but fails the check.");
    check_grade(&fill, &picks(6), Mark::Wrong, "Incorrect.");
    check_grade(&fill, &Answer::Fill { picks: Vec::new() }, Mark::Wrong, "Incorrect.");

    let rows = vec![Row::Gap, Row::Gap];
    let order = Question::Order { rows, lines: ["a", "b"].map(snippet).to_vec(), outcomes: outcomes(vec![2, 0]) };
    check_grade(&order, &Answer::Order { lines: vec![1, 0] }, Mark::Right, "Right.");
    check_grade(&order, &Answer::Order { lines: vec![0, 1] }, Mark::Wrong, "It does not compile.");
    check_grade(&order, &picks(0), Mark::Wrong, "Incorrect.");
}

#[test]
fn an_answer_of_another_kind_is_wrong() {
    check_grade(&prints("1"), &Answer::Choice { chosen: BTreeSet::new() }, Mark::Wrong, "Incorrect.");
}

#[test]
fn a_rule_without_a_sentence_of_the_app_is_told_in_rustcs_words() {
    let (known, titled, bare) = (Code::from("E0382"), Code::from("E0700"), Code::from("higher-ranked lifetime error"));
    let question = Question::Predict {
        expected: ExpectedOutcome::Error { code: titled.clone(), line: 2 },
        rules: vec![known.clone(), titled.clone(), bare.clone()],
        titles: BTreeMap::from([(titled, "A hidden type captures a lifetime".to_owned())]),
    };
    let told = |rule: &Code| {
        let answer = Answer::Predict(Prediction::Error { line: Some(2), rule: Some(rule.clone()) });
        let part = grade(&question, &answer).parts.pop().expect("the part about the rule");
        assert_eq!((part.aspect, part.expected.as_str()), (Aspect::Rule, "A hidden type captures a lifetime"));
        (part.right, part.given)
    };
    assert_eq!(told(&known), (false, "A value is used after it was moved".to_owned()));
    assert_eq!(told(&bare), (false, "higher-ranked lifetime error".to_owned()));
    assert_eq!(told(&Code::from("E0700")), (true, "A hidden type captures a lifetime".to_owned()));
}

#[test]
fn every_rule_that_is_offered_has_a_sentence_and_the_right_one_is_among_them() {
    for code in rule::known_codes() {
        let offered = rule::offer(Some(&code), 7);
        assert!(offered.contains(&code), "{code} is not offered");
        assert_eq!(offered.iter().collect::<BTreeSet<_>>().len(), rule::RULES_OFFERED, "{code}: {offered:?}");
        assert!(offered.iter().all(|code| rule::sentence(code).is_some()));
    }
    assert_eq!(rule::offer(None, 1).len(), rule::RULES_OFFERED);
    assert_eq!(rule::known_codes().collect::<BTreeSet<_>>().len(), rule::known_codes().count(), "a code stands twice");
}

/// Whoever always taps the first rule, or the one that is of another family, learns nothing.
#[test]
fn the_right_rule_stands_anywhere_among_its_kin() {
    let about_names: BTreeSet<Code> =
        ["E0423", "E0425", "E0433", "E0255", "E0603", "E0616"].map(Code::from).into_iter().collect();
    let right = Code::from("E0433");
    let offers: Vec<Vec<Code>> = (0..200).map(|seed| rule::offer(Some(&right), seed)).collect();
    assert!(
        (0..200).all(|seed| rule::offer(Some(&right), seed) == offers[seed as usize]),
        "a seed gives one offer only"
    );

    let places: BTreeSet<_> = offers.iter().map(|offer| offer.iter().position(|code| *code == right)).collect();
    assert_eq!(places, (0..rule::RULES_OFFERED).map(Some).collect());
    let offered: BTreeSet<Code> = offers.into_iter().flatten().collect();
    assert_eq!(offered, about_names, "each of its family comes at some time, and no other");
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let role = (0..Role::ALL.len()).prop_map(|index| Role::ALL[index]);
    prop_oneof![
        proptest::collection::btree_set(0..20usize, 0..6).prop_map(|chosen| Answer::Choice { chosen }),
        any::<String>().prop_map(|stdout| Answer::Predict(Prediction::Prints { stdout })),
        (any::<Option<u32>>(), proptest::option::of(any::<String>()))
            .prop_map(|(line, rule)| { Answer::Predict(Prediction::Error { line, rule: rule.map(Code) }) }),
        any::<Option<u32>>().prop_map(|line| Answer::Predict(Prediction::Panics { line })),
        proptest::collection::btree_map(role, any::<u32>(), 0..6).prop_map(|lines| Answer::Spot { lines }),
        proptest::collection::vec(any::<u8>(), 0..4)
            .prop_map(|picks| Answer::Fill { picks: picks.into_iter().map(usize::from).collect() }),
        proptest::collection::vec(0..5usize, 0..4).prop_map(|lines| Answer::Order { lines }),
        any_code_result().prop_map(|result| Answer::Write { code: String::new(), result, runs: 0 }),
        proptest::collection::vec(proptest::sample::select(&Score::ALL[..]), 0..8)
            .prop_map(|scores| Answer::Discuss { notes: String::new(), scores }),
    ]
}

fn any_question() -> impl Strategy<Value = Question> {
    prop_oneof![
        (any::<bool>(), proptest::collection::vec(any::<bool>(), 0..6)).prop_map(|(several, rights)| {
            Question::Choice { several, options: rights.into_iter().map(option).collect() }
        }),
        any::<String>().prop_map(|stdout| prints(&stdout)),
        any::<(String, u32)>().prop_map(|(code, line)| error(&code, line)),
        proptest::collection::vec(any::<u32>(), 0..4).prop_map(|lines| Question::Spot {
            roles: Role::ALL.into_iter().zip(lines).map(|(role, line)| RoleLine { role, line }).collect(),
        }),
        proptest::collection::vec(0..6usize, 0..9)
            .prop_map(|of| Question::Fill { slots: vec![slot(&["&jobs", "jobs"])], outcomes: outcomes(of) }),
        proptest::collection::vec(0..6usize, 0..9).prop_map(|of| Question::Order {
            rows: vec![Row::Gap, Row::Gap],
            lines: ["a", "b", "c"].map(snippet).to_vec(),
            outcomes: outcomes(of)
        }),
        Just(questions::write()),
    ]
}

proptest! {
    #[test]
    fn no_answer_makes_grading_panic(question in any_question(), answer in any_answer()) {
        let graded = grade(&question, &answer);
        prop_assert!(!graded.summary().is_empty());
        prop_assert_eq!(graded.mark == Mark::Right && graded.parts.is_empty() && question_asks(&question), false);
    }

    #[test]
    fn an_output_is_right_however_it_is_spaced(
        lines in proptest::collection::vec("[ -~]{0,20}", 0..6),
        seed in any::<u64>(),
    ) {
        let stdout = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>();
        let typed = respaced(&stdout, seed);
        prop_assert_eq!(grade(&prints(&stdout), &says_prints(&typed)).mark, Mark::Right, "{:?} for {:?}", typed, stdout);
    }

    #[test]
    fn another_word_is_never_right(word in "[a-z]{1,8}", other in "[a-z]{1,8}") {
        prop_assume!(word != other);
        let graded = grade(&prints(&format!("key {word}\n")), &says_prints(&format!("key {other}")));
        prop_assert_eq!(graded.mark, Mark::Partly);
    }

    #[test]
    fn a_spot_is_right_in_any_order_of_tapping(lines in proptest::collection::vec(1..100u32, 2..4), reverse in any::<bool>()) {
        let roles: Vec<RoleLine> =
            Role::ALL.into_iter().zip(&lines).map(|(role, line)| RoleLine { role, line: *line }).collect();
        let mut taps = roles.clone();
        if reverse { taps.reverse(); }
        let lines: BTreeMap<Role, u32> = taps.into_iter().map(|tap| (tap.role, tap.line)).collect();
        prop_assert_eq!(grade(&Question::Spot { roles }, &Answer::Spot { lines }).mark, Mark::Right);
    }
}

fn question_asks(question: &Question) -> bool {
    match question {
        Question::Choice { options, .. } => options.iter().any(|option| option.right),
        Question::Spot { roles } => !roles.is_empty(),
        Question::Predict { .. } => true,
        // What a learner says of themself has no parts.
        Question::Write(_) | Question::Discuss(_) => false,
        Question::Fill { outcomes, .. } | Question::Order { outcomes, .. } => !outcomes.of.is_empty(),
    }
}

/// The same text with white space added where it does not part words, and at the ends of lines.
fn respaced(text: &str, seed: u64) -> String {
    let mut bits = seed;
    let mut spaced = String::new();
    for c in text.chars() {
        bits = bits.rotate_left(7).wrapping_mul(0x5851_f42d_4c95_7f2d);
        let is_punctuation = !c.is_alphanumeric() && c != '_';
        if bits & 1 == 1 && is_punctuation {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    if seed & 1 == 1 {
        spaced.push_str("\n\n");
    }
    spaced
}

#[test]
fn what_is_scored_by_oneself_is_graded_by_its_points() {
    let Question::Discuss(discussion) = questions::discuss() else { panic!("it is one") };
    let rows = |count: usize| {
        Question::Discuss(Discussion { rubric: vec![discussion.rubric[0].clone(); count], ..discussion.clone() })
    };
    let check = |scores: &[Score], mark: Mark, summary: &str| {
        let answer = Answer::Discuss { notes: "why".to_owned(), scores: scores.to_vec() };
        let graded = grade(&rows(scores.len()), &answer);
        assert_eq!((graded.mark, graded.summary().as_str()), (mark, summary), "{scores:?}");
        assert!(answer.is_self_assessed());
    };
    use Score::{No, Partly, Yes};
    check(&[Yes, Yes, Yes, Yes, No], Mark::Right, "You gave yourself 8 of 10 points.");
    check(&[Yes, Yes, Yes, Partly, No], Mark::Partly, "You gave yourself 7 of 10 points.");
    check(&[Yes, Yes, No, No, No], Mark::Partly, "You gave yourself 4 of 10 points.");
    check(&[Yes, Partly, No, No, No], Mark::Wrong, "You gave yourself 3 of 10 points.");
    check(&[No, No], Mark::Wrong, "You gave yourself 0 of 4 points.");
    let graded = grade(&rows(2), &Answer::Discuss { notes: String::new(), scores: vec![Yes, Yes, Yes] });
    assert_eq!((graded.mark, graded.parts.len()), (Mark::Right, 2), "scores of rows that are gone count nothing");
    let graded = grade(&rows(3), &Answer::Discuss { notes: String::new(), scores: vec![Yes] });
    assert_eq!(graded.mark, Mark::Wrong, "a row without a score has none");
}
