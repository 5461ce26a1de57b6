//! The handbook: what happens between an application and the first day, section by section, each with a list to tick off.
//!
//! What is ticked off stands in the log, as a remark on the section.

use serde::Serialize;

use crate::json::{deserialize, read_struct};
use crate::practice::Filter;
use crate::problem::Slug;
use crate::prose::Prose;

/// The whole handbook, in a file of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Guide {
    /// Its sections in their order.
    pub sections: Vec<GuideSection>,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuideSection {
    /// Its permanent name, which no problem has.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// Which problems train what it says.
    pub practice: Vec<Filter>,
    /// What it says.
    pub text: Prose,
    /// What there is to do.
    pub checklist: Vec<CheckItem>,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckItem {
    /// Made of its words, so that it is the same in another place of the list.
    pub id: u32,
    /// What to do.
    pub text: Prose,
}

impl Guide {
    /// The section of this name, with its place.
    pub fn section(&self, slug: &str) -> Option<(usize, &GuideSection)> {
        self.sections.iter().enumerate().find(|(_, section)| &*section.slug.0 == slug)
    }
}

read_struct!(Guide { sections });
read_struct!(GuideSection { slug, title, practice, text, checklist });
read_struct!(CheckItem { id, text });

deserialize!(Guide);
