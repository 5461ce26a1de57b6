//! What is searched beyond the catalog: a file of its own, since only a search needs it.
//!
//! Hints and explanations are not in it: they would give the problem away.

use serde::Serialize;

use crate::highlights::{Highlights, Snippet, TokenKind};
use crate::json::read_struct;
use crate::problem::{ExpectedOutcome, Problem, Question, Row};
use crate::prose::Prose;
use crate::rule::Code;
use crate::verdict::Verdict;

use super::lexicon::Lexicon;
use super::words::words;

/// The words of what a learner reads before answering. Places are indexes of problems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Texts {
    /// The crates that programs use.
    pub crates: Lexicon,
    /// The codes of the errors that programs have.
    pub errors: Lexicon,
    /// The names and keywords in the code.
    pub code: Lexicon,
    /// The words of prompts and options, in lower case.
    pub text: Lexicon,
    /// The codes of errors that a learner chooses from.
    pub choices: Lexicon,
}

read_struct!(Texts { crates, errors, code, text, choices });

impl Texts {
    /// The texts of problems that are in the catalog's order.
    pub fn of(problems: &[Problem]) -> Texts {
        let lexicon = |words_of: fn(&Problem) -> Vec<String>| {
            let problems = problems.iter().enumerate();
            Lexicon::of(
                problems.flat_map(|(at, problem)| words_of(problem).into_iter().map(move |word| (word, at))).collect(),
            )
        };
        Texts {
            crates: lexicon(|problem| problem.crates.clone()),
            errors: lexicon(errors),
            code: lexicon(code),
            text: lexicon(text),
            choices: lexicon(choices),
        }
    }
}

/// What a learner reads before answering.
fn proses(problem: &Problem) -> Vec<&Prose> {
    let mut proses = vec![&problem.prompt];
    if let Question::Choice { options, .. } = &problem.question {
        proses.extend(options.iter().map(|option| &option.text));
    }
    proses
}

fn text(problem: &Problem) -> Vec<String> {
    let texts = proses(problem).into_iter().map(Prose::words);
    texts.flat_map(|text| words(&text).map(str::to_ascii_lowercase).collect::<Vec<_>>()).collect()
}

fn code(problem: &Problem) -> Vec<String> {
    let programs = proses(problem).into_iter().flat_map(Prose::programs);
    let programs = programs.filter_map(|index| problem.programs.get(index));
    let mut found: Vec<String> = programs.flat_map(|program| names(&program.source, &program.highlights)).collect();
    let snippets = match &problem.question {
        Question::Fill { slots, .. } => slots.iter().flat_map(|slot| &slot.choices).collect(),
        Question::Order { rows, lines, .. } => rows.iter().filter_map(fixed).chain(lines).collect(),
        // The solutions would give the answer away.
        Question::Write(exercise) => vec![&exercise.start, &exercise.tests.code],
        Question::Choice { .. } | Question::Predict { .. } | Question::Spot { .. } | Question::Discuss(_) => Vec::new(),
    };
    found.extend(snippets.into_iter().flat_map(|snippet| names(&snippet.text, &snippet.highlights)));
    found
}

fn fixed(row: &Row) -> Option<&Snippet> {
    match row {
        Row::Fixed(snippet) => Some(snippet),
        Row::Gap => None,
    }
}

/// The names and keywords in a piece of code. A single letter is no name that anybody looks for.
fn names(source: &str, highlights: &Highlights) -> Vec<String> {
    let mut names = Vec::new();
    for (token, piece) in highlights.lines(source).iter().flatten() {
        let has_names = match token {
            TokenKind::Plain | TokenKind::Keyword | TokenKind::Type | TokenKind::Macro => true,
            TokenKind::Text | TokenKind::Number | TokenKind::Lifetime | TokenKind::Comment => false,
        };
        if has_names {
            names.extend(words(piece).filter(|name| name.len() > 1).map(str::to_owned));
        }
    }
    names
}

fn errors(problem: &Problem) -> Vec<String> {
    let mut codes = Vec::new();
    for program in &problem.programs {
        if let Verdict::Error { errors } = &program.verdict {
            codes.extend(errors.iter().filter_map(|error| error.code.clone()));
        }
    }
    if let Question::Predict { expected: ExpectedOutcome::Error { code, .. }, .. } = &problem.question {
        codes.push(code.clone());
    }
    true_codes(codes)
}

fn choices(problem: &Problem) -> Vec<String> {
    match &problem.question {
        Question::Predict { rules, .. } => true_codes(rules.clone()),
        Question::Choice { .. }
        | Question::Spot { .. }
        | Question::Fill { .. }
        | Question::Order { .. }
        | Question::Write(_)
        | Question::Discuss(_) => Vec::new(),
    }
}

/// Those that are codes and no words of a message.
fn true_codes(codes: Vec<Code>) -> Vec<String> {
    codes.into_iter().filter(Code::is_code).map(|code| code.0).collect()
}
