//! The programs of a `write`: what the learner begins with, those that pass and those that do not, each with the tests.
//!
//! It must not know which tests they fail.

use std::sync::Arc;

use quiz::exercise::{Complexity, Exercise, TestBlock};
use quiz::problem::Edition;

use crate::digest::digest;
use crate::highlight::snippet;
use crate::job::{TestJob, Until};
use crate::read::blocks::Block;
use crate::read::exercise::{WrittenExercise, WrittenTests};
use crate::read::problem::ProblemFile;
use crate::read::statement::StatedAnswer;

/// The programs of one problem.
#[derive(Debug)]
pub(crate) struct ExercisePlan {
    /// Without its solutions and wrong turns: all that is needed to run the tests.
    pub(crate) exercise: Arc<Exercise>,
    /// What the tests run on: the start, the solutions, the wrong turns.
    pub(crate) trials: Vec<Trial>,
}

/// A program that the tests run on.
#[derive(Debug)]
pub(crate) struct Trial {
    /// How verdict files call it: `start`, `solution 1`, `wrong turn 2`.
    pub(crate) place: String,
    /// Of the program with its tests.
    pub(crate) digest: String,
    /// What has to be proven.
    pub(crate) job: TestJob,
}

impl ExercisePlan {
    /// The programs of a `write` without a mistake.
    pub(crate) fn of(file: &ProblemFile) -> Option<ExercisePlan> {
        let written = file.exercise.as_ref()?;
        let Some(StatedAnswer::Write { schedules, complexity }) = &file.front.answer else { return None };
        let exercise = Arc::new(skeleton(written, complexity, *schedules));
        // What the learner begins with must fail, in whichever test.
        let until = std::iter::once(Until::FirstFailure).chain(std::iter::repeat(Until::End));
        let trial = |(block, until): (&Block, Until)| trial(block, &exercise, file.front.edition, until);
        let trials = written.programs().zip(until).map(trial).collect();
        Some(ExercisePlan { exercise, trials })
    }
}

fn skeleton(written: &WrittenExercise, complexity: &Complexity, schedules: u32) -> Exercise {
    Exercise {
        start: snippet(&written.start.code),
        tests: tests(&written.tests),
        hidden_tests: tests(&written.hidden_tests),
        solutions: Vec::new(),
        wrong_turns: Vec::new(),
        complexity: complexity.clone(),
        schedules,
        clarify: None,
    }
}

fn tests(written: &WrittenTests) -> TestBlock {
    let names = written.names.iter().map(|name| name.value.clone()).collect();
    TestBlock { code: snippet(&written.block.code), names }
}

fn trial(block: &Block, exercise: &Arc<Exercise>, edition: Edition, until: Until) -> Trial {
    let job = TestJob { code: block.code.clone(), exercise: Arc::clone(exercise), until, edition };
    let head = format!("{}\n", exercise.schedules);
    Trial { place: block.place.clone(), digest: digest(&(head + &job.source(0))), job }
}
