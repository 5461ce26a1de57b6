//! One Markdown file: what it says, and every mistake that can be seen without making a program of it.
//!
//! It must not know which programs a problem consists of: that is planned from what was read.

use std::sync::Arc;

use quiz::problem::{Edition, Kind, Slug, Topic};

use crate::mistake::Mistake;
use crate::read::blocks::Block;
use crate::read::body::{Blocks, Reader};
use crate::read::discussion::WrittenDiscussion;
use crate::read::exercise::WrittenExercise;
use crate::read::front_matter::{self, FrontMatter};
use crate::read::options::WrittenOption;
use crate::read::outline;
use crate::read::placeholder;
use crate::read::plain_words;
use crate::read::program::{Asked, Template, asks_about_a_program};
use crate::read::registry::Registries;
use crate::read::sections::{Section, Sections, Text};
use crate::read::sentences::{self, Sentence};
use crate::read::statement::{StatedAnswer, StatedPrediction};
use crate::source::Source;

/// A file that was read. Mistakes have been reported; what they hit is missing here.
#[derive(Debug)]
pub(crate) struct ProblemFile {
    pub(crate) source: Arc<Source>,
    pub(crate) topic: Topic,
    pub(crate) slug: Slug,
    pub(crate) front: FrontMatter,
    pub(crate) prompt: Text,
    pub(crate) options: Vec<WrittenOption>,
    pub(crate) hints: Vec<Text>,
    /// Of a `discuss` the model answer.
    pub(crate) explanation: Text,
    /// What would happen if the compiler accepted the program.
    pub(crate) let_through: Option<Text>,
    pub(crate) interview: Text,
    /// Those of all texts.
    pub(crate) sentences: Vec<Sentence>,
    /// Every Rust block in the order of the file, but for the check and those of a `write`.
    pub(crate) blocks: Vec<Block>,
    /// The block of `## Check`.
    pub(crate) check: Option<Block>,
    /// The programs of a `write`; `None` if something is wrong with them.
    pub(crate) exercise: Option<WrittenExercise>,
    /// What a `discuss` is scored by; `None` if something is wrong with it.
    pub(crate) discussion: Option<WrittenDiscussion>,
    /// What is known of the program that an answer makes whole.
    pub(crate) template: Template,
}

impl ProblemFile {
    /// Reads a file, with the mistakes in it.
    pub(crate) fn read(
        source: Arc<Source>,
        topic: Topic,
        slug: Slug,
        registries: &Registries,
    ) -> (ProblemFile, Vec<Mistake>) {
        let mut mistakes = Vec::new();
        let (front, body) = front_and_body(&source, registries, &mut mistakes);
        let outline = outline::outline(&source.text, body);
        outline.check_depth(&source, &mut mistakes);
        let sections = Sections::find(&source, body, &outline, &mut mistakes);
        sections.check(front.kind, &mut mistakes);
        let mut reader = Reader { source: &source, outline: &outline, sections: &sections, mistakes: &mut mistakes };
        reader.check_html();
        let options = reader.options(&front, registries);
        let Blocks { shown: blocks, check, exercise } = reader.blocks();
        let exercise = reader.exercise(front.kind, &exercise, registries);
        reader.check_let_through(&front, &blocks);
        let is_discussed = front.kind == Some(Kind::Discuss);
        let discussion = is_discussed.then(|| reader.discussion()).flatten();
        let explanation = if is_discussed { sections.text(Section::ModelAnswer) } else { reader.explanation() };
        let prompt = sections.text(Section::Prompt);
        let asked = Asked {
            source: &source,
            kind: front.kind,
            answer: front.answer.as_ref(),
            prompt: &prompt,
            in_prompt: blocks.iter().filter(|block| block.place == Section::PROMPT).collect(),
            check: check.as_ref(),
            check_is_missing: check.is_none() && !sections.all(Section::Check).is_empty(),
        };
        let template = asked.check_all(&mut mistakes);
        let sentences = sentences::sentences(&source.text, &outline.pieces);
        plain_words::check(&source, &sentences, &mut mistakes);
        let file = ProblemFile {
            topic,
            slug,
            prompt,
            hints: sections.texts(Section::Hint),
            explanation,
            let_through: sections.texts(Section::LetThrough).into_iter().next(),
            interview: sections.text(Section::Interview),
            sentences,
            options,
            blocks,
            check,
            exercise,
            discussion,
            template,
            front,
            source: Arc::clone(&source),
        };
        (file, placeholder::report(&source, mistakes))
    }

    /// The edition in which a block is compiled.
    pub(crate) fn edition(&self, block: &Block) -> Edition {
        block.edition.unwrap_or(self.front.edition)
    }

    /// The block that a question of any kind but `choice` is about, by its index in `blocks`.
    pub(crate) fn program(&self) -> Option<usize> {
        let mut in_prompt = self.blocks.iter().enumerate().filter(|(_, block)| block.place == Section::PROMPT);
        let (index, _) = in_prompt.next().filter(|_| self.front.kind.is_some_and(asks_about_a_program))?;
        in_prompt.next().is_none().then_some(index)
    }

    /// The first program of the prompt, which what-ifs edit.
    pub(crate) fn first_program(&self) -> Option<&Block> {
        self.blocks.iter().find(|block| block.place == Section::PROMPT)
    }

    /// Whether a block is, or would be, a program that an answer makes whole. It need not compile by itself.
    pub(crate) fn is_template(&self, block: usize) -> bool {
        self.is_assembled() && self.blocks[block].place == Section::PROMPT
    }

    /// Whether the answers are programs.
    pub(crate) fn is_assembled(&self) -> bool {
        matches!(self.front.kind, Some(Kind::Fill | Kind::Order))
    }

    /// How many Rust blocks begin before this offset.
    pub(crate) fn blocks_before(&self, offset: usize) -> usize {
        self.blocks.iter().filter(|block| block.span.start < offset).count()
    }

    /// Whether it is a prediction of an error, of which a topic must not have too many.
    pub(crate) fn predicts_an_error(&self) -> bool {
        matches!(&self.front.answer, Some(StatedAnswer::Predict { prediction: StatedPrediction::Error { .. }, .. }))
    }
}

fn front_and_body(source: &Arc<Source>, registries: &Registries, mistakes: &mut Vec<Mistake>) -> (FrontMatter, usize) {
    match front_matter::split(source) {
        Some((range, body)) => (front_matter::read(source, range, registries, mistakes), body),
        None => {
            mistakes.push(no_front_matter(source));
            (FrontMatter::default(), 0)
        }
    }
}

fn no_front_matter(source: &Arc<Source>) -> Mistake {
    let first = source.line(1);
    if source.text[first.clone()].starts_with("+++") {
        return Mistake::at(source, first, "the front matter is never closed", "opened here")
            .help("close it with a second line `+++`");
    }
    Mistake::at(source, first, "the front matter is missing", "expected `+++`")
        .help("begin the file with TOML between two lines `+++`; problems/README.md lists the keys")
}
