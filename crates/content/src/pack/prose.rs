//! Markdown to the tree that packs carry. Mistakes in the Markdown are reported elsewhere, before this runs.

use std::iter;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use quiz::prose::{Element, MOST_NESTED, Node, Prose};
use quiz::web_address::WebAddress;

/// The tree of a text whose first Rust block has the index `first_program` among the problem's programs.
pub fn parse(markdown: &str, first_program: usize) -> Prose {
    let mut events = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    Prose(Reader { next_program: first_program, depth: 0 }.nodes(&mut events))
}

struct Reader {
    next_program: usize,
    /// In how many elements it is.
    depth: usize,
}

impl Reader {
    /// The nodes up to the end of the element that has just begun, or of the text.
    fn nodes<'a>(&mut self, events: &mut dyn Iterator<Item = Event<'a>>) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) => nodes.extend(self.element(tag, events)),
                Event::Code(code) => nodes.push(Node::Element(Element::Code, vec![Node::Text(code.into_string())])),
                Event::HardBreak => nodes.push(Node::Element(Element::LineBreak, Vec::new())),
                Event::Rule => nodes.push(Node::Element(Element::Rule, Vec::new())),
                Event::SoftBreak => push_text(&mut nodes, " "),
                // Raw HTML is text: nothing of a problem becomes markup by itself.
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => push_text(&mut nodes, &text),
                _ => {}
            }
        }
        nodes
    }

    fn element<'a>(&mut self, tag: Tag<'a>, events: &mut dyn Iterator<Item = Event<'a>>) -> Vec<Node> {
        if let Tag::CodeBlock(kind) = tag {
            return vec![self.code_block(&kind, events)];
        }
        if self.depth == MOST_NESTED {
            pass_over(events);
            return Vec::new();
        }
        self.depth += 1;
        let inside = self.nodes(events);
        self.depth -= 1;
        let element = match tag {
            Tag::Paragraph => Element::Paragraph,
            Tag::Heading { .. } => Element::Heading,
            Tag::BlockQuote(_) => Element::Quote,
            Tag::List(None) => Element::List,
            Tag::List(Some(_)) => Element::NumberedList,
            Tag::Item => Element::Item,
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Struck,
            Tag::Table(_) => Element::Table,
            Tag::TableHead | Tag::TableRow => Element::Row,
            Tag::TableCell => Element::Cell,
            Tag::Link { dest_url, .. } => match WebAddress::parse(&dest_url) {
                Some(address) => return vec![Node::Link { address, inside }],
                None => return inside,
            },
            _ => return inside,
        };
        vec![Node::Element(element, inside)]
    }

    fn code_block<'a>(&mut self, kind: &CodeBlockKind, events: &mut dyn Iterator<Item = Event<'a>>) -> Node {
        let text = |event| if let Event::Text(text) = event { Some(text.into_string()) } else { None };
        let code: String = events.take_while(|event| !matches!(event, Event::End(_))).filter_map(text).collect();
        match kind {
            CodeBlockKind::Fenced(info) if info.split([',', ' ']).next() == Some("rust") => {
                self.next_program += 1;
                Node::Program(self.next_program - 1)
            }
            CodeBlockKind::Fenced(_) | CodeBlockKind::Indented => Node::Verbatim(code),
        }
    }
}

/// Leaves out what is up to the end of the element that has just begun: it lies too deep, which has been reported.
fn pass_over<'a>(events: &mut dyn Iterator<Item = Event<'a>>) {
    let mut open = 1;
    for event in iter::from_fn(|| events.next()) {
        match event {
            Event::Start(_) => open += 1,
            Event::End(_) if open == 1 => return,
            Event::End(_) => open -= 1,
            _ => {}
        }
    }
}

/// Markdown's parser cuts a text into more events than a reader sees.
fn push_text(nodes: &mut Vec<Node>, more: &str) {
    match nodes.last_mut() {
        Some(Node::Text(text)) => text.push_str(more),
        _ => nodes.push(Node::Text(more.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use quiz::json;

    use super::*;

    fn check(markdown: &str, expected: Expect) {
        let prose = parse(markdown, 3);
        let text = serde_json::to_string(&prose).expect("a tree of texts is JSON");
        expected.assert_eq(&text);
        assert_eq!(json::read::<Prose>(&text), Ok(prose), "reading it back gives something else");
    }

    #[test]
    fn words_and_what_marks_them() {
        check(
            "It *is* **so**, ~~no~~ `x`.\nYes.",
            expect![[r#"[["p","It ",["em","is"]," ",["strong","so"],", ",["del","no"]," ",["code","x"],". Yes."]]"#]],
        );
        check("A &amp; B <b>C</b>", expect![[r#"[["p","A & B <b>C</b>"]]"#]]);
        check(
            "[The Book](https://doc.rust-lang.org/book/) [no](http://x)",
            expect![[r#"[["p",["a","https://doc.rust-lang.org/book/","The Book"]," ","no"]]"#]],
        );
    }

    #[test]
    fn blocks() {
        check(
            "a\n\n```rust\nlet x = 1;\n```\n\n```text\nout\n```\n\n```rust,compile_fail,E0382\nb\n```",
            expect![[r#"[["p","a"],3,["pre","out\n"],4]"#]],
        );
        check(
            "- one\n- two\n\n1. three\n\n> four\n\n---",
            expect![[r#"[["ul",["li","one"],["li","two"]],["ol",["li","three"]],["blockquote",["p","four"]],["hr"]]"#]],
        );
        check(
            "| a | b |\n|---|---|\n| c | d |",
            expect![[r#"[["table",["tr",["td","a"],["td","b"]],["tr",["td","c"],["td","d"]]]]"#]],
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for text in [r#"[["script"]]"#, "[[]]", "[-1]", "{}", "[[\"a\"]]"] {
            assert!(json::read::<Prose>(text).is_err(), "{text} was read");
        }
    }
}
