//! The receipt as HTML, of the parts that the app draws as well (`quiz::receipt`).

use maud::{Markup, html};
use quiz::problem::Program;
use quiz::receipt::{CheckedBy, Excerpt, Part, parts};
use quiz::verdict::Verdict;

/// Who judged the programs.
#[derive(Clone, Copy, Debug)]
pub struct Compilers<'a> {
    /// As `rustc --version` says it.
    pub rustc: &'a str,
    /// The Miri of undefined behaviour.
    pub miri: &'a str,
}

/// What the compiler says of a program.
pub fn receipt(program: &Program, by: CheckedBy, compilers: &Compilers<'_>) -> Markup {
    let judge = match &program.verdict {
        Verdict::Undefined { .. } => compilers.miri,
        _ => compilers.rustc.split(" (").next().unwrap_or(compilers.rustc),
    };
    html! {
        section class="receipt" translate="no" aria-label="The compiler's verdict on the program" {
            header { span { (judge) } span { "edition " (program.edition.year()) } }
            hr;
            @for part in parts(program, by) { (said(&part)) }
        }
    }
}

fn said(part: &Part) -> Markup {
    html! {
        @match part {
            Part::Good(words) => p class="ok" { (words) },
            Part::Bad(words) => p class="no" { (words) },
            Part::Plain(words) => p { (words) },
            Part::Output(text) => pre class="output" tabindex="0" { (text) },
            Part::Message(text) => pre class="words" tabindex="0" { (text) },
            Part::Rendered(text) => pre tabindex="0" { (text) },
            Part::Error { code, message, excerpts, rendered } => {
                p { span class="no strong" { (code) } ": " (message) }
                @for excerpt in excerpts { (of_line(excerpt)) }
                details { summary { "The compiler's full message" } pre tabindex="0" { (rendered) } }
            },
        }
    }
}

fn of_line(Excerpt { line, shown, labels }: &Excerpt) -> Markup {
    html! {
        div class="excerpt" tabindex="0" {
            span class="number" { (line) }
            code { (shown) }
            @for label in labels {
                span {}
                code class=(class(label.is_primary)) aria-hidden="true" { (label.signs) }
                span {}
                span class=(class(label.is_primary)) { (label.words) }
            }
        }
    }
}

fn class(is_primary: bool) -> &'static str {
    if is_primary { "no" } else { "aside" }
}
