//! Every answer to a `fill` or an `order`: the programs they make, and whether the compiler accepts those that the
//! author says are right, and no others.

use std::ops::Range;
use std::sync::Arc;

use quiz::answer::Answer as Given;
use quiz::assemble;
use quiz::problem::{Edition, Outcome, Outcomes, Question, Row, Snippet};
use quiz::verdict::Verdict;

use crate::crates::Crates;
use crate::digest::digest;
use crate::highlight::snippet;
use crate::job::{Job, Mode};
use crate::judge::block::{self as judge, first_difference};
use crate::mistake::Mistake;
use crate::proof::{Failure, Proof};
use crate::read::blocks::Block;
use crate::read::markers::Marked;
use crate::read::order;
use crate::read::problem::ProblemFile;
use crate::read::statement::{StatedAnswer, WrittenSlot, quoted};
use crate::source::Source;
use crate::spelling::count;

/// So many can be compiled while an author waits, and so many outcomes fit into a pack.
const MOST: usize = 1000;
/// How many answers a message names.
const NAMED: usize = 6;
/// How many answers a message offers to add.
const ADDED: usize = 24;

/// The answers to one problem.
#[derive(Clone, Debug)]
pub(crate) struct AnswerSet {
    /// Without its outcomes.
    question: Question,
    /// What a learner sees of the program: with the slots' markers, or in the order of the block.
    pub(crate) template: String,
    check: Option<String>,
    stdout: Option<String>,
    stated: Vec<StatedRank>,
    /// Where the right answers are stated.
    at: Range<usize>,
    edition: Edition,
    mode: Mode,
    crates: Crates,
    /// Of all programs.
    pub(crate) digest: String,
}

/// An answer that is said to be right.
#[derive(Clone, Debug)]
struct StatedRank {
    rank: usize,
    span: Range<usize>,
}

/// The mistake of a program with more answers than can be proven.
pub(crate) fn too_many(file: &ProblemFile) -> Option<Mistake> {
    let question = question(file)?;
    let number = assemble::count(&question);
    if number <= MOST {
        return None;
    }
    let (factors, remedy) = match &question {
        Question::Fill { slots, .. } => {
            let factors: Vec<usize> = slots.iter().map(|slot| slot.choices.len()).collect();
            (factors, "leave out choices, or a slot")
        }
        Question::Order { rows, lines, .. } => {
            let places = rows.iter().filter(|row| **row == Row::Gap).count();
            ((0..places).map(|taken| lines.len() - taken).collect(), "fix a line in its place, or leave out a decoy")
        }
        Question::Choice { .. } | Question::Predict { .. } | Question::Spot { .. } => return None,
    };
    let factors: Vec<String> = factors.iter().map(usize::to_string).collect();
    let number = if number == usize::MAX { "more than can be counted".to_owned() } else { number.to_string() };
    let block = &file.blocks[file.program()?];
    let label = format!("{} = {number}", factors.join(" × "));
    let mistake = Mistake::at(&file.source, block.fence.clone(), "too many answers to prove them all", label);
    Some(mistake.help(format!("at most {MOST} are allowed: {remedy}")))
}

/// The question of a `fill` or an `order`, without its outcomes.
fn question(file: &ProblemFile) -> Option<Question> {
    let block = &file.blocks[file.program()?];
    match file.front.answer.as_ref()? {
        StatedAnswer::Fill { slots, .. } => {
            let slots = slots.iter().map(WrittenSlot::slot).collect();
            Some(Question::Fill { slots, outcomes: Outcomes::default() })
        }
        StatedAnswer::Order { .. } => {
            let marked = Marked::read(&block.code);
            let lines = marked.lines.iter().map(|line| snippet(&line.text)).collect();
            Some(Question::Order { rows: marked.rows, lines, outcomes: Outcomes::default() })
        }
        StatedAnswer::Choice { .. } | StatedAnswer::Predict { .. } | StatedAnswer::Spot { .. } => None,
    }
}

/// The program in the order of the block.
fn program_of_block(marked: &Marked) -> String {
    let lines: Vec<_> = marked.lines.iter().map(|line| snippet(&line.text)).collect();
    assemble::ordered(&marked.rows, &lines, &marked.order_of_block()).unwrap_or_default()
}

impl AnswerSet {
    /// The answers to a problem whose program has no mistake; `None` for one of another kind.
    pub(crate) fn of(file: &ProblemFile) -> Option<AnswerSet> {
        let block = &file.blocks[file.program()?];
        let answer = file.front.answer.as_ref()?;
        let question = question(file)?;
        let (template, stated, at) = match answer {
            StatedAnswer::Fill { accepted, at, .. } => {
                let given = |picks: &Vec<usize>| Given::Fill { picks: picks.clone() };
                let stated = accepted.iter().map(|picks| (given(&picks.value), picks.span.clone())).collect();
                (block.code.clone(), stated, at.clone())
            }
            StatedAnswer::Order { also, at, .. } => {
                let marked = Marked::read(&block.code);
                let given = |lines: Vec<usize>| Given::Order { lines };
                let mut stated = vec![(given(marked.order_of_block()), block.fence.clone())];
                stated.extend(also.iter().map(|order| (given(order::indexes(&order.value)), order.span.clone())));
                (program_of_block(&marked), stated, at.clone())
            }
            StatedAnswer::Choice { .. } | StatedAnswer::Predict { .. } | StatedAnswer::Spot { .. } => return None,
        };
        let ranked =
            |(given, span): (Given, Range<usize>)| Some(StatedRank { rank: assemble::rank(&question, &given)?, span });
        let stated: Vec<StatedRank> = Vec::into_iter(stated).filter_map(ranked).collect();
        if stated.is_empty() {
            return None;
        }
        let mut set = AnswerSet {
            question,
            template,
            check: file.check.as_ref().map(|check| check.code.clone()),
            stdout: answer.stdout().map(|stdout| stdout.value.clone()),
            stated,
            at,
            edition: file.front.edition,
            mode: file.run_mode(),
            crates: file.front.crates.clone(),
            digest: String::new(),
        };
        set.digest = digest(&(0..set.len()).map(|rank| digest(&set.compiled(rank))).collect::<String>());
        Some(set)
    }

    /// How many answers there are.
    pub(crate) fn len(&self) -> usize {
        assemble::count(&self.question)
    }

    /// The rank of the author's first right answer.
    pub(crate) fn first(&self) -> usize {
        self.stated.first().map_or(0, |stated| stated.rank)
    }

    /// The program of an answer, as a learner sees it.
    pub(crate) fn program(&self, rank: usize) -> String {
        let given = assemble::answer_at(&self.question, rank);
        let program = match (&self.question, given) {
            (Question::Fill { slots, .. }, Some(Given::Fill { picks })) => {
                assemble::filled(&self.template, slots, &picks)
            }
            (Question::Order { rows, lines, .. }, Some(Given::Order { lines: order })) => {
                assemble::ordered(rows, lines, &order)
            }
            _ => None,
        };
        program.unwrap_or_default()
    }

    /// The program of an answer with the check behind it.
    pub(crate) fn compiled(&self, rank: usize) -> String {
        self.with_check(self.program(rank))
    }

    /// A program with the check behind it.
    pub(crate) fn with_check(&self, program: String) -> String {
        match &self.check {
            Some(check) => program + "\n" + check,
            None => program,
        }
    }

    /// What has to be proven, in the order of ranks.
    pub(crate) fn jobs(&self) -> Vec<Job> {
        let job = |rank| Job {
            source: self.compiled(rank),
            edition: self.edition,
            mode: self.mode,
            crates: self.crates.clone(),
        };
        (0..self.len()).map(job).collect()
    }

    /// The edition of all programs.
    pub(crate) fn edition(&self) -> Edition {
        self.edition
    }

    /// How all programs are proven.
    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    /// The crates that all programs use.
    pub(crate) fn crates(&self) -> &Crates {
        &self.crates
    }

    /// The question with what becomes of each answer.
    pub(crate) fn question(&self, outcomes: Outcomes) -> Question {
        match self.question.clone() {
            Question::Fill { slots, .. } => Question::Fill { slots, outcomes },
            Question::Order { rows, lines, .. } => Question::Order { rows, lines, outcomes },
            other => other,
        }
    }

    /// What becomes of each answer. One without a verdict has no outcome.
    pub(crate) fn outcomes<'a>(&self, verdicts: impl IntoIterator<Item = Option<&'a Verdict>>) -> Outcomes {
        let mut outcomes = Outcomes::default();
        for (rank, verdict) in verdicts.into_iter().enumerate() {
            let index = verdict.map_or(usize::MAX, |verdict| {
                let outcome = self.outcome(rank, verdict);
                outcomes.outcomes.iter().position(|known| *known == outcome).unwrap_or_else(|| {
                    outcomes.outcomes.push(outcome);
                    outcomes.outcomes.len() - 1
                })
            });
            outcomes.of.push(index);
        }
        outcomes
    }

    fn outcome(&self, rank: usize, verdict: &Verdict) -> Outcome {
        let line = match verdict {
            Verdict::Error { errors } => errors.first().and_then(|error| error.primary()).map_or(0, |span| span.line),
            Verdict::Panics { line, .. } | Verdict::Undefined { line, .. } => *line,
            Verdict::Prints { .. } | Verdict::Compiles | Verdict::Ignored { .. } => 0,
        };
        Outcome {
            accepted: match (verdict, &self.stdout) {
                (Verdict::Prints { stdout }, Some(wanted)) => stdout == wanted,
                (Verdict::Prints { .. }, None) => true,
                _ => false,
            },
            checked: self.check.is_some() && line as usize > self.program(rank).lines().count(),
            verdict: first_error(verdict),
        }
    }
}

/// A verdict with its first error only: what follows is often a consequence, and a learner corrects one at a time.
pub(crate) fn first_error(verdict: &Verdict) -> Verdict {
    match verdict {
        Verdict::Error { errors } => Verdict::Error { errors: errors.iter().take(1).cloned().collect() },
        other => other.clone(),
    }
}

// What the author says against what the compiler says.

/// Every contradiction between what is stated and the proofs of all answers.
pub(crate) fn judge(file: &ProblemFile, set: &AnswerSet, proofs: &[&Proof]) -> Vec<Mistake> {
    let verdicts = proofs.iter().map(|proof| match *proof {
        Proof::Judged(verdict) => Some(verdict),
        Proof::Failed(_) | Proof::Unknown => None,
    });
    let mut mistakes = Vec::new();
    if let Some(judge) = Judge::of(file, set) {
        judge.failures(proofs, &mut mistakes);
        judge.agreement(&set.outcomes(verdicts), &mut mistakes);
    }
    mistakes
}

/// Every contradiction between what is stated and outcomes that were proven before.
pub(crate) fn judge_outcomes(file: &ProblemFile, set: &AnswerSet, outcomes: &Outcomes) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if let Some(judge) = Judge::of(file, set) {
        judge.agreement(outcomes, &mut mistakes);
    }
    mistakes
}

struct Judge<'a> {
    source: &'a Arc<Source>,
    block: &'a Block,
    set: &'a AnswerSet,
}

impl Judge<'_> {
    fn of<'a>(file: &'a ProblemFile, set: &'a AnswerSet) -> Option<Judge<'a>> {
        Some(Judge { source: &file.source, block: &file.blocks[file.program()?], set })
    }

    /// Answers that nobody can learn from, as they are not even wrong in the same way twice.
    fn failures(&self, proofs: &[&Proof], mistakes: &mut Vec<Mistake>) {
        let mut kinds: Vec<(String, &Failure, Vec<usize>)> = Vec::new();
        for (rank, proof) in proofs.iter().enumerate() {
            let Proof::Failed(failure) = proof else { continue };
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
            let mistake = judge::notes_on(failure, mistake);
            mistakes.push(mistake.help(match failure.is_of_miri() {
                true => judge::remedy_for(failure),
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
        match &outcome.verdict {
            Verdict::Error { errors } => errors
                .iter()
                .fold(mistake, |mistake, error| mistake.note(format!("rustc says:\n{}", error.rendered.trim_end()))),
            Verdict::Panics { line, message, .. } => {
                mistake.note(format!("it panics in {} with: {message}", self.line(rank, *line, outcome.checked)))
            }
            Verdict::Prints { stdout } => {
                let wanted = self.set.stdout.as_deref().unwrap_or_default();
                mistake.note(first_difference(wanted, stdout)).note(format!("it prints:\n{}", stdout.trim_end()))
            }
            Verdict::Undefined { rendered, .. } => mistake.note(format!("Miri says:\n{}", rendered.trim_end())),
            Verdict::Compiles | Verdict::Ignored { .. } => mistake,
        }
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
