//! What an interviewer would write: a recommendation, its reasons, and what each heading got.

use leptos::prelude::*;
use quiz::interview::machine::Reflection;
use quiz::interview::report::{Change, Comparison, ConceptScore, HeadingScore, Limit, RoundReport};
use quiz::interview::{Recommendation, Report, StoredInterview};

use crate::browser::language::{counted, whole_day};
use crate::browser::{clock, files, page};
use crate::pages::interviews::material::Material;
use crate::pages::start::{Starter, on_concept, practise_button};
use crate::routes;
use crate::state::AppState;
use crate::ui::button::Button;
use crate::ui::chart;

/// The page part.
#[component]
pub(super) fn Written(
    app: AppState,
    material: StoredValue<Material>,
    interview: StoredValue<StoredInterview>,
    report: Report,
    /// What the learner writes about it, as far as it is written.
    reflection: RwSignal<Reflection>,
) -> impl IntoView {
    let title = material.with_value(|material| material.title(&report.blueprint));
    let on = whole_day(clock::calendar().day(report.began_at_ms));
    let again = routes::interview(&report.blueprint);
    let kept = StoredValue::new(report.clone());
    let save = move || {
        let text = material.with_value(|material| {
            let title_of = |slug: &quiz::problem::Slug| {
                material.catalog.entry(slug).map_or_else(|| slug.to_string(), |entry| entry.title.clone())
            };
            let report = kept.get_value();
            let (title, on) = (material.title(&report.blueprint), whole_day(clock::calendar().day(report.began_at_ms)));
            let blueprint = material.blueprint(&report.blueprint);
            let interview = StoredInterview { reflection: Some(reflection.get_untracked()), ..interview.get_value() };
            report.to_markdown(&title, &on, &interview, blueprint, title_of)
        });
        let name = format!("borrowed-time-interview-{}.md", clock::day());
        let _ = files::download(&name, "text/markdown", &text);
    };
    view! {
        <p class="eyebrow"><span>{title}</span> <span>{report.level.label()}</span> <span>{on}</span></p>
        <h1 class="big" tabindex="-1" data-testid="recommendation">{report.recommendation.label()}</h1>
        {scale(report.recommendation)}
        {reasons(&report)}
        <div class="actions not-printed">
            <Button class="plain" test_id="print" label="Print" on_press=page::print />
            <Button class="plain" test_id="save-report" label="Save as a file" on_press=save />
            <a class="quiet" href=again>"Another one"</a>
        </div>
        {rounds(material, &report)}
        <Headings headings=report.headings.clone() />
        <Beside app report=report.clone() />
        <Next app material report />
    }
}

/// The points, what was strong, what held it back, and what to do. A report of an older release has fewer of them.
fn reasons(report: &Report) -> AnyView {
    let list = |title: &'static str, items: &[String]| {
        let rows = items.iter().map(|why| view! { <li>{why.clone()}</li> }.into_any()).collect_view();
        (!items.is_empty()).then(|| view! { <h2>{title}</h2> <ul class="rules">{rows}</ul> }.into_any())
    };
    let (points, held_back) = report.reasons.split_at(report.reasons.len().min(1));
    let advice = report.advice.clone();
    let advice = (!advice.is_empty()).then(|| view! { <h2>"Advice"</h2> <p>{advice}</p> }.into_any());
    view! {
        <div data-testid="reasons">
            <p class="lede">{points.concat()}</p>
            {list("What was strong", &report.strengths)}
            {list("What held it back", held_back)}
            {missing(&report.missing)}
            {advice}
        </div>
    }
    .into_any()
}

/// What was missing, a line each; it stands below what held the recommendation back.
fn missing(missing: &[String]) -> Option<AnyView> {
    let rows = missing.iter().map(|what| view! { <li>{what.clone()}</li> }.into_any()).collect_view();
    (!missing.is_empty()).then(|| {
        view! {
            <p class="note">"What was missing:"</p>
            <ul class="rules" data-testid="missing">{rows}</ul>
        }
        .into_any()
    })
}

/// How each round went, where there are several.
fn rounds(material: StoredValue<Material>, report: &Report) -> Option<AnyView> {
    let row = |(place, round): (usize, &RoundReport)| {
        let title = material.with_value(|material| material.round_title(&report.blueprint, place));
        view! { <li>{title} ": " {round.in_words()}</li> }.into_any()
    };
    (!report.rounds.is_empty()).then(|| {
        let rows = report.rounds.iter().enumerate().map(row).collect_view();
        view! { <section data-testid="rounds"><h2>"Round by round"</h2> <ol class="rules">{rows}</ol></section> }
            .into_any()
    })
}

/// When a recommendation is no better than some other, and why.
fn limits() -> AnyView {
    let row = |limit: Limit| {
        let text = format!("{}: no better than “{}”. {}", limit.rule(), limit.at_most().label(), limit.why());
        view! { <li>{text}</li> }.into_any()
    };
    Limit::ALL.map(row).collect_view().into_any()
}

/// All recommendations in a row, with the one that is given.
fn scale(given: Recommendation) -> AnyView {
    let step = |own: Recommendation| {
        let current = (own == given).then_some("true");
        view! { <li aria-current=current>{own.label()}</li> }.into_any()
    };
    let steps = Recommendation::ALL.map(step).collect_view();
    view! { <ol class="scale">{steps}</ol> }.into_any()
}

#[component]
fn Headings(headings: Vec<HeadingScore>) -> impl IntoView {
    let row = |heading: &HeadingScore| {
        let label = heading.heading.label();
        let name = view! { <span class="name">{label}</span> }.into_any();
        let picture = chart::share(heading.percent.unwrap_or_default() as f32 / 100.0, None);
        let value = format!("grade {} of 4", heading.score().unwrap_or_default());
        let own = heading.is_self_assessed.then_some("Your own judgement is in it. ");
        let reasons = heading.reasons.join(" ");
        view! { <div class="heading-score" data-testid="heading" data-name=heading.heading.name()>{chart::gauge(name, picture, value)} <p class="note">{own} {reasons}</p></div> }
            .into_any()
    };
    let rows = headings.iter().filter(|heading| heading.percent.is_some()).map(row).collect_view();
    let others: Vec<&str> =
        headings.iter().filter(|heading| heading.percent.is_none()).map(|heading| heading.heading.label()).collect();
    let others = (!others.is_empty()).then(|| {
        let text = format!("Not asked for: {}.", others.join(", "));
        view! { <p class="note">{text}</p> }.into_any()
    });
    view! {
        <section>
            <h2>"What was judged"</h2>
            {rows}
            {others}
            <details class="turn not-printed">
                <summary>"How this is worked out"</summary>
                <ul class="rules">
                    <li>"A right answer has 100 points, a partly right one 50. Each hint takes 15 per cent of them. A question counts by the minutes it is given."</li>
                    <li>"Correctness has all questions that can be proven. Reasoning has those where you choose or predict, code those where you write or complete a program, tests the share of tests that pass."</li>
                    <li>"Speed has full points for what is right within its time, and none beyond twice of it. A wrong answer is never fast."</li>
                    <li>"What you explain counts as you scored it: row by row, under communication, reasoning or trade-offs. Its clock stops when you begin to score."</li>
                    <li>"By its points a heading gets a grade from 0 to 4. The points of all headings make the recommendation: 88 for a strong yes, 73 for a yes, 58 for a lean yes, 42 for a lean no, 25 for a no."</li>
                    <li>"What was missing is named where a heading has a grade below 3, what cost most first. A round with fewer than four questions and rows to judge has points only."</li>
                    {limits()}
                </ul>
            </details>
        </section>
    }
}

/// How it is beside earlier ones.
#[component]
fn Beside(app: AppState, report: Report) -> impl IntoView {
    let all = app.interviews.kept().read_untracked();
    let earlier: Vec<Report> = all.iter().filter_map(|(_, kept)| kept.report.clone()).collect();
    report.compared(&earlier).map(|Comparison { count, whole, headings }| {
        let in_words = |change: Change| {
            let by = change.now as i32 - change.mean.round() as i32;
            let how = match by {
                1.. => format!("{by} more than"),
                0 => "as".to_owned(),
                _ => format!("{} fewer than", -by),
            };
            let spread = if change.spread > 0.0 {
                format!(", which spread by {}", change.spread.round() as u32)
            } else {
                String::new()
            };
            format!("{} points, {how} the mean of before{spread}", change.now)
        };
        let rows = headings
            .into_iter()
            .map(|(heading, change)| view! { <li>{heading.label()} ": " {in_words(change)} "."</li> }.into_any());
        view! {
            <section data-testid="compared">
                <h2>{format!("Beside {}", counted(count, "earlier one"))}</h2>
                <p>{in_words(whole)} "."</p>
                <ul class="rules">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// What to practise next, one tap each, and how each concept went.
#[component]
fn Next(app: AppState, material: StoredValue<Material>, report: Report) -> impl IntoView {
    let starter = Starter::here(app, StoredValue::new(material.with_value(|material| material.catalog.clone())));
    let row = |concept: &String| {
        let label = concept.replace('-', " ");
        view! { <li><span>{label.clone()}</span> {practise_button(starter, "Practise", &label, on_concept(concept))}</li> }
            .into_any()
    };
    let weakest = (!report.weakest.is_empty()).then(|| {
        let rows = report.weakest.iter().map(row).collect_view();
        view! { <section data-testid="practise-next"><h2>"Practise next"</h2> <ul class="practise-next">{rows}</ul></section> }.into_any()
    });
    let one = |score: &ConceptScore| {
        let own = if score.is_self_assessed { " by your own scores" } else { "" };
        let text = format!("{}: {} of 100 points{own}", score.concept.replace('-', " "), score.percent);
        view! { <li>{text}</li> }.into_any()
    };
    let concepts = report.concepts.iter().map(one).collect_view();
    view! {
        {weakest}
        <details class="turn"><summary>"All concepts that were asked for"</summary><ul class="rules">{concepts}</ul></details>
    }
}
