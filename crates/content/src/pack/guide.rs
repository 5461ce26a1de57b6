//! The handbook as the app knows it.

use quiz::guide::{CheckItem, Guide, GuideSection};
use quiz::prose::{Element, Node, Prose};
use quiz::shuffle;

use crate::pack::prose;
use crate::read::guide::WrittenSection;

/// All sections, their texts as trees.
pub(crate) fn guide(sections: &[WrittenSection]) -> Guide {
    let section = |written: &WrittenSection| GuideSection {
        slug: written.slug.clone(),
        title: written.title.clone(),
        practice: written.practice.clone(),
        text: prose::parse(&written.text, 0),
        checklist: written.checklist.iter().map(|text| item(text)).collect(),
    };
    Guide { sections: sections.iter().map(section).collect() }
}

fn item(text: &str) -> CheckItem {
    let mut text_of_item = prose::parse(text, 0);
    // A single paragraph is a line.
    if let [Node::Element(Element::Paragraph, inside)] = text_of_item.0.as_slice() {
        text_of_item = Prose(inside.clone());
    }
    CheckItem { id: shuffle::seed_of(text, 0) as u32, text: text_of_item }
}
