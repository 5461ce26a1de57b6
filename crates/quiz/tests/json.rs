//! What is written comes back as it was, for every type that is stored or travels in a pack; and what does not fit is refused
//! with the place and what was expected there.

use std::collections::BTreeMap;

use crate::common::records::{any_answer, any_attempt, any_code_result, any_record, any_text};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use quiz::answer::Answer;
use quiz::attempt::{Attempt, AttemptId, Confidence, Mode, Record};
use quiz::catalog::{Catalog, Concept, Entry, Pack, PackFile, TopicPacks};
use quiz::discussion::{Criterion, Discussion, Round, RubricRow, TitledText};
use quiz::exercise::{Complexity, Exercise, Solution, TestBlock, WrongTurn};
use quiz::grading::Mark;
use quiz::highlights::{Highlights, Snippet};
use quiz::json::{self, FromJson};
use quiz::learner::fitting::{Fit, Task, WorkerMessage};
use quiz::learner::memory::{Rating, Review};
use quiz::learner::misconceptions::{Belief, Beliefs, Exposed};
use quiz::practice::Filter;
use quiz::problem::{
    ChoiceOption, Edition, ExpectedOutcome, Kind, Level, Misconception, Outcome, Outcomes, Problem, Program, Question,
    Reference, RoleLine, Row, Slot, Slug, Topic, WhatIf,
};
use quiz::prose::{Element, Node, Prose};
use quiz::role::Role;
use quiz::rule::Code;
use quiz::session::Session;
use quiz::verdict::{Diagnostic, Span, Verdict};
use quiz::web_address::WebAddress;
use serde::Serialize;

fn check_comes_back<T: Serialize + FromJson + PartialEq + std::fmt::Debug>(value: T) -> Result<(), TestCaseError> {
    let text = serde_json::to_string(&value).expect("it is JSON");
    prop_assert_eq!(json::read::<T>(&text), Ok(value), "{}", text);
    Ok(())
}

fn any_index() -> impl Strategy<Value = usize> {
    prop_oneof![0..4usize, 0..=u32::MAX as usize]
}

fn any_slug() -> impl Strategy<Value = Slug> {
    any_text().prop_map(|name| Slug(name.into()))
}

fn any_code() -> impl Strategy<Value = Code> {
    any_text().prop_map(Code)
}

fn any_topic() -> impl Strategy<Value = Topic> {
    any_text().prop_map(Topic)
}

fn any_share() -> impl Strategy<Value = f32> {
    prop_oneof![Just(0.0f32), 0.0..1.0f32, -1e9..1e9f32]
}

fn any_snippet() -> impl Strategy<Value = Snippet> {
    (any_text(), any_text()).prop_map(|(text, runs)| Snippet { text, highlights: Highlights(runs) })
}

fn any_span() -> impl Strategy<Value = Span> {
    (any::<[u32; 4]>(), any::<bool>(), option::of(any_text())).prop_map(
        |([line, column, end_line, end_column], primary, label)| Span {
            line,
            column,
            end_line,
            end_column,
            primary,
            label,
        },
    )
}

fn any_diagnostic() -> impl Strategy<Value = Diagnostic> {
    (option::of(any_code()), any_text(), vec(any_span(), 0..3), any_text())
        .prop_map(|(code, message, spans, rendered)| Diagnostic { code, message, spans, rendered })
}

fn any_verdict() -> impl Strategy<Value = Verdict> {
    let line = any::<u32>;
    prop_oneof![
        any_text().prop_map(|stdout| Verdict::Prints { stdout }),
        vec(any_diagnostic(), 0..3).prop_map(|errors| Verdict::Error { errors }),
        (line(), any_text(), any_text()).prop_map(|(line, message, stdout)| Verdict::Panics { line, message, stdout }),
        (line(), any_text(), any_text()).prop_map(|(line, message, rendered)| Verdict::Undefined {
            line,
            message,
            rendered
        }),
        Just(Verdict::Compiles),
        any_text().prop_map(|reason| Verdict::Ignored { reason }),
    ]
}

fn any_address() -> impl Strategy<Value = WebAddress> {
    "https://[a-z]{1,5}\\.[a-z]{2}(/[!-~]{0,9})?".prop_map(|text| WebAddress::parse(&text).expect("a whole address"))
}

fn any_prose() -> impl Strategy<Value = Prose> {
    let leaf = prop_oneof![
        any_text().prop_map(Node::Text),
        any_index().prop_map(Node::Program),
        any_text().prop_map(Node::Verbatim),
    ];
    let node = leaf.prop_recursive(3, 12, 3, |inner| {
        let elements =
            select(vec![Element::Paragraph, Element::Item, Element::Code, Element::Table, Element::LineBreak]);
        prop_oneof![
            (any_address(), vec(inner.clone(), 0..3)).prop_map(|(address, inside)| Node::Link { address, inside }),
            (elements, vec(inner, 0..3)).prop_map(|(element, inside)| Node::Element(element, inside)),
        ]
    });
    vec(node, 0..4).prop_map(Prose)
}

fn any_program() -> impl Strategy<Value = Program> {
    (any_snippet(), option::of(any_text()), select(&Edition::ALL[..]), any_verdict()).prop_map(
        |(Snippet { text: source, highlights }, compiled, edition, verdict)| Program {
            source,
            highlights,
            compiled,
            edition,
            verdict,
        },
    )
}

fn any_option() -> impl Strategy<Value = ChoiceOption> {
    let misconception =
        (any_text(), any_text(), any_text()).prop_map(|(id, belief, truth)| Misconception { id, belief, truth });
    (any_prose(), any_prose(), any::<bool>(), option::of(misconception))
        .prop_map(|(text, rationale, right, misconception)| ChoiceOption { text, rationale, right, misconception })
}

fn any_outcomes() -> impl Strategy<Value = Outcomes> {
    let outcome = (any::<bool>(), any_verdict(), any::<bool>()).prop_map(|(accepted, verdict, checked)| Outcome {
        accepted,
        verdict,
        checked,
    });
    (vec(outcome, 0..3), vec(any_index(), 0..5)).prop_map(|(outcomes, of)| Outcomes { outcomes, of })
}

fn any_expected() -> impl Strategy<Value = ExpectedOutcome> {
    prop_oneof![
        any_text().prop_map(|stdout| ExpectedOutcome::Prints { stdout }),
        (any_code(), any::<u32>()).prop_map(|(code, line)| ExpectedOutcome::Error { code, line }),
        any::<u32>().prop_map(|line| ExpectedOutcome::Panics { line }),
        any::<u32>().prop_map(|line| ExpectedOutcome::Undefined { line }),
    ]
}

fn any_question() -> impl Strategy<Value = Question> {
    let role = (select(&Role::ALL[..]), any::<u32>()).prop_map(|(role, line)| RoleLine { role, line });
    let slot = (any_text(), vec(any_snippet(), 0..3), vec(option::of(any_text()), 0..3))
        .prop_map(|(name, choices, beliefs)| Slot { name, choices, beliefs });
    let row = prop_oneof![any_snippet().prop_map(Row::Fixed), Just(Row::Gap)];
    prop_oneof![
        (any::<bool>(), vec(any_option(), 0..3)).prop_map(|(several, options)| Question::Choice { several, options }),
        (any_expected(), vec(any_code(), 0..3), btree_map(any_code(), any_text(), 0..3))
            .prop_map(|(expected, rules, titles)| Question::Predict { expected, rules, titles }),
        vec(role, 0..3).prop_map(|roles| Question::Spot { roles }),
        (vec(slot, 0..3), any_outcomes()).prop_map(|(slots, outcomes)| Question::Fill { slots, outcomes }),
        (vec(row, 0..4), vec(any_snippet(), 0..3), any_outcomes())
            .prop_map(|(rows, lines, outcomes)| Question::Order { rows, lines, outcomes }),
        any_exercise().prop_map(Question::Write),
        any_discussion().prop_map(Question::Discuss),
    ]
}

fn any_discussion() -> impl Strategy<Value = Discussion> {
    let row = (select(&Criterion::ALL[..]), any_prose()).prop_map(|(criterion, text)| RubricRow { criterion, text });
    let titled = || vec((any_prose(), any_prose()).prop_map(|(title, text)| TitledText { title, text }), 0..3);
    (select(&Round::ALL[..]), option::of(any_prose()), vec(row, 0..4), titled(), titled()).prop_map(
        |(round, clarify, rubric, follow_ups, mistakes)| Discussion { round, clarify, rubric, follow_ups, mistakes },
    )
}

fn any_exercise() -> impl Strategy<Value = Exercise> {
    let block = || (any_snippet(), vec(any_text(), 0..3)).prop_map(|(code, names)| TestBlock { code, names });
    let solution =
        (any_text(), any_snippet(), any_prose()).prop_map(|(name, program, trade)| Solution { name, program, trade });
    let wrong_turn =
        (any_text(), any_snippet(), any_code_result(), option::of(any_verdict()), any_prose(), option::of(any_text()))
            .prop_map(|(name, program, result, verdict, remark, belief)| WrongTurn {
                name,
                program,
                result,
                verdict,
                remark,
                belief,
            });
    let complexity = (any_text(), any_text()).prop_map(|(time, space)| Complexity { time, space });
    let asked = (complexity, any::<u32>(), option::of(any_prose().prop_map(Box::new)));
    (any_snippet(), (block(), block()), vec(solution, 0..3), vec(wrong_turn, 0..3), asked).prop_map(
        |(start, (tests, hidden_tests), solutions, wrong_turns, (complexity, schedules, clarify))| Exercise {
            start,
            tests,
            hidden_tests,
            solutions,
            wrong_turns,
            complexity,
            schedules,
            clarify,
        },
    )
}

fn any_what_if() -> impl Strategy<Value = WhatIf> {
    (any_text(), any::<u32>(), any_snippet(), option::of(any_text()), any_verdict())
        .prop_map(|(name, line, replacement, compiled, verdict)| WhatIf { name, line, replacement, compiled, verdict })
}

fn any_problem() -> impl Strategy<Value = Problem> {
    let names = (any_slug(), any_topic(), any_text(), select(&Level::ALL[..]));
    let reference = (any_address(), any_text()).prop_map(|(address, title)| Reference { address, title });
    let lists = (vec(any_text(), 0..3), vec(reference, 0..3), vec(any_text(), 0..3));
    let numbers = (any::<u32>(), any::<u32>(), lists);
    let texts = (any_prose(), vec(any_prose(), 0..3), any_prose(), option::of(any_prose()), any_prose());
    let programs = (vec(any_program(), 0..3), option::of(any_program()), vec(any_what_if(), 0..2));
    (names, numbers, texts, any_question(), programs).prop_map(
        |(
            (slug, topic, title, level),
            (minutes, revision, (concepts, references, crates)),
            (prompt, hints, explanation, let_through, interview),
            question,
            (programs, check, what_ifs),
        )| Problem {
            slug,
            topic,
            title,
            level,
            minutes,
            revision,
            concepts,
            references,
            crates,
            prompt,
            question,
            hints,
            explanation,
            let_through,
            interview,
            programs,
            check,
            what_ifs,
        },
    )
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let kinds = (select(&Kind::ALL[..]), select(&Level::ALL[..]));
    (any_slug(), any_topic(), any_text(), kinds, any::<[u32; 2]>(), vec(any_text(), 0..3)).prop_map(
        |(slug, topic, title, (kind, level), [minutes, revision], concepts)| Entry {
            slug,
            topic,
            title,
            kind,
            level,
            minutes,
            revision,
            concepts,
        },
    )
}

type Lists = (Vec<TopicPacks>, BTreeMap<String, Concept>, Vec<Entry>, Vec<Slug>);

/// A catalog names topics and concepts by their places in its own lists, so what its problems name is there.
fn fitting((mut topics, mut concepts, mut problems, retired): Lists) -> Lists {
    topics.sort_by(|one, other| one.topic.cmp(&other.topic));
    topics.dedup_by(|one, other| one.topic == other.topic);
    let Some(first) = topics.first().map(|pack| pack.topic.clone()) else { return Default::default() };
    concepts.values_mut().for_each(|concept| concept.topic = first.clone());
    for (place, problem) in problems.iter_mut().enumerate() {
        problem.topic = topics[place % topics.len()].topic.clone();
        problem.concepts = concepts.keys().take(place).cloned().collect();
    }
    (topics, concepts, problems, retired)
}

fn any_catalog() -> impl Strategy<Value = Catalog> {
    let pack = (any_text(), any_index()).prop_map(|(address, problems)| PackFile { address, problems });
    let topic = (any_topic(), vec(pack, 0..3)).prop_map(|(topic, packs)| TopicPacks { topic, packs });
    let concept = (any_topic(), any_text()).prop_map(|(topic, meaning)| Concept { topic, meaning });
    let lists = (vec(topic, 0..3), btree_map(any_text(), concept, 0..3), vec(any_entry(), 0..3), vec(any_slug(), 0..3));
    let files = (any_text(), any_text(), any_text(), any_text());
    (any_text(), option::of(any_text()), files, lists).prop_map(
        |(toolchain, miri, (beliefs, texts, guide, interviews), lists)| {
            let (topics, concepts, problems, retired) = fitting(lists);
            Catalog {
                toolchain,
                miri,
                topics,
                beliefs,
                texts,
                guide,
                interviews,
                concepts,
                problems: problems.into(),
                retired,
            }
        },
    )
}

fn any_beliefs() -> impl Strategy<Value = Beliefs> {
    let belief =
        (any_text(), any_text(), any_text()).prop_map(|(belief, truth, concept)| Belief { belief, truth, concept });
    let exposed = (any_slug(), vec(vec(option::of(any_index()), 0..4), 0..3))
        .prop_map(|(slug, choices)| Exposed { slug, choices });
    (vec(belief, 0..3), vec(exposed, 0..3)).prop_map(|(beliefs, problems)| Beliefs { beliefs, problems })
}

fn any_session() -> impl Strategy<Value = Session> {
    let kinds = (option::of(select(&Kind::ALL[..])), option::of(select(&Level::ALL[..])));
    let filter = (option::of(any_topic()), kinds, option::of(any_text()))
        .prop_map(|(topic, (kind, level), concept)| Filter { topic, kind, level, concept });
    let id = (any::<u64>(), any::<u64>()).prop_map(|(time, random)| AttemptId { time, random });
    (filter, vec((any_slug(), option::of(id)), 0..4), any_index()).prop_map(|(filter, problems, place)| {
        let place = place.min(problems.len());
        let (queue, attempts) = problems.into_iter().unzip();
        Session { filter, queue, place, attempts }
    })
}

fn any_fit() -> impl Strategy<Value = Fit> {
    (any_index(), any_share(), any_share(), vec(any_share(), 0..4))
        .prop_map(|(reviews, before, after, parameters)| Fit { reviews, before, after, parameters })
}

proptest! {
    #[test]
    fn records_come_back(record in any_record()) {
        check_comes_back::<Record>(record)?;
    }

    #[test]
    fn attempts_and_their_parts_come_back(attempt in any_attempt(), answer in any_answer()) {
        check_comes_back::<AttemptId>(attempt.id)?;
        check_comes_back::<Attempt>(attempt)?;
        check_comes_back::<Answer>(answer)?;
    }

    #[test]
    fn packs_and_problems_come_back(topic in any_topic(), problems in vec(any_problem(), 0..2)) {
        check_comes_back(Pack { topic, problems })?;
    }

    #[test]
    fn questions_and_verdicts_come_back(question in any_question(), verdict in any_verdict(), text in any_prose()) {
        check_comes_back(question)?;
        check_comes_back(verdict)?;
        check_comes_back(text)?;
    }

    #[test]
    fn catalogs_and_beliefs_come_back(catalog in any_catalog(), beliefs in any_beliefs()) {
        check_comes_back(catalog)?;
        check_comes_back(beliefs)?;
    }

    #[test]
    fn sessions_come_back(session in any_session()) {
        check_comes_back(session)?;
    }

    #[test]
    fn what_page_and_worker_say_comes_back(
        fit in any_fit(),
        share in any_share(),
        why in any_text(),
        parameters in vec(any_share(), 0..4),
        days in vec(vec((any::<u32>(), 1..=4u32), 0..4), 0..4),
    ) {
        for message in [WorkerMessage::Done(fit), WorkerMessage::Progress(share), WorkerMessage::Failed(why)] {
            prop_assert_eq!(WorkerMessage::from_text(&message.to_text()), Ok(message));
        }
        let review = |(day, number)| Review { day, rating: Rating::from_number(number).expect("from 1 to 4") };
        let histories = days.into_iter().map(|history| history.into_iter().map(review).collect()).collect();
        let task = Task { parameters, histories };
        prop_assert_eq!(Task::from_text(&task.to_text()), Ok(task));
    }

    #[test]
    fn no_text_makes_reading_panic(text in any::<String>(), record in any_record(), place in any::<prop::sample::Index>()) {
        let _ = json::read::<Problem>(&text);
        // And none that is nearly right.
        let mut whole: Vec<char> = serde_json::to_string(&record).expect("it is JSON").chars().collect();
        whole.remove(place.index(whole.len()));
        let _ = json::read::<Record>(&whole.into_iter().collect::<String>());
    }
}

#[test]
fn every_name_comes_back() {
    fn check<T: Serialize + FromJson + PartialEq + std::fmt::Debug + Copy>(all: &[T]) {
        for value in all {
            let text = serde_json::to_string(value).expect("it is JSON");
            assert_eq!(json::read::<T>(&text), Ok(*value), "{text}");
        }
    }
    check(&[Mark::Wrong, Mark::Partly, Mark::Right]);
    check(&Confidence::ALL);
    check(&[Mode::Practice, Mode::Single, Mode::Interview]);
    check(&Kind::ALL);
    check(&Level::ALL);
    check(&Edition::ALL);
    check(&Role::ALL);
}

/// The names are stored on learners' devices: they stay what they are.
#[test]
fn names_are_as_they_ever_were() {
    let written = |value: &dyn Fn() -> serde_json::Value| value().to_string();
    let json = |text: &str| text.to_owned();
    assert_eq!(
        written(&|| serde_json::json!([Mark::Wrong, Mark::Partly, Mark::Right])),
        json(r#"["wrong","partly","right"]"#)
    );
    assert_eq!(written(&|| serde_json::json!(Confidence::ALL)), json(r#"["guess","fairly-sure","certain"]"#));
    assert_eq!(
        written(&|| serde_json::json!([Mode::Practice, Mode::Single, Mode::Interview])),
        json(r#"["practice","single","interview"]"#)
    );
    assert_eq!(
        written(&|| serde_json::json!(Answer::Spot { lines: [(Role::UsedAfterMove, 3)].into() })),
        json(r#"{"spot":{"lines":{"used-after-move":3}}}"#)
    );
    assert_eq!(
        written(&|| serde_json::json!([Row::Gap, Row::Fixed(Snippet::default())])),
        json(r#"["gap",{"fixed":{"highlights":"","text":""}}]"#)
    );
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    fn check<T: FromJson + std::fmt::Debug>(text: &str, why: &str) {
        let error = json::read::<T>(text).expect_err(text);
        assert_eq!(error.to_string(), why, "{text}");
    }
    check::<Session>(r#"{"filter":{},"queue":["a",1],"place":0,"started":0}"#, "queue: a text was expected");
    check::<Session>(
        r#"{"filter":{"kind":"guess"},"queue":[],"place":0,"started":0}"#,
        "filter: kind: `guess` is not known",
    );
    check::<Answer>(r#"{"choice":{"chosen":1}}"#, "chosen: a list was expected");
    check::<Answer>(r#"{"chosen":{"choice":[1]}}"#, "an answer was expected");
    check::<Answer>(r#"{"predict":{"prints":{}}}"#, "stdout: a text was expected");
    check::<Row>(r#""gaps""#, "fixed or gap was expected");
    check::<Verdict>(r#"{"panics":{"line":-1,"message":"","stdout":""}}"#, "line: a whole number was expected");
    check::<Mark>(r#""Right""#, "`Right` is not known");
}

#[test]
fn what_is_not_known_is_passed_over_and_what_is_missing_has_its_default() {
    let session = json::read::<Session>(r#"{"filter":{"colour":1},"queue":[],"place":0,"started":5,"more":{}}"#);
    assert_eq!(session, Ok(Session::default()));
    assert_eq!(json::read::<Verdict>(r#""compiles""#), Ok(Verdict::Compiles));
    assert_eq!(json::read::<Verdict>(r#"{"compiles":null}"#), Ok(Verdict::Compiles));
}
