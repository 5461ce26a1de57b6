//! Markdown to views. Never through a string of HTML.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use quiz::problem::{Problem, Prose as Text};

use super::code_block::CodeBlock;
use super::dynamic::{dynamic, optional};
use super::playground::Proof;

/// A text of a problem, with its programs and what the compiler said of each.
#[component]
pub fn Prose(problem: Arc<Problem>, text: Text) -> impl IntoView {
    let mut writer = Writer { problem: Some(problem), next_program: text.first_program, proofs: true.into() };
    view! { <div class="prose">{writer.write(&text.markdown)}</div> }
}

/// The prompt of a problem: its first program is drawn by `program`, and no proof is shown before `proofs` says so,
/// for it would give the answer away.
#[component]
pub fn ProseAround(
    problem: Arc<Problem>,
    text: Text,
    #[prop(into)] program: ViewFn,
    proofs: Signal<bool>,
) -> impl IntoView {
    let (before, after) = split_at_program(&text.markdown);
    let mut writer = Writer { problem: Some(problem), next_program: text.first_program + 1, proofs };
    view! {
        <div class="prose">{writer.write(&before)}</div>
        {program.run()}
        <div class="prose">{writer.write(&after)}</div>
    }
}

/// A line of Markdown without blocks, such as a belief.
#[component]
pub fn Line(#[prop(into)] text: String) -> impl IntoView {
    let mut writer = Writer { problem: None, next_program: 0, proofs: false.into() };
    writer.write_inline(&text)
}

/// The text before the first Rust block and the text behind it.
fn split_at_program(markdown: &str) -> (String, String) {
    let mut start = None;
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_rust(&info) => start = Some(range.start),
            Event::End(TagEnd::CodeBlock) => {
                if let Some(start) = start {
                    return (markdown[..start].to_owned(), markdown[range.end..].to_owned());
                }
            }
            _ => {}
        }
    }
    (markdown.to_owned(), String::new())
}

fn is_rust(info: &str) -> bool {
    info.split([',', ' ']).next() == Some("rust")
}

fn options() -> Options {
    Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES
}

struct Writer {
    problem: Option<Arc<Problem>>,
    next_program: usize,
    proofs: Signal<bool>,
}

impl Writer {
    fn write(&mut self, markdown: &str) -> AnyView {
        let mut events = Parser::new_ext(markdown, options());
        self.children(&mut events).into_any()
    }

    /// As [`Writer::write`], without the paragraph around it.
    fn write_inline(&mut self, markdown: &str) -> AnyView {
        let is_paragraph =
            |event: &Event| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        let mut events = Parser::new_ext(markdown, options()).filter(|event| !is_paragraph(event));
        self.children(&mut events).into_any()
    }

    /// The views up to the end of the element that has just begun, or of the text.
    fn children<'a>(&mut self, events: &mut dyn Iterator<Item = Event<'a>>) -> Vec<AnyView> {
        let mut views = Vec::new();
        while let Some(event) = events.next() {
            let view = match event {
                Event::End(_) => break,
                Event::Start(tag) => self.element(tag, events),
                Event::Text(text) => text.into_string().into_any(),
                Event::Code(code) => element("code", vec![code.into_string().into_any()]),
                Event::SoftBreak => " ".into_any(),
                Event::HardBreak => view! { <br /> }.into_any(),
                Event::Rule => view! { <hr /> }.into_any(),
                // Raw HTML is text: nothing of a problem becomes markup by itself.
                Event::Html(text) | Event::InlineHtml(text) => text.into_string().into_any(),
                _ => continue,
            };
            views.push(view);
        }
        views
    }

    fn element<'a>(&mut self, tag: Tag<'a>, events: &mut dyn Iterator<Item = Event<'a>>) -> AnyView {
        if let Tag::CodeBlock(kind) = tag {
            return self.code_block(kind, events);
        }
        let inside = self.children(events);
        match tag {
            Tag::Paragraph => element("p", inside),
            Tag::Heading { .. } => element("h3", inside),
            Tag::BlockQuote(_) => element("blockquote", inside),
            Tag::List(None) => element("ul", inside),
            Tag::List(Some(first)) => view! { <ol start=first.to_string()>{inside}</ol> }.into_any(),
            Tag::Item => element("li", inside),
            Tag::Emphasis => element("em", inside),
            Tag::Strong => element("strong", inside),
            Tag::Strikethrough => element("del", inside),
            Tag::Link { dest_url, .. } if is_web(&dest_url) => {
                view! { <a class="outside" href=dest_url.into_string() rel="external noopener" target="_blank">{inside}</a> }
                    .into_any()
            }
            Tag::Table(_) => view! { <div class="table">{element("table", inside)}</div> }.into_any(),
            Tag::TableHead | Tag::TableRow => element("tr", inside),
            Tag::TableCell => element("td", inside),
            _ => inside.into_any(),
        }
    }

    fn code_block<'a>(&mut self, kind: CodeBlockKind<'a>, events: &mut dyn Iterator<Item = Event<'a>>) -> AnyView {
        let text: String = events
            .take_while(|event| !matches!(event, Event::End(_)))
            .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
            .collect();
        let CodeBlockKind::Fenced(info) = kind else { return view! { <pre class="plain">{text}</pre> }.into_any() };
        if !is_rust(&info) {
            return view! { <pre class="plain" tabindex="0">{text}</pre> }.into_any();
        }
        let program = self.problem.as_ref().and_then(|problem| problem.programs.get(self.next_program)).cloned();
        self.next_program += 1;
        match program {
            Some(program) => {
                let proofs = self.proofs;
                let source = program.source.clone();
                let proof =
                    dynamic(move || optional(proofs.get().then(|| view! { <Proof program=program.clone() /> })));
                view! { <figure class="program"><CodeBlock source />{proof}</figure> }.into_any()
            }
            None => view! { <CodeBlock source=quiz::program::shown(&text) /> }.into_any(),
        }
    }
}

/// An element by its name: `view!` would make a type for each.
fn element(name: &'static str, inside: Vec<AnyView>) -> AnyView {
    html::custom(name).child(inside).into_any()
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
