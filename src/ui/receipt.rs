//! The receipt: the compiler's verdict on the program, and the answer beneath, part by part.

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::grading::{Aspect, Graded, Part};
use quiz::problem::{Edition, Problem, Program};
use quiz::verdict::{Diagnostic, Span, Verdict};

use super::playground::PlaygroundLink;
use crate::state::stopwatch::clock_face;

/// Who judged the programs.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// As `rustc --version` says it.
    rustc: String,
    /// The Miri of undefined behaviour.
    miri: String,
}

impl Toolchain {
    /// That of a catalog.
    pub fn of(catalog: &Catalog) -> Toolchain {
        Toolchain { rustc: catalog.toolchain.clone(), miri: catalog.miri.clone().unwrap_or_default() }
    }

    /// The compiler on the learner's device, which does all of it.
    pub fn on_device(name: &str) -> Toolchain {
        Toolchain { rustc: name.to_owned(), miri: name.to_owned() }
    }

    /// Who came to this verdict, without the commit and the day.
    fn judge_of(&self, verdict: &Verdict) -> String {
        match verdict {
            Verdict::Undefined { .. } => self.miri.clone(),
            _ => self.rustc.split(" (").next().unwrap_or(&self.rustc).to_owned(),
        }
    }
}

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

/// The compiler's verdict on a program beside the one that was asked about.
#[component]
pub fn VerdictSlip(
    program: Program,
    toolchain: Toolchain,
    by: CheckedBy,
    /// What it is of: there may be several on a page.
    label: &'static str,
) -> impl IntoView {
    slip(&program, &toolchain, label, verdict(&program, by))
}

fn slip(program: &Program, toolchain: &Toolchain, label: &'static str, inside: AnyView) -> AnyView {
    view! { <Slip judge=toolchain.judge_of(&program.verdict) edition=program.edition label inside /> }.into_any()
}

/// A receipt with whatever is to be said.
#[component]
pub fn Slip(
    /// Who says it.
    judge: String,
    edition: Edition,
    /// What it is of: there may be several on a page.
    label: &'static str,
    inside: AnyView,
) -> impl IntoView {
    let edition = format!("edition {}", edition.year());
    view! {
        <section class="receipt" translate="no" data-testid="receipt" aria-label=label>
            <header>
                <span>{judge}</span>
                <span>{edition}</span>
            </header>
            <hr />
            {inside}
        </section>
    }
    .into_any()
}

/// The compiler's verdict on the program that was asked about.
#[component]
pub fn Receipt(
    program: Program,
    by: CheckedBy,
    toolchain: Toolchain,
    graded: Graded,
    /// The time the answer took, in ms.
    elapsed_ms: u64,
    /// The time it should take.
    minutes: u32,
    hints: u32,
) -> impl IntoView {
    let parts: Vec<Part> = graded.parts.into_iter().filter(|part| !matches!(part.aspect, Aspect::Option(_))).collect();
    let time = format!("{} of {}", clock_face(elapsed_ms), clock_face(u64::from(minutes) * 60_000));
    let hints = (hints > 0).then(|| view! { <dt>"Hints used"</dt> <dd>{hints}</dd> }.into_any());
    let inside = view! {
        {verdict(&program, by)}
        <hr />
        <dl>
            {parts.into_iter().map(part_row).collect_view()}
            <dt>"Time"</dt>
            <dd>{time}</dd>
            {hints}
        </dl>
        <p class="more"><PlaygroundLink program=program.clone() /></p>
    };
    slip(&program, &toolchain, "The compiler's verdict on the program", inside.into_any())
}

fn verdict(program: &Program, by: CheckedBy) -> AnyView {
    match &program.verdict {
        Verdict::Prints { stdout } if by != CheckedBy::Output => {
            view! { <p class="ok">"Compiled, ran, and passed the check."</p> {output(stdout)} }.into_any()
        }
        Verdict::Panics { message, .. } if by == CheckedBy::FailedTests => view! {
            <p class="no">"Compiled, ran, and failed the check:"</p>
            <pre class="words" tabindex="0">{message.clone()}</pre>
        }
        .into_any(),
        Verdict::Prints { stdout } => {
            let what = if stdout.is_empty() { " nothing." } else { ":" };
            view! { <p class="ok">{format!("Compiled, ran, and printed{what}")}</p> {output(stdout)} }.into_any()
        }
        Verdict::Compiles => view! { <p class="ok">"Compiled. Not run."</p> }.into_any(),
        Verdict::Ignored { reason } => view! { <p>{format!("Not compiled: {reason}")}</p> }.into_any(),
        Verdict::Panics { line, message, stdout } => view! {
            <p class="no">{format!("Compiled, ran, and panicked {}:", at_line(program, *line))}</p>
            <pre class="words" tabindex="0">{message.clone()}</pre>
            {(!stdout.is_empty()).then(|| view! { <p>"Before that it printed:"</p> })}
            {output(stdout)}
        }
        .into_any(),
        Verdict::Undefined { line, rendered, .. } => view! {
            <p class="no">{format!("Compiled. Miri found undefined behaviour {}:", at_line(program, *line))}</p>
            <pre tabindex="0">{rendered.trim_end()}</pre>
        }
        .into_any(),
        Verdict::Error { errors } => {
            errors.iter().map(|error| diagnostic(error, program.compiled_source())).collect_view().into_any()
        }
    }
}

/// Where something is in the program as it is shown: the check stands behind its last line.
fn at_line(program: &Program, line: u32) -> String {
    match line as usize > program.source.lines().count() {
        true => "in the check".to_owned(),
        false => format!("at line {line}"),
    }
}

/// What a program printed.
#[component]
pub fn Printed(text: String) -> impl IntoView {
    output(&text)
}

fn output(stdout: &str) -> Option<AnyView> {
    let stdout = stdout.trim_end_matches('\n');
    (!stdout.is_empty()).then(|| view! { <pre class="output" tabindex="0">{stdout}</pre> }.into_any())
}

fn diagnostic(error: &Diagnostic, source: &str) -> AnyView {
    let code = error.code.as_ref().map_or_else(|| "error".to_owned(), |code| format!("error[{code}]"));
    view! {
        <p><span class="no strong">{code}</span> {format!(": {}", error.message)}</p>
        {excerpts(error, source)}
        <details>
            <summary>"The compiler's full message"</summary>
            <pre tabindex="0">{error.rendered.trim_end()}</pre>
        </details>
    }
    .into_any()
}

/// The columns that a receipt has room for on a phone.
const WIDTH: usize = 36;

/// The labelled lines in the program's order, each with what the compiler wrote beneath.
fn excerpts(error: &Diagnostic, source: &str) -> AnyView {
    let spans_of = |line: u32| error.spans.iter().filter(|span| span.line == line).collect::<Vec<_>>();
    let labelled = (1..).zip(source.lines()).map(|(line, text)| (line, text, spans_of(line)));
    labelled
        .filter(|(_, _, spans)| !spans.is_empty())
        .map(|(line, text, spans)| {
            let cut = columns_to_cut(text, &spans);
            let shown: String = text.chars().skip(cut).collect();
            let shown = if cut > indent_of(text) { format!("…{shown}") } else { format!(" {shown}") };
            let labels = spans.into_iter().map(|span| label(span, cut, shown.chars().count())).collect_view();
            view! {
                <div class="excerpt" tabindex="0">
                    <span class="number">{line}</span>
                    <code>{shown}</code>
                    {labels}
                </div>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
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
fn label(span: &Span, cut: usize, line_length: usize) -> AnyView {
    let column = |column: u32| (column as usize).saturating_sub(cut);
    let start = column(span.column);
    let end = if span.end_line == span.line { column(span.end_column) } else { line_length };
    let sign = if span.primary { "^" } else { "-" };
    let signs = format!("{}{}", " ".repeat(start), sign.repeat(end.saturating_sub(start).max(1)));
    let class = if span.primary { "no" } else { "aside" };
    // The empty ones stand in the column of numbers.
    view! {
        <span></span>
        <code class=class aria-hidden="true">{signs}</code>
        <span></span>
        <span class=class>{span.label.clone().unwrap_or_default()}</span>
    }
    .into_any()
}

fn part_row(part: Part) -> AnyView {
    let (class, sign) = if part.right { ("ok", "right") } else { ("no", "incorrect") };
    let is_output = part.aspect == Aspect::Output;
    let given = if is_output && !part.right && part.given.is_empty() { "(nothing)".to_owned() } else { part.given };
    let answer = match (is_output, part.right) {
        (true, true) => "as typed".into_any(),
        (true, false) => view! { <pre tabindex="0">{given}</pre> }.into_any(),
        (false, _) => given.into_any(),
    };
    let (of_label, of_answer) = match (is_output && !part.right, class) {
        (false, class) => ("", class),
        (true, _) => ("wide", "no wide"),
    };
    // The compiler's message above has the line, but not the rule in the words it was asked in.
    let is_missed_rule = part.aspect == Aspect::Rule && !part.right;
    let truth = is_missed_rule.then(|| view! { <dt>"Right rule"</dt> <dd class="ok">{part.expected}</dd> }.into_any());
    view! {
        <dt class=of_label>{aspect_label(part.aspect)}</dt>
        <dd class=of_answer>{answer} <span class="hidden">{format!("({sign})")}</span></dd>
        {truth}
    }
    .into_any()
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
        Aspect::Test(_) => "Test",
        Aspect::SelfAssessed | Aspect::Row(_) => "You said",
    }
}
