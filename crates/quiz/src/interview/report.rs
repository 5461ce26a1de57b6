//! What is said of an interview at its end, by a rubric that anybody can read: [`Report::of`] is the rubric.
//!
//! Nothing in it is a secret formula. Questions have points, headings have the points of their questions, and a recommendation
//! has the points of the headings and a few limits, each with its reason in a sentence.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gaps::{Gap, Lack, costliest};
use super::headings::score;
pub use super::headings::{Heading, Recommendation};
use super::machine::{AskedQuestion, Interview, Phase, Round};
pub use super::rounds::RoundReport;
pub use super::verdict::Limit;
use super::verdict::{Ground, Judged, STRONG, Verdict};
use crate::answer::Answer;
use crate::attempt::Attempt;
use crate::catalog::{Catalog, Entry};
use crate::discussion::{Criterion, Discussion, RubricRow, Score};
use crate::exercise::{CodeResult, Exercise, OwnTests};
use crate::grading::Mark;
use crate::json::read_struct;
use crate::places;
use crate::problem::{Kind, Level, Problem, Question, Slug};

/// A hint takes so many of a question's 100 points,
pub const HINT_COSTS: u32 = 15;
/// but never more than half of them all together.
const HINTS_COST_AT_MOST: u32 = 50;
/// A concept that got fewer of 100 points is to be practised,
const WEAK: u32 = 75;
/// and so many are named at most.
const MOST_WEAK: usize = 5;
/// A round with fewer questions that can be proven and rows of rubrics together is too little for a recommendation of its own.
const LEAST_JUDGED: usize = 4;

/// What the log and the problem tell of an answer, beyond what an interview keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// How many hints were opened.
    pub hints: u32,
    /// Of a program that was tested: how many tests there are, and how many passed.
    pub tests: Option<TestCount>,
    /// Of a program: how many tests of their own the candidate wrote into it.
    pub own_tests: usize,
    /// The rows of the rubric of a question to talk about, as the candidate scored them.
    pub rows: Vec<Row>,
}

/// A row of a rubric, as the candidate scored it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub criterion: Criterion,
    /// How much of it the candidate says they said.
    pub score: Score,
    /// What a strong answer does.
    pub text: String,
}

/// How the tests of a program went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestCount {
    /// How many passed,
    pub passed: usize,
    /// of so many.
    pub all: usize,
}

impl Evidence {
    /// What is known of the answer to a problem; what was not answered passes no test and has no row.
    pub fn of(problem: &Problem, attempt: Option<&Attempt>) -> Evidence {
        let (answer, hints) = (attempt.map(|attempt| &attempt.answer), attempt.map_or(0, |attempt| attempt.hints));
        match &problem.question {
            Question::Write(exercise) => {
                Evidence { hints, tests: tests(exercise, answer), own_tests: own_tests(answer), ..Evidence::default() }
            }
            Question::Discuss(discussion) => Evidence { hints, rows: rows(discussion, answer), ..Evidence::default() },
            Question::Choice { .. }
            | Question::Predict { .. }
            | Question::Spot { .. }
            | Question::Fill { .. }
            | Question::Order { .. } => Evidence { hints, ..Evidence::default() },
        }
    }
}

/// How the tests of a program went; none if only the candidate says so.
fn tests(exercise: &Exercise, answer: Option<&Answer>) -> Option<TestCount> {
    let all = exercise.names().count();
    let Some(Answer::Write { result, .. }) = answer else { return Some(TestCount { passed: 0, all }) };
    match result {
        CodeResult::Rejected(_) => Some(TestCount { passed: 0, all }),
        CodeResult::Tested { failures, .. } => {
            let fails = |name: &str| failures.iter().any(|failure| failure.test == name);
            Some(TestCount { passed: exercise.names().filter(|name| !fails(name)).count(), all })
        }
        CodeResult::SelfAssessed(_) => None,
    }
}

fn own_tests(answer: Option<&Answer>) -> usize {
    if let Some(Answer::Write { code, .. }) = answer { OwnTests::of(code).names().len() } else { 0 }
}

fn rows(discussion: &Discussion, answer: Option<&Answer>) -> Vec<Row> {
    let scores = if let Some(Answer::Discuss { scores, .. }) = answer { scores.as_slice() } else { &[] };
    let scored = |row: usize| scores.get(row).copied().unwrap_or(Score::No);
    let of_rubric = |(row, asked): (usize, &RubricRow)| Row {
        criterion: asked.criterion,
        score: scored(row),
        text: asked.text.plain(),
    };
    discussion.rubric.iter().enumerate().map(of_rubric).collect()
}

/// What is said under a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadingScore {
    /// The heading.
    pub heading: Heading,
    /// How many of 100 points; none where nothing was asked.
    pub percent: Option<u32>,
    /// Whether any of it rests on what the candidate says of themself.
    pub is_self_assessed: bool,
    /// Why, in plain sentences.
    pub reasons: Vec<String>,
}

impl HeadingScore {
    /// The score, from 0 to 4; none where nothing was asked.
    pub fn score(&self) -> Option<u32> {
        self.percent.map(score)
    }
}

/// How what asks for a concept was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConceptScore {
    /// The concept's name.
    pub concept: String,
    /// How many questions asked for it.
    pub asked: usize,
    /// How many of 100 points they got.
    pub percent: u32,
    /// Whether any of it rests on what the candidate says of themself.
    pub is_self_assessed: bool,
}

/// The points that a candidate gave themself for what they explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnPoints {
    /// The problem.
    pub slug: Slug,
    /// How many,
    pub points: u32,
    /// of so many.
    pub at_most: u32,
}

/// What is said of an interview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The name of its blueprint.
    pub blueprint: String,
    /// The candidate's level.
    pub level: Level,
    /// When the interview was made, in ms since 1970 by the candidate's clock.
    pub began_at_ms: u64,
    /// What is said under each heading, in their order.
    pub headings: Vec<HeadingScore>,
    /// All headings by their weights, in points of 100.
    pub percent: u32,
    /// The recommendation.
    pub recommendation: Recommendation,
    /// What was strong, in plain sentences. Reports of older releases have none.
    pub strengths: Vec<String>,
    /// Why, in plain sentences: the points first, then what held it back.
    pub reasons: Vec<String>,
    /// What was missing under headings that are no strength, the costliest first. Reports of older releases have none.
    pub missing: Vec<String>,
    /// What to do next, in a sentence. Reports of older releases have none.
    pub advice: String,
    /// How each round went, where there are several. Reports of older releases have none.
    pub rounds: Vec<RoundReport>,
    /// The points of each question that the candidate scored. Reports of older releases have none.
    pub own_points: Vec<OwnPoints>,
    /// Each concept that was asked for, by name.
    pub concepts: Vec<ConceptScore>,
    /// The concepts to practise next, the weakest first.
    pub weakest: Vec<String>,
}

/// A report beside earlier ones of the same blueprint and level, each figure in points of 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// How many earlier ones there are.
    pub count: usize,
    /// All headings together.
    pub whole: Change,
    /// Each heading that was asked for now and before.
    pub headings: Vec<(Heading, Change)>,
}

/// A figure beside what it was before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// What it is.
    pub now: u32,
    /// The mean of what it was.
    pub mean: f32,
    /// How far that was spread: the standard deviation of the sample; 0 where there is only one.
    pub spread: f32,
}

/// The points of a heading so far.
#[derive(Clone, Debug, Default)]
struct Tally {
    /// Points times weights.
    points: u64,
    weights: u64,
    is_self_assessed: bool,
    /// Questions by their mark; those that were not answered are the last.
    marks: [usize; 4],
    row_points: u32,
    row_points_at_most: u32,
    tests: Option<TestCount>,
    own_tests: usize,
    hints: u32,
    overtime: Vec<String>,
    /// How many right ones are of the candidate's own level.
    right_of_own_level: usize,
    own_level: Option<Level>,
}

impl Tally {
    /// Adds so many of 100 points, by a weight: a question counts by the time that it is given.
    fn add(&mut self, percent: u32, weight: u64) {
        self.points += u64::from(percent) * weight;
        self.weights += weight;
    }

    fn percent(&self) -> Option<u32> {
        // Half of the weights make it the nearest.
        (self.points + self.weights / 2).checked_div(self.weights).map(|percent| percent as u32)
    }

    fn count(&mut self, mark: Option<Mark>) {
        let place = match mark {
            Some(Mark::Right) => 0,
            Some(Mark::Partly) => 1,
            Some(Mark::Wrong) => 2,
            None => 3,
        };
        self.marks[place] += 1;
    }

    fn reasons(&self, heading: Heading) -> Vec<String> {
        let mut reasons = Vec::new();
        let asked: usize = self.marks.iter().sum();
        let [right, partly, _, open] = self.marks;
        if asked > 0 {
            let what = match heading {
                Heading::Speed => "Right, or partly, and in time",
                Heading::Correctness
                | Heading::Reasoning
                | Heading::TradeOffs
                | Heading::Code
                | Heading::Tests
                | Heading::Communication => "Right",
            };
            let also = [(partly, "partly right"), (open, "not answered")];
            let also: String =
                also.iter().filter(|(count, _)| *count > 0).map(|(count, how)| format!("; {how}: {count}")).collect();
            reasons.push(format!("{what}: {right} of {}{also}.", questions(asked)));
        }
        reasons.extend(self.tests.map(|TestCount { passed, all }| format!("Tests that pass: {passed} of {all}.")));
        if self.own_tests > 0 {
            reasons.push(format!("Tests of your own: {}.", self.own_tests));
        }
        if self.row_points_at_most > 0 {
            let (points, most) = (self.row_points, self.row_points_at_most);
            reasons.push(format!("You gave yourself {points} of {most} points."));
        }
        reasons.extend(self.overtime.iter().cloned());
        if self.hints > 0 {
            reasons.push(format!("Hints opened: {}.", self.hints));
        }
        reasons
    }

    /// What it rests on, as the end of a sentence.
    fn evidence(&self, heading: Heading) -> String {
        let mut evidence = Vec::new();
        let asked: usize = self.marks.iter().sum();
        let [right, partly, _, open] = self.marks;
        if asked > 0 {
            let count = match (right, asked) {
                (right, asked) if right == asked && asked > 1 => format!("all {asked}"),
                (right, asked) => format!("{right} of {asked}"),
            };
            evidence.push(match heading {
                _ if asked == 1 && heading != Heading::Speed => {
                    let how = [(right, "right"), (partly, "partly right"), (open, "not answered"), (1, "wrong")];
                    let how = how.iter().find(|(count, _)| *count > 0).map_or("", |(_, how)| how);
                    format!("the one question was {how}")
                }
                Heading::Speed => format!("{count} right or partly right in time"),
                Heading::Correctness
                | Heading::Reasoning
                | Heading::TradeOffs
                | Heading::Code
                | Heading::Tests
                | Heading::Communication => {
                    format!("{count} questions right")
                }
            });
            let of_own_level = self.right_of_own_level;
            if let Some(level) = self.own_level.filter(|_| (1..right).contains(&of_own_level)) {
                evidence.push(format!("{of_own_level} of them at {} level", level.name()));
            }
            let also = [(partly, "partly right"), (open, "not answered")].into_iter().filter(|(count, _)| *count > 0);
            let is_said = asked == 1 && heading != Heading::Speed;
            evidence.extend(also.filter(|_| !is_said).map(|(count, how)| format!("{count} {how}")));
        }
        if let Some(TestCount { passed, all }) = self.tests {
            let at_once = if passed == all { " at the first hand-in" } else { "" };
            evidence.push(format!("{passed} of {all} pass{at_once}"));
        }
        if self.own_tests > 0 {
            evidence.push(format!("{} of your own", self.own_tests));
        }
        if self.row_points_at_most > 0 {
            let (points, most) = (self.row_points, self.row_points_at_most);
            evidence.push(format!("{points} of {most} points by your own scores"));
        }
        if self.hints > 0 {
            evidence.push(format!(
                "{} opened",
                if self.hints == 1 { "1 hint".to_owned() } else { format!("{} hints", self.hints) }
            ));
        }
        evidence.join(", ")
    }
}

fn questions(count: usize) -> String {
    if count == 1 { "1 question".to_owned() } else { format!("{count} questions") }
}

/// The points of an answer as a whole, of 100.
fn points(mark: Option<Mark>, hints: u32) -> u32 {
    let points = match mark {
        Some(Mark::Right) => 100,
        Some(Mark::Partly) => 50,
        Some(Mark::Wrong) | None => 0,
    };
    points * (100 - (hints.saturating_mul(HINT_COSTS)).min(HINTS_COST_AT_MOST)) / 100
}

/// The points for the time that an answer took, of 100: all within the budget, none beyond twice of it.
fn points_for_time(spent_ms: u64, budget_ms: u64) -> u32 {
    match spent_ms.saturating_mul(100).div_ceil(budget_ms.max(1)) {
        0..=100 => 100,
        101..=125 => 75,
        126..=150 => 50,
        151..=200 => 25,
        _ => 0,
    }
}

/// The points under each heading, and of each concept.
#[derive(Default)]
struct Tallies {
    headings: BTreeMap<Heading, Tally>,
    concepts: BTreeMap<String, Tally>,
    ground: Ground,
    /// The titles of the questions whose file was missing at the end.
    lost: Vec<String>,
    gaps: Vec<Gap>,
    own_points: Vec<OwnPoints>,
}

impl Tallies {
    fn of(&mut self, heading: Heading) -> &mut Tally {
        self.headings.entry(heading).or_default()
    }

    fn take(&mut self, asked: &AskedQuestion, entry: &Entry, evidence: &Evidence, own_level: Level) {
        let (mark, hints) = (asked.answer.map(|answer| answer.mark), evidence.hints);
        let percent = points(mark, hints);
        let is_self_assessed = !entry.kind.is_proven() || asked.answer.is_some_and(|answer| answer.is_self_assessed);
        self.ground.is_proven |= !is_self_assessed && asked.answer.is_some();
        if !is_self_assessed && mark == Some(Mark::Wrong) {
            self.ground.wrong.push(entry.title.clone());
        }
        if asked.is_lost {
            self.lost.push(entry.title.clone());
        } else if asked.answer.is_none() {
            let lost = all_points(asked, entry.kind, &evidence.rows);
            self.gaps.push(Gap { title: entry.title.clone(), lack: Lack::Answer, lost });
        }
        // What is talked about is as good as its rubric says, row by row.
        let of_concept = share_of_rows(&evidence.rows).filter(|_| asked.answer.is_some()).unwrap_or(percent);
        // A missing file says nothing about what the candidate knows.
        for concept in entry.concepts.iter().filter(|_| !asked.is_lost) {
            let tally = self.concepts.entry(concept.clone()).or_default();
            tally.count(mark);
            tally.is_self_assessed |= is_self_assessed;
            tally.add(of_concept, 1);
        }
        if entry.kind == Kind::Discuss && !evidence.rows.is_empty() {
            self.take_rows(asked, entry, &evidence.rows);
            return;
        }
        let own = Heading::of_kind(entry.kind);
        let headings = if is_self_assessed { vec![own] } else { vec![Heading::Correctness, own] };
        for heading in headings {
            let tally = self.of(heading);
            tally.count(mark);
            tally.hints += hints;
            tally.is_self_assessed |= is_self_assessed;
            tally.add(percent, asked.budget_ms);
        }
        if !is_self_assessed && mark == Some(Mark::Right) && entry.level == own_level {
            let tally = self.of(Heading::Correctness);
            tally.right_of_own_level += 1;
            tally.own_level = Some(own_level);
        }
        if entry.kind == Kind::Write {
            self.of(Heading::Tests).own_tests += evidence.own_tests;
            self.take_tests(asked, percent, evidence.tests, is_self_assessed);
        }
        if entry.kind.is_proven() {
            self.take_time(asked, entry, is_self_assessed);
        }
    }

    fn take_rows(&mut self, asked: &AskedQuestion, entry: &Entry, rows: &[Row]) {
        let weight = asked.budget_ms / rows.len() as u64;
        let mut own = OwnPoints { slug: asked.slug.clone(), points: 0, at_most: 0 };
        for Row { criterion, score, text } in rows {
            let (heading, points, at_most) = (Heading::of_criterion(*criterion), score.points(), Score::Yes.points());
            let percent = points * 100 / at_most;
            let tally = self.of(heading);
            tally.is_self_assessed = true;
            tally.row_points += points;
            tally.row_points_at_most += at_most;
            tally.add(percent, weight);
            (own.points, own.at_most) = (own.points + points, own.at_most + at_most);
            // What was not answered is missing as a whole.
            if let Some(lack) = Lack::of_row(*score, text).filter(|_| asked.answer.is_some()) {
                let lost = vec![(heading, u64::from(100 - percent) * weight)];
                self.gaps.push(Gap { title: entry.title.clone(), lack, lost });
            }
        }
        if asked.answer.is_some() {
            self.own_points.push(own);
        }
    }

    fn take_tests(&mut self, asked: &AskedQuestion, percent: u32, tests: Option<TestCount>, is_self_assessed: bool) {
        let tally = self.of(Heading::Tests);
        tally.is_self_assessed |= is_self_assessed;
        let Some(counted) = tests.filter(|tests| tests.all > 0) else {
            tally.count(asked.answer.map(|answer| answer.mark));
            tally.add(percent, asked.budget_ms);
            return;
        };
        let before = tally.tests.unwrap_or(TestCount { passed: 0, all: 0 });
        tally.tests = Some(TestCount { passed: before.passed + counted.passed, all: before.all + counted.all });
        tally.add((counted.passed * 100 / counted.all) as u32, asked.budget_ms);
    }

    /// A wrong answer that came fast is not fast.
    fn take_time(&mut self, asked: &AskedQuestion, entry: &Entry, is_self_assessed: bool) {
        let tally = self.of(Heading::Speed);
        tally.is_self_assessed |= is_self_assessed;
        let counts = asked.answer.is_some_and(|answer| answer.mark != Mark::Wrong);
        let percent = if counts { points_for_time(asked.spent_ms, asked.budget_ms) } else { 0 };
        let is_in_time = counts && percent == 100;
        tally.count(if is_in_time { Some(Mark::Right) } else { asked.answer.map(|_| Mark::Wrong) });
        if counts && !is_in_time {
            let [took, given] = [asked.spent_ms, asked.budget_ms].map(clock_face);
            tally.overtime.push(format!("“{}” took {took} of {given} minutes.", entry.title));
        }
        tally.add(percent, asked.budget_ms);
    }
}

/// The points of the rows of a rubric together, of 100; none where there are no rows.
fn share_of_rows(rows: &[Row]) -> Option<u32> {
    let points: u32 = rows.iter().map(|row| row.score.points()).sum();
    (points * 100).checked_div(rows.len() as u32 * Score::Yes.points())
}

/// A time in ms as `0:42`.
pub fn clock_face(ms: u64) -> String {
    format!("{}:{:02}", ms / 60_000, ms / 1000 % 60)
}

/// All points that a question has, times their weights, under each of its headings.
fn all_points(asked: &AskedQuestion, kind: Kind, rows: &[Row]) -> Vec<(Heading, u64)> {
    if kind == Kind::Discuss && !rows.is_empty() {
        let weight = asked.budget_ms / rows.len() as u64;
        return rows.iter().map(|row| (Heading::of_criterion(row.criterion), 100 * weight)).collect();
    }
    let mut headings = vec![Heading::of_kind(kind)];
    if kind.is_proven() {
        headings.extend([Heading::Correctness, Heading::Speed]);
    }
    if kind == Kind::Write {
        headings.push(Heading::Tests);
    }
    headings.into_iter().map(|heading| (heading, 100 * asked.budget_ms)).collect()
}

impl Report {
    /// The report on an interview. `evidence` tells what is known of the answer to each question; a question whose problem is gone is
    /// left out.
    ///
    /// **Points.** A right answer has 100 points, one that is partly right 50, one that is wrong or was not given none. Each hint takes
    /// 15 per cent of them, all hints together 50 at most. A question counts by the minutes that it is given. Each row of a question to
    /// talk about has 100, 50 or no points, and counts under the heading of its criterion ([`Heading::of_criterion`]).
    ///
    /// **Headings.** *Correctness* has all questions that can be proven and nothing else, *reasoning* those of them where one chooses, predicts
    /// or spots, and *code* those where one fills in, puts in order or writes. *Tests* has the share of tests that a written
    /// program passes. *Speed* has 100 points for what is right, in part at least, within its time, 75 up to a quarter more, 50 up to
    /// a half, 25 up to twice of it, and none beyond that or where it is wrong. Points of 100 are scores from 0 to 4, to the nearest.
    ///
    /// **Recommendation.** The headings that were asked for, by their [weights](Heading::weight), are the points of the whole, and
    /// [these](Recommendation::least_percent) are needed: 88 for a strong yes, 73 for a yes, 58 for a lean yes, 42 for a lean no, 25
    /// for a no. Then, because strength in one thing does not make up for everything, it is no better than each [`Limit`] says that
    /// holds.
    ///
    /// **Reasons.** Two or three headings of 3 or 4 are named as strengths, the best first. Then come the limits that hold and what else was
    /// not strong, and a sentence of advice about the first of them.
    ///
    /// **What was missing.** Under headings below 3, the rows of rubrics that were not covered in full and the questions that were not
    /// answered, those first that cost most of the whole.
    ///
    /// **Rounds.** Of several, each is judged by the same rubric as if it were the whole, unless too little was judged in it.
    ///
    /// **Concepts.** Each has the mean of the questions that ask for it, of those to talk about the share of their rows' points, and those below 75 points are to be practised next.
    pub fn of(
        interview: &Interview,
        catalog: &Catalog,
        evidence: impl Fn(&AskedQuestion) -> Option<Evidence>,
    ) -> Report {
        let stored = interview.stored();
        let (mut tallies, mut rounds) = (Tallies::default(), Vec::new());
        for round in &stored.rounds {
            let mut of_round = Tallies::default();
            for asked in &round.questions {
                let Some(entry) = catalog.entry(&asked.slug) else { continue };
                let evidence = evidence(asked).unwrap_or_default();
                for tallies in [&mut tallies, &mut of_round] {
                    tallies.take(asked, entry, &evidence, stored.invitation.level);
                }
            }
            rounds.push(of_round.round(round));
        }
        if rounds.len() == 1 {
            rounds.clear();
        }
        let headings = tallies.scores();
        let percent = whole(&headings);
        let Verdict { recommendation, strengths, mut reasons, advice } = tallies.verdict(percent);
        reasons.extend(
            tallies.lost.iter().map(|title| {
                format!("The file of “{title}” could not be loaded. The question counts as not answered.")
            }),
        );
        let concepts = tallies.concept_scores();
        Report {
            blueprint: stored.invitation.blueprint.clone(),
            level: stored.invitation.level,
            began_at_ms: stored.began_at_ms,
            percent,
            recommendation,
            strengths,
            reasons,
            missing: costliest(&tallies.gaps, |heading, lost| tallies.cost(heading, lost)),
            advice,
            rounds,
            own_points: tallies.own_points,
            weakest: weakest(&concepts),
            headings,
            concepts,
        }
    }

    /// What is said under a heading.
    pub fn heading(&self, heading: Heading) -> Option<&HeadingScore> {
        self.headings.iter().find(|score| score.heading == heading)
    }

    /// How it is beside earlier ones; none if there are none of the same blueprint and level.
    pub fn compared(&self, others: &[Report]) -> Option<Comparison> {
        let is_earlier = |other: &&Report| {
            other.blueprint == self.blueprint && other.level == self.level && other.began_at_ms < self.began_at_ms
        };
        let earlier: Vec<&Report> = others.iter().filter(is_earlier).collect();
        let whole = change(self.percent, earlier.iter().map(|report| report.percent).collect())?;
        let of_heading = |score: &HeadingScore| {
            let before = earlier.iter().filter_map(|report| report.heading(score.heading)?.percent);
            Some((score.heading, change(score.percent?, before.collect())?))
        };
        let headings = self.headings.iter().filter_map(of_heading).collect();
        Some(Comparison { count: earlier.len(), whole, headings })
    }
}

impl Tallies {
    fn scores(&self) -> Vec<HeadingScore> {
        Heading::ALL.into_iter().map(|heading| self.score(heading)).collect()
    }

    fn verdict(&self, percent: u32) -> Verdict {
        let judged: Vec<Judged> = Heading::ALL.into_iter().filter_map(|heading| self.judged(heading)).collect();
        Verdict::of(&judged, percent, &self.ground)
    }

    /// What is said of the round that these are of.
    fn round(&self, round: &Round) -> RoundReport {
        let percent = whole(&self.scores());
        let marks = self.headings.get(&Heading::Correctness).map_or([0; 4], |tally| tally.marks);
        let (right, proven) = (marks[0], marks.iter().sum());
        let rows = |count: fn(&Tally) -> u32| self.headings.values().map(count).sum::<u32>();
        let own_points_at_most = rows(|tally| tally.row_points_at_most);
        let judged = proven + (own_points_at_most / Score::Yes.points()) as usize;
        RoundReport {
            recommendation: (judged >= LEAST_JUDGED).then(|| self.verdict(percent).recommendation),
            percent,
            right,
            proven,
            own_points: rows(|tally| tally.row_points),
            own_points_at_most,
            elapsed_ms: match round.phase {
                Phase::Running { elapsed_ms } | Phase::HandingIn { elapsed_ms } | Phase::Ended { elapsed_ms } => {
                    elapsed_ms
                }
                Phase::NotBegun | Phase::OnBreak { .. } => 0,
            },
            limit_ms: round.limit_ms,
        }
    }

    /// What points that were lost under a heading cost of the whole, by any unit; nothing where the heading is a strength.
    fn cost(&self, heading: Heading, lost: u64) -> u64 {
        let Some(tally) = self.headings.get(&heading) else { return 0 };
        let is_strong = tally.percent().is_none_or(|percent| score(percent) >= STRONG);
        if is_strong { 0 } else { lost * u64::from(heading.weight()) * 1000 / tally.weights.max(1) }
    }

    fn score(&self, heading: Heading) -> HeadingScore {
        let tally = self.headings.get(&heading).cloned().unwrap_or_default();
        let percent = tally.percent();
        let reasons = if percent.is_some() { tally.reasons(heading) } else { vec!["It was not asked for.".to_owned()] };
        HeadingScore { heading, percent, is_self_assessed: tally.is_self_assessed, reasons }
    }

    fn judged(&self, heading: Heading) -> Option<Judged> {
        let tally = self.headings.get(&heading)?;
        let (percent, is_self_assessed) = (tally.percent()?, tally.is_self_assessed);
        Some(Judged { heading, percent, is_self_assessed, evidence: tally.evidence(heading) })
    }

    fn concept_scores(&self) -> Vec<ConceptScore> {
        let of_concept = |(concept, tally): (&String, &Tally)| ConceptScore {
            concept: concept.clone(),
            asked: tally.marks.iter().sum(),
            percent: tally.percent().unwrap_or(0),
            is_self_assessed: tally.is_self_assessed,
        };
        self.concepts.iter().map(of_concept).collect()
    }
}

/// All headings together, in points of 100.
fn whole(headings: &[HeadingScore]) -> u32 {
    let mut all = Tally::default();
    for score in headings {
        if let Some(percent) = score.percent {
            all.add(percent, score.heading.weight().into());
        }
    }
    all.percent().unwrap_or(0)
}

/// The concepts to practise next: those with the fewest points, of equals those that were asked for more often.
fn weakest(concepts: &[ConceptScore]) -> Vec<String> {
    let mut weak: Vec<&ConceptScore> = concepts.iter().filter(|score| score.percent < WEAK).collect();
    places::sort_by_key(&mut weak, |score| (score.percent, std::cmp::Reverse(score.asked)));
    weak.into_iter().take(MOST_WEAK).map(|score| score.concept.clone()).collect()
}

/// A figure beside earlier ones; none if there are none.
fn change(now: u32, before: Vec<u32>) -> Option<Change> {
    let count = before.len() as f32;
    if before.is_empty() {
        return None;
    }
    let mean = before.iter().map(|percent| *percent as f32).sum::<f32>() / count;
    let squares: f32 = before.iter().map(|percent| (*percent as f32 - mean).powi(2)).sum();
    let spread = if before.len() > 1 { (squares / (count - 1.0)).sqrt() } else { 0.0 };
    Some(Change { now, mean, spread })
}

read_struct!(HeadingScore { heading, percent, is_self_assessed, reasons });
read_struct!(ConceptScore { concept, asked, percent, is_self_assessed });
read_struct!(Report {
    blueprint, level, began_at_ms, headings, percent, recommendation, reasons, concepts, weakest; strengths, missing, advice, rounds,
    own_points
});
read_struct!(OwnPoints { slug, points, at_most });
