//! What became of a program that was run.

use leptos::prelude::*;
use quiz::device::outcome::Outcome;
use quiz::device::trial::{Judged, Own};
use quiz::exercise::CodeResult;
use quiz::verdict::Verdict;

use super::{TestResults, outcome};
use crate::state::runner::{Purpose, Report, ReportEnd, Runner};
use crate::ui::receipt::Printed;

/// The report of the last run; nothing before there is one.
#[component]
pub fn ReportView(
    runner: Runner,
    /// What stands in the editor now.
    code: Memo<String>,
) -> impl IntoView {
    let judge = move || runner.compiler().name();
    let shown = move || {
        // What was handed in and ran stands with the question itself.
        let report = runner.report().get().filter(|report| report.purpose != Purpose::HandIn || !is_tested(report))?;
        let ran = StoredValue::new(report.code.clone());
        let is_older = Memo::new(move |_| code.read() != *ran.read_value());
        let words = in_words(&report);
        let view = view! {
            <section class="report" data-testid="report" aria-label="What became of your program">
                <p class="ask" role="status" data-testid="report-summary">{words}</p>
                {move || is_older.get().then(|| view! { <p class="note">"You have changed your program since."</p> })}
                {told(report, &judge(), runner)}
            </section>
        };
        Some(view.into_any())
    };
    view! { {move || shown()} }
}

fn is_tested(report: &Report) -> bool {
    matches!(&report.end, ReportEnd::Tested { judged, .. } if matches!(judged.result, CodeResult::Tested { .. }))
}

fn in_words(report: &Report) -> String {
    let is_clean = match &report.end {
        ReportEnd::Tested { judged, .. } => {
            matches!(&judged.result, CodeResult::Tested { failures, .. } if failures.is_empty())
        }
        ReportEnd::Ran(outcome) => matches!(outcome, Outcome::Judged(Verdict::Prints { .. })),
        ReportEnd::TimedOut(_) | ReportEnd::Stopped(_) | ReportEnd::Lost(_) => false,
    };
    let checked = match is_clean && report.purpose == Purpose::Check {
        true => " No undefined behaviour and no data race was found.",
        false => "",
    };
    ended(report) + checked
}

fn ended(report: &Report) -> String {
    match &report.end {
        ReportEnd::Tested { judged: Judged { result, own, .. }, names } => match result {
            CodeResult::Tested { failures, .. } if failures.is_empty() => {
                let passing = match names.len() {
                    1 => "The test passes.".to_owned(),
                    2 => "Both tests pass.".to_owned(),
                    count => format!("All {count} tests pass."),
                };
                passing + &own_in_words(own)
            }
            CodeResult::Tested { failures, .. } => {
                format!("{} of {} tests pass.{}", names.len() - failures.len(), names.len(), own_in_words(own))
            }
            CodeResult::Rejected(_) | CodeResult::SelfAssessed(_) => "It does not compile.".to_owned(),
        },
        ReportEnd::Ran(outcome) => ran(outcome).to_owned(),
        ReportEnd::TimedOut(_) => "It did not end in time.".to_owned(),
        ReportEnd::Stopped(_) => "It was stopped.".to_owned(),
        ReportEnd::Lost(_) => "The compiler was lost.".to_owned(),
    }
}

/// How the learner's own tests went, as a sentence behind another one.
fn own_in_words(own: &Own) -> String {
    match own.names.len() {
        0 => String::new(),
        count => format!(" Of your own tests, {} of {count} pass.", count - own.failures.len()),
    }
}

fn ran(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Judged(Verdict::Prints { .. }) => "It ran to its end.",
        Outcome::Judged(Verdict::Compiles | Verdict::Ignored { .. }) => "It compiles.",
        Outcome::Judged(Verdict::Panics { .. }) => "It panicked.",
        Outcome::Judged(Verdict::Undefined { .. }) => "It has undefined behaviour.",
        Outcome::Judged(Verdict::Error { .. }) => "It does not compile.",
        Outcome::Deadlocks { .. } => "It does not go on: a deadlock.",
        Outcome::Exits { .. } => "It ended with an error.",
        Outcome::Floods { .. } | Outcome::Stops { .. } => "It was stopped.",
        Outcome::Fails { .. } => "The compiler failed.",
    }
}

fn told(report: Report, judge: &str, runner: Runner) -> AnyView {
    let Report { code, end, purpose } = report;
    match end {
        ReportEnd::Tested { names, judged: Judged { result, errors, printed, own } } => match result {
            CodeResult::Tested { failures, .. } => view! {
                <TestResults names failures />
                {own_tests(own)}
                {output(printed)}
            }
            .into_any(),
            CodeResult::Rejected(_) | CodeResult::SelfAssessed(_) if purpose == Purpose::HandIn => {
                outcome::of_handed_in(errors, &code, judge)
            }
            CodeResult::Rejected(_) | CodeResult::SelfAssessed(_) => {
                outcome::of_verdict(Verdict::Error { errors }, &code, judge)
            }
        },
        ReportEnd::Ran(ended) => outcome::receipt(ended, &code, judge),
        ReportEnd::TimedOut(printed) => outcome::timed_out(&printed, runner.limit().as_secs(), judge),
        ReportEnd::Stopped(printed) => outcome::stopped(&printed, judge),
        ReportEnd::Lost(why) => view! { <p class="nudge">{why}</p> }.into_any(),
    }
}

fn own_tests(own: Own) -> Option<AnyView> {
    (!own.names.is_empty()).then(|| {
        view! {
            <section data-testid="own-tests">
                <p class="ask">"Your own tests"</p>
                <TestResults names=own.names failures=own.failures />
                <p class="note">"They are for you. When you hand in, only the tests of the problem count."</p>
            </section>
        }
        .into_any()
    })
}

fn output(printed: String) -> Option<AnyView> {
    (!printed.trim().is_empty()).then(|| {
        view! {
            <details>
                <summary>"What it printed"</summary>
                <Printed text=printed />
            </details>
        }
        .into_any()
    })
}
