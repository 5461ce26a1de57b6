//! The rules behind rustc's errors, one plain sentence each.
//!
//! "Does not compile" alone is a coin toss, so a learner who predicts an error also names the rule that is broken.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::read_text;
use crate::shuffle::Shuffle;

/// What an error of rustc is called: its code, such as `E0382`, or, for an error that has none, the first words of its
/// message, such as `lifetime may not live long enough`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Code(pub String);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Code {
    /// Whether this looks like a code; otherwise it is the first words of a message.
    pub fn is_code(&self) -> bool {
        let text = &self.0;
        text.len() == 5 && text.starts_with('E') && text[1..].bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl From<&str> for Code {
    fn from(code: &str) -> Code {
        Code(code.to_owned())
    }
}

read_text!(Code);

/// Rules of one family are mistaken for one another, and so make good distractors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Ownership,
    Types,
    Names,
}

/// How many rules a learner chooses from.
pub const RULES_OFFERED: usize = 4;

#[rustfmt::skip]
const RULES: &[(&str, Family, &str)] = &[
    ("E0382", Family::Ownership, "A value is used after it was moved"),
    ("E0499", Family::Ownership, "Two mutable borrows of one value are live at once"),
    ("E0502", Family::Ownership, "A shared and a mutable borrow of one value are live at once"),
    ("E0505", Family::Ownership, "A value is moved while it is borrowed"),
    ("E0506", Family::Ownership, "A variable is assigned while it is borrowed"),
    ("E0507", Family::Ownership, "A value is moved out of a place that is only borrowed"),
    ("E0515", Family::Ownership, "A function returns a reference to one of its own locals"),
    ("E0596", Family::Ownership, "Something that is not mutable is borrowed mutably"),
    ("E0597", Family::Ownership, "A borrow outlives the variable it points to"),
    ("E0716", Family::Ownership, "A borrow outlives the temporary it points to"),
    ("E0381", Family::Ownership, "A variable is read before it has a value"),
    ("E0384", Family::Ownership, "An immutable variable is assigned twice"),
    ("E0503", Family::Ownership, "A value is read while it is mutably borrowed"),
    ("E0594", Family::Ownership, "Something that is not mutable is assigned to"),
    ("E0373", Family::Ownership, "A closure may outlive a variable that it borrows"),
    ("E0521", Family::Ownership, "A borrowed argument escapes its function"),
    ("E0106", Family::Ownership, "A reference in a signature has no lifetime that could be inferred"),
    ("E0621", Family::Ownership, "A parameter needs an explicit lifetime"),
    ("E0310", Family::Ownership, "A type parameter may not live long enough"),
    ("lifetime may not live long enough", Family::Ownership, "A reference may not live as long as a signature promises"),
    ("captured variable cannot escape", Family::Ownership, "A closure hands out a reference to what it captured"),
    ("E0308", Family::Types, "Two types that must be equal differ"),
    ("E0277", Family::Types, "A type does not implement a trait that is required"),
    ("E0282", Family::Types, "A type cannot be inferred"),
    ("E0599", Family::Types, "A method does not exist for this type or its bounds"),
    ("E0369", Family::Types, "An operator is not defined for this type"),
    ("E0204", Family::Types, "A type cannot be `Copy` because one of its fields is not"),
    ("E0015", Family::Types, "A function that is not `const` is called where one must be"),
    ("E0133", Family::Types, "An unsafe operation stands outside an unsafe block"),
    ("E0728", Family::Types, "`await` stands outside an async function or block"),
    ("E0040", Family::Types, "`Drop::drop` is called by hand"),
    ("E0004", Family::Types, "A match does not cover every value"),
    ("E0023", Family::Types, "A pattern names the wrong number of fields"),
    ("E0026", Family::Types, "A pattern names a field that does not exist"),
    ("E0423", Family::Names, "A name is used as a value but is not one"),
    ("E0425", Family::Names, "A name is not in scope"),
    ("E0433", Family::Names, "A path does not lead to anything"),
    ("E0255", Family::Names, "Two items of one name meet in one scope"),
    ("E0603", Family::Names, "A private item is used outside its module"),
    ("E0616", Family::Names, "A private field is used outside its module"),
];

/// The rule behind an error in a sentence, if the app knows one.
pub fn sentence(code: &Code) -> Option<&'static str> {
    RULES.iter().find(|(known, ..)| *known == code.0).map(|(.., sentence)| *sentence)
}

/// All errors that have a sentence.
pub fn known_codes() -> impl Iterator<Item = Code> {
    RULES.iter().map(|(code, ..)| Code::from(*code))
}

/// Four rules to choose from, of which `right` is one if there is a right one: the others come from its family.
///
/// The same `seed` gives the same rules in the same order.
pub fn offer(right: Option<&Code>, seed: u64) -> Vec<Code> {
    let family = right
        .and_then(|code| RULES.iter().find(|(known, ..)| *known == code.0))
        .map_or(Family::Ownership, |(_, family, _)| *family);
    let kin: Vec<Code> = RULES
        .iter()
        .filter(|(code, of, _)| *of == family && right.is_none_or(|right| right.0 != *code))
        .map(|(code, ..)| Code::from(*code))
        .take(10)
        .collect();
    let mut shuffle = Shuffle::new(seed);
    let mut offered: Vec<Code> = right.cloned().into_iter().collect();
    let wanted = RULES_OFFERED - offered.len();
    offered.extend(shuffle.order(kin.len()).into_iter().take(wanted).map(|index| kin[index].clone()));
    shuffle.order(offered.len()).into_iter().map(|index| offered[index].clone()).collect()
}
