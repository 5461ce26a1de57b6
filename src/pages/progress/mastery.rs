//! What is mastered, topic by topic and concept by concept, the weakest first, each with its next step.

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::learner::mastery::{Mastery, weakest_first};
use quiz::places;
use quiz::practice::Filter;
use quiz::problem::Topic;

use super::parts::{counted, measures, name, note, section};
use super::report::Report;
use crate::browser::language;
use crate::pages::start::{Starter, on_concept, practise_button};
use crate::ui::chart::{self, percent};

const ABOUT: &str = "How much of each topic you understand and still remember today. A concept that you have not seen counts as 0, so each topic starts low. Open a topic to see its concepts.";

/// A topic with what is mastered of it.
struct TopicMastery<'a> {
    topic: &'a Topic,
    now: f32,
    concepts: Vec<&'a Mastery>,
}

impl TopicMastery<'_> {
    fn met(&self) -> usize {
        self.concepts.iter().filter(|mastery| mastery.met > 0).count()
    }
}

/// The section.
pub fn mastery_part(report: &Report, catalog: &Catalog, starter: Starter) -> AnyView {
    let topics = report.topics.iter().map(|(topic, over_time)| {
        let concepts = report.masteries.iter().filter(|mastery| mastery.topic == *topic);
        let now = over_time.last().copied().unwrap_or(0.0);
        TopicMastery { topic, now, concepts: weakest_first(concepts) }
    });
    let (mut begun, new): (Vec<_>, Vec<_>) = topics.partition(|topic| topic.met() > 0);
    places::sort_by(&mut begun, |one, other| one.now.total_cmp(&other.now));
    let begun = measures(begun.iter().map(|topic| topic_row(topic, catalog, starter)));
    let not_begun = (!new.is_empty()).then(|| {
        let rows = new.iter().map(|topic| new_row(topic, starter));
        view! { <h3>"Not started"</h3> {measures(rows)} }.into_any()
    });
    section("mastery", "Mastery", [note(ABOUT), begun, not_begun.into_any(), table(report)])
}

/// A topic that was begun; its concepts are within.
fn topic_row(topic: &TopicMastery<'_>, catalog: &Catalog, starter: Starter) -> AnyView {
    let label = topic.topic.label();
    let value = format!("{} · {} of {} seen", percent(topic.now), topic.met(), topic.concepts.len());
    let gauge = chart::gauge(name(label.clone()), chart::share(topic.now, None), value);
    let concepts = topic.concepts.iter().map(|mastery| concept_row(mastery, catalog, starter)).collect_view();
    view! {
        <div class="measure topic" data-testid="topic" data-name=topic.topic.0.clone()>
            <details><summary>{gauge}</summary> {concepts}</details>
            {practise_button(starter, "Practise", &label, on_topic(topic.topic))}
        </div>
    }
    .into_any()
}

fn new_row(topic: &TopicMastery<'_>, starter: Starter) -> AnyView {
    let label = topic.topic.label();
    let concepts = counted(topic.concepts.len(), "concept");
    view! {
        <div class="measure new" data-testid="new-topic">
            <p>{label.clone()} " " <span class="value">{concepts}</span></p>
            {practise_button(starter, "Start", &label, on_topic(topic.topic))}
        </div>
    }
    .into_any()
}

fn concept_row(mastery: &Mastery, catalog: &Catalog, starter: Starter) -> AnyView {
    let meaning = catalog.concepts.get(&mastery.concept).map_or("", |concept| &concept.meaning).to_owned();
    let label = mastery.concept.replace('-', " ");
    let title = view! { <span class="name" title=meaning>{label.clone()}</span> }.into_any();
    let (value, step) = match mastery.met {
        0 => ("not seen yet".to_owned(), "Start"),
        met if !mastery.is_known() => {
            (format!("{}, from {}", percent(mastery.now()), counted(met, "problem")), "Practise")
        }
        _ => (percent(mastery.now()), "Practise"),
    };
    view! {
        <div class="measure concept" data-testid="concept-mastery" data-name=mastery.concept.clone()>
            {chart::gauge(title, chart::share(mastery.now(), None), value)}
            {practise_button(starter, step, &label, on_concept(&mastery.concept))}
        </div>
    }
    .into_any()
}

fn on_topic(topic: &Topic) -> Filter {
    Filter { topic: Some(topic.clone()), ..Filter::default() }
}

/// The same numbers, and those of earlier days.
fn table(report: &Report) -> AnyView {
    let mut head = vec!["Topic or concept".to_owned()];
    head.extend(report.samples.iter().map(|day| language::day(*day, report.today)));
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
    chart::table("Mastery by topic and concept over time", head, rows)
}
