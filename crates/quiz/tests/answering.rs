//! Whatever happens to a question, in whatever order: no answer is lost, graded twice or stored after its feedback.

use std::sync::Arc;

use crate::common::questions::{self, problem};
use proptest::prelude::*;
use quiz::answer::{Answer, Prediction};
use quiz::answering::draft::{
    CODE_LIMIT, Direction, DiscussEdit, FillEdit, LineEdit, NOTES_LIMIT, OrderEdit, PredictEdit, WriteDraft, WriteEdit,
};
use quiz::answering::earlier::{MOST_ANSWERS, Withheld, earlier_answers, earlier_programs};
use quiz::answering::machine::{Nudge, TAKE_BACK_MS};
use quiz::answering::{
    AnswerDraft, Answering, Edit, Effect, Event, FeedbackTiming, Focus, Now, PredictedOutcome, StoredAnswering, Try,
};
use quiz::arrangement::Arrangement;
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode, Record};
use quiz::discussion::Score;
use quiz::exercise::{CodeResult, FailureKind, Rejection, SelfAssessment, TestFailure};
use quiz::grading::{Mark, grade};
use quiz::json;
use quiz::log::AttemptLog;
use quiz::problem::{ExpectedOutcome, Problem, Question, Slug};
use quiz::role::Role;
use quiz::rule::Code;

use FeedbackTiming::{AtOnce, EndOfRound};

/// A question in a browser that does what it is told.
struct World {
    problem: Arc<Problem>,
    timing: FeedbackTiming,
    answering: Answering,
    log: AttemptLog,
    now_ms: u64,
    elapsed_ms: u64,
    clock_runs: bool,
    remembered: Option<String>,
    /// What was stored, in order.
    stored: Vec<Record>,
}

impl World {
    fn of(question: Question, timing: FeedbackTiming) -> World {
        let (problem, log) = (problem(question), AttemptLog::default());
        let answering = Answering::start(Arc::clone(&problem), Mode::Practice, timing, &log);
        World {
            problem,
            timing,
            answering,
            log,
            now_ms: 1_000,
            elapsed_ms: 0,
            clock_runs: true,
            remembered: None,
            stored: Vec::new(),
        }
    }

    fn send(&mut self, event: Event) -> Vec<Effect> {
        self.now_ms += 10;
        self.elapsed_ms += if self.clock_runs { 10 } else { 0 };
        let now = Now { at_ms: self.now_ms, random: 7, elapsed_ms: self.elapsed_ms, log: &self.log };
        let effects = self.answering.update(event, &now);
        for effect in &effects {
            match effect {
                Effect::Store(record) => {
                    assert!(self.log.insert(record.clone()), "{record:?} has an id of its own");
                    self.stored.push(record.clone());
                }
                Effect::StopClock => self.clock_runs = false,
                Effect::RestartClock => (self.clock_runs, self.elapsed_ms) = (true, 0),
                Effect::Remember(stored) => {
                    self.remembered = Some(serde_json::to_string(stored).expect("a draft is JSON"));
                }
                Effect::Focus(_) => {}
            }
        }
        effects
    }

    fn edits(&mut self, edits: impl IntoIterator<Item = Edit>) -> &mut World {
        edits.into_iter().for_each(|edit| drop(self.send(Event::Edit(edit))));
        self
    }

    fn submits(&mut self) -> Vec<Effect> {
        self.send(Event::Submit(Some(Confidence::Certain)))
    }

    /// The machine as it comes back after a reload.
    fn resumed(&self) -> Answering {
        let stored = self.remembered.as_deref().map_or_else(StoredAnswering::default, |text| {
            json::read(text).unwrap_or_else(|error| panic!("{error}: {text}"))
        });
        Answering::resume(Arc::clone(&self.problem), Mode::Practice, self.timing, stored, &self.log)
    }

    fn attempts(&self) -> Vec<&Attempt> {
        self.stored.iter().filter_map(Record::attempt).collect()
    }
}

fn focus_of(effects: &[Effect]) -> Option<Focus> {
    effects.iter().find_map(|effect| if let Effect::Focus(focus) = effect { Some(*focus) } else { None })
}

fn say(outcome: PredictedOutcome) -> Edit {
    Edit::Predict(PredictEdit::Say(outcome))
}

fn predicted_line(line: u32) -> Edit {
    Edit::Predict(PredictEdit::Line(LineEdit::Pick(line)))
}

/// A program is written, and its tests run.
fn written(code: &str, result: CodeResult) -> Vec<Edit> {
    let code = code.to_owned();
    [WriteEdit::Type(code.clone()), WriteEdit::Ran, WriteEdit::Judged { code, result }].map(Edit::Write).into()
}

fn tested(failures: &[&str]) -> CodeResult {
    let failure = |test: &&str| TestFailure {
        test: (*test).to_owned(),
        how: FailureKind::Panic,
        message: "left: 1, right: 2".to_owned(),
        line: None,
    };
    CodeResult::Tested { failures: failures.iter().map(failure).collect(), tests: 3 }
}

/// Notes are taken, and both rows scored.
fn said(notes: &str, score: Score) -> Vec<Edit> {
    let scores = [0, 1].map(|row| DiscussEdit::Score { row, score });
    let edits = [DiscussEdit::Type(notes.to_owned()), DiscussEdit::Finish];
    edits.into_iter().chain(scores).map(Edit::Discuss).collect()
}

/// A right answer to each of [`questions::all`], and a wrong one.
fn right_and_wrong(question: &Question) -> (Vec<Edit>, Vec<Edit>) {
    use PredictedOutcome as P;
    let spot = |line| Edit::Spot(LineEdit::Pick(line));
    let fill = |choice| Edit::Fill(FillEdit::Choose(choice));
    let put = |line| Edit::Order(OrderEdit::PutFirst(line));
    match question {
        Question::Choice { several: false, .. } => (vec![Edit::Choose(1)], vec![Edit::Choose(2)]),
        Question::Choice { .. } => (vec![Edit::Choose(0), Edit::Choose(1)], vec![Edit::Choose(2)]),
        Question::Predict { expected, .. } => {
            let right = match expected {
                ExpectedOutcome::Prints { stdout } => {
                    vec![say(P::Prints), Edit::Predict(PredictEdit::TypeStdout(stdout.clone()))]
                }
                ExpectedOutcome::Error { code, line } => {
                    vec![say(P::Error), predicted_line(*line), Edit::Predict(PredictEdit::ChooseRule(code.clone()))]
                }
                ExpectedOutcome::Panics { line } => vec![say(P::Panics), predicted_line(*line)],
                ExpectedOutcome::Undefined { line } => vec![say(P::Undefined), predicted_line(*line)],
            };
            let wrong = match expected {
                ExpectedOutcome::Panics { .. } => vec![say(P::Undefined), predicted_line(1)],
                _ => vec![say(P::Panics), predicted_line(1)],
            };
            (right, wrong)
        }
        Question::Spot { .. } => (vec![spot(3), spot(4)], vec![spot(1), spot(2)]),
        Question::Fill { .. } => (vec![fill(1), fill(0)], vec![fill(0), fill(0)]),
        Question::Order { .. } => (vec![put(1), put(0)], vec![put(0), put(1)]),
        Question::Write(_) => {
            (written("right", tested(&[])), written("wrong", CodeResult::Rejected(Rejection::default())))
        }
        Question::Discuss(_) => (said("why", Score::Yes), said("so", Score::No)),
    }
}

fn may_be_retried(question: &Question) -> bool {
    matches!(question, Question::Fill { .. } | Question::Order { .. } | Question::Write(_))
}

/// Who has run the tests is not asked how sure they are.
fn may_be_guessed(question: &Question) -> bool {
    !matches!(question, Question::Write(_) | Question::Discuss(_))
}

/// What is stored of a confidence that was stated.
fn certain(question: &Question) -> Option<Confidence> {
    may_be_guessed(question).then_some(Confidence::Certain)
}

#[test]
fn a_right_answer_is_stored_and_then_shown() {
    for question in questions::all() {
        let mut world = World::of(question.clone(), AtOnce);
        let (right, _) = right_and_wrong(&question);
        assert_eq!(world.answering.may_ask_confidence(), may_be_guessed(&question));
        let effects = world.edits(right).submits();
        let [Effect::Store(Record::Attempt(attempt)), Effect::StopClock, Effect::Remember(_), Effect::Focus(focus)] =
            &effects[..]
        else {
            panic!("{effects:?}")
        };
        assert_eq!(*focus, Focus::Verdict);
        assert_eq!((attempt.mark, attempt.try_number, attempt.revision), (Mark::Right, 1, 3), "{question:?}");
        assert_eq!((attempt.confidence, attempt.hints), (certain(&question), 0));
        assert_eq!((attempt.answered_at_ms, attempt.elapsed_ms), (world.now_ms, world.elapsed_ms));
        assert_eq!(attempt.id, AttemptId::new(world.now_ms, 7));
        assert_eq!(attempt.slug, world.problem.slug);
        let Try { answer, graded, number } = world.answering.feedback().expect("it is answered").clone();
        assert_eq!((&answer, graded.mark, number), (&attempt.answer, Mark::Right, 1));
        assert_eq!(world.answering.counted(), Some(attempt.id));
        assert!(!world.answering.may_ask_confidence() && world.answering.is_closed());
        assert_eq!(world.answering.last_try().is_some(), may_be_retried(&question));
    }
}

#[test]
fn a_wrong_answer_is_the_end_or_a_try() {
    for question in questions::all() {
        let mut world = World::of(question.clone(), AtOnce);
        let (right, wrong) = right_and_wrong(&question);
        let effects = world.edits(wrong.clone()).submits();
        assert_eq!(world.attempts()[0].mark, Mark::Wrong, "{question:?}");
        if !may_be_retried(&question) {
            assert!(world.answering.feedback().is_some() && world.answering.last_try().is_none());
            assert_eq!(focus_of(&effects), Some(Focus::Verdict));
            continue;
        }
        assert_eq!(focus_of(&effects), Some(Focus::Trial));
        assert!(!effects.contains(&Effect::StopClock), "time goes on");
        assert!(world.answering.feedback().is_none() && !world.answering.is_closed());
        assert_eq!(world.answering.last_try().map(|last| last.number), Some(1));

        assert_eq!(world.submits(), [], "the same answer is not stored again");
        let words = world.answering.nudge().map(Nudge::words);
        assert_eq!(words, Some("You have tried this already. Change something first."));

        let again: Vec<Edit> = match question {
            Question::Order { .. } => {
                [OrderEdit::TakeOut(0), OrderEdit::TakeOut(1)].map(Edit::Order).into_iter().chain(right).collect()
            }
            Question::Write(_) => right,
            _ => [FillEdit::GoToStep(0), FillEdit::Choose(1)].map(Edit::Fill).to_vec(),
        };
        world.edits(again);
        assert_eq!(world.answering.nudge(), None, "a change takes the nudge away");
        world.submits();
        let second = world.attempts()[1];
        assert_eq!((second.mark, second.try_number, second.confidence), (Mark::Right, 2, None));
        assert_eq!(world.answering.counted(), Some(world.attempts()[0].id), "the first one counts");
        assert_eq!(world.answering.feedback().map(|last| last.number), Some(2));
    }
}

/// It is an answer like others: graded, stored, to be taken back, and followed by further tries that do not count.
#[test]
fn who_does_not_know_says_so_and_sees_the_answer() {
    for question in questions::all() {
        let mut world = World::of(question.clone(), AtOnce);
        let may = may_be_guessed(&question);
        assert_eq!(world.answering.may_be_unknown(), may, "{question:?}");
        let (right, wrong) = right_and_wrong(&question);
        // What was half filled in is no part of it.
        world.edits(wrong.into_iter().take(1));
        let effects = world.send(Event::GiveUp);
        if !may {
            assert_eq!(effects, []);
            continue;
        }
        let expected = matches!(
            &effects[..],
            [Effect::Store(_), Effect::StopClock, Effect::Remember(_), Effect::Focus(Focus::Verdict)]
        );
        assert!(expected, "{effects:?}");
        let first = world.attempts()[0].clone();
        assert_eq!((&first.answer, first.mark, first.confidence), (&Answer::Unknown, Mark::Wrong, None));
        let shown = world.answering.feedback().expect("it is over");
        assert_eq!(shown.graded.summary(), "You did not know it yet.");
        assert_eq!(*world.answering.draft(), AnswerDraft::empty(&question));
        assert_eq!(world.resumed(), world.answering);
        let again = Answering::of_attempt(Arc::clone(&world.problem), &first, &world.log).expect("it is the same");
        assert_eq!(again.feedback(), world.answering.feedback());
        assert_eq!(world.send(Event::GiveUp), [], "it is over");

        world.send(Event::AskAnew);
        world.edits(right).submits();
        let second = world.attempts()[1];
        assert_eq!((second.mark, second.try_number, second.confidence), (Mark::Right, 2, None));
        assert_eq!(world.answering.counted(), Some(first.id), "the first one counts");
    }
}

#[test]
fn giving_up_a_try_shows_the_answer_and_stores_nothing() {
    for question in [questions::fill(), questions::order()] {
        let mut world = World::of(question.clone(), AtOnce);
        let (_, wrong) = right_and_wrong(&question);
        world.edits(wrong).submits();
        let effects = world.send(Event::GiveUp);
        assert!(matches!(&effects[..], [Effect::StopClock, Effect::Remember(_), Effect::Focus(Focus::Verdict)]));
        assert_eq!(world.attempts().len(), 1);
        assert_eq!(world.answering.feedback().map(|last| last.graded.mark), Some(Mark::Wrong));
        assert_eq!(world.send(Event::GiveUp), [], "it is over");
    }
}

#[test]
fn an_answer_is_looked_at_again_and_nothing_happens_to_it() {
    for question in questions::all() {
        let (right, wrong) = right_and_wrong(&question);
        let mut world = World::of(question.clone(), AtOnce);
        world.send(Event::OpenHint);
        world.edits(wrong.clone()).submits();
        world.send(Event::GiveUp);
        let first = world.attempts()[0].clone();
        let mut again = Answering::of_attempt(Arc::clone(&world.problem), &first, &world.log).expect("it is the same");
        assert_eq!(again.feedback(), world.answering.feedback(), "{question:?}");
        assert_eq!(again.last_try(), world.answering.last_try());
        assert_eq!(again.draft().answer(&question), Ok(first.answer.clone()));
        assert_eq!((again.counted(), again.hints()), (Some(first.id), 1));
        assert_eq!(again.seed(), world.answering.seed(), "options stand where they stood");
        assert!(again.is_closed() && world.answering.may_be_taken_back() && !again.may_be_taken_back());

        let before = again.clone();
        let now = Now { at_ms: 99_000, random: 1, elapsed_ms: 1, log: &world.log };
        let others = [
            Event::OpenHint,
            Event::TakeBackHint,
            Event::Submit(None),
            Event::GiveUp,
            Event::Undo,
            Event::Recount,
            Event::AskAnew,
            Event::BeginAnew,
        ];
        for event in right.into_iter().chain(wrong).map(Event::Edit).chain(others) {
            assert_eq!(again.update(event, &now), []);
        }
        assert_eq!(again, before);
    }
}

#[test]
fn what_is_looked_at_again_is_the_last_try_of_its_own_sitting() {
    let mut world = World::of(questions::fill(), AtOnce);
    world.edits([Edit::Fill(FillEdit::Choose(0)), Edit::Fill(FillEdit::Choose(0))]).submits();
    world.edits([FillEdit::GoToStep(0), FillEdit::Choose(1)].map(Edit::Fill)).submits();
    world.answering = Answering::start(Arc::clone(&world.problem), Mode::Practice, AtOnce, &world.log);
    let (_, wrong) = right_and_wrong(&questions::fill());
    world.edits(wrong).submits();
    let [first, second, later] = world.attempts()[..] else { panic!("three answers") };
    let again = |attempt| Answering::of_attempt(Arc::clone(&world.problem), attempt, &world.log).expect("it is there");
    let shown = again(first);
    assert_eq!(shown.feedback().map(|last| (&last.answer, last.number)), Some((&second.answer, 2)));
    assert_eq!((shown.counted(), shown.seed()), (Some(first.id), 0));
    let shown = again(later);
    assert_eq!(shown.feedback().map(|last| (&last.answer, last.number)), Some((&later.answer, 1)));
    assert_eq!(shown.seed(), 1);
}

#[test]
fn an_answer_to_an_older_revision_or_another_problem_cannot_be_looked_at_again() {
    let mut world = World::of(questions::choice(false), AtOnce);
    world.edits([Edit::Choose(1)]).submits();
    let first = world.attempts()[0].clone();
    let revised = Arc::new(Problem { revision: 4, ..Problem::clone(&world.problem) });
    assert_eq!(Answering::of_attempt(revised, &first, &world.log), None);
    let other = Arc::new(Problem { slug: Slug("another".into()), ..Problem::clone(&world.problem) });
    assert_eq!(Answering::of_attempt(other, &first, &world.log), None);
}

#[test]
fn answers_that_were_given_are_listed_the_newest_first() {
    let mut world = World::of(questions::fill(), AtOnce);
    let (_, wrong) = right_and_wrong(&questions::fill());
    world.edits(wrong).submits();
    // A further try belongs to the sitting of the first.
    world.edits([FillEdit::GoToStep(0), FillEdit::Choose(1)].map(Edit::Fill)).submits();
    for _ in 0..MOST_ANSWERS {
        world.answering = Answering::start(Arc::clone(&world.problem), Mode::Practice, AtOnce, &world.log);
        let (right, _) = right_and_wrong(&questions::fill());
        world.edits(right).submits();
    }
    world.send(Event::Undo);
    let (answers, count) = earlier_answers(&world.log, &world.problem, &Withheld::new());
    assert_eq!((answers.len(), count), (MOST_ANSWERS, MOST_ANSWERS + 1));
    let firsts: Vec<AttemptId> =
        world.log.iter().rev().filter(|attempt| attempt.is_first_try()).map(|attempt| attempt.id).collect();
    assert!(answers.iter().map(|answer| answer.first).eq(firsts[..MOST_ANSWERS].iter().copied()));
    assert!(answers.iter().all(|answer| answer.mark == Mark::Right && answer.can_be_shown));
    assert!(answers.iter().map(|answer| answer.has_lapsed).eq((0..MOST_ANSWERS).map(|place| place == 0)));
    let held = Withheld::from([answers[0].first]);
    let (told, count) = earlier_answers(&world.log, &world.problem, &held);
    assert_eq!((told[0], count), (answers[1], MOST_ANSWERS), "an interview under way tells nothing");
    let revised = Problem { revision: 4, ..Problem::clone(&world.problem) };
    assert!(earlier_answers(&world.log, &revised, &Withheld::new()).0.iter().all(|answer| !answer.can_be_shown));
    let other = Problem { slug: Slug("another".into()), ..Problem::clone(&world.problem) };
    assert_eq!(earlier_answers(&world.log, &other, &Withheld::new()), (Vec::new(), 0));
}

#[test]
fn what_is_missing_is_said_in_order() {
    use PredictedOutcome as P;
    let check = |question: Question, edits: Vec<Edit>, words| {
        let mut world = World::of(question, AtOnce);
        let effects = world.edits(edits).submits();
        assert!(matches!(&effects[..], [Effect::Remember(_)]), "{effects:?}");
        assert_eq!(world.answering.nudge().map(Nudge::words), Some(words));
        assert!(world.attempts().is_empty() && world.answering.feedback().is_none());
    };
    check(questions::choice(false), vec![], "Choose an option first.");
    check(questions::choice(true), vec![Edit::Choose(0), Edit::Choose(0)], "Choose an option first.");
    check(questions::rejected(), vec![], "Say what happens first.");
    let typed = |text: &str| Edit::Predict(PredictEdit::TypeStdout(text.to_owned()));
    let nothing = |says| Edit::Predict(PredictEdit::PrintNothing(says));
    let no_output = "Type what it prints, or say that it prints nothing.";
    check(questions::rejected(), vec![say(P::Prints)], no_output);
    check(questions::rejected(), vec![say(P::Prints), typed(" \n")], no_output);
    check(questions::rejected(), vec![say(P::Prints), nothing(true), nothing(false)], no_output);
    check(questions::rejected(), vec![say(P::Prints), nothing(true), typed("x"), typed("")], no_output);
    check(questions::rejected(), vec![say(P::Error)], "Pick a line in the program.");
    check(questions::rejected(), vec![say(P::Error), predicted_line(4)], "Choose the rule that is broken.");
    check(questions::rejected(), vec![say(P::Panics)], "Pick a line in the program.");
    check(questions::rejected(), vec![say(P::Undefined)], "Pick a line in the program.");
    check(questions::spot(), vec![Edit::Spot(LineEdit::Pick(3))], "Pick a line for each question.");
    check(questions::fill(), vec![Edit::Fill(FillEdit::Choose(1))], "Choose something for each slot.");
    check(questions::order(), vec![Edit::Order(OrderEdit::PutFirst(1))], "Put a line in each place.");
}

#[test]
fn a_prediction_that_it_prints_may_be_of_nothing() {
    let mut world = World::of(questions::rejected(), AtOnce);
    world.edits([say(PredictedOutcome::Prints), Edit::Predict(PredictEdit::PrintNothing(true))]).submits();
    let prints = Answer::Predict(Prediction::Prints { stdout: String::new() });
    assert_eq!(world.answering.feedback().map(|last| last.answer.clone()), Some(prints));
}

#[test]
fn submitting_what_is_incomplete_leads_to_what_is_open() {
    let mut world = World::of(questions::spot(), AtOnce);
    let go = |step| Edit::Spot(LineEdit::GoToStep(step));
    world.edits([go(1)]).submits();
    assert_eq!(world.answering.draft().step(), 0, "both are open");
    world.edits([Edit::Spot(LineEdit::Pick(3)), go(0)]).submits();
    assert_eq!(world.answering.draft().step(), 1);
    let mut world = World::of(questions::fill(), AtOnce);
    let go = |step| Edit::Fill(FillEdit::GoToStep(step));
    world.edits([go(1)]).submits();
    assert_eq!(world.answering.draft().step(), 0, "both are open");
    world.edits([Edit::Fill(FillEdit::Choose(1)), go(0)]).submits();
    assert_eq!(world.answering.draft().step(), 1);
}

#[test]
fn hints_are_opened_one_by_one_and_are_stored_with_the_answer() {
    let mut world = World::of(questions::choice(false), AtOnce);
    for open in [1, 2] {
        assert_eq!(focus_of(&world.send(Event::OpenHint)), Some(Focus::NewestHint));
        assert_eq!(world.answering.hints(), open);
    }
    assert_eq!(world.send(Event::OpenHint), [], "there are two");
    world.edits([Edit::Choose(1)]).submits();
    assert_eq!(world.attempts()[0].hints, 2);
    let mut closed = World::of(questions::choice(false), AtOnce);
    closed.edits([Edit::Choose(1)]).submits();
    assert_eq!(closed.send(Event::OpenHint), [], "it is answered");
}

#[test]
fn a_hint_is_taken_back_at_once_or_not_at_all() {
    let mut world = World::of(questions::choice(false), AtOnce);
    assert_eq!(world.send(Event::TakeBackHint), [], "none is open");
    world.send(Event::OpenHint);
    world.now_ms += TAKE_BACK_MS - 10;
    assert_ne!(world.send(Event::TakeBackHint), []);
    assert_eq!(world.answering.hints(), 0);
    assert_eq!(world.send(Event::TakeBackHint), [], "each of them once");
    world.send(Event::OpenHint);
    world.now_ms += TAKE_BACK_MS + 10;
    assert_eq!(world.send(Event::TakeBackHint), [], "it was read by then");
    assert_eq!(world.answering.hints(), 1);
    world.send(Event::OpenHint);
    world.edits([Edit::Choose(1)]).submits();
    assert_eq!(world.send(Event::TakeBackHint), [], "it is answered");
    assert_eq!(world.attempts()[0].hints, 2);
}

#[test]
fn an_answer_is_taken_back_once_and_can_be_given_anew() {
    for question in questions::all() {
        let (right, wrong) = right_and_wrong(&question);
        let mut world = World::of(question, AtOnce);
        assert_eq!(world.send(Event::Undo), [], "there is no answer");
        world.edits(right.clone()).submits();
        let first = world.answering.counted().expect("it is answered");
        let effects = world.send(Event::Undo);
        let [Effect::Store(Record::Undo(undo)), Effect::Focus(Focus::Counting)] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert_eq!((undo.of, undo.undone_at_ms, undo.id), (first, world.now_ms, AttemptId::new(world.now_ms, 7)));
        assert_eq!(world.send(Event::Undo), [], "it is undone");

        let effects = world.send(Event::Recount);
        let [Effect::Store(Record::Recount(recount)), Effect::Focus(Focus::Counting)] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert_eq!((recount.of, recount.recounted_at_ms), (first, world.now_ms));
        assert_eq!((world.log.first_tries().count(), world.send(Event::Recount)), (1, Vec::new()), "it counts again");
        assert_eq!(world.send(Event::Undo).len(), 2, "it can be taken back again");
        assert_eq!(world.log.first_tries().count(), 0);

        let given = world.answering.draft().clone();
        let effects = world.send(Event::AskAnew);
        let [Effect::RestartClock, Effect::Remember(stored), Effect::Focus(Focus::Title)] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert_eq!((stored.elapsed_ms, stored.tries, stored.first), (0, 0, None));
        assert_eq!(world.answering.may_ask_confidence(), may_be_guessed(&world.problem.question));
        assert!(world.answering.counted().is_none());
        let begun = match given {
            // Who goes on from a program does not write all of it again.
            AnswerDraft::Write(given) => AnswerDraft::Write(WriteDraft { code: given.code, ..WriteDraft::default() }),
            _ => AnswerDraft::empty(&world.problem.question),
        };
        assert_eq!(*world.answering.draft(), begun);
        world.edits(wrong).submits();
        let anew = *world.attempts().last().expect("it is stored");
        assert_eq!((anew.try_number, anew.confidence), (1, certain(&world.problem.question)));
    }
}

#[test]
fn a_problem_is_begun_anew_at_any_stage() {
    for question in questions::all() {
        let (right, wrong) = right_and_wrong(&question);
        for answers in [vec![], vec![wrong.clone()], vec![right.clone()], vec![wrong.clone(), right.clone()]] {
            let mut world = World::of(question.clone(), AtOnce);
            for answer in answers {
                world.edits(answer).submits();
            }
            world.send(Event::OpenHint);
            let effects = world.send(Event::BeginAnew);
            let [Effect::Store(Record::Reset(reset)), Effect::RestartClock, Effect::Remember(stored), focus] =
                &effects[..]
            else {
                panic!("{effects:?}")
            };
            assert_eq!(
                (&reset.slug, reset.reset_at_ms, focus),
                (&world.problem.slug, world.now_ms, &Effect::Focus(Focus::Title))
            );
            assert_eq!((stored.tries, stored.first, stored.hints, stored.elapsed_ms), (0, None, 0, 0));
            assert_eq!(world.log.first_tries().count(), 0);
            world.edits(right.clone()).submits();
            let counting: Vec<Option<AttemptId>> = world.log.first_tries().map(|attempt| Some(attempt.id)).collect();
            assert_eq!(counting, [world.answering.counted()], "the next answer counts");
        }
    }
}

/// A problem may be begun anew in another tab, or with its whole topic, while it is being tried.
#[test]
fn what_lapsed_elsewhere_is_no_try_of_this_sitting() {
    let mut world = World::of(questions::fill(), AtOnce);
    let (_, wrong) = right_and_wrong(&questions::fill());
    world.edits(wrong).submits();
    let (id, slug) = (AttemptId::new(world.now_ms + 1, 9), world.problem.slug.clone());
    world.log.insert(quiz::attempt::Reset { id, reset_at_ms: world.now_ms, slug });
    world.edits([FillEdit::GoToStep(0), FillEdit::Choose(1)].map(Edit::Fill)).submits();
    assert_eq!((world.attempts()[1].try_number, world.log.first_tries().count()), (1, 1));
}

/// All answers may be erased, here or in another tab, while a problem is being tried.
#[test]
fn what_was_erased_is_no_try_of_this_sitting() {
    for is_asked_anew in [false, true] {
        let mut world = World::of(questions::fill(), AtOnce);
        let (right, wrong) = right_and_wrong(&questions::fill());
        world.edits(if is_asked_anew { right.clone() } else { wrong }).submits();
        world.log = AttemptLog::default();
        if is_asked_anew {
            world.send(Event::AskAnew);
            world.edits(right).submits();
        } else {
            world.edits([FillEdit::GoToStep(0), FillEdit::Choose(1)].map(Edit::Fill)).submits();
        }
        let tries: Vec<u32> = world.log.iter().map(|attempt| attempt.try_number).collect();
        assert_eq!(tries, [1]);
    }
}

/// A learner puts the clock back and then takes an answer back twice.
#[test]
fn a_clock_that_goes_back_does_not_make_the_last_word_an_earlier_one() {
    let question = questions::choice(false);
    let (right, _) = right_and_wrong(&question);
    let mut world = World::of(question, AtOnce);
    world.edits(right).submits();
    for (event, counting) in [(Event::Undo, 0), (Event::Recount, 1), (Event::Undo, 0), (Event::Recount, 1)] {
        world.now_ms -= 100;
        world.send(event);
        assert_eq!(world.log.first_tries().count(), counting);
    }
}

#[test]
fn asked_anew_without_an_undo_it_is_a_further_try() {
    for question in questions::all() {
        let (right, wrong) = right_and_wrong(&question);
        let mut world = World::of(question, AtOnce);
        assert_eq!(world.send(Event::AskAnew), [], "it is being asked");
        let seed = world.answering.seed();
        world.send(Event::OpenHint);
        world.edits(right.clone()).submits();
        world.send(Event::AskAnew);
        assert_ne!(world.answering.seed(), seed, "it is shuffled anew");
        assert_eq!(world.answering.hints(), 0);
        assert!(!world.answering.may_ask_confidence());
        world.edits(wrong).submits();
        let [first, second] = world.attempts()[..] else { panic!("two answers") };
        assert_eq!((first.try_number, second.try_number, second.confidence), (1, 2, None));
        assert_eq!(world.answering.counted(), Some(first.id));
    }
}

#[test]
fn in_a_round_nothing_is_told_before_its_end() {
    for question in questions::all() {
        let (right, wrong) = right_and_wrong(&question);
        for edits in [right, wrong] {
            let mut world = World::of(question.clone(), EndOfRound);
            let effects = world.edits(edits.clone()).submits();
            assert!(matches!(&effects[..], [Effect::Store(_), Effect::StopClock, Effect::Remember(_)]), "{effects:?}");
            assert!(world.answering.feedback().is_none() && world.answering.last_try().is_none());
            assert!(world.answering.is_closed());
            for event in [Event::Submit(None), Event::GiveUp, Event::Undo, Event::AskAnew, Event::OpenHint] {
                assert_eq!(world.send(event), []);
            }
            assert_eq!(world.resumed(), world.answering, "a reload tells nothing either");
            assert_eq!(world.attempts().len(), 1);
        }
    }
}

#[test]
fn one_option_replaces_another_and_of_several_each_is_taken_back() {
    let chosen = |world: &World| match world.answering.draft() {
        AnswerDraft::Choice(draft) => draft.chosen.iter().copied().collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let mut one = World::of(questions::choice(false), AtOnce);
    one.edits([Edit::Choose(0), Edit::Choose(2), Edit::Choose(2), Edit::Choose(3)]);
    assert_eq!(chosen(&one), [2]);
    let mut several = World::of(questions::choice(true), AtOnce);
    several.edits([Edit::Choose(2), Edit::Choose(0), Edit::Choose(2), Edit::Choose(1), Edit::Choose(3)]);
    assert_eq!(chosen(&several), [0, 1]);
}

#[test]
fn a_prediction_keeps_what_belongs_to_other_outcomes() {
    use PredictedOutcome as P;
    let mut world = World::of(questions::rejected(), AtOnce);
    let typed = || Edit::Predict(PredictEdit::TypeStdout("4".to_owned()));
    let rule = |code| Edit::Predict(PredictEdit::ChooseRule(Code::from(code)));
    world.edits([predicted_line(2), say(P::Prints), predicted_line(2), typed(), say(P::Error)]);
    assert!(world.answering.asks_line());
    world.edits([predicted_line(6), predicted_line(0), rule("E0999")]);
    let AnswerDraft::Predict(draft) = world.answering.draft() else { panic!() };
    assert_eq!((draft.line, &draft.rule, &*draft.stdout), (None, &None, "4"), "no such line, no such rule");
    world.edits([predicted_line(4), rule("E0502"), say(P::Prints)]);
    assert!(!world.answering.asks_line());
    let AnswerDraft::Predict(draft) = world.answering.draft() else { panic!() };
    assert_eq!((draft.line, draft.rule.clone(), &*draft.stdout), (Some(4), Some(Code::from("E0502")), "4"));
}

#[test]
fn the_cursor_picks_where_it_stands_and_then_where_it_lands() {
    let lines = |world: &World| match world.answering.draft() {
        AnswerDraft::Spot(draft) => (draft.lines.values().copied().collect::<Vec<_>>(), draft.step, draft.cursor),
        other => panic!("{other:?}"),
    };
    let by = |by| Edit::Spot(LineEdit::MoveCursor(by));
    let mut world = World::of(questions::spot(), AtOnce);
    world.edits([by(1)]);
    assert_eq!(lines(&world), (vec![1], 0, 1));
    world.edits([by(1), by(1)]);
    assert_eq!(lines(&world), (vec![3], 0, 3), "the role stays the same");
    world.edits([by(9)]);
    assert_eq!(lines(&world), (vec![5], 0, 5));
    world.edits([by(-9)]);
    assert_eq!(lines(&world), (vec![1], 0, 1));
    world.edits([Edit::Spot(LineEdit::Pick(4)), by(1)]);
    assert_eq!(lines(&world), (vec![4, 4], 1, 4), "the next role begins where the cursor is");
    assert_eq!(world.answering.draft().cursor(), 4);

    let mut world = World::of(questions::rejected(), AtOnce);
    let by = |by| Edit::Predict(PredictEdit::Line(LineEdit::MoveCursor(by)));
    world.edits([by(1), say(PredictedOutcome::Error), by(1), by(2)]);
    assert_eq!(world.answering.draft().cursor(), 3);
    let AnswerDraft::Predict(draft) = world.answering.draft() else { panic!() };
    assert_eq!(draft.line, Some(3));
}

#[test]
fn picking_goes_on_to_the_next_open_role_and_around() {
    let mut world = World::of(questions::spot(), AtOnce);
    let (pick, go) = (|line| Edit::Spot(LineEdit::Pick(line)), |step| Edit::Spot(LineEdit::GoToStep(step)));
    world.edits([go(9)]);
    assert_eq!(world.answering.draft().step(), 1, "there are two");
    world.edits([pick(4)]);
    assert_eq!(world.answering.draft().step(), 0, "the first one is open");
    world.edits([pick(3)]);
    assert_eq!(world.answering.draft().step(), 0, "none is open");
    world.edits([pick(6)]);
    let AnswerDraft::Spot(draft) = world.answering.draft() else { panic!() };
    assert_eq!(draft.lines.get(&Role::Moved), Some(&3), "there is no line 6");
    assert!(world.answering.asks_line());
    world.submits();
    assert!(!world.answering.asks_line());
}

#[test]
fn choosing_goes_on_to_the_next_open_slot() {
    let mut world = World::of(questions::fill(), AtOnce);
    let (choose, go) = (|choice| Edit::Fill(FillEdit::Choose(choice)), |step| Edit::Fill(FillEdit::GoToStep(step)));
    world.edits([choose(2)]);
    assert_eq!(*world.answering.draft(), AnswerDraft::empty(&questions::fill()), "there is no third choice");
    world.edits([go(9), choose(1)]);
    let AnswerDraft::Fill(draft) = world.answering.draft() else { panic!() };
    assert_eq!((&draft.picks[..], draft.step), (&[None, Some(1)][..], 0));
    assert!(!world.answering.asks_line());
}

#[test]
fn lines_are_grabbed_moved_put_down_and_put_back() {
    let gaps = |world: &World| match world.answering.draft() {
        AnswerDraft::Order(draft) => {
            (draft.arrangement.gaps().to_vec(), draft.grabbed.as_ref().map(|grabbed| grabbed.line))
        }
        other => panic!("{other:?}"),
    };
    let all = |edits: &[OrderEdit]| edits.iter().cloned().map(Edit::Order).collect::<Vec<_>>();
    let mut world = World::of(questions::order(), AtOnce);
    world.edits(all(&[OrderEdit::Move(Direction::Down), OrderEdit::Grab(3)]));
    assert_eq!(gaps(&world), (vec![None, None], None), "nothing is grabbed");
    world.edits(all(&[OrderEdit::Grab(0), OrderEdit::Move(Direction::Up)]));
    assert_eq!(gaps(&world), (vec![Some(0), None], Some(0)), "from the pool into the first gap");
    world.edits(all(&[
        OrderEdit::Move(Direction::Up),
        OrderEdit::Move(Direction::Down),
        OrderEdit::Move(Direction::Down),
    ]));
    assert_eq!(gaps(&world), (vec![None, Some(0)], Some(0)), "no further than there are gaps");
    world.edits(all(&[OrderEdit::Move(Direction::Up)]));
    assert_eq!(gaps(&world), (vec![Some(0), None], Some(0)));
    world.edits(all(&[OrderEdit::PutBack]));
    assert_eq!(gaps(&world), (vec![None, None], None), "where it came from");
    world.edits(all(&[OrderEdit::Put { line: 2, gap: 1 }, OrderEdit::Grab(2), OrderEdit::Grab(2)]));
    assert_eq!(gaps(&world), (vec![None, Some(2)], None), "grabbing it again puts it down");
    world.edits(all(&[OrderEdit::Grab(2), OrderEdit::PutDown, OrderEdit::PutBack]));
    assert_eq!(gaps(&world), (vec![None, Some(2)], None));
    world.edits(all(&[OrderEdit::PutFirst(1), OrderEdit::PutFirst(0), OrderEdit::TakeOutLast]));
    assert_eq!(gaps(&world), (vec![Some(1), None], None), "the third found no gap; the lowest is out");
    world.edits(all(&[OrderEdit::Put { line: 3, gap: 1 }, OrderEdit::PutFirst(3)]));
    assert_eq!(gaps(&world), (vec![Some(1), None], None), "there is no line 3");
    world.edits(all(&[OrderEdit::Arrange(Arrangement::of([Some(0), Some(3)]))]));
    world.edits(all(&[OrderEdit::Arrange(Arrangement::of([Some(0)]))]));
    assert_eq!(gaps(&world), (vec![Some(1), None], None), "no such line, too few gaps");
    world.edits(all(&[OrderEdit::Arrange(Arrangement::of([Some(2), Some(0)])), OrderEdit::TakeOut(2)]));
    assert_eq!(gaps(&world), (vec![None, Some(0)], None));
    world.edits(all(&[OrderEdit::PutFirst(1), OrderEdit::Grab(1)]));
    world.submits();
    assert_eq!(gaps(&world).1, None, "handing in puts it down");
    assert_eq!(world.answering.last_try().map(|last| last.graded.mark), Some(Mark::Right));
}

/// Those who do not see the lines are told of the one that was moved last.
#[test]
fn the_line_that_was_moved_last_is_known() {
    let mut world = World::of(questions::order(), AtOnce);
    let mut moved = |edit: OrderEdit| {
        world.edits([Edit::Order(edit)]);
        match world.answering.draft() {
            AnswerDraft::Order(draft) => draft.moved,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(moved(OrderEdit::Grab(2)), None, "it is lifted, and still where it was");
    assert_eq!(moved(OrderEdit::Move(Direction::Down)), Some(2));
    assert_eq!(moved(OrderEdit::PutFirst(0)), Some(0));
    assert_eq!(moved(OrderEdit::PutFirst(1)), Some(0), "there is no gap for it");
    assert_eq!(moved(OrderEdit::TakeOutLast), Some(0));
    assert_eq!(moved(OrderEdit::TakeOut(2)), Some(2));
    assert_eq!(moved(OrderEdit::Arrange(Arrangement::of([Some(1), None]))), None, "a drag is seen");
}

#[test]
fn a_program_is_judged_as_it_stands_and_not_as_it_was() {
    let mut world = World::of(questions::write(), AtOnce);
    let type_in = |code: &str| Edit::Write(WriteEdit::Type(code.to_owned()));
    let judged = |code: &str, failures: &[&str]| {
        Edit::Write(WriteEdit::Judged { code: code.to_owned(), result: tested(failures) })
    };
    world.submits();
    assert_eq!(world.answering.nudge().map(Nudge::words), Some("Write something first."));
    world.edits([type_in("fn a() {}")]).submits();
    assert_eq!(
        world.answering.nudge().map(Nudge::words),
        Some("Run the tests on this program first, and say how it went.")
    );
    // The tests ran on what has been changed since.
    world.edits([type_in("fn b() {}"), judged("fn a() {}", &[])]).submits();
    assert!(world.attempts().is_empty());
    world.edits([judged("fn b() {}", &["of_none"])]).submits();
    assert_eq!(world.attempts()[0].mark, Mark::Partly);
    assert_eq!(world.answering.last_try().map(|last| last.graded.summary()).as_deref(), Some("2 of 3 tests pass."));
    world.edits([type_in("fn c() {}")]).submits();
    assert_eq!(world.attempts().len(), 1, "a change takes the judgement away");
    world.edits([type_in(&"x".repeat(CODE_LIMIT + 1))]);
    let AnswerDraft::Write(draft) = world.answering.draft() else { panic!("another kind") };
    assert_eq!(draft.code, "fn c() {}", "what is too long is not taken");
    world.edits([Edit::Write(WriteEdit::Ran), Edit::Write(WriteEdit::Reset)]);
    let AnswerDraft::Write(draft) = world.answering.draft() else { panic!("another kind") };
    assert_eq!((draft.code.as_str(), draft.runs), ("fn longest() { todo!() }\n", 1));
}

/// What the learner says of a run elsewhere gives way to a run here, and does not hide what was proven of the same program.
#[test]
fn what_was_only_said_does_not_stand_in_for_what_was_seen() {
    let mut world = World::of(questions::write(), AtOnce);
    let type_in = |code: &str| Edit::Write(WriteEdit::Type(code.to_owned()));
    let judged = |code: &str, result: CodeResult| Edit::Write(WriteEdit::Judged { code: code.to_owned(), result });
    let said = CodeResult::SelfAssessed;
    let (some, all) = (SelfAssessment::SomePassed, SelfAssessment::AllPassed);
    world.edits([type_in("fn a() {}"), judged("fn a() {}", tested(&["of_none"]))]).submits();
    world.edits([type_in("fn b() {}"), judged("fn b() {}", said(all)), Edit::Write(WriteEdit::Ran)]).submits();
    assert_eq!(world.attempts().len(), 1, "a claim from before the run was handed in");
    world.edits([judged("fn b() {}", said(some))]).submits();
    world.edits([type_in("fn a() {}"), judged("fn a() {}", said(all))]).submits();
    let programs = earlier_programs(&world.log, &world.problem.slug, &Withheld::new());
    let listed: Vec<_> = programs.iter().map(|own| (own.code.as_str(), own.mark, own.is_self_assessed)).collect();
    assert_eq!(listed, [("fn a() {}", Mark::Partly, false), ("fn b() {}", Mark::Partly, true)]);
    let held = world.attempts().iter().map(|attempt| attempt.id).collect();
    assert_eq!(earlier_programs(&world.log, &world.problem.slug, &held), [], "an interview under way tells nothing");
}

#[test]
fn an_edit_for_another_kind_changes_nothing() {
    let edits = [
        Edit::Choose(0),
        say(PredictedOutcome::Prints),
        Edit::Spot(LineEdit::Pick(1)),
        Edit::Fill(FillEdit::Choose(0)),
        Edit::Order(OrderEdit::PutFirst(0)),
        Edit::Write(WriteEdit::Ran),
        Edit::Discuss(DiscussEdit::Finish),
    ];
    let of_kind = |edit: &Edit, question: &Question| {
        matches!(
            (edit, question),
            (Edit::Choose(_), Question::Choice { .. })
                | (Edit::Predict(_), Question::Predict { .. })
                | (Edit::Spot(_), Question::Spot { .. })
                | (Edit::Fill(_), Question::Fill { .. })
                | (Edit::Order(_), Question::Order { .. })
                | (Edit::Write(_), Question::Write(_))
                | (Edit::Discuss(_), Question::Discuss(_))
        )
    };
    for question in questions::all() {
        for edit in &edits {
            let mut world = World::of(question.clone(), AtOnce);
            let changed = !world.send(Event::Edit(edit.clone())).is_empty();
            assert_eq!(changed, of_kind(edit, &question), "{edit:?} of {question:?}");
        }
    }
}

/// What takes long to write is never lost but by its learner: not to a night, and not to a new release.
#[test]
fn a_program_that_is_begun_outlives_its_sitting() {
    const DAY_MS: u64 = 24 * 3_600_000;
    let mut world = World::of(questions::write(), AtOnce);
    let question = world.problem.question.clone();
    let stored = |world: &World| world.answering.stored(500);
    assert!(!stored(&world).is_begun(&question), "nothing is written");
    world.edits([Edit::Write(WriteEdit::Type("fn half() {".to_owned()))]);
    assert!(stored(&world).is_begun(&question));
    assert_eq!(stored(&world).taken_up(world.now_ms + 9 * DAY_MS), stored(&world), "nothing was handed in");

    let (_, wrong) = right_and_wrong(&question);
    world.edits(wrong).submits();
    let tried = stored(&world);
    assert!(tried.is_begun(&question) && tried.tries == 1);
    assert_eq!(tried.clone().taken_up(world.now_ms + 3_600_000), tried, "it is the same sitting");
    let ahead = tried.first.map(|first| AttemptId { time: first.time + 2 * DAY_MS, ..first });
    let ahead = StoredAnswering { first: ahead, ..tried.clone() };
    assert_eq!(ahead.clone().taken_up(world.now_ms), ahead, "and so it is after the clock was set back");
    let later = tried.clone().taken_up(world.now_ms + DAY_MS);
    assert_eq!((later.tries, later.first, later.elapsed_ms), (0, None, 0), "another day is another sitting");
    let code = |answering: &Answering| match answering.draft() {
        AnswerDraft::Write(draft) => (draft.code.clone(), draft.result.clone()),
        other => panic!("{other:?}"),
    };
    let written = code(&world.answering).0;
    for stored in [later, StoredAnswering { revision: 7, ..tried }] {
        let resumed = Answering::resume(Arc::clone(&world.problem), Mode::Single, AtOnce, stored, &world.log);
        assert_eq!(code(&resumed), (written.clone(), None));
        assert!(resumed.counted().is_none(), "it is tried for the first time");
    }

    world.send(Event::GiveUp);
    assert!(!stored(&world).is_begun(&question), "it is answered");
}

#[test]
fn questions_to_ask_first_stay_with_the_program() {
    let mut world = World::of(questions::write(), AtOnce);
    let asked = |world: &World| match world.answering.draft() {
        AnswerDraft::Write(draft) => draft.questions.clone(),
        other => panic!("{other:?}"),
    };
    let ask = |words: &str| Edit::Write(WriteEdit::Ask(words.to_owned()));
    world.edits([ask("Can it be empty?"), Edit::Write(WriteEdit::Type("fn half() {".to_owned()))]);
    world.edits([ask(&"?".repeat(NOTES_LIMIT + 1)), Edit::Write(WriteEdit::Reset)]);
    assert_eq!(asked(&world), "Can it be empty?", "what is too long is not taken, and a reset is for the program");
    let AnswerDraft::Write(resumed) = world.resumed().draft().clone() else { panic!("it is a program") };
    assert_eq!(resumed.questions, "Can it be empty?");
    world.edits(right_and_wrong(&world.problem.question.clone()).0).submits();
    world.send(Event::AskAnew);
    assert_eq!(asked(&world), "Can it be empty?");
}

#[test]
fn notes_that_are_begun_outlive_a_new_revision() {
    let mut world = World::of(questions::discuss(), AtOnce);
    world.edits([Edit::Discuss(DiscussEdit::Type("First the load.".to_owned())), Edit::Discuss(DiscussEdit::Finish)]);
    let stored = StoredAnswering { revision: 7, ..world.answering.stored(500) };
    let resumed = Answering::resume(Arc::clone(&world.problem), Mode::Single, AtOnce, stored, &world.log);
    let AnswerDraft::Discuss(draft) = resumed.draft() else { panic!("{:?}", resumed.draft()) };
    assert_eq!((draft.notes.as_str(), draft.is_said), ("First the load.", false), "the rubric may be another one");
    assert!(resumed.stored(0).is_begun(&world.problem.question));
}

#[test]
fn to_score_oneself_takes_no_time() {
    let mut world = World::of(questions::discuss(), AtOnce);
    world.edits([Edit::Discuss(DiscussEdit::Type("First the load.".to_owned()))]);
    assert!(world.answering.takes_time() && world.clock_runs);
    world.edits([Edit::Discuss(DiscussEdit::Finish)]);
    assert!(!world.answering.takes_time() && !world.clock_runs);
    assert!(!world.resumed().takes_time(), "nor after a reload");
    let said_after_ms = world.elapsed_ms;
    world.edits([0, 1].map(|row| Edit::Discuss(DiscussEdit::Score { row, score: Score::Yes }))).submits();
    assert_eq!(world.attempts()[0].elapsed_ms, said_after_ms);
    world.send(Event::AskAnew);
    assert!(world.answering.takes_time() && world.clock_runs);
}

#[test]
fn what_was_stored_for_another_revision_or_problem_is_let_go() {
    let resume = |question: Question, stored: StoredAnswering| {
        Answering::resume(problem(question), Mode::Single, AtOnce, stored, &AttemptLog::default())
    };
    let draft = |question: Question, edits: Vec<Edit>| {
        let mut world = World::of(question, AtOnce);
        world.edits(edits);
        world.answering.stored(500)
    };
    let old = StoredAnswering { revision: 2, ..draft(questions::choice(false), vec![Edit::Choose(1)]) };
    let fresh = resume(questions::choice(false), StoredAnswering { revision: 3, ..StoredAnswering::default() });
    assert_eq!(resume(questions::choice(false), old), fresh);
    assert_eq!(fresh.mode(), Mode::Single);
    // The same revision, but of another form: as after somebody's edit of the storage.
    for (from, to) in questions::all().into_iter().zip(questions::all().into_iter().cycle().skip(1)) {
        let (edits, _) = right_and_wrong(&from);
        let stored = draft(from.clone(), edits);
        let resumed = resume(to.clone(), StoredAnswering { hints: 99, ..stored });
        assert_eq!(resumed.hints(), 2);
        if from.kind() != to.kind() {
            assert_eq!(*resumed.draft(), AnswerDraft::empty(&to));
        }
    }
}

#[test]
fn a_draft_that_names_what_is_not_there_is_fitted() {
    let fitted = |json: &str, question: Question| {
        let draft: AnswerDraft = json::read(json).unwrap_or_else(|error| panic!("{error}"));
        draft.fitted_to(&problem(question))
    };
    let check = |json: &str, question: Question, left: &str| {
        assert_eq!(serde_json::to_string(&fitted(json, question)).expect("JSON"), left);
    };
    check(r#"{"choice":{"chosen":[1,3,7]}}"#, questions::choice(true), r#"{"choice":{"chosen":[1]}}"#);
    check(r#"{"choice":{"chosen":[0,1]}}"#, questions::choice(false), r#"{"choice":{"chosen":[]}}"#);
    check(
        r#"{"predict":{"outcome":"error","stdout":"x","line":6,"rule":"E0999","cursor":9}}"#,
        questions::rejected(),
        r#"{"predict":{"outcome":"error","stdout":"x","line":null,"rule":null,"cursor":5}}"#,
    );
    check(
        r#"{"predict":{"outcome":"panics","stdout":"","line":5,"rule":"E0382","cursor":0}}"#,
        questions::rejected(),
        r#"{"predict":{"outcome":"panics","stdout":"","line":5,"rule":"E0382","cursor":1}}"#,
    );
    check(
        r#"{"spot":{"lines":{"moved":3,"dropped":1},"step":4,"cursor":8}}"#,
        questions::spot(),
        r#"{"spot":{"lines":{"moved":3},"step":1,"cursor":5}}"#,
    );
    check(
        r#"{"spot":{"lines":{"moved":0},"step":0,"cursor":1}}"#,
        questions::spot(),
        r#"{"spot":{"lines":{},"step":0,"cursor":1}}"#,
    );
    check(r#"{"fill":{"picks":[1],"step":5}}"#, questions::fill(), r#"{"fill":{"picks":[1,null],"step":1}}"#);
    check(r#"{"fill":{"picks":[2,0,1],"step":0}}"#, questions::fill(), r#"{"fill":{"picks":[null,0],"step":0}}"#);
    check(r#"{"order":{"gaps":[3,1,0]}}"#, questions::order(), r#"{"order":{"gaps":[null,1]}}"#);
    check(r#"{"order":{"gaps":[1,1]}}"#, questions::order(), r#"{"order":{"gaps":[1,null]}}"#);
}

/// What a release before the machine kept for a question that was answered or tried.
#[test]
fn what_an_older_release_kept_is_read() {
    let read = |json: &str| json::read::<StoredAnswering>(json).unwrap_or_else(|error| panic!("{error}"));
    let resume = |question, json: &str| {
        Answering::resume(problem(question), Mode::Practice, AtOnce, read(json), &AttemptLog::default())
    };
    let id = "0192a0000001-000000008f3a21c4";
    let tried = resume(
        questions::fill(),
        &format!(
            r#"{{"answer":{{"fill":{{"picks":[0,0]}}}},"places":[0,0],"tries":2,"counts":"{id}","tried":{{"fill":{{"picks":[0,0]}}}},
            "hints":1,"took":5000,"submitted":false,"revision":3,"seed":4}}"#
        ),
    );
    assert_eq!(tried.last_try().map(|last| last.number), Some(2));
    assert_eq!(tried.counted().map(|id| id.to_string()).as_deref(), Some(id));
    assert_eq!((tried.hints(), tried.seed()), (1, 4));
    assert_eq!(tried.draft().answer(&questions::fill()), Ok(Answer::Fill { picks: vec![0, 0] }));
}

/// What a tab kept may be of an older release, or of nobody.
#[test]
fn what_was_kept_of_answers_is_made_sound() {
    let resume = |question: Question, tries, last| {
        let first = Some(AttemptId::new(5, 7));
        let stored = StoredAnswering { last, tries, first, revision: 3, ..StoredAnswering::default() };
        Answering::resume(problem(question), Mode::Practice, AtOnce, stored, &AttemptLog::default())
    };
    let picks = Answer::Fill { picks: vec![0, 0] };
    let untried = resume(questions::fill(), 0, Some(picks));
    assert!(untried.last_try().is_none() && untried.may_ask_confidence(), "no answer was handed in");
    let open = resume(questions::choice(false), 1, Some(Answer::Choice { chosen: [2].into() }));
    assert!(open.last_try().is_none() && !open.is_closed(), "there is nothing to try again in a choice");
    assert!(!open.may_ask_confidence() && open.counted().is_some());
}

#[test]
fn a_try_survives_a_reload() {
    for question in [questions::fill(), questions::order()] {
        let (_, wrong) = right_and_wrong(&question);
        let mut world = World::of(question, AtOnce);
        world.edits(wrong).submits();
        assert_eq!(world.resumed(), world.answering);
        world.send(Event::GiveUp);
        assert_eq!(world.resumed(), world.answering);
        world.send(Event::AskAnew);
        assert_eq!(world.resumed(), world.answering);
    }
}

/// What was filled in when an answer was given.
#[test]
fn an_answer_makes_the_draft_it_came_from() {
    for question in questions::all() {
        let (right, wrong) = right_and_wrong(&question);
        for edits in [right, wrong] {
            let mut world = World::of(question.clone(), AtOnce);
            world.edits(edits);
            let answer = world.answering.draft().answer(&question).expect("it is complete");
            let draft = AnswerDraft::of_answer(answer.clone(), &world.problem);
            assert_eq!(draft.answer(&question), Ok(answer));
        }
    }
}

/// What is kept of it, as text: what is grabbed is put down by a reload.
fn as_json(answering: &Answering) -> String {
    serde_json::to_string(&answering.stored(0)).expect("a draft is JSON")
}

/// Something that can happen in a browser.
#[derive(Clone, Debug)]
enum Step {
    Event(Event),
    Reload,
    /// Another tab takes the answer back.
    UndoElsewhere,
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let outcomes = prop::sample::select(&PredictedOutcome::ALL[..]);
    let lines = || {
        prop_oneof![
            (0..7u32).prop_map(LineEdit::Pick),
            (-3..4i32).prop_map(LineEdit::MoveCursor),
            (0..4usize).prop_map(LineEdit::GoToStep)
        ]
    };
    let rules = prop::sample::select(&["E0382", "E0502", "E0999"][..]).prop_map(Code::from);
    let texts = prop::sample::select(&["", "4", "5\n"][..]).prop_map(str::to_owned);
    let predictions = prop_oneof![
        outcomes.prop_map(PredictEdit::Say),
        texts.prop_map(PredictEdit::TypeStdout),
        rules.prop_map(PredictEdit::ChooseRule),
        lines().prop_map(PredictEdit::Line),
    ];
    let fills = prop_oneof![(0..3usize).prop_map(FillEdit::Choose), (0..4usize).prop_map(FillEdit::GoToStep)];
    let gaps = prop::collection::vec(prop::option::of(0..4usize), 0..4).prop_map(Arrangement::of);
    let orders = prop_oneof![
        gaps.prop_map(OrderEdit::Arrange),
        (0..4usize, 0..4usize).prop_map(|(line, gap)| OrderEdit::Put { line, gap }),
        (0..4usize).prop_map(OrderEdit::PutFirst),
        (0..4usize).prop_map(OrderEdit::TakeOut),
        Just(OrderEdit::TakeOutLast),
        (0..4usize).prop_map(OrderEdit::Grab),
        Just(OrderEdit::PutDown),
        Just(OrderEdit::PutBack),
        prop::sample::select(&[Direction::Up, Direction::Down][..]).prop_map(OrderEdit::Move),
    ];
    prop_oneof![
        (0..4usize).prop_map(Edit::Choose),
        predictions.prop_map(Edit::Predict),
        lines().prop_map(Edit::Spot),
        fills.prop_map(Edit::Fill),
        orders.prop_map(Edit::Order),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    let confidence = prop::option::of(prop::sample::select(&Confidence::ALL[..]));
    prop_oneof![
        12 => any_edit().prop_map(|edit| Step::Event(Event::Edit(edit))),
        1 => Just(Step::Event(Event::OpenHint)),
        1 => Just(Step::Event(Event::TakeBackHint)),
        4 => confidence.prop_map(|sure| Step::Event(Event::Submit(sure))),
        1 => Just(Step::Event(Event::GiveUp)),
        1 => Just(Step::Event(Event::Undo)),
        1 => Just(Step::Event(Event::Recount)),
        1 => Just(Step::Event(Event::BeginAnew)),
        1 => Just(Step::Event(Event::AskAnew)),
        2 => Just(Step::Reload),
        1 => Just(Step::UndoElsewhere),
    ]
}

/// Takes a step and checks what must hold of every one.
fn check_step(world: &mut World, step: Step) {
    let before = world.answering.clone();
    let stored_before = world.attempts().len();
    match step {
        Step::Event(event) => {
            let effects = world.send(event.clone());
            check_effects(world, &before, &event, &effects, stored_before);
        }
        Step::Reload => {
            world.answering = world.resumed();
            let (now, then) = (&world.answering, &before);
            assert_eq!(
                (now.feedback(), now.last_try()),
                (then.feedback(), then.last_try()),
                "a reload changes nothing"
            );
            assert_eq!((now.hints(), now.counted(), now.is_closed()), (then.hints(), then.counted(), then.is_closed()));
            assert_eq!(as_json(now), as_json(then));
        }
        Step::UndoElsewhere => {
            if let Some(of) = world.answering.counted() {
                world.now_ms += 10;
                let id = AttemptId::new(world.now_ms, 9);
                world.log.insert(quiz::attempt::Undo { id, undone_at_ms: world.now_ms, of });
            }
        }
    }
    let counting = world.log.first_tries().count();
    assert!(counting <= 1, "one answer of a sitting counts at most, but {counting} do");
    if world.answering.feedback().is_some() {
        let last = world.attempts().last().map(|attempt| attempt.answer.clone());
        assert_eq!(
            world.answering.feedback().map(|last| last.answer.clone()),
            last,
            "the verdict is on what is stored"
        );
    }
}

fn check_effects(world: &World, before: &Answering, event: &Event, effects: &[Effect], stored_before: usize) {
    let new = &world.attempts()[stored_before..];
    let records = effects.iter().filter(|effect| matches!(effect, Effect::Store(_))).count();
    assert!(
        records <= 1 && (records == 0 || matches!(effects[0], Effect::Store(_))),
        "it is stored first: {effects:?}"
    );
    if *event == Event::BeginAnew {
        assert!(world.log.first_tries().next().is_none() && world.answering.counted().is_none());
    }
    if before.feedback().is_some() {
        assert!(new.is_empty(), "nothing is stored after its feedback");
    }
    let filled_in = || before.draft().answer(&world.problem.question).ok();
    let is_news = |answer: &Answer| before.last_try().is_none_or(|last| last.answer != *answer);
    let handed_in = match event {
        Event::Submit(_) if !before.is_closed() => filled_in().filter(is_news),
        Event::GiveUp => before.may_be_unknown().then_some(Answer::Unknown),
        _ => None,
    };
    assert!(
        new.iter().map(|attempt| &attempt.answer).eq(&handed_in),
        "what is handed in is stored, and nothing else: {event:?}, {handed_in:?}, {new:?}"
    );
    for attempt in new {
        assert_eq!(attempt.mark, grade(&world.problem.question, &attempt.answer).mark);
        assert_eq!(attempt.try_number == 1, attempt.id == world.answering.counted().expect("it was handed in"));
    }
    if world.timing == EndOfRound && before.feedback().is_none() {
        assert!(world.answering.feedback().is_none() && world.answering.last_try().is_none(), "held back");
    }
    if as_json(before) != as_json(&world.answering) {
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Remember(_))), "what changed is kept: {event:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_answer_is_lost_graded_twice_or_stored_after_its_feedback(
        question in prop::sample::select(questions::all()),
        timing in prop::sample::select(&[AtOnce, EndOfRound][..]),
        steps in prop::collection::vec(any_step(), 0..40),
    ) {
        let mut world = World::of(question, timing);
        for step in steps {
            check_step(&mut world, step);
        }
    }
}

#[test]
fn the_rubric_is_there_once_all_is_said_and_the_notes_stay_as_they_were_then() {
    let mut world = World::of(questions::discuss(), AtOnce);
    let edit = |edit| Edit::Discuss(edit);
    let score = |row, score| edit(DiscussEdit::Score { row, score });
    let draft = |world: &World| match world.answering.draft() {
        AnswerDraft::Discuss(draft) => draft.clone(),
        _ => panic!("another kind"),
    };
    world.edits([score(0, Score::Yes)]);
    assert_eq!(draft(&world).scores, [None, None], "nothing is scored that was not said");
    world.submits();
    assert_eq!(
        world.answering.nudge().map(Nudge::words),
        Some("Answer aloud or in notes first, and say when you are done.")
    );

    world.edits([edit(DiscussEdit::Type("first this".to_owned())), edit(DiscussEdit::Finish)]);
    world.edits([
        edit(DiscussEdit::Type("after the rubric".to_owned())),
        score(1, Score::Partly),
        score(2, Score::Yes),
    ]);
    assert_eq!((draft(&world).notes.as_str(), draft(&world).scores), ("first this", vec![None, Some(Score::Partly)]));
    world.submits();
    assert_eq!(world.answering.nudge().map(Nudge::words), Some("Score each row first."));
    assert_eq!(world.resumed().draft(), world.answering.draft(), "a reload keeps the notes and the scores");

    world.edits([score(0, Score::Yes)]).submits();
    let scores = vec![Score::Yes, Score::Partly];
    assert_eq!(world.attempts()[0].answer, Answer::Discuss { notes: "first this".to_owned(), scores });
    assert_eq!(world.attempts()[0].mark, Mark::Partly);
}

#[test]
fn notes_that_are_too_long_are_not_taken() {
    let mut world = World::of(questions::discuss(), AtOnce);
    world.edits([Edit::Discuss(DiscussEdit::Type("a".repeat(NOTES_LIMIT)))]);
    let before = world.answering.draft().clone();
    world.edits([Edit::Discuss(DiscussEdit::Type("a".repeat(NOTES_LIMIT + 1)))]);
    assert_eq!(*world.answering.draft(), before);
}
