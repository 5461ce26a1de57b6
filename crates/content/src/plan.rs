//! Which programs a problem consists of: those of its blocks, of its answers and of its what-ifs.
//!
//! What only shows when programs are made is reported here: too many answers, an edit that changes nothing. It must not
//! know what the compiler says of them.

pub(crate) mod answers;
pub(crate) mod exercise;
pub(crate) mod what_ifs;

mod blocks;

use self::answers::AnswerSet;
use self::exercise::ExercisePlan;
use self::what_ifs::Edit;
use crate::job::Job;
use crate::mistake::{self, Mistake};
use crate::read::folder::{Folder, Found};
use crate::read::placeholder;
use crate::read::problem::ProblemFile;

/// The programs of a problem.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Of each block the program that is compiled; for the one that answers make whole it is the first right answer's.
    pub(crate) compiled: Vec<String>,
    /// What has to be proven of each block; `None` if nothing can be, or nothing is to be.
    pub(crate) blocks: Vec<Option<Job>>,
    /// All answers to a `fill` or an `order` whose program has no mistake.
    pub(crate) answers: Option<AnswerSet>,
    /// The programs of a `write` without a mistake.
    pub(crate) exercise: Option<ExercisePlan>,
    /// The what-ifs that have no mistake.
    pub(crate) edits: Vec<Edit>,
}

impl Plan {
    /// The programs of a file, and the mistakes that show when they are made.
    pub(crate) fn of(file: &ProblemFile) -> (Plan, Vec<Mistake>) {
        let mut mistakes: Vec<Mistake> = answers::too_many(file).into_iter().collect();
        let answers = if mistakes.is_empty() { AnswerSet::of(file) } else { None };
        let edits = what_ifs::edits(file, answers.as_ref(), &mut mistakes);
        let assembled = answers.as_ref().and_then(|set| Some((file.program()?, set)));
        let compiled = file.blocks.iter().enumerate().map(|(index, block)| match assembled {
            Some((program, set)) if program == index => set.compiled(set.first()),
            _ => block.compiled(),
        });
        let compiled = compiled.collect();
        let blocks = (0..file.blocks.len()).map(|block| blocks::job(file, block)).collect();
        let exercise = ExercisePlan::of(file);
        (Plan { compiled, blocks, answers, exercise, edits }, placeholder::unfinished_left_out(&file.source, mistakes))
    }
}

/// A problem of a folder with its programs.
#[derive(Debug)]
pub(crate) struct Planned<'a> {
    pub(crate) found: &'a Found,
    pub(crate) plan: Plan,
    /// Every mistake that can be seen without a compiler.
    pub(crate) mistakes: Vec<Mistake>,
}

impl Planned<'_> {
    /// Whether it has a mistake that is more than a matter of taste.
    pub(crate) fn has_errors(&self) -> bool {
        mistake::errors(&self.mistakes) > 0
    }
}

/// Plans all problems of a folder.
pub(crate) fn plan(folder: &Folder) -> Vec<Planned<'_>> {
    let planned = folder.problems.iter().map(|found| {
        let (plan, mistakes) = Plan::of(&found.file);
        Planned { found, plan, mistakes: found.mistakes.iter().cloned().chain(mistakes).collect() }
    });
    planned.collect()
}

/// All mistakes so far, in the order of files and lines.
pub(crate) fn all_mistakes(folder: &Folder, problems: &[Planned<'_>]) -> Vec<Mistake> {
    let in_problems = problems.iter().flat_map(|problem| &problem.mistakes);
    let mut all: Vec<Mistake> = folder.mistakes.iter().chain(in_problems).cloned().collect();
    mistake::sort(&mut all);
    all
}
