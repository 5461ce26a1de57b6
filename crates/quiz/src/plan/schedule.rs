//! The plan itself: a total function of the target and of what is known.
//!
//! What holds of every plan, whatever is known, is tested in `tests/plan.rs`:
//!
//! - It has each day from today to the interview, or the next two weeks of them, and no other.
//! - No day takes more minutes than the learner has. One rehearsal may: who has half an hour a day should rehearse a
//!   phone screen once all the same. It takes an hour at most, and its day asks for nothing else. An interview that is
//!   longer than that is rehearsed by those who have the time; its parts are interviews of their own.
//! - Rehearsals begin three weeks before the interview, a light one first and the longest last, with a day between two of them at
//!   least, and three days before the interview at the latest; if there is no time for that, two days before.
//! - The day before has a short review, the questions for the interviewers, and rest. The day itself has a warm-up.
//! - What was read, rehearsed or written before is not asked again; what was done today is ticked.

use std::collections::BTreeMap;

use super::known::{Known, Offer, Outline, Rehearsed, Section};
use super::target::Target;
use super::task::{Plan, Planned, PlannedDay, Task};
use crate::learner::calendar::Day;
use crate::places;
use crate::problem::Slug;

/// So many days are planned ahead.
const HORIZON: Day = 14;
/// Practice and reviews are not worth beginning for less time, where there is more in the day.
const LEAST_MINUTES: u32 = 5;
/// Practice of one sort takes no longer, unless one of its problems does.
const MOST_MINUTES: u32 = 20;
/// So many sorts of practice a day.
const MOST_SORTS: usize = 3;
/// So many days before the interview something is rehearsed: every second or third day.
const REHEARSED_BEFORE: [Day; 8] = [20, 18, 15, 13, 10, 8, 5, 3];
/// If there is time for none of them, so many days before.
const REHEARSED_LATE: Day = 2;
/// A rehearsal may take so long even if the learner has less time a day.
const LONG: u32 = 60;
/// What was not practised for so many days has waited long enough, and so has what never was.
const LONGEST_WAIT: Day = 7;
/// So many stories are enough.
const STORIES: usize = 5;
/// What one of them takes.
const STORY_MINUTES: u32 = 15;
/// What a warm-up takes, and the review on the day before.
const LIGHT: u32 = 10;
/// Programs are written at most interviews.
const WRITE_WEIGHT: u32 = 3;
/// The section of the guide about what to ask, for the day before.
pub const QUESTIONS: &str = "questions-worth-asking";
/// Sections for the time after the interview.
pub const AFTERWARDS: [&str; 3] = ["offers-and-negotiating", "thank-you-rejection-feedback", REFLECTING];
/// The one of them that is read right after it.
pub const REFLECTING: &str = "reflecting-and-going-on";

/// Plans the days until the interview.
pub fn plan(target: &Target, known: &Known) -> Plan {
    let Some(days_left) = target.day.checked_sub(known.today) else {
        return Plan { days_left: None, days: Vec::new() };
    };
    let mut planner = Planner::new(target, known);
    let last = known.today + days_left.min(HORIZON - 1);
    Plan { days_left: Some(days_left), days: (known.today..=last).map(|day| planner.day(day)).collect() }
}

/// What is left to plan.
struct Planner<'a> {
    target: &'a Target,
    known: &'a Known,
    rehearsals: BTreeMap<Day, &'a Outline>,
    /// Sections to read, the next one last.
    unread: Vec<&'a Section>,
    stories: usize,
    lacking: usize,
    /// Minutes that are due and were not planned yet.
    due: u32,
    /// The day on which each offer was or will be practised last.
    last: Vec<Option<Day>>,
}

impl<'a> Planner<'a> {
    fn new(target: &'a Target, known: &'a Known) -> Planner<'a> {
        let is_before = |section: &&Section| *section.slug.0 != *QUESTIONS && !AFTERWARDS.contains(&&*section.slug.0);
        let sections = || known.sections.iter().rev().filter(is_before);
        // What was read today is what today had.
        let of_today = sections().filter(|section| section.read.is_some_and(|day| day >= known.today));
        let unread = sections().filter(|section| section.read.is_none()).chain(of_today).collect();
        Planner {
            target,
            known,
            rehearsals: rehearsals(target, known),
            unread,
            stories: known.stories.before,
            lacking: known.stories.lacking.max(usize::from(known.stories.today)),
            due: 0,
            last: known.offers.iter().map(|offer| offer.last).collect(),
        }
    }

    fn day(&mut self, day: Day) -> PlannedDay {
        let ahead = (day - self.known.today) as usize;
        self.due = self.due.saturating_add(self.known.due.get(ahead).copied().unwrap_or(0));
        let mut tasks = match self.target.day - day {
            0 => self.on_the_day(),
            1 => self.on_the_day_before(),
            left => self.on_a_day(day, left),
        };
        if day == self.known.today {
            tasks.iter_mut().for_each(|planned| planned.is_done = self.is_done(planned));
        }
        PlannedDay { day, tasks }
    }

    fn on_the_day(&self) -> Vec<Planned> {
        let warm_up = Planned::of(Task::WarmUp, LIGHT.min(self.target.minutes()));
        if self.known.offers.is_empty() { Vec::new() } else { vec![warm_up] }
    }

    fn on_the_day_before(&mut self) -> Vec<Planned> {
        let mut rest = self.target.minutes();
        let mut tasks = Vec::new();
        let questions = self.known.sections.iter().find(|section| *section.slug.0 == *QUESTIONS);
        let questions = questions.filter(|section| section.read.is_none_or(|day| day >= self.known.today));
        if let Some(section) = questions.filter(|section| section.minutes <= rest) {
            rest -= section.minutes;
            tasks.push(Planned::of(Task::ChooseQuestions(section.slug.clone()), section.minutes));
        }
        let review = self.review(LIGHT.min(rest));
        tasks.splice(0..0, review);
        tasks.push(Planned::of(Task::Rest, 0));
        tasks
    }

    /// A day on which there is time: a rehearsal or something to write or read, reviews, and practice in what is left.
    fn on_a_day(&mut self, day: Day, left: Day) -> Vec<Planned> {
        let mut rest = self.target.minutes();
        let rehearsal = self.rehearsals.get(&day).map(|outline| {
            let task = Task::Rehearse { blueprint: outline.name.clone(), title: outline.title.clone() };
            Planned::of(task, outline.minutes)
        });
        let aside = match &rehearsal {
            Some(planned) if planned.minutes > rest => return vec![planned.clone()],
            Some(_) => None,
            None => self.aside(left),
        };
        for planned in rehearsal.iter().chain(&aside) {
            rest -= planned.minutes;
        }
        let mut review = self.review(if rest < 2 * LEAST_MINUTES { rest } else { rest / 2 });
        rest -= review.as_ref().map_or(0, |review| review.minutes);
        let practice = self.practice(day, &mut rest);
        // What nothing was found for is time for more reviews.
        let more = self.review(rest);
        match (&mut review, more) {
            (Some(review), Some(more)) => review.minutes += more.minutes,
            (None, more) => review = more,
            (Some(_), None) => {}
        }
        review.into_iter().chain(rehearsal).chain(practice).chain(aside).collect()
    }

    fn review(&mut self, most: u32) -> Option<Planned> {
        let minutes = self.due.min(most);
        self.due -= minutes;
        (minutes > 0).then(|| Planned::of(Task::Review, minutes))
    }

    /// Something to read or to write, by turns, in up to half of the day; every third day it may take all of it.
    fn aside(&mut self, left: Day) -> Option<Planned> {
        let minutes = self.target.minutes();
        let most = if left.is_multiple_of(3) { minutes } else { minutes / 2 };
        match left.is_multiple_of(2) {
            true => self.reading(most).or_else(|| self.story(most)),
            false => self.story(most).or_else(|| self.reading(most)),
        }
    }

    fn reading(&mut self, most: u32) -> Option<Planned> {
        let section = self.unread.pop_if(|section| section.minutes <= most)?;
        let task = Task::Read { section: section.slug.clone(), title: section.title.clone() };
        Some(Planned::of(task, section.minutes))
    }

    fn story(&mut self, most: u32) -> Option<Planned> {
        if STORY_MINUTES > most {
            return None;
        }
        if self.stories < STORIES {
            self.stories += 1;
            return Some(Planned::of(Task::WriteStory, STORY_MINUTES));
        }
        self.lacking = self.lacking.checked_sub(1)?;
        Some(Planned::of(Task::ImproveStory, STORY_MINUTES))
    }

    /// Fills the time with what is needed most and has waited longest.
    fn practice(&mut self, day: Day, rest: &mut u32) -> Vec<Planned> {
        let known = self.known;
        let mut taken: Vec<(usize, u32)> = Vec::new();
        while *rest >= LEAST_MINUTES && taken.len() < MOST_SORTS {
            let urgency = |index: &usize| {
                let wait = self.last[*index].map_or(LONGEST_WAIT, |last| day.saturating_sub(last).min(LONGEST_WAIT));
                need(self.target, known, &known.offers[*index]) * wait
            };
            let is_open = |index: &usize| {
                let is_taken = taken.iter().any(|(other, _)| other == index);
                !is_taken && known.offers[*index].shortest <= *rest && urgency(index) > 0
            };
            // Of equals what was missed at first, then as the course has them.
            let by_urgency = |index: &usize| (urgency(index), known.offers[*index].was_missed_at_first);
            let Some(index) = (0..known.offers.len()).rev().filter(is_open).max_by_key(by_urgency) else { break };
            self.last[index] = Some(day);
            let minutes = MOST_MINUTES.max(known.offers[index].shortest).min(*rest);
            // No end of a day that is too short for anything else.
            let minutes = if *rest - minutes < LEAST_MINUTES { *rest } else { minutes };
            *rest -= minutes;
            taken.push((index, minutes));
        }
        let practise =
            |(index, minutes): (usize, u32)| Planned::of(Task::Practise(known.offers[index].filter.clone()), minutes);
        taken.into_iter().map(practise).collect()
    }

    /// Whether a task of today is done: about as much was answered as it takes, or nothing is left of it.
    fn is_done(&self, planned: &Planned) -> bool {
        let known = self.known;
        let is_enough = |answered: u32| answered > 0 && answered.saturating_mul(2) >= planned.minutes;
        let is_read =
            |slug: &Slug| known.sections.iter().any(|section| section.slug == *slug && section.read.is_some());
        match &planned.task {
            // There is more of it: who has half of the time left goes on.
            Task::Review => known.is_reviewed || known.reviewed.saturating_mul(4) >= planned.minutes.saturating_mul(3),
            Task::Practise(filter) => {
                known.offers.iter().any(|offer| offer.filter == *filter && is_enough(offer.answered))
            }
            Task::Rehearse { blueprint, .. } => {
                known.rehearsed.iter().any(|done| done.blueprint == *blueprint && done.day >= known.today)
            }
            Task::Read { section, .. } | Task::ChooseQuestions(section) => is_read(section),
            Task::WriteStory | Task::ImproveStory => known.stories.today,
            Task::WarmUp => is_enough(known.answered),
            Task::Rest => false,
        }
    }
}

impl Planned {
    fn of(task: Task, minutes: u32) -> Planned {
        Planned { task, minutes, is_done: false }
    }
}

/// How much something needs practice: by how much of it is not mastered, and by how much it counts for the job.
fn need(target: &Target, known: &Known, offer: &Offer) -> u32 {
    let of_topic = |topic| target.job.weight(topic, known.level);
    offer.gap.min(100) * offer.filter.topic.as_ref().map_or(WRITE_WEIGHT, of_topic)
}

/// What is rehearsed on which day; what was rehearsed today is today's.
fn rehearsals<'a>(target: &Target, known: &'a Known) -> BTreeMap<Day, &'a Outline> {
    let outline = |done: &Rehearsed| known.blueprints.iter().find(|outline| outline.name == done.blueprint);
    let today = known.rehearsed.iter().filter(|done| done.day >= known.today).find_map(outline);
    let days = rehearsal_days(target, known);
    let (minutes, count) = (target.minutes(), days.len());
    let ladder = ladder(target, known, minutes, count);
    // The last days are for what is on top of the ladder.
    let mut planned = places::map(days.into_iter().rev().zip(ladder.into_iter().rev()));
    planned.extend(today.map(|outline| (known.today, outline)));
    planned
}

/// The days on which something is rehearsed from today on, with one between two of them at least.
fn rehearsal_days(target: &Target, known: &Known) -> Vec<Day> {
    let last = known.rehearsed.iter().map(|done| done.day.min(known.today)).max();
    let first = last.map_or(known.today, |last| known.today.max(last.saturating_add(2)));
    let is_open = |day: &Day| *day >= first;
    let before = |days: Day| target.day.checked_sub(days).filter(is_open);
    let days: Vec<Day> = REHEARSED_BEFORE.into_iter().filter_map(before).collect();
    if days.is_empty() { before(REHEARSED_LATE).into_iter().collect() } else { days }
}

/// What to rehearse on so many days: the lightest first, then the longest of the others, and the longest of all at the end.
/// What was not rehearsed yet goes before what was; of that, what went worst comes again.
fn ladder<'a>(target: &Target, known: &'a Known, minutes: u32, count: usize) -> Vec<&'a Outline> {
    let mut all: Vec<&Outline> =
        known.blueprints.iter().filter(|outline| outline.minutes <= minutes.max(LONG)).collect();
    places::sort_by_key(&mut all, |outline| (outline.minutes, relevance(target, known, outline), &outline.name));
    let is_new = |outline: &&Outline| known.rehearsed.iter().all(|done| done.blueprint != outline.name);
    let (mut new, mut old): (Vec<&Outline>, Vec<&Outline>) = all.into_iter().partition(is_new);
    let worst = |outline: &&Outline| {
        let own = known.rehearsed.iter().filter(|done| done.blueprint == outline.name);
        own.max_by_key(|done| done.day).map(|done| (done.percent, done.day))
    };
    places::sort_by_key(&mut old, worst);
    let Some(last) = new.pop().or_else(|| old.first().copied()) else { return Vec::new() };
    let fits = |outline: &&Outline| outline.minutes <= minutes && outline.name != last.name;
    let mut others: Vec<&Outline> = new.into_iter().filter(fits).collect();
    let wanted = count.saturating_sub(1);
    if others.len() > wanted {
        let heavy = wanted.saturating_sub(1);
        others = others.first().into_iter().take(wanted).chain(&others[others.len() - heavy..]).copied().collect();
    }
    let again = old.into_iter().filter(fits).take(wanted - others.len());
    again.chain(others).chain([last]).take(count.max(1)).collect()
}

/// How much the topics of an interview count for the job, in tenths.
fn relevance(target: &Target, known: &Known, outline: &Outline) -> usize {
    let weights = outline.topics.iter().map(|topic| target.job.weight(topic, known.level) as usize);
    10 * weights.sum::<usize>() / outline.topics.len().max(1)
}
