//! Progress: what the log says about the learner.

use std::sync::Arc;

use leptos::prelude::*;
use quiz::attempt::Confidence;
use quiz::catalog::{Catalog, Entry};
use quiz::learner::activity::{self, Activity};
use quiz::learner::calendar::{Day, short, weekday};
use quiz::learner::calibration::{self, Calibration};
use quiz::learner::mastery::{self, Mastery};
use quiz::learner::misconceptions::{self, Held};
use quiz::learner::pace::{self, Pace};
use quiz::learner::readiness::{self, Readiness};
use quiz::learner::{Learner, hardest};
use quiz::practice::Filter;
use quiz::problem::Topic;

use crate::browser::page;
use crate::pages::gate::with_catalog;
use crate::routes;
use crate::state::library::Load;
use crate::state::{AppState, use_app};
use crate::ui::chart::{self, percent};
use crate::ui::empty::Empty;
use crate::ui::prose::Line;
use crate::ui::row::{ProblemRow, State};

/// A year, in whole weeks.
const DAYS: u32 = 53 * 7;
/// On so many days mastery is looked at.
const SAMPLES: u32 = 12;
/// So many of the hardest problems are shown.
const HARDEST: usize = 5;
/// So many beliefs are enough to let go of at a time.
const BELIEFS: usize = 5;
/// Fewer stated confidences say nothing.
const STATED_ENOUGH: usize = 10;

/// The page.
#[component]
pub fn ProgressPage() -> impl IntoView {
    page::set_title("Progress");
    let app = use_app();
    view! {
        <main id="main" class="progress" data-testid="page-progress">
            {with_catalog(move |catalog| view! { <Overview app catalog /> }.into_any())}
        </main>
    }
}

/// All that is shown.
#[derive(Clone, Debug, PartialEq)]
struct Report {
    answers: usize,
    met: usize,
    today: Day,
    readiness: Vec<Readiness>,
    activity: Activity,
    samples: Vec<Day>,
    masteries: Vec<Mastery>,
    topics: Vec<(Topic, Vec<f32>)>,
    calibration: Calibration,
    pace: Pace,
    /// The hardest problems, how often each was missed and how often answered.
    hardest: Vec<(Entry, usize, usize)>,
}

fn report(learner: &Learner<'_>) -> Report {
    let samples = samples(learner);
    let masteries = mastery::of_concepts(learner, &samples);
    Report {
        answers: learner.days.len(),
        met: learner.cards.iter().filter(|card| !card.is_new()).count(),
        today: learner.today,
        readiness: readiness::by_level(learner),
        activity: activity::activity(learner, DAYS - 6 + weekday(learner.today)),
        topics: mastery::of_topics(learner.catalog, &masteries),
        samples,
        masteries,
        calibration: calibration::calibration(learner),
        pace: pace::pace(learner),
        hardest: hardest(learner, HARDEST).into_iter().map(|problem| hard(learner, problem)).collect(),
    }
}

fn hard(learner: &Learner<'_>, problem: usize) -> (Entry, usize, usize) {
    let card = &learner.cards[problem];
    (learner.entry(problem).clone(), card.misses(), card.reviews.len())
}

/// Days from the first answer until today, evenly spaced.
fn samples(learner: &Learner<'_>) -> Vec<Day> {
    let first = learner.days.first().map_or(learner.today, |first| (*first).min(learner.today));
    let span = learner.today - first;
    let count = SAMPLES.min(span + 1).max(2);
    (0..count).map(|place| first + (u64::from(span) * u64::from(place) / u64::from(count - 1)) as Day).collect()
}

#[component]
fn Overview(app: AppState, catalog: Arc<Catalog>) -> impl IntoView {
    app.library.want_beliefs();
    let own = catalog.clone();
    let report = Memo::new(move |_| app.learner(&own, report));
    let held = Memo::new({
        let catalog = catalog.clone();
        move |_| match &*app.library.beliefs().read() {
            Load::Ready(beliefs) => app.learner(&catalog, |learner| misconceptions::held(learner, beliefs)),
            Load::Loading | Load::Failed(_) => Vec::new(),
        }
    });
    let shown = move || {
        let report = report.read();
        if report.answers == 0 {
            return view! {
                <Empty title="Nothing to show yet" text="Answer a few questions, and this page shows what you master, what fades, and what you only think you know.">
                    <a class="go button" href=routes::TODAY>"Begin"</a>
                </Empty>
            }
            .into_any();
        }
        let lede = format!(
            "{} on {}. You have met {} of {} problems.",
            counted(report.answers, "answer"),
            counted(report.activity.active as usize, "day"),
            report.met,
            catalog.problems.len()
        );
        let parts = [
            readiness_part(&report.readiness),
            held_part(&held.read()),
            activity_part(&report),
            mastery_part(&report, &catalog),
            calibration_part(&report.calibration),
            pace_part(&report.pace),
            hardest_part(&report.hardest),
        ];
        view! { <h1 tabindex="-1">"Progress"</h1> <p class="lede">{lede}</p> {parts.collect_view()} }.into_any()
    };
    view! { {move || shown()} }
}

fn section(name: &'static str, title: &'static str, inside: impl IntoIterator<Item = AnyView>) -> AnyView {
    view! { <section data-testid=name><h2>{title}</h2>{inside.collect_view()}</section> }.into_any()
}

fn note(text: impl Into<String>) -> AnyView {
    view! { <p class="note">{text.into()}</p> }.into_any()
}

fn name(label: impl Into<String>) -> AnyView {
    view! { <span class="name">{label.into()}</span> }.into_any()
}

fn measures(rows: impl IntoIterator<Item = AnyView>) -> AnyView {
    view! { <div class="measures">{rows.collect_view()}</div> }.into_any()
}

/// `1 day`, `2 days`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn readiness_part(readiness: &[Readiness]) -> AnyView {
    let rows = readiness.iter().map(|level| {
        let (met, problems) = (level.met, level.problems);
        let (share, value) = match (met, level.is_known()) {
            (0, _) => (0.0, "not begun".to_owned()),
            (_, false) => (0.0, format!("too early to say, {met} of {problems} met")),
            (_, true) => (level.share, format!("{}, {met} of {problems} met", percent(level.share))),
        };
        chart::gauge(name(level.level.label()), chart::share(share, None), value)
    });
    let about = "The share of a level's problems that you would answer right today: those you have met by how well you remember them, the others by your answers so far.";
    section("readiness", "Ready for an interview", [measures(rows), note(about)])
}

fn held_part(held: &[Held]) -> AnyView {
    if held.is_empty() {
        return ().into_any();
    }
    let item = |held: &Held| {
        let times = match held.times {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            3 => "three times".to_owned(),
            many => format!("{many} times"),
        };
        let address = practice_of(&held.belief.concept);
        view! {
            <li data-testid="misconception">
                <p>{format!("You have answered {times} as if: “")} <Line text=held.belief.belief.clone() /> "”"</p>
                <p class="note"><Line text=held.belief.truth.clone() /></p>
                <a class="plain button" href=address>"Practise this"</a>
            </li>
        }
        .into_any()
    };
    section(
        "misconceptions",
        "Beliefs to let go of",
        [view! { <ul class="beliefs">{held.iter().take(BELIEFS).map(item).collect_view()}</ul> }.into_any()],
    )
}

fn activity_part(report: &Report) -> AnyView {
    let Activity { days, streak, of_thirty, .. } = &report.activity;
    let mut says = format!("Answers on {of_thirty} of the last 30 days");
    if *streak > 1 {
        says += &format!(", on the last {streak} in a row");
    }
    let first = report.today + 1 - days.len() as Day;
    let picture = year(days, first, format!("{says}."));
    let axis = chart::axis(vec![short(first, report.today), short(first + DAYS / 2, report.today), "today".to_owned()]);
    let answered =
        (first..=report.today).zip(days).collect::<Vec<_>>().into_iter().filter(|(_, answers)| **answers > 0);
    let rows = answered.rev().map(|(day, answers)| vec![short(day, report.today), answers.to_string()]).collect();
    let table = chart::table("Answers by day", vec!["Day".to_owned(), "Answers".to_owned()], rows);
    let picture = chart::wide("A year of answers", view! { {picture} {axis} }.into_any());
    section("activity", "A year", [picture, note(format!("{says}.")), table])
}

/// A column a week, a square a day, the darker the more was answered.
fn year(days: &[u32], first: Day, says: String) -> AnyView {
    const STEP: u32 = 12;
    const SQUARE: u32 = 10;
    const CLASSES: [&str; 5] = ["none", "few", "some", "many", "most"];
    let most = days.iter().copied().max().unwrap_or(0).max(1);
    let mut paths = CLASSES.map(|_| String::new());
    for (place, answers) in (weekday(first)..).zip(days) {
        let class = if *answers == 0 { 0 } else { 1 + (4 * (answers - 1) / most).min(3) };
        paths[class as usize] += &chart::rectangle(place / 7 * STEP, place % 7 * STEP, SQUARE, SQUARE);
    }
    let weeks = (weekday(first) + days.len() as u32).div_ceil(7);
    let (width, height) = (weeks * STEP + SQUARE - STEP, 7 * STEP + SQUARE - STEP);
    chart::picture("year", width, height, says, CLASSES.into_iter().zip(paths).collect())
}

fn mastery_part(report: &Report, catalog: &Catalog) -> AnyView {
    let topics = report.topics.iter().map(|(topic, over_time)| {
        let now = over_time.last().copied().unwrap_or(0.0);
        let concepts = report.masteries.iter().filter(|mastery| mastery.topic == *topic);
        let (mut count, mut met) = (0, 0);
        let mut rows = Vec::new();
        for mastery in concepts {
            count += 1;
            met += usize::from(mastery.met > 0);
            rows.push(concept_row(mastery, catalog));
        }
        let value = match met {
            0 => "not begun".to_owned(),
            _ => format!("{}, {met} of {}", percent(now), counted(count, "concept")),
        };
        let summary =
            view! { <summary>{chart::gauge(name(topic.label()), chart::sparkline(over_time), value)}</summary> }
                .into_any();
        view! { <details class="topic">{summary} {rows.collect_view()}</details> }.into_any()
    });
    let about = "Whether you understood a concept, by your answers, times whether you still remember its problems; from your first answer on the left to today. Open a topic for its concepts.";
    let mut head = vec!["Topic or concept".to_owned()];
    head.extend(report.samples.iter().map(|day| short(*day, report.today)));
    let row = |label: String, over_time: &[f32]| -> Vec<String> {
        std::iter::once(label).chain(over_time.iter().map(|share| percent(*share))).collect()
    };
    let mut rows = Vec::new();
    for (topic, over_time) in &report.topics {
        rows.push(row(topic.label(), over_time));
        let concepts = report.masteries.iter().filter(|mastery| mastery.topic == *topic);
        rows.extend(
            concepts.map(|mastery| row(format!("– {}", mastery.concept.replace('-', " ")), &mastery.over_time)),
        );
    }
    let table = chart::table("Mastery by topic and concept over time", head, rows);
    section("mastery", "Mastery", [measures(topics), note(about), table])
}

fn concept_row(mastery: &Mastery, catalog: &Catalog) -> AnyView {
    let meaning = catalog.concepts.get(&mastery.concept).map_or("", |concept| &concept.meaning).to_owned();
    let address = practice_of(&mastery.concept);
    let label = mastery.concept.replace('-', " ");
    let link = view! { <a href=address title=meaning>{label}</a> }.into_any();
    let value = if mastery.met == 0 { "not met".to_owned() } else { percent(mastery.now()) };
    chart::gauge(link, chart::sparkline(&mastery.over_time), value)
}

/// Where a concept is practised.
fn practice_of(concept: &str) -> String {
    let filter = Filter { concept: Some(concept.to_owned()), ..Filter::default() };
    format!("{}{}", routes::PRACTICE, routes::query(&filter, &[]))
}

fn calibration_part(calibration: &Calibration) -> AnyView {
    let count: usize = calibration.stated.iter().map(|stated| stated.answers).sum();
    let rows = calibration.stated.iter().map(|stated| {
        let share = stated.right as f32 / stated.answers.max(1) as f32;
        let value = match stated.answers {
            0 => "never said".to_owned(),
            answers => format!("{} right, of {answers}", percent(share)),
        };
        chart::gauge(
            name(stated.confidence.label()),
            chart::share(share, Some(calibration::probability(stated.confidence))),
            value,
        )
    });
    let words = match calibration.brier.filter(|_| count >= STATED_ENOUGH) {
        None => {
            format!(
                "The mark shows how often you should be right. After {STATED_ENOUGH} such answers this says how well you know what you know."
            )
        }
        Some(brier) => format!(
            "{} The mark shows how often you should be right. Brier score 0.{:02}: 0 is perfect, 0.25 is what “maybe” every time would get.",
            in_words(brier, calibration),
            (brier * 100.0).round().min(99.0) as u32
        ),
    };
    section("calibration", "Confidence against truth", [measures(rows), note(words)])
}

/// What a Brier score says, and in which direction one errs.
fn in_words(brier: f32, calibration: &Calibration) -> &'static str {
    let missed = |confidence: Confidence| {
        let stated = calibration.stated[confidence as usize];
        let share = stated.right as f32 / stated.answers.max(1) as f32;
        if stated.answers >= 5 { share - calibration::probability(confidence) } else { 0.0 }
    };
    match brier {
        _ if missed(Confidence::Certain) < -0.1 => "When you are certain, look once more.",
        _ if missed(Confidence::Guess) > 0.15 || missed(Confidence::FairlySure) > 0.15 => {
            "You know more than you think."
        }
        ..0.1 => "You know very well what you know.",
        ..0.18 => "You know well what you know.",
        ..0.25 => "You know roughly what you know.",
        _ => "What you say of your answers tells little about them.",
    }
}

fn pace_part(pace: &Pace) -> AnyView {
    const LABELS: [&str; 5] = ["Half the time or less", "In time", "Up to 1½ times", "Up to twice", "More than twice"];
    let most = pace.bars.iter().copied().max().unwrap_or(0).max(1) as f32;
    let rows = LABELS.into_iter().zip(pace.bars.iter().zip(pace.right)).map(|(label, (answers, right))| {
        let value = match answers {
            0 => "none".to_owned(),
            _ => format!("{}, {} right", counted(*answers, "answer"), percent(right as f32 / *answers as f32)),
        };
        chart::gauge(name(label), chart::share(*answers as f32 / most, None), value)
    });
    let median = pace
        .median
        .map(|median| note(format!("Lately you take {} of the time that a problem should need.", percent(median))));
    section("pace", "Speed", [measures(rows), median.into_any()])
}

fn hardest_part(hardest: &[(Entry, usize, usize)]) -> AnyView {
    if hardest.is_empty() {
        return ().into_any();
    }
    let rows = hardest.iter().cloned().map(|(entry, misses, answers)| {
        view! { <ProblemRow entry state=State::Missed(misses, answers) /> }
    });
    section(
        "hardest",
        "Hardest for you",
        [rows.collect_view().into_any(), note("The ones you find hardest, by your answers, come first.")],
    )
}
