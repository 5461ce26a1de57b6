//! What a plan is made of: what the log says of the learner, and what the release has.
//!
//! What decides which tasks today has is told as it was in the morning: answers of today tick tasks off, but change
//! none. Minutes are those that problems should need, at the learner's pace.

use std::collections::BTreeMap;

use crate::attempt::{Record, RemarkKind};
use crate::catalog::Entry;
use crate::guide::{Guide, GuideSection};
use crate::interview::Blueprint;
use crate::learner::calendar::{Calendar, Day};
use crate::learner::{Learner, Seen, mastery, pace};
use crate::log::AttemptLog;
use crate::placement::QUESTIONS;
use crate::practice::{self, Filter};
use crate::problem::{Kind, Level, Slug, Topic};
use crate::remarks::Remarks;
use crate::story;

/// What a plan is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The day it is.
    pub today: Day,
    /// The level at which the learner practises, if it is known.
    pub level: Option<Level>,
    /// The minutes that come due on each day, today's first, with all that is overdue and all that was reviewed today.
    pub due: Vec<u32>,
    /// How many minutes of it were reviewed today,
    pub reviewed: u32,
    /// and whether nothing is due any more.
    pub is_reviewed: bool,
    /// How many minutes of answers were given today, of any sort.
    pub answered: u32,
    /// What can be practised.
    pub offers: Vec<Offer>,
    /// The sections of the guide, in their order.
    pub sections: Vec<Section>,
    /// The learner's stories.
    pub stories: Stories,
    /// The interviews that can be rehearsed at the level.
    pub blueprints: Vec<Outline>,
    /// Those that were, in any order.
    pub rehearsed: Vec<Rehearsed>,
}

/// Something that can be practised.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Which problems.
    pub filter: Filter,
    /// How much of it is not mastered, in per cent; of what only the learner judges, how much was never answered.
    pub gap: u32,
    /// The minutes of its shortest problem, of those that were never answered if there are any.
    pub shortest: u32,
    /// Whether a question of it was missed among the very first answers, as in a placement.
    pub was_missed_at_first: bool,
    /// The last day before today on which it was practised: a single question is no practice.
    pub last: Option<Day>,
    /// How many minutes of it were answered today.
    pub answered: u32,
}

/// A section of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// How many minutes it takes to read.
    pub minutes: u32,
    /// The day on which something was first ticked off in it, if something is. Who has done one thing of it has read it.
    pub read: Option<Day>,
}

/// A learner's stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// How many there were before today.
    pub before: usize,
    /// How many lack something now.
    pub lacking: usize,
    /// Whether one was written or changed today.
    pub today: bool,
}

/// What a plan needs to know of a blueprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// How long it is, in minutes.
    pub minutes: u32,
    /// What it is about, once for each part that says so.
    pub topics: Vec<Topic>,
}

/// An interview that was rehearsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsed {
    /// The name of its blueprint.
    pub blueprint: String,
    /// The day on which it ended.
    pub day: Day,
    /// How well it went, from 0 to 100, if it was judged.
    pub percent: Option<u32>,
}

/// So many words are read in a minute.
const WORDS_A_MINUTE: usize = 180;
/// Nothing is read, and ticked off, in less time.
const LEAST_READING: u32 = 5;
/// Nobody reads longer at a time.
const MOST_READING: u32 = 15;

impl Known {
    /// Gathers it.
    pub fn of(
        learner: &Learner<'_>,
        log: &AttemptLog,
        calendar: Calendar,
        guide: Option<&Guide>,
        blueprints: &[Blueprint],
        rehearsed: Vec<Rehearsed>,
    ) -> Known {
        let remarks = Remarks::of(log);
        let is_for = |blueprint: &&Blueprint| learner.level.is_none_or(|level| blueprint.is_for(level));
        let today = learner.today;
        let ticked = RemarkDays::of(log, calendar, today, |what| matches!(what, RemarkKind::Done(_)));
        let written = RemarkDays::of(log, calendar, today, |what| matches!(what, RemarkKind::Story(_)));
        let section = |section: &GuideSection| Section::of(section, &remarks, &ticked);
        Known {
            offers: offers(learner),
            sections: guide.iter().flat_map(|guide| &guide.sections).map(section).collect(),
            stories: Stories::of(&remarks, &written, today),
            blueprints: blueprints.iter().filter(is_for).map(Outline::of).collect(),
            rehearsed,
            ..Known::reviews(learner)
        }
    }

    /// What is due, and what was answered.
    fn reviews(learner: &Learner<'_>) -> Known {
        let asked = |problem: &usize| !learner.entry(*problem).kind.is_by_choice();
        let due: Vec<usize> = practice::due(learner)
            .into_iter()
            .enumerate()
            .filter_map(|(problem, is_due)| is_due.then_some(problem))
            .filter(asked)
            .collect();
        let of_today = || learner.seen.iter().filter(|seen| seen.day == learner.today).map(|seen| seen.problem);
        let reviewed: Vec<usize> = practice::reviewed_today(learner).into_iter().filter(asked).collect();
        let (left, reviewed) = (minutes(learner, due.iter().copied()), minutes(learner, reviewed.into_iter()));
        // Days ahead are known by their number of problems only.
        let usual = minutes(learner, (0..learner.cards.len()).filter(asked));
        let count = (0..learner.cards.len()).filter(asked).count().max(1);
        let ahead = practice::forecast(learner, |problem| asked(&problem)).into_iter().skip(1);
        let ahead = ahead.map(|problems| problems.saturating_mul(usual) / u32::try_from(count).unwrap_or(u32::MAX));
        Known {
            today: learner.today,
            level: learner.level,
            due: [left.saturating_add(reviewed)].into_iter().chain(ahead).collect(),
            reviewed,
            is_reviewed: due.is_empty(),
            answered: minutes(learner, of_today()),
            ..Known::default()
        }
    }
}

/// What these problems should take at the learner's pace.
fn minutes(learner: &Learner<'_>, problems: impl Iterator<Item = usize>) -> u32 {
    let pace = pace::usual(learner);
    problems.map(|problem| pace::minutes(pace, learner.entry(problem))).sum::<f32>().ceil() as u32
}

/// Whether a problem had never been answered before today.
fn was_new(learner: &Learner<'_>, problem: usize) -> bool {
    learner.cards[problem].reviews.first().is_none_or(|first| first.day >= learner.today)
}

/// Each topic by its short questions, or by talking where it has none; and writing programs.
fn offers(learner: &Learner<'_>) -> Vec<Offer> {
    let yesterday = learner.today.saturating_sub(1);
    let masteries = mastery::of_concepts(learner, &[yesterday]);
    let mastered = mastery::of_topics(learner.catalog, &masteries);
    let mut offers = Vec::new();
    for pack in &learner.catalog.topics {
        let filter = Filter { topic: Some(pack.topic.clone()), ..Filter::default() };
        let short = offer(learner, &filter, |entry| !entry.kind.is_by_choice());
        let known = mastered.iter().find(|(topic, _)| *topic == pack.topic).and_then(|(_, days)| days.last());
        let talks = || offer(learner, &Filter { kind: Some(Kind::Discuss), ..filter.clone() }, |_| true);
        offers.extend(match (short, known) {
            (Some(short), Some(known)) => Some(Offer { gap: 100 - (known.clamp(0.0, 1.0) * 100.0) as u32, ..short }),
            (Some(short), None) => Some(short),
            (None, _) => talks(),
        });
    }
    offers.extend(offer(learner, &Filter { kind: Some(Kind::Write), ..Filter::default() }, |_| true));
    offers
}

/// What a filter offers, if there is anything; of the gap only how much was never answered.
fn offer(learner: &Learner<'_>, filter: &Filter, is_asked: impl Fn(&Entry) -> bool) -> Option<Offer> {
    let fits = |problem: &usize| {
        let entry = learner.entry(*problem);
        let is_too_hard = learner.level.is_some_and(|level| entry.level > level);
        !learner.suspended[*problem] && filter.accepts(entry) && is_asked(entry) && !is_too_hard
    };
    let all: Vec<usize> = (0..learner.cards.len()).filter(fits).collect();
    let new: Vec<usize> = all.iter().copied().filter(|problem| was_new(learner, *problem)).collect();
    let open = if new.is_empty() { &all } else { &new };
    let is_own = |seen: &Seen<'_>| {
        let entry = learner.entry(seen.problem);
        filter.accepts(entry) && is_asked(entry)
    };
    let own = || learner.seen.iter().filter(|seen| is_own(seen));
    let of_today = own().filter(|seen| seen.day == learner.today).map(|seen| seen.problem);
    Some(Offer {
        filter: filter.clone(),
        gap: (100 * new.len()).div_ceil(all.len().max(1)) as u32,
        shortest: open.iter().map(|problem| minutes(learner, [*problem].into_iter())).min()?,
        was_missed_at_first: learner.seen.iter().take(QUESTIONS).any(|seen| is_own(seen) && !seen.is_right()),
        last: last_practice(own().map(|seen| seen.day).filter(|day| *day < learner.today)),
        answered: minutes(learner, of_today),
    })
}

/// The last of these days, oldest first, on which there were two answers.
fn last_practice(days: impl Iterator<Item = Day>) -> Option<Day> {
    let days: Vec<Day> = days.collect();
    days.array_windows().filter(|[one, next]| one == next).map(|[day, _]| *day).next_back()
}

/// The first and the last day on which something of a sort was remarked, by what it was remarked on.
struct RemarkDays<'a>(BTreeMap<&'a Slug, (Day, Day)>);

impl<'a> RemarkDays<'a> {
    fn of(log: &'a AttemptLog, calendar: Calendar, today: Day, is_of_sort: impl Fn(&RemarkKind) -> bool) -> Self {
        let mut days = BTreeMap::new();
        for record in log.records() {
            let Record::Remark(remark) = record else { continue };
            if is_of_sort(&remark.what) {
                let Some(day) = calendar.counted_day(remark.made_at_ms, today) else { continue };
                let (first, last) = days.entry(&remark.slug).or_insert((day, day));
                (*first, *last) = (day.min(*first), day.max(*last));
            }
        }
        RemarkDays(days)
    }

    fn on(&self, slug: &Slug) -> Option<(Day, Day)> {
        self.0.get(slug).copied()
    }
}

impl Section {
    fn of(section: &GuideSection, remarks: &Remarks, ticked: &RemarkDays<'_>) -> Section {
        let is_begun = section.checklist.iter().any(|item| remarks.is_done(&section.slug, item.id));
        let words = section.text.words().split_ascii_whitespace().count();
        Section {
            slug: section.slug.clone(),
            title: section.title.clone(),
            minutes: (words.div_ceil(WORDS_A_MINUTE) as u32).clamp(LEAST_READING, MOST_READING),
            read: ticked.on(&section.slug).filter(|_| is_begun).map(|(first, _)| first),
        }
    }
}

impl Stories {
    fn of(remarks: &Remarks, written: &RemarkDays<'_>, today: Day) -> Stories {
        let mut stories = Stories::default();
        for (slug, text) in remarks.stories() {
            let (first, last) = written.on(slug).unwrap_or_default();
            stories.before += usize::from(first < today);
            stories.lacking += usize::from(!story::lacks(text).is_empty());
            stories.today |= last == today;
        }
        stories
    }
}

impl Outline {
    fn of(blueprint: &Blueprint) -> Outline {
        let parts = blueprint.rounds.iter().flat_map(|round| &round.parts);
        Outline {
            name: blueprint.name.clone(),
            title: blueprint.title.clone(),
            minutes: blueprint.minutes(),
            topics: parts.flat_map(|part| part.topics.iter().cloned()).collect(),
        }
    }
}
