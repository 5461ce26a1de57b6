//! The pages that are no problem, as far as they can be read before the app has started.

use maud::{Markup, html};
use quiz::catalog::Entry;
use quiz::guide::Guide;
use quiz::interview::Blueprint;

use super::text::{line, words};

/// The sections of the header, as in the app's `src/app.rs`: address, name of the folder, words.
const SECTIONS: [(&str, &str, &str); 6] = [
    ("./", "", "Today"),
    ("practice/", "practice", "Practice"),
    ("problems/", "problems", "Problems"),
    ("interviews/", "interviews", "Rehearse"),
    ("progress/", "progress", "Progress"),
    ("settings/", "settings", "Settings"),
];

/// The header of the page in this folder.
pub fn header(folder: &str) -> Markup {
    let here = folder.split('/').next().unwrap_or_default();
    html! {
        a class="mark" href="./" { "Borrowed " i { "Time" } }
        nav aria-label="Main" {
            @for (address, name, label) in SECTIONS {
                a href=(address) aria-current=[(name == here).then_some("page")] { (label) }
            }
        }
    }
}

/// What a first visit is told: what this place is, what comes first, and where all else is.
pub fn home(entries: &[Entry]) -> Markup {
    // As long as what the app says in its place, or longer: what a reader has seen as the page is not replaced by something larger.
    html! {
        p class="eyebrow" { span { "Rust interviews" } span { "proven" } span { "offline" } }
        h1 class="big" { "Practise for your Rust interview" }
        p class="lede" {
            "Practise: short questions, every answer proven by the real compiler. Rehearse: a whole interview, by the clock. "
            "No account, no server. It works offline. Start with a few questions. They take about a quarter of an hour."
        }
        div class="actions" { a class="go" href="practice/" { "Start" } }
        p class="note" { a href="placement/" { "Find your level with ten questions" } }
        section {
            h2 { "What there is" }
            ul {
                li { a href="problems/" { (entries.len()) " problems" } ": ownership, lifetimes, traits, async, unsafe and more, from junior to staff." }
                li { a href="interviews/" { "Interviews" } " to rehearse, from a recruiter’s call to a whole day on site, each with a report." }
                li { a href="guide/" { "A guide" } " from the application to the first day." }
            }
        }
    }
}

/// All problems by topic.
pub fn problems(entries: &[Entry]) -> Markup {
    let mut topics: Vec<&[Entry]> = Vec::new();
    topics.extend(entries.chunk_by(|one, next| one.topic == next.topic));
    html! {
        h1 { "Problems" }
        @for topic in topics {
            section class="shelf" {
                h2 { (topic[0].topic.label()) " " span class="note" { (topic.len()) } }
                @for entry in topic { (row(entry)) }
            }
        }
    }
}

fn row(entry: &Entry) -> Markup {
    let minutes = if entry.minutes == 1 { "1 minute".to_owned() } else { format!("{} minutes", entry.minutes) };
    html! {
        a class="row" href=(format!("problems/{}/", entry.slug)) {
            span class="title" { (entry.title) }
            span class="about" { (entry.level.label()) " · " (entry.kind.label()) " · " (minutes) }
        }
    }
}

/// The whole guide, each section folded.
pub fn guide(guide: &Guide) -> Markup {
    html! {
        h1 class="big" { "From application to first day" }
        p class="lede" { "A short guide to a Rust interview: what happens, what is judged, what to say. Tick off what you have done." }
        @for section in &guide.sections {
            details class="turn" data-answer-fold {
                summary { (section.title) }
                div class="prose" { (words(&section.text)) }
                ul { @for item in &section.checklist { li { (words(&item.text)) } } }
            }
        }
    }
}

/// The interviews that can be rehearsed.
pub fn interviews(blueprints: &[Blueprint]) -> Markup {
    html! {
        h1 class="big" { "Rehearse the interview" }
        p class="lede" {
            "A whole interview on the clock: questions, a program to write, things to explain, your own questions. Nothing is judged "
            "before the end. Then you get a report as an interviewer would write it."
        }
        @for blueprint in blueprints {
            section { h2 { (blueprint.title) } p { (line(&blueprint.description)) } }
        }
    }
}

/// A page that says nothing without the learner's own data.
pub fn personal(title: &str, description: &str) -> Markup {
    html! { h1 { (title) } p class="lede" { (description) } }
}
