//! Compares what an author says of a block with what the compiler says, and shows both where they differ.

use std::ops::Range;
use std::sync::Arc;

use quiz::problem::Kind;
use quiz::role::Role;
use quiz::rule::Code;
use quiz::verdict::{Diagnostic, Verdict};

use crate::error_names;
use crate::judge::notes::{self, BLESS, first_difference, notes_on, remedy_for};
use crate::mistake::Mistake;
use crate::proof::{Failure, Proof};
use crate::read::blocks::{Block, Claim};
use crate::read::problem::ProblemFile;
use crate::read::statement::{StatedAnswer, StatedPrediction};
use crate::source::{Source, Spanned};
use crate::spelling::count;

/// Every contradiction between a block and the proof of it. That of a `fill` or an `order` is judged by its answers.
pub(crate) fn judge(file: &ProblemFile, block: usize, proof: &Proof) -> Vec<Mistake> {
    let judge = Judge { source: &file.source, block: &file.blocks[block] };
    let verdict = match proof {
        Proof::Judged(verdict) => verdict,
        Proof::Failed(failure) => return vec![judge.failure(failure)],
        Proof::Unknown => return Vec::new(),
    };
    match file.front.answer.as_ref().filter(|_| file.program() == Some(block)) {
        Some(StatedAnswer::Predict { prediction, .. }) => judge.prediction(prediction, verdict),
        Some(StatedAnswer::Spot { code, roles }) => judge.spot(code, roles, verdict),
        Some(StatedAnswer::Fill { .. } | StatedAnswer::Order { .. }) => Vec::new(),
        Some(StatedAnswer::Choice { .. } | StatedAnswer::Write { .. } | StatedAnswer::Discuss { .. }) | None => {
            judge.claim(verdict).into_iter().collect()
        }
    }
}

struct Judge<'a> {
    source: &'a Arc<Source>,
    block: &'a Block,
}

impl Judge<'_> {
    fn at_fence(&self, title: impl Into<String>, label: impl Into<String>) -> Mistake {
        Mistake::at(self.source, self.block.fence.clone(), title, label)
    }

    /// Shows a line of the program as well, if it is one that the author wrote.
    fn and_line(&self, mistake: Mistake, line: u32, label: impl Into<String>) -> Mistake {
        match self.block.compiled_line(self.source, line) {
            Some(span) => mistake.and(self.source, span, label),
            None => mistake,
        }
    }

    /// Shows what rustc says, and where in the author's file it says so.
    fn and_errors(&self, mut mistake: Mistake, errors: &[Diagnostic]) -> Mistake {
        for error in errors {
            if let Some(primary) = error.primary() {
                mistake = self.and_line(mistake, primary.line, format!("rustc: {}", headline(error)));
            }
        }
        notes::and_errors(mistake, errors)
    }

    fn and_panic(&self, mistake: Mistake, line: u32, message: &str) -> Mistake {
        self.and_line(mistake, line, "it panics here").note(format!("the panic's message: {message}"))
    }

    fn and_undefined(&self, mistake: Mistake, line: u32, rendered: &str) -> Mistake {
        notes::and_miri(self.and_line(mistake, line, "undefined behaviour here"), rendered)
    }

    fn failure(&self, failure: &Failure) -> Mistake {
        let mistake = notes_on(failure, self.at_fence(failure.to_string(), ""));
        mistake.help(remedy_for(failure))
    }

    // Blocks and their attributes.

    fn claim(&self, verdict: &Verdict) -> Option<Mistake> {
        match (&self.block.claim, verdict) {
            (Claim::Runs, Verdict::Prints { .. })
            | (Claim::Panics, Verdict::Panics { .. })
            | (Claim::Compiles, Verdict::Compiles)
            | (Claim::Undefined, Verdict::Undefined { .. })
            | (Claim::Ignored(_), _) => None,
            (Claim::Rejected(code), Verdict::Error { errors }) => {
                self.rejected_for_another_reason(code.as_ref(), errors)
            }
            (claim, Verdict::Error { errors }) => {
                let mistake = self.at_fence("the compiler rejects this block", said(claim));
                let remedy = match *claim == Claim::Undefined {
                    true => "let it compile, by raw pointers and `unsafe`".to_owned(),
                    false => format!("correct it, or write `{}` if that is the point", fence_for(errors)),
                };
                Some(self.and_errors(mistake, errors).help(remedy))
            }
            (claim @ Claim::Undefined, Verdict::Prints { .. } | Verdict::Panics { .. }) => {
                let mistake = self.at_fence("Miri finds nothing in this block", said(claim));
                Some(mistake.help("let it do what the rejected program would do, by raw pointers"))
            }
            (claim, Verdict::Panics { line, message, .. }) => {
                let mistake = self.and_panic(self.at_fence("this block panics", said(claim)), *line, message);
                Some(mistake.help("correct it, or write `rust,should_panic` if that is the point"))
            }
            (claim, Verdict::Prints { .. }) => {
                let mistake = self.at_fence("this block runs to its end", said(claim));
                Some(mistake.help("correct it, or write just `rust`"))
            }
            (claim, Verdict::Undefined { line, rendered, .. }) => {
                let mistake = self.at_fence("this block has undefined behaviour", said(claim));
                Some(self.and_undefined(mistake, *line, rendered).help("correct it"))
            }
            (claim, Verdict::Compiles | Verdict::Ignored { .. }) => Some(
                self.at_fence("the compiler accepts this block", said(claim)).help("correct it, or write just `rust`"),
            ),
        }
    }

    fn rejected_for_another_reason(&self, code: Option<&Code>, errors: &[Diagnostic]) -> Option<Mistake> {
        let is_meant = |error: &Diagnostic| match code {
            Some(code) => error_names::is_called(error, code),
            None => !error_names::has_code(error),
        };
        if errors.iter().all(is_meant) {
            return None;
        }
        let mistake = match code {
            Some(_) => self.at_fence("the compiler rejects this block for another reason", said(&self.block.claim)),
            None => self.at_fence("`compile_fail` without an error code", said(&self.block.claim)),
        };
        Some(self.and_errors(mistake, errors).help(format!("correct the block, or write `{}`", fence_for(errors))))
    }

    // Predictions.

    fn prediction(&self, stated: &StatedPrediction, verdict: &Verdict) -> Vec<Mistake> {
        match (stated, verdict) {
            (StatedPrediction::Prints { stdout, .. }, Verdict::Prints { stdout: actual }) => {
                self.output(stdout, actual)
            }
            (StatedPrediction::Error { code, line, .. }, Verdict::Error { errors }) => match errors.as_slice() {
                [error] => self.error(code, line, error),
                errors => vec![self.several_errors(stated.outcome(), errors)],
            },
            (StatedPrediction::Panics { line, .. }, Verdict::Panics { line: actual, message, .. }) => {
                if line.value == *actual {
                    return Vec::new();
                }
                let mistake = self.contradiction(line.span.clone(), format!("stated: line {}", line.value));
                vec![self.and_panic(mistake, *actual, message).help(format!("the line is {actual}"))]
            }
            (StatedPrediction::Undefined { line, .. }, Verdict::Undefined { line: actual, rendered, .. }) => {
                if line.value == *actual {
                    return Vec::new();
                }
                let label = format!("stated: line {}", line.value);
                let mistake = Mistake::at(self.source, line.span.clone(), MIRI_CONTRADICTS, label);
                vec![self.and_undefined(mistake, *actual, rendered).help(format!("the line is {actual}"))]
            }
            (_, Verdict::Undefined { line, rendered, .. }) => {
                let mistake = Mistake::at(self.source, stated.outcome(), MIRI_CONTRADICTS, outcome(stated));
                vec![self.and_undefined(mistake, *line, rendered).help("correct the answer, or the program")]
            }
            (StatedPrediction::Undefined { .. }, Verdict::Prints { .. } | Verdict::Panics { .. }) => {
                let mistake = Mistake::at(self.source, stated.outcome(), MIRI_CONTRADICTS, outcome(stated));
                let mistake = mistake.and(self.source, self.block.fence.clone(), "Miri finds nothing in this program");
                vec![mistake.help("correct the answer, or let the program do what is undefined whenever it runs")]
            }
            (_, Verdict::Error { errors }) => {
                let mistake = self.contradiction(stated.outcome(), outcome(stated));
                vec![self.and_errors(mistake, errors).help("correct the answer, or the program")]
            }
            (_, Verdict::Panics { line, message, .. }) => {
                let mistake = self.contradiction(stated.outcome(), outcome(stated));
                vec![self.and_panic(mistake, *line, message).help("correct the answer, or the program")]
            }
            (_, Verdict::Prints { stdout }) => {
                let mistake = self.contradiction(stated.outcome(), outcome(stated));
                let mistake = mistake.and(self.source, self.block.fence.clone(), "this program runs to its end");
                vec![notes::and_output(mistake, stdout).help("correct the answer, or the program")]
            }
            (_, Verdict::Compiles | Verdict::Ignored { .. }) => {
                vec![self.at_fence("this program has not been run", "").help(BLESS)]
            }
        }
    }

    fn contradiction(&self, span: Range<usize>, label: impl Into<String>) -> Mistake {
        Mistake::at(self.source, span, "the compiler contradicts the answer", label)
    }

    fn output(&self, stated: &Spanned<String>, actual: &str) -> Vec<Mistake> {
        if stated.value == actual {
            return Vec::new();
        }
        let mistake = self
            .contradiction(stated.span.clone(), "stated: it prints this")
            .and(self.source, self.block.fence.clone(), "this program prints something else")
            .note(first_difference(&stated.value, actual));
        vec![notes::and_output(mistake, actual).help("correct the answer, or the program")]
    }

    fn error(&self, code: &Spanned<Code>, line: &Spanned<u32>, error: &Diagnostic) -> Vec<Mistake> {
        let mut mistakes = self.code(code, error);
        let actual = error.primary().map_or(0, |primary| primary.line);
        if line.value != actual {
            let mut mistake = self.contradiction(line.span.clone(), format!("stated: line {}", line.value));
            // Beside a wrong code the compiler's message stands above already.
            if mistakes.is_empty() {
                mistake = self.and_errors(mistake, std::slice::from_ref(error));
            }
            mistakes.push(mistake.help(format!("the compiler's first span is in line {actual}")));
        }
        mistakes
    }

    fn code(&self, code: &Spanned<Code>, error: &Diagnostic) -> Vec<Mistake> {
        if error_names::is_called(error, &code.value) {
            return Vec::new();
        }
        let mistake = self.contradiction(code.span.clone(), format!("stated: {}", error_names::quoted(&code.value)));
        let name = error_names::of(error);
        let remedy = match (code.value.is_code(), name.is_code()) {
            (true, true) => format!("the code is `{name}`"),
            (false, true) => format!("this error has a code: write `code = \"{name}\"` in place of `error`"),
            (true, false) => format!("this error has no code: write `error = {:?}` in place of `code`", name.0),
            (false, false) => format!("its message begins with {:?}", name.0),
        };
        vec![self.and_errors(mistake, std::slice::from_ref(error)).help(remedy)]
    }

    fn several_errors(&self, stated: Range<usize>, errors: &[Diagnostic]) -> Mistake {
        let title = format!("the program has {}, not one", count(errors.len(), "error"));
        let mistake = Mistake::at(self.source, stated, title, "stated: one error");
        self.and_errors(mistake, errors).help("correct all but the one that is asked about")
    }

    // Lines and their roles.

    fn spot(&self, code: &Spanned<Code>, roles: &[(Spanned<Role>, Spanned<u32>)], verdict: &Verdict) -> Vec<Mistake> {
        let Verdict::Error { errors } = verdict else {
            let mistake =
                self.contradiction(code.span.clone(), format!("stated: {}", error_names::quoted(&code.value)));
            let mistake = mistake.and(self.source, self.block.fence.clone(), "rustc accepts this program");
            return vec![mistake.help(format!("a `{}` is about a program with one error", Kind::Spot.name()))];
        };
        let [error] = errors.as_slice() else { return vec![self.several_errors(code.span.clone(), errors)] };
        let mut mistakes = self.code(code, error);
        if mistakes.is_empty() {
            mistakes.extend(roles.iter().filter_map(|(role, line)| self.role(role, line, error)));
        }
        mistakes
    }

    fn role(&self, role: &Spanned<Role>, line: &Spanned<u32>, error: &Diagnostic) -> Option<Mistake> {
        let proven: Vec<u32> = role.value.lines(error).into_iter().collect();
        if proven == [line.value] {
            return None;
        }
        let name = role.value.name();
        let stated = format!("stated: `{name}` is line {}", line.value);
        let mut mistake = self.contradiction(line.span.clone(), stated);
        for actual in &proven {
            mistake = self.and_line(mistake, *actual, format!("rustc: `{name}` is here"));
        }
        let remedy = match proven.as_slice() {
            [] => format!("no label of rustc proves `{name}` here: ask for another role; {}", proven_roles(error)),
            [actual] => format!("the line is {actual}"),
            [..] => format!("{} lines play `{name}`: ask for another role, or change the program", proven.len()),
        };
        Some(notes::and_errors(mistake, std::slice::from_ref(error)).help(remedy))
    }
}

const MIRI_CONTRADICTS: &str = "Miri contradicts the answer";

fn headline(error: &Diagnostic) -> String {
    match &error.code {
        Some(code) => format!("error[{code}]: {}", error.message),
        None => format!("error: {}", error.message),
    }
}

/// How the fence of a block is written that is rejected so.
fn fence_for(errors: &[Diagnostic]) -> String {
    let name = errors.first().map(error_names::of).filter(Code::is_code);
    name.map_or_else(|| "rust,compile_fail".to_owned(), |code| format!("rust,compile_fail,{code}"))
}

fn said(claim: &Claim) -> String {
    match claim {
        Claim::Runs => "said to run to its end".to_owned(),
        Claim::Rejected(Some(code)) => format!("said to be rejected with {code}"),
        Claim::Rejected(None) => "said to be rejected by an error without a code".to_owned(),
        Claim::Panics => "said to panic".to_owned(),
        Claim::Compiles => "said to compile".to_owned(),
        Claim::Undefined => "said to be undefined behaviour".to_owned(),
        Claim::Ignored(_) => "not looked at".to_owned(),
    }
}

fn outcome(stated: &StatedPrediction) -> String {
    match stated {
        StatedPrediction::Prints { .. } => "stated: it prints something".to_owned(),
        StatedPrediction::Error { code, line, .. } => {
            format!("stated: it is rejected with {} in line {}", error_names::quoted(&code.value), line.value)
        }
        StatedPrediction::Undefined { line, .. } => format!("stated: it is undefined behaviour in line {}", line.value),
        StatedPrediction::Panics { line, .. } => format!("stated: it panics in line {}", line.value),
    }
}

fn proven_roles(error: &Diagnostic) -> String {
    let proven = Role::ALL.into_iter().filter(|role| role.lines(error).len() == 1);
    let list: Vec<String> = proven
        .map(|role| format!("`{}` in line {}", role.name(), role.lines(error).first().copied().unwrap_or_default()))
        .collect();
    format!("proven are {}", list.join(", "))
}
