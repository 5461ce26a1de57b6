//! Addresses within the site, relative to its base, so that it works under any path.

use quiz::attempt::AttemptId;
use quiz::listing::{Conditions, Facet};
use quiz::practice::Filter;
use quiz::problem::{Kind, Level, Slug, Topic};

use crate::browser::page;

/// What there is to do today.
pub const TODAY: &str = "./";
/// The practice queue.
pub const PRACTICE: &str = "practice/";
/// All problems.
pub const PROBLEMS: &str = "problems/";
/// What the log says about the learner.
pub const PROGRESS: &str = "progress/";
/// Ten questions that find a learner's level.
pub const PLACEMENT: &str = "placement/";
/// What happens between an application and the first day.
pub const GUIDE: &str = "guide/";
/// Interviews to rehearse.
pub const INTERVIEWS: &str = "interviews/";
/// All of them and the reports, though one is under way.
pub const ALL_INTERVIEWS: &str = "interviews/?all=1";
/// Any program of one file.
pub const SCRATCHPAD: &str = "scratchpad/";
/// Settings, data and about.
pub const SETTINGS: &str = "settings/";

/// The page of one problem.
pub fn problem(slug: &Slug) -> String {
    format!("problems/{slug}/")
}

/// An answer that was given to a problem, looked at again.
pub fn answer(slug: &Slug, first: AttemptId) -> String {
    format!("problems/{slug}/?answer={first}")
}

/// The problems of a topic.
pub fn topic(topic: &Topic) -> String {
    format!("{PROBLEMS}?topic={}", page::encoded(&topic.0))
}

/// Stories of the learner's own work.
pub const STORIES: &str = "stories/";

/// An interview with the questions of somebody else, by the query that an invitation makes.
pub fn invitation(query: &str) -> String {
    format!("{INTERVIEWS}?{query}")
}

/// The report on an interview that was rehearsed.
pub fn report(name: &Slug) -> String {
    format!("{INTERVIEWS}?report={name}")
}

/// An answer that was given in an interview, looked at again.
pub fn answer_of(interview: &Slug, slug: &Slug) -> String {
    format!("{INTERVIEWS}?report={interview}&answer={slug}")
}

/// A section of the guide.
pub fn guide(section: &Slug) -> String {
    format!("{GUIDE}?section={section}")
}

/// An interview to rehearse, by the name of its blueprint.
pub fn interview(blueprint: &str) -> String {
    format!("{INTERVIEWS}?interview={blueprint}")
}

/// The program of a problem, to be changed.
pub fn change(slug: &Slug) -> String {
    format!("{SCRATCHPAD}?problem={slug}")
}

/// An answer of the session under way, looked at again.
pub fn look_again(slug: &Slug) -> String {
    format!("{PRACTICE}?again={slug}")
}

/// The query that stands for a filter: `?topic=ownership&kind=spot`, or nothing.
pub fn query(filter: &Filter, more: &[(&str, &str)]) -> String {
    let topic = filter.topic.as_ref().map_or("", |topic| &topic.0);
    let own = [
        ("topic", topic),
        ("kind", filter.kind.map_or("", Kind::name)),
        ("level", filter.level.map_or("", Level::name)),
        ("concept", filter.concept.as_deref().unwrap_or_default()),
    ];
    let pairs: Vec<String> = own
        .iter()
        .chain(more)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", page::encoded(value)))
        .collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// The query that stands for conditions and what is searched.
pub fn conditions(conditions: &Conditions, typed: &str) -> String {
    let beyond_filter = [Facet::Standing, Facet::Crate, Facet::Code];
    let mut more = beyond_filter.map(|facet| (facet.name(), conditions.chosen(facet).unwrap_or_default())).to_vec();
    more.push(("q", typed.trim()));
    query(&conditions.filter, &more)
}

/// An address within the site as `use_navigate` takes it: the router puts the site's base before it.
pub fn to_navigate(address: &str) -> String {
    format!("/{}", address.trim_start_matches("./"))
}
