//! Texts and programs as HTML: the same elements and style classes as in the app's `src/ui/prose.rs` and `code_block.rs`, made of
//! the same trees. Everything is escaped.

use maud::{Markup, PreEscaped, Render, html};
use quiz::highlights::{ARROW, Highlights, Part, Piece, Snippet, TokenKind, indent, parts};
use quiz::problem::{Problem, Program};
use quiz::prose::{Element, Node, Prose};
use quiz::receipt::in_a_few_words;

/// Whether the compiler's word stands below a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proofs {
    /// It does.
    Shown,
    /// It would give the answer away.
    Hidden,
}

/// A text of a problem, in its own block.
pub fn prose(problem: &Problem, text: &Prose, proofs: Proofs) -> Markup {
    html! { div class="prose" { (nodes(&problem.programs, &text.0, proofs)) } }
}

/// Words without a program.
pub fn words(text: &Prose) -> Markup {
    nodes(&[], &text.0, Proofs::Hidden)
}

/// A line of words in which code stands between backticks.
pub fn line(text: &str) -> Markup {
    words(&Prose::line(text))
}

/// Pieces of a text.
pub fn nodes(programs: &[Program], nodes: &[Node], proofs: Proofs) -> Markup {
    html! { @for node in nodes { (one(programs, node, proofs)) } }
}

fn one(programs: &[Program], node: &Node, proofs: Proofs) -> Markup {
    let all = |inside: &[Node]| nodes(programs, inside, proofs);
    match node {
        Node::Text(text) => html! { (text) },
        Node::Program(index) => html! { @if let Some(program) = programs.get(*index) { (figure(program, proofs)) } },
        Node::Verbatim(text) => html! { pre class="verbatim" translate="no" tabindex="0" { (text) } },
        Node::Link { address, inside } => {
            html! { a class="outside" href=(address) rel="external noopener" target="_blank" { (all(inside)) } }
        }
        Node::Element(Element::Code, inside) => html! { code translate="no" { (all(inside)) } },
        Node::Element(Element::Table, inside) => html! { div class="table" tabindex="0" { table { (all(inside)) } } },
        Node::Element(Element::LineBreak, _) => html! { br; },
        Node::Element(Element::Rule, _) => html! { hr; },
        // Its name is one of a closed list.
        Node::Element(kind, inside) => {
            let (name, inside) = (kind.name(), all(inside).into_string());
            PreEscaped(format!("<{name}>{inside}</{name}>"))
        }
    }
}

fn figure(program: &Program, proofs: Proofs) -> Markup {
    html! {
        figure class="program" {
            (code(&program.source, &program.highlights, "Program"))
            @if proofs == Proofs::Shown {
                figcaption class="proof" { span { (in_a_few_words(&program.verdict)) } }
            }
        }
    }
}

/// Numbered lines of code.
pub fn code(source: &str, highlights: &Highlights, label: &str) -> Markup {
    let lines = (1..).zip(highlights.lines(source));
    code_of(lines, label, Lines::Read, |pieces| pieces.iter().map(token).collect())
}

/// Numbered lines of the program that a question is about. In the app one can tap them, so they are as high as a finger needs.
pub fn code_to_pick(source: &str, highlights: &Highlights, use_of: Lines) -> Markup {
    let lines = (1..).zip(highlights.lines(source));
    code_of(lines, "Program", use_of, |pieces| pieces.iter().map(token).collect())
}

/// What one does with lines in the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One reads them.
    Read,
    /// One picks one of them, once something is said of it.
    Picked,
    /// One picks one of them, from the beginning.
    Asked,
}

/// Numbered lines of a snippet.
pub fn snippet(snippet: &Snippet, label: &str) -> Markup {
    code(snippet.text.trim_end(), &snippet.highlights, label)
}

/// Numbered lines, each drawn by `draw`.
pub fn code_of(
    lines: impl Iterator<Item = (u32, Vec<Piece>)>,
    label: &str,
    use_of: Lines,
    draw: impl Fn(&[Piece]) -> Vec<Markup>,
) -> Markup {
    html! {
        pre.code.asks[use_of == Lines::Asked] translate="no" tabindex="0" role="group" aria-label=(label) {
            code {
                @for (number, pieces) in lines {
                    span class="l" data-line=[(use_of != Lines::Read).then_some(number)] data-indent=(indent(&pieces.iter().map(|(_, text)| text.as_str()).collect::<String>())) {
                        span class="number" aria-hidden="true" { (number) }
                        @for drawn in draw(&pieces) { (drawn) }
                        br class="end";
                    }
                }
            }
        }
    }
}

/// A piece of code in its colour.
pub fn token((colour, text): &Piece) -> Markup {
    match colour {
        TokenKind::Plain => html! {
            @for part in parts(text) {
                @match part {
                    Part::Text(text) => (text),
                    Part::Arrow => span class="whole" { (ARROW) },
                    Part::MayBreak => wbr;
                }
            }
        },
        colour => html! { span class=(colour.name()) { (text) } },
    }
}

/// A piece of one line, coloured.
pub fn pieces(snippet: &Snippet) -> Markup {
    let lines = snippet.highlights.lines(&snippet.text);
    html! { code translate="no" { @for piece in lines.iter().flatten() { (token(piece).render()) } } }
}
