//! Tests that were run, one by one.

use leptos::prelude::*;
use quiz::exercise::{TestFailure, in_words};

/// The tests of these names, those that failed with what was said.
#[component]
pub fn TestResults(names: Vec<String>, failures: Vec<TestFailure>) -> impl IntoView {
    let row = |name: String| {
        let failure = failures.iter().find(|failure| failure.test == name);
        let (class, mark, word) = match failure {
            None => ("passed", "✓", "passed"),
            Some(_) => ("failed", "✗", "failed"),
        };
        let said = failure.map(told);
        view! {
            <li class=class data-testid="test-result" data-test=name.clone()>
                <span class="sign" aria-hidden="true">{mark}</span>
                <span class="hidden">{word} ": "</span>
                <span class="name">{in_words(own_name(&name))}</span>
                {said}
            </li>
        }
        .into_any()
    };
    view! { <ul class="test-results" data-testid="test-results">{names.into_iter().map(row).collect_view()}</ul> }
}

/// The name without the module that a learner put the test into.
fn own_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

fn told(failure: &TestFailure) -> AnyView {
    let at = failure.line.map(|line| format!(" at line {line}"));
    view! {
        <p>
            <strong>{failure.how.label()} {at} ": "</strong>
            <code translate="no">{failure.message.clone()}</code>
        </p>
    }
    .into_any()
}
