//! What the figures are made of: a problem as plain values.
//!
//! Only this file knows how a problem was written and what was committed beside it.

use std::ops::Range;

use quiz::problem::{Kind, Level, Question, Topic};
use quiz::verdict::Verdict;
use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};

use crate::plan::answers::AnswerSet;
use crate::plan::{Plan, Planned};
use crate::read::blocks::Block;
use crate::read::problem::ProblemFile;
use crate::read::sections::Section;
use crate::read::sentences;
use crate::read::statement::{StatedAnswer, StatedPrediction};
use crate::reading_ease::Counts;
use crate::verdict_file::VerdictFile;

/// What is known of a problem.
#[derive(Clone, Debug)]
pub(crate) struct Described {
    pub(crate) slug: String,
    pub(crate) topic: Topic,
    pub(crate) level: Level,
    pub(crate) kind: Kind,
    pub(crate) concepts: Vec<String>,
    /// The ids of the rows of the syllabus that it covers.
    pub(crate) syllabus: Vec<String>,
    /// The misconceptions of its wrong answers, each as often as it is named.
    pub(crate) misconceptions: Vec<String>,
    pub(crate) asked: Asked,
    /// Whether a program of the prompt has an `unsafe`.
    pub(crate) has_unsafe: bool,
    /// How many words the prompt has.
    pub(crate) prompt_words: usize,
    /// How many the explanation has; of a `discuss` the model answer.
    pub(crate) explanation_words: usize,
    /// Whether it says what to say in an interview.
    pub(crate) has_interview: bool,
    /// How hard its texts are to read.
    pub(crate) ease: Counts,
    /// The tokens of what it asks about: the programs of the prompt, the start and the solutions.
    pub(crate) tokens: Vec<String>,
    /// The English words of all texts, in lower case.
    pub(crate) words: Vec<String>,
}

/// What is asked, as far as a figure needs it.
#[derive(Clone, Debug)]
pub(crate) enum Asked {
    Choice { several: bool, options: Vec<OptionFacts> },
    Predict(Predicted),
    Fill(FillFacts),
    Other,
}

/// An option.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OptionFacts {
    /// In characters, without the marks of Markdown.
    pub(crate) length: usize,
    pub(crate) words: usize,
    pub(crate) is_right: bool,
}

/// What a program does that is predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Predicted {
    Prints,
    Error,
    Panics,
    Undefined,
}

/// A `fill`.
#[derive(Clone, Debug)]
pub(crate) struct FillFacts {
    /// How long each choice of each slot is, in characters.
    pub(crate) choices: Vec<Vec<usize>>,
    /// The picks of the right combinations.
    pub(crate) accepted: Vec<Vec<usize>>,
    /// Whether a wrong combination compiles; `None` if there are no verdicts on these programs.
    pub(crate) compiles_and_is_wrong: Option<bool>,
}

impl Described {
    /// A problem of a folder; `None` if what it is cannot be read.
    pub(crate) fn of(planned: &Planned<'_>) -> Option<Described> {
        let file = &planned.found.file;
        let front = &file.front;
        let exercise = file.exercise.iter();
        let written = exercise.flat_map(|exercise| {
            [&exercise.start].into_iter().chain(exercise.solutions.iter().map(|solution| &solution.block))
        });
        let in_prompt = || file.blocks.iter().filter(|block| block.place == Section::PROMPT);
        let words_in = |span: &Range<usize>| {
            let inside = file.sentences.iter().filter(|sentence| span.contains(&sentence.span().start));
            inside.map(|sentence| sentence.words.len()).sum()
        };
        let english = file.sentences.iter().flat_map(|sentence| sentence.english(&file.source.text));
        Some(Described {
            slug: file.slug.to_string(),
            topic: file.topic.clone(),
            level: front.level?,
            kind: front.kind?,
            concepts: front.concepts.clone(),
            syllabus: front.syllabus.clone(),
            misconceptions: misconceptions(file),
            asked: asked(planned)?,
            has_unsafe: in_prompt().any(|block| tokens(&block.code).any(|token| token == "unsafe")),
            prompt_words: words_in(&file.prompt.span),
            explanation_words: words_in(&file.explanation.span),
            has_interview: !file.interview.markdown.trim().is_empty(),
            ease: sentences::counts(&file.sentences, &file.source.text),
            tokens: in_prompt()
                .chain(written)
                .flat_map(|block: &Block| tokens(&block.code))
                .map(str::to_owned)
                .collect(),
            words: english.map(str::to_lowercase).collect(),
        })
    }
}

/// Those behind wrong options, wrong choices of slots and wrong turns.
fn misconceptions(file: &ProblemFile) -> Vec<String> {
    let of_options = file.options.iter().filter_map(|option| option.misconception.as_ref());
    let slots = match &file.front.answer {
        Some(StatedAnswer::Fill { slots, .. }) => slots.as_slice(),
        _ => &[],
    };
    let of_slots = slots.iter().flat_map(|slot| &slot.misconceptions).flatten();
    let wrong_turns = file.exercise.iter().flat_map(|exercise| &exercise.wrong_turns);
    let of_wrong_turns = wrong_turns.filter_map(|wrong_turn| wrong_turn.misconception.as_ref());
    of_options.chain(of_slots).chain(of_wrong_turns).cloned().collect()
}

fn asked(planned: &Planned<'_>) -> Option<Asked> {
    let file = &planned.found.file;
    Some(match file.front.answer.as_ref()? {
        StatedAnswer::Choice { several } => Asked::Choice { several: *several, options: options(file) },
        StatedAnswer::Predict { prediction, .. } => Asked::Predict(match prediction {
            StatedPrediction::Prints { .. } => Predicted::Prints,
            StatedPrediction::Error { .. } => Predicted::Error,
            StatedPrediction::Panics { .. } => Predicted::Panics,
            StatedPrediction::Undefined { .. } => Predicted::Undefined,
        }),
        StatedAnswer::Fill { slots, accepted, .. } => {
            let lengths = slots.iter().map(|slot| slot.choices.iter().map(|choice| length(&choice.value)).collect());
            Asked::Fill(FillFacts {
                choices: lengths.collect(),
                accepted: accepted.iter().map(|picks| picks.value.clone()).collect(),
                compiles_and_is_wrong: planned.plan.answers.as_ref().and_then(|set| wrong_one(planned, set)),
            })
        }
        StatedAnswer::Spot { .. }
        | StatedAnswer::Order { .. }
        | StatedAnswer::Write { .. }
        | StatedAnswer::Discuss { .. } => Asked::Other,
    })
}

fn options(file: &ProblemFile) -> Vec<OptionFacts> {
    let facts = |text: &str, is_right| OptionFacts {
        length: length(&text.replace(['`', '*'], "")),
        words: text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count(),
        is_right,
    };
    file.options.iter().map(|option| facts(&option.text, option.right)).collect()
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether an answer compiles and is wrong, by the committed verdicts.
fn wrong_one(planned: &Planned<'_>, set: &AnswerSet) -> Option<bool> {
    let Planned { found, plan, .. } = planned;
    let verdicts = VerdictFile::read(&found.verdict_path()).ok()?;
    is_current(&verdicts, &found.file, plan).then_some(())?;
    let Question::Fill { outcomes, .. } = set.question(verdicts.outcomes(set)) else { return None };
    let compiles = |verdict: &Verdict| !matches!(verdict, Verdict::Error { .. });
    Some(outcomes.outcomes.iter().any(|outcome| !outcome.accepted && compiles(&outcome.verdict)))
}

fn is_current(verdicts: &VerdictFile, file: &ProblemFile, plan: &Plan) -> bool {
    verdicts.stale(file, plan).is_empty()
}

/// The tokens of a program, without comments and white space.
fn tokens(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code;
    tokenize(code, FrontmatterAllowed::No).filter_map(move |token| {
        let (text, behind) = rest.split_at(token.len as usize);
        rest = behind;
        let is_shown = !matches!(
            token.kind,
            TokenKind::Whitespace | TokenKind::LineComment { .. } | TokenKind::BlockComment { .. }
        );
        is_shown.then_some(text)
    })
}

/// For tests: a problem of which nothing is known but this.
#[cfg(test)]
pub(crate) fn example(slug: &str, topic: &str, kind: Kind) -> Described {
    Described {
        slug: slug.to_owned(),
        topic: Topic(topic.to_owned()),
        level: Level::Junior,
        kind,
        concepts: Vec::new(),
        syllabus: Vec::new(),
        misconceptions: Vec::new(),
        asked: Asked::Other,
        has_unsafe: false,
        prompt_words: 0,
        explanation_words: 0,
        has_interview: true,
        ease: Counts::default(),
        tokens: Vec::new(),
        words: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_those_of_rustc() {
        let found: Vec<&str> = tokens("let a = /* unsafe */ \"un safe\"; // b").collect();
        assert_eq!(found, ["let", "a", "=", "\"un safe\"", ";"]);
    }
}
