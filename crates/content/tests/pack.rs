//! What the browser gets, and when it gets nothing.

use std::fs;
use std::path::Path;

use crate::support::Workshop;
use content::pack::{PackError, Packed, pack};
use quiz::catalog::{Catalog, Pack};
use quiz::discussion::{Criterion, TitledText};
use quiz::learner::misconceptions::Beliefs;
use quiz::practice::Filter;
use quiz::problem::{ExpectedOutcome, Kind, Question, Topic};
use quiz::prose::{Element, Node};
use quiz::rule::Code;
use quiz::verdict::Verdict;
use sha2::{Digest, Sha256};

fn blessed() -> Workshop {
    let workshop = Workshop::with("good");
    assert!(workshop.bless().is_ok());
    workshop
}

fn packed(workshop: &Workshop) -> (Packed, Catalog) {
    let packed = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap();
    let catalog = fs::read_to_string(workshop.packs().join(&packed.catalog)).unwrap();
    (packed, serde_json::from_str(&catalog).unwrap())
}

fn refused(workshop: &Workshop) -> String {
    let error = pack(&workshop.problems(), &workshop.packs(), "packs/").unwrap_err();
    assert!(matches!(error, PackError::Mistakes(_)));
    assert!(!workshop.packs().exists(), "nothing may be written");
    error.to_string()
}

fn read_pack(workshop: &Workshop, catalog: &Catalog, topic: usize) -> Pack {
    let file = catalog.topics[topic].packs[0].address.strip_prefix("packs/").unwrap();
    serde_json::from_str(&fs::read_to_string(workshop.packs().join(file)).unwrap()).unwrap()
}

/// A question to talk about, with all that it may have.
const SAID_ALOUD: &str = "\
+++
title = \"Who frees a queue\"
kind = \"discuss\"
level = \"mid\"
minutes = 5
concepts = [\"move\"]

[answer]
round = \"concept\"
+++

Say aloud who frees the jobs.

## Clarify

There is one queue.

## Rubric

- **Reasoning:** Names the owner.
- **Trade-offs:** Says what it costs.
- **Evidence:** Has an example.
- **Communication:** Can be followed.

## Model answer

The worker frees them, as it took them.

## Follow-up

### And if it panics?

Unwinding frees them.

## Follow-up

### And a second worker?

It takes others.

## Mistake

### Says that the queue frees them

It has given them away.

## Mistake

### Frees by hand

They are freed anyway.
";

#[test]
fn a_discussion_arrives_with_all_that_it_is_scored_by() {
    let workshop = Workshop::with("good");
    workshop.write("ownership/who-frees-a-queue.md", SAID_ALOUD);
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    let (_, catalog) = packed(&workshop);
    let problems = read_pack(&workshop, &catalog, 0).problems;
    let problem = problems.into_iter().find(|problem| &*problem.slug.0 == "who-frees-a-queue").unwrap();
    let Question::Discuss(discussion) = problem.question else { panic!("a discussion expected") };
    assert_eq!(discussion.clarify.unwrap().words().trim(), "There is one queue.");
    let rows: Vec<_> =
        discussion.rubric.iter().map(|row| (row.criterion, row.text.words().trim().to_owned())).collect();
    let expected = [
        (Criterion::Reasoning, "Names the owner."),
        (Criterion::TradeOffs, "Says what it costs."),
        (Criterion::Evidence, "Has an example."),
        (Criterion::Communication, "Can be followed."),
    ];
    assert_eq!(rows, expected.map(|(criterion, text)| (criterion, text.to_owned())));
    let titles =
        |texts: &[TitledText]| texts.iter().map(|text| text.title.words().trim().to_owned()).collect::<Vec<_>>();
    assert_eq!(titles(&discussion.follow_ups), ["And if it panics?", "And a second worker?"]);
    assert_eq!(titles(&discussion.mistakes), ["Says that the queue frees them", "Frees by hand"]);
    assert_eq!(discussion.mistakes[1].text.words().trim(), "They are freed anyway.");
}

#[test]
fn a_section_of_the_handbook_leads_to_what_it_names() {
    const SECTION: &str = "+++\ntitle = \"Tasks\"\n\n[[practice]]\nkind = \"predict\"\ntopic = \"ownership\"\n+++\n\nA task wants to own.\n\n## Checklist\n\n- Move it in\n";
    let workshop = Workshop::with("good");
    workshop.write("guide/01-tasks.md", SECTION);
    assert!(workshop.bless().is_ok());
    let (packed, _) = packed(&workshop);
    let [section] = &*packed.guide.sections else { panic!("{:?}", packed.guide) };
    let topic = Some(Topic("ownership".to_owned()));
    assert_eq!(section.practice, [Filter { topic, kind: Some(Kind::Predict), ..Filter::default() }]);
    assert_eq!((&*section.title, section.checklist.len()), ("Tasks", 1));
}

#[test]
fn an_interview_is_packed_if_there_are_problems_enough() {
    let blueprint = |count: u32| {
        format!(
            "title = \"Talk\"\ndescription = \"Short questions.\"\nlevels = [\"junior\"]\n\n[[rounds]]\ntitle = \"Questions\"\nminutes = 45\n\n[[rounds.parts]]\nkinds = [\"predict\"]\ncount = {count}\nminutes_each = 5\n"
        )
    };
    let workshop = Workshop::with("good");
    workshop.write("interviews/talk.toml", &blueprint(1));
    let report = workshop.bless();
    assert!(report.is_ok(), "{}", report.render(false));
    let interviews = packed(&workshop).0.interviews;
    assert_eq!(
        interviews.iter().map(|interview| &*interview.judged).collect::<Vec<_>>(),
        [["correctness", "speed", "reasoning"]]
    );
    workshop.write("interviews/talk.toml", &blueprint(9));
    assert!(!workshop.bless().is_ok(), "nine questions are drawn from fewer");
}

#[test]
fn the_catalog_lists_everything_in_order() {
    let workshop = blessed();
    let (packed, catalog) = packed(&workshop);
    let slugs: Vec<&str> = catalog.problems.iter().map(|entry| &*entry.slug.0).collect();
    let by_topic_level_and_slug = [
        "drained-in-order",
        "drained-twice",
        "who-frees-the-jobs",
        "drained-when-empty",
        "every-true-claim",
        "every-attribute",
        "pushed-while-read",
    ];
    assert_eq!(slugs, by_topic_level_and_slug);
    assert_eq!(packed.index, catalog);
    assert_eq!(
        catalog.topics.iter().map(|topic| topic.topic.0.as_str()).collect::<Vec<_>>(),
        ["ownership", "borrowing"]
    );
    assert_eq!(catalog.concepts.keys().collect::<Vec<_>>(), ["move", "shared-borrow"]);
    assert_eq!(&*catalog.retired[0].0, "told-too-often");
    assert!(catalog.toolchain.starts_with("rustc 1."));
}

#[test]
fn concepts_that_no_problem_names_stay_at_home() {
    let workshop = blessed();
    fs::remove_dir_all(workshop.problems().join("borrowing")).unwrap();
    assert_eq!(packed(&workshop).1.concepts.keys().collect::<Vec<_>>(), ["move"]);
}

#[test]
fn files_are_named_by_their_content() {
    let workshop = blessed();
    let (packed, _) = packed(&workshop);
    assert_eq!(packed.files.len(), 5, "two packs, the beliefs, the texts and the catalog");
    for file in &packed.files {
        let text = fs::read_to_string(file).unwrap();
        let digest = Sha256::digest(text.as_bytes());
        let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        assert!(file.display().to_string().ends_with(&format!("-{hash}.json")), "{}", file.display());
        assert!(!text.contains('\n'), "{} is not compact", file.display());
    }
}

#[test]
fn problems_arrive_whole() {
    let workshop = blessed();
    let (_, catalog) = packed(&workshop);
    let ownership = read_pack(&workshop, &catalog, 0);
    let [printed, rejected, choice, panicked, several] = ownership.problems.as_slice() else {
        panic!("five problems expected");
    };

    let Question::Predict { expected, rules, .. } = &printed.question else { panic!() };
    assert_eq!(*expected, ExpectedOutcome::Prints { stdout: "build\ntest\n".to_owned() });
    assert_eq!(rules.len(), 4);
    let Question::Predict { expected, rules, .. } = &rejected.question else { panic!() };
    assert_eq!(*expected, ExpectedOutcome::Error { code: Code::from("E0382"), line: 4 });
    assert_eq!(rules.iter().map(|rule| rule.0.as_str()).collect::<Vec<_>>(), ["E0382", "E0502", "E0505", "E0597"]);
    let Question::Predict { expected, .. } = &panicked.question else { panic!() };
    assert_eq!(*expected, ExpectedOutcome::Panics { line: 4 });
    assert!(matches!(several.question, Question::Choice { several: true, .. }));
    assert_eq!(several.revision, 2);

    let Question::Choice { options, .. } = &choice.question else { panic!() };
    let paragraph = |words: &str| Node::Element(Element::Paragraph, vec![Node::Text(words.to_owned())]);
    assert_eq!(options[0].text.0, [paragraph("The worker.")]);
    assert_eq!(options[0].rationale.0, [paragraph("Right: it took them."), Node::Program(0)]);
    assert!(options[0].right && options[0].misconception.is_none());
    let misconception = options[1].misconception.as_ref().unwrap();
    assert_eq!(misconception.id, "moved-value-still-readable");
    assert!(!options[1].rationale.words().contains("Misconception"));
    assert!(misconception.belief.starts_with("A moved value"));
    // Markdown lets a paragraph go on without its indentation.
    let words = options[2].rationale.words();
    assert_eq!(words.split_whitespace().collect::<Vec<_>>(), ["There", "is", "one", "owner", "at", "a", "time."]);
    let text = fs::read_to_string(workshop.packs().join(&catalog.beliefs["packs/".len()..])).unwrap();
    let beliefs: Beliefs = quiz::json::read(&text).unwrap();
    let exposed = beliefs.problems.iter().find(|exposed| exposed.slug == choice.slug).unwrap();
    let [options_of_choice] = exposed.choices.as_slice() else { panic!("{exposed:?}") };
    assert_eq!(options_of_choice.len(), options.len());
    assert_eq!(options_of_choice[0], None);
    assert_eq!(beliefs.beliefs[options_of_choice[1].unwrap()].belief, misconception.belief);
}

#[test]
fn programs_stand_where_their_texts_say() {
    let workshop = blessed();
    let (_, catalog) = packed(&workshop);
    let ownership = read_pack(&workshop, &catalog, 0);
    let choice = &ownership.problems[2];
    let Question::Choice { options, .. } = &choice.question else { panic!() };
    let programs: Vec<Vec<usize>> = options.iter().map(|option| option.rationale.programs()).collect();
    assert_eq!(
        (choice.prompt.programs(), programs, choice.explanation.programs()),
        (vec![], vec![vec![0], vec![1], vec![]], vec![])
    );
    assert!(choice.main_program().is_none());
    assert!(ownership.problems[0].main_program().is_some());

    let with_hidden_lines = &choice.programs[0];
    assert!(with_hidden_lines.source.starts_with("let queue = vec![Job];\n"));
    assert!(with_hidden_lines.compiled_source().starts_with("fn main() {\nstruct Job;\n"));
    assert_eq!(with_hidden_lines.verdict, Verdict::Prints { stdout: "freed\ndrained\n".to_owned() });
    assert!(matches!(choice.programs[1].verdict, Verdict::Error { .. }));
    assert_eq!(ownership.problems[0].programs[0].compiled, None);
}

#[test]
fn packing_twice_gives_the_same() {
    let workshop = blessed();
    assert_eq!(packed(&workshop).0.files, packed(&workshop).0.files);
}

#[test]
fn verdicts_must_be_there() {
    let workshop = Workshop::with("good");
    let message = refused(&workshop);
    assert!(message.starts_with("error: the verdict file is missing\n --> "), "{message}");
    assert!(message.ends_with("cannot pack: 7 mistakes in the problems"), "{message}");
}

#[test]
fn verdicts_must_belong_to_the_programs() {
    let workshop = blessed();
    workshop.edit("ownership/drained-in-order.md", "for job in &jobs", "for job in jobs.iter()");
    let message = refused(&workshop);
    assert!(message.contains("the verdict file is out of date"), "{message}");
}

#[test]
fn verdicts_must_bear_out_the_answers() {
    let workshop = blessed();
    workshop.edit("ownership/drained-twice.md", "line = 4", "line = 3");
    let message = refused(&workshop);
    assert!(message.contains("the compiler contradicts the answer"), "{message}");
}

#[test]
fn verdicts_must_come_from_one_compiler() {
    let workshop = blessed();
    workshop.edit("ownership/drained-twice.verdict.json", "rustc 1.95.0", "rustc 1.80.0");
    let message = refused(&workshop);
    assert!(message.contains("the verdicts come from two compilers"), "{message}");
}

#[test]
fn mistakes_are_told_as_verify_tells_them() {
    let workshop = blessed();
    workshop.edit("ownership/drained-twice.md", "level = \"junior\"", "level = \"junor\"");
    let message = refused(&workshop);
    assert!(message.contains("help: did you mean `junior`?"), "{message}");
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let error = pack(Path::new("tests/nowhere"), Path::new("tests/nowhere"), "packs/").unwrap_err();
    assert!(error.to_string().starts_with("cannot read the problems in tests/nowhere: "));
}
