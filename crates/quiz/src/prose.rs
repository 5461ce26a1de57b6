//! The texts of a problem as trees: Markdown is parsed when problems are packed.
//!
//! A Markdown parser with its table of HTML entities would be a seventh of the wasm file, and would do the same work on
//! every phone. In a pack a tree is JSON in the manner of JsonML: a text is a string, a program its number, all else a list
//! of a name and what is inside.

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::json::{FromJson, Items, Json};
use crate::web_address::WebAddress;

/// A text of a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Prose(pub Vec<Node>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Words.
    Text(String),
    /// A Rust block: its index in [`Problem::programs`](crate::problem::Problem::programs).
    Program(usize),
    /// A block in another language, as it is written.
    Verbatim(String),
    /// A link and its words.
    Link {
        /// Where it leads.
        address: WebAddress,
        /// Its words.
        inside: Vec<Node>,
    },
    /// An element and what is inside.
    Element(Element, Vec<Node>),
}

/// The elements that a text may have; there is no way to any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// A paragraph.
    Paragraph,
    /// A heading within a section.
    Heading,
    /// A list without numbers.
    List,
    /// A list with numbers.
    NumberedList,
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// Code within a line.
    Code,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck out.
    Struck,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
    /// The end of a line within a paragraph.
    LineBreak,
    /// A rule between paragraphs.
    Rule,
}

/// So many elements may lie in each other, as an item lies in a list.
pub const MOST_NESTED: usize = 24;

const VERBATIM: &str = "pre";
const LINK: &str = "a";

impl Element {
    const ALL: [Element; 15] = [
        Element::Paragraph,
        Element::Heading,
        Element::List,
        Element::NumberedList,
        Element::Item,
        Element::Quote,
        Element::Code,
        Element::Emphasis,
        Element::Strong,
        Element::Struck,
        Element::Table,
        Element::Row,
        Element::Cell,
        Element::LineBreak,
        Element::Rule,
    ];

    /// Its name in HTML, and in a pack.
    pub fn name(self) -> &'static str {
        match self {
            Element::Paragraph => "p",
            Element::Heading => "h3",
            Element::List => "ul",
            Element::NumberedList => "ol",
            Element::Item => "li",
            Element::Quote => "blockquote",
            Element::Code => "code",
            Element::Emphasis => "em",
            Element::Strong => "strong",
            Element::Struck => "del",
            Element::Table => "table",
            Element::Row => "tr",
            Element::Cell => "td",
            Element::LineBreak => "br",
            Element::Rule => "hr",
        }
    }

    fn from_name(name: &str) -> Option<Element> {
        Element::ALL.into_iter().find(|element| element.name() == name)
    }
}

impl Prose {
    /// A line of words in which code stands between backticks.
    pub fn line(text: &str) -> Prose {
        let parts = text.split('`').map(|part| Node::Text(part.to_owned())).enumerate();
        let node = |(place, words)| if place % 2 == 1 { Node::Element(Element::Code, vec![words]) } else { words };
        Prose(parts.map(node).collect())
    }

    /// The programs in it, by their indexes in [`Problem::programs`](crate::problem::Problem::programs).
    pub fn programs(&self) -> Vec<usize> {
        let mut programs = Vec::new();
        for_each(&self.0, &mut |node| {
            if let Node::Program(index) = node {
                programs.push(*index);
            }
        });
        programs
    }

    /// What stands before and what stands behind its first program; without one, all of it and nothing.
    pub fn around_program(&self) -> (&[Node], &[Node]) {
        match self.0.iter().position(|node| matches!(node, Node::Program(_))) {
            Some(place) => (&self.0[..place], &self.0[place + 1..]),
            None => (&self.0, &[]),
        }
    }

    /// Its first sentence, with what marks words in it; all of its first paragraph if that has no end of a sentence.
    pub fn first_sentence(&self) -> Prose {
        let paragraph = self.0.iter().find_map(|node| match node {
            Node::Element(Element::Paragraph, inside) => Some(inside.as_slice()),
            Node::Element(..) | Node::Text(_) | Node::Program(_) | Node::Verbatim(_) | Node::Link { .. } => None,
        });
        Prose(sentence_of(paragraph.unwrap_or(&self.0)).0)
    }

    /// The text of a paragraph without its marks, in one line.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        for_each(&self.0, &mut |node| {
            if let Node::Text(text) | Node::Verbatim(text) = node {
                plain.push_str(text);
            }
        });
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its words alone, for a search.
    pub fn words(&self) -> String {
        let mut words = String::new();
        for_each(&self.0, &mut |node| {
            if let Node::Text(text) | Node::Verbatim(text) = node {
                words.push_str(text);
                words.push(' ');
            }
        });
        words
    }
}

fn for_each<'a>(nodes: &'a [Node], visit: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        visit(node);
        if let Node::Element(_, inside) | Node::Link { inside, .. } = node {
            for_each(inside, visit);
        }
    }
}

/// Whether a sentence has come to its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sentence {
    GoesOn,
    Ends,
}

/// What stands up to the end of the first sentence, and whether that end is there.
fn sentence_of(nodes: &[Node]) -> (Vec<Node>, Sentence) {
    let mut sentence = Vec::new();
    for node in nodes {
        let (node, state) = match node {
            Node::Text(text) => match sentence_end(text) {
                Some(end) => (Node::Text(text[..end].to_owned()), Sentence::Ends),
                None => (node.clone(), Sentence::GoesOn),
            },
            // What ends a path or a range within code ends no sentence.
            Node::Element(Element::Code, _) | Node::Program(_) | Node::Verbatim(_) => (node.clone(), Sentence::GoesOn),
            Node::Link { address, inside } => {
                let (inside, state) = sentence_of(inside);
                (Node::Link { address: address.clone(), inside }, state)
            }
            Node::Element(element, inside) => {
                let (inside, state) = sentence_of(inside);
                (Node::Element(*element, inside), state)
            }
        };
        sentence.push(node);
        if state == Sentence::Ends {
            return (sentence, state);
        }
    }
    (sentence, Sentence::GoesOn)
}

/// Where the first sentence of a text ends, behind the quotes and brackets that close with it.
///
/// A small letter behind the full stop means an abbreviation, and one of several full stops is a range or an ellipsis.
fn sentence_end(text: &str) -> Option<usize> {
    let ends = text.match_indices(['.', '!', '?']).filter(|(place, _)| !text[..*place].ends_with('.'));
    ends.map(|(place, mark)| place + mark.len()).find_map(|end| {
        let rest = text[end..].trim_start_matches(['"', '”', '’', ')']);
        let next = rest.trim_start();
        let is_apart = rest.is_empty() || next.len() < rest.len();
        (is_apart && !next.starts_with(char::is_lowercase)).then_some(text.len() - rest.len())
    })
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Text(text) => serializer.serialize_str(text),
            Node::Program(index) => serializer.serialize_u64(*index as u64),
            Node::Verbatim(text) => (VERBATIM, text).serialize(serializer),
            Node::Link { address, inside } => list(serializer, &[LINK, address.as_str()], inside),
            Node::Element(element, inside) => list(serializer, &[element.name()], inside),
        }
    }
}

fn list<S: Serializer>(serializer: S, words: &[&str], inside: &[Node]) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(Some(words.len() + inside.len()))?;
    words.iter().try_for_each(|word| list.serialize_element(word))?;
    inside.iter().try_for_each(|node| list.serialize_element(node))?;
    list.end()
}

impl FromJson for Prose {
    fn from_json(json: Json<'_>) -> Prose {
        json.converted::<Vec<Node>, Prose>()
    }
}

/// Nobody writes so, and a page that draws it would run out of stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a text of no more than {MOST_NESTED} levels was expected")]
pub struct TooDeep;

impl TryFrom<Vec<Node>> for Prose {
    type Error = TooDeep;

    fn try_from(nodes: Vec<Node>) -> Result<Prose, TooDeep> {
        if levels(&nodes) > MOST_NESTED { Err(TooDeep) } else { Ok(Prose(nodes)) }
    }
}

/// How many elements lie in each other.
fn levels(nodes: &[Node]) -> usize {
    let of_node = |node: &Node| match node {
        Node::Element(_, inside) | Node::Link { inside, .. } => 1 + levels(inside),
        Node::Text(_) | Node::Program(_) | Node::Verbatim(_) => 0,
    };
    nodes.iter().map(of_node).max().unwrap_or(0)
}

impl FromJson for Node {
    fn from_json(json: Json<'_>) -> Node {
        let json = match json.text() {
            Ok(text) => return Node::Text(text),
            Err(json) => json,
        };
        match json.items() {
            Ok(items) => element(items),
            Err(number) => Node::Program(usize::from_json(number)),
        }
    }
}

fn element(mut items: Items<'_>) -> Node {
    let name = items.word();
    match (name.as_str(), Element::from_name(&name)) {
        (VERBATIM, _) => Node::Verbatim(items.word()),
        (LINK, _) => Node::Link { address: items.one(), inside: items.rest() },
        (_, Some(element)) => Node::Element(element, items.rest()),
        (_, None) => {
            items.refuse("an element of a text");
            Node::Text(String::new())
        }
    }
}
