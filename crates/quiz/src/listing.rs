//! What a list of all problems shows: those that meet some conditions, or all of them by topic.

use std::collections::HashSet;

use crate::catalog::{Catalog, Entry};
use crate::json_names;
use crate::learner::Learner;
use crate::log::{AttemptLog, ProblemStatus};
use crate::practice::{self, Filter};
use crate::problem::{Kind, Level, Topic};
use crate::remarks::Remarks;
use crate::search::{Lexicon, Texts};

/// How a learner stands with a problem, as a list is narrowed by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The last answer was not right.
    Missed,
    /// It was never answered.
    New,
    /// It should be answered again.
    Due,
    /// The last answer was right.
    Right,
    /// It was missed, or never answered.
    NotRight,
    /// It has a bookmark.
    Bookmarked,
    /// It is not asked any more.
    Suspended,
}

json_names!(Standing {
    Missed = "missed",
    New = "new",
    Due = "due",
    Right = "right",
    NotRight = "not-yet",
    Bookmarked = "bookmarked",
    Suspended = "suspended",
});

impl Standing {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Standing; 7] = [
        Standing::Missed,
        Standing::New,
        Standing::NotRight,
        Standing::Due,
        Standing::Right,
        Standing::Bookmarked,
        Standing::Suspended,
    ];

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Standing::Missed => "Missed or partly right",
            Standing::New => "Never answered",
            Standing::Due => "Due",
            Standing::Right => "Right",
            Standing::NotRight => "Not right last time, or never answered",
            Standing::Bookmarked => "Bookmarked",
            Standing::Suspended => "Suspended",
        }
    }

    fn accepts(self, known: Known) -> bool {
        match self {
            Standing::Missed => known.status.is_missed(),
            Standing::New => known.status == ProblemStatus::New,
            Standing::Due => known.is_due,
            Standing::Right => known.status == ProblemStatus::Right,
            Standing::NotRight => known.status != ProblemStatus::Right,
            Standing::Bookmarked => known.is_bookmarked,
            Standing::Suspended => known.is_suspended,
        }
    }
}

/// What is known of a learner and a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    /// What became of the last answer.
    pub status: ProblemStatus,
    /// Whether it should be answered again.
    pub is_due: bool,
    /// Whether it has a bookmark.
    pub is_bookmarked: bool,
    /// Whether it is not asked any more.
    pub is_suspended: bool,
    /// Whether it has a note.
    pub has_note: bool,
}

impl Known {
    /// What the learner keeps about the problem, in words; empty for nothing.
    pub fn kept(self) -> String {
        let kept =
            [(self.is_suspended, "suspended"), (self.is_bookmarked, "bookmarked"), (self.has_note, "with a note")];
        let kept: Vec<&str> = kept.into_iter().filter_map(|(is_so, words)| is_so.then_some(words)).collect();
        kept.join(", ")
    }
}

impl Known {
    /// Whether it was answered: then nothing of it is given away.
    pub fn is_answered(self) -> bool {
        self.status != ProblemStatus::New
    }
}

/// What is known of a learner and each problem.
pub fn known(learner: &Learner<'_>, log: &AttemptLog) -> Vec<Known> {
    let (standings, due, remarks) = (learner.standings(), practice::due(learner), Remarks::of(log));
    let of_problem = |(problem, entry): (usize, &Entry)| Known {
        status: standings[problem],
        is_due: due[problem],
        is_bookmarked: remarks.is_bookmarked(&entry.slug),
        is_suspended: remarks.is_suspended(&entry.slug),
        has_note: remarks.note(&entry.slug).is_some(),
    };
    learner.catalog.problems.iter().enumerate().map(of_problem).collect()
}

/// Something that a list can be narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// The topic.
    Topic,
    /// The kind of question.
    Kind,
    /// The level.
    Level,
    /// A concept that it asks for.
    Concept,
    /// How the learner stands with it.
    Standing,
    /// A crate that it uses.
    Crate,
    /// The code of an error that one of its programs has. It would give answers away, so it accepts what was answered only.
    Code,
}

impl Facet {
    /// All of them, in the order in which an address has them.
    pub const ALL: [Facet; 7] =
        [Facet::Topic, Facet::Kind, Facet::Level, Facet::Concept, Facet::Standing, Facet::Crate, Facet::Code];

    /// Its name in an address.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Topic => "topic",
            Facet::Kind => "kind",
            Facet::Level => "level",
            Facet::Concept => "concept",
            Facet::Standing => "standing",
            Facet::Crate => "crate",
            Facet::Code => "code",
        }
    }

    /// Its name on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Facet::Topic => "Topic",
            Facet::Kind => "Kind",
            Facet::Level => "Level",
            Facet::Concept => "Concept",
            Facet::Standing => "Status",
            Facet::Crate => "Crate",
            Facet::Code => "Error, in problems that you have answered",
        }
    }

    /// What there is to choose from; `known` has what is known of each problem. Concepts are too many to list.
    pub fn choices(self, catalog: &Catalog, texts: &Texts, known: &[Known]) -> Vec<String> {
        let all = |lexicon: &Lexicon| lexicon.all().map(str::to_owned).collect();
        match self {
            Facet::Topic => catalog.topics.iter().map(|packs| packs.topic.0.clone()).collect(),
            Facet::Kind => Kind::ALL.map(|kind| kind.name().to_owned()).to_vec(),
            Facet::Level => Level::ALL.map(|level| level.name().to_owned()).to_vec(),
            Facet::Concept => Vec::new(),
            Facet::Standing => Standing::ALL.map(|standing| standing.name().to_owned()).to_vec(),
            Facet::Crate => all(&texts.crates),
            Facet::Code => {
                let is_answered = |problem: usize| known.get(problem).is_some_and(|known| known.is_answered());
                let codes = texts.errors.all().filter(|code| texts.errors.places_of(code).any(is_answered));
                codes.map(str::to_owned).collect()
            }
        }
    }

    /// What one of the choices is called on the screen.
    pub fn label_of(self, choice: &str) -> String {
        let known = match self {
            Facet::Topic => return Topic(choice.to_owned()).label(),
            Facet::Concept => return choice.replace('-', " "),
            Facet::Kind => Kind::from_name(choice).map(Kind::label),
            Facet::Level => Level::from_name(choice).map(Level::label),
            Facet::Standing => Standing::from_name(choice).map(Standing::label),
            Facet::Crate | Facet::Code => None,
        };
        known.unwrap_or(choice).to_owned()
    }
}

/// By what a list is narrowed; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// What the catalog tells.
    pub filter: Filter,
    /// What the learner's log tells.
    pub standing: Option<Standing>,
    /// Only what uses this crate.
    pub uses: Option<String>,
    /// Only what was answered and has an error with this code.
    pub code: Option<String>,
}

impl Conditions {
    /// What is chosen of a facet.
    pub fn chosen(&self, facet: Facet) -> Option<&str> {
        match facet {
            Facet::Topic => self.filter.topic.as_ref().map(|topic| topic.0.as_str()),
            Facet::Kind => self.filter.kind.map(Kind::name),
            Facet::Level => self.filter.level.map(Level::name),
            Facet::Concept => self.filter.concept.as_deref(),
            Facet::Standing => self.standing.map(Standing::name),
            Facet::Crate => self.uses.as_deref(),
            Facet::Code => self.code.as_deref(),
        }
    }

    /// Chooses of a facet, or nothing of it. What is no choice counts as nothing.
    pub fn choose(&mut self, facet: Facet, choice: Option<&str>) {
        let choice = choice.filter(|choice| !choice.is_empty());
        match facet {
            Facet::Topic => self.filter.topic = choice.map(|name| Topic(name.to_owned())),
            Facet::Kind => self.filter.kind = choice.and_then(Kind::from_name),
            Facet::Level => self.filter.level = choice.and_then(Level::from_name),
            Facet::Concept => self.filter.concept = choice.map(str::to_owned),
            Facet::Standing => self.standing = choice.and_then(Standing::from_name),
            Facet::Crate => self.uses = choice.map(str::to_owned),
            Facet::Code => self.code = choice.map(str::to_owned),
        }
    }

    /// Whether they cannot be told without the texts.
    pub fn need_texts(&self) -> bool {
        self.uses.is_some() || self.code.is_some()
    }

    /// The problems that meet them all, told quickly for many.
    pub fn accepted<'a>(
        &'a self,
        catalog: &'a Catalog,
        texts: &Texts,
        known: &'a [Known],
    ) -> impl Fn(usize) -> bool + use<'a> {
        let among = |lexicon: &Lexicon, word: &Option<String>| {
            word.as_ref().map(|word| lexicon.places_of(word).collect::<HashSet<usize>>())
        };
        let of_texts = [among(&texts.crates, &self.uses), among(&texts.errors, &self.code)];
        let wants_code = self.code.is_some();
        move |problem| {
            let known = known.get(problem).copied();
            let accepts = |entry: &Entry| self.filter.accepts(entry);
            catalog.problems.get(problem).is_some_and(accepts)
                && of_texts.iter().flatten().all(|places| places.contains(&problem))
                && self.standing.is_none_or(|standing| known.is_some_and(|known| standing.accepts(known)))
                && (!wants_code || known.is_some_and(Known::is_answered))
        }
    }
}

/// The problems of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// The topic.
    pub topic: Topic,
    /// Their indexes.
    pub problems: Vec<usize>,
    /// How many of them were answered right the last time.
    pub right: usize,
}

impl Shelf {
    /// Whether all of them were answered right the last time.
    pub fn is_finished(&self) -> bool {
        self.right == self.problems.len()
    }
}

/// The problems that `accepts` lets in by topic, in the order of the course. No shelf is empty.
pub fn shelves(catalog: &Catalog, known: &[Known], accepts: impl Fn(usize) -> bool) -> Vec<Shelf> {
    let mut shelves: Vec<Shelf> = Vec::new();
    for (problem, entry) in catalog.problems.iter().enumerate().filter(|(problem, _)| accepts(*problem)) {
        let right = usize::from(known.get(problem).is_some_and(|known| known.status == ProblemStatus::Right));
        match shelves.last_mut().filter(|shelf| shelf.topic == entry.topic) {
            Some(shelf) => {
                shelf.problems.push(problem);
                shelf.right += right;
            }
            None => shelves.push(Shelf { topic: entry.topic.clone(), problems: vec![problem], right }),
        }
    }
    shelves
}
