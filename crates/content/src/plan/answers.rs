//! Every answer to a `fill` or an `order`, and the program that it makes.
//!
//! It must not know which of them are right but by what the author says.

use std::ops::Range;

use quiz::answer::Answer as Given;
use quiz::assemble;
use quiz::problem::{Edition, Outcomes, Question, Row};

use crate::crates::Crates;
use crate::digest::digest;
use crate::highlight::snippet;
use crate::job::{Job, Mode};
use crate::mistake::Mistake;
use crate::plan::blocks::run_mode;
use crate::read::markers::Marked;
use crate::read::order;
use crate::read::problem::ProblemFile;
use crate::read::program::Template;
use crate::read::statement::{StatedAnswer, WrittenSlot};

/// So many can be compiled while an author waits, and so many outcomes fit into a pack.
const MOST: usize = 1000;

/// The answers to one problem.
#[derive(Clone, Debug)]
pub(crate) struct AnswerSet {
    /// Without its outcomes.
    pub(crate) question: Question,
    /// What a learner sees of the program: with the slots' markers, or in the order of the block.
    pub(crate) template: String,
    /// What stands behind each program.
    pub(crate) check: Option<String>,
    /// What a right program prints, if that is the check.
    pub(crate) stdout: Option<String>,
    /// The right answers, as the author says.
    pub(crate) stated: Vec<StatedRank>,
    /// Where the right answers are stated.
    pub(crate) at: Range<usize>,
    /// The edition of all programs.
    pub(crate) edition: Edition,
    /// How all programs are proven.
    pub(crate) mode: Mode,
    /// The crates that all programs use.
    pub(crate) crates: Crates,
    /// Of all programs.
    pub(crate) digest: String,
}

/// An answer that is said to be right.
#[derive(Clone, Debug)]
pub(crate) struct StatedRank {
    pub(crate) rank: usize,
    pub(crate) span: Range<usize>,
}

/// The mistake of a program with more answers than can be proven.
pub(crate) fn too_many(file: &ProblemFile) -> Option<Mistake> {
    let question = question(file).filter(|_| file.template != Template::Unreadable)?;
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
        Question::Choice { .. }
        | Question::Predict { .. }
        | Question::Spot { .. }
        | Question::Write(_)
        | Question::Discuss(_) => return None,
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
        StatedAnswer::Choice { .. }
        | StatedAnswer::Predict { .. }
        | StatedAnswer::Spot { .. }
        | StatedAnswer::Write { .. }
        | StatedAnswer::Discuss { .. } => None,
    }
}

/// The program in the order of the block.
fn program_of_block(marked: &Marked) -> String {
    let lines: Vec<_> = marked.lines.iter().map(|line| snippet(&line.text)).collect();
    assemble::ordered(&marked.rows, &lines, &marked.order_of_block()).unwrap_or_default()
}

impl AnswerSet {
    /// The answers to a problem; `None` if they make no programs, or if something is wrong with those.
    pub(crate) fn of(file: &ProblemFile) -> Option<AnswerSet> {
        if file.template != Template::Whole {
            return None;
        }
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
            StatedAnswer::Choice { .. }
            | StatedAnswer::Predict { .. }
            | StatedAnswer::Spot { .. }
            | StatedAnswer::Write { .. }
            | StatedAnswer::Discuss { .. } => return None,
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
            mode: run_mode(file),
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

    /// The question with what becomes of each answer.
    pub(crate) fn question(&self, outcomes: Outcomes) -> Question {
        match self.question.clone() {
            Question::Fill { slots, .. } => Question::Fill { slots, outcomes },
            Question::Order { rows, lines, .. } => Question::Order { rows, lines, outcomes },
            other => other,
        }
    }
}
