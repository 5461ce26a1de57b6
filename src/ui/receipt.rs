//! The receipt: the compiler's verdict on the program, and the answer beneath, part by part.

use std::collections::BTreeMap;

use leptos::prelude::*;
use quiz::grading::{Aspect, Graded, Part};
use quiz::problem::{Problem, Program};
use quiz::verdict::{Diagnostic, Span, Verdict};

use super::dynamic::{list, optional};
use super::playground::PlaygroundLink;
use crate::state::stopwatch::clock_face;

/// What a program has to stand up to besides the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckedBy {
    /// Its output is what is asked for.
    Output,
    /// Hidden tests, which it ran into or passed.
    Tests,
    /// Hidden tests, in which it failed.
    FailedTests,
}

impl CheckedBy {
    /// How an answer to `problem` was checked, `failed` if it was in the hidden tests that it failed.
    pub fn of(problem: &Problem, failed: bool) -> CheckedBy {
        match (&problem.check, failed) {
            (None, _) => CheckedBy::Output,
            (Some(_), false) => CheckedBy::Tests,
            (Some(_), true) => CheckedBy::FailedTests,
        }
    }
}

/// The compiler's verdict on a program that may be tried again.
#[component]
pub fn VerdictSlip(program: Program, toolchain: String, by: CheckedBy) -> impl IntoView {
    view! {
        <section class="receipt" data-testid="receipt" aria-label="The compiler's verdict">
            <header>
                <span>{short_toolchain(&toolchain)}</span>
                <span>"edition " {program.edition.year()}</span>
            </header>
            <hr />
            {verdict(&program, by)}
        </section>
    }
}

/// The compiler's verdict on the program that was asked about.
#[component]
pub fn Receipt(
    program: Program,
    by: CheckedBy,
    /// As `rustc --version` says it.
    toolchain: String,
    graded: Graded,
    /// The time the answer took, in ms.
    took: u64,
    /// The time it should take.
    minutes: u32,
    hints: u32,
) -> impl IntoView {
    let parts: Vec<Part> = graded.parts.into_iter().filter(|part| !matches!(part.aspect, Aspect::Option(_))).collect();
    view! {
        <section class="receipt" data-testid="receipt" aria-label="The compiler's verdict">
            <header>
                <span>{short_toolchain(&toolchain)}</span>
                <span>"edition " {program.edition.year()}</span>
            </header>
            <hr />
            {verdict(&program, by)}
            <hr />
            <dl>
                {list(parts.into_iter().map(part_row))}
                <dt>"Time"</dt>
                <dd>{clock_face(took)} " of " {clock_face(u64::from(minutes) * 60_000)}</dd>
                {optional((hints > 0).then(|| view! { <dt>"Hints used"</dt><dd>{hints}</dd> }))}
            </dl>
            <p class="more"><PlaygroundLink program /></p>
        </section>
    }
}

/// `rustc 1.95.0`, without the commit and the day.
fn short_toolchain(toolchain: &str) -> String {
    toolchain.split(" (").next().unwrap_or(toolchain).to_owned()
}

fn verdict(program: &Program, by: CheckedBy) -> AnyView {
    match &program.verdict {
        Verdict::Prints { stdout } if by != CheckedBy::Output => view! {
            <p class="ok">"Compiled, ran, and passed the check."</p>
            {output(stdout)}
        }
        .into_any(),
        Verdict::Panics { message, .. } if by == CheckedBy::FailedTests => view! {
            <p class="no">"Compiled, ran, and failed the check:"</p>
            <pre tabindex="0">{message.clone()}</pre>
        }
        .into_any(),
        Verdict::Prints { stdout } => view! {
            <p class="ok">"Compiled, ran, and printed" {if stdout.is_empty() { " nothing." } else { ":" }}</p>
            {output(stdout)}
        }
        .into_any(),
        Verdict::Compiles => view! { <p class="ok">"Compiled. Not run."</p> }.into_any(),
        Verdict::Ignored { reason } => view! { <p>"Not compiled: " {reason.clone()}</p> }.into_any(),
        Verdict::Panics { line, message, stdout } => view! {
            <p class="no">"Compiled, ran, and panicked at line " {*line} ":"</p>
            <pre tabindex="0">{message.clone()}</pre>
            {optional((!stdout.is_empty()).then(|| view! { <p>"Before that it printed:"</p> }))}
            {output(stdout)}
        }
        .into_any(),
        Verdict::Undefined { line, rendered, .. } => view! {
            <p class="no">"Compiled. Miri found undefined behaviour at line " {*line} ":"</p>
            <pre tabindex="0">{rendered.clone()}</pre>
        }
        .into_any(),
        Verdict::Error { errors } => list(errors.iter().map(|error| diagnostic(error, program.compiled_source()))),
    }
}

fn output(stdout: &str) -> AnyView {
    let stdout = stdout.trim_end_matches('\n').to_owned();
    optional((!stdout.is_empty()).then(|| view! { <pre class="output" tabindex="0">{stdout}</pre> }))
}

fn diagnostic(error: &Diagnostic, source: &str) -> impl IntoView + use<> {
    let code = error.code.as_ref().map_or_else(|| "error".to_owned(), |code| format!("error[{code}]"));
    view! {
        <p><span class="no strong">{code}</span> ": " {error.message.clone()}</p>
        {excerpts(error, source)}
        <details>
            <summary>"The compiler's full message"</summary>
            <pre tabindex="0">{error.rendered.trim_end().to_owned()}</pre>
        </details>
    }
}

/// The columns that a receipt has room for on a phone.
const WIDTH: usize = 36;

/// The labelled lines in the program's order, each with what the compiler wrote beneath.
fn excerpts(error: &Diagnostic, source: &str) -> AnyView {
    let lines: Vec<&str> = source.lines().collect();
    let mut by_line: BTreeMap<u32, Vec<&Span>> = BTreeMap::new();
    for span in &error.spans {
        by_line.entry(span.line).or_default().push(span);
    }
    list(by_line.into_iter().map(|(line, spans)| {
        let text = lines.get(line as usize - 1).copied().unwrap_or("");
        let cut = columns_to_cut(text, &spans);
        let shown: String = text.chars().skip(cut).collect();
        let shown = if cut > indent_of(text) { format!("…{shown}") } else { format!(" {shown}") };
        let labels = list(spans.into_iter().map(|span| label(span, cut, shown.chars().count())));
        view! {
            <div class="excerpt" tabindex="0">
                <span class="number">{line}</span>
                <code>{shown}</code>
                {labels}
            </div>
        }
    }))
}

/// How much of a line's front is left out: its indentation, and more where the labels would be out of sight.
fn columns_to_cut(text: &str, spans: &[&Span]) -> usize {
    let first = spans.iter().map(|span| span.column as usize - 1).min().unwrap_or(0);
    let last = spans.iter().filter(|span| span.end_line == span.line).map(|span| span.end_column as usize).max();
    match last {
        Some(last) if last > indent_of(text) + WIDTH => first.saturating_sub(6).max(indent_of(text)),
        _ => indent_of(text),
    }
}

fn indent_of(line: &str) -> usize {
    line.chars().take_while(|c| *c == ' ').count()
}

/// The signs beneath a labelled place, one column in from the cut, and the label.
fn label(span: &Span, cut: usize, line_length: usize) -> impl IntoView + use<> {
    let column = |column: u32| (column as usize).saturating_sub(cut);
    let start = column(span.column);
    let end = if span.end_line == span.line { column(span.end_column) } else { line_length };
    let sign = if span.primary { "^" } else { "-" };
    let signs = format!("{}{}", " ".repeat(start), sign.repeat(end.saturating_sub(start).max(1)));
    let class = if span.primary { "no" } else { "aside" };
    view! {
        <span aria-hidden="true"></span>
        <code class=class aria-hidden="true">{signs}</code>
        <span aria-hidden="true"></span>
        <span class=class>{span.label.clone().unwrap_or_default()}</span>
    }
}

fn part_row(part: Part) -> impl IntoView {
    let (class, sign) = if part.right { ("ok", "right") } else { ("no", "not so") };
    let is_output = part.aspect == Aspect::Output;
    let given = if is_output && !part.right && part.given.is_empty() { "(nothing)".to_owned() } else { part.given };
    let answer = match (is_output, part.right) {
        (true, true) => view! { "as typed" }.into_any(),
        (true, false) => view! { <pre tabindex="0">{given}</pre> }.into_any(),
        (false, _) => given.into_any(),
    };
    // The compiler's message above has the line, but not the rule in the words it was asked in.
    let truth = (part.aspect == Aspect::Rule && !part.right).then(|| {
        view! { <dt>"It was"</dt><dd class="ok">{part.expected}</dd> }
    });
    view! {
        <dt class:wide=is_output && !part.right>{aspect_label(part.aspect)}</dt>
        <dd class=class class:wide=is_output && !part.right>
            {answer} <span class="hidden">{format!(", {sign}")}</span>
        </dd>
        {optional(truth)}
    }
}

fn aspect_label(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Option(_) => "Option",
        Aspect::Outcome => "You said",
        Aspect::Output => "You typed",
        Aspect::Line => "Line",
        Aspect::Rule => "Rule",
        Aspect::Role(role) => role.label(),
        Aspect::Program => "Your program",
    }
}
