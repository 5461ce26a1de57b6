//! The roles that lines play in a borrow-checker error, and how rustc's labels prove them.

use std::collections::BTreeSet;

use crate::json_by_name;
use crate::verdict::{Diagnostic, Span};

/// What a line does in the story that an error tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The binding is declared.
    Declared,
    /// The value is moved.
    Moved,
    /// It is used after the move.
    UsedAfterMove,
    /// A borrow starts. The stored name is older than the word.
    LoanStarts,
    /// The compiler refuses this line.
    Conflict,
    /// The borrow is used again.
    UsedLater,
    /// The value goes away.
    Dropped,
    /// It is assigned.
    Assigned,
    /// A closure captures it.
    Captured,
}

impl Role {
    /// All roles, in the order in which a story usually tells them.
    pub const ALL: [Role; 9] = [
        Role::Declared,
        Role::Moved,
        Role::UsedAfterMove,
        Role::LoanStarts,
        Role::Conflict,
        Role::UsedLater,
        Role::Dropped,
        Role::Assigned,
        Role::Captured,
    ];

    /// The name in front matter.
    pub fn name(self) -> &'static str {
        match self {
            Role::Declared => "declared",
            Role::Moved => "moved",
            Role::UsedAfterMove => "used-after-move",
            Role::LoanStarts => "loan-starts",
            Role::Conflict => "conflict",
            Role::UsedLater => "used-later",
            Role::Dropped => "dropped",
            Role::Assigned => "assigned",
            Role::Captured => "captured",
        }
    }

    /// The role of this [name](Role::name).
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The role in a few words, for a receipt.
    pub fn label(self) -> &'static str {
        match self {
            Role::Declared => "Declared",
            Role::Moved => "Moved",
            Role::UsedAfterMove => "Used after the move",
            Role::LoanStarts => "Borrow starts",
            Role::Conflict => "Refused",
            Role::UsedLater => "Borrow used again",
            Role::Dropped => "Goes away",
            Role::Assigned => "Assigned",
            Role::Captured => "Captured",
        }
    }

    /// What the learner is asked.
    pub fn question(self) -> &'static str {
        match self {
            Role::Declared => "Where is the binding declared?",
            Role::Moved => "Where is the value moved?",
            Role::UsedAfterMove => "Where is it used after the move?",
            Role::LoanStarts => "Where does the borrow start?",
            Role::Conflict => "Which line does the compiler refuse?",
            Role::UsedLater => "Where is the borrow used again?",
            Role::Dropped => "Where does the value go away?",
            Role::Assigned => "Where is it assigned?",
            Role::Captured => "Where does the closure capture it?",
        }
    }

    /// The lines that play this role according to the labels of `diagnostic`.
    pub fn lines(self, diagnostic: &Diagnostic) -> BTreeSet<u32> {
        let plays = |span: &&Span| self.is_played_by(span) || self.is_captured_by_escaping_closure(diagnostic, span);
        diagnostic.spans.iter().filter(plays).map(|span| self.line_of(span)).collect()
    }

    /// E0373 is about a closure that may outlive what it borrows: there the borrow stands inside of the closure.
    fn is_captured_by_escaping_closure(self, diagnostic: &Diagnostic, span: &Span) -> bool {
        let is_about_closure = diagnostic.code.as_ref().is_some_and(|code| code.0 == "E0373");
        let label = span.label.as_deref().unwrap_or("");
        self == Role::Captured && is_about_closure && label.ends_with("is borrowed here")
    }

    /// A value that goes away at the end of a block does so at the closing brace, where the span ends.
    fn line_of(self, span: &Span) -> u32 {
        match self {
            Role::Dropped => span.end_line,
            _ => span.line,
        }
    }

    fn is_played_by(self, span: &Span) -> bool {
        let label = span.label.as_deref().unwrap_or("");
        let says = |part: &str| label.contains(part);
        let after_move = says("after move") || says("after partial move");
        // On the primary span (E0507) it names the place that is moved out of, elsewhere the binding.
        let why_it_moves = label.starts_with("move occurs because");
        match self {
            Role::Declared => {
                says("declared here") || says("captured outer variable") || (why_it_moves && !span.primary)
            }
            Role::Moved => {
                !after_move
                    && ((why_it_moves && span.primary)
                        || says("moved here")
                        || says("moved into closure here")
                        || says("moved due to this")
                        || says("move out of"))
            }
            Role::UsedAfterMove => after_move,
            Role::LoanStarts => {
                (says("borrow occurs here") && !span.primary)
                    || (says("borrowed here") && !after_move)
                    || (label.starts_with("borrow of") && says("occurs here"))
                    || says("does not live long enough")
                    || says("creates a temporary value")
            }
            Role::Conflict => span.primary,
            Role::UsedLater => {
                says("later used")
                    || says("used here, in later iteration")
                    || says("later captured")
                    || says("later stored")
                    || says("might be used here, when")
            }
            Role::Dropped => says("dropped here while still borrowed") || says("freed at the end of this statement"),
            Role::Assigned => says("is assigned to here") || says("first assignment to"),
            Role::Captured => {
                (says("due to use") && says("in closure")) || says("captured by") || says("captured here by closure")
            }
        }
    }
}

json_by_name!(Role, Role::name, Role::from_name, otherwise Declared);
