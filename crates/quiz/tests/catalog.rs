//! A catalog arrives as it was sent, or not at all; a problem is found by its name.

use crate::common::{catalog, entry, slug};
use proptest::prelude::*;
use quiz::catalog::{Catalog, Entry, PackFile, TopicPacks};
use quiz::json;
use quiz::problem::{Kind, Level, Topic};

fn sent(catalog: &Catalog) -> String {
    serde_json::to_string(catalog).expect("a catalog has no failing serialisers")
}

fn small() -> Catalog {
    let entries = vec![entry("two-loans", Level::Mid, &["move", "copy"]), entry("one-loan", Level::Junior, &[])];
    Catalog { toolchain: "rustc 1.97.0".to_owned(), retired: vec![slug("gone")], ..catalog(entries) }
}

#[test]
fn a_problem_is_found_by_its_name() {
    let catalog = small();
    assert_eq!(catalog.problems.place(&slug("one-loan")), Some(1));
    assert_eq!(catalog.entry(&slug("two-loans")), Some(&catalog.problems[0]));
    assert_eq!(catalog.entry(&slug("gone")), None);
}

#[test]
fn the_pack_of_a_problem_is_found_by_its_place_in_the_topic() {
    let of = |topic: &str, slug: &str| Entry { topic: Topic(topic.to_owned()), ..entry(slug, Level::Mid, &[]) };
    let pack = |address: &str, problems| PackFile { address: address.to_owned(), problems };
    let topics = vec![
        TopicPacks { topic: Topic("a".to_owned()), packs: vec![pack("a-1", 2), pack("a-2", 1)] },
        TopicPacks { topic: Topic("b".to_owned()), packs: vec![pack("b-1", 1)] },
    ];
    let entries = vec![of("a", "first"), of("a", "second"), of("a", "third"), of("b", "fourth")];
    let catalog = Catalog { topics, ..catalog(entries) };
    let address = |name| catalog.pack_of(&slug(name)).map(|pack| pack.address.as_str());
    assert_eq!(
        ["first", "second", "third", "fourth"].map(address),
        [Some("a-1"), Some("a-1"), Some("a-2"), Some("b-1")]
    );
    assert_eq!(address("gone"), None);
    assert_eq!(catalog.packs().count(), 3);
}

#[test]
fn columns_that_do_not_fit_together_are_refused() {
    let text = sent(&small());
    assert_eq!(json::read::<Catalog>(&text), Ok(small()));
    for (column, other) in [
        (r#""titles":["two loans","one loan"]"#, r#""titles":["two loans"]"#),
        (r#""kinds":[1,1]"#, r#""kinds":[1,7]"#),
        (r#""levels":[1,0]"#, r#""levels":[1,4]"#),
        (r#""minutes":[3,3]"#, r#""minutes":[]"#),
        (r#""concepts":[[1,0],[]]"#, r#""concepts":[[1,2],[]]"#),
        (r#""topics":[0,0]"#, r#""topics":[0,1]"#),
        (r#""names":["copy","move"]"#, r#""names":["copy","move","clone"]"#),
    ] {
        let broken = text.replace(column, other);
        assert_ne!(broken, text, "{column} is not in {text}");
        let error = json::read::<Catalog>(&broken).expect_err(other);
        assert_eq!(error.to_string(), "a catalog whose columns fit together was expected");
    }
    let unknown = Catalog { topics: Vec::new(), ..small() };
    assert!(json::read::<Catalog>(&sent(&unknown)).is_err(), "a topic that has no pack");
}

/// The topic, kind, level, numbers and title, and concepts of a problem.
type Drawn = (usize, usize, usize, (u32, u32, String), Vec<u32>);

proptest! {
    #[test]
    fn a_catalog_arrives_as_it_was_sent(
        problems in prop::collection::vec((0..3_usize, 0..5_usize, 0..4_usize, any::<(u32, u32, String)>(), prop::collection::vec(0..6_u32, 0..3)), 0..12),
        miri in any::<Option<String>>(),
        addresses in any::<(String, String)>(),
    ) {
        let topic = |index: usize| Topic(format!("topic-{index}"));
        let problem = |(place, drawn): (usize, Drawn)| {
            let (of, kind, level, (minutes, revision, title), concepts) = drawn;
            let concepts: Vec<String> = concepts.iter().map(|concept| format!("concept-{concept}")).collect();
            let concepts: Vec<&str> = concepts.iter().map(String::as_str).collect();
            let own = entry(&format!("p{place}"), Level::ALL[level], &concepts);
            Entry { topic: topic(of), kind: Kind::ALL[kind], title, minutes, revision, ..own }
        };
        let mut catalog = catalog(problems.into_iter().enumerate().map(problem).collect());
        let pack = |index: usize| PackFile { address: format!("packs/{index}"), problems: index };
        catalog.topics = (0..3).map(|index| TopicPacks { topic: topic(index), packs: vec![pack(index); index] }).collect();
        catalog.concepts.values_mut().for_each(|concept| concept.topic = topic(2));
        let (beliefs, texts) = addresses;
        let catalog = Catalog { miri, beliefs, texts, ..catalog };
        prop_assert_eq!(json::read::<Catalog>(&sent(&catalog)), Ok(catalog));
    }
}
