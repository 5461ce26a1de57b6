//! The program that a question of any kind but `choice` is about, and the check behind it: whether there is one, and
//! whether it is what its kind needs.
//!
//! It reads no program that an answer makes: those are planned elsewhere.

use std::sync::Arc;

use quiz::problem::Kind;
use quiz::program;

use crate::mistake::{self, Mistake};
use crate::read::blocks::Block;
use crate::read::markers::Marked;
use crate::read::sections::Text;
use crate::read::statement::{StatedAnswer, StatedPrediction};
use crate::read::{fill, order};
use crate::source::{Source, Spanned};
use crate::spelling::{count, with_article};

/// What is known of the program that an answer makes whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// There is none, or its markers have mistakes.
    Unreadable,
    /// Its answers can be counted, but something else is wrong with it or with its check.
    Countable,
    /// It has no mistake: each answer makes a program.
    Whole,
}

/// What a question asks about.
pub(crate) struct Asked<'a> {
    pub(crate) source: &'a Arc<Source>,
    pub(crate) kind: Option<Kind>,
    pub(crate) answer: Option<&'a StatedAnswer>,
    pub(crate) prompt: &'a Text,
    /// The blocks of the prompt.
    pub(crate) in_prompt: Vec<&'a Block>,
    pub(crate) check: Option<&'a Block>,
    /// Whether there is such a section, but no block that could be read; that has been reported.
    pub(crate) check_is_missing: bool,
}

impl Asked<'_> {
    /// Reports what is wrong with the program and its check, and says what can be made of it.
    pub(crate) fn check_all(&self, mistakes: &mut Vec<Mistake>) -> Template {
        let before = mistake::errors(mistakes);
        match self.check_program(mistakes) {
            Template::Countable if mistake::errors(mistakes) == before && !self.check_is_missing => Template::Whole,
            template => template,
        }
    }

    /// All kinds but `choice` are about one program.
    fn check_program(&self, mistakes: &mut Vec<Mistake>) -> Template {
        let Some(kind) = self.kind.filter(|kind| asks_about_a_program(*kind)) else { return Template::Unreadable };
        match self.in_prompt.as_slice() {
            [] => {
                let text = &self.source.text[self.prompt.span.clone()];
                let start = self.prompt.span.start + text.len() - text.trim_start().len();
                let start = self.source.line_around(start);
                let title = format!("the prompt of {} has no program", with_article(kind));
                mistakes.push(
                    Mistake::at(self.source, start, title, "the prompt begins here")
                        .help("add one ```` ```rust ```` block with a whole program"),
                );
                Template::Unreadable
            }
            [block] => {
                self.check_plain(block, "program", kind, mistakes);
                match kind {
                    Kind::Choice | Kind::Predict | Kind::Spot | Kind::Write | Kind::Discuss => {
                        self.check_whole(block, kind, mistakes);
                        Template::Unreadable
                    }
                    Kind::Fill | Kind::Order => self.check_assembled(block, kind, mistakes),
                }
            }
            [first, second, ..] => {
                let title = format!("the prompt of {} has {} programs", with_article(kind), self.in_prompt.len());
                mistakes.push(
                    Mistake::at(self.source, second.fence.clone(), title, "a further one")
                        .and(self.source, first.fence.clone(), "the first one")
                        .help("keep the one that is asked about"),
                );
                Template::Unreadable
            }
        }
    }

    fn check_plain(&self, block: &Block, what: &str, kind: Kind, mistakes: &mut Vec<Mistake>) {
        let mut wrong = |title: String, remedy: &str| {
            mistakes.push(Mistake::at(self.source, block.fence.clone(), title, "").help(remedy));
        };
        let kind = with_article(kind);
        if block.has_attributes {
            let title = format!("the {what} of {kind} has attributes");
            wrong(title, "remove them: what happens is stated in the front matter, and so is the edition");
        }
        if program::has_hidden_lines(&block.code) {
            let title = format!("the {what} of {kind} has hidden lines");
            wrong(title, "show every line: the learner counts them");
        }
    }

    fn check_whole(&self, block: &Block, kind: Kind, mistakes: &mut Vec<Mistake>) {
        if !program::has_main(&block.code) {
            mistakes.push(self.no_main(block, kind, "write a whole program"));
        }
        self.check_lines(block, mistakes);
    }

    fn no_main(&self, block: &Block, kind: Kind, remedy: &str) -> Mistake {
        let title = format!("the program of {} has no `fn main`", with_article(kind));
        Mistake::at(self.source, block.fence.clone(), title, "").help(remedy)
    }

    /// A program that is assembled from an answer, and what its output or its check says of it.
    fn check_assembled(&self, block: &Block, kind: Kind, mistakes: &mut Vec<Mistake>) -> Template {
        let before = mistake::errors(mistakes);
        match self.answer {
            Some(StatedAnswer::Fill { slots, .. }) => fill::check_markers(self.source, block, slots, mistakes),
            Some(StatedAnswer::Order { also, .. }) => {
                order::check_markers(self.source, block, mistakes);
                if mistake::errors(mistakes) == before {
                    order::check_also(self.source, &Marked::read(&block.code), also, mistakes);
                }
            }
            Some(
                StatedAnswer::Choice { .. }
                | StatedAnswer::Predict { .. }
                | StatedAnswer::Spot { .. }
                | StatedAnswer::Write { .. }
                | StatedAnswer::Discuss { .. },
            )
            | None => {}
        }
        let template = if mistake::errors(mistakes) == before { Template::Countable } else { Template::Unreadable };
        self.check_check(block, kind, mistakes);
        template
    }

    fn check_check(&self, block: &Block, kind: Kind, mistakes: &mut Vec<Mistake>) {
        let stdout = self.answer.and_then(StatedAnswer::stdout);
        match (self.check, stdout) {
            (Some(check), Some(stdout)) => mistakes.push(
                Mistake::at(self.source, stdout.span.clone(), "two checks", "the output is one")
                    .and(self.source, check.fence.clone(), "and this is another")
                    .help("keep one of the two"),
            ),
            (Some(check), None) => {
                self.check_plain(check, "check", kind, mistakes);
                self.check_main(block, check, kind, mistakes);
            }
            (None, Some(_)) if !program::has_main(&block.code) => {
                mistakes.push(self.no_main(block, kind, "write a whole program, or a `## Check` that has it"));
            }
            (None, Some(_)) => {}
            // If the front matter could not be read, it may well be there.
            (None, None) if self.answer.is_none() || self.check_is_missing => {}
            (None, None) => mistakes.push(
                Mistake::at(self.source, block.fence.clone(), "nothing checks this program", "what must it do?")
                    .help("add `stdout` below `[answer]`, or a section `## Check` with asserts"),
            ),
        }
    }

    fn check_main(&self, block: &Block, check: &Block, kind: Kind, mistakes: &mut Vec<Mistake>) {
        match (program::has_main(&block.code), program::has_main(&check.code)) {
            (true, true) => mistakes.push(
                Mistake::at(self.source, check.fence.clone(), "a second `fn main`", "has one")
                    .and(self.source, block.fence.clone(), "has one as well")
                    .help("take it out of the program: the asserts stand in the check's"),
            ),
            (false, false) => mistakes.push(self.no_main(block, kind, "write one here or in the check")),
            _ => {}
        }
    }

    fn check_lines(&self, block: &Block, mistakes: &mut Vec<Mistake>) {
        let length = block.code.lines().count();
        let too_far = stated_lines(self.answer).into_iter().filter(|line| line.value as usize > length);
        for line in too_far {
            let label = format!("the program has {} only", count(length, "line"));
            let title = format!("there is no line {} in the program", line.value);
            let mistake = Mistake::at(self.source, line.span, title, label);
            mistakes.push(mistake.and(self.source, block.fence.clone(), "line 1 is the one below"));
        }
    }
}

/// Whether the questions of a kind are about one program.
pub(crate) fn asks_about_a_program(kind: Kind) -> bool {
    match kind {
        Kind::Choice | Kind::Write | Kind::Discuss => false,
        Kind::Predict | Kind::Spot | Kind::Fill | Kind::Order => true,
    }
}

fn stated_lines(answer: Option<&StatedAnswer>) -> Vec<Spanned<u32>> {
    match answer {
        Some(StatedAnswer::Predict { prediction, .. }) => match prediction {
            StatedPrediction::Error { line, .. }
            | StatedPrediction::Panics { line, .. }
            | StatedPrediction::Undefined { line, .. } => {
                vec![line.clone()]
            }
            StatedPrediction::Prints { .. } => Vec::new(),
        },
        Some(StatedAnswer::Spot { roles, .. }) => roles.iter().map(|(_, line)| line.clone()).collect(),
        Some(
            StatedAnswer::Choice { .. }
            | StatedAnswer::Fill { .. }
            | StatedAnswer::Order { .. }
            | StatedAnswer::Write { .. }
            | StatedAnswer::Discuss { .. },
        )
        | None => Vec::new(),
    }
}
