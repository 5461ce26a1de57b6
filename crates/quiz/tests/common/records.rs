//! Any record there can be, and records as learners make them.

use proptest::prelude::*;
use quiz::answer::{Answer, Prediction};
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode, Record, Recount, Remark, RemarkKind, Reset, Undo};
use quiz::discussion::Score;
use quiz::exercise::{CodeResult, FailureKind, Rejection, SelfAssessment, TestFailure};
use quiz::grading::Mark;
use quiz::role::Role;
use quiz::rule::{self, Code};
use quiz::shuffle::{Shuffle, seed_of};

use super::slug;

/// Any record whatever: extreme numbers and texts of any characters.
pub fn any_record() -> impl Strategy<Value = Record> {
    prop_oneof![
        6 => any_attempt().prop_map(Record::Attempt),
        1 => (any_id(), any_at(), any_id()).prop_map(|(id, at, of)| Undo { id, undone_at_ms: at, of }.into()),
        1 => (any_id(), any_at(), any_id()).prop_map(|(id, at, of)| Recount { id, recounted_at_ms: at, of }.into()),
        1 => (any_id(), any_at(), any_text())
            .prop_map(|(id, at, name)| Reset { id, reset_at_ms: at, slug: slug(&name) }.into()),
        2 => (any_id(), any_at(), any_text(), any_remark())
            .prop_map(|(id, at, name, what)| Remark { id, made_at_ms: at, slug: slug(&name), what }.into()),
    ]
}

/// Whatever can be said of a problem; notes may be longer than any that is made.
pub fn any_remark() -> impl Strategy<Value = RemarkKind> {
    prop_oneof![
        Just(RemarkKind::Bookmarked),
        Just(RemarkKind::NotBookmarked),
        Just(RemarkKind::Suspended),
        Just(RemarkKind::Resumed),
        any_text().prop_map(RemarkKind::Note),
        any::<u32>().prop_map(RemarkKind::Done),
        any_text().prop_map(RemarkKind::Story),
        any_text().prop_map(RemarkKind::Interview),
        any::<u32>().prop_map(RemarkKind::NotDone),
        (any_text(), 1..400usize).prop_map(|(text, times)| RemarkKind::Note(text.repeat(times))),
    ]
}

fn any_at() -> impl Strategy<Value = u64> {
    any::<u64>()
}

fn any_id() -> impl Strategy<Value = AttemptId> {
    let number = prop_oneof![0..100u64, 1_732_250_000_000..1_732_260_000_000u64, any::<u64>()];
    let random = prop_oneof![3 => any::<u32>().prop_map(u64::from), 1 => any::<u64>()];
    (number, random).prop_map(|(time, random)| AttemptId { time, random })
}

pub fn any_attempt() -> impl Strategy<Value = Attempt> {
    let confidence = prop::option::of(prop::sample::select(&Confidence::ALL[..]));
    let marks = prop::sample::select(&[Mark::Wrong, Mark::Partly, Mark::Right][..]);
    let modes = prop::sample::select(&[Mode::Practice, Mode::Single, Mode::Interview][..]);
    let count = || prop_oneof![0..3u32, any::<u32>()];
    let own = (any_id(), any::<Option<u64>>(), any_text(), any_answer());
    (own, marks, confidence, modes, (count(), any::<u64>(), count(), count())).prop_map(
        |((id, at, name, answer), mark, confidence, mode, (revision, elapsed_ms, hints, try_number))| Attempt {
            id,
            answered_at_ms: at.unwrap_or(id.time),
            slug: slug(&name),
            revision,
            answer,
            mark,
            elapsed_ms,
            hints,
            confidence,
            mode,
            try_number,
        },
    )
}

pub fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![Just("gone".to_owned()), Just("E0382".to_owned()), "[=+@',;\"\t\r\n -]{0,4}", any::<String>()]
}

pub fn any_answer() -> impl Strategy<Value = Answer> {
    let index = || prop_oneof![4 => 0..8usize, 1 => 0..100usize, 1 => 0..=u32::MAX as usize];
    let line = || any::<Option<u32>>();
    let roles = prop::sample::select(&Role::ALL[..]);
    prop_oneof![
        prop::collection::btree_set(index(), 0..5).prop_map(|chosen| Answer::Choice { chosen }),
        any_text().prop_map(|stdout| Answer::Predict(Prediction::Prints { stdout })),
        (line(), prop::option::of(any_text()))
            .prop_map(|(line, rule)| Answer::Predict(Prediction::Error { line, rule: rule.map(Code) })),
        line().prop_map(|line| Answer::Predict(Prediction::Panics { line })),
        line().prop_map(|line| Answer::Predict(Prediction::Undefined { line })),
        prop::collection::btree_map(roles, any::<u32>(), 0..5).prop_map(|lines| Answer::Spot { lines }),
        prop::collection::vec(index(), 0..7).prop_map(|picks| Answer::Fill { picks }),
        prop::collection::vec(index(), 0..9).prop_map(|lines| Answer::Order { lines }),
        (any_text(), any_code_result(), any::<u32>()).prop_map(|(code, result, runs)| Answer::Write {
            code,
            result,
            runs
        }),
        (any_text(), prop::collection::vec(prop::sample::select(&Score::ALL[..]), 0..8))
            .prop_map(|(notes, scores)| Answer::Discuss { notes, scores }),
        Just(Answer::Unknown),
    ]
}

/// Whatever can become of a program.
pub fn any_code_result() -> impl Strategy<Value = CodeResult> {
    let kind = prop::sample::select(&FailureKind::ALL[..]);
    let failure = (any_text(), kind, any_text(), any::<Option<u32>>())
        .prop_map(|(test, how, message, line)| TestFailure { test, how, message, line });
    let said = [SelfAssessment::Failed, SelfAssessment::SomePassed, SelfAssessment::AllPassed];
    prop_oneof![
        (prop::option::of(any_text()), any_text(), any::<Option<u32>>()).prop_map(|(code, message, line)| {
            CodeResult::Rejected(Rejection { code: code.map(Code), message, line })
        }),
        (prop::collection::vec(failure, 0..4), any::<u32>())
            .prop_map(|(failures, tests)| CodeResult::Tested { failures, tests }),
        prop::sample::select(said.to_vec()).prop_map(CodeResult::SelfAssessed),
    ]
}

/// Random numbers from a seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 += 1;
        seed_of("dice", self.0) % sides
    }
}

/// What a learner answers who does `count` problems, out of `problems`, in sittings of about 30 with hours between them:
/// answers of all kinds, with confidence, some wrong, a few with hints or further tries, a few undone. Oldest first.
pub fn years_of_answers(count: usize, problems: u64) -> Vec<Record> {
    let mut dice = Dice::new(7);
    let slugs: Vec<_> = (0..problems).map(|place| slug(&format!("problem-number-{place:04}"))).collect();
    let mut records: Vec<Record> = Vec::with_capacity(count);
    let mut now = 1_732_250_000_000;
    while records.len() < count {
        now += if dice.roll(30) == 0 { 3_600_000 + dice.roll(80_000_000) } else { 5_000 + dice.roll(200_000) };
        let id = AttemptId::new(now, dice.roll(1 << 32));
        if dice.roll(200) == 0
            && let Some(last) = records.last()
        {
            let undo = Undo { id, undone_at_ms: now, of: last.id() };
            records.push(undo.into());
            continue;
        }
        let problem = dice.roll(problems);
        let mark = [Mark::Right, Mark::Right, Mark::Right, Mark::Partly, Mark::Wrong][dice.roll(5) as usize];
        let answer = answer_of(problem, mark, &mut dice);
        let mode = if dice.roll(10) == 0 { Mode::Single } else { Mode::Practice };
        records.push(Record::Attempt(Attempt {
            id,
            answered_at_ms: now,
            slug: slugs[problem as usize].clone(),
            revision: 1 + u32::from(problem.is_multiple_of(20)),
            try_number: if dice.roll(20) == 0 { 2 } else { 1 },
            mark,
            elapsed_ms: 3_000 + dice.roll(150_000),
            hints: u32::from(dice.roll(12) == 0),
            confidence: Some(Confidence::ALL[dice.roll(3) as usize]),
            mode,
            answer,
        }));
    }
    records
}

fn answer_of(problem: u64, mark: Mark, dice: &mut Dice) -> Answer {
    let wrong = if mark == Mark::Right { 0 } else { 1 + dice.roll(4) };
    let line = Some(4 + (problem % 20 + wrong) as u32);
    let codes: Vec<Code> = rule::known_codes().collect();
    match problem % 8 {
        0 => Answer::Choice { chosen: [wrong as usize].into() },
        1 | 2 => {
            let stdout = format!(
                "len = {}\ncap = {}\n{}",
                problem * 3 + wrong,
                problem * 7,
                "[1, 2, 3]\n".repeat(problem as usize % 3)
            );
            Answer::Predict(Prediction::Prints { stdout })
        }
        3 | 4 => {
            Answer::Predict(Prediction::Error { line, rule: Some(codes[(problem + wrong) as usize % 20].clone()) })
        }
        5 => {
            let roles = [Role::Declared, Role::LoanStarts, Role::Conflict, Role::UsedLater];
            Answer::Spot {
                lines: roles.into_iter().zip(1 + wrong as u32..).map(|(role, line)| (role, line * 2)).collect(),
            }
        }
        6 => Answer::Fill { picks: (0..1 + problem as usize % 3).map(|slot| (slot + wrong as usize) % 4).collect() },
        _ => Answer::Order { lines: Shuffle::new(problem + wrong).order(4 + problem as usize % 4) },
    }
}
