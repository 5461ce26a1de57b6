//! What the log says about a learner, by the published formulae.

use crate::common::{catalog, entry, noon, on_day, slug};
use proptest::prelude::*;
use quiz::answer::Answer;
use quiz::attempt::{Attempt, Confidence};
use quiz::catalog::Catalog;
use quiz::discussion::Score;
use quiz::exercise::{CodeResult, SelfAssessment};
use quiz::grading::Mark;
use quiz::learner::activity::activity;
use quiz::learner::calibration::calibration;
use quiz::learner::misconceptions::{self, Belief, Beliefs, Exposed};
use quiz::learner::{Learner, Replay, ReviewContext, hardest, mastery, pace, readiness};
use quiz::listing;
use quiz::log::{AttemptLog, ProblemStatus};
use quiz::practice::{self, Filter};
use quiz::problem::{Kind, Level};

fn library() -> Catalog {
    catalog(vec![
        entry("a", Level::Junior, &["move"]),
        entry("b", Level::Junior, &["move", "copy"]),
        entry("c", Level::Mid, &["drop"]),
    ])
}

fn check<R>(attempts: Vec<Attempt>, day: u64, ask: impl FnOnce(&Learner<'_>) -> R) -> R {
    let (catalog, log): (Catalog, AttemptLog) = (library(), attempts.into_iter().collect());
    ask(&Replay::of(&catalog, &log, &noon(day)).learner(&catalog, &log))
}

fn right(day: u64, name: &str) -> Attempt {
    on_day(day, name, Mark::Right, None)
}

fn wrong(day: u64, name: &str) -> Attempt {
    on_day(day, name, Mark::Wrong, None)
}

fn stated(name: &str, mark: Mark, confidence: Confidence) -> Attempt {
    on_day(1, name, mark, Some(confidence))
}

fn of_concept(attempts: Vec<Attempt>, name: &str, days: &[u32]) -> Vec<f32> {
    let masteries = check(attempts, 30, |learner| mastery::of_concepts(learner, days));
    masteries.into_iter().find(|mastery| mastery.concept == name).expect("it is asked for").over_time
}

/// One step of knowledge tracing by hand: prior 0.2, slip 0.1, guess 0.1 for `predict`, learning 0.15.
#[test]
fn mastery_is_knowledge_tracing_times_recall() {
    let posterior = 0.2 * 0.9 / (0.2 * 0.9 + 0.8 * 0.1);
    let known = posterior + (1.0 - posterior) * 0.15;
    let over_time = of_concept(vec![right(10, "a")], "move", &[9, 10, 12]);
    assert_eq!(over_time[0], 0.0, "nothing was met yet");
    assert!((over_time[1] - known).abs() < 1e-5, "{over_time:?}, by hand {known}");
    assert!((over_time[2] / known - 0.9).abs() < 0.02, "after its stability a tenth is forgotten: {over_time:?}");
    assert_eq!(of_concept(vec![right(9, "a"), wrong(10, "a")], "move", &[10]), [0.0], "a miss is not remembered");
    let guessed = of_concept(vec![stated("a", Mark::Right, Confidence::Guess)], "move", &[1]);
    assert!(guessed[0] < over_time[1], "a guess says less");
}

#[test]
fn a_topic_is_the_mean_of_its_concepts() {
    let topics = check(vec![right(30, "a")], 30, |learner| {
        mastery::of_topics(learner.catalog, &mastery::of_concepts(learner, &[30]))
    });
    let own = of_concept(vec![right(30, "a")], "move", &[30])[0];
    assert_eq!(topics.len(), 1);
    assert!((topics[0].1[0] - own / 3.0).abs() < 1e-6, "two of three concepts were not met");
}

#[test]
fn the_weakest_of_what_was_met_come_first() {
    let weakest = |attempts: Vec<Attempt>, count| -> Vec<String> {
        let weakest = check(attempts, 30, |learner| mastery::weakest(learner, count));
        weakest.into_iter().map(|mastery| mastery.concept).collect()
    };
    assert_eq!(weakest(vec![], 3), [""; 0], "nothing was met");
    assert_eq!(weakest(vec![right(30, "b"), wrong(30, "c")], 3), ["drop", "copy", "move"]);
    assert_eq!(weakest(vec![right(30, "b"), wrong(30, "c")], 1), ["drop"]);
    let well = [right(26, "a"), right(27, "a"), right(28, "a"), right(30, "a")];
    assert_eq!(weakest(well.into(), 3), [""; 0], "what is mastered needs nothing");
    let masteries = check(vec![right(30, "a"), wrong(30, "b")], 30, |learner| mastery::of_concepts(learner, &[30]));
    let order: Vec<&str> =
        mastery::weakest_first(masteries.iter()).iter().map(|mastery| mastery.concept.as_str()).collect();
    assert_eq!(order, ["copy", "move", "drop"], "what was never met is no weakness");
}

/// Who has missed one problem has no weakest concept and no hardest problem yet.
#[test]
fn one_answer_does_not_say_what_is_hard() {
    let weakest = |attempts| check(attempts, 30, |learner| mastery::weakest(learner, 3));
    let is_known: Vec<(String, bool)> =
        weakest(vec![wrong(30, "a")]).iter().map(|weak| (weak.concept.clone(), weak.is_known())).collect();
    assert_eq!(is_known, [("move".to_owned(), false)], "two problems ask for it");
    let both = weakest(vec![wrong(29, "a"), wrong(30, "b")]);
    assert!(both.iter().any(|weak| weak.concept == "move" && weak.is_known()), "{both:?}");

    let order = |attempts| check(attempts, 30, |learner| hardest(learner, 2));
    let both = vec![wrong(30, "b"), wrong(20, "a"), wrong(29, "a")];
    assert_eq!(order(both), [0, 1], "what was missed once comes behind what was missed twice");
    let mended = vec![wrong(30, "b"), wrong(20, "a"), right(29, "a")];
    assert_eq!(order(mended), [1, 0], "what was right at last comes behind what was not");
}

#[test]
fn readiness_is_the_expected_share() {
    let none = check(vec![], 30, readiness::by_level);
    assert_eq!(
        none.iter().map(|readiness| (readiness.level, readiness.met, readiness.problems)).collect::<Vec<_>>(),
        [(Level::Junior, 0, 2), (Level::Mid, 0, 1)]
    );
    assert!((none[0].share - 0.731).abs() < 0.001 && (none[1].share - 0.5).abs() < 0.001, "{none:?}");
    let good = check(vec![right(30, "a"), right(30, "b")], 30, readiness::by_level);
    assert_eq!((good[0].share, good[0].met), (1.0, 2));
    let bad = check(vec![wrong(30, "a"), wrong(30, "b")], 30, readiness::by_level);
    assert!(bad[0].share < none[0].share, "what was just missed is not known because its answer was just read");
}

#[test]
fn the_brier_score_is_the_mean_squared_miss() {
    assert_eq!(check(vec![right(1, "a")], 2, calibration).brier, None);
    let attempts = vec![stated("a", Mark::Right, Confidence::Certain), stated("b", Mark::Partly, Confidence::Certain)];
    let calibration = check(attempts, 2, calibration);
    let certain = calibration.stated[2];
    assert_eq!((certain.answers, certain.right), (2, 1));
    let by_hand = (0.05_f32.powi(2) + 0.95_f32.powi(2)) / 2.0;
    assert!((calibration.brier.expect("two were stated") - by_hand).abs() < 1e-6);
}

#[test]
fn pace_is_measured_against_the_problems_minutes() {
    let took = |name: &str, mark, seconds: u64| Attempt { elapsed_ms: seconds * 1000, ..on_day(1, name, mark, None) };
    let pace = check(
        vec![took("a", Mark::Right, 90), took("b", Mark::Wrong, 181), took("c", Mark::Right, 9999)],
        2,
        pace::pace,
    );
    assert_eq!((pace.bars, pace.right), ([1, 0, 1, 0, 1], [1, 0, 0, 0, 1]));
    assert_eq!(pace.median, Some(1.005));
}

/// Ten taps of who does not know would make every promise of time three times too short.
#[test]
fn who_does_not_know_has_no_pace() {
    let wrong = |day| Attempt { elapsed_ms: 60_000, ..on_day(day, "a", Mark::Wrong, None) };
    let unknown = |day| Attempt { elapsed_ms: 3_000, answer: Answer::Unknown, ..on_day(day, "b", Mark::Wrong, None) };
    let taps = || (1..=12).map(unknown).collect::<Vec<_>>();
    assert_eq!(check(taps(), 30, |learner| learner.seen.len()), 12);
    assert_eq!(check(taps(), 30, pace::pace).median, None);
    assert_eq!(check(taps(), 30, pace::usual), 1.0);
    let with_others = || taps().into_iter().chain((13..=24).map(wrong)).collect::<Vec<_>>();
    assert_eq!(check(with_others(), 30, pace::pace).bars.iter().sum::<usize>(), 12);
    assert!(check(with_others(), 30, pace::usual) > 0.3);
}

#[test]
fn a_streak_is_days_in_a_row_until_today_or_yesterday() {
    let streak = |days: &[u64], today| {
        let attempts = days.iter().map(|day| right(*day, "a")).collect();
        check(attempts, today, |learner| activity(learner, 7).streak)
    };
    assert_eq!(streak(&[], 10), 0);
    assert_eq!(streak(&[10], 10), 1);
    assert_eq!(streak(&[8, 9, 9, 10], 10), 3);
    assert_eq!(streak(&[8, 9], 10), 2, "today is not over");
    assert_eq!(streak(&[7, 8], 10), 0);
    assert_eq!(streak(&[6, 8, 9], 10), 2);
    assert_eq!(streak(&(1..=40).collect::<Vec<_>>(), 40), 40, "further back than what is shown");
    assert_eq!(streak(&[9, 11], 10), 2, "of a clock that was ahead, tomorrow is today");
    assert_eq!(streak(&[9, 12], 10), 1, "what is further ahead does not count yet");
}

#[test]
fn activity_is_counted_by_day() {
    let attempts = vec![right(2, "a"), right(9, "a"), wrong(9, "gone"), right(10, "b")];
    let activity = check(attempts, 10, |learner| activity(learner, 3));
    assert_eq!(activity.days, [0, 2, 1]);
    assert_eq!((activity.today(), activity.of_thirty, activity.active), (1, 2, 3));
}

fn chose(day: u64, name: &str, option: usize) -> Attempt {
    Attempt { answer: Answer::Choice { chosen: [option].into() }, ..wrong(day, name) }
}

#[test]
fn a_belief_is_held_until_it_was_avoided_twice() {
    let belief = |text: &str| Belief { belief: text.to_owned(), ..Belief::default() };
    let exposed = |name: &str, options: &[Option<usize>]| Exposed { slug: slug(name), choices: vec![options.to_vec()] };
    let beliefs = Beliefs {
        beliefs: vec![belief("readable"), belief("copied")],
        problems: vec![
            exposed("a", &[None, Some(0)]),
            exposed("b", &[Some(0), None, Some(1)]),
            exposed("gone", &[Some(1)]),
        ],
    };
    let held = |attempts: Vec<Attempt>| -> Vec<(String, usize)> {
        let held = check(attempts, 20, |learner| misconceptions::held(learner, &beliefs));
        held.into_iter().map(|held| (held.belief.belief, held.times)).collect()
    };
    let readable = |times| ("readable".to_owned(), times);
    assert_eq!(held(vec![]), []);
    assert_eq!(held(vec![chose(1, "a", 1), chose(2, "b", 0), chose(3, "c", 0), chose(3, "gone", 0)]), [readable(2)]);
    let twice = [chose(1, "a", 1), chose(2, "b", 0)];
    let then = |more: &[Attempt]| twice.iter().chain(more).cloned().collect();
    assert_eq!(held(then(&[chose(3, "a", 0)])), [readable(2)]);
    assert_eq!(held(then(&[chose(3, "a", 0), chose(4, "b", 1)])), []);
    assert_eq!(held(then(&[chose(3, "a", 0), chose(4, "b", 0)])), [readable(3)]);
    assert_eq!(held(vec![chose(1, "a", 1)]), [], "once may be a slip");
    let certain = |attempt| Attempt { confidence: Some(Confidence::Certain), ..attempt };
    assert_eq!(held(vec![certain(chose(1, "b", 2))]), [("copied".to_owned(), 1)], "unless one was certain");
    assert_eq!(held(then(&[certain(chose(3, "b", 2))])), [readable(2), ("copied".to_owned(), 1)]);
    assert_eq!(held(vec![chose(1, "a", 77)]), [], "an option that a later release has no more");
}

#[test]
fn a_belief_is_shown_by_what_fills_a_slot() {
    let belief = |text: &str| Belief { belief: text.to_owned(), ..Belief::default() };
    let slots = vec![vec![None, Some(0), Some(1)], vec![None, Some(1)]];
    let beliefs = Beliefs {
        beliefs: vec![belief("by value"), belief("by address")],
        problems: vec![Exposed { slug: slug("a"), choices: slots }],
    };
    let filled = |day, picks: &[usize]| Attempt { answer: Answer::Fill { picks: picks.to_vec() }, ..wrong(day, "a") };
    let held = |attempts: Vec<Attempt>| -> Vec<(String, usize)> {
        let held = check(attempts, 20, |learner| misconceptions::held(learner, &beliefs));
        held.into_iter().map(|held| (held.belief.belief, held.times)).collect()
    };
    let told = |text: &str, times| (text.to_owned(), times);
    assert_eq!(held(vec![filled(1, &[1, 0])]), [], "once may be a slip");
    assert_eq!(held(vec![filled(1, &[1, 0]), filled(2, &[1, 1])]), [told("by value", 2)]);
    assert_eq!(held(vec![filled(1, &[2, 0]), filled(2, &[0, 1])]), [told("by address", 2)], "in whichever slot");
    assert_eq!(held(vec![filled(1, &[0, 1]), filled(2, &[2, 1])]), [told("by address", 2)], "an answer shows it once");
    let twice = || vec![filled(1, &[1, 0]), filled(2, &[1, 0])];
    let then = |more: Vec<Attempt>| twice().into_iter().chain(more).collect();
    assert_eq!(held(then(vec![filled(3, &[0, 0]), filled(4, &[0, 0])])), [], "it was avoided twice");
    assert_eq!(held(vec![filled(1, &[9, 9, 9]), filled(2, &[])]), [], "what a later release has no more");
}

proptest! {
    /// Whatever the log holds, nothing panics and every share is one.
    #[test]
    fn every_share_is_a_share(
        answers in prop::collection::vec((0..4_usize, 0..3_u32, any::<Option<u8>>(), any::<u64>(), any::<u32>(), any::<u64>()), 0..40),
        now in any::<u64>(),
    ) {
        let attempts = answers.into_iter().map(|(problem, mark, confidence, at, hints, took)| {
            let mark = [Mark::Wrong, Mark::Partly, Mark::Right][mark as usize];
            let confidence = confidence.map(|number| Confidence::ALL[usize::from(number) % 3]);
            Attempt { confidence, hints, elapsed_ms: took, ..crate::common::attempt(at, ["a", "b", "c", "gone"][problem], mark) }
        });
        let (catalog, log): (Catalog, AttemptLog) = (library(), attempts.collect());
        let context = quiz::learner::ReviewContext { now, ..noon(0) };
        let replay = Replay::of(&catalog, &log, &context);
        let learner = replay.learner(&catalog, &log);
        let is_share = |share: f32| (0.0..=1.0).contains(&share);
        for problem in 0..3 {
            prop_assert!(is_share(learner.chance(problem)));
        }
        for mastery in mastery::of_concepts(&learner, &[0, 10, learner.today]) {
            prop_assert!(mastery.over_time.iter().all(|share| is_share(*share)), "{:?}", mastery);
        }
        prop_assert!(readiness::by_level(&learner).iter().all(|readiness| is_share(readiness.share)));
        let _ = (calibration(&learner), pace::pace(&learner), activity(&learner, 371), quiz::practice::today(&learner));
    }
}

/// What nobody but the learner has judged decides when a question comes again, and nothing else.
#[test]
fn what_was_scored_by_oneself_is_no_part_of_what_is_known() {
    let library = || {
        let mut library =
            catalog(vec![entry("a", Level::Junior, &["move"]), entry("talk", Level::Junior, &["move", "why"])]);
        let mut problems = library.problems.to_vec();
        (problems[0].kind, problems[1].kind) = (Kind::Write, Kind::Discuss);
        library.problems = problems.into();
        library
    };
    let said = |score| Answer::Discuss { notes: String::new(), scores: vec![score; 4] };
    let code =
        |said| Answer::Write { code: "fn main() {}".to_owned(), result: CodeResult::SelfAssessed(said), runs: 0 };
    let talked = |mark, score| Attempt { answer: said(score), ..on_day(9, "talk", mark, None) };
    let ask = |attempts: Vec<Attempt>| {
        let (library, log): (Catalog, AttemptLog) = (library(), attempts.into_iter().collect());
        let replay = Replay::of(&library, &log, &noon(10));
        let learner = replay.learner(&library, &log);
        let masteries = mastery::of_concepts(&learner, &[10]);
        let names: Vec<String> = masteries.iter().map(|mastery| mastery.concept.clone()).collect();
        assert_eq!(names, ["move"], "a concept that is only talked about is not mastered or unmastered");
        let chance = learner.chance(0);
        (masteries, readiness::by_level(&learner), pace::pace(&learner), hardest(&learner, 5), chance)
    };
    let nothing = ask(Vec::new());
    for attempt in [talked(Mark::Wrong, Score::No), talked(Mark::Right, Score::Yes)] {
        assert_eq!(ask(vec![attempt]), nothing);
    }
    // The same of a program that somebody else's compiler judged, as the learner says.
    let ran = |mark, how| ask(vec![Attempt { answer: code(how), ..on_day(9, "a", mark, None) }]);
    assert_eq!(ran(Mark::Right, SelfAssessment::AllPassed), nothing);
    assert_eq!(ran(Mark::Wrong, SelfAssessment::Failed), nothing);
    // What was proven before stays known.
    let proven = ask(vec![right(8, "a")]);
    let said_since = Attempt { answer: code(SelfAssessment::Failed), ..on_day(9, "a", Mark::Wrong, None) };
    assert_ne!(proven, nothing);
    assert_eq!(ask(vec![right(8, "a"), said_since]), proven);
    let (library, log): (Catalog, AttemptLog) =
        (library(), vec![talked(Mark::Right, Score::Yes)].into_iter().collect());
    let replay = Replay::of(&library, &log, &noon(10));
    assert!(!replay.learner(&library, &log).cards[1].is_new(), "it comes again");
}

#[test]
fn an_interview_under_way_is_not_judged_before_its_end() {
    let [before, within, other] = [right(1, "a"), wrong(9, "b"), wrong(9, "a")];
    let (catalog, log) = (library(), [&before, &within, &other].map(Clone::clone).into_iter().collect::<AttemptLog>());
    let ask = |withheld: &[&Attempt]| {
        let withheld = withheld.iter().map(|attempt| attempt.id).collect();
        let replay = Replay::of(&catalog, &log, &ReviewContext { withheld, ..noon(30) });
        let learner = replay.learner(&catalog, &log);
        let known = listing::known(&learner, &log);
        let statuses: Vec<ProblemStatus> = known.iter().map(|known| known.status).collect();
        let due: Vec<bool> = known.iter().map(|known| known.is_due).collect();
        assert!(known.iter().all(|known| !known.is_suspended), "the learner has suspended nothing");
        let queue = practice::queue(&learner, &Filter::default(), 1);
        (statuses, due, practice::today(&learner).due.len(), queue.contains(&within.slug), learner.days.len())
    };
    let [new, right, wrong] = [ProblemStatus::New, ProblemStatus::Right, ProblemStatus::Wrong];
    let is_over = (vec![wrong, wrong, new], vec![true, true, false], 2, true, 3);
    assert_eq!(ask(&[]), is_over);
    let is_under_way = (vec![right, new, new], vec![false, false, false], 0, false, 3);
    assert_eq!(ask(&[&within, &other]), is_under_way, "nothing is told, nothing asked again, but a day is a day");
}

/// A clock that was ahead for a while puts a day behind the next one.
#[test]
fn days_that_come_out_of_order_count_once() {
    let named = |at: u64, day: u64| Attempt {
        answered_at_ms: on_day(day, "a", Mark::Right, None).answered_at_ms,
        ..right(at, "a")
    };
    let activity = check(vec![named(1, 9), named(2, 8), named(3, 9)], 9, |learner| activity(learner, 7));
    assert_eq!((activity.active, activity.streak, activity.of_thirty), (2, 2, 2));
}
