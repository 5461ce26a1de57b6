//! A plan to the day of an interview is always feasible, and one that a person would agree with.

use std::collections::BTreeSet;

use crate::common::{catalog, entry, noon, on_day, slug};
use proptest::prelude::*;
use quiz::attempt::{Attempt, AttemptId, Remark, RemarkKind};
use quiz::catalog::{Catalog, Entry, TOPIC_ORDER, TopicPacks};
use quiz::grading::Mark;
use quiz::guide::{CheckItem, Guide, GuideSection};
use quiz::interview::{Blueprint, Part, RoundPlan};
use quiz::json;
use quiz::learner::calendar::{Calendar, day_of_iso, iso};
use quiz::learner::{Replay, ReviewContext};
use quiz::log::AttemptLog;
use quiz::plan::{
    AFTERWARDS, Job, Known, MINUTES_A_DAY, Offer, Outline, Plan, Planned, PlannedDay, QUESTIONS, Rehearsed, Section,
    Stories, Target, Task, plan, questions,
};
use quiz::practice::{self, Filter};
use quiz::problem::{Kind, Level, Topic};
use quiz::prose::Prose;

/// The day on which the plans of these tests are made.
const TODAY: u32 = 20_000;
/// So long a rehearsal may be for who has less time.
const LONG: u32 = 60;

fn target(days_left: u32, minutes_a_day: u32) -> Target {
    Target { day: TODAY + days_left, job: Job::Backend, minutes_a_day }
}

fn topic(name: &str) -> Filter {
    Filter { topic: Some(Topic(name.to_owned())), ..Filter::default() }
}

fn offer(filter: Filter, gap: u32, shortest: u32) -> Offer {
    Offer { filter, gap, shortest, was_missed_at_first: false, last: None, answered: 0 }
}

fn outline(name: &str, minutes: u32) -> Outline {
    Outline { name: name.to_owned(), title: name.replace('-', " "), minutes, topics: Vec::new() }
}

fn section(name: &str) -> Section {
    Section { slug: slug(name), title: name.replace('-', " "), minutes: 8, read: None }
}

fn rehearsed(name: &str, day: u32, percent: Option<u32>) -> Rehearsed {
    Rehearsed { blueprint: name.to_owned(), day, percent }
}

/// Somebody at senior level who has answered a few weeks long.
fn somebody() -> Known {
    let write = Filter { kind: Some(Kind::Write), ..Filter::default() };
    let design = Filter { kind: Some(Kind::Discuss), ..topic("system-design") };
    Known {
        today: TODAY,
        level: Some(Level::Senior),
        due: vec![12, 4, 4, 4, 4, 4, 4],
        offers: vec![
            offer(topic("ownership"), 20, 2),
            offer(topic("concurrency"), 60, 4),
            offer(topic("async"), 90, 4),
            offer(topic("unsafe"), 70, 3),
            offer(design, 100, 25),
            offer(write, 80, 15),
        ],
        sections: ["what-is-judged", "how-to-prepare", "questions-worth-asking", "offers-and-negotiating"]
            .map(section)
            .to_vec(),
        stories: Stories { before: 3, lacking: 0, today: false },
        blueprints: vec![
            outline("lightning", 10),
            outline("call", 20),
            outline("coding", 45),
            outline("phone-45", 45),
            outline("phone-60", 60),
            outline("loop", 285),
        ],
        ..Known::default()
    }
}

/// A plan as a page would tell it, a day a line.
fn told(plan: &Plan) -> Vec<String> {
    let task = |planned: &Planned| {
        let tick = if planned.is_done { "✓ " } else { "" };
        match planned.minutes {
            0 => format!("{tick}{}", planned.task.label()),
            minutes => format!("{tick}{} ({minutes})", planned.task.label()),
        }
    };
    let day = |planned: &PlannedDay| planned.tasks.iter().map(task).collect::<Vec<_>>().join(" · ");
    plan.days.iter().map(day).collect()
}

#[track_caller]
fn check(target: Target, known: &Known, expected: &[&str]) {
    let plan = plan(&target, known);
    assert_eq!(told(&plan), expected);
    check_feasible(&target, known, &plan);
}

#[test]
fn a_week_with_half_an_hour_a_day() {
    let days = [
        "Review what is due (7) · Practise: Async (8) · Write down a story of your work (15)",
        "Review what is due (9) · Practise: Concurrency (13) · Read: what is judged (8)",
        "Review what is due (4) · Rehearse: lightning (10) · Write a program (16)",
        "Review what is due (4) · Practise: Async (18) · Read: how to prepare (8)",
        "Rehearse: phone 60 (60)",
        "Review what is due (7) · Practise: Concurrency (8) · Write down a story of your work (15)",
        "Review what is due (5) · Choose what you want to ask them (8) · Rest. You need nothing new now.",
        "Warm up with questions that you know (10)",
    ];
    check(target(7, 30), &somebody(), &days);
}

#[test]
fn a_week_with_an_hour_a_day() {
    let days = [
        "Review what is due (12) · Talk about a question: System design (25) · Practise: Async (8) · Write down a story of your work (15)",
        "Review what is due (4) · Write a program (20) · Practise: Concurrency (20) · Practise: Unsafe (8) · Read: what is judged (8)",
        "Review what is due (4) · Rehearse: lightning (10) · Talk about a question: System design (25) · Practise: Async (21)",
        "Review what is due (4) · Write a program (20) · Practise: Concurrency (20) · Practise: Ownership (8) · Read: how to prepare (8)",
        "Rehearse: phone 60 (60)",
        "Review what is due (8) · Talk about a question: System design (25) · Practise: Async (12) · Write down a story of your work (15)",
        "Review what is due (4) · Choose what you want to ask them (8) · Rest. You need nothing new now.",
        "Warm up with questions that you know (10)",
    ];
    check(target(7, 60), &somebody(), &days);
}

#[test]
fn ten_minutes_a_day_on_a_train() {
    let days = [
        "Rehearse: lightning (10)",
        "Review what is due (5) · Practise: Async (5)",
        "Rehearse: phone 60 (60)",
        "Review what is due (5) · Practise: Concurrency (5)",
        "Review what is due (2) · Choose what you want to ask them (8) · Rest. You need nothing new now.",
        "Warm up with questions that you know (10)",
    ];
    check(target(5, 10), &somebody(), &days);
}

#[test]
fn the_interview_is_in_two_days() {
    let days = [
        "Rehearse: phone 60 (60)",
        "Review what is due (10) · Choose what you want to ask them (8) · Rest. You need nothing new now.",
        "Warm up with questions that you know (10)",
    ];
    check(target(2, 45), &somebody(), &days);
}

#[test]
fn the_interview_is_tomorrow_or_today() {
    let days = [
        "Review what is due (10) · Choose what you want to ask them (8) · Rest. You need nothing new now.",
        "Warm up with questions that you know (10)",
    ];
    check(target(1, 30), &somebody(), &days);
    check(target(0, 30), &somebody(), &days[1..]);
}

#[test]
fn a_day_that_has_passed_asks_for_nothing() {
    let passed = Target { day: TODAY - 1, ..target(0, 30) };
    assert_eq!(plan(&passed, &somebody()), Plan { days_left: None, days: Vec::new() });
}

#[test]
fn a_year_ahead_is_planned_for_two_weeks() {
    let plan = plan(&target(365, 20), &somebody());
    assert_eq!((plan.days_left, plan.days.len()), (Some(365), 14));
    assert!(rehearsals(&plan).is_empty(), "{plan:?}");
}

#[test]
fn rehearsals_begin_three_weeks_before_with_a_light_one_and_end_with_the_longest() {
    let names = |days_left, known: &Known| -> Vec<(u32, String)> {
        let plan = plan(&target(days_left, 90), known);
        rehearsals(&plan).into_iter().map(|(day, name)| (TODAY + days_left - day, name.to_owned())).collect()
    };
    let expected = |list: &[(u32, &str)]| -> Vec<(u32, String)> {
        list.iter().map(|(before, name)| (*before, (*name).to_owned())).collect()
    };
    let known = somebody();
    let ladder = [(13, "lightning"), (10, "call"), (8, "coding"), (5, "phone-45"), (3, "phone-60")];
    assert_eq!(names(13, &known), expected(&ladder));
    assert_eq!(names(9, &known), expected(&[(8, "lightning"), (5, "phone-45"), (3, "phone-60")]));
    // Who has five hours rehearses the whole loop.
    assert_eq!(rehearsals(&plan(&target(4, 300), &known)), [(TODAY + 1, "loop")]);

    // What was rehearsed is not asked again, and there is a day between.
    let done = vec![rehearsed("lightning", TODAY - 1, Some(80)), rehearsed("phone-60", TODAY - 4, None)];
    let known = Known { rehearsed: done, ..somebody() };
    assert_eq!(names(5, &known), expected(&[(3, "phone-45")]), "yesterday there was one");
    assert_eq!(names(6, &known), expected(&[(5, "call"), (3, "phone-45")]));

    // When all were, what went worst comes again.
    let all = [("lightning", 90), ("call", 40), ("coding", 70), ("phone-45", 60), ("phone-60", 80), ("loop", 50)];
    let done = all.map(|(name, percent)| rehearsed(name, TODAY - 9, Some(percent)));
    let known = Known { rehearsed: done.to_vec(), ..somebody() };
    assert_eq!(names(5, &known), expected(&[(5, "phone-45"), (3, "call")]));
}

#[test]
fn what_the_job_is_about_is_rehearsed_rather() {
    let about = |name: &str, topic: &str| Outline { topics: vec![Topic(topic.to_owned())], ..outline(name, 45) };
    let blueprints = vec![about("a-threads", "concurrency"), about("b-unsafe", "unsafe")];
    let known = Known { blueprints, ..somebody() };
    let last = |job| rehearsals(&plan(&Target { job, ..target(3, 60) }, &known))[0].1.to_owned();
    assert_eq!((last(Job::Backend), last(Job::Embedded)), ("a-threads".to_owned(), "b-unsafe".to_owned()));
}

#[test]
fn what_was_done_today_is_ticked_and_the_day_stays_as_it_was() {
    let target = target(6, 60);
    let before = plan(&target, &somebody());
    let mut known = somebody();
    known.sections[0].read = Some(TODAY);
    known.reviewed = 9;
    known.offers.iter_mut().for_each(|offer| offer.answered = 20);
    let after = plan(&target, &known);
    let undone = |plan: &Plan| -> Vec<(Task, u32)> {
        plan.days[0].tasks.iter().map(|planned| (planned.task.clone(), planned.minutes)).collect()
    };
    assert_eq!(undone(&after), undone(&before));
    assert!(after.days[0].tasks.iter().all(|planned| planned.is_done), "{:?}", told(&after));
    assert!(before.days[0].tasks.iter().all(|planned| !planned.is_done), "{:?}", told(&before));
    let reads =
        |plan: &Plan, day: usize| plan.days[day].tasks.iter().any(|planned| planned.task.label().starts_with("Read"));
    assert!(reads(&after, 0), "{:?}", told(&after));

    // Of more than can be reviewed in a day, half is not all that was planned.
    let half = plan(&target, &Known { reviewed: 5, ..known.clone() });
    let is_reviewed =
        |plan: &Plan| plan.days[0].tasks.iter().any(|planned| planned.task == Task::Review && planned.is_done);
    assert!(is_reviewed(&after) && !is_reviewed(&half), "{:?}", told(&half));

    // The next day it is not asked again.
    let next = Known { today: TODAY + 1, ..known };
    let all = told(&plan(&target, &next)).join("\n");
    assert!(all.contains("how to prepare") && !all.contains("what is judged"), "{all}");
}

#[test]
fn a_rehearsal_of_today_is_today_s_whatever_was_planned() {
    let known = Known { rehearsed: vec![rehearsed("loop", TODAY, Some(55))], ..somebody() };
    let plan = plan(&target(7, 60), &known);
    assert_eq!(told(&plan)[0], "✓ Rehearse: loop (285)");
    assert_eq!(rehearsals(&plan).len(), 3);
    check_feasible(&target(7, 60), &known, &plan);
}

#[test]
fn a_date_is_read_as_it_is_written() {
    assert_eq!((iso(TODAY), day_of_iso("2024-10-04")), ("2024-10-04".to_owned(), Some(TODAY)));
    for text in ["", "2024-10", "2024-10-4", "2024-02-30", "2024-10-04-1", "1969-12-31", "12024-10-04", "+2024-10-04"] {
        assert_eq!(day_of_iso(text), None, "{text}");
    }
}

/// They go by names, and what is misspelt would never be planned.
#[test]
fn the_sections_and_topics_that_plans_name_are_there() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../problems/guide");
    let files = std::fs::read_dir(folder).expect("the guide").map(|file| file.expect("a file").file_name());
    let names: Vec<String> = files.map(|name| name.to_string_lossy().into_owned()).collect();
    for section in AFTERWARDS.into_iter().chain([QUESTIONS]) {
        assert!(names.iter().any(|name| name.ends_with(&format!("-{section}.md"))), "no {section} among {names:?}");
    }
    let count = |job: Job, weight| {
        let weighs = |name: &&&str| job.weight(&Topic((**name).to_owned()), None) == weight;
        TOPIC_ORDER.iter().filter(weighs).count()
    };
    let counts = Job::ALL.map(|job| (count(job, 3), count(job, 1)));
    assert_eq!(counts, [(2, 0), (3, 1), (4, 0), (3, 1), (3, 1), (3, 1)], "core and rare topics of each kind of job");
}

/// The days on which something is rehearsed, and what.
fn rehearsals(plan: &Plan) -> Vec<(u32, &str)> {
    let of_day = |day: &'_ PlannedDay| day.day;
    let tasks = plan.days.iter().flat_map(|day| day.tasks.iter().map(move |planned| (of_day(day), planned)));
    tasks
        .filter_map(|(day, planned)| match &planned.task {
            Task::Rehearse { blueprint, .. } => Some((day, blueprint.as_str())),
            _ => None,
        })
        .collect()
}

/// What holds of every plan.
#[track_caller]
fn check_feasible(target: &Target, known: &Known, plan: &Plan) {
    let Some(days_left) = plan.days_left else {
        assert!(target.day < known.today && plan.days.is_empty(), "{plan:?}");
        return;
    };
    assert_eq!(known.today + days_left, target.day);
    let days: Vec<u32> = plan.days.iter().map(|day| day.day).collect();
    let last = known.today + days_left.min(13);
    assert_eq!(days, (known.today..=last).collect::<Vec<_>>(), "each day once, and none after the interview");

    let mut read = BTreeSet::new();
    let mut long = 0;
    for day in &plan.days {
        let to_do: Vec<&Planned> = day.tasks.iter().filter(|planned| !planned.is_done).collect();
        let minutes: u32 = to_do.iter().map(|planned| planned.minutes).sum();
        if minutes > target.minutes() {
            let [Planned { task: Task::Rehearse { .. }, minutes, .. }] = to_do.as_slice() else {
                panic!("{minutes} minutes: {day:?}");
            };
            assert!(*minutes <= LONG, "{day:?}");
            long += 1;
        }
        for planned in &day.tasks {
            assert_eq!(planned.minutes == 0, planned.task == Task::Rest, "{planned:?}");
            assert!(day.day == known.today || !planned.is_done, "nobody has done anything on {}: {planned:?}", day.day);
            if let Task::Read { section, .. } = &planned.task {
                assert!(read.insert(section.clone()), "{section} is read twice");
                let known = known.sections.iter().find(|known| known.slug == *section).expect("a section");
                assert!(known.read.is_none_or(|read| read >= days[0]), "{section} was read");
            }
        }
        let tasks: Vec<&Task> = day.tasks.iter().map(|planned| &planned.task).collect();
        let are_distinct = tasks.iter().enumerate().all(|(place, task)| !tasks[..place].contains(task));
        assert!(are_distinct, "the same twice: {day:?}");
    }
    assert!(long <= 1, "{long} days take longer than there is time");

    let rehearsed = rehearsals(plan);
    for pair in rehearsed.windows(2) {
        assert!(pair[1].0 >= pair[0].0 + 2, "{rehearsed:?}");
    }
    let was_today = |day: u32| known.rehearsed.iter().any(|done| done.day >= day);
    for (day, name) in &rehearsed {
        assert!(target.day >= day + 2 || was_today(*day), "{name} is too near to the interview");
    }
}

fn any_known() -> impl Strategy<Value = Known> {
    let minutes = || prop_oneof![4 => 0..60u32, 1 => any::<u32>()];
    let day = || prop_oneof![4 => TODAY - 30..=TODAY, 1 => any::<u32>()];
    let filter = (prop::option::of(prop::sample::select(vec!["async", "unsafe", "system-design", "x"])), any::<bool>());
    let filter = filter.prop_map(|(topic, writes)| Filter {
        topic: topic.map(|name| Topic(name.to_owned())),
        kind: writes.then_some(Kind::Write),
        ..Filter::default()
    });
    let offer = (filter, minutes(), 1..60u32, any::<bool>(), prop::option::of(day()), minutes()).prop_map(
        |(filter, gap, shortest, was_missed_at_first, last, answered)| Offer {
            filter,
            gap,
            shortest,
            was_missed_at_first,
            last,
            answered,
        },
    );
    // Each is offered once.
    let offers = prop::collection::vec(offer, 0..9).prop_map(|mut offers| {
        let mut seen: Vec<Filter> = Vec::new();
        offers.retain(|offer| {
            !seen.contains(&offer.filter) && {
                seen.push(offer.filter.clone());
                true
            }
        });
        offers
    });
    let names = || prop::sample::select(vec!["lightning", "call", "coding", "phone", "loop"]);
    let blueprint = (names(), prop_oneof![1..90u32, any::<u32>()]).prop_map(|(name, minutes)| outline(name, minutes));
    let blueprints = prop::collection::vec(blueprint, 0..6).prop_map(|mut list| {
        list.sort_by(|one, other| one.name.cmp(&other.name));
        list.dedup_by(|one, other| one.name == other.name);
        list
    });
    let done =
        (names(), day(), prop::option::of(0..=100u32)).prop_map(|(name, day, percent)| rehearsed(name, day, percent));
    let sections = prop::collection::vec((1..=15u32, prop::option::of(day())), 0..12).prop_map(|list| {
        let names = ["questions-worth-asking", "offers-and-negotiating"].map(str::to_owned).into_iter();
        let names = names.chain((0..).map(|number| format!("section-{number}")));
        names.zip(list).map(|(name, (minutes, read))| Section { minutes, read, ..section(&name) }).collect()
    });
    let stories =
        (0..9usize, 0..9usize, any::<bool>()).prop_map(|(before, lacking, today)| Stories { before, lacking, today });
    (
        (prop_oneof![9 => Just(TODAY), 1 => any::<u32>()], prop::option::of(prop::sample::select(&Level::ALL[..]))),
        (prop::collection::vec(minutes(), 0..16), minutes(), any::<bool>(), minutes()),
        (offers, sections, stories, blueprints, prop::collection::vec(done, 0..6)),
    )
        .prop_map(|((today, level), (due, reviewed, is_reviewed, answered), rest)| {
            let (offers, sections, stories, blueprints, rehearsed) = rest;
            Known {
                today,
                level,
                due,
                reviewed,
                is_reviewed,
                answered,
                offers,
                sections,
                stories,
                blueprints,
                rehearsed,
            }
        })
}

fn any_target() -> impl Strategy<Value = Target> {
    let day = prop_oneof![8 => TODAY..TODAY + 30, 1 => TODAY - 9..TODAY + 400, 1 => any::<u32>()];
    let minutes = prop_oneof![8 => 0..130u32, 1 => any::<u32>()];
    (day, prop::sample::select(&Job::ALL[..]), minutes).prop_map(|(day, job, minutes_a_day)| Target {
        day,
        job,
        minutes_a_day,
    })
}

proptest! {
    #[test]
    fn a_plan_is_always_feasible(target in any_target(), known in any_known()) {
        let made = plan(&target, &known);
        check_feasible(&target, &known, &made);
        prop_assert_eq!(plan(&target, &known), made, "the same twice");
    }

    /// Whoever does nothing for some days finds a plan that is as feasible as before.
    #[test]
    fn missed_days_only_move_what_is_left(target in any_target(), known in any_known(), missed in 1..20u32) {
        let mut later = known;
        later.today = later.today.saturating_add(missed);
        later.due.drain(..(missed as usize).min(later.due.len()));
        check_feasible(&target, &later, &plan(&target, &later));
    }

    #[test]
    fn a_target_comes_back_as_it_was(target in any_target()) {
        let text = serde_json::to_string(&target).expect("JSON");
        prop_assert_eq!(json::read::<Target>(&text), Ok(target));
        prop_assert!(MINUTES_A_DAY.contains(&target.minutes()));
    }
}

/// A learner who does all that is asked of them has read, written and rehearsed all there is by the day.
#[test]
fn who_follows_it_is_through_in_time() {
    let target = target(14, 60);
    let mut known = somebody();
    known.stories.before = 2;
    let mut practised = BTreeSet::new();
    for day in TODAY..=target.day {
        known.today = day;
        let today = plan(&target, &known).days.remove(0);
        for offer in &mut known.offers {
            let is_asked = today.tasks.iter().any(|planned| planned.task == Task::Practise(offer.filter.clone()));
            offer.last = if is_asked { Some(day) } else { offer.last };
            offer.gap -= if is_asked { offer.gap / 4 } else { 0 };
        }
        for Planned { task, .. } in today.tasks {
            match task {
                Task::Practise(filter) => _ = practised.insert(format!("{filter:?}")),
                Task::Rehearse { blueprint, .. } => known.rehearsed.push(rehearsed(&blueprint, day, Some(70))),
                Task::Read { section, .. } | Task::ChooseQuestions(section) => {
                    let read = known.sections.iter_mut().find(|known| known.slug == section).expect("a section");
                    read.read = Some(day);
                }
                Task::WriteStory => known.stories.before += 1,
                Task::Review | Task::ImproveStory | Task::WarmUp | Task::Rest => {}
            }
        }
        known.due = known.due.split_off(1.min(known.due.len()));
    }
    let unread: Vec<_> =
        known.sections.iter().filter(|section| section.read.is_none()).map(|section| &section.slug).collect();
    assert_eq!(unread, [&slug("offers-and-negotiating")], "that is for later");
    assert_eq!(known.stories.before, 5);
    let done: Vec<_> = known.rehearsed.iter().map(|done| done.blueprint.as_str()).collect();
    assert_eq!(done, ["lightning", "call", "coding", "phone-45", "phone-60"]);
    assert_eq!(practised.len(), known.offers.len(), "each sort of practice had its turn: {practised:?}");
}

/// Problems of three topics: short ones, a program to write, and designs to talk about.
fn small_catalog() -> Catalog {
    let named = |name: &str, topic: &str, kind, minutes| Entry {
        topic: Topic(topic.to_owned()),
        kind,
        minutes,
        ..entry(name, Level::Junior, &["move"])
    };
    let mut entries: Vec<Entry> =
        (0..8).map(|number| named(&format!("a{number}"), "ownership", Kind::Predict, 3)).collect();
    entries.push(named("hard", "ownership", Kind::Predict, 2));
    entries.last_mut().expect("an entry").level = Level::Staff;
    entries.push(named("program", "ownership", Kind::Write, 25));
    entries.push(named("design", "system-design", Kind::Discuss, 35));
    let topics =
        ["ownership", "system-design"].map(|name| TopicPacks { topic: Topic(name.to_owned()), packs: Vec::new() });
    Catalog { topics: topics.to_vec(), ..catalog(entries) }
}

fn guide() -> Guide {
    let item = |id| CheckItem { id, text: Prose::line("Do it.") };
    let section = |name: &str| GuideSection {
        slug: slug(name),
        title: name.to_owned(),
        practice: Vec::new(),
        text: Prose::line("word ".repeat(900).trim()),
        checklist: vec![item(1), item(2)],
    };
    Guide { sections: ["first", "second"].map(section).to_vec() }
}

fn known_of(log: &AttemptLog, day: u64, ask: impl FnOnce(&quiz::learner::Learner<'_>, Known)) {
    let catalog = small_catalog();
    let context = ReviewContext { level: Some(Level::Mid), ..noon(day) };
    let replay = Replay::of(&catalog, log, &context);
    let learner = replay.learner(&catalog, log);
    let part = Part { kinds: vec![Kind::Write], topics: vec![Topic("async".to_owned())], count: 1, minutes_each: 20 };
    let round = RoundPlan {
        title: "Round".to_owned(),
        minutes: 45,
        break_minutes_before: 0,
        own_questions_minutes: 5,
        parts: vec![part],
        worth_asking: Vec::new(),
    };
    let blueprint = |name: &str, levels: &[Level]| Blueprint {
        name: name.to_owned(),
        title: name.to_owned(),
        description: String::new(),
        judged: Vec::new(),
        levels: levels.to_vec(),
        rounds: vec![round.clone()],
    };
    let blueprints = [blueprint("for-all", &[]), blueprint("for-staff", &[Level::Staff])];
    let known = Known::of(&learner, log, Calendar::default(), Some(&guide()), &blueprints, Vec::new());
    ask(&learner, known);
}

/// What a placement has shown: of equals its misses come first, and its single questions are no practice.
#[test]
fn what_was_missed_at_first_comes_first() {
    let equals = Known {
        offers: ["ownership", "traits", "closures"].map(|name| offer(topic(name), 100, 2)).to_vec(),
        ..Known { today: TODAY, ..Known::default() }
    };
    let first = |known: &Known| {
        let practised = plan(&target(9, 60), known).days[0].tasks.iter().find_map(|planned| match &planned.task {
            Task::Practise(filter) => filter.topic.clone(),
            _ => None,
        });
        practised.expect("something is practised").0
    };
    assert_eq!(&*first(&equals), "ownership", "as the course has them");
    let mut missed = equals.clone();
    missed.offers[1].was_missed_at_first = true;
    assert_eq!(&*first(&missed), "traits");

    let log = |marks: &[(u64, &str, Mark)]| -> AttemptLog {
        marks.iter().map(|(day, name, mark)| on_day(*day, name, *mark, None)).collect()
    };
    let of_first = |log: &AttemptLog, ask: fn(&Offer) -> (bool, Option<u32>)| {
        let mut found = None;
        known_of(log, 9, |_, known| found = Some(ask(&known.offers[0])));
        found.expect("there is an offer")
    };
    let told = |offer: &Offer| (offer.was_missed_at_first, offer.last);
    assert_eq!(of_first(&log(&[(8, "a0", Mark::Wrong)]), told), (true, None), "one question");
    assert_eq!(of_first(&log(&[(8, "a0", Mark::Right)]), told), (false, None));
    let two = log(&[(7, "a0", Mark::Right), (7, "a1", Mark::Right), (8, "a2", Mark::Right)]);
    assert_eq!(of_first(&two, told), (false, Some(7)));
}

/// Whoever is quick at short questions is not promised to write a program in a third of its time.
#[test]
fn who_is_quick_has_no_shorter_programs() {
    let quick = |day| Attempt { elapsed_ms: 1_000, ..on_day(day, "a0", Mark::Right, None) };
    known_of(&(1..=12).map(quick).collect(), 20, |_, known| {
        let offers: Vec<_> = known.offers.iter().map(|offer| (offer.filter.kind, offer.shortest)).collect();
        assert_eq!(offers, [(None, 1), (Some(Kind::Discuss), 35), (Some(Kind::Write), 25)]);
    });
    // Nor is more handed out than fits.
    let quick: AttemptLog = (1..=12).map(quick).collect();
    known_of(&quick, 20, |learner, _| {
        let long = ["program", "design"].map(slug);
        assert_eq!(practice::fitting(learner, &long, 30), long[..1]);
        assert_eq!(practice::fitting(learner, &long, 60), long);
    });
}

/// What nobody is given unasked is no review that a plan promises.
#[test]
fn what_is_talked_about_is_not_planned_as_due() {
    let log: AttemptLog =
        [on_day(1, "design", Mark::Right, None), on_day(1, "program", Mark::Wrong, None)].into_iter().collect();
    known_of(&log, 2, |learner, known| {
        assert!(learner.cards.iter().any(|card| card.due.is_some()), "they come again when they are asked for");
        assert!(known.due.iter().all(|minutes| *minutes == 0), "{:?}", known.due);
    });
}

/// A clock that was ahead, and is right again, has ticked off nothing of today or of any day until then.
#[test]
fn what_is_dated_ahead_is_not_of_today() {
    let remark = |day: u64, name: &str, what: RemarkKind| Remark {
        id: AttemptId::new(noon(day).now, 1),
        made_at_ms: noon(day).now,
        slug: slug(name),
        what,
    };
    let log: AttemptLog =
        [remark(29, "first", RemarkKind::Done(2)), remark(30, "story-1", RemarkKind::Story("We did it.".to_owned()))]
            .into_iter()
            .collect();
    known_of(&log, 9, |_, known| {
        assert_eq!(known.sections[0].read, None);
        assert!(!known.stories.today, "{:?}", known.stories);
    });
    known_of(&log, 29, |_, known| assert_eq!(known.sections[0].read, Some(29)));
}

#[test]
fn what_is_known_is_told_as_of_the_morning() {
    let remark = |day: u64, name: &str, what: RemarkKind| Remark {
        id: AttemptId::new(noon(day).now, u64::from(name.len() as u32)),
        made_at_ms: noon(day).now,
        slug: slug(name),
        what,
    };
    let mut log: AttemptLog =
        [on_day(1, "a0", Mark::Right, None), on_day(1, "a1", Mark::Wrong, None)].into_iter().collect();
    log.insert(remark(5, "first", RemarkKind::Done(2)));
    log.insert(remark(5, "story-1", RemarkKind::Story("We did it.".to_owned())));
    let mut morning = None;
    known_of(&log, 9, |learner, known| {
        assert_eq!(known.due[0], 6, "two of three minutes are due: {known:?}");
        assert!(!known.is_reviewed && known.reviewed == 0 && known.answered == 0, "{known:?}");
        let offers: Vec<_> = known.offers.iter().map(|offer| (offer.filter.kind, offer.shortest)).collect();
        assert_eq!(
            offers,
            [(None, 3), (Some(Kind::Discuss), 35), (Some(Kind::Write), 25)],
            "what is too hard is left out"
        );
        assert_eq!(known.sections[0].read, Some(5));
        assert_eq!((known.sections[1].read, known.sections[1].minutes), (None, 5));
        assert_eq!(known.stories, Stories { before: 1, lacking: 1, today: false });
        let blueprints: Vec<_> =
            known.blueprints.iter().map(|outline| (outline.name.as_str(), outline.minutes)).collect();
        assert_eq!(blueprints, [("for-all", 45)]);
        let review = Planned { task: Task::Review, minutes: 6, is_done: false };
        assert_eq!(BTreeSet::from_iter(questions(learner, &review)), BTreeSet::from(["a0", "a1"].map(slug)));
        let practise = Planned { task: Task::Practise(known.offers[0].filter.clone()), minutes: 10, is_done: false };
        assert_eq!(questions(learner, &practise).len(), 3, "three of three minutes fit into ten");
        let write = Planned { task: Task::Practise(known.offers[2].filter.clone()), minutes: 10, is_done: false };
        assert_eq!(questions(learner, &write), [slug("program")], "there is no shorter one");
        let warm_up = Planned { task: Task::WarmUp, minutes: 9, is_done: false };
        assert_eq!(questions(learner, &warm_up).len(), 3);
        assert!(questions(learner, &Planned { task: Task::Rest, minutes: 0, is_done: false }).is_empty());
        morning = Some(known);
    });
    let morning = morning.expect("the morning");

    // What was not due, and what is answered twice, is no more of what is due.
    let mut early = log.clone();
    let again = on_day(9, "a5", Mark::Right, None);
    let again = [again.clone(), Attempt { id: AttemptId::new(again.id.time + 1, 1), ..again }];
    for attempt in [on_day(8, "a5", Mark::Right, None)].into_iter().chain(again) {
        early.insert(attempt);
    }
    known_of(&early, 9, |_, known| assert_eq!((known.due[0], known.reviewed), (0, 0), "a like one rests"));

    // What stood in for something due has taken it off.
    let stood_in: AttemptLog =
        [on_day(1, "a1", Mark::Right, None), on_day(4, "a1", Mark::Right, None), on_day(8, "a0", Mark::Wrong, None)]
            .into_iter()
            .collect();
    let morning_due = |log: &AttemptLog| {
        let mut told = None;
        known_of(log, 9, |_, known| told = Some((known.due[0], known.reviewed)));
        told.expect("it is told")
    };
    let (due, reviewed) = morning_due(&stood_in);
    assert!(due > 0 && reviewed == 0);
    let mut answered = stood_in;
    answered.insert(on_day(9, "a1", Mark::Right, None));
    assert_eq!(morning_due(&answered), (due, due), "the review is ticked off, and stays");

    // By noon something was answered, read and written; the tasks are those of the morning, ticked.
    for name in ["a0", "a1", "a2", "a3"] {
        log.insert(on_day(9, name, Mark::Right, None));
    }
    log.insert(remark(9, "second", RemarkKind::Done(1)));
    log.insert(remark(9, "story-22", RemarkKind::Story("I did it.".to_owned())));
    known_of(&log, 9, |_, known| {
        assert_eq!((known.due[0], known.reviewed, known.is_reviewed, known.answered), (6, 6, true, 12));
        let gaps = |known: &Known| known.offers.iter().map(|offer| (offer.gap, offer.shortest)).collect::<Vec<_>>();
        assert_eq!(gaps(&known), gaps(&morning));
        assert_eq!(known.offers[0].answered, 12);
        assert_eq!(known.sections[1].read, Some(9));
        assert_eq!(known.stories, Stories { before: 1, lacking: 2, today: true });
        let target = Target { day: 15, ..target(0, 30) };
        let tasks = |known: &Known| -> Vec<Task> {
            plan(&target, known).days[0].tasks.iter().map(|planned| planned.task.clone()).collect()
        };
        assert_eq!(tasks(&known), tasks(&morning));
        assert!(plan(&target, &known).days[0].tasks.iter().all(|planned| planned.is_done));
    });

    // The next day it was practised the day before.
    known_of(&log, 10, |_, known| {
        assert!(known.offers[0].last == Some(9) && known.offers[0].answered == 0, "{known:?}")
    });
}
