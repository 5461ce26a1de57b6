//! The receipt: the compiler's verdict on the program, and the answer beneath, part by part.

use leptos::prelude::*;
use quiz::catalog::Catalog;
use quiz::grading::{Aspect, Graded, Part};
use quiz::problem::{Edition, Program};
use quiz::receipt::{self, CheckedBy, Excerpt, Label};
use quiz::verdict::Verdict;

use super::playground::PlaygroundLink;
use quiz::interview::clock_face;

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
    /// The time the answer took, in ms, and the minutes it should take. None for an answer of an interview, which tells its own.
    times: Option<(u64, u32)>,
    hints: u32,
) -> impl IntoView {
    let parts: Vec<Part> =
        graded.parts.into_iter().filter(|part| !matches!(part.aspect, Aspect::Option(_) | Aspect::Unknown)).collect();
    let time = times.map(|(elapsed_ms, minutes)| {
        let time = format!("{} of {}", clock_face(elapsed_ms), clock_face(u64::from(minutes) * 60_000));
        view! { <dt>"Time"</dt> <dd>{time}</dd> }.into_any()
    });
    let hints = (hints > 0).then(|| view! { <dt>"Hints used"</dt> <dd>{hints}</dd> }.into_any());
    let rows = (!parts.is_empty() || time.is_some() || hints.is_some()).then(|| {
        let parts = parts.into_iter().map(part_row).collect_view();
        view! { <hr /> <dl>{parts} {time} {hints}</dl> }.into_any()
    });
    let inside = view! {
        {verdict(&program, by)}
        {rows}
        <p class="more"><PlaygroundLink program=program.clone() /></p>
    };
    slip(&program, &toolchain, "The compiler's verdict on the program", inside.into_any())
}

fn verdict(program: &Program, by: CheckedBy) -> AnyView {
    receipt::parts(program, by).into_iter().map(said).collect_view().into_any()
}

fn said(part: receipt::Part) -> AnyView {
    match part {
        receipt::Part::Good(words) => view! { <p class="ok">{words}</p> }.into_any(),
        receipt::Part::Bad(words) => view! { <p class="no">{words}</p> }.into_any(),
        receipt::Part::Plain(words) => view! { <p>{words}</p> }.into_any(),
        receipt::Part::Output(text) => view! { <Printed text /> }.into_any(),
        receipt::Part::Message(text) => view! { <pre class="words" tabindex="0">{text}</pre> }.into_any(),
        receipt::Part::Rendered(text) => view! { <pre tabindex="0">{text}</pre> }.into_any(),
        receipt::Part::Error { code, message, excerpts, rendered } => view! {
            <p><span class="no strong">{code}</span> {format!(": {message}")}</p>
            {excerpts.into_iter().map(excerpt).collect_view()}
            <details>
                <summary>"The compiler's full message"</summary>
                <pre tabindex="0">{rendered}</pre>
            </details>
        }
        .into_any(),
    }
}

/// What a program printed.
#[component]
pub fn Printed(text: String) -> impl IntoView {
    let text = text.trim_end_matches('\n').to_owned();
    (!text.is_empty()).then(|| view! { <pre class="output" tabindex="0">{text}</pre> }.into_any())
}

fn excerpt(Excerpt { line, shown, labels }: Excerpt) -> AnyView {
    view! {
        <div class="excerpt" tabindex="0">
            <span class="number">{line}</span>
            <code>{shown}</code>
            {labels.into_iter().map(label).collect_view()}
        </div>
    }
    .into_any()
}

fn label(Label { signs, words, is_primary }: Label) -> AnyView {
    let class = if is_primary { "no" } else { "aside" };
    // The empty ones stand in the column of numbers.
    view! {
        <span></span>
        <code class=class aria-hidden="true">{signs}</code>
        <span></span>
        <span class=class>{words}</span>
    }
    .into_any()
}

fn part_row(part: Part) -> AnyView {
    let (class, sign) = if part.right { ("ok", "right") } else { ("no", "incorrect") };
    let is_output = part.aspect == Aspect::Output;
    let given = if is_output && !part.right && part.given.is_empty() { "(nothing)".to_owned() } else { part.given };
    let answer = match (is_output, part.right) {
        (true, true) => "the same".into_any(),
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
        Aspect::SelfAssessed | Aspect::Row(_) | Aspect::Unknown => "You said",
    }
}
