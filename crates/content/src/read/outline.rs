//! What stands where in the Markdown of a problem: headings, code blocks, list items, words.
//!
//! Knows Markdown only, and how deep the app can draw it; what a section or an option must look like is decided elsewhere.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use quiz::prose::MOST_NESTED;

use crate::mistake::Mistake;
use crate::source::Source;

/// The things of a document in their order. All places are byte ranges of the file.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) headings: Vec<Heading>,
    pub(crate) blocks: Vec<CodeBlock>,
    pub(crate) lists: Vec<List>,
    /// The top-level things that are neither headings nor lists.
    pub(crate) others: Vec<Range<usize>>,
    /// Where words of prose begin; code between backticks counts as one word, code blocks do not count.
    pub(crate) words: Vec<usize>,
    /// The prose in the order of the file.
    pub(crate) pieces: Vec<Piece>,
    /// HTML, which the app does not show.
    pub(crate) html: Vec<Range<usize>>,
    /// The first thing that lies deeper in others than the app can show.
    pub(crate) too_deep: Option<Range<usize>>,
}

/// A stretch of prose.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(Range<usize>),
    /// Code between backticks, with them.
    Code(Range<usize>),
    /// A paragraph, an item, a heading or a cell begins or ends.
    Break,
}

/// A heading that is not inside of anything.
#[derive(Debug)]
pub(crate) struct Heading {
    pub(crate) level: HeadingLevel,
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

/// A code block.
#[derive(Debug)]
pub(crate) struct CodeBlock {
    pub(crate) span: Range<usize>,
    /// What stands behind the opening fence; `None` if the block is made by indentation.
    pub(crate) info: Option<String>,
    pub(crate) code: String,
}

/// A list that is not inside of anything.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) span: Range<usize>,
    pub(crate) items: Vec<Item>,
}

/// An item of such a list.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) span: Range<usize>,
    /// Whether its box is ticked, and where the box is.
    pub(crate) task: Option<(bool, Range<usize>)>,
    /// Its paragraphs, code blocks and so on.
    pub(crate) children: Vec<Child>,
}

/// A part of an item.
#[derive(Debug)]
pub(crate) struct Child {
    pub(crate) span: Range<usize>,
    pub(crate) is_paragraph: bool,
}

/// Outlines the part of `text` that begins at `start`.
pub(crate) fn outline(text: &str, start: usize) -> Outline {
    let mut walk = Walk::default();
    let parser = Parser::new_ext(&text[start..], Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES);
    for (event, span) in parser.into_offset_iter() {
        walk.step(event, start + span.start..start + span.end);
    }
    walk.outline
}

impl Outline {
    /// Reports what no page could show.
    pub(crate) fn check_depth(&self, source: &Arc<Source>, mistakes: &mut Vec<Mistake>) {
        if let Some(deep) = &self.too_deep {
            let label = format!("within more than {MOST_NESTED} others");
            let mistake =
                Mistake::at(source, source.line_around(deep.start), "a text that is nested too deeply", label);
            mistakes.push(mistake.help("take it out of the lists and quotations around it"));
        }
    }
}

#[derive(Default)]
struct Walk {
    outline: Outline,
    /// The blocks and inlines around the current event.
    inside: Vec<TagEnd>,
}

impl Walk {
    fn step(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.start(&tag, &span);
                self.inside.push(tag.to_end());
                self.block_edge(tag.to_end());
                if self.inside.len() > MOST_NESTED {
                    self.outline.too_deep.get_or_insert(span);
                }
            }
            Event::End(tag) => {
                self.inside.pop();
                self.block_edge(tag);
            }
            Event::Text(text) => {
                self.piece(Piece::Text(span.clone()));
                self.text(&text, &span);
            }
            Event::Code(text) => {
                self.piece(Piece::Code(span.clone()));
                self.inline_code(&text, &span);
            }
            Event::TaskListMarker(ticked) => {
                if let Some(item) = self.item() {
                    item.task.get_or_insert((ticked, span));
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => self.outline.html.push(span),
            _ => self.loose_inline(&span),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        match tag {
            Tag::Heading { level, .. } if self.inside.is_empty() => {
                let heading = Heading { level: *level, text: String::new(), span: span.clone() };
                self.outline.headings.push(heading);
            }
            Tag::List(_) if self.inside.is_empty() => {
                self.outline.lists.push(List { span: span.clone(), items: Vec::new() });
            }
            Tag::Item if self.inside.len() == 1 => {
                let item = Item { span: span.clone(), task: None, children: Vec::new() };
                if let Some(list) = self.outline.lists.last_mut() {
                    list.items.push(item);
                }
            }
            _ if self.inside.is_empty() => self.outline.others.push(span.clone()),
            _ => self.child(tag, span),
        }
        if let Tag::CodeBlock(kind) = tag {
            let info = match kind {
                CodeBlockKind::Fenced(info) => Some(info.to_string()),
                CodeBlockKind::Indented => None,
            };
            self.outline.blocks.push(CodeBlock { span: span.clone(), info, code: String::new() });
        }
    }

    fn block_edge(&mut self, tag: TagEnd) {
        if !tag.is_inline() {
            self.outline.pieces.push(Piece::Break);
        }
    }

    /// A piece of prose, which code blocks and the headings of sections have none of.
    fn piece(&mut self, piece: Piece) {
        let is_section = |tag: &TagEnd| matches!(tag, TagEnd::Heading(level) if *level <= HeadingLevel::H2);
        if !self.inside.iter().any(|tag| *tag == TagEnd::CodeBlock || is_section(tag)) {
            self.outline.pieces.push(piece);
        }
    }

    /// A block right inside of a top-level item.
    fn child(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        if tag.to_end().is_inline() {
            return self.loose_inline(span);
        }
        let is_paragraph = matches!(tag, Tag::Paragraph);
        if let Some(item) = self.item_itself() {
            item.children.push(Child { span: span.clone(), is_paragraph });
        }
    }

    /// Text right inside of an item, without a paragraph around it: Markdown's "tight" lists have that.
    fn loose_inline(&mut self, span: &Range<usize>) {
        let Some(item) = self.item_itself() else { return };
        match item.children.last_mut() {
            // However many lines it has: a block in between would be the last one.
            Some(last) if last.is_paragraph => last.span.end = span.end,
            _ => item.children.push(Child { span: span.clone(), is_paragraph: true }),
        }
    }

    fn text(&mut self, text: &str, span: &Range<usize>) {
        match self.inside.last() {
            Some(TagEnd::CodeBlock) => {
                if let Some(block) = self.outline.blocks.last_mut() {
                    block.code.push_str(text);
                }
            }
            Some(TagEnd::Heading(_)) => self.heading_text(text),
            _ => {
                self.loose_inline(span);
                let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
                self.outline.words.extend(words.map(|_| span.start));
            }
        }
    }

    fn inline_code(&mut self, text: &str, span: &Range<usize>) {
        if matches!(self.inside.last(), Some(TagEnd::Heading(_))) {
            return self.heading_text(text);
        }
        self.loose_inline(span);
        self.outline.words.push(span.start);
    }

    fn heading_text(&mut self, text: &str) {
        if let Some(heading) = self.outline.headings.last_mut().filter(|_| self.inside.len() == 1) {
            heading.text.push_str(text);
        }
    }

    /// The top-level item that the current event is somewhere in.
    fn item(&mut self) -> Option<&mut Item> {
        let in_item = matches!(self.inside.get(1), Some(TagEnd::Item));
        self.outline.lists.last_mut().filter(|_| in_item)?.items.last_mut()
    }

    /// The top-level item, if the current event is right inside of it.
    fn item_itself(&mut self) -> Option<&mut Item> {
        if self.inside.len() == 2 { self.item() } else { None }
    }
}

/// Which tags are inline, which pulldown-cmark knows but does not tell.
trait IsInline {
    fn is_inline(&self) -> bool;
}

impl IsInline for TagEnd {
    fn is_inline(&self) -> bool {
        matches!(self, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_within_another_block_is_not_at_the_top() {
        let outline = outline("- a\n  - b\n  - c\n\n> # D\n>\n> - e\n", 0);
        assert_eq!(outline.lists.iter().map(|list| list.items.len()).collect::<Vec<_>>(), [1]);
        assert_eq!((outline.headings.len(), outline.others.len()), (0, 1));
    }

    /// What the items of a text have in them, and whether it is a paragraph.
    fn children(text: &str) -> Vec<Vec<(bool, String)>> {
        let child = |child: &Child| (child.is_paragraph, text[child.span.clone()].to_owned());
        let items = outline(text, 0).lists.into_iter().flat_map(|list| list.items);
        items.map(|item| item.children.iter().map(child).collect()).collect()
    }

    #[test]
    fn a_text_that_goes_on_is_one_paragraph_and_one_behind_a_block_is_another() {
        let one = |words: &[(bool, &str)]| words.iter().map(|(is, text)| (*is, (*text).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            children("- a *b* `c`\n  d [e](f)\n- g\n"),
            [one(&[(true, "a *b* `c`\n  d [e](f)")]), one(&[(true, "g")])]
        );
        let list = "- a\n  - b\n  - c\n\n- d\n";
        assert_eq!(children(list).len(), 2);
        let fenced = children("- a\n  ```rust\n  b\n  ```\n  c\n");
        let [a, block, c] = fenced[0].as_slice() else { panic!("{fenced:?}") };
        assert_eq!((a.clone(), c.clone()), ((true, "a".to_owned()), (true, "c".to_owned())));
        assert!(!block.0 && block.1.contains('b'), "{block:?}");
    }

    #[test]
    fn headings_and_code_are_no_words() {
        let text = "# A `b` c\n\nd `e f`\n\n```rust\ng\n```\n\n> ## H\n";
        let outline = outline(text, 0);
        assert_eq!(outline.headings.iter().map(|heading| heading.text.as_str()).collect::<Vec<_>>(), ["A b c"]);
        assert_eq!(outline.words.iter().map(|at| &text[*at..=*at]).collect::<Vec<_>>(), ["d", "`"]);
        assert_eq!(outline.blocks.iter().map(|block| block.code.as_str()).collect::<Vec<_>>(), ["g\n"]);
    }

    #[test]
    fn as_deep_as_it_may_be_is_not_too_deep() {
        // The paragraph is one more.
        let quoted = |times: usize| outline(&format!("{}a", "> ".repeat(times)), 0);
        assert!(quoted(MOST_NESTED - 1).too_deep.is_none());
        assert!(quoted(MOST_NESTED).too_deep.is_some());
    }
}
