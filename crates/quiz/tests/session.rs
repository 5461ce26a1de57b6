//! A session knows its place and its attempts, whatever happens to it, the clock and the release.

use crate::common::{attempt, catalog, entry, slug};
use proptest::prelude::*;
use quiz::attempt::{AttemptId, Undo};
use quiz::grading::Mark;
use quiz::json;
use quiz::log::AttemptLog;
use quiz::practice::Filter;
use quiz::problem::{Level, Slug};
use quiz::session::{Given, Progress, SESSION_LENGTH, Session, SessionEffect, SessionEvent, keep_known, update};

fn start(names: &[&str]) -> SessionEvent {
    SessionEvent::Start { filter: Filter::default(), queue: names.iter().map(|name| slug(name)).collect() }
}

fn started(names: &[&str]) -> Option<Session> {
    let mut session = None;
    update(&mut session, start(names));
    session
}

fn answered(name: &str, time: u64) -> SessionEvent {
    SessionEvent::Answered { slug: slug(name), attempt: AttemptId::new(time, 1) }
}

#[test]
fn a_session_starts_with_the_front_of_a_queue() {
    let names: Vec<String> = (0..14).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut session = None;
    let effects = update(&mut session, start(&names));
    let session = session.expect("it is under way");
    assert_eq!(session.queue.len(), SESSION_LENGTH);
    assert_eq!(session.progress(false), Progress::At { place: 0, count: SESSION_LENGTH });
    let forgotten = session.queue.iter().cloned().map(SessionEffect::ForgetDraft);
    assert_eq!(effects, forgotten.chain([SessionEffect::Remember(session.clone())]).collect::<Vec<_>>());

    let mut running = Some(session.clone());
    assert_eq!(update(&mut running, start(&[])), [], "an empty queue starts nothing");
    assert_eq!(running, Some(session));
}

#[test]
fn what_is_answered_is_not_still_to_come() {
    let mut session = started(&["a", "b"]);
    let ahead = |session: &Option<Session>, is_closed| {
        let session = session.as_ref().expect("there is one");
        (session.rest(is_closed).to_vec(), session.progress(is_closed))
    };
    let at = |place| Progress::At { place, count: 2 };
    update(&mut session, answered("a", 1));
    assert_eq!(ahead(&session, false), (vec![slug("a"), slug("b")], at(0)), "it may be tried again");
    assert_eq!(ahead(&session, true), (vec![slug("b")], at(1)));
    update(&mut session, SessionEvent::Advance);
    assert_eq!(ahead(&session, false), (vec![slug("b")], at(1)));
    update(&mut session, answered("b", 2));
    assert_eq!(ahead(&session, true), (Vec::new(), Progress::Answered));
    update(&mut session, SessionEvent::Advance);
    assert_eq!(ahead(&session, false), (Vec::new(), Progress::Finished));
}

#[test]
fn it_goes_on_to_its_end_and_ends_when_it_is_left() {
    let mut session = started(&["a", "b"]);
    assert_eq!(update(&mut session, SessionEvent::Leave), [], "it is under way");
    for (place, name) in [(1, "a"), (2, "b")] {
        let effects = update(&mut session, SessionEvent::Advance);
        let after = session.clone().expect("it is there");
        assert_eq!(after.place, place);
        assert_eq!(after.rest(false), &after.queue[place..]);
        assert_eq!(effects, [SessionEffect::ForgetDraft(slug(name)), SessionEffect::Remember(after)]);
    }
    assert!(session.as_ref().is_some_and(Session::is_finished));
    assert!(session.as_ref().is_some_and(Session::is_finished));
    assert_eq!(update(&mut session, SessionEvent::Advance), [], "there is nothing behind the end");
    assert_eq!(update(&mut session, SessionEvent::Leave), [SessionEffect::Forget]);
    assert_eq!(session, None);
    for event in [SessionEvent::Leave, SessionEvent::End, SessionEvent::Advance, answered("a", 1)] {
        assert_eq!(update(&mut session, event), [], "there is none");
    }
    let mut session = started(&["a"]);
    assert_eq!(update(&mut session, SessionEvent::End), [SessionEffect::Forget]);
    assert_eq!(session, None);
}

/// A clock that is set back in the middle of it is a kind of fault: a session must not find its attempts by time.
#[test]
fn a_clock_that_goes_back_changes_nothing_that_is_counted() {
    let mut log = AttemptLog::default();
    let mut session = started(&["a", "b", "c"]);
    for (name, time, mark) in [("a", 900_000, Mark::Right), ("b", 5, Mark::Wrong), ("c", 7, Mark::Right)] {
        let attempt = attempt(time, name, mark);
        let effects = update(&mut session, SessionEvent::Answered { slug: attempt.slug.clone(), attempt: attempt.id });
        assert_eq!(effects, [SessionEffect::Remember(session.clone().expect("it is there"))]);
        log.insert(attempt);
        update(&mut session, SessionEvent::Advance);
    }
    let session = session.expect("it is there");
    let marks = [("a", Mark::Right), ("b", Mark::Wrong), ("c", Mark::Right)];
    assert_eq!(session.marks(&log), marks.map(|(name, mark)| (slug(name), mark)));
}

#[test]
fn what_was_taken_back_does_not_count_until_it_is_answered_anew() {
    let mut session = started(&["a", "b"]);
    let (first, second) = (attempt(1, "a", Mark::Wrong), attempt(9, "a", Mark::Right));
    let mut log: AttemptLog = [first.clone(), second.clone()].into_iter().collect();
    update(&mut session, SessionEvent::Answered { slug: slug("a"), attempt: first.id });
    log.insert(Undo { id: AttemptId::new(2, 2), undone_at_ms: 2, of: first.id });
    assert_eq!(session.as_ref().expect("it is there").marks(&log), []);
    update(&mut session, SessionEvent::Answered { slug: slug("a"), attempt: second.id });
    assert_eq!(session.as_ref().expect("it is there").marks(&log), [(slug("a"), Mark::Right)]);
    assert_eq!(update(&mut session, answered("b", 3)), [], "it is not the current one");
    assert_eq!(update(&mut session, answered("gone", 3)), []);
}

#[test]
fn each_problem_says_what_was_given() {
    let mut session = started(&["a", "b", "c", "d"]);
    let (of_a, of_b) = (attempt(1, "a", Mark::Wrong), attempt(3, "b", Mark::Partly));
    let mut log: AttemptLog = [of_a.clone(), of_b.clone()].into_iter().collect();
    log.insert(Undo { id: AttemptId::new(2, 2), undone_at_ms: 2, of: of_a.id });
    for attempt in [&of_a, &of_b] {
        update(&mut session, SessionEvent::Answered { slug: attempt.slug.clone(), attempt: attempt.id });
        update(&mut session, SessionEvent::Advance);
    }
    // What the log of this device does not know was not handed in here.
    update(&mut session, answered("c", 77));
    let session = session.expect("it is there");
    let given = [Given::TakenBack(&of_a), Given::Counts(&of_b), Given::Nothing, Given::Nothing];
    assert_eq!(session.given(&log).into_iter().map(|(_, given)| given).collect::<Vec<_>>(), given);
    assert_eq!(session.attempt_at(&slug("a")), Some(of_a.id));
    assert_eq!((session.attempt_at(&slug("d")), session.attempt_at(&slug("gone"))), (None, None));
    assert_eq!(session.last_answered(), Some(&slug("b")));
    assert_eq!(started(&["a"]).expect("it is there").last_answered(), None);
}

#[test]
fn who_stops_early_sees_what_came_of_it() {
    let mut session = started(&["a", "b", "c"]);
    update(&mut session, answered("a", 1));
    update(&mut session, SessionEvent::Advance);
    let effects = update(&mut session, SessionEvent::Stop);
    let stopped = session.clone().expect("it is there");
    assert!(stopped.is_finished());
    assert_eq!(stopped.queue, [slug("a")], "what was not asked is not in its list");
    assert_eq!(effects, [SessionEffect::ForgetDraft(slug("b")), SessionEffect::Remember(stopped)]);
    assert_eq!(update(&mut session, SessionEvent::Stop), [], "it has stopped");

    let mut untouched = started(&["a", "b"]);
    assert_eq!(update(&mut untouched, SessionEvent::Stop), [SessionEffect::Forget], "there is nothing to see");
    assert_eq!(untouched, None);
}

#[test]
fn problems_that_a_new_release_lacks_are_left_out() {
    let known = catalog(["b", "d"].map(|name| entry(name, Level::Mid, &["move"])).to_vec());
    let mut session = started(&["a", "b", "c", "d"]);
    let of_b = attempt(3, "b", Mark::Right);
    update(&mut session, SessionEvent::Advance);
    update(&mut session, SessionEvent::Answered { slug: slug("b"), attempt: of_b.id });
    update(&mut session, SessionEvent::Advance);
    let effects = keep_known(&mut session, &known);
    let kept = session.clone().expect("it is there");
    assert_eq!(effects, [SessionEffect::Remember(kept.clone())]);
    assert_eq!((kept.queue.clone(), kept.place), (vec![slug("b"), slug("d")], 1));
    assert_eq!(kept.marks(&[of_b].into_iter().collect()), [(slug("b"), Mark::Right)]);
    assert_eq!(keep_known(&mut session, &known), [], "nothing is left to leave out");
    assert_eq!(keep_known(&mut None, &known), []);
}

/// What a tab kept may be of an older release, or of nobody.
#[test]
fn what_was_kept_is_made_sound() {
    let read = |text: &str| json::read::<Session>(text);
    let old = read(
        r#"{"filter":{"topic":null,"kind":null,"level":null,"concept":null},"queue":["a","b"],"place":1,"started":17}"#,
    );
    let old = old.expect("the older release's");
    assert_eq!((old.current(), old.attempts.len()), (Some(&slug("b")), 2));
    let odd = read(r#"{"filter":{},"queue":["a"],"place":9,"attempts":["0192a0000001-000000008f3a21c4",null]}"#)
        .expect("it is read");
    assert_eq!((odd.place, odd.attempts.len()), (1, 1));
    assert!(read(r#"{"queue":7}"#).is_err());
}

#[derive(Clone, Debug)]
enum Step {
    Event(SessionEvent),
    KeepKnown(Vec<bool>),
    Reload,
}

fn any_slug() -> impl Strategy<Value = Slug> {
    (0..14usize).prop_map(|number| slug(&format!("p{number}")))
}

fn any_step() -> impl Strategy<Value = Step> {
    let queue = prop::collection::btree_set(0..14usize, 0..14);
    let queue = queue.prop_map(|numbers| numbers.into_iter().map(|number| slug(&format!("p{number}"))).collect());
    prop_oneof![
        2 => queue.prop_map(|queue| Step::Event(SessionEvent::Start { filter: Filter::default(), queue })),
        6 => (any_slug(), 0..99u64).prop_map(|(slug, time)| {
            Step::Event(SessionEvent::Answered { slug, attempt: AttemptId::new(time, 1) })
        }),
        6 => Just(Step::Event(SessionEvent::Advance)),
        1 => Just(Step::Event(SessionEvent::End)),
        1 => Just(Step::Event(SessionEvent::Stop)),
        1 => Just(Step::Event(SessionEvent::Leave)),
        2 => prop::collection::vec(any::<bool>(), 14).prop_map(Step::KeepKnown),
        3 => Just(Step::Reload),
    ]
}

proptest! {
    #[test]
    fn a_session_survives_any_sequence_of_events(steps in prop::collection::vec(any_step(), 0..60)) {
        let (mut session, mut kept): (Option<Session>, Option<String>) = (None, None);
        for step in steps {
            let current = session.as_ref().and_then(|session| session.current().cloned());
            let effects = match step {
                Step::Event(event) => update(&mut session, event),
                Step::Reload => {
                    let read = kept.as_deref().map(|text| json::read(text).expect("it is what was kept"));
                    prop_assert_eq!(&read, &session);
                    session = read;
                    Vec::new()
                }
                Step::KeepKnown(known) => {
                    let names = (0..14).filter(|number| known[*number]).map(|number| format!("p{number}"));
                    let known = catalog(names.map(|name| entry(&name, Level::Mid, &["move"])).collect());
                    let effects = keep_known(&mut session, &known);
                    // Who is at a problem that is still there stays at it.
                    if let Some(current) = current.filter(|slug| known.entry(slug).is_some()) {
                        prop_assert_eq!(session.as_ref().and_then(Session::current), Some(&current));
                    }
                    effects
                }
            };
            for effect in effects {
                match effect {
                    SessionEffect::Remember(session) => kept = Some(serde_json::to_string(&session).expect("JSON")),
                    SessionEffect::Forget => kept = None,
                    SessionEffect::ForgetDraft(_) => {}
                }
            }
            if let Some(session) = &session {
                prop_assert!(session.place <= session.queue.len() && session.attempts.len() == session.queue.len());
            }
        }
    }
}
