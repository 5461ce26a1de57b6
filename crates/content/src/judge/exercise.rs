//! Compares what an author says of the programs of a `write` with what became of their tests.

use std::collections::BTreeMap;
use std::sync::Arc;

use quiz::exercise::{FailureKind, TestFailure};
use quiz::verdict::Diagnostic;

use crate::error_names;
use crate::judge::notes::{self, notes_on, remedy_for};
use crate::mistake::Mistake;
use crate::proof::{TestProof, TestVerdict};
use crate::read::blocks::{Block, Claim};
use crate::read::exercise::{WrittenExercise, WrittenProgram};
use crate::read::problem::ProblemFile;
use crate::source::Source;
use crate::spelling::count;

/// Every contradiction. The proofs are those of the start, the solutions and the wrong turns.
pub(crate) fn judge(file: &ProblemFile, proofs: &[&TestProof]) -> Vec<Mistake> {
    let Some(written) = &file.exercise else { return Vec::new() };
    let judge = Judge { source: &file.source };
    let mut proofs = proofs.iter();
    let mut next = |block: &Block| match proofs.next()? {
        TestProof::Judged(verdict) => Some(Ok(verdict)),
        TestProof::Failed(failure) => {
            let mistake = Mistake::at(&file.source, block.fence.clone(), failure.to_string(), "with its tests");
            Some(Err(notes_on(failure, mistake).help(remedy_for(failure))))
        }
        TestProof::Unknown => None,
    };
    let mut mistakes = Vec::new();
    let mut take = |proof: Option<Result<&TestVerdict, Mistake>>, judge: &dyn Fn(&TestVerdict) -> Option<Mistake>| {
        mistakes.extend(proof.and_then(|proof| proof.map_or_else(Some, judge)));
    };
    take(next(&written.start), &|verdict| judge.start(&written.start, verdict));
    for solution in &written.solutions {
        take(next(&solution.block), &|verdict| judge.solution(&solution.block, verdict));
    }
    for wrong_turn in &written.wrong_turns {
        take(next(&wrong_turn.block), &|verdict| judge.wrong_turn(written, wrong_turn, verdict));
    }
    mistakes
}

/// What may be done about a program that may be rejected.
const SAY_SO: &str = "correct it, or say so at its fence if that is the point";

struct Judge<'a> {
    source: &'a Arc<Source>,
}

impl Judge<'_> {
    fn at_fence(&self, block: &Block, title: &str, label: impl Into<String>) -> Mistake {
        Mistake::at(self.source, block.fence.clone(), title, label)
    }

    fn start(&self, block: &Block, verdict: &TestVerdict) -> Option<Mistake> {
        match (&block.claim, verdict) {
            (Claim::Rejected(Some(_)), TestVerdict::Rejected(errors)) => self.rejected(block, errors),
            (_, TestVerdict::Rejected(errors)) => Some(self.does_not_compile(block, errors, SAY_SO)),
            (Claim::Rejected(_), TestVerdict::Tested(_)) => Some(self.compiles(block)),
            (_, TestVerdict::Tested(failures)) if failures.is_empty() => {
                let mistake = self.at_fence(block, "what the learner begins with passes all tests", "nothing to do");
                Some(mistake.help("leave out what is to be written, or test it"))
            }
            (_, TestVerdict::Tested(_)) => None,
        }
    }

    fn solution(&self, block: &Block, verdict: &TestVerdict) -> Option<Mistake> {
        match verdict {
            TestVerdict::Rejected(errors) => {
                Some(self.does_not_compile(block, errors, "correct it: a solution passes all tests"))
            }
            TestVerdict::Tested(failures) if failures.is_empty() => None,
            TestVerdict::Tested(failures) => {
                let label = format!("fails {}", count(failures.len(), "test"));
                let mistake = self.at_fence(block, "a solution does not pass", label);
                Some(and_failures(mistake, failures).help("correct the solution, or the tests"))
            }
        }
    }

    fn wrong_turn(
        &self,
        written: &WrittenExercise,
        program: &WrittenProgram,
        verdict: &TestVerdict,
    ) -> Option<Mistake> {
        let block = &program.block;
        match (&block.claim, verdict) {
            (Claim::Rejected(_), TestVerdict::Rejected(errors)) => self.rejected(block, errors),
            (_, TestVerdict::Rejected(errors)) => Some(self.does_not_compile(block, errors, SAY_SO)),
            (Claim::Rejected(_), TestVerdict::Tested(_)) => Some(self.compiles(block)),
            (_, TestVerdict::Tested(failures)) => self.failures(written, program, failures),
        }
    }

    fn failures(
        &self,
        written: &WrittenExercise,
        program: &WrittenProgram,
        failures: &[TestFailure],
    ) -> Option<Mistake> {
        let stated: BTreeMap<&str, FailureKind> =
            program.fails.iter().map(|(test, how)| (test.value.as_str(), *how)).collect();
        let found: BTreeMap<&str, FailureKind> =
            failures.iter().map(|failure| (failure.test.as_str(), failure.how)).collect();
        if stated == found {
            return None;
        }
        let mistake = match program.fails.first() {
            Some((test, _)) => {
                let line = self.source.line_around(test.span.start);
                let mistake = Mistake::at(self.source, line, "the tests contradict what is stated", "stated");
                mistake.and(self.source, block_fence(program), "this program")
            }
            None => self.at_fence(&program.block, "the tests contradict what is stated", ""),
        };
        let named = written.names().filter_map(|name| {
            let how = found.get(name.value.as_str())?;
            Some(match how {
                FailureKind::Panic => format!("`{}`", name.value),
                how => format!("`{}` ({})", name.value, how.label()),
            })
        });
        let named: Vec<String> = named.collect();
        let remedy = match named.is_empty() {
            true => "it passes all tests: add one that it fails".to_owned(),
            false => format!("write `Fails: {}`, or change the program or the tests", named.join(", ")),
        };
        Some(and_failures(mistake, failures).help(remedy))
    }

    fn compiles(&self, block: &Block) -> Mistake {
        let mistake = self.at_fence(block, "the compiler accepts this program with its tests", "said to be rejected");
        mistake.help("correct it, or write just `rust`")
    }

    fn does_not_compile(&self, block: &Block, errors: &[Diagnostic], remedy: &str) -> Mistake {
        let mistake = self.at_fence(block, "the compiler rejects this program with its tests", "said to compile");
        notes::and_errors(mistake, errors).help(remedy)
    }

    fn rejected(&self, block: &Block, errors: &[Diagnostic]) -> Option<Mistake> {
        let Claim::Rejected(Some(code)) = &block.claim else { return None };
        if errors.iter().all(|error| error_names::is_called(error, code)) {
            return None;
        }
        let label = format!("said to be rejected with {code}");
        let mistake = self.at_fence(block, "the compiler rejects this program for another reason", label);
        Some(notes::and_errors(mistake, errors).help("correct the program, or the code"))
    }
}

fn block_fence(program: &WrittenProgram) -> std::ops::Range<usize> {
    program.block.fence.clone()
}

fn and_failures(mistake: Mistake, failures: &[TestFailure]) -> Mistake {
    failures.iter().fold(mistake, |mistake, failure| {
        mistake.note(format!("`{}` fails ({}): {}", failure.test, failure.how.label(), failure.message.trim_end()))
    })
}
