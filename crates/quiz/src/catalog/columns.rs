//! The form in which a catalog travels: a column for each field of its problems, with indexes in place of names.
//!
//! The values of one field are like one another, so brotli finds more in a column than in a row: a catalog of 97 problems
//! has 5.3 kB as columns, 6.3 kB as the objects that serde would write. Nothing but this file knows the form: who reads a
//! catalog gets a [`Catalog`], or an error.

use serde::{Serialize, Serializer};

use super::{Catalog, Concept, Entry, TopicPacks};
use crate::json::{FromJson, Json, read_struct};
use crate::places;
use crate::problem::{Kind, Level, Slug, Topic};

#[derive(Serialize)]
struct Columns {
    toolchain: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    miri: Option<String>,
    topics: Vec<TopicPacks>,
    beliefs: String,
    texts: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    guide: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    interviews: String,
    concepts: ConceptColumns,
    problems: ProblemColumns,
    retired: Vec<Slug>,
}

/// The concepts in the order of their names.
#[derive(Serialize)]
struct ConceptColumns {
    names: Vec<String>,
    /// Indexes of topics.
    topics: Vec<usize>,
    meanings: Vec<String>,
}

#[derive(Serialize)]
struct ProblemColumns {
    slugs: Vec<Slug>,
    titles: Vec<String>,
    /// Indexes of topics.
    topics: Vec<usize>,
    /// Indexes into [`Kind::ALL`].
    kinds: Vec<usize>,
    /// Indexes into [`Level::ALL`].
    levels: Vec<usize>,
    minutes: Vec<u32>,
    revisions: Vec<u32>,
    /// Indexes of concepts.
    concepts: Vec<Vec<usize>>,
}

read_struct!(Columns { toolchain, topics, concepts, problems; miri, beliefs, texts, guide, interviews, retired });
read_struct!(ConceptColumns { names, topics, meanings });
read_struct!(ProblemColumns { slugs, titles, topics, kinds, levels, minutes, revisions, concepts });

/// A column of a catalog is too short, or has an index of nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a catalog whose columns fit together was expected")]
struct Misaligned;

impl From<&Catalog> for Columns {
    fn from(catalog: &Catalog) -> Columns {
        let Catalog { toolchain, miri, topics, beliefs, texts, guide, interviews, concepts, problems, retired } =
            catalog;
        // What is in no table gets an index of nothing, so that the form is refused when it is read.
        let topic = |name: &Topic| topics.iter().position(|packs| packs.topic == *name).unwrap_or(topics.len());
        let concept = |name: &String| concepts.keys().position(|known| known == name).unwrap_or(concepts.len());
        Columns {
            toolchain: toolchain.clone(),
            miri: miri.clone(),
            topics: topics.clone(),
            beliefs: beliefs.clone(),
            texts: texts.clone(),
            guide: guide.clone(),
            interviews: interviews.clone(),
            concepts: ConceptColumns {
                names: concepts.keys().cloned().collect(),
                topics: concepts.values().map(|concept| topic(&concept.topic)).collect(),
                meanings: concepts.values().map(|concept| concept.meaning.clone()).collect(),
            },
            problems: ProblemColumns {
                slugs: problems.iter().map(|entry| entry.slug.clone()).collect(),
                titles: problems.iter().map(|entry| entry.title.clone()).collect(),
                topics: problems.iter().map(|entry| topic(&entry.topic)).collect(),
                kinds: problems.iter().map(|entry| place_in(&Kind::ALL, entry.kind)).collect(),
                levels: problems.iter().map(|entry| place_in(&Level::ALL, entry.level)).collect(),
                minutes: problems.iter().map(|entry| entry.minutes).collect(),
                revisions: problems.iter().map(|entry| entry.revision).collect(),
                concepts: problems.iter().map(|entry| entry.concepts.iter().map(concept).collect()).collect(),
            },
            retired: retired.clone(),
        }
    }
}

fn place_in<T: PartialEq>(all: &[T], one: T) -> usize {
    all.iter().position(|other| *other == one).unwrap_or(all.len())
}

impl TryFrom<Columns> for Catalog {
    type Error = Misaligned;

    fn try_from(columns: Columns) -> Result<Catalog, Misaligned> {
        let Columns {
            toolchain,
            miri,
            topics,
            beliefs,
            texts,
            guide,
            interviews,
            concepts: own,
            problems: all,
            retired,
        } = columns;
        let topic = |column: &[usize], place: usize| Some(topics.get(*column.get(place)?)?.topic.clone());
        let concept = |place: usize| {
            let concept = Concept { topic: topic(&own.topics, place)?, meaning: own.meanings.get(place)?.clone() };
            Some((own.names[place].clone(), concept))
        };
        let entry = |place: usize| {
            let concepts = all.concepts.get(place)?.iter().map(|concept| own.names.get(*concept).cloned());
            Some(Entry {
                slug: all.slugs[place].clone(),
                topic: topic(&all.topics, place)?,
                title: all.titles.get(place)?.clone(),
                kind: *Kind::ALL.get(*all.kinds.get(place)?)?,
                level: *Level::ALL.get(*all.levels.get(place)?)?,
                minutes: *all.minutes.get(place)?,
                revision: *all.revisions.get(place)?,
                concepts: concepts.collect::<Option<_>>()?,
            })
        };
        let concepts: Option<Vec<_>> = (0..own.names.len()).map(concept).collect();
        let concepts = places::map(concepts.ok_or(Misaligned)?);
        let problems = (0..all.slugs.len()).map(entry).collect::<Option<_>>().ok_or(Misaligned)?;
        Ok(Catalog { toolchain, miri, topics, beliefs, texts, guide, interviews, concepts, problems, retired })
    }
}

impl Serialize for Catalog {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Columns::from(self).serialize(serializer)
    }
}

impl FromJson for Catalog {
    fn from_json(json: Json<'_>) -> Catalog {
        json.converted::<Columns, Catalog>()
    }
}
