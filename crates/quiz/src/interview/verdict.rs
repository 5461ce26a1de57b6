//! The recommendation and its reasons: what was strong, what held it back, and what to do about it.
//!
//! Strength in one thing does not make up for everything. What a recommendation is no better than is said by a few [limits](Limit),
//! which the page shows as they stand here.

use crate::places;
use std::cmp::Reverse;

use super::headings::{Heading, Recommendation, score};

/// So many strengths are named at most,
const MOST_STRENGTHS: usize = 3;
/// and so many things that held it back.
const MOST_HELD_BACK: usize = 4;
/// A score from which on a heading is a strength,
pub(super) const STRONG: u32 = 3;
/// and one up to which it is weak.
const WEAK: u32 = 1;

/// What a heading got, and by what.
pub(super) struct Judged {
    pub(super) heading: Heading,
    /// Of 100 points.
    pub(super) percent: u32,
    /// Whether any of it rests on what the candidate says of themself.
    pub(super) is_self_assessed: bool,
    /// What it rests on, as the end of a sentence: `all 4 questions right`.
    pub(super) evidence: String,
}

impl Judged {
    fn score(&self) -> u32 {
        score(self.percent)
    }

    fn limit(&self) -> Option<Holds<'_>> {
        Some((Limit::of(self.heading, self.score())?, Some(self)))
    }

    /// Whether it is a strength that is missing.
    fn is_weak(&self) -> bool {
        Limit::of(self.heading, self.score()) == Some(Limit::OneWeak)
    }

    /// The weakest first, of equals what counts more.
    fn weakness(&self) -> (u32, Reverse<u32>) {
        (self.score(), Reverse(self.heading.weight()))
    }

    fn in_words(&self) -> String {
        format!("{}: {}.", self.heading.label(), self.evidence)
    }
}

/// What is recommended and why, in plain sentences.
pub(super) struct Verdict {
    pub(super) recommendation: Recommendation,
    /// What was strong, the best first.
    pub(super) strengths: Vec<String>,
    /// The points, and then what held it back.
    pub(super) reasons: Vec<String>,
    /// What to do next, in a sentence.
    pub(super) advice: String,
}

/// What a verdict rests on beside the headings.
#[derive(Default)]
pub(super) struct Ground {
    /// Whether anybody but the candidate has judged any of it.
    pub(super) is_proven: bool,
    /// The titles of the questions whose answers were proven to be wrong.
    pub(super) wrong: Vec<String>,
}

/// Something that a recommendation is limited by, whatever the points are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Hardly anything is true.
    Incorrect,
    /// Half of it is true.
    HalfCorrect,
    /// Two strengths are missing.
    TwoWeak,
    /// There is no strength.
    NoStrength,
    /// A strength is missing.
    OneWeak,
    /// It took far too long.
    TooSlow,
    /// It took too long.
    Slow,
    /// An answer was wrong.
    Wrong,
    /// Only the candidate says so.
    OwnWord,
}

impl Limit {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Limit; 9] = [
        Limit::Incorrect,
        Limit::TwoWeak,
        Limit::NoStrength,
        Limit::HalfCorrect,
        Limit::OneWeak,
        Limit::TooSlow,
        Limit::Slow,
        Limit::Wrong,
        Limit::OwnWord,
    ];

    /// It is no better than this.
    pub fn at_most(self) -> Recommendation {
        match self {
            Limit::Incorrect => Recommendation::No,
            Limit::TwoWeak | Limit::NoStrength => Recommendation::LeanNo,
            Limit::HalfCorrect | Limit::OneWeak | Limit::TooSlow => Recommendation::LeanYes,
            Limit::Slow | Limit::Wrong | Limit::OwnWord => Recommendation::Yes,
        }
    }

    /// When it holds, by scores from 0 to 4.
    pub fn rule(self) -> &'static str {
        match self {
            Limit::Incorrect => "Correctness of 0 or 1",
            Limit::TwoWeak => "Two other headings but speed of 0 or 1",
            Limit::NoStrength => "No heading but speed of 3 or 4",
            Limit::HalfCorrect => "Correctness of 2",
            Limit::OneWeak => "One other heading but speed of 0 or 1",
            Limit::TooSlow => "Speed of 0",
            Limit::Slow => "Speed of 1",
            Limit::Wrong => "An answer that is proven to be wrong",
            Limit::OwnWord => "Nothing that anybody else has judged",
        }
    }

    /// Why, in a sentence.
    pub fn why(self) -> &'static str {
        match self {
            Limit::Incorrect => "What is said has to be true first.",
            Limit::TwoWeak => "A team can make up for one gap, hardly for two.",
            Limit::NoStrength => "Whoever argues for a candidate needs a strength to name.",
            Limit::HalfCorrect => "Half of the answers would have to be checked.",
            Limit::OneWeak => "Strength elsewhere does not fill this gap.",
            Limit::TooSlow => "Few interviewers have twice the time.",
            Limit::Slow => "What is right still has to fit into the hour.",
            Limit::Wrong => "A strong yes leaves no question open.",
            Limit::OwnWord => "A strong yes needs a second opinion.",
        }
    }

    /// What a heading is limited by with this score.
    fn of(heading: Heading, score: u32) -> Option<Limit> {
        match (heading, score) {
            (Heading::Correctness, 0 | 1) => Some(Limit::Incorrect),
            (Heading::Correctness, 2) => Some(Limit::HalfCorrect),
            (Heading::Speed, 0) => Some(Limit::TooSlow),
            (Heading::Speed, 1) => Some(Limit::Slow),
            (heading, 0..=WEAK) if heading.is_strength() => Some(Limit::OneWeak),
            (
                Heading::Correctness
                | Heading::Speed
                | Heading::Reasoning
                | Heading::TradeOffs
                | Heading::Code
                | Heading::Tests
                | Heading::Communication,
                _,
            ) => None,
        }
    }
}

/// A limit that holds, and the heading that it comes from, if it is one.
type Holds<'a> = (Limit, Option<&'a Judged>);

impl Verdict {
    /// The verdict on these headings, which have `percent` of 100 points together.
    pub(super) fn of(judged: &[Judged], percent: u32, ground: &Ground) -> Verdict {
        let by_points = Recommendation::of_percent(percent);
        // A limit that the points do not reach is no reason.
        let mut limits = limits(judged, ground);
        limits.retain(|(limit, _)| limit.at_most() < by_points);
        let recommendation = limits.first().map_or(by_points, |(limit, _)| limit.at_most());
        let weak = below(judged, &limits);
        let summary = format!("All headings together: {percent} of 100 points, “{}”.", by_points.label());
        let limited = limits.iter().map(|holds| said_of(holds, judged, ground));
        let held_back = limited.chain(weak.iter().map(|judged| judged.in_words())).take(MOST_HELD_BACK);
        Verdict {
            recommendation,
            strengths: strengths(judged, &weak),
            reasons: [summary].into_iter().chain(held_back).collect(),
            advice: advice(&limits, &weak, judged, ground),
        }
    }
}

/// The best headings but those that held it back. What others have judged comes before the candidate's own word.
fn strengths(judged: &[Judged], weak: &[&Judged]) -> Vec<String> {
    let is_strength = |own: &&Judged| own.score() >= STRONG && !weak.iter().any(|weak| weak.heading == own.heading);
    let mut strong: Vec<&Judged> = judged.iter().filter(is_strength).collect();
    let rank = |judged: &&Judged| (Reverse(judged.score()), judged.is_self_assessed, Reverse(judged.heading.weight()));
    places::sort_by_key(&mut strong, rank);
    strong.into_iter().take(MOST_STRENGTHS).map(Judged::in_words).collect()
}

/// The limits that hold, the strictest first.
fn limits<'a>(judged: &'a [Judged], ground: &Ground) -> Vec<Holds<'a>> {
    let mut limits: Vec<Holds<'_>> = judged.iter().filter_map(Judged::limit).collect();
    if limits.iter().filter(|(limit, _)| *limit == Limit::OneWeak).count() > 1 {
        limits.push((Limit::TwoWeak, None));
    }
    if !judged.iter().any(|judged| judged.heading != Heading::Speed && judged.score() >= STRONG) {
        limits.push((Limit::NoStrength, None));
    }
    if !ground.wrong.is_empty() {
        limits.push((Limit::Wrong, None));
    }
    if !ground.is_proven {
        limits.push((Limit::OwnWord, None));
    }
    places::sort_by_key(&mut limits, |(limit, _)| limit.at_most());
    limits
}

fn said_of((limit, heading): &Holds<'_>, all: &[Judged], ground: &Ground) -> String {
    let at_most = limit.at_most().label();
    let why = match (limit, heading) {
        (_, Some(judged)) => {
            return format!("{} Grade {} of 4 is no better than “{at_most}”.", judged.in_words(), judged.score());
        }
        (Limit::TwoWeak, None) => {
            let weak: Vec<&str> =
                all.iter().filter(|judged| judged.is_weak()).map(|judged| judged.heading.label()).collect();
            format!("Low under more than one heading ({})", weak.join(", "))
        }
        (Limit::Wrong, None) => format!("The answer to {} was wrong", quoted(&ground.wrong)),
        (Limit::OwnWord, None) => "Nobody but you has judged any of it".to_owned(),
        (limit, None) => limit.rule().to_owned(),
    };
    format!("{why}, so it is no better than “{at_most}”.")
}

/// What was not strong and is not said by a limit, the weakest first. If nothing is weak, it is the heading that kept it from the best.
fn below<'a>(judged: &'a [Judged], limits: &[Holds<'_>]) -> Vec<&'a Judged> {
    let is_said =
        |own: &Judged| limits.iter().any(|(_, other)| other.is_some_and(|other| other.heading == own.heading));
    let mut below: Vec<&Judged> = judged.iter().filter(|judged| judged.score() < STRONG && !is_said(judged)).collect();
    places::sort_by_key(&mut below, |judged| judged.weakness());
    if below.is_empty() && limits.is_empty() {
        let least = Recommendation::StrongYes.least_percent();
        below.extend(judged.iter().filter(|judged| judged.percent < least).min_by_key(|judged| judged.percent));
    }
    below
}

fn advice(limits: &[Holds<'_>], weak: &[&Judged], all: &[Judged], ground: &Ground) -> String {
    let heading = if limits.is_empty() { weak.first().copied() } else { limiting(limits, all) };
    let words = match heading {
        Some(judged) => judged.heading.advice(),
        None if limits.is_empty() => "Rehearse a longer interview next, or the level above.",
        None if limits.iter().any(|(limit, _)| *limit == Limit::Wrong) => {
            return format!("Open {} below, and say aloud which line decides and why.", quoted(&ground.wrong));
        }
        // Nobody but the candidate has judged any of it.
        None => "Rehearse a round with a program, or let a colleague score what you explain.",
    };
    words.to_owned()
}

/// Titles as they stand in a sentence.
fn quoted(titles: &[String]) -> String {
    let quoted: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    quoted.join(" and ")
}

/// The lowest of the headings that the recommendation is limited by. Of equals it is what counts more, and speed comes last.
fn limiting<'a>(limits: &[Holds<'a>], all: &'a [Judged]) -> Option<&'a Judged> {
    let (strictest, _) = limits.first()?;
    let mut limiting: Vec<&Judged> = Vec::new();
    for (limit, heading) in limits.iter().filter(|(limit, _)| limit.at_most() == strictest.at_most()) {
        limiting.extend(*heading);
        limiting.extend(all.iter().filter(|judged| match limit {
            Limit::TwoWeak => judged.is_weak(),
            Limit::NoStrength => judged.heading != Heading::Speed,
            Limit::Incorrect
            | Limit::HalfCorrect
            | Limit::OneWeak
            | Limit::TooSlow
            | Limit::Slow
            | Limit::Wrong
            | Limit::OwnWord => false,
        }));
    }
    let rank = |judged: &&Judged| (judged.score(), judged.heading == Heading::Speed, judged.weakness());
    limiting.into_iter().min_by_key(rank)
}
