//! A program on the page: numbered, coloured, its lines marked and, where a question asks for it, to be picked.

use leptos::ev;
use leptos::prelude::*;
use quiz::highlights::{ARROW, Part, Piece, Snippet, TokenKind, indent, parts};
use quiz::problem::Program;

use crate::browser::page;

/// What a line is marked as. Each mark has words beside its colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineMark {
    /// The learner picked it, for what is asked now.
    Picked(String),
    /// The learner picked it, for something else that is asked.
    PickedBefore(String),
    /// It is what was asked for.
    Right(String),
    /// The learner picked it and it is not what was asked for.
    Wrong(String),
    /// The compiler stops here, or the program does.
    Stop(String),
}

impl LineMark {
    fn class(&self) -> &'static str {
        match self {
            LineMark::Picked(_) | LineMark::PickedBefore(_) => "picked",
            LineMark::Right(_) => "right",
            LineMark::Wrong(_) => "wrong",
            LineMark::Stop(_) => "stop",
        }
    }

    /// What it says beside its colour.
    pub fn words(&self) -> &str {
        match self {
            LineMark::Picked(words) | LineMark::PickedBefore(words) => words,
            LineMark::Right(words) | LineMark::Wrong(words) | LineMark::Stop(words) => words,
        }
    }
}

/// A line, from 1, and its mark.
pub type MarkedLine = (u32, LineMark);

/// A program whose lines cannot be picked.
#[component]
pub fn CodeBlock(
    program: Program,
    /// How its lines are marked.
    #[prop(optional)]
    marks: Vec<MarkedLine>,
) -> impl IntoView {
    to_read(numbered(&program), &marks, "Program")
}

/// Code that the compiler has not judged by itself, such as tests, or the learner's own.
#[component]
pub fn SnippetBlock(
    snippet: Snippet,
    /// What it is.
    label: &'static str,
) -> impl IntoView {
    to_read((1..).zip(snippet.highlights.lines(snippet.text.trim_end())), &[], label)
}

/// Numbered lines that are only read.
fn to_read(lines: impl Iterator<Item = (u32, Vec<Piece>)>, marks: &[MarkedLine], label: &'static str) -> AnyView {
    let lines = lines
        .map(|(number, pieces)| {
            let class = line_class(marks, number);
            let indent = indent(&text_of(&pieces));
            view! { <span class=class data-indent=indent>{code_line(number, pieces)} {words_beside(marks, number)}</span> }
        })
        .collect_view();
    view! { <pre class="code" translate="no" tabindex="0" role="group" aria-label=label><code>{lines}</code></pre> }
        .into_any()
}

/// A program of which the learner picks a line while `asks` says so.
#[component]
pub fn PickableCode(
    program: Program,
    marks: Memo<Vec<MarkedLine>>,
    asks: Memo<bool>,
    /// The line under the keyboard cursor.
    cursor: Memo<u32>,
    on_pick: Callback<u32>,
) -> impl IntoView {
    let lines = numbered(&program)
        .map(|(number, pieces)| {
            let code = text_of(&pieces);
            let spoken = match code.trim() {
                "" => format!("Line {number}, empty"),
                code => format!("Line {number}: {code}"),
            };
            // What a drag has selected is to be copied, not picked.
            let pick = move || {
                if asks.get_untracked() && !page::has_selection() {
                    on_pick.run(number);
                }
            };
            // Enter on a line that is picked submits, as on every part of an answer that it would not change.
            let picks = move |event: &ev::KeyboardEvent| {
                let enters = event.key() == "Enter" && !event.ctrl_key() && !event.meta_key();
                asks.get_untracked() && (event.key() == " " || enters && !is_picked(&marks.read_untracked(), number))
            };
            view! {
                <span
                    data-answer="line"
                    data-testid="line"
                    data-line=number
                    class=move || line_class(&marks.read(), number)
                    data-indent=indent(&code)
                    role=move || asks.get().then_some("radio")
                    tabindex=move || asks.get().then(|| if cursor.get() == number { "0" } else { "-1" })
                    aria-label=move || asks.get().then(|| with_words(spoken.clone(), &marks.read(), number))
                    aria-checked=move || asks.get().then(|| is_picked(&marks.read(), number).to_string())
                    on:click=move |_| pick()
                    on:keydown=move |event| if picks(&event) {
                        event.prevent_default();
                        on_pick.run(number);
                    }
                >
                    {code_line(number, pieces)}
                    {move || words_beside(&marks.read(), number)}
                </span>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <pre
            class="code"
            translate="no"
            class:asks=move || asks.get()
            role=move || if asks.get() { "radiogroup" } else { "group" }
            aria-label=move || if asks.get() { "Program. Pick a line." } else { "Program" }
            tabindex=move || if asks.get() { "-1" } else { "0" }
        >
            <code>{lines}</code>
        </pre>
    }
}

fn numbered(program: &Program) -> impl Iterator<Item = (u32, Vec<Piece>)> {
    (1..).zip(program.highlights.lines(&program.source))
}

/// The style classes of a line.
pub fn line_class(marks: &[MarkedLine], number: u32) -> String {
    let of_line = marks.iter().filter(|(line, _)| *line == number).map(|(_, mark)| mark.class());
    std::iter::once("l").chain(of_line).collect::<Vec<_>>().join(" ")
}

fn text_of(pieces: &[Piece]) -> String {
    pieces.iter().map(|(_, text)| text.as_str()).collect()
}

fn is_picked(marks: &[MarkedLine], number: u32) -> bool {
    marks.iter().any(|(line, mark)| *line == number && matches!(mark, LineMark::Picked(_)))
}

fn code_line(number: u32, pieces: Vec<Piece>) -> AnyView {
    let pieces = pieces.into_iter().map(|(colour, text)| token(colour, text)).collect_view();
    view! { {line_number(number)} {pieces} {line_end()} }.into_any()
}

/// Ends a line: without it not every browser copies lines as lines.
pub fn line_end() -> AnyView {
    view! { <br class="end" /> }.into_any()
}

/// A line's number, before the line.
pub fn line_number(number: u32) -> AnyView {
    view! { <span class="number" aria-hidden="true">{number}</span> }.into_any()
}

/// A piece of code in its colour.
pub fn token(colour: TokenKind, text: String) -> AnyView {
    match colour {
        TokenKind::Plain => match parts(&text)[..] {
            [Part::Text(_)] => text.into_any(),
            ref parts => plain(parts),
        },
        colour => view! { <span class=colour.name()>{text}</span> }.into_any(),
    }
}

fn plain(parts: &[Part<'_>]) -> AnyView {
    let part = |part: &Part<'_>| match part {
        Part::Text(text) => (*text).to_owned().into_any(),
        Part::Arrow => view! { <span class="whole">{ARROW}</span> }.into_any(),
        Part::MayBreak => view! { <wbr /> }.into_any(),
    };
    parts.iter().map(part).collect_view().into_any()
}

/// A piece of one line, coloured.
pub fn pieces_of(snippet: &Snippet) -> AnyView {
    let lines = snippet.highlights.lines(&snippet.text);
    lines.into_iter().flatten().map(|(colour, text)| token(colour, text)).collect_view().into_any()
}

/// What is said of a line, with what its marks say.
pub fn with_words(spoken: String, marks: &[MarkedLine], number: u32) -> String {
    let of_line = marks.iter().filter(|(line, mark)| *line == number && !mark.words().is_empty());
    of_line.fold(spoken, |spoken, (_, mark)| format!("{spoken}, {}", mark.words()))
}

/// What the marks of a line say.
pub fn words_beside(marks: &[MarkedLine], number: u32) -> AnyView {
    let of_line = marks.iter().filter(|(line, mark)| *line == number && !mark.words().is_empty());
    of_line
        .map(|(_, mark)| {
            let class = format!("said {}", mark.class());
            view! { <small class=class>{mark.words().to_owned()}</small> }
        })
        .collect_view()
        .into_any()
}
