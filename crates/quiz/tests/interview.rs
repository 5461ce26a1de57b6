//! An interview is drawn fairly and the same for everybody, loses nothing while it runs, ends on time, and is judged by its
//! published rubric.

use std::collections::{BTreeMap, BTreeSet};

use crate::common::{attempt, catalog, entry, questions, slug};
use proptest::prelude::*;
use quiz::answer::Answer;
use quiz::attempt::{Attempt, AttemptId};
use quiz::catalog::{Catalog, Entry};
use quiz::discussion::{Criterion, Score};
use quiz::exercise::{CodeResult, FailureKind, Rejection, SelfAssessment, TestFailure};
use quiz::grading::Mark;
use quiz::interview::blueprint::Flaw;
use quiz::interview::draw::{BadAddress, clashes, shortfalls};
use quiz::interview::machine::{
    AskedQuestion, HandedIn, KEPT_EVERY_MS, MOST_OWN_QUESTIONS, Misfit, NOTES_LIMIT, OWN_QUESTION_LIMIT, Phase,
    Reflection, Round, View,
};
use quiz::interview::report::{Limit, RoundReport, Row, TestCount};
use quiz::interview::{
    Address, Blueprint, DRAW_VERSION, Effect, Event, Evidence, Found, Heading, Interview, Invitation, KeptInterview,
    Part, Recommendation, Report, RoundPlan, Shortfall, StoredInterview, UnderWay, Warning, draw, draw_anew,
};
use quiz::json;
use quiz::problem::{Kind, Level, Slug, Topic};

const MINUTE: u64 = 60_000;
/// When the interviews of these tests are made, in ms since 1970.
const START: u64 = 1_790_000_000_000;

fn part(kinds: &[Kind], topics: &[&str], count: usize) -> Part {
    let topics = topics.iter().map(|name| Topic((*name).to_owned())).collect();
    Part { kinds: kinds.to_vec(), topics, count, minutes_each: 5 }
}

fn round(parts: Vec<Part>) -> RoundPlan {
    let title = "Round".to_owned();
    let worth_asking = vec!["How long is a build after a small change?".to_owned(); 6];
    RoundPlan { title, minutes: 60, break_minutes_before: 0, own_questions_minutes: 5, parts, worth_asking }
}

fn blueprint(rounds: Vec<RoundPlan>) -> Blueprint {
    let text = |text: &str| text.to_owned();
    Blueprint {
        name: text("phone-screen-60"),
        title: text("Phone screen"),
        description: text("One engineer, a shared editor."),
        judged: vec![text("reasoning")],
        levels: Vec::new(),
        rounds,
    }
}

/// Reading programs, writing them, and a talk about a topic.
fn two_rounds() -> Blueprint {
    let first = round(vec![part(&[Kind::Predict, Kind::Choice], &[], 3), part(&[Kind::Write], &[], 1)]);
    let second = RoundPlan {
        break_minutes_before: 10,
        minutes: 45,
        ..round(vec![part(&[Kind::Predict], &["async", "unsafe"], 2), part(&[Kind::Write], &["async"], 1)])
    };
    blueprint(vec![first, second])
}

/// So many problems of all levels, of four topics and three kinds, each with a concept of its own.
fn hundred(count: usize) -> Catalog {
    let kinds = [Kind::Predict, Kind::Choice, Kind::Write];
    let topics = ["ownership", "async", "unsafe", "concurrency"];
    let problem = |number: usize| Entry {
        kind: kinds[number % 3],
        topic: Topic(topics[number / 3 % 4].to_owned()),
        ..entry(&format!("p{number}"), Level::ALL[number / 12 % 4], &[&format!("c{number}")])
    };
    catalog((0..count).map(problem).collect())
}

/// Predictions of this level, with these concepts.
fn predictions(level: Level, named: &[(&str, &[&str])]) -> Vec<Entry> {
    named.iter().map(|(name, concepts)| entry(name, level, concepts)).collect()
}

fn names(drawn: &[Vec<Slug>]) -> Vec<Vec<&str>> {
    drawn.iter().map(|round| round.iter().map(|slug| &*slug.0).collect()).collect()
}

#[test]
fn a_seed_makes_the_same_interview_everywhere_and_for_ever() {
    let drawn = |seed| draw(&two_rounds(), Level::Mid, seed, &hundred(100)).expect("there are enough");
    assert_eq!(DRAW_VERSION, 3, "a new version keeps the list of the old one, for whom nothing was asked lately");
    assert_eq!(names(&drawn(7)), [vec!["p63", "p21", "p19", "p65"], vec!["p15", "p18", "p53"]]);
    assert_eq!(names(&drawn(u64::MAX)), [vec!["p15", "p4", "p66", "p65"], vec!["p54", "p18", "p17"]]);
}

#[test]
fn the_order_of_the_catalog_does_not_matter() {
    let mut problems = hundred(100).problems.to_vec();
    problems.reverse();
    let (one, other) = (hundred(100), catalog(problems));
    for seed in 0..50 {
        assert_eq!(draw(&two_rounds(), Level::Mid, seed, &one), draw(&two_rounds(), Level::Mid, seed, &other));
    }
}

#[test]
fn each_problem_is_drawn_as_often_as_the_others() {
    const SEEDS: u64 = 2000;
    let names: Vec<String> = (0..40).map(|number| format!("a-problem-{number}")).collect();
    let catalog = catalog(names.iter().map(|name| entry(name, Level::Mid, &[name])).collect());
    let asks_four = blueprint(vec![round(vec![part(&[Kind::Predict], &[], 4)])]);
    let mut counts: BTreeMap<Slug, u32> = BTreeMap::new();
    for seed in 0..SEEDS {
        let drawn = draw(&asks_four, Level::Mid, seed, &catalog).expect("there are enough");
        drawn.concat().into_iter().for_each(|slug| *counts.entry(slug).or_default() += 1);
    }
    let expected = SEEDS as f64 * 4.0 / 40.0;
    let chi_squared: f64 = counts.values().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    assert_eq!(counts.len(), 40);
    // Of 39 degrees of freedom, one in a thousand is beyond it.
    assert!(chi_squared < 72.1, "{chi_squared}: {counts:?}");
}

#[test]
fn problems_of_the_own_level_come_three_times_as_often_as_those_one_below() {
    let of = |level: Level, number| entry(&format!("{}-{number}", level.name()), level, &[]);
    let levels = Level::ALL.into_iter().flat_map(|level| (0..20).map(move |number| of(level, number)));
    let (catalog, asks_one) = (catalog(levels.collect()), blueprint(vec![round(vec![part(&[Kind::Predict], &[], 1)])]));
    let mut counts: BTreeMap<Level, u32> = BTreeMap::new();
    for seed in 0..2000 {
        let drawn = draw(&asks_one, Level::Senior, seed, &catalog).expect("there are enough");
        *counts.entry(catalog.entry(&drawn[0][0]).expect("it is there").level).or_default() += 1;
    }
    assert_eq!(counts.keys().collect::<Vec<_>>(), [&Level::Mid, &Level::Senior]);
    assert!((1420..=1580).contains(&counts[&Level::Senior]), "{counts:?}");
}

#[test]
fn one_problem_more_changes_few_interviews() {
    let (before, after) = (hundred(100), hundred(101));
    let (mut changed, mut most_changed) = (0, 0);
    for seed in 0..200 {
        let drawn = |catalog: &Catalog| draw(&two_rounds(), Level::Mid, seed, catalog).expect("there are enough");
        let (old, new) = (drawn(&before), drawn(&after));
        let set = |drawn: &[Vec<Slug>]| drawn.iter().flatten().cloned().collect::<BTreeSet<Slug>>();
        let lost = set(&old).difference(&set(&new)).count();
        changed += usize::from(old != new);
        most_changed = most_changed.max(lost);
    }
    assert!(most_changed <= 1, "one problem gives way to the new one");
    assert!((1..60).contains(&changed), "{changed} of 200 interviews are others now");
}

#[test]
fn what_only_one_part_can_ask_is_not_taken_by_another() {
    let mut problems = predictions(Level::Mid, &[("a", &["a"]), ("b", &["b"])]);
    problems[1].topic = Topic("async".to_owned());
    let (catalog, predict) = (catalog(problems), [Kind::Predict]);
    let anything_first = blueprint(vec![round(vec![part(&predict, &[], 1), part(&predict, &["async"], 1)])]);
    for seed in 0..50 {
        let drawn = draw(&anything_first, Level::Mid, seed, &catalog).expect("there are just enough");
        assert_eq!(names(&drawn), [["a", "b"]]);
    }
    let asks_more = blueprint(vec![round(vec![part(&predict, &[], 1), part(&predict, &["async"], 4)])]);
    let missing = Shortfall { round: 0, part: 1, missing: 3, level: Level::Mid };
    let with_three = Blueprint { levels: vec![Level::Mid, Level::Staff], ..asks_more };
    let of_staff = Shortfall { round: 0, part: 0, missing: 1, level: Level::Staff };
    assert_eq!(shortfalls(&with_three, &catalog), [missing, of_staff]);
    assert_eq!(missing.to_string(), "part 2 of round 1 lacks 3 of its problems for a candidate of level mid");
    assert_eq!(shortfalls(&Blueprint { levels: vec![Level::Mid, Level::Senior], ..anything_first }, &catalog), []);
}

#[test]
fn problems_on_the_same_concepts_are_kept_apart() {
    let named: [(&str, &[&str]); 5] =
        [("a1", &["x", "y"]), ("a2", &["y", "x"]), ("a3", &["x", "y"]), ("b", &["x"]), ("c", &["z"])];
    let all = catalog(predictions(Level::Mid, &named));
    let asks = |counts: &[usize]| {
        blueprint(vec![round(counts.iter().map(|count| part(&[Kind::Predict], &[], *count)).collect())])
    };
    for seed in 0..100 {
        let drawn = |counts: &[usize]| draw(&asks(counts), Level::Mid, seed, &all).expect("there are enough").concat();
        let alike = |slugs: &[Slug]| slugs.windows(2).any(|pair| pair.iter().all(|slug| slug.0.starts_with('a')));
        let of_three = drawn(&[1, 1, 1]);
        assert_eq!(of_three.iter().filter(|slug| slug.0.starts_with('a')).count(), 1, "there are others: {of_three:?}");
        let of_five = drawn(&[5]);
        assert!(!alike(&of_five), "seed {seed}: {of_five:?}");
    }
}

#[test]
fn nothing_is_asked_again_while_there_is_something_new() {
    let plan = blueprint(vec![round(vec![part(&[Kind::Predict], &[], 3), part(&[Kind::Write], &[], 2)])]);
    let of = |name: &str, kind| Entry { kind, ..entry(name, Level::Mid, &[name]) };
    let predictions = (0..9).map(|number| of(&format!("p{number}"), Kind::Predict));
    let all = catalog(predictions.chain((0..4).map(|number| of(&format!("w{number}"), Kind::Write))).collect());
    for seed in 0..20 {
        let mut asked: BTreeMap<Slug, u64> = BTreeMap::new();
        let mut drawn: Vec<Vec<Slug>> = Vec::new();
        for day in 1..=8 {
            let next = draw_anew(&plan, Level::Mid, seed + 100 * day, &all, |slug| asked.get(slug).copied());
            let next = next.expect("there are enough").concat();
            asked.extend(next.iter().map(|slug| (slug.clone(), day)));
            drawn.push(next);
        }
        let set = |days: std::ops::Range<usize>, kind: char| -> BTreeSet<Slug> {
            drawn[days].iter().flatten().filter(|slug| slug.0.starts_with(kind)).cloned().collect()
        };
        for day in 0..6 {
            assert_eq!(set(day..day + 3, 'p').len(), 9, "day {day} of seed {seed}: {drawn:?}");
            assert_eq!(set(day..day + 2, 'w').len(), 4, "day {day} of seed {seed}: {drawn:?}");
        }
    }
}

#[test]
fn something_easier_is_asked_before_anything_again_and_never_else() {
    let plan = blueprint(vec![round(vec![part(&[Kind::Predict], &[], 2)])]);
    let named = ["junior-1", "junior-2", "junior-3", "mid-1", "senior-1", "senior-2", "staff-1"];
    let level = |name: &str| Level::from_name(name.split('-').next().expect("a level")).expect("a level");
    let all = catalog(named.iter().map(|name| entry(name, level(name), &[name])).collect());
    for seed in 0..50 {
        let drawn = |plan: &Blueprint, asked: &[(&str, u64)]| {
            let answered = |slug: &Slug| asked.iter().find(|(name, _)| *name == slug.0.as_ref()).map(|(_, at)| *at);
            draw_anew(plan, Level::Senior, seed, &all, answered).map(|drawn| drawn.concat())
        };
        let levels = |asked: &[(&str, u64)]| -> Vec<Level> {
            let drawn = drawn(&plan, asked).expect("there are enough");
            drawn.iter().map(|slug| level(&slug.0)).collect()
        };
        assert!(levels(&[]).iter().all(|level| matches!(level, Level::Mid | Level::Senior)));
        assert!(!levels(&[("senior-1", 1)]).contains(&Level::Junior), "two are new");
        assert_eq!(levels(&[("senior-1", 1), ("mid-1", 2)]), [Level::Senior, Level::Junior]);
        assert_eq!(levels(&[("senior-1", 1), ("mid-1", 2), ("senior-2", 3)]), [Level::Junior; 2]);
        let asked_again = [("senior-1", 4), ("mid-1", 2), ("senior-2", 3), ("junior-1", 1), ("junior-2", 1)];
        let last = drawn(&plan, &asked_again).expect("there are enough");
        assert_eq!(last, ["junior-3", "mid-1"].map(slug), "what was answered longest ago of its level comes again");
        let asks_four = blueprint(vec![round(vec![part(&[Kind::Predict], &[], 4)])]);
        assert!(drawn(&asks_four, &[]).is_err(), "no interview consists of what is too easy for it");
    }
}

#[test]
fn what_is_new_is_asked_even_if_it_is_like_another() {
    let named: [(&str, &[&str]); 4] = [("a1", &["x"]), ("a2", &["x"]), ("b", &["y"]), ("c", &["z"])];
    let (all, asks_two) =
        (catalog(predictions(Level::Mid, &named)), blueprint(vec![round(vec![part(&[Kind::Predict], &[], 2)])]));
    let drawn = |asked: fn(&str) -> Option<u64>| -> BTreeSet<Slug> {
        let drawn = draw_anew(&asks_two, Level::Mid, 5, &all, |slug| asked(&slug.0));
        drawn.expect("there are enough").concat().into_iter().collect()
    };
    let set = |names: [&str; 2]| names.map(|name| Slug(name.into())).into_iter().collect::<BTreeSet<Slug>>();
    assert_eq!(drawn(|name| (!name.starts_with('a')).then_some(3)), set(["a1", "a2"]));
    let late_c = |name: &str| if name == "c" { Some(9) } else { Some(3) };
    assert!(!drawn(late_c).contains(&Slug("c".into())) && drawn(late_c).contains(&Slug("b".into())));
}

proptest! {
    #[test]
    fn what_is_drawn_fits(seed: u64, level in prop::sample::select(Level::ALL.to_vec()), count in 1..120usize) {
        let (plan, all) = (two_rounds(), hundred(count));
        let Ok(drawn) = draw(&plan, level, seed, &all) else {
            prop_assert!(draw(&plan, level, seed ^ 1, &all).is_err(), "whether it can be drawn depends on no seed");
            return Ok(());
        };
        let unique: BTreeSet<&Slug> = drawn.iter().flatten().collect();
        prop_assert_eq!(unique.len(), 7);
        for (round, slugs) in plan.rounds.iter().zip(&drawn) {
            let parts = round.parts.iter().flat_map(|part| std::iter::repeat_n(part, part.count));
            prop_assert_eq!(slugs.len(), round.questions());
            for (part, slug) in parts.zip(slugs) {
                prop_assert!(part.accepts(all.entry(slug).expect("it is in the catalog"), level));
            }
        }
    }

    #[test]
    fn an_address_comes_back_as_it_was(seed: u64, level in prop::sample::select(vec![Level::Junior, Level::Mid])) {
        let all = hundred(100);
        let invitation = Invitation::new(&two_rounds(), level, seed, &all).expect("there are enough");
        let query = invitation.to_query();
        prop_assert!(query.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.=&".contains(&byte)), "{}", query);
        for query in [query.clone(), format!("?utm=x&{query}&y")] {
            let resolved = Address::from_query(&query).expect("it is an address").resolve(&all);
            prop_assert_eq!((&resolved.invitation, resolved.gone), (&invitation, Vec::new()));
        }
    }

    #[test]
    fn a_hostile_address_is_refused_in_words(text in any_query()) {
        match Address::from_query(&text) {
            Err(bad) => prop_assert!(bad.to_string().starts_with("This address")),
            Ok(address) => {
                let resolved = address.resolve(&hundred(100));
                prop_assert!(resolved.gone.len() + resolved.invitation.problems.concat().len() > 0);
            }
        }
    }
}

/// Queries that are nearly right, and some that are nothing.
fn any_query() -> impl Strategy<Value = String> {
    let bitten = (0..ADDRESS.len(), 0..4usize, "\\PC{0,3}").prop_map(|(place, length, bite)| {
        let end = (place + length).min(ADDRESS.len());
        [&ADDRESS[..place], &bite, &ADDRESS[end..]].concat()
    });
    let value = prop_oneof!["[a-z0-9.-]{0,20}", "\\PC{0,12}", Just("ä€%2e".to_owned()), Just("mid".to_owned())];
    let key = prop::sample::select(vec!["interview", "level", "draw", "problems", "seed", "", "x"]);
    let pairs = prop::collection::vec((key, value).prop_map(|(key, value)| format!("{key}={value}")), 0..8);
    prop_oneof![bitten, pairs.prop_map(|pairs| pairs.join("&")), any::<String>()]
}

const ADDRESS: &str = "interview=phone-screen-60&level=mid&draw=1&problems=fswfl2ecwjncuowgkqde.37co8xmwsee1slh&seed=7";

#[test]
fn an_address_keeps_its_meaning_and_says_what_is_gone() {
    let all = hundred(100);
    let drawn = Invitation::new(&two_rounds(), Level::Mid, 7, &all).expect("there are enough");
    assert_eq!(
        drawn.to_query(),
        ADDRESS.replace("draw=1", "draw=3"),
        "the links of the first version stay what they were"
    );

    let without: Vec<Entry> = all
        .problems
        .iter()
        .filter(|entry| entry.slug != drawn.problems[1][0])
        .cloned()
        .chain(hundred(130).problems[100..].to_vec())
        .collect();
    let later = Catalog { retired: vec![drawn.problems[1][0].clone()], ..catalog(without) };
    let resolved = Address::from_query(ADDRESS).expect("it is an address").resolve(&later);
    assert_eq!(resolved.gone, [1], "a problem of the second round");
    assert_eq!(resolved.invitation.problems, [drawn.problems[0].clone(), drawn.problems[1][1..].to_vec()]);
    assert_eq!(clashes(&later), []);
}

/// The names of two problems, of some ten thousand, that addresses cannot tell from each other.
fn clashing() -> [Slug; 2] {
    let mut known: BTreeMap<String, Slug> = BTreeMap::new();
    for number in 0..100_000 {
        let name = slug(&format!("problem-{number}"));
        let problems = vec![vec![name.clone()]];
        let invitation = Invitation { blueprint: "x".to_owned(), level: Level::Mid, version: 1, seed: 1, problems };
        if let Some(other) = known.insert(invitation.to_query(), name.clone()) {
            return [other, name];
        }
    }
    panic!("there are names enough for two to clash");
}

#[test]
fn a_code_of_two_names_leads_to_no_wrong_problem() {
    let [one, other] = clashing();
    let of = |slug: &Slug| entry(&slug.0, Level::Mid, &[]);
    let problems = vec![vec![one.clone(), slug("third")]];
    let invitation = Invitation { blueprint: "x".to_owned(), level: Level::Mid, version: 1, seed: 1, problems };
    let address = Address::from_query(&invitation.to_query()).expect("it is an address");
    let alone = catalog(vec![of(&one), of(&slug("third"))]);
    assert_eq!((address.resolve(&alone).invitation, clashes(&alone)), (invitation, Vec::new()));
    let both = catalog(vec![of(&one), of(&other), of(&slug("third"))]);
    let replaced = Catalog { retired: vec![one.clone()], ..catalog(vec![of(&other), of(&slug("third"))]) };
    for catalog in [both, replaced] {
        let resolved = address.resolve(&catalog);
        assert_eq!((resolved.gone, names(&resolved.invitation.problems)), (vec![0], vec![vec!["third"]]));
        let clashes = clashes(&catalog);
        assert!(clashes == [(one.clone(), other.clone())] || clashes == [(other.clone(), one.clone())], "{clashes:?}");
    }
}

#[test]
fn a_broken_address_says_what_is_wrong_with_it() {
    let refused = |query: &str| Address::from_query(query).expect_err(query);
    let with = |from: &str, to: &str| {
        assert!(ADDRESS.contains(from));
        refused(&ADDRESS.replace(from, to))
    };
    assert_eq!(refused(""), BadAddress::Missing("interview"));
    assert_eq!(with("&level=mid", ""), BadAddress::Missing("level"));
    assert_eq!(with("level=mid", "level=mid&level=mid"), BadAddress::Twice("level"));
    assert_eq!(with("level=mid", "level=guru"), BadAddress::Unreadable("level"));
    assert_eq!(with("phone-screen-60", "../../x"), BadAddress::Unreadable("interview"));
    assert_eq!(with("draw=1", "draw=0"), BadAddress::Unreadable("draw"));
    assert_eq!(with("draw=1", &format!("draw={}", DRAW_VERSION + 1)), BadAddress::Newer);
    assert_eq!(with("seed=7", "seed=%2B7"), BadAddress::Unreadable("seed"));
    assert_eq!(with("seed=7", "seed=+7"), BadAddress::Unreadable("seed"));
    assert_eq!(with("seed=7", "seed=zzzzzzzzzzzzzzz"), BadAddress::Unreadable("seed"));
    for problems in
        ["", ".", "abcd", "abcdeabcde", "abcde.abcde", "ABCDE", "abcdé", "a.b.c.d.e.f.g.h.i", &"ab000".repeat(31)]
    {
        let query = format!("interview=x&level=mid&draw=1&problems={problems}&seed=1");
        assert_eq!(refused(&query), BadAddress::Unreadable("problems"), "{problems}");
    }
    assert_eq!(refused(&"x".repeat(100_000)), BadAddress::TooLong);
    assert_eq!(refused("level=mid&interview=x").to_string(), "This address is not complete: `draw` is missing.");
}

#[test]
fn a_blueprint_is_data_and_its_flaws_are_named() {
    let plan = two_rounds();
    assert_eq!(plan.flaws(), []);
    assert_eq!(plan.minutes(), 60 + 10 + 45);
    let text = serde_json::to_string(&plan).expect("it is written");
    assert_eq!(json::read::<Blueprint>(&text).ok(), Some(plan.clone()));
    let short = r#"{"name":"x","title":"X","description":"","judged":[],"rounds":[{"title":"R","minutes":10,
        "parts":[{"kinds":["predict"],"count":2,"minutes_each":4}]}]}"#;
    assert_eq!(json::read::<Blueprint>(short).map(|plan| plan.flaws()), Ok(Vec::new()));
    assert!(json::read::<Blueprint>("{}").is_err());

    let none = Blueprint { name: "Große Runde".to_owned(), rounds: Vec::new(), ..plan.clone() };
    assert_eq!(none.flaws(), [Flaw::Name("Große Runde".to_owned()), Flaw::Rounds(0)]);
    let mut odd = plan.clone();
    odd.rounds[0].parts[0] = Part { count: usize::MAX, minutes_each: 3, kinds: Vec::new(), topics: Vec::new() };
    odd.rounds[1].minutes = 19;
    odd.rounds[1].worth_asking.pop();
    let flaws = [
        Flaw::Questions { round: 0, questions: usize::MAX },
        Flaw::TooShort { round: 0, minutes: 60, needed: u32::MAX },
        Flaw::Part { round: 0, part: 0 },
        Flaw::TooShort { round: 1, minutes: 19, needed: 20 },
        Flaw::WorthAsking { round: 1, count: 5 },
    ];
    assert_eq!(odd.flaws(), flaws);
}

fn new_interview() -> Interview {
    let invitation = Invitation::new(&two_rounds(), Level::Mid, 7, &hundred(100)).expect("there are enough");
    Interview::new(invitation, &two_rounds(), START).expect("it fits")
}

fn begun() -> Interview {
    let mut interview = new_interview();
    interview.update(Event::BeginRound, START);
    interview
}

fn answered(question: usize, mark: Mark) -> Event {
    let attempt = AttemptId::new(START, question as u64);
    Event::Answered { question, answer: HandedIn { attempt, mark, is_self_assessed: false } }
}

fn running(interview: &Interview) -> &Round {
    interview.current().expect("a round is not over").1
}

/// The effects but those that keep it.
fn told(effects: Vec<Effect>) -> Vec<Effect> {
    effects.into_iter().filter(|effect| !matches!(effect, Effect::Remember(_))).collect()
}

fn reloaded(interview: &Interview, now: u64) -> (Interview, Vec<Effect>) {
    let text = serde_json::to_string(interview.stored()).expect("it is written");
    Interview::resume(json::read(&text).expect("it is what was kept"), now)
}

#[test]
fn an_interview_runs_from_round_to_round_with_a_break() {
    let mut interview = new_interview();
    assert_eq!(interview.update(Event::Look(View::Question(1)), START), [], "it has not begun");
    interview.update(Event::BeginRound, START + 20 * MINUTE);
    assert_eq!(running(&interview).left_ms(), 60 * MINUTE, "what was before costs nothing");
    interview.update(Event::Look(View::Question(2)), START + 23 * MINUTE);
    interview.update(answered(2, Mark::Right), START + 27 * MINUTE);
    interview.update(Event::Flag(1), START + 28 * MINUTE);
    interview.update(Event::Look(View::Question(9)), START + 28 * MINUTE);
    let effects = interview.update(Event::EndRound, START + 30 * MINUTE);
    assert_eq!(effects, [Effect::Remember(Box::new(interview.stored().clone())), Effect::HandIn]);
    assert_eq!(interview.update(Event::EndRound, START + 30 * MINUTE), [], "it has ended already");
    let effects = interview.update(Event::CloseRound, START + 30 * MINUTE);
    assert_eq!(effects, [Effect::Remember(Box::new(interview.stored().clone())), Effect::RoundOver(0)]);
    let first = &interview.stored().rounds[0];
    assert_eq!(first.phase, Phase::Ended { elapsed_ms: 10 * MINUTE });
    let spent: Vec<u64> = first.questions.iter().map(|question| question.spent_ms / MINUTE).collect();
    assert_eq!(spent, [3, 0, 4, 0], "what was handed in takes no more time");
    assert!(first.questions[1].is_flagged);

    assert_eq!(told(interview.update(Event::Tick, START + 90 * MINUTE)), [], "a break waits");
    assert_eq!(running(&interview).phase, Phase::OnBreak { elapsed_ms: 60 * MINUTE });
    interview.update(Event::BeginRound, START + 90 * MINUTE);
    let own = interview.update(Event::Look(View::OwnQuestions), START + 130 * MINUTE);
    assert!(running(&interview).is_time_for_own_questions(), "{own:?}");
    interview.update(Event::OwnQuestion(" Who is on call? ".to_owned()), START + 131 * MINUTE);
    interview.update(Event::EndRound, START + 132 * MINUTE);
    let effects = interview.update(Event::CloseRound, START + 132 * MINUTE);
    assert_eq!(told(effects), [Effect::RoundOver(1), Effect::Finished]);
    assert_eq!(interview.stored().rounds[1].questions[0].spent_ms, 40 * MINUTE);
    assert_eq!(interview.stored().rounds[1].own_questions, ["Who is on call?"]);
}

#[test]
fn a_break_is_over_when_it_has_lasted_as_long_as_it_should() {
    let mut interview = begun();
    interview.update(Event::EndRound, START);
    interview.update(Event::CloseRound, START);
    let is_over = |interview: &Interview| running(interview).is_break_over();
    let (_, next) = interview.current().expect("there is another round");
    let break_ms = next.break_ms;
    assert!(break_ms > 0);
    interview.update(Event::Tick, START + break_ms - 1);
    assert!(!is_over(&interview));
    interview.update(Event::Tick, START + break_ms);
    assert!(is_over(&interview));
    interview.update(Event::Tick, START + 24 * 60 * MINUTE);
    assert!(is_over(&interview), "a day later as well");
    interview.update(Event::BeginRound, START + 24 * 60 * MINUTE);
    assert!(!is_over(&interview), "there is none any more");
}

#[test]
fn the_way_through_a_round_ends_at_the_own_questions() {
    let mut interview = begun();
    let is_spoken = |asked: &AskedQuestion| asked.slug != running(&begun()).questions[0].slug;
    let next = |interview: &Interview, from| running(interview).next_view(from, is_spoken);
    assert_eq!(running(&interview).questions.len(), 4);
    assert_eq!(next(&interview, 3), View::Question(0), "it is not handed in");
    assert_eq!(interview.stored().attempts().count(), 0);
    interview.update(answered(0, Mark::Right), START + 1);
    assert_eq!(interview.stored().attempts().count(), 1);
    assert_eq!(next(&interview, 0), View::Question(1));
    assert_eq!(next(&interview, 3), View::Question(1), "nobody has looked at it yet");
    for question in 1..4 {
        interview.update(Event::Look(View::Question(question)), START + MINUTE * question as u64);
    }
    assert_eq!(next(&interview, 1), View::Question(2));
    interview.update(Event::Look(View::Question(3)), START + MINUTE * 9);
    assert_eq!(next(&interview, 3), View::OwnQuestions, "what is spoken does not come round again");
}

#[test]
fn warnings_come_once_each() {
    let mut interview = begun();
    let mut told_at = Vec::new();
    for second in 0..=3600 {
        let now = START + second * 1000;
        let mut effects = Vec::new();
        if second % 7 == 0 {
            (interview, effects) = reloaded(&interview, now);
        }
        effects.extend(interview.update(Event::Tick, now));
        told_at.extend(told(effects).into_iter().map(|effect| (second / 60, effect)));
    }
    let warnings = [(30, Warning::Half), (55, Warning::FiveMinutes), (59, Warning::OneMinute)];
    let expected = warnings.map(|(minute, warning)| (minute, Effect::Warn(warning)));
    assert_eq!(told_at, [expected.as_slice(), &[(60, Effect::HandIn)]].concat());

    let mut lid_was_closed = begun();
    let effects = lid_was_closed.update(Event::Tick, START + 56 * MINUTE);
    assert_eq!(told(effects), [Effect::Warn(Warning::FiveMinutes)], "half of it is no news any more");
    assert_eq!(told(lid_was_closed.update(Event::Tick, START + 57 * MINUTE)), []);
}

#[test]
fn a_short_round_has_no_warning_that_would_come_at_its_beginning() {
    let short = |minutes| {
        let plan = blueprint(vec![RoundPlan { minutes, ..round(vec![part(&[Kind::Predict], &[], 1)]) }]);
        let invitation = Invitation::new(&plan, Level::Mid, 1, &hundred(100)).expect("there are enough");
        let mut interview = Interview::new(invitation, &plan, START).expect("it fits");
        interview.update(Event::BeginRound, START);
        let seconds = 0..=60 * u64::from(minutes);
        seconds.flat_map(|second| told(interview.update(Event::Tick, START + second * 1000))).collect::<Vec<_>>()
    };
    let warn = Effect::Warn;
    assert_eq!(short(1), [warn(Warning::Half), Effect::HandIn]);
    assert_eq!(short(5), [warn(Warning::Half), warn(Warning::OneMinute), Effect::HandIn]);
    // Five minutes are half of ten, and the more exact word.
    assert_eq!(short(10), [warn(Warning::FiveMinutes), warn(Warning::OneMinute), Effect::HandIn]);
    assert_eq!(short(8)[0], warn(Warning::FiveMinutes), "it comes before the half");
}

#[test]
fn who_comes_back_after_the_end_finds_it_ended() {
    let mut interview = begun();
    interview.update(Event::Note("Ask for the sizes first.".to_owned()), START + MINUTE);
    let (mut interview, effects) = reloaded(&interview, START + 48 * 60 * MINUTE);
    assert_eq!(told(effects), [Effect::HandIn]);
    assert_eq!(interview.stored().rounds[0].questions[0].spent_ms, 60 * MINUTE, "no more than the round has");
    // Before what was filled in is handed in, the page is killed once more.
    let (again, effects) = reloaded(&interview, START + 49 * 60 * MINUTE);
    assert_eq!(told(effects), [Effect::HandIn]);
    interview = again;
    for event in [Event::Look(View::Question(1)), Event::Flag(0), Event::BeginRound, Event::Tick] {
        assert_eq!(interview.update(event, START + 49 * 60 * MINUTE), []);
    }
    interview.update(answered(0, Mark::Partly), START + 50 * 60 * MINUTE);
    assert_eq!(told(interview.update(Event::CloseRound, START + 50 * 60 * MINUTE)), [Effect::RoundOver(0)]);
    let first = interview.stored().rounds[0].clone();
    assert_eq!(first.phase, Phase::Ended { elapsed_ms: 60 * MINUTE });
    assert_eq!(
        (first.notes.as_str(), first.questions[0].answer.map(|answer| answer.mark)),
        ("Ask for the sizes first.", Some(Mark::Partly))
    );
}

/// A learner who ends the round at a moment when its time is up already is asked first for what is filled in.
#[test]
fn nothing_that_is_filled_in_is_passed_over_when_a_round_is_ended_too_late() {
    let mut interview = begun();
    assert_eq!(told(interview.update(Event::EndRound, START + 61 * MINUTE)), [Effect::HandIn]);
    interview.update(answered(1, Mark::Right), START + 61 * MINUTE);
    interview.update(Event::Note("late".to_owned()), START + 61 * MINUTE);
    interview.update(Event::CloseRound, START + 61 * MINUTE);
    let first = &interview.stored().rounds[0];
    assert!(first.is_over() && first.questions[1].answer.is_some() && first.notes == "late");
}

#[test]
fn a_clock_that_is_put_back_gives_no_time_back() {
    let mut interview = begun();
    interview.update(Event::Tick, START + 20 * MINUTE);
    let effects = interview.update(Event::Tick, START - 600 * MINUTE);
    assert_eq!(effects, [Effect::Remember(Box::new(interview.stored().clone()))], "a reload must know of it");
    assert_eq!(running(&interview).left_ms(), 40 * MINUTE);
    interview.update(Event::Tick, START - 590 * MINUTE);
    assert_eq!(running(&interview).left_ms(), 30 * MINUTE, "it goes on");
    interview.update(Event::Tick, 0);
    assert_eq!(told(interview.update(Event::Tick, u64::MAX)), [Effect::HandIn]);
}

#[test]
fn after_the_end_only_a_reflection_changes_anything() {
    let mut interview = begun();
    let reflection = Reflection { went_well: "x".repeat(NOTES_LIMIT + 1), ..Reflection::default() };
    assert_eq!(interview.update(Event::Reflect(reflection.clone()), START), [], "it is not the time for it");
    for event in [Event::EndRound, Event::CloseRound, Event::BeginRound, Event::EndRound, Event::CloseRound] {
        interview.update(event, START + MINUTE);
    }
    assert!(interview.is_finished());
    let before = interview.clone();
    let own = || Event::OwnQuestion("?".to_owned());
    let others = [
        Event::BeginRound,
        Event::Look(View::OwnQuestions),
        answered(0, Mark::Right),
        Event::Flag(0),
        Event::Note("x".to_owned()),
        own(),
        Event::DropOwnQuestion(0),
        Event::Tick,
        Event::EndRound,
        Event::HideClock(true),
    ];
    for event in others {
        assert_eq!(interview.update(event, START + 99 * MINUTE), []);
        assert_eq!(interview, before);
    }
    let effects = interview.update(Event::Reflect(reflection), START + 99 * MINUTE);
    assert_eq!(effects, [Effect::Remember(Box::new(interview.stored().clone()))]);
    let written = interview.stored().reflection.clone().expect("it was written");
    assert_eq!(written.went_well.len(), NOTES_LIMIT);
    assert_eq!(reloaded(&interview, START).0, interview);
}

#[test]
fn what_is_written_has_limits() {
    let mut interview = begun();
    interview.update(Event::Note("ä".repeat(NOTES_LIMIT + 9)), START);
    assert_eq!(running(&interview).notes.chars().count(), NOTES_LIMIT);
    assert_eq!(interview.update(Event::OwnQuestion("  \n".to_owned()), START), []);
    for _ in 0..MOST_OWN_QUESTIONS + 3 {
        interview.update(Event::OwnQuestion("?".repeat(OWN_QUESTION_LIMIT + 1)), START);
    }
    interview.update(Event::DropOwnQuestion(0), START);
    let own = &running(&interview).own_questions;
    assert_eq!((own.len(), own[0].len()), (MOST_OWN_QUESTIONS - 1, OWN_QUESTION_LIMIT));
}

#[test]
fn what_was_kept_is_read_or_refused() {
    let text = serde_json::to_string(begun().stored()).expect("it is written");
    for end in (0..text.len()).step_by(7) {
        assert!(json::read::<StoredInterview>(&text[..end]).is_err());
    }
    for (from, to) in
        [("\"running\"", "\"flying\""), ("\"mid\"", "\"guru\""), ("[", "{"), (":0", ":-1"), ("\"rounds\"", "\"x\"")]
    {
        assert!(text.contains(from), "{from} in {text}");
        assert!(json::read::<StoredInterview>(&text.replace(from, to)).is_err(), "{from}");
    }
    let huge = ["limit_ms", "budget_ms", "spent_ms"].iter().fold(text.clone(), |text, name| {
        let (name, max) = (format!("\"{name}\":"), u64::MAX);
        text.replace(&name, &format!("{name}{max},\"x\":"))
    });
    let (interview, _) = Interview::resume(json::read(&huge).expect("it has the form"), u64::MAX);
    assert_eq!(interview.stored().rounds[0].limit_ms, 180 * MINUTE, "no round is longer");
    assert_eq!(Report::of(&interview, &hundred(100), |_| None).percent, 0);

    // What nobody could have kept: two rounds under way, with more time than they have, at no question.
    let odd = text
        .replace("\"not-begun\"", "{\"handing-in\":{\"elapsed_ms\":0}}")
        .replace("{\"elapsed_ms\":0}", "{\"elapsed_ms\":99999999999}");
    let odd = odd.replace("{\"question\":0}", "{\"question\":77}");
    let (interview, effects) = Interview::resume(json::read(&odd).expect("it has the form"), START);
    assert_eq!(told(effects), [Effect::HandIn]);
    let phases: Vec<Phase> = interview.stored().rounds.iter().map(|round| round.phase).collect();
    assert_eq!(phases, [Phase::HandingIn { elapsed_ms: 60 * MINUTE }, Phase::NotBegun]);
}

#[test]
fn an_interview_needs_the_rounds_of_its_blueprint_and_shares_the_time_of_what_is_gone() {
    let mut invitation = Invitation::new(&two_rounds(), Level::Mid, 7, &hundred(100)).expect("there are enough");
    let budgets = |invitation: &Invitation| {
        let interview = Interview::new(invitation.clone(), &two_rounds(), START).expect("it fits");
        interview.stored().rounds[0].questions.iter().map(|question| question.budget_ms / MINUTE).collect::<Vec<_>>()
    };
    assert_eq!(budgets(&invitation), [5; 4]);
    invitation.problems[0].truncate(2);
    assert_eq!(budgets(&invitation), [27; 2], "55 minutes for two");
    invitation.problems.pop();
    let misfit = Interview::new(invitation, &two_rounds(), START).expect_err("a round is missing");
    assert_eq!(misfit, Misfit { invited: 1, planned: 2 });
}

#[derive(Clone, Debug)]
enum Step {
    Event(Event),
    Reload,
    /// What is filled in is handed in, if it is asked for, and the round is ended.
    HandIn,
}

fn any_step() -> impl Strategy<Value = Step> {
    let mark = prop::sample::select(vec![Mark::Right, Mark::Partly, Mark::Wrong]);
    let event = prop_oneof![
        4 => Just(Event::BeginRound),
        5 => (0..6usize).prop_map(|place| Event::Look(View::Question(place))),
        1 => Just(Event::Look(View::OwnQuestions)),
        5 => (0..6usize, mark).prop_map(|(question, mark)| answered(question, mark)),
        2 => (0..6usize).prop_map(Event::Flag),
        3 => "[a-z ]{0,9}".prop_map(Event::Note),
        2 => "[a-z ]{0,9}".prop_map(Event::OwnQuestion),
        8 => Just(Event::Tick),
        1 => Just(Event::EndRound),
        1 => Just(Event::CloseRound),
        1 => (0..6usize).prop_map(Event::Lose),
        1 => any::<bool>().prop_map(Event::HideClock),
        1 => "[a-z]{0,3}".prop_map(|next| Event::Reflect(Reflection { next, ..Reflection::default() })),
    ];
    prop_oneof![12 => event.prop_map(Step::Event), 3 => Just(Step::Reload), 2 => Just(Step::HandIn)]
}

/// How far the clock of the wall goes: mostly forward, sometimes far, sometimes back.
fn any_jump() -> impl Strategy<Value = i64> {
    prop_oneof![12 => 0..200_000i64, 2 => 0..3_000_000i64, 1 => -9_000_000..0i64]
}

/// What a candidate would miss if it was gone.
fn given(interview: &Interview) -> Vec<(Vec<Option<HandedIn>>, String, Vec<String>)> {
    let of_round = |round: &Round| {
        let answers = round.questions.iter().map(|question| question.answer).collect();
        (answers, round.notes.clone(), round.own_questions.clone())
    };
    interview.stored().rounds.iter().map(of_round).collect()
}

/// How long its clock has run, in ms.
fn time_of(interview: &Interview) -> u64 {
    let of_round = |round: &Round| match round.phase {
        Phase::Running { elapsed_ms }
        | Phase::OnBreak { elapsed_ms }
        | Phase::HandingIn { elapsed_ms }
        | Phase::Ended { elapsed_ms } => elapsed_ms,
        Phase::NotBegun => 0,
    };
    interview.stored().rounds.iter().map(of_round).sum()
}

proptest! {
    #[test]
    fn nothing_is_lost_and_a_round_ends_on_time(steps in prop::collection::vec((any_jump(), any_step()), 0..90)) {
        let (mut interview, mut now) = (new_interview(), START);
        let mut kept = interview.stored().clone();
        // The model: how long the round has run, and what was told of it.
        let (mut elapsed, mut warned): (Option<u64>, Vec<Warning>) = (None, Vec::new());
        // And when the candidate ended it before its time was up.
        let mut stopped: Option<u64> = None;
        for (jump, step) in steps {
            now = now.saturating_add_signed(jump);
            elapsed = elapsed.map(|elapsed| elapsed + jump.max(0) as u64);
            let (before, place) = (given(&interview), interview.current().map(|(place, _)| place));
            let was_running = interview.current().is_some_and(|(_, round)| matches!(round.phase, Phase::Running { .. }));
            let limit = interview.current().map_or(0, |(_, round)| round.limit_ms);
            let effects = match &step {
                Step::Event(event) => interview.update(event.clone(), now),
                Step::Reload => {
                    let text = serde_json::to_string(&kept).expect("it is written");
                    let (resumed, effects) = Interview::resume(json::read(&text).expect("it was written"), now);
                    interview.update(Event::Tick, now);
                    let lost = time_of(&interview) - time_of(&resumed);
                    prop_assert!(lost == 0 || jump < 0 && lost <= KEPT_EVERY_MS, "{} ms are lost", lost);
                    prop_assert_eq!(given(&resumed), given(&interview));
                    if lost == 0 {
                        prop_assert_eq!(&resumed, &interview, "a reload is as if there was none");
                    }
                    elapsed = elapsed.map(|elapsed| elapsed - lost);
                    interview = resumed;
                    effects
                }
                Step::HandIn => {
                    let mut effects = interview.update(Event::Tick, now);
                    if interview.current().is_some_and(|(_, round)| round.is_handing_in()) {
                        effects.extend(interview.update(answered(0, Mark::Wrong), now));
                        effects.extend(interview.update(Event::CloseRound, now));
                    }
                    effects
                }
            };
            if let (Step::Event(Event::EndRound), Some(elapsed), true) = (&step, elapsed, was_running) {
                stopped = Some(elapsed.min(limit));
            }
            for effect in effects {
                match effect {
                    Effect::Remember(stored) => kept = *stored,
                    Effect::Warn(warning) => {
                        prop_assert!(!warned.contains(&warning), "{:?} was told twice", warning);
                        warned.push(warning);
                    }
                    Effect::HandIn => {
                        prop_assert!(stopped.is_some() || elapsed.is_some_and(|elapsed| elapsed >= limit));
                    }
                    Effect::RoundOver(_) => (elapsed, warned, stopped) = (None, Vec::new(), None),
                    Effect::Finished => prop_assert!(interview.is_finished()),
                }
            }
            // What was answered, noted and asked before is still there.
            let after = given(&interview);
            for (round, (old, new)) in before.iter().zip(&after).enumerate() {
                let answers_stay = old.0.iter().zip(&new.0).all(|(old, new)| old.is_none() || old == new);
                prop_assert!(answers_stay && new.2.starts_with(&old.2));
                let is_noted = matches!(step, Step::Event(Event::Note(_))) && place == Some(round);
                prop_assert!(is_noted || old.1 == new.1);
            }
            // What comes while a round runs, or in the moment when its time is up, is taken in.
            if let (Step::Event(event), true, Some(place)) = (&step, was_running, place) {
                match event {
                    Event::Note(text) => prop_assert_eq!(&after[place].1, text),
                    Event::Answered { question, answer } => {
                        let slot = after[place].0.get(*question).copied();
                        let old = before[place].0.get(*question).copied().flatten();
                        prop_assert_eq!(slot, slot.map(|_| old.or(Some(*answer))));
                    }
                    Event::BeginRound | Event::Look(_) | Event::Flag(_) | Event::OwnQuestion(_)
                    | Event::DropOwnQuestion(_) | Event::Tick | Event::EndRound | Event::CloseRound | Event::HideClock(_)
                    | Event::Lose(_) | Event::Reflect(_) => {}
                }
            }
            // It ends on time: neither before it, unless it is ended, nor after.
            let begins = matches!(step, Step::Event(Event::BeginRound)) && elapsed.is_none() && !interview.is_finished();
            if begins {
                elapsed = Some(0);
            }
            if let (Some(elapsed), Some((_, round))) = (elapsed, interview.current()) {
                let ended = stopped.or((elapsed >= round.limit_ms).then_some(round.limit_ms));
                let expected = match ended {
                    Some(elapsed_ms) => Phase::HandingIn { elapsed_ms },
                    None => Phase::Running { elapsed_ms: elapsed },
                };
                prop_assert_eq!(round.phase, expected);
            }
        }
    }
}

/// A question of ten minutes, and how a candidate answered it.
#[derive(Clone)]
struct Given {
    kind: Kind,
    /// None where nothing was handed in.
    mark: Option<Mark>,
    minutes: u64,
    /// Whether only the candidate says so of what could be proven.
    is_self_assessed: bool,
    evidence: Evidence,
}

fn given_to(kind: Kind, mark: Mark, minutes: u64) -> Given {
    Given { kind, mark: Some(mark), minutes, is_self_assessed: false, evidence: Evidence::default() }
}

/// A program of which so many of ten tests pass.
fn written(passed: usize, minutes: u64) -> Given {
    let mark = [Mark::Wrong, Mark::Partly, Mark::Right][usize::from(passed > 0) + usize::from(passed == 10)];
    let tests = Some(TestCount { passed, all: 10 });
    Given { evidence: Evidence { tests, ..Evidence::default() }, ..given_to(Kind::Write, mark, minutes) }
}

fn discussed(rows: &[(Criterion, Score)]) -> Given {
    let row = |(criterion, score): &(Criterion, Score)| Row {
        criterion: *criterion,
        score: *score,
        text: format!("Says something about {}.", criterion.name()),
    };
    let evidence = Evidence { rows: rows.iter().map(row).collect(), ..Evidence::default() };
    Given { evidence, ..given_to(Kind::Discuss, Mark::Right, 10) }
}

/// The report on an interview of one round of three hours, in which the questions were answered one after the other; each has a
/// concept of its own, `c0` and so on.
fn report_on(given: &[Given], began_at_ms: u64) -> Report {
    rehearsed(given, began_at_ms).1
}

/// The interview with the report on it.
fn rehearsed(given: &[Given], began_at_ms: u64) -> (Interview, Report) {
    rehearsed_in(&[given], began_at_ms)
}

/// The same of several rounds.
fn rehearsed_in(rounds: &[&[Given]], began_at_ms: u64) -> (Interview, Report) {
    let given = rounds.concat();
    let named = |(place, given): (usize, &Given)| {
        let of_kind = entry(&format!("q{place}"), Level::Mid, &[&format!("c{place}")]);
        Entry { kind: given.kind, ..of_kind }
    };
    let entries: Vec<Entry> = given.iter().enumerate().map(named).collect();
    let of_kind = |given: &Given| Part { minutes_each: 10, ..part(&[given.kind], &[], 1) };
    let plan_of = |given: &&[Given]| RoundPlan { minutes: 180, ..round(given.iter().map(of_kind).collect()) };
    let plan = blueprint(rounds.iter().map(plan_of).collect());
    let mut left = entries.iter().map(|entry| entry.slug.clone());
    let problems = rounds.iter().map(|given| left.by_ref().take(given.len()).collect()).collect();
    let invitation = Invitation { blueprint: plan.name.clone(), level: Level::Mid, version: 1, seed: 1, problems };
    let mut interview = Interview::new(invitation, &plan, began_at_ms).expect("it fits");
    let mut now = began_at_ms;
    for given in rounds {
        interview.update(Event::BeginRound, now);
        for (question, given) in given.iter().enumerate() {
            interview.update(Event::Look(View::Question(question)), now);
            now += given.minutes * MINUTE;
            if let Some(mark) = given.mark {
                let is_self_assessed = given.is_self_assessed || !given.kind.is_proven();
                let answer = HandedIn { attempt: AttemptId::new(now, 1), mark, is_self_assessed };
                interview.update(Event::Answered { question, answer }, now);
            }
        }
        interview.update(Event::EndRound, now);
        interview.update(Event::CloseRound, now);
    }
    let place = |wanted: &Slug| entries.iter().position(|entry| entry.slug == *wanted).expect("it was asked");
    let evidence = |asked: &AskedQuestion| Some(given[place(&asked.slug)].evidence.clone());
    let report = Report::of(&interview, &catalog(entries.clone()), evidence);
    (interview, report)
}

fn scores(report: &Report) -> Vec<Option<u32>> {
    report.headings.iter().map(|heading| heading.score()).collect()
}

const ALL_BUT_TRADE_OFFS: [(Criterion, Score); 4] = [
    (Criterion::Reasoning, Score::Yes),
    (Criterion::Correctness, Score::Yes),
    (Criterion::Requirements, Score::Yes),
    (Criterion::Communication, Score::Yes),
];

/// What the page of an interview says beforehand is what its report will judge.
#[test]
fn what_is_judged_follows_from_the_kinds() {
    let all_rows: Vec<(Criterion, Score)> = Criterion::ALL.map(|criterion| (criterion, Score::Yes)).to_vec();
    for kind in Kind::ALL {
        let given = match kind {
            Kind::Discuss => discussed(&all_rows),
            Kind::Write => written(10, 5),
            other => given_to(other, Mark::Right, 5),
        };
        let report = report_on(&[given], START);
        let judged = report.headings.iter().filter(|heading| heading.percent.is_some());
        let judged: Vec<Heading> = judged.map(|heading| heading.heading).collect();
        assert_eq!(Heading::of_kinds(&[kind]), judged, "{}", kind.name());
    }
    assert_eq!(Heading::of_kinds(&Kind::ALL), Heading::ALL);
    assert_eq!(Heading::of_kinds(&[]), []);
}

#[test]
fn who_guesses_fast_is_not_recommended() {
    let wrong = |kind| given_to(kind, Mark::Wrong, 1);
    let guesses = [
        wrong(Kind::Predict),
        wrong(Kind::Choice),
        given_to(Kind::Predict, Mark::Right, 1),
        wrong(Kind::Spot),
        wrong(Kind::Fill),
        written(1, 2),
        discussed(&[(Criterion::Communication, Score::Yes), (Criterion::TradeOffs, Score::Yes)]),
    ];
    let report = report_on(&guesses, START);
    assert!(report.recommendation <= Recommendation::No, "{report:#?}");
    assert_eq!(report.heading(Heading::Speed).and_then(|speed| speed.score()), Some(1), "fast and wrong is not fast");
    assert!(
        report.reasons[1]
            .starts_with("Correctness: 1 of 6 questions right, 1 partly right. Grade 1 of 4 is no better than “No”."),
        "{:?}",
        report.reasons
    );
    assert_eq!(
        report.heading(Heading::Correctness).map(|score| score.reasons.clone()),
        Some(vec!["Right: 1 of 6 questions; partly right: 1.".to_owned()])
    );
}

#[test]
fn who_is_slow_and_right_is_recommended() {
    let slow = [
        given_to(Kind::Predict, Mark::Right, 19),
        given_to(Kind::Choice, Mark::Right, 21),
        given_to(Kind::Order, Mark::Right, 25),
        written(10, 22),
        discussed(&[&ALL_BUT_TRADE_OFFS[..], &[(Criterion::TradeOffs, Score::Yes)]].concat()),
    ];
    let report = report_on(&slow, START);
    assert_eq!(report.recommendation, Recommendation::LeanYes, "twice the time is more than most have: {report:#?}");
    assert_eq!(scores(&report), [4, 0, 4, 4, 4, 4, 4].map(Some));
    let reasons = [
        "All headings together: 92 of 100 points, “Strong yes”.",
        "Speed: 0 of 4 right or partly right in time. Grade 0 of 4 is no better than “Lean yes”.",
    ];
    assert_eq!(report.reasons, reasons);
    let speed = &report.heading(Heading::Speed).expect("it is there").reasons;
    assert_eq!(speed[0], "Right, or partly, and in time: 0 of 4 questions.");
    assert_eq!(speed[1], "“q0” took 19:00 of 10:00 minutes.");
}

#[test]
fn who_is_strong_but_silent_on_trade_offs_leans_to_yes_for_that_reason() {
    let silent = [&ALL_BUT_TRADE_OFFS[..], &[(Criterion::TradeOffs, Score::No)]].concat();
    let strong = [
        given_to(Kind::Predict, Mark::Right, 5),
        given_to(Kind::Fill, Mark::Right, 5),
        written(10, 9),
        discussed(&silent),
    ];
    let report = report_on(&strong, START);
    assert_eq!(report.recommendation, Recommendation::LeanYes, "{report:#?}");
    let reasons = [
        "All headings together: 92 of 100 points, “Strong yes”.",
        "Trade-offs: 0 of 2 points by your own scores. Grade 0 of 4 is no better than “Lean yes”.",
    ];
    assert_eq!(report.reasons, reasons);
    let strengths = [
        "Correctness: all 3 questions right.",
        "Code: all 2 questions right.",
        "Speed: all 3 right or partly right in time.",
    ];
    assert_eq!(report.strengths, strengths, "what others have judged comes before one's own word");
    assert_eq!(report.advice, "With each choice, say what it costs and when you would choose otherwise.");
    let self_assessed: Vec<Heading> =
        report.headings.iter().filter(|score| score.is_self_assessed).map(|score| score.heading).collect();
    assert_eq!(
        self_assessed,
        [Heading::Reasoning, Heading::TradeOffs, Heading::Communication],
        "correct is what was proven"
    );

    let without = report_on(&[&strong[..3], &[discussed(&ALL_BUT_TRADE_OFFS)]].concat(), START);
    assert_eq!(without.recommendation, Recommendation::StrongYes, "who was not asked was not silent");
    assert_eq!(without.heading(Heading::TradeOffs).map(|score| score.score()), Some(None));
}

#[test]
fn who_is_strong_but_whose_program_fails_its_tests_leans_to_yes_for_that_reason() {
    let strong = [
        given_to(Kind::Predict, Mark::Right, 5),
        given_to(Kind::Choice, Mark::Right, 5),
        given_to(Kind::Fill, Mark::Right, 5),
        written(2, 9),
        discussed(&[&ALL_BUT_TRADE_OFFS[..], &[(Criterion::TradeOffs, Score::Yes)]].concat()),
    ];
    let report = report_on(&strong, START);
    assert_eq!(report.recommendation, Recommendation::LeanYes, "{report:#?}");
    let reasons = [
        "All headings together: 86 of 100 points, “Yes”.",
        "Tests: 2 of 10 pass. Grade 1 of 4 is no better than “Lean yes”.",
    ];
    assert_eq!(report.reasons, reasons);
    assert_eq!(report.strengths.len(), 3);
    assert_eq!(report.strengths[0], "Correctness: 3 of 4 questions right, 1 partly right.");
    assert_eq!(report.advice, "Before you hand in, run the tests and try an empty input and a large one.");
}

#[test]
fn who_is_average_everywhere_leans_to_no() {
    let partly = |kind| given_to(kind, Mark::Partly, 12);
    let criteria = [Criterion::Reasoning, Criterion::TradeOffs, Criterion::Communication];
    let average = [
        given_to(Kind::Predict, Mark::Right, 11),
        partly(Kind::Choice),
        given_to(Kind::Spot, Mark::Wrong, 9),
        given_to(Kind::Fill, Mark::Right, 12),
        partly(Kind::Order),
        written(5, 13),
        discussed(&criteria.map(|criterion| (criterion, Score::Partly))),
    ];
    let report = report_on(&average, START);
    assert_eq!(report.recommendation, Recommendation::LeanNo, "{report:#?}");
    assert_eq!(report.strengths, ["Code: 1 of 3 questions right, 2 partly right."]);
    assert_eq!(report.reasons.len(), 5, "the points and four things: {:?}", report.reasons);
    assert_eq!(report.reasons[1], "Correctness: 2 of 6 questions right, 3 partly right.");
    assert_eq!(report.advice, "Practise the concepts named below before you rehearse again.");

    // Points for a lean yes, but nothing that anybody could argue with.
    let marks = [Mark::Right, Mark::Wrong, Mark::Right, Mark::Wrong, Mark::Right];
    let report = report_on(&marks.map(|mark| given_to(Kind::Predict, mark, 5)), START);
    assert_eq!((report.percent, report.recommendation), (60, Recommendation::LeanNo));
    assert_eq!(report.reasons[1], "No heading but speed of 3 or 4, so it is no better than “Lean no”.");
    assert!(report.strengths.is_empty());
}

#[test]
fn strengths_say_what_they_rest_on() {
    let right = [(); 3].map(|()| given_to(Kind::Predict, Mark::Right, 5));
    let given = [&right[..], &[written(10, 9)]].concat();
    let (interview, report) = rehearsed(&given, START);
    assert_eq!(report.strengths[0], "Correctness: all 4 questions right.");
    assert_eq!(report.reasons.len(), 1, "nothing held it back: {:?}", report.reasons);
    assert_eq!(report.advice, "Rehearse a longer interview next, or the level above.");
    let level = |place| if place == 0 { Level::Junior } else { Level::Mid };
    let of = |place: usize| Entry { kind: given[place].kind, ..entry(&format!("q{place}"), level(place), &[]) };
    let mixed = Report::of(&interview, &catalog((0..4).map(of).collect()), |_| None);
    assert_eq!(mixed.strengths[0], "Correctness: all 4 questions right, 3 of them at mid level.");
    let hinted = Given { evidence: Evidence { hints: 1, ..Evidence::default() }, ..right[0].clone() };
    let report = report_on(&[hinted, right[1].clone()], START);
    assert_eq!(report.strengths[0], "Correctness: all 2 questions right, 1 hint opened.");
    let late = report_on(&[given_to(Kind::Predict, Mark::Partly, 12), right[1].clone()], START);
    assert_eq!(
        late.reasons[1..],
        ["Correctness: 1 of 2 questions right, 1 partly right."],
        "what kept it from the best"
    );
    assert!(late.strengths.iter().all(|strength| !late.reasons.contains(strength)), "strong and held back: {late:#?}");
}

#[test]
fn each_round_of_several_has_a_line_of_its_own() {
    let right = given_to(Kind::Predict, Mark::Right, 5);
    let reading = [right.clone(), right.clone(), right, given_to(Kind::Choice, Mark::Wrong, 2)];
    let design = [
        discussed(&[(Criterion::TradeOffs, Score::No), (Criterion::Design, Score::Yes)]),
        discussed(&[(Criterion::Numbers, Score::Partly), (Criterion::Communication, Score::Yes)]),
    ];
    let coding = [written(10, 9)];
    let (_, report) = rehearsed_in(&[&reading, &design, &coding], START);
    let lines: Vec<String> = report.rounds.iter().map(RoundReport::in_words).collect();
    let expected = [
        "Yes. 3 of 4 right. 17 of 180 minutes.",
        "Lean yes. 5 of 8 points by your own scores. 20 of 180 minutes.",
        "100 of 100 points. 1 of 1 right. 9 of 180 minutes.",
    ];
    assert_eq!(lines, expected);
    let of_both = rehearsed_in(&[&reading[..1], &[reading[0].clone(), design[0].clone()]], START).1;
    assert_eq!(
        of_both.rounds[1].in_words(),
        "86 of 100 points. 1 of 1 right; 2 of 4 points by your own scores. 15 of 180 minutes.",
        "three things are too little for a recommendation"
    );
    assert!(report_on(&reading, START).rounds.is_empty(), "one round is the whole");
}

#[test]
fn what_was_missing_is_named_the_costliest_first() {
    let unanswered = |kind| Given { mark: None, ..given_to(kind, Mark::Wrong, 1) };
    let right = given_to(Kind::Predict, Mark::Right, 5);
    let talk = discussed(&[
        (Criterion::TradeOffs, Score::No),
        (Criterion::TradeOffs, Score::Partly),
        (Criterion::Communication, Score::Yes),
        (Criterion::Communication, Score::Yes),
        (Criterion::Communication, Score::Yes),
        (Criterion::Communication, Score::Partly),
    ]);
    let given = [right.clone(), right.clone(), talk, unanswered(Kind::Fill), right];
    let report = report_on(&given, START);
    let strong = report.heading(Heading::Communication).and_then(|heading| heading.score());
    assert_eq!(strong, Some(4), "what is strong misses nothing");
    let missing = [
        "Not answered: “q3”.",
        "Missing in “q2”: Says something about trade-offs.",
        "Only in part in “q2”: Says something about trade-offs.",
    ];
    assert_eq!(report.missing, missing);
    let silent =
        Given { mark: None, ..discussed(&[(Criterion::TradeOffs, Score::No), (Criterion::Design, Score::No)]) };
    let report = report_on(&[silent], START);
    assert_eq!(report.missing, ["Not answered: “q0”."], "not row by row");
    assert!(report.own_points.is_empty());
    assert_eq!(report_on(&[(); 9].map(|()| unanswered(Kind::Predict)), START).missing.len(), 6);
    assert!(report_on(&[given_to(Kind::Predict, Mark::Right, 5)], START).missing.is_empty());
}

#[test]
fn advice_is_for_the_lowest_heading_that_limits() {
    let fluent = discussed(&[
        (Criterion::Reasoning, Score::Yes),
        (Criterion::Reasoning, Score::Yes),
        (Criterion::Communication, Score::Yes),
    ]);
    let mut given = vec![written(10, 5), discussed(&[(Criterion::TradeOffs, Score::No)])];
    given.extend([(); 5].map(|()| given_to(Kind::Fill, Mark::Right, 5)));
    given.extend([(); 4].map(|()| given_to(Kind::Predict, Mark::Wrong, 5)));
    given.extend([(); 16].map(|()| Given { minutes: 1, ..fluent.clone() }));
    let report = report_on(&given, START);
    let score = |heading| report.heading(heading).and_then(|heading| heading.score());
    assert_eq!([Heading::Correctness, Heading::TradeOffs].map(score), [2, 0].map(Some), "both limit it");
    assert_eq!(report.advice, Heading::TradeOffs.advice(), "{:#?}", report.reasons);
    for heading in Heading::ALL {
        let advice = heading.advice();
        assert!(advice.ends_with('.') && advice.matches(". ").count() == 0, "{advice}");
    }
}

#[test]
fn each_limit_is_published_with_its_reason() {
    for limit in Limit::ALL {
        assert!(limit.at_most() < Recommendation::StrongYes && !limit.rule().is_empty() && limit.why().ends_with('.'));
    }
    assert!(Limit::ALL.map(Limit::at_most).is_sorted(), "the strictest first");
}

#[test]
fn a_question_whose_file_is_missing_is_named_and_nothing_else_is_lost() {
    let given = [given_to(Kind::Predict, Mark::Right, 5), Given { mark: None, ..written(0, 5) }];
    let (interview, _) = rehearsed(&given, START);
    let mut stored = interview.stored().clone();
    let elapsed_ms = 10 * MINUTE;
    stored.rounds[0].phase = Phase::Running { elapsed_ms };
    let (mut interview, _) = Interview::resume(stored, START);
    assert_eq!(interview.update(Event::Lose(1), START), [], "while the round runs there is time to try again");
    interview.update(Event::EndRound, START);
    assert_eq!(interview.update(Event::Lose(0), START), [], "it was answered");
    assert_eq!(interview.update(Event::Lose(9), START), []);
    let effects = interview.update(Event::Lose(1), START);
    assert_eq!(effects, [Effect::Remember(Box::new(interview.stored().clone()))]);
    let (mut interview, _) = reloaded(&interview, START);
    interview.update(Event::CloseRound, START);
    let round = &interview.stored().rounds[0];
    assert!(round.is_over() && round.questions[1].is_lost && round.questions[0].answer.is_some());

    let of = |place: usize| Entry { kind: given[place].kind, ..entry(&format!("q{place}"), Level::Mid, &["c"]) };
    let report = Report::of(&interview, &catalog(vec![of(0), of(1)]), |_| None);
    let why = "The file of “q1” could not be loaded. The question counts as not answered.";
    assert_eq!(report.reasons.last().map(String::as_str), Some(why));
    assert_eq!(report.heading(Heading::Correctness).and_then(|score| score.percent), Some(50));
    assert_eq!(report.concepts.iter().map(|score| score.asked).collect::<Vec<_>>(), [1], "no concept is weak by it");
    let text = report.to_markdown("Phone screen", "Friday", interview.stored(), None, Slug::to_string);
    assert!(text.contains("- q1: not answered, its file was missing, 5:00 of 10:00"), "{text}");
}

/// What was broken off is no preparation.
#[test]
fn an_interview_is_carried_through_if_it_took_half_of_its_time_or_all_was_answered() {
    let (interview, _) =
        rehearsed(&[given_to(Kind::Predict, Mark::Right, 5), given_to(Kind::Predict, Mark::Wrong, 5)], START);
    let after = |share: u64, is_answered: bool| {
        let mut stored = interview.stored().clone();
        let round = &mut stored.rounds[0];
        round.phase = Phase::Ended { elapsed_ms: round.limit_ms * share / 100 };
        if !is_answered {
            round.questions[1].answer = None;
        }
        KeptInterview { interview: stored, report: None }.is_carried_through()
    };
    assert_eq!([after(10, true), after(50, false), after(49, false)], [true, true, false]);
    let mut left = interview.stored().clone();
    let round = &mut left.rounds[0];
    round.phase = Phase::Ended { elapsed_ms: round.limit_ms };
    round.questions.iter_mut().for_each(|asked| asked.answer = None);
    assert!(!KeptInterview { interview: left, report: None }.is_carried_through(), "it was left to its clock");
    let mut running = interview.stored().clone();
    running.rounds[0].phase = Phase::Running { elapsed_ms: running.rounds[0].limit_ms };
    assert!(!KeptInterview { interview: running, report: None }.is_carried_through(), "it is not over");
}

/// Reports without strengths and advice, and questions that cannot have been lost.
#[test]
fn what_the_first_release_kept_is_read() {
    let kept: KeptInterview = json::read(include_str!("data/interview-v1.json")).expect("it is read for ever");
    let report = kept.report.expect("it has one");
    assert_eq!((report.recommendation, report.reasons.len()), (Recommendation::LeanYes, 1));
    assert!(report.strengths.is_empty() && report.advice.is_empty());
    assert!(kept.interview.rounds[0].questions.iter().all(|asked| !asked.is_lost));
    assert!(report.missing.is_empty() && report.rounds.is_empty() && report.own_points.is_empty());
    let text = report.to_markdown("Phone screen", "Friday", &kept.interview, None, Slug::to_string);
    assert!(!text.contains("What was strong") && !text.contains("Advice"), "{text}");
}

#[test]
fn what_nobody_else_has_judged_is_no_strong_yes() {
    let report =
        report_on(&[discussed(&[&ALL_BUT_TRADE_OFFS[..], &[(Criterion::TradeOffs, Score::Yes)]].concat())], START);
    assert_eq!((report.percent, report.recommendation), (100, Recommendation::Yes));
    assert_eq!(report.reasons[1], "Nobody but you has judged any of it, so it is no better than “Yes”.");
}

#[test]
fn a_strong_yes_has_no_wrong_answer_in_it() {
    let right = [(); 7].map(|()| given_to(Kind::Choice, Mark::Right, 5));
    let of_last = |mark| report_on(&[&right[..], &[given_to(Kind::Predict, mark, 5)]].concat(), START);
    let (partly, wrong) = (of_last(Mark::Partly), of_last(Mark::Wrong));
    assert_eq!((partly.percent, partly.recommendation), (95, Recommendation::StrongYes), "half of it is right");
    assert_eq!((wrong.percent, wrong.recommendation), (88, Recommendation::Yes));
    assert_eq!(wrong.reasons[1], "The answer to “q7” was wrong, so it is no better than “Yes”.");
    assert_eq!(wrong.advice, "Open “q7” below, and say aloud which line decides and why.");
    let open = Given { mark: None, ..right[0].clone() };
    let unanswered = report_on(&[&right[..], &[open]].concat(), START);
    assert_eq!(unanswered.recommendation, Recommendation::StrongYes, "nothing false was said");
}

#[test]
fn of_one_question_it_is_said_how_it_went() {
    let code = |given: Given| {
        let report = report_on(&[given, given_to(Kind::Choice, Mark::Wrong, 5)], START);
        report.reasons.iter().find_map(|reason| reason.strip_prefix("Code: the one question was ")).map(str::to_owned)
    };
    let of = |mark| code(given_to(Kind::Fill, mark, 5)).unwrap_or_default();
    assert!(of(Mark::Partly).starts_with("partly right."), "{}", of(Mark::Partly));
    assert!(of(Mark::Wrong).starts_with("wrong."), "{}", of(Mark::Wrong));
    let open = code(Given { mark: None, ..given_to(Kind::Fill, Mark::Wrong, 5) });
    assert!(open.is_some_and(|said| said.starts_with("not answered.")));
}

#[test]
fn tests_of_ones_own_are_named() {
    let with_own = |own_tests| Given { evidence: Evidence { own_tests, ..written(10, 5).evidence }, ..written(10, 5) };
    let of = |own_tests| report_on(&[with_own(own_tests)], START);
    let reasons = |report: &Report| report.heading(Heading::Tests).expect("it is there").reasons.clone();
    assert_eq!(reasons(&of(0)), ["Tests that pass: 10 of 10."]);
    assert_eq!(reasons(&of(2)), ["Tests that pass: 10 of 10.", "Tests of your own: 2."]);
    let low = Given { evidence: Evidence { own_tests: 1, ..written(2, 5).evidence }, ..written(2, 5) };
    let said = |reason: &String| reason.starts_with("Tests: 2 of 10 pass, 1 of your own.");
    assert!(report_on(&[low], START).reasons.iter().any(said));
    assert_eq!(of(0).percent, of(2).percent, "nobody asked for them");
}

#[test]
fn low_under_two_headings_leans_to_no() {
    let low = |rows: &[(Criterion, Score)]| {
        let strong = [given_to(Kind::Predict, Mark::Right, 5), given_to(Kind::Predict, Mark::Right, 5), written(10, 9)];
        report_on(&[&strong[..], &[discussed(rows)]].concat(), START).recommendation
    };
    assert_eq!(low(&[(Criterion::Communication, Score::No)]), Recommendation::LeanYes);
    assert_eq!(
        low(&[(Criterion::Communication, Score::No), (Criterion::TradeOffs, Score::No)]),
        Recommendation::LeanNo
    );
}

#[test]
fn hints_tests_and_what_was_not_answered_count() {
    let with_hints = |hints| Given {
        evidence: Evidence { hints, ..Evidence::default() },
        ..given_to(Kind::Predict, Mark::Right, 5)
    };
    let percent = |given: &[Given], heading| report_on(given, START).heading(heading).and_then(|score| score.percent);
    assert_eq!(percent(&[with_hints(0)], Heading::Correctness), Some(100));
    assert_eq!(percent(&[with_hints(2)], Heading::Correctness), Some(70));
    assert_eq!(percent(&[with_hints(u32::MAX)], Heading::Correctness), Some(50));
    assert_eq!(percent(&[written(7, 5)], Heading::Tests), Some(70));
    assert_eq!(percent(&[written(7, 5)], Heading::Code), Some(50));
    let open = Given { mark: None, ..given_to(Kind::Predict, Mark::Right, 5) };
    let report = report_on(&[with_hints(1), open.clone()], START);
    let correctness = report.heading(Heading::Correctness).expect("it is there");
    assert_eq!(correctness.percent, Some(43));
    assert_eq!(correctness.reasons, ["Right: 1 of 2 questions; not answered: 1.", "Hints opened: 1."]);
    assert_eq!(report_on(&[open], START).recommendation, Recommendation::StrongNo);
    assert_eq!(report_on(&[], START).recommendation, Recommendation::StrongNo);
    let in_time = |minutes| percent(&[given_to(Kind::Predict, Mark::Partly, minutes)], Heading::Speed);
    assert_eq!([10, 12, 15, 20, 21].map(in_time), [100, 75, 50, 25, 0].map(Some));
    let by_words = Given { is_self_assessed: true, ..written(10, 5) };
    let report = report_on(&[by_words, with_hints(2)], START);
    let percent = |heading| report.heading(heading).and_then(|score| score.percent);
    assert_eq!(percent(Heading::Correctness), Some(70), "a candidate's word proves nothing");
    assert_eq!(percent(Heading::Code), Some(100));
}

#[test]
fn the_weakest_concepts_come_first() {
    let marks = [Mark::Right, Mark::Wrong, Mark::Partly, Mark::Right];
    let report = report_on(&marks.map(|mark| given_to(Kind::Predict, mark, 5)), START);
    assert_eq!(report.weakest, ["c1", "c2"]);
    let concepts: Vec<(&str, u32)> =
        report.concepts.iter().map(|score| (score.concept.as_str(), score.percent)).collect();
    assert_eq!(concepts, [("c0", 100), ("c1", 0), ("c2", 50), ("c3", 100)]);
    let by_talk = report_on(&[given_to(Kind::Predict, Mark::Right, 5), discussed(&ALL_BUT_TRADE_OFFS)], START).concepts;
    assert_eq!(by_talk.iter().map(|score| score.is_self_assessed).collect::<Vec<_>>(), [false, true]);
    let in_part = [(Criterion::Reasoning, Score::Yes), (Criterion::TradeOffs, Score::Partly)];
    assert_eq!(report_on(&[discussed(&in_part)], START).concepts[0].percent, 75, "row by row");
    assert_eq!(report_on(&[(); 9].map(|()| given_to(Kind::Predict, Mark::Wrong, 5)), START).weakest.len(), 5);
}

#[test]
fn a_report_is_compared_with_earlier_ones_of_its_kind() {
    let of = |marks: [Mark; 2], day: u64| report_on(&marks.map(|mark| given_to(Kind::Predict, mark, 5)), START + day);
    let (right, wrong) = (Mark::Right, Mark::Wrong);
    let now = of([right, right], 9);
    assert_eq!(now.compared(&[]), None);
    let of_staff = Report { level: Level::Staff, ..of([wrong, wrong], 1) };
    let elsewhere = Report { blueprint: "lightning".to_owned(), ..of([wrong, wrong], 1) };
    let others =
        [of([wrong, wrong], 1), of([right, wrong], 2), now.clone(), of([wrong, wrong], 10), of_staff, elsewhere];
    let compared = now.compared(&others).expect("there are two");
    assert_eq!((compared.count, compared.whole.now, compared.whole.mean), (2, 100, 25.0));
    assert!((compared.whole.spread - 35.355).abs() < 0.01, "{compared:?}");
    let headings: Vec<Heading> = compared.headings.iter().map(|(heading, _)| *heading).collect();
    assert_eq!(headings, [Heading::Correctness, Heading::Speed, Heading::Reasoning]);
    let one = now.compared(&others[..1]).expect("there is one");
    assert_eq!((one.whole.mean, one.whole.spread), (0.0, 0.0));
}

#[test]
fn a_report_comes_back_as_it_was() {
    let report = report_on(&[written(3, 5), discussed(&ALL_BUT_TRADE_OFFS)], START);
    let text = serde_json::to_string(&report).expect("it is written");
    assert_eq!(json::read::<Report>(&text).ok(), Some(report));
    assert!(json::read::<Report>("{}").is_err());
}

#[test]
fn evidence_is_what_the_log_and_the_problem_tell() {
    let of = |question, answer: Option<Answer>| {
        let given = answer.map(|answer| Attempt { answer, hints: 2, ..attempt(START, "the-problem", Mark::Partly) });
        Evidence::of(&questions::problem(question), given.as_ref())
    };
    let write = |result| Answer::Write { code: String::new(), result, runs: 0 };
    let failure =
        TestFailure { test: "of_two".to_owned(), how: FailureKind::Panic, message: String::new(), line: None };
    let tested = CodeResult::Tested { failures: vec![failure], tests: 3 };
    let tests = |passed| Some(TestCount { passed, all: 3 });
    let program = |code: &str, result| Answer::Write { code: code.to_owned(), result, runs: 0 };
    let own = program("#[test]\nfn one() {}\n#[cfg(test)]\nmod tests {\n#[test]\nfn two() {}\n}\n", tested.clone());
    assert_eq!(of(questions::write(), Some(own)).own_tests, 2);
    let expected = Evidence { hints: 2, tests: tests(2), ..Evidence::default() };
    assert_eq!(of(questions::write(), Some(write(tested))), expected);
    assert_eq!(of(questions::write(), Some(write(CodeResult::Rejected(Rejection::default())))).tests, tests(0));
    assert_eq!(of(questions::write(), None).tests, tests(0), "what was not written passes nothing");
    assert_eq!(of(questions::write(), Some(write(CodeResult::SelfAssessed(SelfAssessment::AllPassed)))).tests, None);

    let discuss = |scores: &[Score]| Some(Answer::Discuss { notes: String::new(), scores: scores.to_vec() });
    let rows = |scores: [Score; 2]| {
        let asked = [(Criterion::Reasoning, "Says why."), (Criterion::TradeOffs, "Says what it costs.")];
        let row =
            |((criterion, text), score): ((Criterion, &str), Score)| Row { criterion, score, text: text.to_owned() };
        asked.into_iter().zip(scores).map(row).collect::<Vec<Row>>()
    };
    let scored = of(questions::discuss(), discuss(&[Score::Yes, Score::Partly]));
    assert_eq!(scored.rows, rows([Score::Yes, Score::Partly]));
    assert_eq!(of(questions::discuss(), discuss(&[])).rows, rows([Score::No; 2]));
    assert_eq!(of(questions::discuss(), None).rows, rows([Score::No; 2]), "silence has no points");
    for question in
        [questions::choice(false), questions::rejected(), questions::spot(), questions::fill(), questions::order()]
    {
        assert_eq!(of(question, None), Evidence::default());
    }
}

#[test]
fn a_saved_report_has_all_that_was_said() {
    let given = [
        given_to(Kind::Predict, Mark::Right, 5),
        written(9, 12),
        discussed(&[(Criterion::TradeOffs, Score::No), (Criterion::Communication, Score::Yes)]),
        Given { mark: None, ..given_to(Kind::Choice, Mark::Wrong, 1) },
    ];
    let (interview, report) = rehearsed(&given, START);
    let plan = blueprint(vec![round(Vec::new())]);
    let reflection = Reflection {
        went_well: "I asked first.".to_owned(),
        next: "Slower.\nAnd aloud.".to_owned(),
        ..Reflection::default()
    };
    let stored = StoredInterview { reflection: Some(reflection), ..interview.stored().clone() };
    let text = report.to_markdown("Phone screen", "Friday", &stored, Some(&plan), |slug| format!("The problem {slug}"));
    assert!(!text.contains("What surprised me"), "nothing was written there:\n{text}");
    let lines = [
        "# Phone screen: Lean yes",
        "Mid, Friday",
        "All headings together: 58 of 100 points, “Lean yes”.",
        "## What was strong",
        "- Tests: 9 of 10 pass.",
        "## What held it back",
        "What was missing:",
        "- Missing in “q2”: Says something about trade-offs.",
        "## Advice",
        "- Trade-offs: grade 0 of 4 (self-assessed). You gave yourself 0 of 2 points.",
        "- Tests: grade 4 of 4. Tests that pass: 9 of 10.",
        "### Round",
        "- The problem q0: right, 5:00 of 10:00",
        "- The problem q1: partly right, 12:00 of 10:00",
        "- The problem q2: self-assessed, 2 of 4 points, 10:00 of 10:00",
        "- The problem q3: not answered, 1:00 of 10:00",
        "Worth asking:",
        "- How long is a build after a small change?",
        "To practise next: c3, c1, c2.",
        "## Looking back",
        "- What went well: I asked first.",
        "- What to do next time: Slower.",
        "  And aloud.",
    ];
    let mut all = text.lines();
    for line in lines {
        assert!(all.any(|own| own == line), "{line:?} is not there, or not in this order:\n{text}");
    }
}

#[test]
fn a_saved_report_keeps_its_rounds_apart() {
    let one = [given_to(Kind::Predict, Mark::Right, 5)];
    let (interview, report) = rehearsed_in(&[&one, &one], START);
    let titled = |title: &str| RoundPlan { title: title.to_owned(), ..round(Vec::new()) };
    let plan = blueprint(vec![titled("Reading"), titled("Talking")]);
    let text = report.to_markdown("On site", "Friday", interview.stored(), Some(&plan), Slug::to_string);
    let titles: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let expected = [
        "# On site: Strong yes",
        "## What was strong",
        "## Advice",
        "## What was judged",
        "## Round by round",
        "## Question by question",
        "### Reading",
        "### Talking",
    ];
    assert_eq!(titles, expected, "{text}");
    assert!(text.contains("- Reading: 100 of 100 points. 1 of 1 right. 5 of 180 minutes."), "{text}");
    assert_eq!(text.matches("\nWorth asking:\n\n- How long is a build").count(), 2, "{text}");
}

/// Without locks two tabs may begin to run one interview. Whatever they write in whatever order, the first one goes on and the other
/// gives way.
#[test]
fn of_two_tabs_that_run_one_interview_the_first_goes_on() {
    let stored = |runner: &str| {
        let interview = begun().stored().clone();
        UnderWay { name: slug("interview-1"), interview, runner: runner.to_owned() }.write()
    };
    let (first, second) = ("000001-a", "000002-a");
    assert_eq!(Found::of(Some(&stored(first)), first), Found::Own);
    assert_eq!(Found::of(Some(&stored(second)), first), Found::Later);
    assert_eq!(Found::of(Some(&stored(first)), second), Found::Earlier);
    assert_eq!(Found::of(Some(&stored("")), first), Found::Earlier, "an older release gives way to nobody");
    assert_eq!(Found::of(Some("{}"), first), Found::Earlier, "nor does a newer one");
    assert_eq!(Found::of(None, first), Found::Nothing);
    let older = stored(first).replace(",\"runner\":\"000001-a\"", "");
    assert_eq!(UnderWay::read(&older).map(|under_way| under_way.runner), Ok(String::new()));
}
