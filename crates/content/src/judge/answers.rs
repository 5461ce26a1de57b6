//! All answers to a `fill` or an `order`: what becomes of each, and whether those are right that the author says are
//! right, and no others.

use std::sync::Arc;

use quiz::answer::Answer as Given;
use quiz::assemble;
use quiz::highlights::Snippet;
use quiz::problem::{Outcome, Outcomes, Question};
use quiz::verdict::Verdict;

use crate::judge::notes::{self, first_difference, notes_on, remedy_for};
use crate::mistake::Mistake;
use crate::plan::answers::{AnswerSet, StatedRank};
use crate::proof::Failure;
use crate::read::blocks::Block;
use crate::read::problem::ProblemFile;
use crate::read::statement::quoted;
use crate::source::Source;
use crate::spelling::count;

/// How many answers a message names.
const NAMED: usize = 6;
/// How many answers a message offers to add.
const ADDED: usize = 24;

/// What becomes of each answer. One without a verdict has no outcome.
pub(crate) fn outcomes<'a>(set: &AnswerSet, verdicts: impl IntoIterator<Item = Option<&'a Verdict>>) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for (rank, verdict) in verdicts.into_iter().enumerate() {
        let index = verdict.map_or(usize::MAX, |verdict| {
            let outcome = outcome(set, rank, verdict);
            outcomes.outcomes.iter().position(|known| *known == outcome).unwrap_or_else(|| {
                outcomes.outcomes.push(outcome);
                outcomes.outcomes.len() - 1
            })
        });
        outcomes.of.push(index);
    }
    outcomes
}

fn outcome(set: &AnswerSet, rank: usize, verdict: &Verdict) -> Outcome {
    let line = match verdict {
        Verdict::Error { errors } => errors.first().and_then(|error| error.primary()).map_or(0, |span| span.line),
        Verdict::Panics { line, .. } | Verdict::Undefined { line, .. } => *line,
        Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. } => 0,
    };
    Outcome {
        accepted: match (verdict, &set.stdout) {
            (Verdict::Prints { stdout }, Some(wanted)) => stdout == wanted,
            (Verdict::Prints { .. }, None) => true,
            _ => false,
        },
        checked: set.check.is_some() && line as usize > set.program(rank).lines().count(),
        verdict: first_error(verdict),
    }
}

/// A verdict with its first error only: what follows is often a consequence, and a learner corrects one at a time.
pub(crate) fn first_error(verdict: &Verdict) -> Verdict {
    match verdict {
        Verdict::Error { errors } => Verdict::Error { errors: errors.iter().take(1).cloned().collect() },
        other => other.clone(),
    }
}

/// Every contradiction between what is stated and what became of the answers. `failures` are those without a verdict.
pub(crate) fn judge(
    file: &ProblemFile,
    set: &AnswerSet,
    outcomes: &Outcomes,
    failures: &[(usize, &Failure)],
) -> Vec<Mistake> {
    let Some(program) = file.program() else { return Vec::new() };
    let judge = Judge { source: &file.source, block: &file.blocks[program], set };
    let mut mistakes = Vec::new();
    judge.failures(failures, &mut mistakes);
    judge.agreement(outcomes, &mut mistakes);
    mistakes
}

struct Judge<'a> {
    source: &'a Arc<Source>,
    block: &'a Block,
    set: &'a AnswerSet,
}

impl Judge<'_> {
    /// Answers that nobody can learn from, as they are not even wrong in the same way twice.
    fn failures(&self, failures: &[(usize, &Failure)], mistakes: &mut Vec<Mistake>) {
        let mut kinds: Vec<(String, &Failure, Vec<usize>)> = Vec::new();
        for (rank, failure) in failures.iter().copied() {
            let title = failure.to_string();
            match kinds.iter_mut().find(|(known, ..)| *known == title) {
                Some((.., ranks)) => ranks.push(rank),
                None => kinds.push((title, failure, vec![rank])),
            }
        }
        for (title, failure, ranks) in kinds {
            let label = format!("with {}", count(ranks.len(), "answer"));
            let mistake = Mistake::at(self.source, self.block.fence.clone(), title, label);
            let mistake = mistake.note(format!("it happens with\n{}", self.names(&ranks)));
            let mistake = notes_on(failure, mistake);
            mistakes.push(mistake.help(match failure.is_of_miri() {
                true => remedy_for(failure),
                false => "change the program, so that every answer ends and always does the same",
            }));
        }
    }

    fn agreement(&self, outcomes: &Outcomes, mistakes: &mut Vec<Mistake>) {
        let is_accepted = |rank: &usize| outcomes.of_rank(*rank).is_some_and(|outcome| outcome.accepted);
        let accepted: Vec<usize> = (0..self.set.len()).filter(is_accepted).collect();
        let all_are_known = (0..self.set.len()).all(|rank| outcomes.of_rank(rank).is_some());
        if accepted.is_empty() && all_are_known {
            mistakes.push(self.none(outcomes));
            return;
        }
        if accepted.len() == self.set.len() {
            mistakes.push(self.everything());
            return;
        }
        for stated in &self.set.stated {
            if let Some(outcome) = outcomes.of_rank(stated.rank).filter(|outcome| !outcome.accepted) {
                mistakes.push(self.wrong(stated, outcome));
            }
        }
        let is_stated = |rank: &usize| self.set.stated.iter().any(|stated| stated.rank == *rank);
        let unstated: Vec<usize> = accepted.into_iter().filter(|rank| !is_stated(rank)).collect();
        if !unstated.is_empty() {
            mistakes.push(self.unstated(&unstated));
        }
    }

    fn none(&self, outcomes: &Outcomes) -> Mistake {
        let first = self.set.first();
        let label = format!("none of {} passes", count(self.set.len(), "answer"));
        let mistake = Mistake::at(self.source, self.set.at.clone(), "no answer is right", label);
        let mistake = mistake.and(self.source, self.block.fence.clone(), "the program");
        let mistake = mistake.note(format!("the first one that is stated is {}", self.name(first)));
        let mistake = match outcomes.of_rank(first) {
            Some(outcome) => self.and_outcome(mistake, first, outcome),
            None => mistake,
        };
        mistake.help("correct the program, or what it is checked for")
    }

    fn everything(&self) -> Mistake {
        let title = "every answer is right";
        Mistake::at(self.source, self.block.fence.clone(), title, "nothing can be wrong here")
            .help("offer what fails: each wrong answer is what somebody believes")
    }

    fn wrong(&self, stated: &StatedRank, outcome: &Outcome) -> Mistake {
        let title = match (&outcome.verdict, outcome.checked) {
            (Verdict::Error { .. }, _) => "the compiler rejects an answer that is said to be right",
            (Verdict::Panics { .. }, true) => "an answer that is said to be right fails the check",
            (Verdict::Panics { .. }, false) => "an answer that is said to be right panics",
            _ => "an answer that is said to be right prints something else",
        };
        let mistake = Mistake::at(self.source, stated.span.clone(), title, "stated: it is right");
        self.and_outcome(mistake, stated.rank, outcome).help("correct the answer, the program, or the check")
    }

    /// Shows an assembled program and what became of it.
    fn and_outcome(&self, mistake: Mistake, rank: usize, outcome: &Outcome) -> Mistake {
        let mistake = mistake.note(format!("the program is\n{}", self.set.program(rank).trim_end()));
        let mistake = match &outcome.verdict {
            Verdict::Prints { stdout } => {
                mistake.note(first_difference(self.set.stdout.as_deref().unwrap_or_default(), stdout))
            }
            _ => mistake,
        };
        notes::and_verdict(mistake, &outcome.verdict, |line| self.line(rank, line, outcome.checked))
    }

    /// A line of the compiled program in words. The check stands behind the program and an empty line.
    fn line(&self, rank: usize, line: u32, checked: bool) -> String {
        if !checked {
            return format!("line {line}");
        }
        let before = self.set.program(rank).lines().count() + 1;
        format!("line {} of the check", (line as usize).saturating_sub(before))
    }

    fn unstated(&self, ranks: &[usize]) -> Mistake {
        let title = match ranks.len() {
            1 => "a right answer is not stated".to_owned(),
            number => format!("{number} right answers are not stated"),
        };
        let key = match self.set.question {
            Question::Order { .. } => "also",
            _ => "accepted",
        };
        let written: Vec<String> = ranks.iter().take(ADDED).map(|rank| self.written(*rank)).collect();
        let more = match ranks.len().saturating_sub(ADDED) {
            0 => String::new(),
            more => format!(",\nand {more} more"),
        };
        let mistake = Mistake::at(self.source, self.set.at.clone(), title, "not all of them");
        let mistake = mistake.and(self.source, self.block.fence.clone(), "the program");
        mistake
            .help(format!("add to `{key}`, or change the program so that it is wrong:\n{}{more}", written.join(",\n")))
    }

    /// Some answers, one a line.
    fn names(&self, ranks: &[usize]) -> String {
        let mut names: Vec<String> = ranks.iter().take(NAMED).map(|rank| self.name(*rank)).collect();
        if ranks.len() > NAMED {
            names.push(format!("and {} more", ranks.len() - NAMED));
        }
        names.join("\n")
    }

    /// An answer as a sentence tells it.
    fn name(&self, rank: usize) -> String {
        match (&self.set.question, assemble::answer_at(&self.set.question, rank)) {
            (Question::Fill { slots, .. }, Some(Given::Fill { picks })) => {
                let chosen = slots.iter().zip(picks).map(|(slot, pick)| {
                    let text = slot.choices.get(pick).map_or("", |choice: &Snippet| choice.text.as_str());
                    format!("{} in `{}`", quoted(text), slot.name)
                });
                chosen.collect::<Vec<_>>().join(", ")
            }
            _ => format!("the lines {}", self.written(rank).trim_matches(['[', ']'])),
        }
    }

    /// An answer as the front matter has it.
    fn written(&self, rank: usize) -> String {
        match (&self.set.question, assemble::answer_at(&self.set.question, rank)) {
            (Question::Fill { slots, .. }, Some(Given::Fill { picks })) => {
                let chosen: Vec<&str> =
                    slots.iter().zip(picks).map(|(slot, pick)| slot.choices[pick].text.as_str()).collect();
                format!("[{}]", chosen.iter().map(|text| toml_string(text)).collect::<Vec<_>>().join(", "))
            }
            (_, Some(Given::Order { lines })) => {
                let numbers: Vec<String> = lines.iter().map(|line| (line + 1).to_string()).collect();
                format!("[{}]", numbers.join(", "))
            }
            _ => String::new(),
        }
    }
}

fn toml_string(text: &str) -> String {
    if text.contains(['"', '\\']) && !text.contains('\'') { format!("'{text}'") } else { format!("{text:?}") }
}
