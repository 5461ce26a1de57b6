//! What stands in the sections: options, Rust blocks and their check, the unsafe twin, the explanation.
//!
//! It looks at one thing at a time; what only shows when the parts are taken together is decided elsewhere.

use std::ops::Range;
use std::sync::Arc;

use crate::lint::Lint;
use crate::mistake::Mistake;
use crate::read::blocks::{self, Block, Claim};
use crate::read::front_matter::FrontMatter;
use crate::read::options::{self, WrittenOption};
use crate::read::outline::Outline;
use crate::read::placeholder::has_placeholder;
use crate::read::registry::Registries;
use crate::read::sections::{Section, Sections, Text};
use crate::read::statement::{StatedAnswer, StatedPrediction};
use crate::source::Source;
use crate::spelling::count;

const EXPLANATION_WORDS: std::ops::RangeInclusive<usize> = 60..=160;
const HOW_TO_CHECK: &str = "add one ```` ```rust ```` block with asserts";
const TWIN: &str =
    "add one ```` ```rust,undefined ```` block: the rejected program with raw pointers for its references";

/// Reads the parts of one file.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a Arc<Source>,
    pub(crate) outline: &'a Outline,
    pub(crate) sections: &'a Sections,
    pub(crate) mistakes: &'a mut Vec<Mistake>,
}

/// The Rust blocks of a file.
pub(crate) struct Blocks {
    /// Those in texts, in the order of the file.
    pub(crate) shown: Vec<Block>,
    /// That of the check.
    pub(crate) check: Option<Block>,
    /// Those of the sections of a `write`.
    pub(crate) exercise: Vec<Block>,
}

impl Reader<'_> {
    fn mistake(&mut self, span: Range<usize>, title: impl Into<String>, label: &str, remedy: &str) {
        let mistake = Mistake::at(self.source, span, title, label);
        self.mistakes.push(if remedy.is_empty() { mistake } else { mistake.help(remedy) });
    }

    /// Reports HTML.
    pub(crate) fn check_html(&mut self) {
        for span in &self.outline.html {
            let remedy = "the app shows no HTML; put code such as `Vec<T>` between backticks";
            self.mistake(span.clone(), "HTML in the text", "would not be shown", remedy);
        }
    }

    /// The options of a `choice`.
    pub(crate) fn options(&mut self, front: &FrontMatter, registries: &Registries) -> Vec<WrittenOption> {
        let Some(section) =
            self.sections.all(Section::Options).first().map(|found| (found.heading.clone(), found.content.clone()))
        else {
            return Vec::new();
        };
        let (heading, content) = section;
        self.check_stray_text(&content);
        let mut lists = self.outline.lists.iter().filter(|list| content.contains(&list.span.start));
        let Some(list) = lists.next() else {
            if !self.source.text[content].trim().is_empty() {
                self.mistake(heading, "no options", "no task list stands below", "write each option as `- [ ] …`");
            }
            return Vec::new();
        };
        if let Some(second) = lists.next() {
            let span = self.source.line_around(second.span.start);
            self.mistake(
                span,
                "the options are two lists",
                "a new list begins here",
                "use the same marker `-` for all",
            );
        }
        let options = options::read(self.source, list, registries, self.mistakes);
        // An option without a box has been reported; the others cannot be judged as a whole then.
        if options.len() == list.items.len() {
            let several = matches!(front.answer, Some(StatedAnswer::Choice { several: true }));
            options::check_all(self.source, heading, &options, several, self.mistakes);
        }
        options
    }

    fn check_stray_text(&mut self, content: &Range<usize>) {
        let stray: Vec<_> =
            self.outline.others.iter().filter(|other| content.contains(&other.start)).cloned().collect();
        for other in stray {
            let span = self.source.line_around(other.start);
            let remedy = "move a question to the prompt; indent what belongs to an option by two blanks";
            self.mistake(span, "text that belongs to no option", "outside of the list", remedy);
        }
    }

    /// Every Rust block; the check and those of an exercise apart from the others.
    pub(crate) fn blocks(&mut self) -> Blocks {
        let mut blocks = Vec::new();
        for block in &self.outline.blocks {
            let place = self.place(&block.span);
            blocks.extend(blocks::read(self.source, block, &place, self.mistakes));
        }
        let (exercise, blocks): (Vec<Block>, Vec<Block>) =
            blocks.into_iter().partition(|block: &Block| self.sections.around(block.span.start).is_of_exercise());
        let (check, shown) = blocks.into_iter().partition(|block| block.place == Section::CHECK);
        Blocks { shown, check: self.check(check), exercise }
    }

    /// The check is one block and nothing else.
    fn check(&mut self, blocks: Vec<Block>) -> Option<Block> {
        let found = *self.sections.all(Section::Check).first()?;
        let (heading, content) = (found.heading.clone(), found.content.clone());
        if blocks.is_empty() && !self.source.text[content.clone()].trim().is_empty() {
            self.mistake(heading, "the check has no program", "nothing to compile", HOW_TO_CHECK);
        }
        let mut blocks = blocks.into_iter();
        let check = blocks.next();
        if let Some(second) = blocks.next() {
            self.mistake(second.fence, "a second block in the check", "one too many", "make one of the two");
        }
        let lists = self.outline.lists.iter().map(|list| &list.span);
        let others: Vec<_> = lists.chain(&self.outline.others).filter(|other| content.contains(&other.start)).collect();
        let is_block = |other: &Range<usize>| self.outline.blocks.iter().any(|block| block.span.start == other.start);
        if let Some(other) = others.into_iter().find(|other| !is_block(other)) {
            let place = self.source.line_around(other.start);
            let remedy = "a learner sees the check's code only: write comments into it, or move the text";
            self.mistake(place, "text in the check", "would not be shown", remedy);
        }
        check
    }

    /// One unsafe twin of the rejected program, and no other block anywhere is said to be undefined.
    pub(crate) fn check_let_through(&mut self, front: &FrontMatter, blocks: &[Block]) {
        let (inside, outside): (Vec<&Block>, Vec<&Block>) =
            blocks.iter().partition(|block| block.place == Section::LET_THROUGH);
        for block in outside.into_iter().filter(|block| block.claim == Claim::Undefined) {
            let remedy =
                "only `## If it were let through` shows such a program; a `predict` asks about one by `outcome`";
            self.mistake(block.fence.clone(), "a program that is undefined in another section", "", remedy);
        }
        let Some(heading) = self.sections.all(Section::LetThrough).first().map(|found| found.heading.clone()) else {
            return;
        };
        if let Some(StatedAnswer::Predict { prediction, .. }) = &front.answer
            && !matches!(prediction, StatedPrediction::Error { .. })
        {
            let remedy = "remove the section, or ask about a program that the compiler rejects";
            self.mistake(heading.clone(), "nothing is let through here", "the program is not rejected", remedy);
        }
        match inside.as_slice() {
            [] => self.mistake(heading, "no program is let through", "nothing to run", TWIN),
            [twin] if twin.claim != Claim::Undefined => {
                let remedy = "write `rust,undefined`: Miri must say what is wrong with it";
                self.mistake(twin.fence.clone(), "the program that is let through is not undefined", "", remedy);
            }
            [_] => {}
            [_, second, ..] => {
                let remedy = "keep the one that shows what would happen";
                self.mistake(second.fence.clone(), "a second program is let through", "one too many", remedy);
            }
        }
    }

    /// Where a block stands, as verdict files say it.
    fn place(&self, block: &Range<usize>) -> String {
        match self.sections.around(block.start) {
            Section::Prompt => Section::PROMPT.to_owned(),
            Section::Options => format!("option {}", self.number_of_option(block)),
            section @ (Section::Hint
            | Section::Solution
            | Section::WrongTurn
            | Section::FollowUp
            | Section::Mistake) => {
                let all = self.sections.all(section);
                let number = all.iter().filter(|part| part.heading.start < block.start).count();
                format!("{} {number}", section.heading().to_lowercase())
            }
            section => section.heading().to_lowercase(),
        }
    }

    fn number_of_option(&self, block: &Range<usize>) -> usize {
        let list = self.outline.lists.iter().rev().find(|list| list.span.start <= block.start);
        list.map_or(0, |list| list.items.iter().filter(|item| item.span.start <= block.start).count())
    }

    /// The explanation, which must not be too short nor too long.
    pub(crate) fn explanation(&mut self) -> Text {
        let text = self.sections.text(Section::Explanation);
        let heading = self.sections.all(Section::Explanation).first().map(|found| found.heading.clone());
        let words = self.outline.words.iter().filter(|word| text.span.contains(word)).count();
        let unfinished = text.markdown.lines().any(has_placeholder);
        if let Some(heading) = heading.filter(|_| words > 0 && !unfinished && !EXPLANATION_WORDS.contains(&words)) {
            let title = format!("the explanation has {}", count(words, "word"));
            let label = format!("{} to {} are good", EXPLANATION_WORDS.start(), EXPLANATION_WORDS.end());
            let remedy = if words < *EXPLANATION_WORDS.start() {
                "say what would go wrong at run time, and which fix is good when"
            } else {
                "one idea a problem: a second one is a second problem; code blocks do not count"
            };
            let mistake = Mistake::at(self.source, heading, title, label).help(remedy);
            self.mistakes.push(mistake.lint(Lint::ExplanationLength));
        }
        text
    }
}
